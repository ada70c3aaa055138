//! Puts parts one after the other into a file or a pipe.

use std::io::{self, Write};

use super::OutputError;
use super::cells::{CellCounts, Cells, Delimited};
use super::codebook::CodebookRow;
use super::column::Column;
use super::format::{Excel, Format, Style};
use super::look::Look;
use super::results::ResultTable;
use super::table::{Body, OtherLanguages, Part, Sheet, Table};
use super::workbook::{SHEET_ROWS, Workbook};

/// Writes a table: the header first, then parts in the order they come.
#[derive(Debug)]
pub struct TableWriter<W> {
    out: W,
    /// The target's name, for messages.
    to: String,
    style: Style,
    workbook: Option<Workbook>,
    summary: Summary,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// What happened to cells.
    pub cells: CellCounts,
    /// Whether there was a character outside ASCII (text formats).
    pub non_ascii: bool,
    /// Articles in another language than a lexicon.
    pub other_languages: OtherLanguages,
    /// How many sheets a workbook needs for its rows; 1 unless there are more than Excel takes.
    pub sheets_per_block: u32,
    style: Style,
}

impl<W: Write> TableWriter<W> {
    /// Begins a table. `to` names the target in messages: a file, or `standard output`.
    ///
    /// # Errors
    /// If the target cannot be written.
    pub fn new(table: &Table<'_>, out: W, to: impl Into<String>) -> Result<TableWriter<W>, OutputError> {
        // Articles are told by their id, which is the first column. Units are looked up where numbers are shown by them.
        let is_workbook = table.style().format == Format::Xlsx;
        let unit = |column: &Column| if is_workbook { table.describe(column).unit } else { String::new() };
        let look = |column: &Column| Look::new(column.name.as_str(), &unit(column), false);
        let header = table.columns().iter().map(look).collect();
        TableWriter::begin(header, table.sheets().to_vec(), table.style(), out, to.into())
    }

    /// Begins a table of results.
    ///
    /// # Errors
    /// If the target cannot be written.
    pub fn of_results(table: &ResultTable, out: W, to: impl Into<String>) -> Result<TableWriter<W>, OutputError> {
        let look = |row: &CodebookRow| {
            Look::new(row.column.as_str(), &row.unit, row.is_name()).coloured(table.colour(&row.column))
        };
        let header: Vec<Look> = table.columns().iter().map(look).collect();
        let sheets = Sheet::whole(table.sheet(), header.len());
        TableWriter::begin(header, sheets, table.style(), out, to.into())
    }

    fn begin(
        header: Vec<Look>,
        sheets: Vec<Sheet>,
        style: Style,
        mut out: W,
        to: String,
    ) -> Result<TableWriter<W>, OutputError> {
        let mut summary = Summary { sheets_per_block: 1, style, ..Summary::default() };
        let mut workbook = None;
        match style.format {
            Format::Xlsx => workbook = Some(Workbook::new(header, sheets, &to)?),
            Format::Jsonl => {}
            Format::Csv | Format::Tsv => {
                let mut line = style.mark().to_vec();
                let mut cells = Delimited::new(style, &mut line, &mut summary.cells);
                header.iter().for_each(|look| cells.text(look.name()));
                cells.end_row();
                summary.cells.rows = 0;
                summary.non_ascii = !line[style.mark().len()..].is_ascii();
                out.write_all(&line).map_err(|e| failed(&to, e))?;
            }
        }
        Ok(TableWriter { out, to, style, workbook, summary })
    }

    /// Adds a part, which must come from the same table.
    ///
    /// # Errors
    /// If the target cannot be written.
    pub fn write(&mut self, part: Part) -> Result<(), OutputError> {
        self.summary.cells += part.counts;
        for (which, articles) in part.other_languages {
            *self.summary.other_languages.entry(which).or_default() += articles;
        }
        match (part.body, &mut self.workbook) {
            (Body::Bytes(bytes), _) => {
                self.summary.non_ascii |= !bytes.is_ascii();
                self.out.write_all(&bytes).map_err(|e| failed(&self.to, e))
            }
            (Body::Cells(rows), Some(workbook)) => workbook.add(&rows, &self.to),
            (Body::Cells(_), None) => Ok(()),
        }
    }

    /// How many rows were written so far.
    pub fn rows(&self) -> u64 {
        self.summary.cells.rows
    }

    /// The format and its options.
    pub fn style(&self) -> Style {
        self.style
    }

    /// Ends the table and gives back the target, flushed.
    ///
    /// # Errors
    /// If the target cannot be written.
    pub fn finish(mut self) -> Result<(W, Summary), OutputError> {
        if let Some(workbook) = self.workbook {
            self.summary.sheets_per_block = workbook.sheets_per_block();
            workbook.save(&mut self.out, &self.to)?;
        }
        self.out.flush().map_err(|e| failed(&self.to, e))?;
        Ok((self.out, self.summary))
    }
}

fn failed(to: &str, source: io::Error) -> OutputError {
    OutputError::Write { to: to.to_owned(), source }
}

impl Summary {
    /// What a person should know of what was written, a sentence each. `is_file`: whether it went
    /// to a file, which may be opened in Excel.
    pub fn notes(&self, is_file: bool) -> Vec<String> {
        let CellCounts { rows, guarded, cut, long } = self.cells;
        let for_excel = self.style.excel.is_some();
        let mut notes = Vec::new();
        if guarded > 0 {
            notes.push(format!(
                "{} like a formula and got a leading apostrophe, so that no spreadsheet runs it \
                 (--raw-text leaves text as it is)",
                cells(guarded, "begins", "begin")
            ));
        }
        if cut > 0 {
            notes.push(format!(
                "{} longer than the 32,767 characters Excel takes and cut (marked …[cut]); \
                 .csv and .jsonl keep them whole",
                cells(cut, "was", "were")
            ));
        }
        if long > 0 && (for_excel || is_file) {
            notes.push(format!(
                "{} longer than the 32,767 characters Excel takes: Excel will spill or cut it, \
                 other programs will not",
                cells(long, "is", "are")
            ));
        }
        if self.sheets_per_block > 1 {
            notes.push(format!(
                "{rows} rows are more than a sheet holds (1,048,576 with the header): they go on \
                 in sheets whose names end in 2, 3, …"
            ));
        }
        if self.style.format != Format::Jsonl
            && self.style.format != Format::Xlsx
            && rows >= SHEET_ROWS.into()
            && (for_excel || is_file)
        {
            notes.push(format!(
                "{rows} rows: Excel shows the first 1,048,576 lines only; R, pandas and .xlsx \
                 (which goes on in further sheets) have them all"
            ));
        }
        if self.style.format == Format::Csv && self.non_ascii && !for_excel && is_file {
            notes.push(
                "the CSV holds letters outside ASCII in UTF-8, which Excel misreads when the file \
                 is double-clicked: write .xlsx or add --excel to open it there"
                    .to_owned(),
            );
        }
        notes
    }

    /// Whether the table is for Excel in the European dress.
    pub fn has_decimal_comma(&self) -> bool {
        self.style.excel == Some(Excel::Semicolon)
    }
}

fn cells(n: u64, one: &str, many: &str) -> String {
    match n {
        1 => format!("1 text cell {one}"),
        n => format!("{n} text cells {many}"),
    }
}
