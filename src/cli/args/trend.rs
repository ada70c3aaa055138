//! Arguments of `trend`.

use clap::{Args, ValueEnum};

use super::{DateArgs, GroupingArgs, LexiconArgs, ReadingArgs, RunArgs, TypedVoice, WritingArgs};

/// Rates over time: per path, group and week or month, with how they change
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  framescope trend news.csv -l talks --by outlet -o trend.csv
  framescope trend news.csv -l talks --by outlet --per month --date published -o trend.xlsx
  framescope trend news.csv -l talks --per month --month-factor --errors newey-west -o trend.csv

A row `period` has articles, words, hits and the pooled rate of one path, group and period; periods
with fewer than 5 articles are marked. A row `trend` has the factor by which the rate changes from
one period to the next, with an interval that allows for periods that follow each other and share
events; a row `difference` says how much more it does so in one group than in another. There is no
p. On a terminal there is a summary to read: the rates as bars, and the change.")]
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

    /// Where the intervals of trends come from
    ///
    /// `blocks` leaves out several periods that follow each other at a time; `newey-west` sums over
    /// periods that lie near each other, as readers of time series expect, and is too narrow: its 95 %
    /// intervals hold 78 to 90 %. docs/calibration.md has how often each is right.
    #[arg(long, value_name = "HOW", default_value = "blocks", help_heading = "Trend")]
    pub(crate) errors: TypedErrors,

    /// Periods in a block; a twelfth of the time, at least 4, if not given
    #[arg(long, value_name = "N", help_heading = "Trend", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) block: Option<u32>,

    /// Periods over which the sum of `--errors newey-west` reaches; 1.3 times the square root of their number if not
    /// given
    #[arg(long, value_name = "N", help_heading = "Trend", value_parser = clap::value_parser!(u32).range(0..=1000))]
    pub(crate) lags: Option<u32>,

    /// Take out what comes again every year, by a factor of the month beside the trend
    ///
    /// The factor is the same for all groups. A week is of the month that has its Thursday. It needs
    /// dates of two years or more.
    #[arg(long, help_heading = "Trend")]
    pub(crate) month_factor: bool,

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

/// Where errors come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TypedErrors {
    /// Blocks of periods, left out one at a time
    Blocks,
    /// Newey and West's sum over near periods
    NeweyWest,
}
