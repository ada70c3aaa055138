//! The arguments as typed: what clap parses and what `--help` says, a file a theme.
//!
//! Nothing here is resolved and nothing conflicts yet; [`settings`](super::settings) makes of it
//! what the floors below are given.

mod compare;
mod config;
mod dates;
mod describe;
mod grouping;
mod keyness;
mod lexicon;
mod reading;
mod report;
mod running;
mod study;
mod tables;
mod text;
mod trend;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

pub(crate) use compare::{CompareArgs, TypedModel, TypedVs};
pub(crate) use config::ConfigArgs;
pub(crate) use dates::DateArgs;
pub(crate) use describe::{DescribeArgs, PROPOSE};
pub(crate) use grouping::GroupingArgs;
pub(crate) use keyness::KeynessArgs;
pub(crate) use lexicon::{CheckArgs, LexiconCommand, ShowArgs};
pub(crate) use reading::{ReadingArgs, TypedFormat};
pub(crate) use report::{ReportArgs, TypedShown};
pub(crate) use running::{LexiconArgs, RunArgs};
pub(crate) use study::StudyArgs;
pub(crate) use tables::{Excel, KwicArgs, ScoreArgs, TypedPrefix, TypedSegment, TypedVoice, WritingArgs};
pub(crate) use text::TextArgs;
pub(crate) use trend::{TrendArgs, TypedErrors, TypedPer};

/// Score how news articles frame what they report, and show the line behind every number.
#[derive(Debug, Parser)]
#[command(
    name = "framescope",
    version,
    about = "Score how news articles frame what they report, and show the line behind every number",
    after_help = "Examples:
  framescope lexicon list                                   the lexicons that come with it
  framescope describe articles.csv --by outlet              the corpus, before anything is scored
  framescope score articles/ -l talks -o scores.csv         a row of scores per article
  framescope kwic articles.csv -l my.toml -o hits.xlsx      every hit in its context
  framescope compare articles.csv -l talks --by outlet      who frames it how, and how sure that is
  framescope keyness articles.csv --by outlet               the words that set outlets apart
  framescope text article.txt                               what was read, as it was read

Each command has a --help with examples of its own.",
    after_long_help = "Examples:
  framescope lexicon list                                   the lexicons that come with it
  framescope describe articles.csv --by outlet              the corpus, before anything is scored
  framescope score articles/ -l talks -o scores.csv         a row of scores per article
  framescope kwic articles.csv -l my.toml -o hits.xlsx      every hit in its context
  framescope compare articles.csv -l talks --by outlet      who frames it how, and how sure that is
  framescope keyness articles.csv --by outlet               the words that set outlets apart
  framescope text article.txt                               what was read, as it was read

Exit status:
  0    done
  1    failed, or checks not passed
  2    wrong usage, or a lexicon that cannot be read
  3    done, but some articles were skipped: each is listed
  130  stopped by Ctrl-C; a file that was being written is not left behind

Tables go to the file of -o or to standard output; messages go to standard error only.
NO_COLOR turns colours off.",
    arg_required_else_help = true,
    max_term_width = 100
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Score(Box<ScoreArgs>),
    Kwic(Box<KwicArgs>),
    Compare(Box<CompareArgs>),
    Describe(Box<DescribeArgs>),
    Trend(Box<TrendArgs>),
    Keyness(Box<KeynessArgs>),
    Report(Box<ReportArgs>),
    Text(Box<TextArgs>),
    /// Look at lexicons: list the shipped ones, show one, check one
    #[command(subcommand, long_about = lexicon::ABOUT)]
    Lexicon(LexiconCommand),
    Config(ConfigArgs),
    Completions(CompletionsArgs),
    /// Print the manual page, in roff
    #[command(after_help = "Examples:
  framescope man > framescope.1 && man ./framescope.1")]
    Man,
}

/// Print the completions of a shell
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  framescope completions bash > ~/.local/share/bash-completion/completions/framescope
  framescope completions zsh  > \"${fpath[1]}/_framescope\"
  framescope completions fish > ~/.config/fish/completions/framescope.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: Shell,
}
