//! One text's choice between names: smoothed axes, log ratios, diversity. Within-text only, like
//! [`super::wilson`] on mentions; groups are compared by [`super::RatioGroups`].

/// The standard deviation of the smoothed axis (a − b)/(a + b + 1), by the Beta(a + ½, b + ½) posterior:
/// 2 √(αβ / ((α + β)² (α + β + 1))).
pub fn smoothed_axis_sd(a: u64, b: u64) -> f64 {
    let (a, b) = (a as f64 + 0.5, b as f64 + 0.5);
    let sum = a + b;
    2.0 * (a * b / (sum * sum * (sum + 1.0))).sqrt()
}

/// The smoothed axis (a − b)/(a + b + 1); none without either, since 0 would read as "balanced".
pub fn smoothed_axis(a: u64, b: u64) -> Option<f64> {
    (a + b > 0).then(|| (a as f64 - b as f64) / (a as f64 + b as f64 + 1.0))
}

/// The log ratio scale θ = ln((a + ½)/(b + ½)) and its variance 1/(a + ½) + 1/(b + ½) (Lowe, Benoit, Mikhaylov &
/// Laver 2011); tanh(θ/2) is the smoothed axis.
pub fn log_ratio_axis(a: u64, b: u64) -> (f64, f64) {
    let (a, b) = (a as f64 + 0.5, b as f64 + 0.5);
    ((a / b).ln(), 1.0 / a + 1.0 / b)
}

/// Entropy of the counts' shares in nats; none where all are 0.
pub fn entropy(counts: &[u64]) -> Option<f64> {
    let all: u64 = counts.iter().sum();
    let term = |&c: &u64| {
        let p = c as f64 / all as f64;
        -p * p.ln()
    };
    (all > 0).then(|| counts.iter().filter(|c| **c > 0).map(term).sum::<f64>().max(0.0))
}

/// Label consistency 1 − H / ln V of V variants: 1 where one name is used throughout, 0 where all are used alike;
/// none where there are no labels or fewer than two variants.
pub fn consistency(counts: &[u64]) -> Option<f64> {
    if counts.len() < 2 {
        return None;
    }
    Some(1.0 - entropy(counts)? / (counts.len() as f64).ln())
}

/// How many terms in equal use would be as diverse: exp(H); none where all counts are 0.
pub fn effective_number(counts: &[u64]) -> Option<f64> {
    entropy(counts).map(f64::exp)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-6, "{actual} is not {expected}");
    }

    /// Methods 3, bipolar axis: 5:0 and 12:4.
    #[test]
    fn axes_agree_with_the_reference() {
        close(smoothed_axis(5, 0).unwrap(), 0.833333);
        close(smoothed_axis_sd(5, 0), 0.208928);
        close(smoothed_axis(12, 4).unwrap(), 0.470588);
        close(smoothed_axis_sd(12, 4), 0.207973);
        for (a, b) in [(5, 0), (12, 4), (0, 7)] {
            let (theta, variance) = log_ratio_axis(a, b);
            close((theta / 2.0).tanh(), smoothed_axis(a, b).unwrap());
            close(variance, 1.0 / (a as f64 + 0.5) + 1.0 / (b as f64 + 0.5));
        }
        // The articles' captives (methods 3): 5:0 and 0:5.
        close(smoothed_axis(0, 5).unwrap(), -0.833333);
        assert_eq!(smoothed_axis(0, 0), None);
    }

    #[test]
    fn diversity_at_its_ends() {
        close(consistency(&[4, 4, 4]).unwrap(), 0.0);
        assert_eq!(consistency(&[7, 0]), Some(1.0));
        close(effective_number(&[3, 3, 0]).unwrap(), 2.0);
        assert_eq!(consistency(&[0, 0]), None);
        assert_eq!(consistency(&[5]), None);
        assert_eq!(effective_number(&[]), None);
    }
}
