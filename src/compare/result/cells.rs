//! What each side has of each path, referent, axis and entry, and what sets each pair apart there.

use serde::Serialize;

use super::{Ends, Estimate, InVoice, PValue};
use crate::compare::models::ModelResult;
use crate::compare::paired::PairedResult;

/// What a side has of a path in a voice.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct PathCell {
    /// The path.
    pub path: u32,
    /// The side.
    pub side: u32,
    /// The voice.
    pub voice: InVoice,
    /// Articles with words in this voice.
    pub articles: u64,
    /// Articles in which the path is present, of all articles of the side.
    pub present: u64,
    /// Present over articles, with Wilson's interval (from 2 articles).
    pub prevalence: Option<Estimate>,
    /// Hits.
    pub hits: u64,
    /// The words they were counted in.
    pub words: u64,
    /// Hits per 1,000 of those words, all articles together. In a side of one article the interval is the exact one of
    /// a Poisson count, and says nothing of other articles.
    pub rate: Option<Estimate>,
    /// Mean of the articles' rates per 1,000 words.
    pub mean_rate: Option<f64>,
    /// Median of the articles' rates.
    pub median_rate: Option<f64>,
    /// The lowest and highest of the articles' rates.
    pub range: Option<Ends>,
    /// The share of the article with most hits in the side's hits.
    pub largest_share: Option<f64>,
    /// That article.
    pub largest_article: Option<String>,
    /// Upper bound of the prevalence of what was never found: 3 over articles.
    pub zero_bound: Option<f64>,
    /// Warnings about it: which of [`Comparison::warnings`].
    pub warnings: Vec<u32>,
}

/// What sets a pair apart on a path in a voice.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Contrast {
    /// The path.
    pub path: u32,
    /// Which of [`Comparison::pairs`].
    pub pair: u32,
    /// The voice.
    pub voice: InVoice,
    /// Prevalence of the group less that of the other (Newcombe's interval).
    pub risk_difference: Option<Estimate>,
    /// Rate of the group over that of the other, ½ added to both hits.
    pub rate_ratio: Option<Estimate>,
    /// Its permutation test.
    pub p: Option<PValue>,
    /// Cliff's delta of the articles' rates, with a bootstrap interval: above 0 where the group's are higher.
    pub cliff_delta: Option<Estimate>,
    /// Where events are the units: the mean over events of the rate of the group less that of the other.
    pub paired: Option<PairedResult>,
    /// By a model, on request.
    pub model: Option<ModelResult>,
    /// The ratio outside quotation marks over the ratio inside them; on the row of the voice outside only.
    pub voice_gap: Option<Estimate>,
    /// Why something is withheld, in words; empty where nothing is.
    pub withheld: String,
    /// What the interval excludes, in words.
    pub excludes: String,
    /// Warnings about it: which of [`Comparison::warnings`].
    pub warnings: Vec<u32>,
}

/// Which names each side chooses for one thing.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ReferentResult {
    /// The referent's own path.
    pub path: u32,
    /// The voice.
    pub voice: InVoice,
    /// Its variants' paths.
    pub variants: Vec<u32>,
    /// One row a side.
    pub sides: Vec<ChoiceCell>,
    /// One row a pair.
    pub pairs: Vec<ChoiceContrast>,
    /// The test that all groups choose alike.
    pub omnibus: Option<PValue>,
    /// One p a variant, given only where the omnibus test is at most 0.05.
    pub variant_p: Vec<Option<PValue>>,
    /// Why something is withheld, in words.
    pub withheld: String,
    /// Warnings about it: which of [`Comparison::warnings`].
    pub warnings: Vec<u32>,
}

/// Which names groups in two languages choose for one thing, each read by the lexicon of its own: described, not tested.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct AcrossResult {
    /// The lexicons: which of [`Comparison::lexicons`].
    pub lexicons: [u32; 2],
    /// The referent's path in each.
    pub paths: [u32; 2],
    /// Whether each name is experimental in one of them.
    pub is_experimental: Vec<bool>,
    /// The choice among the names that both list; path and variants are those of the first lexicon, and the pairs are those
    /// whose sides write in these languages.
    pub choice: ReferentResult,
}

/// Which names one side chooses for one thing.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ChoiceCell {
    /// The side.
    pub side: u32,
    /// Its articles.
    pub articles: u64,
    /// Uses of a variant.
    pub mentions: u64,
    /// Articles with one.
    pub mentioning: u64,
    /// Uses of the bare name; none where the referent has none.
    pub bare: Option<u64>,
    /// Labels over labels and bare names; none without either.
    pub labelled: Option<f64>,
    /// Hits of each variant.
    pub hits: Vec<u64>,
    /// Share of each variant, with its bootstrap interval.
    pub shares: Vec<Option<Estimate>>,
    /// Label consistency: 1 where one name is used throughout, 0 where all are used alike.
    pub consistency: Option<f64>,
}

/// What sets a pair apart in naming one thing.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ChoiceContrast {
    /// Which of [`Comparison::pairs`].
    pub pair: u32,
    /// The share of each variant in the group less that in the other, with its bootstrap interval.
    pub differences: Vec<Option<Estimate>>,
}

/// Where each side stands on an axis.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct AxisResult {
    /// Which lexicon.
    pub lexicon: u32,
    /// The axis.
    pub id: String,
    /// Name for people; empty if unsaid.
    pub label: String,
    /// The voice.
    pub voice: InVoice,
    /// Whether a path of it is experimental.
    pub is_experimental: bool,
    /// One row a side.
    pub sides: Vec<AxisCell>,
    /// One row a pair.
    pub pairs: Vec<AxisContrast>,
    /// Warnings about it: which of [`Comparison::warnings`].
    pub warnings: Vec<u32>,
}

/// Where one side stands on an axis.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct AxisCell {
    /// The side.
    pub side: u32,
    /// Hits of the positive pole.
    pub positive: u64,
    /// Hits of the negative pole.
    pub negative: u64,
    /// Articles with either.
    pub articles: u64,
    /// (positive − negative) / (positive + negative), all articles together; 0 is not "neutral".
    pub score: Option<Estimate>,
}

/// What sets a pair apart on an axis.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct AxisContrast {
    /// Which of [`Comparison::pairs`].
    pub pair: u32,
    /// The group's score less the other's, from −2 to 2.
    pub difference: Option<Estimate>,
}

/// What a group has of an entry in a voice.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TermCell {
    /// The path it is written in.
    pub path: u32,
    /// The entry, by running number; of several with the same term the first.
    pub entry: u32,
    /// The term as written.
    pub term: String,
    /// Which of [`Comparison::sides`].
    pub side: u32,
    /// The voice.
    pub voice: InVoice,
    /// Hits that enter `count`.
    pub hits: u64,
    /// Articles with one.
    pub articles: u64,
}
