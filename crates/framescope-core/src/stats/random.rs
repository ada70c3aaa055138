//! Chance that can be repeated: the k-th draw of a resampling depends on the seed and on k alone.
//!
//! Each resample reads a stream of its own of ChaCha8 (`rand_chacha` keeps its values from version to
//! version), so a range of resamples can be computed by any thread and the sum does not depend on who
//! computed what.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What the chance is for, so that two resamplings under one seed do not run in step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Purpose {
    /// Exchanging labels.
    Permutation = 1,
    /// Drawing units with replacement.
    Bootstrap = 2,
    /// Spreading hits over parts.
    Dispersion = 3,
    /// Weighting the residuals of clusters.
    WildBootstrap = 4,
}

/// The stream of one resample.
pub struct Draws(ChaCha8Rng);

impl Draws {
    /// The stream `index` of `seed`.
    pub fn new(seed: u64, purpose: Purpose, index: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8] = purpose as u8;
        let mut rng = ChaCha8Rng::from_seed(key);
        rng.set_stream(index);
        Draws(rng)
    }

    /// A whole number below `bound` (at least 1), all equally likely (Lemire 2019).
    #[inline]
    pub fn below(&mut self, bound: u32) -> u32 {
        let mut wide = u64::from(self.0.next_u32()) * u64::from(bound);
        if (wide as u32) < bound {
            let unfair = bound.wrapping_neg() % bound;
            while (wide as u32) < unfair {
                wide = u64::from(self.0.next_u32()) * u64::from(bound);
            }
        }
        (wide >> 32) as u32
    }

    /// A number in [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// 64 bits, each as likely set as not.
    #[inline]
    pub fn word(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Chooses `size` of the first `of` bits and sets them, every choice of that many as likely; `bits` has a word for
    /// every 64 of them.
    ///
    /// Shuffling takes a draw an element; this takes eight words of chance for 64 elements (one where half are chosen):
    /// first every bit is set alike and apart from the others, about as often as it has to be, then bits drawn at random are
    /// set, or unset, until there are `size`. Nothing of that tells one element from another, so every choice of that size
    /// is as likely.
    pub fn subset(&mut self, bits: &mut [u64], of: u32, size: u32) {
        // The smaller side is chosen, so that what is looked for at the end is soon found.
        let few = size.min(of - size);
        let of_256 = (u64::from(few) << 8) / u64::from(of.max(1));
        for (place, word) in bits.iter_mut().enumerate() {
            *word = self.scattered(of_256 as u32) & mask(place, of);
        }
        let mut have: u32 = bits.iter().map(|word| word.count_ones()).sum();
        while have != few {
            let place = self.below(of);
            let (word, bit) = (&mut bits[place as usize / 64], 1 << (place % 64));
            // Too many: one that is set is unset; too few: the other way round.
            if (*word & bit != 0) == (have > few) {
                *word ^= bit;
                have = if have > few { have - 1 } else { have + 1 };
            }
        }
        if few != size {
            bits.iter_mut().enumerate().for_each(|(place, word)| *word = !*word & mask(place, of));
        }
    }

    /// 64 bits, each set in so many of 256 cases: from the lowest digit of the probability up, one bit of chance halves
    /// what was, or halves what is missing.
    fn scattered(&mut self, of_256: u32) -> u64 {
        if of_256 == 0 {
            return 0;
        }
        let mut found = 0;
        for digit in of_256.trailing_zeros()..8 {
            let chance = self.word();
            found = if of_256 >> digit & 1 == 1 { found | chance } else { found & chance };
        }
        found
    }

    /// Puts the values into an order drawn at random (Fisher & Yates).
    #[inline]
    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last as u32 + 1) as usize);
        }
    }
}

/// The bits of a word that are among the first `of` of all.
fn mask(word: usize, of: u32) -> u64 {
    match (of as usize).saturating_sub(64 * word) {
        64.. => u64::MAX,
        left => (1 << left) - 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_its_seed_purpose_and_index() {
        let first = |seed, purpose, index| Draws::new(seed, purpose, index).below(u32::MAX);
        assert_eq!(first(1, Purpose::Permutation, 7), first(1, Purpose::Permutation, 7));
        assert_ne!(first(1, Purpose::Permutation, 7), first(1, Purpose::Permutation, 8));
        assert_ne!(first(1, Purpose::Permutation, 7), first(2, Purpose::Permutation, 7));
        assert_ne!(first(1, Purpose::Permutation, 7), first(1, Purpose::Bootstrap, 7));
    }

    /// The values must not change from release to release: a reader repeats a published p.
    #[test]
    fn published_numbers_can_be_repeated() {
        let mut draws = Draws::new(42, Purpose::Permutation, 0);
        let found: Vec<u32> = (0..6).map(|_| draws.below(1000)).collect();
        assert_eq!(found, [613, 524, 769, 151, 916, 498]);
    }

    #[test]
    fn every_order_is_as_likely() {
        let mut seen = [0_u32; 6];
        for index in 0..6000 {
            let mut order = [0, 1, 2];
            Draws::new(3, Purpose::Permutation, index).shuffle(&mut order);
            seen[order[0] * 2 + usize::from(order[1] > order[2])] += 1;
        }
        // 1000 each, with a standard deviation of 29.
        assert!(seen.iter().all(|&n| n.abs_diff(1000) < 130), "{seen:?}");
    }

    /// Whatever share is chosen: too few and too many at first, the smaller and the larger side.
    #[test]
    fn every_choice_is_as_likely() {
        for size in 1..=6 {
            let mut seen = [0_u64; 1 << 7];
            for index in 0..7000 {
                let mut bits = [u64::MAX];
                Draws::new(5, Purpose::Permutation, index).subset(&mut bits, 7, size);
                seen[bits[0] as usize] += 1;
            }
            let choices: Vec<u64> = seen.into_iter().filter(|n| *n > 0).collect();
            let all = [7, 21, 35, 35, 21, 7][size as usize - 1];
            let expected = 7000 / all;
            assert_eq!((choices.len() as u64, choices.iter().sum::<u64>()), (all, 7000));
            let spread = 5.0 * (expected as f64).sqrt();
            assert!(choices.iter().all(|n| (n.abs_diff(expected) as f64) < spread), "{size}: {choices:?}");
        }
    }

    /// Places of all words are chosen alike, and no more of them than there are.
    #[test]
    fn choices_reach_over_words() {
        for (of, size) in [(200_u32, 3_u32), (200, 60), (200, 100), (200, 170), (192, 192), (192, 0), (64, 32)] {
            let mut bits = vec![0; (of as usize).div_ceil(64)];
            let mut times = vec![0_u32; of as usize];
            for index in 0..2000 {
                Draws::new(6, Purpose::Permutation, index).subset(&mut bits, of, size);
                assert_eq!(bits.iter().map(|word| word.count_ones()).sum::<u32>(), size);
                for (place, times) in times.iter_mut().enumerate() {
                    *times += (bits[place / 64] >> (place % 64) & 1) as u32;
                }
            }
            let share = f64::from(size) / f64::from(of);
            let spread = 5.0 * (2000.0 * share * (1.0 - share)).sqrt() + 1e-9;
            let away = |n: &u32| (f64::from(*n) - 2000.0 * share).abs();
            assert!(times.iter().all(|n| away(n) <= spread), "{of} {size}: {times:?}");
        }
    }

    #[test]
    fn published_choices_can_be_repeated() {
        let mut bits = [0; 2];
        Draws::new(42, Purpose::Permutation, 0).subset(&mut bits, 100, 30);
        assert_eq!(bits, [5_911_115_288_744_567_969, 52_194_991_404]);
    }
}
