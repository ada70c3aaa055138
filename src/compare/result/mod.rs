//! What a comparison found: one struct that tables, workbook and page are made from.
//!
//! Everything has a place of its own and refers to others by number: a path by its running number in
//! [`Comparison::paths`], a group or a rest of groups by its place in [`Comparison::sides`], a pair by its place in
//! [`Comparison::pairs`]. What is withheld is `None`, and the reason stands beside it in words.

mod about;
mod cells;

use framescope_core::score::Headline;
use framescope_core::stats;
use serde::Serialize;

pub use self::about::{CorpusFacts, Family, LeftOut, LexiconNote, PathNote, Place, PlanFacts, Warning};
pub use self::cells::{
    AcrossResult, AxisCell, AxisContrast, AxisResult, ChoiceCell, ChoiceContrast, Contrast, PathCell, ReferentResult,
    TermCell,
};
use super::association::AssociationRow;
pub use super::models::{ModelResult, WildResult};
pub use super::paired::{PairedResult, RanksResult};
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
    /// The same of groups that write in different languages, by lexicons of these.
    pub across: Vec<AcrossResult>,
    /// By pair, the languages that its sides write in, the group's first; none where these are the same or not known.
    pub languages: Vec<Option<[String; 2]>>,
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
