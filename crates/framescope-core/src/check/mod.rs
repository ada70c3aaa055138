//! A lexicon's own tests, and lints: what is legal but probably not meant.
//!
//! [`run_tests`] scores the text of every `[[test]]` and compares; [`lint`] reads the lexicon
//! alone. Both give plain rows with a place; whoever shows them asks [`Lexicon::place`].
//!
//! [`Lexicon::place`]: crate::lexicon::Lexicon::place

mod covers;
mod lints;
mod tests_run;

pub use covers::term_covers;
pub use lints::{Grade, Lint, LintKind, lint};
pub use tests_run::{Evidence, Failure, TestOutcome, run_tests};
