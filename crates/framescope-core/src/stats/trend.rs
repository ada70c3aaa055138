//! Rates over time: periods with exposure, a linear trend with its interval from blocks, and the length check.
//!
//! Weeks that follow each other share events, so they are not independent; blocks of several weeks (4, by
//! default of the caller) nearly are. The trend's spread is that of leaving out one block at a time.

use super::dist::{t_quantile, t_two_sided};
use super::error::{StatsError, coverage, same_length};
use super::intervals::Interval;
use super::poisson_model::Regression;
use super::rates::Count;

/// Articles below which a period is marked as too thin.
pub const ARTICLES_A_PERIOD: usize = 5;
/// Blocks that a trend needs.
pub const BLOCKS: usize = 6;
/// Articles that the length check needs (W08).
pub const LENGTH_FROM: usize = 30;

/// A slope with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// The slope: of ln rate per period, or of ln hits per ln words.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Degrees of freedom of t.
    pub df: f64,
}

impl Slope {
    /// The interval of the slope.
    ///
    /// # Errors
    /// [`StatsError::Level`].
    pub fn interval(&self, level: f64) -> Result<Interval, StatsError> {
        let half = t_quantile(coverage(level)?, self.df) * self.standard_error;
        Ok(Interval { low: self.estimate - half, high: self.estimate + half })
    }

    /// Two-sided p that the slope is `value`.
    pub fn p_against(&self, value: f64) -> f64 {
        t_two_sided((self.estimate - value) / self.standard_error, self.df)
    }
}

/// The log-linear trend ln r = β₀ + β₁ · period, of pooled counts by period, fitted by Poisson; its variance is the
/// delete-one-block jackknife (B − 1)/B Σ (β₍ᵦ₎ − β̄)² over blocks of `block` periods that follow each other (Künsch
/// 1989; Busing, Meijer & van der Leeden 1999), t with B − 2 degrees of freedom. `periods[i]` is the number of
/// period i (weeks from any origin; gaps allowed); periods without words are left out.
///
/// # Errors
/// [`StatsError::TooFewUnits`] below [`BLOCKS`] blocks with words, [`StatsError::Value`] for a block of 0 periods; what
/// [`Regression::poisson`] gives, as where all hits lie in one block.
pub fn trend(periods: &[i64], counts: &[Count], block: u32) -> Result<Slope, StatsError> {
    same_length(periods.len(), counts.len())?;
    if block == 0 {
        return Err(StatsError::Value(0.0));
    }
    let mut rows: Vec<(i64, Count)> =
        periods.iter().copied().zip(counts.iter().copied()).filter(|(_, c)| c.words > 0).collect();
    rows.sort_by_key(|(period, _)| *period);
    let first = rows.first().map_or(0, |(period, _)| *period);
    let number = |period: i64| (period - first) / i64::from(block);
    let mut blocks: Vec<i64> = rows.iter().map(|(period, _)| number(*period)).collect();
    blocks.dedup();
    if blocks.len() < BLOCKS {
        return Err(StatsError::TooFewUnits { group: 0, units: blocks.len(), needed: BLOCKS });
    }
    let slope = |left_out: Option<i64>| {
        let kept = || rows.iter().filter(|(period, _)| Some(number(*period)) != left_out);
        let counts: Vec<f64> = kept().map(|(_, c)| c.hits as f64).collect();
        let exposure: Vec<f64> = kept().map(|(_, c)| c.words as f64).collect();
        let design: Vec<f64> = kept().flat_map(|(period, _)| [1.0, (period - first) as f64]).collect();
        let model = Regression { counts: &counts, exposure: &exposure, design: &design, columns: 2 };
        Ok(model.poisson()?.coefficients[1])
    };
    let estimate = slope(None)?;
    let without = blocks.iter().map(|&b| slope(Some(b))).collect::<Result<Vec<f64>, StatsError>>()?;
    let n = without.len() as f64;
    let mean = without.iter().sum::<f64>() / n;
    let variance = (n - 1.0) / n * without.iter().map(|b| (b - mean).powi(2)).sum::<f64>();
    if variance <= 0.0 {
        return Err(StatsError::NoVariation);
    }
    Ok(Slope { estimate, standard_error: variance.sqrt(), df: n - 2.0 })
}

/// Slope of ln hits on ln words over articles, by Poisson regression without exposure; 1 where the rate does not depend
/// on length (W08 asks whether it differs from 1). The standard error is the HC3 sandwich, t with n − 2: the
/// counts are more spread than Poisson, and unequally.
///
/// # Errors
/// [`StatsError::TooFewUnits`] below [`LENGTH_FROM`] articles with words; [`StatsError::Singular`] where all are of one
/// length; what [`Regression::poisson`] gives.
pub fn length_slope(articles: &[Count]) -> Result<Slope, StatsError> {
    let articles: Vec<Count> = articles.iter().copied().filter(|a| a.words > 0).collect();
    let n = articles.len();
    if n < LENGTH_FROM {
        return Err(StatsError::TooFewUnits { group: 0, units: n, needed: LENGTH_FROM });
    }
    let counts: Vec<f64> = articles.iter().map(|a| a.hits as f64).collect();
    let logs: Vec<f64> = articles.iter().map(|a| (a.words as f64).ln()).collect();
    let centre = logs.iter().sum::<f64>() / n as f64;
    let design: Vec<f64> = logs.iter().flat_map(|x| [1.0, x - centre]).collect();
    let model = Regression { counts: &counts, exposure: &vec![1.0; n], design: &design, columns: 2 };
    let fit = model.poisson()?;
    let bread = |i: usize, j: usize| fit.bread.at(i, j);
    let mut variance = 0.0;
    for ((&y, &mu), row) in counts.iter().zip(&fit.means).zip(design.chunks_exact(2)) {
        let x = row[1];
        let leverage = mu * (bread(0, 0) + 2.0 * x * bread(0, 1) + x * x * bread(1, 1));
        // An article that alone decides the slope would have leverage 1.
        let residual = (y - mu) / (1.0 - leverage).max(1e-6);
        variance += ((bread(1, 0) + bread(1, 1) * x) * residual).powi(2);
    }
    if variance <= 0.0 {
        return Err(StatsError::NoVariation);
    }
    Ok(Slope { estimate: fit.coefficients[1], standard_error: variance.sqrt(), df: n as f64 - 2.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::random::{Draws, Purpose};

    fn rising(noise: u64) -> Vec<Count> {
        let mut draws = Draws::new(noise, Purpose::Dispersion, 3);
        let hits = |week: u64| 20 + 2 * week + if noise > 0 { u64::from(draws.below(30)) } else { 0 };
        (0..40).map(hits).map(|hits| Count { hits, words: 10_000 }).collect()
    }

    #[test]
    fn a_rise_is_found_with_an_interval_that_holds_it() {
        let weeks: Vec<i64> = (0..40).collect();
        let slope = trend(&weeks, &rising(2), 4).unwrap();
        let interval = slope.interval(0.95).unwrap();
        assert!(interval.low > 0.0 && interval.high < 0.06 && slope.df == 8.0, "{slope:?}");
        assert!(slope.p_against(0.0) < 0.01);
        // The origin does not matter, nor does a week without articles, nor the order.
        let mut later: Vec<i64> = weeks.iter().map(|w| w + 2800).collect();
        let mut counts = rising(2);
        later.push(2811);
        counts.push(Count::default());
        later.reverse();
        counts.reverse();
        let again = trend(&later, &counts, 4).unwrap();
        assert!((again.estimate - slope.estimate).abs() < 1e-9);
        assert!((again.standard_error - slope.standard_error).abs() < 1e-9);
    }

    #[test]
    fn too_few_blocks_are_said() {
        let weeks: Vec<i64> = (0..20).collect();
        let few = trend(&weeks, &rising(0)[..20], 4);
        assert_eq!(few, Err(StatsError::TooFewUnits { group: 0, units: 5, needed: BLOCKS }));
        assert_eq!(trend(&weeks, &rising(0)[..20], 0), Err(StatsError::Value(0.0)));
        let empty = [Count { hits: 0, words: 100 }; 40];
        assert_eq!(trend(&(0..40).collect::<Vec<_>>(), &empty, 4), Err(StatsError::NoHits { group: 0 }));
    }

    #[test]
    fn rates_that_do_not_depend_on_length_have_slope_one() {
        let even: Vec<Count> = (1..=40).map(|i| Count { hits: 2 * i + i % 3, words: 200 * i }).collect();
        let slope = length_slope(&even).unwrap();
        assert!((slope.estimate - 1.0).abs() < 0.05, "{slope:?}");
        let constant: Vec<Count> = (1..=40).map(|i| Count { hits: 5 + i % 2, words: 200 * i }).collect();
        let slope = length_slope(&constant).unwrap();
        assert!(slope.estimate.abs() < 0.1 && slope.p_against(1.0) < 1e-6);
        assert!(matches!(length_slope(&even[..29]), Err(StatsError::TooFewUnits { needed: 30, .. })));
        let same = [Count { hits: 3, words: 500 }; 40];
        assert_eq!(length_slope(&same), Err(StatsError::Singular));
    }
}
