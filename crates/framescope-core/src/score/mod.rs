//! Hits to measures, measures to an article's scores.
//!
//! An [`Engine`] reads, matches and counts one article into an [`ArticleScore`]. Its [`Tally`]
//! holds what was counted and nothing that depends on how it will be shown; a [`Scoring`] turns a
//! tally into [`Value`]s of [`Measure`]s (of paths) and [`AxisMeasure`]s (of axes), and knows what
//! each is divided by. [`each_segment`] does the same for the sentences, paragraphs or zones of
//! an article, from the same hits, so that segments sum to the article.
//!
//! Rules that hold:
//! - A rate is divided by the words of exactly the voices and zones its numerator was counted in.
//! - No words: a rate is empty, a count is 0. No title: both are empty.
//! - `present`, `share`, `labelled` and axes are taken over the hits that enter `count` in the
//!   headline voice ([`Headline`]); the lexicon's own `voices`, where it has them, stand instead.

mod columns;
mod engine;
mod measure;
mod scoring;
mod segment;
mod tally;

#[cfg(test)]
mod fake;
#[cfg(test)]
mod tests;

pub use columns::{is_reserved, path_stem, prefix_of};
pub use engine::{MatcherEngine, Scratch as MatcherScratch};
pub use measure::{AxisMeasure, Denominator, Measure, MeasureDoc, Part, Selection, UnknownMeasure, Value};
pub use scoring::{Headline, LexiconScope, Scoring};
pub use segment::{Segment, SegmentKind, each_segment};
pub use tally::{AxisTally, PathTally, Tally, TallyScratch, tally};

use crate::matching::{Resolution, Want};
use crate::text::{Analysis, Article};

/// Scores articles. The reference engine, the fast one and other tools' rules are
/// implementations; the boundary is the whole article, so that a fast path may fuse what it likes.
pub trait Engine: Sync {
    /// What a thread keeps between articles.
    type Scratch: Default + Send;

    /// Reads, matches and counts one article into `out`, which is cleared first.
    fn score(&self, article: &Article<'_>, scratch: &mut Self::Scratch, want: Want, out: &mut ArticleScore);
}

/// One article's scores, and what they were counted from.
#[derive(Debug, Default, Clone)]
pub struct ArticleScore {
    /// Tokens, sentences, zones, voices.
    pub analysis: Analysis,
    /// The hits.
    pub resolution: Resolution,
    /// The counts of the whole article.
    pub tally: Tally,
}
