//! Negative binomial regression (NB2, Var = μ + αμ²), on request, by maximum likelihood.
//!
//! With ℓ = Σ [Σ_{j<y} ln(1 + αj) + y ln μ − (y + 1/α) ln(1 + αμ) − ln y!] no gamma function of 1/α is needed and α → 0
//! is Poisson without loss of digits. For each α the coefficients are found by scoring; α is the zero of the profile
//! score, by bisection of ln α.

use super::dist::chi2_upper;
use super::error::StatsError;
use super::linear::Square;
use super::poisson_model::{Estimates, PoissonFit, Regression};
use statrs::function::gamma::ln_gamma;

/// The least α that is told from Poisson.
const LEAST: f64 = 1e-8;

/// A negative binomial fit.
#[derive(Debug, Clone, PartialEq)]
pub struct NegativeBinomial {
    /// Coefficients with standard errors from the expected information at α; t with n − p degrees of freedom.
    pub estimates: Estimates,
    /// α: Var = μ + αμ².
    pub alpha: f64,
    /// The log-likelihood.
    pub log_likelihood: f64,
    /// Likelihood ratio 2 (ℓ − ℓ_Poisson) against α = 0.
    pub ratio: f64,
    /// Its p by ½ χ²₁, for α = 0 is at the edge (Self & Liang 1987).
    pub ratio_p: f64,
}

/// What the data are.
#[derive(Debug, Clone, PartialEq)]
pub enum Dispersed {
    /// More spread than Poisson.
    Over(NegativeBinomial),
    /// No more than Poisson: α → 0 does not converge. Use quasi-Poisson and say so; here is the fit for it.
    No(PoissonFit),
}

impl Regression<'_> {
    /// Fits NB2.
    ///
    /// # Errors
    /// As for [`Regression::poisson`]; [`StatsError::Value`] for a count that is not whole or above 10⁷.
    pub fn negative_binomial(&self) -> Result<Dispersed, StatsError> {
        let poisson = self.poisson()?;
        if let Some(&y) = self.counts.iter().find(|y| y.fract() != 0.0 || **y > 1e7) {
            return Err(StatsError::Value(y));
        }
        let mut start = poisson.coefficients.clone();
        let mut profile = |alpha: f64| -> Result<(f64, Square), StatsError> {
            let (coefficients, bread) = self.scoring(start.clone(), |mu| mu / (1.0 + alpha * mu))?;
            start = coefficients;
            Ok((self.alpha_score(&start, alpha), bread))
        };
        if profile(LEAST)?.0 <= 0.0 {
            return Ok(Dispersed::No(poisson));
        }
        let (mut low, mut high) = (LEAST.ln(), 0.0);
        while profile(f64::exp(high))?.0 > 0.0 {
            low = high;
            high += 1.0;
            if high > 30.0 {
                return Err(StatsError::NotConverged(30));
            }
        }
        while high - low > 1e-13 * (1.0 + low.abs()) {
            let middle = (low + high) / 2.0;
            match profile(f64::exp(middle))?.0 > 0.0 {
                true if middle > low => low = middle,
                false if middle < high => high = middle,
                _ => break,
            }
        }
        let alpha = f64::exp((low + high) / 2.0);
        let (_, bread) = profile(alpha)?;
        let log_likelihood = self.nb_log_likelihood(&start, alpha);
        let ratio = (2.0 * (log_likelihood - poisson.log_likelihood)).max(0.0);
        let standard_errors = (0..self.columns).map(|i| bread.at(i, i).sqrt()).collect();
        Ok(Dispersed::Over(NegativeBinomial {
            estimates: Estimates { df: vec![poisson.df; start.len()], coefficients: start, standard_errors },
            alpha,
            log_likelihood,
            ratio,
            ratio_p: 0.5 * chi2_upper(ratio, 1.0),
        }))
    }

    /// dℓ/dα = Σ [Σ_{j<y} j/(1 + αj) + ln(1 + αμ)/α² − (y + 1/α) μ/(1 + αμ)].
    fn alpha_score(&self, coefficients: &[f64], alpha: f64) -> f64 {
        let term = |(&y, mu): (&f64, f64)| {
            let counted: f64 = (1..y as u64).map(|j| j as f64 / (1.0 + alpha * j as f64)).sum();
            counted + curved(alpha, mu) - y * mu / (1.0 + alpha * mu)
        };
        self.counts.iter().zip(self.means(coefficients)).map(term).sum()
    }

    fn nb_log_likelihood(&self, coefficients: &[f64], alpha: f64) -> f64 {
        let term = |(&y, mu): (&f64, f64)| {
            let counted: f64 = (1..y as u64).map(|j| (alpha * j as f64).ln_1p()).sum();
            counted + y * mu.ln() - (y + 1.0 / alpha) * (alpha * mu).ln_1p() - ln_gamma(y + 1.0)
        };
        self.counts.iter().zip(self.means(coefficients)).map(term).sum()
    }
}

/// ln(1 + αμ)/α² − μ/(α (1 + αμ)); by its series where αμ is small and the two would cancel.
fn curved(alpha: f64, mu: f64) -> f64 {
    let x = alpha * mu;
    if x > 1e-3 {
        return (x.ln_1p() - x / (1.0 + x)) / (alpha * alpha);
    }
    // ln(1 + x) − x/(1 + x) = Σ_{k≥2} (−1)^k (k − 1)/k x^k.
    mu * mu * (0.5 - x * (2.0 / 3.0 - x * (0.75 - x * (0.8 - x * 5.0 / 6.0))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::poisson_model::tests::{SPREAD, WORDS, two_outlets};

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-6, "{actual} is not {expected}");
    }

    /// Methods 4.1, the overdispersed data.
    #[test]
    fn the_fit_agrees_with_the_reference() {
        let design = two_outlets();
        let model = Regression { counts: &SPREAD, exposure: &WORDS, design: &design, columns: 2 };
        let Dispersed::Over(fit) = model.negative_binomial().unwrap() else { panic!("overdispersed") };
        close(fit.estimates.coefficients[0], -5.518789);
        close(fit.estimates.coefficients[1], 1.460329);
        close(fit.alpha, 0.604323);
        close(fit.log_likelihood, -35.921605);
        close(fit.estimates.coefficients[1].exp(), 4.307375);
        close(fit.ratio, 37.538060);
        assert!(fit.ratio_p < 1e-9 && fit.estimates.p(1).unwrap() > 0.005);
    }

    #[test]
    fn even_counts_fall_back_to_poisson() {
        let counts = [4.0, 5.0, 4.0, 5.0, 4.0, 5.0, 9.0, 8.0, 9.0, 8.0, 9.0, 8.0];
        let design = two_outlets();
        let model = Regression { counts: &counts, exposure: &[1000.0; 12], design: &design, columns: 2 };
        assert!(matches!(model.negative_binomial(), Ok(Dispersed::No(_))));
        let half = [0.5; 12];
        assert_eq!(Regression { counts: &half, ..model }.negative_binomial(), Err(StatsError::Value(0.5)));
    }

    #[test]
    fn the_series_meets_the_formula() {
        let (alpha, mu) = (1e-4, 9.99);
        let x: f64 = alpha * mu;
        let plain = (x.ln_1p() - x / (1.0 + x)) / (alpha * alpha);
        assert!((curved(alpha, mu) / plain - 1.0).abs() < 1e-9);
    }
}
