//! The studentised t of many paths under many arrangements at once, where articles are the units and there are many.
//!
//! With u = 1/N of a group, its part of v is Σ w (y/s − n u)², w = 1/(1 − n u)², over the group's articles (`rate_kernel`).
//! Only u tells one arrangement from another. Around a u₀ between those of both groups,
//!
//! w = Σₖ cₖ εᵏ,  ε = u/u₀ − 1,  cₖ = (k + 1) (n u₀)ᵏ / (1 − n u₀)ᵏ⁺²,
//!
//! so a group's sums are polynomials in ε, and their coefficients Σ cₖy², Σ cₖyn, Σ cₖn² are plain sums over the articles
//! that carry a label: those [`Tables`] adds up. The other group's are what is left of the sum over all. An article has a
//! small part of its group's words, so few powers suffice; how many is chosen for what is left out to be below
//! [`LEFT_OUT`] of w, from the largest article and from how far N strays. An arrangement that strays further, and a
//! corpus that needs more than [`MOST`] powers, is computed the plain way.

use std::ops::Range;

use super::arrange::{Arrangements, unpack};
use super::rate_kernel::{Corpus, Path, Scratch, studentised};
use super::subset_sums::{Subsets, Tables, WORD, words_for};

/// The part of any article's weight that may be left out: a tenth of what passes for a tie. It is reached by the longest
/// article in the arrangement that strays farthest; the sums lack far less.
pub(super) const LEFT_OUT: f64 = 1e-10;
/// Powers of ε that are taken at most.
const MOST: usize = 3;
/// Standard deviations that the words of a group may be away from their mean before an arrangement is computed the
/// plain way.
pub(super) const AWAY: f64 = 7.0;
/// Arrangements that are computed at once: six megabytes of labels for 100,000 articles, and tables that
/// serve so many that making them does not matter.
pub(super) const AT_ONCE: u64 = 512;

/// What does not depend on the labels.
#[derive(Debug, Clone)]
pub(super) struct Moments {
    /// 1/u₀: the words of a group between both.
    center: f64,
    /// The highest power of ε.
    powers: usize,
    /// The largest n u₀ / (1 − n u₀) of an article.
    largest: f64,
    words: f64,
    /// Of each article: 1/(1 − n u₀)², and n u₀ / (1 − n u₀).
    weights: Vec<[f64; 2]>,
    /// Of all articles, without ε: Σ cₖn²; and of each path Σ cₖy², Σ cₖyn.
    squares: [f64; MOST + 1],
    totals: Vec<[[f64; 2]; MOST + 1]>,
}

impl Moments {
    /// None where the plain way is the only one, or the shorter.
    pub(super) fn of(words: &[f64], paths: &[Path], arrangements: &Arrangements) -> Option<Moments> {
        let all: f64 = words.iter().sum();
        let second = arrangements.expected(words);
        let groups = [all - second, second];
        let center = 2.0 / groups.map(|words| 1.0 / words).iter().sum::<f64>();
        let part = |n: f64| n / (center - n);
        let largest = words.iter().copied().map(part).fold(0.0, f64::max);
        // The variance of the words of a group is at most a quarter of the sum of squares.
        let strays = 0.5 * AWAY * words.iter().map(|n| n * n).sum::<f64>().sqrt();
        let epsilon = groups.iter().flat_map(|own| [own - strays, own + strays]).map(|own| (center / own - 1.0).abs());
        let farthest = epsilon.fold(0.0, f64::max);
        let is_possible = groups.iter().all(|own| *own > strays) && words.iter().all(|n| *n < center);
        let powers = (1..=MOST).find(|powers| is_possible && left_out(*powers, largest * farthest) < LEFT_OUT)?;
        let weights: Vec<[f64; 2]> =
            words.iter().map(|n| [(center / (center - n)) * (center / (center - n)), part(*n)]).collect();
        let mut moments =
            Moments { center, powers, largest, words: all, weights, squares: [0.0; MOST + 1], totals: Vec::new() };
        for (article, n) in words.iter().enumerate() {
            let coefficients = moments.coefficients(article);
            moments.squares.iter_mut().zip(coefficients).for_each(|(sum, c)| *sum += c * n * n);
        }
        moments.totals = paths.iter().map(|path| moments.totals_of(path, words)).collect();
        Some(moments)
    }

    fn totals_of(&self, path: &Path, words: &[f64]) -> [[f64; 2]; MOST + 1] {
        let mut totals = [[0.0; 2]; MOST + 1];
        for (word, entries) in path.by_word() {
            for entry in entries {
                let article = word * WORD + entry.in_word();
                let y = entry.hits();
                for (total, c) in totals.iter_mut().zip(self.coefficients(article)) {
                    *total = [total[0] + c * y * y, total[1] + c * y * words[article]];
                }
            }
        }
        totals
    }

    /// cₖ of an article; 0 for powers that are not taken.
    fn coefficients(&self, article: usize) -> [f64; MOST + 1] {
        let [mut power, part] = self.weights[article];
        let mut found = [0.0; MOST + 1];
        for (k, c) in found.iter_mut().take(self.powers + 1).enumerate() {
            *c = (k as f64 + 1.0) * power;
            power *= part;
        }
        found
    }

    /// ε of both groups, by the words of the second; none where too much would be left out.
    fn epsilons(&self, second: f64) -> Option<[f64; 2]> {
        let epsilons = [self.words - second, second].map(|own| self.center / own - 1.0);
        let fits = |epsilon: &f64| left_out(self.powers, self.largest * epsilon.abs()) < LEFT_OUT;
        epsilons.iter().all(fits).then_some(epsilons)
    }

    /// Hands the t of every path to `visit`, arrangement by arrangement.
    pub(super) fn each(
        &self,
        corpus: Corpus<'_>,
        arrangements: &Arrangements,
        range: Range<u64>,
        mut visit: impl FnMut(&[f64]),
    ) {
        Self::each_of(&[(self, corpus)], arrangements, range, |_, statistics| visit(statistics));
    }

    /// The same for several corpora whose articles have the same labels, which are drawn once for all: `visit` gets the
    /// number of the corpus too, and of each corpus the arrangements in order.
    pub(super) fn each_of(
        all: &[(&Moments, Corpus<'_>)],
        arrangements: &Arrangements,
        range: Range<u64>,
        mut visit: impl FnMut(usize, &[f64]),
    ) {
        let articles = arrangements.articles();
        let (mut subsets, mut statistics) = (Subsets::default(), Vec::new());
        let (mut bits, mut scratch) = (vec![0; words_for(articles)], arrangements.scratch());
        // In even portions, so that none is left over that tables are made for in vain.
        let wanted = range.end.saturating_sub(range.start);
        let portion = wanted.div_ceil(wanted.div_ceil(AT_ONCE).max(1));
        let mut start = range.start;
        while start < range.end {
            let count = (range.end - start).min(portion) as usize;
            subsets.resize(articles, count);
            for number in 0..count {
                arrangements.write_bits(start + number as u64, &mut bits, &mut scratch);
                subsets.set(number, &bits);
            }
            for (number, (moments, corpus)) in all.iter().enumerate() {
                let paths = corpus.paths.len();
                statistics.resize(count * paths, 0.0);
                match moments.powers {
                    0 | 1 => moments.compute::<6>(corpus, &subsets, &mut statistics),
                    2 => moments.compute::<8>(corpus, &subsets, &mut statistics),
                    _ => moments.compute::<10>(corpus, &subsets, &mut statistics),
                }
                (0..count).for_each(|arrangement| visit(number, &statistics[arrangement * paths..][..paths]));
            }
            start += count as u64;
        }
    }

    /// The t of every path, a row an arrangement. A row of sums is hits, then Σ cₖy² and Σ cₖyn power by power.
    fn compute<const W: usize>(&self, corpus: &Corpus<'_>, subsets: &Subsets, statistics: &mut [f64]) {
        let mut tables = Tables::<W>::default();
        let mut sums = vec![[0.0; W]; subsets.count()];
        for (word, words) in corpus.words.chunks(WORD).enumerate() {
            tables.clear();
            for (place, n) in words.iter().enumerate() {
                let coefficients = self.coefficients(word * WORD + place);
                let row = tables.row(place);
                row[0] = *n;
                row[1..].iter_mut().zip(coefficients).for_each(|(value, c)| *value = c * n * n);
            }
            add_all(&mut tables, subsets.word(word), &mut sums);
        }
        let of_words: Vec<Option<OfWords>> = sums.iter().map(|sums| self.of_words(sums)).collect();
        for (number, (path, totals)) in corpus.paths.iter().zip(&self.totals).enumerate() {
            sums.fill([0.0; W]);
            for (word, entries) in path.by_word() {
                tables.clear();
                for entry in entries {
                    let (place, y) = (entry.in_word(), entry.hits());
                    let article = word * WORD + place;
                    let coefficients = self.coefficients(article);
                    let row = tables.row(place);
                    row[0] = y;
                    for (pair, c) in row[1..].chunks_exact_mut(2).zip(coefficients) {
                        pair.copy_from_slice(&[c * y * y, c * y * corpus.words[article]]);
                    }
                }
                add_all(&mut tables, subsets.word(word), &mut sums);
            }
            let own = statistics[number..].iter_mut().step_by(corpus.paths.len());
            for ((statistic, sums), of_words) in own.zip(&sums).zip(&of_words) {
                if let Some(of_words) = of_words {
                    *statistic = self.t(path, totals, sums, of_words);
                }
            }
        }
        let (mut labels, mut scratch) = (vec![0; corpus.words.len()], Scratch::default());
        let strayed = of_words.iter().enumerate().filter(|(_, of_words)| of_words.is_none());
        for (arrangement, _) in strayed {
            unpack(&subsets.get(arrangement).collect::<Vec<u64>>(), &mut labels);
            corpus.compute(&labels, &mut scratch);
            statistics[arrangement * corpus.paths.len()..][..corpus.paths.len()].copy_from_slice(&scratch.statistics);
        }
    }

    fn of_words<const W: usize>(&self, sums: &[f64; W]) -> Option<OfWords> {
        let words = [self.words - sums[0], sums[0]];
        let epsilons = self.epsilons(sums[0])?;
        let part = |group: usize| {
            let own = |k: usize| if group == 1 { sums[1 + k] } else { self.squares[k] - sums[1 + k] };
            self.at(epsilons[group], own) / (words[group] * words[group])
        };
        Some(OfWords { words, epsilons, squares: part(0) + part(1) })
    }

    fn t<const W: usize>(
        &self,
        path: &Path,
        totals: &[[f64; 2]; MOST + 1],
        sums: &[f64; W],
        of_words: &OfWords,
    ) -> f64 {
        let OfWords { words, epsilons, squares } = of_words;
        let hits = [path.all_hits() - sums[0] + 0.5, sums[0] + 0.5];
        let part = |group: usize| {
            let moment = |place: usize| {
                let own = |k: usize| match group {
                    1 => sums[1 + 2 * k + place],
                    _ => totals[k][place] - sums[1 + 2 * k + place],
                };
                self.at(epsilons[group], own)
            };
            let (s, n) = (hits[group], words[group]);
            moment(0) / (s * s) - 2.0 * moment(1) / (s * n)
        };
        studentised(hits, *words, part(0) + part(1) + squares)
    }

    /// The polynomial with these coefficients.
    fn at(&self, epsilon: f64, coefficient: impl Fn(usize) -> f64) -> f64 {
        (0..=self.powers).rev().fold(0.0, |sum, k| sum * epsilon + coefficient(k))
    }
}

#[cfg(test)]
impl Moments {
    pub(super) fn powers(&self) -> usize {
        self.powers
    }

    pub(super) fn with_powers(self, powers: usize) -> Moments {
        Moments { powers, ..self }
    }
}

/// What of an arrangement is the same for all paths.
struct OfWords {
    words: [f64; 2],
    epsilons: [f64; 2],
    /// Σ wn²/N² of both groups.
    squares: f64,
}

/// At most this part of a weight is in the powers of z = n u₀ ε / (1 − n u₀) that are not taken: Σ (k + 1) zᵏ from
/// `powers` + 1 on is at most (powers + 2) |z|ᵖ⁺¹ / (1 − |z|)², of a whole of at least 1 / (1 + |z|)².
pub(super) fn left_out(powers: usize, z: f64) -> f64 {
    match z < 0.5 {
        true => (powers as f64 + 2.0) * z.powi(powers as i32 + 1) * ((1.0 + z) / (1.0 - z)).powi(2),
        false => f64::INFINITY,
    }
}

fn add_all<const W: usize>(tables: &mut Tables<W>, subsets: &[u64], sums: &mut [[f64; W]]) {
    tables.make();
    for (subset, sums) in subsets.iter().zip(sums) {
        tables.add(*subset, sums);
    }
}

#[cfg(test)]
#[path = "rate_moments_tests.rs"]
mod tests;
