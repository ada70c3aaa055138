//! Patterns that one word satisfies.

use rustc_hash::FxHashMap;

use super::lists::{Lists, Place};
use super::patterns::PatternId;
use crate::sieve::{Ends, Sieve};

/// Words, folded, and the patterns that each satisfies.
#[derive(Debug)]
pub(super) struct WholeWords {
    words: Sieve,
    /// Words of up to 16 bytes are numbers, which are found without looking at a word behind a pointer. No word ends with a zero.
    short: FxHashMap<(u64, u64), Place>,
    long: FxHashMap<Box<str>, Place>,
    patterns: Lists<PatternId>,
}

impl WholeWords {
    pub(super) fn new<'p>(words: impl Iterator<Item = (&'p str, PatternId)>) -> WholeWords {
        let mut patterns: FxHashMap<&str, Vec<PatternId>> = FxHashMap::default();
        words.for_each(|(word, pattern)| patterns.entry(word).or_default().push(pattern));
        let mut whole = WholeWords {
            words: Sieve::of(patterns.keys().copied()),
            short: FxHashMap::default(),
            long: FxHashMap::default(),
            patterns: Lists::default(),
        };
        for (word, patterns) in patterns {
            let place = whole.patterns.add(&patterns);
            match Ends::of(word.as_bytes()).halves() {
                Some([low, high]) => whole.short.insert((low, high), place),
                None => whole.long.insert(word.into(), place),
            };
        }
        whole
    }

    /// Appends the patterns of a word with these ends.
    pub(super) fn find(&self, word: &str, ends: Ends, out: &mut Vec<PatternId>) {
        if !self.words.may_hold(ends) {
            return;
        }
        let place = match ends.halves() {
            Some([low, high]) => self.short.get(&(low, high)),
            None => self.long.get(word),
        };
        out.extend_from_slice(place.map_or(&[], |&place| self.patterns.get(place)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_word_has_its_own_patterns_and_no_others(
            listed in proptest::collection::vec("[ab]{0,3}|a{6,20}|[é\0]{0,9}b", 0..40),
            words in proptest::collection::vec("[ab]{0,3}|a{6,20}|[é\0]{0,9}b", 1..20),
        ) {
            let numbered = || listed.iter().map(String::as_str).zip((1..).map(PatternId));
            let whole = WholeWords::new(numbered());
            for word in words.iter().chain(&listed) {
                let mut found = Vec::new();
                whole.find(word, Ends::of(word.as_bytes()), &mut found);
                let expected: Vec<_> = numbered().filter(|(listed, _)| listed == word).map(|(_, id)| id).collect();
                proptest::prop_assert_eq!(found, expected, "{:?}", word);
            }
        }
    }
}
