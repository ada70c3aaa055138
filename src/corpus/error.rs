//! What can go wrong with a corpus, each with its place and what to do.

use std::io;
use std::path::{Path, PathBuf};

use framescope_core::lexicon::nearest;

use super::waiting::Stopped;

/// A failure that stops the run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// No such input.
    #[error("{path}: there is no such file or folder{}", .near.as_ref().map(|n| format!("; did you mean {n}?")).unwrap_or_default())]
    Missing {
        /// As typed.
        path: String,
        /// A name like it in the same folder.
        near: Option<String>,
    },
    /// A pattern that is no glob.
    #[error("{pattern}: this is no file, and not a pattern either: {reason}")]
    Pattern {
        /// As typed.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Nothing to read.
    #[error("no article in {inputs}: {reason}")]
    Empty {
        /// The inputs.
        inputs: String,
        /// What was found instead.
        reason: String,
    },
    /// Not readable.
    #[error("{path}: cannot be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The run was asked to stop while it waited for more of an input.
    #[error("stopped")]
    Stopped,
    /// An ending that names no format.
    #[error("{path}: the ending names no format that framescope reads; {}", other_way(path))]
    Format {
        /// The file.
        path: String,
    },
    /// No text column.
    #[error("{file}: no column looks like the text; say --text NAME. The columns are: {columns}")]
    NoText {
        /// The file.
        file: String,
        /// Its columns.
        columns: String,
    },
    /// A named column is not there.
    #[error(
        "{file}: there is no column {name:?}{}; the columns are: {columns}",
        .meant.as_ref().map(|meant| format!(" (did you mean {meant:?}?)")).unwrap_or_default()
    )]
    NoColumn {
        /// The file.
        file: String,
        /// The name asked for.
        name: String,
        /// The column that was probably meant.
        meant: Option<String>,
        /// Its columns.
        columns: String,
    },
    /// The column of the text, where a column of values is asked for.
    #[error(
        "{option} {name}: this is the column of the text, which is scored and has no values to go by; name another column"
    )]
    TextAsValue {
        /// The option.
        option: String,
        /// The column.
        name: String,
    },
    /// A header with a name twice.
    #[error("{file}:1: the header has the column {name:?} twice; rename one of them")]
    DuplicateHeader {
        /// The file.
        file: String,
        /// The name.
        name: String,
    },
    /// A condition that cannot be read.
    #[error("--where {condition:?}: write column=value or column!=value, with one of the columns: {columns}")]
    Filter {
        /// As typed.
        condition: String,
        /// The columns.
        columns: String,
    },
    /// The same id twice.
    #[error(
        "the id {id:?} stands twice: {first} and {second}; say which columns make an id with --id a,b, or --no-id-check"
    )]
    DuplicateId {
        /// The id.
        id: String,
        /// Place of the first.
        first: String,
        /// Place of the second.
        second: String,
    },
    /// A file is another than it was a moment ago.
    #[error("{file}: the header changed while the corpus was read; run again when nobody writes to it")]
    Changed {
        /// The file.
        file: String,
    },
    /// Two rows of metadata for one article.
    #[error("the id {id:?} stands twice in the file of --meta-file: {first} and {second}; take one of them out")]
    DuplicateMeta {
        /// The id.
        id: String,
        /// Place of the first.
        first: String,
        /// Place of the second.
        second: String,
    },
    /// A record without end.
    #[error("{file}:{line}: the record that begins here has over {limit} bytes; is this the right --format?")]
    TooLong {
        /// The file.
        file: String,
        /// Its line.
        line: u64,
        /// The most that is read.
        limit: usize,
    },
}

impl CorpusError {
    /// What a failed read of a file means.
    pub(super) fn of_read(path: &Path, source: io::Error) -> CorpusError {
        if Stopped::is_in(&source) {
            return CorpusError::Stopped;
        }
        CorpusError::Read { path: path.to_owned(), source }
    }
}

/// The column that was probably meant by one that is not there.
pub(super) fn meant(name: &str, columns: &[String]) -> Option<String> {
    nearest(name, columns.iter().map(String::as_str)).map(str::to_owned)
}

/// What to do with a file of a format that is not read.
fn other_way(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase().as_str() {
        "json" => "one object a line is --format jsonl; a list in brackets becomes that with jq -c '.[]'",
        "xlsx" | "xls" | "ods" => "save the sheet as CSV in UTF-8",
        "docx" | "doc" | "odt" | "rtf" | "pdf" | "html" | "htm" => "save it as text (.txt)",
        _ => "say --format csv, tsv, jsonl or text",
    }
}

/// A record that could not be read. It is listed and counted, and the run goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// `file:line`.
    pub place: String,
    /// Why, and what to do.
    pub reason: String,
}
