//! Arguments that mean the same in every command that goes through a corpus.

use std::num::NonZeroUsize;

use clap::Args;

/// With which lexicons.
#[derive(Debug, Args)]
pub(crate) struct LexiconArgs {
    /// A lexicon: the path of a file, or the name of a shipped one; may repeat
    ///
    /// What holds a `/` or an ending is the path of a file (./my, my.toml); anything else is the
    /// name of a lexicon that comes with framescope (see `framescope lexicon list`). There is no
    /// lexicon by default: none is valid for every corpus.
    #[arg(short = 'l', long = "lexicon", value_name = "LEXICON", help_heading = "Lexicons")]
    pub(crate) lexicons: Vec<String>,
}

/// How the run goes.
#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// How many threads work; all cores if not given
    ///
    /// The output is the same, byte for byte, for any number.
    #[arg(long, value_name = "N", help_heading = "Running")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// No progress, no notes, no summary; warnings and errors remain
    #[arg(short, long, help_heading = "Running")]
    pub(crate) quiet: bool,

    /// Stop at the first article that cannot be read, instead of skipping and listing it
    #[arg(long, help_heading = "Running")]
    pub(crate) strict: bool,
}
