//! The usual rows of a table, read without a parser: cells that a quotation mark opens and closes,
//! or that hold none.
//!
//! An article is nearly all one long cell in quotation marks, and what reading it costs is looking
//! for the next mark. [`Rows`] does that and nothing else. From the first row on in which it meets
//! anything beyond that (text behind a closing mark, a mark that nothing closes) it leaves the
//! chunk to the `csv` crate, whose reading is the one that holds. A property test holds the two equal.

use std::ops::Range;

/// Reads the rows of a chunk, one after the other, and keeps its memory from one to the next.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    at: usize,
    /// The line at `at`, from 0.
    line: u64,
    cells: Vec<Cell>,
    /// The cells that held doubled marks, one after the other.
    unescaped: Vec<u8>,
}

/// A row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    /// Its first byte.
    pub(super) start: usize,
    /// Its first line, from 0.
    pub(super) line: u64,
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A row; [`Rows::cells`] has its cells.
    Row(Row),
    /// A row that must be read with care, and those behind it with it.
    Odd(Row),
    /// No row.
    End,
}

/// Where a cell stands.
#[derive(Debug, Clone)]
enum Cell {
    /// In the chunk, as it is.
    Chunk(Range<usize>),
    /// Among the unescaped.
    Unescaped(Range<usize>),
}

impl<'a> Rows<'a> {
    pub(super) fn new(bytes: &'a [u8], delimiter: u8) -> Rows<'a> {
        Rows { bytes, delimiter, at: 0, line: 0, cells: Vec::new(), unescaped: Vec::new() }
    }

    /// Reads the next row. Blank lines are none.
    pub(super) fn next(&mut self) -> Next {
        let (blank, line) = blank_lines(&self.bytes[self.at..]);
        self.at += blank;
        self.line += line;
        let row = Row { start: self.at, line: self.line };
        if self.at == self.bytes.len() {
            return Next::End;
        }
        self.cells.clear();
        self.unescaped.clear();
        match self.row() {
            Some(end) => {
                self.line += memchr::memchr_iter(b'\n', &self.bytes[self.at..end]).count() as u64;
                self.at = end;
                Next::Row(row)
            }
            None => Next::Odd(row),
        }
    }

    /// How many cells the row has.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The cells of the row.
    pub(super) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        self.cells.iter().map(|cell| match cell {
            Cell::Chunk(range) => &self.bytes[range.clone()],
            Cell::Unescaped(range) => &self.unescaped[range.clone()],
        })
    }

    /// Reads the cells of the row at hand; the end of its last one.
    fn row(&mut self) -> Option<usize> {
        let bytes = self.bytes;
        let mut at = self.at;
        loop {
            let end = if bytes.get(at) == Some(&b'"') {
                self.quoted(at + 1)?
            } else {
                let len = memchr::memchr3(self.delimiter, b'\n', b'\r', &bytes[at..]).unwrap_or(bytes.len() - at);
                self.cells.push(Cell::Chunk(at..at + len));
                at + len
            };
            match bytes.get(end) {
                Some(&b) if b == self.delimiter => at = end + 1,
                Some(b'\n' | b'\r') | None => return Some(end),
                Some(_) => return None,
            }
        }
    }

    /// Reads the cell behind an opening mark; what follows its closing mark.
    fn quoted(&mut self, start: usize) -> Option<usize> {
        let bytes = self.bytes;
        let closing = |from: usize| Some(from + memchr::memchr(b'"', &bytes[from..])?);
        let is_doubled = |at: usize| bytes.get(at + 1) == Some(&b'"');
        let mut at = closing(start)?;
        if !is_doubled(at) {
            self.cells.push(Cell::Chunk(start..at));
            return Some(at + 1);
        }
        let (first, mut from) = (self.unescaped.len(), start);
        while is_doubled(at) {
            self.unescaped.extend_from_slice(&bytes[from..=at]);
            from = at + 2;
            at = closing(from)?;
        }
        self.unescaped.extend_from_slice(&bytes[from..at]);
        self.cells.push(Cell::Unescaped(first..self.unescaped.len()));
        Some(at + 1)
    }
}

/// How many bytes the blank lines here have, and how many lines they are.
pub(super) fn blank_lines(bytes: &[u8]) -> (usize, u64) {
    let len = bytes.iter().take_while(|b| matches!(b, b'\n' | b'\r')).count();
    (len, bytes[..len].iter().filter(|&&b| b == b'\n').count() as u64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Table = Vec<Vec<Vec<u8>>>;

    /// The rows as far as they are usual, and where the first odd one begins.
    fn walked(bytes: &[u8], delimiter: u8) -> (Table, Option<Row>) {
        let mut rows = Rows::new(bytes, delimiter);
        let mut table = Table::new();
        loop {
            match rows.next() {
                Next::Row(row) => {
                    assert_eq!(row.line, line_of(bytes, row.start));
                    table.push(rows.cells().map(<[u8]>::to_vec).collect());
                    assert_eq!(rows.len(), table.last().map_or(0, Vec::len));
                }
                Next::Odd(row) => return (table, Some(row)),
                Next::End => return (table, None),
            }
        }
    }

    fn line_of(bytes: &[u8], at: usize) -> u64 {
        bytes[..at].iter().filter(|&&b| b == b'\n').count() as u64
    }

    fn by_library(bytes: &[u8], delimiter: u8) -> Table {
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes);
        reader.byte_records().map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect()).collect()
    }

    /// Demands that what is walked, and behind it what the library reads from there on, is what the
    /// library reads of the whole. Whether all of it was walked.
    fn agrees(bytes: &[u8], delimiter: u8) -> bool {
        let (mut table, odd) = walked(bytes, delimiter);
        if let Some(row) = odd {
            assert_eq!(row.line, line_of(bytes, row.start));
            table.extend(by_library(&bytes[row.start..], delimiter));
        }
        assert_eq!(table, by_library(bytes, delimiter), "{:?}", String::from_utf8_lossy(bytes));
        odd.is_none()
    }

    #[test]
    fn usual_rows_are_read_and_others_left() {
        for table in [
            "",
            "\n\n\r\n",
            "a,b\nc,d",
            "a,\n",
            ",\n,",
            "\"\"",
            "\"a\"\"b\",\"\"\"\"\n\"c\nd\",e\r\n\r\n\"f\",\n",
            "5\" nails,b\n",
            "a\rb\rc",
        ] {
            assert!(agrees(table.as_bytes(), b','), "{table:?}");
        }
        for table in ["\"a\" b,c\nd,e\n", "a,b\n\"c,d\ne,f\n", "\"", "\"a\"\"", "x,\"a\"\"b"] {
            assert!(!agrees(table.as_bytes(), b','), "{table:?}");
        }
    }

    #[test]
    fn the_line_of_a_row_is_its_own_and_not_that_of_blank_lines_before_it() {
        let mut rows = Rows::new(b"\n\r\na\n\n\"b\nc\"\nd", b',');
        let starts: Vec<u64> = std::iter::from_fn(|| match rows.next() {
            Next::Row(row) => Some(row.line),
            Next::Odd(_) | Next::End => None,
        })
        .collect();
        assert_eq!(starts, [2, 4, 6]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn what_is_read_is_what_the_library_reads(table in r#"((([ab"é;]{0,3}|"([ab,;\n\r]|""){0,4}")[,;]){0,3}([ab"]{0,2}|"([ab,;\n\r]|""){0,4}")(\n|\r\n|\r|\n\n)){0,5}[a",]{0,3}"#, semicolon: bool) {
            agrees(table.as_bytes(), if semicolon { b';' } else { b',' });
        }
    }
}
