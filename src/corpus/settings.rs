//! What is asked of the corpus, as meant.

use std::io::PipeReader;
use std::path::PathBuf;
use std::sync::Arc;

/// How to read a corpus.
#[derive(Debug, Clone)]
pub struct ReadSettings {
    /// Files, folders, globs, or `-`.
    pub inputs: Vec<String>,
    /// The format of every input; by ending where not given, JSONL for stdin.
    pub format: Option<Format>,
    /// The encoding of every input; detected where not given.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// Columns that make the id, joined by `|`.
    pub id: Vec<String>,
    /// The text column.
    pub text: Option<String>,
    /// The title column.
    pub title: Option<String>,
    /// Which columns become metadata.
    pub meta: MetaChoice,
    /// A table of metadata joined on id or path.
    pub meta_file: Option<PathBuf>,
    /// Columns that the command needs, and the option that names each.
    pub needed: Vec<(&'static str, String)>,
    /// Conditions `column=value` or `column!=value`; all must hold.
    pub filters: Vec<String>,
    /// The language of every article that does not name its own.
    pub language: Option<String>,
    /// Whether pasted pages are cleaned; `None`: text files are, tables are not.
    pub clean: Option<bool>,
    /// Lines to remove wherever they are a line of their own.
    pub boilerplate: Vec<String>,
    /// Files that are no articles wherever they lie: what this run writes, what other options name.
    pub not_inputs: Vec<PathBuf>,
    /// Whether inputs are hashed while they are read.
    pub hash: bool,
    /// How many bytes a chunk has, about.
    pub chunk_bytes: usize,
    /// A pipe that holds something once the run is to stop: no read of standard input or of another pipe waits then.
    pub stop: Option<Arc<PipeReader>>,
}

impl Default for ReadSettings {
    fn default() -> Self {
        ReadSettings {
            inputs: Vec::new(),
            format: None,
            encoding: None,
            id: Vec::new(),
            text: None,
            title: None,
            meta: MetaChoice::All,
            meta_file: None,
            needed: Vec::new(),
            filters: Vec::new(),
            language: None,
            clean: None,
            boilerplate: Vec::new(),
            not_inputs: Vec::new(),
            hash: true,
            chunk_bytes: 1 << 20,
            stop: None,
        }
    }
}

/// A format of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Comma-separated (semicolons and bars are recognised from the header).
    Csv,
    /// Tab-separated.
    Tsv,
    /// One JSON object a line.
    Jsonl,
    /// One article a file.
    Text,
}

/// Which columns become metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetaChoice {
    /// Every column but the text.
    All,
    /// None.
    None,
    /// These.
    Only(Vec<String>),
}
