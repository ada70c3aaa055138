//! The distributions the other files need: normal, t, χ², beta, binomial, hypergeometric.
//!
//! Normal and χ² are statrs'. The incomplete beta function, and with it t and binomial tails, is our
//! own: that of statrs 0.18 ends after 140 steps of its continued fraction, which is short of
//! convergence from about 10,000 degrees of freedom, and a corpus has more articles than that.

use statrs::function::erf::{erfc, erfc_inv};
use statrs::function::gamma::{gamma_ur, ln_gamma};

/// P(Z ≤ z) of the standard normal distribution.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * erfc(-z / std::f64::consts::SQRT_2)
}

/// The `p`-quantile of the standard normal distribution; −∞ and ∞ at 0 and 1.
pub fn normal_quantile(p: f64) -> f64 {
    -std::f64::consts::SQRT_2 * erfc_inv(2.0 * p)
}

/// P(|T| ≥ |t|) of Student's t with `df` > 0 degrees of freedom, not necessarily whole.
pub fn t_two_sided(t: f64, df: f64) -> f64 {
    beta_cdf(df / (df + t * t), df / 2.0, 0.5)
}

/// The t that P(|T| ≥ t) = 1 − `level`: what an interval of this coverage is wide, in standard
/// errors. `level` in (0, 1), `df` > 0.
pub fn t_quantile(level: f64, df: f64) -> f64 {
    let tail = 1.0 - level;
    // The tail falls in t; look for it in ln t, where even df = 1 stays near.
    let (mut low, mut high) = (-40.0_f64, 40.0_f64);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        match t_two_sided(middle.exp(), df) > tail {
            true => low = middle,
            false => high = middle,
        }
        if high - low <= 1e-15 * (1.0 + high.abs()) {
            break;
        }
    }
    ((low + high) / 2.0).exp()
}

/// P(X ≥ x) of χ² with `df` degrees of freedom.
pub fn chi2_upper(x: f64, df: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { gamma_ur(df / 2.0, x / 2.0) }
}

/// P(X ≤ x) of a beta distribution: the regularised incomplete beta function I_x(a, b), by Lentz'
/// continued fraction (Numerical Recipes 6.4). `a`, `b` > 0.
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p()).exp();
    // The fraction converges fast on this side of the mean only.
    match x < (a + 1.0) / (a + b + 2.0) {
        true => front * beta_fraction(x, a, b) / a,
        false => 1.0 - front * beta_fraction(1.0 - x, b, a) / b,
    }
}

fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    // O(√max(a, b)) steps: enough for counts of tens of millions.
    for step in 1..20_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        value *= d * c;
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

/// The `p`-quantile of a beta distribution, by bisection of ln(x / (1 − x)).
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    let x = |logit: f64| 1.0 / (1.0 + (-logit).exp());
    let (mut low, mut high) = (-700.0_f64, 700.0_f64);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        match beta_cdf(x(middle), a, b) < p {
            true => low = middle,
            false => high = middle,
        }
        if high - low <= 1e-15 * (1.0 + high.abs()) {
            break;
        }
    }
    x((low + high) / 2.0)
}

/// ln of the binomial coefficient.
pub fn ln_choose(n: u64, k: u64) -> f64 {
    let (n, k) = (n as f64, k as f64);
    ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0)
}

/// Two-sided exact binomial p: the sum of all outcomes that are no likelier than `successes` (the
/// rule of R's `binom.test` and scipy's `binomtest`). `p` in (0, 1).
pub fn binomial_two_sided(successes: u64, trials: u64, p: f64) -> f64 {
    let ln_mass = |k: u64| ln_choose(trials, k) + k as f64 * p.ln() + (trials - k) as f64 * (-p).ln_1p();
    no_likelier(successes, 0, trials, ln_mass)
}

/// Two-sided p of Fisher's exact test: `a` of `first` units and `b` of `second` units have the mark;
/// the sum of all tables with these margins that are no likelier.
pub fn fisher_two_sided(a: u64, first: u64, b: u64, second: u64) -> f64 {
    let marked = a + b;
    let all = ln_choose(first + second, marked);
    let ln_mass = |k: u64| ln_choose(first, k) + ln_choose(second, marked - k) - all;
    no_likelier(a, marked.saturating_sub(second), marked.min(first), ln_mass)
}

/// Σ mass over `low..=high` where it is at most that of `observed`; ties within a relative 1e-7, as R
/// and scipy have it.
fn no_likelier(observed: u64, low: u64, high: u64, ln_mass: impl Fn(u64) -> f64) -> f64 {
    let bound = ln_mass(observed) + 1e-7;
    let sum: f64 = (low..=high).map(ln_mass).filter(|&m| m <= bound).map(f64::exp).sum();
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64, digits: f64) {
        assert!((actual - expected).abs() <= digits * expected.abs().max(1.0), "{actual} is not {expected}");
    }

    #[test]
    fn closed_forms_hold() {
        close(normal_quantile(0.975), 1.959_963_984_540_054, 1e-12);
        // statrs' erfc is good to eleven digits.
        close(normal_cdf(1.959_963_984_540_054), 0.975, 1e-11);
        // Cauchy: P(|T| ≥ 1) = 1/2; two degrees of freedom: t = (2p − 1) √(2 / (4p(1 − p))).
        close(t_two_sided(1.0, 1.0), 0.5, 1e-12);
        close(t_quantile(0.95, 1.0), 12.706_204_736_174_7, 1e-11);
        close(t_quantile(0.95, 2.0), 0.95 * (2.0 / (4.0 * 0.975 * 0.025_f64)).sqrt(), 1e-12);
        close(chi2_upper(3.0, 2.0), (-1.5_f64).exp(), 1e-12);
        close(beta_cdf(0.3, 1.0, 1.0), 0.3, 1e-14);
        close(beta_quantile(0.25, 2.0, 1.0), 0.5, 1e-12);
        close(binomial_two_sided(0, 5, 0.5), 2.0 / 32.0, 1e-12);
        close(fisher_two_sided(3, 3, 0, 3), 2.0 / 20.0, 1e-12);
    }

    /// t goes over into the normal distribution: 1.96 + (1.96³ + 1.96) / (4 df) at large df.
    #[test]
    fn a_large_corpus_has_a_t_too() {
        for df in [1e4, 1e5, 1e6, 1e7] {
            let z = 1.959_963_984_540_054_f64;
            close(t_quantile(0.95, df), z + (z.powi(3) + z) / (4.0 * df), 1e-7);
        }
    }
}
