//! Rates of two groups: the studentised difference of their log rates, and its interval (design 10).
//!
//! With Y hits in N words, r = (Y + ½) / N. The spread of ln r comes from leaving out one unit (an article,
//! or an event with all its articles) at a time, linearised: unit i moves ln r by
//! d = (y − r n) / ((1 − n / N) (Y + ½)), and v = Σ d². So an article counts by what it does to the rate, long
//! articles and repeated words included, and no model of the counts is needed.
//!
//! Simulated for the design (negative-binomial counts, log-normal lengths): the test rejects 3.6 to 5.9 % at
//! nominal 5 %, the interval covers 94 to 96 %. Where events of very different heat are the units the interval by t
//! covers less (docs/calibration.md: 88 to 96 % with 10 events); take [`super::RateTest::critical`] there.

use super::dist::{t_quantile, t_two_sided};
use super::error::{StatsError, coverage};
use super::intervals::Interval;

/// Hits that a group must expect at the pooled rate, or nothing is tested ("too few hits").
pub const EXPECTED_HITS: f64 = 5.0;
/// Articles a side that an interval and a p-value need; below, ranges are printed (methods 4.10).
pub const UNITS_A_SIDE: usize = 5;
/// Events covered by both groups from which the paired p is given.
pub const PAIRED_FROM: usize = 6;
/// Events covered by both groups from which the paired comparison is the headline.
pub const HEADLINE_FROM: usize = 10;

/// Hits and words of one article, or of one group in one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Hits.
    pub hits: u64,
    /// The words in which they were counted.
    pub words: u64,
}

impl std::iter::Sum for Count {
    fn sum<I: Iterator<Item = Count>>(counts: I) -> Count {
        counts.fold(Count::default(), |a, b| Count { hits: a.hits + b.hits, words: a.words + b.words })
    }
}

impl Count {
    /// Hits over words; none without words.
    pub fn rate(self) -> Option<f64> {
        (self.words > 0).then(|| self.hits as f64 / self.words as f64)
    }
}

/// A log rate, or a difference of two, with what its interval needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogRate {
    /// ln r, or ln r₂ − ln r₁, natural logarithm, ½ added to the hits.
    pub estimate: f64,
    /// The square root of v.
    pub standard_error: f64,
    /// Degrees of freedom of t.
    pub df: f64,
}

impl LogRate {
    /// The interval of the log rate, estimate ± t · standard error. Its exponential is that of the rate or
    /// ratio.
    ///
    /// # Errors
    /// [`StatsError::Level`].
    pub fn interval(&self, level: f64) -> Result<Interval, StatsError> {
        Ok(self.within(t_quantile(coverage(level)?, self.df)))
    }

    /// The interval estimate ± `critical` · standard error, with the value that [`super::RateTest::critical`] gives.
    pub fn within(&self, critical: f64) -> Interval {
        let half = critical * self.standard_error;
        Interval { low: self.estimate - half, high: self.estimate + half }
    }

    /// This less another that does not depend on it; degrees of freedom by Welch and Satterthwaite.
    #[must_use]
    pub fn less(&self, other: &LogRate) -> LogRate {
        let [v1, v2] = [self, other].map(|rate| rate.standard_error * rate.standard_error);
        let below = v1 * v1 / self.df + v2 * v2 / other.df;
        LogRate {
            estimate: self.estimate - other.estimate,
            standard_error: (v1 + v2).sqrt(),
            df: if below > 0.0 { (v1 + v2) * (v1 + v2) / below } else { self.df.min(other.df) },
        }
    }

    /// The studentised value: estimate over standard error; for a difference, the t of the permutation test.
    pub fn t(&self) -> f64 {
        self.estimate / self.standard_error
    }

    /// Two-sided p by the t distribution: for reading beside the permutation p, and to see what the interval
    /// excludes.
    pub fn p_by_t(&self) -> f64 {
        t_two_sided(self.t(), self.df)
    }
}

/// Nothing, where both groups have a hit and expect [`EXPECTED_HITS`] at the pooled rate.
///
/// # Errors
/// [`StatsError::NoExposure`], [`StatsError::NoHits`], [`StatsError::TooFewHits`], for the first group that
/// has too little.
pub fn enough_hits(groups: [Count; 2]) -> Result<(), StatsError> {
    let all: Count = groups.into_iter().sum();
    for (group, count) in groups.into_iter().enumerate() {
        if count.words == 0 {
            return Err(StatsError::NoExposure { group });
        }
    }
    for (group, count) in groups.into_iter().enumerate() {
        if count.hits == 0 {
            return Err(StatsError::NoHits { group });
        }
        let expected = all.hits as f64 * count.words as f64 / all.words as f64;
        if expected < EXPECTED_HITS {
            return Err(StatsError::TooFewHits { group, expected, needed: EXPECTED_HITS });
        }
    }
    Ok(())
}

/// Nothing, where each group has [`UNITS_A_SIDE`] articles with words.
///
/// # Errors
/// [`StatsError::TooFewUnits`].
pub fn enough_units(units: [usize; 2]) -> Result<(), StatsError> {
    match units.into_iter().enumerate().find(|(_, units)| *units < UNITS_A_SIDE) {
        Some((group, units)) => Err(StatsError::TooFewUnits { group, units, needed: UNITS_A_SIDE }),
        None => Ok(()),
    }
}

/// The log rate of one group, with t by units − 1 degrees of freedom. Units without words play no part.
///
/// # Errors
/// [`StatsError::NoExposure`]; [`StatsError::TooFewUnits`] below 2 units with words.
pub fn log_rate(units: &[Count]) -> Result<LogRate, StatsError> {
    let part = Part::of(units, 0)?;
    let variance = part.squares();
    Ok(LogRate { estimate: part.log_rate(), standard_error: variance.sqrt(), df: part.worded as f64 - 1.0 })
}

/// ln r₂ − ln r₁ of two groups of independent articles; degrees of freedom by Welch and Satterthwaite:
/// (v₁ + v₂)² / (v₁² / (n₁ − 1) + v₂² / (n₂ − 1)).
///
/// Whether there are hits and articles enough to print it is said by [`enough_hits`] and [`enough_units`].
///
/// # Errors
/// [`StatsError::NoExposure`]; [`StatsError::TooFewUnits`] where a group has fewer than 2 articles with words.
pub fn contrast(first: &[Count], second: &[Count]) -> Result<LogRate, StatsError> {
    let parts = [Part::of(first, 0)?, Part::of(second, 1)?];
    let variances = [parts[0].squares(), parts[1].squares()];
    let variance = variances[0] + variances[1];
    Ok(LogRate {
        estimate: parts[1].log_rate() - parts[0].log_rate(),
        standard_error: variance.sqrt(),
        df: welch(variances, [parts[0].worded, parts[1].worded]),
    })
}

/// ln r₂ − ln r₁ where events are the units: `events[e]` holds what each group has in event e, and leaving out
/// an event takes both out, so that what the groups share in an event is not counted as difference.
/// v = Σ (d₂ − d₁)². Where no event is shared this is [`contrast`] of the events' sums.
///
/// Degrees of freedom: Welch and Satterthwaite's over the events of each group, at most events − 1 (their
/// formula would give pairs twice as many as they have).
///
/// It also compares two zones of the same articles (lead against body): an article is then an event.
///
/// # Errors
/// As for [`contrast`], of events; [`StatsError::NoVariation`] where the groups agree to the word in every event.
pub fn contrast_by_events(events: &[[Count; 2]]) -> Result<LogRate, StatsError> {
    let side = |g: usize| events.iter().map(|e| e[g]).collect::<Vec<_>>();
    let sides = [side(0), side(1)];
    let parts = [Part::of(&sides[0], 0)?, Part::of(&sides[1], 1)?];
    let variance: f64 = (0..events.len()).map(|e| (parts[1].moves(e) - parts[0].moves(e)).powi(2)).sum();
    if variance <= 1e-28 {
        return Err(StatsError::NoVariation);
    }
    let worded = events.iter().filter(|e| e[0].words + e[1].words > 0).count();
    let df = welch([parts[0].squares(), parts[1].squares()], [parts[0].worded, parts[1].worded]);
    Ok(LogRate {
        estimate: parts[1].log_rate() - parts[0].log_rate(),
        standard_error: variance.sqrt(),
        df: df.min(worded as f64 - 1.0),
    })
}

/// Nothing, where enough events are covered by both groups for the paired p.
///
/// # Errors
/// [`StatsError::TooFewPairs`].
pub fn enough_pairs(events: &[[Count; 2]]) -> Result<(), StatsError> {
    let shared = events.iter().filter(|e| e[0].words > 0 && e[1].words > 0).count();
    match shared < PAIRED_FROM {
        true => Err(StatsError::TooFewPairs { events: shared, needed: PAIRED_FROM }),
        false => Ok(()),
    }
}

fn welch(variances: [f64; 2], units: [usize; 2]) -> f64 {
    let below: f64 = variances.iter().zip(units).map(|(v, n)| v * v / (n as f64 - 1.0)).sum();
    (variances[0] + variances[1]).powi(2) / below
}

/// One group: its sums, and how each unit moves its log rate.
struct Part<'a> {
    units: &'a [Count],
    hits: f64,
    words: f64,
    worded: usize,
}

impl<'a> Part<'a> {
    fn of(units: &'a [Count], group: usize) -> Result<Self, StatsError> {
        let all: Count = units.iter().copied().sum();
        let worded = units.iter().filter(|unit| unit.words > 0).count();
        if all.words == 0 {
            return Err(StatsError::NoExposure { group });
        }
        if worded < 2 {
            return Err(StatsError::TooFewUnits { group, units: worded, needed: 2 });
        }
        Ok(Part { units, hits: all.hits as f64 + 0.5, words: all.words as f64, worded })
    }

    fn log_rate(&self) -> f64 {
        (self.hits / self.words).ln()
    }

    fn moves(&self, unit: usize) -> f64 {
        let Count { hits, words } = self.units[unit];
        let part = words as f64 / self.words;
        (hits as f64 / self.hits - part) / (1.0 - part)
    }

    fn squares(&self) -> f64 {
        (0..self.units.len()).map(|unit| self.moves(unit).powi(2)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(hits: &[u64], words: &[u64]) -> Vec<Count> {
        hits.iter().zip(words).map(|(&hits, &words)| Count { hits, words }).collect()
    }

    /// By hand: Y = 3, N = 300, r = 3.5/300; d = ((1 − 7/6)/(2/3), (2 − 7/3)... )/3.5.
    #[test]
    fn the_formula_of_the_design_by_hand() {
        let rate = log_rate(&counts(&[1, 2, 0], &[100, 100, 100])).unwrap();
        let r = 3.5 / 300.0;
        let v: f64 = [1.0, 2.0, 0.0].iter().map(|y| ((y - r * 100.0) / (1.0 - 1.0 / 3.0) / 3.5_f64).powi(2)).sum();
        assert!((rate.estimate - r.ln()).abs() < 1e-14);
        assert!((rate.standard_error - v.sqrt()).abs() < 1e-14);
        assert_eq!(rate.df, 2.0);
    }

    #[test]
    fn events_of_one_group_each_are_articles() {
        let first = counts(&[3, 0, 7, 2, 1, 0], &[812, 640, 1243, 759, 530, 700]);
        let second = counts(&[12, 5, 9, 4, 6, 15], &[900, 1010, 1100, 620, 880, 1500]);
        let plain = contrast(&first, &second).unwrap();
        let none = Count::default();
        let apart: Vec<[Count; 2]> =
            first.iter().map(|&c| [c, none]).chain(second.iter().map(|&c| [none, c])).collect();
        let events = contrast_by_events(&apart).unwrap();
        assert!((plain.estimate - events.estimate).abs() < 1e-14);
        assert!((plain.standard_error - events.standard_error).abs() < 1e-14);
        assert!((plain.df - events.df).abs() < 1e-12);
        // Shared events that rise and fall together make the difference surer, and cost degrees of freedom.
        let together: Vec<[Count; 2]> = [1, 9, 3, 12, 5, 7]
            .iter()
            .map(|&y| [Count { hits: y, words: 900 }, Count { hits: 2 * y, words: 800 }])
            .collect();
        let paired = contrast_by_events(&together).unwrap();
        let sides: Vec<Vec<Count>> = (0..2).map(|g| together.iter().map(|e| e[g]).collect()).collect();
        assert!(paired.standard_error < 0.1 * contrast(&sides[0], &sides[1]).unwrap().standard_error);
        assert_eq!(paired.df, 5.0);
    }

    /// The difference of two groups is that of their log rates.
    #[test]
    fn independent_rates_are_subtracted() {
        let first = counts(&[3, 0, 7, 2, 1, 0], &[812, 640, 1243, 759, 530, 700]);
        let second = counts(&[12, 5, 9, 4, 6, 15], &[900, 1010, 1100, 620, 880, 1500]);
        let plain = contrast(&first, &second).unwrap();
        let apart = log_rate(&second).unwrap().less(&log_rate(&first).unwrap());
        assert!((plain.estimate - apart.estimate).abs() < 1e-14);
        assert!((plain.standard_error - apart.standard_error).abs() < 1e-14);
        assert!((plain.df - apart.df).abs() < 1e-12);
    }

    #[test]
    fn what_is_too_little_is_said() {
        let ten = Count { hits: 10, words: 1000 };
        assert_eq!(enough_hits([ten, ten]), Ok(()));
        let zero = Count { hits: 0, words: 1000 };
        assert_eq!(enough_hits([ten, zero]), Err(StatsError::NoHits { group: 1 }));
        let short = Count { hits: 3, words: 500 };
        assert!(matches!(enough_hits([short, ten]), Err(StatsError::TooFewHits { group: 0, .. })));
        assert_eq!(enough_hits([ten, Count::default()]), Err(StatsError::NoExposure { group: 1 }));
        assert!(matches!(contrast(&[ten], &[ten, ten]), Err(StatsError::TooFewUnits { group: 0, .. })));
        assert_eq!(contrast(&[], &[ten, ten]), Err(StatsError::NoExposure { group: 0 }));
        assert!(matches!(enough_units([5, 4]), Err(StatsError::TooFewUnits { group: 1, units: 4, needed: 5 })));
        assert!(enough_pairs(&[[ten, ten]; 6]).is_ok());
        assert!(matches!(enough_pairs(&[[ten, Count::default()]; 9]), Err(StatsError::TooFewPairs { events: 0, .. })));
        assert_eq!(contrast_by_events(&[[ten, ten], [zero, zero]]), Err(StatsError::NoVariation));
        assert!(matches!(log_rate(&[ten, ten]).unwrap().interval(95.0), Err(StatsError::Level(_))));
    }

    /// Articles without words neither move the rate nor add degrees of freedom.
    #[test]
    fn articles_without_words_play_no_part() {
        let with = counts(&[1, 2, 0, 0], &[100, 300, 200, 0]);
        assert_eq!(log_rate(&with), log_rate(&with[..3]));
    }
}
