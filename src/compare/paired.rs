//! Events that both sides covered: how differently they wrote of the same ones.
//!
//! Each event gives one difference, the mean rate of the group's articles on it less that of the other's, so that an
//! event with many articles counts as one. From 6 events there is a sign-flip test, from 10 it is the headline
//! (design 10); Wilcoxon's signed-rank test stands beside it (methods 4.8).

use framescope_core::stats::{self, HEADLINE_FROM, Interval, PAIRED_FROM};

use serde::Serialize;

use super::plan::Plan;
use super::result::{Ends, Estimate, PValue};

/// Differences up to here have all their signs flipped, and an interval by inverting that; 2¹⁴ are enumerated.
const ENUMERATED: usize = 14;

/// Events that both sides covered, each the unit of a paired comparison.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct PairedResult {
    /// Events covered by both sides.
    pub events: u64,
    /// Mean over events of the difference of rates per 1,000 words.
    pub mean_difference: Estimate,
    /// Their median.
    pub median_difference: f64,
    /// Sign-flip test.
    pub p: Option<PValue>,
    /// Wilcoxon's signed-rank test beside it.
    pub ranks: Option<RanksResult>,
    /// Whether there are events enough for this to be the headline.
    pub is_headline: bool,
}

impl PairedResult {
    /// Takes back what was tested: too few hits for one test are too few for the other.
    pub(super) fn withhold(&mut self) {
        (self.p, self.ranks, self.mean_difference.interval, self.is_headline) = (None, None, None, false);
    }
}

/// Wilcoxon's signed-rank test of paired differences.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct RanksResult {
    /// Two-sided, not adjusted.
    pub p: f64,
    /// Differences that are not 0.
    pub ranked: u64,
    /// Differences of 0, left out.
    pub zeros: u64,
    /// Differences that share their rank with others.
    pub tied: u64,
    /// Whether all signs of the ranks were gone through; else the p is of the normal distribution.
    pub exact: bool,
}

/// The paired comparison of one path; none where no event is covered by both.
pub(super) fn paired(plan: &Plan, events: &[u32], labels: &[u8], words: &[u64], hits: &[u32]) -> Option<PairedResult> {
    let differences = differences(events, labels, words, hits);
    let mean = stats::mean_of(&differences)?;
    let enough = differences.len() >= PAIRED_FROM;
    let test = enough.then(|| stats::sign_flip(&differences, plan.permutations, plan.seed).ok()).flatten();
    // All signs alike, or all turned; a difference of 0 is the same with either.
    let smallest = 0.5_f64.powi(differences.iter().filter(|d| **d != 0.0).count() as i32 - 1);
    let interval = enough.then(|| interval(&differences, mean, plan)).flatten();
    let ranks = enough.then(|| stats::signed_ranks(&differences).ok()).flatten();
    Some(PairedResult {
        events: differences.len() as u64,
        mean_difference: Estimate { value: mean, interval },
        median_difference: stats::median(&differences)?,
        p: test.map(|test| PValue {
            p: test.p,
            adjusted: None,
            family: None,
            arrangements: test.arrangements,
            exact: test.enumerated,
            smallest: match test.enumerated {
                true => smallest,
                false => smallest.max(1.0 / (test.arrangements as f64 + 1.0)),
            },
        }),
        ranks: ranks.map(|found| RanksResult {
            p: found.p,
            ranked: found.ranked as u64,
            zeros: found.zeros as u64,
            tied: found.tied as u64,
            exact: found.is_exact,
        }),
        is_headline: differences.len() >= HEADLINE_FROM,
    })
}

/// One difference of mean rates per 1,000 words for each event that both sides have words on.
fn differences(events: &[u32], labels: &[u8], words: &[u64], hits: &[u32]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..events.len()).filter(|&i| words[i] > 0).collect();
    order.sort_by_key(|&i| events[i]);
    let mean = |event: &[usize], label: u8| {
        let own = event.iter().filter(|&&i| labels[i] == label);
        let rates: Vec<f64> = own.map(|&i| 1000.0 * f64::from(hits[i]) / words[i] as f64).collect();
        stats::mean_of(&rates)
    };
    let events = order.chunk_by(|&a, &b| events[a] == events[b]);
    events.filter_map(|event| Some(mean(event, 1)? - mean(event, 0)?)).collect()
}

/// Every mean that the sign-flip test does not reject where all signs are gone through; with more events by t, which
/// is near it then.
fn interval(differences: &[f64], mean: f64, plan: &Plan) -> Option<Ends> {
    let n = differences.len() as f64;
    let squares: f64 = differences.iter().map(|d| (d - mean).powi(2)).sum();
    let standard_error = (squares / (n - 1.0) / n).sqrt();
    if standard_error <= 0.0 {
        return None;
    }
    let found = if differences.len() <= ENUMERATED {
        stats::invert(mean, standard_error, plan.level, |value| {
            let moved: Vec<f64> = differences.iter().map(|d| d - value).collect();
            match stats::sign_flip(&moved, plan.permutations, plan.seed) {
                Ok(test) => Ok(test.p),
                // All equal to the value: nothing speaks against it.
                Err(stats::StatsError::NoVariation) => Ok(1.0),
                Err(error) => Err(error),
            }
        })
        .ok()?
    } else {
        let half = stats::t_quantile(plan.level, n - 1.0) * standard_error;
        Interval { low: mean - half, high: mean + half }
    };
    Some(found.into())
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;

    /// Six events with the differences of methods 4.2 (p = 4 of 64), one event with two articles a side that are
    /// averaged, one that only one side covered.
    #[test]
    fn events_are_the_units() {
        let wanted = [1.2, -0.3, 2.1, 0.8, 1.9, 0.4];
        let (mut events, mut labels, mut words, mut hits) = (vec![], vec![], vec![], vec![]);
        let mut add = |event: u32, label: u8, rate: f64| {
            events.push(event);
            labels.push(label);
            words.push(10_000);
            hits.push((rate * 10.0).round() as u32);
        };
        for (event, d) in (0..).zip(wanted) {
            if event == 2 {
                add(event, 1, 5.0 + d - 1.0);
                add(event, 1, 5.0 + d + 1.0);
            } else {
                add(event, 1, 5.0 + d);
            }
            add(event, 0, 5.0);
        }
        add(9, 1, 50.0);
        let plan = Plan::new("outlet", NonZeroUsize::MIN);
        let found = paired(&plan, &events, &labels, &words, &hits).unwrap();
        assert_eq!((found.events, found.is_headline), (6, false));
        assert!((found.mean_difference.value - wanted.iter().sum::<f64>() / 6.0).abs() < 1e-12);
        let p = found.p.unwrap();
        assert_eq!((p.p, p.exact, p.smallest), (0.0625, true, 0.03125));
        assert!((found.median_difference - 1.0).abs() < 1e-12);
        // Ranks 1 to 6, the one of size 1 negative: sums up to 1 are two of 64 on either side.
        let ranks = found.ranks.unwrap();
        assert_eq!((ranks.p, ranks.ranked, ranks.zeros, ranks.tied, ranks.exact), (0.0625, 6, 0, 0, true));
        // p is above 0.05, so 0 is inside the interval.
        let ends = found.mean_difference.interval.unwrap();
        assert!(ends.low <= 0.0 && ends.high > found.mean_difference.value, "{ends:?}");
    }

    #[test]
    fn five_events_have_a_mean_and_no_p() {
        let events: Vec<u32> = (0..5).flat_map(|e| [e, e]).collect();
        let plan = Plan::new("outlet", NonZeroUsize::MIN);
        let found = paired(&plan, &events, &[0, 1].repeat(5), &[1000; 10], &[1, 3].repeat(5)).unwrap();
        assert_eq!((found.events, found.p, found.ranks, found.mean_difference.interval), (5, None, None, None));
        assert_eq!(found.mean_difference.value, 2.0);
        assert_eq!(paired(&plan, &[1, 2], &[0, 1], &[1000; 2], &[1, 3]), None);
    }

    /// Six differences, all one way, give 2 / 2⁶. Events in which both wrote alike once made that look smaller still.
    #[test]
    fn events_without_a_difference_make_no_smaller_p_attainable() {
        let plan = Plan::new("outlet", NonZeroUsize::MIN);
        let p = |hits: &[u32]| {
            let events: Vec<u32> = (0..hits.len() as u32).map(|article| article / 2).collect();
            let labels: Vec<u8> = (0..hits.len()).map(|article| article as u8 % 2).collect();
            paired(&plan, &events, &labels, &vec![500; hits.len()], hits).unwrap().p.unwrap()
        };
        let six = p(&[0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6]);
        assert_eq!((six.p, six.smallest), (2.0 / 64.0, 2.0 / 64.0));
        let eight = p(&[0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 1, 1, 2, 2]);
        assert_eq!((eight.p, eight.smallest), (2.0 / 64.0, 2.0 / 64.0));
    }
}
