//! CSV and TSV: RFC 4180, cells quoted where they must be.

use framescope_core::score::Value;

use super::{CELL_LIMIT, CellCounts, Cells};
use crate::corpus::needs_guard;
use crate::output::format::Style;
use crate::output::number;

/// Appends rows to bytes.
pub(in crate::output) struct Delimited<'a> {
    pub(in crate::output) out: &'a mut Vec<u8>,
    pub(in crate::output) counts: &'a mut CellCounts,
    delimiter: u8,
    decimal: u8,
    line_end: &'static [u8],
    raw_text: bool,
    floats: number::Floats,
}

impl<'a> Delimited<'a> {
    pub(in crate::output) fn new(style: Style, out: &'a mut Vec<u8>, counts: &'a mut CellCounts) -> Self {
        Delimited {
            out,
            counts,
            delimiter: style.delimiter(),
            decimal: style.decimal(),
            line_end: style.line_end(),
            raw_text: style.raw_text,
            floats: number::Floats::default(),
        }
    }
}

/// As many bytes as a cell with a small count may have.
const DIGITS_AND_DELIMITER: usize = 4;

/// So many equal cells are written at once.
const FEW: usize = 16;

impl Cells for Delimited<'_> {
    fn text(&mut self, text: &str) {
        let guarded = !self.raw_text && needs_guard(text);
        self.counts.guarded += u64::from(guarded);
        if text.len() > CELL_LIMIT && text.encode_utf16().count() > CELL_LIMIT {
            self.counts.long += 1;
        }
        let must_quote = |b: &u8| *b == self.delimiter || matches!(*b, b'"' | b'\n' | b'\r');
        let quoted = text.as_bytes().iter().any(must_quote);
        if quoted {
            self.out.push(b'"');
        }
        if guarded {
            self.out.push(b'\'');
        }
        if quoted {
            let mut parts = text.as_bytes().split(|b| *b == b'"');
            self.out.extend_from_slice(parts.next().unwrap_or_default());
            for part in parts {
                self.out.extend_from_slice(b"\"\"");
                self.out.extend_from_slice(part);
            }
            self.out.push(b'"');
        } else {
            self.out.extend_from_slice(text.as_bytes());
        }
        self.out.push(self.delimiter);
    }

    fn word(&mut self, word: &'static str) {
        self.out.extend_from_slice(word.as_bytes());
        self.out.push(self.delimiter);
    }

    fn value(&mut self, value: Value) {
        self.floats.push(self.out, value, self.decimal);
        self.out.push(self.delimiter);
    }

    fn repeat(&mut self, value: Value, cells: usize) {
        let start = self.out.len();
        if cells == 0 {
            return;
        }
        self.value(value);
        let cell = self.out.len() - start;
        // A few zeros are what stands between most cells that say something.
        if let [digit, delimiter] = self.out[start..]
            && cells <= FEW
        {
            self.out.truncate(start);
            self.out.extend_from_slice([[digit, delimiter]; FEW].as_flattened());
            return self.out.truncate(start + 2 * cells);
        }
        // Doubling: a run of zeros for thousands of paths is a handful of copies.
        let mut done = 1;
        while done < cells {
            let more = done.min(cells - done);
            self.out.extend_from_within(start..start + more * cell);
            done += more;
        }
    }

    fn small_ints(&mut self, counts: &[u16]) {
        let start = self.out.len();
        self.out.resize(start + counts.len() * DIGITS_AND_DELIMITER, 0);
        let room = &mut self.out[start..];
        let mut at = 0;
        // How many digits each has is a surprise, so as many are written as there may be, and the next cell begins where they end.
        for &n in counts {
            let (digits, len) = number::DIGITS[usize::from(n)];
            room[at..at + digits.len()].copy_from_slice(&digits);
            at += usize::from(len);
            room[at] = self.delimiter;
            at += 1;
        }
        self.out.truncate(start + at);
    }

    fn end_row(&mut self) {
        // Every cell was followed by a delimiter; the last one gives way to the end of the line.
        self.out.pop();
        self.out.extend_from_slice(self.line_end);
        self.counts.rows += 1;
    }
}
