//! What a reader would run elsewhere: each gives a p for no difference between two outlets.

use framescope_core::stats::{Count, Regression, WordCounts, chi2, chi2_upper, t_two_sided};

/// Their names, in the order of [`ps`].
pub(super) const NAMES: [&str; 4] = ["χ² of words", "Poisson", "quasi-Poisson", "Welch t of rates"];

/// The p of each; none where it gives none.
pub(super) fn ps(sides: &[Vec<Count>; 2]) -> [Option<f64>; 4] {
    let [first, second] = [0, 1].map(|g: usize| sides[g].iter().copied().sum::<Count>());
    let words = WordCounts { hits: [first.hits, second.hits], words: [first.words, second.words] };
    let all: Vec<Count> = sides.concat();
    let counts: Vec<f64> = all.iter().map(|c| c.hits as f64).collect();
    let exposure: Vec<f64> = all.iter().map(|c| c.words as f64).collect();
    let design: Vec<f64> = (0..all.len()).flat_map(|i| [1.0, f64::from(u8::from(i >= sides[0].len()))]).collect();
    let fit = Regression { counts: &counts, exposure: &exposure, design: &design, columns: 2 }.poisson().ok();
    let wald = fit.as_ref().map(|fit| (fit.coefficients[1] / fit.standard_errors[1]).powi(2));
    [
        chi2(words).ok().map(|x| chi2_upper(x, 1.0)),
        wald.map(|x| chi2_upper(x, 1.0)),
        fit.and_then(|fit| fit.quasi().p(1)),
        welch(sides),
    ]
}

/// Welch's t test of the articles' rates.
fn welch(sides: &[Vec<Count>; 2]) -> Option<f64> {
    let moments = |side: &[Count]| {
        let n = side.len() as f64;
        let rates = || side.iter().filter_map(|c| c.rate());
        let mean = rates().sum::<f64>() / n;
        (mean, rates().map(|r| (r - mean).powi(2)).sum::<f64>() / (n - 1.0) / n, n)
    };
    let ((m1, v1, n1), (m2, v2, n2)) = (moments(&sides[0]), moments(&sides[1]));
    let df = (v1 + v2).powi(2) / (v1 * v1 / (n1 - 1.0) + v2 * v2 / (n2 - 1.0));
    (v1 + v2 > 0.0).then(|| t_two_sided((m1 - m2) / (v1 + v2).sqrt(), df))
}
