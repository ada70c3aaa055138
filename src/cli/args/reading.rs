//! Arguments about the corpus: which files, which columns, which articles, what is taken out.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// What is read, and how.
#[derive(Debug, Clone, Args)]
pub(crate) struct ReadingArgs {
    /// Files, folders, globs, or `-` for JSONL on standard input
    ///
    /// CSV, TSV and JSONL hold an article a record; .txt and .md files hold one each; all of them
    /// also as .gz or .zst. A folder is walked in sorted order; dot files and our own outputs in
    /// it are left out. An existing file name beats its reading as a glob. Without any: those that
    /// framescope.toml names.
    #[arg(value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,

    /// What the inputs are, whatever their endings say
    #[arg(long, value_name = "FORMAT", help_heading = "Reading")]
    pub(crate) format: Option<TypedFormat>,

    /// The encoding, if it is not UTF-8 and is detected wrongly (such as windows-1252)
    #[arg(long, value_name = "NAME", help_heading = "Reading")]
    pub(crate) encoding: Option<String>,

    /// The column or JSON key of the text; guessed and said if not given
    #[arg(long, value_name = "COLUMN", help_heading = "Reading")]
    pub(crate) text: Option<String>,

    /// The column or JSON key of the title; guessed and said if not given
    #[arg(long, value_name = "COLUMN", help_heading = "Reading")]
    pub(crate) title: Option<String>,

    /// The column or columns that name an article, joined by `|`
    ///
    /// Without it: the column `id`; for a text file its path; for a table without ids
    /// `{file}:{record}`. An identifier that comes twice is an error that names both places.
    #[arg(long, value_name = "COLUMN,...", value_delimiter = ',', help_heading = "Reading")]
    pub(crate) id: Vec<String>,

    /// Do not check that no identifier comes twice (the check costs 16 bytes an article)
    #[arg(long, help_heading = "Reading")]
    pub(crate) no_id_check: bool,

    /// Do not hash the inputs for run.json
    ///
    /// They are hashed (SHA-256) while they are read, never read twice. Where many threads or a fast
    /// lexicon wait for that, this saves it.
    #[arg(long, help_heading = "Reading")]
    pub(crate) no_hash: bool,

    /// The columns to carry along, or `none`; all but the text if not given
    #[arg(long, value_name = "COLUMN,...|none", value_delimiter = ',', help_heading = "Reading")]
    pub(crate) meta: Vec<String>,

    /// A table of metadata, joined on `id` or `path`; it wins over what was guessed
    #[arg(long, value_name = "FILE", help_heading = "Reading")]
    pub(crate) meta_file: Option<PathBuf>,

    /// Only articles whose column has this value (or has not: !=); may repeat, all must hold
    #[arg(long = "where", value_name = "COLUMN=VALUE", help_heading = "Reading")]
    pub(crate) conditions: Vec<String>,

    /// Only the first N articles
    #[arg(long, value_name = "N", help_heading = "Reading", value_parser = limit)]
    pub(crate) limit: Option<NonZeroU64>,

    /// The language of articles that do not say theirs in a column `language` (such as en, ar, zh); else a guess
    #[arg(long, value_name = "CODE", help_heading = "Reading")]
    pub(crate) language: Option<String>,

    /// Take page furniture out of tables too: repeated lines, tags, datelines, headers
    ///
    /// Text files are cleaned by default, tables are not. The rules read one article only, so an
    /// article's score never depends on its neighbours. `framescope text --show-cleaning` shows
    /// what is taken out and why.
    #[arg(long, overrides_with = "no_clean", help_heading = "Cleaning")]
    pub(crate) clean: bool,

    /// Take nothing out of text files either
    #[arg(long, overrides_with = "clean", help_heading = "Cleaning")]
    pub(crate) no_clean: bool,

    /// Also take out the lines that this file lists, one a line
    #[arg(long, value_name = "FILE", help_heading = "Cleaning")]
    pub(crate) boilerplate: Option<PathBuf>,
}

/// What an input can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TypedFormat {
    /// Comma-separated, a header first
    Csv,
    /// Tab-separated, a header first
    Tsv,
    /// A JSON object a line
    Jsonl,
    /// An article a file
    Text,
}

fn limit(typed: &str) -> Result<NonZeroU64, String> {
    typed.parse().map_err(|_| "write a number of articles, 1 or more".to_owned())
}
