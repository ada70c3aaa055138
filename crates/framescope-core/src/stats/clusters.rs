//! Standard errors that allow articles of one event to move together: cluster-robust, for Poisson and NB2 (methods 4.1).
//!
//! With the score of a cluster s = Σ x (y − μ)/(1 + αμ), its information I = Σ x xᵀ μ/(1 + αμ) and M = (Σ I)⁻¹, the
//! variance of β is M (Σ s̃ s̃ᵀ) M (Liang & Zeger 1986). CR0 takes s̃ = s, which is too small: a fit follows its own data.
//! CR1 enlarges all clusters alike. CR2 (Bell & McCaffrey 2002) enlarges each by its own leverage, so that the variance
//! has no bias where the model's own variance holds, and gives t the degrees of freedom by Satterthwaite that the
//! spread of the clusters' leverages leaves (Pustejovsky & Tipton 2018; for generalised linear models with working
//! weights and residuals, as their R package clubSandwich does). The information is the expected one; for NB2 statsmodels
//! takes the observed one.
//!
//! Nothing here needs a matrix larger than the columns of the model. With M = L Lᵀ and S = Lᵀ I L of a cluster, whose
//! eigenvalues are the leverages of its directions, R = (1 − S)^(−½) and s̃ = L⁻ᵀ R Lᵀ s; a direction in which the cluster
//! decides alone (leverage 1) has no residual and is left out of it.

use super::error::{StatsError, nonnegative, same_length};
use super::linear::{Square, dot};
use super::poisson_model::{Estimates, Regression};

/// What is left of a direction, 1 − leverage, below which a cluster decides there alone.
const ALONE: f64 = 1e-10;

/// How a cluster-robust variance is corrected for few clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClusterCorrection {
    /// None (CR0), t with G − 1 degrees of freedom.
    None,
    /// G/(G − 1) · (n − 1)/(n − p) (CR1, the default of statsmodels and Stata), t with G − 1 degrees of freedom. With
    /// few clusters it rejects too often (docs/calibration.md).
    Cr1,
    /// Bell and McCaffrey's (CR2), t with Satterthwaite's degrees of freedom: for fewer than 30 clusters.
    Cr2,
}

/// What one cluster adds.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Σ x (y − μ)/(1 + αμ).
    pub score: Vec<f64>,
    /// Σ x xᵀ μ/(1 + αμ).
    pub information: Square,
}

/// A regression at some coefficients, cluster by cluster.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    pub parts: Vec<Part>,
    /// The inverse of the information of all.
    pub bread: Square,
}

impl Regression<'_> {
    /// Cuts the regression into its clusters, in the order of their numbers. `alpha` is that of NB2, 0 for Poisson.
    pub(super) fn parts(&self, coefficients: &[f64], alpha: f64, clusters: &[u32]) -> Result<Parts, StatsError> {
        self.check()?;
        same_length(self.columns, coefficients.len())?;
        same_length(self.counts.len(), clusters.len())?;
        nonnegative(&[alpha])?;
        let means = self.means(coefficients);
        let mut order: Vec<usize> = (0..clusters.len()).collect();
        order.sort_by_key(|&i| clusters[i]);
        let mut all = Square::zero(self.columns);
        let mut parts = Vec::new();
        for cluster in order.chunk_by(|&a, &b| clusters[a] == clusters[b]) {
            let mut part = Part { score: vec![0.0; self.columns], information: Square::zero(self.columns) };
            for &i in cluster {
                let row = &self.design[i * self.columns..(i + 1) * self.columns];
                let spread = 1.0 + alpha * means[i];
                for (s, x) in part.score.iter_mut().zip(row) {
                    *s += x * (self.counts[i] - means[i]) / spread;
                }
                part.information.add_outer(row, means[i] / spread);
            }
            all.cells.iter_mut().zip(&part.information.cells).for_each(|(sum, cell)| *sum += cell);
            parts.push(part);
        }
        if parts.len() <= self.columns {
            return Err(StatsError::TooFewUnits { group: 0, units: parts.len(), needed: self.columns + 1 });
        }
        Ok(Parts { parts, bread: all.inverse()? })
    }

    /// Cluster-robust standard errors of the coefficients of a fit of this regression: `alpha` is that of NB2, taken as
    /// known, and 0 for Poisson; `clusters` names the event of each row. Of two outlets the outlet itself can be no
    /// cluster.
    ///
    /// # Errors
    /// [`StatsError::TooFewUnits`] where there are no more clusters than columns; [`StatsError::NoVariation`] where a
    /// column has no spread between clusters, as that of a group in one cluster; [`StatsError::Singular`],
    /// [`StatsError::Value`], [`StatsError::Shape`].
    pub fn clustered(
        &self,
        coefficients: &[f64],
        alpha: f64,
        clusters: &[u32],
        correction: ClusterCorrection,
    ) -> Result<Estimates, StatsError> {
        let Parts { parts, bread } = self.parts(coefficients, alpha, clusters)?;
        let [g, n, p] = [parts.len(), self.counts.len(), self.columns].map(|n| n as f64);
        let (variance, df) = match correction {
            ClusterCorrection::Cr2 => bias_reduced(&parts, &bread)?,
            ClusterCorrection::None | ClusterCorrection::Cr1 => {
                let mut middle = Square::zero(self.columns);
                parts.iter().for_each(|part| middle.add_outer(&part.score, 1.0));
                let factor = match correction {
                    ClusterCorrection::Cr1 => g / (g - 1.0) * (n - 1.0) / (n - p),
                    _ => 1.0,
                };
                let mut variance = bread.around(&middle);
                variance.cells.iter_mut().for_each(|cell| *cell *= factor);
                (variance, vec![g - 1.0; self.columns])
            }
        };
        // A group of one cluster leaves no residual of its own: what is left is rounding, of either sign.
        let is_seen = |i: usize| variance.at(i, i) > 1e-20 * bread.at(i, i) && df[i].is_finite() && df[i] > 0.0;
        if !(0..self.columns).all(is_seen) {
            return Err(StatsError::NoVariation);
        }
        let standard_errors = (0..self.columns).map(|i| variance.at(i, i).sqrt()).collect();
        Ok(Estimates { coefficients: coefficients.to_vec(), standard_errors, df })
    }
}

/// CR2's variance, and for each coefficient (Σ B_jj)² / Σ B_jk², where B_jk = δ_jk d_j − h_j · h_k is the covariance of
/// what clusters j and k add, under the model's own variance: d = wᵀ S w, h = S w, w = R Lᵀ e.
fn bias_reduced(parts: &[Part], bread: &Square) -> Result<(Square, Vec<f64>), StatsError> {
    let columns = bread.size;
    let factor = bread.factor()?;
    let turned = factor.transposed();
    let enlarged: Vec<(Square, Square)> = parts
        .iter()
        .map(|part| {
            let leverage = turned.product(&part.information).product(&factor);
            let left = leverage.mapped(|l| if 1.0 - l > ALONE { 1.0 / (1.0 - l).sqrt() } else { 0.0 });
            (leverage, left)
        })
        .collect();
    let mut variance = Square::zero(columns);
    for (part, (_, left)) in parts.iter().zip(&enlarged) {
        let moves = factor.times(&left.times(&turned.times(&part.score)));
        variance.add_outer(&moves, 1.0);
    }
    let degrees = |coefficient: usize| {
        let contrast: Vec<f64> = (0..columns).map(|k| turned.at(k, coefficient)).collect();
        let (mut trace, mut squares) = (0.0, 0.0);
        let mut shared = Square::zero(columns);
        for (leverage, left) in &enlarged {
            let w = left.times(&contrast);
            let h = leverage.times(&w);
            let (d, own) = (dot(&w, &h), dot(&h, &h));
            trace += d - own;
            squares += d * (d - 2.0 * own);
            shared.add_outer(&h, 1.0);
        }
        trace * trace / (squares + dot(&shared.cells, &shared.cells))
    };
    Ok((variance, (0..columns).map(degrees).collect()))
}

#[cfg(test)]
mod tests {
    use super::super::poisson_model::tests::{PLAIN, SPREAD, WORDS, two_outlets};
    use super::*;
    use crate::stats::Dispersed;

    #[track_caller]
    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-8, "{actual} is not {expected}");
    }

    fn events() -> Vec<u32> {
        (1..=6).chain(1..=6).collect()
    }

    /// Methods 4.1, the test data with events 1 to 6 twice.
    #[test]
    fn clusters_agree_with_the_reference() {
        let design = two_outlets();
        let model = Regression { counts: &PLAIN, exposure: &WORDS, design: &design, columns: 2 };
        let fit = model.poisson().unwrap();
        let found = |correction| model.clustered(&fit.coefficients, 0.0, &events(), correction).unwrap();
        let cr0 = found(ClusterCorrection::None);
        close(cr0.standard_errors[0], 0.34678103);
        close(cr0.standard_errors[1], 0.34840957);
        let cr1 = found(ClusterCorrection::Cr1);
        close(cr1.standard_errors[0], 0.39842107);
        close(cr1.standard_errors[1], 0.40029212);
        assert_eq!(cr1.df, [5.0, 5.0]);
    }

    /// Where each cluster is one group's articles alone, in groups of one length, the difference is Welch's: each side's
    /// variance has G_side − 1 degrees of freedom.
    #[test]
    fn degrees_of_freedom_are_welchs_where_clusters_are_of_one_side() {
        let counts = [3.0, 5.0, 2.0, 6.0, 9.0, 4.0, 8.0, 7.0, 6.0];
        let design: Vec<f64> = (0..9).flat_map(|i| [1.0, f64::from(u8::from(i >= 4))]).collect();
        let model = Regression { counts: &counts, exposure: &[1000.0; 9], design: &design, columns: 2 };
        let fit = model.poisson().unwrap();
        let apart: Vec<u32> = (0..9).collect();
        let found = model.clustered(&fit.coefficients, 0.0, &apart, ClusterCorrection::Cr2).unwrap();
        let of = |side: &[f64]| {
            let (n, sum) = (side.len() as f64, side.iter().sum::<f64>());
            // Under the model's own variance that of ln rate is 1/sum; Bell and McCaffrey's is unbiased for it.
            let spread: f64 = side.iter().map(|y| (y - sum / n).powi(2)).sum();
            (spread / (1.0 - 1.0 / n) / (sum * sum), 1.0 / sum, n - 1.0)
        };
        let ((v0, e0, f0), (v1, e1, f1)) = (of(&counts[..4]), of(&counts[4..]));
        close(found.standard_errors[1], (v0 + v1).sqrt());
        close(found.df[1], (e0 + e1).powi(2) / (e0 * e0 / f0 + e1 * e1 / f1));
        close(found.df[0], f0);
    }

    /// A cluster that holds a whole group has its say on the difference alone, and no residual to judge it by.
    #[test]
    fn what_has_no_spread_between_clusters_is_said() {
        let design = two_outlets();
        let model = Regression { counts: &PLAIN, exposure: &WORDS, design: &design, columns: 2 };
        let fit = model.poisson().unwrap();
        let sides: Vec<u32> = (0..12).map(|i| i / 6).collect();
        let lone: Vec<u32> = (0..12).map(|i| if i < 6 { i } else { 9 }).collect();
        for correction in [ClusterCorrection::None, ClusterCorrection::Cr1, ClusterCorrection::Cr2] {
            let found = |clusters: &[u32]| model.clustered(&fit.coefficients, 0.0, clusters, correction);
            assert_eq!(found(&sides), Err(StatsError::TooFewUnits { group: 0, units: 2, needed: 3 }));
            // The difference then has the spread of the other group alone.
            let errors = found(&lone).unwrap().standard_errors;
            assert!((errors[0] - errors[1]).abs() < 1e-9 && errors[0] > 0.0, "{errors:?}");
            // Where it is the group of the intercept, that one has none.
            let first: Vec<u32> = (0..12).map(|i| if i < 6 { 0 } else { i }).collect();
            assert_eq!(found(&first), Err(StatsError::NoVariation));
            assert!(matches!(
                model.clustered(&fit.coefficients, 0.0, &[1, 2], correction),
                Err(StatsError::Shape { .. })
            ));
        }
    }

    /// α 0 is Poisson, and a spread that is modelled makes long articles count less.
    #[test]
    fn negative_binomial_weights_are_its_own() {
        let design = two_outlets();
        let model = Regression { counts: &SPREAD, exposure: &WORDS, design: &design, columns: 2 };
        let Dispersed::Over(fit) = model.negative_binomial().unwrap() else { panic!("overdispersed") };
        let clusters = events();
        let found = model.clustered(&fit.estimates.coefficients, fit.alpha, &clusters, ClusterCorrection::Cr2).unwrap();
        let poisson = model.clustered(&fit.estimates.coefficients, 0.0, &clusters, ClusterCorrection::Cr2).unwrap();
        assert!((found.standard_errors[1] - poisson.standard_errors[1]).abs() > 0.01, "{found:?} {poisson:?}");
        let refused = model.clustered(&fit.estimates.coefficients, -0.5, &clusters, ClusterCorrection::Cr2);
        assert_eq!(refused, Err(StatsError::Value(-0.5)));
    }
}
