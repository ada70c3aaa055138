//! Association of frame and actor: do they stand in the same sentences more often than the make-up of each
//! article gives? Mantel–Haenszel over tables within article and sentence-length class.

use super::dist::{chi2_upper, normal_quantile};
use super::error::{StatsError, coverage};
use super::intervals::Interval;

/// Sentences of one stratum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Table {
    /// With the actor and the frame.
    pub both: u64,
    /// With the actor only.
    pub actor: u64,
    /// With the frame only.
    pub frame: u64,
    /// With neither.
    pub neither: u64,
}

impl Table {
    fn cells(self) -> [f64; 5] {
        let [a, b, c, d] = [self.both, self.actor, self.frame, self.neither].map(|n| n as f64);
        [a, b, c, d, a + b + c + d]
    }

    /// What the stratum adds to both sums of the pooled odds ratio, (ad/n, bc/n). Their sums over the strata of
    /// an article are what the article bootstrap resamples ([`super::Bootstrap`]): the odds ratio is a ratio of sums.
    pub fn odds_parts(self) -> (f64, f64) {
        let [a, b, c, d, n] = self.cells();
        if n > 0.0 { (a * d / n, b * c / n) } else { (0.0, 0.0) }
    }
}

/// A pooled association.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Association {
    /// The common odds ratio Σ(ad/n) / Σ(bc/n) (Mantel & Haenszel 1959).
    pub odds_ratio: f64,
    /// Standard error of its logarithm (Robins, Breslow & Greenland 1986). Sentences of an article are not
    /// independent: for articles of an outlet the article bootstrap is the interval to print.
    pub log_standard_error: f64,
    /// The Cochran–Mantel–Haenszel χ², one degree of freedom, no continuity correction.
    pub chi2: f64,
}

impl Association {
    /// Within-text interval of the odds ratio.
    ///
    /// # Errors
    /// [`StatsError::Level`].
    pub fn interval(&self, level: f64) -> Result<Interval, StatsError> {
        let half = normal_quantile(0.5 + coverage(level)? / 2.0) * self.log_standard_error;
        Ok(Interval { low: self.odds_ratio * (-half).exp(), high: self.odds_ratio * half.exp() })
    }

    /// p of [`Self::chi2`], within-text.
    pub fn p(&self) -> f64 {
        chi2_upper(self.chi2, 1.0)
    }
}

/// The pooled odds ratio. Strata in which all sentences have the actor, or none (likewise the frame), say
/// nothing and change nothing.
///
/// # Errors
/// [`StatsError::NoVariation`] where no stratum says anything; [`StatsError::NoHits`] where the odds ratio is
/// infinite (group 1: bc is 0 everywhere) or has no logarithm (group 0: ad is 0 everywhere).
pub fn mantel_haenszel(strata: &[Table]) -> Result<Association, StatsError> {
    let (mut r, mut s) = (0.0, 0.0);
    let (mut pr, mut ps_qr, mut qs) = (0.0, 0.0, 0.0);
    let (mut excess, mut variance) = (0.0, 0.0);
    for table in strata {
        let [a, b, c, d, n] = table.cells();
        if n == 0.0 {
            continue;
        }
        let (ad, bc) = table.odds_parts();
        let (p, q) = ((a + d) / n, (b + c) / n);
        r += ad;
        s += bc;
        pr += p * ad;
        ps_qr += p * bc + q * ad;
        qs += q * bc;
        excess += a - (a + b) * (a + c) / n;
        if n > 1.0 {
            variance += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1.0));
        }
    }
    if variance == 0.0 {
        return Err(StatsError::NoVariation);
    }
    if r == 0.0 || s == 0.0 {
        return Err(StatsError::NoHits { group: usize::from(s == 0.0) });
    }
    let log_variance = pr / (2.0 * r * r) + ps_qr / (2.0 * r * s) + qs / (2.0 * s * s);
    Ok(Association { odds_ratio: r / s, log_standard_error: log_variance.sqrt(), chi2: excess * excess / variance })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(both: u64, actor: u64, frame: u64, neither: u64) -> Table {
        Table { both, actor, frame, neither }
    }

    /// One stratum: the plain odds ratio with Woolf's standard error.
    #[test]
    fn one_stratum_is_a_plain_table() {
        let found = mantel_haenszel(&[table(12, 5, 9, 40)]).unwrap();
        assert!((found.odds_ratio - 12.0 * 40.0 / 45.0).abs() < 1e-12);
        let woolf = (1.0 / 12.0 + 1.0 / 5.0 + 1.0 / 9.0 + 1.0 / 40.0_f64).sqrt();
        assert!((found.log_standard_error - woolf).abs() < 1e-12);
        let interval = found.interval(0.95).unwrap();
        assert!((interval.low - found.odds_ratio * (-1.959_963_984_540_054 * woolf).exp()).abs() < 1e-9);
    }

    /// Two articles, no association in either, and one when they are thrown together.
    #[test]
    fn strata_undo_simpson() {
        let apart = [table(81, 9, 9, 1), table(1, 9, 9, 81)];
        let found = mantel_haenszel(&apart).unwrap();
        assert!((found.odds_ratio - 1.0).abs() < 1e-12 && found.chi2 < 1e-12 && found.p() > 0.999);
        assert!(mantel_haenszel(&[table(82, 18, 18, 82)]).unwrap().odds_ratio > 20.0);
    }

    #[test]
    fn strata_that_say_nothing_change_nothing() {
        let told = [table(3, 4, 2, 9), table(1, 2, 2, 5)];
        let more = [told[0], table(0, 0, 4, 7), told[1], table(5, 3, 0, 0), Table::default()];
        assert_eq!(mantel_haenszel(&told), mantel_haenszel(&more));
        assert_eq!(mantel_haenszel(&more[3..]), Err(StatsError::NoVariation));
        assert_eq!(mantel_haenszel(&[table(3, 0, 2, 9)]), Err(StatsError::NoHits { group: 1 }));
        assert_eq!(mantel_haenszel(&[table(0, 3, 2, 9)]), Err(StatsError::NoHits { group: 0 }));
    }
}
