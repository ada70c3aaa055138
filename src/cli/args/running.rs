//! Arguments that mean the same in every command that goes through a corpus.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::pipeline::available_threads;
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
    #[arg(long, value_name = "N", help_heading = "Running", value_parser = threads)]
    pub(crate) threads: Option<NonZeroUsize>,

    /// Take settings from this file instead of the nearest framescope.toml
    #[arg(long, value_name = "FILE", conflicts_with = "no_config", help_heading = "Running")]
    pub(crate) config: Option<PathBuf>,

    /// Take no settings from a framescope.toml
    ///
    /// One is looked for in the working directory and the folders above it; `framescope config`
    /// shows what it sets. What is typed wins over it.
    #[arg(long, help_heading = "Running")]
    pub(crate) no_config: bool,

    /// No progress, no notes, no summary; warnings and errors remain
    #[arg(short, long, help_heading = "Running")]
    pub(crate) quiet: bool,

    /// Stop at the first article that cannot be read, instead of skipping and listing it
    #[arg(long, help_heading = "Running")]
    pub(crate) strict: bool,
}

impl RunArgs {
    /// How many threads work.
    pub(crate) fn thread_count(&self) -> NonZeroUsize {
        self.threads.unwrap_or_else(available_threads)
    }
}

/// More threads are a slip of the pen that brings a machine to its knees.
const MOST_THREADS: usize = 1_024;

fn threads(typed: &str) -> Result<NonZeroUsize, String> {
    match typed.parse::<usize>().ok().and_then(NonZeroUsize::new) {
        Some(threads) if threads.get() <= MOST_THREADS => Ok(threads),
        _ => Err(format!("write a number from 1 to {MOST_THREADS}; more than the machine has cores is no faster")),
    }
}
