//! The date of an article, from the column that holds it.

use super::args::DateArgs;
use super::reading::Reading;
use crate::corpus::{DateOrder, DateReading, Values, read_date};
use crate::output::{fitted, plain};

/// Dates that cannot be read and are named: the first so many.
const NAMED: usize = 3;
/// Characters of such a date that are shown: a whole sentence may stand there.
const SHOWN: usize = 30;

/// A date that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnreadDate {
    id: String,
    text: String,
}

/// Adds dates that cannot be read to those that are named.
pub(crate) fn keep_first(first: &mut Vec<UnreadDate>, more: impl IntoIterator<Item = UnreadDate>) {
    first.extend(more.into_iter().take(NAMED.saturating_sub(first.len())));
}

/// Which dates of `all` cannot be read, first of all.
pub(crate) fn unread_in_words(all: u64, first: &[UnreadDate]) -> String {
    let named: Vec<String> =
        first.iter().map(|date| format!("{:?} of {}", fitted(&date.text, SHOWN), plain(&date.id))).collect();
    format!("{}{}", named.join(", "), if all > named.len() as u64 { ", …" } else { "" })
}

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

    /// What stands in the place of a date that cannot be read: the article with these values, and the text.
    pub(crate) fn unread(&self, id: &str, values: &Values<'_>) -> Option<UnreadDate> {
        let is_unread = self.of_article(values) == Some(DateReading::Unreadable);
        let text = values.get(self.column?)?.as_deref()?.trim();
        is_unread.then(|| UnreadDate { id: id.to_owned(), text: text.to_owned() })
    }

    /// The date of the article with these values, by column of the corpus; `None` where it has none.
    pub(crate) fn of_article(&self, values: &Values<'_>) -> Option<DateReading> {
        let text = values.get(self.column?)?.as_deref()?;
        (!text.trim().is_empty()).then(|| read_date(text, self.order))
    }
}
