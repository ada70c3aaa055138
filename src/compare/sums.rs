//! The bootstrap of many sums at once, by articles, or by events where these are the units.
//!
//! Ratios of sums (hits over words, lead over body, one side over all sides) differ in what they add up, not in the
//! articles that are drawn. So each replicate draws the articles of every group once ([`Bootstrap`]) and adds up all columns
//! with the same weights: an article without a value in a column costs that column nothing. An event is drawn with all its
//! articles, in all groups alike: what desks wrote of one event is not independent.

use std::ops::Range;

use framescope_core::stats::{Bootstrap, Cells, defined, percentile};

use rustc_hash::{FxHashMap, FxHashSet};

use super::Units;
use super::error::CompareError;
use super::facing::Facing;
use super::plan::{EventUnits, LEVEL, Plan};
use super::resample::Resampler;

/// Columns whose replicates are kept at a time: 16 MB.
const COLUMNS: usize = 1_024;
/// Their cells at a time, from which on no more columns are taken: 64 MB. Of 100,000 articles and a path that most of them
/// hit, that is forty columns; each time articles are drawn anew, which takes as long as adding up five.
const CELLS: usize = 4_000_000;

/// Where the articles of each group stand, and how they are drawn.
pub(crate) struct Draw<'a> {
    /// The place of each article, or of its event, among the units it is drawn with.
    place: Vec<u32>,
    group: Vec<u32>,
    /// How each group is drawn. None where there are fewer than two articles or events: there is nothing to draw.
    plans: Vec<Option<Bootstrap>>,
    replicates: u64,
    /// Whether events are drawn.
    is_by_event: bool,
    /// Threads; none in tests.
    resampler: Option<&'a Resampler<'a>>,
}

/// Numbers of some articles of a group.
#[derive(Debug, Clone, Default)]
pub(crate) struct SumColumn {
    group: u32,
    cells: Vec<(u32, f64)>,
}

impl SumColumn {
    /// The places of the articles, or events, that have a number in it.
    fn places(&self) -> Vec<u32> {
        self.cells.chunk_by(|a, b| a.0 == b.0).map(|own| own[0].0).collect()
    }
}

/// The sums of one column: as observed, and in every replicate (none where there are fewer than two articles or events).
#[derive(Debug, Clone, Default)]
pub(crate) struct Sums {
    pub(crate) observed: f64,
    pub(crate) replicates: Vec<f64>,
}

/// Which articles, or events, have a number: by group, the places at which they are drawn.
#[derive(Debug, Clone, Default)]
pub(crate) struct Drawn {
    by_group: Vec<Vec<u32>>,
    /// Whether they are events, which several groups may have written of.
    is_shared: bool,
}

impl Drawn {
    /// How many each side has. An event that several groups of a side wrote of is one: it is drawn once for all of them.
    pub(crate) fn of_sides(&self, pair: &Facing) -> [u64; 2] {
        [0, 1].map(|side| {
            let own = (0..).zip(&self.by_group).filter(|(group, _)| pair.side(*group) == Some(side));
            let own: Vec<&Vec<u32>> = own.map(|(_, places)| places).collect();
            match own.as_slice() {
                several @ [_, _, ..] if self.is_shared => {
                    several.iter().flat_map(|places| places.iter()).collect::<FxHashSet<_>>().len() as u64
                }
                apart => apart.iter().map(|places| places.len() as u64).sum(),
            }
        })
    }
}

impl<'a> Draw<'a> {
    /// Draws on the calling thread.
    #[cfg(test)]
    pub(crate) fn alone(units: &Units, seed: u64) -> Draw<'a> {
        Draw::by_article(units, seed, super::plan::REPLICATES, None)
    }

    /// As the plan of a comparison says.
    pub(crate) fn new(units: &Units, plan: &Plan, resampler: Option<&'a Resampler<'a>>) -> Draw<'a> {
        match &plan.events {
            Some(events) => Draw::by_event(units, events, plan.seed, plan.replicates, resampler),
            None => Draw::by_article(units, plan.seed, plan.replicates, resampler),
        }
    }

    fn by_event(
        units: &Units,
        events: &EventUnits,
        seed: u64,
        replicates: u64,
        resampler: Option<&'a Resampler<'a>>,
    ) -> Draw<'a> {
        let groups = units.groups().values().len();
        let group: Vec<u32> = units.articles().map(|article| units.group(article)).collect();
        let mut places: FxHashMap<u32, u32> = FxHashMap::default();
        let place = |(group, event): (&u32, &u32)| {
            let next = places.len() as u32;
            // An article that was left out has no group, and makes no event.
            if (*group as usize) < groups { *places.entry(*event).or_insert(next) } else { 0 }
        };
        let place = group.iter().zip(&events.of_article).map(place).collect();
        let plans = vec![Bootstrap::new(&[places.len()], replicates, seed).ok(); groups];
        Draw { place, group, plans, replicates, is_by_event: true, resampler }
    }

    fn by_article(units: &Units, seed: u64, replicates: u64, resampler: Option<&'a Resampler<'a>>) -> Draw<'a> {
        let groups = units.groups().values().len();
        let mut sizes = vec![0; groups];
        let mut place = Vec::with_capacity(units.len());
        let group: Vec<u32> = units.articles().map(|article| units.group(article)).collect();
        for group in &group {
            // An article that was left out has no group.
            let size = sizes.get_mut(*group as usize);
            place.push(size.map_or(0, |size| std::mem::replace(size, *size + 1) as u32));
        }
        // Groups of a size must not be drawn in step.
        let seed_of = |group: usize| seed ^ (group as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let plan = |(group, size): (usize, &usize)| Bootstrap::new(&[*size], replicates, seed_of(group)).ok();
        let plans = sizes.iter().enumerate().map(plan).collect();
        Draw { place, group, plans, replicates, is_by_event: false, resampler }
    }

    pub(crate) fn groups(&self) -> usize {
        self.plans.len()
    }

    /// A column for each group, from values of articles.
    pub(crate) fn columns(&self, values: impl IntoIterator<Item = (u32, f64)>) -> Vec<SumColumn> {
        let mut columns: Vec<SumColumn> =
            (0..self.groups() as u32).map(|group| SumColumn { group, cells: Vec::new() }).collect();
        for (article, value) in values.into_iter().filter(|(_, value)| *value != 0.0) {
            if let Some(column) = columns.get_mut(self.group[article as usize] as usize) {
                column.cells.push((self.place[article as usize], value));
            }
        }
        // In order of articles they need not be put in order for every range of replicates.
        columns.iter_mut().for_each(|column| column.cells.sort_by_key(|(place, _)| *place));
        columns
    }

    /// The units of each group that these articles, which may stand twice, are or are of.
    pub(crate) fn units(&self, articles: impl IntoIterator<Item = u32>) -> Drawn {
        self.drawn(&self.columns(articles.into_iter().map(|article| (article, 1.0))))
    }

    /// The units that have a number in columns, one a group.
    pub(crate) fn drawn(&self, columns: &[SumColumn]) -> Drawn {
        Drawn { by_group: columns.iter().map(SumColumn::places).collect(), is_shared: self.is_by_event }
    }

    /// The sums of columns, in order.
    pub(crate) fn sums(&self, columns: &[SumColumn]) -> Result<Vec<Sums>, CompareError> {
        let observed = columns.iter().map(|column| column.cells.iter().map(|(_, value)| value).sum());
        let mut sums: Vec<Sums> = observed.map(|observed| Sums { observed, replicates: Vec::new() }).collect();
        let parts = match self.resampler {
            Some(resampler) => resampler.ranges(self.replicates, |range| self.in_range(columns, range))?,
            None => vec![self.in_range(columns, 0..self.replicates)],
        };
        for part in parts {
            sums.iter_mut().zip(part).for_each(|(sums, replicates)| sums.replicates.extend(replicates));
        }
        Ok(sums)
    }

    /// The sums of every column in the replicates of a range.
    fn in_range(&self, columns: &[SumColumn], range: Range<u64>) -> Vec<Vec<f64>> {
        let mut sums = vec![Vec::new(); columns.len()];
        for (group, plan) in self.plans.iter().enumerate() {
            let Some(plan) = plan else { continue };
            let own: Vec<usize> =
                (0..columns.len()).filter(|column| columns[*column].group as usize == group).collect();
            if own.is_empty() {
                continue;
            }
            let cells: Vec<&Cells> = own.iter().map(|column| columns[*column].cells.as_slice()).collect();
            own.into_iter().zip(plan.sums(range.clone(), &cells)).for_each(|(column, found)| sums[column] = found);
        }
        sums
    }
}

impl Sums {
    /// Sums of several groups together.
    pub(crate) fn together<'a>(mut parts: impl Iterator<Item = &'a Sums>) -> Sums {
        let Some(mut all) = parts.next().cloned() else { return Sums::default() };
        for part in parts {
            all.observed += part.observed;
            // A group of one article is the same in every replicate.
            match (all.replicates.is_empty(), part.replicates.is_empty()) {
                (_, true) => all.replicates.iter_mut().for_each(|sum| *sum += part.observed),
                (false, false) => all.replicates.iter_mut().zip(&part.replicates).for_each(|(a, b)| *a += b),
                (true, false) => {
                    let before = all.observed - part.observed;
                    all.replicates = part.replicates.iter().map(|sum| sum + before).collect();
                }
            }
        }
        all
    }
}

/// The interval of a function of sums over their replicates; none where they do not vary or too many have no value.
pub(crate) fn interval<const N: usize>(sums: [&Sums; N], value: impl Fn([f64; N]) -> Option<f64>) -> Option<[f64; 2]> {
    let replicates = sums.iter().map(|sums| sums.replicates.len()).min()?;
    let at = |index: usize| value(sums.map(|sums| sums.replicates[index])).filter(|value| value.is_finite());
    let replicates: Vec<Option<f64>> = (0..replicates).map(at).collect();
    let found = percentile(&defined(&replicates).ok()?, LEVEL).ok()?;
    Some([found.low, found.high])
}

/// Hands every item its sums, item after item; the columns of many items are drawn together.
pub(crate) fn in_blocks<T>(
    draw: &Draw<'_>,
    items: impl IntoIterator<Item = (T, Vec<SumColumn>)>,
    mut with: impl FnMut(T, &[Sums]),
) -> Result<(), CompareError> {
    let mut waiting: Vec<(T, usize)> = Vec::new();
    let mut columns: Vec<SumColumn> = Vec::new();
    let mut cells = 0;
    let mut flush = |waiting: &mut Vec<(T, usize)>, columns: &mut Vec<SumColumn>| {
        let sums = draw.sums(columns)?;
        columns.clear();
        let mut rest = sums.as_slice();
        for (item, len) in waiting.drain(..) {
            let (own, after) = rest.split_at(len);
            rest = after;
            with(item, own);
        }
        Ok(())
    };
    for (item, own) in items {
        waiting.push((item, own.len()));
        cells += own.iter().map(|column| column.cells.len()).sum::<usize>();
        columns.extend(own);
        if columns.len() >= COLUMNS || cells >= CELLS {
            flush(&mut waiting, &mut columns)?;
            cells = 0;
        }
    }
    flush(&mut waiting, &mut columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::small_corpus::{Corpus, Text};

    fn sums(observed: f64, replicates: &[f64]) -> Sums {
        Sums { observed, replicates: replicates.to_vec() }
    }

    #[test]
    fn a_group_of_one_article_adds_the_same_to_every_replicate() {
        let (one, many) = (sums(5.0, &[]), sums(3.0, &[2.0, 4.0]));
        for order in [[&one, &many], [&many, &one]] {
            let all = Sums::together(order.into_iter());
            assert_eq!((all.observed, all.replicates), (8.0, vec![7.0, 9.0]));
        }
        let three = Sums::together([&one, &one, &many].into_iter());
        assert_eq!((three.observed, three.replicates), (13.0, vec![12.0, 14.0]));
        assert_eq!(Sums::together(std::iter::empty()).observed, 0.0);
    }

    /// Two articles of one event that say the same are one observation: the variance of a sum is twice what it would be
    /// of as many articles of their own. Both groups are drawn by the same events.
    #[test]
    fn articles_of_one_event_are_drawn_together() {
        let lexicon = "[lexicon]\nid = \"l\"\n[[category]]\nid = \"c\"\nterms = [\"war\"]\n";
        let text = |group: &str, n: usize| Text {
            group: group.to_owned(),
            title: None,
            body: "war and peace ".repeat(1 + n % 7),
        };
        let texts: Vec<Text> = (0..40).flat_map(|n| [text("a", n), text("a", n), text("b", n)]).collect();
        let corpus = Corpus::new(lexicon, &texts);
        let events =
            EventUnits { source: String::new(), of_article: (0..120).map(|article| 500 + article / 3).collect() };
        let drawn = |draw: &Draw<'_>| {
            let values = corpus.units.articles().map(|article| (article, f64::from(1 + article / 3 % 7)));
            let columns = draw.columns(values);
            (draw.drawn(&columns).of_sides(&Facing::new(2, [&[0], &[1]])), draw.sums(&columns).unwrap())
        };
        let (articles, plain) = drawn(&Draw::by_article(&corpus.units, 1, 4_000, None));
        let (both, by_event) = drawn(&Draw::by_event(&corpus.units, &events, 1, 4_000, None));
        assert_eq!((articles, both), ([80, 40], [40, 40]));
        assert_eq!(plain[0].observed, by_event[0].observed);
        let variance = |sums: &Sums| {
            let n = sums.replicates.len() as f64;
            let mean = sums.replicates.iter().sum::<f64>() / n;
            sums.replicates.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n
        };
        let ratio = variance(&by_event[0]) / variance(&plain[0]);
        assert!((1.8..2.2).contains(&ratio), "{ratio}");
        let doubled = |(a, b): (&f64, &f64)| *a == 2.0 * b;
        assert!(by_event[0].replicates.iter().zip(&by_event[1].replicates).all(doubled));
        assert!(!plain[0].replicates.iter().zip(&plain[1].replicates).all(doubled));
    }

    /// An event that two groups of the rest wrote of once counted twice toward the five that an interval asks for.
    #[test]
    fn an_event_of_two_groups_of_a_side_is_one() {
        let lexicon = "[lexicon]\nid = \"l\"\n[[category]]\nid = \"c\"\nterms = [\"war\"]\n";
        let texts: Vec<Text> = (0..9)
            .map(|n| Text { group: ["a", "b", "c"][n % 3].to_owned(), title: None, body: "war".to_owned() })
            .collect();
        let corpus = Corpus::new(lexicon, &texts);
        let events = EventUnits { source: String::new(), of_article: (0..9).map(|article| article / 3).collect() };
        let rest = Facing::new(3, [&[1, 2], &[0]]);
        let all = |draw: &Draw<'_>| draw.units(corpus.units.articles()).of_sides(&rest);
        assert_eq!(all(&Draw::by_event(&corpus.units, &events, 1, 10, None)), [3, 3]);
        assert_eq!(all(&Draw::by_article(&corpus.units, 1, 10, None)), [6, 3]);
    }

    #[test]
    fn an_interval_needs_replicates_that_vary() {
        let varied: Vec<f64> = (0..200).map(f64::from).collect();
        let found = interval([&sums(1.0, &varied)], |[x]| Some(x)).unwrap();
        assert!((found[0] - 4.975).abs() < 1e-9 && (found[1] - 194.025).abs() < 1e-9, "{found:?}");
        assert_eq!(interval([&sums(1.0, &[1.0; 200])], |[x]| Some(x)), None);
        assert_eq!(interval([&sums(1.0, &varied), &sums(1.0, &[])], |[x, y]| Some(x / y)), None);
        assert_eq!(interval([&sums(1.0, &varied)], |[x]| (x > 100.0).then_some(x)), None);
        assert_eq!(interval([&sums(1.0, &varied)], |[x]| Some(1.0 / (x % 2.0))), None);
    }
}
