//! Rates over time: per path, group and period of the calendar, with exposure; and how they change.
//!
//! A period is an ISO week or a month. Its rate is pooled over the articles of the group in it, with the
//! interval of a pooled rate (articles are the units) where there are articles and hits enough for one. The
//! trend of a group is log-linear over its periods; its interval allows for weeks that follow each other and share
//! events ([`stats::TrendModel`]). There is no p: the paths and groups are many, and nobody said beforehand which trend
//! the study is about.
//!
//! Periods in which no group has an article are left out; where another group has one, a group without has
//! an empty rate, which is not 0.

use std::collections::BTreeMap;

use framescope_core::score::Headline;
use framescope_core::stats::{self, ARTICLES_A_PERIOD, BLOCKS, Count, Slope, StatsError, TrendErrors, TrendModel};
use serde::Serialize;

use super::Units;
use super::cells::pooled_interval;
use super::periods::{Per, Period};
use crate::corpus::{DateOrder, Day, read_date};

/// The coverage of all intervals.
const LEVEL: f64 = 0.95;

/// Months of dates that a factor of the month needs: less than two years tell no season from a trend.
const MONTHS: i64 = 24;

/// What is asked of rates over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrendPlan {
    /// How long a period is.
    pub per: Per,
    /// The voice in which hits and words are counted.
    pub voice: Headline,
    /// Where the errors of trends come from.
    pub errors: ErrorSource,
    /// How many periods a block has, or over how many lags the sum reaches; by the length of time if not given.
    pub reach: Option<u32>,
    /// A factor of the month of the year beside the trend, the same for all groups.
    pub by_month: bool,
}

impl TrendPlan {
    /// By blocks of periods, without a factor of the month.
    pub fn new(per: Per, voice: Headline) -> TrendPlan {
        TrendPlan { per, voice, errors: ErrorSource::Blocks, reach: None, by_month: false }
    }
}

/// Where the errors of trends come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorSource {
    /// Leaving out blocks of periods.
    Blocks,
    /// Newey and West's sum over periods that lie near each other.
    NeweyWest,
}

/// Rates over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trends {
    /// How long a period is.
    pub per: Per,
    /// The voice in which hits and words are counted.
    #[serde(skip)]
    pub voice: Headline,
    /// The periods in which there is an article.
    pub periods: Vec<PeriodFacts>,
    /// The groups, by name.
    pub groups: Vec<String>,
    /// Where the errors of trends come from.
    pub errors: ErrorSource,
    /// How many periods a block has, or over how many lags the sum reaches.
    pub reach: u32,
    /// Whether a factor of the month of the year stands beside the trend.
    pub by_month: bool,
    /// By path of the vocabulary; a path whose lexicon counts nothing in the voice has none.
    pub paths: Vec<PathTrends>,
    /// Articles that have no date that can be read, and are in no period.
    pub undated: u64,
}

/// A period of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeriodFacts {
    /// `2025-W11` or `2025-03`.
    pub name: String,
    /// Its first day, ISO 8601.
    pub first_day: String,
    /// See [`Period::number`].
    pub number: i64,
}

/// One path over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathTrends {
    /// The path's number in the vocabulary.
    pub path: u32,
    /// By group, then by period.
    pub points: Vec<Vec<Point>>,
    /// How the rate of each group changes.
    pub changes: Vec<Change>,
    /// How much more that of the second group of a pair does.
    pub differences: Vec<PairChange>,
}

/// One path, group and period.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Point {
    /// Articles.
    pub articles: u64,
    /// The words in which hits are counted.
    pub words: u64,
    /// Hits.
    pub hits: u64,
    /// The interval of the rate, hits per word, where there is enough for one.
    pub interval: Option<[f64; 2]>,
}

impl Point {
    /// Hits per word; nothing without words.
    pub fn rate(&self) -> Option<f64> {
        Count { hits: self.hits, words: self.words }.rate()
    }

    /// Whether there are so few articles that the rate says little.
    pub fn is_thin(&self) -> bool {
        self.articles < ARTICLES_A_PERIOD as u64
    }
}

/// How a rate changes from period to period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The factor from one period to the next, and its interval.
    pub ratio: Option<[f64; 3]>,
    /// Why there is none.
    pub reason: Option<String>,
}

/// How much more the rate of one group changes than that of another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairChange {
    /// The groups, by number: the second against the first.
    pub groups: [usize; 2],
    /// The factor by which the second group's factor is larger, and its interval.
    pub change: Change,
}

impl Change {
    fn of(slope: Result<Slope, StatsError>, errors: TrendErrors) -> Change {
        match slope.and_then(|slope| Ok((slope.estimate, slope.interval(LEVEL)?))) {
            Ok((estimate, interval)) => {
                let ratio = [estimate, interval.low, interval.high].map(f64::exp);
                match ratio.iter().all(|x| x.is_finite()) {
                    true => Change { ratio: Some(ratio), reason: None },
                    false => Change::none("the fit runs off the scale"),
                }
            }
            Err(StatsError::TooFewUnits { units, needed, .. }) => {
                let have = if units == 1 { "has" } else { "have" };
                Change::none(match errors {
                    TrendErrors::Blocks(block) => format!(
                        "too short: a trend is judged by leaving out stretches of {block} period{} at a time, of which \
                         {units} {have} articles, and {BLOCKS} are needed",
                        if block == 1 { "" } else { "s" },
                    ),
                    TrendErrors::NeweyWest(lags) => format!(
                        "too short: {units} periods {have} articles, and Newey and West's errors over {lags} lags need \
                         {needed}"
                    ),
                })
            }
            Err(StatsError::NoHits { .. }) => Change::none(match errors {
                TrendErrors::Blocks(_) => "no hits, or all in one stretch of periods that is left out at a time",
                TrendErrors::NeweyWest(_) => "no hits",
            }),
            Err(error) => Change::none(error.to_string()),
        }
    }

    fn none(reason: impl Into<String>) -> Change {
        Change { ratio: None, reason: Some(reason.into()) }
    }
}

/// The rates over time of all paths. `days` are the articles' dates, where they are known.
pub fn trends(units: &Units, days: &[Option<Day>], plan: TrendPlan) -> Trends {
    let TrendPlan { per, voice, errors, reach, by_month } = plan;
    let mut order: Vec<u32> = (0..units.groups().values().len() as u32).collect();
    order.sort_by_key(|group| &units.groups().values()[*group as usize]);
    let mut place = vec![0_usize; order.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old as usize] = new;
    }
    let periods_of: Vec<Option<Period>> = days.iter().map(|day| day.map(|day| per.of(day))).collect();
    let mut periods: BTreeMap<i64, Period> = BTreeMap::new();
    for period in periods_of.iter().flatten() {
        periods.insert(period.number(), *period);
    }
    let index: BTreeMap<i64, usize> = periods.keys().enumerate().map(|(i, number)| (*number, i)).collect();
    // The articles of each group and period.
    let mut cells: Vec<Vec<Vec<u32>>> = vec![vec![Vec::new(); periods.len()]; order.len()];
    let mut undated = 0;
    for article in units.articles() {
        // An article that was left out has no group.
        let Some(&group) = place.get(units.group(article) as usize) else { continue };
        match periods_of.get(article as usize).copied().flatten() {
            Some(period) => cells[group][index[&period.number()]].push(article),
            None => undated += 1,
        }
    }
    let numbers: Vec<i64> = periods.keys().copied().collect();
    let span = match (numbers.first(), numbers.last()) {
        (Some(first), Some(last)) => (last - first + 1) as usize,
        _ => 0,
    };
    let reach = reach.unwrap_or_else(|| match errors {
        ErrorSource::Blocks => stats::block_length(span),
        ErrorSource::NeweyWest => stats::newey_west_lags(span),
    });
    let months: Vec<u32> = periods.values().map(|period| period.month_of_year().unwrap_or_default()).collect();
    let model = TrendModel {
        periods: &numbers,
        seasons: by_month.then_some(&months),
        errors: match errors {
            ErrorSource::Blocks => TrendErrors::Blocks(reach),
            ErrorSource::NeweyWest => TrendErrors::NeweyWest(reach),
        },
    };
    let years = days.iter().flatten().map(|day| i64::from(day.year()) * 12 + i64::from(day.month()));
    let months_covered = match (years.clone().min(), years.max()) {
        (Some(first), Some(last)) => last - first + 1,
        _ => 0,
    };
    let is_too_short = by_month && months_covered < MONTHS;
    let paths = (0..units.vocabulary.paths.len() as u32)
        .filter_map(|path| {
            // An article in another language than the lexicon is none of its articles.
            let lexicon = units.vocabulary.paths[path as usize].lexicon;
            let is_read = |article: u32| !units.is_left_out_of(article, lexicon);
            let mut found = path_trends(path, &units.counts(path, voice)?, is_read, &cells, &model);
            if is_too_short {
                let reason = format!(
                    "the dates lie in {months_covered} months: a factor of the month needs {MONTHS}, or it takes the \
                     trend for a season"
                );
                let changes = found.changes.iter_mut().chain(found.differences.iter_mut().map(|pair| &mut pair.change));
                changes.for_each(|change| *change = Change::none(&*reason));
            }
            Some(found)
        })
        .collect();
    Trends {
        per,
        voice,
        periods: periods
            .values()
            .map(|period| PeriodFacts {
                name: period.to_string(),
                first_day: period.first_day().map(|day| day.to_string()).unwrap_or_default(),
                number: period.number(),
            })
            .collect(),
        groups: order.iter().map(|group| units.groups().values()[*group as usize].clone()).collect(),
        errors,
        reach,
        by_month,
        paths,
        undated,
    }
}

/// The rates over time outside quotations of articles that have dates in their column `date`: by week up to a year of
/// them, else by month. `order` says what 03/04/2025 means; without it such a date is not used. Nothing where the dates
/// that can be read lie in fewer than two periods.
pub fn trends_by_date(units: &Units, order: Option<DateOrder>) -> Option<Trends> {
    let column = units.column("date")?;
    // A date stands in many articles.
    let known: Vec<Option<Day>> = column.values().iter().map(|text| read_date(text, order).day()).collect();
    let days: Vec<Option<Day>> =
        units.articles().map(|article| known.get(column.number(article)? as usize).copied().flatten()).collect();
    let (first, last) = (known.iter().flatten().min()?, known.iter().flatten().max()?);
    let per = if last.number() - first.number() <= 366 { Per::Week } else { Per::Month };
    (per.of(*first) != per.of(*last)).then(|| trends(units, &days, TrendPlan::new(per, Headline::Outside)))
}

fn path_trends(
    path: u32,
    counts: &[Count],
    is_read: impl Fn(u32) -> bool,
    cells: &[Vec<Vec<u32>>],
    model: &TrendModel<'_>,
) -> PathTrends {
    let point = |articles: &Vec<u32>| {
        let read = articles.iter().filter(|article| is_read(**article));
        let counted: Vec<Count> = read.map(|article| counts[*article as usize]).collect();
        let all: Count = counted.iter().copied().sum();
        let enough = counted.len() >= ARTICLES_A_PERIOD;
        let interval = enough.then(|| pooled_interval(&counted, all, LEVEL)).flatten();
        Point {
            articles: counted.len() as u64,
            words: all.words,
            hits: all.hits,
            interval: interval.map(|ends| [ends.low, ends.high]),
        }
    };
    let points: Vec<Vec<Point>> = cells.iter().map(|periods| periods.iter().map(point).collect()).collect();
    let series: Vec<Vec<Count>> = points
        .iter()
        .map(|points| points.iter().map(|point| Count { hits: point.hits, words: point.words }).collect())
        .collect();
    let changes = series.iter().map(|counts| Change::of(model.slope(counts), model.errors)).collect();
    let differences = (0..series.len())
        .flat_map(|first| (first + 1..series.len()).map(move |second| [first, second]))
        .map(|groups| PairChange {
            groups,
            change: Change::of(model.difference(groups.map(|group| series[group].as_slice())), model.errors),
        })
        .collect();
    PathTrends { path, points, changes, differences }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::sketch::Sketch;

    /// 04/01/2031 is a day for `compare` only where somebody said what comes first.
    #[test]
    fn dates_of_two_readings_are_read_as_somebody_said() {
        let mut sketch = Sketch::plain(12);
        for (n, article) in sketch.articles.iter_mut().enumerate() {
            article.columns[1] = format!("0{}/0{}/2031", 4 + n % 6, 1 + n % 3);
        }
        let last = |sketch: &Sketch| Some(sketch.compared().unwrap().trends?.periods.last()?.first_day.clone());
        assert_eq!(last(&sketch), None);
        sketch.plan.date_order = Some(DateOrder::DayFirst);
        assert_eq!(last(&sketch).as_deref(), Some("2031-03-03"));
        sketch.plan.date_order = Some(DateOrder::MonthFirst);
        assert_eq!(last(&sketch).as_deref(), Some("2031-09-01"));
    }
}
