//! Matching: compiled lexicons over an article's tokens, by the rules of design 5.
//!
//! Two engines answer the same question. `reference` does what the rules say, one after the
//! other, and is slow; [`Compiled`] is what runs. They share nothing but the types in
//! `resolution`, so that a test that finds them equal means something.

mod compile;
mod entry_words;
mod fast;
mod glob;
#[cfg(feature = "reference")]
pub mod reference;
mod resolution;

pub use compile::Compiled;
pub use entry_words::EntryWords;
pub use fast::{Contender, FastScratch, SettleScratch};
pub use resolution::*;
