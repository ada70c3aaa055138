//! Lexicons: what a researcher writes, read into a model in which nothing is implicit.
//!
//! A file is read into a draft (`toml`), drafts are laid over what they extend (`extends`), and
//! the result becomes a [`Lexicon`] (`build`). Every path, entry, condition, mask, axis, test and
//! expectation keeps its [`Place`], so that a hit can be traced to the line that made it and an
//! error points into the file. [`read`] is the way in.
//!
//! Rules where the format leaves room:
//! - A path without `about` asks what its parent asks; `about = "none"` asks nothing.
//! - `near` and `[[about]]` look within the sentence, on both sides, unless they say otherwise.
//! - Under a referent stand its variants and `name`, nothing under those.
//! - A number expected of a path is its `count`, of an axis its `score`; `true` and `false` are 1
//!   and 0; "empty" expects an empty cell (kept as NaN).
//! - `[lexicon]` may be left out; the file's name then stands for the id.

mod build;
mod draft;
mod error;
mod extends;
mod model;
mod read;
mod set;
mod spans;
mod suggest;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_extends;
#[cfg(test)]
mod tests_table;
mod toml;

pub use error::{LexiconError, LexiconErrorKind};
pub use model::*;
pub use read::{Resolve, read};
pub use set::LexiconSet;
pub use spans::Excerpt;
pub use suggest::nearest;
pub use toml::broken_toml;

/// What a `[[test]]` may expect of a path, and of an axis.
pub fn measures_in_tests() -> (&'static [&'static str], &'static [&'static str]) {
    (toml::PATH_MEASURES, toml::AXIS_MEASURES)
}
