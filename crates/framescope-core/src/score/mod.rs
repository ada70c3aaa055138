//! Hits to measures, measures to an article's scores.

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

/// Counts of one article, or of one segment of it.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Tally {
    /// Tokens by zone and voice: `words[zone][voice]`.
    pub words: [[u32; 3]; 4],
    /// Tokens in quotations of 1 to 3 words.
    pub quoted_short_words: u32,
    /// Sentences that hold a token.
    pub sentences: u32,
    /// Whether the article has a title.
    pub has_title: bool,
    /// One row a path, by [`crate::lexicon::LexiconSet::path_number`].
    pub paths: Vec<PathTally>,
    /// One row an axis, by [`crate::lexicon::LexiconSet::axis_number`].
    pub axes: Vec<AxisTally>,
}

/// Counts of one path.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct PathTally {
    /// Hits by zone and voice, over all voices and zones.
    pub hits: [[u32; 3]; 4],
}

/// Counts of one axis.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct AxisTally {
    /// Hits of the positive pole.
    pub positive: u32,
    /// Hits of the negative pole.
    pub negative: u32,
}
