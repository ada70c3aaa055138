//! The bootstrap over articles or events, and the intervals made of it.
//!
//! A replicate draws as many units as there are, with replacement, inside each group; where events are the
//! units they are drawn as wholes, with all their articles of all groups, so they form one group here. The k-th
//! replicate depends on the seed and k alone: ranges can be given to threads and are put together in order.

use std::ops::Range;

use super::dist::{normal_cdf, normal_quantile};
use super::error::{StatsError, coverage, finite};
use super::intervals::Interval;
use super::random::{Draws, Purpose};

/// Units a side from which a BCa interval is given; with 8 a side it covers 86 % (design 10).
pub const BCA_FROM: usize = 50;
/// Replicates that may lack a value (a group without a mention) before the rest mislead.
const UNDEFINED: f64 = 0.05;

/// How units are resampled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bootstrap {
    groups: Vec<Range<u32>>,
    replicates: u64,
    seed: u64,
}

impl Bootstrap {
    /// Units of one group stand together; `sizes` says how many each group has.
    ///
    /// # Errors
    /// [`StatsError::TooFewUnits`] where a group has fewer than 2.
    pub fn new(sizes: &[usize], replicates: u64, seed: u64) -> Result<Self, StatsError> {
        if let Some((group, &units)) = sizes.iter().enumerate().find(|(_, n)| **n < 2) {
            return Err(StatsError::TooFewUnits { group, units, needed: 2 });
        }
        let mut start = 0;
        let groups = sizes
            .iter()
            .map(|&size| {
                start += size as u32;
                start - size as u32..start
            })
            .collect();
        Ok(Bootstrap { groups, replicates, seed })
    }

    /// How many replicates there are.
    pub fn replicates(&self) -> u64 {
        self.replicates
    }

    /// All units.
    pub fn units(&self) -> usize {
        self.groups.last().map_or(0, |range| range.end as usize)
    }

    /// Writes how often replicate `index` drew each unit.
    pub fn weights(&self, index: u64, weights: &mut [u32]) {
        weights.fill(0);
        self.draw(index, |unit| weights[unit] += 1);
    }

    /// Tells the units that replicate `index` draws, one after the other.
    pub(super) fn draw(&self, index: u64, mut drawn: impl FnMut(usize)) {
        let mut draws = Draws::new(self.seed, Purpose::Bootstrap, index);
        for range in &self.groups {
            for _ in range.clone() {
                drawn((range.start + draws.below(range.len() as u32)) as usize);
            }
        }
    }

    /// The statistic of each replicate in `range`, from how often it drew each unit; none where the statistic has no
    /// value there.
    pub fn run(&self, range: Range<u64>, mut statistic: impl FnMut(&[u32]) -> Option<f64>) -> Vec<Option<f64>> {
        let mut weights = vec![0; self.units()];
        range
            .map(|index| {
                self.weights(index, &mut weights);
                statistic(&weights)
            })
            .collect()
    }

    /// The statistic with each unit left out in turn, for [`bca`].
    ///
    /// # Errors
    /// [`StatsError::Undefined`] where it has no value without some unit.
    pub fn jackknife(&self, mut statistic: impl FnMut(&[u32]) -> Option<f64>) -> Result<Vec<f64>, StatsError> {
        let mut weights = vec![1; self.units()];
        (0..self.units())
            .map(|unit| {
                weights[unit] = 0;
                let value = statistic(&weights);
                weights[unit] = 1;
                value.ok_or(StatsError::Undefined { undefined: 1, replicates: self.units() })
            })
            .collect()
    }
}

/// Σ w·a / Σ w·b over units with parts (a, b): a ratio of sums under a replicate's weights, as of the odds parts of each
/// article's strata ([`super::Table::odds_parts`]); none where Σ w·b is 0.
pub fn weighted_ratio(parts: &[(f64, f64)], weights: &[u32]) -> Option<f64> {
    let (above, below) = parts
        .iter()
        .zip(weights)
        .fold((0.0, 0.0), |(above, below), (&(a, b), &w)| (above + f64::from(w) * a, below + f64::from(w) * b));
    (below > 0.0).then(|| above / below)
}

/// The replicates that have a value.
///
/// # Errors
/// [`StatsError::Undefined`] where more than 1 in 20 has none.
pub fn defined(replicates: &[Option<f64>]) -> Result<Vec<f64>, StatsError> {
    let values: Vec<f64> = replicates.iter().copied().flatten().collect();
    let undefined = replicates.len() - values.len();
    if values.is_empty() || undefined as f64 > UNDEFINED * replicates.len() as f64 {
        return Err(StatsError::Undefined { undefined, replicates: replicates.len() });
    }
    Ok(values)
}

/// The percentile interval of bootstrap replicates (Efron 1979).
///
/// # Errors
/// [`StatsError::NoVariation`] where all are equal: no spread was seen, which is not certainty. Of a share that
/// means all articles chose one name; [`super::rule_of_three`] over the articles with a mention bounds it.
/// [`StatsError::TooFewUnits`] below 40 replicates, [`StatsError::Level`], [`StatsError::Value`].
pub fn percentile(replicates: &[f64], level: f64) -> Result<Interval, StatsError> {
    let tail = (1.0 - coverage(level)?) / 2.0;
    let sorted = sorted(replicates)?;
    Ok(Interval { low: quantile(&sorted, tail), high: quantile(&sorted, 1.0 - tail) })
}

/// The bias-corrected and accelerated interval (Efron 1987): with z₀ = Φ⁻¹(share of replicates below the
/// estimate), a = Σ(θ̄ − θ₍ᵢ₎)³ / (6 (Σ(θ̄ − θ₍ᵢ₎)²)^{3/2}) over the jackknife of the same units, the ends are the
/// quantiles at Φ(z₀ + (z₀ + z)/(1 − a(z₀ + z))). Replicates equal to the estimate count as half below, as in scipy:
/// shares repeat values, and with none below z₀ would be −∞.
///
/// # Errors
/// As for [`percentile`]; also [`StatsError::NoVariation`] where the jackknife does not vary,
/// [`StatsError::Value`] where the estimate lies outside all replicates or the acceleration carries an end past ∞.
pub fn bca(estimate: f64, replicates: &[f64], jackknife: &[f64], level: f64) -> Result<Interval, StatsError> {
    let tail = (1.0 - coverage(level)?) / 2.0;
    let sorted = sorted(replicates)?;
    let below = sorted.partition_point(|&v| v < estimate) + sorted.partition_point(|&v| v <= estimate);
    let part = below as f64 / (2 * sorted.len()) as f64;
    if part <= 0.0 || part >= 1.0 {
        return Err(StatsError::Value(estimate));
    }
    let a = acceleration(jackknife)?;
    let z0 = normal_quantile(part);
    let end = |z: f64| {
        let scale = 1.0 - a * (z0 + z);
        if scale <= 0.0 { Err(StatsError::Value(a)) } else { Ok(normal_cdf(z0 + (z0 + z) / scale)) }
    };
    let [low, high] = [end(normal_quantile(tail))?, end(normal_quantile(1.0 - tail))?];
    Ok(Interval { low: quantile(&sorted, low), high: quantile(&sorted, high) })
}

/// The acceleration a of [`bca`].
///
/// # Errors
/// [`StatsError::NoVariation`], [`StatsError::Value`].
pub fn acceleration(jackknife: &[f64]) -> Result<f64, StatsError> {
    finite(jackknife)?;
    let mean = jackknife.iter().sum::<f64>() / jackknife.len().max(1) as f64;
    let power = |k: i32| jackknife.iter().map(|v| (mean - v).powi(k)).sum::<f64>();
    let squares = power(2);
    if squares <= 1e-28 * mean * mean {
        return Err(StatsError::NoVariation);
    }
    Ok(power(3) / (6.0 * squares.powf(1.5)))
}

/// The `p`-quantile of sorted values, interpolated linearly (R's type 7, numpy's default). At least one value.
pub(super) fn quantile(sorted: &[f64], p: f64) -> f64 {
    let place = p.clamp(0.0, 1.0) * (sorted.len() - 1) as f64;
    let (below, part) = (place.floor() as usize, place.fract());
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + part * (sorted[above] - sorted[below])
}

fn sorted(replicates: &[f64]) -> Result<Vec<f64>, StatsError> {
    finite(replicates)?;
    if replicates.len() < 40 {
        return Err(StatsError::TooFewUnits { group: 0, units: replicates.len(), needed: 40 });
    }
    let mut sorted = replicates.to_vec();
    sorted.sort_by(f64::total_cmp);
    if sorted[0] == sorted[sorted.len() - 1] { Err(StatsError::NoVariation) } else { Ok(sorted) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: [f64; 6] = [2.1, 0.0, 3.4, 1.2, 5.0, 0.7];

    fn mean(weights: &[u32]) -> Option<f64> {
        let sum: f64 = weights.iter().zip(X).map(|(&w, x)| f64::from(w) * x).sum();
        Some(sum / f64::from(weights.iter().sum::<u32>()))
    }

    /// Methods 4.2: a = .03616926; BCa about [.883, 3.617], percentile about [.783, 3.500].
    #[test]
    fn bca_agrees_with_the_reference() {
        let plan = Bootstrap::new(&[6], 9999, 1).unwrap();
        let jackknife = plan.jackknife(mean).unwrap();
        assert!((acceleration(&jackknife).unwrap() - 0.03616926).abs() < 1e-8);
        let replicates = defined(&plan.run(0..9999, mean)).unwrap();
        let plain = percentile(&replicates, 0.95).unwrap();
        assert!((plain.low - 0.783).abs() < 0.04 && (plain.high - 3.5).abs() < 0.04, "{plain:?}");
        let better = bca(mean(&[1; 6]).unwrap(), &replicates, &jackknife, 0.95).unwrap();
        assert!((better.low - 0.883).abs() < 0.04 && (better.high - 3.617).abs() < 0.04, "{better:?}");
    }

    /// All 6⁶ resamples: what the random ones come near.
    #[test]
    fn the_ideal_bootstrap_is_near() {
        let mut all: Vec<f64> = (0..46_656_u32)
            .map(|k| (0..6).map(|place| X[(k / 6_u32.pow(place) % 6) as usize]).sum::<f64>() / 6.0)
            .collect();
        all.sort_by(f64::total_cmp);
        let plan = Bootstrap::new(&[6], 9999, 1).unwrap();
        let drawn = percentile(&defined(&plan.run(0..9999, mean)).unwrap(), 0.95).unwrap();
        assert!((drawn.low - quantile(&all, 0.025)).abs() < 0.04);
        assert!((drawn.high - quantile(&all, 0.975)).abs() < 0.04);
    }

    #[test]
    fn groups_keep_their_sizes_and_ranges_join() {
        let plan = Bootstrap::new(&[3, 5], 20, 9).unwrap();
        let mut weights = vec![0; 8];
        for k in 0..20 {
            plan.weights(k, &mut weights);
            assert_eq!((weights[..3].iter().sum::<u32>(), weights[3..].iter().sum::<u32>()), (3, 5));
        }
        let first = |w: &[u32]| Some(f64::from(w[0]));
        let mut parts = plan.run(0..7, first);
        parts.extend(plan.run(7..20, first));
        assert_eq!(parts, plan.run(0..20, first));
    }

    #[test]
    fn ratios_of_sums_are_weighted() {
        let parts = [(1.0, 2.0), (3.0, 1.0), (5.0, 0.0)];
        assert_eq!(weighted_ratio(&parts, &[1, 1, 1]), Some(3.0));
        assert_eq!(weighted_ratio(&parts, &[2, 0, 1]), Some(1.75));
        assert_eq!(weighted_ratio(&parts, &[0, 0, 3]), None);
    }

    #[test]
    fn quantiles_interpolate() {
        let values = [1.0, 2.0, 4.0, 8.0];
        assert_eq!([0.0, 0.5, 1.0].map(|p| quantile(&values, p)), [1.0, 3.0, 8.0]);
        assert!((quantile(&values, 0.9) - 6.8).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_resampled_is_said() {
        assert!(matches!(Bootstrap::new(&[4, 1], 9, 1), Err(StatsError::TooFewUnits { group: 1, units: 1, .. })));
        assert_eq!(percentile(&[1.0; 99], 0.95), Err(StatsError::NoVariation));
        assert!(matches!(percentile(&[1.0, 2.0], 0.95), Err(StatsError::TooFewUnits { .. })));
        let rising: Vec<f64> = (0..99).map(f64::from).collect();
        assert_eq!(bca(200.0, &rising, &X, 0.95), Err(StatsError::Value(200.0)));
        assert_eq!(bca(50.0, &rising, &[1.0; 9], 0.95), Err(StatsError::NoVariation));
        assert_eq!(bca(50.0, &rising, &X, 2.0), Err(StatsError::Level(2.0)));
        let holes: Vec<Option<f64>> = (0..99).map(|i| (i % 10 > 0).then_some(1.0)).collect();
        assert_eq!(defined(&holes), Err(StatsError::Undefined { undefined: 10, replicates: 99 }));
        assert!(matches!(defined(&[]), Err(StatsError::Undefined { .. })));
    }
}
