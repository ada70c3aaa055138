//! Same events: which articles of different groups tell of one thing that happened.
//!
//! Groups are compared best where they tell of the same events, because what is in the news then no longer differs.
//! Events come from a column of the corpus ([`Events::of_column`]), from a table of pairs that a person has edited
//! ([`Events::of_pairs`]), or are matched ([`match_events`]): copies of one text first, then articles that share names,
//! numbers and rare words within three days. Every pair is listed with its evidence ([`Pair`]), because a match is a
//! guess.
//!
//! From events follow who covered what ([`coverage`](Events::coverage)), what each desk changed in one text
//! ([`changes`]), and how much of a difference is which events, and how much how the same events ([`splits`]).

mod assembly;
mod changes;
mod features;
mod listed;
mod nearest;
mod split;
mod tables;
#[cfg(test)]
mod tests;
mod threshold;
mod wording;

pub use assembly::{Articles, match_events};
pub use changes::{Change, ChangeKind, Changes, Wordings, changes};
pub use features::NAME_WEIGHT;
pub use listed::{EventsError, ListedPair, read_pairs};
pub use split::{EventShare, PathSplit, splits};
pub use tables::event_tables;
pub use threshold::{BY_CHANCE, BY_CHANCE_SURELY, DAYS, Threshold, ThresholdFrom, USUAL};
pub use wording::{Spelling, Word, WordHit, Wording, WordingPart};

use rustc_hash::FxHashMap;

use super::copies::CopyKind;

/// The events of a corpus. Articles are numbered in the order of the input.
#[derive(Debug, Clone, PartialEq)]
pub struct Events {
    /// Where they come from.
    pub origin: Origin,
    /// The event of each article; none for a collapsed copy, or an article whose column says none.
    pub event_of: Vec<Option<u32>>,
    /// The events.
    pub events: Vec<Event>,
    /// The pairs of articles that were matched or proposed, in the order of time.
    pub pairs: Vec<Pair>,
    /// Copies inside a group that take no part, by article.
    pub collapsed: Vec<Collapsed>,
    /// Articles for which not all likely copies were looked at.
    pub crowded: u64,
}

/// Where events come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    /// They were matched.
    Matched {
        /// From which cosine on.
        threshold: Threshold,
        /// Articles without a date, which were matched with nothing.
        undated: u64,
        /// Pairs that would be matched and are not, and that are and would not be, if the words of the lexicons were
        /// looked at too; none where there is no lexicon.
        lexicon_words: Option<[u64; 2]>,
    },
    /// A column of the corpus says so.
    Column,
    /// A table of pairs says so.
    Pairs,
}

/// One event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Event {
    /// What tables call it.
    pub name: String,
    /// Its articles, the earliest first, those without a day last.
    pub articles: Vec<u32>,
    /// How many of them have a day: the first ones.
    pub dated: usize,
    /// The words that its articles share and others do not, where it was matched.
    pub words: Vec<String>,
}

impl Event {
    /// Puts its articles in the order of their days; of one day they stay as they were.
    fn sort(&mut self, days: &[Option<i32>]) {
        let day = |article: &u32| days.get(*article as usize).copied().flatten();
        self.articles.sort_by_key(|article| (day(article).is_none(), day(article)));
        self.dated = self.articles.iter().filter(|article| day(article).is_some()).count();
    }
}

/// A copy inside a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Collapsed {
    /// The article that takes no part.
    pub article: u32,
    /// The earlier one of the same group that stands for it.
    pub kept: u32,
    /// How like they are.
    pub jaccard: f64,
    /// Which kind of copy that is.
    pub kind: CopyKind,
}

/// Two articles of different groups, the earlier first, and why they are or may be of one event.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The earlier article.
    pub one: u32,
    /// The later one.
    pub other: u32,
    /// Days between them, where both have a date.
    pub days_apart: Option<u32>,
    /// The cosine of their features, where it was taken.
    pub cosine: Option<f64>,
    /// What their texts have in common, as shingles, where it was looked at.
    pub jaccard: Option<f64>,
    /// What was made of it.
    pub status: Status,
    /// Why it was only proposed.
    pub reason: Option<Reason>,
    /// The shared words that decided, those that weigh most first.
    pub words: Vec<String>,
}

/// What was made of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One event.
    Matched,
    /// One text.
    Copy,
    /// Left to a person.
    Proposed,
}

impl Status {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Status::Matched => "matched",
            Status::Copy => "copy",
            Status::Proposed => "proposed",
        }
    }

    /// The status of this name.
    pub fn from_name(name: &str) -> Option<Status> {
        [Status::Matched, Status::Copy, Status::Proposed].into_iter().find(|status| status.name() == name)
    }
}

/// Why a pair was only proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// It is less alike than the threshold.
    LessAlike,
    /// The group has a story in that event already.
    SecondStory,
    /// One has no date.
    NoDate,
}

impl Reason {
    /// In words, for tables.
    pub fn text(self) -> &'static str {
        match self {
            Reason::LessAlike => "less alike than the threshold",
            Reason::SecondStory => "the group has a story in this event already",
            Reason::NoDate => "a date is missing",
        }
    }
}

impl Events {
    /// Events as a column says: `value_of` each article, `days` as in [`Articles`]. An article without a value is of no
    /// event.
    pub fn of_column<'a>(value_of: impl IntoIterator<Item = Option<&'a str>>, days: &[Option<i32>]) -> Events {
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let mut events: Vec<Event> = Vec::new();
        let event_of = (0..)
            .zip(value_of)
            .map(|(article, value)| {
                let value = value.map(str::trim).filter(|value| !value.is_empty())?;
                let number = *numbers.entry(value).or_insert_with(|| {
                    events.push(Event { name: value.to_owned(), ..Event::default() });
                    events.len() as u32 - 1
                });
                events[number as usize].articles.push(article);
                Some(number)
            })
            .collect();
        for event in &mut events {
            event.sort(days);
        }
        Events { origin: Origin::Column, event_of, events, pairs: Vec::new(), collapsed: Vec::new(), crowded: 0 }
    }

    /// Gives events their names: `e1`, with as many digits as the last needs.
    fn named(mut self) -> Events {
        let digits = self.events.len().to_string().len();
        for (number, event) in (1_usize..).zip(&mut self.events) {
            event.name = format!("e{number:0digits$}");
        }
        self
    }

    /// The articles of each event by group: `counts[event][group]`.
    pub fn coverage(&self, group_of: &[u32], groups: usize) -> Vec<Vec<u32>> {
        let row = |event: &Event| {
            let mut counts = vec![0; groups];
            event.articles.iter().for_each(|&article| counts[group_of[article as usize] as usize] += 1);
            counts
        };
        self.events.iter().map(row).collect()
    }

    /// Whether an article is a copy inside its group that takes no part.
    pub fn is_collapsed(&self, article: u32) -> bool {
        self.collapsed.binary_search_by_key(&article, |collapsed| collapsed.article).is_ok()
    }

    /// The pairs of articles of different groups that print one text.
    pub fn copies(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().filter(|pair| pair.status == Status::Copy)
    }
}
