//! `--where column=value`.

use super::error::CorpusError;

/// One condition on a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filter {
    /// Number of the column.
    column: usize,
    value: String,
    equal: bool,
}

impl Filter {
    pub(super) fn parse(condition: &str, columns: &[String]) -> Result<Filter, CorpusError> {
        let bad = || CorpusError::Filter { condition: condition.to_owned(), columns: columns.join(", ") };
        let (name, value) = condition.split_once('=').ok_or_else(bad)?;
        let (name, equal) = name.strip_suffix('!').map_or((name, true), |name| (name, false));
        let column = columns.iter().position(|c| c == name.trim()).ok_or_else(bad)?;
        Ok(Filter { column, value: value.to_owned(), equal })
    }

    /// Whether an article passes; a missing value equals the empty one.
    pub(super) fn passes(&self, values: &[Option<String>]) -> bool {
        (values[self.column].as_deref().unwrap_or("") == self.value) == self.equal
    }
}
