//! Cells: what a row is made of, and the three ways to put them down.
//!
//! Tables write cells in order and know nothing of formats; a writer of cells knows its format and
//! nothing of tables. All of it runs in the workers: text formats append to a buffer of bytes
//! without allocating, workbooks get typed cells, because one writer alone can fill a workbook.

mod delimited;
mod jsonl;
mod typed;

pub(super) use delimited::Delimited;
pub(super) use jsonl::{Jsonl, keys};
pub(super) use typed::{Stored, Typed, TypedRows};

use framescope_core::score::Value;

/// Excel's limit for a cell, in UTF-16 units as Excel counts.
pub(super) const CELL_LIMIT: usize = 32_767;

/// Counts below this are small: nearly all are.
pub(super) const SMALL: usize = 1_000;

/// Puts down the cells of rows, in order.
pub(super) trait Cells {
    /// Text from anywhere: it may hold anything.
    fn text(&mut self, text: &str);
    /// A word of our own vocabulary, such as `outside`: it needs no care.
    fn word(&mut self, word: &'static str);
    /// A number, or nothing.
    fn value(&mut self, value: Value);
    /// The same value in this many cells.
    fn repeat(&mut self, value: Value, cells: usize);
    /// Ends the row.
    fn end_row(&mut self);

    /// Counts below [`SMALL`], side by side.
    fn small_ints(&mut self, counts: &[u16]) {
        counts.iter().for_each(|&n| self.int(n.into()));
    }

    /// A count.
    fn int(&mut self, n: u64) {
        self.value(Value::Int(n));
    }

    /// Yes or no, as 1 or 0.
    fn flag(&mut self, yes: bool) {
        self.value(Value::Int(yes.into()));
    }

    /// Nothing.
    fn empty(&mut self) {
        self.value(Value::Empty);
    }
}

/// What happened to cells on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellCounts {
    /// Rows.
    pub rows: u64,
    /// Text cells that got an apostrophe before them, so that no spreadsheet runs them.
    pub guarded: u64,
    /// Text cells that were cut to Excel's limit (workbooks only).
    pub cut: u64,
    /// Text cells past Excel's limit that were left whole (text formats).
    pub long: u64,
}

impl std::ops::AddAssign for CellCounts {
    fn add_assign(&mut self, other: CellCounts) {
        self.rows += other.rows;
        self.guarded += other.guarded;
        self.cut += other.cut;
        self.long += other.long;
    }
}
