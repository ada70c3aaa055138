//! Small tables that are whole in memory: what was found of groups, not of articles.
//!
//! A [`Listing`] keeps its rows, so that several of them can become the sheets of one workbook, with filters, widths
//! and colours that ask for all rows; a [`ResultTable`](super::ResultTable) lets rows go as they come. Both are put down
//! by the same cells as every other table: the same numbers, the same guard against formulas, the same empty cell for
//! what is missing.

use framescope_core::score::Value;

use super::cells::{CellCounts, Cells, Delimited, Jsonl, keys};
use super::codebook::CodebookRow;
use super::format::{Format, Style};

/// A table that is whole in memory.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Listing {
    /// Its name: of a sheet in a workbook, of a file beside another.
    pub name: String,
    /// Its columns.
    pub columns: Vec<ListingColumn>,
    /// Its rows; each has a cell for every column.
    pub rows: Vec<Vec<Datum>>,
}

/// A column of a listing: its row of the codebook, and its colour in a workbook.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ListingColumn {
    /// What it says.
    pub says: CodebookRow,
    /// How a workbook colours it.
    pub colour: Option<Colour>,
}

/// How a workbook colours the numbers of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Colour {
    /// By distance from 0, one hue a sign: differences, from −1 to 1.
    Difference,
    /// By distance from 1, one hue a side: ratios, from a quarter to four times.
    Ratio,
    /// By distance from 0, one hue a sign: binary logarithms of ratios, from −2 (a quarter) to 2 (four times).
    LogRatio,
}

/// A cell of a listing.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Datum {
    /// Nothing: not measured, or withheld.
    #[default]
    Empty,
    /// A count, or 1 and 0 for yes and no.
    Int(u64),
    /// A measured number; one that is not finite is written as nothing.
    Float(f64),
    /// Text from anywhere.
    Text(String),
}

impl From<u64> for Datum {
    fn from(n: u64) -> Datum {
        Datum::Int(n)
    }
}

impl From<u32> for Datum {
    fn from(n: u32) -> Datum {
        Datum::Int(n.into())
    }
}

impl From<usize> for Datum {
    fn from(n: usize) -> Datum {
        Datum::Int(n as u64)
    }
}

impl From<bool> for Datum {
    fn from(yes: bool) -> Datum {
        Datum::Int(yes.into())
    }
}

impl From<f64> for Datum {
    fn from(x: f64) -> Datum {
        Datum::Float(x)
    }
}

impl From<&str> for Datum {
    fn from(text: &str) -> Datum {
        Datum::Text(text.to_owned())
    }
}

impl From<String> for Datum {
    fn from(text: String) -> Datum {
        Datum::Text(text)
    }
}

impl<T: Into<Datum>> From<Option<T>> for Datum {
    fn from(value: Option<T>) -> Datum {
        value.map_or(Datum::Empty, Into::into)
    }
}

impl Datum {
    /// As a value that cells take; nothing for text.
    pub(super) fn value(&self) -> Option<Value> {
        match self {
            Datum::Empty => Some(Value::Empty),
            Datum::Int(n) => Some(Value::Int(*n)),
            Datum::Float(x) if x.is_finite() => Some(Value::Float(*x)),
            Datum::Float(_) => Some(Value::Empty),
            Datum::Text(_) => None,
        }
    }
}

impl ListingColumn {
    /// A column and what it says.
    pub fn new(name: impl Into<String>, meaning: impl Into<String>) -> ListingColumn {
        let says = CodebookRow { column: name.into(), meaning: meaning.into(), ..CodebookRow::default() };
        ListingColumn { says, colour: None }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.says.column
    }

    /// In what it is measured.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> ListingColumn {
        self.says.unit = unit.into();
        self
    }

    /// How it is computed.
    #[must_use]
    pub fn formula(mut self, formula: impl Into<String>) -> ListingColumn {
        self.says.formula = formula.into();
        self
    }

    /// What it is divided by.
    #[must_use]
    pub fn over(mut self, denominator: impl Into<String>) -> ListingColumn {
        self.says.denominator = denominator.into();
        self
    }

    /// When a cell is empty.
    #[must_use]
    pub fn missing(mut self, missing: impl Into<String>) -> ListingColumn {
        self.says.missing = missing.into();
        self
    }

    /// How a workbook colours it.
    #[must_use]
    pub fn coloured(self, colour: Colour) -> ListingColumn {
        ListingColumn { colour: Some(colour), ..self }
    }
}

impl Listing {
    /// A table without rows.
    pub fn new(name: impl Into<String>, columns: Vec<ListingColumn>) -> Listing {
        Listing { name: name.into(), columns, rows: Vec::new() }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<Datum>) {
        debug_assert_eq!(row.len(), self.columns.len(), "a row of {} has a cell for every column", self.name);
        self.rows.push(row);
    }

    /// The table as text in a format other than a workbook, and what happened to its cells.
    pub fn to_bytes(&self, style: Style) -> (Vec<u8>, CellCounts) {
        let mut counts = CellCounts::default();
        let mut out = Vec::new();
        if style.format == Format::Jsonl {
            let keys = keys(self.columns.iter().map(|column| column.name()));
            let mut cells = Jsonl::new(&keys, &mut out, &mut counts);
            self.rows.iter().for_each(|row| put(row, &mut cells));
            return (out, counts);
        }
        out.extend_from_slice(style.mark());
        let mut cells = Delimited::new(style, &mut out, &mut counts);
        self.columns.iter().for_each(|column| cells.text(column.name()));
        cells.end_row();
        self.rows.iter().for_each(|row| put(row, &mut cells));
        counts.rows = self.rows.len() as u64;
        (out, counts)
    }

    /// The codebook of some listings: a row for every column of each. It is a listing too.
    pub fn codebook<'a>(listings: impl IntoIterator<Item = &'a Listing>) -> Listing {
        let mut codebook = Listing::new(
            "codebook",
            vec![
                ListingColumn::new("table", "The table, or sheet"),
                ListingColumn::new("column", "The column"),
                ListingColumn::new("meaning", "What it says"),
                ListingColumn::new("unit", "In what it is measured"),
                ListingColumn::new("formula", "How it is computed"),
                ListingColumn::new("denominator", "What it is divided by"),
                ListingColumn::new("missing", "When a cell is empty"),
            ],
        );
        for listing in listings {
            for column in &listing.columns {
                let CodebookRow { column, meaning, unit, formula, denominator, missing, .. } = &column.says;
                let texts = [column, meaning, unit, formula, denominator, missing];
                let own = texts.into_iter().map(|text| Datum::from(text.as_str()));
                codebook.push(std::iter::once(Datum::from(listing.name.as_str())).chain(own).collect());
            }
        }
        codebook
    }
}

pub(super) fn put<C: Cells>(row: &[Datum], cells: &mut C) {
    for datum in row {
        match (datum, datum.value()) {
            (_, Some(value)) => cells.value(value),
            (Datum::Text(text), _) => cells.text(text),
            (_, None) => cells.empty(),
        }
    }
    cells.end_row();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing() -> Listing {
        let columns = vec![
            ListingColumn::new("group", "The group"),
            ListingColumn::new("ratio", "A ratio").unit("1").coloured(Colour::Ratio),
            ListingColumn::new("hits", "Hits"),
        ];
        let mut listing = Listing::new("result", columns);
        listing.push(vec!["=cmd|' /C calc'!A0".into(), 1.5.into(), 3_u64.into()]);
        listing.push(vec!["<b>,\"q\"".into(), f64::NAN.into(), Datum::Empty]);
        listing
    }

    #[test]
    fn text_formats_hold_no_formula_and_no_nan() {
        let (csv, counts) = listing().to_bytes(Style::default());
        let csv = String::from_utf8(csv).unwrap();
        assert_eq!(csv, "group,ratio,hits\n'=cmd|' /C calc'!A0,1.5,3\n\"<b>,\"\"q\"\"\",,\n");
        assert_eq!((counts.rows, counts.guarded), (2, 1));
        let (jsonl, _) = listing().to_bytes(Style { format: Format::Jsonl, ..Style::default() });
        let last = String::from_utf8(jsonl).unwrap().lines().last().unwrap().to_owned();
        assert_eq!(last, r#"{"group":"<b>,\"q\"","ratio":null,"hits":null}"#);
    }

    #[test]
    fn every_column_is_in_the_codebook_and_so_are_its_own() {
        let listing = listing();
        let codebook = Listing::codebook([&listing]);
        let names: Vec<&Datum> = codebook.rows.iter().map(|row| &row[1]).collect();
        assert_eq!(names, [&Datum::from("group"), &Datum::from("ratio"), &Datum::from("hits")]);
        assert!(codebook.columns.iter().all(|column| !column.says.meaning.is_empty()));
    }
}
