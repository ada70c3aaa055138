//! What keyness found: contrasts of two sides, and the words that set them apart.

use framescope_core::stats::{Dispersion, LogOdds};

use super::types::Missed;

/// The words that set groups apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyness {
    /// The contrasts, in the order of their names.
    pub contrasts: Vec<Contrast>,
    /// Groups without a single word in the voices that are counted: in no contrast.
    pub wordless: Vec<String>,
}

/// Two sides and the words that set them apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// What the sides are called.
    pub sides: [String; 2],
    /// Articles of each side, with or without words.
    pub articles: [u32; 2],
    /// Words of each side.
    pub words: [u64; 2],
    /// How many words, phrases and entries were compared: those that meet the least numbers of articles and hits.
    pub compared: usize,
    /// Those that meet them and could not be ranked all the same.
    pub unranked: Vec<Unranked>,
    /// Those listed: of the first side, then of the second, each the most distinctive first.
    pub key_words: Vec<KeyWord>,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A word.
    Word,
    /// A phrase of so many words.
    Phrase(usize),
    /// An entry of a lexicon, by running number.
    Entry(u32),
}

impl Kind {
    /// What it is called in tables.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Word => "word",
            Kind::Phrase(_) => "phrase",
            Kind::Entry(_) => "entry",
        }
    }

    /// Of how many words the places are that it is counted in, less one.
    pub(super) fn places(self) -> usize {
        match self {
            Kind::Phrase(words) => words - 1,
            Kind::Word | Kind::Entry(_) => 0,
        }
    }
}

/// A word that meets the least numbers of articles and hits, and stands in no list.
#[derive(Debug, Clone, PartialEq)]
pub struct Unranked {
    /// What it is.
    pub kind: Kind,
    /// Its commonest spelling; empty for an entry.
    pub text: String,
    /// Why.
    pub why: WhyUnranked,
}

/// Why a word could not be ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyUnranked {
    /// A side has no sentence with so many words.
    NoPlace,
    /// It is all there is on both sides.
    Alone,
    /// The prior is so strong that its hits make no difference.
    Drowned,
    /// With the prior, the side that uses it less seems to use it more, and there it stands in too few articles.
    Turned,
}

/// A word that sets two sides apart.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyWord {
    /// What it is.
    pub kind: Kind,
    /// Its commonest spelling; empty for an entry.
    pub text: String,
    /// Which side uses it more: 0 or 1.
    pub more: usize,
    /// Its place among the words of that side, from 1.
    pub rank: usize,
    /// Its counts on both sides.
    pub sides: [SideCounts; 2],
    /// Log-odds ratio, first over second, with the prior.
    pub log_odds: LogOdds,
    /// log₂ of the rates' ratio, first over second.
    pub log_ratio: Option<f64>,
    /// Its interval; an end is missing on the side of a group without the word.
    pub log_ratio_ends: (Option<f64>, Option<f64>),
    /// The ratio nearest to 0 in an interval adjusted for the number of words.
    pub log_ratio_conservative: Option<f64>,
    /// G².
    pub g2: Option<f64>,
    /// χ².
    pub chi2: Option<f64>,
    /// Ids of articles of the side that uses it more: those with the most hits.
    pub examples: Vec<String>,
    /// What may have gone uncounted.
    pub missed: Missed,
    /// By permuting articles, where that was asked for.
    pub p: Option<WordP>,
}

/// The p of a word, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WordP {
    /// By itself, and adjusted for all words compared (Benjamini & Hochberg).
    Given {
        /// By itself.
        p: f64,
        /// Adjusted.
        adjusted: f64,
    },
    /// Why there is none.
    Withheld(&'static str),
}

/// A word on one side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SideCounts {
    /// Hits.
    pub hits: u64,
    /// Places where it could have stood: words, or for a phrase runs of so many words in a sentence.
    pub places: u64,
    /// Articles that hold it.
    pub articles: u32,
    /// How evenly it is spread over the articles.
    pub spread: Option<Dispersion>,
    /// The DP that chance alone would give so many hits.
    pub chance_dp: Option<f64>,
}

impl SideCounts {
    /// Hits per 1,000 places.
    pub fn per_1k(&self) -> Option<f64> {
        (self.places > 0).then(|| 1000.0 * self.hits as f64 / self.places as f64)
    }
}
