//! The text model: what a token, a sentence, a zone and a voice is, and where each one stands.
//!
//! Nothing here changes the source text. [`analyse`] reads an [`Article`] and writes an
//! [`Analysis`] of byte ranges into it; folding happens per word *type* in the [`TypeTable`], so
//! that a word that occurs a million times is folded once.

mod address;
mod analysis;
mod article;
mod attribution;
mod bitmaps;
mod chunks;
mod classes;
mod entry;
mod fold;
mod inflection;
mod keys;
mod lang;
mod lengths;
mod letters;
mod paragraphs;
mod piece;
mod plain;
mod quotes;
mod reader;
mod relevant;
mod segments;
mod sentences;
mod spans;
#[cfg(test)]
mod tests;
mod two_bytes;
mod types;
mod vote;
mod way;
mod words;
mod zones;

pub use analysis::{Analysis, Paragraph, Quotation, Sentence, Token, TypeId, VoiceCounts};
pub use article::{Article, Field, Title, Voice, VoiceSet, Zone, ZoneSet};
pub use entry::{EntryToken, EntryTokensError, entry_tokens};
pub use fold::fold;
pub use inflection::stem;
pub use lang::{
    AttributionWords, Inflection, LanguageData, NegationWords, Proclitics, is_function_word, language, languages,
};
pub use reader::{Route, analyse, analyse_by, analyse_judged};
pub use relevant::{Relevant, Wanted};
pub use types::{Answer, Judge, Judged, TypeTable, Unjudged};
pub use vote::{Vote, Votes, vote};
