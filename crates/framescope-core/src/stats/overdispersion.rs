//! Whether counts are more spread than Poisson, where most of them are small.

use super::dist::chi2_upper;
use super::error::StatsError;

/// The p of Pearson's X² = Σ (y − μ)² / μ of a Poisson model with `df` degrees of freedom left, against more spread than
/// Poisson has. `means` are the fitted μ, one a count.
///
/// The χ² distribution has the mean of X² and not its spread: where μ is small, a single count of 5 adds as much as
/// sixteen others, and the usual test calls plain counts overdispersed. A count's part of X² has mean 1, variance
/// 2 + 1/μ (Haldane 1937) and third central moment 8 + 22/μ + 1/μ² (from the sixth moment of a Poisson variable, 15μ³ + 25μ² + μ);
/// the gamma distribution with these three moments (Pearson's type III) gives p. Fitting takes the same part from each moment.
///
/// # Errors
/// [`StatsError::TooFewUnits`] without a mean above 0; [`StatsError::Value`] where `pearson` or `df` is not above 0.
pub fn overdispersion_p(pearson: f64, df: f64, means: impl IntoIterator<Item = f64>) -> Result<f64, StatsError> {
    if let Some(wrong) = [pearson, df].into_iter().find(|value| !(value.is_finite() && *value > 0.0)) {
        return Err(StatsError::Value(wrong));
    }
    let (mut counts, mut variance, mut third) = (0.0, 0.0, 0.0);
    for mean in means.into_iter().filter(|mean| *mean > 0.0) {
        counts += 1.0;
        variance += 2.0 + 1.0 / mean;
        third += 8.0 + 22.0 / mean + 1.0 / (mean * mean);
    }
    if counts == 0.0 {
        return Err(StatsError::TooFewUnits { group: 0, units: 0, needed: 1 });
    }
    let left = df / counts;
    let (variance, third) = (variance * left, third * left);
    // A gamma variable of this shape, less its mean, over its standard deviation.
    let shape = 4.0 * variance.powi(3) / (third * third);
    let standard = (pearson - df) / variance.sqrt();
    let gamma = shape + shape.sqrt() * standard;
    Ok(if gamma <= 0.0 { 1.0 } else { chi2_upper(2.0 * gamma, 2.0 * shape) })
}

#[cfg(test)]
mod tests {
    use super::super::random::{Draws, Purpose};
    use super::*;

    fn close(actual: f64, expected: f64, within: f64) {
        assert!((actual - expected).abs() <= within, "{actual} is not {expected}");
    }

    /// Where means are large it is the χ² test.
    #[test]
    fn of_large_counts_it_is_that_of_chi_squared() {
        for (pearson, df) in [(30.0, 20.0), (75.0, 58.0), (9.0, 20.0)] {
            close(overdispersion_p(pearson, df, [1e7; 60]).unwrap(), chi2_upper(pearson, df), 1e-5);
        }
    }

    /// Of small plain counts it rejects as often as it says, far out too, where χ² rejects several times as often.
    #[test]
    fn small_plain_counts_are_as_spread_as_it_says() {
        let means: Vec<f64> = (0..60).map(|i| [0.6, 1.2, 2.0, 4.0][i % 4]).collect();
        const RUNS: u64 = 20_000;
        let mut rejected = [[0_u32; 2]; 2];
        for run in 0..RUNS {
            let mut draws = Draws::new(run, Purpose::Dispersion, 5);
            let mut part = |mean: &f64| {
                let (mut count, mut product, limit) = (0.0, draws.unit(), (-mean).exp());
                while product > limit {
                    count += 1.0;
                    product *= draws.unit();
                }
                (count - mean).powi(2) / mean
            };
            let pearson: f64 = means.iter().map(&mut part).sum();
            let p = [overdispersion_p(pearson, 60.0, means.iter().copied()).unwrap(), chi2_upper(pearson, 60.0)];
            for (rejected, p) in rejected.iter_mut().zip(p) {
                for (rejected, alpha) in rejected.iter_mut().zip([0.05, 0.002]) {
                    *rejected += u32::from(p < alpha);
                }
            }
        }
        let [own, chi2] = rejected.map(|of| of.map(|n| f64::from(n) / RUNS as f64));
        assert!((0.045..0.055).contains(&own[0]) && (0.001..0.003).contains(&own[1]), "{own:?}");
        assert!(chi2[0] > 0.065 && chi2[1] > 0.006, "{chi2:?}");
    }

    #[test]
    fn what_cannot_be_judged_is_said() {
        assert_eq!(overdispersion_p(9.0, 0.0, [1.0]), Err(StatsError::Value(0.0)));
        assert!(matches!(overdispersion_p(9.0, 3.0, [0.0]), Err(StatsError::TooFewUnits { .. })));
        assert!(overdispersion_p(f64::NAN, 3.0, [1.0]).is_err());
        close(overdispersion_p(1e-9, 3.0, [0.2; 4]).unwrap(), 1.0, 1e-12);
    }
}
