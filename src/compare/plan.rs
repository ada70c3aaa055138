//! How groups are to be compared: what is held against what, with how much chance, and what was named before looking.

use std::num::NonZeroUsize;

use super::study::Study;
use super::units::Units;
use crate::corpus::DateOrder;

/// Coverage of all intervals.
pub const LEVEL: f64 = 0.95;
/// Arrangements that are drawn where there are too many to go through all.
pub const PERMUTATIONS: u64 = 9_999;
/// Bootstrap replicates: the ends of a percentile interval move by a hundredth of its width from seed to seed.
pub const REPLICATES: u64 = 1_999;
/// More groups than this are no comparison: every pair of them is a test.
pub const MOST_GROUPS: usize = 100;

/// How groups are to be compared.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Plan {
    /// The name of what decides the group.
    pub by: String,
    /// What is held against what.
    pub pairing: Pairing,
    /// Columns within whose values labels are exchanged; those of events are in `events`.
    pub within: Vec<String>,
    /// From how many hits a path is present.
    pub present_min: u32,
    /// Coverage of intervals.
    pub level: f64,
    /// Arrangements drawn where not all are gone through.
    pub permutations: u64,
    /// Bootstrap replicates.
    pub replicates: u64,
    /// The seed of all chance.
    pub seed: u64,
    /// The model of rates.
    pub model: Model,
    /// BCa intervals of shares, where there are 50 articles a side.
    pub bca: bool,
    /// Threads that resample.
    pub threads: NonZeroUsize,
    /// What was said before looking.
    pub study: Study,
    /// Events as units.
    pub events: Option<EventUnits>,
    /// Clusters that the model's errors are robust to; events, where these are the units and nothing was named.
    pub clusters: Option<EventUnits>,
    /// What 03/04/2025 means, if somebody said.
    pub date_order: Option<DateOrder>,
}

/// What is held against what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pairing {
    /// Every two groups.
    #[default]
    EachPair,
    /// Each group and all others together.
    AgainstRest,
}

/// The model of rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Model {
    /// The studentised log ratio of pooled rates and its permutation test, which every run has.
    #[default]
    Studentised,
    /// Beside it a quasi-Poisson regression.
    QuasiPoisson,
    /// Beside it a negative binomial regression.
    NegativeBinomial,
}

impl Model {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Model::Studentised => "studentised",
            Model::QuasiPoisson => "quasipoisson",
            Model::NegativeBinomial => "nb",
        }
    }
}

/// Which article is of which event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventUnits {
    /// What says so, for people.
    pub source: String,
    /// The event of each article; an article of no known event has a number of its own.
    pub of_article: Vec<u32>,
}

impl EventUnits {
    /// The events that a column names; an article without one is an event of its own. None where no article has one.
    pub fn of_column(units: &Units, name: &str) -> Option<EventUnits> {
        let column = units.column(name).filter(|column| !column.values().is_empty())?;
        let known = column.values().len() as u32;
        let of_article = units.articles().map(|article| column.number(article).unwrap_or(known + article)).collect();
        Some(EventUnits { source: format!("the column {name}"), of_article })
    }
}

impl Plan {
    /// The defaults of a comparison by this.
    pub fn new(by: impl Into<String>, threads: NonZeroUsize) -> Plan {
        Plan {
            by: by.into(),
            pairing: Pairing::EachPair,
            within: Vec::new(),
            present_min: 1,
            level: LEVEL,
            permutations: PERMUTATIONS,
            replicates: REPLICATES,
            seed: 1,
            model: Model::Studentised,
            bca: false,
            threads,
            study: Study::default(),
            events: None,
            clusters: None,
            date_order: None,
        }
    }
}
