//! Lexicons: what a researcher writes, read into a model in which nothing is implicit.

mod model;
mod set;

pub use model::*;
pub use set::LexiconSet;
