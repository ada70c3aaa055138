//! The streamed counts against a slow and obvious twin; voices, sentences, function words, lexicons; bounded memory.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use framescope_core::lexicon::LexiconSet;
use framescope_core::matching::{Compiled, FastScratch, Want};
use framescope_core::score::{ArticleScore, Engine as _, MatcherEngine, MatcherScratch};
use framescope_core::stats;
use framescope_core::text::{Article, VoiceSet};
use proptest::prelude::*;

use super::*;
use crate::pipeline::Interrupt;

const ALL: KeynessSettings = KeynessSettings {
    voices: VoiceSet::ALL,
    shortest: 1,
    longest: 1,
    function_words: true,
    without_lexicon_words: false,
    entries: 0,
    lexicons: Vec::new(),
    max_types: 1_000_000,
};

fn wanted(top: usize, min_articles: u32) -> KeynessWanted {
    KeynessWanted { versus: Versus::Each, top, min_articles, min_hits: 1, prior: None, strength: None, permuting: None }
}

/// Group and text.
type Piece<'a> = (&'a str, &'a str);

fn counts(articles: &[Piece<'_>], settings: &KeynessSettings, set: &LexiconSet, chunk: usize) -> Counts {
    let settings = settings.clone().with_lexicons(set);
    let engine = MatcherEngine::new(set, Compiled::new(set));
    let mut counts = Counts::new(settings.clone());
    for (at, chunk) in articles.chunks(chunk).enumerate() {
        // A worker of its own for each chunk: nothing may depend on what it met before.
        let (mut scratch, mut counting) = (MatcherScratch::<FastScratch>::default(), CountScratch::default());
        let mut score = ArticleScore::default();
        let mut part = KeynessPart::default();
        for (number, (group, text)) in chunk.iter().enumerate() {
            let id = format!("{at}-{number}");
            let article = Article { id: &id, title: None, text, removed: &[] };
            engine.score(&article, &mut scratch, Want { rejected: true, ..Want::default() }, &mut score);
            let read = ArticleRead {
                id: &id,
                group: (!group.is_empty()).then_some(*group),
                language: "en",
                analysis: &score.analysis,
                types: scratch.types(),
                set,
                resolution: &score.resolution,
            };
            part.add(&settings, &read, &mut counting);
        }
        counts.add(part).unwrap();
    }
    counts
}

fn no_lexicon() -> LexiconSet {
    LexiconSet::new(Vec::new())
}

/// Hits on both sides of the words of the first contrast.
fn listed(articles: &[Piece<'_>], settings: &KeynessSettings) -> BTreeMap<String, [u64; 2]> {
    let keyness = counts(articles, settings, &no_lexicon(), 2).contrast(&wanted(0, 1), &Interrupt::never()).unwrap();
    let words = keyness.contrasts[0].key_words.iter();
    words.map(|word| (word.text.clone(), word.sides.map(|side| side.hits))).collect()
}

/// What the streamed counts must come to, from whole tables of whole articles.
fn slow(articles: &[(String, String)], group: &str, word: &str) -> (u64, u64, u32, Option<stats::Dispersion>) {
    let own: Vec<Vec<&str>> =
        articles.iter().filter(|(g, _)| g == group).map(|(_, text)| text.split_whitespace().collect()).collect();
    let hits: Vec<f64> = own.iter().map(|words| words.iter().filter(|w| **w == word).count() as f64).collect();
    let words: Vec<f64> = own.iter().map(|words| words.len() as f64).collect();
    (
        hits.iter().sum::<f64>() as u64,
        words.iter().sum::<f64>() as u64,
        hits.iter().filter(|h| **h > 0.0).count() as u32,
        stats::dispersion(&hits, &words).ok(),
    )
}

fn articles() -> impl Strategy<Value = Vec<(String, String)>> {
    let word = prop::sample::select(vec!["war", "peace", "talks", "deal", "truce", "raid"]);
    let text = prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "));
    prop::collection::vec((prop::sample::select(vec!["a", "b", "c"]).prop_map(str::to_owned), text), 0..16)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Counts, document frequency and dispersion are those of the dense matrix, in one contrast and in the other.
    #[test]
    fn streamed_counts_are_those_of_the_whole_table(articles in articles(), chunk in 1_usize..5, rest in any::<bool>()) {
        let pieces: Vec<Piece<'_>> = articles.iter().map(|(g, t)| (g.as_str(), t.as_str())).collect();
        let mut counts = counts(&pieces, &ALL, &no_lexicon(), chunk);
        let versus = if rest { Versus::Rest } else { Versus::Each };
        let Ok(keyness) = counts.contrast(&KeynessWanted { versus, ..wanted(0, 1) }, &Interrupt::never()) else {
            // Fewer than two groups with words.
            let worded: BTreeSet<&String> = articles.iter().filter(|(_, t)| !t.is_empty()).map(|(g, _)| g).collect();
            prop_assert!(worded.len() < 2);
            return Ok(());
        };
        for contrast in &keyness.contrasts {
            for word in &contrast.key_words {
                for (name, found) in contrast.sides.iter().zip(&word.sides) {
                    let relabelled: Vec<(String, String)> = match name.as_str() {
                        "(rest)" => articles.iter()
                            .map(|(g, t)| ((if *g == contrast.sides[0] { "own" } else { "(rest)" }).to_owned(), t.clone()))
                            .collect(),
                        _ => articles.clone(),
                    };
                    let (hits, places, held, spread) = slow(&relabelled, name, &word.text);
                    prop_assert_eq!((found.hits, found.places, found.articles), (hits, places, held), "{}", word.text);
                    match (spread, found.spread) {
                        (Some(a), Some(b)) => {
                            prop_assert!((a.dp - b.dp).abs() < 1e-12 && (a.dp_norm - b.dp_norm).abs() < 1e-11);
                            prop_assert_eq!(a.range, b.range);
                            prop_assert!((a.largest_share - b.largest_share).abs() < 1e-12);
                        }
                        (a, b) => prop_assert!(a.is_none() && b.is_none(), "{a:?} {b:?}"),
                    }
                }
            }
        }
    }

    /// However the articles are cut into chunks, the result is the same, to the last bit.
    #[test]
    fn the_cut_changes_nothing(articles in articles(), chunk in 1_usize..6) {
        let pieces: Vec<Piece<'_>> = articles.iter().map(|(g, t)| (g.as_str(), t.as_str())).collect();
        let settings = KeynessSettings { longest: 2, ..ALL };
        let strip = |mut keyness: Keyness| {
            // The ids in these tests say how the articles were cut.
            keyness.contrasts.iter_mut().flat_map(|c| &mut c.key_words).for_each(|w| w.examples.clear());
            keyness
        };
        let run = |chunk| counts(&pieces, &settings, &no_lexicon(), chunk).contrast(&wanted(0, 1), &Interrupt::never()).map(strip).ok();
        prop_assert_eq!(run(chunk), run(100));
    }

    /// With little room words are dropped, and what is said to be missing at most is at most missing.
    #[test]
    fn what_is_missing_is_at_most_what_is_said(
        articles in prop::collection::vec(prop::collection::vec(0_u32..60, 1..20), 2..40),
        max_types in 4_usize..30,
    ) {
        let texts: Vec<(String, String)> = articles.iter().enumerate().map(|(at, words)| {
            // Small numbers are common, large ones rare.
            let words: Vec<String> = words.iter().map(|w| format!("w{}", w * w / 60)).collect();
            (if at % 2 == 0 { "a" } else { "b" }.to_owned(), words.join(" "))
        }).collect();
        let pieces: Vec<Piece<'_>> = texts.iter().map(|(g, t)| (g.as_str(), t.as_str())).collect();
        let mut counts = counts(&pieces, &KeynessSettings { max_types, ..ALL }, &no_lexicon(), 1);
        // A part is merged whole before there is a look at the room.
        prop_assert!(counts.types() <= max_types);
        let worst = counts.dropped_at_most();
        let mut truth: HashMap<&str, (u64, u64)> = HashMap::new();
        for (_, text) in &texts {
            let mut seen = BTreeSet::new();
            for word in text.split_whitespace() {
                let known = truth.entry(word).or_default();
                known.0 += 1;
                known.1 += u64::from(seen.insert(word));
            }
        }
        for (word, kind) in &counts.types {
            let missed = counts.missed(kind);
            let (hits, held) = truth[&**word];
            prop_assert!(kind.hits <= hits && hits <= kind.hits + missed.hits, "{word} {hits} {kind:?} {missed:?}");
            prop_assert!(held <= u64::from(kind.articles) + missed.articles);
        }
        for (word, (hits, held)) in &truth {
            if !counts.types.contains_key(*word) {
                prop_assert!(*hits <= worst.hits && *held <= worst.articles, "{word} {hits} {held} {worst:?}");
            }
        }
        // What is listed is what is left in the spool too, dropped words are not.
        let keyness = counts.contrast(&wanted(0, 1), &Interrupt::never()).unwrap();
        for word in keyness.contrasts.iter().flat_map(|c| &c.key_words) {
            let kind = &counts.types[word.text.as_str()];
            prop_assert_eq!(word.sides[0].hits + word.sides[1].hits, kind.hits);
        }
    }
}

#[test]
fn a_word_has_the_voice_it_stands_in() {
    let articles = [("a", "The raid began. “The truce holds,” he said."), ("b", "Calm days.")];
    let all = listed(&articles, &ALL);
    assert!(all.contains_key("raid") && all.contains_key("truce"), "{all:?}");
    let outside = listed(&articles, &KeynessSettings { voices: VoiceSet::OUTSIDE, ..ALL });
    assert!(outside.contains_key("raid") && !outside.contains_key("truce"), "{outside:?}");
    // The second article quotes nobody, so one side has no word.
    let quoted = counts(&articles, &KeynessSettings { voices: VoiceSet::QUOTED, ..ALL }, &no_lexicon(), 9)
        .contrast(&wanted(0, 1), &Interrupt::never())
        .unwrap_err();
    assert!(quoted.to_string().contains("one group only, \"a\" (1 more without a word"), "{quoted}");
}

#[test]
fn a_phrase_crosses_no_sentence_and_no_quotation_mark() {
    let articles = [
        ("a", "The prime minister met the army, chief negotiators. “Gaza city,” he said. War crimes."),
        ("b", "Rain falls again."),
    ];
    let settings = KeynessSettings { voices: VoiceSet::OUTSIDE, shortest: 2, longest: 3, ..ALL };
    let phrases = listed(&articles, &settings);
    for phrase in ["prime minister", "the army chief", "War crimes"] {
        assert!(phrases.contains_key(phrase), "{phrase}: {phrases:?}");
    }
    for phrase in ["prime", "negotiators Gaza", "city he", "Gaza city", "said War", "negotiators he said"] {
        assert!(!phrases.contains_key(phrase), "{phrase}: {phrases:?}");
    }
}

/// The places of a phrase are those where so many words stand in a row.
#[test]
fn a_phrase_is_divided_by_the_places_of_its_length() {
    let articles = [("a", "Prime minister speaks. Rain falls."), ("b", "Quiet.\n\nA b c d.")];
    let settings = KeynessSettings { shortest: 1, longest: 3, ..ALL };
    let keyness = counts(&articles, &settings, &no_lexicon(), 9).contrast(&wanted(0, 1), &Interrupt::never()).unwrap();
    let places = |text: &str| {
        let word = keyness.contrasts[0].key_words.iter().find(|word| word.text == text).unwrap();
        word.sides.map(|side| side.places)
    };
    assert_eq!(places("Rain"), [5, 5]);
    assert_eq!(places("Prime minister"), [3, 3]);
    assert_eq!(places("A b c"), [1, 2]);
}

#[test]
fn function_words_are_those_of_the_language_and_stay_in_the_denominators() {
    let articles = [("a", "the war of the cities"), ("b", "a talk in the garden")];
    let settings = KeynessSettings { function_words: false, longest: 3, ..ALL };
    let words = listed(&articles, &settings);
    // "war" is a function word of German, not of English; "cities" ends no phrase that begins with "the".
    assert!(words.contains_key("war") && words.contains_key("cities"), "{words:?}");
    assert!(!words.contains_key("the") && !words.contains_key("of the") && !words.contains_key("the war"), "{words:?}");
    let keyness = counts(&articles, &settings, &no_lexicon(), 9).contrast(&wanted(0, 1), &Interrupt::never()).unwrap();
    assert_eq!(keyness.contrasts[0].words, [5, 5]);
    assert!(listed(&articles, &ALL).contains_key("of"));
}

#[test]
fn a_word_is_shown_in_its_commonest_spelling() {
    let articles = [("a", "Hamas hamas HAMAS Hamas peace"), ("b", "Us us US us nothing")];
    let words = listed(&articles, &ALL);
    assert_eq!(words["Hamas"], [4, 0], "{words:?}");
    assert_eq!(words["us"], [0, 4], "{words:?}");
}

fn lexicon() -> LexiconSet {
    let source = r#"
[lexicon]
id = "naming"
language = "en"
[[category]]
id = "captives"
terms = ["hostage*", "prisoners of war"]
[[mask]]
why = "an office"
terms = ["envoy for hostage affairs"]
"#;
    let lexicon = framescope_core::lexicon::read(source, "my.toml", &[], &|_: &str| None).unwrap();
    LexiconSet::new(vec![lexicon])
}

const CAPTIVES: [Piece<'static>; 2] =
    [("a", "the hostages met the envoy for hostage affairs"), ("b", "prisoners of war walked home from war")];

#[test]
fn entries_stand_beside_words_and_masked_places_are_no_hits() {
    let set = lexicon();
    let keyness = counts(&CAPTIVES, &ALL, &set, 9).contrast(&wanted(0, 1), &Interrupt::never()).unwrap();
    let words = &keyness.contrasts[0].key_words;
    let of = |kind: Kind| words.iter().find(|word| word.kind == kind).map(|word| word.sides.map(|side| side.hits));
    assert_eq!(of(Kind::Entry(0)), Some([1, 0]));
    assert_eq!(of(Kind::Entry(1)), Some([0, 1]));
    // As words, all of them are words.
    let hits = |text: &str| words.iter().find(|w| w.kind == Kind::Word && w.text == text).map(|w| w.sides[0].hits);
    assert_eq!((hits("hostages"), hits("hostage"), hits("affairs")), (Some(1), Some(1), Some(1)));
}

#[test]
fn words_of_the_lexicon_can_be_left_out() {
    let set = lexicon();
    let settings = KeynessSettings { without_lexicon_words: true, longest: 2, ..ALL };
    let keyness = counts(&CAPTIVES, &settings, &set, 9).contrast(&wanted(0, 1), &Interrupt::never()).unwrap();
    let contrast = &keyness.contrasts[0];
    let hits = |text: &str| contrast.key_words.iter().find(|w| w.text == text).map(|w| w.sides.map(|side| side.hits));
    // The office is no hostage, and its name is no other word either.
    for text in ["hostages", "hostage", "prisoners", "prisoners of", "for hostage"] {
        assert_eq!(hits(text), None, "{text}");
    }
    // One "war" is a prisoner's; the other is a word.
    assert_eq!(hits("war"), Some([0, 1]));
    assert_eq!(hits("from war"), Some([0, 1]));
    // What is left out is left in the denominators.
    assert_eq!(contrast.words, [8, 7]);
}

#[test]
fn a_word_must_stand_in_enough_articles_of_the_side_that_uses_it_more() {
    let articles =
        [("a", "raid raid raid"), ("a", "raid deal"), ("b", "deal truce"), ("b", "truce deal"), ("b", "deal")];
    let keyness = counts(&articles, &ALL, &no_lexicon(), 2).contrast(&wanted(0, 2), &Interrupt::never()).unwrap();
    let contrast = &keyness.contrasts[0];
    let words: Vec<(&str, usize, usize)> =
        contrast.key_words.iter().map(|w| (w.text.as_str(), w.more, w.rank)).collect();
    assert_eq!(words, [("raid", 0, 1), ("deal", 1, 1), ("truce", 1, 2)]);
    assert_eq!((contrast.compared, contrast.articles), (3, [2, 3]));
    assert_eq!(contrast.key_words[0].examples, ["0-0", "0-1"]);
    let shortened = counts(&articles, &ALL, &no_lexicon(), 2).contrast(&wanted(1, 2), &Interrupt::never()).unwrap();
    assert_eq!(shortened.contrasts[0].key_words.len(), 2);
    assert_eq!(shortened.contrasts[0].compared, 3);
}

#[test]
fn articles_without_a_group_are_counted_and_left_out() {
    let counts = counts(&[("a", "raid"), ("", "truce"), ("b", "deal")], &ALL, &no_lexicon(), 9);
    assert_eq!((counts.left_out(), counts.types()), (1, 2));
}

#[test]
fn too_many_groups_are_not_compared_pair_by_pair() {
    let groups: Vec<String> = (0..51).map(|g| format!("g{g:02}")).collect();
    let pieces: Vec<Piece<'_>> = groups.iter().map(|g| (g.as_str(), "raid")).collect();
    let mut counts = counts(&pieces, &ALL, &no_lexicon(), 9);
    let error = counts.contrast(&wanted(0, 1), &Interrupt::never()).unwrap_err().to_string();
    assert!(error.contains("51 groups make 1275 contrasts") && error.contains("--vs rest"), "{error}");
    let rest = counts.contrast(&KeynessWanted { versus: Versus::Rest, ..wanted(0, 1) }, &Interrupt::never()).unwrap();
    assert_eq!(rest.contrasts.len(), 51);
}

/// One word is in each of six articles of one group and in none of the other six; arrangements: C(12, 6) = 924,
/// of which two are as extreme.
#[test]
fn p_is_that_of_all_arrangements_and_adjusted_for_all_words() {
    let mut articles: Vec<Piece<'_>> = vec![("a", "raid raid raid calm north"); 6];
    articles.extend([("b", "raid calm calm north north"); 6]);
    let permuting = |threads: usize| {
        let threads = std::num::NonZeroUsize::new(threads).unwrap();
        KeynessWanted { permuting: Some(Permuting { draws: 99, seed: 1, threads }), ..wanted(1, 1) }
    };
    let run =
        |threads| counts(&articles, &ALL, &no_lexicon(), 5).contrast(&permuting(threads), &Interrupt::never()).unwrap();
    let keyness = run(1);
    let contrast = &keyness.contrasts[0];
    let raid = &contrast.key_words[0];
    assert_eq!((raid.text.as_str(), contrast.compared, contrast.key_words.len()), ("raid", 3, 2));
    let Some(WordP::Given { p, adjusted }) = raid.p else { panic!("{:?}", raid.p) };
    assert!((p - 2.0 / 924.0).abs() < 1e-12, "{p}");
    // Two of the three words are listed and have this p; the third enters with 1.
    assert!((adjusted - p * 3.0 / 2.0).abs() < 1e-12, "{adjusted}");
    assert_eq!(run(3), keyness);
    let few = counts(&articles[3..], &ALL, &no_lexicon(), 5).contrast(&permuting(1), &Interrupt::never()).unwrap();
    assert_eq!(few.contrasts[0].key_words[0].p, Some(WordP::Withheld("too few articles")));
}

#[test]
fn the_listing_puts_two_sides_beside_each_other() {
    let articles = [
        ("Harbour \u{1b}[31mCourier", "raid raid raid"),
        ("Harbour \u{1b}[31mCourier", "raid deal 停戦"),
        ("Ledger", "deal truce"),
        ("Ledger", "truce truce deal"),
    ];
    let keyness = counts(&articles, &ALL, &no_lexicon(), 2).contrast(&wanted(0, 1), &Interrupt::never()).unwrap();
    let text = listing(&keyness, &no_lexicon());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "more in Harbour  [31mCourier    more in Ledger", "{text}");
    assert_eq!(lines[1], "2 articles, 6 words             2 articles, 5 words", "{text}");
    assert_eq!(lines[2], "raid  4 : 0  in 2 articles      truce  3 : 0  in 2 articles", "{text}");
    // Two columns of a terminal for each sign.
    assert_eq!(lines[3], "停戦  1 : 0  in 1 articles      deal   2 : 1  in 2 articles", "{text}");
    assert_eq!(lines.len(), 4);
}

#[test]
fn every_number_of_a_row_is_finite_and_every_column_explained() {
    let articles = [("a", "raid raid"), ("b", "raid deal"), ("b", "")];
    for top in [0, 1] {
        let keyness = counts(&articles, &ALL, &no_lexicon(), 1).contrast(&wanted(top, 1), &Interrupt::never()).unwrap();
        let table = KeynessTable::new(true, true, crate::output::Style::default());
        let columns = table.table().columns();
        assert!(columns.iter().all(|c| !c.meaning.is_empty() && !c.unit.is_empty() && !c.missing.is_empty()));
        let names: BTreeSet<&str> = columns.iter().map(|c| c.column.as_str()).collect();
        assert_eq!(names.len(), columns.len());
        let mut writer = crate::output::TableWriter::of_results(table.table(), Vec::new(), "x").unwrap();
        writer.write(table.rows(&keyness, &no_lexicon())).unwrap();
        let csv = String::from_utf8(writer.finish().unwrap().0).unwrap();
        assert!(!csv.contains("NaN") && !csv.contains("inf"), "{csv}");
    }
}
