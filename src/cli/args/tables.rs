//! Arguments of `score` and `kwic`: which table, which measures, into which file.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{LexiconArgs, ReadingArgs, RunArgs};

/// Score articles: one row of framing scores per article
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:
  framescope score articles/ -l talks -o scores.csv
  framescope score news.csv -l my.toml --text body --id url -o scores.xlsx
  framescope score news.jsonl.gz -l talks --where outlet=Herald --long -o scores.tsv
  zcat news.jsonl.gz | framescope score - -l talks | head",
    after_long_help = "Examples:
  A folder of text files, scores and codebook for a spreadsheet:
    framescope score articles/ -l talks -o scores.csv

  A table whose columns have names of their own, into Excel:
    framescope score news.csv -l my.toml --text body --id url -o scores.xlsx

  One outlet, every measure, a row per article and path:
    framescope score news.jsonl.gz -l talks --where outlet=Herald --long -o scores.tsv

  In a pipe:
    zcat news.jsonl.gz | framescope score - -l talks | head

What stands in the table:
  id, metadata, words and sentences, and for every path of the lexicon: its count, the count
  outside and inside quotation marks, and the rate outside per 1,000 words outside. Beside
  scores.csv stand scores.codebook.csv (every column: meaning, unit, formula, denominator) and
  scores.run.json (version, options, hashes of lexicons and inputs, warnings).
  `framescope kwic` lists the hits behind every number."
)]
pub(crate) struct ScoreArgs {
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) lexicons: LexiconArgs,

    /// A row per article and path, with every measure, instead of a row per article
    #[arg(long, help_heading = "Table")]
    pub(crate) long: bool,

    /// The measures to write, or `all`
    ///
    /// Without it the wide table has count, outside, quoted and outside_per_1k, and the long table
    /// has all. The codebook explains each.
    #[arg(long, value_name = "MEASURE,...", value_delimiter = ',', help_heading = "Table")]
    pub(crate) measures: Vec<String>,

    /// The voice in which share, labelled, present and axes are taken
    #[arg(long, value_name = "VOICE", default_value = "outside", help_heading = "Table")]
    pub(crate) voice: TypedVoice,

    /// A row per sentence, paragraph or zone instead of per article
    ///
    /// Everything is resolved in the whole article first, so the counts of its segments sum to
    /// those of the article.
    #[arg(long, value_name = "SEGMENT", help_heading = "Table")]
    pub(crate) segment: Option<TypedSegment>,

    /// Whether column names begin with the lexicon's name
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = "Table")]
    pub(crate) prefix: TypedPrefix,

    /// Add intervals of rates and shares (within-text: they say nothing of other articles)
    #[arg(long, help_heading = "Table")]
    pub(crate) intervals: bool,

    /// From how many hits on a path is `present`
    #[arg(long, value_name = "M", default_value = "1", help_heading = "Table",
          value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) present_min: u32,

    #[command(flatten)]
    pub(crate) writing: WritingArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// List every hit in its context: the line behind every number
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  framescope kwic articles/ -l talks -o hits.csv
  framescope kwic articles/ -l talks --rejected -o nearly.csv
  framescope kwic news.csv -l my.toml --window 15 -o hits.xlsx
  framescope kwic article.txt -l talks | head

hits.xlsx has empty columns keep, path_corrected and comment for a coder. With --rejected the
table lists what looked like a hit and was none, with the rule and the line of the lexicon that
decided so.")]
pub(crate) struct KwicArgs {
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) lexicons: LexiconArgs,

    /// List the candidates that were rejected, with the rule and the line that did it
    #[arg(long, help_heading = "Table")]
    pub(crate) rejected: bool,

    /// How many words of context stand on either side
    #[arg(long, value_name = "N", default_value = "10", help_heading = "Table")]
    pub(crate) window: u32,

    #[command(flatten)]
    pub(crate) writing: WritingArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Where the table goes and in which dress.
#[derive(Debug, Args)]
pub(crate) struct WritingArgs {
    /// The file to write; its ending picks the format (.csv .tsv .jsonl .xlsx)
    ///
    /// Without it CSV goes to standard output. A file appears whole or not at all.
    #[arg(short, long, value_name = "FILE", help_heading = "Writing")]
    pub(crate) output: Option<PathBuf>,

    /// CSV for Excel: a byte-order mark and CRLF; =semicolon also `;` and decimal commas
    ///
    /// Excel reads a plain CSV in the local code page and breaks names in it. An .xlsx file needs
    /// none of this.
    #[arg(long, value_name = "SEPARATOR", num_args = 0..=1, require_equals = true,
          default_missing_value = "comma", help_heading = "Writing")]
    pub(crate) excel: Option<Excel>,

    /// Write text cells as they are, even those that a spreadsheet would run as a formula
    ///
    /// Otherwise a text cell of a CSV or TSV that begins with = + - @ and is no number gets a
    /// leading apostrophe; how many did is said.
    #[arg(long, help_heading = "Writing")]
    pub(crate) raw_text: bool,
}

/// Which Excel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Excel {
    /// Separated by commas, decimal points
    Comma,
    /// Separated by semicolons, decimal commas, as most of Europe has it
    Semicolon,
}

/// In which voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TypedVoice {
    /// Outside quotation marks
    Outside,
    /// Inside quotation marks
    Quoted,
    /// Everywhere
    All,
}

/// Of what a row tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TypedSegment {
    Sentence,
    Paragraph,
    /// title, lead, heading, body
    Zone,
}

/// When column names have a prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TypedPrefix {
    /// With several lexicons
    Auto,
    /// Always
    Always,
}
