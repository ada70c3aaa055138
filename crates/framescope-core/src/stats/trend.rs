//! Rates over time: periods with exposure, and a log-linear trend with an interval that allows for what lasts.
//!
//! Weeks that follow each other share events, so they are not independent. Two ways to allow for it (methods 4.9):
//! leaving out blocks of several periods, which nearly are ([`TrendErrors::Blocks`]), and Newey and West's sum over
//! periods that lie near each other ([`TrendErrors::NeweyWest`]). Rates that come again with the season can be taken out
//! by a factor of the month ([`TrendModel::seasons`]).
//!
//! How often a flat trend is rejected, and a difference covered: docs/calibration.md.

use std::collections::{BTreeMap, BTreeSet};

use super::dist::{t_quantile, t_two_sided};
use super::error::{StatsError, coverage, same_length};
use super::intervals::Interval;
use super::linear::Square;
use super::poisson_model::Regression;
use super::rates::Count;

/// Articles below which a period is marked as too thin.
pub const ARTICLES_A_PERIOD: usize = 5;
/// Blocks that a trend needs.
pub const BLOCKS: usize = 6;
/// Periods that a trend needs whose errors are Newey and West's: as many as the shortest blocks ask for.
pub const NEWEY_WEST_FROM: usize = 24;

/// What the slopes of fits may differ by where nothing varies: fits end at steps of 1e-10.
const ROUNDING: f64 = 1e-9;

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

/// Over how many periods Newey and West's sum reaches unless the user says: 1.3 √T, less one (Lazarus, Lewis, Stock &
/// Watson 2018). The older rule 4 (T/100)^(2/9) reaches over 3 or 4 weeks in two years.
pub fn newey_west_lags(periods: usize) -> u32 {
    (1.3 * (periods as f64).sqrt()).ceil() as u32 - u32::from(periods > 0)
}

/// Where the standard error of a trend comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrendErrors {
    /// The delete-one-block jackknife (B − 1)/B Σ (β₍ᵦ₎ − β̄)² over blocks of so many periods that follow each other
    /// (Künsch 1989; Busing, Meijer & van der Leeden 1999), t with B − 2 degrees of freedom.
    Blocks(u32),
    /// Newey & West's (1987): M (Γ₀ + Σ_{l ≤ L} (1 − l/(L + 1)) (Γ_l + Γ_lᵀ)) M · T/(T − p), Γ_l = Σ s_t s_{t−l}ᵀ over
    /// periods l apart with the score s_t = Σ x (y − μ) of all groups in period t (for several groups that is Driscoll &
    /// Kraay 1998), over so many lags L. t with 1.5 T/(L + 1) degrees of freedom, those of Bartlett's kernel, at most
    /// T − p.
    NeweyWest(u32),
}

/// A log-linear trend ln r = β₀ + β₁ · period of pooled counts by period, fitted by Poisson regression with words as
/// exposure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrendModel<'a> {
    /// The number of each period (weeks from any origin; gaps allowed).
    pub periods: &'a [i64],
    /// The season of each period, such as its month of the year: a factor beside the trend, the same for all groups.
    pub seasons: Option<&'a [u32]>,
    /// Where the standard error comes from.
    pub errors: TrendErrors,
}

impl TrendModel<'_> {
    /// The trend of one group; `counts[i]` is what it has in period i. Periods without words are left out, and with
    /// seasons those of a season without a hit, which say nothing of the trend.
    ///
    /// # Errors
    /// [`StatsError::TooFewUnits`] below [`BLOCKS`] blocks, or [`NEWEY_WEST_FROM`] periods and 3 times those of the
    /// sum, with words; [`StatsError::Value`] for a block of 0 periods; [`StatsError::NoHits`] where nothing is
    /// left without a block; what [`Regression::poisson`] gives.
    pub fn slope(&self, counts: &[Count]) -> Result<Slope, StatsError> {
        self.of_groups(&[counts])
    }

    /// How much steeper the trend of the second group is than that of the first: the coefficient of group × period in
    /// one model of both. What lasts is taken of both at once, since one week's events move both.
    ///
    /// # Errors
    /// As for [`TrendModel::slope`], of either group.
    pub fn difference(&self, counts: [&[Count]; 2]) -> Result<Slope, StatsError> {
        self.of_groups(&counts)
    }

    fn of_groups(&self, groups: &[&[Count]]) -> Result<Slope, StatsError> {
        let mut rows = Vec::new();
        for (group, counts) in groups.iter().enumerate() {
            same_length(self.periods.len(), counts.len())?;
            let seasons = self.seasons.unwrap_or_default();
            if self.seasons.is_some() {
                same_length(self.periods.len(), seasons.len())?;
            }
            for (i, (&period, &count)) in self.periods.iter().zip(*counts).enumerate() {
                let season = seasons.get(i).copied().unwrap_or_default();
                rows.extend((count.words > 0).then_some(Row { period, season, group, count }));
            }
        }
        let ends = (rows.iter().map(|row| row.period).min(), rows.iter().map(|row| row.period).max());
        let (Some(first), Some(last)) = ends else {
            return Err(StatsError::TooFewUnits { group: 0, units: 0, needed: BLOCKS });
        };
        // From the middle, so that the slope and the level hardly depend on each other.
        let model = Rows { rows, groups: groups.len(), middle: (first + last) as f64 / 2.0 };
        match self.errors {
            TrendErrors::Blocks(0) => Err(StatsError::Value(0.0)),
            TrendErrors::Blocks(length) => model.by_blocks(first, i64::from(length)),
            TrendErrors::NeweyWest(lags) => model.by_newey_west(lags),
        }
    }
}

/// What one group has in one period.
#[derive(Debug, Clone, Copy)]
struct Row {
    period: i64,
    season: u32,
    group: usize,
    count: Count,
}

/// All rows with words.
struct Rows {
    rows: Vec<Row>,
    groups: usize,
    middle: f64,
}

/// Rows as a regression: level and slope, with a second group the differences of both, then the seasons but the first.
struct Design<'a> {
    rows: Vec<&'a Row>,
    counts: Vec<f64>,
    exposure: Vec<f64>,
    design: Vec<f64>,
    columns: usize,
}

impl Design<'_> {
    fn regression(&self) -> Regression<'_> {
        Regression { counts: &self.counts, exposure: &self.exposure, design: &self.design, columns: self.columns }
    }
}

impl Rows {
    /// The units (blocks, periods) in which each group has words.
    fn enough(&self, needed: usize, unit: impl Fn(&Row) -> i64) -> Result<BTreeSet<i64>, StatsError> {
        for group in 0..self.groups {
            let own = self.rows.iter().filter(|row| row.group == group);
            let units = own.map(&unit).collect::<BTreeSet<i64>>().len();
            if units < needed {
                return Err(StatsError::TooFewUnits { group, units, needed });
            }
        }
        Ok(self.rows.iter().map(unit).collect())
    }

    fn design(&self, keep: impl Fn(&Row) -> bool) -> Result<Design<'_>, StatsError> {
        let mut hits: BTreeMap<u32, u64> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| keep(row)) {
            *hits.entry(row.season).or_default() += row.count.hits;
        }
        // A season without hits drives its own level to nothing and leaves the rest as it is.
        let seasons: Vec<u32> = hits.into_iter().filter(|(_, hits)| *hits > 0).map(|(season, _)| season).collect();
        let kept = |row: &&Row| keep(row) && seasons.contains(&row.season);
        let rows: Vec<&Row> = self.rows.iter().filter(kept).collect();
        if let Some(group) = (0..self.groups).find(|g| !rows.iter().any(|r| r.group == *g && r.count.hits > 0)) {
            return Err(StatsError::NoHits { group });
        }
        let others = seasons.get(1..).unwrap_or_default();
        let columns = 2 * self.groups + others.len();
        let mut design = Vec::with_capacity(rows.len() * columns);
        for row in &rows {
            let time = row.period as f64 - self.middle;
            design.extend([1.0, time]);
            if self.groups > 1 {
                let second = row.group as f64;
                design.extend([second, second * time]);
            }
            design.extend(others.iter().map(|season| f64::from(u8::from(row.season == *season))));
        }
        Ok(Design {
            counts: rows.iter().map(|row| row.count.hits as f64).collect(),
            exposure: rows.iter().map(|row| row.count.words as f64).collect(),
            rows,
            design,
            columns,
        })
    }

    /// The coefficient that is asked for: the slope, or the difference of slopes.
    fn wanted(&self) -> usize {
        2 * self.groups - 1
    }

    fn by_blocks(&self, first: i64, length: i64) -> Result<Slope, StatsError> {
        let block_of = |row: &Row| (row.period - first).div_euclid(length);
        let blocks = self.enough(BLOCKS, block_of)?;
        let without = |left_out: Option<i64>| {
            let design = self.design(|row| Some(block_of(row)) != left_out)?;
            Ok(design.regression().poisson()?.coefficients[self.wanted()])
        };
        let estimate = without(None)?;
        let slopes = blocks.iter().map(|&block| without(Some(block))).collect::<Result<Vec<f64>, StatsError>>()?;
        let n = slopes.len() as f64;
        let mean = slopes.iter().sum::<f64>() / n;
        let variance = (n - 1.0) / n * slopes.iter().map(|b| (b - mean).powi(2)).sum::<f64>();
        // Counts that follow the course exactly leave nothing but the rounding of the fits.
        if variance.sqrt() <= ROUNDING {
            return Err(StatsError::NoVariation);
        }
        Ok(Slope { estimate, standard_error: variance.sqrt(), df: n - 2.0 })
    }

    fn by_newey_west(&self, lags: u32) -> Result<Slope, StatsError> {
        let reach = lags as usize + 1;
        self.enough(NEWEY_WEST_FROM.max(3 * reach), |row| row.period)?;
        let design = self.design(|_| true)?;
        let model = design.regression();
        let fit = model.poisson()?;
        let columns = design.columns;
        let means = model.means(&fit.coefficients);
        let mut scores: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
        let mut information = Square::zero(columns);
        for (i, row) in design.rows.iter().enumerate() {
            let x = &design.design[i * columns..(i + 1) * columns];
            let score = scores.entry(row.period).or_insert_with(|| vec![0.0; columns]);
            score.iter_mut().zip(x).for_each(|(s, x)| *s += x * (design.counts[i] - means[i]));
            information.add_outer(x, means[i]);
        }
        let bread = information.inverse()?;
        // Of the coefficient alone: what each period moves it by, and how that goes with what near ones do.
        let own = &bread.cells[self.wanted() * columns..(self.wanted() + 1) * columns];
        let moves: BTreeMap<i64, f64> =
            scores.iter().map(|(period, score)| (*period, super::linear::dot(own, score))).collect();
        let periods = moves.len() as f64;
        let near = |(period, value): (&i64, &f64)| -> f64 {
            let before = moves.range(period - i64::from(lags)..*period);
            let weighted = before.map(|(other, earlier)| (1.0 - (period - other) as f64 / reach as f64) * earlier);
            value * (value + 2.0 * weighted.sum::<f64>())
        };
        let left = periods - columns as f64;
        let variance = moves.iter().map(near).sum::<f64>() * periods / left;
        if left <= 0.0 || variance <= 1e-20 * bread.at(self.wanted(), self.wanted()) {
            return Err(StatsError::NoVariation);
        }
        Ok(Slope {
            estimate: fit.coefficients[self.wanted()],
            standard_error: variance.sqrt(),
            df: (1.5 * periods / reach as f64).min(left),
        })
    }
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

    fn by(periods: &[i64], errors: TrendErrors) -> TrendModel<'_> {
        TrendModel { periods, seasons: None, errors }
    }

    fn blocks(periods: &[i64]) -> TrendModel<'_> {
        by(periods, TrendErrors::Blocks(4))
    }

    /// The model written out once more: coefficients of columns that a caller makes of group, period and count.
    fn fitted<const P: usize>(rows: &[(f64, f64, Count)], columns: impl Fn(f64, f64) -> [f64; P]) -> Vec<f64> {
        let counts: Vec<f64> = rows.iter().map(|row| row.2.hits as f64).collect();
        let exposure: Vec<f64> = rows.iter().map(|row| row.2.words as f64).collect();
        let design: Vec<f64> = rows.iter().flat_map(|row| columns(row.0, row.1)).collect();
        let model = Regression { counts: &counts, exposure: &exposure, design: &design, columns: P };
        model.poisson().unwrap().coefficients
    }

    fn jackknife(without: &[f64]) -> f64 {
        let n = without.len() as f64;
        let mean = without.iter().sum::<f64>() / n;
        ((n - 1.0) / n * without.iter().map(|b| (b - mean).powi(2)).sum::<f64>()).sqrt()
    }

    #[test]
    fn a_rise_is_found_with_an_interval_that_holds_it() {
        let weeks: Vec<i64> = (0..40).collect();
        for errors in [TrendErrors::Blocks(4), TrendErrors::NeweyWest(5)] {
            let slope = by(&weeks, errors).slope(&rising(2)).unwrap();
            let interval = slope.interval(0.95).unwrap();
            assert!(interval.low > 0.0 && interval.high < 0.06, "{slope:?}");
            assert_eq!(slope.df, if errors == TrendErrors::Blocks(4) { 8.0 } else { 10.0 });
            assert!(slope.p_against(0.0) < 0.01);
            // The origin does not matter, nor does a week without articles, nor the order.
            let mut later: Vec<i64> = weeks.iter().map(|w| w + 2800).collect();
            let mut counts = rising(2);
            later.push(2811);
            counts.push(Count::default());
            later.reverse();
            counts.reverse();
            let again = by(&later, errors).slope(&counts).unwrap();
            assert!((again.estimate - slope.estimate).abs() < 1e-9);
            assert!((again.standard_error - slope.standard_error).abs() < 1e-9);
        }
    }

    /// The jackknife, written out: slopes without each block of 4 weeks.
    #[test]
    fn the_standard_error_by_hand() {
        let (weeks, counts): (Vec<i64>, Vec<Count>) = ((0..24).collect(), rising(5)[..24].to_vec());
        let found = blocks(&weeks).slope(&counts).unwrap();
        let without: Vec<f64> = (0..6)
            .map(|block| {
                let kept: Vec<_> = (0..24).filter(|i| i / 4 != block).map(|i| (0.0, i as f64, counts[i])).collect();
                fitted(&kept, |_, week| [1.0, week])[1]
            })
            .collect();
        assert!((found.standard_error - jackknife(&without)).abs() < 1e-9);
        assert_eq!(found.df, 4.0);
    }

    /// The interaction in one model of both groups, with and without each block.
    #[test]
    fn a_difference_of_trends_is_the_interaction() {
        let weeks: Vec<i64> = (0..24).collect();
        let (one, other) = (rising(5)[..24].to_vec(), rising(9)[8..32].to_vec());
        let found = blocks(&weeks).difference([&one, &other]).unwrap();
        let interaction = |left_out: Option<usize>| {
            let kept = || (0..24).filter(move |w| Some(w / 4) != left_out);
            let rows: Vec<_> = (0..2).flat_map(|g| kept().map(move |w| (g, w))).collect();
            let rows: Vec<_> =
                rows.into_iter().map(|(g, w)| (g as f64, w as f64, if g == 0 { one[w] } else { other[w] })).collect();
            fitted(&rows, |g, w| [1.0, g, w, g * w])[3]
        };
        let without: Vec<f64> = (0..6).map(|block| interaction(Some(block))).collect();
        assert!((found.estimate - interaction(None)).abs() < 1e-8, "{found:?}");
        assert!((found.standard_error - jackknife(&without)).abs() < 1e-8, "{found:?}");
        assert_eq!(found.df, 4.0);
        // It is what the slopes differ by, and the other way round it has the other sign.
        let slopes = [&one, &other].map(|counts| blocks(&weeks).slope(counts).unwrap().estimate);
        assert!((found.estimate - slopes[1] + slopes[0]).abs() < 1e-9);
        let back = blocks(&weeks).difference([&other, &one]).unwrap();
        assert!((back.estimate + found.estimate).abs() < 1e-9);
        let few = blocks(&weeks[..20]).difference([&one[..20], &other[..20]]);
        assert_eq!(few, Err(StatsError::TooFewUnits { group: 0, units: 5, needed: BLOCKS }));
    }

    /// A course that comes again every year is no trend once months are a factor, and one that is there stays.
    #[test]
    fn months_take_out_what_comes_again() {
        let months: Vec<i64> = (0..36).collect();
        let seasons: Vec<u32> = (0..36).map(|m| m % 12).collect();
        // Three years that each rise and fall back: a slope of nothing that fits badly and looks like a rise.
        let yearly = |rise: f64| -> Vec<Count> {
            (0..36_i32)
                .map(|m| {
                    let ln = 3.0 + 0.15 * f64::from(m % 12) + rise * f64::from(m);
                    Count { hits: (10.0 * ln.exp()).round() as u64 + (m * m * 7 % 5) as u64, words: 10_000 }
                })
                .collect()
        };
        let with = |errors, counts: &[Count]| {
            TrendModel { periods: &months, seasons: Some(&seasons), errors }.slope(counts).unwrap()
        };
        for errors in [TrendErrors::Blocks(6), TrendErrors::NeweyWest(3)] {
            let plain = by(&months, errors).slope(&yearly(0.0)).unwrap();
            assert!(plain.estimate > 0.004, "{plain:?}");
            let flat = with(errors, &yearly(0.0));
            assert!(flat.estimate.abs() < 5e-4, "{flat:?}");
            let risen = with(errors, &yearly(0.02));
            assert!((risen.estimate - 0.02).abs() < 0.001, "{risen:?}");
        }
        // A month without a hit has no level; the rest stands.
        let mut gap = yearly(0.02);
        (0..3).for_each(|year| gap[year * 12 + 4].hits = 0);
        let found = with(TrendErrors::NeweyWest(3), &gap);
        assert!((found.estimate - 0.02).abs() < 0.001, "{found:?}");
        // In one year of months each month is its own season: trend and months are one.
        let year = TrendModel { periods: &months[..12], seasons: Some(&seasons[..12]), errors: TrendErrors::Blocks(2) };
        assert!(matches!(year.slope(&yearly(0.0)[..12]), Err(StatsError::Singular | StatsError::TooFewUnits { .. })));
    }

    /// Without lags, Newey and West's is the sum of squared scores; a mood that lasts makes it larger with lags.
    #[test]
    fn lags_take_in_what_lasts() {
        let weeks: Vec<i64> = (0..60).collect();
        let counts: Vec<Count> =
            (0..60_u64).map(|w| Count { hits: if w / 5 % 2 == 0 { 30 } else { 60 } + w % 3, words: 10_000 }).collect();
        let error = |lags| by(&weeks, TrendErrors::NeweyWest(lags)).slope(&counts).unwrap().standard_error;
        assert!(error(3) > 1.3 * error(0), "{} {}", error(3), error(0));
        let rows: Vec<_> = (0..60).map(|w| (0.0, w as f64, counts[w])).collect();
        let fit = fitted(&rows, |_, w| [1.0, w - 29.5]);
        let (mut middle, mut information) = (Square::zero(2), Square::zero(2));
        for (_, week, count) in &rows {
            let x = [1.0, week - 29.5];
            let mu = count.words as f64 * (fit[0] + fit[1] * x[1]).exp();
            middle.add_outer(&x, (count.hits as f64 - mu).powi(2));
            information.add_outer(&x, mu);
        }
        let variance = information.inverse().unwrap().around(&middle).at(1, 1) * 60.0 / 58.0;
        assert!((error(0) - variance.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn blocks_and_lags_grow_with_the_time() {
        assert_eq!([12, 48, 49, 104].map(block_length), [4, 4, 5, 9]);
        assert_eq!([0, 1, 24, 52, 104].map(newey_west_lags), [0, 1, 6, 9, 13]);
    }

    #[test]
    fn what_is_too_short_is_said() {
        let weeks: Vec<i64> = (0..40).collect();
        let few = blocks(&weeks[..20]).slope(&rising(0)[..20]);
        assert_eq!(few, Err(StatsError::TooFewUnits { group: 0, units: 5, needed: BLOCKS }));
        assert_eq!(by(&weeks, TrendErrors::Blocks(0)).slope(&rising(0)), Err(StatsError::Value(0.0)));
        let newey = |lags, n: usize| by(&weeks[..n], TrendErrors::NeweyWest(lags)).slope(&rising(2)[..n]);
        assert_eq!(newey(3, 23), Err(StatsError::TooFewUnits { group: 0, units: 23, needed: 24 }));
        assert_eq!(newey(13, 40), Err(StatsError::TooFewUnits { group: 0, units: 40, needed: 42 }));
        assert!(newey(12, 40).is_ok());
        let same = [Count { hits: 7, words: 1000 }; 40];
        assert_eq!(blocks(&weeks).slope(&same), Err(StatsError::NoVariation));
        assert_eq!(newey(3, 24).map(|_| ()), Ok(()));
        assert_eq!(by(&weeks, TrendErrors::NeweyWest(3)).slope(&same), Err(StatsError::NoVariation));
        let empty = [Count { hits: 0, words: 100 }; 40];
        assert_eq!(blocks(&weeks).slope(&empty), Err(StatsError::NoHits { group: 0 }));
        assert_eq!(blocks(&weeks).difference([&rising(1), &empty]), Err(StatsError::NoHits { group: 1 }));
        assert!(matches!(blocks(&[]).slope(&[]), Err(StatsError::TooFewUnits { units: 0, .. })));
        let seasons = [1];
        let short = TrendModel { seasons: Some(&seasons), ..blocks(&weeks) };
        assert_eq!(short.slope(&rising(1)), Err(StatsError::Shape { expected: 40, found: 1 }));
    }
}
