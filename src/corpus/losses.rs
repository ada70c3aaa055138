//! What did not make it into the table: counted, named, never silent.

use std::collections::{BTreeMap, BTreeSet};

use super::error::Skipped;

/// What the articles of some chunks lost.
#[derive(Debug, Default)]
pub struct Losses {
    /// Records that could not be read.
    pub skipped: Vec<Skipped>,
    /// Keys that have no column.
    pub late_keys: LateKeys,
    /// Articles that have no row in the file of metadata.
    pub without_meta_row: u64,
    /// The id of the first of them.
    pub first_without_meta_row: Option<String>,
    /// Columns that were asked for by name before any record had them, and now one has; by number.
    pub met: BTreeSet<usize>,
}

/// Keys that came up after the columns were fixed, with the number of articles that had them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LateKeys {
    named: BTreeMap<String, u64>,
    /// How often further keys were met: a corpus whose keys are identifiers has no end of them.
    unnamed: u64,
}

/// So many keys are named.
const NAMED: usize = 1_000;

impl LateKeys {
    pub(super) fn note(&mut self, key: &str) {
        self.add(key, 1);
    }

    /// Adds those of the chunks that come next.
    pub fn append(&mut self, later: LateKeys) {
        for (key, articles) in later.named {
            self.add(&key, articles);
        }
        self.unnamed += later.unnamed;
    }

    fn add(&mut self, key: &str, articles: u64) {
        if let Some(known) = self.named.get_mut(key) {
            *known += articles;
        } else if self.named.len() < NAMED {
            self.named.insert(key.to_owned(), articles);
        } else {
            self.unnamed += articles;
        }
    }

    /// The keys, sorted, and how many articles had each.
    pub fn named(&self) -> impl ExactSizeIterator<Item = (&str, u64)> {
        self.named.iter().map(|(key, articles)| (key.as_str(), *articles))
    }

    /// How often keys were met that are not named.
    pub fn unnamed(&self) -> u64 {
        self.unnamed
    }

    /// Whether there were none.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_counted_over_chunks_and_their_number_has_an_end() {
        let mut all = LateKeys::default();
        for chunk in 0..3 {
            let mut keys = LateKeys::default();
            keys.note("section");
            for i in 0..800 {
                keys.note(&format!("{chunk}-{i}"));
            }
            all.append(keys);
        }
        assert_eq!(all.named().len(), NAMED);
        assert_eq!(all.named().find(|(key, _)| *key == "section"), Some(("section", 3)));
        assert_eq!(all.named().map(|(_, n)| n).sum::<u64>() + all.unnamed(), 3 * 801);
    }
}
