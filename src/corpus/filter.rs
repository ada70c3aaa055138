//! `--where column=value`.

use super::records::Values;

/// One condition on a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filter {
    /// Number of the column.
    column: usize,
    value: String,
    equal: bool,
}

impl Filter {
    /// The condition as typed; `number` finds a column. `None` if it is none, or of no column.
    pub(super) fn parse(condition: &str, number: impl FnOnce(&str) -> Option<usize>) -> Option<Filter> {
        let (name, value) = condition.split_once('=')?;
        let (name, equal) = name.strip_suffix('!').map_or((name, true), |name| (name, false));
        Some(Filter { column: number(name.trim())?, value: value.to_owned(), equal })
    }

    /// Whether an article passes; a missing value equals the empty one.
    pub(super) fn passes(&self, values: &Values<'_>) -> bool {
        (values[self.column].as_deref().unwrap_or("") == self.value) == self.equal
    }
}
