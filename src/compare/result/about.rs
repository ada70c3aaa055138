//! What is said of a comparison beside its numbers: how it was made, of what, and what limits it.

use serde::Serialize;

use super::InVoice;

/// How it was compared.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PlanFacts {
    /// The version of framescope.
    pub framescope: String,
    /// The column whose values are the groups.
    pub by: String,
    /// Whether each group is held against the rest, not pair by pair.
    pub against_rest: bool,
    /// The columns within whose values labels were exchanged.
    pub within: Vec<String>,
    /// From how many hits a path is present.
    pub present_min: u32,
    /// The coverage of all intervals.
    pub level: f64,
    /// Arrangements drawn where there are too many to go through all.
    pub permutations: u64,
    /// Bootstrap replicates.
    pub replicates: u64,
    /// The seed of all chance.
    pub seed: u64,
    /// The model of rates: `studentised`, `quasipoisson` or `nb`.
    pub model: String,
    /// Whether BCa intervals were asked for.
    pub bca: bool,
    /// Where events are the units: what said which article is of which event.
    pub events: Option<String>,
    /// Where the model's errors are robust to clusters of their own: what said which article is of which.
    pub clusters: Option<String>,
    /// The paths that were named before looking.
    pub primary: Vec<String>,
}

/// What was compared.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CorpusFacts {
    /// Articles in a group, less copies that were left out: those of all tables.
    pub articles: u64,
    /// Their words.
    pub words: u64,
    /// Articles left out because they have no group.
    pub without_group: u64,
    /// Copies of an earlier article of the same group that were left out (`--events auto`).
    pub copies: u64,
    /// Articles that could not be read.
    pub skipped: u64,
}

/// A lexicon of the comparison.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LexiconNote {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its language, empty if unsaid.
    pub language: String,
    /// SHA-256 of each file it was read from, in hexadecimal digits.
    pub sha256: Vec<String>,
}

/// A path of the comparison.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PathNote {
    /// Which of [`Comparison::lexicons`].
    pub lexicon: u32,
    /// Its full name, with dots.
    pub id: String,
    /// `category`, `referent`, `variant` or `name`.
    pub kind: &'static str,
    /// The path it stands under.
    pub parent: Option<u32>,
    /// Name for people; empty if unsaid.
    pub label: String,
    /// What counts; empty if unsaid.
    pub definition: String,
    /// What a variant carries along; empty if unsaid.
    pub connotation: String,
    /// Who reads it so; empty if unsaid.
    pub according_to: String,
    /// Whether the lexicon calls it experimental.
    pub is_experimental: bool,
    /// Whether it was named before looking.
    pub is_primary: bool,
}

/// A family of tests.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Family {
    /// What is in it, in words.
    pub name: String,
    /// `holm` or `benjamini-hochberg`.
    pub method: &'static str,
    /// How many tests.
    pub tests: u64,
}

/// A warning.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Warning {
    /// Its stable code, `W01` to `W21`.
    pub code: &'static str,
    /// What limits what, with the numbers that made it fire.
    pub text: String,
    /// Those numbers, by name.
    pub numbers: Vec<(&'static str, f64)>,
    /// Which path, side, pair or voice it is about.
    pub place: Place,
}

/// What a warning is about; all `None`: the whole comparison.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The path.
    pub path: Option<u32>,
    /// The axis, by running number.
    pub axis: Option<u32>,
    /// The side.
    pub side: Option<u32>,
    /// The pair.
    pub pair: Option<u32>,
    /// The voice.
    pub voice: Option<InVoice>,
}

/// What was left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Its name.
    pub what: String,
    /// Why.
    pub why: String,
}
