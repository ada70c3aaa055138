//! Arguments about groups: which articles are compared with which.

use clap::Args;

/// By what articles are grouped.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct GroupingArgs {
    /// The column that says which group an article is in
    ///
    /// Any column will do. Without it: the column `outlet`; where there is none, the folder of the
    /// article's file; where all files lie in one folder, the file. Which one it is is said.
    /// Articles whose column is empty are left out and counted.
    #[arg(long, value_name = "COLUMN", help_heading = "Groups")]
    pub(crate) by: Option<String>,
}

impl GroupingArgs {
    /// The columns that the corpus must have for it
    /// ([`ReadSettings::needed`](crate::corpus::ReadSettings::needed)).
    pub(crate) fn needed(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.by.iter().map(|name| ("--by", name.trim().to_owned()))
    }
}
