use super::*;
use crate::stats::random::{Draws, Purpose};
use crate::stats::rate_test::{RateTest, SparseHits};
use crate::stats::rates::{Count, contrast};

/// A corpus of so many articles: the words of each, its label, and its hits on each path, from rare to every article's.
struct Drawn {
    words: Vec<u64>,
    labels: Vec<u8>,
    hits: Vec<Vec<u32>>,
}

impl Drawn {
    fn new(articles: usize, one_in: u32, longest: u32, seed: u64) -> Drawn {
        let mut draws = Draws::new(seed, Purpose::Dispersion, 0);
        let words: Vec<u64> = (0..articles).map(|_| u64::from(100 + draws.below(longest))).collect();
        let labels = (0..articles).map(|_| u8::from(draws.below(one_in) == 0)).collect();
        let path = |draws: &mut Draws, of: u32| {
            (0..articles).map(|_| if draws.below(of) == 0 { 1 + draws.below(6) } else { 0 }).collect()
        };
        let hits = [1, 2, 20, 300].map(|of| path(&mut draws, of)).to_vec();
        Drawn { words, labels, hits }
    }

    fn sparse(&self) -> Vec<SparseHits> {
        self.hits.iter().map(|hits| SparseHits::from_dense(hits)).collect()
    }

    /// t by the plain formula of `rates`.
    fn plain(&self, path: usize, labels: &[u8]) -> f64 {
        let count = |i: usize| Count { hits: u64::from(self.hits[path][i]), words: self.words[i] };
        let side = |g: u8| (0..labels.len()).filter(|&i| labels[i] == g).map(count).collect::<Vec<_>>();
        contrast(&side(0), &side(1)).unwrap().t()
    }
}

fn values_of(test: &RateTest, arrangements: u64) -> Vec<f64> {
    test.values(0..arrangements)
}

/// The fast way is the plain formula, arrangement by arrangement: groups of one size and of very different ones, one
/// power and three.
#[test]
fn many_articles_have_the_plain_t() {
    for (articles, one_in, longest, powers) in
        [(60_000, 2, 900, 1), (60_000, 4, 900, 2), (30_000, 20, 900, 3), (6_000, 2, 2_000, 2)]
    {
        let drawn = Drawn::new(articles, one_in, longest, 3);
        let test = RateTest::new(&drawn.words, &drawn.labels, None, &drawn.sparse(), 9, 11).unwrap();
        assert_eq!(test.powers(), Some(powers), "{articles} {one_in}");
        let values = values_of(&test, 9);
        let (mut labels, mut scratch) = (vec![0; articles], Vec::new());
        for (arrangement, row) in values.chunks_exact(4).enumerate() {
            test.arrangements().write(arrangement as u64, &mut labels, &mut scratch);
            for (path, found) in row.iter().enumerate() {
                let plain = drawn.plain(path, &labels).abs();
                assert!((found - plain).abs() < 1e-10 * (1.0 + plain), "{articles} {path}: {found} {plain}");
            }
        }
    }
}

/// Labels that stay inside strata are no others.
#[test]
fn strata_have_the_plain_t() {
    let drawn = Drawn::new(20_000, 2, 900, 5);
    let strata: Vec<u32> = (0..20_000).map(|i| i * 7 % 5).collect();
    let test = RateTest::stratified(&drawn.words, &drawn.labels, None, Some(&strata), &drawn.sparse(), 9, 11).unwrap();
    assert!(test.powers().is_some());
    let values = values_of(&test, 9);
    let (mut labels, mut scratch) = (vec![0; 20_000], Vec::new());
    for (arrangement, row) in values.chunks_exact(4).enumerate() {
        test.arrangements().write(arrangement as u64, &mut labels, &mut scratch);
        for (path, found) in row.iter().enumerate() {
            let plain = drawn.plain(path, &labels).abs();
            assert!((found - plain).abs() < 1e-10 * (1.0 + plain), "{path}: {found} {plain}");
        }
        for stratum in 0..5 {
            let own = |labels: &[u8]| (0..20_000).filter(|&i| strata[i] == stratum && labels[i] == 1).count();
            assert_eq!(own(&labels), own(&drawn.labels));
        }
    }
}

/// Few articles, and one that outweighs all others, are computed the plain way.
#[test]
fn few_or_uneven_articles_take_the_plain_way() {
    let small = Drawn::new(200, 2, 900, 1);
    assert_eq!(RateTest::new(&small.words, &small.labels, None, &small.sparse(), 9, 1).unwrap().powers(), None);
    let mut uneven = Drawn::new(20_000, 2, 900, 1);
    uneven.words[17] = 3_000_000;
    assert_eq!(RateTest::new(&uneven.words, &uneven.labels, None, &uneven.sparse(), 9, 1).unwrap().powers(), None);
}

/// An arrangement that strays too far for the powers taken is computed the plain way, and comes out the same.
#[test]
fn an_arrangement_that_strays_is_not_left_out() {
    let drawn = Drawn::new(6_000, 2, 2_000, 3);
    let test = RateTest::new(&drawn.words, &drawn.labels, None, &drawn.sparse(), 40, 11).unwrap();
    let expected = values_of(&test, 40);
    let narrow = test.with_powers(1);
    let found = values_of(&narrow, 40);
    assert!(found.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-10 * (1.0 + b)));
}

#[test]
fn values_do_not_depend_on_how_the_work_is_cut() {
    let drawn = Drawn::new(12_000, 2, 900, 3);
    let test = RateTest::new(&drawn.words, &drawn.labels, None, &drawn.sparse(), 60, 11).unwrap();
    assert!(test.powers().is_some());
    let parts = [0..7, 7..8, 8..60].map(|range| test.values(range)).concat();
    assert_eq!(parts, test.values(0..60));
    // No path, no statistic.
    let none = RateTest::new(&drawn.words, &drawn.labels, None, &[], 60, 11).unwrap();
    assert_eq!(none.values(0..60), []);
}

/// What an arrangement labels on average is what is expected.
#[test]
fn expected_words_are_the_mean_over_arrangements() {
    let words: Vec<f64> = (0..12).map(|i| f64::from(100 + i * i)).collect();
    let labels = [0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1];
    let strata = [4, 4, 4, 2, 2, 2, 2, 9, 9, 4, 9, 7];
    for arrangements in
        [Arrangements::of(&labels, 9, 1).unwrap(), Arrangements::within(&labels, &strata, 9, 1).unwrap()]
    {
        let (mut own, mut scratch) = ([0; 12], Vec::new());
        let mut sum = 0.0;
        for index in 0..arrangements.count() {
            arrangements.write(index, &mut own, &mut scratch);
            sum += own.iter().zip(&words).filter(|(label, _)| **label == 1).map(|(_, n)| n).sum::<f64>();
        }
        let mean = sum / arrangements.count() as f64;
        assert!((arrangements.expected(&words) - mean).abs() < 1e-9 * mean);
    }
}

/// Paths that each have words of their own share the labels that are drawn, and no digit changes; tests whose articles differ
/// share nothing.
#[test]
fn tests_over_the_same_arrangements_have_their_own_values() {
    let drawn = Drawn::new(12_000, 2, 900, 3);
    let strata: Vec<u32> = (0..12_000).map(|i| i * 7 % 3).collect();
    let one = |path: usize, scale: u64, left_out: usize| {
        let mut words: Vec<u64> = drawn.words.iter().zip(&strata).map(|(n, s)| n * (scale + u64::from(*s))).collect();
        let mut hits = drawn.hits[path].clone();
        (words[left_out], hits[left_out]) = (0, 0);
        let hits = [SparseHits::from_dense(&hits)];
        RateTest::stratified(&words, &drawn.labels, None, Some(&strata), &hits, 60, 11).unwrap()
    };
    let alike = [one(0, 1, 5), one(1, 4, 5), one(3, 9, 5)];
    let unlike = [one(0, 1, 5), one(1, 4, 6)];
    assert!(alike[0].arrangements() == alike[2].arrangements() && alike.iter().all(|test| test.powers().is_some()));
    for tests in [&alike[..], &unlike[..]] {
        let expected: Vec<Vec<f64>> = tests.iter().map(|test| test.values(3..60)).collect();
        assert_eq!(RateTest::values_of_all(tests, 3..60), expected);
    }
    assert!(RateTest::values_of_all(&[], 0..9).is_empty());
}
