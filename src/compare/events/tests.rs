//! Matching on articles that are read and scored as everywhere.

use std::collections::{BTreeMap, BTreeSet};

use framescope_core::lexicon::{self, LexiconSet};
use framescope_core::matching::{Compiled, EntryWords, Want};
use framescope_core::score::{ArticleScore, Engine as _, Headline, MatcherEngine, MatcherScratch};
use framescope_core::stats::{Count, Draws, Purpose};
use framescope_core::text::{Article, Title, Voice};
use proptest::prelude::*;

use super::features::Features;
use super::nearest::{FLOOR, Index, Mutual, Stories};
use super::threshold::SAME;
use super::*;
use crate::compare::copies::Signer;
use crate::compare::units::{ArticleFacts, Units, UnitsPart};
use crate::compare::vocabulary::Vocabulary;

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
        match_events(&self.articles(), None, true)
    }

    fn id(&self, article: u32) -> &str {
        self.units.id(article)
    }

    fn pairs(&self, events: &Events, status: Status) -> BTreeSet<(String, String)> {
        let of_status = events.pairs.iter().filter(|pair| pair.status == status);
        of_status.map(|pair| (self.id(pair.one).to_owned(), self.id(pair.other).to_owned())).collect()
    }
}

const TALKS: &str = include_str!("../../../lexicons/talks.toml");

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
    include_str!("../../../examples/articles.jsonl").lines().map(read).collect()
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

#[test]
fn events_of_the_example_are_found() {
    let told = example();
    let corpus = Corpus::read(&told, Some(TALKS), 25);
    let events = corpus.matched();
    for pair in &events.pairs {
        println!(
            "{} {} {:?} cos {:.3} j {:.3} {:?}",
            corpus.id(pair.one),
            corpus.id(pair.other),
            pair.status,
            pair.cosine.unwrap_or(0.0),
            pair.jaccard.unwrap_or(0.0),
            pair.words
        );
    }
    println!("{:?}", events.origin);
    let [right, found, all] = judged(&told, &events);
    println!("precision {right}/{found}, recall {right}/{all}");
    let copies: BTreeSet<(String, String)> = corpus.pairs(&events, Status::Copy);
    let expected = [("hc-02", "nl-02"), ("nl-05", "mr-06")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(copies, expected.into_iter().collect());
    assert_eq!(right, found, "a pair of different events");
    assert!(right >= 9, "{right} of {all}");
}
