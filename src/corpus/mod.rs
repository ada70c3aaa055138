//! Corpora: files, folders, globs and stdin, read as articles with metadata.
//!
//! [`Corpus::open`] looks at every input once to fix what the table's columns are; [`Source`]
//! then cuts the inputs into chunks of raw bytes at record bounds, which is cheap and serial, and
//! [`records`] decodes a chunk into articles, which is the worker's business. Nothing grows with
//! the corpus, and nothing is lost silently: what cannot be read is [`Skipped`], with its place
//! and reason.

mod bytes;
mod chunks;
mod cleaning;
mod error;
mod filter;
mod guard;
mod ids;
mod inputs;
mod language;
mod metafile;
mod records;
mod schema;
mod settings;
#[cfg(test)]
mod tests;

pub use chunks::{Chunk, Source};
pub use cleaning::{Cleaned, RemovedLine};
pub use error::{CorpusError, Skipped};
pub use guard::{needs_guard, unguard};
pub use ids::IdCheck;
pub use language::detect;
pub use records::{Record, records};
pub use schema::Corpus;
pub use settings::{Format, MetaChoice, ReadSettings};

/// Where a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordPlace {
    /// Which of [`Corpus::files`].
    pub file: u32,
    /// Number of the record in its file, from 1.
    pub record: u64,
    /// Line of the file in which it begins, from 1.
    pub line: u64,
}
