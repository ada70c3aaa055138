//! Chance, as articles have it.

use framescope_core::stats::{Count, Draws, Purpose, normal_quantile};

/// A stream of random numbers of its own for every corpus.
pub(super) struct Chance(pub(super) Draws);

impl Chance {
    pub(super) fn new(cell: u64, corpus: u64) -> Self {
        Chance(Draws::new(cell, Purpose::Dispersion, corpus))
    }

    pub(super) fn normal(&mut self) -> f64 {
        normal_quantile((self.0.unit() + 0.5 / (1_u64 << 53) as f64).min(1.0 - 1e-16))
    }

    /// A gamma variate of mean 1 and variance `alpha`, for alpha 0, 1 and 2.
    pub(super) fn gamma(&mut self, alpha: u8) -> f64 {
        match alpha {
            0 => 1.0,
            1 => -(1.0 - self.0.unit()).ln(),
            _ => self.normal().powi(2),
        }
    }

    pub(super) fn poisson(&mut self, mean: f64) -> u64 {
        let (mut product, mut count) = ((-mean).exp(), 0);
        let mut sum = product;
        let unit = self.0.unit();
        while unit > sum && count < 10_000 {
            count += 1;
            product *= mean / count as f64;
            sum += product;
        }
        count
    }

    /// Words of an article: log-normal, so that one in six is longer than 1.65 times the median.
    pub(super) fn length(&mut self, median: f64) -> u64 {
        (median * (0.5 * self.normal()).exp()).max(60.0) as u64
    }

    /// An article of a writer whose hits are negative-binomial with dispersion `alpha`.
    pub(super) fn article(&mut self, median: f64, rate: f64, alpha: u8) -> Count {
        let words = self.length(median);
        let mean = rate * words as f64 * self.gamma(alpha);
        Count { hits: self.poisson(mean), words }
    }
}
