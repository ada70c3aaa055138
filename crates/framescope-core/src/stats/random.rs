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

    /// Puts the values into an order drawn at random (Fisher & Yates).
    #[inline]
    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last as u32 + 1) as usize);
        }
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
}
