//! Which words set two groups apart: one word's table of four cells, hits and other words of either group.
//!
//! These describe and rank. Words are not independent, so none of them is a test of outlets; a p-value comes
//! from permuting articles ([`super::RateTest`], a word as a path).

use super::dist::{beta_quantile, binomial_two_sided};
use super::error::{StatsError, coverage};
use super::intervals::Interval;

/// How often a word occurs in two groups, and how many words they have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordCounts {
    /// Occurrences in the first and second group.
    pub hits: [u64; 2],
    /// All words of the first and second group.
    pub words: [u64; 2],
}

/// Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogOdds {
    /// δ: log-odds in the first group less that in the second, prior added.
    pub delta: f64,
    /// Its approximate variance 1/(y₁ + α) + 1/(y₂ + α), as published implementations have it.
    pub variance: f64,
    /// The same with the two terms of the other words, 1/(n + α₀ − y − α).
    pub full_variance: f64,
}

impl LogOdds {
    /// ζ = δ/σ, for ranking; it takes words to be independent, so it tests nothing.
    pub fn zeta(&self) -> f64 {
        self.delta / self.variance.sqrt()
    }

    /// ζ by the full variance.
    pub fn full_zeta(&self) -> f64 {
        self.delta / self.full_variance.sqrt()
    }
}

/// The default strength of the prior, in words: α₀ = min(500, half of the smaller group).
pub fn prior_strength(words: [u64; 2]) -> f64 {
    (words[0].min(words[1]) as f64 / 2.0).min(500.0)
}

/// δ and σ² of one word: `alpha` is its part α_w of the prior, `alpha_sum` the prior's whole α₀ (informative:
/// α₀ times the word's share in a background corpus, or in both groups together).
///
/// # Errors
/// [`StatsError::NoExposure`], [`StatsError::Value`] where hits exceed words or not 0 < α_w < α₀.
pub fn log_odds(counts: WordCounts, alpha: f64, alpha_sum: f64) -> Result<LogOdds, StatsError> {
    check(counts)?;
    if !(alpha > 0.0 && alpha < alpha_sum && alpha_sum.is_finite()) {
        return Err(StatsError::Value(alpha));
    }
    let own = |g: usize| counts.hits[g] as f64 + alpha;
    let other = |g: usize| counts.words[g] as f64 + alpha_sum - own(g);
    let variance = 1.0 / own(0) + 1.0 / own(1);
    Ok(LogOdds {
        delta: (own(0) / other(0)).ln() - (own(1) / other(1)).ln(),
        variance,
        full_variance: variance + 1.0 / other(0) + 1.0 / other(1),
    })
}

/// G² of the four cells, 2 Σ O ln(O/E), without Williams' correction (quanteda applies it by default).
///
/// # Errors
/// [`StatsError::NoExposure`], [`StatsError::Value`] where hits exceed words, [`StatsError::NoHits`] where neither
/// group has the word, [`StatsError::NoVariation`] where there is no other word.
pub fn g2(counts: WordCounts) -> Result<f64, StatsError> {
    let terms = cells(counts)?.into_iter().filter(|(o, _)| *o > 0.0).map(|(o, e)| o * (o / e).ln());
    Ok((2.0 * terms.sum::<f64>()).max(0.0))
}

/// G² of the two cells of the word alone, as Rayson & Garside (2000) have it.
///
/// # Errors
/// As for [`g2`].
pub fn g2_two_cells(counts: WordCounts) -> Result<f64, StatsError> {
    let cells = cells(counts)?;
    let terms = cells.into_iter().take(2).filter(|(o, _)| *o > 0.0).map(|(o, e)| o * (o / e).ln());
    Ok((2.0 * terms.sum::<f64>()).max(0.0))
}

/// Pearson's χ² of the four cells, without Yates' correction.
///
/// # Errors
/// As for [`g2`].
pub fn chi2(counts: WordCounts) -> Result<f64, StatsError> {
    Ok(cells(counts)?.into_iter().map(|(o, e)| (o - e).powi(2) / e).sum())
}

/// Log ratio: log₂ of the first group's rate over the second's; where either has no hit, ½ stands for it
/// (Hardie 2014).
///
/// # Errors
/// [`StatsError::NoExposure`]; [`StatsError::NoHits`] where neither group has the word.
pub fn log_ratio(counts: WordCounts) -> Result<f64, StatsError> {
    any_hits(counts)?;
    let rate = |g: usize| if counts.hits[g] == 0 { 0.5 } else { counts.hits[g] as f64 } / counts.words[g] as f64;
    Ok((rate(0) / rate(1)).log2())
}

/// Interval of the log ratio, conditional on all hits: Clopper and Pearson's interval of the first group's part
/// p, mapped by log₂(p/(1 − p) · n₂/n₁). An end is infinite on the side of a group without the word, so it
/// is none there: first low (none without hits in the first group), then high (none without hits in the second).
///
/// For many words at once, give a level adjusted for their number (1 − 0.05/words), as R `corpora` does.
///
/// # Errors
/// As for [`log_ratio`]; [`StatsError::Level`].
pub fn log_ratio_interval(counts: WordCounts, level: f64) -> Result<(Option<f64>, Option<f64>), StatsError> {
    any_hits(counts)?;
    let tail = (1.0 - coverage(level)?) / 2.0;
    let [a, b] = counts.hits.map(|h| h as f64);
    let map = |p: f64| (p / (1.0 - p) * counts.words[1] as f64 / counts.words[0] as f64).log2();
    let low = (a > 0.0).then(|| map(beta_quantile(tail, a, b + 1.0)));
    let high = (b > 0.0).then(|| map(beta_quantile(1.0 - tail, a + 1.0, b)));
    Ok((low, high))
}

/// The log ratio nearest to 0 in its interval, 0 where it holds 0: the conservative effect (Evert 2022, LRC).
///
/// # Errors
/// As for [`log_ratio_interval`].
pub fn conservative_log_ratio(counts: WordCounts, level: f64) -> Result<f64, StatsError> {
    Ok(match log_ratio_interval(counts, level)? {
        (Some(low), _) if low > 0.0 => low,
        (_, Some(high)) if high < 0.0 => high,
        _ => 0.0,
    })
}

/// Exact test of two counts conditional on their sum, a ~ Bin(a + b, n₁/(n₁ + n₂)): two-sided, within-text only,
/// since it takes words to be independent (methods 4.1).
///
/// # Errors
/// As for [`log_ratio`].
pub fn conditional_exact_p(counts: WordCounts) -> Result<f64, StatsError> {
    any_hits(counts)?;
    let part = counts.words[0] as f64 / (counts.words[0] + counts.words[1]) as f64;
    Ok(binomial_two_sided(counts.hits[0], counts.hits[0] + counts.hits[1], part))
}

/// The interval that [`log_ratio_interval`] gives where both ends exist.
///
/// # Errors
/// As for [`log_ratio_interval`]; [`StatsError::NoHits`] for the group that has none.
pub fn closed_log_ratio_interval(counts: WordCounts, level: f64) -> Result<Interval, StatsError> {
    match log_ratio_interval(counts, level)? {
        (Some(low), Some(high)) => Ok(Interval { low, high }),
        (None, _) => Err(StatsError::NoHits { group: 0 }),
        (_, None) => Err(StatsError::NoHits { group: 1 }),
    }
}

fn check(counts: WordCounts) -> Result<(), StatsError> {
    for group in 0..2 {
        if counts.words[group] == 0 {
            return Err(StatsError::NoExposure { group });
        }
        if counts.hits[group] > counts.words[group] {
            return Err(StatsError::Value(counts.hits[group] as f64));
        }
    }
    Ok(())
}

fn any_hits(counts: WordCounts) -> Result<(), StatsError> {
    check(counts)?;
    if counts.hits == [0, 0] { Err(StatsError::NoHits { group: 0 }) } else { Ok(()) }
}

/// Observed and expected: the word in both groups, then the other words in both.
fn cells(counts: WordCounts) -> Result<[(f64, f64); 4], StatsError> {
    any_hits(counts)?;
    let [a, b] = counts.hits.map(|h| h as f64);
    let [n1, n2] = counts.words.map(|n| n as f64);
    if a + b >= n1 + n2 {
        return Err(StatsError::NoVariation);
    }
    let word = (a + b) / (n1 + n2);
    let other = (n1 + n2 - a - b) / (n1 + n2);
    Ok([(a, n1 * word), (b, n2 * word), (n1 - a, n1 * other), (n2 - b, n2 * other)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::chi2_upper;

    const WORDS: [u64; 2] = [1243, 759];

    fn counts(first: u64, second: u64) -> WordCounts {
        WordCounts { hits: [first, second], words: WORDS }
    }

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-6, "{actual} is not {expected}");
    }

    /// Methods 4.5: war, interests, dialogue, Hamas.
    #[test]
    fn log_odds_agree_with_the_reference() {
        for (a, b, delta, variance, zeta) in [
            (8, 0, 1.289112, 0.600520, 1.663516),
            (10, 0, 1.290158, 0.480416, 1.861376),
            (1, 5, -1.284911, 0.554122, -1.726118),
            (10, 12, -0.451755, 0.121700, -1.294965),
        ] {
            let found = log_odds(counts(a, b), 500.0 * (a + b) as f64 / 2002.0, 500.0).unwrap();
            close(found.delta, delta);
            close(found.variance, variance);
            close(found.zeta(), zeta);
            // Two articles support no claim about words.
            assert!(found.zeta().abs() < 1.96);
        }
        let war = log_odds(counts(8, 0), 500.0 * 8.0 / 2002.0, 500.0).unwrap();
        close(war.full_zeta(), 1.661618);
        let flat = log_odds(counts(8, 0), 0.01, 10.0).unwrap();
        assert!((flat.delta - 6.204).abs() < 5e-4 && (flat.zeta() - 0.620).abs() < 5e-4);
        assert_eq!(prior_strength(WORDS), 379.5);
        assert_eq!(prior_strength([90_000, 5000]), 500.0);
    }

    /// Methods 4.6.
    #[test]
    fn keyness_agrees_with_the_reference() {
        close(g2(counts(8, 0)).unwrap(), 7.645490);
        close(chi2_upper(7.645490, 1.0), 0.005691);
        close(g2_two_cells(counts(8, 0)).unwrap(), 7.625902);
        close(g2(counts(10, 0)).unwrap(), 9.563011);
        close(g2(counts(1, 5)).unwrap(), 5.261320);
        close(g2(counts(10, 12)).unwrap(), 2.522325);
        close(log_ratio(counts(8, 0)).unwrap(), 3.288345);
        close(log_ratio(counts(10, 0)).unwrap(), 3.610274);
        close(log_ratio(counts(1, 5)).unwrap(), -3.033583);
    }

    /// Methods 4.1, zero cells.
    #[test]
    fn the_conditional_test_agrees_with_the_reference() {
        close(conditional_exact_p(counts(8, 0)).unwrap(), 0.028101);
        close(conditional_exact_p(counts(1, 5)).unwrap(), 0.032147);
        close(conditional_exact_p(counts(10, 12)).unwrap(), 0.125190);
    }

    #[test]
    fn a_group_without_the_word_leaves_an_end_open() {
        let (low, high) = log_ratio_interval(counts(8, 0), 0.95).unwrap();
        assert!(low.unwrap() < log_ratio(counts(8, 0)).unwrap());
        assert_eq!(high, None);
        assert_eq!(closed_log_ratio_interval(counts(8, 0), 0.95), Err(StatsError::NoHits { group: 1 }));
        assert_eq!(conservative_log_ratio(counts(10, 12), 0.95), Ok(0.0));
        assert!(conservative_log_ratio(counts(0, 40), 0.95).unwrap() < -1.0);
    }

    #[test]
    fn empty_tables_are_said() {
        assert_eq!(g2(counts(0, 0)), Err(StatsError::NoHits { group: 0 }));
        assert_eq!(chi2(WordCounts { hits: [0, 1], words: [0, 9] }), Err(StatsError::NoExposure { group: 0 }));
        assert_eq!(g2(WordCounts { hits: [9, 1], words: [8, 9] }), Err(StatsError::Value(9.0)));
        assert_eq!(g2(WordCounts { hits: [8, 9], words: [8, 9] }), Err(StatsError::NoVariation));
        assert!(matches!(log_odds(counts(1, 1), 0.0, 10.0), Err(StatsError::Value(_))));
    }
}
