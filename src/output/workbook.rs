//! The Excel workbook: rows go to disk as they come, so that memory does not grow with them.

use std::io::{self, Seek as _, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook as Book, XlsxError};

use super::OutputError;
use super::cells::{Stored, TypedRows};
use super::look::{self, Look};
use super::table::Sheet;

/// How many rows a sheet holds, header included.
pub(super) const SHEET_ROWS: u32 = 1_048_576;

/// A workbook being written.
pub(super) struct Workbook {
    book: Book,
    columns: Vec<Look>,
    sheets: Vec<Sheet>,
    /// How many times the sheets were begun.
    rounds: u32,
    /// The next row in the sheets of this round.
    row: u32,
    rows_a_sheet: u32,
}

impl std::fmt::Debug for Workbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workbook")
            .field("sheets", &self.sheets)
            .field("rounds", &self.rounds)
            .field("row", &self.row)
            .finish_non_exhaustive()
    }
}

impl Workbook {
    /// A workbook of these columns, on these sheets, a block of columns each.
    pub(super) fn new(columns: Vec<Look>, sheets: Vec<Sheet>, to: &str) -> Result<Workbook, OutputError> {
        Workbook::with_limit(columns, sheets, SHEET_ROWS, to)
    }

    /// A workbook whose sheets hold this many rows.
    pub(super) fn with_limit(
        columns: Vec<Look>,
        sheets: Vec<Sheet>,
        rows_a_sheet: u32,
        to: &str,
    ) -> Result<Workbook, OutputError> {
        let mut book = Book::new();
        // A workbook says when it was made; ours says nothing that would change from run to run.
        let never = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|e| failed(to, e))?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&never));
        let mut workbook = Workbook { book, columns, sheets, rounds: 0, row: 0, rows_a_sheet };
        workbook.begin_sheets().map_err(|e| failed(to, e))?;
        Ok(workbook)
    }

    /// How many sheets a block of columns needed for its rows.
    pub(super) fn sheets_per_block(&self) -> u32 {
        self.rounds
    }

    /// Adds rows.
    pub(super) fn add(&mut self, rows: &TypedRows, to: &str) -> Result<(), OutputError> {
        for cells in rows.cells.chunks(self.columns.len()) {
            self.columns.iter_mut().zip(cells).for_each(|(look, cell)| look.see(cell, &rows.text));
            self.add_row(cells, &rows.text).map_err(|e| failed(to, e))?;
        }
        Ok(())
    }

    /// Writes the file. Excel files are archives, whose writer has to go back: a file without a
    /// name takes it first, then all of it goes to the target, which may be a pipe.
    pub(super) fn save(mut self, out: &mut impl Write, to: &str) -> Result<(), OutputError> {
        let disk = |source| OutputError::Write { to: to.to_owned(), source };
        let mut file = tempfile::tempfile().map_err(disk)?;
        self.end_sheets().map_err(|e| failed(to, e))?;
        self.book.save_to_writer(&mut file).map_err(|e| failed(to, e))?;
        file.rewind().map_err(disk)?;
        io::copy(&mut file, out).map_err(disk)?;
        Ok(())
    }

    fn add_row(&mut self, cells: &[Stored], text: &str) -> Result<(), XlsxError> {
        if self.row >= self.rows_a_sheet {
            self.begin_sheets()?;
        }
        let row = self.row;
        self.row += 1;
        let first = self.sheets.len() * (self.rounds as usize - 1);
        for (number, sheet) in self.sheets.iter().enumerate() {
            let worksheet = self.book.worksheet_from_index(first + number)?;
            for (column, cell) in sheet.columns.iter().cloned().flatten().enumerate() {
                let column = column as u16;
                match &cells[cell] {
                    Stored::Empty => {}
                    Stored::Number(x) => {
                        worksheet.write_number(row, column, *x)?;
                    }
                    Stored::Text(range) => {
                        worksheet.write_string(row, column, &text[range.clone()])?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Begins the sheets, or goes on in further ones.
    fn begin_sheets(&mut self) -> Result<(), XlsxError> {
        self.rounds += 1;
        self.row = 1;
        for sheet in &self.sheets {
            let worksheet = self.book.add_worksheet_with_constant_memory()?;
            let name = match self.rounds {
                1 => sheet.name.clone(),
                round => format!("{} {round}", sheet.name),
            };
            worksheet.set_name(name)?;
            let looks: Vec<&Look> = sheet.columns.iter().cloned().flatten().map(|n| &self.columns[n]).collect();
            look::begin(worksheet, &looks, false)?;
        }
        Ok(())
    }

    /// Gives all sheets what could not be known before their rows were.
    fn end_sheets(&mut self) -> Result<(), XlsxError> {
        for round in 1..=self.rounds {
            let rows = if round == self.rounds { self.row } else { self.rows_a_sheet } - 1;
            let first = self.sheets.len() * (round as usize - 1);
            for (number, sheet) in self.sheets.iter().enumerate() {
                let looks: Vec<&Look> = sheet.columns.iter().cloned().flatten().map(|n| &self.columns[n]).collect();
                look::end(self.book.worksheet_from_index(first + number)?, &looks, rows)?;
            }
        }
        Ok(())
    }
}

fn failed(to: &str, error: XlsxError) -> OutputError {
    match error {
        XlsxError::IoError(source) => OutputError::Write { to: to.to_owned(), source },
        other => OutputError::Workbook { to: to.to_owned(), reason: other.to_string() },
    }
}
