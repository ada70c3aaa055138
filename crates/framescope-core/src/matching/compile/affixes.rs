//! Patterns that are told by how a word begins or ends: `war*`, `*fare`.
//!
//! No automaton is asked about them: a word has only as many beginnings as it has letters, and one look at a few bits
//! says of nearly all of them that no pattern has it. An automaton stands at random places of memory at every byte.

use rustc_hash::FxHashMap;

use super::patterns::PatternId;

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

    /// A byte of a word, counted from this end.
    #[inline]
    fn byte(self, word: &[u8], i: usize) -> u8 {
        match self {
            End::First => word[i],
            End::Last => word[word.len() - 1 - i],
        }
    }
}

/// Literals that words begin with, or end with, and the patterns that each stands for.
#[derive(Debug)]
pub(super) struct Affixes {
    end: End,
    patterns: FxHashMap<Box<[u8]>, Vec<PatternId>>,
    /// A bit for each literal, a power of two of words.
    filter: Vec<u64>,
    /// In bytes.
    longest: usize,
}

impl Affixes {
    /// Bits a literal: one in so many of what is no literal is looked up in vain.
    const SPARSE: usize = 16;

    pub(super) fn new<'p>(end: End, literals: impl Iterator<Item = (&'p str, PatternId)>) -> Affixes {
        let mut patterns: FxHashMap<Box<[u8]>, Vec<PatternId>> = FxHashMap::default();
        for (literal, pattern) in literals {
            patterns.entry(literal.as_bytes().into()).or_default().push(pattern);
        }
        let bits = (Self::SPARSE * patterns.len()).next_power_of_two().max(64);
        let longest = patterns.keys().map(|literal| literal.len()).max().unwrap_or(0);
        let mut affixes = Affixes { end, filter: vec![0; bits / 64], longest, patterns };
        for literal in affixes.patterns.keys() {
            let hash = (0..literal.len()).fold(0, |hash, i| step(hash, end.byte(literal, i)));
            let (word, bit) = place(hash, affixes.filter.len());
            affixes.filter[word] |= bit;
        }
        affixes
    }

    /// Appends the patterns of every literal that stands at this end of a word.
    pub(super) fn find(&self, word: &str, out: &mut Vec<PatternId>) {
        let word = word.as_bytes();
        let mut hash = 0;
        for i in 0..word.len().min(self.longest) {
            hash = step(hash, self.end.byte(word, i));
            let (at, bit) = place(hash, self.filter.len());
            if self.filter[at] & bit != 0
                && let Some(patterns) = self.patterns.get(self.end.of(word, i + 1))
            {
                out.extend_from_slice(patterns);
            }
        }
    }
}

/// The hash of one byte more.
#[inline]
fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
}

/// The word of a filter of so many words, and the bit in it.
#[inline]
fn place(hash: u64, words: usize) -> (usize, u64) {
    ((hash >> 6) as usize & (words - 1), 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_word_has_every_literal_that_it_begins_or_ends_with(
            literals in proptest::collection::vec("[aé]{1,4}|[a-c]{1,3}", 0..40),
            words in proptest::collection::vec("[abcé]{0,7}", 1..20),
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
