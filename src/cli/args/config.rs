//! Arguments of `config`.

use std::path::PathBuf;

use clap::Args;

/// Show the settings that `framescope.toml` makes, and those that hold without it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  framescope config                    every setting, its value, and where it comes from
  framescope config score              those that `framescope score` takes

A framescope.toml is looked for in the working directory and the folders above it; the first one is
used, by all commands that read a corpus. What stands on the command line wins, option by option.

  lexicons = [\"talks\", \"my.toml\"]

  [corpus]
  inputs = [\"news.csv\"]              # paths are relative to this file
  text = \"body\"

  [study]
  question = \"Who calls whom what?\"
  primary = [\"captives.hostage\"]
  by = \"outlet\"
  construct.captivity = [\"captives.hostage\", \"captives.prisoner\"]

  [options]
  threads = 2

  [options.score]                    # for one command
  output = \"scores.csv\"")]
pub(crate) struct ConfigArgs {
    /// Only the settings that this command takes
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,

    /// Look at this file instead of the framescope.toml that would be found
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}
