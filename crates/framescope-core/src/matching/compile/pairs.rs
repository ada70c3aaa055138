//! The phrases that are tried where two patterns stand side by side.

use super::patterns::PatternId;
use super::phrases::Trial;

/// A bit for every pair, or nearly: most pairs that stand side by side in a text are no phrase's,
/// and one look here says so. 16 KiB stay in the cache that a core has for itself.
const FILTER_WORDS: usize = 1 << 11;

/// A table of pairs of patterns: phrases stand at random places of the text and of any table, so the way from a pair to
/// what is asked of its phrases is two steps, where a map of vectors of numbers takes four.
#[derive(Debug)]
pub(super) struct Pairs {
    filter: Box<[u64; FILTER_WORDS]>,
    /// Open addressing, a power of two, at most half full.
    slots: Vec<Slot>,
    /// Pair by pair.
    trials: Vec<Trial>,
}

/// A pair, and where its phrases stand; a free slot has none.
#[derive(Debug, Clone, Copy)]
struct Slot {
    pair: (PatternId, PatternId),
    first: u32,
    len: u32,
}

const FREE: Slot = Slot { pair: (PatternId::ANY, PatternId::ANY), first: 0, len: 0 };

impl Default for Pairs {
    fn default() -> Pairs {
        Pairs { filter: Box::new([0; FILTER_WORDS]), slots: vec![FREE], trials: Vec::new() }
    }
}

impl Pairs {
    /// Of distinct pairs, each with at least one phrase.
    pub(super) fn new<T>(pairs: impl ExactSizeIterator<Item = ((PatternId, PatternId), T)>) -> Pairs
    where
        T: Iterator<Item = Trial>,
    {
        let mut table = Pairs { slots: vec![FREE; (2 * pairs.len()).next_power_of_two()], ..Pairs::default() };
        for (pair, trials) in pairs {
            let first = table.trials.len() as u32;
            table.trials.extend(trials);
            let len = table.trials.len() as u32 - first;
            let hash = hash(pair);
            let (word, bit) = in_filter(hash);
            table.filter[word] |= bit;
            let mut at = table.place(hash);
            while table.slots[at].len > 0 {
                at = (at + 1) & (table.slots.len() - 1);
            }
            table.slots[at] = Slot { pair, first, len };
        }
        table
    }

    #[inline]
    pub(super) fn get(&self, pair: (PatternId, PatternId)) -> &[Trial] {
        let hash = hash(pair);
        let (word, bit) = in_filter(hash);
        if self.filter[word] & bit == 0 {
            return &[];
        }
        let mut at = self.place(hash);
        loop {
            let slot = self.slots[at];
            if slot.len == 0 || slot.pair == pair {
                return &self.trials[slot.first as usize..(slot.first + slot.len) as usize];
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    #[inline]
    fn place(&self, hash: u32) -> usize {
        hash as usize & (self.slots.len() - 1)
    }
}

#[inline]
fn hash((first, second): (PatternId, PatternId)) -> u32 {
    let hash = (first.0.wrapping_mul(0x9E37_79B1) ^ second.0).wrapping_mul(0x85EB_CA6B);
    // The upper half is the better one, and places are taken from the lower.
    hash ^ hash >> 16
}

#[inline]
fn in_filter(hash: u32) -> (usize, u64) {
    ((hash >> 21) as usize, 1 << (hash >> 15 & 63))
}

#[cfg(test)]
mod tests {
    use super::super::phrases::PhraseId;
    use super::*;

    #[test]
    fn every_pair_is_found_and_no_other() {
        let pair = |i: u32| (PatternId(1 + i % 40), PatternId(1 + i / 40));
        let numbers = 0..1_000;
        let trials = |i: u32| (0..=i % 3).map(move |n| Trial::of_pair(PhraseId(3 * i + n)));
        let pairs = Pairs::new(numbers.clone().map(|i| (pair(i), trials(i))).collect::<Vec<_>>().into_iter());
        let found = |pair| -> Vec<PhraseId> { pairs.get(pair).iter().map(|trial| trial.phrase).collect() };
        for i in numbers {
            assert_eq!(found(pair(i)), (0..=i % 3).map(|n| PhraseId(3 * i + n)).collect::<Vec<_>>(), "{i}");
        }
        for first in 1..=40 {
            for second in 26..200 {
                assert_eq!(found((PatternId(first), PatternId(second))), [], "{first} {second}");
            }
        }
        assert_eq!(Pairs::default().get(pair(1)).len(), 0);
    }
}
