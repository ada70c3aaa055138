//! Rates of two groups whose articles are of different kinds: compared kind by kind, as one ratio.
//!
//! Where one outlet writes more opinion than another and opinion has more of a word, the plain ratio of rates shows the
//! mix. Here each article's words are turned into the hits that its stratum (a genre, say) would expect at equal rates,
//! so that hits over expected hits can be compared, and exchanged, as hits over words are.

use super::error::{StatsError, same_length};
use super::rates::Count;

/// One ratio over all strata.
#[derive(Debug, Clone, PartialEq)]
pub struct StratifiedRatio {
    /// ln of the ratio of group 1's rate to group 0's inside strata, by maximum likelihood of Poisson counts with an
    /// effect for each stratum: the θ with Σₛ (Y₁ₛ − Yₛ θN₁ₛ/(N₀ₛ + θN₁ₛ)) = 0.
    pub log_ratio: f64,
    /// Hits that each article expects at its stratum's rate once the ratio is taken out, rₛ = Yₛ/(N₀ₛ + θN₁ₛ): the
    /// ratio of hits over these is θ.
    pub expected: Vec<f64>,
    /// The same at θ = 1, where groups are alike: what a permutation test inside strata exchanges.
    pub expected_alike: Vec<f64>,
}

/// Compares two groups inside strata. `labels` are 0 and 1. Strata of one group only have no say in the ratio.
///
/// # Errors
/// [`StatsError::Shape`]; [`StatsError::Value`] for another label, or hits without words;
/// [`StatsError::OneArrangement`] where no stratum has words of both groups; [`StatsError::NoHits`] where a group has
/// none in the strata that have both.
pub fn stratified_ratio(counts: &[Count], labels: &[u8], strata: &[u32]) -> Result<StratifiedRatio, StatsError> {
    same_length(counts.len(), labels.len())?;
    same_length(counts.len(), strata.len())?;
    if let Some(&label) = labels.iter().find(|label| **label > 1) {
        return Err(StatsError::Value(f64::from(label)));
    }
    if let Some(count) = counts.iter().find(|count| count.words == 0 && count.hits > 0) {
        return Err(StatsError::Value(count.hits as f64));
    }
    let mut known: Vec<u32> = strata.to_vec();
    known.sort_unstable();
    known.dedup();
    let place = |stratum: u32| known.partition_point(|k| *k < stratum);
    let mut sums = vec![[Count::default(); 2]; known.len()];
    for ((count, label), stratum) in counts.iter().zip(labels).zip(strata) {
        let sum = &mut sums[place(*stratum)][usize::from(*label)];
        *sum = [*sum, *count].into_iter().sum();
    }
    let shared: Vec<&[Count; 2]> = sums.iter().filter(|s| s[0].words > 0 && s[1].words > 0).collect();
    if shared.is_empty() {
        return Err(StatsError::OneArrangement);
    }
    for group in 0..2 {
        if shared.iter().all(|s| s[group].hits == 0) {
            return Err(StatsError::NoHits { group });
        }
    }
    let score = |log: f64| {
        let theta = log.exp();
        let part = |[none, one]: &[Count; 2]| {
            let weighted = theta * one.words as f64;
            one.hits as f64 - (none.hits + one.hits) as f64 * weighted / (none.words as f64 + weighted)
        };
        shared.iter().map(|s| part(s)).sum::<f64>()
    };
    // The score falls from above 0 to below 0; 200 halvings leave nothing of the bracket.
    let (mut low, mut high) = (-60.0, 60.0);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if score(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    let log_ratio = (low + high) / 2.0;
    let expected = |theta: f64| {
        let rates: Vec<f64> = sums
            .iter()
            .map(|[none, one]| {
                let words = none.words as f64 + theta * one.words as f64;
                if words > 0.0 { (none.hits + one.hits) as f64 / words } else { 0.0 }
            })
            .collect();
        counts.iter().zip(strata).map(|(count, stratum)| count.words as f64 * rates[place(*stratum)]).collect()
    };
    Ok(StratifiedRatio { log_ratio, expected: expected(log_ratio.exp()), expected_alike: expected(1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Regression;

    fn count(hits: u64, words: u64) -> Count {
        Count { hits, words }
    }

    /// News has 1 hit per 1,000 words and opinion 10, in both outlets; one writes more opinion. The plain ratio is far
    /// from 1, that inside genres is 1.
    #[test]
    fn another_mix_is_no_difference() {
        let counts = [count(9, 9000), count(10, 1000), count(1, 1000), count(90, 9000)];
        let found = stratified_ratio(&counts, &[0, 0, 1, 1], &[1, 2, 1, 2]).unwrap();
        assert!(found.log_ratio.abs() < 1e-12, "{found:?}");
        for (expected, hits) in found.expected.iter().zip([9.0, 10.0, 1.0, 90.0]) {
            assert!((expected - hits).abs() < 1e-9);
        }
    }

    #[test]
    fn one_stratum_is_the_plain_ratio() {
        let found = stratified_ratio(&[count(4, 1000), count(9, 900)], &[0, 1], &[3, 3]).unwrap();
        assert!((found.log_ratio - (9.0_f64 / 900.0 / 0.004).ln()).abs() < 1e-12);
    }

    /// The likelihood of a Poisson regression with a column for each stratum has its top at the same ratio.
    #[test]
    fn it_is_the_regression_with_stratum_effects() {
        let hits = [3, 5, 2, 8, 1, 9, 4, 7];
        let words = [800, 900, 650, 1200, 400, 1000, 700, 900];
        let labels = [0, 1, 0, 1, 0, 1, 1, 0];
        let strata = [1, 1, 2, 2, 3, 3, 1, 2];
        let counts: Vec<Count> = hits.iter().zip(words).map(|(&h, n)| count(h, n)).collect();
        let found = stratified_ratio(&counts, &labels, &strata).unwrap();
        let y: Vec<f64> = hits.iter().map(|&h| h as f64).collect();
        let n: Vec<f64> = words.iter().map(|&n| n as f64).collect();
        let design: Vec<f64> = (0..8)
            .flat_map(|i| {
                let is = |yes: bool| f64::from(u8::from(yes));
                [1.0, f64::from(labels[i]), is(strata[i] == 2), is(strata[i] == 3)]
            })
            .collect();
        let fit = Regression { counts: &y, exposure: &n, design: &design, columns: 4 }.poisson().unwrap();
        assert!((found.log_ratio - fit.coefficients[1]).abs() < 1e-8, "{} {:?}", found.log_ratio, fit.coefficients);
        // Hits over expected hits have the same ratio.
        let over = |g: u8| {
            let own = (0..8).filter(|&i| labels[i] == g);
            let (y, e) = own.fold((0.0, 0.0), |(y, e), i| (y + hits[i] as f64, e + found.expected[i]));
            y / e
        };
        assert!(((over(1) / over(0)).ln() - found.log_ratio).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_be_compared_is_said() {
        let ten = count(2, 1000);
        assert_eq!(stratified_ratio(&[ten, ten], &[0, 1], &[1, 2]), Err(StatsError::OneArrangement));
        let none = count(0, 1000);
        assert_eq!(stratified_ratio(&[none, ten], &[0, 1], &[1, 1]), Err(StatsError::NoHits { group: 0 }));
        assert_eq!(stratified_ratio(&[ten, ten], &[0, 2], &[1, 1]), Err(StatsError::Value(2.0)));
        assert_eq!(stratified_ratio(&[count(1, 0), ten], &[0, 1], &[1, 1]), Err(StatsError::Value(1.0)));
        assert!(matches!(stratified_ratio(&[ten], &[0, 1], &[1]), Err(StatsError::Shape { .. })));
    }
}
