//! Many tests at once: p-values adjusted for the size of their family.
//!
//! Holm for the few paths that were named before looking (`primary`), Benjamini–Hochberg for the rest
//! (design 10). A family is what the caller puts into one slice; parents and children never stand in one.

use super::error::StatsError;

/// Holm's step-down adjustment (Holm 1979): controls the chance of any false finding, whatever the
/// dependence between tests. In the order of `p`.
///
/// # Errors
/// [`StatsError::Value`] for what is no probability.
pub fn holm(p: &[f64]) -> Result<Vec<f64>, StatsError> {
    let order = ascending(p)?;
    let mut adjusted = vec![0.0; p.len()];
    let mut most = 0.0_f64;
    for (rank, &i) in order.iter().enumerate() {
        most = most.max((p.len() - rank) as f64 * p[i]).min(1.0);
        adjusted[i] = most;
    }
    Ok(adjusted)
}

/// Benjamini and Hochberg's step-up adjustment (1995): controls the share of false findings among the
/// findings, under independence and common positive dependence. In the order of `p`.
///
/// # Errors
/// As for [`holm`].
pub fn benjamini_hochberg(p: &[f64]) -> Result<Vec<f64>, StatsError> {
    step_up(p, 1.0)
}

/// Benjamini and Yekutieli's (2001): the same under any dependence, at the price of a factor Σ 1/i.
///
/// # Errors
/// As for [`holm`].
pub fn benjamini_yekutieli(p: &[f64]) -> Result<Vec<f64>, StatsError> {
    step_up(p, (1..=p.len()).map(|i| 1.0 / i as f64).sum())
}

fn step_up(p: &[f64], factor: f64) -> Result<Vec<f64>, StatsError> {
    let order = ascending(p)?;
    let mut adjusted = vec![0.0; p.len()];
    let mut least = 1.0_f64;
    for (rank, &i) in order.iter().enumerate().rev() {
        least = least.min(factor * p[i] * p.len() as f64 / (rank as f64 + 1.0));
        adjusted[i] = least;
    }
    Ok(adjusted)
}

fn ascending(p: &[f64]) -> Result<Vec<usize>, StatsError> {
    if let Some(&value) = p.iter().find(|p| !(0.0..=1.0).contains(*p)) {
        return Err(StatsError::Value(value));
    }
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    Ok(order)
}

#[cfg(test)]
mod tests {
    use super::*;

    const P: [f64; 8] = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205];

    fn close(actual: &[f64], expected: &[f64]) {
        assert_eq!(actual.len(), expected.len());
        assert!(actual.iter().zip(expected).all(|(a, e)| (a - e).abs() < 1e-6), "{actual:?}");
    }

    /// Methods 4.4.
    #[test]
    fn adjustments_agree_with_the_reference() {
        close(&holm(&P).unwrap(), &[0.008, 0.056, 0.234, 0.234, 0.234, 0.234, 0.234, 0.234]);
        close(&benjamini_hochberg(&P).unwrap(), &[0.008, 0.032, 0.0672, 0.0672, 0.0672, 0.08, 0.084571, 0.205]);
        let by = [0.021743, 0.086971, 0.18264, 0.18264, 0.18264, 0.217429, 0.229853, 0.557161];
        close(&benjamini_yekutieli(&P).unwrap(), &by);
    }

    #[test]
    fn the_order_of_tests_does_not_matter() {
        let mut reversed = P;
        reversed.reverse();
        let mut back = holm(&reversed).unwrap();
        back.reverse();
        assert_eq!(back, holm(&P).unwrap());
        assert_eq!(holm(&[]), Ok(vec![]));
        assert_eq!(holm(&[0.9, 0.8]), Ok(vec![1.0, 1.0]));
        assert!(matches!(benjamini_hochberg(&[0.1, f64::NAN]), Err(StatsError::Value(_))));
        assert_eq!(holm(&[1.2]), Err(StatsError::Value(1.2)));
    }
}
