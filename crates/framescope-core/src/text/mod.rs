//! The text model: what a token, a sentence, a zone and a voice is, and where each one stands.
//!
//! Nothing here changes the source text. [`analyse`] reads an [`Article`] and writes an
//! [`Analysis`] of byte ranges into it; folding happens per word *type* in the [`TypeTable`], so
//! that a word that occurs a million times is folded once.

mod analysis;
mod article;
mod types;

pub use analysis::{Analysis, Paragraph, Quotation, Sentence, Token, TypeId};
pub use article::{Article, Field, Title, Voice, VoiceSet, Zone, ZoneSet};
pub use types::TypeTable;

/// Reads an article: fills `out` with its tokens, sentences, paragraphs and quotations.
pub fn analyse(article: &Article<'_>, types: &mut TypeTable, out: &mut Analysis) {
    let _ = (article, types, out);
    todo!()
}
