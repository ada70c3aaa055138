//! Arguments of `trend`.

use clap::{Args, ValueEnum};

use super::{DateArgs, GroupingArgs, LexiconArgs, ReadingArgs, RunArgs, TypedVoice, WritingArgs};

/// Rates over time: per path, group and week or month, with how they change
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  framescope trend news.csv -l talks --by outlet -o trend.csv
  framescope trend news.csv -l talks --by outlet --per month --date published -o trend.xlsx

A row `period` has articles, words, hits and the pooled rate of one path, group and period; periods
with fewer than 5 articles are marked. A row `trend` has the factor by which the rate changes from
one period to the next, with an interval from leaving out blocks of periods; a row `difference`
says how much more it does so in one group than in another. There is no p. On a terminal there is a
summary to read: the rates as bars, and the change.")]
pub(crate) struct TrendArgs {
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) lexicons: LexiconArgs,
    #[command(flatten)]
    pub(crate) grouping: GroupingArgs,
    #[command(flatten)]
    pub(crate) dates: DateArgs,

    /// How long a period is
    #[arg(long, value_name = "PERIOD", default_value = "week", help_heading = "Table")]
    pub(crate) per: TypedPer,

    /// The voice in which hits and words are counted
    #[arg(long, value_name = "VOICE", default_value = "outside", help_heading = "Table")]
    pub(crate) voice: TypedVoice,

    #[command(flatten)]
    pub(crate) writing: WritingArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// A period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TypedPer {
    /// ISO weeks, Monday to Sunday
    Week,
    /// Months of the calendar
    Month,
}
