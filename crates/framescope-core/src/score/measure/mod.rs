//! The measures: what each is called, what it means, what it is divided by.
//!
//! This is the list; [`Scoring`](super::Scoring) computes. A table's column, a codebook's row and
//! a lexicon test's key are all named here and nowhere else.

mod docs;
mod selection;

pub use docs::MeasureDoc;
pub use selection::{Selection, UnknownMeasure};

use super::tally::Tally;
use crate::lexicon::PathKind;
use crate::matching::Detail;
use crate::text::{Voice, VoiceSet, Zone, ZoneSet};

/// One cell of a measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A count, or 1 and 0 for yes and no.
    Int(u64),
    /// A rate, a share, a score; finite.
    Float(f64),
    /// Not measured: nothing to divide by, no title, does not apply.
    Empty,
}

impl Value {
    /// The number, if there is one.
    pub fn number(self) -> Option<f64> {
        match self {
            Value::Int(n) => Some(n as f64),
            Value::Float(x) => Some(x),
            Value::Empty => None,
        }
    }
}

/// A part of an article whose hits have columns of their own, whatever the lexicon lets enter
/// `count`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The author's own words.
    Narrator,
    /// Outside quotation marks, with a cue of attribution.
    Attributed,
    /// Narrator and attributed.
    Outside,
    /// Inside quotation marks.
    Quoted,
    /// Inside quotations of 1 to 3 words.
    QuotedShort,
    /// The title.
    Title,
    /// The lead.
    Lead,
    /// The headings.
    Heading,
    /// The rest.
    Body,
    /// After a negation; its words are all words.
    Negated,
}

impl Part {
    /// All, in the order of their columns.
    pub const ALL: [Part; 10] = [
        Part::Narrator,
        Part::Attributed,
        Part::Outside,
        Part::Quoted,
        Part::QuotedShort,
        Part::Title,
        Part::Lead,
        Part::Heading,
        Part::Body,
        Part::Negated,
    ];

    /// The voices it is made of.
    pub fn voices(self) -> VoiceSet {
        match self {
            Part::Narrator => VoiceSet::NONE.with(Voice::Narrator),
            Part::Attributed => VoiceSet::NONE.with(Voice::Attributed),
            Part::Outside => VoiceSet::OUTSIDE,
            Part::Quoted | Part::QuotedShort => VoiceSet::QUOTED,
            _ => VoiceSet::ALL,
        }
    }

    /// The zones it is made of.
    pub fn zones(self) -> ZoneSet {
        match self {
            Part::Title => ZoneSet::NONE.with(Zone::Title),
            Part::Lead => ZoneSet::NONE.with(Zone::Lead),
            Part::Heading => ZoneSet::NONE.with(Zone::Heading),
            Part::Body => ZoneSet::NONE.with(Zone::Body),
            _ => ZoneSet::ALL,
        }
    }

    /// What its rate is divided by.
    pub fn denominator(self) -> Denominator {
        match self {
            Part::Negated => Denominator::Words,
            part => Denominator::WordsOf(part),
        }
    }
}

/// The words that a measure is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Denominator {
    /// All words.
    Words,
    /// The words of a part.
    WordsOf(Part),
    /// The words of the voices and zones that the lexicon lets enter `count`.
    Counted,
}

impl Denominator {
    /// The columns of words in the order of tables, all words first.
    pub const COLUMNS: [Denominator; 10] = [
        Denominator::Words,
        Denominator::WordsOf(Part::Narrator),
        Denominator::WordsOf(Part::Attributed),
        Denominator::WordsOf(Part::Outside),
        Denominator::WordsOf(Part::Quoted),
        Denominator::WordsOf(Part::QuotedShort),
        Denominator::WordsOf(Part::Title),
        Denominator::WordsOf(Part::Lead),
        Denominator::WordsOf(Part::Heading),
        Denominator::WordsOf(Part::Body),
    ];

    /// The column that holds it. [`Denominator::Counted`] has a column of its own only where the
    /// lexicon limits voices or zones; else it is `words`.
    pub fn column(self) -> &'static str {
        match self {
            Denominator::Words | Denominator::WordsOf(Part::Negated) => "words",
            Denominator::Counted => "count_words",
            Denominator::WordsOf(Part::Narrator) => "narrator_words",
            Denominator::WordsOf(Part::Attributed) => "attributed_words",
            Denominator::WordsOf(Part::Outside) => "outside_words",
            Denominator::WordsOf(Part::Quoted) => "quoted_words",
            Denominator::WordsOf(Part::QuotedShort) => "quoted_short_words",
            Denominator::WordsOf(Part::Title) => "title_words",
            Denominator::WordsOf(Part::Lead) => "lead_words",
            Denominator::WordsOf(Part::Heading) => "heading_words",
            Denominator::WordsOf(Part::Body) => "body_words",
        }
    }

    /// How many words; `None` for the title of an article without one, and for
    /// [`Denominator::Counted`], which takes a lexicon to know.
    pub fn words(self, tally: &Tally) -> Option<u32> {
        match self {
            Denominator::Words | Denominator::WordsOf(Part::Negated) => Some(tally.all_words()),
            Denominator::WordsOf(Part::QuotedShort) => Some(tally.quoted_short_words),
            Denominator::WordsOf(Part::Title) if !tally.has_title => None,
            Denominator::WordsOf(part) => Some(tally.words_in(part.voices(), part.zones())),
            Denominator::Counted => None,
        }
    }
}

/// A measure of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Hits in the voices and zones that the lexicon allows.
    Count,
    /// That, per 1,000 words of those voices and zones.
    Per1k,
    /// Hits in a part, over all voices and zones.
    Of(Part),
    /// That, per 1,000 words of the part.
    OfPer1k(Part),
    /// Whether there are enough hits in the headline voice.
    Present,
    /// Sum of weights.
    Weighted,
    /// That, per 1,000 words.
    WeightedPer1k,
    /// Mean weight of a hit.
    MeanWeight,
    /// A variant's share of its referent's variants, in the headline voice.
    Share,
    /// Labels among labels and bare names of a referent, in the headline voice.
    Labelled,
    /// Distinct entries.
    Entries,
    /// Where the first hit stands.
    FirstPosition,
    /// Sentences with a hit among all sentences.
    SentenceDensity,
}

impl Measure {
    /// All, in the order of the long table's columns.
    pub const ALL: [Measure; 31] = [
        Measure::Count,
        Measure::Per1k,
        Measure::Of(Part::Narrator),
        Measure::OfPer1k(Part::Narrator),
        Measure::Of(Part::Attributed),
        Measure::OfPer1k(Part::Attributed),
        Measure::Of(Part::Outside),
        Measure::OfPer1k(Part::Outside),
        Measure::Of(Part::Quoted),
        Measure::OfPer1k(Part::Quoted),
        Measure::Of(Part::QuotedShort),
        Measure::OfPer1k(Part::QuotedShort),
        Measure::Of(Part::Title),
        Measure::OfPer1k(Part::Title),
        Measure::Of(Part::Lead),
        Measure::OfPer1k(Part::Lead),
        Measure::Of(Part::Heading),
        Measure::OfPer1k(Part::Heading),
        Measure::Of(Part::Body),
        Measure::OfPer1k(Part::Body),
        Measure::Of(Part::Negated),
        Measure::OfPer1k(Part::Negated),
        Measure::Present,
        Measure::Weighted,
        Measure::WeightedPer1k,
        Measure::MeanWeight,
        Measure::Share,
        Measure::Labelled,
        Measure::Entries,
        Measure::FirstPosition,
        Measure::SentenceDensity,
    ];

    /// The wide table's, unless others are chosen.
    pub const DEFAULT: [Measure; 4] =
        [Measure::Count, Measure::Of(Part::Outside), Measure::Of(Part::Quoted), Measure::OfPer1k(Part::Outside)];

    /// Its name in columns, options and lexicon tests.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Count => "count",
            Measure::Per1k => "per_1k",
            Measure::Of(part) => part_names(part).0,
            Measure::OfPer1k(part) => part_names(part).1,
            Measure::Present => "present",
            Measure::Weighted => "weighted",
            Measure::WeightedPer1k => "weighted_per_1k",
            Measure::MeanWeight => "mean_weight",
            Measure::Share => "share",
            Measure::Labelled => "labelled",
            Measure::Entries => "entries",
            Measure::FirstPosition => "first_position",
            Measure::SentenceDensity => "sentence_density",
        }
    }

    /// The measure of this name.
    pub fn from_name(name: &str) -> Option<Measure> {
        Measure::ALL.into_iter().find(|m| m.name() == name)
    }

    /// Whether a path of this kind has it. It decides which columns the wide table has; in the
    /// long table the other cells are empty.
    pub fn applies_to(self, kind: PathKind) -> bool {
        match self {
            Measure::Share => kind == PathKind::Variant,
            Measure::Labelled => kind == PathKind::Referent,
            _ => true,
        }
    }

    /// What it is divided by, where that is words.
    pub fn denominator(self) -> Option<Denominator> {
        match self {
            Measure::Per1k | Measure::WeightedPer1k => Some(Denominator::Counted),
            Measure::OfPer1k(part) => Some(part.denominator()),
            _ => None,
        }
    }

    /// Whether it has an interval.
    pub fn has_interval(self) -> bool {
        matches!(self, Measure::Per1k | Measure::OfPer1k(_) | Measure::Share | Measure::Labelled)
    }

    /// Whether it depends on the hits of other paths too (a referent's other names).
    pub fn looks_at_siblings(self) -> bool {
        matches!(self, Measure::Share | Measure::Labelled)
    }

    /// How much of what is counted must be known for it.
    pub fn detail(self) -> Detail {
        match self {
            Measure::Of(Part::Negated) | Measure::OfPer1k(Part::Negated) => Detail::Counts,
            Measure::Weighted | Measure::WeightedPer1k | Measure::MeanWeight => Detail::Counts,
            Measure::Entries | Measure::FirstPosition | Measure::SentenceDensity => Detail::Counts,
            Measure::Count | Measure::Per1k | Measure::Of(_) | Measure::OfPer1k(_) => Detail::Hits,
            Measure::Present | Measure::Share | Measure::Labelled => Detail::Hits,
        }
    }

    /// Whether it tells the narrator's words from attributed ones by itself.
    pub fn asks_for_attribution(self) -> bool {
        match self {
            Measure::Of(part) | Measure::OfPer1k(part) => !part.voices().holds_outside_alike(),
            _ => false,
        }
    }

    /// Whether it is taken in the headline voice.
    pub fn is_headline(self) -> bool {
        matches!(self, Measure::Present | Measure::Share | Measure::Labelled)
    }
}

/// The name of a part's count and of its rate.
fn part_names(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Narrator => ("narrator", "narrator_per_1k"),
        Part::Attributed => ("attributed", "attributed_per_1k"),
        Part::Outside => ("outside", "outside_per_1k"),
        Part::Quoted => ("quoted", "quoted_per_1k"),
        Part::QuotedShort => ("quoted_short", "quoted_short_per_1k"),
        Part::Title => ("title", "title_per_1k"),
        Part::Lead => ("lead", "lead_per_1k"),
        Part::Heading => ("heading", "heading_per_1k"),
        Part::Body => ("body", "body_per_1k"),
        Part::Negated => ("negated", "negated_per_1k"),
    }
}

/// A measure of an axis, in the headline voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AxisMeasure {
    /// Hits of the positive pole.
    PositiveCount,
    /// Hits of the negative pole.
    NegativeCount,
    /// `(a − b) / (a + b)`.
    Score,
    /// `(a − b) / (a + b + 1)`.
    ScoreSmoothed,
}

impl AxisMeasure {
    /// All, in the order of their columns.
    pub const ALL: [AxisMeasure; 4] =
        [AxisMeasure::PositiveCount, AxisMeasure::NegativeCount, AxisMeasure::Score, AxisMeasure::ScoreSmoothed];

    /// Its name in columns, options and lexicon tests.
    pub fn name(self) -> &'static str {
        match self {
            AxisMeasure::PositiveCount => "positive_count",
            AxisMeasure::NegativeCount => "negative_count",
            AxisMeasure::Score => "score",
            AxisMeasure::ScoreSmoothed => "score_smoothed",
        }
    }

    /// The measure of this name.
    pub fn from_name(name: &str) -> Option<AxisMeasure> {
        AxisMeasure::ALL.into_iter().find(|m| m.name() == name)
    }

    /// Whether it has an interval.
    pub fn has_interval(self) -> bool {
        self == AxisMeasure::Score
    }
}
