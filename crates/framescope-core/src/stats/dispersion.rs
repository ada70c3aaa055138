//! How evenly hits are spread over the parts (articles) of a corpus.
//!
//! Gries' DP is the default. A rare word is never spread evenly over many short articles, so DP is read
//! beside the value that chance alone gives the same number of hits ([`poisson_dp`]): a plain limit such as
//! DP > 0.8 fires in 90 to 100 % of rare, evenly spread cues.

use statrs::function::gamma::ln_gamma;

use super::bootstrap::quantile;
use super::error::{StatsError, nonnegative, same_length};
use super::random::{Draws, Purpose};

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

/// The mean DP of `hits` hits that fall on words at random, without simulation: a part's hits are binomial,
/// and E|X − Hs| = 2ν C(H, ν) s^ν (1 − s)^(H − ν + 1) with ν = ⌊Hs⌋ + 1 (De Moivre 1730; Diaconis & Zabell 1991).
/// `sizes` are words of a part and how many parts have so many, so that it takes time in distinct sizes.
///
/// # Errors
/// [`StatsError::NoHits`]; [`StatsError::TooFewUnits`] below 2 parts with words.
pub fn mean_chance_dp(hits: u64, sizes: &[(u32, u32)]) -> Result<f64, StatsError> {
    let worded = || sizes.iter().filter(|(words, _)| *words > 0).map(|&(words, n)| (f64::from(words), f64::from(n)));
    let parts: f64 = worded().map(|(_, n)| n).sum();
    if parts < 2.0 {
        return Err(StatsError::TooFewUnits { group: 0, units: parts as usize, needed: 2 });
    }
    if hits == 0 {
        return Err(StatsError::NoHits { group: 0 });
    }
    let all: f64 = worded().map(|(words, n)| words * n).sum();
    let h = hits as f64;
    // A rare word has ν = 1 in nearly all parts, and ln C(H, ν) is most of the work.
    let (mut known, mut choose) = (f64::NAN, 0.0);
    let mut away = |s: f64| {
        let v = (h * s).floor() + 1.0;
        if v != known {
            (known, choose) = (v, ln_gamma(h + 1.0) - ln_gamma(v + 1.0) - ln_gamma(h - v + 1.0));
        }
        2.0 * (v.ln() + choose + v * s.ln() + (h - v + 1.0) * (-s).ln_1p()).exp() / h
    };
    Ok(0.5 * worded().map(|(words, n)| n * away(words / all)).sum::<f64>())
}

/// DP as chance alone would have it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChanceDp {
    /// The mean over the simulations.
    pub mean: f64,
    /// The 95 % point: a DP above it is clumped (W04).
    pub upper: f64,
}

/// DP of `hits` hits that fall on words at random (a Poisson process, given their number), simulated
/// `simulations` times with `seed`; 999 give the 95 % point to about a percentage point of coverage.
/// Takes time and memory in hits + parts.
///
/// # Errors
/// As for [`dispersion`]; [`StatsError::TooFewUnits`] below 19 simulations, where a 95 % point is none.
pub fn poisson_dp(hits: u64, words: &[f64], simulations: usize, seed: u64) -> Result<ChanceDp, StatsError> {
    if simulations < 19 {
        return Err(StatsError::TooFewUnits { group: 0, units: simulations, needed: 19 });
    }
    let worded: Vec<f64> = words.iter().copied().filter(|n| *n != 0.0).collect();
    let mut as_hits = vec![0.0; worded.len()];
    if let Some(first) = as_hits.first_mut() {
        *first = hits as f64;
    }
    let [all_hits, all_words] = totals(&as_hits, &worded)?;
    let table = Alias::of(&worded);
    let mut counts = vec![0_u32; worded.len()];
    let mut values: Vec<f64> = (0..simulations)
        .map(|index| {
            counts.fill(0);
            let mut draws = Draws::new(seed, Purpose::Dispersion, index as u64);
            for _ in 0..hits {
                counts[table.draw(&mut draws)] += 1;
            }
            let away = |(&c, &n): (&u32, &f64)| (f64::from(c) / all_hits - n / all_words).abs();
            0.5 * counts.iter().zip(&worded).map(away).sum::<f64>()
        })
        .collect();
    values.sort_by(f64::total_cmp);
    Ok(ChanceDp { mean: values.iter().sum::<f64>() / simulations as f64, upper: quantile(&values, 0.95) })
}

/// Draws a part in proportion to its words in constant time (Walker 1977, Vose 1991).
struct Alias {
    keep: Vec<f64>,
    other: Vec<u32>,
}

impl Alias {
    fn of(weights: &[f64]) -> Self {
        let mean = weights.iter().sum::<f64>() / weights.len() as f64;
        let mut keep: Vec<f64> = weights.iter().map(|w| w / mean).collect();
        let mut other: Vec<u32> = (0..weights.len() as u32).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..weights.len()).partition(|&i| keep[i] < 1.0);
        while let (Some(&little), Some(&much)) = (small.last(), large.last()) {
            small.pop();
            other[little] = much as u32;
            keep[much] -= 1.0 - keep[little];
            if keep[much] < 1.0 {
                large.pop();
                small.push(much);
            }
        }
        // What rounding has left over is whole.
        for i in small.into_iter().chain(large) {
            keep[i] = 1.0;
        }
        Alias { keep, other }
    }

    fn draw(&self, draws: &mut Draws) -> usize {
        let part = draws.below(self.keep.len() as u32) as usize;
        if draws.unit() < self.keep[part] { part } else { self.other[part] as usize }
    }
}

fn totals(hits: &[f64], words: &[f64]) -> Result<[f64; 2], StatsError> {
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

    /// One hit among equal parts has DP 1 − 1/n for sure; two among two parts: ½ or 0, half of the time each.
    #[test]
    fn chance_meets_its_closed_forms() {
        let one = poisson_dp(1, &[100.0; 8], 99, 1).unwrap();
        close(one.mean, 0.875, 1e-12);
        close(one.upper, 0.875, 1e-12);
        let two = poisson_dp(2, &[50.0, 50.0], 4999, 1).unwrap();
        close(two.mean, 0.25, 0.015);
        assert_eq!(two.upper, 0.5);
        // One hit falls into the part of 7 % of the words in 7 of 100 corpora: above the 95 % point, below the 90 % one.
        close(poisson_dp(1, &[93.0, 7.0], 4999, 1).unwrap().upper, 0.93, 1e-12);
        close(poisson_dp(1, &[97.0, 3.0], 4999, 1).unwrap().upper, 0.03, 1e-12);
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
    fn the_mean_of_chance_is_that_of_its_simulation() {
        close(mean_chance_dp(1, &[(100, 8)]).unwrap(), 0.875, 1e-12);
        close(mean_chance_dp(2, &[(50, 2), (0, 7)]).unwrap(), 0.25, 1e-12);
        let words: Vec<f64> = (0..40).map(|i| f64::from(50 + 17 * (i % 9))).collect();
        let sizes: Vec<(u32, u32)> = words.iter().map(|&n| (n as u32, 1)).collect();
        for hits in [1, 3, 30, 400] {
            let simulated = poisson_dp(hits, &words, 4999, 2).unwrap().mean;
            close(mean_chance_dp(hits, &sizes).unwrap(), simulated, 0.002);
        }
        assert!(mean_chance_dp(0, &[(9, 9)]).is_err() && mean_chance_dp(3, &[(9, 1)]).is_err());
    }

    /// A part is drawn in proportion to its words.
    #[test]
    fn long_parts_are_hit_more() {
        let words = [100.0, 700.0, 200.0];
        let table = Alias::of(&words);
        let mut draws = Draws::new(1, Purpose::Dispersion, 0);
        let mut seen = [0.0; 3];
        for _ in 0..20_000 {
            seen[table.draw(&mut draws)] += 1.0;
        }
        for (n, words) in seen.iter().zip(words) {
            close(n / 20_000.0, words / 1000.0, 0.015);
        }
    }

    #[test]
    fn what_cannot_be_spread_is_said() {
        assert_eq!(dispersion(&[0.0, 0.0], &[9.0, 9.0]), Err(StatsError::NoHits { group: 0 }));
        assert!(matches!(dispersion(&[1.0], &[9.0]), Err(StatsError::TooFewUnits { .. })));
        assert_eq!(dispersion(&[1.0, 2.0], &[9.0, 0.0]), Err(StatsError::Value(2.0)));
        assert!(matches!(poisson_dp(0, &[9.0, 9.0], 99, 1), Err(StatsError::NoHits { .. })));
        assert!(matches!(poisson_dp(3, &[9.0], 99, 1), Err(StatsError::TooFewUnits { .. })));
        assert!(matches!(poisson_dp(3, &[9.0, 1.0], 9, 1), Err(StatsError::TooFewUnits { needed: 19, .. })));
    }
}
