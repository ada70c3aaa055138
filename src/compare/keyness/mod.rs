//! Keyness: the words that set groups of articles apart, with or without a lexicon.
//!
//! The way of a word: workers count the words of a chunk ([`KeynessPart`]); [`Counts`] takes the parts in the order of
//! the input, keeps one row a distinct word and writes down, article by article, which words stood in it
//! (in memory, and from 128 MiB on in a file without a name). When all articles are read, [`Counts::contrast`] reads
//! that twice: once for the words' counts by group, from which they are ranked, and once for the spread of those that
//! are listed. So memory grows with the distinct words (at most [`KeynessSettings::max_types`]) and with a few bytes an
//! article, and not with the words of the corpus.
//!
//! Rules that hold:
//! - Words are folded as for matching and shown in their commonest spelling.
//! - A phrase is a run of neighbouring words in one sentence, all in the voices that are counted; one that
//!   begins or ends with a function word is left out with the function words.
//! - Which words are function words depends on the article's language ("war" is one in German). They, and
//!   the words that a lexicon holds where those are left out, stay in the denominators.
//! - An entry is counted in articles that are not in another language than its lexicon, hits and words; an article that no
//!   lexicon of the run reads is not counted at all. Their number is said.
//! - Copies inside a group are counted as they stand, and said, unless they are left out ([`Counts::leave_out`]).
//! - These numbers describe and rank. Words are not independent, so there is no p unless it is asked for, and then it
//!   comes from permuting articles.

mod contrast;
mod copied;
mod counting;
mod error;
mod found;
mod listing;
mod permuted;
mod prior;
mod readings;
mod sides;
mod spool;
mod table;
#[cfg(test)]
mod tests;
mod types;

pub use contrast::{KeynessWanted, Permuting};
pub use copied::Copied;
pub use counting::{ArticleRead, CountScratch, KeynessPart};
pub use error::KeynessError;
pub use found::{Contrast, KeyWord, Keyness, Kind, SideCounts, Unranked, WhyUnranked, WordP};
pub use listing::listing;
pub use prior::FrequencyList;
pub use sides::Versus;
pub use table::{KeynessTable, WrittenEntry, entry_of};
pub use types::{Counts, Missed};

use framescope_core::lexicon::{Lexicon, LexiconSet};
use framescope_core::text::VoiceSet;

/// The longest phrase that can be asked for, in words.
pub const LONGEST: usize = 3;

/// What is counted.
#[derive(Debug, Clone)]
pub struct KeynessSettings {
    /// The voices whose words are counted.
    pub voices: VoiceSet,
    /// Words of a phrase at least: from 1 to [`LONGEST`].
    pub shortest: usize,
    /// Words of a phrase at most: from `shortest` to [`LONGEST`].
    pub longest: usize,
    /// Whether function words are counted as other words are.
    pub function_words: bool,
    /// Whether words that stand in a hit or in a masked place of the lexicon are left out.
    pub without_lexicon_words: bool,
    /// How many entries the lexicons have: each is a unit of its own.
    pub entries: u32,
    /// The lexicons, in the order of their entries.
    pub lexicons: Vec<LexiconUnits>,
    /// How many distinct words and phrases are kept at most; beyond, the rarest are dropped, and what may be missed is
    /// said.
    pub max_types: usize,
}

/// What is counted of a lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconUnits {
    /// How many entries it has.
    pub entries: u32,
    /// BCP 47 language, empty if unsaid: articles in another one are not read for it.
    pub language: String,
}

impl KeynessSettings {
    /// The same with the entries of these lexicons as units.
    pub fn with_lexicons(self, set: &LexiconSet) -> KeynessSettings {
        let units = |lexicon: &Lexicon| LexiconUnits {
            entries: lexicon.entries.len() as u32,
            language: lexicon.about.language.clone(),
        };
        KeynessSettings {
            entries: set.entry_count() as u32,
            lexicons: set.lexicons().iter().map(units).collect(),
            ..self
        }
    }
}
