//! A workbook of listings: a sheet each, with a header that stays, filters, widths that fit and colours by size.

use std::io::{self, Seek as _, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::OutputError;
use super::cells::{CellCounts, Stored, Typed, TypedRows};
use super::listing::{Datum, Listing, put};
use super::look::{self, Look};

/// How many rows of a listing a sheet holds beside its header.
const ROWS: usize = 1_048_575;
/// Characters of a sheet's name that Excel takes.
const NAME: usize = 31;
/// How measured numbers are shown whose unit says nothing.
const MEASURED: &str = "0.000";

/// Writes a workbook of listings, in their order. Rows past Excel's limit go on in sheets whose names end in 2, 3, …
///
/// # Errors
/// If the target cannot be written, or two listings have one name.
pub fn write_workbook(listings: &[&Listing], mut out: impl Write, to: &str) -> Result<CellCounts, OutputError> {
    let mut counts = CellCounts::default();
    let mut book = Workbook::new();
    let built = build(&mut book, listings, &mut counts);
    built.map_err(|error| OutputError::Workbook { to: to.to_owned(), reason: error.to_string() })?;
    let disk = |source: io::Error| OutputError::Write { to: to.to_owned(), source };
    // Excel files are archives, whose writer has to go back: the target may be a pipe.
    let mut file = tempfile::tempfile().map_err(disk)?;
    book.save_to_writer(&mut file).map_err(|error| match error {
        XlsxError::IoError(source) => disk(source),
        other => OutputError::Workbook { to: to.to_owned(), reason: other.to_string() },
    })?;
    file.rewind().map_err(disk)?;
    io::copy(&mut file, &mut out).map_err(disk)?;
    out.flush().map_err(disk)?;
    Ok(counts)
}

fn build(book: &mut Workbook, listings: &[&Listing], counts: &mut CellCounts) -> Result<(), XlsxError> {
    // A workbook says when it was made; ours says nothing that would change from run to run.
    let never = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&never));
    for listing in listings {
        for part in 0..listing.rows.len().div_ceil(ROWS).max(1) {
            let name: String = match part {
                0 => listing.name.chars().take(NAME).collect(),
                more => format!("{} {}", listing.name.chars().take(NAME - 4).collect::<String>(), more + 1),
            };
            let first = part * ROWS;
            let rows = &listing.rows[first..listing.rows.len().min(first + ROWS)];
            let sheet = book.add_worksheet_with_constant_memory()?;
            sheet.set_name(name)?;
            fill(sheet, listing, rows, counts)?;
        }
    }
    Ok(())
}

fn fill(
    sheet: &mut Worksheet,
    listing: &Listing,
    rows: &[Vec<Datum>],
    counts: &mut CellCounts,
) -> Result<(), XlsxError> {
    let mut typed = TypedRows::default();
    for row in rows {
        put(row, &mut Typed { rows: &mut typed, counts });
    }
    let columns = listing.columns.len().max(1);
    let mut looks: Vec<Look> = (0..listing.columns.len()).map(|column| look_of(listing, rows, column)).collect();
    for cells in typed.cells.chunks(columns) {
        looks.iter_mut().zip(cells).for_each(|(look, cell)| look.see(cell, &typed.text));
    }
    let looks: Vec<&Look> = looks.iter().collect();
    let last_row = rows.len() as u32;
    let wraps = look::wraps(&looks);
    look::begin(sheet, &looks, wraps)?;
    for (number, cells) in (1..).zip(typed.cells.chunks(columns)) {
        if let Some(height) = look::height(cells, &typed.text).filter(|_| wraps) {
            sheet.set_row_height(number, height)?;
        }
        write_row(sheet, number, cells, &typed.text)?;
    }
    look::end(sheet, &looks, last_row)
}

/// How a column looks: by its unit, or where that says nothing by what it holds.
fn look_of(listing: &Listing, rows: &[Vec<Datum>], column: usize) -> Look {
    let says = &listing.columns[column].says;
    let cells = || rows.iter().map(|row| &row[column]);
    let is_text = cells().all(|cell| matches!(cell, Datum::Text(_) | Datum::Empty));
    let look = Look::new(says.column.as_str(), &says.unit, says.is_name() && is_text);
    let look = look.coloured(listing.columns[column].colour);
    let is_measured = cells().any(|cell| matches!(cell, Datum::Float(_)))
        && cells().all(|cell| matches!(cell, Datum::Float(_) | Datum::Empty));
    if is_measured { look.or_numbers(MEASURED) } else { look }
}

fn write_row(sheet: &mut Worksheet, number: u32, cells: &[Stored], text: &str) -> Result<(), XlsxError> {
    for (column, cell) in (0..).zip(cells) {
        match cell {
            Stored::Empty => {}
            Stored::Number(x) => {
                sheet.write_number(number, column, *x)?;
            }
            Stored::Text(range) => {
                sheet.write_string(number, column, &text[range.clone()])?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader as _, Xlsx};
    use std::io::Cursor;

    use super::*;
    use crate::output::listing::{Colour, ListingColumn};

    #[test]
    fn numbers_are_numbers_and_formulas_are_text() {
        let columns = vec![
            ListingColumn::new("group", "The group"),
            ListingColumn::new("rate_ratio", "A ratio").coloured(Colour::Ratio),
            ListingColumn::new("hits", "Hits"),
        ];
        let mut result = Listing::new("result", columns);
        result.push(vec!["=1+1".into(), 2.5.into(), 7_u64.into()]);
        result.push(vec!["<script>".into(), f64::INFINITY.into(), Datum::Empty]);
        let codebook = Listing::codebook([&result]);
        let mut bytes = Vec::new();
        let counts = write_workbook(&[&result, &codebook], &mut bytes, "test.xlsx").unwrap();
        assert_eq!(counts.rows, 5);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), ["result", "codebook"]);
        let sheet = book.worksheet_range("result").unwrap();
        let cell = |row, column| sheet.get_value((row, column)).cloned().unwrap_or(Data::Empty);
        assert_eq!(cell(1, 0), Data::String("=1+1".to_owned()));
        assert_eq!(cell(1, 1), Data::Float(2.5));
        assert_eq!(cell(1, 2), Data::Float(7.0));
        assert_eq!(cell(2, 1), Data::Empty);
    }
}
