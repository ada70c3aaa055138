//! Regressions of counts, on request: what readers of other papers expect beside the default (methods 4.1).
//!
//! Quasi-Poisson or NB2 with words as exposure, on the articles that the test beside it compares; with `--within` each
//! stratum has a level of its own. Where articles come in clusters (events, or a column that was named) standard errors
//! are robust to them: from 30 clusters CR1, as statsmodels and Stata have it; with fewer CR2 with Satterthwaite's
//! degrees of freedom, and the p of the restricted wild cluster bootstrap beside it (W17).

use framescope_core::stats::{ClusterCorrection, Dispersed, Estimates, Regression, StatsError, WildWeights};
use serde::Serialize;

use super::comparable::PairArticles;
use super::plan::{Model, Plan};
use super::result::{Ends, Estimate};

/// From so many clusters CR1 is near its nominal rate.
pub(super) const CLUSTERS: usize = 30;
/// Strata that have a level of their own at most.
const STRATA: usize = 30;
/// The column of the group; before it is the level of all, after it those of strata.
const GROUP: usize = 1;

/// A rate ratio by a regression of counts.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ModelResult {
    /// `quasipoisson` or `nb`.
    pub model: &'static str,
    /// The ratio.
    pub rate_ratio: Option<Estimate>,
    /// Its p-value.
    pub p: Option<f64>,
    /// What its standard error is: `quasi-Poisson`, `maximum likelihood`, `CR1` or `CR2`.
    pub errors: &'static str,
    /// Degrees of freedom of t.
    pub df: Option<f64>,
    /// Clusters, where standard errors are robust to them.
    pub clusters: Option<u64>,
    /// The wild cluster bootstrap, where clusters are few.
    pub wild: Option<WildResult>,
    /// Pearson dispersion φ, or α of a negative binomial.
    pub dispersion: Option<f64>,
    /// Degrees of freedom that φ has: rows of the regression less its columns, levels of strata among them.
    #[serde(skip)]
    pub dispersion_df: Option<f64>,
    /// The p that α is 0, of a negative binomial.
    pub dispersion_p: Option<f64>,
    /// What happened on the way, in words, such as a fall back; empty if nothing.
    pub note: String,
}

/// The p of the restricted wild cluster bootstrap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct WildResult {
    /// Two-sided, not adjusted.
    pub p: f64,
    /// What clusters are weighted by: `Rademacher` or `Webb`.
    pub weights: &'static str,
    /// Draws, or all patterns of signs.
    pub arrangements: u64,
    /// Whether these are all there are.
    pub exact: bool,
}

/// The rows of a regression.
struct Rows {
    counts: Vec<f64>,
    exposure: Vec<f64>,
    design: Vec<f64>,
    columns: usize,
    /// The cluster of each row, where there are clusters.
    clusters: Option<Vec<u32>>,
}

impl Rows {
    /// Articles with words; of a stratum without a hit none, since it has no rate to compare.
    fn of(plan: &Plan, own: &PairArticles, words: &[u64], hits: &[u32]) -> Result<Rows, String> {
        let mut kept: Vec<usize> = (0..words.len()).filter(|&i| words[i] > 0).collect();
        let mut levels: Vec<u32> = Vec::new();
        if let Some(strata) = &own.strata {
            levels = kept.iter().filter(|&&i| hits[i] > 0).map(|&i| strata[i]).collect();
            levels.sort_unstable();
            levels.dedup();
            kept.retain(|&i| levels.binary_search(&strata[i]).is_ok());
        }
        if levels.len() > STRATA {
            return Err(format!(
                "{} strata are more than the {STRATA} that may have a level of their own",
                levels.len()
            ));
        }
        let others = levels.get(1..).unwrap_or_default();
        let row = |&i: &usize| {
            let level = own.strata.as_ref().map(|strata| strata[i]);
            let of_strata = others.iter().map(move |other| f64::from(u8::from(level == Some(*other))));
            [1.0, f64::from(own.labels[i])].into_iter().chain(of_strata)
        };
        let clusters = match (&plan.clusters, &own.events) {
            (Some(named), _) => {
                Some(kept.iter().map(|&i| named.of_article[own.articles[i] as usize]).collect::<Vec<u32>>())
            }
            (None, Some(events)) => Some(kept.iter().map(|&i| events[i]).collect()),
            (None, None) => None,
        };
        Ok(Rows {
            counts: kept.iter().map(|&i| f64::from(hits[i])).collect(),
            exposure: kept.iter().map(|&i| words[i] as f64).collect(),
            design: kept.iter().flat_map(row).collect(),
            columns: 2 + others.len(),
            clusters,
        })
    }
}

/// The model that was asked for, fitted to one path of a pair; none where none was.
pub(super) fn fit(plan: &Plan, own: &PairArticles, words: &[u64], hits: &[u32]) -> Option<ModelResult> {
    if plan.model == Model::Studentised {
        return None;
    }
    let mut result = ModelResult { model: plan.model.name(), ..ModelResult::default() };
    if let Err(reason) = fill(plan, own, words, hits, &mut result) {
        result.note = format!("not fitted: {reason}");
    }
    Some(result)
}

fn fill(plan: &Plan, own: &PairArticles, words: &[u64], hits: &[u32], result: &mut ModelResult) -> Result<(), String> {
    let rows = Rows::of(plan, own, words, hits)?;
    let model =
        Regression { counts: &rows.counts, exposure: &rows.exposure, design: &rows.design, columns: rows.columns };
    result.dispersion_df = rows.counts.len().checked_sub(rows.columns).map(|df| df as f64);
    let (estimates, alpha) = fitted(plan.model, &model, result).map_err(|error| error.to_string())?;
    let estimates = match &rows.clusters {
        None => estimates,
        Some(clusters) => robust(plan, &model, &estimates, alpha, clusters, result).map_err(|e| e.to_string())?,
    };
    result.rate_ratio = ratio(&estimates, plan.level);
    result.p = estimates.p(GROUP);
    result.df = estimates.df.get(GROUP).copied();
    Ok(())
}

/// The estimates of the model itself, and α; quasi-Poisson has none.
fn fitted(asked: Model, model: &Regression<'_>, result: &mut ModelResult) -> Result<(Estimates, f64), StatsError> {
    let poisson = if asked == Model::NegativeBinomial {
        match model.negative_binomial()? {
            Dispersed::Over(found) => {
                result.dispersion = Some(found.alpha);
                result.dispersion_p = Some(found.ratio_p);
                result.errors = "maximum likelihood";
                return Ok((found.estimates, found.alpha));
            }
            Dispersed::No(poisson) => {
                result.model = Model::QuasiPoisson.name();
                result.note = "no more spread than Poisson: fell back to quasi-Poisson".to_owned();
                poisson
            }
        }
    } else {
        model.poisson()?
    };
    result.dispersion = Some(poisson.dispersion);
    result.errors = "quasi-Poisson";
    Ok((poisson.quasi(), 0.0))
}

/// The same coefficients with errors that are robust to clusters.
fn robust(
    plan: &Plan,
    model: &Regression<'_>,
    estimates: &Estimates,
    alpha: f64,
    clusters: &[u32],
    result: &mut ModelResult,
) -> Result<Estimates, StatsError> {
    let mut distinct = clusters.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let count = distinct.len();
    let correction = if count < CLUSTERS { ClusterCorrection::Cr2 } else { ClusterCorrection::Cr1 };
    result.clusters = Some(count as u64);
    result.errors = if count < CLUSTERS { "CR2" } else { "CR1" };
    let found = model.clustered(&estimates.coefficients, alpha, clusters, correction)?;
    if count < CLUSTERS {
        let weights = WildWeights::for_clusters(count);
        match model.wild_p(GROUP, alpha, clusters, weights, plan.permutations, plan.seed) {
            Ok(p) => {
                result.wild = Some(WildResult {
                    p: p.p,
                    weights: weights.name(),
                    arrangements: p.arrangements,
                    exact: p.enumerated,
                });
            }
            Err(error) => add_note(result, &format!("no bootstrap: {error}")),
        }
    }
    Ok(found)
}

fn add_note(result: &mut ModelResult, note: &str) {
    if !result.note.is_empty() {
        result.note.push_str("; ");
    }
    result.note.push_str(note);
}

fn ratio(estimates: &Estimates, level: f64) -> Option<Estimate> {
    let value = estimates.coefficients.get(GROUP)?.exp();
    let interval = estimates.interval(GROUP, level).ok()?;
    let ends = Ends { low: interval.low.exp(), high: interval.high.exp() };
    let all_finite = value.is_finite() && ends.low.is_finite() && ends.high.is_finite();
    all_finite.then_some(Estimate { value, interval: Some(ends) })
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;
    use crate::compare::EventUnits;

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
        assert!(nb.dispersion_p.unwrap() < 1e-8 && nb.errors == "maximum likelihood");
        let even = fit(&plan, &own, &[1000; 12], &[4, 5, 4, 5, 4, 5, 6, 7, 6, 7, 6, 7]).unwrap();
        assert_eq!(even.model, "quasipoisson");
        assert!(even.note.contains("fell back"), "{}", even.note);
    }
    const WORDS: [u64; 12] = [812, 640, 1243, 759, 530, 700, 900, 1010, 1100, 620, 880, 1500];
    const HITS: [u32; 12] = [3, 0, 7, 2, 1, 0, 12, 5, 9, 4, 6, 15];

    /// Events 1 to 6 twice, as in methods 4.1: few clusters have CR2 and a bootstrap, many CR1 and none.
    #[test]
    fn few_clusters_have_their_own_errors_and_a_bootstrap() {
        let mut own = PairArticles {
            articles: (0..12).collect(),
            labels: (0..12).map(|i| u8::from(i >= 6)).collect(),
            events: Some((0..6).chain(0..6).collect()),
            strata: None,
            languages: None,
        };
        let mut plan = Plan::new("outlet", NonZeroUsize::MIN);
        plan.model = Model::QuasiPoisson;
        let found = fit(&plan, &own, &WORDS, &HITS).unwrap();
        assert_eq!((found.errors, found.clusters), ("CR2", Some(6)));
        assert!(found.df.unwrap() < 5.0 && found.p.unwrap() > 0.01, "{found:?}");
        let wild = found.wild.unwrap();
        assert_eq!((wild.weights, wild.exact, wild.arrangements), ("Webb", false, 9_999));
        assert!(wild.p > 0.01 && wild.p < 0.3, "{wild:?}");
        // The same events three times over: many clusters.
        let thrice = |values: &[u64]| values.repeat(5);
        own.articles = (0..60).collect();
        own.labels = own.labels.repeat(5);
        own.events = Some((0..5).flat_map(|k| (0..6).chain(0..6).map(move |e| 6 * k + e)).collect());
        let many = fit(&plan, &own, &thrice(&WORDS), &HITS.repeat(5)).unwrap();
        assert_eq!((many.errors, many.clusters, many.wild, many.df), ("CR1", Some(30), None, Some(29.0)));
        // NB2 has robust errors too.
        plan.model = Model::NegativeBinomial;
        let spread: Vec<u32> = [3, 0, 17, 2, 1, 0, 12, 25, 9, 4, 36, 15].repeat(5);
        let nb = fit(&plan, &own, &thrice(&WORDS), &spread).unwrap();
        assert_eq!((nb.model, nb.errors), ("nb", "CR1"));
    }

    /// A column of clusters that was named stands before events.
    #[test]
    fn clusters_that_were_named_are_taken() {
        let own = PairArticles {
            articles: (0..12).collect(),
            labels: (0..12).map(|i| u8::from(i >= 6)).collect(),
            events: None,
            strata: None,
            languages: None,
        };
        let mut plan = Plan::new("outlet", NonZeroUsize::MIN);
        plan.model = Model::QuasiPoisson;
        let of_article = (0..12).map(|i| i % 4).collect();
        plan.clusters = Some(EventUnits { source: "the column author".to_owned(), of_article });
        let found = fit(&plan, &own, &WORDS, &HITS).unwrap();
        assert_eq!((found.errors, found.clusters), ("CR2", Some(4)));
        // A group in one cluster has no spread to judge it by.
        plan.clusters.as_mut().unwrap().of_article = (0..12).map(|i: u32| if i < 6 { 0 } else { i }).collect();
        let lone = fit(&plan, &own, &WORDS, &HITS).unwrap();
        assert_eq!((lone.rate_ratio, lone.p), (None, None));
        assert!(lone.note.starts_with("not fitted: the values do not vary"), "{}", lone.note);
    }

    /// Opinion has thrice the rate, and one outlet writes more of it: with a level of its own the ratio is that of the
    /// outlets inside genres.
    #[test]
    fn strata_have_levels_of_their_own() {
        let labels: Vec<u8> = (0..24).map(|i| u8::from(i >= 12)).collect();
        let opinion: Vec<bool> = (0..24).map(|i| if i < 12 { i % 4 == 0 } else { i % 4 != 0 }).collect();
        let hits: Vec<u32> = (0..24)
            .map(|i| (if opinion[i] { 30 } else { 10 }) * (2 + u32::from(labels[i])) / 2 + (i as u32 * 7) % 3)
            .collect();
        let own = PairArticles {
            articles: (0..24).collect(),
            labels,
            events: None,
            strata: Some(opinion.iter().map(|is| u32::from(*is)).collect()),
            languages: None,
        };
        let mut plan = Plan::new("outlet", NonZeroUsize::MIN);
        plan.model = Model::QuasiPoisson;
        let inside = fit(&plan, &own, &[1000; 24], &hits).unwrap().rate_ratio.unwrap();
        let without = PairArticles { strata: None, ..own };
        let pooled = fit(&plan, &without, &[1000; 24], &hits).unwrap().rate_ratio.unwrap();
        assert!((inside.value - 1.5).abs() < 0.1 && pooled.value > 2.0, "{inside:?} {pooled:?}");
        let each = PairArticles { strata: Some((0..24).map(|i| i * 2).collect()), ..without };
        let hits = vec![3; 24];
        let full = fit(&plan, &each, &[1000; 24], &hits).unwrap();
        assert!(full.rate_ratio.is_none() && full.note.starts_with("not fitted"), "{full:?}");
    }
}
