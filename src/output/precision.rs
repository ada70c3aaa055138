//! How often the hits of a path are right, as far as somebody looked.

use std::collections::BTreeMap;
use std::fmt;

/// Fewer judged hits than this are called few.
const FEW: u64 = 20;

/// The measured precision of a lexicon's paths.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LexiconPrecision {
    /// By path; one that is not there was not measured.
    pub paths: BTreeMap<String, PathPrecision>,
    /// Who judged, when, on which texts; empty where nothing was measured.
    pub judged: String,
}

/// The measured precision of a path: of the hits of its own entries, not of paths under it.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum PathPrecision {
    /// Nobody judged its hits.
    #[default]
    NotMeasured,
    /// Hits were looked for and there was none.
    NoHits,
    /// It is not what was judged: a figure would be of another path.
    Changed {
        /// The lexicon's version that was judged.
        version: String,
    },
    /// It was judged as it stands.
    Measured(Precision),
}

/// A share of right hits, with its 95 % interval.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Precision {
    /// The share.
    pub share: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// How many hits were judged.
    pub judged: u64,
    /// Whether it is at least .80 with a lower end of at least .70.
    pub holds: bool,
}

impl LexiconPrecision {
    /// That of a path.
    pub fn of(&self, path: &str) -> PathPrecision {
        self.paths.get(path).cloned().unwrap_or_default()
    }

    /// Whether anything is known of any path.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }
}

impl fmt::Display for PathPrecision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PathPrecision::NotMeasured => f.write_str("not measured"),
            PathPrecision::NoHits => f.write_str("not measured: the corpora searched have no hit"),
            PathPrecision::Changed { version } => {
                let version = if version.is_empty() { String::new() } else { format!("version {version} ") };
                write!(f, "not measured as it stands: it changed since {version}was judged")
            }
            PathPrecision::Measured(Precision { share, low, high, judged, .. }) => {
                let hits = if *judged == 1 { "hit" } else { "hits" };
                write!(f, "{share:.2} (95 % {low:.2} to {high:.2}, {judged} {hits} judged)")?;
                self.doubts().iter().try_for_each(|doubt| write!(f, "; {doubt}"))
            }
        }
    }
}

impl PathPrecision {
    /// What speaks against relying on the figure.
    pub(super) fn doubts(&self) -> Vec<&'static str> {
        let PathPrecision::Measured(precision) = self else { return Vec::new() };
        let doubts = [
            (!precision.holds, "below the mark of 0.80 with a lower end of 0.70"),
            (precision.judged < FEW, "few were judged"),
        ];
        doubts.into_iter().filter(|(holds, _)| *holds).map(|(_, doubt)| doubt).collect()
    }
}
