//! The inner loops of [`super::RateTest`]: from labels to the studentised t of every path.
//!
//! What depends on the labels alone (the groups' words, the leverages 1 / (1 − n/N)) is computed once for all
//! paths, and an article without a hit on a path costs that path nothing: its part of v is in a sum over all
//! articles that no path changes. With s = Y + ½ and a = 1 / (1 − n/N),
//! v = Σ a²y²/s² − 2 Σ a²yn/(sN) + Σ a²n²/N².
//!
//! Where there are many articles and these are the units, `rate_moments` does the same work in a tenth of the time.
//!
//! Tried: rows of 2,048 articles instead of 512 (a quarter slower where a fifth of the articles have hits, since they
//! leave the first cache); looking up an event for every entry (three times slower).

use super::error::{StatsError, same_length};
use super::rate_test::SparseHits;
use super::subset_sums::WORD;

/// Articles whose rows stay in the processor's cache while all paths pass over them.
const BLOCK: usize = 512;

#[derive(Debug, Clone)]
pub(super) struct Path {
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
pub(super) struct Entry {
    place: u16,
    count: u32,
}

impl Entry {
    /// Its place in its word of a subset.
    pub fn in_word(self) -> usize {
        usize::from(self.place) % WORD
    }

    pub fn hits(self) -> f64 {
        // Through i32, which the processor converts in one step.
        f64::from(self.count as i32)
    }
}

/// What the labels of an arrangement are computed with.
pub(super) struct Corpus<'a> {
    pub words: &'a [f64],
    /// The event of each article, numbered from 0, rising; none where articles are the units.
    pub events: Option<&'a [u32]>,
    pub paths: &'a [Path],
}

impl Corpus<'_> {
    /// The t of every path, into `scratch.statistics`.
    pub fn compute(&self, labels: &[u8], scratch: &mut Scratch) {
        let mut totals = [0.0; 2];
        for (&n, &label) in self.words.iter().zip(labels) {
            totals[usize::from(label)] += n;
        }
        match self.events {
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
        self.add_events(events, labels, totals, scratch);
        let Scratch { units, sums, statistics, squares, .. } = scratch;
        statistics.clear();
        statistics.extend(self.paths.iter().zip(sums.iter()).map(|(path, sums)| {
            let part = EventParts::of(path, sums, units, labels);
            let hits = part.hits.map(|hits| hits + 0.5);
            studentised(hits, totals, part.variance(hits, *squares))
        }));
    }

    /// What the paths have in these events, where the groups have `totals` words, here or elsewhere too; and into
    /// `scratch.squares` Σ z².
    pub fn event_parts<'a>(
        &'a self,
        labels: &'a [u8],
        totals: [f64; 2],
        scratch: &'a mut Scratch,
    ) -> (f64, impl Iterator<Item = EventParts> + 'a) {
        self.add_events(self.events.unwrap_or_default(), labels, totals, scratch);
        let Scratch { units, sums, squares, .. } = scratch;
        let parts = self.paths.iter().zip(sums.iter()).map(|(path, sums)| EventParts::of(path, sums, units, labels));
        (*squares, parts)
    }

    fn add_events(&self, events: &[u32], labels: &[u8], totals: [f64; 2], scratch: &mut Scratch) {
        let Scratch { rows, units, sums, squares, .. } = scratch;
        units.clear();
        units.resize(events.last().map_or(0, |&e| e as usize + 1), [0.0; 3]);
        for ((&n, &event), &label) in self.words.iter().zip(events).zip(labels) {
            units[event as usize][usize::from(label)] += n;
        }
        *squares = 0.0;
        for unit in units.iter_mut() {
            let leverage = |g: usize| totals[g] / (totals[g] - unit[g]);
            let [a0, a1] = [leverage(0), leverage(1)];
            let apart = a0 * unit[0] / totals[0] - a1 * unit[1] / totals[1];
            *squares += apart * apart;
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
    }
}

/// What a path has in events under some labels.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct EventParts {
    /// Hits of both groups.
    pub hits: [f64; 2],
    /// Σ p² of both groups.
    squares: [f64; 2],
    /// Σ zp of both groups.
    apart: [f64; 2],
    /// Σ p₀p₁.
    both: f64,
}

impl EventParts {
    fn of(path: &Path, sums: &Sums, units: &[[f64; 3]], labels: &[u8]) -> EventParts {
        let [mut m0, mut m1, mut z0, mut z1] = sums.moments;
        let (mut both, mut second, mut start) = (0.0, sums.second, 0);
        for &(event, end) in &path.runs {
            let (mut all, mut own) = (0_u64, 0_u64);
            for &(place, count) in &path.several[start..end as usize] {
                all += u64::from(count);
                own += u64::from(count) * u64::from(labels[place as usize]);
            }
            start = end as usize;
            second += own;
            let [a0, a1, z] = units[event as usize];
            let (p0, p1) = (a0 * (all - own) as f64, a1 * own as f64);
            m0 += p0 * p0;
            m1 += p1 * p1;
            z0 += z * p0;
            z1 += z * p1;
            both += p0 * p1;
        }
        let second = second as f64;
        EventParts { hits: [path.hits - second, second], squares: [m0, m1], apart: [z0, z1], both }
    }

    /// Σ (p₁/s₁ − p₀/s₀ + z)², of Σ z² and the groups' hits, ½ among them.
    pub fn variance(&self, [s0, s1]: [f64; 2], squares: f64) -> f64 {
        let [m0, m1] = self.squares;
        let own = m0 / (s0 * s0) + m1 / (s1 * s1) - 2.0 * self.both / (s0 * s1);
        squares + own + 2.0 * (self.apart[1] / s1 - self.apart[0] / s0)
    }
}

/// ln r₁ − ln r₀ over its standard error. Where pairs agree to the last word v is 0: no difference then is
/// t = 0, and any difference an immense one.
pub(super) fn studentised(hits: [f64; 2], words: [f64; 2], variance: f64) -> f64 {
    let difference = (hits[1] / words[1]).ln() - (hits[0] / words[0]).ln();
    match difference.abs() < 1e-13 {
        true => 0.0,
        false => difference / variance.max(1e-18).sqrt(),
    }
}

#[derive(Default)]
pub(super) struct Scratch {
    rows: Rows,
    units: Vec<[f64; 3]>,
    squares: f64,
    sums: Vec<Sums>,
    pub statistics: Vec<f64>,
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
            let y = entry.hits();
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
    pub fn of(hits: &SparseHits, places: &[u32], articles: usize, events: Option<&[u32]>) -> Result<Self, StatsError> {
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
        entries.dedup_by(|next, first| {
            let same = next.0 == first.0;
            first.1 += if same { next.1 } else { 0 };
            same
        });
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

    /// Every article with hits, and how many.
    pub fn each_entry(&self, mut take: impl FnMut(u32, u32)) {
        for block in 0..self.ends.len() {
            self.block(block)
                .iter()
                .for_each(|entry| take((block * BLOCK) as u32 + u32::from(entry.place), entry.count));
        }
        self.several.iter().for_each(|(place, count)| take(*place, *count));
    }

    /// Hits in all articles.
    pub fn all_hits(&self) -> f64 {
        self.hits
    }

    /// Articles with hits, by the words that subsets are kept in; of paths whose articles are all units of their own.
    pub fn by_word(&self) -> impl Iterator<Item = (usize, &[Entry])> {
        let word = |entry: &Entry| usize::from(entry.place) / WORD;
        (0..self.ends.len()).flat_map(move |block| {
            let words = self.block(block).chunk_by(move |a, b| word(a) == word(b));
            words.map(move |entries| (block * (BLOCK / WORD) + word(&entries[0]), entries))
        })
    }

    fn block(&self, block: usize) -> &[Entry] {
        let start = if block == 0 { 0 } else { self.ends[block - 1] as usize };
        &self.single[start..self.ends[block] as usize]
    }
}
