//! Few clusters, signed ranks and trends against scipy, statsmodels and numpy, on random data sets that
//! tests/stats/clusters_ranks_trends.py wrote.

mod reference;

use framescope_core::stats::*;
use serde::Deserialize;

use reference::{all_close, cases, close};

#[test]
fn stats_of_few_clusters_agree_with_the_reference() {
    #[derive(Deserialize)]
    struct Case {
        hits: Vec<f64>,
        words: Vec<f64>,
        design: Vec<f64>,
        columns: usize,
        clusters: Vec<u32>,
        alpha: f64,
        coefficients: Vec<f64>,
        cr0: Vec<f64>,
        cr1: Vec<f64>,
        cr2: Vec<f64>,
        df: Vec<f64>,
        p: f64,
        hc2: Vec<f64>,
        wild: f64,
    }
    for case in cases!("clusters") as Vec<Case> {
        let model =
            Regression { counts: &case.hits, exposure: &case.words, design: &case.design, columns: case.columns };
        if case.alpha == 0.0 {
            all_close(&model.poisson().unwrap().coefficients, &case.coefficients);
        }
        let robust = |clusters: &[u32], correction| {
            model.clustered(&case.coefficients, case.alpha, clusters, correction).unwrap()
        };
        all_close(&robust(&case.clusters, ClusterCorrection::None).standard_errors, &case.cr0);
        all_close(&robust(&case.clusters, ClusterCorrection::Cr1).standard_errors, &case.cr1);
        let found = robust(&case.clusters, ClusterCorrection::Cr2);
        all_close(&found.standard_errors, &case.cr2);
        all_close(&found.df, &case.df);
        close(found.p(1).unwrap(), case.p);
        let apart: Vec<u32> = (0..case.hits.len() as u32).collect();
        all_close(&robust(&apart, ClusterCorrection::Cr2).standard_errors, &case.hc2);
        let wild = model.wild_p(1, case.alpha, &case.clusters, WildWeights::Rademacher, 99, 1).unwrap();
        assert!(wild.enumerated);
        close(wild.p, case.wild);
    }
}

#[test]
fn stats_signed_ranks_agree_with_scipy() {
    #[derive(Deserialize)]
    struct Case {
        differences: Vec<f64>,
        positive: f64,
        ranked: usize,
        p: f64,
    }
    let mut exact = 0;
    for case in cases!("ranks") as Vec<Case> {
        let found = signed_ranks(&case.differences).unwrap();
        assert_eq!((found.positive, found.ranked), (case.positive, case.ranked));
        // With ties some of more than 50 are 0, and those that are left are few enough for the exact p.
        match found.is_exact && case.differences.len() > EXACT_UP_TO {
            true => assert!((found.p - case.p).abs() < 0.01, "{found:?} {}", case.p),
            false => close(found.p, case.p),
        }
        exact += usize::from(found.is_exact);
    }
    assert!((15..=30).contains(&exact), "{exact}");
}

#[test]
fn stats_trends_agree_with_the_reference() {
    #[derive(Deserialize)]
    struct Case {
        periods: Vec<i64>,
        seasons: Option<Vec<u32>>,
        lags: u32,
        hits: [Vec<u64>; 2],
        words: [Vec<u64>; 2],
        slope: f64,
        slope_se: f64,
        difference: f64,
        difference_se: f64,
    }
    for case in cases!("trends") as Vec<Case> {
        let counts = [0, 1].map(|group: usize| -> Vec<Count> {
            case.hits[group].iter().zip(&case.words[group]).map(|(&hits, &words)| Count { hits, words }).collect()
        });
        let model = TrendModel {
            periods: &case.periods,
            seasons: case.seasons.as_deref(),
            errors: TrendErrors::NeweyWest(case.lags),
        };
        let slope = model.slope(&counts[0]).unwrap();
        all_close(&[slope.estimate, slope.standard_error], &[case.slope, case.slope_se]);
        let difference = model.difference([&counts[0], &counts[1]]).unwrap();
        all_close(&[difference.estimate, difference.standard_error], &[case.difference, case.difference_se]);
    }
}
