//! How evenly hits are spread over the parts (articles) of a corpus.
//!
//! Gries' DP is the default. A rare word is never spread evenly over many short articles, so DP is read
//! beside the value that chance alone gives the same number of hits ([`super::chance_dp`]): a plain limit such as
//! DP > 0.8 fires in 90 to 100 % of rare, evenly spread cues.

use super::error::{StatsError, nonnegative, same_length};

/// Spread of hits over parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dispersion {
    /// Gries' DP = ½ Σ |v − s| over parts' shares of hits v and of words s: 0 is even (Gries 2008).
    pub dp: f64,
    /// DP / (1 − min s), which can reach 1 (Lijffijt & Gries 2012).
    pub dp_norm: f64,
    /// Parts with a hit.
    pub range: usize,
    /// The largest part's share of all hits.
    pub largest_share: f64,
}

/// DP, DPnorm, range and the largest part's share. Parts without words are left out.
///
/// # Errors
/// [`StatsError::NoHits`]; [`StatsError::TooFewUnits`] below 2 parts with words; [`StatsError::Value`] for a
/// negative value or hits in a part without words; [`StatsError::Shape`].
pub fn dispersion(hits: &[f64], words: &[f64]) -> Result<Dispersion, StatsError> {
    let [all_hits, all_words] = totals(hits, words)?;
    let parts = || hits.iter().zip(words).filter(|(_, n)| **n > 0.0).map(|(h, n)| (h / all_hits, n / all_words));
    let dp = 0.5 * parts().map(|(v, s)| (v - s).abs()).sum::<f64>();
    let smallest = parts().map(|(_, s)| s).fold(1.0, f64::min);
    Ok(Dispersion {
        dp,
        dp_norm: dp / (1.0 - smallest),
        range: hits.iter().filter(|h| **h > 0.0).count(),
        largest_share: parts().map(|(v, _)| v).fold(0.0, f64::max),
    })
}

/// Juilland's D = 1 − CV/√(n − 1), the coefficient of variation of the parts' rates with population standard
/// deviation; unstable with many small parts (methods 4.6).
///
/// # Errors
/// As for [`dispersion`].
pub fn juilland_d(hits: &[f64], words: &[f64]) -> Result<f64, StatsError> {
    totals(hits, words)?;
    let rates: Vec<f64> = hits.iter().zip(words).filter(|(_, n)| **n > 0.0).map(|(h, n)| h / n).collect();
    let n = rates.len() as f64;
    let mean = rates.iter().sum::<f64>() / n;
    let sd = (rates.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / n).sqrt();
    Ok(1.0 - sd / mean / (n - 1.0).sqrt())
}

/// [`dispersion`] without a row for every part: from the parts that hold the word alone, one by one. Parts
/// without it add their share of words to the sum, and all shares add up to 1, so
/// DP = ½ (Σ |v − s| + 1 − Σ s), both sums over the parts that hold it.
///
/// A corpus has far more pairs of word and article than anyone could keep, and nearly all are 0.
#[derive(Debug, Clone)]
pub struct HolderDispersion {
    hits: f64,
    words: f64,
    away: f64,
    held: f64,
    range: usize,
    largest: f64,
}

impl HolderDispersion {
    /// For a word with so many hits in parts of so many words together.
    pub fn new(hits: u64, words: u64) -> Self {
        HolderDispersion { hits: hits as f64, words: words as f64, away: 0.0, held: 0.0, range: 0, largest: 0.0 }
    }

    /// Adds a part that holds the word.
    pub fn add(&mut self, hits: u32, words: u32) {
        let (v, s) = (f64::from(hits) / self.hits, f64::from(words) / self.words);
        self.away += (v - s).abs();
        self.held += s;
        self.range += 1;
        self.largest = self.largest.max(v);
    }

    /// What all parts that hold the word come to. `parts` have words, the smallest of them `smallest`.
    ///
    /// # Errors
    /// [`StatsError::NoHits`] where no part holds it; [`StatsError::TooFewUnits`] below 2 parts with words.
    pub fn finish(&self, parts: usize, smallest: u32) -> Result<Dispersion, StatsError> {
        if parts < 2 {
            return Err(StatsError::TooFewUnits { group: 0, units: parts, needed: 2 });
        }
        if self.range == 0 {
            return Err(StatsError::NoHits { group: 0 });
        }
        // Rounding must not leave an even word below 0.
        let dp = (0.5 * (self.away + 1.0 - self.held)).max(0.0);
        let dp_norm = dp / (1.0 - f64::from(smallest) / self.words);
        Ok(Dispersion { dp, dp_norm, range: self.range, largest_share: self.largest })
    }
}

pub(super) fn totals(hits: &[f64], words: &[f64]) -> Result<[f64; 2], StatsError> {
    same_length(words.len(), hits.len())?;
    nonnegative(hits)?;
    nonnegative(words)?;
    if let Some((&hits, _)) = hits.iter().zip(words).find(|(h, n)| **h > 0.0 && **n == 0.0) {
        return Err(StatsError::Value(hits));
    }
    let units = words.iter().filter(|n| **n > 0.0).count();
    if units < 2 {
        return Err(StatsError::TooFewUnits { group: 0, units, needed: 2 });
    }
    match hits.iter().sum() {
        0.0 => Err(StatsError::NoHits { group: 0 }),
        all => Ok([all, words.iter().sum()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64, digits: f64) {
        assert!((actual - expected).abs() < digits, "{actual} is not {expected}");
    }

    /// Methods 4.6: Lyne's ALLEMAND, equal to R `tlda`; and 1 to 5 over equal parts.
    #[test]
    fn dispersion_agrees_with_the_reference() {
        let hits = [2.0, 0.0, 1.0, 1.0, 3.0, 0.0, 3.0, 0.0, 0.0, 0.0];
        let words = [8143.0, 8058.0, 8271.0, 8125.0, 7959.0, 7941.0, 8146.0, 8001.0, 8003.0, 7930.0];
        close(juilland_d(&hits, &words).unwrap(), 0.6038797, 1e-7);
        // The population's standard deviation; with the sample's D would be another.
        let rates: Vec<f64> = hits.iter().zip(words).map(|(y, n)| y / n).collect();
        let mean = rates.iter().sum::<f64>() / 10.0;
        let sample = (rates.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / 9.0).sqrt();
        close(1.0 - sample / mean / 3.0, 0.582453, 1e-6);
        let found = dispersion(&hits, &words).unwrap();
        close(found.dp, 0.4990705, 1e-7);
        assert_eq!(found.range, 5);
        close(found.largest_share, 0.3, 1e-12);
        let rising = [1.0, 2.0, 3.0, 4.0, 5.0];
        close(juilland_d(&rising, &[100.0; 5]).unwrap(), 0.764298, 1e-6);
        let found = dispersion(&rising, &[100.0; 5]).unwrap();
        close(found.dp, 0.2, 1e-12);
        close(found.dp_norm, 0.25, 1e-12);
    }

    proptest::proptest! {
        /// What is added up part by part is what the whole row gives.
        #[test]
        fn holders_alone_give_the_dispersion_of_all(
            parts in proptest::collection::vec((0_u32..6, 0_u32..900), 0..60),
        ) {
            let parts: Vec<(u32, u32)> = parts.into_iter().map(|(h, n)| (h.min(n), n)).collect();
            let (hits, words): (Vec<f64>, Vec<f64>) = parts.iter().map(|&(h, n)| (f64::from(h), f64::from(n))).unzip();
            let sum = |of: fn(&(u32, u32)) -> u32| parts.iter().map(|part| u64::from(of(part))).sum();
            let mut streamed = HolderDispersion::new(sum(|p| p.0), sum(|p| p.1));
            parts.iter().filter(|(h, _)| *h > 0).for_each(|&(h, n)| streamed.add(h, n));
            let worded = || parts.iter().map(|&(_, n)| n).filter(|&n| n > 0);
            let streamed = streamed.finish(worded().count(), worded().min().unwrap_or(0));
            match (dispersion(&hits, &words), streamed) {
                (Ok(whole), Ok(streamed)) => {
                    proptest::prop_assert!((whole.dp - streamed.dp).abs() < 1e-12, "{whole:?} {streamed:?}");
                    proptest::prop_assert!((whole.dp_norm - streamed.dp_norm).abs() < 1e-11, "{whole:?} {streamed:?}");
                    proptest::prop_assert_eq!(whole.range, streamed.range);
                    proptest::prop_assert!((whole.largest_share - streamed.largest_share).abs() < 1e-15);
                }
                (whole, streamed) => proptest::prop_assert_eq!(whole, streamed),
            }
        }
    }

    #[test]
    fn what_cannot_be_spread_is_said() {
        assert_eq!(dispersion(&[0.0, 0.0], &[9.0, 9.0]), Err(StatsError::NoHits { group: 0 }));
        assert!(matches!(dispersion(&[1.0], &[9.0]), Err(StatsError::TooFewUnits { .. })));
        assert_eq!(dispersion(&[1.0, 2.0], &[9.0, 0.0]), Err(StatsError::Value(2.0)));
    }
}
