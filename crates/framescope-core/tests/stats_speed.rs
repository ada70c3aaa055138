//! How long the permutation test takes on a large corpus; run by hand:
//! `cargo test --release -p framescope-core --test stats_speed -- --ignored --nocapture`.

use std::time::SystemTime;

use framescope_core::stats::{Draws, Purpose, RateTest, RatioGroups, Share, SparseHits};

/// 100,000 articles, 50 paths, two groups; the time of 9,999 permutations is extrapolated from 50.
#[test]
#[ignore = "a measurement"]
fn stats_permutations_of_a_large_corpus() {
    const ARTICLES: u32 = 100_000;
    for density in [0, 5, 20, 100] {
        let mut draws = Draws::new(1, Purpose::Dispersion, 0);
        let words: Vec<u64> = (0..ARTICLES).map(|_| 100 + u64::from(draws.below(1500))).collect();
        let labels: Vec<u8> = (0..ARTICLES).map(|_| draws.below(2) as u8).collect();
        let events: Vec<u32> = (0..ARTICLES).map(|_| draws.below(ARTICLES / 5)).collect();
        let paths: Vec<SparseHits> = (0..50)
            .map(|_| {
                let articles: Vec<u32> = (0..ARTICLES).filter(|_| draws.below(100) < density).collect();
                let counts = articles.iter().map(|_| 1 + draws.below(3)).collect();
                SparseHits { articles, counts }
            })
            .collect();
        let pairs: Vec<u32> = (0..ARTICLES).map(|i| i / 2).collect();
        for (units, events) in [("articles", None), ("pairs", Some(&pairs)), ("events", Some(&events))] {
            let test = RateTest::new(&words, &labels, events.map(Vec::as_slice), &paths, 9999, 7).unwrap();
            let start = cpu_seconds();
            let tally = test.tally(0..50);
            let each = (cpu_seconds() - start) / 50.0;
            println!(
                "{density} % of articles hit, {units}: {:.2} ms a permutation, 9,999 in {:.0} s on one core ({})",
                each * 1e3,
                each * 9999.0,
                tally[0]
            );
        }
    }
}

/// A referent of four variants that a fifth of 100,000 articles mentions.
#[test]
#[ignore = "a measurement"]
fn stats_shares_of_a_large_corpus() {
    const ARTICLES: usize = 100_000;
    let mut draws = Draws::new(2, Purpose::Dispersion, 0);
    let labels: Vec<u8> = (0..ARTICLES).map(|_| draws.below(2) as u8).collect();
    let events: Vec<u32> = (0..ARTICLES).map(|_| draws.below(ARTICLES as u32 / 5)).collect();
    let mut counts = vec![0; 4 * ARTICLES];
    for row in counts.chunks_exact_mut(4) {
        if draws.below(5) == 0 {
            row[draws.below(4) as usize] += 1 + draws.below(3);
        }
    }
    for events in [None, Some(events.as_slice())] {
        let groups = RatioGroups::new(&counts, 4, &labels, 2, events).unwrap();
        let test = groups.omnibus(9999, 7).unwrap();
        let start = cpu_seconds();
        let tally = test.tally(0..50);
        let permutation = (cpu_seconds() - start) / 50.0;
        let plan = groups.bootstrap(9999, 7).unwrap();
        let start = cpu_seconds();
        let drawn = groups.replicates(&[Share::Of { group: 0, variant: 0 }], &plan, 0..50);
        let replicate = (cpu_seconds() - start) / 50.0;
        println!(
            "events {}: {:.2} ms a permutation, {:.2} ms a replicate ({} {:?})",
            events.is_some(),
            permutation * 1e3,
            replicate * 1e3,
            tally[0],
            drawn[0][0]
        );
    }
}

/// Processor time of this thread (Linux), so that others on the machine do not count; elsewhere wall time.
fn cpu_seconds() -> f64 {
    let schedstat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    match schedstat.split(' ').next().and_then(|n| n.parse::<f64>().ok()) {
        Some(nanoseconds) => nanoseconds / 1e9,
        None => SystemTime::UNIX_EPOCH.elapsed().map_or(0.0, |t| t.as_secs_f64()),
    }
}
