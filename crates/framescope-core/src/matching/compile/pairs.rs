//! The phrases that are tried where two patterns stand side by side.

use super::patterns::PatternId;
use super::phrases::Trial;
use crate::sieve::Sieve;

/// A table of pairs of patterns: phrases stand at random places of the text and of any table, so the way from a pair to
/// what is asked of its phrases is two steps, where a map of vectors of numbers takes four.
#[derive(Debug)]
pub(super) struct Pairs {
    /// Most pairs that stand side by side in a text are no phrase's.
    sieve: Sieve,
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
        Pairs { sieve: Sieve::with_room(0), slots: vec![FREE], trials: Vec::new() }
    }
}

impl Pairs {
    /// Of distinct pairs, each with at least one phrase.
    pub(super) fn new<T>(pairs: impl ExactSizeIterator<Item = ((PatternId, PatternId), T)>) -> Pairs
    where
        T: Iterator<Item = Trial>,
    {
        let mut table = Pairs {
            sieve: Sieve::with_room(pairs.len()),
            slots: vec![FREE; (2 * pairs.len()).next_power_of_two()],
            trials: Vec::new(),
        };
        for (pair, trials) in pairs {
            let first = table.trials.len() as u32;
            table.trials.extend(trials);
            let len = table.trials.len() as u32 - first;
            table.sieve.add(number_of(pair));
            let mut at = table.place(pair);
            while table.slots[at].len > 0 {
                at = (at + 1) & (table.slots.len() - 1);
            }
            table.slots[at] = Slot { pair, first, len };
        }
        table
    }

    #[inline]
    pub(super) fn may_have(&self, pair: (PatternId, PatternId)) -> bool {
        self.sieve.may_have(number_of(pair))
    }

    #[inline]
    pub(super) fn get(&self, pair: (PatternId, PatternId)) -> &[Trial] {
        if !self.may_have(pair) {
            return &[];
        }
        let mut at = self.place(pair);
        loop {
            let slot = self.slots[at];
            if slot.len == 0 || slot.pair == pair {
                return &self.trials[slot.first as usize..(slot.first + slot.len) as usize];
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Where a pair is looked for first.
    #[inline]
    fn place(&self, pair: (PatternId, PatternId)) -> usize {
        // The upper half of a product is the better one.
        (number_of(pair).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & (self.slots.len() - 1)
    }
}

#[inline]
fn number_of((first, second): (PatternId, PatternId)) -> u64 {
    u64::from(first.0) << 32 | u64::from(second.0)
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
