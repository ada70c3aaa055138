//! The wild cluster bootstrap: a p for one coefficient of a count regression where clusters are few (methods 4.1).
//!
//! Cameron, Gelbach & Miller (2008), with the hypothesis imposed: the model is fitted without the column, each cluster's
//! residuals keep their size and get a sign (or another weight of mean 0 and variance 1) drawn for the whole cluster,
//! and the cluster-robust t of the column is taken anew. Counts are no linear model, so it runs on the linear one that
//! the fit ends in: Pearson residuals on columns times √weight, at the restricted estimates (MacKinnon, Nielsen & Webb
//! 2024, "linearised", restricted, CR0 or CR1 alike since their factor cancels). The observed t is that of the same
//! linear model, so it is one of those that the signs can give, and the p is exact where signs are symmetric.

use super::arrange::{ENUMERATED, PermutationP, tied};
use super::clusters::Parts;
use super::error::StatsError;
use super::linear::dot;
use super::poisson_model::Regression;
use super::random::{Draws, Purpose};

/// Below so many clusters signs alone give too few different t (2¹¹ at most), and Webb's weights are taken.
pub const WEBB_BELOW: usize = 12;

/// What a cluster's residuals are multiplied by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WildWeights {
    /// −1 or 1.
    Rademacher,
    /// ±√½, ±1, ±√1½ (Webb 2023).
    Webb,
}

impl WildWeights {
    /// The weights for so many clusters.
    pub fn for_clusters(clusters: usize) -> WildWeights {
        if clusters < WEBB_BELOW { WildWeights::Webb } else { WildWeights::Rademacher }
    }

    /// Their name.
    pub fn name(self) -> &'static str {
        match self {
            WildWeights::Rademacher => "Rademacher",
            WildWeights::Webb => "Webb",
        }
    }

    fn draw(self, draws: &mut Draws) -> f64 {
        let sign = |negative: bool| if negative { -1.0 } else { 1.0 };
        match self {
            WildWeights::Rademacher => sign(draws.below(2) == 1),
            WildWeights::Webb => {
                let drawn = draws.below(6);
                sign(drawn % 2 == 1) * [0.5_f64, 1.0, 1.5][drawn as usize / 2].sqrt()
            }
        }
    }
}

impl Regression<'_> {
    /// The p of a coefficient by the restricted wild cluster bootstrap. `alpha` is that of NB2, taken as known, and 0 for
    /// Poisson; `clusters` names the event of each row. All patterns of signs are gone through where there are at most
    /// [`ENUMERATED`] (14 clusters, with [`WildWeights::Rademacher`]), else `draws` are drawn.
    ///
    /// # Errors
    /// [`StatsError::TooFewUnits`] where there are no more clusters than columns, [`StatsError::NoVariation`] where the
    /// coefficient has no spread between clusters, [`StatsError::Shape`] where there is no such coefficient or no
    /// other; what fitting gives ([`Regression::poisson`]).
    pub fn wild_p(
        &self,
        coefficient: usize,
        alpha: f64,
        clusters: &[u32],
        weights: WildWeights,
        draws: u64,
        seed: u64,
    ) -> Result<PermutationP, StatsError> {
        let linear = Linear::of(self.restricted(coefficient, alpha, clusters)?, coefficient);
        let count = linear.own.len();
        let observed = linear.t(&vec![1.0; count]).ok_or(StatsError::NoVariation)?;
        let bound = tied(observed);
        let is_extreme = |weights: &[f64]| linear.t(weights).is_none_or(|t| t >= bound);
        let mut drawn = vec![0.0; count];
        if weights == WildWeights::Rademacher && count < 64 && 1_u64 << count <= ENUMERATED {
            let arrangements = 1_u64 << count;
            let signs = |pattern: u64, drawn: &mut Vec<f64>| {
                (0..count).for_each(|j| drawn[j] = if pattern >> j & 1 == 1 { -1.0 } else { 1.0 });
                is_extreme(drawn)
            };
            let extreme = (0..arrangements).filter(|&pattern| signs(pattern, &mut drawn)).count() as u64;
            let p = extreme as f64 / arrangements as f64;
            return Ok(PermutationP { p, extreme, arrangements, enumerated: true });
        }
        let mut replicate = |index: &u64| {
            let mut chance = Draws::new(seed, Purpose::WildBootstrap, *index);
            drawn.iter_mut().for_each(|weight| *weight = weights.draw(&mut chance));
            is_extreme(&drawn)
        };
        let extreme = (0..draws).filter(&mut replicate).count() as u64;
        let p = (extreme as f64 + 1.0) / (draws as f64 + 1.0);
        Ok(PermutationP { p, extreme, arrangements: draws, enumerated: false })
    }

    /// The clusters at the estimates of the model without the column, whose coefficient is 0.
    fn restricted(&self, coefficient: usize, alpha: f64, clusters: &[u32]) -> Result<Parts, StatsError> {
        self.check()?;
        if coefficient >= self.columns || self.columns < 2 {
            return Err(StatsError::Shape { expected: self.columns.max(2), found: coefficient + 1 });
        }
        let others: Vec<f64> = self
            .rows()
            .flat_map(|row| row.iter().enumerate().filter(|(column, _)| *column != coefficient).map(|(_, x)| *x))
            .collect();
        let without = Regression { design: &others, columns: self.columns - 1, ..*self };
        let (mut coefficients, _) = without.scoring(without.start(), |mu| mu / (1.0 + alpha * mu))?;
        coefficients.insert(coefficient, 0.0);
        self.parts(&coefficients, alpha, clusters)
    }
}

/// The linear model, cluster by cluster: what each adds to β, and what it takes back once β is fitted anew.
struct Linear {
    coefficient: usize,
    /// Of each cluster its part of all coefficients, M s.
    moves: Vec<Vec<f64>>,
    /// Its part of the coefficient.
    own: Vec<f64>,
    /// The row of M I of each cluster: what its residuals lose to β.
    taken: Vec<Vec<f64>>,
    /// What a variance must exceed to be more than rounding.
    least: f64,
}

impl Linear {
    fn of(Parts { parts, bread }: Parts, coefficient: usize) -> Linear {
        let columns = bread.size;
        let row = &bread.cells[coefficient * columns..(coefficient + 1) * columns];
        Linear {
            coefficient,
            moves: parts.iter().map(|part| bread.times(&part.score)).collect(),
            own: parts.iter().map(|part| dot(row, &part.score)).collect(),
            taken: parts.iter().map(|part| part.information.times(row)).collect(),
            least: 1e-20 * bread.at(coefficient, coefficient),
        }
    }

    /// |t| of the coefficient with each cluster's residuals times its weight; none where its variance is nothing.
    fn t(&self, weights: &[f64]) -> Option<f64> {
        let mut fitted = vec![0.0; self.taken.first().map_or(0, Vec::len)];
        for (moves, weight) in self.moves.iter().zip(weights) {
            fitted.iter_mut().zip(moves).for_each(|(b, m)| *b += weight * m);
        }
        let left = self.own.iter().zip(&self.taken).zip(weights).map(|((own, taken), w)| w * own - dot(taken, &fitted));
        let variance: f64 = left.map(|left| left * left).sum();
        (variance > self.least).then(|| (fitted[self.coefficient] / variance.sqrt()).abs())
    }
}

#[cfg(test)]
mod tests {
    use super::super::poisson_model::tests::{PLAIN, WORDS, two_outlets};
    use super::*;

    fn p(clusters: &[u32], weights: WildWeights, seed: u64) -> PermutationP {
        let design = two_outlets();
        let model = Regression { counts: &PLAIN, exposure: &WORDS, design: &design, columns: 2 };
        model.wild_p(1, 0.0, clusters, weights, 9_999, seed).unwrap()
    }

    /// By hand for two groups: under the hypothesis all articles have the pooled rate, what an event adds to the
    /// difference is Σ (x − x̄)(y − μ), and its residual is less by what the fit takes.
    #[test]
    fn all_signs_by_hand() {
        let clusters: Vec<u32> = (0..6).chain(0..6).collect();
        let rate = PLAIN.iter().sum::<f64>() / WORDS.iter().sum::<f64>();
        let mu: Vec<f64> = WORDS.iter().map(|n| rate * n).collect();
        let share = mu[6..].iter().sum::<f64>() / mu.iter().sum::<f64>();
        let t = |sign: &dyn Fn(usize) -> f64| {
            // Residuals are of size √μ; the regression of these on x√μ with 1√μ beside it.
            let residual = |i: usize| sign(i % 6) * (PLAIN[i] - mu[i]);
            let [zero, one] = [0..6, 6..12].map(|side| {
                let sums = side.map(|i| (residual(i), mu[i])).fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
                sums.0 / sums.1
            });
            let score = |event: usize| -> f64 {
                [event, event + 6]
                    .iter()
                    .map(|&i| {
                        let (x, level) = if i >= 6 { (1.0, one) } else { (0.0, zero) };
                        (x - share) * (residual(i) - mu[i] * level)
                    })
                    .sum()
            };
            let all: f64 = (0..12).map(|i| (f64::from(u8::from(i >= 6)) - share) * residual(i)).sum();
            all.abs() / (0..6).map(|event| score(event).powi(2)).sum::<f64>().sqrt()
        };
        let observed = t(&|_| 1.0);
        let patterns = 0..64_usize;
        let extreme = patterns.filter(|p| t(&|j| if p >> j & 1 == 1 { -1.0 } else { 1.0 }) >= observed - 1e-9).count();
        let found = p(&clusters, WildWeights::Rademacher, 1);
        assert_eq!((found.extreme, found.arrangements, found.enumerated), (extreme as u64, 64, true));
    }

    #[test]
    fn few_clusters_have_more_weights() {
        assert_eq!(WildWeights::for_clusters(11), WildWeights::Webb);
        assert_eq!(WildWeights::for_clusters(12), WildWeights::Rademacher);
        let clusters: Vec<u32> = (0..6).chain(0..6).collect();
        let (signs, six) = (p(&clusters, WildWeights::Rademacher, 1), p(&clusters, WildWeights::Webb, 1));
        assert!(!six.enumerated && six.arrangements == 9_999 && (six.p - signs.p).abs() < 0.1, "{six:?} {signs:?}");
        // The same seed, the same p; the order in which articles come plays no part.
        assert_eq!(p(&clusters, WildWeights::Webb, 1), six);
        assert_ne!(p(&clusters, WildWeights::Webb, 2), six);
        let mean: f64 = {
            let mut draws = Draws::new(5, Purpose::WildBootstrap, 0);
            (0..30_000).map(|_| WildWeights::Webb.draw(&mut draws).powi(2)).sum::<f64>() / 30_000.0
        };
        assert!((mean - 1.0).abs() < 0.01, "{mean}");
    }

    #[test]
    fn what_cannot_be_asked_is_said() {
        let design = two_outlets();
        let model = Regression { counts: &PLAIN, exposure: &WORDS, design: &design, columns: 2 };
        let wild =
            |coefficient, clusters: &[u32]| model.wild_p(coefficient, 0.0, clusters, WildWeights::Rademacher, 99, 1);
        let sides: Vec<u32> = (0..12).map(|i| i / 6).collect();
        assert!(matches!(wild(1, &sides), Err(StatsError::TooFewUnits { units: 2, .. })));
        assert!(matches!(wild(2, &sides), Err(StatsError::Shape { .. })));
        assert!(matches!(wild(1, &[1]), Err(StatsError::Shape { .. })));
        let even = Regression { counts: &[5.0; 12], exposure: &[900.0; 12], ..model };
        let apart: Vec<u32> = (0..12).collect();
        let alike = even.wild_p(1, 0.0, &apart, WildWeights::Rademacher, 99, 1);
        assert_eq!(alike, Err(StatsError::NoVariation));
    }
}
