//! From which cosine on two articles tell of one event: chosen by what chance does in the corpus at hand.
//!
//! A fixed cosine means little: how alike two articles of one event are depends on their length, on what the lexicons
//! take out, and on how much every article of the corpus is about one thing. So the same search is made where no event
//! can be: among articles 4 to 10 days apart in place of 0 to 3 (a target-decoy count, as Elias & Gygi 2007 do it for
//! spectra). What is found there is as alike as different events of this corpus get. The threshold is the lowest cosine
//! at which so few of the pairs are expected by chance: at most [`BY_CHANCE`] of them, and at most [`BY_CHANCE_SURELY`]
//! with half a pair added for the uncertainty of few. Where too little can be looked at that way, it is [`USUAL`].

use super::nearest::{FLOOR, Index, Mutual, Which, Window};
use crate::compare::CompareError;
use crate::compare::resample::Resampler;

/// The cosine from which two articles are held to tell of one event where the corpus cannot say.
pub const USUAL: f64 = 0.35;
/// Days between two articles of one event, at most.
pub const DAYS: i32 = 3;
/// The share of pairs that may be there by chance.
pub const BY_CHANCE: f64 = 0.05;
/// The same with half a pair added.
pub const BY_CHANCE_SURELY: f64 = 0.1;

/// Within so many days different events are looked at: as many as the days of one event on both sides.
const DECOY_FROM: i32 = DAYS + 1;
const DECOY_TO: i32 = DECOY_FROM + 2 * DAYS;

/// The windows of one event.
pub(super) const SAME: [Window; 1] = [Window { from: -DAYS, to: DAYS }];
/// The windows of different events, after and before.
pub(super) const DECOYS: [Window; 2] =
    [Window { from: DECOY_FROM, to: DECOY_TO }, Window { from: -DECOY_TO, to: -DECOY_FROM }];

/// A cosine, and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Threshold {
    /// The cosine.
    pub cosine: f64,
    /// Who chose it.
    pub from: ThresholdFrom,
    /// Pairs at or above it.
    pub pairs: u64,
    /// Pairs at or above it that are expected by chance; none where that cannot be said.
    pub by_chance: Option<f64>,
}

/// Who chose a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThresholdFrom {
    /// What chance does in this corpus.
    Corpus,
    /// [`USUAL`], because the corpus says too little.
    Usual,
    /// The user.
    Given,
}

impl Threshold {
    /// The threshold for `pairs`, which were found among `looked` places.
    ///
    /// # Errors
    /// [`CompareError::Interrupted`].
    pub(super) fn choose(
        index: &Index<'_>,
        pairs: &[Mutual],
        looked: u64,
        given: Option<f64>,
        resampler: &Resampler<'_>,
    ) -> Result<Threshold, CompareError> {
        // A pair belongs to one of both searches, by which of the two groups is later.
        let searches = [&[Which::Higher, Which::Lower][..], &[Which::Lower, Which::Higher][..]];
        let (decoys, decoys_looked) = index.mutual(&DECOYS, searches, resampler)?;
        let chance = Chance::new(pairs, &decoys.concat(), looked, 2 * decoys_looked);
        let (cosine, from) = match (given, &chance) {
            (Some(given), _) => (given, ThresholdFrom::Given),
            (None, Some(chance)) => match chance.lowest() {
                Some(cosine) => (cosine, ThresholdFrom::Corpus),
                None => (USUAL, ThresholdFrom::Usual),
            },
            (None, None) => (USUAL, ThresholdFrom::Usual),
        };
        let at = |pair: &&Mutual| pair.cosine >= cosine;
        Ok(Threshold {
            cosine,
            from,
            pairs: pairs.iter().filter(at).count() as u64,
            by_chance: chance.map(|chance| chance.expected(cosine)),
        })
    }
}

/// What was found where events can be, and where none can.
struct Chance {
    /// Cosines, the highest first.
    pairs: Vec<f64>,
    decoys: Vec<f64>,
    /// How many pairs by chance a decoy stands for.
    each: f64,
}

impl Chance {
    /// Nothing, where too few places could be looked at for decoys.
    fn new(pairs: &[Mutual], decoys: &[Mutual], looked: u64, decoys_looked: u64) -> Option<Chance> {
        if decoys_looked == 0 || decoys_looked < looked / 2 {
            return None;
        }
        let sorted = |found: &[Mutual]| {
            let mut cosines: Vec<f64> = found.iter().map(|pair| pair.cosine).collect();
            cosines.sort_by(|a, b| b.total_cmp(a));
            cosines
        };
        Some(Chance { pairs: sorted(pairs), decoys: sorted(decoys), each: looked as f64 / decoys_looked as f64 })
    }

    /// How many pairs of this cosine or more are expected by chance.
    fn expected(&self, cosine: f64) -> f64 {
        self.decoys.partition_point(|&decoy| decoy >= cosine) as f64 * self.each
    }

    /// The lowest cosine at which few enough of the pairs are expected by chance.
    fn lowest(&self) -> Option<f64> {
        let is_good = |&(place, &cosine): &(usize, &f64)| {
            let (pairs, by_chance) = ((place + 1) as f64, self.expected(cosine));
            by_chance <= BY_CHANCE * pairs && by_chance + 0.5 <= BY_CHANCE_SURELY * pairs
        };
        let lowest = self.pairs.iter().enumerate().rfind(is_good)?;
        Some(lowest.1.max(FLOOR))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(cosines: &[f64]) -> Vec<Mutual> {
        cosines.iter().map(|&cosine| Mutual { one: 0, other: 1, cosine }).collect()
    }

    fn lowest(pairs: &[f64], decoys: &[f64], looked: u64, decoys_looked: u64) -> Option<f64> {
        Chance::new(&found(pairs), &found(decoys), looked, decoys_looked)?.lowest()
    }

    #[test]
    fn the_threshold_is_where_chance_begins() {
        let pairs: Vec<f64> = (0..40).map(|i| 0.5 - 0.01 * f64::from(i)).collect();
        // Chance gives nothing above .3: all pairs down to there may stay, and a few below.
        let decoys: Vec<f64> = (0..40).map(|i| 0.305 - 0.005 * f64::from(i)).collect();
        let chosen = lowest(&pairs, &decoys, 100, 200).unwrap();
        assert!((0.28..=0.31).contains(&chosen), "{chosen}");
        // A decoy stands for more where fewer were looked at.
        assert!(lowest(&pairs, &decoys, 400, 200).unwrap() >= chosen);
    }

    #[test]
    fn little_to_look_at_decides_nothing() {
        assert_eq!(lowest(&[0.6, 0.5], &[], 100, 200), None);
        assert_eq!(lowest(&[0.6; 30], &[], 100, 10), None);
        assert_eq!(lowest(&[0.6; 30], &[], 100, 0), None);
        assert_eq!(lowest(&[0.6; 30], &[0.7; 30], 100, 200), None);
    }
}
