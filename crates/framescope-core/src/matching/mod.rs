//! Matching: compiled lexicons over an article's tokens, by the rules of design 5.
//!
//! Two engines answer the same question. `reference` does what the rules say, one after the
//! other, and is slow; `compile`/`fast` is what runs. They share nothing but the types below.

#[cfg(feature = "reference")]
pub mod reference;
mod resolution;

pub use resolution::*;
