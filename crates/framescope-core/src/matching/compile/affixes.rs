//! Patterns that are told by how a word begins or ends: `war*`, `*fare`.
//!
//! No automaton is asked about them: a word has only as many beginnings as it has letters, and one look at a few bits
//! says of nearly all of them that no pattern has it. An automaton stands at random places of memory at every byte.

use rustc_hash::FxHashMap;

use super::lists::{Lists, Place};
use super::patterns::PatternId;
use crate::sieve::{Ends, Sieve};

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
    fn number(self, ends: Ends) -> u64 {
        match self {
            End::First => ends.first,
            End::Last => ends.last,
        }
    }
}

/// Of a longer literal no more bytes are looked at before it is looked up.
const SEEN: usize = 8;

/// Literals that words begin with, or end with, and the patterns that each stands for.
#[derive(Debug)]
pub(super) struct Affixes {
    end: End,
    /// What the literals begin with, counted from this end: up to [`SEEN`] bytes of each.
    sieve: Sieve,
    /// The lengths of the literals in bytes, ascending; those of [`SEEN`] bytes and more apart.
    short_lens: Vec<usize>,
    long_lens: Vec<usize>,
    /// Short ones by [`short_key`].
    short: FxHashMap<u64, Place>,
    long: FxHashMap<Box<[u8]>, Place>,
    patterns: Lists<PatternId>,
}

/// The number of a literal of fewer than [`SEEN`] bytes: those that stand lowest in this one, and how many they are.
#[inline]
fn short_key(number: u64, len: usize) -> u64 {
    first_bytes(number, len) | (len as u64) << 56
}

/// So many of the lowest bytes, one at least.
#[inline]
fn first_bytes(number: u64, len: usize) -> u64 {
    number & u64::MAX >> (64 - 8 * len)
}

impl Affixes {
    pub(super) fn new<'p>(end: End, literals: impl Iterator<Item = (&'p str, PatternId)>) -> Affixes {
        let mut by_literal: FxHashMap<&[u8], Vec<PatternId>> = FxHashMap::default();
        for (literal, pattern) in literals {
            by_literal.entry(literal.as_bytes()).or_default().push(pattern);
        }
        let mut lens: Vec<usize> = by_literal.keys().map(|literal| literal.len()).collect();
        lens.sort_unstable();
        lens.dedup();
        let long_lens = lens.split_off(lens.partition_point(|&len| len < SEEN));
        let mut affixes = Affixes {
            end,
            sieve: Sieve::with_room(by_literal.len()),
            short_lens: lens,
            long_lens,
            short: FxHashMap::default(),
            long: FxHashMap::default(),
            patterns: Lists::default(),
        };
        for (literal, patterns) in by_literal {
            let (number, place) = (end.number(Ends::of(literal)), affixes.patterns.add(&patterns));
            affixes.sieve.add(number);
            match literal.len() {
                len @ 0..SEEN => affixes.short.insert(short_key(number, len), place),
                _ => affixes.long.insert(literal.into(), place),
            };
        }
        affixes
    }

    /// Appends the patterns of every literal that stands at this end of a word, which has these ends.
    pub(super) fn find(&self, word: &str, ends: Ends, out: &mut Vec<PatternId>) {
        let (word, number) = (word.as_bytes(), self.end.number(ends));
        // How long a word is is a surprise each time, so all lengths are asked about, whatever it has.
        let mut found = 0_u8;
        for (i, &len) in self.short_lens.iter().enumerate() {
            found |= u8::from(self.sieve.may_have(first_bytes(number, len))) << i;
        }
        while found != 0 {
            let len = self.short_lens[found.trailing_zeros() as usize];
            if len <= word.len()
                && let Some(&place) = self.short.get(&short_key(number, len))
            {
                out.extend_from_slice(self.patterns.get(place));
            }
            found &= found - 1;
        }
        if word.len() >= SEEN && !self.long_lens.is_empty() && self.sieve.may_have(number) {
            for &len in self.long_lens.iter().take_while(|&&len| len <= word.len()) {
                if let Some(&place) = self.long.get(self.end.of(word, len)) {
                    out.extend_from_slice(self.patterns.get(place));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_word_has_every_literal_that_it_begins_or_ends_with(
            literals in proptest::collection::vec("[aé\0]{1,7}|[a-c]{1,3}|a{7,10}b?", 0..40),
            words in proptest::collection::vec("[abcé\0]{0,7}|b?[aé]{6,12}b?", 1..20),
        ) {
            let numbered = || (1..).map(PatternId).zip(&literals).map(|(id, literal)| (literal.as_str(), id));
            let [first, last] = [End::First, End::Last].map(|end| Affixes::new(end, numbered()));
            for word in &words {
                let holds = |stands: &dyn Fn(&str) -> bool| -> Vec<PatternId> {
                    numbered().filter(|(literal, _)| stands(literal)).map(|(_, id)| id).collect()
                };
                let found = |affixes: &Affixes| {
                    let mut out = Vec::new();
                    affixes.find(word, Ends::of(word.as_bytes()), &mut out);
                    out.sort_unstable();
                    out
                };
                proptest::prop_assert_eq!(found(&first), holds(&|literal| word.starts_with(literal)));
                proptest::prop_assert_eq!(found(&last), holds(&|literal| word.ends_with(literal)));
            }
        }
    }
}
