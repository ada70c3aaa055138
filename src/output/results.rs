//! Tables of results: rows that are not articles, such as groups, contrasts or words.
//!
//! Whoever computes a result says what its columns mean, as rows of a codebook, and hands over rows
//! of cells; formats, guards and companions are those of all tables.

use framescope_core::score::Value;

use super::cells::{CellCounts, Cells, Delimited, Jsonl, Typed, TypedRows, keys};
use super::codebook::{self, CodebookRow};
use super::format::{Format, Style};
use super::listing::Colour;
use super::table::{Body, OtherLanguages, Part};

/// A cell of a result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Text from anywhere: it may hold anything.
    Text(&'a str),
    /// A number, or nothing. What is not finite is nothing.
    Number(Value),
}

impl Cell<'_> {
    /// Nothing.
    pub const EMPTY: Cell<'static> = Cell::Number(Value::Empty);

    /// A count.
    pub fn count(n: u64) -> Cell<'static> {
        Cell::Number(Value::Int(n))
    }

    /// A number, where there is one.
    pub fn number(x: impl Into<Option<f64>>) -> Cell<'static> {
        Cell::Number(x.into().map_or(Value::Empty, Value::Float))
    }
}

/// A table whose rows are results.
#[derive(Debug)]
pub struct ResultTable {
    sheet: String,
    columns: Vec<CodebookRow>,
    /// How a workbook colours columns, by their name.
    colours: Vec<(&'static str, Colour)>,
    /// The names of columns as JSONL has them.
    keys: Vec<Box<[u8]>>,
    style: Style,
}

impl ResultTable {
    /// A table with these columns. `sheet` is the name of its sheet in a workbook.
    pub fn new(sheet: impl Into<String>, columns: Vec<CodebookRow>, style: Style) -> ResultTable {
        let keys = keys(columns.iter().map(|column| column.column.as_str()));
        ResultTable { sheet: sheet.into(), columns, colours: Vec::new(), keys, style }
    }

    /// Has a workbook colour a column by its numbers.
    #[must_use]
    pub fn coloured(mut self, column: &'static str, colour: Colour) -> ResultTable {
        self.colours.push((column, colour));
        self
    }

    /// The colour of a column.
    pub(super) fn colour(&self, column: &str) -> Option<Colour> {
        self.colours.iter().find(|(name, _)| *name == column).map(|(_, colour)| *colour)
    }

    /// Its columns, in order, each with what it means.
    pub fn columns(&self) -> &[CodebookRow] {
        &self.columns
    }

    /// Its format and options.
    pub fn style(&self) -> Style {
        self.style
    }

    pub(super) fn sheet(&self) -> &str {
        &self.sheet
    }

    /// The codebook as a CSV, dressed as the table is.
    pub fn codebook_csv(&self) -> Vec<u8> {
        codebook::csv(self.columns.iter().cloned(), self.style)
    }

    /// An empty part.
    pub fn part(&self) -> Part {
        let body = match self.style.format {
            Format::Xlsx => Body::Cells(TypedRows::default()),
            _ => Body::Bytes(Vec::new()),
        };
        Part { body, counts: CellCounts::default(), other_languages: OtherLanguages::new() }
    }

    /// Adds a row to a part: a cell for every column.
    ///
    /// # Panics
    /// If there are more or fewer cells than columns: such a row would shift every cell behind it.
    pub fn row(&self, cells: &[Cell<'_>], part: &mut Part) {
        assert_eq!(cells.len(), self.columns.len(), "a cell for every column of `{}`", self.sheet);
        let counts = &mut part.counts;
        match (&mut part.body, self.style.format) {
            (Body::Cells(rows), _) => put(cells, &mut Typed { rows, counts }),
            (Body::Bytes(out), Format::Jsonl) => put(cells, &mut Jsonl::new(&self.keys, out, counts)),
            (Body::Bytes(out), _) => put(cells, &mut Delimited::new(self.style, out, counts)),
        }
    }
}

fn put(cells: &[Cell<'_>], out: &mut impl Cells) {
    for cell in cells {
        match cell {
            Cell::Text(text) => out.text(text),
            Cell::Number(value) => out.value(*value),
        }
    }
    out.end_row();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::TableWriter;

    fn written(format: Format) -> (Vec<u8>, CellCounts) {
        let column = |name: &str| CodebookRow { column: name.to_owned(), ..CodebookRow::default() };
        let columns = ["word", "hits", "zeta"].map(column).to_vec();
        let table = ResultTable::new("words", columns, Style { format, ..Style::default() });
        let mut part = table.part();
        table.row(&[Cell::Text("=SUM(1)"), Cell::count(3), Cell::number(-0.5)], &mut part);
        table.row(&[Cell::Text("a,\"b\""), Cell::EMPTY, Cell::number(f64::NAN)], &mut part);
        let mut writer = TableWriter::of_results(&table, Vec::new(), "words").unwrap();
        writer.write(part).unwrap();
        let (bytes, summary) = writer.finish().unwrap();
        (bytes, summary.cells)
    }

    #[test]
    fn results_are_dressed_as_all_tables_are() {
        let (csv, counts) = written(Format::Csv);
        assert_eq!(String::from_utf8(csv).unwrap(), "word,hits,zeta\n'=SUM(1),3,-0.5\n\"a,\"\"b\"\"\",,\n");
        assert_eq!((counts.rows, counts.guarded), (2, 1));
        let (jsonl, _) = written(Format::Jsonl);
        let expected = concat!(
            "{\"word\":\"=SUM(1)\",\"hits\":3,\"zeta\":-0.5}\n",
            "{\"word\":\"a,\\\"b\\\"\",\"hits\":null,\"zeta\":null}\n"
        );
        assert_eq!(String::from_utf8(jsonl).unwrap(), expected);
        assert!(written(Format::Xlsx).0.starts_with(b"PK"));
    }

    #[test]
    fn every_column_is_in_the_codebook() {
        let row = CodebookRow { column: "hits".to_owned(), meaning: "how often".to_owned(), ..CodebookRow::default() };
        let table = ResultTable::new("words", vec![row], Style::default());
        let codebook = String::from_utf8(table.codebook_csv()).unwrap();
        assert!(codebook.starts_with("column,meaning,") && codebook.contains("\nhits,how often,"), "{codebook}");
    }
}
