//! DP as chance alone would have it: of hits that fall on words at random.
//!
//! A rare word is never spread evenly over many short articles, so its DP says something only beside this. The mean is known
//! ([`mean_chance_dp`]); the 95 % point is simulated ([`poisson_dp`]), and in a large corpus, where a simulation draws
//! millions of hits, taken from the normal limit ([`chance_dp`] chooses).

use statrs::function::gamma::{gamma_ur, ln_gamma};

use super::bootstrap::quantile;
use super::dispersion::totals;
use super::dist::normal_quantile;
use super::error::StatsError;
use super::random::{Draws, Purpose};

/// Articles of like length that a corpus must be worth (1 / Σ s²), and pairs of hits that must be expected in one article
/// (H² Σ s² / 2), for the normal limit: the skewness of DP is then below 0.05, which moves the 95 % point by a hundredth
/// of a standard deviation, where 999 simulations leave it uncertain by 0.07.
const LIMIT_FROM: f64 = 400.0;

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
/// As for [`dispersion`](fn@super::dispersion); [`StatsError::TooFewUnits`] below 19 simulations, where a 95 % point is none.
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

/// DP of hits that fall on words at random: by its normal limit where the corpus is large enough for that to be nearer than
/// a simulation, else as [`poisson_dp`] simulates it.
///
/// # Errors
/// As for [`poisson_dp`].
pub fn chance_dp(hits: u64, words: &[f64], simulations: usize, seed: u64) -> Result<ChanceDp, StatsError> {
    let all: f64 = words.iter().sum();
    let squares: f64 = words.iter().map(|n| (n / all) * (n / all)).sum();
    let together = (hits as f64).powi(2) * squares / 2.0;
    match 1.0 / squares >= LIMIT_FROM && together >= LIMIT_FROM {
        true => limiting_dp(hits, words),
        false => poisson_dp(hits, words, simulations, seed),
    }
}

/// The normal limit: hits X of a part are Poisson, given their sum, so that Σ |X − λ| has the variance
/// Σ Var|X − λ| − (Σ Cov(|X − λ|, X))² / H (Holst 1972), with m = ⌊λ⌋, p the Poisson probabilities and P their sum:
///
/// E|X − λ| = 2 (m + 1) p(m + 1),  Cov(|X − λ|, X) = λ − 2λ (P(m − 1) − (m − λ) p(m)).
fn limiting_dp(hits: u64, words: &[f64]) -> Result<ChanceDp, StatsError> {
    let mut sizes: Vec<f64> = words.iter().copied().filter(|n| *n != 0.0).collect();
    let mut as_hits = vec![0.0; sizes.len()];
    if let Some(first) = as_hits.first_mut() {
        *first = hits as f64;
    }
    let [all_hits, all_words] = totals(&as_hits, &sizes)?;
    sizes.sort_by(f64::total_cmp);
    let (mut mean, mut variance, mut with_hits) = (0.0, 0.0, 0.0);
    for alike in sizes.chunk_by(|a, b| a == b) {
        let lambda = all_hits * alike[0] / all_words;
        let below = lambda.floor();
        let p = |x: f64| (x * lambda.ln() - lambda - ln_gamma(x + 1.0)).exp();
        let away = 2.0 * (below + 1.0) * p(below + 1.0);
        let sum = if below > 0.0 { gamma_ur(below, lambda) } else { 0.0 };
        let parts = alike.len() as f64;
        mean += parts * away;
        variance += parts * (lambda - away * away);
        with_hits += parts * (lambda - 2.0 * lambda * (sum - (below - lambda) * p(below)));
    }
    let spread = (variance - with_hits * with_hits / all_hits).max(0.0).sqrt();
    let mean = mean / (2.0 * all_hits);
    Ok(ChanceDp { mean, upper: mean + normal_quantile(0.95) * spread / (2.0 * all_hits) })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64, digits: f64) {
        assert!((actual - expected).abs() < digits, "{actual} is not {expected}");
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

    /// The limit is what simulations come near: articles that mostly have no hit, some, or dozens; of very unlike lengths.
    /// 4,999 of them leave the mean uncertain by 0.014 standard deviations, the 95 % point by 0.03.
    #[test]
    fn the_limit_is_that_of_simulations() {
        for (parts, hits, longest) in [(9_000, 5_000, 9), (1_500, 6_000, 30), (700, 20_000, 5)] {
            let words: Vec<f64> = (0..parts).map(|i| f64::from(60 + 40 * (i * i % longest))).collect();
            let found = chance_dp(hits, &words, 99, 1).unwrap();
            assert_eq!(found, limiting_dp(hits, &words).unwrap());
            let simulated = poisson_dp(hits, &words, 4999, 7).unwrap();
            let spread = (simulated.upper - simulated.mean) / 1.645;
            close(found.mean, simulated.mean, 0.06 * spread);
            close(found.upper, simulated.upper, 0.12 * spread);
        }
    }

    /// Few articles, one that outweighs all others, and hits so rare that hardly two meet are simulated.
    #[test]
    fn where_the_limit_is_far_chance_is_simulated() {
        let long = [vec![100.0; 900], vec![90_000.0]].concat();
        for (hits, words) in [(50_000, vec![200.0; 300]), (5_000, long), (900, vec![200.0; 1500])] {
            assert_eq!(chance_dp(hits, &words, 99, 3).unwrap(), poisson_dp(hits, &words, 99, 3).unwrap());
        }
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
        assert!(matches!(poisson_dp(0, &[9.0, 9.0], 99, 1), Err(StatsError::NoHits { .. })));
        assert!(matches!(poisson_dp(3, &[9.0], 99, 1), Err(StatsError::TooFewUnits { .. })));
        assert!(matches!(poisson_dp(3, &[9.0, 1.0], 9, 1), Err(StatsError::TooFewUnits { needed: 19, .. })));
        assert_eq!(chance_dp(0, &[9.0; 999], 99, 1), Err(StatsError::NoHits { group: 0 }));
        assert!(matches!(chance_dp(3, &[], 99, 1), Err(StatsError::TooFewUnits { .. })));
    }
}
