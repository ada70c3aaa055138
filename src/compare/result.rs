//! What a comparison found: one struct that tables, workbook and page are made from.
//!
//! Everything has a place of its own and refers to others by number: a path by its running number in
//! [`Comparison::paths`], a group or a rest of groups by its place in [`Comparison::sides`], a pair by its place in
//! [`Comparison::pairs`]. What is withheld is `None`, and the reason stands beside it in words.

use framescope_core::score::Headline;
use framescope_core::stats;
use serde::Serialize;

use super::association::AssociationRow;
use super::trends::Trends;
use super::whom::WhomRow;
use super::words::PathShift;
use super::zones::ZoneRow;

/// What a comparison found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Comparison {
    /// The question of the study, where it has one.
    pub question: Option<String>,
    /// How it was compared.
    pub plan: PlanFacts,
    /// What was compared.
    pub corpus: CorpusFacts,
    /// The lexicons.
    pub lexicons: Vec<LexiconNote>,
    /// The paths, by running number.
    pub paths: Vec<PathNote>,
    /// The groups, and where asked for the rest of each.
    pub sides: Vec<Side>,
    /// What is held against what.
    pub pairs: Vec<Pair>,
    /// What each side has of each path in each voice: path by path, side by side, outside before quoted.
    pub cells: Vec<PathCell>,
    /// What sets a pair apart on a path in a voice: path by path, pair by pair, outside before quoted.
    pub contrasts: Vec<Contrast>,
    /// Which names each side chooses for each referent.
    pub referents: Vec<ReferentResult>,
    /// Where each side stands on each axis.
    pub axes: Vec<AxisResult>,
    /// What each group has of each entry that was hit.
    pub terms: Vec<TermCell>,
    /// Rates over time, where the articles have dates; its groups are the sides of that name.
    pub trends: Option<Trends>,
    /// What each word adds to each difference of pooled rates: path by path, pair by pair, outside before quoted.
    pub words: Vec<PathShift>,
    /// Hits by the side they are about, of paths that ask.
    pub whom: Vec<WhomRow>,
    /// How much each side puts a path into titles and leads rather than bodies.
    pub zones: Vec<ZoneRow>,
    /// Which paths stand in the same sentences as which actors.
    pub association: Vec<AssociationRow>,
    /// The families that p-values were adjusted in.
    pub families: Vec<Family>,
    /// What limits all this.
    pub warnings: Vec<Warning>,
    /// What was left out, by name, with the reason.
    pub left_out: Vec<LeftOut>,
}

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
    /// The paths that were named before looking.
    pub primary: Vec<String>,
}

/// What was compared.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CorpusFacts {
    /// Articles in a group.
    pub articles: u64,
    /// Their words.
    pub words: u64,
    /// Articles left out because they have no group.
    pub without_group: u64,
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

/// One side of a pair: a group, or all groups but one.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Side {
    /// The group, or `rest of` it.
    pub name: String,
    /// The groups it is made of, as places in the corpus' list of groups.
    pub groups: Vec<u32>,
    /// Whether it is the rest of another.
    pub is_rest: bool,
    /// Its articles.
    pub articles: u64,
    /// Its words.
    pub words: u64,
    /// The median article's words.
    pub median_words: Option<f64>,
    /// Words outside quotation marks.
    pub words_outside: u64,
    /// Words inside quotation marks.
    pub words_quoted: u64,
    /// Articles without a title.
    pub without_title: u64,
}

/// What is held against what. A difference is the group's less the other's, a ratio the group's over the other's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// The group: which of [`Comparison::sides`].
    pub group: u32,
    /// What it is held against: which of [`Comparison::sides`].
    pub against: u32,
}

/// In which voice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum InVoice {
    /// Outside quotation marks.
    #[default]
    Outside,
    /// Inside quotation marks.
    Quoted,
}

impl InVoice {
    /// Both, in the order of tables.
    pub const ALL: [InVoice; 2] = [InVoice::Outside, InVoice::Quoted];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        self.headline().name()
    }

    /// As the core knows it.
    pub fn headline(self) -> Headline {
        match self {
            InVoice::Outside => Headline::Outside,
            InVoice::Quoted => Headline::Quoted,
        }
    }
}

/// The ends of an interval.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Ends {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl From<stats::Interval> for Ends {
    fn from(interval: stats::Interval) -> Ends {
        Ends { low: interval.low, high: interval.high }
    }
}

/// A number, with its interval where there is one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Its interval.
    pub interval: Option<Ends>,
}

/// A p-value and what it rests on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct PValue {
    /// Two-sided.
    pub p: f64,
    /// Adjusted in its family; none before a family was made.
    pub adjusted: Option<f64>,
    /// Which of [`Comparison::families`].
    pub family: Option<u32>,
    /// Arrangements gone through.
    pub arrangements: u64,
    /// Whether these are all there are.
    pub exact: bool,
    /// The smallest p that this test could give here.
    pub smallest: f64,
}

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

/// Events that both sides covered, each the unit of a paired comparison.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct PairedResult {
    /// Events covered by both sides.
    pub events: u64,
    /// Mean over events of the difference of rates per 1,000 words.
    pub mean_difference: Estimate,
    /// Sign-flip test.
    pub p: Option<PValue>,
    /// Whether there are events enough for this to be the headline.
    pub is_headline: bool,
}

/// A rate ratio by a regression of counts.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ModelResult {
    /// `quasipoisson` or `nb`.
    pub model: &'static str,
    /// The ratio.
    pub rate_ratio: Option<Estimate>,
    /// Its p-value.
    pub p: Option<f64>,
    /// Pearson dispersion φ, or α of a negative binomial.
    pub dispersion: Option<f64>,
    /// What happened on the way, in words, such as a fall back; empty if nothing.
    pub note: String,
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
