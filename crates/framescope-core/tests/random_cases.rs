//! Random lexicons over random texts: the engines agree hit by hit, and what they find keeps the
//! promises of the matching rules.
//!
//! A case is a set of lexicons and an article; four articles share a set, a type table and a
//! scratch, as they do in a thread. A failing case is made smaller and printed with its seed;
//! `FRAMESCOPE_SEED=n` starts elsewhere, `FRAMESCOPE_ROUNDS=n` runs more.

#[path = "common/less.rs"]
mod less;
mod random;

use std::ops::Range;

use framescope_core::lexicon::{Condition, Lexicon, LexiconSet, NearMode, Negation, Overlap, Scope};
use framescope_core::matching::reference::Reference;
use framescope_core::matching::{
    Compiled, Contender, Detail, Hit, Matcher, Resolution, Rule, SettleScratch, View, Want,
};
use framescope_core::score::{ArticleScore, Engine, Headline, MatcherEngine, Measure, Scoring, Selection, Tally};
use framescope_core::text::{Analysis, Paragraph, Sentence, TypeTable, Voice, VoiceSet, Zone, ZoneSet, analyse};

use less::without_details;
use random::agree::{agree, first_difference};
use random::cases::{ARTICLES, Round, describe, resolve};
use random::{invariants, shrink};

/// What breaks an engine.
type Breaking = fn(&mut Lexicon);

/// The seeds of a test: so many rounds, from where the environment says.
fn seeds(rounds: u64) -> Range<u64> {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let start = number("FRAMESCOPE_SEED").unwrap_or(0);
    start..start + number("FRAMESCOPE_ROUNDS").unwrap_or(rounds)
}

#[test]
fn the_engines_agree_on_ten_thousand_cases() {
    let seeds = seeds(10_000 / ARTICLES as u64);
    let seen = agree(Reference::new, Compiled::new, Round::throw, seeds.clone());
    let rules = ["masked", "condition", "voice", "zone", "negation", "overlap"].map(|r| format!("rejected: {r}"));
    let facts = ["hit", "negated", "uncounted", "side", "both", "unclear", "on an axis"].map(str::to_owned);
    let voices = Voice::ALL.map(|v| v.name().to_owned());
    let zones = Zone::ALL.map(|z| z.name().to_owned());
    for what in rules.iter().chain(&facts).chain(&voices).chain(&zones) {
        let times = seen.get(what).copied().unwrap_or(0);
        assert!(times as u64 >= (seeds.end - seeds.start) / 10, "{what}: only {times} times in {seen:?}");
    }
}

#[test]
fn the_engines_agree_on_long_texts() {
    agree(Reference::new, Compiled::new, Round::throw_long, seeds(30));
}

#[test]
fn what_is_found_keeps_the_promises() {
    for seed in seeds(1_500) {
        check_round(seed, Reference::new);
    }
}

fn check_round<M: Matcher>(seed: u64, make: impl Fn(&LexiconSet) -> M) {
    let round = Round::throw(seed);
    let set = LexiconSet::new(round.lexicons.clone());
    let mut types = TypeTable::default();
    let mut analysis = Analysis::default();
    for (draft, found) in round.articles.iter().zip(resolve(make, &round)) {
        let written = draft.write();
        let article = written.article();
        analyse(&article, &mut types, &mut analysis);
        let view = View { article: &article, analysis: &analysis, types: &types };
        let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| invariants::check(&set, view, &found)));
        if let Err(what) = checked {
            eprintln!("{}", describe(&round));
            std::panic::resume_unwind(what);
        }
    }
}

/// The engine with one rule broken, by way of the lexicon it is given: the comparison must notice
/// each of these soon, or it would notice nothing.
#[test]
fn a_broken_engine_is_noticed() {
    let breakings: [(&str, Breaking); 13] = [
        ("a lost boundary", |l| {
            for pattern in l.entries.iter_mut().flat_map(|e| &mut e.term.tokens) {
                pattern.folded = format!("{}*", pattern.folded).into();
            }
        }),
        ("case forgotten", |l| l.entries.iter_mut().flat_map(|e| &mut e.term.tokens).for_each(|t| t.exact = None)),
        ("masks ignored", |l| l.masks.clear()),
        ("masks not limited to their paths", |l| l.masks.iter_mut().for_each(|m| m.paths.clear())),
        ("conditions ignored", |l| l.entries.iter_mut().for_each(|e| e.term.conditions.clear())),
        ("all of near read as any", |l| {
            for condition in l.entries.iter_mut().flat_map(|e| &mut e.term.conditions) {
                if let Condition::Near(near) | Condition::NotNear(near) = condition {
                    near.mode = NearMode::Any;
                }
            }
        }),
        ("overlap not resolved", |l| l.rules.overlap = Overlap::All),
        ("one pool where there are many", |l| l.rules.scope = Scope::Lexicon),
        ("file order turned round", |l| l.entries.reverse()),
        ("negation never drops", |l| l.entries.iter_mut().for_each(|e| e.negation = Negation::Report)),
        ("proclitics left on", |l| l.rules.clitics = None),
        ("the language ignored", |l| l.about.language = "tlh".to_owned()),
        ("sides of an axis exchanged", |l| {
            l.axes.iter_mut().for_each(|a| std::mem::swap(&mut a.positive, &mut a.negative))
        }),
    ];
    for (what, breaking) in breakings {
        let broken = |set: &LexiconSet| {
            let mut lexicons = set.lexicons().to_vec();
            lexicons.iter_mut().for_each(breaking);
            Reference::new(&LexiconSet::new(lexicons))
        };
        let noticed = first_difference(Reference::new, broken, 0..400);
        assert!(noticed.is_some(), "{what}: not noticed in 400 rounds");
    }
}

/// What a failing case is made smaller to still fails, and is small.
#[test]
fn a_failing_case_is_made_small() {
    let fails = |round: &Round| resolve(Reference::new, round).iter().any(|r| r.hits.iter().any(|h| h.negated));
    let seed = (0..).find(|seed| fails(&Round::throw(*seed))).unwrap_or_default();
    let small = shrink::shrink(Round::throw(seed), fails);
    assert!(fails(&small));
    assert_eq!((small.lexicons.len(), small.articles.len()), (1, 1));
    assert_eq!(small.lexicons[0].entries.len(), 1);
    assert!(small.articles[0].pieces.len() <= 4, "{}", describe(&small));
}

/// The same tokens once more, below themselves: every hit is there twice, and nothing else.
#[test]
fn an_article_twice_has_every_hit_twice() {
    for seed in seeds(300) {
        let round = Round::throw(seed);
        let matcher = Reference::new(&LexiconSet::new(round.lexicons.clone()));
        let mut types = TypeTable::default();
        for draft in &round.articles {
            let written = draft.write();
            let article = written.article();
            let mut analysis = Analysis::default();
            analyse(&article, &mut types, &mut analysis);
            let mut once = Resolution::default();
            let view = View { article: &article, analysis: &analysis, types: &types };
            matcher.resolve(view, Want { rejected: true, ..Want::default() }, &mut (), &mut once);
            let doubled = twice(&analysis);
            let mut both = Resolution::default();
            let view = View { analysis: &doubled, ..view };
            matcher.resolve(view, Want { rejected: true, ..Want::default() }, &mut (), &mut both);
            let tokens = analysis.tokens.len() as u32;
            let later = once.hits.iter().map(|h| Hit {
                first_token: h.first_token + tokens,
                end_token: h.end_token + tokens,
                ..*h
            });
            let expected: Vec<_> = once.hits.iter().copied().chain(later).collect();
            assert_eq!(both.hits, expected, "{}", describe(&round));
            assert_eq!(both.rejected.len(), 2 * once.rejected.len());
            assert_eq!(both.counted.len(), 2 * once.counted.len());
            assert_eq!(both.on_axis.len(), 2 * once.on_axis.len());
        }
    }
}

/// An analysis followed by itself; both halves point to the same source.
fn twice(analysis: &Analysis) -> Analysis {
    let mut out = analysis.clone();
    let tokens = analysis.tokens.len() as u32;
    let (sentences, paragraphs) = (analysis.sentences.len() as u32, analysis.paragraphs.len() as u32);
    out.tokens.extend_from_slice(&analysis.tokens);
    out.sentences.extend(analysis.sentences.iter().map(|s| Sentence {
        first_token: s.first_token + tokens,
        end_token: s.end_token + tokens,
        paragraph: s.paragraph + paragraphs,
        ..*s
    }));
    out.paragraphs.extend(analysis.paragraphs.iter().map(|p| Paragraph {
        first_sentence: p.first_sentence + sentences,
        end_sentence: p.end_sentence + sentences,
        first_token: p.first_token + tokens,
        end_token: p.end_token + tokens,
        ..*p
    }));
    out
}

/// Asking for the rejected candidates changes nothing else.
#[test]
fn what_is_not_wanted_is_not_there() {
    for seed in seeds(200) {
        let round = Round::throw(seed);
        for (article, mut with) in resolve(Reference::new, &round).into_iter().enumerate() {
            let written = round.articles[article].write();
            let article = written.article();
            let (mut types, mut analysis, mut without) = Default::default();
            analyse(&article, &mut types, &mut analysis);
            let view = View { article: &article, analysis: &analysis, types: &types };
            let matcher = Compiled::new(&LexiconSet::new(round.lexicons.clone()));
            matcher.resolve(view, Want::default(), &mut Default::default(), &mut without);
            with.rejected.clear();
            assert_eq!(with, without, "{}", describe(&round));
        }
    }
}

/// Lexicons whose candidates live whatever stands around them are counted as hits are found, without rows; the counts are
/// those of the rows that the reference finds.
#[test]
fn counts_without_rows_are_those_of_the_rows() {
    let (mut hits, mut articles, mut common, mut told_apart) = (0, 0, 0, 0);
    for (seed, throw) in seeds(3_000).map(|s| (s, Round::throw as fn(u64) -> Round)).chain(
        // Sentences with many hits, and articles with many sentences.
        seeds(60).map(|s| (s, Round::throw_long as fn(u64) -> Round)),
    ) {
        let mut round = throw(seed);
        for lexicon in &mut round.lexicons {
            lexicon.masks.clear();
            lexicon.abouts.clear();
            lexicon.paths.iter_mut().for_each(|path| path.about = None);
            for (number, entry) in lexicon.entries.iter_mut().enumerate() {
                entry.term.conditions.clear();
                entry.negation = Negation::Report;
                entry.weight = if seed % 3 == 0 { 0.1 * (1 + number % 4) as f64 } else { 1.0 };
            }
            if seed % 2 == 0 {
                // What nearly every lexicon has: everything counts.
                lexicon.rules.voices = VoiceSet::ALL;
                lexicon.rules.zones = ZoneSet::ALL;
            }
        }
        let set = LexiconSet::new(round.lexicons.clone());
        let slow = MatcherEngine::new(&set, Reference::new(&set));
        let fast = MatcherEngine::new(&set, Compiled::new(&set));
        let (mut slow_scratch, mut fast_scratch) = Default::default();
        let (mut with_rows, mut counted, mut hits_only) = Default::default();
        for draft in &round.articles {
            let written = draft.write();
            slow.score(&written.article(), &mut slow_scratch, Want::default(), &mut with_rows);
            let want = Want { detail: Detail::Counts, ..Want::default() };
            fast.score(&written.article(), &mut fast_scratch, want, &mut counted);
            assert_eq!(counted.resolution, Resolution::default(), "rows were written all the same");
            assert_eq!(counted.tally, with_rows.tally, "{}", describe(&round));
            let want = Want { detail: Detail::Hits, ..Want::default() };
            fast.score(&written.article(), &mut fast_scratch, want, &mut hits_only);
            assert_eq!(hits_only.tally, without_details(&with_rows.tally), "{}", describe(&round));
            let [read, read_for_rows] = [&counted, &with_rows].map(|score| &score.analysis);
            assert_eq!(read.sentences, read_for_rows.sentences);
            assert_eq!(read.votes, read_for_rows.votes);
            let words = read.tokens.iter().map(|token| fast_scratch.types().raw(token.type_id));
            told_apart += words.filter(|word| word.is_empty()).count();
            assert_eq!(counted.tally.hits as usize, with_rows.resolution.hits.len());
            hits += counted.tally.hits;
            articles += usize::from(counted.tally.hits > 0);
            common += usize::from(with_rows.resolution.counted.len() == with_rows.resolution.hits.len());
        }
    }
    assert!(hits > 50_000 && articles > 5_000 && common > 1_000, "{hits} hits in {articles} articles, {common} common");
    // Words that count nowhere are told apart by AVX-512 alone.
    #[cfg(target_arch = "x86_64")]
    let are_told_apart = is_x86_feature_detected!("avx512vbmi2");
    #[cfg(not(target_arch = "x86_64"))]
    let are_told_apart = false;
    assert!(!are_told_apart || told_apart > 10_000, "{told_apart} words");
}

/// Measures that say they need no more than hits in zones and voices have the same values with no more.
#[test]
fn measures_say_how_much_they_need() {
    let (mut values, mut articles) = (0, 0);
    for seed in seeds(300) {
        let round = Round::throw(seed);
        let set = LexiconSet::new(round.lexicons.clone());
        let engine = MatcherEngine::new(&set, Compiled::new(&set));
        let scoring = Scoring::new(&set, Headline::Outside, 1);
        let (mut scratch, mut score) = (Default::default(), ArticleScore::default());
        for draft in &round.articles {
            engine.score(&draft.write().article(), &mut scratch, Want::default(), &mut score);
            let less = without_details(&score.tally);
            articles += 1;
            for measure in Measure::ALL.into_iter().filter(|measure| measure.detail() == Detail::Hits) {
                for path in 0..set.path_count() as u32 {
                    let of =
                        |tally: &Tally| (scoring.value(measure, path, tally), scoring.interval(measure, path, tally));
                    assert_eq!(of(&less), of(&score.tally), "{measure:?}, {}", describe(&round));
                    values += usize::from(of(&less).0.number().is_some_and(|value| value > 0.0));
                }
            }
        }
    }
    assert!(values > 10_000, "{values} values in {articles} articles");
    let selection = |names: &[&str]| Selection::from_names(names).unwrap().detail();
    assert_eq!(Selection::few().detail(), Detail::Hits);
    assert_eq!(Selection::all().detail(), Detail::Counts);
    assert_eq!(selection(&["count", "entries"]), Detail::Counts);
    assert_eq!(selection(&["score"]), Detail::Hits);
}

/// Measures that do not tell the narrator's words from attributed ones have the same values where nobody does; and where a
/// lexicon does, attributed words are found all the same.
#[test]
fn attributed_words_matter_to_those_who_ask_for_them() {
    let (mut told_apart, mut alike) = (0, 0);
    for seed in seeds(2_000) {
        let round = Round::throw(seed);
        let set = LexiconSet::new(round.lexicons.clone());
        let engine = MatcherEngine::new(&set, Compiled::new(&set));
        let scoring = Scoring::new(&set, Headline::Outside, 1);
        let (mut scratch, mut all_scratch) = Default::default();
        let (mut score, mut all) = (ArticleScore::default(), ArticleScore::default());
        for draft in &round.articles {
            let written = draft.write();
            engine.score(&written.article(), &mut all_scratch, Want::default(), &mut all);
            for detail in [Detail::Hits, Detail::Counts] {
                let want = Want { detail, outside_alike: true, ..Want::default() };
                engine.score(&written.article(), &mut scratch, want, &mut score);
                let attributed = VoiceSet::NONE.with(Voice::Attributed);
                if all.tally.words_in(attributed, ZoneSet::ALL) > 0 {
                    *(if score.tally.words == all.tally.words { &mut told_apart } else { &mut alike }) += 1;
                }
                let needs_more = |measure: &Measure| detail == Detail::Hits && measure.detail() != Detail::Hits;
                let asks = |measure: &Measure| needs_more(measure) || measure.asks_for_attribution();
                for measure in Measure::ALL.into_iter().filter(|measure| !asks(measure)) {
                    for path in 0..set.path_count() as u32 {
                        let of = |tally: &Tally| {
                            (scoring.value(measure, path, tally), scoring.interval(measure, path, tally))
                        };
                        assert_eq!(of(&score.tally), of(&all.tally), "{measure:?}, {}", describe(&round));
                    }
                }
            }
        }
    }
    assert!(told_apart > 100 && alike > 100, "{told_apart} articles with attributed words, {alike} without");
    let asks = |names: &[&str]| Selection::from_names(names).unwrap().asks_for_attribution();
    assert!(!Selection::few().asks_for_attribution() && Selection::all().asks_for_attribution());
    assert!(
        asks(&["count", "narrator"]) && asks(&["attributed_per_1k"]) && !asks(&["quoted", "outside_per_1k", "score"])
    );
}

/// The same where lexicons have masks, conditions and sides, which are settled by rows as ever, though words that count
/// nowhere are told apart.
#[test]
fn counts_of_any_lexicon_are_those_of_the_rows() {
    let mut hits = 0;
    for seed in seeds(2_000) {
        let round = Round::throw(seed);
        let set = LexiconSet::new(round.lexicons.clone());
        let engine = MatcherEngine::new(&set, Compiled::new(&set));
        let (mut scratch, mut rows_scratch) = Default::default();
        let (mut counted, mut with_rows) = (ArticleScore::default(), ArticleScore::default());
        for draft in &round.articles {
            let written = draft.write();
            let want = Want { detail: Detail::Counts, ..Want::default() };
            engine.score(&written.article(), &mut scratch, want, &mut counted);
            engine.score(&written.article(), &mut rows_scratch, Want::default(), &mut with_rows);
            assert_eq!(counted.tally, with_rows.tally, "{}", describe(&round));
            let want = Want { detail: Detail::Hits, ..Want::default() };
            engine.score(&written.article(), &mut scratch, want, &mut counted);
            assert_eq!(without_details(&counted.tally), without_details(&with_rows.tally), "{}", describe(&round));
            hits += counted.tally.hits;
        }
    }
    assert!(hits > 10_000, "{hits} hits");
}

/// Settling what stands again gives what was given; with entries left out it gives what a lexicon without them finds,
/// be positions tokens or characters. Conditions that name a path see its entries all the same, so those cases are
/// passed over.
#[test]
fn leaving_entries_out_is_a_lexicon_without_them() {
    let (mut left_out, mut freed) = (0, 0);
    let mut scratch = SettleScratch::default();
    for seed in seeds(1_500) {
        let round = Round::throw(seed);
        if format!("{:?}", round.lexicons).contains("Path(PathId(") {
            continue;
        }
        let set = LexiconSet::new(round.lexicons.clone());
        let whole = Compiled::new(&set);
        let is_out = |entry: u32| (u64::from(entry) + seed).is_multiple_of(3);
        let mut kept = Vec::new();
        let lexicons = set.iter().map(|(id, lexicon)| {
            let mut lexicon = lexicon.clone();
            let mut number = set.entry_number(id, framescope_core::lexicon::EntryId(0));
            lexicon.entries.retain(|_| {
                let keep = !is_out(number);
                kept.extend(keep.then_some(number));
                number += 1;
                keep
            });
            lexicon
        });
        let smaller_set = LexiconSet::new(lexicons.collect());
        let smaller = resolve(|_| Compiled::new(&smaller_set), &round);
        for ((found, fewer), draft) in resolve(Compiled::new, &round).iter().zip(&smaller).zip(&round.articles) {
            let hits = found.hits.iter().map(|h| (set.entry_number(h.lexicon, h.entry), h.first_token, h.end_token));
            let lost = found.rejected.iter().filter(|r| r.rule == Rule::Overlap);
            let lost = lost.map(|r| (set.entry_number(r.lexicon, r.entry), r.first_token, r.end_token));
            let standing: Vec<_> =
                hits.chain(lost).map(|(entry, start, end)| Contender { entry, start, end }).collect();
            let mut counted = Vec::new();
            whole.settle_again(&standing, &mut scratch, &mut counted);
            assert_eq!(counted, found.counted, "{}", describe(&round));

            // A token of the article is as good as the characters it covers.
            let written = draft.write();
            let (mut types, mut analysis) = (TypeTable::default(), Analysis::default());
            analyse(&written.article(), &mut types, &mut analysis);
            let behind_title = |token: u32| {
                let title = analysis.has_title && analysis.field_of(token) == framescope_core::text::Field::Title;
                u32::from(!title) * 100_000
            };
            let in_bytes = |c: &Contender| Contender {
                start: behind_title(c.start) + analysis.tokens[c.start as usize].start,
                end: behind_title(c.end - 1) + analysis.tokens[c.end as usize - 1].end,
                ..*c
            };
            let rest: Vec<Contender> = standing.iter().copied().filter(|c| !is_out(c.entry)).collect();
            let bytes: Vec<Contender> = rest.iter().map(in_bytes).collect();
            let mut expected: Vec<(u32, u32, u32)> = fewer
                .counted
                .iter()
                .map(|c| {
                    let hit = &fewer.hits[c.hit as usize];
                    let entry = kept[smaller_set.entry_number(hit.lexicon, hit.entry) as usize];
                    (c.path, entry, hit.first_token)
                })
                .collect();
            expected.sort_unstable();
            for contenders in [&rest, &bytes] {
                whole.settle_again(contenders, &mut scratch, &mut counted);
                let mut again: Vec<_> =
                    counted.iter().map(|c| (c.path, rest[c.hit as usize].entry, rest[c.hit as usize].start)).collect();
                again.sort_unstable();
                assert_eq!(again, expected, "{}", describe(&round));
            }
            let before = found.counted.iter().filter(|c| {
                let hit = &found.hits[c.hit as usize];
                !is_out(set.entry_number(hit.lexicon, hit.entry))
            });
            left_out += standing.len() - rest.len();
            freed += usize::from(before.count() != expected.len());
        }
    }
    assert!(left_out > 1_000 && freed > 20, "{left_out} left out, {freed} articles in which others stood up");
}
