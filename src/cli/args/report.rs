//! Arguments of `report`: what is compared, and what the page shows of the articles.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::CompareArgs;

/// Write a page: groups compared, drawn and in words, with the lines behind every number
#[derive(Debug, Args)]
#[command(
    mut_arg("output", |arg| arg.required(true).help("The page to write (.html)").long_help("The page to write (.html)")),
    mut_arg("excel", |arg| arg.hide(true)),
    mut_arg("raw_text", |arg| arg.hide(true)),
    mut_arg("from", |arg| arg.hide(true)),
    mut_arg("hits", |arg| arg.hide(true)),
    after_help = "Examples:
  framescope report articles.csv -l talks -o report.html
  framescope report monday/ -l talks -o monday.html        a few articles side by side
  framescope report articles.csv -l my.toml --show-text none --figures figures -o report.html",
    after_long_help = "Examples:
  The outlets of a table against each other:
    framescope report articles.csv -l talks -o report.html

  A few text files, side by side; it describes them, and tests nothing:
    framescope report monday/ -l talks --show-text full -o monday.html

  Without the articles' words, and every chart as a file for a paper:
    framescope report articles.csv -l my.toml --show-text none --figures figures -o report.html

What comes out:
  One HTML file that needs nothing else: no network, no font, no script to be read. It opens from a mail, prints, and can
  be used by keyboard and screen reader. Beside report.html stands report.run.json (version, options, hashes, warnings).
  `framescope compare` writes the same numbers as tables."
)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub(crate) comparing: CompareArgs,

    /// How much of the articles' text the page shows
    #[arg(long = "show-text", value_name = "HOW", default_value = "excerpts", help_heading = "Page")]
    pub(crate) shown: TypedShown,

    /// A folder for the charts as SVG files; it is made if it is not there
    #[arg(long, value_name = "FOLDER", help_heading = "Page")]
    pub(crate) figures: Option<PathBuf>,
}

/// How much text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TypedShown {
    /// At most 25 words around a hit, and at most a tenth of an article in all
    Excerpts,
    /// None: only where each hit stands
    None,
    /// All of it, for your own use
    Full,
}
