//! Rates over time: per path, group and period of the calendar, with exposure; and how they change.
//!
//! A period is an ISO week or a month. Its rate is pooled over the articles of the group in it, with the
//! interval of a pooled rate (articles are the units) where there are articles and hits enough for one. The
//! trend of a group is log-linear over its periods, its interval that of leaving out blocks of several
//! periods ([`stats::trend`]), since weeks that follow each other share events. There is no p: the paths and
//! groups are many, and nobody said beforehand which trend the study is about.
//!
//! Periods in which no group has an article are left out; where another group has one, a group without has
//! an empty rate, which is not 0.

use std::collections::BTreeMap;
use std::fmt;

use framescope_core::score::Headline;
use framescope_core::stats::{
    self, ARTICLES_A_PERIOD, BLOCKS, Count, Slope, StatsError, block_length, trend_difference,
};
use serde::Serialize;

use super::Units;
use super::cells::pooled_interval;
use crate::corpus::{Day, read_date};

/// The coverage of all intervals.
const LEVEL: f64 = 0.95;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Per {
    /// Monday to Sunday, as ISO 8601 counts weeks.
    Week,
    /// A month of the calendar.
    Month,
}

impl Per {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Per::Week => "week",
            Per::Month => "month",
        }
    }

    /// The period of a day.
    pub fn of(self, day: Day) -> Period {
        let number = match self {
            Per::Week => day.monday().div_euclid(7),
            Per::Month => i64::from(day.year()) * 12 + i64::from(day.month()) - 1,
        };
        Period { per: self, number }
    }
}

/// A week or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    per: Per,
    /// Periods that follow each other have numbers that do.
    number: i64,
}

impl Period {
    /// Its number; those of periods that follow each other do so too.
    pub fn number(self) -> i64 {
        self.number
    }

    /// Its first day; nothing outside the calendar.
    pub fn first_day(self) -> Option<Day> {
        match self.per {
            // Day 4, 5 January 1970, was a Monday.
            Per::Week => Day::of_number(self.number * 7 + 4),
            Per::Month => {
                Day::new(i32::try_from(self.number.div_euclid(12)).ok()?, self.number.rem_euclid(12) as u8 + 1, 1)
            }
        }
    }
}

impl fmt::Display for Period {
    /// `2025-W11`, `2025-03`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.per, self.first_day()) {
            (Per::Week, Some(day)) => {
                let (year, week) = day.iso_week();
                write!(f, "{year:04}-W{week:02}")
            }
            (Per::Month, Some(day)) => write!(f, "{:04}-{:02}", day.year(), day.month()),
            (_, None) => Ok(()),
        }
    }
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
    /// How many periods a block has.
    pub block: u32,
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
    fn of(slope: Result<Slope, StatsError>, block: u32) -> Change {
        match slope.and_then(|slope| Ok((slope.estimate, slope.interval(LEVEL)?))) {
            Ok((estimate, interval)) => {
                let ratio = [estimate, interval.low, interval.high].map(f64::exp);
                match ratio.iter().all(|x| x.is_finite()) {
                    true => Change { ratio: Some(ratio), reason: None },
                    false => Change::none("the fit runs off the scale"),
                }
            }
            Err(StatsError::TooFewUnits { units, .. }) => Change::none(format!(
                "too short: a trend is judged by leaving out stretches of {block} period{} at a time, of which {units} \
                 {} articles, and {BLOCKS} are needed",
                if block == 1 { "" } else { "s" },
                if units == 1 { "has" } else { "have" }
            )),
            Err(StatsError::NoHits { .. }) => {
                Change::none("no hits, or all in one stretch of periods that is left out at a time")
            }
            Err(error) => Change::none(error.to_string()),
        }
    }

    fn none(reason: impl Into<String>) -> Change {
        Change { ratio: None, reason: Some(reason.into()) }
    }
}

/// The rates over time of all paths. `days` are the articles' dates, where they are known.
pub fn trends(units: &Units, days: &[Option<Day>], per: Per, voice: Headline) -> Trends {
    let mut order: Vec<u32> = (0..units.groups().values().len() as u32).collect();
    order.sort_by_key(|group| &units.groups().values()[*group as usize]);
    let mut place = vec![0_usize; order.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old as usize] = new;
    }
    let periods_of: Vec<Option<Period>> = days.iter().map(|day| day.map(|day| per.of(day))).collect();
    let mut periods: BTreeMap<i64, Period> = BTreeMap::new();
    for period in periods_of.iter().flatten() {
        periods.insert(period.number, *period);
    }
    let index: BTreeMap<i64, usize> = periods.keys().enumerate().map(|(i, number)| (*number, i)).collect();
    // The articles of each group and period.
    let mut cells: Vec<Vec<Vec<u32>>> = vec![vec![Vec::new(); periods.len()]; order.len()];
    let mut undated = 0;
    for article in units.articles() {
        // An article that was left out has no group.
        let Some(&group) = place.get(units.group(article) as usize) else { continue };
        match periods_of.get(article as usize).copied().flatten() {
            Some(period) => cells[group][index[&period.number]].push(article),
            None => undated += 1,
        }
    }
    let numbers: Vec<i64> = periods.keys().copied().collect();
    let span = match (numbers.first(), numbers.last()) {
        (Some(first), Some(last)) => (last - first + 1) as usize,
        _ => 0,
    };
    let block = block_length(span);
    let paths = (0..units.vocabulary.paths.len() as u32)
        .filter_map(|path| {
            // An article in another language than the lexicon is none of its articles.
            let lexicon = units.vocabulary.paths[path as usize].lexicon;
            let is_read = |article: u32| !units.is_left_out_of(article, lexicon);
            Some(path_trends(path, &units.counts(path, voice)?, is_read, &cells, &numbers, block))
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
                number: period.number,
            })
            .collect(),
        groups: order.iter().map(|group| units.groups().values()[*group as usize].clone()).collect(),
        block,
        paths,
        undated,
    }
}

/// The rates over time outside quotations of articles that have dates in their column `date`: by week up to a year of
/// them, else by month. Nothing where the dates that can be read lie in fewer than two periods.
pub fn trends_by_date(units: &Units) -> Option<Trends> {
    let column = units.column("date")?;
    // A date stands in many articles.
    let known: Vec<Option<Day>> = column.values().iter().map(|text| read_date(text, None).day()).collect();
    let days: Vec<Option<Day>> =
        units.articles().map(|article| known.get(column.number(article)? as usize).copied().flatten()).collect();
    let (first, last) = (known.iter().flatten().min()?, known.iter().flatten().max()?);
    let per = if last.number() - first.number() <= 366 { Per::Week } else { Per::Month };
    (per.of(*first) != per.of(*last)).then(|| trends(units, &days, per, Headline::Outside))
}

fn path_trends(
    path: u32,
    counts: &[Count],
    is_read: impl Fn(u32) -> bool,
    cells: &[Vec<Vec<u32>>],
    numbers: &[i64],
    block: u32,
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
    let changes = series.iter().map(|counts| Change::of(stats::trend(numbers, counts, block), block)).collect();
    let differences = (0..series.len())
        .flat_map(|first| (first + 1..series.len()).map(move |second| [first, second]))
        .map(|groups| PairChange {
            groups,
            change: Change::of(trend_difference(numbers, groups.map(|group| series[group].as_slice()), block), block),
        })
        .collect();
    PathTrends { path, points, changes, differences }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        crate::corpus::read_date(text, None).day().unwrap()
    }

    #[test]
    fn periods_have_names_and_first_days() {
        for (date, per, name, first) in [
            ("2025-03-10", Per::Week, "2025-W11", "2025-03-10"),
            ("2025-03-16", Per::Week, "2025-W11", "2025-03-10"),
            ("2010-01-03", Per::Week, "2009-W53", "2009-12-28"),
            ("2025-03-31", Per::Month, "2025-03", "2025-03-01"),
            ("1969-12-31", Per::Month, "1969-12", "1969-12-01"),
            ("1969-12-31", Per::Week, "1970-W01", "1969-12-29"),
        ] {
            let period = per.of(day(date));
            assert_eq!(period.to_string(), name, "{date}");
            assert_eq!(period.first_day().unwrap().to_string(), first, "{date}");
        }
    }

    proptest! {
        /// Periods part the calendar: each begins on a day of its own, and the day before belongs to the one before.
        #[test]
        fn periods_part_the_calendar(number in -300_000_i64..370_000, week in any::<bool>()) {
            let per = if week { Per::Week } else { Per::Month };
            let day = Day::of_number(number).unwrap();
            let period = per.of(day);
            let first = period.first_day().unwrap();
            prop_assert!(first <= day);
            prop_assert_eq!(per.of(first), period);
            let before = Day::of_number(first.number() - 1).unwrap();
            prop_assert_eq!(per.of(before).number(), period.number() - 1);
            let next = Day::of_number(number + 1).unwrap();
            prop_assert!((0..=1).contains(&(per.of(next).number() - period.number())));
        }
    }
}
