//! All words of the corpus, one row a word, in bounded memory.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::copied::CopySearch;
use super::counting::{KeynessPart, Spellings};
use super::spool::Spool;
use super::{KeynessError, KeynessSettings, LONGEST};
use crate::compare::{GroupId, Groups};

/// What an article is to the statistics.
#[derive(Debug, Clone, Copy)]
pub(super) struct ArticleSize {
    pub(super) group: GroupId,
    pub(super) language: GroupId,
    /// Whether it takes no part, as a copy.
    pub(super) is_out: bool,
    /// Places where a word, a pair and a run of three can stand.
    pub(super) places: [u32; LONGEST],
}

/// A word or phrase.
#[derive(Debug)]
pub(super) struct Type {
    /// What it is called in the spool. A word that is dropped and comes back has another number.
    pub(super) unit: u32,
    pub(super) articles: u32,
    pub(super) hits: u64,
    /// How many times words had been dropped when it was met.
    born: u32,
    pub(super) spellings: Spellings,
}

/// What a word may have lost because the rarest words were dropped before it came (again).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Missed {
    /// Articles it may have stood in, at most.
    pub articles: u64,
    /// Hits that were not counted, at most.
    pub hits: u64,
}

/// The words of all articles. Parts must be added in the order of the input.
#[derive(Debug)]
pub struct Counts {
    pub(super) settings: KeynessSettings,
    pub(super) groups: Groups,
    pub(super) articles: Vec<ArticleSize>,
    pub(super) types: FxHashMap<Box<str>, Type>,
    pub(super) next_unit: u32,
    pub(super) spool: Spool,
    /// What had been dropped at most, summed, by how many times.
    dropped: Vec<Missed>,
    pub(super) languages: Groups,
    left_out: u64,
    unread: Vec<u64>,
    unread_by_all: u64,
    pub(super) copies: CopySearch,
    /// Taken from call to call for its memory alone.
    cells: Vec<(u32, u32)>,
}

impl Counts {
    /// No words yet.
    pub fn new(settings: KeynessSettings) -> Counts {
        Counts {
            next_unit: settings.entries,
            settings,
            groups: Groups::default(),
            articles: Vec::new(),
            types: FxHashMap::default(),
            spool: Spool::default(),
            dropped: vec![Missed::default()],
            languages: Groups::default(),
            left_out: 0,
            unread: Vec::new(),
            unread_by_all: 0,
            copies: CopySearch::default(),
            cells: Vec::new(),
        }
    }

    /// Adds the articles that come next.
    ///
    /// # Errors
    /// If the temporary file cannot be written.
    pub fn add(&mut self, part: KeynessPart) -> Result<(), KeynessError> {
        let KeynessPart { groups, articles, cells, numbers, spellings, .. } = part;
        let (groups, languages) = (self.groups.merge(&groups), self.languages.merge(&part.languages));
        self.left_out += part.left_out;
        self.unread.resize(self.settings.lexicons.len(), 0);
        self.unread.iter_mut().zip(part.unread).for_each(|(all, n)| *all += n);
        self.unread_by_all += part.unread_by_all;
        self.copies.add(part.signatures);
        let units = self.merge_types(numbers, spellings, &cells);
        let entries = self.settings.entries;
        let mut first = 0;
        for article in articles {
            self.cells.clear();
            self.cells.extend(
                cells[first..article.end].iter().map(|&(unit, times)| {
                    (if unit < entries { unit } else { units[(unit - entries) as usize] }, times)
                }),
            );
            first = article.end;
            self.cells.sort_unstable_by_key(|(unit, _)| *unit);
            self.spool.write(&article.id, &self.cells)?;
            let (group, language) = (groups[article.group.index()], languages[article.language.index()]);
            self.articles.push(ArticleSize { group, language, is_out: false, places: article.places });
        }
        if self.types.len() > self.settings.max_types {
            self.drop_rarest();
        }
        // Far from where numbers end, and nearer than anyone will come: 20 GB of text with phrases of three words.
        match self.next_unit > u32::MAX / 2 {
            true => Err(KeynessError::TooManyTypes),
            false => Ok(()),
        }
    }

    /// Adds the words of a part, and returns what they are called here.
    fn merge_types(
        &mut self,
        numbers: FxHashMap<Box<str>, u32>,
        mut spellings: Vec<Spellings>,
        cells: &[(u32, u32)],
    ) -> Vec<u32> {
        let mut totals = vec![(0_u32, 0_u64); spellings.len()];
        for &(unit, times) in cells.iter().filter(|(unit, _)| *unit >= self.settings.entries) {
            let (articles, hits) = &mut totals[(unit - self.settings.entries) as usize];
            *articles += 1;
            *hits += u64::from(times);
        }
        // By number, because the order of a table is chance.
        let mut folded: Vec<(Box<str>, u32)> = numbers.into_iter().collect();
        folded.sort_unstable_by_key(|(_, number)| *number);
        let born = self.dropped.len() as u32 - 1;
        let next_unit = &mut self.next_unit;
        folded
            .into_iter()
            .map(|(folded, number)| {
                let kind = self.types.entry(folded).or_insert_with(|| {
                    *next_unit += 1;
                    Type { unit: *next_unit - 1, articles: 0, hits: 0, born, spellings: Spellings::default() }
                });
                let (articles, hits) = totals[number as usize];
                kind.articles += articles;
                kind.hits += hits;
                kind.spellings.append(std::mem::take(&mut spellings[number as usize]));
                kind.unit
            })
            .collect()
    }

    /// Drops the words that stand in the fewest articles, until a quarter of the room is free (lossy counting, Manku
    /// & Motwani 2002). A word that comes back later has lost at most what the largest of those dropped with it had.
    fn drop_rarest(&mut self) {
        let wanted = self.settings.max_types / 4 * 3;
        let mut by_articles: BTreeMap<u32, usize> = BTreeMap::new();
        for kind in self.types.values() {
            *by_articles.entry(kind.articles).or_default() += 1;
        }
        let mut left = self.types.len();
        let mut bound = 0;
        for (articles, n) in by_articles {
            if left <= wanted {
                break;
            }
            left -= n;
            bound = articles;
        }
        let mut hits = 0;
        self.types.retain(|_, kind| {
            let keep = kind.articles > bound;
            if !keep {
                hits = hits.max(kind.hits);
            }
            keep
        });
        let so_far = self.dropped_at_most();
        self.dropped.push(Missed { articles: so_far.articles + u64::from(bound), hits: so_far.hits + hits });
    }

    /// What a word that is not listed may have had at most, because it was dropped again and again.
    pub fn dropped_at_most(&self) -> Missed {
        self.dropped.last().copied().unwrap_or_default()
    }

    /// How many times words were dropped.
    pub fn times_dropped(&self) -> usize {
        self.dropped.len() - 1
    }

    /// How many distinct words and phrases are kept.
    pub fn types(&self) -> usize {
        self.types.len()
    }

    /// Articles by language, in the order in which languages were met.
    pub fn languages(&self) -> Vec<(&str, u64)> {
        let mut counts = vec![0; self.languages.len()];
        self.articles.iter().for_each(|article| counts[article.language.index()] += 1);
        self.languages.names().iter().map(String::as_str).zip(counts).collect()
    }

    /// The articles that are compared: those of a group that a lexicon reads, less copies that were left out.
    pub fn compared(&self) -> u64 {
        self.articles.iter().filter(|article| !article.is_out).count() as u64
    }

    /// Their words in the voices that are counted.
    pub fn compared_words(&self) -> u64 {
        let compared = self.articles.iter().filter(|article| !article.is_out);
        compared.map(|article| u64::from(article.places[0])).sum()
    }

    /// By lexicon, articles of groups in another language: nothing is counted for it there.
    pub fn unread(&self) -> &[u64] {
        &self.unread
    }

    /// Articles of groups in another language than all lexicons: they are not counted at all.
    pub fn unread_by_all(&self) -> u64 {
        self.unread_by_all
    }

    /// Articles that are in no group.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// What this word may have lost.
    pub(super) fn missed(&self, kind: &Type) -> Missed {
        self.dropped[kind.born as usize]
    }
}
