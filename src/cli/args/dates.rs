//! Arguments about dates: where they stand, and how numbers in them are read.

use clap::{Args, ValueEnum};

use crate::corpus::DateOrder;

/// Dates of articles.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct DateArgs {
    /// The column of the date; `date` if not given
    #[arg(long, value_name = "COLUMN", help_heading = "Dates")]
    pub(crate) date: Option<String>,

    /// What 03/04/2025 means
    ///
    /// Without it such a date is counted as ambiguous and not used: a wrong month is worse than
    /// none. Dates that can be read in one way only (2025-03-04, 4 March 2025, 25/03/2025) need
    /// none of this.
    #[arg(long, value_name = "ORDER", help_heading = "Dates")]
    pub(crate) date_order: Option<TypedDateOrder>,
}

impl DateArgs {
    /// The columns that the corpus must have for it.
    pub(crate) fn needed(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.date.iter().map(|name| ("--date", name.trim().to_owned()))
    }

    /// The order of day and month, if somebody said it.
    pub(crate) fn order(&self) -> Option<DateOrder> {
        self.date_order.map(|order| match order {
            TypedDateOrder::DayFirst => DateOrder::DayFirst,
            TypedDateOrder::MonthFirst => DateOrder::MonthFirst,
        })
    }
}

/// The order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TypedDateOrder {
    /// 3 April
    DayFirst,
    /// 4 March
    MonthFirst,
}
