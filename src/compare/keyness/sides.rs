//! The sides of a contrast: which groups are on them, and what all their articles come to.

use std::collections::BTreeMap;

use super::types::ArticleSize;
use super::{KeynessError, LONGEST};
use crate::compare::{GroupId, Groups};

/// Contrasts above which nobody reads the table: the pairs of 50 groups.
const MOST_CONTRASTS: usize = 1_225;

/// What is compared with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Versus {
    /// Each group with each other one.
    Each,
    /// Each group with all others together.
    Rest,
}

/// Some of the groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Side {
    One(GroupId),
    AllBut(GroupId),
}

impl Side {
    pub(super) fn holds(self, group: GroupId) -> bool {
        match self {
            Side::One(own) => own == group,
            Side::AllBut(other) => other != group,
        }
    }
}

/// What all articles of a side come to.
#[derive(Debug, Clone, Default)]
pub(super) struct Size {
    pub(super) articles: u32,
    pub(super) places: [u64; LONGEST],
    /// How many articles have so many places, for each length.
    pub(super) sizes: [BTreeMap<u32, u32>; LONGEST],
}

impl Size {
    pub(super) fn add(&mut self, article: &ArticleSize) {
        self.articles += 1;
        for length in 0..LONGEST {
            let places = article.places[length];
            self.places[length] += u64::from(places);
            if places > 0 {
                *self.sizes[length].entry(places).or_default() += 1;
            }
        }
    }

    pub(super) fn worded(&self, length: usize) -> usize {
        self.sizes[length].values().map(|&n| n as usize).sum()
    }
}

/// What is compared, and the groups that cannot be because they have no words.
#[allow(clippy::type_complexity)]
pub(super) fn pairs(
    groups: &Groups,
    sizes: &[Size],
    versus: Versus,
) -> Result<(Vec<([Side; 2], [String; 2])>, Vec<String>), KeynessError> {
    let names = groups.names();
    let (worded, wordless): (Vec<usize>, Vec<usize>) = (0..names.len()).partition(|&g| sizes[g].places[0] > 0);
    let side = |g: usize| Side::One(GroupId(g as u32));
    let wordless: Vec<String> = wordless.into_iter().map(|g| names[g].clone()).collect();
    match worded[..] {
        [] => return Err(KeynessError::Groups("no article has a word in the voice that is counted".to_owned())),
        [one] => {
            let others = match wordless.len() {
                0 => String::new(),
                n => format!(" ({n} more without a word in the voice that is counted)"),
            };
            return Err(KeynessError::Groups(format!(
                "there is one group only, {:?}{others}: nothing to compare it with; group by another column with --by",
                names[one]
            )));
        }
        _ => {}
    }
    let n = worded.len();
    let contrasts = if versus == Versus::Rest { n } else { n * (n - 1) / 2 };
    if contrasts > MOST_CONTRASTS {
        let remedy = match versus {
            Versus::Each => "compare each with all others together (--vs rest), take",
            Versus::Rest => "take",
        };
        return Err(KeynessError::Groups(format!(
            "{n} groups make {contrasts} contrasts, which nobody reads: {remedy} some of them (--where), or group by another \
             column (--by)"
        )));
    }
    // Of two groups, the rest of either is the other.
    if versus == Versus::Rest && n > 2 {
        let mut others = REST.to_owned();
        // A group may really be called so.
        while names.contains(&others) {
            others.push_str(" (all others)");
        }
        let rest = |g: usize| ([side(g), Side::AllBut(GroupId(g as u32))], [names[g].clone(), others.clone()]);
        return Ok((worded.into_iter().map(rest).collect(), wordless));
    }
    let mut pairs = Vec::with_capacity(contrasts);
    for (at, &first) in worded.iter().enumerate() {
        for &second in &worded[at + 1..] {
            pairs.push(([side(first), side(second)], [names[first].clone(), names[second].clone()]));
        }
    }
    Ok((pairs, wordless))
}

/// What all other groups together are called.
const REST: &str = "(rest)";

pub(super) fn size_of(side: Side, groups: &[Size]) -> Size {
    let mut sum = Size::default();
    for (_, size) in groups.iter().enumerate().filter(|(g, _)| side.holds(GroupId(*g as u32))) {
        sum.articles += size.articles;
        for length in 0..LONGEST {
            sum.places[length] += size.places[length];
            for (&places, &n) in &size.sizes[length] {
                *sum.sizes[length].entry(places).or_default() += n;
            }
        }
    }
    sum
}
