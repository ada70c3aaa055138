//! The statistics against scipy and statsmodels, on random data sets that tests/stats/reference.py wrote.

mod reference;

use framescope_core::stats::*;
use serde::Deserialize;

use reference::{all_close, cases, close};

#[track_caller]
fn ends(found: Interval, low: f64, high: f64) {
    close(found.low, low);
    close(found.high, high);
}

fn all_arrangements(test: &RateTest) -> PermutationP {
    assert!(test.arrangements().enumerated());
    test.p(&test.tally(0..test.arrangements().count()))[0]
}

#[test]
fn stats_rates_agree_with_the_reference() {
    #[derive(Deserialize)]
    struct Case {
        first: usize,
        hits: Vec<u32>,
        words: Vec<u64>,
        estimate: f64,
        se: f64,
        df: f64,
        low: f64,
        high: f64,
        p_t: f64,
        p: f64,
    }
    for case in cases!("rates") as Vec<Case> {
        let counts: Vec<Count> =
            case.hits.iter().zip(&case.words).map(|(&h, &words)| Count { hits: u64::from(h), words }).collect();
        let (first, second) = counts.split_at(case.first);
        let found = contrast(first, second).unwrap();
        all_close(&[found.estimate, found.standard_error, found.df], &[case.estimate, case.se, case.df]);
        let interval = found.interval(0.95).unwrap();
        ends(interval, case.low, case.high);
        close(found.p_by_t(), case.p_t);
        let labels: Vec<u8> = (0..counts.len()).map(|i| u8::from(i >= case.first)).collect();
        let hits = SparseHits::from_dense(&case.hits);
        let test = RateTest::new(&case.words, &labels, None, &[hits], 99, 1).unwrap();
        close(test.observed()[0], case.estimate / case.se);
        close(all_arrangements(&test).p, case.p);
    }
}

#[test]
fn stats_events_agree_with_the_reference() {
    #[derive(Deserialize)]
    struct Case {
        hits: Vec<[u32; 2]>,
        words: Vec<[u64; 2]>,
        estimate: f64,
        se: f64,
        df: f64,
        p: f64,
    }
    for case in cases!("events") as Vec<Case> {
        let count = |(h, n): (&[u32; 2], &[u64; 2])| [0, 1].map(|g| Count { hits: u64::from(h[g]), words: n[g] });
        let events: Vec<[Count; 2]> = case.hits.iter().zip(&case.words).map(count).collect();
        let found = contrast_by_events(&events).unwrap();
        all_close(&[found.estimate, found.standard_error, found.df], &[case.estimate, case.se, case.df]);
        // Articles of one outlet, then of the other.
        let both = |f: &dyn Fn(usize, usize) -> u64| -> Vec<u64> {
            (0..2).flat_map(|g| (0..events.len()).map(move |e| (e, g))).map(|(e, g)| f(e, g)).collect()
        };
        let words = both(&|e, g| case.words[e][g]);
        let hits: Vec<u32> = both(&|e, g| u64::from(case.hits[e][g])).iter().map(|&h| h as u32).collect();
        let labels: Vec<u8> = both(&|_, g| g as u64).iter().map(|&g| g as u8).collect();
        let numbers: Vec<u32> = both(&|e, _| e as u64 * 3).iter().map(|&e| e as u32).collect();
        let test = RateTest::new(&words, &labels, Some(&numbers), &[SparseHits::from_dense(&hits)], 99, 1).unwrap();
        close(test.observed()[0], case.estimate / case.se);
        close(all_arrangements(&test).p, case.p);
    }
}

#[test]
fn stats_prevalence_agrees_with_the_reference() {
    #[derive(Deserialize)]
    struct Case {
        counts: [u64; 4],
        level: f64,
        difference: [f64; 2],
        wilson: [f64; 2],
        jeffreys: [f64; 2],
        fisher: f64,
    }
    for case in cases!("prevalence") as Vec<Case> {
        let [a, n1, b, n2] = case.counts;
        let (first, second) = (Present { articles: a, of: n1 }, Present { articles: b, of: n2 });
        let found = risk_difference(first, second, case.level).unwrap();
        ends(found.interval, case.difference[0], case.difference[1]);
        close(found.estimate, b as f64 / n2 as f64 - a as f64 / n1 as f64);
        ends(wilson(a, n1, case.level).unwrap(), case.wilson[0], case.wilson[1]);
        // statsmodels gives the raw quantiles; we end at 0 and 1 where all went one way.
        let raw = jeffreys(a, n1, case.level).unwrap();
        close(raw.low, if a == 0 { 0.0 } else { case.jeffreys[0] });
        close(raw.high, if a == n1 { 1.0 } else { case.jeffreys[1] });
        close(prevalence_p(first, second).unwrap(), case.fisher);
    }
}

#[test]
fn stats_keyness_agrees_with_the_reference() {
    #[derive(Deserialize)]
    struct Case {
        hits: [u64; 2],
        words: [u64; 2],
        g2: f64,
        chi2: f64,
        exact: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
        ratio: f64,
    }
    for case in cases!("keyness") as Vec<Case> {
        let counts = WordCounts { hits: case.hits, words: case.words };
        close(g2(counts).unwrap(), case.g2);
        close(chi2(counts).unwrap(), case.chi2);
        close(log_ratio(counts).unwrap(), case.ratio);
        if let Some(p) = case.exact {
            close(conditional_exact_p(counts).unwrap(), p);
        }
        let (low, high) = log_ratio_interval(counts, 0.95).unwrap();
        assert_eq!((low.is_some(), high.is_some()), (case.low.is_some(), case.high.is_some()));
        for (found, expected) in [(low, case.low), (high, case.high)] {
            if let Some((found, expected)) = found.zip(expected) {
                close(found, expected);
            }
        }
    }
}

#[test]
fn stats_association_agrees_with_the_reference() {
    #[derive(Deserialize)]
    struct Case {
        tables: Vec<[u64; 4]>,
        odds: f64,
        se: f64,
        interval: [f64; 2],
        chi2: f64,
        p: f64,
    }
    for case in cases!("stratified") as Vec<Case> {
        let table = |&[both, actor, frame, neither]: &[u64; 4]| Table { both, actor, frame, neither };
        let strata: Vec<Table> = case.tables.iter().map(table).collect();
        let found = mantel_haenszel(&strata).unwrap();
        all_close(
            &[found.odds_ratio, found.log_standard_error, found.chi2, found.p()],
            &[case.odds, case.se, case.chi2, case.p],
        );
        ends(found.interval(0.95).unwrap(), case.interval[0], case.interval[1]);
    }
}

#[test]
fn stats_models_agree_with_the_reference() {
    #[derive(Deserialize)]
    struct Nb {
        coefficients: Vec<f64>,
        alpha: f64,
        llf: f64,
        se: Vec<f64>,
    }
    #[derive(Deserialize)]
    struct Case {
        hits: Vec<f64>,
        words: Vec<f64>,
        design: Vec<f64>,
        columns: usize,
        clusters: Vec<u32>,
        coefficients: Vec<f64>,
        se: Vec<f64>,
        dispersion: f64,
        llf: f64,
        quasi: Vec<f64>,
        p: f64,
        cr0: Vec<f64>,
        cr1: Vec<f64>,
        nb: Option<Nb>,
    }
    let mut dispersed = 0;
    for case in cases!("models") as Vec<Case> {
        let model =
            Regression { counts: &case.hits, exposure: &case.words, design: &case.design, columns: case.columns };
        let fit = model.poisson().unwrap();
        all_close(&fit.coefficients, &case.coefficients);
        all_close(&fit.standard_errors, &case.se);
        all_close(&[fit.dispersion, fit.log_likelihood], &[case.dispersion, case.llf]);
        all_close(&fit.quasi().standard_errors, &case.quasi);
        close(fit.quasi().p(1).unwrap(), case.p);
        let robust =
            |correction| model.clustered(&fit.coefficients, 0.0, &case.clusters, correction).unwrap().standard_errors;
        all_close(&robust(ClusterCorrection::None), &case.cr0);
        all_close(&robust(ClusterCorrection::Cr1), &case.cr1);
        if let Some(nb) = case.nb {
            let Dispersed::Over(found) = model.negative_binomial().unwrap() else { panic!("α {}", nb.alpha) };
            all_close(&found.estimates.coefficients, &nb.coefficients);
            all_close(&found.estimates.standard_errors, &nb.se);
            all_close(&[found.alpha, found.log_likelihood], &[nb.alpha, nb.llf]);
            dispersed += 1;
        }
    }
    assert!(dispersed >= 15, "{dispersed}");
}

#[test]
fn stats_effects_agree_with_the_reference() {
    #[derive(Deserialize)]
    struct Case {
        x: Vec<f64>,
        y: Vec<f64>,
        u: f64,
        d: f64,
        rho: Option<[f64; 2]>,
        means: Option<f64>,
        flips: f64,
    }
    for Case { x, y, u, d, rho, means, flips } in cases!("effects") as Vec<Case> {
        close(mann_whitney_u(&x, &y).unwrap(), u);
        close(cliff_delta(&x, &y).unwrap(), 2.0 * u / (x.len() * y.len()) as f64 - 1.0);
        close(hedges_g(&x, &y).unwrap().d, d);
        let shorter = x.len().min(y.len());
        match rho {
            Some([rho, p]) => {
                let found = spearman(&x[..shorter], &y[..shorter]).unwrap();
                all_close(&[found.0, found.1], &[rho, p]);
            }
            None => assert!(spearman(&x[..shorter], &y[..shorter]).is_err()),
        }
        if let Some(p) = means {
            let values: Vec<f64> = x.iter().chain(&y).copied().collect();
            let labels: Vec<u8> = (0..values.len()).map(|i| u8::from(i >= x.len())).collect();
            let arrangements = Arrangements::of(&labels, 99, 1).unwrap();
            close(mean_difference(&values, &arrangements).unwrap().p, p);
        }
        let differences: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x - y).collect();
        match sign_flip(&differences, 99, 1) {
            Ok(found) => close(found.p, flips),
            Err(reason) => assert_eq!(reason, StatsError::NoVariation),
        }
    }
}

#[test]
fn stats_families_agree_with_the_reference() {
    #[derive(Deserialize)]
    struct Case {
        p: Vec<f64>,
        holm: Vec<f64>,
        bh: Vec<f64>,
        by: Vec<f64>,
    }
    for case in cases!("families") as Vec<Case> {
        all_close(&holm(&case.p).unwrap(), &case.holm);
        all_close(&benjamini_hochberg(&case.p).unwrap(), &case.bh);
        all_close(&benjamini_yekutieli(&case.p).unwrap(), &case.by);
    }
}

#[test]
fn stats_bootstrap_intervals_agree_with_the_reference() {
    #[derive(Deserialize)]
    struct Case {
        estimate: f64,
        replicates: Vec<f64>,
        jackknife: Vec<f64>,
        percentile: [f64; 2],
        bca: [f64; 2],
    }
    for case in cases!("bootstraps") as Vec<Case> {
        ends(percentile(&case.replicates, 0.95).unwrap(), case.percentile[0], case.percentile[1]);
        let found = bca(case.estimate, &case.replicates, &case.jackknife, 0.95).unwrap();
        ends(found, case.bca[0], case.bca[1]);
    }
}

#[test]
fn stats_distributions_agree_with_the_reference() {
    #[derive(Deserialize)]
    struct Case {
        df: f64,
        t: f64,
        level: f64,
        t_p: f64,
        t_quantile: f64,
        a: f64,
        b: f64,
        x: f64,
        quantile: f64,
        chi2: f64,
        chi2_df: f64,
        normal: f64,
    }
    for case in cases!("distributions") as Vec<Case> {
        close(t_two_sided(case.t, case.df), case.t_p);
        close(t_quantile(case.level, case.df), case.t_quantile);
        close(beta_quantile(case.x, case.a, case.b), case.quantile);
        close(beta_cdf(case.quantile, case.a, case.b), case.x);
        close(chi2_upper(case.t * case.t, case.chi2_df), case.chi2);
        close(normal_quantile(case.x), case.normal);
        // Small p-values are right in their digits too, not only in their place after the point.
        assert!((t_two_sided(case.t, case.df) / case.t_p - 1.0).abs() < 1e-6);
        assert!((chi2_upper(case.t * case.t, case.chi2_df) / case.chi2 - 1.0).abs() < 1e-6);
    }
}

#[test]
fn stats_dispersion_agrees_with_the_reference() {
    #[derive(Deserialize)]
    struct Case {
        hits: Vec<f64>,
        words: Vec<f64>,
        dp: f64,
        norm: f64,
        juilland: f64,
    }
    for case in cases!("dispersions") as Vec<Case> {
        let found = dispersion(&case.hits, &case.words).unwrap();
        all_close(&[found.dp, found.dp_norm], &[case.dp, case.norm]);
        close(juilland_d(&case.hits, &case.words).unwrap(), case.juilland);
    }
}

#[test]
fn stats_shifts_agree_with_shifterator() {
    #[derive(Deserialize)]
    struct Case {
        counts: [Vec<f64>; 2],
        scores: [Vec<f64>; 2],
        reference: Option<f64>,
        average: [f64; 2],
        contributions: Vec<f64>,
    }
    for case in cases!("shifts") as Vec<Case> {
        let [c1, c2] = &case.counts;
        let [s1, s2] = &case.scores;
        let found = word_shift([c1, c2], [s1, s2], case.reference).unwrap();
        all_close(&found.average, &case.average);
        let contributions: Vec<f64> = found.terms.iter().map(|t| t.contribution).collect();
        all_close(&contributions, &case.contributions);
    }
}

#[test]
fn stats_splits_agree_with_the_reference() {
    #[derive(Deserialize)]
    struct Case {
        hits: Vec<[u64; 2]>,
        words: Vec<[u64; 2]>,
        coverage: f64,
        treatment: f64,
    }
    for case in cases!("splits") as Vec<Case> {
        let count = |(h, n): (&[u64; 2], &[u64; 2])| [0, 1].map(|g| Count { hits: h[g], words: n[g] });
        let events: Vec<[Count; 2]> = case.hits.iter().zip(&case.words).map(count).collect();
        let found = kitagawa(&events).unwrap();
        assert!((found.coverage - case.coverage).abs() < 1e-12 && (found.treatment - case.treatment).abs() < 1e-12);
    }
}

#[test]
fn stats_omnibus_agrees_with_the_reference() {
    #[derive(Deserialize)]
    struct Case {
        first: usize,
        variants: usize,
        counts: Vec<u32>,
        statistic: f64,
        p: f64,
    }
    for case in cases!("omnibus") as Vec<Case> {
        let articles = case.counts.len() / case.variants;
        let labels: Vec<u8> = (0..articles).map(|i| u8::from(i >= case.first)).collect();
        let test = RatioGroups::new(&case.counts, case.variants, &labels, 2, None).unwrap().omnibus(99, 1).unwrap();
        close(test.observed()[0], case.statistic);
        close(test.p(&test.tally(0..test.arrangements().count()))[0].p, case.p);
    }
}
