//! Regressions of counts, on request: what readers of other papers expect beside the default (methods 4.1).

use framescope_core::stats::{ClusterCorrection, Dispersed, Estimates, Regression};

use super::comparable::PairArticles;
use super::plan::{Model, Plan};
use super::result::{Ends, Estimate, ModelResult};

/// The model that was asked for, fitted to one path of a pair; none where none was.
pub(super) fn fit(plan: &Plan, own: &PairArticles, words: &[u64], hits: &[u32]) -> Option<ModelResult> {
    if plan.model == Model::Studentised {
        return None;
    }
    let kept: Vec<usize> = (0..words.len()).filter(|&i| words[i] > 0).collect();
    let counts: Vec<f64> = kept.iter().map(|&i| f64::from(hits[i])).collect();
    let exposure: Vec<f64> = kept.iter().map(|&i| words[i] as f64).collect();
    let design: Vec<f64> = kept.iter().flat_map(|&i| [1.0, f64::from(own.labels[i])]).collect();
    let model = Regression { counts: &counts, exposure: &exposure, design: &design, columns: 2 };
    let mut result = ModelResult { model: plan.model.name(), ..ModelResult::default() };
    let fitted = match plan.model {
        Model::NegativeBinomial => match model.negative_binomial() {
            Ok(Dispersed::Over(found)) => {
                result.dispersion = Some(found.alpha);
                Ok(found.estimates)
            }
            Ok(Dispersed::No(poisson)) => {
                result.model = Model::QuasiPoisson.name();
                result.note = "no more spread than Poisson: fell back to quasi-Poisson".to_owned();
                result.dispersion = Some(poisson.dispersion);
                Ok(poisson.quasi())
            }
            Err(error) => Err(error),
        },
        _ => model.poisson().and_then(|poisson| {
            result.dispersion = Some(poisson.dispersion);
            match &own.events {
                None => Ok(poisson.quasi()),
                Some(events) => {
                    let clusters: Vec<u32> = kept.iter().map(|&i| events[i]).collect();
                    result.note = "standard errors robust to clusters (CR1), a cluster an event".to_owned();
                    model.clustered(&poisson, &clusters, ClusterCorrection::Cr1)
                }
            }
        }),
    };
    match fitted {
        Ok(estimates) => {
            result.rate_ratio = ratio(&estimates, plan.level);
            result.p = estimates.p(1);
        }
        Err(error) => result.note = format!("not fitted: {error}"),
    }
    Some(result)
}

fn ratio(estimates: &Estimates, level: f64) -> Option<Estimate> {
    let value = estimates.coefficients.get(1)?.exp();
    let interval = estimates.interval(1, level).ok()?;
    let ends = Ends { low: interval.low.exp(), high: interval.high.exp() };
    let all_finite = value.is_finite() && ends.low.is_finite() && ends.high.is_finite();
    all_finite.then_some(Estimate { value, interval: Some(ends) })
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;

    /// Methods 4.1, the test data: rate ratio 3.05751952, φ 1.27636313, p(t10) .00975365; the overdispersed data α
    /// .604323, ratio 4.307375.
    #[test]
    fn models_agree_with_the_reference() {
        let words = [812, 640, 1243, 759, 530, 700, 900, 1010, 1100, 620, 880, 1500];
        let own = PairArticles {
            articles: (0..12).collect(),
            labels: (0..12).map(|i| u8::from(i >= 6)).collect(),
            events: None,
            strata: None,
            languages: None,
        };
        let mut plan = Plan::new("outlet", NonZeroUsize::MIN);
        assert_eq!(fit(&plan, &own, &words, &[1; 12]), None);
        plan.model = Model::QuasiPoisson;
        let quasi = fit(&plan, &own, &words, &[3, 0, 7, 2, 1, 0, 12, 5, 9, 4, 6, 15]).unwrap();
        assert!((quasi.rate_ratio.unwrap().value - 3.05751952).abs() < 1e-7);
        assert!((quasi.dispersion.unwrap() - 1.27636313).abs() < 1e-7);
        assert!((quasi.p.unwrap() - 0.00975365).abs() < 1e-7);
        plan.model = Model::NegativeBinomial;
        let nb = fit(&plan, &own, &words, &[3, 0, 17, 2, 1, 0, 12, 25, 9, 4, 36, 15]).unwrap();
        assert!((nb.dispersion.unwrap() - 0.604323).abs() < 1e-5);
        assert!((nb.rate_ratio.unwrap().value - 4.307375).abs() < 1e-4);
        let even = fit(&plan, &own, &[1000; 12], &[4, 5, 4, 5, 4, 5, 6, 7, 6, 7, 6, 7]).unwrap();
        assert_eq!(even.model, "quasipoisson");
        assert!(even.note.contains("fell back"), "{}", even.note);
    }
}
