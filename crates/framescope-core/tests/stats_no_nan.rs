//! No statistic gives NaN or infinity, whatever small and hollow corpus it is asked about: a number, or a reason.

use framescope_core::stats::*;
use proptest::prelude::*;

/// Counts in which zeros, empty articles and one-sided groups are common.
fn count() -> impl Strategy<Value = Count> {
    (prop_oneof![3 => Just(0_u64), 3 => 1..4_u64, 1 => 50..90_u64], prop_oneof![1 => Just(0_u64), 4 => 90..900_u64])
        .prop_map(|(hits, words)| Count { hits: if words == 0 { 0 } else { hits }, words })
}

fn counts() -> impl Strategy<Value = Vec<Count>> {
    prop::collection::vec(count(), 0..9)
}

fn pairs() -> impl Strategy<Value = Vec<[Count; 2]>> {
    prop::collection::vec([count(), count()], 0..9)
}

#[track_caller]
fn sound(values: &[f64]) {
    assert!(values.iter().all(|v| v.is_finite()), "{values:?}");
}

#[track_caller]
fn probability(p: f64) {
    assert!((0.0..=1.0).contains(&p), "{p}");
}

fn log_rate_is_sound(found: Result<LogRate, StatsError>) {
    if let Ok(found) = found {
        let interval = found.interval(0.95).unwrap();
        sound(&[found.estimate, found.standard_error, found.df, found.t(), interval.low, interval.high]);
        assert!(found.df > 0.0 && found.standard_error > 0.0);
        probability(found.p_by_t());
    }
}

proptest! {
    #[test]
    fn stats_of_rates_are_sound(first in counts(), second in counts()) {
        log_rate_is_sound(log_rate(&first));
        log_rate_is_sound(contrast(&first, &second));
        let all: Vec<Count> = first.iter().chain(&second).copied().collect();
        let words: Vec<u64> = all.iter().map(|c| c.words).collect();
        let hits: Vec<u32> = all.iter().map(|c| c.hits as u32).collect();
        let labels: Vec<u8> = (0..all.len()).map(|i| u8::from(i >= first.len())).collect();
        if let Ok(test) = RateTest::new(&words, &labels, None, &[SparseHits::from_dense(&hits)], 49, 1) {
            let values = test.values(0..test.arrangements().count().min(400));
            sound(&values);
            sound(test.observed());
            probability(test.p(&test.tally_of(&values))[0].p);
        }
        if let Ok(found) = length_check(&all.repeat(5)) {
            sound(&[found.slope]);
            probability(found.p);
        }
    }

    #[test]
    fn stats_of_events_are_sound(events in pairs()) {
        log_rate_is_sound(contrast_by_events(&events));
        if let Ok(split) = kitagawa(&events) {
            sound(&[split.coverage, split.treatment]);
            prop_assert!((split.coverage + split.treatment - split.rates[1] + split.rates[0]).abs() < 1e-12);
        }
        let flat: Vec<Count> = events.iter().flatten().copied().collect();
        let words: Vec<u64> = flat.iter().map(|c| c.words).collect();
        let hits: Vec<u32> = flat.iter().map(|c| c.hits as u32).collect();
        let labels: Vec<u8> = (0..flat.len()).map(|i| (i % 2) as u8).collect();
        let numbers: Vec<u32> = (0..flat.len()).map(|i| (i / 2) as u32).collect();
        let hits = [SparseHits::from_dense(&hits)];
        if let Ok(test) = RateTest::new(&words, &labels, Some(&numbers), &hits, 49, 1) {
            sound(&test.values(0..test.arrangements().count()));
            probability(test.smallest_p()[0]);
        }
        let long = flat.repeat(3);
        let periods: Vec<i64> = (0..long.len() as i64).collect();
        let seasons: Vec<u32> = periods.iter().map(|period| (period % 3) as u32).collect();
        let other: Vec<Count> = long.iter().rev().copied().collect();
        for errors in [TrendErrors::Blocks(2), TrendErrors::NeweyWest(3)] {
            for seasons in [None, Some(seasons.as_slice())] {
                let model = TrendModel { periods: &periods, seasons, errors };
                for slope in [model.slope(&long), model.difference([&long, &other])].into_iter().flatten() {
                    sound(&[slope.estimate, slope.standard_error, slope.df]);
                    probability(slope.p_against(0.0));
                }
            }
        }
    }

    #[test]
    fn stats_of_tables_are_sound(a in 0..40_u64, b in 0..40_u64, n1 in 0..60_u64, n2 in 0..60_u64) {
        let (first, second) = (Present { articles: a, of: n1 }, Present { articles: b, of: n2 });
        if let Ok(found) = risk_difference(first, second, 0.95) {
            sound(&[found.estimate, found.interval.low, found.interval.high]);
            prop_assert!(found.interval.low >= -1.0 - 1e-12 && found.interval.high <= 1.0 + 1e-12);
            probability(prevalence_p(first, second).unwrap());
        }
        let counts = WordCounts { hits: [a, b], words: [n1, n2] };
        for value in [g2(counts), g2_two_cells(counts), chi2(counts), log_ratio(counts)].into_iter().flatten() {
            sound(&[value]);
        }
        if let Ok((low, high)) = log_ratio_interval(counts, 0.95) {
            sound(&[low, high].into_iter().flatten().collect::<Vec<_>>());
        }
        if let Ok(odds) = log_odds(counts, 0.5, 20.0) {
            sound(&[odds.delta, odds.zeta(), odds.full_zeta()]);
        }
        if let Ok(found) = mantel_haenszel(&[Table { both: a, actor: b, frame: n1, neither: n2 }]) {
            let interval = found.interval(0.95).unwrap();
            sound(&[found.odds_ratio, found.log_standard_error, found.chi2, interval.low, interval.high]);
        }
    }

    #[test]
    fn stats_of_shares_are_sound(rows in prop::collection::vec([0..3_u32, 0..3_u32, 0..2_u32], 0..16), seed in 0..9_u64) {
        let flat: Vec<u32> = rows.iter().flatten().copied().collect();
        let labels: Vec<u8> = (0..rows.len()).map(|i| (i % 2) as u8).collect();
        let events: Vec<u32> = (0..rows.len()).map(|i| (i / 3) as u32).collect();
        for events in [None, Some(events.as_slice())] {
            let groups = RatioGroups::new(&flat, 3, &labels, 2, events).unwrap();
            if let Some(shares) = groups.shares(1) {
                prop_assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            }
            if let Ok(test) = groups.omnibus(19, seed) {
                sound(test.observed());
                test.p(&test.tally(0..test.arrangements().count())).iter().for_each(|p| probability(p.p));
            }
            let asked = [Share::Of { group: 0, variant: 2 }, Share::Difference { groups: [0, 1], variant: 0 }];
            let Ok(plan) = groups.bootstrap(60, seed) else { continue };
            for (share, replicates) in asked.into_iter().zip(groups.replicates(&asked, &plan, 0..60)) {
                if let Ok(found) = groups.interval(share, &plan, &replicates, 0.95, BootstrapInterval::Percentile) {
                    sound(&[found.low, found.high]);
                }
            }
        }
    }

    #[test]
    fn stats_of_values_are_sound(
        x in prop::collection::vec((-3..4_i32).prop_map(f64::from), 0..14),
        y in prop::collection::vec((-3..4_i32).prop_map(f64::from), 0..14),
    ) {
        if let Ok(found) = hedges_g(&x, &y) {
            sound(&[found.d, found.j, found.g, found.variance]);
        }
        if let Ok(found) = cliff_delta(&x, &y) {
            prop_assert!((-1.0..=1.0).contains(&found));
        }
        if let Ok((rho, p)) = spearman(&x, &y) {
            prop_assert!((-1.0..=1.0).contains(&rho));
            probability(p);
        }
        for found in [z_score(1.0, &x), robust_z_score(1.0, &x), acceleration(&x)].into_iter().flatten() {
            sound(&[found]);
        }
        if let Ok(found) = sign_flip(&x, 49, 1) {
            probability(found.p);
        }
        if let Ok(found) = signed_ranks(&x) {
            probability(found.p);
            prop_assert!(found.p >= found.smallest.unwrap() && found.ranked + found.zeros == x.len());
        }
        let replicates: Vec<f64> = x.iter().cycle().take(60).copied().collect();
        for found in [percentile(&replicates, 0.95), bca(0.0, &replicates, &y, 0.95)].into_iter().flatten() {
            sound(&[found.low, found.high]);
        }
    }

    #[test]
    fn stats_of_models_are_sound(rows in prop::collection::vec((count(), 0..3_u8), 0..20)) {
        let rows: Vec<_> = rows.into_iter().filter(|(c, _)| c.words > 0).collect();
        let hits: Vec<f64> = rows.iter().map(|(c, _)| c.hits as f64).collect();
        let words: Vec<f64> = rows.iter().map(|(c, _)| c.words as f64).collect();
        let design: Vec<f64> = rows.iter().flat_map(|(_, g)| [1.0, f64::from(u8::from(*g > 0))]).collect();
        let model = Regression { counts: &hits, exposure: &words, design: &design, columns: 2 };
        if let Ok(fit) = model.poisson() {
            sound(&fit.coefficients);
            sound(&fit.standard_errors);
            sound(&[fit.dispersion, fit.log_likelihood]);
            let clusters: Vec<u32> = rows.iter().map(|(c, _)| c.words as u32 % 5).collect();
            for correction in [ClusterCorrection::Cr1, ClusterCorrection::Cr2] {
                for alpha in [0.0, 0.7] {
                    if let Ok(robust) = model.clustered(&fit.coefficients, alpha, &clusters, correction) {
                        sound(&robust.standard_errors);
                        sound(&robust.df);
                        probability(robust.p(1).unwrap());
                    }
                }
            }
            for weights in [WildWeights::Rademacher, WildWeights::Webb] {
                if let Ok(found) = model.wild_p(1, 0.0, &clusters, weights, 49, 1) {
                    probability(found.p);
                }
            }
        }
        if let Ok(Dispersed::Over(fit)) = model.negative_binomial() {
            sound(&fit.estimates.coefficients);
            sound(&fit.estimates.standard_errors);
            sound(&[fit.alpha, fit.log_likelihood, fit.ratio]);
            probability(fit.ratio_p);
        }
        if let Ok(found) = dispersion(&hits, &words) {
            sound(&[found.dp, found.dp_norm, found.largest_share, juilland_d(&hits, &words).unwrap()]);
            let chance = poisson_dp(hits.iter().sum::<f64>() as u64, &words, 19, 1).unwrap();
            sound(&[chance.mean, chance.upper]);
        }
    }
}
