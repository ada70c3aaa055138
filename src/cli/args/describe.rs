//! Arguments of `describe`.

use clap::Args;

use super::{DateArgs, GroupingArgs, ReadingArgs, RunArgs, WritingArgs};

/// Describe a corpus before anything is scored: "table 1" of a paper, a row per group
#[derive(Debug, Args)]
#[command(
    // Here the option proposes such a file where others read one.
    mut_arg("boilerplate", |arg| arg
        .num_args(0..=1)
        .require_equals(true)
        .default_missing_value(PROPOSE)
        .help("Propose lines to take out: those common to a group's articles; =FILE takes such lines out")
        .long_help(
            "Propose lines to take out: those that many articles of one group share\n\nThe list goes to the file of -o or \
             to standard output, in the form that `--boilerplate FILE` of the other commands reads. Nothing is taken out \
             by it: read it, delete what is text, and use it. With =FILE the lines of that file are taken out before the \
             corpus is described, as `--boilerplate FILE` does elsewhere."
        )
        .help_heading("Cleaning")),
    after_help = "Examples:
  framescope describe news.csv --by outlet
  framescope describe news.csv --by outlet -o table1.csv
  framescope describe news.csv --date published --date-order day-first
  framescope describe news.csv --by outlet --boilerplate -o boilerplate.txt
  framescope score news.csv --boilerplate boilerplate.txt -l talks -o scores.csv

On a terminal the description is a table to read; in a pipe and with -o it is a row per group and
one of all, with codebook and run.json beside a file. No lexicon is needed."
)]
pub(crate) struct DescribeArgs {
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) grouping: GroupingArgs,
    #[command(flatten)]
    pub(crate) dates: DateArgs,

    /// Do not look for copies of articles
    ///
    /// Finding them keeps 4 bytes a word and about 900 an article: 0.4 GB for 100,000 articles of 800
    /// words. All else is counted as it goes by.
    #[arg(long, help_heading = "Description")]
    pub(crate) no_copies: bool,

    #[command(flatten)]
    pub(crate) writing: WritingArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// What `--boilerplate` without a file stands for: no file's name holds this character.
pub(crate) const PROPOSE: &str = "\0";
