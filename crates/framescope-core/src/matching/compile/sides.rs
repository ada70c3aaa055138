//! Which words stand beside which in pairs of phrases, told by a few bits of both.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::patterns::PatternId;

/// A word on one side of pairs: a bit for itself, and those of the words that stand on the other side of its pairs. Most bits
/// stand for several words, so what they say of two words may be wrong, but only if they say that these may be a pair.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Side {
    own: u32,
    others: u32,
}

impl Side {
    /// Whether it is that of no pair.
    pub(crate) fn is_empty(self) -> bool {
        self.own == 0
    }

    fn add(&mut self, Side { own, others }: Side) {
        self.own |= own;
        self.others |= others;
    }

    /// Whether a word of this side, the first, may be a pair with one of the other.
    #[inline]
    pub(crate) fn may_pair_with(self, second: Side) -> bool {
        (self.others & second.own != 0) & (second.others & self.own != 0)
    }
}

/// What a word is as the first of pairs and as the second.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sides {
    pub(crate) first: Side,
    pub(crate) second: Side,
    /// The same in eight bits each, which are others than those. From the lowest on: its own as a first, those of its seconds,
    /// those of its firsts, its own as a second. So it says of two words whether they [`may_pair`].
    pub(crate) briefly: u32,
}

impl Sides {
    /// Makes it that of a word that satisfies another pattern, too.
    pub(crate) fn add(&mut self, other: Sides) {
        self.first.add(other.first);
        self.second.add(other.second);
        self.briefly |= other.briefly;
    }
}

/// Not 0 if two words that stand side by side may be a pair, by what they are [briefly](Sides::briefly); told without a branch.
#[inline]
pub(crate) fn may_pair(before: u32, word: u32) -> u32 {
    let both = before & word >> 16;
    // Whatever is in either byte carries into the bit above it.
    ((both & 0xFF) + 0xFF) << 8 & ((both & 0xFF00) + 0xFF00) & 0x1_0000
}

/// So many patterns, those that stand in most pairs, have a bit each: nearly all words have one of their partners beside them.
const ALONE: u32 = 16;

/// The sides of patterns.
#[derive(Debug, Default)]
pub(super) struct PatternSides {
    of: FxHashMap<PatternId, Sides>,
}

impl PatternSides {
    /// Of distinct pairs.
    pub(super) fn new(pairs: impl Iterator<Item = (PatternId, PatternId)> + Clone) -> PatternSides {
        let firsts = bits(pairs.clone().map(|(first, _)| first));
        let seconds = bits(pairs.clone().map(|(_, second)| second));
        let mut of: FxHashMap<_, Sides> = FxHashMap::default();
        for (first, second) in pairs {
            let (own, others) = (firsts[&first], seconds[&second]);
            let (own_of_eight, others_of_eight) = (bit_of_eight(first), bit_of_eight(second));
            let sides = of.entry(first).or_default();
            sides.first.add(Side { own, others });
            sides.briefly |= own_of_eight | others_of_eight << 8;
            let sides = of.entry(second).or_default();
            sides.second.add(Side { own: others, others: own });
            sides.briefly |= own_of_eight << 16 | others_of_eight << 24;
        }
        PatternSides { of }
    }

    pub(super) fn of(&self, pattern: PatternId) -> Sides {
        self.of.get(&pattern).copied().unwrap_or_default()
    }
}

/// The bit of each of these patterns, of which each stands there as often as in a pair.
fn bits(patterns: impl Iterator<Item = PatternId>) -> FxHashMap<PatternId, u32> {
    let mut pairs: FxHashMap<PatternId, u32> = FxHashMap::default();
    patterns.for_each(|pattern| *pairs.entry(pattern).or_default() += 1);
    let mut most_first: Vec<_> = pairs.into_iter().collect();
    most_first.sort_unstable_by_key(|&(pattern, pairs)| (Reverse(pairs), pattern));
    let bit = |(rank, (pattern, _))| match rank {
        0..ALONE => (pattern, 1 << rank),
        _ => (pattern, 1 << (ALONE + upper_bits(pattern, 0x9E37_79B1, (u32::BITS - ALONE).ilog2()))),
    };
    (0..).zip(most_first).map(bit).collect()
}

fn bit_of_eight(pattern: PatternId) -> u32 {
    1 << upper_bits(pattern, 0xC2B2_AE3D, 3)
}

/// So many upper bits of the product with an odd factor, which are as random as needed.
fn upper_bits(pattern: PatternId, factor: u32, bits: u32) -> u32 {
    pattern.0.wrapping_mul(factor) >> (u32::BITS - bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn no_pair_is_ruled_out(
            pairs in proptest::collection::hash_set((1_u32..60, 1_u32..60), 0..200),
            words in proptest::collection::vec(proptest::collection::vec(1_u32..70, 0..4), 2..20),
        ) {
            let numbered = |&(first, second): &(u32, u32)| (PatternId(first), PatternId(second));
            let of_pattern = PatternSides::new(pairs.iter().map(numbered));
            let of_word = |word: &Vec<u32>| {
                let mut sides = Sides::default();
                word.iter().for_each(|&pattern| sides.add(of_pattern.of(PatternId(pattern))));
                sides
            };
            for beside in words.windows(2) {
                let is_pair = beside[0].iter().any(|&a| beside[1].iter().any(|&b| pairs.contains(&(a, b))));
                let [before, word] = [of_word(&beside[0]), of_word(&beside[1])];
                proptest::prop_assert!(before.first.may_pair_with(word.second) || !is_pair, "{:?}", beside);
                proptest::prop_assert!(may_pair(before.briefly, word.briefly) != 0 || !is_pair, "{:?}", beside);
            }
        }
    }

    #[test]
    fn most_words_that_are_no_pair_are_ruled_out() {
        // As in a lexicon drawn from a text: one word before many, one behind many, and many that stand in one pair each.
        let one_each = (100..200).map(|i| (i, i + 100));
        let pairs: Vec<_> = (10..40).map(|i| (1, i)).chain((40..70).map(|i| (i, 2))).chain(one_each).collect();
        let sides = PatternSides::new(pairs.iter().map(|&(first, second)| (PatternId(first), PatternId(second))));
        let of = |pair: (u32, u32)| [pair.0, pair.1].map(|pattern| sides.of(PatternId(pattern)));
        let may = |pair| {
            let [before, word] = of(pair);
            before.first.may_pair_with(word.second)
        };
        let may_briefly = |pair| {
            let [before, word] = of(pair);
            may_pair(before.briefly, word.briefly) != 0
        };
        assert!(pairs.iter().all(|&pair| may(pair)));
        // The word before many has a bit that is no other's.
        assert_eq!((200..300).chain([2]).filter(|&second| may((1, second))).count(), 0);
        let no_pairs = || {
            (100..200).flat_map(|first| (200..300).map(move |second| (first, second))).filter(|&(a, b)| b != a + 100)
        };
        let by = |may: &dyn Fn((u32, u32)) -> bool| no_pairs().filter(|&pair| may(pair)).count();
        let both = |pair| may(pair) && may_briefly(pair);
        let [wrong, wrong_briefly, wrong_in_both] = [by(&may), by(&may_briefly), by(&both)];
        assert!(
            wrong < 600 && wrong_briefly < 800 && wrong_in_both < 100,
            "{wrong} {wrong_briefly} {wrong_in_both} of 9,900"
        );
    }
}
