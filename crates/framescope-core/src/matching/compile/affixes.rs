//! Patterns that are told by how a word begins or ends: `war*`, `*fare`.
//!
//! No automaton is asked about them: a word has only as many beginnings as it has letters, and one look at a few bits
//! says of nearly all of them that no pattern has it. An automaton stands at random places of memory at every byte.

use rustc_hash::FxHashMap;

use super::patterns::PatternId;
use crate::sieve::{Sieve, first_eight, last_eight};

/// The end of a word that a literal stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    First,
    Last,
}

impl End {
    /// So many bytes of a word at this end.
    fn of(self, word: &[u8], len: usize) -> &[u8] {
        match self {
            End::First => &word[..len],
            End::Last => &word[word.len() - len..],
        }
    }

    /// Up to eight bytes of a word as a number, the one at this end lowest.
    #[inline]
    fn number(self, word: &[u8]) -> u64 {
        match self {
            End::First => first_eight(word),
            End::Last => last_eight(word),
        }
    }
}

/// Of a longer literal no more bytes are looked at before it is looked up.
const SEEN: usize = 8;

/// Literals that words begin with, or end with, and the patterns that each stands for.
#[derive(Debug)]
pub(super) struct Affixes {
    end: End,
    patterns: FxHashMap<Box<[u8]>, Vec<PatternId>>,
    /// What the literals begin with, counted from this end: up to [`SEEN`] bytes of each.
    sieve: Sieve,
    /// The lengths of the literals in bytes, ascending; those of [`SEEN`] bytes and more apart.
    short: Vec<usize>,
    long: Vec<usize>,
}

impl Affixes {
    pub(super) fn new<'p>(end: End, literals: impl Iterator<Item = (&'p str, PatternId)>) -> Affixes {
        let mut patterns: FxHashMap<Box<[u8]>, Vec<PatternId>> = FxHashMap::default();
        for (literal, pattern) in literals {
            patterns.entry(literal.as_bytes().into()).or_default().push(pattern);
        }
        let mut sieve = Sieve::with_room(patterns.len());
        patterns.keys().for_each(|literal| sieve.add(end.number(literal)));
        let mut lens: Vec<usize> = patterns.keys().map(|literal| literal.len()).collect();
        lens.sort_unstable();
        lens.dedup();
        let long = lens.split_off(lens.partition_point(|&len| len < SEEN));
        Affixes { end, patterns, sieve, short: lens, long }
    }

    /// Appends the patterns of every literal that stands at this end of a word.
    pub(super) fn find(&self, word: &str, out: &mut Vec<PatternId>) {
        let word = word.as_bytes();
        let number = self.end.number(word);
        // How long a word is is a surprise each time, so all lengths are asked about, whatever it has: zeros begin no
        // literal.
        let mut found = 0_u8;
        for (i, &len) in self.short.iter().enumerate() {
            found |= u8::from(self.sieve.may_have(number & u64::MAX >> (64 - 8 * len))) << i;
        }
        while found != 0 {
            self.look_up(word, self.short[found.trailing_zeros() as usize], out);
            found &= found - 1;
        }
        if word.len() >= SEEN && !self.long.is_empty() && self.sieve.may_have(number) {
            for &len in &self.long {
                self.look_up(word, len, out);
            }
        }
    }

    fn look_up(&self, word: &[u8], len: usize, out: &mut Vec<PatternId>) {
        if len <= word.len()
            && let Some(patterns) = self.patterns.get(self.end.of(word, len))
        {
            out.extend_from_slice(patterns);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_word_has_every_literal_that_it_begins_or_ends_with(
            literals in proptest::collection::vec("[aé]{1,7}|[a-c]{1,3}|a{7,10}b?", 0..40),
            words in proptest::collection::vec("[abcé]{0,7}|b?[aé]{6,12}b?", 1..20),
        ) {
            let numbered = || (1..).map(PatternId).zip(&literals).map(|(id, literal)| (literal.as_str(), id));
            let [first, last] = [End::First, End::Last].map(|end| Affixes::new(end, numbered()));
            for word in &words {
                let holds = |stands: &dyn Fn(&str) -> bool| -> Vec<PatternId> {
                    numbered().filter(|(literal, _)| stands(literal)).map(|(_, id)| id).collect()
                };
                let found = |affixes: &Affixes| {
                    let mut out = Vec::new();
                    affixes.find(word, &mut out);
                    out.sort_unstable();
                    out
                };
                proptest::prop_assert_eq!(found(&first), holds(&|literal| word.starts_with(literal)));
                proptest::prop_assert_eq!(found(&last), holds(&|literal| word.ends_with(literal)));
            }
        }
    }
}
