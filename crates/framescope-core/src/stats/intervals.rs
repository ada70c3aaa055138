//! Intervals of a single count or share: what one text can say of itself.
//!
//! They treat the words of a text as independent draws, which they are not, so they describe the
//! text in hand ("within-text") and say nothing of an outlet: over articles a Wilson interval on
//! mentions covers 65 to 68 % instead of 95 % (authors repeat their label).

use statrs::function::erf::erf_inv;
use statrs::function::gamma::{gamma_lr, ln_gamma};

/// The two ends of an interval, both included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Exact interval of the mean of a Poisson count (Garwood 1936): `χ²(α/2; 2h)/2` to
/// `χ²(1−α/2; 2h+2)/2`. `level` is the coverage, such as 0.95.
pub fn poisson(count: u64, level: f64) -> Interval {
    let tail = (1.0 - level) / 2.0;
    // χ²(p; 2k)/2 is the p-quantile of a gamma distribution of shape k and scale 1.
    let low = match count {
        0 => 0.0,
        h => gamma_quantile(h as f64, tail),
    };
    Interval { low, high: gamma_quantile(count as f64 + 1.0, 1.0 - tail) }
}

/// [`poisson`] as a rate per `per` units of `exposure`; `None` without exposure.
pub fn poisson_rate(count: u64, exposure: u64, per: f64, level: f64) -> Option<Interval> {
    if exposure == 0 {
        return None;
    }
    let Interval { low, high } = poisson(count, level);
    Some(Interval { low: per * low / exposure as f64, high: per * high / exposure as f64 })
}

/// Wilson's score interval of a share (Wilson 1927; Brown, Cai & DasGupta 2001); `None` without
/// trials.
pub fn wilson(successes: u64, trials: u64, level: f64) -> Option<Interval> {
    if trials == 0 {
        return None;
    }
    let z = std::f64::consts::SQRT_2 * erf_inv(level);
    let n = trials as f64;
    let p = successes as f64 / n;
    let z2 = z * z;
    let centre = p + z2 / (2.0 * n);
    let half = z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    // The ends are 0 and 1 exactly where all trials went one way; rounding would miss that.
    Some(Interval {
        low: match successes {
            0 => 0.0,
            _ => ((centre - half) / scale).max(0.0),
        },
        high: match successes == trials {
            true => 1.0,
            false => ((centre + half) / scale).min(1.0),
        },
    })
}

/// Interval of `(a − b) / (a + b)`: Wilson's interval of `a / (a + b)`, mapped by `2p − 1`.
pub fn signed_share(a: u64, b: u64, level: f64) -> Option<Interval> {
    wilson(a, a + b, level).map(|Interval { low, high }| Interval { low: 2.0 * low - 1.0, high: 2.0 * high - 1.0 })
}

/// The `p`-quantile of a gamma distribution of this shape and scale 1: Newton's steps, kept
/// between bounds that bisection would keep, until they no longer move.
fn gamma_quantile(shape: f64, p: f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, shape + 1.0);
    while gamma_lr(shape, high) < p {
        low = high;
        high *= 2.0;
    }
    let log_norm = ln_gamma(shape);
    let mut x = (low + high) / 2.0;
    for _ in 0..200 {
        let excess = gamma_lr(shape, x) - p;
        if excess > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let density = ((shape - 1.0) * x.ln() - x - log_norm).exp();
        let newton = x - excess / density;
        let next = if newton > low && newton < high { newton } else { (low + high) / 2.0 };
        if (next - x).abs() <= 1e-15 * x {
            return next;
        }
        x = next;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(actual: f64, expected: f64, digits: f64) {
        assert!((actual - expected).abs() <= digits, "{actual} is not {expected}");
    }

    /// References: scipy 1.17.1, `chi2.ppf`.
    #[test]
    fn poisson_agrees_with_the_reference() {
        let rate = poisson_rate(8, 1243, 1000.0, 0.95).unwrap();
        close(rate.low, 2.7786, 5e-5);
        close(rate.high, 12.6816, 5e-5);
        let none = poisson_rate(0, 759, 1000.0, 0.95).unwrap();
        assert_eq!(none.low, 0.0);
        close(none.high, 4.8602, 5e-5);
        assert_eq!(poisson_rate(0, 0, 1000.0, 0.95), None);
    }

    /// The closed forms: −ln(α/2) for no event; one event's upper end solves e^−x (1 + x) = α/2.
    #[test]
    fn poisson_meets_its_closed_forms() {
        close(poisson(0, 0.95).high, -(0.025_f64.ln()), 1e-12);
        close(poisson(1, 0.95).low, -(0.975_f64.ln()), 1e-12);
        let x = poisson(1, 0.95).high;
        close((-x).exp() * (1.0 + x), 0.025, 1e-12);
    }

    #[test]
    fn large_counts_come_near_the_normal_interval() {
        for count in [10_000_u64, 1_000_000] {
            let Interval { low, high } = poisson(count, 0.95);
            let half = 1.959_963_984_540_054 * (count as f64).sqrt();
            close(low, count as f64 - half, 3.0);
            close(high, count as f64 + half, 3.0);
        }
    }

    /// References: methods, section 3 (Wilson 5/5 and 5/6).
    #[test]
    fn wilson_agrees_with_the_reference() {
        let all = wilson(5, 5, 0.95).unwrap();
        close(all.low, 0.565518, 5e-7);
        assert_eq!(all.high, 1.0);
        let most = wilson(5, 6, 0.95).unwrap();
        close(most.low, 0.436497, 5e-7);
        close(most.high, 0.969947, 5e-7);
        assert_eq!(wilson(0, 4, 0.95).unwrap().low, 0.0);
        assert_eq!(wilson(0, 0, 0.95), None);
    }

    /// References: methods, section 3 (axes 5:0 and 12:4).
    #[test]
    fn signed_shares_agree_with_the_reference() {
        let one_sided = signed_share(5, 0, 0.95).unwrap();
        close(one_sided.low, 0.131, 5e-4);
        assert_eq!(one_sided.high, 1.0);
        let two_sided = signed_share(12, 4, 0.95).unwrap();
        close(two_sided.low, 0.010, 5e-4);
        close(two_sided.high, 0.796, 5e-4);
        assert_eq!(signed_share(0, 0, 0.95), None);
    }

    proptest! {
        /// The ends invert the distribution: P(X ≥ h | low) = P(X ≤ h | high) = α/2.
        #[test]
        fn poisson_inverts_its_tails(count in 1_u64..400) {
            let Interval { low, high } = poisson(count, 0.95);
            let below = |mean: f64, up_to: u64| -> f64 {
                let mut term = (-mean).exp();
                let mut sum = term;
                for k in 1..=up_to {
                    term *= mean / k as f64;
                    sum += term;
                }
                sum
            };
            prop_assert!((1.0 - below(low, count - 1) - 0.025).abs() < 1e-9);
            prop_assert!((below(high, count) - 0.025).abs() < 1e-9);
        }

        /// Wilson's ends are where the score test of that share has z = 1.96.
        #[test]
        fn wilson_inverts_its_test(trials in 1_u64..500, part in 0.0..1.0_f64) {
            let successes = (part * trials as f64) as u64;
            let Interval { low, high } = wilson(successes, trials, 0.95).unwrap();
            let p = successes as f64 / trials as f64;
            prop_assert!(0.0 <= low && low <= p && p <= high && high <= 1.0);
            for end in [low, high] {
                if end > 0.0 && end < 1.0 {
                    let z = (p - end) / (end * (1.0 - end) / trials as f64).sqrt();
                    prop_assert!((z.abs() - 1.959_963_984_540_054).abs() < 1e-6);
                }
            }
        }
    }
}
