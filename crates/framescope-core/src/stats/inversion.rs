//! An interval from a test: all values that the test does not reject.
//!
//! It never contradicts the p printed beside it: 0 is inside exactly where p > 1 − level.

use super::error::{StatsError, coverage};
use super::intervals::Interval;

/// How finely an end is found, in standard errors.
const FINE: f64 = 1e-3;

/// The interval of all values v with p(v) > 1 − `level`, found outwards from `estimate` (where p is largest) in
/// steps of `standard_error` and then by bisection, to a thousandth of it. `p` is asked some 25 times a side.
///
/// A p-value by enumeration never falls below its smallest attainable value; where that is not below
/// 1 − `level`, no end exists.
///
/// # Errors
/// [`StatsError::Level`]; [`StatsError::Value`] where the standard error is not above 0;
/// [`StatsError::NotConverged`] where p is still above 1 − `level` 1,000 standard errors away; what `p` gives.
pub fn invert(
    estimate: f64,
    standard_error: f64,
    level: f64,
    mut p: impl FnMut(f64) -> Result<f64, StatsError>,
) -> Result<Interval, StatsError> {
    let alpha = 1.0 - coverage(level)?;
    if !standard_error.is_finite() || standard_error <= 0.0 {
        return Err(StatsError::Value(standard_error));
    }
    let mut end = |sign: f64| {
        let (mut inside, mut outside) = (0.0, 1.0);
        while p(estimate + sign * outside * standard_error)? > alpha {
            inside = outside;
            outside *= 1.5;
            if outside > 1000.0 {
                return Err(StatsError::NotConverged(18));
            }
        }
        while outside - inside > FINE {
            let middle = (inside + outside) / 2.0;
            match p(estimate + sign * middle * standard_error)? > alpha {
                true => inside = middle,
                false => outside = middle,
            }
        }
        Ok(estimate + sign * outside * standard_error)
    };
    Ok(Interval { low: end(-1.0)?, high: end(1.0)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::dist::t_two_sided;
    use crate::stats::random::{Draws, Purpose};
    use crate::stats::rates::{Count, contrast};
    use crate::stats::{RateTest, SparseHits};

    #[test]
    fn a_t_test_inverts_into_its_interval() {
        let found = invert(2.0, 0.5, 0.95, |v| Ok(t_two_sided((2.0 - v) / 0.5, 7.0))).unwrap();
        let half = 2.364_624_251_592_785 * 0.5;
        assert!((found.low - (2.0 - half)).abs() < 1e-3 && (found.high - (2.0 + half)).abs() < 1e-3);
    }

    #[test]
    fn where_nothing_can_be_rejected_there_is_no_end() {
        assert_eq!(invert(0.0, 1.0, 0.95, |_| Ok(0.1)), Err(StatsError::NotConverged(18)));
        assert_eq!(invert(0.0, 0.0, 0.95, |_| Ok(0.1)), Err(StatsError::Value(0.0)));
        assert_eq!(invert(0.0, 1.0, 95.0, |_| Ok(0.1)), Err(StatsError::Level(95.0)));
    }

    /// Of a rate: the interval of the permutation test lies near that of t, and agrees with its p.
    #[test]
    fn a_permutation_test_inverts() {
        let mut draws = Draws::new(4, Purpose::Dispersion, 1);
        let words: Vec<u64> = (0..24).map(|_| 300 + u64::from(draws.below(700))).collect();
        let hits: Vec<u32> = (0..24).map(|i| draws.below(3) + if i % 2 == 1 { draws.below(4) } else { 0 }).collect();
        let labels: Vec<u8> = (0..24).map(|i| i % 2).collect();
        let side = |g: u8| {
            let own = (0..24).filter(|&i| labels[i] == g);
            own.map(|i| Count { hits: u64::from(hits[i]), words: words[i] }).collect::<Vec<_>>()
        };
        let plain = contrast(&side(0), &side(1)).unwrap();
        let test = RateTest::new(&words, &labels, None, &[SparseHits::from_dense(&hits)], 999, 2).unwrap();
        let found = invert(plain.estimate, plain.standard_error, 0.95, |v| {
            let shifted = test.shifted(0, v)?;
            Ok(shifted.p(&shifted.tally(0..999))[0].p)
        })
        .unwrap();
        let by_t = plain.interval(0.95).unwrap();
        assert!((found.low - by_t.low).abs() < 0.5 * plain.standard_error, "{found:?} {by_t:?}");
        assert!((found.high - by_t.high).abs() < 0.5 * plain.standard_error, "{found:?} {by_t:?}");
        let p = test.p(&test.tally(0..999))[0].p;
        assert_eq!(p > 0.05, found.low <= 0.0 && found.high >= 0.0);
    }
}
