//! The date of an article, from the column that holds it.

use super::args::DateArgs;
use super::reading::Reading;
use crate::corpus::{DateOrder, DateReading, read_date};

/// Where dates stand and how they are read.
pub(crate) struct Dates {
    column: Option<usize>,
    name: Option<String>,
    order: Option<DateOrder>,
}

impl Dates {
    /// The column that was named, which the corpus has ([`DateArgs::needed`]), or the one called
    /// `date`.
    pub(crate) fn of(args: &DateArgs, reading: &Reading) -> Dates {
        let column = reading.column(args.date.as_deref().map_or("date", str::trim));
        let name = column.map(|number| reading.columns()[number].clone());
        Dates { column, name, order: args.order() }
    }

    /// Whether there is such a column.
    pub(crate) fn has_column(&self) -> bool {
        self.column.is_some()
    }

    /// The column's name.
    pub(crate) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The date of the article with these values, by column of the corpus; `None` where it has none.
    pub(crate) fn of_article(&self, values: &[Option<String>]) -> Option<DateReading> {
        let text = values.get(self.column?)?.as_deref()?;
        (!text.trim().is_empty()).then(|| read_date(text, self.order))
    }
}
