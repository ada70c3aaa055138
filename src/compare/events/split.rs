//! How much of a difference is which events were covered, and how much is how the same events were told.
//!
//! The split is exact (Kitagawa 1955): coverage and treatment sum to the difference of the pooled rates, and so do the
//! parts of the events, those that are listed and the rest together.

use framescope_core::score::Headline;
use framescope_core::stats::{Count, kitagawa};

use super::Events;
use crate::compare::units::Units;

/// The difference of two groups' rates of one path, split. Rates are hits per word.
#[derive(Debug, Clone, PartialEq)]
pub struct PathSplit {
    /// The path, by running number.
    pub path: u32,
    /// The two groups; the difference is the second's rate less the first's.
    pub groups: [u32; 2],
    /// Their pooled rates, over the articles that are of an event.
    pub rates: [f64; 2],
    /// What comes from the events covered.
    pub coverage: f64,
    /// What comes from telling the same events differently.
    pub treatment: f64,
    /// Events that each group covers with at least a word.
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
    /// Hits and words of both groups in it.
    pub counts: [Count; 2],
}

/// The splits of all paths between all pairs of groups, in one voice; paths that have no hit in either group are left
/// out, and so are groups without a word in any event. At most `most` events are listed each.
pub fn splits(units: &Units, events: &Events, voice: Headline, most: usize) -> Vec<PathSplit> {
    let groups = units.groups().values().len() as u32;
    let mut splits = Vec::new();
    for path in 0..units.vocabulary.paths.len() as u32 {
        let Some(counts) = units.counts(path, voice) else { continue };
        let mut table = vec![Count::default(); events.events.len() * groups as usize];
        for (article, count) in (0..).zip(counts) {
            if let Some(event) = events.event_of[article as usize] {
                let cell = &mut table[(event * groups + units.group(article)) as usize];
                *cell = [*cell, count].into_iter().sum();
            }
        }
        for a in 0..groups {
            for b in a + 1..groups {
                let pair: Vec<[Count; 2]> =
                    table.chunks(groups as usize).map(|row| [row[a as usize], row[b as usize]]).collect();
                splits.extend(split(path, [a, b], &pair, most));
            }
        }
    }
    splits
}

fn split(path: u32, groups: [u32; 2], events: &[[Count; 2]], most: usize) -> Option<PathSplit> {
    if events.iter().flatten().all(|count| count.hits == 0) {
        return None;
    }
    // It fails where a group has no word in any event: there is nothing to split.
    let split = kitagawa(events).ok()?;
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
    let has = |group: usize| events.iter().filter(|counts| counts[group].words > 0).count() as u32;
    Some(PathSplit {
        path,
        groups,
        rates: split.rates,
        coverage: split.coverage,
        treatment: split.treatment,
        covered: [has(0), has(1)],
        both: events.iter().filter(|counts| counts.iter().all(|count| count.words > 0)).count() as u32,
        events: shares,
        rest: [rest.iter().map(|share| share.coverage).sum(), rest.iter().map(|share| share.treatment).sum()],
    })
}
