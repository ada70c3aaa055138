//! Matching on articles that are read and scored as everywhere.

mod large;

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use framescope_core::lexicon::{self, LexiconSet};
use framescope_core::matching::{Compiled, EntryWords, Want};
use framescope_core::score::{ArticleScore, Engine as _, Headline, MatcherEngine, MatcherScratch};
use framescope_core::stats::{Count, Draws, Purpose};
use framescope_core::text::{Article, Title, Voice};
use proptest::prelude::*;

use super::features::Features;
use super::nearest::{FLOOR, Index, Mutual, Stories, Which};
use super::threshold::{DECOYS, SAME};
use super::*;
use crate::compare::copies::Signer;
use crate::compare::resample::Resampler;
use crate::compare::units::{ArticleFacts, Units, UnitsPart};
use crate::compare::vocabulary::Vocabulary;
use crate::pipeline::Interrupt;

/// An article of a test.
#[derive(Debug, Clone, Default)]
struct Told {
    id: String,
    outlet: String,
    day: Option<i32>,
    event: String,
    title: Option<String>,
    text: String,
}

fn told(id: &str, outlet: &str, day: Option<i32>, text: &str) -> Told {
    Told { id: id.into(), outlet: outlet.into(), day, text: text.into(), ..Told::default() }
}

/// Articles read with a lexicon, in parts of `size` as workers would make them.
struct Corpus {
    wording: Wording,
    units: Units,
    days: Vec<Option<i32>>,
    groups: Vec<u32>,
}

impl Corpus {
    fn read(articles: &[Told], lexicon: Option<&str>, size: usize) -> Corpus {
        let lexicons = lexicon.map(|source| lexicon::read(source, "test.toml", &[], &|_| None).expect("a lexicon"));
        let set = LexiconSet::new(lexicons.into_iter().collect());
        let engine = MatcherEngine::new(&set, Compiled::new(&set));
        let entry_words = EntryWords::new(&set);
        let mut wording = Wording::default();
        let mut units = Units::new(Vocabulary::of(&set), &[]);
        for some in articles.chunks(size) {
            let (mut words, mut rows) = (WordingPart::default(), UnitsPart::default());
            let (mut scratch, mut score, mut signer) =
                (MatcherScratch::default(), ArticleScore::default(), Signer::default());
            for told in some {
                let title = told.title.as_deref().map(Title::Field);
                let article = Article { id: &told.id, title, text: &told.text, removed: &[] };
                engine.score(&article, &mut scratch, Want::default(), &mut score);
                words.add(&set, &entry_words, scratch.types(), &score, &mut signer);
                let group = Some(told.outlet.as_str());
                let facts = ArticleFacts { id: &told.id, group, language: "en", columns: &[], content: 0 };
                rows.add(&facts, &set, &score);
            }
            wording.append(words);
            units.append(rows);
        }
        let groups = units.articles().map(|article| units.group(article)).collect();
        Corpus { wording, units, days: articles.iter().map(|told| told.day).collect(), groups }
    }

    fn articles(&self) -> Articles<'_> {
        Articles { wording: &self.wording, groups: &self.groups, days: &self.days }
    }

    fn matched(&self) -> Events {
        matched_with(self, None, true)
    }

    fn id(&self, article: u32) -> &str {
        self.units.id(article)
    }

    fn pairs(&self, events: &Events, status: Status) -> BTreeSet<(String, String)> {
        let of_status = events.pairs.iter().filter(|pair| pair.status == status);
        of_status.map(|pair| (self.id(pair.one).to_owned(), self.id(pair.other).to_owned())).collect()
    }
}

fn matched_with(corpus: &Corpus, cosine: Option<f64>, has_lexicon: bool) -> Events {
    let threads = NonZeroUsize::new(2).unwrap();
    match_events(&corpus.articles(), cosine, has_lexicon, threads, &Interrupt::never()).unwrap()
}

/// A lexicon that nobody mends: which pairs are alike depends on the words that are left out.
const NAMING: &str = r#"
[lexicon]
id = "naming"
version = "0.1"
[[mask]]
terms = ["envoy for hostage affairs", "Hostages Square"]
[[referent]]
id = "captives"
[[referent.variant]]
id = "hostage"
terms = ["hostage*"]
[[referent.variant]]
id = "captive"
terms = ["captive*"]
[[referent.variant]]
id = "prisoner"
terms = [{ term = "prisoner*", not_after = ["Palestinian"] }]
[[referent]]
id = "hamas"
name = ["Hamas"]
[[referent.variant]]
id = "militant"
terms = ["militant*", "militant group"]
[[referent.variant]]
id = "movement"
terms = ["the movement", "the resistance"]
[[category]]
id = "talks"
terms = ["talks", "negotiat*", "mediator*", "truce", "cease-fire", "ceasefire"]
[[category]]
id = "war"
terms = ["war", "fighting", "shelling", "conflict", "occupation"]
"#;

/// Days from the first of January of no particular year, all months of 31 days: good for tests of one month.
fn day(date: &str) -> Option<i32> {
    let mut parts = date.split('-').skip(1).map(|part| part.parse::<i32>().ok());
    Some(31 * parts.next()?? + parts.next()??)
}

fn example() -> Vec<Told> {
    let read = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        Told {
            id: text("id"),
            outlet: text("outlet"),
            day: day(&text("date")),
            event: text("event"),
            title: value["title"].as_str().map(str::to_owned),
            text: text("text"),
        }
    };
    include_str!("../../../../examples/articles.jsonl").lines().map(read).collect()
}

/// Pairs of articles of different outlets that are of one event: those found and right, those found, those there are.
fn judged(told: &[Told], events: &Events) -> [usize; 3] {
    let mut counts = [0; 3];
    for a in 0..told.len() {
        for b in a + 1..told.len() {
            if told[a].outlet == told[b].outlet {
                continue;
            }
            let is_found = events.event_of[a].is_some() && events.event_of[a] == events.event_of[b];
            let is_so = told[a].event == told[b].event;
            counts[0] += usize::from(is_found && is_so);
            counts[1] += usize::from(is_found);
            counts[2] += usize::from(is_so);
        }
    }
    counts
}

/// Measured: 15 of 15 pairs are right, and they are 15 of the 24 there are between articles of one script; the pairs
/// that are only proposed are right too. With the larger lexicon `talks` in place of this one it is 11 of 11, and 11 of
/// the 24: articles of 150 words without the words of the lexicon share few others.
#[test]
fn events_of_the_example_are_found() {
    let told = example();
    let corpus = Corpus::read(&told, Some(NAMING), 25);
    let events = corpus.matched();
    let copies = corpus.pairs(&events, Status::Copy);
    let expected = [("hc-02", "nl-02"), ("nl-05", "mr-06")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(copies, expected.into_iter().collect());
    let [right, found, all] = judged(&told, &events);
    assert_eq!(all, 26, "24 pairs and two with the article in Arabic");
    assert_eq!((right, found), (15, 15), "{:#?}", corpus.pairs(&events, Status::Matched));
    for pair in &events.pairs {
        let [one, other] = [pair.one, pair.other].map(|article| &told[article as usize]);
        assert_eq!(one.event, other.event, "{} and {} are only proposed, and wrong", one.id, other.id);
        assert!(!pair.words.is_empty() && pair.cosine.is_some_and(|cosine| cosine >= FLOOR));
    }
    let Origin::Matched { threshold, undated, lexicon_words } = events.origin else { panic!("matched") };
    assert_eq!((threshold.from, undated), (ThresholdFrom::Corpus, 0));
    assert!((0.1..0.2).contains(&threshold.cosine), "{threshold:?}");
    assert!(lexicon_words.is_some());
    // Every article is of an event, and no event has two stories of a group but where all are copies.
    assert!(events.event_of.iter().all(Option::is_some) && events.collapsed.is_empty());
    let coverage = events.coverage(&corpus.groups, 3);
    assert!(coverage.iter().flatten().all(|&n| n <= 1), "{coverage:?}");
    assert_eq!(events.events[0].name, "e01");
}

#[test]
fn the_words_of_the_lexicons_are_no_evidence() {
    let told = example();
    let corpus = Corpus::read(&told, Some(NAMING), 25);
    let events = corpus.matched();
    let words: BTreeSet<&str> = events.pairs.iter().flat_map(|pair| pair.words.iter().map(String::as_str)).collect();
    for word in ["hostages", "captives", "prisoners", "Hamas", "negotiators", "talks", "truce"] {
        assert!(!words.contains(word), "{word}");
    }
    assert!(words.contains("34") && words.contains("Thursday"), "{words:?}");
}

#[test]
fn the_size_of_parts_changes_nothing() {
    let told = example();
    let whole = Corpus::read(&told, Some(NAMING), 25).matched();
    for size in [1, 2, 7] {
        assert_eq!(Corpus::read(&told, Some(NAMING), size).matched(), whole);
    }
}

#[test]
fn an_arabic_pair_is_matched_by_its_words_and_numbers() {
    let mut told = example();
    let arabic = "دير حسن — وصل أربعون معتقلاً إلى بيوتهم مساء الجمعة بعد أن تسلّم فريق طبي من مروفيا خمسة من المحتجزين في \
                  مدينة سارن. وقالت الوزيرة المروفية إلسه هارو إن أحداً لا يريد أن يكون الأول ولذلك اشترت ساعتين جيدتين. \
                  وانتظرت سفن المساعدات في الميناء، وقال البحارة إنهم لا يعرفون متى يبحرون.";
    told.push(Told { event: "e4-release".into(), ..self::told("hc-ar", "Harbour Courier", day("2031-03-15"), arabic) });
    let corpus = Corpus::read(&told, None, 9);
    // The threshold of the example is low, so it is given here.
    let events = matched_with(&corpus, Some(0.15), false);
    let matched = corpus.pairs(&events, Status::Matched);
    assert!(matched.contains(&("mr-05".to_owned(), "hc-ar".to_owned())), "{matched:?}");
}

const LIST: &str = "SARN, March 6 (Tern) - Mediators in Sarn handed over a list with the names of 34 hostages on Thursday, \
    the first document to be exchanged since the talks began. The list was checked overnight against the records, an \
    official said on condition of anonymity. It gives ages and places of origin, but does not say who is alive.";

#[test]
fn copies_inside_a_group_collapse_and_across_groups_are_one_event() {
    let reworded = LIST.replace("hostages", "captives").replace("an official", "a diplomat");
    let told = [
        told("a1", "A", Some(6), LIST),
        told("b1", "B", Some(6), &reworded),
        told("a2", "A", Some(7), &format!("{LIST} No date was given.")),
        told("b2", "B", Some(90), LIST),
        told("c1", "C", None, "Nothing of the kind was heard in the hills, where Otto Brem keeps 12 goats."),
    ];
    let corpus = Corpus::read(&told, Some(NAMING), 2);
    let events = corpus.matched();
    let collapsed: Vec<(&str, &str)> =
        events.collapsed.iter().map(|c| (corpus.id(c.article), corpus.id(c.kept))).collect();
    assert_eq!(collapsed, [("a2", "a1"), ("b2", "b1")]);
    assert_eq!(events.event_of, [Some(0), Some(0), None, None, Some(1)]);
    assert_eq!(corpus.pairs(&events, Status::Copy), [("a1".to_owned(), "b1".to_owned())].into_iter().collect());
    assert_eq!(events.coverage(&corpus.groups, 3), [vec![1, 1, 0], vec![0, 0, 1]]);
}

#[test]
fn an_article_without_a_date_is_proposed_and_never_matched() {
    let mut told = example();
    let hc = told.iter().position(|told| told.id == "hc-05").expect("hc-05");
    told[hc].day = None;
    let corpus = Corpus::read(&told, Some(NAMING), 25);
    let events = matched_with(&corpus, Some(0.2), true);
    let is_alone = events.event_of[hc].is_some_and(|event| events.events[event as usize].articles == [hc as u32]);
    assert!(is_alone, "{:?}", events.event_of[hc]);
    let proposed: Vec<&Pair> = events.pairs.iter().filter(|pair| pair.reason == Some(Reason::NoDate)).collect();
    assert!(!proposed.is_empty() && proposed.iter().all(|pair| pair.days_apart.is_none() && pair.other == hc as u32));
    assert!(proposed.iter().any(|pair| corpus.id(pair.one) == "nl-05"), "{proposed:?}");
    // Without any date nothing but copies is matched.
    told.iter_mut().for_each(|told| told.day = None);
    let corpus = Corpus::read(&told, Some(NAMING), 25);
    let events = corpus.matched();
    assert!(corpus.pairs(&events, Status::Matched).is_empty());
    assert_eq!(corpus.pairs(&events, Status::Copy).len(), 2);
    let Origin::Matched { threshold, undated, .. } = events.origin else { panic!("matched") };
    assert_eq!((threshold.from, threshold.by_chance, undated), (ThresholdFrom::Usual, None, 25));
}

#[test]
fn nothing_at_all_is_no_event() {
    let corpus = Corpus::read(&[], None, 1);
    let events = corpus.matched();
    assert!(events.events.is_empty() && events.pairs.is_empty());
    let corpus = Corpus::read(&[told("a", "A", Some(1), ""), told("b", "B", Some(1), "…")], None, 1);
    let events = corpus.matched();
    assert_eq!((events.events.len(), events.pairs.len()), (2, 0));
}

/// Texts of few words, so that much is shared.
fn small_corpus(seed: u64, articles: usize) -> Vec<Told> {
    let mut draws = Draws::new(seed, Purpose::Bootstrap, 0);
    let one = |number: usize| {
        let words: Vec<String> = (0..30)
            .map(|_| match draws.below(3) {
                0 => format!("Name{}", draws.below(40)),
                1 => format!("{}", draws.below(60)),
                _ => format!("word{}", draws.below(50)),
            })
            .collect();
        let day = (draws.below(12) > 0).then(|| draws.below(25) as i32);
        told(&format!("t{number}"), ["A", "B", "C"][draws.below(3) as usize], day, &words.join(" "))
    };
    (0..articles).map(one).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The index against all pairs, one after the other.
    #[test]
    fn the_index_finds_what_looking_at_all_pairs_finds(seed in 0_u64..1 << 40) {
        let told = small_corpus(seed, 40);
        let corpus = Corpus::read(&told, None, 40);
        let all = (0..40).map(|a| (a, corpus.groups[a as usize], corpus.days[a as usize]));
        let stories = Stories::new(all);
        let features = Features::new(&corpus.wording, &stories.articles, false);
        let interrupt = Interrupt::never();
        let [alone, many] = [1, 3].map(|n| Resampler::new(NonZeroUsize::new(n).unwrap(), &interrupt).unwrap());
        let index = Index::new(&stories, &features);
        let ([mut found], looked) = index.mutual(&SAME, [&[Which::Other]], &many).unwrap();
        // Searches that share the looking up find what each finds by itself, on any number of threads.
        let [after, before] = [&[Which::Higher, Which::Lower][..], &[Which::Lower, Which::Higher][..]];
        let (together, _) = index.mutual(&DECOYS, [after, before], &many).unwrap();
        for (search, found) in [after, before].into_iter().zip(together) {
            prop_assert_eq!([found], index.mutual(&DECOYS, [search], &alone).unwrap().0);
        }
        let dated = stories.days.len() as u32;
        let near = |a: u32, b: u32| (stories.days[a as usize] - stories.days[b as usize]).abs() <= DAYS;
        let best = |a: u32, group: u32| {
            let others = (0..dated).filter(|&b| stories.groups[b as usize] == group && near(a, b));
            let cosines = others.map(|b| (b, features.cosine(a, b))).filter(|(_, cosine)| *cosine >= FLOOR);
            cosines.max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.cmp(&x.0)))
        };
        let mut expected = Vec::new();
        for one in 0..dated {
            for group in (0..3).filter(|&group| group != stories.groups[one as usize]) {
                let Some((other, cosine)) = best(one, group) else { continue };
                let back = best(other, stories.groups[one as usize]);
                if one < other && back.is_some_and(|(back, _)| back == one) {
                    expected.push(Mutual { one, other, cosine });
                }
            }
        }
        let key = |pair: &Mutual| (pair.one, pair.other);
        found.sort_by_key(key);
        expected.sort_by_key(key);
        prop_assert_eq!(found, expected);
        let places = (0..dated).map(|a| (0..dated).filter(|&b| near(a, b)).count() as u64).sum::<u64>();
        prop_assert_eq!(looked, places);
    }

    /// Every article that is not collapsed has one event; matched pairs are in one event, at most three days apart, and
    /// no event has two stories of a group.
    #[test]
    fn events_part_the_articles(seed in 0_u64..1 << 40) {
        let told = small_corpus(seed, 60);
        let corpus = Corpus::read(&told, None, 60);
        let events = matched_with(&corpus, Some(0.15), false);
        let mut met = BTreeSet::new();
        for (number, event) in (0..).zip(&events.events) {
            for &article in &event.articles {
                prop_assert!(met.insert(article));
                prop_assert_eq!(events.event_of[article as usize], Some(number));
            }
            let groups: BTreeSet<u32> = event.articles.iter().map(|&a| corpus.groups[a as usize]).collect();
            prop_assert_eq!(groups.len(), event.articles.len());
        }
        prop_assert_eq!(met.len() + events.collapsed.len(), 60);
        for pair in events.pairs.iter().filter(|pair| pair.status == Status::Matched) {
            prop_assert!(events.event_of[pair.one as usize] == events.event_of[pair.other as usize]);
            prop_assert!(pair.days_apart.is_some_and(|days| days <= DAYS as u32) && pair.cosine >= Some(0.15));
        }
    }
}

#[test]
fn a_table_of_pairs_says_what_holds() {
    let told = example();
    let corpus = Corpus::read(&told, None, 25);
    let article_of = |id: &str| told.iter().position(|told| told.id == id).map(|at| at as u32);
    let table = "\u{FEFF}id_a;outlet_a;id_b;status\r\nhc-01;x;nl-01;matched\r\nmr-01;x;nl-01;matched\r\n\
                 hc-02;x;nl-02;copy\r\nmr-05;x;mr-04;copy\r\nhc-08;x;nl-08;proposed\r\n;;;\r\n";
    let listed = read_pairs(table.as_bytes(), "pairs.csv", article_of).expect("pairs");
    let events = Events::of_pairs(&corpus.articles(), &listed);
    let event = |id: &str| events.event_of[article_of(id).expect("an article") as usize];
    assert!(event("hc-01") == event("nl-01") && event("hc-01") == event("mr-01") && event("hc-01").is_some());
    assert!(event("hc-02") == event("nl-02") && event("hc-08") != event("nl-08"));
    assert_eq!((event("mr-04").is_some(), event("mr-05")), (true, None));
    assert_eq!(events.collapsed.len(), 1);
    assert_eq!(events.copies().count(), 1);
    // What is not listed is an event of its own.
    assert_eq!(events.events.len(), 25 - 2 - 1 - 1);
}

#[test]
fn a_table_of_pairs_that_names_what_is_not_there_says_where() {
    let article_of = |id: &str| ["a", "b", "-c"].iter().position(|known| *known == id).map(|at| at as u32);
    let read = |table: &str| read_pairs(table.as_bytes(), "pairs.csv", article_of);
    let message = |table: &str| read(table).expect_err("an error").to_string();
    let wrong = message("id_a,id_b,status\na,b,matched\nx,b,matched\na,y,copy\n");
    for part in ["pairs.csv", "2 of its ids are", "\"x\" (line 3)", "\"y\" (line 4)"] {
        assert!(wrong.contains(part), "{part}: {wrong}");
    }
    assert!(message("id_a,id_b,status\na,b,same\n").contains("line 2: status \"same\""));
    assert!(message("id_a,id_b,status\na,a,copy\n").contains("line 2: \"a\" is paired with itself"));
    assert!(message("id_a,status\na,copy\n").contains("`id_b`"));
    assert!(message("").contains("`id_a`"));
    // Ids that our own tables guard are known again; an empty table is no pairs.
    assert_eq!(read("id_a,id_b,status\n'-c,b,matched\n").map(|pairs| pairs.len()), Ok(1));
    assert_eq!(read("id_a,id_b,status\n"), Ok(Vec::new()));
}

#[test]
fn a_column_says_which_event() {
    let values = [Some("x"), None, Some(" y "), Some("x"), Some("  "), Some("x")];
    let events = Events::of_column(values, &[None, None, Some(3), Some(9), None, Some(4)]);
    assert_eq!(events.event_of, [Some(0), None, Some(1), Some(0), None, Some(0)]);
    // In the order of days, whatever that of the input is.
    assert_eq!((events.events[0].articles.as_slice(), events.events[0].dated), ([5, 3, 0].as_slice(), 2));
    assert_eq!(events.events.iter().map(|event| event.name.as_str()).collect::<Vec<_>>(), ["x", "y"]);
}

#[test]
fn what_each_desk_changed_stands_side_by_side_with_its_hits() {
    let told = example();
    let corpus = Corpus::read(&told, Some(NAMING), 25);
    let events = corpus.matched();
    let found: Vec<Changes> = changes(&corpus.wording, &events.pairs).collect();
    assert_eq!(found.len(), 2);
    let path = |hits: &[(u32, String)]| -> Vec<(String, String)> {
        let id = |path: u32| corpus.units.vocabulary.paths[path as usize].id.clone();
        hits.iter().map(|(path, words)| (id(*path), words.clone())).collect()
    };
    let list = &found[0];
    let named = list.changes.iter().find(|change| change.one.words == "hostages" && !change.is_in_title);
    let named = named.expect("hostages was changed");
    assert_eq!((named.kind, named.other.words.as_str()), (ChangeKind::Changed, "captives"));
    assert!(named.before.ends_with("names of 34"), "{named:?}");
    let pair = |path: &str, word: &str| (path.to_owned(), word.to_owned());
    assert!(path(&named.one.hits).contains(&pair("captives.hostage", "hostages")), "{:?}", path(&named.one.hits));
    assert!(path(&named.other.hits).contains(&pair("captives.captive", "captives")), "{:?}", path(&named.other.hits));
    assert_eq!(named.one.voice, Some(Voice::Narrator));
    // The Courier's last paragraph was dropped by the Ledger, or added by the Courier: it is the earlier article's.
    let dropped =
        list.changes.iter().any(|c| c.kind == ChangeKind::Dropped && c.one.words.contains("Relatives of the"));
    assert!(dropped, "{list:#?}");
    // Titles are whole.
    let titles: Vec<&Change> = list.changes.iter().filter(|change| change.is_in_title).collect();
    assert_eq!(titles.len(), 1, "{titles:?}");
    assert_eq!(titles[0].one.words, "List of 34 hostages handed over in Sarn");
    assert_eq!(titles[0].other.words, "Mediators receive list of captives");
    let truce = &found[1];
    let shelling = truce.changes.iter().find(|change| change.one.words == "fighting");
    assert_eq!(shelling.map(|change| change.other.words.as_str()), Some("shelling"));
    for changes in &found {
        let words = |article: u32| corpus.wording.words(article).filter(|word| !word.is_in_title()).count() as u32;
        assert_eq!(
            (changes.kept + changes.dropped, changes.kept + changes.added),
            (words(changes.one), words(changes.other))
        );
        for kept in changes.changes.iter().filter(|change| change.kind == ChangeKind::Kept) {
            assert!(!kept.one.hits.is_empty() || !kept.other.hits.is_empty());
            assert_eq!(kept.one.words.to_lowercase(), kept.other.words.to_lowercase());
        }
    }
}

#[test]
fn the_split_sums_to_the_difference_event_by_event() {
    let told = example();
    let corpus = Corpus::read(&told, Some(NAMING), 25);
    let by_column = Events::of_column(told.iter().map(|told| Some(told.event.as_str())), &corpus.days);
    for events in [by_column, corpus.matched()] {
        for most in [0, 3, 100] {
            let groups: Vec<[u32; 1]> = (0..3).map(|group| [group]).collect();
            let pairs = [[0, 1], [0, 2], [2, 1]].map(|pair| pair.map(|group: usize| groups[group].as_slice()));
            let found = splits(&corpus.units, &events, Headline::Outside, &pairs, most);
            assert!(found.len() > 10, "{}", found.len());
            for split in &found {
                let sum = |of: fn(&EventShare) -> f64| split.events.iter().map(of).sum::<f64>();
                let [coverage, treatment] = [sum(|e| e.coverage) + split.rest[0], sum(|e| e.treatment) + split.rest[1]];
                assert!((coverage - split.coverage).abs() < 1e-12 && (treatment - split.treatment).abs() < 1e-12);
                let difference = split.rates[0] - split.rates[1];
                assert!((split.coverage + split.treatment - difference).abs() < 1e-12, "{split:?}");
                assert!(split.events.len() <= most && split.both <= split.covered[0].min(split.covered[1]));
                // Against the articles themselves.
                let counts = corpus.units.counts(split.path, Headline::Outside).expect("counts");
                for (side, groups) in pairs[split.pair as usize].iter().enumerate() {
                    let own = (0..25).filter(|&a| {
                        groups.contains(&corpus.groups[a as usize]) && events.event_of[a as usize].is_some()
                    });
                    let all: Count = own.map(|a| counts[a as usize]).sum();
                    assert!((all.rate().expect("words") - split.rates[side]).abs() < 1e-15);
                }
            }
        }
    }
}
