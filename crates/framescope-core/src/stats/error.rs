//! Why a number is withheld: a reason that has a type, in place of a NaN.

/// Why a statistic is not given. Groups are named by their place, 0 first.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum StatsError {
    /// Two slices that should be of one length, or a slice that is no whole number of rows.
    #[error("{found} values where {expected} were expected")]
    Shape {
        /// How many the other argument asks for.
        expected: usize,
        /// How many there were.
        found: usize,
    },
    /// A coverage outside (0, 1), such as 95 for 0.95.
    #[error("{0} is no coverage between 0 and 1")]
    Level(f64),
    /// A value that is not finite, or below 0 where it is a count, an exposure or a probability.
    #[error("{0} is no value this statistic is defined for")]
    Value(f64),
    /// A group has no words (no exposure, no mentions), so it has no rate (no share).
    #[error("group {group} has nothing to divide by")]
    NoExposure {
        /// The group.
        group: usize,
    },
    /// Fewer articles (or events) than this statistic needs.
    #[error("group {group} has {units} units, {needed} are needed")]
    TooFewUnits {
        /// The group; 0 also where there is only one sample.
        group: usize,
        /// The articles or events it has.
        units: usize,
        /// How many are needed.
        needed: usize,
    },
    /// Fewer events that both groups cover than a paired p-value needs.
    #[error("{events} events are covered by both groups, {needed} are needed")]
    TooFewPairs {
        /// The events that both groups cover.
        events: usize,
        /// How many are needed.
        needed: usize,
    },
    /// A group has no hit at all: a ratio to it cannot be estimated.
    #[error("group {group} has no hits")]
    NoHits {
        /// The group.
        group: usize,
    },
    /// A group expects too few hits at the pooled rate ("too few hits", design 10).
    #[error("group {group} expects {expected:.1} hits at the pooled rate, {needed} are needed")]
    TooFewHits {
        /// The group.
        group: usize,
        /// What it expects at the pooled rate.
        expected: f64,
        /// How many are needed.
        needed: f64,
    },
    /// Labels can be exchanged in no other way, so there is nothing to compare with.
    #[error("the labels can be arranged in one way only")]
    OneArrangement,
    /// No arrangement can have a p as small as is asked for.
    #[error("the smallest attainable p is {smallest}")]
    Unattainable {
        /// The smallest p that can be attained.
        smallest: f64,
    },
    /// All values are equal (or all resamples are), so their spread says nothing.
    #[error("the values do not vary")]
    NoVariation,
    /// Columns of a model depend on each other.
    #[error("a column of the model is a combination of others")]
    Singular,
    /// An iteration came to no end, as when a group without hits drives a coefficient to -∞.
    #[error("no convergence after {0} steps")]
    NotConverged(usize),
    /// Too many resamples lacked a value (a group without a mention), so the others mislead.
    #[error("{undefined} of {replicates} resamples have no value")]
    Undefined {
        /// Resamples without a value.
        undefined: usize,
        /// All resamples.
        replicates: usize,
    },
}

/// `level`, if it is a coverage.
pub(super) fn coverage(level: f64) -> Result<f64, StatsError> {
    if level > 0.0 && level < 1.0 { Ok(level) } else { Err(StatsError::Level(level)) }
}

/// Nothing, if the lengths are equal.
pub(super) fn same_length(expected: usize, found: usize) -> Result<(), StatsError> {
    if expected == found { Ok(()) } else { Err(StatsError::Shape { expected, found }) }
}

/// Nothing, if all values are finite and at least 0.
pub(super) fn nonnegative(values: &[f64]) -> Result<(), StatsError> {
    match values.iter().find(|v| !v.is_finite() || **v < 0.0) {
        Some(&value) => Err(StatsError::Value(value)),
        None => Ok(()),
    }
}

/// Nothing, if all values are finite.
pub(super) fn finite(values: &[f64]) -> Result<(), StatsError> {
    match values.iter().find(|v| !v.is_finite()) {
        Some(&value) => Err(StatsError::Value(value)),
        None => Ok(()),
    }
}
