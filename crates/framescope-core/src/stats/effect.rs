//! Effect sizes of two samples of values, and rank correlation.
//!
//! Cliff's δ is the default beside a rate ratio: rates are skewed and full of zeros. Hedges' g on request.

use super::dist::{t_quantile, t_two_sided};
use super::error::{StatsError, coverage, finite, same_length};
use super::intervals::Interval;
use statrs::function::gamma::ln_gamma;

/// Cliff's δ of `second` over `first`: P(y > x) − P(y < x), in [−1, 1]; equal to 2U/(mn) − 1 with the
/// Mann–Whitney U of `second`.
///
/// # Errors
/// [`StatsError::TooFewUnits`] where a sample is empty, [`StatsError::Value`].
pub fn cliff_delta(first: &[f64], second: &[f64]) -> Result<f64, StatsError> {
    let u = mann_whitney_u(first, second)?;
    Ok(2.0 * u / (first.len() as f64 * second.len() as f64) - 1.0)
}

/// Mann–Whitney U of `second`: pairs with y > x, ties as ½.
///
/// # Errors
/// As for [`cliff_delta`].
pub fn mann_whitney_u(first: &[f64], second: &[f64]) -> Result<f64, StatsError> {
    enough([first, second], 1)?;
    let mut sorted = first.to_vec();
    sorted.sort_by(f64::total_cmp);
    let below = |y: f64| sorted.partition_point(|&x| x < y) as f64;
    let up_to = |y: f64| sorted.partition_point(|&x| x <= y) as f64;
    Ok(second.iter().map(|&y| (below(y) + up_to(y)) / 2.0).sum())
}

/// Cliff's δ with the interval δ ± t · √(s₁/m + s₂/n), s the variance of each side's placements in the other (DeLong,
/// DeLong & Clarke-Pearson 1988; Cliff 1996), mapped by atanh so that it stays inside [−1, 1]; degrees of freedom by
/// Welch and Satterthwaite. It is what the bootstrap comes to, for the price of a sort.
///
/// # Errors
/// As for [`cliff_delta`]; [`StatsError::TooFewUnits`] below 2 a side; [`StatsError::NoVariation`] where every value of
/// one side lies above (or ties with) the other's alike, so that no spread was seen; [`StatsError::Level`].
pub fn cliff_delta_interval(first: &[f64], second: &[f64], level: f64) -> Result<(f64, Interval), StatsError> {
    enough([first, second], 2)?;
    let delta = cliff_delta(first, second)?;
    // A placement is the δ of one value against the other side.
    let spread = |own: &[f64], other: &[f64]| {
        let mut sorted = other.to_vec();
        sorted.sort_by(f64::total_cmp);
        let placements: Vec<f64> = own
            .iter()
            .map(|&v| {
                let below = sorted.partition_point(|&o| o < v) as f64;
                let above = (sorted.len() - sorted.partition_point(|&o| o <= v)) as f64;
                (below - above) / sorted.len() as f64
            })
            .collect();
        squares(&placements) / (own.len() as f64 - 1.0) / own.len() as f64
    };
    let [v1, v2] = [spread(first, second), spread(second, first)];
    let variance = v1 + v2;
    if variance <= 1e-24 || delta.abs() >= 1.0 {
        return Err(StatsError::NoVariation);
    }
    let below = v1 * v1 / (first.len() as f64 - 1.0) + v2 * v2 / (second.len() as f64 - 1.0);
    let half = t_quantile(coverage(level)?, variance * variance / below) * variance.sqrt() / (1.0 - delta * delta);
    let centre = delta.atanh();
    Ok((delta, Interval { low: (centre - half).tanh(), high: (centre + half).tanh() }))
}

/// A standardised difference in means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hedges {
    /// Cohen's d, pooled standard deviation.
    pub d: f64,
    /// The small-sample factor J = Γ(df/2) / (√(df/2) Γ((df − 1)/2)).
    pub j: f64,
    /// Hedges' g = J d.
    pub g: f64,
    /// Variance of g: J² [(n₁ + n₂)/(n₁n₂) + d²/(2(n₁ + n₂))] (Borenstein et al. 2009).
    pub variance: f64,
}

/// Hedges' g of `second` over `first`.
///
/// # Errors
/// [`StatsError::TooFewUnits`] below 2 a side, [`StatsError::NoVariation`], [`StatsError::Value`].
pub fn hedges_g(first: &[f64], second: &[f64]) -> Result<Hedges, StatsError> {
    enough([first, second], 2)?;
    let [n1, n2] = [first.len() as f64, second.len() as f64];
    let df = n1 + n2 - 2.0;
    let pooled = (squares(first) + squares(second)) / df;
    if pooled <= 0.0 {
        return Err(StatsError::NoVariation);
    }
    let d = (mean(second) - mean(first)) / pooled.sqrt();
    let j = (ln_gamma(df / 2.0) - ln_gamma((df - 1.0) / 2.0)).exp() / (df / 2.0).sqrt();
    let variance = j * j * ((n1 + n2) / (n1 * n2) + d * d / (2.0 * (n1 + n2)));
    Ok(Hedges { d, j, g: j * d, variance })
}

/// Spearman's rank correlation and its two-sided p by t with n − 2 degrees of freedom (for the length check of
/// methods 3: rates against words).
///
/// # Errors
/// [`StatsError::TooFewUnits`] below 3, [`StatsError::NoVariation`] where a side is constant, [`StatsError::Shape`],
/// [`StatsError::Value`].
pub fn spearman(x: &[f64], y: &[f64]) -> Result<(f64, f64), StatsError> {
    same_length(x.len(), y.len())?;
    enough([x, y], 3)?;
    let [x, y] = [ranks(x), ranks(y)];
    let (mx, my) = (mean(&x), mean(&y));
    let products: f64 = x.iter().zip(&y).map(|(a, b)| (a - mx) * (b - my)).sum();
    let spread = (squares(&x) * squares(&y)).sqrt();
    if spread <= 0.0 {
        return Err(StatsError::NoVariation);
    }
    let rho = (products / spread).clamp(-1.0, 1.0);
    let df = x.len() as f64 - 2.0;
    let p = if rho.abs() >= 1.0 { 0.0 } else { t_two_sided(rho * (df / (1.0 - rho * rho)).sqrt(), df) };
    Ok((rho, p))
}

/// The mean; of no values none.
pub fn mean_of(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| mean(values))
}

/// The median, the mean of the middle two where they are two; of no values none.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    (n > 0).then(|| (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0)
}

/// How far a value lies from a named reference set, in standard deviations (n − 1 below).
///
/// # Errors
/// [`StatsError::TooFewUnits`] below 10 values, [`StatsError::NoVariation`] where they are all equal.
pub fn z_score(value: f64, reference: &[f64]) -> Result<f64, StatsError> {
    enough_reference(reference)?;
    let sd = (squares(reference) / (reference.len() as f64 - 1.0)).sqrt();
    if sd > 0.0 { Ok((value - mean(reference)) / sd) } else { Err(StatsError::NoVariation) }
}

/// The same by median and median absolute deviation: (x − median) / (1.4826 MAD).
///
/// # Errors
/// As for [`z_score`]; also [`StatsError::NoVariation`] where more than half of the values are equal.
pub fn robust_z_score(value: f64, reference: &[f64]) -> Result<f64, StatsError> {
    enough_reference(reference)?;
    let centre = median(reference).ok_or(StatsError::NoVariation)?;
    let away: Vec<f64> = reference.iter().map(|x| (x - centre).abs()).collect();
    match median(&away) {
        Some(mad) if mad > 0.0 => Ok((value - centre) / (1.4826 * mad)),
        _ => Err(StatsError::NoVariation),
    }
}

fn enough_reference(reference: &[f64]) -> Result<(), StatsError> {
    finite(reference)?;
    match reference.len() {
        units @ ..10 => Err(StatsError::TooFewUnits { group: 0, units, needed: 10 }),
        _ => Ok(()),
    }
}

fn enough(samples: [&[f64]; 2], needed: usize) -> Result<(), StatsError> {
    for (group, sample) in samples.into_iter().enumerate() {
        finite(sample)?;
        if sample.len() < needed {
            return Err(StatsError::TooFewUnits { group, units: sample.len(), needed });
        }
    }
    Ok(())
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn squares(values: &[f64]) -> f64 {
    let centre = mean(values);
    values.iter().map(|x| (x - centre).powi(2)).sum()
}

/// Ranks from 1; equal values share the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = |v: f64| {
        let (below, up_to) = (sorted.partition_point(|&x| x < v), sorted.partition_point(|&x| x <= v));
        (below + up_to + 1) as f64 / 2.0
    };
    values.iter().map(|&v| rank(v)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: [f64; 6] = [2.1, 0.0, 3.4, 1.2, 5.0, 0.7];
    const B: [f64; 7] = [4.2, 3.9, 6.1, 2.8, 7.5, 3.3, 5.0];

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-6, "{actual} is not {expected}");
    }

    /// Methods 4.3.
    #[test]
    fn effects_agree_with_the_reference() {
        let hedges = hedges_g(&A, &B).unwrap();
        close(hedges.d, 1.498058);
        close(hedges.j, 0.92995981);
        close(hedges.g, 1.393134);
        close(hedges.variance, 0.342331);
        assert_eq!(mann_whitney_u(&A, &B), Ok(35.5));
        close(cliff_delta(&A, &B).unwrap(), 0.690476);
    }

    /// Against the bootstrap that it stands for, and by its definition where there are no ties.
    #[test]
    fn the_interval_of_delta_is_near_that_of_the_bootstrap() {
        use crate::stats::{Bootstrap, defined, percentile};
        let first: Vec<f64> = (0..40).map(|i| f64::from(i * 17 % 23)).collect();
        let second: Vec<f64> = (0..50).map(|i| f64::from(i * 29 % 31) + 2.0).collect();
        let (delta, found) = cliff_delta_interval(&first, &second, 0.95).unwrap();
        close(delta, cliff_delta(&first, &second).unwrap());
        let plan = Bootstrap::new(&[40, 50], 1999, 1).unwrap();
        let repeat = |values: &[f64], weights: &[u32]| -> Vec<f64> {
            values.iter().zip(weights).flat_map(|(v, w)| vec![*v; *w as usize]).collect()
        };
        let drawn = plan.run(0..1999, |w| cliff_delta(&repeat(&first, &w[..40]), &repeat(&second, &w[40..])).ok());
        let by_bootstrap = percentile(&defined(&drawn).unwrap(), 0.95).unwrap();
        assert!((found.low - by_bootstrap.low).abs() < 0.03, "{found:?} {by_bootstrap:?}");
        assert!((found.high - by_bootstrap.high).abs() < 0.03, "{found:?} {by_bootstrap:?}");
        assert_eq!(cliff_delta_interval(&[1.0, 2.0], &[3.0, 4.0], 0.95), Err(StatsError::NoVariation));
        assert_eq!(cliff_delta_interval(&[0.0; 5], &[0.0; 5], 0.95), Err(StatsError::NoVariation));
        let (_, end) = cliff_delta_interval(&A, &B, 0.95).unwrap();
        assert!(end.low > -1.0 && end.high < 1.0 && end.low < 0.690476 && end.high > 0.690476);
    }

    #[test]
    fn ties_and_ends() {
        assert_eq!(cliff_delta(&[1.0, 1.0], &[1.0]), Ok(0.0));
        assert_eq!(cliff_delta(&[1.0, 2.0], &[3.0]), Ok(1.0));
        assert_eq!(spearman(&[1.0, 2.0, 3.0], &[4.0, 5.0, 9.0]), Ok((1.0, 0.0)));
        assert_eq!(median(&[3.0, 1.0, 2.0, 10.0]), Some(2.5));
        assert_eq!(median(&[]), None);
        assert_eq!(mean_of(&[]), None);
    }

    #[test]
    fn what_cannot_be_said_is_not() {
        assert!(matches!(cliff_delta(&[], &[1.0]), Err(StatsError::TooFewUnits { group: 0, .. })));
        assert_eq!(hedges_g(&[1.0, 1.0], &[1.0, 1.0]), Err(StatsError::NoVariation));
        assert_eq!(spearman(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), Err(StatsError::NoVariation));
        assert!(matches!(z_score(1.0, &[1.0; 9]), Err(StatsError::TooFewUnits { needed: 10, .. })));
        assert_eq!(z_score(1.0, &[1.0; 12]), Err(StatsError::NoVariation));
        let most: Vec<f64> = (0..12).map(|i| f64::from(i / 9)).collect();
        assert_eq!(robust_z_score(1.0, &most), Err(StatsError::NoVariation));
        let even: Vec<f64> = (0..11).map(f64::from).collect();
        close(robust_z_score(8.0, &even).unwrap(), 3.0 / (1.4826 * 3.0));
        close(z_score(8.0, &even).unwrap(), 3.0 / 11.0_f64.sqrt());
    }
}
