//! The omnibus permutation test of one referent: do groups choose alike among its variants?

use std::ops::Range;

use super::arrange::{Arrangements, PermutationP, tied};

/// A prepared omnibus test, made by [`super::RatioGroups::omnibus`].
///
/// Its statistic is the squared distance between the groups' shares over its variance when one unit at a time is
/// left out, summed over pairs of groups and variants: Σ(p_gv − p_hv)² / Σ Σᵤ(e_guv − e_huv)², with
/// e = (h − p m)/(M + 1 − m) for a unit's h of m mentions, M those of the group, and p = (H + 1/V)/(M + 1), so that a group
/// of one mind has a variance too. With two variants it is the square of a studentised difference, which keeps
/// the permutation test right where one group writes more mentions an article than the other (Chung & Romano 2013).
///
/// Simulated (docs/calibration.md: authors repeat a label, 1 against 5 mentions an article, 10 to 50 articles a
/// side, 2 and 4 variants): it rejects 3.8 to 6.0 % at nominal 5 %.
#[derive(Debug, Clone)]
pub struct OmnibusTest {
    variants: usize,
    groups: usize,
    /// The unit of each article; those of a unit stand together.
    units: Vec<u32>,
    /// Hits, a row an article, and their sums.
    counts: Vec<f64>,
    mentions: Vec<f64>,
    arrangements: Arrangements,
    observed: Vec<f64>,
}

impl OmnibusTest {
    pub(super) fn new(
        variants: usize,
        groups: usize,
        units: Vec<u32>,
        counts: Vec<f64>,
        labels: &[u8],
        arrangements: Arrangements,
    ) -> Self {
        let mentions = counts.chunks_exact(variants).map(|row| row.iter().sum()).collect();
        let mut test = OmnibusTest { variants, groups, units, counts, mentions, arrangements, observed: Vec::new() };
        test.observed = test.statistics(labels);
        test
    }

    /// The arrangements it goes through.
    pub fn arrangements(&self) -> &Arrangements {
        &self.arrangements
    }

    /// The observed statistics: the omnibus one, then one a variant.
    pub fn observed(&self) -> &[f64] {
        &self.observed
    }

    /// How many arrangements in `range` are at least as extreme: of the omnibus statistic, then of each variant's.
    /// Tallies of ranges are added.
    pub fn tally(&self, range: Range<u64>) -> Vec<u64> {
        let mut tally = vec![0; self.variants + 1];
        let mut labels = vec![0; self.units.len()];
        let mut scratch = Vec::new();
        for index in range {
            self.arrangements.write(index, &mut labels, &mut scratch);
            for ((n, found), observed) in tally.iter_mut().zip(self.statistics(&labels)).zip(&self.observed) {
                *n += u64::from(found >= tied(*observed));
            }
        }
        tally
    }

    /// The p-values of a tally of all arrangements: the omnibus one, then one a variant, to be looked at only
    /// where the first is small.
    pub fn p(&self, tally: &[u64]) -> Vec<PermutationP> {
        tally.iter().map(|&extreme| self.arrangements.p(extreme)).collect()
    }

    fn statistics(&self, labels: &[u8]) -> Vec<f64> {
        let shares = Shares::of(self, labels);
        let mut spread = vec![0.0; self.variants];
        let mut start = 0;
        for unit in self.units.chunk_by(|a, b| a == b) {
            let end = start + unit.len();
            match unit {
                [_] => self.add_article(start, usize::from(labels[start]), &shares, &mut spread),
                _ => self.add_event(start..end, labels, &shares, &mut spread),
            }
            start = end;
        }
        let distances: Vec<f64> = (0..self.variants).map(|v| shares.distance(v)).collect();
        let over = |above: f64, below: f64| if above < 1e-24 { 0.0 } else { above / below.max(1e-24) };
        let all = over(distances.iter().sum(), spread.iter().sum());
        std::iter::once(all).chain(distances.iter().zip(&spread).map(|(d, s)| over(*d, *s))).collect()
    }

    /// Adds Σ over pairs of groups of (e_g − e_h)², which is (G − 1) e² for an article by itself.
    fn add_article(&self, article: usize, group: usize, shares: &Shares, spread: &mut [f64]) {
        let m = self.mentions[article];
        let room = shares.mentions[group] + 1.0 - m;
        let weight = (self.groups as f64 - 1.0) / (room * room);
        let row = &self.counts[article * self.variants..][..self.variants];
        for ((spread, h), p) in spread.iter_mut().zip(row).zip(shares.of_group(group)) {
            let away = h - p * m;
            *spread += weight * away * away;
        }
    }

    /// The same of an event with several articles: G Σ e² − (Σ e)² over the groups.
    fn add_event(&self, articles: Range<usize>, labels: &[u8], shares: &Shares, spread: &mut [f64]) {
        let own = |g: usize| articles.clone().filter(move |&i| usize::from(labels[i]) == g);
        for (v, spread) in spread.iter_mut().enumerate() {
            let (mut sum, mut squares) = (0.0, 0.0);
            for g in 0..self.groups {
                let h: f64 = own(g).map(|i| self.counts[i * self.variants + v]).sum();
                let m: f64 = own(g).map(|i| self.mentions[i]).sum();
                let e = (h - shares.of_group(g)[v] * m) / (shares.mentions[g] + 1.0 - m);
                sum += e;
                squares += e * e;
            }
            *spread += self.groups as f64 * squares - sum * sum;
        }
    }
}

/// The groups' shares under some labels.
struct Shares {
    variants: usize,
    /// Smoothed shares, a row a group.
    shares: Vec<f64>,
    mentions: Vec<f64>,
}

impl Shares {
    fn of(test: &OmnibusTest, labels: &[u8]) -> Self {
        let variants = test.variants;
        let mut shares = vec![1.0 / variants as f64; test.groups * variants];
        let mut mentions = vec![0.0; test.groups];
        for ((row, m), &label) in test.counts.chunks_exact(variants).zip(&test.mentions).zip(labels) {
            let group = usize::from(label);
            mentions[group] += m;
            for (sum, count) in shares[group * variants..][..variants].iter_mut().zip(row) {
                *sum += count;
            }
        }
        for (row, m) in shares.chunks_exact_mut(variants).zip(&mentions) {
            row.iter_mut().for_each(|share| *share /= m + 1.0);
        }
        Shares { variants, shares, mentions }
    }

    fn of_group(&self, group: usize) -> &[f64] {
        &self.shares[group * self.variants..][..self.variants]
    }

    /// Σ over pairs of groups of the squared difference in a variant's share.
    fn distance(&self, variant: usize) -> f64 {
        let share = |g: usize| self.shares[g * self.variants + variant];
        let groups = self.mentions.len();
        (0..groups).flat_map(|g| (g + 1..groups).map(move |h| (g, h))).map(|(g, h)| (share(g) - share(h)).powi(2)).sum()
    }
}
