//! All the ways in which labels could have fallen on articles: enumerated where they are few, drawn
//! at random where they are many.
//!
//! Labels (0, 1, ...) are exchanged among the articles of a stratum (an event, a genre), or among all of
//! them. The k-th arrangement depends on k and the seed alone, so ranges of them can be given to threads.

use std::ops::Range;

use super::error::{StatsError, same_length};
use super::random::{Draws, Purpose};
use super::subset_sums::{WORD, words_for};

/// Up to this many arrangements are enumerated (design 10).
pub const ENUMERATED: u64 = 20_000;

/// From so many articles in a stratum on, the articles that get label 1 are chosen ([`Draws::subset`]), which takes a tenth
/// of the time of shuffling labels; in smaller ones the time does not matter, and p is what it was before.
const CHOSEN_FROM: usize = 1_024;

/// The arrangements that a permutation test goes through.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrangements {
    /// The observed labels, stratum by stratum.
    labels: Vec<u8>,
    /// Where an article stands in `labels`; none where it is the same place.
    order: Option<Vec<u32>>,
    strata: Vec<Stratum>,
    kind: Kind,
    mirrored: bool,
}

#[derive(Debug, Clone, PartialEq)]
struct Stratum {
    range: Range<usize>,
    /// How many ways it has; meaningful where arrangements are enumerated.
    ways: u64,
    /// How many of its labels are 1, where all are 0 or 1 and there are many: which articles have them is chosen.
    ones: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Enumerated { total: u64 },
    Drawn { draws: u64, seed: u64 },
}

/// The p-value of a permutation test, and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PermutationP {
    /// Extreme arrangements over all where they are enumerated, (b + 1) / (B + 1) where they are drawn
    /// (Phipson & Smyth 2010). Never 0.
    pub p: f64,
    /// Arrangements at least as extreme as the observed one; where they are enumerated it is one of them.
    pub extreme: u64,
    /// Arrangements gone through.
    pub arrangements: u64,
    /// Whether these are all there are.
    pub enumerated: bool,
}

impl Arrangements {
    /// The arrangements of these labels among all articles.
    ///
    /// `draws` is how many are drawn with `seed` where more than [`ENUMERATED`] exist.
    ///
    /// # Errors
    /// [`StatsError::OneArrangement`] where all labels are equal (or there are none).
    pub fn of(labels: &[u8], draws: u64, seed: u64) -> Result<Self, StatsError> {
        let whole = std::iter::once(0..labels.len()).collect();
        Self::build(labels.to_vec(), None, whole, draws, seed)
    }

    /// The arrangements of these labels among the articles of each stratum (`strata[i]` is that of article
    /// i). A stratum with one label only stays as it is.
    ///
    /// # Errors
    /// [`StatsError::OneArrangement`] where no stratum has two labels; [`StatsError::Shape`].
    pub fn within(labels: &[u8], strata: &[u32], draws: u64, seed: u64) -> Result<Self, StatsError> {
        same_length(labels.len(), strata.len())?;
        let mut order: Vec<u32> = (0..labels.len() as u32).collect();
        order.sort_by_key(|&article| strata[article as usize]);
        let sorted: Vec<u8> = order.iter().map(|&article| labels[article as usize]).collect();
        let mut ranges = Vec::new();
        let mut start = 0;
        for end in 1..=order.len() {
            let here = strata[order[start] as usize];
            if end == order.len() || strata[order[end] as usize] != here {
                ranges.push(start..end);
                start = end;
            }
        }
        let in_place = order.iter().enumerate().all(|(place, &article)| place == article as usize);
        Self::build(sorted, (!in_place).then_some(order), ranges, draws, seed)
    }

    fn build(
        labels: Vec<u8>,
        order: Option<Vec<u32>>,
        ranges: Vec<Range<usize>>,
        draws: u64,
        seed: u64,
    ) -> Result<Self, StatsError> {
        let mut total = Some(1_u64);
        let mut strata = Vec::new();
        let mut mirrored = true;
        for range in ranges {
            let counts = count(&labels[range.clone()]);
            if counts.iter().filter(|&&n| n > 0).count() < 2 {
                mirrored = mirrored && range.is_empty();
                continue;
            }
            mirrored = mirrored && counts.len() == 2 && counts[0] == counts[1];
            let ways = multinomial(&counts);
            total = total.zip(ways).and_then(|(t, w)| t.checked_mul(w)).filter(|&t| t <= ENUMERATED);
            let ones = (counts.len() == 2 && range.len() >= CHOSEN_FROM).then(|| counts[1] as u32);
            strata.push(Stratum { range, ways: ways.unwrap_or(0), ones });
        }
        let kind = match total {
            Some(1) => return Err(StatsError::OneArrangement),
            Some(total) => Kind::Enumerated { total },
            None => Kind::Drawn { draws, seed },
        };
        Ok(Arrangements { labels, order, strata, kind, mirrored })
    }

    /// How many arrangements a test goes through: all, or as many as are drawn.
    pub fn count(&self) -> u64 {
        match self.kind {
            Kind::Enumerated { total } => total,
            Kind::Drawn { draws, .. } => draws,
        }
    }

    /// Whether all arrangements are gone through.
    pub fn enumerated(&self) -> bool {
        matches!(self.kind, Kind::Enumerated { .. })
    }

    /// Which articles have labels that are exchanged.
    pub(super) fn exchanged(&self) -> Vec<bool> {
        let mut exchanged = vec![false; self.labels.len()];
        for place in self.strata.iter().flat_map(|stratum| stratum.range.clone()) {
            exchanged[self.order.as_ref().map_or(place, |order| order[place] as usize)] = true;
        }
        exchanged
    }

    /// How many articles there are.
    pub fn articles(&self) -> usize {
        self.labels.len()
    }

    /// The observed labels, one for each article.
    pub fn observed(&self) -> Vec<u8> {
        match &self.order {
            None => self.labels.clone(),
            Some(order) => {
                let mut labels = vec![0; self.labels.len()];
                for (&article, &label) in order.iter().zip(&self.labels) {
                    labels[article as usize] = label;
                }
                labels
            }
        }
    }

    /// The smallest p that a two-sided test can give here, whatever the counts: 1 over the arrangements, or
    /// 2 over them where exchanging the two groups' names changes nothing (6 pairs: 2/2⁶), and 1 / (B + 1)
    /// where they are drawn. Equal counts can make it larger: [`super::RateTest::smallest_p`].
    pub fn smallest_p(&self) -> f64 {
        match self.kind {
            Kind::Enumerated { total } if self.mirrored => 2.0 / total as f64,
            Kind::Enumerated { total } => 1.0 / total as f64,
            Kind::Drawn { draws, .. } => 1.0 / (draws as f64 + 1.0),
        }
    }

    /// The p-value, when `extreme` of all [`Self::count`] arrangements were at least as extreme as the
    /// observed one.
    pub fn p(&self, extreme: u64) -> PermutationP {
        let arrangements = self.count();
        let enumerated = self.enumerated();
        let p = match enumerated {
            true => extreme.max(1) as f64 / arrangements as f64,
            false => (extreme as f64 + 1.0) / (arrangements as f64 + 1.0),
        };
        PermutationP { p, extreme, arrangements, enumerated }
    }

    /// Writes arrangement `index` (below [`Self::count`]) into `labels`, one for each article; `scratch` is any
    /// vector that is kept from call to call.
    pub fn write(&self, index: u64, labels: &mut [u8], scratch: &mut Vec<u8>) {
        match &self.order {
            None => self.arrange(index, labels),
            Some(order) => {
                scratch.resize(self.labels.len(), 0);
                self.arrange(index, scratch);
                for (&article, &label) in order.iter().zip(scratch.iter()) {
                    labels[article as usize] = label;
                }
            }
        }
    }

    /// The same as [`Self::write`] for labels 0 and 1: a bit an article, set where its label is 1.
    pub(super) fn write_bits(&self, index: u64, bits: &mut [u64], scratch: &mut LabelScratch) {
        // Among all articles, nothing but bits is drawn.
        if let (Kind::Drawn { seed, .. }, None, [Stratum { range, ones: Some(ones), .. }]) =
            (self.kind, &self.order, self.strata.as_slice())
            && *range == (0..self.labels.len())
        {
            return Draws::new(seed, Purpose::Permutation, index).subset(bits, range.len() as u32, *ones);
        }
        let LabelScratch { labels, order, fixed, chosen } = scratch;
        if let Kind::Drawn { seed, .. } = self.kind {
            let mut draws = Draws::new(seed, Purpose::Permutation, index);
            bits.copy_from_slice(fixed);
            let article = |place: usize| self.order.as_ref().map_or(place, |order| order[place] as usize);
            let mut set = |place: usize| bits[article(place) / WORD] |= 1 << (article(place) % WORD);
            for stratum in &self.strata {
                let start = stratum.range.start;
                if let Some(ones) = stratum.ones {
                    chosen.resize(words_for(stratum.range.len()), 0);
                    draws.subset(chosen, stratum.range.len() as u32, ones);
                    for (word, chosen) in chosen.iter().enumerate() {
                        let mut left = *chosen;
                        while left > 0 {
                            set(start + word * WORD + left.trailing_zeros() as usize);
                            left &= left - 1;
                        }
                    }
                } else {
                    labels.clear();
                    labels.extend_from_slice(&self.labels[stratum.range.clone()]);
                    draws.shuffle(labels);
                    labels.iter().zip(start..).filter(|(label, _)| **label == 1).for_each(|(_, place)| set(place));
                }
            }
            return;
        }
        labels.resize(self.labels.len(), 0);
        self.write(index, labels, order);
        for (word, labels) in bits.iter_mut().zip(labels.chunks(WORD)) {
            *word = labels.iter().rev().fold(0, |word, label| word << 1 | u64::from(*label));
        }
    }

    /// What [`Self::write_bits`] keeps from call to call.
    pub(super) fn scratch(&self) -> LabelScratch {
        let (observed, exchanged) = (self.observed(), self.exchanged());
        let mut fixed = vec![0; words_for(observed.len())];
        for (article, label) in observed.iter().enumerate().filter(|(article, _)| !exchanged[*article]) {
            fixed[article / WORD] |= u64::from(*label) << (article % WORD);
        }
        LabelScratch { labels: Vec::new(), order: Vec::new(), fixed, chosen: Vec::new() }
    }

    /// What the articles labelled 1 have together on average over all arrangements, of values one an article.
    pub(super) fn expected(&self, values: &[f64]) -> f64 {
        let of_place = |place: usize| values[self.order.as_ref().map_or(place, |order| order[place] as usize)];
        let mut sum: f64 = (0..values.len()).filter(|place| self.labels[*place] == 1).map(of_place).sum();
        for stratum in &self.strata {
            let own = || stratum.range.clone();
            let ones = own().filter(|place| self.labels[*place] == 1);
            let share = ones.clone().count() as f64 / own().len() as f64;
            sum += share * own().map(of_place).sum::<f64>() - ones.map(of_place).sum::<f64>();
        }
        sum
    }

    fn arrange(&self, index: u64, labels: &mut [u8]) {
        labels.copy_from_slice(&self.labels);
        match self.kind {
            Kind::Drawn { seed, .. } => {
                let mut draws = Draws::new(seed, Purpose::Permutation, index);
                let mut bits = Vec::new();
                for stratum in &self.strata {
                    let own = &mut labels[stratum.range.clone()];
                    match stratum.ones {
                        Some(ones) => {
                            bits.resize(words_for(own.len()), 0);
                            draws.subset(&mut bits, own.len() as u32, ones);
                            unpack(&bits, own);
                        }
                        None => draws.shuffle(own),
                    }
                }
            }
            Kind::Enumerated { .. } => {
                let mut rest = index;
                for stratum in &self.strata {
                    unrank(rest % stratum.ways, stratum.ways, &mut labels[stratum.range.clone()]);
                    rest /= stratum.ways;
                }
            }
        }
    }

    /// How many arrangements of `range` have a statistic at least as large as `observed`; ties are those within
    /// a relative 1e-9, since equal arrangements sum in different orders.
    pub fn extreme(&self, range: Range<u64>, observed: f64, mut statistic: impl FnMut(&[u8]) -> f64) -> u64 {
        let bound = tied(observed);
        let mut labels = vec![0; self.labels.len()];
        let mut scratch = Vec::new();
        let mut extreme = 0;
        for index in range {
            self.write(index, &mut labels, &mut scratch);
            extreme += u64::from(statistic(&labels) >= bound);
        }
        extreme
    }
}

/// What [`Arrangements::write_bits`] keeps from call to call.
#[derive(Debug)]
pub(super) struct LabelScratch {
    labels: Vec<u8>,
    order: Vec<u8>,
    /// The labels that are not exchanged.
    fixed: Vec<u64>,
    chosen: Vec<u64>,
}

/// Labels 0 and 1 from a bit an article.
pub(super) fn unpack(bits: &[u64], labels: &mut [u8]) {
    for (word, labels) in bits.iter().zip(labels.chunks_mut(WORD)) {
        labels.iter_mut().enumerate().for_each(|(place, label)| *label = (word >> place & 1) as u8);
    }
}

/// The least value that counts as tied with `observed`.
pub(super) fn tied(observed: f64) -> f64 {
    observed - 1e-9 * observed.abs().max(1e-3)
}

fn count(labels: &[u8]) -> Vec<u64> {
    let mut counts = vec![0; labels.iter().max().map_or(0, |&l| usize::from(l) + 1)];
    for &label in labels {
        counts[usize::from(label)] += 1;
    }
    counts
}

/// n! / Π c!, or none where it is more than [`ENUMERATED`].
fn multinomial(counts: &[u64]) -> Option<u64> {
    let mut placed = 0_u64;
    let mut ways = 1_u64;
    for &c in counts {
        // C(placed + c, c), factor by factor; each step is whole, and never falls.
        let (small, all) = (c.min(placed), placed + c);
        let mut choose = 1_u64;
        for k in 1..=small {
            choose = choose * (all - small + k) / k;
            if choose > ENUMERATED {
                return None;
            }
        }
        placed = all;
        ways = ways.checked_mul(choose).filter(|&w| w <= ENUMERATED)?;
    }
    Some(ways)
}

/// The arrangement `rank` of the labels in the slice, of `ways` in lexicographic order.
fn unrank(mut rank: u64, mut ways: u64, labels: &mut [u8]) {
    let mut left = count(labels);
    let mut places = labels.len() as u64;
    for place in labels {
        for (label, n) in left.iter_mut().enumerate() {
            let begin_so = ways * *n / places;
            if rank < begin_so {
                *place = label as u8;
                *n -= 1;
                ways = begin_so;
                break;
            }
            rank -= begin_so;
        }
        places -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn all(arrangements: &Arrangements) -> HashSet<Vec<u8>> {
        let mut labels = vec![0; arrangements.articles()];
        let mut scratch = Vec::new();
        (0..arrangements.count())
            .map(|k| {
                arrangements.write(k, &mut labels, &mut scratch);
                labels.clone()
            })
            .collect()
    }

    #[test]
    fn enumeration_meets_every_arrangement_once() {
        let two = Arrangements::of(&[0, 1, 0, 1, 1, 0, 0], 9, 1).unwrap();
        assert_eq!((two.count(), two.enumerated(), all(&two).len()), (35, true, 35));
        let three = Arrangements::of(&[2, 1, 0, 2], 9, 1).unwrap();
        assert_eq!((three.count(), all(&three).len()), (12, 12));
        let events = Arrangements::within(&[0, 1, 1, 0, 1, 0, 1], &[7, 7, 3, 3, 7, 5, 5], 9, 1).unwrap();
        let found = all(&events);
        assert_eq!((events.count(), found.len()), (12, 12));
        assert!(found.iter().all(|l| l[0] + l[1] + l[4] == 2 && l[2] + l[3] == 1 && l[5] + l[6] == 1));
    }

    #[test]
    fn many_are_drawn_and_do_not_depend_on_the_range() {
        let labels: Vec<u8> = (0..40).map(|i| u8::from(i % 3 == 0)).collect();
        let drawn = Arrangements::of(&labels, 200, 5).unwrap();
        assert!(!drawn.enumerated());
        assert!(all(&drawn).iter().all(|l| l.iter().sum::<u8>() == 14));
        let statistic = |l: &[u8]| l.iter().take(7).sum::<u8>() as f64;
        let whole = drawn.extreme(0..200, 4.0, statistic);
        assert_eq!(whole, drawn.extreme(0..77, 4.0, statistic) + drawn.extreme(77..200, 4.0, statistic));
        assert_eq!(drawn.p(0).p, 1.0 / 201.0);
    }

    /// Methods 4.2: n pairs can never reach below 2/2ⁿ.
    #[test]
    fn six_pairs_reach_a_thirty_second() {
        let labels = [0, 1].repeat(6);
        let strata: Vec<u32> = (0..6).flat_map(|e| [e, e]).collect();
        let pairs = Arrangements::within(&labels, &strata, 99, 1).unwrap();
        assert_eq!((pairs.count(), pairs.smallest_p()), (64, 0.03125));
        assert_eq!(Arrangements::of(&[0, 0, 0, 1], 99, 1).unwrap().smallest_p(), 0.25);
    }

    /// Labels as bits are the labels: in strata chosen and shuffled, with labels that stay, in and out of order, all gone
    /// through or drawn.
    #[test]
    fn bits_are_the_labels() {
        let labels: Vec<u8> = (0..5000_u32).map(|i| u8::from(i * i % 7 < 3)).collect();
        let strata: Vec<u32> = (0..5000).map(|i| [0, 1, 1, 2, 3 + i / 50][(i * 11 % 5) as usize]).collect();
        let one_label: Vec<u32> = labels
            .iter()
            .zip(&strata)
            .map(|(label, stratum)| stratum * 2 + u32::from(*label == 1 && stratum % 5 == 0))
            .collect();
        let in_order: Vec<u32> = (0..5000).map(|i| i / 1250).collect();
        let few = |values: &[u32]| values[..9].to_vec();
        for arrangements in [
            Arrangements::within(&labels, &strata, 9, 3).unwrap(),
            Arrangements::within(&labels, &one_label, 9, 3).unwrap(),
            Arrangements::within(&labels, &in_order, 9, 3).unwrap(),
            Arrangements::of(&labels, 9, 3).unwrap(),
            Arrangements::within(&labels[..9], &few(&strata), 9, 3).unwrap(),
        ] {
            let mut scratch = arrangements.scratch();
            let (mut bits, mut order) = (vec![u64::MAX; words_for(arrangements.articles())], Vec::new());
            let (mut found, mut expected) = (vec![0; arrangements.articles()], vec![0; arrangements.articles()]);
            for index in 0..arrangements.count().min(9) {
                arrangements.write_bits(index, &mut bits, &mut scratch);
                unpack(&bits, &mut found);
                arrangements.write(index, &mut expected, &mut order);
                assert_eq!(found, expected);
            }
        }
    }

    #[test]
    fn nothing_to_exchange_is_said() {
        assert_eq!(Arrangements::of(&[1, 1], 9, 1).unwrap_err(), StatsError::OneArrangement);
        assert_eq!(Arrangements::of(&[], 9, 1).unwrap_err(), StatsError::OneArrangement);
        assert_eq!(Arrangements::within(&[0, 1], &[1, 2], 9, 1).unwrap_err(), StatsError::OneArrangement);
    }

    #[test]
    fn the_limit_is_a_limit() {
        // C(17, 6) = 12376 and C(18, 6) = 18564 are enumerated, C(17, 8) = 24310 is not.
        assert_eq!(multinomial(&[11, 6]), Some(12376));
        assert_eq!(multinomial(&[6, 12]), Some(18564));
        assert_eq!(multinomial(&[8, 9]), None);
        assert_eq!(multinomial(&[50_000, 50_000]), None);
    }
}
