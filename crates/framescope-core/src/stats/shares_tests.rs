use super::*;

/// Articles that say (hostage, prisoner), of two outlets.
fn captives(first: &[[u32; 2]], second: &[[u32; 2]], events: Option<&[u32]>) -> RatioGroups {
    let counts: Vec<u32> = first.iter().chain(second).flatten().copied().collect();
    let labels: Vec<u8> = (0..first.len() + second.len()).map(|i| u8::from(i >= first.len())).collect();
    RatioGroups::new(&counts, 2, &labels, 2, events).unwrap()
}

const MIXED: [[u32; 2]; 6] = [[3, 1], [2, 0], [0, 0], [5, 2], [1, 1], [0, 3]];

fn all(test: &OmnibusTest) -> Vec<f64> {
    test.p(&test.tally(0..test.arrangements().count())).iter().map(|p| p.p).collect()
}

#[test]
fn shares_are_ratios_of_sums() {
    let groups = captives(&MIXED, &[[1, 3], [0, 0]], None);
    assert_eq!(groups.shares(0), Some(vec![11.0 / 18.0, 7.0 / 18.0]));
    assert_eq!((groups.mentions(0), groups.mentioning(0)), (18, 5));
    let difference = groups.estimate(Share::Difference { groups: [0, 1], variant: 0 }).unwrap();
    assert!((difference - (0.25 - 11.0 / 18.0)).abs() < 1e-15);
    assert_eq!(captives(&[[0, 0]], &[[1, 1]], None).shares(0), None);
}

#[test]
fn outlets_of_one_mind_each_differ_for_sure() {
    let groups = captives(&[[2, 0]; 6], &[[0, 1]; 6], None);
    let test = groups.omnibus(9999, 1).unwrap();
    // Of C(12, 6) arrangements two are as extreme.
    assert_eq!(all(&test), vec![2.0 / 924.0; 3]);
}

#[test]
fn alike_outlets_do_not_differ() {
    let test = captives(&MIXED, &MIXED, None).omnibus(9999, 1).unwrap();
    assert_eq!(all(&test), vec![1.0; 3]);
    // Coverage may differ: articles without a mention are not exchanged.
    let sparse: Vec<[u32; 2]> = MIXED.into_iter().chain([[0, 0]; 9]).collect();
    let covered = captives(&MIXED, &sparse, None).omnibus(9999, 1).unwrap();
    assert_eq!(covered.arrangements().count(), 252);
    assert_eq!(all(&covered), vec![1.0; 3]);
}

/// Two variants: the statistic is the square of a studentised difference, written out here.
#[test]
fn the_statistic_by_hand() {
    let second = [[1, 3], [0, 2], [1, 1], [0, 1], [2, 5]];
    let test = captives(&MIXED, &second, None).omnibus(99, 1).unwrap();
    let part = |rows: &[[u32; 2]]| {
        let h: f64 = rows.iter().map(|r| f64::from(r[0])).sum();
        let m: f64 = rows.iter().map(|r| f64::from(r[0] + r[1])).sum();
        let p = (h + 0.5) / (m + 1.0);
        let own = |r: &[u32; 2]| {
            let n = f64::from(r[0] + r[1]);
            ((f64::from(r[0]) - p * n) / (m + 1.0 - n)).powi(2)
        };
        (p, rows.iter().map(own).sum::<f64>())
    };
    let ((p1, v1), (p2, v2)) = (part(&MIXED), part(&second));
    let expected = (p1 - p2).powi(2) / (v1 + v2);
    assert!(test.observed().iter().all(|s| (s - expected).abs() < 1e-12), "{:?} {expected}", test.observed());
}

/// Each event in an article of either outlet: an event of its own vocabulary is no difference of outlets.
#[test]
fn events_are_units() {
    let rows = [[4, 0], [3, 0], [0, 4], [0, 3], [2, 2], [5, 1], [0, 2]];
    let events: Vec<u32> = (0..7).chain(0..7).collect();
    let groups = captives(&rows, &rows, Some(&events));
    let test = groups.omnibus(9999, 1).unwrap();
    assert_eq!(test.arrangements().count(), 128);
    assert_eq!(all(&test), vec![1.0; 3]);
    // One article an event is one article a unit.
    let second = [[1, 3], [0, 2], [1, 1], [0, 1], [2, 5]];
    let apart: Vec<u32> = (0..11).collect();
    let plain = captives(&MIXED, &second, None).omnibus(99, 1).unwrap();
    let units = captives(&MIXED, &second, Some(&apart));
    assert_eq!(units.omnibus(99, 1).unwrap_err(), StatsError::OneArrangement);
    assert_eq!(units.shares(0), captives(&MIXED, &second, None).shares(0));
    assert_eq!(plain.observed().len(), 3);
}

/// Shared events: what an event moves in both outlets is subtracted before it is squared.
#[test]
fn the_statistic_of_events_by_hand() {
    let (first, second) = ([[4, 1], [3, 0], [1, 4], [2, 2], [0, 3]], [[3, 2], [4, 1], [0, 4], [2, 4], [1, 1]]);
    let events: Vec<u32> = (0..5).chain(0..5).collect();
    let test = captives(&first, &second, Some(&events)).omnibus(99, 1).unwrap();
    let moves = |rows: &[[u32; 2]; 5]| {
        let h: f64 = rows.iter().map(|r| f64::from(r[0])).sum();
        let m: f64 = rows.iter().map(|r| f64::from(r[0] + r[1])).sum();
        let p = (h + 0.5) / (m + 1.0);
        (
            p,
            rows.map(|r| {
                let n = f64::from(r[0] + r[1]);
                (f64::from(r[0]) - p * n) / (m + 1.0 - n)
            }),
        )
    };
    let ((p, e), (q, f)) = (moves(&first), moves(&second));
    let variance: f64 = e.iter().zip(f).map(|(e, f)| (e - f).powi(2)).sum();
    assert!((test.observed()[0] - (p - q).powi(2) / variance).abs() < 1e-12);
}

#[test]
fn three_outlets_have_one_test() {
    let counts: Vec<u32> =
        [[3, 1, 0]; 5].iter().chain(&[[1, 3, 0]; 5]).chain(&[[0, 1, 4]; 5]).flatten().copied().collect();
    let labels: Vec<u8> = (0..15).map(|i| i / 5).collect();
    let groups = RatioGroups::new(&counts, 3, &labels, 3, None).unwrap();
    let test = groups.omnibus(999, 1).unwrap();
    assert!(!test.arrangements().enumerated());
    let p = all(&test);
    assert!(p[0] < 0.01 && p.len() == 4, "{p:?}");
    let halves: Vec<u64> = test.tally(0..400).iter().zip(test.tally(400..999)).map(|(a, b)| a + b).collect();
    assert_eq!(halves, test.tally(0..999));
}

#[test]
fn intervals_hold_the_share_and_say_when_they_cannot() {
    let groups = captives(&MIXED, &[[1, 3], [0, 2], [1, 1]], None);
    let share = Share::Of { group: 0, variant: 0 };
    let plan = groups.bootstrap(999, 4).unwrap();
    let replicates = groups.replicates(&[share], &plan, 0..999).remove(0);
    let found = groups.interval(share, &plan, &replicates, 0.95, BootstrapInterval::Percentile).unwrap();
    assert!(found.low < 11.0 / 18.0 && found.high > 11.0 / 18.0 && found.low > 0.1 && found.high <= 1.0, "{found:?}");
    let few = groups.interval(share, &plan, &replicates, 0.95, BootstrapInterval::Bca);
    assert_eq!(few, Err(StatsError::TooFewUnits { group: 0, units: 5, needed: BCA_FROM }));

    let uniform = captives(&[[2, 0]; 6], &[[0, 1]; 6], None);
    let plan = uniform.bootstrap(99, 4).unwrap();
    let replicates = uniform.replicates(&[share], &plan, 0..99).remove(0);
    let none = uniform.interval(share, &plan, &replicates, 0.95, BootstrapInterval::Percentile);
    assert_eq!(none, Err(StatsError::NoVariation));

    let many: Vec<[u32; 2]> = MIXED.iter().cycle().take(60).copied().collect();
    let large = captives(&many, &many, None);
    let plan = large.bootstrap(999, 4).unwrap();
    let difference = Share::Difference { groups: [0, 1], variant: 1 };
    let replicates = large.replicates(&[difference], &plan, 0..999).remove(0);
    let found = large.interval(difference, &plan, &replicates, 0.95, BootstrapInterval::Bca).unwrap();
    assert!(found.low < -0.05 && found.high > 0.05, "{found:?}");
}

#[test]
fn bad_input_is_said() {
    assert!(matches!(RatioGroups::new(&[1, 2, 3], 2, &[0, 1], 2, None), Err(StatsError::Shape { .. })));
    assert_eq!(RatioGroups::new(&[1, 2], 2, &[2], 2, None), Err(StatsError::Value(2.0)));
    assert_eq!(RatioGroups::new(&[1, 2], 1, &[0, 1], 2, None), Err(StatsError::Value(1.0)));
    let none = captives(&MIXED, &[[0, 0]; 7], None);
    assert_eq!(none.omnibus(9, 1).unwrap_err(), StatsError::NoExposure { group: 1 });
    let few = captives(&MIXED, &[[1, 0]; 4], None);
    assert!(matches!(few.omnibus(9, 1), Err(StatsError::TooFewUnits { group: 1, units: 4, .. })));
    let same = captives(&[[1, 0]; 5], &[[3, 0]; 5], None);
    assert_eq!(same.omnibus(9, 1).unwrap_err(), StatsError::NoVariation);
}
