//! Arguments of `text`.

use clap::Args;

use super::{ReadingArgs, RunArgs};

/// Show what was read: cleaned text, sentences, zones, voices, or a table of tokens
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  framescope text article.txt                      sentences by zone, words by voice
  framescope text article.txt --show-cleaning      what was taken out, and why
  framescope text news.csv --limit 1 --tokens      a row per token

Sentences stand a line each behind their zone; words in quotation marks stand in [brackets],
attributed ones in {braces}; everything else is the narrator's.")]
pub(crate) struct TextArgs {
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    /// A table of tokens (TSV) with positions, sentence, paragraph, zone and voice
    #[arg(long, help_heading = "Showing", conflicts_with = "show_cleaning")]
    pub(crate) tokens: bool,

    /// The article as it came, with what was taken out, and why
    #[arg(long, help_heading = "Showing")]
    pub(crate) show_cleaning: bool,

    #[command(flatten)]
    pub(crate) run: RunArgs,
}
