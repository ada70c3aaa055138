//! What a codebook says of each measure.

use super::{AxisMeasure, Measure, Part};

/// What a person must know of a measure to use its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasureDoc {
    /// What it says, in a sentence.
    pub meaning: &'static str,
    /// In what it is measured.
    pub unit: &'static str,
    /// How it is computed.
    pub formula: &'static str,
    /// When its cell is empty, and what 0 means.
    pub missing: &'static str,
}

const NEVER: &str = "never empty; 0 where there is no hit";
const NO_TITLE: &str = "empty where the article has no title; 0 where it has one and there is no hit";
const NO_WORDS: &str = "empty where there are no such words; 0 where there is no hit";
const NO_HIT: &str = "empty where there is no hit";

impl Measure {
    /// What a codebook says of it.
    pub fn doc(self) -> MeasureDoc {
        let (meaning, unit, formula, missing) = match self {
            Measure::Count => (
                "hits in the voices and zones that the lexicon allows",
                "hits",
                "number of hits after masks, conditions and overlap",
                NEVER,
            ),
            Measure::Per1k => (
                "hits per 1,000 words, in the voices and zones that the lexicon allows",
                "hits per 1,000 words",
                "1000 * count / denominator",
                NO_WORDS,
            ),
            Measure::Of(part) => (
                part_meaning(part),
                "hits",
                "number of such hits, whether or not the lexicon lets them enter count",
                if part == Part::Title { NO_TITLE } else { NEVER },
            ),
            Measure::OfPer1k(part) => {
                (part_rate_meaning(part), "hits per 1,000 words", "1000 * hits there / denominator", NO_WORDS)
            }
            Measure::Present => (
                "whether there are enough hits to call the path present",
                "1 yes, 0 no",
                "1 where hits in the headline voice are at least the minimum (1 unless said)",
                "never empty",
            ),
            Measure::Weighted => {
                ("weights of the hits that enter count, added up", "weight", "sum of the weights of the hits", NEVER)
            }
            Measure::WeightedPer1k => (
                "weights of the hits that enter count, per 1,000 words",
                "weight per 1,000 words",
                "1000 * weighted / denominator",
                NO_WORDS,
            ),
            Measure::MeanWeight => {
                ("mean weight of a hit that enters count", "weight per hit", "weighted / count", NO_HIT)
            }
            Measure::Share => (
                "how often this name was chosen among the names that the lexicon lists for its \
                 referent; read it beside labelled",
                "share from 0 to 1",
                "hits of the variant / hits of all variants of its referent, headline voice",
                "empty where no variant of the referent has a hit",
            ),
            Measure::Labelled => (
                "how often the referent was given a label rather than its bare name",
                "share from 0 to 1",
                "hits of all variants / (hits of all variants + hits of the bare name), headline voice",
                "empty where the referent has neither label nor bare name",
            ),
            Measure::Entries => (
                "distinct lexicon entries among the hits that enter count",
                "entries",
                "number of distinct entries",
                NEVER,
            ),
            Measure::FirstPosition => (
                "how far into the article the first hit that enters count stands, title first",
                "share of the words from 0 to below 1",
                "words before the first hit / words",
                NO_HIT,
            ),
            Measure::SentenceDensity => (
                "sentences with a hit that enters count among all sentences, title and headings \
                 included",
                "share from 0 to 1",
                "sentences with a hit / sentences",
                "empty where there are no sentences; 0 where there is no hit",
            ),
        };
        MeasureDoc { meaning, unit, formula, missing }
    }

    /// How its interval is computed, where it has one.
    pub fn interval_formula(self) -> Option<&'static str> {
        match self {
            Measure::Per1k | Measure::OfPer1k(_) => Some("exact Poisson interval (Garwood 1936), 95 %"),
            Measure::Share | Measure::Labelled => Some("Wilson interval, 95 %"),
            _ => None,
        }
    }
}

impl AxisMeasure {
    /// What a codebook says of it.
    pub fn doc(self) -> MeasureDoc {
        let (meaning, unit, formula, missing) = match self {
            AxisMeasure::PositiveCount => {
                ("hits of the positive pole that enter count", "hits", "number of hits", NEVER)
            }
            AxisMeasure::NegativeCount => {
                ("hits of the negative pole that enter count", "hits", "number of hits", NEVER)
            }
            AxisMeasure::Score => (
                "which pole prevails, from -1 to 1; 0 is balance between these entries, not \
                 neutrality",
                "balance from -1 to 1",
                "(positive_count - negative_count) / (positive_count + negative_count)",
                "empty where neither pole has a hit",
            ),
            AxisMeasure::ScoreSmoothed => (
                "which pole prevails, drawn towards 0 where hits are few",
                "balance between -1 and 1",
                "(positive_count - negative_count) / (positive_count + negative_count + 1)",
                "empty where neither pole has a hit",
            ),
        };
        MeasureDoc { meaning, unit, formula, missing }
    }

    /// How its interval is computed, where it has one.
    pub fn interval_formula(self) -> Option<&'static str> {
        self.has_interval().then_some("Wilson interval of positive_count among both poles, mapped by 2p - 1, 95 %")
    }
}

fn part_meaning(part: Part) -> &'static str {
    match part {
        Part::Narrator => "hits in the author's own words: outside quotations, no attribution",
        Part::Attributed => "hits outside quotation marks in a clause with a cue of attribution (best effort)",
        Part::Outside => "hits outside quotation marks (narrator and attributed)",
        Part::Quoted => "hits inside quotation marks",
        Part::QuotedShort => "hits inside quotations of 1 to 3 words",
        Part::Title => "hits in the title",
        Part::Lead => "hits in the lead",
        Part::Heading => "hits in headings",
        Part::Body => "hits in the body (neither title nor lead nor heading)",
        Part::Negated => "hits with a negation at most 3 words before them",
    }
}

fn part_rate_meaning(part: Part) -> &'static str {
    match part {
        Part::Narrator => "hits in the author's own words per 1,000 such words",
        Part::Attributed => "attributed hits per 1,000 attributed words (best effort)",
        Part::Outside => "hits outside quotation marks per 1,000 words outside them",
        Part::Quoted => "hits inside quotation marks per 1,000 words inside them",
        Part::QuotedShort => "hits inside quotations of 1 to 3 words per 1,000 words inside them",
        Part::Title => "hits in the title per 1,000 words of the title",
        Part::Lead => "hits in the lead per 1,000 words of the lead",
        Part::Heading => "hits in headings per 1,000 words of headings",
        Part::Body => "hits in the body per 1,000 words of the body",
        Part::Negated => "negated hits per 1,000 words",
    }
}
