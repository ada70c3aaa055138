//! Permutation tests of a difference in means, and of paired differences.
//!
//! The plain statistic, for values that are already per article or per event (presence, a score, a
//! difference). Rates with unequal article lengths have a test of their own, [`super::RateTest`].

use super::arrange::{Arrangements, ENUMERATED, PermutationP, tied};
use super::error::{StatsError, finite, same_length};
use super::random::{Draws, Purpose};

/// Two-sided permutation test of the difference in means between label 1 and label 0; the statistic is
/// |mean₁ − mean₀|. With presence (0 or 1) as value and no strata, this is Fisher's exact test with its
/// tails taken by distance.
///
/// # Errors
/// [`StatsError::Shape`], [`StatsError::Value`] for what is not finite.
pub fn mean_difference(values: &[f64], arrangements: &Arrangements) -> Result<PermutationP, StatsError> {
    same_length(arrangements.articles(), values.len())?;
    finite(values)?;
    let observed = difference(values, &arrangements.observed()).abs();
    let extreme = arrangements.extreme(0..arrangements.count(), observed, |labels| difference(values, labels).abs());
    Ok(arrangements.p(extreme))
}

/// Mean of the values with label 1 less that of those with label 0; both labels occur.
fn difference(values: &[f64], labels: &[u8]) -> f64 {
    let (mut sums, mut counts) = ([0.0; 2], [0.0; 2]);
    for (&value, &label) in values.iter().zip(labels) {
        let group = usize::from(label == 1);
        sums[group] += value;
        counts[group] += 1.0;
    }
    sums[1] / counts[1] - sums[0] / counts[0]
}

/// Two-sided sign-flip test that paired differences have mean 0: every difference could as well have had
/// the other sign. All 2ⁿ sign patterns up to [`ENUMERATED`] (14 pairs), else `draws` of them.
///
/// # Errors
/// [`StatsError::TooFewUnits`] without differences, [`StatsError::NoVariation`] where all are 0.
pub fn sign_flip(differences: &[f64], draws: u64, seed: u64) -> Result<PermutationP, StatsError> {
    finite(differences)?;
    let n = differences.len();
    if n == 0 {
        return Err(StatsError::TooFewUnits { group: 0, units: 0, needed: 1 });
    }
    if differences.iter().all(|&d| d == 0.0) {
        return Err(StatsError::NoVariation);
    }
    let bound = tied(differences.iter().sum::<f64>().abs());
    let flipped = |flip: &mut dyn FnMut(usize) -> bool| {
        let sum: f64 = differences.iter().enumerate().map(|(i, &d)| if flip(i) { -d } else { d }).sum();
        sum.abs() >= bound
    };
    if n < 64 && 1_u64 << n <= ENUMERATED {
        let arrangements = 1_u64 << n;
        let extreme = (0..arrangements).filter(|pattern| flipped(&mut |i| pattern >> i & 1 == 1)).count() as u64;
        return Ok(PermutationP { p: extreme as f64 / arrangements as f64, extreme, arrangements, enumerated: true });
    }
    if n >= TOGETHER_FROM {
        let extreme = flipped_together(differences, draws, seed, bound);
        let p = (extreme as f64 + 1.0) / (draws as f64 + 1.0);
        return Ok(PermutationP { p, extreme, arrangements: draws, enumerated: false });
    }
    let extreme = (0..draws)
        .filter(|&index| {
            let mut draws = Draws::new(seed, Purpose::Permutation, index);
            flipped(&mut |_| draws.below(2) == 1)
        })
        .count() as u64;
    let p = (extreme as f64 + 1.0) / (draws as f64 + 1.0);
    Ok(PermutationP { p, extreme, arrangements: draws, enumerated: false })
}

/// From so many differences on, four are flipped together: of 46,000 events a twentieth of the time. Fewer keep the p that
/// they had.
const TOGETHER_FROM: usize = 1_024;

/// How many of the draws are extreme: each takes a bit of chance for every difference, and looks up what four of them
/// add (`subset_sums` has the idea).
fn flipped_together(differences: &[f64], draws: u64, seed: u64, bound: f64) -> u64 {
    let tables: Vec<[f64; 16]> = differences
        .chunks(4)
        .map(|four| {
            std::array::from_fn(|flips| {
                four.iter().enumerate().map(|(i, &d)| if flips >> i & 1 == 1 { -d } else { d }).sum()
            })
        })
        .collect();
    let is_extreme = |index: &u64| {
        let mut draws = Draws::new(seed, Purpose::Permutation, *index);
        let of_word = |tables: &[[f64; 16]]| {
            let mut flips = draws.word();
            let one = |table: &[f64; 16]| {
                let sum = table[(flips & 15) as usize];
                flips >>= 4;
                sum
            };
            tables.iter().map(one).sum::<f64>()
        };
        tables.chunks(16).map(of_word).sum::<f64>().abs() >= bound
    };
    (0..draws).filter(is_extreme).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) const A: [f64; 6] = [2.1, 0.0, 3.4, 1.2, 5.0, 0.7];
    pub(crate) const B: [f64; 7] = [4.2, 3.9, 6.1, 2.8, 7.5, 3.3, 5.0];

    /// Methods 4.2: 42 of 1,716.
    #[test]
    fn means_agree_with_the_reference() {
        let values: Vec<f64> = A.iter().chain(&B).copied().collect();
        let labels: Vec<u8> = (0..13).map(|i| u8::from(i >= 6)).collect();
        assert!((difference(&values, &labels) - 2.619048).abs() < 5e-7);
        let test = mean_difference(&values, &Arrangements::of(&labels, 9999, 1).unwrap()).unwrap();
        assert_eq!((test.extreme, test.arrangements, test.enumerated), (42, 1716, true));
        assert!((test.p - 0.02447552).abs() < 1e-8);
    }

    /// Methods 4.2: 4 of 64.
    #[test]
    fn sign_flips_agree_with_the_reference() {
        let test = sign_flip(&[1.2, -0.3, 2.1, 0.8, 1.9, 0.4], 9999, 1).unwrap();
        assert_eq!((test.extreme, test.arrangements, test.p), (4, 64, 0.0625));
    }

    #[test]
    fn drawn_flips_come_near_the_enumerated_ones() {
        let fourteen: Vec<f64> = (0..14).map(|i| f64::from(i * 37 % 11) - 3.0).collect();
        let exact = sign_flip(&fourteen, 9999, 1).unwrap();
        let mut sixteen = fourteen;
        sixteen.extend([0.0, 0.0]);
        let drawn = sign_flip(&sixteen, 9999, 1).unwrap();
        assert!(exact.enumerated && !drawn.enumerated);
        assert!((exact.p - drawn.p).abs() < 0.02, "{} {}", exact.p, drawn.p);
    }

    /// Many differences have the sums that flipping one after the other gives, and the p of a normal sum.
    #[test]
    fn many_differences_are_flipped_alike() {
        let mut chance = Draws::new(8, Purpose::Dispersion, 0);
        let many: Vec<f64> = (0..1500).map(|_| f64::from(chance.below(2001)) - 1000.0).collect();
        let slow = |index: u64| {
            let mut draws = Draws::new(3, Purpose::Permutation, index);
            let flipped = |chunk: &[f64]| {
                let bits = draws.word();
                chunk.iter().enumerate().map(|(i, &d)| if bits >> i & 1 == 1 { -d } else { d }).sum::<f64>()
            };
            many.chunks(64).map(flipped).sum::<f64>()
        };
        let bound = many.iter().map(|d| d * d).sum::<f64>().sqrt();
        let expected = (0..999).filter(|index| slow(*index).abs() >= bound).count() as u64;
        assert_eq!(flipped_together(&many, 999, 3, bound), expected);
        // A normal value is more than one standard deviation away in 31.7 % of cases.
        assert!((expected as f64 / 999.0 - 0.317).abs() < 0.05, "{expected}");
        let found = sign_flip(&many, 999, 3).unwrap();
        let z = many.iter().sum::<f64>().abs() / bound;
        assert!((found.p - super::super::dist::normal_cdf(-z) * 2.0).abs() < 0.06, "{found:?} {z}");
    }

    #[test]
    fn nothing_to_flip_is_said() {
        assert_eq!(sign_flip(&[0.0, 0.0], 9, 1), Err(StatsError::NoVariation));
        assert!(matches!(sign_flip(&[], 9, 1), Err(StatsError::TooFewUnits { .. })));
        assert!(matches!(sign_flip(&[f64::NAN], 9, 1), Err(StatsError::Value(_))));
    }
}
