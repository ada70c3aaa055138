//! Wilcoxon's signed-rank test of paired differences, beside the sign-flip test of their mean.
//!
//! It asks of ranks what sign flips ask of means, so one event that is far from all others weighs no more than the
//! largest rank. Wilcoxon (1945); exact as all 2ⁿ signs of the ranks at hand, ties included (Lehmann 1975), by adding
//! up the ways to each sum; from [`EXACT_UP_TO`] differences on by the normal distribution with its variance for ties.

use super::dist::normal_cdf;
use super::error::{StatsError, finite};

/// So many differences that are not 0 have an exact p.
pub const EXACT_UP_TO: usize = 50;

/// Differences nearer to each other than this part of the largest are equal: rates are quotients, and their differences
/// carry rounding.
const TIED: f64 = 1e-9;

/// What the signed-rank test found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignedRanks {
    /// The sum of the ranks of positive differences, W⁺.
    pub positive: f64,
    /// Two-sided: twice the smaller tail, at most 1.
    pub p: f64,
    /// Differences that are not 0, which are ranked.
    pub ranked: usize,
    /// Differences of 0, left out.
    pub zeros: usize,
    /// Ranked differences that share their size with another, and with it the mean of their ranks.
    pub tied: usize,
    /// Whether the p is exact.
    pub is_exact: bool,
    /// The smallest p that so many ranks could give, where it is exact: 2 of 2ⁿ.
    pub smallest: Option<f64>,
}

/// Wilcoxon's signed-rank test that differences lie about 0. Differences of 0 are left out (as R's `wilcox.test` and
/// scipy's `wilcoxon` do), ties have the mean of their ranks. No correction for continuity.
///
/// # Errors
/// [`StatsError::TooFewUnits`] without differences, [`StatsError::NoVariation`] where all are 0, [`StatsError::Value`].
pub fn signed_ranks(differences: &[f64]) -> Result<SignedRanks, StatsError> {
    finite(differences)?;
    if differences.is_empty() {
        return Err(StatsError::TooFewUnits { group: 0, units: 0, needed: 1 });
    }
    let width = TIED * differences.iter().fold(0.0, |largest: f64, d| largest.max(d.abs()));
    let mut ranked: Vec<f64> = differences.iter().copied().filter(|d| d.abs() > width).collect();
    if ranked.is_empty() {
        return Err(StatsError::NoVariation);
    }
    ranked.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
    // Twice the ranks, which are whole numbers where ranks are shared.
    let mut doubled: Vec<usize> = Vec::with_capacity(ranked.len());
    let (mut tied, mut cubes) = (0, 0.0);
    for alike in ranked.chunk_by(|a, b| b.abs() - a.abs() <= width) {
        let first = doubled.len() + 1;
        doubled.extend(std::iter::repeat_n(2 * first + alike.len() - 1, alike.len()));
        if alike.len() > 1 {
            tied += alike.len();
            cubes += (alike.len() as f64).powi(3) - alike.len() as f64;
        }
    }
    let positive: usize = ranked.iter().zip(&doubled).filter(|(d, _)| **d > 0.0).map(|(_, rank)| rank).sum();
    let n = ranked.len();
    let is_exact = n <= EXACT_UP_TO;
    let p = match is_exact {
        true => exact(&doubled, positive),
        false => {
            let n = n as f64;
            let variance = n * (n + 1.0) * (2.0 * n + 1.0) / 24.0 - cubes / 48.0;
            let z = (positive as f64 / 2.0 - n * (n + 1.0) / 4.0) / variance.sqrt();
            2.0 * normal_cdf(-z.abs())
        }
    };
    Ok(SignedRanks {
        positive: positive as f64 / 2.0,
        p: p.min(1.0),
        ranked: n,
        zeros: differences.len() - n,
        tied,
        is_exact,
        smallest: is_exact.then(|| 2.0 / 2.0_f64.powi(n as i32)),
    })
}

/// Twice the part of all signs whose sum of positive (doubled) ranks is as far out on the same side.
fn exact(doubled: &[usize], positive: usize) -> f64 {
    let total: usize = doubled.iter().sum();
    // In how many ways each sum comes about, in parts of all 2ⁿ: halving with every rank keeps them within 1.
    let mut ways = vec![0.0; total + 1];
    ways[0] = 1.0;
    let mut reached = 0;
    for &rank in doubled {
        reached += rank;
        for sum in (0..=reached).rev() {
            let with = if sum >= rank { ways[sum - rank] } else { 0.0 };
            ways[sum] = (ways[sum] + with) / 2.0;
        }
    }
    // The distribution is the same read backwards, so the smaller tail is that of the smaller sum.
    let lower = positive.min(total - positive);
    2.0 * ways[..=lower].iter().sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wilcoxon's own first example (1945), wheat treated in two ways: two negative differences of ranks 1 and 2, so
    /// 4 of 2⁸ sums are as small, two-sided 8 of 256.
    #[test]
    fn the_first_example_of_its_author() {
        let found = signed_ranks(&[16.0, -1.0, 20.0, 30.0, 9.0, 14.0, -6.0, 27.0]).unwrap();
        // Sums up to 3: {}, {1}, {2}, {3}, {1, 2}.
        assert_eq!((found.positive, found.ranked, found.zeros, found.tied, found.is_exact), (33.0, 8, 0, 0, true));
        assert_eq!(found.p, 2.0 * 5.0 / 256.0);
        assert_eq!(found.smallest, Some(2.0 / 256.0));
    }

    /// Ranks of size 1 (twice: 1½ each) and 3, one negative of size 1: sums up to 1½ are {}, {1½}, {1½'}, so 6 of 8.
    #[test]
    fn ties_share_ranks_and_zeros_are_left_out() {
        let found = signed_ranks(&[0.0, 1.0, -1.0, 2.0, 0.0]).unwrap();
        assert_eq!((found.positive, found.ranked, found.zeros, found.tied), (4.5, 3, 2, 2));
        assert_eq!(found.p, 0.75);
        // What rounding parts is tied, and what it leaves of nothing is 0.
        let rounded = signed_ranks(&[1e-16, 0.1 + 0.2, -0.3, 0.6, -1e-15]).unwrap();
        assert_eq!((rounded.p, rounded.zeros, rounded.tied), (0.75, 2, 2));
        assert_eq!(signed_ranks(&[2.0, -2.0]).unwrap().p, 1.0);
    }

    /// As many signs as can be written out: each pattern's sum beside the observed one.
    #[test]
    fn exact_is_all_signs() {
        for k in 1..40_i32 {
            let sizes: Vec<f64> = (0..11).map(|i| f64::from((i * i * 7 + k * i + k) % 9 - 4)).collect();
            let Ok(found) = signed_ranks(&sizes) else { continue };
            let kept: Vec<f64> = sizes.iter().copied().filter(|d| *d != 0.0).collect();
            let rank = |d: f64| {
                let below = kept.iter().filter(|e| e.abs() < d.abs()).count() as f64;
                below + (kept.iter().filter(|e| e.abs() == d.abs()).count() as f64 + 1.0) / 2.0
            };
            let ranks: Vec<f64> = kept.iter().map(|d| rank(*d)).collect();
            let middle = ranks.iter().sum::<f64>() / 2.0;
            let far = (found.positive - middle).abs();
            let sum = |p: usize| ranks.iter().enumerate().filter(|(i, _)| p >> i & 1 == 1).map(|(_, r)| r).sum::<f64>();
            let extreme = (0..1_usize << kept.len()).filter(|p| (sum(*p) - middle).abs() >= far).count();
            assert!((found.p - extreme as f64 / f64::from(1 << kept.len())).abs() < 1e-12, "{sizes:?} {found:?}");
        }
    }

    #[test]
    fn the_normal_meets_the_exact_where_it_begins() {
        let differences = |n: i32| (0..n).map(|i| f64::from((i * 37) % 101) - 38.0).collect::<Vec<f64>>();
        let found = [50, 51].map(|n| signed_ranks(&differences(n)).unwrap());
        assert!(found[0].is_exact && found[0].ranked == 50 && !found[1].is_exact && found[1].smallest.is_none());
        assert!((found[0].p - found[1].p).abs() < 0.05, "{found:?}");
    }

    #[test]
    fn nothing_to_rank_is_said() {
        assert!(matches!(signed_ranks(&[]), Err(StatsError::TooFewUnits { .. })));
        assert_eq!(signed_ranks(&[0.0, 0.0]), Err(StatsError::NoVariation));
        assert!(matches!(signed_ranks(&[f64::NAN]), Err(StatsError::Value(_))));
    }
}
