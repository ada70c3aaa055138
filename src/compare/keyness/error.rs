//! What can go wrong while words are counted and compared.

use std::io;
use std::path::PathBuf;

use crate::compare::CompareError;

/// Why there is no keyness.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeynessError {
    /// The counts do not fit the disk.
    #[error(
        "cannot keep the words of the articles in a temporary file in {}: {source}; free some space there, or set TMPDIR to \
         a folder with more",
        std::env::temp_dir().display()
    )]
    Spool {
        /// What the system said.
        source: io::Error,
    },
    /// The frequency list cannot be read.
    #[error("cannot read --prior {}: {source}", path.display())]
    Prior {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A line of the frequency list is none.
    #[error(
        "{}:{line}: {what}; a line of a frequency list is a word (or phrase) and its number, separated by a tab or comma",
        path.display()
    )]
    PriorLine {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// The frequency list holds nothing of a length that was asked for.
    #[error(
        "{}: the list holds no {}, so it says nothing of how common those are; add some, or leave --prior out",
        path.display(),
        match length { 1 => "single words".to_owned(), n => format!("phrases of {n} words") }
    )]
    PriorLength {
        /// The file.
        path: PathBuf,
        /// Words of a phrase.
        length: usize,
    },
    /// More different words and phrases than can be numbered.
    #[error(
        "more than two thousand million different words and phrases: ask for shorter phrases (--ngrams), or a larger --max-types, \
         so that fewer are dropped and met again"
    )]
    TooManyTypes,
    /// Articles could not be permuted, or somebody pressed Ctrl-C meanwhile.
    #[error(transparent)]
    Permuting(#[from] CompareError),
    /// All articles are in one group, or none is in any.
    #[error("{0}")]
    Groups(String),
}

impl From<io::Error> for KeynessError {
    fn from(source: io::Error) -> KeynessError {
        KeynessError::Spool { source }
    }
}
