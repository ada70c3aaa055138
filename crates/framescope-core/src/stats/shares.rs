//! Shares as ratios of sums: which name a group chooses for one thing, over all its mentions.
//!
//! Authors repeat their label, so mentions are not independent; articles (or events) are. Each group's share
//! is Σ hits / Σ mentions over its units, its interval a bootstrap of the units, and one omnibus permutation test
//! a referent says whether groups differ at all; single variants are looked at only after it.
//!
//! Articles without a mention say nothing of a share; they are left out from the start.
//!
//! The same serves whatever is a ratio of sums: `labelled` (labels, bare names), prevalence where articles share
//! events (present, absent), an axis (its share 2p − 1).

use std::ops::Range;

use super::arrange::Arrangements;
use super::bootstrap::{BCA_FROM, Bootstrap, bca, defined, percentile};
use super::bootstrap_sums::Cells;
use super::error::{StatsError, same_length};
use super::intervals::Interval;
use super::omnibus::OmnibusTest;

/// Articles with a mention that each group needs for the omnibus test.
pub const MENTIONING_ARTICLES: usize = 5;

/// How often each unit uses each variant.
#[derive(Debug, Clone, PartialEq)]
pub struct RatioGroups {
    variants: usize,
    groups: usize,
    articles: Vec<Article>,
    /// Counts, a row an article.
    counts: Vec<u32>,
    by_events: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Article {
    group: u8,
    unit: u32,
    mentions: u64,
}

/// The interval a bootstrap gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BootstrapInterval {
    /// Quantiles of the replicates.
    Percentile,
    /// Bias-corrected and accelerated, from [`BCA_FROM`] units a side.
    Bca,
}

/// What is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// The share of a variant in a group.
    Of {
        /// The group.
        group: usize,
        /// The variant.
        variant: usize,
    },
    /// The share of a variant in the second group less that in the first.
    Difference {
        /// Both groups.
        groups: [usize; 2],
        /// The variant.
        variant: usize,
    },
}

impl RatioGroups {
    /// `counts` holds a row of `variants` values an article, `labels` its group (0..`groups`), `events` its event where
    /// events are the units. Only articles with a mention are kept.
    ///
    /// # Errors
    /// [`StatsError::Shape`]; [`StatsError::Value`] for a label that is no group, or fewer than 2 variants.
    pub fn new(
        counts: &[u32],
        variants: usize,
        labels: &[u8],
        groups: usize,
        events: Option<&[u32]>,
    ) -> Result<Self, StatsError> {
        if variants < 2 {
            return Err(StatsError::Value(variants as f64));
        }
        same_length(labels.len() * variants, counts.len())?;
        same_length(labels.len(), events.map_or(labels.len(), <[u32]>::len))?;
        if let Some(&label) = labels.iter().find(|l| usize::from(**l) >= groups) {
            return Err(StatsError::Value(f64::from(label)));
        }
        // Units are numbered so that those of a group (or, of events, all) stand together.
        let mentions = |i: usize| counts[i * variants..(i + 1) * variants].iter().map(|&c| u64::from(c)).sum();
        let mut order: Vec<usize> = (0..labels.len()).filter(|&i| mentions(i) > 0).collect();
        let key = |i: usize| events.map_or(u32::from(labels[i]), |e| e[i]);
        order.sort_by_key(|&i| key(i));
        let mut articles = Vec::with_capacity(labels.len());
        let mut rows = Vec::with_capacity(counts.len());
        let mut unit = 0;
        for (place, &i) in order.iter().enumerate() {
            let same = events.is_some() && place > 0 && key(order[place - 1]) == key(i);
            unit += u32::from(place > 0 && !same);
            articles.push(Article { group: labels[i], unit, mentions: mentions(i) });
            rows.extend_from_slice(&counts[i * variants..(i + 1) * variants]);
        }
        Ok(RatioGroups { variants, groups, articles, counts: rows, by_events: events.is_some() })
    }

    /// Mentions of a group: the denominator of its shares.
    pub fn mentions(&self, group: usize) -> u64 {
        self.of(group).map(|a| a.mentions).sum()
    }

    /// Articles of a group with a mention.
    pub fn mentioning(&self, group: usize) -> usize {
        self.of(group).count()
    }

    /// The share of each variant in a group; none without mentions.
    pub fn shares(&self, group: usize) -> Option<Vec<f64>> {
        (0..self.variants).map(|variant| self.estimate(Share::Of { group, variant })).collect()
    }

    /// The share, or difference; none where a group has no mentions.
    pub fn estimate(&self, share: Share) -> Option<f64> {
        self.sums(|_| 1).estimate(share)
    }

    fn of(&self, group: usize) -> impl Iterator<Item = &Article> {
        self.articles.iter().filter(move |a| usize::from(a.group) == group)
    }

    fn sums(&self, weight: impl Fn(u32) -> u32) -> Sums {
        let width = self.variants + 1;
        let mut sums = Sums { width, cells: vec![0; self.groups * width] };
        for (article, row) in self.articles.iter().zip(self.counts.chunks_exact(self.variants)) {
            let weight = u64::from(weight(article.unit));
            let own = &mut sums.cells[usize::from(article.group) * width..][..width];
            for (sum, &count) in own.iter_mut().zip(row) {
                *sum += weight * u64::from(count);
            }
            own[self.variants] += weight * article.mentions;
        }
        sums
    }

    /// The bootstrap of the units.
    ///
    /// # Errors
    /// [`StatsError::TooFewUnits`] where a group has fewer than 2.
    pub fn bootstrap(&self, replicates: u64, seed: u64) -> Result<Bootstrap, StatsError> {
        match self.by_events {
            true => Bootstrap::new(&[self.units()], replicates, seed),
            false => {
                let sizes: Vec<usize> = (0..self.groups).map(|g| self.of(g).count()).collect();
                Bootstrap::new(&sizes, replicates, seed)
            }
        }
    }

    /// The replicates in `range` of each share, which are resampled together; ranges are put together in order.
    pub fn replicates(&self, shares: &[Share], plan: &Bootstrap, range: Range<u64>) -> Vec<Vec<Option<f64>>> {
        // As in `Sums`: hits of each variant, then mentions, a row a group.
        let width = self.variants + 1;
        let mut columns: Vec<Vec<(u32, f64)>> = vec![Vec::new(); self.groups * width];
        for (article, row) in self.articles.iter().zip(self.counts.chunks_exact(self.variants)) {
            let own = &mut columns[usize::from(article.group) * width..][..width];
            own[self.variants].push((article.unit, article.mentions as f64));
            for (column, &count) in own.iter_mut().zip(row).filter(|(_, count)| **count > 0) {
                column.push((article.unit, f64::from(count)));
            }
        }
        let sums = plan.sums(range, &columns.iter().map(Vec::as_slice).collect::<Vec<&Cells>>());
        let of = |group: usize, variant: usize| {
            // What no group or no variant has has no value.
            let is_there = group < self.groups && variant < self.variants;
            let place = if is_there { group * width + variant } else { 0 };
            let (hits, mentions) = (&sums[place], &sums[place - place % width + self.variants]);
            hits.iter().zip(mentions).map(move |(h, m)| (is_there && *m > 0.0).then(|| h / m))
        };
        let one = |share: &Share| match *share {
            Share::Of { group, variant } => of(group, variant).collect(),
            Share::Difference { groups: [a, b], variant } => {
                of(a, variant).zip(of(b, variant)).map(|(a, b)| Some(b? - a?)).collect()
            }
        };
        shares.iter().map(one).collect()
    }

    /// The interval of a share from all its replicates.
    ///
    /// # Errors
    /// [`StatsError::NoExposure`] without mentions; [`StatsError::NoVariation`] where all articles agree (see
    /// [`percentile`]); [`StatsError::TooFewUnits`] for BCa below [`BCA_FROM`] units a side; [`StatsError::Undefined`].
    pub fn interval(
        &self,
        share: Share,
        plan: &Bootstrap,
        replicates: &[Option<f64>],
        level: f64,
        kind: BootstrapInterval,
    ) -> Result<Interval, StatsError> {
        let groups = match share {
            Share::Of { group, .. } => [group, group],
            Share::Difference { groups, .. } => groups,
        };
        for group in groups {
            if self.mentions(group) == 0 {
                return Err(StatsError::NoExposure { group });
            }
        }
        let values = defined(replicates)?;
        if kind == BootstrapInterval::Percentile {
            return percentile(&values, level);
        }
        for group in groups {
            let units = self.units_of(group);
            if units < BCA_FROM {
                return Err(StatsError::TooFewUnits { group, units, needed: BCA_FROM });
            }
        }
        let jackknife = plan.jackknife(|weights| self.sums(|unit| weights[unit as usize]).estimate(share))?;
        let estimate = self.estimate(share).ok_or(StatsError::NoExposure { group: groups[0] })?;
        bca(estimate, &values, &jackknife, level)
    }

    fn units(&self) -> usize {
        self.articles.last().map_or(0, |a| a.unit as usize + 1)
    }

    fn units_of(&self, group: usize) -> usize {
        let mut units: Vec<u32> = self.of(group).map(|a| a.unit).collect();
        units.dedup();
        units.len()
    }

    /// The omnibus permutation test that the groups choose alike: labels are exchanged among the articles with a
    /// mention (within events where these are the units). `draws` and `seed` as for [`Arrangements::of`].
    ///
    /// # Errors
    /// [`StatsError::NoExposure`], [`StatsError::TooFewUnits`] where a group has fewer than
    /// [`MENTIONING_ARTICLES`], [`StatsError::OneArrangement`], [`StatsError::NoVariation`] where all groups use one
    /// and the same variant only.
    pub fn omnibus(&self, draws: u64, seed: u64) -> Result<OmnibusTest, StatsError> {
        for group in 0..self.groups {
            let units = self.mentioning(group);
            match units {
                0 => return Err(StatsError::NoExposure { group }),
                units if units < MENTIONING_ARTICLES => {
                    return Err(StatsError::TooFewUnits { group, units, needed: MENTIONING_ARTICLES });
                }
                _ => {}
            }
        }
        let labels: Vec<u8> = self.articles.iter().map(|a| a.group).collect();
        let units: Vec<u32> = self.articles.iter().map(|a| a.unit).collect();
        let counts: Vec<f64> = self.counts.iter().map(|&c| f64::from(c)).collect();
        let used = (0..self.variants).filter(|v| counts.iter().skip(*v).step_by(self.variants).any(|c| *c > 0.0));
        if used.count() < 2 {
            return Err(StatsError::NoVariation);
        }
        let arrangements = match self.by_events {
            true => Arrangements::within(&labels, &units, draws, seed)?,
            false => Arrangements::of(&labels, draws, seed)?,
        };
        Ok(OmnibusTest::new(self.variants, self.groups, units, counts, &labels, arrangements))
    }
}

/// Hits of each variant, then mentions, a row a group.
struct Sums {
    width: usize,
    cells: Vec<u64>,
}

impl Sums {
    fn estimate(&self, share: Share) -> Option<f64> {
        let of = |group: usize, variant: usize| {
            let row = self.cells.chunks_exact(self.width).nth(group)?;
            let (&mentions, hits) = row.split_last()?;
            let hits = *hits.get(variant)?;
            (mentions > 0).then(|| hits as f64 / mentions as f64)
        };
        match share {
            Share::Of { group, variant } => of(group, variant),
            Share::Difference { groups: [a, b], variant } => Some(of(b, variant)? - of(a, variant)?),
        }
    }
}

#[cfg(test)]
#[path = "shares_tests.rs"]
mod tests;
