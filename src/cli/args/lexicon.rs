//! Arguments of `lexicon`.

use clap::{Args, Subcommand};

pub(super) const ABOUT: &str = "Look at lexicons: list the shipped ones, show one, check one.

A lexicon is a TOML file that a researcher can read and edit. To begin one of your own, look at
a shipped one with `framescope lexicon show NAME`, then check yours with
`framescope lexicon check my.toml` while you write.";

/// What to do with lexicons.
#[derive(Debug, Subcommand)]
pub(crate) enum LexiconCommand {
    /// List the lexicons that come with framescope, a line each
    List,
    Show(ShowArgs),
    Check(CheckArgs),
}

/// Show a lexicon, or explain one path of it: definition, entries, masks, conditions
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  framescope lexicon show talks
  framescope lexicon show talks captives.hostage
  framescope lexicon show ./my.toml captives")]
pub(crate) struct ShowArgs {
    /// The path of a file, or the name of a shipped lexicon
    #[arg(value_name = "LEXICON")]
    pub(crate) lexicon: String,

    /// A path in the lexicon, such as captives.hostage; its children are listed too
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<String>,

    /// The lexicon's file as it is, to copy and edit
    #[arg(long, conflicts_with = "path")]
    pub(crate) source: bool,
}

/// Check lexicons: errors with their place, lints, and the lexicon's own tests
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  framescope lexicon check my.toml
  framescope lexicon check lexicons/*.toml --strict

Errors and failed tests end with exit status 1. Lints (a missing definition, an entry that can
never be counted, a greedy wildcard, a column name that is too long for Stata) are warnings; with
--strict they fail too.")]
pub(crate) struct CheckArgs {
    /// Paths of files, or names of shipped lexicons
    #[arg(value_name = "LEXICON", required = true)]
    pub(crate) lexicons: Vec<String>,

    /// Warnings fail too
    #[arg(long)]
    pub(crate) strict: bool,

    /// Only what is wrong
    #[arg(short, long)]
    pub(crate) quiet: bool,
}
