//! A table for readers.

use std::fmt;

/// Rows of cells, and those that do not keep what is promised.
#[derive(Debug, Default)]
pub struct Table {
    header: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    /// What is wrong, a line each.
    pub broken: Vec<String>,
}

impl Table {
    pub(super) fn new(header: &[&'static str]) -> Table {
        Table { header: header.to_vec(), ..Table::default() }
    }

    /// Adds a row; `broken` says what it does not keep.
    pub(super) fn row(&mut self, cells: Vec<String>, broken: &[&str]) {
        if !broken.is_empty() {
            self.broken.push(format!("{}: {}", cells.join(", "), broken.join("; ")));
        }
        self.rows.push(cells);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| {} |", self.header.join(" | "))?;
        writeln!(f, "|{}", "--:|".repeat(self.header.len()))?;
        for row in &self.rows {
            writeln!(f, "| {} |", row.join(" | "))?;
        }
        Ok(())
    }
}

/// A percentage for a cell; nothing where nothing was counted.
pub(super) fn percent(count: f64, of: f64) -> String {
    if of > 0.0 { format!("{:.1}", 100.0 * count / of) } else { "–".to_owned() }
}
