//! Tables: what was scored becomes rows, rows become files that open anywhere.
//!
//! A [`Table`] is laid out once a run: wide, long, hits or rejected candidates ([`TableKind`]), in
//! a format ([`Style`]). Workers turn articles into [`Part`]s; a [`TableWriter`] puts the parts
//! one after the other into an [`OutputFile`] or a pipe. Beside the table stand its codebook
//! ([`Table::codebook_csv`]) and the [`RunManifest`].
//!
//! Rules that hold:
//! - A part depends on its articles alone: the same bytes for any number of workers.
//! - Numbers are the shortest that read back as themselves; what is missing is empty (null in
//!   JSONL), never NaN; yes and no are 1 and 0.
//! - Every column of every table has a row in its codebook.
//! - A regular file appears whole or not at all.
//! - What a spreadsheet would do to a cell is prevented or said, and counted.

mod cells;
mod codebook;
mod column;
mod context;
mod error;
mod file;
mod format;
mod hits;
mod listing;
mod long;
mod look;
mod manifest;
mod number;
mod offsets;
mod precision;
mod results;
mod sheets;
mod table;
mod terminal;
mod wide;
mod workbook;
mod writer;

#[cfg(test)]
mod tests;

pub use crate::corpus::{needs_guard, unguard};
pub use cells::CellCounts;
pub use codebook::CodebookRow;
pub use column::{Column, Renamed};
pub use error::OutputError;
pub use file::OutputFile;
pub use format::{Excel, Format, Style, companion};
pub use framescope_core::score::is_reserved;
pub use listing::{Colour, Datum, Listing, ListingColumn};
pub use manifest::{
    FileRecord, InputFiles, InputList, LexiconRecord, RunCounts, RunManifest, SKIPPED_LISTED, SkippedRecord,
    SkippedRecords,
};
pub use precision::{LexiconPrecision, PathPrecision, Precision};
pub use results::{Cell, ResultTable};
pub use sheets::write_workbook;
pub use table::{ArticleContext, OtherLanguages, Part, Prefix, Table, TableKind, TableScratch};
pub use terminal::{fitted, plain};
pub use writer::{Summary, TableWriter};
