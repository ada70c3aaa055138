//! The lines behind the numbers: hits in their context and articles to be set side by side, drawn while the corpus goes
//! by, in bounded memory.
//!
//! Of every path and group a fixed number of hits is kept: those with the smallest [`priority`], a hash of the seed, the
//! article's identifier and the hit's place. Which hits those are depends on nothing else, so a corpus read by any
//! number of threads, in any pieces, gives the same lines, and every hit has the same chance. Articles are kept by the
//! same rule, all of an event or none. [`Allowance`] says how much of an article's text may be shown.

mod allowance;
mod collect;
mod company;
mod priority;
mod story;
mod window;

pub use allowance::{Allowance, EXCERPT_WORDS};
pub use collect::{Cell, CellKey, LINES_KEPT, LeftOut, Line, Passages, ReadStory};
pub use company::Companion;
pub use story::{Piece, Story, StoryHit, StoryParagraph};
pub use window::{Excerpt, Window};

use std::sync::Arc;

use framescope_core::matching::Whom;
use framescope_core::text::{Voice, Zone};

use crate::corpus::Day;

/// How much of the articles' text a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Shown {
    /// At most [`EXCERPT_WORDS`] words around a hit, and at most a tenth of an article in all.
    #[default]
    Excerpts,
    /// No text: where each hit stands, and nothing of what stands there.
    Nothing,
    /// Everything, for one's own use.
    Full,
}

/// An article as it is named on the page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cited {
    /// Its identifier.
    pub id: String,
    /// Its title, where it has one.
    pub title: Option<String>,
    /// Its group.
    pub group: String,
    /// Its event, where a column says so.
    pub event: Option<String>,
    /// Its date, as it came.
    pub date: Option<String>,
    /// The day that this is, where it can be read.
    pub day: Option<Day>,
    /// Its genre, as it came.
    pub genre: Option<String>,
    /// Its words, title not counted.
    pub words: u32,
}

/// A hit, as far as a line of it tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The path its entry is written in, counted through all lexicons of the run.
    pub path: u32,
    /// The entry, counted through all lexicons of the run.
    pub entry: u32,
    /// Its first token.
    pub first_token: u32,
    /// One past its last token.
    pub end_token: u32,
    /// The sentence it stands in, from 0.
    pub sentence: u32,
    /// Where it stands.
    pub zone: Zone,
    /// Whose word it is.
    pub voice: Voice,
    /// Whether it stands in a quotation of 1 to 3 words.
    pub short: bool,
    /// Whether it is negated.
    pub negated: bool,
    /// Whom it is about, where its path asks.
    pub about: Option<Whom>,
}

/// An article and what was found in it, while the article is at hand.
pub(super) type SharedCited = Arc<Cited>;

#[cfg(test)]
mod tests;
