//! What can go wrong between a row and the disk.

use std::io;
use std::path::PathBuf;

use framescope_core::score::UnknownMeasure;

/// What can go wrong when a table is laid out or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputError {
    /// The ending of the file name is no format.
    #[error(
        "{}: {}; the endings are .csv .tsv .jsonl .xlsx",
        path.display(),
        match ending.as_str() {
            "" => "the name has no ending to tell the format by".to_owned(),
            ending => format!("no format has the ending .{ending}"),
        }
    )]
    UnknownEnding {
        /// The file.
        path: PathBuf,
        /// Its ending, without the dot.
        ending: String,
    },
    /// The format exists and is not in this build.
    #[error(
        "{}: .{ending} needs the feature `{feature}`, which is not in this build; \
         write .csv or .jsonl, or build with --features {feature}",
        path.display()
    )]
    NotBuilt {
        /// The file.
        path: PathBuf,
        /// Its ending, without the dot.
        ending: &'static str,
        /// The feature that has it.
        feature: &'static str,
    },
    /// The folder of the file does not exist.
    #[error(
        "cannot write {}: the folder {} does not exist; create it first (mkdir -p '{}')",
        path.display(), folder.display(), folder.display()
    )]
    NoFolder {
        /// The file.
        path: PathBuf,
        /// The folder.
        folder: PathBuf,
    },
    /// The folder of the file is a file.
    #[error("cannot write {}: {} is a file, not a folder; choose another name", path.display(), folder.display())]
    FileAsFolder {
        /// The file.
        path: PathBuf,
        /// What should be its folder.
        folder: PathBuf,
    },
    /// The target is a folder.
    #[error(
        "cannot write {}: it is a folder; give a file name, such as {}",
        path.display(), path.join("scores.csv").display()
    )]
    IsFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The target may not be written.
    #[error(
        "cannot write {}: {source}; choose a folder you may write to, or change the permissions",
        path.display()
    )]
    NotWritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The target is one of the inputs.
    #[error(
        "{} is the input {}: writing there would destroy it; choose another name",
        path.display(), input.display()
    )]
    IsInput {
        /// The target as given.
        path: PathBuf,
        /// The input as given.
        input: PathBuf,
    },
    /// Writing failed.
    #[error(
        "writing {to} failed: {source}{}",
        if source.kind() == io::ErrorKind::StorageFull { "; free some space and run again" }
        else { "" }
    )]
    Write {
        /// The file, or `standard output`.
        to: String,
        /// What the system said.
        source: io::Error,
    },
    /// The workbook could not be made.
    #[error("writing {to} failed: {reason}")]
    Workbook {
        /// The file, or `standard output`.
        to: String,
        /// What the writer said.
        reason: String,
    },
    /// A sheet would have more columns than Excel has.
    #[error(
        "the sheet `{sheet}` would have {columns} columns and Excel has 16,384; \
         write a row per article and path (--long), fewer --meta columns, or a .csv"
    )]
    TooManyColumns {
        /// The sheet.
        sheet: String,
        /// How many columns it would have.
        columns: usize,
    },
    /// Two columns would have the same name.
    #[error("two columns would be called `{name}`: {first} and {second}; {remedy}")]
    SameColumn {
        /// The name.
        name: String,
        /// What wanted it first.
        first: String,
        /// What wanted it again.
        second: String,
        /// What to do.
        remedy: &'static str,
    },
    /// A measure that does not exist was asked for.
    #[error(transparent)]
    Measure(#[from] UnknownMeasure),
}

impl OutputError {
    /// Whether whoever read our output went away: no error of ours, and no reason to complain.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, OutputError::Write { source, .. }
            if source.kind() == io::ErrorKind::BrokenPipe)
    }
}
