//! Typed cells, for workbooks: kept as rows until the one writer of the workbook comes to them.

use std::ops::Range;

use framescope_core::score::Value;

use super::{CELL_LIMIT, CellCounts, Cells};

/// What stands where a cell was cut.
const CUT: &str = " …[cut]";

/// A cell that waits.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::output) enum Stored {
    Empty,
    Number(f64),
    /// A range of the rows' text.
    Text(Range<usize>),
}

/// Rows of typed cells.
#[derive(Debug, Default)]
pub(in crate::output) struct TypedRows {
    pub(in crate::output) cells: Vec<Stored>,
    pub(in crate::output) text: String,
}

/// Appends to typed rows.
pub(in crate::output) struct Typed<'a> {
    pub(in crate::output) rows: &'a mut TypedRows,
    pub(in crate::output) counts: &'a mut CellCounts,
}

impl Cells for Typed<'_> {
    fn text(&mut self, text: &str) {
        let start = self.rows.text.len();
        match within_limit(text) {
            None => self.rows.text.push_str(text),
            Some(kept) => {
                self.rows.text.push_str(kept);
                self.rows.text.push_str(CUT);
                self.counts.cut += 1;
            }
        }
        let end = self.rows.text.len();
        self.rows.cells.push(if start == end { Stored::Empty } else { Stored::Text(start..end) });
    }

    fn word(&mut self, word: &'static str) {
        self.text(word);
    }

    fn value(&mut self, value: Value) {
        let cell = match value.number() {
            Some(x) if x.is_finite() => Stored::Number(x),
            _ => Stored::Empty,
        };
        self.rows.cells.push(cell);
    }

    fn repeat(&mut self, value: Value, cells: usize) {
        for _ in 0..cells {
            self.value(value);
        }
    }

    fn end_row(&mut self) {
        self.counts.rows += 1;
    }
}

/// What is kept of a text that is too long for a cell, leaving room for the mark; `None` where it
/// is not too long.
fn within_limit(text: &str) -> Option<&str> {
    if text.len() <= CELL_LIMIT || text.encode_utf16().count() <= CELL_LIMIT {
        return None;
    }
    let room = CELL_LIMIT - CUT.encode_utf16().count();
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > room
    });
    Some(&text[..end.map_or(text.len(), |(at, _)| at)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_cells_are_cut_at_excels_limit_and_counted() {
        let (mut rows, mut counts) = (TypedRows::default(), CellCounts::default());
        let mut cells = Typed { rows: &mut rows, counts: &mut counts };
        // Two UTF-16 units each: 16,383 fit, one more does not.
        for text in ["𝄞".repeat(16_383), "𝄞".repeat(16_384), "é".repeat(32_767)] {
            cells.text(&text);
        }
        assert_eq!(counts.cut, 1);
        let Stored::Text(cut) = rows.cells[1].clone() else {
            panic!("no text");
        };
        let cut = &rows.text[cut];
        assert!(cut.ends_with("𝄞 …[cut]"));
        assert_eq!(cut.encode_utf16().count(), 32_767);
    }
}
