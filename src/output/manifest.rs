//! The run manifest: what was run on what, and what came of it.
//!
//! It stands beside the table as `scores.run.json`. It holds nothing that changes when the same
//! inputs are scored again with the same lexicons and options: no clock, no host, no number of
//! threads. Two runs are the same run if their manifests are equal byte by byte.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use framescope_core::score::ArticleScore;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::cells::CellCounts;
use crate::corpus::FileRead;

/// How many skipped articles are listed; all are counted.
pub const SKIPPED_LISTED: usize = 1_000;

/// How many inputs are listed; all are counted and hashed.
pub const INPUTS_LISTED: usize = 1_000;

/// What a run was.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RunManifest {
    /// The program's version.
    pub framescope: String,
    /// The subcommand.
    pub command: String,
    /// The options that decide what is in the table, by name.
    pub options: BTreeMap<String, serde_json::Value>,
    /// The lexicons, in order.
    pub lexicons: Vec<LexiconRecord>,
    /// The inputs, in order.
    pub inputs: InputFiles,
    /// What was counted.
    pub counts: RunCounts,
    /// What could not be scored.
    pub skipped: SkippedRecords,
    /// Keys that came up after the columns were fixed and are in no column, with the number of
    /// articles that had them.
    pub late_keys: BTreeMap<String, u64>,
    /// What was said on the way.
    pub warnings: Vec<String>,
}

/// A lexicon of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LexiconRecord {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The files it was read from: itself, then what it extends.
    pub files: Vec<FileRecord>,
}

/// A file of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FileRecord {
    /// As it was given, or `stdin` for standard input.
    pub path: String,
    /// Its size as it is stored; null where it was not read to its end.
    pub bytes: Option<u64>,
    /// The SHA-256, in hexadecimal digits, of its bytes as they are stored; null where it was not
    /// read to its end or not hashed.
    pub sha256: Option<String>,
}

impl FileRecord {
    /// The record of what is in memory, such as a lexicon that the program carries.
    pub fn of_bytes(path: impl Into<String>, bytes: &[u8]) -> FileRecord {
        FileRecord { path: path.into(), bytes: Some(bytes.len() as u64), sha256: Some(hex(&Sha256::digest(bytes))) }
    }
}

/// The files that were read, in order: how many, and the first of them. All of them are in one hash.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct InputFiles {
    /// How many files.
    pub total: u64,
    /// Their size together; null where that of one is not known.
    pub bytes: Option<u64>,
    /// The SHA-256 of the lines that `sha256sum` prints for all of them, in order; null where a file
    /// was not hashed.
    pub sha256: Option<String>,
    /// The first [`INPUTS_LISTED`].
    pub first: Vec<FileRecord>,
}

/// Adds input after input, in order.
#[derive(Debug, Clone)]
pub struct InputList {
    files: InputFiles,
    /// `None` once a file came that was not hashed.
    lines: Option<Sha256>,
}

impl Default for InputList {
    fn default() -> Self {
        let files = InputFiles { bytes: Some(0), ..InputFiles::default() };
        InputList { files, lines: Some(Sha256::new()) }
    }
}

impl InputList {
    /// Adds one that was read.
    pub fn add(&mut self, file: &FileRead) {
        let sha256 = file.sha256.as_ref().map(|hash| hex(hash));
        match (&mut self.lines, &sha256) {
            (Some(lines), Some(hash)) => lines.update(format!("{hash}  {}\n", file.name)),
            _ => self.lines = None,
        }
        self.files.total += 1;
        self.files.bytes = self.files.bytes.zip(file.bytes).map(|(sum, bytes)| sum + bytes);
        if self.files.first.len() < INPUTS_LISTED {
            self.files.first.push(FileRecord { path: file.name.clone(), bytes: file.bytes, sha256 });
        }
    }

    /// What the manifest says of them.
    pub fn files(&self) -> InputFiles {
        let sha256 = self.lines.clone().filter(|_| self.files.total > 0).map(|lines| hex(&lines.finalize()));
        InputFiles { sha256, ..self.files.clone() }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// What was counted in a run. Parts of a run add up in any order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct RunCounts {
    /// Articles scored.
    pub articles: u64,
    /// Their words.
    pub words: u64,
    /// Their sentences.
    pub sentences: u64,
    /// Their hits, each under the path its entry is written in.
    pub hits: u64,
    /// Articles with a title.
    pub with_title: u64,
    /// Opening quotation marks that were never closed and so opened nothing.
    pub unclosed_quotes: u64,
    /// Rows written.
    pub rows: u64,
    /// Text cells that got an apostrophe before them, so that no spreadsheet runs them.
    pub formula_guarded_cells: u64,
    /// Text cells that were cut to Excel's limit.
    pub cut_cells: u64,
}

impl RunCounts {
    /// Adds an article.
    pub fn add_article(&mut self, score: &ArticleScore) {
        self.articles += 1;
        self.words += score.analysis.tokens.len() as u64;
        self.sentences += score.analysis.sentences.len() as u64;
        self.hits += u64::from(score.tally.hits);
        self.with_title += u64::from(score.analysis.has_title);
        self.unclosed_quotes += u64::from(score.analysis.unclosed_quotes);
    }

    /// Adds what happened to cells.
    pub fn add_cells(&mut self, cells: CellCounts) {
        self.rows += cells.rows;
        self.formula_guarded_cells += cells.guarded;
        self.cut_cells += cells.cut;
    }
}

impl AddAssign for RunCounts {
    fn add_assign(&mut self, other: RunCounts) {
        self.articles += other.articles;
        self.words += other.words;
        self.sentences += other.sentences;
        self.hits += other.hits;
        self.with_title += other.with_title;
        self.unclosed_quotes += other.unclosed_quotes;
        self.rows += other.rows;
        self.formula_guarded_cells += other.formula_guarded_cells;
        self.cut_cells += other.cut_cells;
    }
}

/// The articles that could not be scored: how many, and the first of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SkippedRecords {
    /// All.
    pub total: u64,
    /// The first [`SKIPPED_LISTED`].
    pub first: Vec<SkippedRecord>,
}

/// An article that could not be scored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SkippedRecord {
    /// Where it stands: file and record.
    pub place: String,
    /// Why it was skipped.
    pub reason: String,
}

impl SkippedRecords {
    /// Adds one.
    pub fn add(&mut self, place: impl Into<String>, reason: impl Into<String>) {
        self.total += 1;
        if self.first.len() < SKIPPED_LISTED {
            self.first.push(SkippedRecord { place: place.into(), reason: reason.into() });
        }
    }
}

impl RunManifest {
    /// The file, as it is written.
    ///
    /// # Errors
    /// If an option cannot be said in JSON.
    pub fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        let mut json = serde_json::to_vec_pretty(self)?;
        json.push(b'\n');
        Ok(json)
    }
}
