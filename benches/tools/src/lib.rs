//! Corpora and lexicons to measure with.
//!
//! No real corpus may be shipped, and a scorer's speed hangs on how many word types a text has and
//! how unevenly it uses them. So texts are drawn from a frequency model: real words with their
//! real frequencies where a word list is given ([`Vocabulary::read`]), made-up words under Zipf's
//! law where none is ([`Vocabulary::made_up`]). Everything comes from a seed: two runs see the
//! same bytes.

mod article;
#[cfg(feature = "reference")]
pub mod calibration;
mod lexicon;
mod random;
mod vocabulary;

pub use article::{Article, Mix, Writer};
pub use lexicon::{DrawnLexicon, draw_lexicon};
pub use random::Random;
pub use vocabulary::Vocabulary;
