//! The Excel workbook: rows go to disk as they come, so that memory does not grow with them.

use std::io::{self, Seek as _, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, IgnoreError, Workbook as Book, Worksheet, XlsxError};

use super::OutputError;
use super::cells::{Stored, TypedRows};
use super::table::Sheet;

/// How many rows a sheet holds, header included.
pub(super) const SHEET_ROWS: u32 = 1_048_576;
/// The widest a column is made for its name.
const WIDEST: usize = 40;

/// A workbook being written.
pub(super) struct Workbook {
    book: Book,
    header: Vec<String>,
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
    /// A workbook of columns with these names, on these sheets, a block of columns each.
    pub(super) fn new(header: Vec<String>, sheets: Vec<Sheet>, to: &str) -> Result<Workbook, OutputError> {
        Workbook::with_limit(header, sheets, SHEET_ROWS, to)
    }

    /// A workbook whose sheets hold this many rows.
    pub(super) fn with_limit(
        header: Vec<String>,
        sheets: Vec<Sheet>,
        rows_a_sheet: u32,
        to: &str,
    ) -> Result<Workbook, OutputError> {
        let mut book = Book::new();
        // A workbook says when it was made; ours says nothing that would change from run to run.
        let never = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|e| failed(to, e))?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&never));
        let mut workbook = Workbook { book, header, sheets, rounds: 0, row: 0, rows_a_sheet };
        workbook.begin_sheets().map_err(|e| failed(to, e))?;
        Ok(workbook)
    }

    /// How many sheets a block of columns needed for its rows.
    pub(super) fn sheets_per_block(&self) -> u32 {
        self.rounds
    }

    /// Adds rows.
    pub(super) fn add(&mut self, rows: &TypedRows, to: &str) -> Result<(), OutputError> {
        for cells in rows.cells.chunks(self.header.len()) {
            self.add_row(cells, &rows.text).map_err(|e| failed(to, e))?;
        }
        Ok(())
    }

    /// Writes the file. Excel files are archives, whose writer has to go back: a file without a
    /// name takes it first, then all of it goes to the target, which may be a pipe.
    pub(super) fn save(mut self, out: &mut impl Write, to: &str) -> Result<(), OutputError> {
        let disk = |source| OutputError::Write { to: to.to_owned(), source };
        let mut file = tempfile::tempfile().map_err(disk)?;
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
        let bold = Format::new().set_bold();
        for sheet in &self.sheets {
            let worksheet = self.book.add_worksheet_with_constant_memory()?;
            let name = match self.rounds {
                1 => sheet.name.clone(),
                round => format!("{} {round}", sheet.name),
            };
            worksheet.set_name(name)?;
            // The names of columns and the first column, `id`, stay in sight.
            worksheet.set_freeze_panes(1, 1)?;
            let names = sheet.columns.iter().cloned().flatten();
            for (column, name) in names.map(|n| &self.header[n]).enumerate() {
                let column = column as u16;
                widen(worksheet, column, name)?;
                worksheet.write_string_with_format(0, column, name, &bold)?;
            }
            let last = sheet.columns.iter().map(|r| r.len()).sum::<usize>().max(1) - 1;
            // Identifiers and metadata are text on purpose: no green corners for digits.
            worksheet.ignore_error_range(0, 0, self.rows_a_sheet - 1, last as u16, IgnoreError::NumberStoredAsText)?;
        }
        Ok(())
    }
}

/// Makes a column wide enough for its name.
fn widen(worksheet: &mut Worksheet, column: u16, name: &str) -> Result<(), XlsxError> {
    let width = name.chars().count().clamp(8, WIDEST) + 2;
    worksheet.set_column_width(column, width as f64)?;
    Ok(())
}

fn failed(to: &str, error: XlsxError) -> OutputError {
    match error {
        XlsxError::IoError(source) => OutputError::Write { to: to.to_owned(), source },
        other => OutputError::Workbook { to: to.to_owned(), reason: other.to_string() },
    }
}
