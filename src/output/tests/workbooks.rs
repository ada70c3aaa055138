//! Tests of workbooks, read back by another library.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use framescope_core::score::{SegmentKind, Selection};

use super::fixture::{CAPTIVES, Piece, Room, long, pieces, records, style, wide};
use crate::output::cells::{CellCounts, Cells, Typed, TypedRows};
use crate::output::look::Look;
use crate::output::workbook::Workbook;
use crate::output::{Format, Prefix, Style, TableKind};

fn sheets(bytes: Vec<u8>) -> Vec<(String, Range<Data>)> {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook").worksheets()
}

fn workbook(room: &Room, kind: &TableKind, pieces: &[Piece]) -> Vec<(String, Range<Data>)> {
    let table = room.table(kind, style(Format::Xlsx)).unwrap();
    sheets(room.write(&table, pieces, 2).0)
}

/// A cell as a CSV would have it.
fn text(cell: Option<&Data>) -> String {
    match cell {
        None | Some(Data::Empty) => String::new(),
        Some(Data::Float(x)) => x.to_string(),
        Some(other) => other.to_string(),
    }
}

#[test]
fn a_block_is_a_sheet_and_its_cells_are_those_of_the_csv() {
    let room = Room::new(&[CAPTIVES]);
    for segment in [None, Some(SegmentKind::Sentence)] {
        let kind = TableKind::Wide { selection: Selection::few(), prefix: Prefix::Auto, segment };
        let csv = records(room.text(&kind, Style { raw_text: true, ..Style::default() }).as_bytes(), b',');
        let sheets = workbook(&room, &kind, &pieces());
        let names: Vec<_> = sheets.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["articles", "count", "outside", "quoted", "outside_per_1k", "axes"]);
        let mut seen = Vec::new();
        for (name, sheet) in &sheets {
            assert_eq!(sheet.height(), csv.len(), "{name}");
            for column in 0..sheet.width() {
                let header = text(sheet.get((0, column)));
                let place = csv[0].iter().position(|h| *h == header).unwrap();
                for (row, expected) in csv.iter().enumerate() {
                    let cell = text(sheet.get((row, column)));
                    let same = cell == expected[place] || cell.parse::<f64>() == expected[place].parse();
                    assert!(same, "{name}, {header}: {cell} is not {}", expected[place]);
                }
                seen.push(place);
            }
            assert_eq!(text(sheet.get((0, 0))), "id");
        }
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), csv[0].len(), "a column is in no sheet");
    }
}

#[test]
fn numbers_are_numbers_and_identifiers_and_metadata_are_text() {
    let room = Room::new(&[CAPTIVES]);
    let mut pieces = pieces();
    pieces[0].id = "0012";
    let sheets = workbook(&room, &wide(), &pieces);
    let articles = &sheets[0].1;
    assert_eq!(articles.get((1, 0)), Some(&Data::String("0012".to_owned())));
    assert_eq!(articles.get((1, 2)), Some(&Data::String("=2+3".to_owned())));
    assert_eq!(articles.get((2, 2)), Some(&Data::String("-5".to_owned())));
    assert!(matches!(articles.get((1, 4)), Some(Data::Float(_))));
}

#[test]
fn a_coder_finds_empty_columns() {
    let room = Room::new(&[CAPTIVES]);
    let sheets = workbook(&room, &TableKind::Hits { window: 4 }, &pieces());
    let (name, hits) = &sheets[0];
    assert_eq!(name, "hits");
    let last: Vec<_> = (hits.width() - 3..hits.width()).map(|c| text(hits.get((0, c)))).collect();
    assert_eq!(last, ["keep", "path_corrected", "comment"]);
    assert!(hits.height() > 5);
    for row in 1..hits.height() {
        assert_eq!(text(hits.get((row, hits.width() - 1))), "");
    }
}

#[test]
fn a_long_cell_is_cut_and_said() {
    let room = Room::new(&[CAPTIVES]);
    let mut pieces = pieces();
    let long: &'static str = Box::leak("x".repeat(40_000).into_boxed_str());
    pieces[0].meta[0] = Some(long);
    let table = room.table(&wide(), style(Format::Xlsx)).unwrap();
    let (bytes, notes) = room.write(&table, &pieces, 2);
    assert!(notes.iter().any(|n| n.starts_with("1 text cell was longer than the 32,767")), "{notes:?}");
    let sheets = sheets(bytes);
    let cell = text(sheets[0].1.get((1, 1)));
    assert_eq!(cell.chars().count(), 32_767);
    assert!(cell.ends_with(" …[cut]"));
}

#[test]
fn rows_past_the_limit_go_on_in_further_sheets() {
    let room = Room::new(&[CAPTIVES]);
    let table = room.table(&long(), style(Format::Xlsx)).unwrap();
    let header = table.columns().iter().map(|column| Look::new(column.name.as_str(), "", false)).collect();
    let mut workbook = Workbook::with_limit(header, table.sheets().to_vec(), 4, "x.xlsx").unwrap();
    let (mut rows, mut counts) = (TypedRows::default(), CellCounts::default());
    let mut cells = Typed { rows: &mut rows, counts: &mut counts };
    for n in 0..7 {
        cells.text(&format!("a{n}"));
        cells.repeat(framescope_core::score::Value::Int(n), table.columns().len() - 1);
        cells.end_row();
    }
    workbook.add(&rows, "x.xlsx").unwrap();
    assert_eq!(workbook.sheets_per_block(), 3);
    let mut bytes = Vec::new();
    workbook.save(&mut bytes, "x.xlsx").unwrap();
    let sheets = sheets(bytes);
    let names: Vec<_> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["scores", "scores 2", "scores 3"]);
    let ids: Vec<_> = sheets
        .iter()
        .flat_map(|(_, sheet)| {
            assert_eq!(text(sheet.get((0, 0))), "id");
            (1..sheet.height()).map(|row| text(sheet.get((row, 0))))
        })
        .collect();
    assert_eq!(ids, ["a0", "a1", "a2", "a3", "a4", "a5", "a6"]);
}
