//! Corpora: files, folders, globs and stdin, read as articles with metadata.
//!
//! [`Corpus::open`] looks at the start of every input to fix what the table's columns are;
//! [`Source`] then cuts the inputs into chunks of raw bytes at record bounds, which is cheap and
//! serial, and [`records`] decodes a chunk into articles, which is the worker's business. Folders
//! are walked both times, no list of files is kept, and files are hashed while they are read, so
//! nothing grows with the corpus. Nothing is lost silently either: what did not make it into the
//! table is in [`Losses`], with place and reason.

mod bytes;
mod cells;
mod chunks;
mod cleaning;
mod date;
mod digest;
mod error;
mod filter;
mod guard;
mod ids;
mod inputs;
mod json;
mod language;
mod layout;
mod losses;
mod metafile;
mod notes;
mod object;
mod peek;
mod records;
mod schema;
mod settings;
mod spare;
#[cfg(test)]
mod tests;
mod waiting;
mod walk;

pub use chunks::{Chunk, Source};
pub use cleaning::{Cleaned, RemovedLine};
pub use date::{DateForm, DateOrder, DateReading, Day, read_date};
pub use digest::FileRead;
pub use error::{CorpusError, Skipped};
pub use guard::{needs_guard, unguard};
pub use ids::IdCheck;
pub use language::{detect, is_other_language, known_language};
pub use losses::{LateKeys, Losses};
pub use records::{Record, Values, Visit, records};
pub use schema::Corpus;
pub use settings::{Format, MetaChoice, ReadSettings};

/// Where a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordPlace {
    /// Which file of the walk, from 0.
    pub file: u32,
    /// Number of the record in its file, from 1.
    pub record: u64,
    /// Line of the file in which it begins, from 1.
    pub line: u64,
}
