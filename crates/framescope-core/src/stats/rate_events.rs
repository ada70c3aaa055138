//! The studentised t of many paths under many arrangements at once, where events are the units and nearly all of them
//! have one article a side, as matched events have.
//!
//! An event's part of v is d² with d = a₁r₁ − a₀r₀, r = y/s − n u, a = 1/(1 − n u), u = 1/N of a group (`rate_kernel`).
//! With one article a side there are two states, and which it is in is a bit. Around one u₀ for both groups, with ε = u/u₀ − 1
//! and ρ = n u₀/(1 − n u₀),
//!
//! a₁² = Σₖ (k + 1) ρ₁ᵏ ε₁ᵏ / (1 − n₁u₀)²,  a₁a₀ = Σₖₗ ρ₁ᵏρ₀ˡ ε₁ᵏε₀ˡ / ((1 − n₁u₀)(1 − n₀u₀)),
//!
//! so that Σ d² is a polynomial in both ε whose coefficients are sums over events of what each brings in its state: those
//! [`Tables`] adds up, of states with their difference to the other state as row ([`columns`]). What the first group has is
//! what the second has in the other state, so one sum serves both. An event of one side only, or that has nothing to
//! exchange, is in one state for good; one with more articles is computed the plain way, beside. How many powers are taken,
//! and what is done where an arrangement strays, is as for articles (`rate_moments`); where both sides of events go together so closely
//! that little is left of v, digits would be lost, and the arrangement is computed the plain way too.

use super::arrange::Arrangements;
use super::rate_kernel::{Corpus, EventParts, Path, Scratch, studentised};
use super::rate_moments::{AT_ONCE, AWAY, LEFT_OUT, left_out};
use super::rate_test::SparseHits;
use super::subset_sums::{Subsets, Tables, WORD, words_for};

/// Powers of ε that are taken at most.
const MOST: usize = 2;
/// Columns of a sum with so many powers.
const fn width(powers: usize) -> usize {
    // Hits; two of each power; (k, l) with k > l; all (k, l).
    1 + 2 * (powers + 1) + powers + (powers + 1) * (powers + 2) / 2
}
const WIDEST: usize = width(MOST);
/// The part of what both sides have apart that must be left of v.
const LEFT: f64 = 0.1;
/// One article in so many may be of an event with more than one a side.
const OTHERS: usize = 8;

/// What does not depend on the labels.
#[derive(Debug, Clone)]
pub(super) struct EventMoments {
    /// 1/u₀.
    center: f64,
    /// The highest power of ε.
    powers: usize,
    /// The largest ρ.
    largest: f64,
    words: f64,
    /// Events with an article a side: both articles.
    pairs: Vec<[u32; 2]>,
    /// The words themselves, as if they were hits of a path.
    of_words: Paired,
    paths: Vec<Paired>,
    others: Others,
}

/// What a path has in events.
#[derive(Debug, Clone)]
struct Paired {
    /// The pairs with hits, and the hits of both articles.
    entries: Vec<(u32, [f64; 2])>,
    /// The columns of all events, with each pair in the state in which its second article is of the second group.
    base: [f64; WIDEST],
    /// The columns of all events in both states.
    both: [f64; WIDEST],
    /// Σ ρ₁ᵏρ₀ᵏ y₁y₀ / ((1 − n₁u₀)(1 − n₀u₀)), which is the same in both states.
    constant: [f64; MOST],
    /// Hits in all these events.
    hits: f64,
}

/// Articles of events that have more than one a side and something to exchange.
#[derive(Debug, Clone, Default)]
struct Others {
    articles: Vec<u32>,
    words: Vec<f64>,
    events: Vec<u32>,
    paths: Vec<Path>,
}

/// Words and hits of an event on one side.
#[derive(Debug, Clone, Copy, Default)]
struct Side {
    n: f64,
    y: f64,
}

/// Where the columns of powers (k, l) of two sides stand, k + l at most the powers taken: 0 for (0, 0), then (1, 0), (0, 1),
/// (2, 0), (1, 1), (0, 2).
fn place(k: usize, l: usize) -> usize {
    (k + l) * (k + l + 1) / 2 + l
}

/// What an event adds to the sums in a state: y₁; of each power (k + 1) ρ₁ᵏ y₁² and (k + 1) ρ₁ᵏ y₁n₁ over (1 − n₁u₀)²;
/// ρ₁ᵏ y₁y₀ for k from 1, and ρ₁ᵏρ₀ˡ y₁n₀, over (1 − n₁u₀)(1 − n₀u₀). Of ρ₁ᵏρ₀ˡ y₁y₀ only those with k > l are needed,
/// and with two powers they have l = 0.
fn columns<const W: usize>(powers: usize, center: f64, [none, one]: [Side; 2]) -> [f64; W] {
    let [alpha0, alpha1] = [none, one].map(|side| center / (center - side.n));
    let [rho0, rho1] = [none.n * alpha0 / center, one.n * alpha1 / center];
    let mut found = [0.0; W];
    found[0] = one.y;
    let mut power = alpha1 * alpha1;
    for k in 0..=powers {
        let c = (k as f64 + 1.0) * power;
        found[1 + 2 * k] = c * one.y * one.y;
        found[2 + 2 * k] = c * one.y * one.n;
        power *= rho1;
    }
    let across = alpha0 * alpha1;
    let [products, mixed] = [3 + 2 * powers, 3 + 3 * powers];
    let mut first = across;
    for k in 0..=powers {
        if k > 0 {
            found[products + k - 1] = first * one.y * none.y;
        }
        let mut second = first;
        for l in 0..=powers - k {
            found[mixed + place(k, l)] = second * one.y * none.n;
            second *= rho0;
        }
        first *= rho1;
    }
    found
}

impl Paired {
    fn new(powers: usize, center: f64, fixed: &[[Side; 2]], pairs: impl Iterator<Item = (u32, [Side; 2])>) -> Paired {
        let mut paired =
            Paired { entries: Vec::new(), base: [0.0; WIDEST], both: [0.0; WIDEST], constant: [0.0; MOST], hits: 0.0 };
        for sides in fixed {
            paired.add(powers, center, *sides);
        }
        for (pair, [a, b]) in pairs {
            if a.y + b.y > 0.0 {
                paired.add(powers, center, [a, b]);
                paired.entries.push((pair, [a.y, b.y]));
            }
        }
        paired
    }

    fn add(&mut self, powers: usize, center: f64, [none, one]: [Side; 2]) {
        self.hits += none.y + one.y;
        if none.y + one.y == 0.0 {
            return;
        }
        let own = columns::<WIDEST>(powers, center, [none, one]);
        let other = columns::<WIDEST>(powers, center, [one, none]);
        for place in 0..WIDEST {
            self.base[place] += own[place];
            self.both[place] += own[place] + other[place];
        }
        let [alpha0, alpha1] = [none, one].map(|side| center / (center - side.n));
        let mut product = alpha0 * alpha1 * none.y * one.y;
        for constant in &mut self.constant {
            *constant += product;
            product *= none.n * alpha0 / center * one.n * alpha1 / center;
        }
    }

    /// The columns of all events under every subset.
    fn sums<const W: usize>(
        &self,
        moments: &EventMoments,
        words: &[f64],
        subsets: &Subsets,
        tables: &mut Tables<W>,
        sums: &mut Vec<[f64; W]>,
    ) {
        let base: [f64; W] = std::array::from_fn(|column| self.base[column]);
        sums.clear();
        sums.resize(subsets.count(), base);
        for entries in self.entries.chunk_by(|a, b| a.0 as usize / WORD == b.0 as usize / WORD) {
            tables.clear();
            for (pair, hits) in entries {
                let [a, b] = moments.pairs[*pair as usize];
                let side = |article: u32, y: f64| Side { n: words[article as usize], y };
                let (a, b) = (side(a, hits[0]), side(b, hits[1]));
                // A bit is set where the first article is of the second group.
                let set = columns::<W>(moments.powers, moments.center, [b, a]);
                let unset = columns::<W>(moments.powers, moments.center, [a, b]);
                let row = tables.row(*pair as usize % WORD);
                row.iter_mut().zip(set.iter().zip(unset)).for_each(|(row, (set, unset))| *row = set - unset);
            }
            tables.make();
            let word = entries[0].0 as usize / WORD;
            for (subset, sums) in subsets.word(word).iter().zip(sums.iter_mut()) {
                tables.add(*subset, sums);
            }
        }
    }
}

/// Sums of a path, or of the words, under one arrangement.
struct Sums<'a> {
    own: &'a [f64],
    paired: &'a Paired,
    powers: usize,
}

impl Sums<'_> {
    fn of_group(&self, group: usize, column: usize) -> f64 {
        if group == 1 { self.own[column] } else { self.paired.both[column] - self.own[column] }
    }

    fn hits(&self) -> f64 {
        self.own[0]
    }

    /// Σ (k + 1) ρᵏ y² and Σ (k + 1) ρᵏ yn of a group.
    fn squares(&self, group: usize, k: usize) -> [f64; 2] {
        [1 + 2 * k, 2 + 2 * k].map(|column| self.of_group(group, column))
    }

    /// Σ ρ₁ᵏρ₀ˡ y₁y₀.
    fn product(&self, k: usize, l: usize) -> f64 {
        match k == l {
            true => self.paired.constant[k],
            false => self.of_group(usize::from(k > l), 2 + 2 * self.powers + k.max(l)),
        }
    }

    /// Σ ρ₁ᵏρ₀ˡ y₁n₀, and n₁y₀.
    fn mixed(&self, k: usize, l: usize) -> [f64; 2] {
        let column = |k, l| 3 + 3 * self.powers + place(k, l);
        [self.of_group(1, column(k, l)), self.of_group(0, column(l, k))]
    }
}

impl EventMoments {
    /// None where the plain way is the only one, or the shorter.
    pub(super) fn of(corpus: &Corpus<'_>, labels: &[u8], arrangements: &Arrangements) -> Option<EventMoments> {
        let (words, events) = (corpus.words, corpus.events?);
        let exchanged = arrangements.exchanged();
        let (mut pairs, mut fixed, mut others) = (Vec::new(), Vec::new(), Vec::new());
        let mut start = 0;
        for event in events.chunk_by(|a, b| a == b) {
            let own = start..start + event.len();
            start = own.end;
            match own.clone().any(|article| exchanged[article]) {
                false => fixed.push(own),
                // Both are exchanged, as one alone cannot be.
                true if own.len() == 2 => pairs.push([own.start as u32, own.start as u32 + 1]),
                true => others.extend(own.map(|article| article as u32)),
            }
        }
        if others.len() * OTHERS > words.len() || pairs.is_empty() {
            return None;
        }
        let all: f64 = words.iter().sum();
        let second = arrangements.expected(words);
        let groups = [all - second, second];
        let center = 2.0 / groups.map(|words| 1.0 / words).iter().sum::<f64>();
        let word = |article: u32| words[article as usize];
        let apart: f64 = pairs.iter().map(|[a, b]| (word(*a) - word(*b)).powi(2)).sum();
        // Of labels that are drawn inside an event, the words of a group vary by no more than half the sum of squares.
        let more: f64 = others.iter().map(|article| word(*article).powi(2)).sum();
        let strays = AWAY * (apart / 4.0 + more / 2.0).sqrt();
        let epsilon = groups.iter().flat_map(|own| [own - strays, own + strays]).map(|own| (center / own - 1.0).abs());
        let farthest = epsilon.fold(0.0, f64::max);
        let sides = |own: &std::ops::Range<usize>, y: &[f64]| {
            let mut sides = [Side::default(); 2];
            for article in own.clone() {
                let side = &mut sides[usize::from(labels[article])];
                *side = Side { n: side.n + words[article], y: side.y + y[article] };
            }
            sides
        };
        let in_pairs = pairs.iter().flatten().map(|article| word(*article));
        let in_fixed = fixed.iter().flat_map(|own| sides(own, words)).map(|side| side.n);
        let longest = in_pairs.chain(in_fixed).fold(0.0, f64::max);
        if groups.iter().any(|own| *own <= strays) || longest >= center {
            return None;
        }
        let largest = longest / (center - longest);
        let powers = (1..=MOST).find(|powers| left_out(*powers, largest * farthest) < LEFT_OUT)?;
        let paired = |y: &[f64]| {
            let fixed: Vec<[Side; 2]> = fixed.iter().map(|own| sides(own, y)).collect();
            let side = |article: u32| Side { n: word(article), y: y[article as usize] };
            Paired::new(powers, center, &fixed, (0..).zip(&pairs).map(|(pair, [a, b])| (pair, [side(*a), side(*b)])))
        };
        let mut place_of = vec![u32::MAX; words.len()];
        (0..).zip(&others).for_each(|(place, article)| place_of[*article as usize] = place);
        let mut hits = vec![0.0; words.len()];
        let (mut paths, mut of_others) = (Vec::new(), Vec::new());
        for path in corpus.paths {
            hits.fill(0.0);
            let mut own = SparseHits::default();
            path.each_entry(|article, count| match place_of[article as usize] {
                u32::MAX => hits[article as usize] = f64::from(count),
                place => {
                    own.articles.push(place);
                    own.counts.push(count);
                }
            });
            paths.push(paired(&hits));
            of_others.push(own);
        }
        let mut of_words = words.to_vec();
        others.iter().for_each(|article| of_words[*article as usize] = 0.0);
        let own_events: Vec<u32> = renumbered(others.iter().map(|article| events[*article as usize]));
        let places: Vec<u32> = (0..others.len() as u32).collect();
        let path = |hits: &SparseHits| Path::of(hits, &places, others.len(), Some(&own_events)).ok();
        Some(EventMoments {
            center,
            powers,
            largest,
            words: all,
            of_words: paired(&of_words),
            paths,
            others: Others {
                words: others.iter().map(|article| word(*article)).collect(),
                paths: of_others.iter().map(path).collect::<Option<_>>()?,
                articles: others,
                events: own_events,
            },
            pairs,
        })
    }

    /// Hands the t of every path to `visit`, arrangement by arrangement.
    pub(super) fn each(
        &self,
        corpus: &Corpus<'_>,
        arrangements: &Arrangements,
        range: std::ops::Range<u64>,
        mut visit: impl FnMut(&[f64]),
    ) {
        let mut subsets = Subsets::default();
        let (mut labels, mut order) = (vec![0; corpus.words.len()], Vec::new());
        let (mut bits, mut of_others, mut statistics) = (vec![0; words_for(self.pairs.len())], Vec::new(), Vec::new());
        let mut scratch = Scratch::default();
        let all = range.end.saturating_sub(range.start);
        let portion = all.div_ceil(all.div_ceil(AT_ONCE).max(1));
        let mut start = range.start;
        while start < range.end {
            let count = (range.end - start).min(portion) as usize;
            subsets.resize(self.pairs.len(), count);
            of_others.clear();
            for number in 0..count {
                arrangements.write(start + number as u64, &mut labels, &mut order);
                for (word, pairs) in bits.iter_mut().zip(self.pairs.chunks(WORD)) {
                    *word = pairs.iter().rev().fold(0, |word, [a, _]| word << 1 | u64::from(labels[*a as usize]));
                }
                subsets.set(number, &bits);
                of_others.extend(self.others.articles.iter().map(|article| labels[*article as usize]));
            }
            statistics.resize(count * corpus.paths.len(), 0.0);
            let strayed = match self.powers {
                0 | 1 => self.compute::<{ width(1) }>(corpus, &subsets, &of_others, &mut statistics),
                _ => self.compute::<{ width(2) }>(corpus, &subsets, &of_others, &mut statistics),
            };
            for (number, statistics) in statistics.chunks_exact_mut(corpus.paths.len().max(1)).enumerate() {
                if strayed[number] {
                    arrangements.write(start + number as u64, &mut labels, &mut order);
                    corpus.compute(&labels, &mut scratch);
                    statistics.copy_from_slice(&scratch.statistics);
                }
                visit(statistics);
            }
            start += count as u64;
        }
    }

    /// The t of every path, a row an arrangement; and which arrangements are to be computed the plain way.
    fn compute<const W: usize>(
        &self,
        corpus: &Corpus<'_>,
        subsets: &Subsets,
        of_others: &[u8],
        statistics: &mut [f64],
    ) -> Vec<bool> {
        let count = subsets.count();
        let (mut tables, mut sums) = (Tables::<W>::default(), Vec::new());
        self.of_words.sums(self, corpus.words, subsets, &mut tables, &mut sums);
        let mut strayed = vec![false; count];
        let others = self.others.articles.len();
        let sub = Corpus { words: &self.others.words, events: Some(&self.others.events), paths: &self.others.paths };
        let mut scratch = Scratch::default();
        let of_words: Vec<OfWords<W>> = sums
            .iter()
            .enumerate()
            .map(|(number, sums)| {
                let labels = &of_others[number * others..][..others];
                let more: f64 = self.others.words.iter().zip(labels).map(|(n, label)| n * f64::from(*label)).sum();
                let second = sums[0] + more;
                let words = [self.words - second, second];
                let epsilons = words.map(|own| self.center / own - 1.0);
                strayed[number] =
                    !epsilons.iter().all(|epsilon| left_out(self.powers, self.largest * epsilon.abs()) < LEFT_OUT);
                let (squares, parts) = match others {
                    0 => (0.0, Vec::new()),
                    _ => {
                        let (squares, parts) = sub.event_parts(labels, words, &mut scratch);
                        (squares, parts.collect())
                    }
                };
                OfWords { words, epsilons, sums: *sums, squares, parts }
            })
            .collect();
        for (number, path) in self.paths.iter().enumerate() {
            path.sums(self, corpus.words, subsets, &mut tables, &mut sums);
            let own = statistics[number..].iter_mut().step_by(corpus.paths.len());
            for (((statistic, sums), of_words), strayed) in own.zip(&sums).zip(&of_words).zip(&mut strayed) {
                match self.t(number, sums, of_words) {
                    Some(t) => *statistic = t,
                    None => *strayed = true,
                }
            }
        }
        strayed
    }

    /// The t of a path; none where too little is left of v.
    fn t<const W: usize>(&self, path: usize, sums: &[f64; W], of_words: &OfWords<W>) -> Option<f64> {
        let OfWords { words, epsilons, squares, parts, .. } = of_words;
        let of_path = Sums { own: sums, paired: &self.paths[path], powers: self.powers };
        let of_words = Sums { own: &of_words.sums, paired: &self.of_words, powers: self.powers };
        let part = parts.get(path).copied().unwrap_or_default();
        let second = of_path.hits() + part.hits[1];
        let hits = [of_path.paired.hits - of_path.hits() + part.hits[0] + 0.5, second + 0.5];
        let u = words.map(|own| 1.0 / own);
        let of_group = |group: usize| {
            let (s, u) = (hits[group], u[group]);
            let at = |k: usize| {
                let [squares, mixed] = of_path.squares(group, k);
                squares / (s * s) - 2.0 * mixed * u / s + of_words.squares(group, k)[0] * u * u
            };
            (0..=self.powers).rev().fold(0.0, |sum, k| sum * epsilons[group] + at(k))
        };
        let mut across = 0.0;
        for k in 0..=self.powers {
            for l in 0..=self.powers - k {
                let [first, other] = of_path.mixed(k, l);
                let at = of_path.product(k, l) / (hits[0] * hits[1]) - first * u[0] / hits[1] - other * u[1] / hits[0]
                    + of_words.product(k, l) * u[0] * u[1];
                across += epsilons[1].powi(k as i32) * epsilons[0].powi(l as i32) * at;
            }
        }
        let apart = of_group(0) + of_group(1);
        let pairs = apart - 2.0 * across;
        (pairs > LEFT * apart).then(|| studentised(hits, *words, part.variance(hits, pairs + squares)))
    }
}

/// What of an arrangement is the same for all paths.
struct OfWords<const W: usize> {
    words: [f64; 2],
    epsilons: [f64; 2],
    sums: [f64; W],
    /// Σ z² of the other events, and what paths have in them.
    squares: f64,
    parts: Vec<EventParts>,
}

/// Numbers from 0, in order of a row in which equal ones stand together.
fn renumbered(sorted: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut last = None;
    let mut numbers = Vec::new();
    for event in sorted {
        let number = numbers.last().map_or(0, |number| number + u32::from(last != Some(event)));
        numbers.push(number);
        last = Some(event);
    }
    numbers
}

#[cfg(test)]
impl EventMoments {
    pub(super) fn powers(&self) -> usize {
        self.powers
    }

    /// Articles that are computed the plain way.
    pub(super) fn others(&self) -> usize {
        self.others.articles.len()
    }
}

#[cfg(test)]
#[path = "rate_events_tests.rs"]
mod tests;
