use crate::stats::random::{Draws, Purpose};
use crate::stats::rate_test::{RateTest, SparseHits};
use crate::stats::rates::{Count, contrast_by_events};

/// A corpus in which nearly all events have an article a side, some one article, and one in `odd` more.
struct Drawn {
    words: Vec<u64>,
    labels: Vec<u8>,
    events: Vec<u32>,
    hits: Vec<Vec<u32>>,
}

impl Drawn {
    fn new(events: u32, odd: u32, seed: u64) -> Drawn {
        let mut draws = Draws::new(seed, Purpose::Dispersion, 0);
        let mut drawn = Drawn { words: Vec::new(), labels: Vec::new(), events: Vec::new(), hits: vec![Vec::new(); 5] };
        for event in 0..events {
            let labels: &[u8] = match draws.below(odd) {
                0 => &[0, 1, 1],
                1 => &[1, 0, 0, 1],
                2 | 3 => &[1],
                4 => &[0],
                5 => &[1, 1],
                _ => &[1, 0],
            };
            let heat = draws.below(4);
            for label in labels {
                drawn.words.push(100 + u64::from(draws.below(900)));
                drawn.labels.push(*label);
                // Numbers of events in any order.
                drawn.events.push(event * 7 % events);
                for (path, of) in drawn.hits.iter_mut().zip([1, 2, 20, 300, 1]) {
                    path.push(if draws.below(of) == 0 { heat + draws.below(4) } else { 0 });
                }
            }
        }
        drawn
    }

    fn sparse(&self) -> Vec<SparseHits> {
        self.hits.iter().map(|hits| SparseHits::from_dense(hits)).collect()
    }

    fn test(&self, draws: u64) -> RateTest {
        RateTest::new(&self.words, &self.labels, Some(&self.events), &self.sparse(), draws, 11).unwrap()
    }

    /// |t| by the formula of `rates`.
    fn plain(&self, path: usize, labels: &[u8]) -> f64 {
        let mut units = vec![[Count::default(); 2]; self.words.len()];
        for (i, &label) in labels.iter().enumerate() {
            let unit = &mut units[self.events[i] as usize][usize::from(label)];
            *unit = [*unit, Count { hits: u64::from(self.hits[path][i]), words: self.words[i] }].into_iter().sum();
        }
        contrast_by_events(&units).unwrap().t().abs()
    }
}

fn are_alike(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (place, (a, b)) in found.iter().zip(expected).enumerate() {
        assert!((a - b).abs() < 1e-10 * (1.0 + b), "{place}: {a} {b}");
    }
}

/// The fast way is the plain formula, arrangement by arrangement, with one power and with two; with and without events
/// that have more than one article a side.
#[test]
fn many_events_have_the_plain_t() {
    for (events, odd, powers, has_others) in
        [(40_000, 150, 1, true), (60_000, 1_000_000, 1, false), (9_000, 60, 2, true), (2_500, 1_000_000, 2, false)]
    {
        let drawn = Drawn::new(events, odd, 3);
        let test = drawn.test(6);
        assert_eq!((test.powers(), test.others().map(|n| n > 0)), (Some(powers), Some(has_others)), "{events} {odd}");
        let values = test.values(0..6);
        are_alike(&values, &test.plain().values(0..6));
        // `RateTest` puts articles in the order of events.
        let mut order: Vec<usize> = (0..drawn.words.len()).collect();
        order.sort_by_key(|&i| drawn.events[i]);
        let (mut labels, mut own, mut scratch) = (vec![0; order.len()], vec![0; order.len()], Vec::new());
        for arrangement in 0..2 {
            test.arrangements().write(arrangement, &mut labels, &mut scratch);
            order.iter().zip(&labels).for_each(|(&article, &label)| own[article] = label);
            let expected: Vec<f64> = (0..5).map(|path| drawn.plain(path, &own)).collect();
            are_alike(&values[arrangement as usize * 5..][..5], &expected);
        }
    }
}

/// With genres crossed, only articles of one genre are exchanged; the others of an event stay.
#[test]
fn strata_in_events_have_the_plain_t() {
    let drawn = Drawn::new(9_000, 1_000, 5);
    let genres: Vec<u32> = (0..drawn.words.len() as u32).map(|i| i / 2 % 5).collect();
    let test =
        RateTest::stratified(&drawn.words, &drawn.labels, Some(&drawn.events), Some(&genres), &drawn.sparse(), 6, 11);
    let test = test.unwrap();
    assert!(test.powers().is_some());
    are_alike(&test.values(0..6), &test.plain().values(0..6));
}

/// Events in which both sides write the same, but for one: digits that the sums would lose are not lost.
#[test]
fn where_both_sides_go_together_nothing_is_lost() {
    let mut drawn = Drawn::new(6_000, 1_000_000, 7);
    for pair in 0..drawn.words.len() / 2 - 1 {
        drawn.words[2 * pair + 1] = drawn.words[2 * pair];
        for path in &mut drawn.hits {
            path[2 * pair + 1] = path[2 * pair];
        }
    }
    let test = drawn.test(20);
    assert!(test.powers().is_some());
    assert_eq!(test.values(0..20), test.plain().values(0..20));
}

/// Few events, many with several articles a side, and one that outweighs the others take the plain way.
#[test]
fn few_or_uneven_events_take_the_plain_way() {
    assert_eq!(Drawn::new(150, 1_000_000, 1).test(9).powers(), None);
    assert_eq!(Drawn::new(20_000, 9, 1).test(9).powers(), None);
    let mut uneven = Drawn::new(20_000, 1_000_000, 1);
    uneven.words[17] = 3_000_000;
    assert_eq!(uneven.test(9).powers(), None);
}

#[test]
fn values_do_not_depend_on_how_the_work_is_cut() {
    let test = Drawn::new(6_000, 60, 3).test(60);
    assert!(test.powers().is_some() && test.others() > Some(0));
    assert_eq!([0..7, 7..8, 8..60].map(|range| test.values(range)).concat(), test.values(0..60));
}
