use super::*;
use crate::stats::arrange::tied;
use crate::stats::random::{Draws, Purpose};
use crate::stats::rates::{Count, contrast, contrast_by_events};

/// Counts, words, labels and events of a corpus drawn at random.
struct Corpus {
    hits: Vec<Vec<u32>>,
    words: Vec<u64>,
    labels: Vec<u8>,
    events: Vec<u32>,
}

impl Corpus {
    fn drawn(articles: usize, paths: usize, seed: u64) -> Self {
        let mut draws = Draws::new(seed, Purpose::Dispersion, 0);
        let words = (0..articles).map(|_| 200 + u64::from(draws.below(900))).collect();
        let labels = (0..articles).map(|i| (i % 2) as u8).collect();
        let events = (0..articles).map(|_| draws.below(articles as u32 / 3)).collect();
        let hits = (0..paths).map(|_| (0..articles).map(|_| draws.below(4).saturating_sub(1)).collect()).collect();
        Corpus { hits, words, labels, events }
    }

    fn test(&self, events: bool, draws: u64) -> RateTest {
        let sparse: Vec<SparseHits> = self.hits.iter().map(|h| SparseHits::from_dense(h)).collect();
        RateTest::new(&self.words, &self.labels, events.then_some(&self.events), &sparse, draws, 11).unwrap()
    }

    /// t by the plain formula of `rates`, for any labels.
    fn plain(&self, path: usize, labels: &[u8], events: bool) -> f64 {
        let count = |i: usize| Count { hits: u64::from(self.hits[path][i]), words: self.words[i] };
        if events {
            let mut units = vec![[Count::default(); 2]; self.words.len()];
            for (i, &label) in labels.iter().enumerate() {
                let unit = &mut units[self.events[i] as usize][usize::from(label)];
                *unit = [*unit, count(i)].into_iter().sum();
            }
            return contrast_by_events(&units).unwrap().t();
        }
        let side = |g: u8| (0..labels.len()).filter(|&i| labels[i] == g).map(count).collect::<Vec<_>>();
        contrast(&side(0), &side(1)).unwrap().t()
    }
}

/// The fast kernel is the plain formula, for the observed labels and for every arrangement.
#[test]
fn every_arrangement_has_the_plain_t() {
    for events in [false, true] {
        let corpus = Corpus::drawn(if events { 15 } else { 14 }, 3, 5);
        let test = corpus.test(events, 99);
        assert!(test.arrangements().enumerated());
        let mut found = vec![0; 3];
        let mut labels = vec![0; corpus.words.len()];
        let arrangements = match events {
            false => Arrangements::of(&corpus.labels, 99, 11).unwrap(),
            true => Arrangements::within(&corpus.labels, &corpus.events, 99, 11).unwrap(),
        };
        for (path, found) in found.iter_mut().enumerate() {
            let observed = corpus.plain(path, &corpus.labels, events);
            assert!((test.observed()[path] - observed).abs() < 1e-9 * (1.0 + observed.abs()));
            let mut scratch = Vec::new();
            for k in 0..arrangements.count() {
                arrangements.write(k, &mut labels, &mut scratch);
                *found += u64::from(corpus.plain(path, &labels, events).abs() >= tied(observed.abs()));
            }
        }
        assert_eq!(test.tally(0..test.arrangements().count()), found, "events: {events}");
    }
}

#[test]
fn tallies_do_not_depend_on_how_the_work_is_cut() {
    for events in [false, true] {
        // More articles than a block holds.
        let test = Corpus::drawn(5000, 4, 8).test(events, 60);
        let whole = test.tally(0..60);
        let mut parts = vec![0; 4];
        for range in [41..60, 0..13, 13..41] {
            for (sum, n) in parts.iter_mut().zip(test.tally(range)) {
                *sum += n;
            }
        }
        assert_eq!(whole, parts);
    }
}

#[test]
fn blocks_change_nothing() {
    let corpus = Corpus::drawn(5000, 2, 9);
    let test = corpus.test(false, 9);
    for path in 0..2 {
        let plain = corpus.plain(path, &corpus.labels, false);
        assert!((test.observed()[path] - plain).abs() < 1e-9 * (1.0 + plain.abs()));
    }
}

/// Estimate ± critical · standard error holds 0 where p > 1 − level, and nowhere else.
#[test]
fn critical_values_agree_with_p() {
    for (articles, events) in [(14, false), (15, true), (40, false), (60, true)] {
        for seed in 0..8 {
            let test = Corpus::drawn(articles, 3, seed).test(events, 199);
            let count = test.arrangements().count();
            let p = test.p(&test.tally(0..count));
            let mut values = test.values(0..count / 3);
            values.extend(test.values(count / 3..count));
            assert_eq!(test.tally_of(&values), test.tally(0..count));
            for level in [0.5, 0.8, 0.95] {
                let Ok(critical) = test.critical(&values, level) else {
                    assert!(p.iter().all(|p| p.p > 1.0 - level), "{articles} {seed} {level}");
                    continue;
                };
                for path in 0..3 {
                    let outside = test.observed()[path].abs() > critical[path] * (1.0 + 1e-9);
                    assert_eq!(outside, p[path].p <= 1.0 - level + 1e-12, "{articles} {seed} {level} {path}");
                }
            }
        }
    }
}

#[test]
fn what_can_not_be_rejected_has_no_interval() {
    let hits = SparseHits::from_dense(&[1, 2, 3, 4]);
    let test = RateTest::new(&[500; 4], &[0, 1, 0, 1], None, &[hits], 99, 1).unwrap();
    let values = test.values(0..6);
    assert_eq!(test.critical(&values, 0.95), Err(StatsError::Unattainable { smallest: 1.0 / 3.0 }));
    assert!(matches!(test.critical(&values[1..], 0.95), Err(StatsError::Shape { .. })));
}

#[test]
fn the_smallest_p_is_that_of_the_counts() {
    // All hits in one article of six: the most extreme arrangement is no better than half of them.
    let words = [500; 6];
    let labels = [0, 1, 0, 1, 0, 1];
    let one = SparseHits { articles: vec![3], counts: vec![9] };
    let spread = SparseHits { articles: vec![0, 1, 2, 3, 4, 5], counts: vec![1, 2, 3, 4, 5, 6] };
    let test = RateTest::new(&words, &labels, None, &[one, spread], 99, 1).unwrap();
    assert_eq!(test.arrangements().smallest_p(), 0.1);
    assert_eq!(test.smallest_p()[0], 1.0);
    assert_eq!(test.smallest_p()[1], 0.1);
}

#[test]
fn an_article_may_stand_twice_and_anywhere() {
    let (words, labels) = ([300, 500, 400, 600, 450, 550], [0, 1, 0, 1, 1, 0]);
    let sorted = SparseHits { articles: vec![0, 3, 4], counts: vec![2, 5, 1] };
    let mixed = SparseHits { articles: vec![3, 0, 4, 3], counts: vec![4, 2, 1, 1] };
    for events in [None, Some([1, 1, 2, 2, 1, 3].as_slice())] {
        let test = RateTest::new(&words, &labels, events, &[sorted.clone(), mixed.clone()], 99, 1).unwrap();
        assert_eq!(test.observed()[0], test.observed()[1]);
    }
}

#[test]
fn equal_pairs_have_p_one() {
    let words = [300, 300, 400, 400, 500, 500];
    let events = [1, 1, 2, 2, 3, 3];
    let hits = SparseHits::from_dense(&[2, 2, 0, 0, 7, 7]);
    let test = RateTest::new(&words, &[0, 1, 0, 1, 1, 0], Some(&events), &[hits], 99, 1).unwrap();
    assert_eq!(test.observed(), [0.0]);
    assert_eq!(test.p(&test.tally(0..test.arrangements().count()))[0].p, 1.0);
}

#[test]
fn a_shift_by_the_estimate_leaves_no_difference() {
    let corpus = Corpus::drawn(40, 1, 3);
    let test = corpus.test(false, 99);
    let side = |g: u8| {
        let own = (0..40).filter(|&i| corpus.labels[i] == g);
        own.map(|i| Count { hits: u64::from(corpus.hits[0][i]), words: corpus.words[i] }).collect::<Vec<_>>()
    };
    let estimate = contrast(&side(0), &side(1)).unwrap().estimate;
    let shifted = test.shifted(0, estimate).unwrap();
    assert!(shifted.observed()[0].abs() < 1e-9);
    assert!(matches!(test.shifted(0, f64::INFINITY), Err(StatsError::Value(_))));
    assert!(matches!(test.shifted(1, 0.0), Err(StatsError::Value(_))));
}

#[test]
fn bad_input_is_said() {
    let hits = SparseHits { articles: vec![1], counts: vec![2] };
    let none = |words: &[u64], labels: &[u8]| {
        RateTest::new(words, labels, None, std::slice::from_ref(&hits), 9, 1).unwrap_err()
    };
    assert_eq!(none(&[9, 0, 9, 9, 9], &[0, 0, 1, 1, 0]), StatsError::Value(2.0));
    assert!(matches!(none(&[9, 9, 9], &[0, 0, 1]), StatsError::TooFewUnits { group: 1, units: 1, .. }));
    assert!(matches!(none(&[9], &[0, 1]), StatsError::Shape { .. }));
    assert_eq!(none(&[9, 9], &[0, 2]), StatsError::Value(2.0));
    let far = SparseHits { articles: vec![8], counts: vec![1] };
    let apart = RateTest::new(&[9; 4], &[0, 0, 1, 1], Some(&[1, 2, 3, 4]), std::slice::from_ref(&hits), 9, 1);
    assert_eq!(apart.unwrap_err(), StatsError::OneArrangement);
    assert!(matches!(RateTest::new(&[9; 4], &[0, 0, 1, 1], None, &[far], 9, 1), Err(StatsError::Shape { .. })));
}

/// By hand: labels are exchanged within genres only, while v is that of articles.
#[test]
fn strata_limit_the_exchange_and_not_the_units() {
    let words = [500, 700, 600, 800, 400, 900, 650, 750];
    let labels = [0, 0, 1, 1, 0, 1, 0, 1];
    let genres = [7, 7, 7, 7, 2, 2, 2, 2];
    let hits = SparseHits::from_dense(&[3, 4, 9, 7, 1, 2, 0, 5]);
    let paths = std::slice::from_ref(&hits);
    let within = RateTest::stratified(&words, &labels, None, Some(&genres), paths, 99, 1).unwrap();
    let free = RateTest::new(&words, &labels, None, paths, 99, 1).unwrap();
    assert_eq!((within.arrangements().count(), free.arrangements().count()), (36, 70));
    assert_eq!(within.observed(), free.observed());
    // Every arrangement of the stratified test is one of the free test's, with the same t.
    let all = free.values(0..70);
    assert!(within.values(0..36).iter().all(|t| all.iter().any(|other| (t - other).abs() < 1e-12)));
    // Within events and genres at once: only pairs that agree in both are exchanged.
    let events = [1, 1, 1, 2, 3, 3, 2, 3];
    let both = RateTest::stratified(&words, &labels, Some(&events), Some(&genres), paths, 99, 1).unwrap();
    assert_eq!(both.arrangements().count(), 3 * 3);
    let same = [4; 8];
    let one = RateTest::stratified(&words, &labels, None, Some(&same), paths, 99, 1).unwrap();
    assert_eq!(one.tally(0..70), free.tally(0..70));
}
