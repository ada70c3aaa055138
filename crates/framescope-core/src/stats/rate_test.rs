//! The permutation test of two groups' rates: (hits, words) pairs are exchanged between the groups and the
//! studentised t of [`super::rates`] is taken anew (Chung & Romano 2013), so that the test is exact where the
//! groups are alike in all, and right in large samples where only their rates are.
//!
//! One arrangement serves all paths. What depends on the labels alone (the groups' words, the leverages
//! 1 / (1 − n/N)) is computed once for it, and an article without a hit on a path costs that path nothing:
//! its part of v is in a sum over all articles that no path changes. With s = Y + ½ and a = 1 / (1 − n/N),
//! v = Σ a²y²/s² − 2 Σ a²yn/(sN) + Σ a²n²/N².
//!
//! Ranges of arrangements may be given to threads: tallies are whole numbers and are added.

use std::ops::Range;

use super::arrange::{Arrangements, PermutationP, tied};
use super::error::{StatsError, same_length};

/// Articles whose rows stay in the processor's cache while all paths pass over them.
const BLOCK: usize = 512;

/// The hits of one path, in articles that have any: article numbers rise, counts are at least 1.
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
    observed: Vec<f64>,
}

#[derive(Debug, Clone)]
struct Path {
    /// Articles that alone of their unit have hits; the others are in `runs`.
    single: Vec<Entry>,
    /// Where the single entries of each block of articles end.
    ends: Vec<u32>,
    /// Events with hits in several articles: the event, and where its entries in `several` end.
    runs: Vec<(u32, u32)>,
    several: Vec<(u32, u32)>,
    hits: f64,
}

/// An article of a block, and its hits.
#[derive(Debug, Clone, Copy)]
struct Entry {
    place: u16,
    count: u32,
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
        same_length(words.len(), labels.len())?;
        if let Some(&label) = labels.iter().find(|&&label| label > 1) {
            return Err(StatsError::Value(f64::from(label)));
        }
        let mut order: Vec<usize> = (0..words.len()).filter(|&i| words[i] > 0).collect();
        if let Some(events) = events {
            same_length(words.len(), events.len())?;
            order.sort_by_key(|&i| events[i]);
        }
        let labels: Vec<u8> = order.iter().map(|&i| labels[i]).collect();
        let (arrangements, events) = match events {
            None => (Arrangements::of(&labels, draws, seed), None),
            Some(events) => {
                let dense = renumber(order.iter().map(|&i| events[i]));
                (Arrangements::within(&labels, &dense, draws, seed), Some(dense))
            }
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
        let words = order.iter().map(|&i| words[i] as f64).collect();
        let mut test = RateTest { words, events, paths, arrangements: arrangements?, observed: Vec::new() };
        test.observed = test.statistics(&labels);
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
        test.observed = test.statistics(&labels);
        Ok(test)
    }

    fn each(&self, range: Range<u64>, mut visit: impl FnMut(&[f64])) {
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
        let mut totals = [0.0; 2];
        for (&n, &label) in self.words.iter().zip(labels) {
            totals[usize::from(label)] += n;
        }
        match &self.events {
            None => self.by_articles(labels, totals, scratch),
            Some(events) => self.by_events(events, labels, totals, scratch),
        }
    }

    fn by_articles(&self, labels: &[u8], totals: [f64; 2], scratch: &mut Scratch) {
        let Scratch { rows, sums, statistics, .. } = scratch;
        sums.clear();
        sums.resize(self.paths.len(), Sums::default());
        let mut squares = [0.0; 2];
        for (block, (words, labels)) in self.words.chunks(BLOCK).zip(labels.chunks(BLOCK)).enumerate() {
            rows.fill(words.len(), |i| {
                let (n, label) = (words[i], labels[i]);
                let group = usize::from(label);
                let leverage = totals[group] / (totals[group] - n);
                let weight = leverage * leverage;
                squares[group] += weight * n * n;
                let second = f64::from(label);
                let [w0, w1] = [weight * (1.0 - second), weight * second];
                ([w0, w1, w0 * n, w1 * n], label)
            });
            for (path, sums) in self.paths.iter().zip(sums.iter_mut()) {
                sums.add(path.block(block), rows);
            }
        }
        statistics.clear();
        statistics.extend(self.paths.iter().zip(sums.iter()).map(|(path, sums)| {
            let [a0, a1, b0, b1] = sums.moments;
            let second = sums.second as f64;
            let hits = [path.hits - second + 0.5, second + 0.5];
            let part = |g: usize, a: f64, b: f64| {
                let (s, n) = (hits[g], totals[g]);
                a / (s * s) - 2.0 * b / (s * n) + squares[g] / (n * n)
            };
            studentised(hits, totals, part(0, a0, b0) + part(1, a1, b1))
        }));
    }

    /// As for articles, where an event has hits in one article only: p = a·y is a product of a row and a count. What
    /// the articles of an event share, z = a₀n₀/N₀ − a₁n₁/N₁, is the same for all paths.
    fn by_events(&self, events: &[u32], labels: &[u8], totals: [f64; 2], scratch: &mut Scratch) {
        let Scratch { rows, units, sums, statistics } = scratch;
        units.clear();
        units.resize(events.last().map_or(0, |&e| e as usize + 1), [0.0; 3]);
        for ((&n, &event), &label) in self.words.iter().zip(events).zip(labels) {
            units[event as usize][usize::from(label)] += n;
        }
        let mut squares = 0.0;
        for unit in units.iter_mut() {
            let leverage = |g: usize| totals[g] / (totals[g] - unit[g]);
            let [a0, a1] = [leverage(0), leverage(1)];
            let apart = a0 * unit[0] / totals[0] - a1 * unit[1] / totals[1];
            squares += apart * apart;
            *unit = [a0, a1, apart];
        }
        sums.clear();
        sums.resize(self.paths.len(), Sums::default());
        for (block, (events, labels)) in events.chunks(BLOCK).zip(labels.chunks(BLOCK)).enumerate() {
            rows.fill(events.len(), |i| {
                let [a0, a1, z] = units[events[i] as usize];
                let second = f64::from(labels[i]);
                let [a0, a1] = [a0 * (1.0 - second), a1 * second];
                ([a0 * a0, a1 * a1, z * a0, z * a1], labels[i])
            });
            for (path, sums) in self.paths.iter().zip(sums.iter_mut()) {
                sums.add(path.block(block), rows);
            }
        }
        statistics.clear();
        statistics.extend(self.paths.iter().zip(sums.iter()).map(|(path, sums)| {
            // Σ p₀², p₁², zp₀, zp₁, and p₀p₁.
            let [mut m0, mut m1, mut z0, mut z1] = sums.moments;
            let (mut both, mut second, mut start) = (0.0, sums.second, 0);
            for &(event, end) in &path.runs {
                let (mut all, mut own) = (0, 0);
                for &(place, count) in &path.several[start..end as usize] {
                    all += count;
                    own += count * u32::from(labels[place as usize]);
                }
                start = end as usize;
                second += u64::from(own);
                let [a0, a1, z] = units[event as usize];
                let (p0, p1) = (a0 * f64::from(all - own), a1 * f64::from(own));
                m0 += p0 * p0;
                m1 += p1 * p1;
                z0 += z * p0;
                z1 += z * p1;
                both += p0 * p1;
            }
            let second = second as f64;
            let [s0, s1] = [path.hits - second + 0.5, second + 0.5];
            let own = m0 / (s0 * s0) + m1 / (s1 * s1) - 2.0 * both / (s0 * s1);
            studentised([s0, s1], totals, squares + own + 2.0 * (z1 / s1 - z0 / s0))
        }));
    }
}

/// ln r₁ − ln r₀ over its standard error. Where pairs agree to the last word v is 0: no difference then is
/// t = 0, and any difference an immense one.
fn studentised(hits: [f64; 2], words: [f64; 2], variance: f64) -> f64 {
    let difference = (hits[1] / words[1]).ln() - (hits[0] / words[0]).ln();
    match difference.abs() < 1e-13 {
        true => 0.0,
        false => difference / variance.max(1e-18).sqrt(),
    }
}

#[derive(Default)]
struct Scratch {
    rows: Rows,
    units: Vec<[f64; 3]>,
    sums: Vec<Sums>,
    statistics: Vec<f64>,
}

/// What the articles of a block bring to every path, and their labels. The sizes are fixed, so that no place
/// needs a check of its bounds.
struct Rows {
    rows: Box<[[f64; 4]; BLOCK]>,
    labels: Box<[u32; BLOCK]>,
}

impl Default for Rows {
    fn default() -> Self {
        Rows { rows: Box::new([[0.0; 4]; BLOCK]), labels: Box::new([0; BLOCK]) }
    }
}

impl Rows {
    fn fill(&mut self, articles: usize, mut row: impl FnMut(usize) -> ([f64; 4], u8)) {
        for (i, (own, own_label)) in self.rows.iter_mut().zip(self.labels.iter_mut()).take(articles).enumerate() {
            let (values, label) = row(i);
            *own = values;
            *own_label = u32::from(label);
        }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    /// Σ a²y² of both groups, Σ a²yn (of events: Σ azy) of both groups.
    moments: [f64; 4],
    /// Hits of the second group.
    second: u64,
}

impl Sums {
    /// The hot loop: a row and an entry make four products. Two sums side by side, so that an addition need
    /// not wait for the one before.
    fn add(&mut self, entries: &[Entry], rows: &Rows) {
        let (mut even, mut odd) = (self.moments, [0.0; 4]);
        let mut second = 0_u64;
        let mut step = |sums: &mut [f64; 4], entry: &Entry| {
            let place = usize::from(entry.place) % BLOCK;
            // Through i32, which the processor converts in one step.
            let y = f64::from(entry.count as i32);
            let [a, b, c, d] = rows.rows[place];
            let y2 = y * y;
            *sums = [sums[0] + a * y2, sums[1] + b * y2, sums[2] + c * y, sums[3] + d * y];
            second += u64::from(entry.count * rows.labels[place]);
        };
        let mut pairs = entries.chunks_exact(2);
        for pair in &mut pairs {
            step(&mut even, &pair[0]);
            step(&mut odd, &pair[1]);
        }
        for entry in pairs.remainder() {
            step(&mut even, entry);
        }
        self.second += second;
        self.moments = [even[0] + odd[0], even[1] + odd[1], even[2] + odd[2], even[3] + odd[3]];
    }
}

impl Path {
    fn of(hits: &SparseHits, places: &[u32], articles: usize, events: Option<&[u32]>) -> Result<Self, StatsError> {
        same_length(hits.articles.len(), hits.counts.len())?;
        let mut entries = Vec::with_capacity(hits.articles.len());
        for (&article, &count) in hits.articles.iter().zip(&hits.counts) {
            match places.get(article as usize) {
                None => return Err(StatsError::Shape { expected: places.len(), found: article as usize + 1 }),
                Some(&u32::MAX) => return Err(StatsError::Value(f64::from(count))),
                // More than an article can hold; below, counts are added and read as i32.
                Some(_) if count > 1 << 24 => return Err(StatsError::Value(f64::from(count))),
                Some(&place) => entries.push((place, count)),
            }
        }
        entries.sort_unstable();
        let mut path = Path {
            single: Vec::new(),
            ends: Vec::with_capacity(articles.div_ceil(BLOCK)),
            runs: Vec::new(),
            several: Vec::new(),
            hits: entries.iter().map(|(_, count)| f64::from(*count)).sum(),
        };
        let event = |place: u32| events.map_or(place, |e| e[place as usize]);
        for run in entries.chunk_by(|a, b| event(a.0) == event(b.0)) {
            match run {
                &[(place, count)] => {
                    path.ends.resize(place as usize / BLOCK, path.single.len() as u32);
                    path.single.push(Entry { place: (place as usize % BLOCK) as u16, count });
                }
                run => {
                    path.several.extend_from_slice(run);
                    path.runs.push((event(run[0].0), path.several.len() as u32));
                }
            }
        }
        path.ends.resize(articles.div_ceil(BLOCK), path.single.len() as u32);
        Ok(path)
    }

    fn block(&self, block: usize) -> &[Entry] {
        let start = if block == 0 { 0 } else { self.ends[block - 1] as usize };
        &self.single[start..self.ends[block] as usize]
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
