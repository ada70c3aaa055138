//! framescope-core reads one news article at a time and says how it frames what it reports.
//!
//! Data flows one way, and every stage has a noun: an [`text::Article`] is read into a
//! [`text::Analysis`] (tokens, sentences, zones, voices); compiled lexicons turn that into a
//! [`matching::Resolution`] (hits, and candidates that died, with the rule that killed them);
//! [`score`] counts the hits into an article's scores. The crate does no I/O, knows no threads
//! and prints nothing: readers, workers and writers live in the program above it.
//!
//! The floors, from the ground up (a test fails on an upward `use`):
//! [`stats`], [`text`], [`lexicon`], [`matching`], [`score`], [`check`].

mod ahead;
mod bits;
pub mod check;
pub mod lexicon;
pub mod matching;
pub mod score;
mod sieve;
pub mod stats;
pub mod text;
