//! The permutation test of two groups' rates: (hits, words) pairs are exchanged between the groups and the
//! studentised t of [`super::rates`] is taken anew (Chung & Romano 2013), so that the test is exact where the
//! groups are alike in all, and right in large samples where only their rates are.
//!
//! One arrangement serves all paths. Ranges of arrangements may be given to threads: tallies are whole numbers and are added.

use std::ops::Range;

use super::arrange::{Arrangements, PermutationP, tied};
use super::error::{StatsError, coverage, same_length};
use super::rate_events::EventMoments;
use super::rate_kernel::{Corpus, Path, Scratch};
use super::rate_moments::Moments;

/// The hits of one path, in the articles that have any. An article that stands twice has both counts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SparseHits {
    /// Numbers of articles.
    pub articles: Vec<u32>,
    /// Hits in each.
    pub counts: Vec<u32>,
}

impl SparseHits {
    /// From one count an article.
    pub fn from_dense(counts: &[u32]) -> Self {
        let (articles, counts) = counts.iter().zip(0..).filter(|(c, _)| **c > 0).map(|(&c, i)| (i, c)).unzip();
        SparseHits { articles, counts }
    }
}

/// A test of many paths over the same articles, ready to go through its arrangements.
#[derive(Debug, Clone)]
pub struct RateTest {
    /// Words of each article that has any, events together.
    words: Vec<f64>,
    /// The event of each, numbered from 0; none where articles are the units.
    events: Option<Vec<u32>>,
    paths: Vec<Path>,
    arrangements: Arrangements,
    /// The fast way, where there is one.
    fast: Option<Fast>,
    observed: Vec<f64>,
}

/// How many arrangements are computed at once.
#[derive(Debug, Clone)]
enum Fast {
    Articles(Moments),
    Events(Box<EventMoments>),
}

impl RateTest {
    /// Prepares the test. `words` and `labels` (0 and 1) have one value an article; with `events` (any numbers)
    /// pairs are exchanged within events only and events are the units of v. Articles without words are left
    /// out. `draws` arrangements are drawn with `seed` where more than [`super::ENUMERATED`] exist.
    ///
    /// Whether a path has hits enough for its p to be printed is said by [`super::enough_hits`].
    ///
    /// # Errors
    /// [`StatsError::TooFewUnits`] where a group has fewer than 2 articles (or events) with words,
    /// [`StatsError::OneArrangement`] where no event has both groups, [`StatsError::Value`] for hits in an
    /// article without words or for a label that is not 0 or 1, [`StatsError::Shape`].
    pub fn new(
        words: &[u64],
        labels: &[u8],
        events: Option<&[u32]>,
        paths: &[SparseHits],
        draws: u64,
        seed: u64,
    ) -> Result<Self, StatsError> {
        Self::stratified(words, labels, events, None, paths, draws, seed)
    }

    /// The same, with labels exchanged only among articles of one stratum (`strata[i]` is that of article i, such as its
    /// genre), and of one event where `events` are given. Strata change what is exchanged and not what the units of v
    /// are. A stratum that holds one group only adds to the rates and to no test.
    ///
    /// The groups' rates must be made comparable first where their strata differ in size, or the arrangements lie
    /// around another value than no difference: by words that stand for the hits expected in each stratum.
    ///
    /// # Errors
    /// As for [`Self::new`].
    pub fn stratified(
        words: &[u64],
        labels: &[u8],
        events: Option<&[u32]>,
        strata: Option<&[u32]>,
        paths: &[SparseHits],
        draws: u64,
        seed: u64,
    ) -> Result<Self, StatsError> {
        same_length(words.len(), labels.len())?;
        same_length(words.len(), strata.map_or(words.len(), <[u32]>::len))?;
        if let Some(&label) = labels.iter().find(|&&label| label > 1) {
            return Err(StatsError::Value(f64::from(label)));
        }
        let mut order: Vec<usize> = (0..words.len()).filter(|&i| words[i] > 0).collect();
        if let Some(events) = events {
            same_length(words.len(), events.len())?;
            order.sort_by_key(|&i| events[i]);
        }
        let labels: Vec<u8> = order.iter().map(|&i| labels[i]).collect();
        let events = events.map(|events| renumber(order.iter().map(|&i| events[i])));
        let strata = strata.map(|strata| order.iter().map(|&i| strata[i]).collect::<Vec<u32>>());
        let arrangements = match (&events, &strata) {
            (None, None) => Arrangements::of(&labels, draws, seed),
            (Some(only), None) | (None, Some(only)) => Arrangements::within(&labels, only, draws, seed),
            (Some(events), Some(strata)) => Arrangements::within(&labels, &crossed(events, strata), draws, seed),
        };
        for group in 0..2 {
            let units = units(&labels, events.as_deref(), group);
            if units < 2 {
                return Err(StatsError::TooFewUnits { group: usize::from(group), units, needed: 2 });
            }
        }
        let mut places = vec![u32::MAX; words.len()];
        for (place, &article) in order.iter().enumerate() {
            places[article] = place as u32;
        }
        let paths = paths
            .iter()
            .map(|hits| Path::of(hits, &places, order.len(), events.as_deref()))
            .collect::<Result<_, _>>()?;
        let words: Vec<f64> = order.iter().map(|&i| words[i] as f64).collect();
        let mut test = RateTest { words, events, paths, arrangements: arrangements?, fast: None, observed: Vec::new() };
        test.prepare(&labels);
        Ok(test)
    }

    /// The arrangements it goes through: how many, and whether these are all.
    pub fn arrangements(&self) -> &Arrangements {
        &self.arrangements
    }

    /// The observed t of each path: ln r₁ − ln r₀ over its standard error, as [`super::contrast`] has it.
    pub fn observed(&self) -> &[f64] {
        &self.observed
    }

    /// For each path, how many of the arrangements in `range` (within 0..[`Arrangements::count`]) have |t| at
    /// least as large as observed. Tallies of ranges add up to that of the whole.
    pub fn tally(&self, range: Range<u64>) -> Vec<u64> {
        let bounds: Vec<f64> = self.observed.iter().map(|t| tied(t.abs())).collect();
        let mut tally = vec![0; self.paths.len()];
        self.each(range, |statistics| {
            for ((n, t), bound) in tally.iter_mut().zip(statistics).zip(&bounds) {
                *n += u64::from(t.abs() >= *bound);
            }
        });
        tally
    }

    /// The p-values of a tally of all arrangements.
    pub fn p(&self, tally: &[u64]) -> Vec<PermutationP> {
        tally.iter().map(|&extreme| self.arrangements.p(extreme)).collect()
    }

    /// |t| of each path in each arrangement in `range`, a row an arrangement, for [`Self::critical`] and
    /// [`Self::tally_of`], so that one pass serves both. 8 bytes a path and arrangement: 4 MB for 50 paths, too many for a
    /// vocabulary, which has [`Self::tally`].
    pub fn values(&self, range: Range<u64>) -> Vec<f64> {
        let mut values = Vec::with_capacity((range.end - range.start) as usize * self.paths.len());
        self.each(range, |statistics| values.extend(statistics.iter().map(|t| t.abs())));
        values
    }

    /// [`Self::values`] of each of these tests. Where all go through the same arrangements of the same articles, as paths do
    /// that each have expected hits in the place of words, labels are drawn once for all.
    pub fn values_of_all(tests: &[RateTest], range: Range<u64>) -> Vec<Vec<f64>> {
        let Some(first) = tests.first() else { return Vec::new() };
        let shared = |test: &RateTest| match &test.fast {
            Some(Fast::Articles(_)) => test.arrangements == first.arrangements,
            _ => false,
        };
        if !tests.iter().all(shared) {
            return tests.iter().map(|test| test.values(range.clone())).collect();
        }
        let of_tests: Vec<(&Moments, Corpus<'_>)> = tests
            .iter()
            .filter_map(|test| match &test.fast {
                Some(Fast::Articles(moments)) => Some((moments, test.corpus())),
                _ => None,
            })
            .collect();
        let mut values = vec![Vec::new(); tests.len()];
        Moments::each_of(&of_tests, &first.arrangements, range, |number, statistics| {
            values[number].extend(statistics.iter().map(|t| t.abs()));
        });
        values
    }

    /// [`Self::tally`] of the arrangements that `values` holds.
    pub fn tally_of(&self, values: &[f64]) -> Vec<u64> {
        let mut tally = vec![0; self.paths.len()];
        for row in values.chunks_exact(self.paths.len().max(1)) {
            for ((n, t), observed) in tally.iter_mut().zip(row).zip(&self.observed) {
                *n += u64::from(*t >= tied(observed.abs()));
            }
        }
        tally
    }

    /// What an interval of coverage `level` is wide on each path, in standard errors, by the permutations instead of
    /// the t distribution: the least |t| that the test does not reject, from [`Self::values`] of all arrangements.
    /// Estimate ± this · standard error holds 0 exactly where p > 1 − `level`, and it covers where counts are more
    /// skewed than t allows for: simulated with 10 events of very different heat, 93 to 97 % where t covers 88 to 94 %.
    ///
    /// # Errors
    /// [`StatsError::Unattainable`] where no arrangement could be rejected at this level, [`StatsError::Shape`],
    /// [`StatsError::Level`].
    pub fn critical(&self, values: &[f64], level: f64) -> Result<Vec<f64>, StatsError> {
        let alpha = 1.0 - coverage(level)?;
        let (paths, count) = (self.paths.len(), self.arrangements.count());
        same_length(count as usize * paths, values.len())?;
        // p ≤ α leaves room for this many arrangements at least as extreme as the observed one, drawn or, where all are
        // enumerated, itself among them.
        let room = match self.arrangements.enumerated() {
            true => (alpha * count as f64 + 1e-9) as usize,
            false => (alpha * (count as f64 + 1.0) + 1e-9) as usize,
        };
        if room == 0 || room >= count as usize {
            return Err(StatsError::Unattainable { smallest: self.arrangements.smallest_p() });
        }
        let place = if self.arrangements.enumerated() { room } else { room - 1 };
        Ok((0..paths)
            .map(|path| {
                let mut own: Vec<f64> = values.iter().skip(path).step_by(paths).copied().collect();
                let (_, value, _) = own.select_nth_unstable_by(place, |a, b| b.total_cmp(a));
                *value
            })
            .collect())
    }

    /// The smallest p that these very counts can give on each path, however the labels fall: the most extreme
    /// arrangements over all. Where arrangements are drawn, 1 / (draws + 1).
    pub fn smallest_p(&self) -> Vec<f64> {
        if !self.arrangements.enumerated() {
            return vec![self.arrangements.smallest_p(); self.paths.len()];
        }
        let total = self.arrangements.count();
        let mut largest = vec![0.0_f64; self.paths.len()];
        self.each(0..total, |statistics| {
            for (most, t) in largest.iter_mut().zip(statistics) {
                *most = most.max(t.abs());
            }
        });
        let mut reached = vec![0_u64; self.paths.len()];
        self.each(0..total, |statistics| {
            for ((n, t), most) in reached.iter_mut().zip(statistics).zip(&largest) {
                *n += u64::from(t.abs() >= tied(*most));
            }
        });
        reached.into_iter().map(|n| n as f64 / total as f64).collect()
    }

    /// The same test, of one path, of the hypothesis that the second group's rate is exp(`log_ratio`) times the
    /// first's: the words of what is now the second group are multiplied by that, so that under the
    /// hypothesis the pairs can be exchanged.
    ///
    /// # Errors
    /// [`StatsError::Value`] where `log_ratio` is not finite or the path does not exist.
    pub fn shifted(&self, path: usize, log_ratio: f64) -> Result<RateTest, StatsError> {
        let path = self.paths.get(path).ok_or(StatsError::Value(path as f64))?.clone();
        if !log_ratio.exp().is_normal() {
            return Err(StatsError::Value(log_ratio));
        }
        let labels = self.arrangements.observed();
        let scaled = |(&n, &label): (&f64, &u8)| if label == 1 { n * log_ratio.exp() } else { n };
        let words = self.words.iter().zip(&labels).map(scaled).collect();
        let mut test = RateTest { words, paths: vec![path], ..self.clone() };
        test.prepare(&labels);
        Ok(test)
    }

    /// What is computed once: for the labels as observed, and for the fast way.
    fn prepare(&mut self, labels: &[u8]) {
        self.observed = self.statistics(labels);
        self.fast = match self.events {
            None => Moments::of(&self.words, &self.paths, &self.arrangements).map(Fast::Articles),
            Some(_) => EventMoments::of(&self.corpus(), labels, &self.arrangements).map(Box::new).map(Fast::Events),
        };
    }

    fn each(&self, range: Range<u64>, mut visit: impl FnMut(&[f64])) {
        match &self.fast {
            Some(Fast::Articles(moments)) => return moments.each(self.corpus(), &self.arrangements, range, visit),
            Some(Fast::Events(moments)) => return moments.each(&self.corpus(), &self.arrangements, range, visit),
            None => {}
        }
        let mut labels = vec![0; self.words.len()];
        let mut order = Vec::new();
        let mut scratch = Scratch::default();
        for index in range {
            self.arrangements.write(index, &mut labels, &mut order);
            self.compute(&labels, &mut scratch);
            visit(&scratch.statistics);
        }
    }

    fn statistics(&self, labels: &[u8]) -> Vec<f64> {
        let mut scratch = Scratch::default();
        self.compute(labels, &mut scratch);
        scratch.statistics
    }

    fn compute(&self, labels: &[u8], scratch: &mut Scratch) {
        self.corpus().compute(labels, scratch);
    }

    fn corpus(&self) -> Corpus<'_> {
        Corpus { words: &self.words, events: self.events.as_deref(), paths: &self.paths }
    }
}

#[cfg(test)]
impl RateTest {
    /// How many powers the fast way takes; none where there is none.
    pub(super) fn powers(&self) -> Option<usize> {
        self.fast.as_ref().map(|fast| match fast {
            Fast::Articles(moments) => moments.powers(),
            Fast::Events(moments) => moments.powers(),
        })
    }

    /// Articles of events that are computed the plain way beside the fast one.
    pub(super) fn others(&self) -> Option<usize> {
        match &self.fast {
            Some(Fast::Events(moments)) => Some(moments.others()),
            _ => None,
        }
    }

    /// The same test with fewer powers than it needs, articles as units.
    pub(super) fn with_powers(&self, powers: usize) -> RateTest {
        let fast = self.fast.clone().map(|fast| match fast {
            Fast::Articles(moments) => Fast::Articles(moments.with_powers(powers)),
            events => events,
        });
        RateTest { fast, ..self.clone() }
    }

    /// The same test the plain way.
    pub(super) fn plain(&self) -> RateTest {
        RateTest { fast: None, ..self.clone() }
    }
}

/// Numbers from 0, in order of a sorted row of events.
fn renumber(sorted: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut last = None;
    let mut number = 0;
    sorted
        .map(|event| {
            if last.is_some_and(|l| l != event) {
                number += 1;
            }
            last = Some(event);
            number
        })
        .collect()
}

/// A number for each pair that occurs.
fn crossed(events: &[u32], strata: &[u32]) -> Vec<u32> {
    let pairs: Vec<(u32, u32)> = events.iter().copied().zip(strata.iter().copied()).collect();
    let mut known = pairs.clone();
    known.sort_unstable();
    known.dedup();
    pairs.iter().map(|pair| known.partition_point(|k| k < pair) as u32).collect()
}

/// Articles, or events, that a group has.
fn units(labels: &[u8], events: Option<&[u32]>, group: u8) -> usize {
    match events {
        None => labels.iter().filter(|&&label| label == group).count(),
        Some(events) => {
            let mut own: Vec<u32> = events.iter().zip(labels).filter(|(_, l)| **l == group).map(|(&e, _)| e).collect();
            own.dedup();
            own.len()
        }
    }
}

#[cfg(test)]
#[path = "rate_test_tests.rs"]
mod tests;
