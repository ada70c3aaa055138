//! Rates over time: periods with exposure, a linear trend with its interval from blocks, and the length check.
//!
//! Weeks that follow each other share events, so they are not independent; blocks of several weeks nearly are.
//! The trend's spread is that of leaving out one block at a time.
//!
//! Simulated (docs/calibration.md): a flat trend is rejected in 4 to 8 % at nominal 5 % where a week keeps half
//! of the mood of the week before, in 10 % with blocks of 4 weeks in two years. The length check rejects 3 to 6 %;
//! by the slope's own standard error it would be 9 % where counts are very uneven.

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
    /// The slope of the ln rate per period.
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

/// How many periods a block has unless the user says: 4 (of weeks), and more where that gives more than 12 blocks,
/// since events that outlast a block tie it to the next.
pub fn block_length(periods: usize) -> u32 {
    periods.div_ceil(12).max(4) as u32
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
    let rows = rows_of(periods, counts, block)?;
    let first = rows.first().map_or(0, |row| row.0);
    let blocks = blocks_of([&rows], first, block);
    enough_blocks(0, blocks.len())?;
    let slope = |left_out| slope_without(&rows, first, block, left_out);
    jackknifed(slope(None)?, &blocks, slope)
}

/// How much steeper the trend of the second group is than that of the first: the difference of their log-linear
/// slopes, the coefficient of group × period in one model of both. A block is left out of both at once, since one
/// week's events move both; t with B - 2 degrees of freedom. `counts` are those of each group in `periods`.
///
/// # Errors
/// As for [`trend`], of either group.
pub fn trend_difference(periods: &[i64], counts: [&[Count]; 2], block: u32) -> Result<Slope, StatsError> {
    let [one, other] = counts;
    let rows = [rows_of(periods, one, block)?, rows_of(periods, other, block)?];
    let first = rows.iter().flatten().map(|row| row.0).min().unwrap_or(0);
    for (group, rows) in rows.iter().enumerate() {
        enough_blocks(group, blocks_of([rows], first, block).len())?;
    }
    let blocks = blocks_of([&rows[0], &rows[1]], first, block);
    let difference = |left_out| {
        let slope = |rows: &Rows| slope_without(rows, first, block, left_out);
        Ok(slope(&rows[1])? - slope(&rows[0])?)
    };
    jackknifed(difference(None)?, &blocks, difference)
}

/// Periods with words, and what was counted in them.
type Rows = Vec<(i64, Count)>;

fn rows_of(periods: &[i64], counts: &[Count], block: u32) -> Result<Rows, StatsError> {
    same_length(periods.len(), counts.len())?;
    if block == 0 {
        return Err(StatsError::Value(0.0));
    }
    let mut rows: Rows = periods.iter().copied().zip(counts.iter().copied()).filter(|(_, c)| c.words > 0).collect();
    rows.sort_by_key(|(period, _)| *period);
    Ok(rows)
}

fn enough_blocks(group: usize, units: usize) -> Result<(), StatsError> {
    if units < BLOCKS { Err(StatsError::TooFewUnits { group, units, needed: BLOCKS }) } else { Ok(()) }
}

fn block_of(period: i64, first: i64, block: u32) -> i64 {
    (period - first).div_euclid(i64::from(block))
}

/// The blocks that hold a period with words, ascending.
fn blocks_of<const N: usize>(rows: [&Rows; N], first: i64, block: u32) -> Vec<i64> {
    let all = rows.into_iter().flatten().map(|(period, _)| block_of(*period, first, block));
    let blocks: std::collections::BTreeSet<i64> = all.collect();
    blocks.into_iter().collect()
}

fn slope_without(rows: &Rows, first: i64, block: u32, left_out: Option<i64>) -> Result<f64, StatsError> {
    let kept = || rows.iter().filter(|(period, _)| Some(block_of(*period, first, block)) != left_out);
    let counts: Vec<f64> = kept().map(|(_, c)| c.hits as f64).collect();
    let exposure: Vec<f64> = kept().map(|(_, c)| c.words as f64).collect();
    let design: Vec<f64> = kept().flat_map(|(period, _)| [1.0, (period - first) as f64]).collect();
    let model = Regression { counts: &counts, exposure: &exposure, design: &design, columns: 2 };
    Ok(model.poisson()?.coefficients[1])
}

/// An estimate with the spread of leaving out each block in turn.
fn jackknifed(
    estimate: f64,
    blocks: &[i64],
    without: impl Fn(Option<i64>) -> Result<f64, StatsError>,
) -> Result<Slope, StatsError> {
    let without = blocks.iter().map(|&b| without(Some(b))).collect::<Result<Vec<f64>, StatsError>>()?;
    let n = without.len() as f64;
    let mean = without.iter().sum::<f64>() / n;
    let variance = (n - 1.0) / n * without.iter().map(|b| (b - mean).powi(2)).sum::<f64>();
    if variance <= 0.0 {
        return Err(StatsError::NoVariation);
    }
    Ok(Slope { estimate, standard_error: variance.sqrt(), df: n - 2.0 })
}

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

    /// The jackknife, written out: slopes without each block of 4 weeks.
    #[test]
    fn the_standard_error_by_hand() {
        let (weeks, counts): (Vec<i64>, Vec<Count>) = ((0..24).collect(), rising(5)[..24].to_vec());
        let found = trend(&weeks, &counts, 4).unwrap();
        let without: Vec<f64> = (0..6)
            .map(|block| {
                let kept = || (0..24).filter(|i| i / 4 != block);
                let hits: Vec<f64> = kept().map(|i| counts[i].hits as f64).collect();
                let design: Vec<f64> = kept().flat_map(|i| [1.0, i as f64]).collect();
                let model = Regression { counts: &hits, exposure: &[10_000.0; 20], design: &design, columns: 2 };
                model.poisson().unwrap().coefficients[1]
            })
            .collect();
        let mean = without.iter().sum::<f64>() / 6.0;
        let variance = 5.0 / 6.0 * without.iter().map(|b| (b - mean).powi(2)).sum::<f64>();
        assert!((found.standard_error - variance.sqrt()).abs() < 1e-9);
        assert_eq!(found.df, 4.0);
    }

    /// The interaction in one model of both groups, with and without each block.
    #[test]
    fn a_difference_of_trends_is_the_interaction() {
        let weeks: Vec<i64> = (0..24).collect();
        let (one, other) = (rising(5)[..24].to_vec(), rising(9)[8..32].to_vec());
        let found = trend_difference(&weeks, [&one, &other], 4).unwrap();
        let interaction = |left_out: Option<i64>| {
            let kept = || weeks.iter().filter(|w| Some(**w / 4) != left_out);
            let hits: Vec<f64> =
                [&one, &other].iter().flat_map(|g| kept().map(|w| g[*w as usize].hits as f64)).collect();
            let rows = [0.0, 1.0].into_iter().flat_map(|g| kept().map(move |w| [1.0, g, *w as f64, g * *w as f64]));
            let design: Vec<f64> = rows.flatten().collect();
            let exposure = vec![10_000.0; hits.len()];
            let model = Regression { counts: &hits, exposure: &exposure, design: &design, columns: 4 };
            model.poisson().unwrap().coefficients[3]
        };
        let without: Vec<f64> = (0..6).map(|block| interaction(Some(block))).collect();
        let mean = without.iter().sum::<f64>() / 6.0;
        let variance = 5.0 / 6.0 * without.iter().map(|b| (b - mean).powi(2)).sum::<f64>();
        assert!((found.estimate - interaction(None)).abs() < 1e-8, "{found:?}");
        assert!((found.standard_error - variance.sqrt()).abs() < 1e-8, "{found:?}");
        assert_eq!(found.df, 4.0);
        // The other way round it has the other sign.
        let back = trend_difference(&weeks, [&other, &one], 4).unwrap();
        assert!((back.estimate + found.estimate).abs() < 1e-12);
        let few = trend_difference(&weeks[..20], [&one[..20], &other[..20]], 4);
        assert_eq!(few, Err(StatsError::TooFewUnits { group: 0, units: 5, needed: BLOCKS }));
    }

    #[test]
    fn blocks_grow_with_the_time() {
        assert_eq!([12, 48, 49, 104].map(block_length), [4, 4, 5, 9]);
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
