//! Whether rates depend on the articles' length (W08).
//!
//! Simulated (docs/calibration.md): the check rejects 3 to 6 %; by the slope's own standard error it would be 9 % where
//! counts are very uneven.

use super::dist::t_two_sided;
use super::error::StatsError;
use super::poisson_model::Regression;
use super::rates::Count;

/// Articles that the length check needs (W08).
pub const LENGTH_FROM: usize = 30;

/// Whether rates depend on the articles' length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LengthCheck {
    /// Slope of ln hits on ln words, 1 where rates do not depend on length.
    pub slope: f64,
    /// Two-sided p that it is 1.
    pub p: f64,
}

/// Slope of ln hits on ln words over articles, by Poisson regression without exposure, and whether it differs from 1
/// (W08). The test is the score test at slope 1 with each article's own residual for its variance: with
/// e = y − r n at the pooled rate r and x = ln n − Σ n ln n / Σ n, t = Σ ex / √(Σ e²x²), n − 2 degrees of freedom
/// (White 1982; Boos 1992). It divides by what it sums, so one article full of hits cannot make it large.
///
/// # Errors
/// [`StatsError::TooFewUnits`] below [`LENGTH_FROM`] articles with words; [`StatsError::Singular`] where all are of one
/// length; what [`Regression::poisson`] gives.
pub fn length_check(articles: &[Count]) -> Result<LengthCheck, StatsError> {
    let articles: Vec<Count> = articles.iter().copied().filter(|a| a.words > 0).collect();
    let n = articles.len();
    if n < LENGTH_FROM {
        return Err(StatsError::TooFewUnits { group: 0, units: n, needed: LENGTH_FROM });
    }
    let all: Count = articles.iter().copied().sum();
    let (hits, words) = (all.hits as f64, all.words as f64);
    let log = |a: &Count| (a.words as f64).ln();
    let centre = articles.iter().map(|a| a.words as f64 * log(a)).sum::<f64>() / words;
    let counts: Vec<f64> = articles.iter().map(|a| a.hits as f64).collect();
    let design: Vec<f64> = articles.iter().flat_map(|a| [1.0, log(a) - centre]).collect();
    let model = Regression { counts: &counts, exposure: &vec![1.0; n], design: &design, columns: 2 };
    let slope = model.poisson()?.coefficients[1];
    let parts = || articles.iter().map(|a| (a.hits as f64 - hits / words * a.words as f64) * (log(a) - centre));
    let squares: f64 = parts().map(|part| part * part).sum();
    // Where every count is its expectation, what is left is rounding.
    let p = if squares > 1e-20 * hits * hits {
        t_two_sided(parts().sum::<f64>() / squares.sqrt(), n as f64 - 2.0)
    } else {
        1.0
    };
    Ok(LengthCheck { slope, p })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_that_do_not_depend_on_length_have_slope_one() {
        let even: Vec<Count> = (1..=40).map(|i| Count { hits: 2 * i + i % 3, words: 200 * i }).collect();
        let check = length_check(&even).unwrap();
        assert!((check.slope - 1.0).abs() < 0.05 && check.p > 0.005, "{check:?}");
        let constant: Vec<Count> = (1..=40).map(|i| Count { hits: 5 + i % 2, words: 200 * i }).collect();
        let check = length_check(&constant).unwrap();
        assert!(check.slope.abs() < 0.1 && check.p < 0.01, "{check:?}");
        let exact: Vec<Count> = (1..=40).map(|i| Count { hits: 2 * i, words: 200 * i }).collect();
        assert_eq!(length_check(&exact).unwrap().p, 1.0);
        assert!(matches!(length_check(&even[..29]), Err(StatsError::TooFewUnits { needed: 30, .. })));
        let same = [Count { hits: 3, words: 500 }; 40];
        assert_eq!(length_check(&same), Err(StatsError::Singular));
    }
}
