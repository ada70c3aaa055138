//! Pairs of groups, as word-level comparing sees them: two sides, each one group or several.
//!
//! In all that is counted of a pair, what comes first is of the side that is compared with (`against`), what comes second of
//! the group; differences are the second less the first, ratios the second over the first.

use framescope_core::stats::Count;

use super::Units;
use super::sums::Sums;

/// Two sides that are held against each other: the first is the one that the second is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Facing {
    /// The side of each group, by its number: 0, 1, or none.
    side: Vec<Option<u8>>,
}

impl Facing {
    /// Two sets of groups (numbers of [`Units::groups`], of which there are `groups`).
    pub(crate) fn new(groups: usize, sets: [&[u32]; 2]) -> Facing {
        let of = |group: u32| (0..2).find(|side| sets[*side as usize].contains(&group));
        Facing { side: (0..groups as u32).map(of).collect() }
    }

    /// The side of a group.
    pub(crate) fn side(&self, group: u32) -> Option<usize> {
        self.side.get(group as usize).copied().flatten().map(usize::from)
    }

    /// Sums of the groups of each side.
    pub(crate) fn sum(&self, by_group: &[u64]) -> [u64; 2] {
        let mut sums = [0; 2];
        for (group, n) in (0..).zip(by_group) {
            if let Some(side) = self.side(group) {
                sums[side] += n;
            }
        }
        sums
    }

    /// Sums of the groups of one side, from a row of sums by group.
    pub(crate) fn together(&self, by_group: &[Sums], side: usize) -> Sums {
        Sums::together((0..).zip(by_group).filter(|(group, _)| self.side(*group) == Some(side)).map(|(_, sums)| sums))
    }

    /// The counts of the articles of each side.
    pub(crate) fn split(&self, units: &Units, counts: &[Count]) -> [Vec<Count>; 2] {
        let mut sides = [Vec::new(), Vec::new()];
        for (article, count) in units.articles().zip(counts) {
            if let Some(side) = self.side(units.group(article)) {
                sides[side].push(*count);
            }
        }
        sides
    }
}
