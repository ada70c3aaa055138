//! Prevalence: the articles of a group in which a path is present, and what sets two groups apart.
//!
//! Articles are the units, so these intervals speak of an outlet's articles, unlike Wilson's on mentions.
//! They take articles to be independent: where several are of one event, compare by [`super::RatioGroups`] or by
//! [`super::mean_difference`] within events.

use super::dist::{beta_quantile, fisher_two_sided};
use super::error::{StatsError, coverage};
use super::intervals::{Interval, wilson};

/// Articles with a path, of all articles of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Present {
    /// Articles in which it is present.
    pub articles: u64,
    /// All articles.
    pub of: u64,
}

/// A difference between two groups, with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Second group less first.
    pub estimate: f64,
    /// Its interval.
    pub interval: Interval,
}

impl Present {
    /// The prevalence; none without articles.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.articles as f64 / self.of as f64)
    }
}

/// Risk difference p₂ − p₁ with Newcombe's hybrid score interval (Newcombe 1998, method 10): from Wilson's ends
/// l, u of either share, δ − √((p₂ − l₂)² + (u₁ − p₁)²) to δ + √((u₂ − p₂)² + (p₁ − l₁)²).
///
/// # Errors
/// [`StatsError::NoExposure`] for a group without articles, [`StatsError::Value`] for more present than there
/// are, [`StatsError::Level`].
pub fn risk_difference(first: Present, second: Present, level: f64) -> Result<Difference, StatsError> {
    coverage(level)?;
    let ends = |group: usize, present: Present| {
        if present.articles > present.of {
            return Err(StatsError::Value(present.articles as f64));
        }
        let interval = wilson(present.articles, present.of, level).ok_or(StatsError::NoExposure { group })?;
        Ok((present.articles as f64 / present.of as f64, interval))
    };
    let (p1, wilson1) = ends(0, first)?;
    let (p2, wilson2) = ends(1, second)?;
    let estimate = p2 - p1;
    let interval = Interval {
        low: estimate - (p2 - wilson2.low).hypot(wilson1.high - p1),
        high: estimate + (wilson2.high - p2).hypot(p1 - wilson1.low),
    };
    Ok(Difference { estimate, interval })
}

/// Two-sided p of Fisher's exact test on prevalence; conservative in small samples.
///
/// # Errors
/// As for [`risk_difference`].
pub fn prevalence_p(first: Present, second: Present) -> Result<f64, StatsError> {
    risk_difference(first, second, 0.95)?;
    Ok(fisher_two_sided(first.articles, first.of, second.articles, second.of))
}

/// Upper bound of the prevalence of what was never found in `articles` articles: the rule of three, 3 / n, at
/// coverage 0.95 (Hanley & Lippman-Hand 1983); none without articles, and at most 1.
pub fn rule_of_three(articles: u64) -> Option<f64> {
    (articles > 0).then(|| (3.0 / articles as f64).min(1.0))
}

/// Jeffreys' interval of a share: quantiles of Beta(h + ½, n − h + ½), 0 and 1 where all went one way (Brown, Cai &
/// DasGupta 2001); none without trials.
pub fn jeffreys(successes: u64, trials: u64, level: f64) -> Option<Interval> {
    if trials == 0 || successes > trials {
        return None;
    }
    let tail = (1.0 - level) / 2.0;
    let (a, b) = (successes as f64 + 0.5, (trials - successes) as f64 + 0.5);
    Some(Interval {
        low: if successes == 0 { 0.0 } else { beta_quantile(tail, a, b) },
        high: if successes == trials { 1.0 } else { beta_quantile(1.0 - tail, a, b) },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-6, "{actual} is not {expected}");
    }

    /// Methods 3, terminology choice: 5 of 5, raw Jeffreys [.620623, .999907].
    #[test]
    fn jeffreys_agrees_with_the_reference() {
        let all = jeffreys(5, 5, 0.95).unwrap();
        close(all.low, 0.620623);
        assert_eq!(all.high, 1.0);
        close(beta_quantile(0.975, 5.5, 0.5), 0.999907);
        assert_eq!(jeffreys(0, 5, 0.95).unwrap().low, 0.0);
        assert_eq!(jeffreys(0, 0, 0.95), None);
    }

    /// Newcombe 1998, table II: 56/70 − 48/80, method 10: .0524 to .3339.
    #[test]
    fn newcombe_agrees_with_his_paper() {
        let found = risk_difference(Present { articles: 48, of: 80 }, Present { articles: 56, of: 70 }, 0.95).unwrap();
        close(found.estimate, 0.2);
        assert!((found.interval.low - 0.0524).abs() < 5e-5 && (found.interval.high - 0.3339).abs() < 5e-5);
    }

    #[test]
    fn ends_and_errors() {
        let none = Present { articles: 0, of: 0 };
        let some = Present { articles: 3, of: 9 };
        assert_eq!(risk_difference(some, none, 0.95), Err(StatsError::NoExposure { group: 1 }));
        assert_eq!(risk_difference(some, some, 95.0), Err(StatsError::Level(95.0)));
        assert_eq!(risk_difference(some, Present { articles: 4, of: 3 }, 0.95), Err(StatsError::Value(4.0)));
        assert_eq!(none.share(), None);
        assert_eq!(rule_of_three(0), None);
        assert_eq!(rule_of_three(60), Some(0.05));
        assert_eq!(rule_of_three(1), Some(1.0));
        close(prevalence_p(some, some).unwrap(), 1.0);
    }
}
