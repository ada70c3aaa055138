//! How much of a difference is which events were covered, and how much is how the same events were told.
//!
//! The split is exact (Kitagawa 1955): coverage and treatment sum to the difference of the pooled rates, and so do the
//! parts of the events, those that are listed and the rest together.

use framescope_core::score::Headline;
use framescope_core::stats::{Count, kitagawa};

use super::Events;
use crate::compare::units::Units;

/// The difference of the rates of one path in the groups of a pair, split. Rates are hits per word; the difference is the
/// group's less that of what it is held against.
#[derive(Debug, Clone, PartialEq)]
pub struct PathSplit {
    /// The path, by running number.
    pub path: u32,
    /// Which of the pairs given.
    pub pair: u32,
    /// The pooled rates of the group and of the other, over the articles that are of an event.
    pub rates: [f64; 2],
    /// What comes from the events covered.
    pub coverage: f64,
    /// What comes from telling the same events differently.
    pub treatment: f64,
    /// Events that each covers with at least a word.
    pub covered: [u32; 2],
    /// Events that both cover.
    pub both: u32,
    /// The events that add most, either way.
    pub events: Vec<EventShare>,
    /// What all other events add, to coverage and to treatment.
    pub rest: [f64; 2],
}

/// What one event adds to a difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EventShare {
    /// The event, by number.
    pub event: u32,
    /// What it adds to coverage.
    pub coverage: f64,
    /// What it adds to treatment.
    pub treatment: f64,
    /// Hits and words in it, of the group and of the other.
    pub counts: [Count; 2],
}

/// The splits of all paths for `pairs` of sides, each side some groups of `units`, in one voice. Paths that have no hit on
/// either side are left out, and so are sides without a word in any event. At most `most` events are listed each.
pub fn splits(units: &Units, events: &Events, voice: Headline, pairs: &[[&[u32]; 2]], most: usize) -> Vec<PathSplit> {
    let groups = units.groups().values().len();
    let mut splits = Vec::new();
    for path in 0..units.vocabulary.paths.len() as u32 {
        let Some(counts) = units.counts(path, voice) else { continue };
        let mut table = vec![Count::default(); events.events.len() * groups];
        for (article, count) in (0..).zip(counts) {
            let (event, group) = (events.event_of[article as usize], units.group(article) as usize);
            if let Some(cell) = event.and_then(|event| table.get_mut(event as usize * groups..)?.get_mut(group)) {
                *cell = [*cell, count].into_iter().sum();
            }
        }
        for (number, sides) in (0..).zip(pairs) {
            let of =
                |row: &[Count], side: &[u32]| side.iter().filter_map(|&group| row.get(group as usize)).copied().sum();
            let pair: Vec<[Count; 2]> =
                table.chunks(groups.max(1)).map(|row| [of(row, sides[0]), of(row, sides[1])]).collect();
            splits.extend(split(path, number, &pair, most));
        }
    }
    splits
}

fn split(path: u32, pair: u32, events: &[[Count; 2]], most: usize) -> Option<PathSplit> {
    if events.iter().flatten().all(|count| count.hits == 0) {
        return None;
    }
    // The kernel takes the first off the second. It fails where a side has no word in any event: nothing to split.
    let turned: Vec<[Count; 2]> = events.iter().map(|&[group, other]| [other, group]).collect();
    let split = kitagawa(&turned).ok()?;
    let mut shares: Vec<EventShare> = (0..)
        .zip(split.events.iter().zip(events))
        .filter(|(_, (_, counts))| counts.iter().any(|count| count.words > 0))
        .map(|(event, (part, &counts))| EventShare {
            event,
            coverage: part.coverage,
            treatment: part.treatment,
            counts,
        })
        .collect();
    let size = |share: &EventShare| share.coverage.abs() + share.treatment.abs();
    shares.sort_by(|a, b| size(b).total_cmp(&size(a)).then(a.event.cmp(&b.event)));
    let rest = shares.split_off(most.min(shares.len()));
    let has = |side: usize| events.iter().filter(|counts| counts[side].words > 0).count() as u32;
    Some(PathSplit {
        path,
        pair,
        rates: [split.rates[1], split.rates[0]],
        coverage: split.coverage,
        treatment: split.treatment,
        covered: [has(0), has(1)],
        both: events.iter().filter(|counts| counts.iter().all(|count| count.words > 0)).count() as u32,
        events: shares,
        rest: [rest.iter().map(|share| share.coverage).sum(), rest.iter().map(|share| share.treatment).sum()],
    })
}
