//! Arguments of `compare`: what is held against what, how sure one wants to be, and what from.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{DateArgs, GroupingArgs, LexiconArgs, ReadingArgs, RunArgs, StudyArgs, WritingArgs};

/// What reads articles. A stored table is not read by it, so beside --from it would be passed over without a word.
const READING: [&str; 13] = [
    "inputs",
    "format",
    "encoding",
    "text",
    "title",
    "id",
    "meta",
    "meta_file",
    "conditions",
    "limit",
    "language",
    "clean",
    "boilerplate",
];

/// Compare groups of articles: who frames it how, and how sure that is
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:
  framescope compare articles.csv -l talks --by outlet -o compare.xlsx
  framescope compare articles.csv -l talks --vs rest --within genre -o compare.csv
  framescope compare articles.csv -l my.toml --within event --primary cost,safety
  framescope compare articles.csv -l talks --events auto -o compare.csv
  framescope compare --from long.csv --by outlet -o compare.csv",
    after_long_help = "Examples:
  Every two outlets, as a workbook with sheets for result, shares, terms and warnings:
    framescope compare articles.csv -l talks --by outlet -o compare.xlsx

  Each outlet against all others, genre by genre:
    framescope compare articles.csv -l talks --vs rest --within genre -o compare.csv

  Inside events that both cover, for the paths that the study is about:
    framescope compare articles.csv -l my.toml --within event --primary cost,safety

  The same where no column says which event: they are matched, and the evidence is in compare.pairs.csv:
    framescope compare articles.csv -l talks --events auto -o compare.csv

  From a table that was stored before (framescope score --long):
    framescope compare --from long.csv --by outlet -o compare.csv

What comes out:
  With a file, the table of results (a row per path, pair of groups and voice), and beside it tables of shares, axes,
  terms and warnings, a codebook and run.json; an .xlsx file has all of them as sheets. On a terminal a summary;
  in a pipe the table of results.

How many articles allow what:
  1 a side     a description of those texts, no comparison of groups
  2 to 4       medians and ranges, no interval and no p
  from 5       prevalence with its difference, rate ratio with interval and permutation p
  6 events     (covered by both) a paired p; from 10 that is the comparison to report
  50 a side    --bca"
)]
pub(crate) struct CompareArgs {
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) lexicons: LexiconArgs,
    #[command(flatten)]
    pub(crate) grouping: GroupingArgs,

    /// Each group against all others together, instead of every two groups
    #[arg(long, value_name = "WHAT", help_heading = "Groups")]
    pub(crate) vs: Option<TypedVs>,

    /// Columns inside whose values the groups are compared (such as event,genre)
    ///
    /// Labels are exchanged only among articles that agree in all of them, and the ratio is that inside
    /// them. With the column `event` (or with --events) events are the units: the comparison is of how
    /// both wrote on the same events. Other columns beside it limit what is exchanged, but the ratio is
    /// then pooled over all articles of the events: another mix of genres on the same events stays in it.
    #[arg(long, value_name = "COLUMN,...", value_delimiter = ',', help_heading = "Groups")]
    pub(crate) within: Vec<String>,

    /// What tells which articles are of one event: `auto`, a column, or a table of pairs
    ///
    /// Events are then the units, as with --within event. `auto` matches articles of different
    /// groups: copies of one text, and articles at most three days apart that share names, numbers
    /// and rare words (words of the lexicons are left out, so that articles do not pair by the words
    /// that are compared). With -o out.csv the evidence stands in out.pairs.csv: correct it and give
    /// it back (--events out.pairs.csv). Beside it stand out.events.csv (who covered what),
    /// out.changes.csv (what each desk changed in one text) and out.split.csv (how much of a
    /// difference is which events, and how much how the same events). Copies inside a group count
    /// once.
    #[arg(long, value_name = "auto|COLUMN|FILE", help_heading = "Groups", conflicts_with = "from")]
    pub(crate) events: Option<String>,

    /// From which cosine on `--events auto` matches; chosen from the corpus if not given
    #[arg(long, value_name = "X", help_heading = "Groups", requires = "events", value_parser = cosine)]
    pub(crate) event_cosine: Option<f64>,

    #[command(flatten)]
    pub(crate) dates: DateArgs,
    #[command(flatten)]
    pub(crate) study: StudyArgs,

    /// From how many hits on a path is `present`
    #[arg(long, value_name = "M", default_value = "1", help_heading = "Statistics",
          value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) present_min: u32,

    /// Arrangements that are drawn where there are more than 20,000 to go through
    #[arg(long, value_name = "N", default_value = "9999", help_heading = "Statistics",
          value_parser = clap::value_parser!(u64).range(99..=999_999))]
    pub(crate) permutations: u64,

    /// Bootstrap replicates of shares and axes
    #[arg(long, value_name = "N", default_value = "1999", help_heading = "Statistics",
          value_parser = clap::value_parser!(u64).range(199..=99_999))]
    pub(crate) replicates: u64,

    /// The seed of all chance: the same seed, the same numbers
    #[arg(long, value_name = "N", default_value = "1", help_heading = "Statistics")]
    pub(crate) seed: u64,

    /// A regression beside the default, for readers who expect one
    ///
    /// Its errors are robust to clusters where events are the units or --cluster names a column: from 30
    /// clusters CR1, with fewer CR2 with Satterthwaite's degrees of freedom and a wild cluster bootstrap.
    /// With --within each stratum has a level of its own.
    #[arg(long, value_name = "MODEL", help_heading = "Statistics")]
    pub(crate) model: Option<TypedModel>,

    /// The column of what articles come in clusters of, for the errors of --model; events if not given
    ///
    /// Such as an author or a wire story. An article without a value is a cluster of its own. The groups
    /// themselves cannot be the clusters.
    #[arg(long, value_name = "COLUMN", help_heading = "Statistics", requires = "model")]
    pub(crate) cluster: Option<String>,

    /// BCa intervals of shares where both sides have 50 articles with a mention
    #[arg(long, help_heading = "Statistics")]
    pub(crate) bca: bool,

    /// Paths whose company is looked at (default: referents, and categories named actors, sources or speakers)
    ///
    /// Which frames stand in the same sentences as these. A path of one of several lexicons is LEXICON:PATH.
    #[arg(long, value_name = "PATH,...", value_delimiter = ',', help_heading = "Words")]
    pub(crate) actors: Vec<String>,

    /// Paths that may stand beside actors (default: all other categories that have none under them)
    #[arg(long, value_name = "PATH,...", value_delimiter = ',', help_heading = "Words")]
    pub(crate) frames: Vec<String>,

    /// Compare from a long table that `score --long` stored, instead of from the articles
    ///
    /// Prevalence, rates, shares and axes are the same to the last digit. What needs the hits one by
    /// one is left out, by name, unless --hits gives them. Which articles it has, and how they were read, was
    /// decided when it was stored: options that choose or read articles (--where, --limit) do not go with it.
    #[arg(long, value_name = "FILE", help_heading = "Stored tables", conflicts_with_all = READING)]
    pub(crate) from: Option<PathBuf>,

    /// The hits of the same articles, as `kwic` stored them; may repeat
    ///
    /// With the lexicons that found them (-l) they give word shifts, too, and with a second table, the one that
    /// `kwic --rejected` stored, what is left without each word.
    #[arg(long, value_name = "FILE", help_heading = "Stored tables", requires = "from")]
    pub(crate) hits: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) writing: WritingArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

impl CompareArgs {
    /// The column of --cluster.
    pub(crate) fn cluster_column(&self) -> Option<String> {
        self.cluster.as_deref().map(|name| name.trim().to_owned())
    }
}

fn cosine(typed: &str) -> Result<f64, String> {
    match typed.parse::<f64>() {
        Ok(cosine) if (0.1..=1.0).contains(&cosine) => Ok(cosine),
        _ => Err("write a number from 0.1 to 1, such as 0.35".to_owned()),
    }
}

/// What a group is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TypedVs {
    /// All other groups together
    Rest,
}

/// A regression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TypedModel {
    /// Quasi-Poisson
    Quasipoisson,
    /// Negative binomial (NB2)
    Nb,
}
