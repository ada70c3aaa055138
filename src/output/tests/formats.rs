//! Tests of CSV, TSV and JSONL: what other programs read is what was meant.

use std::io::{self, Write};

use super::fixture::{CAPTIVES, LIMITED, Piece, Room, long, pieces, records, style, wide};
use crate::output::{
    Excel, FileRecord, Format, InputFiles, OutputError, RunCounts, RunManifest, SkippedRecords, Style, TableKind,
    TableWriter, companion, unguard,
};

const TEXTS: [&str; 3] = ["a \"quoted\" one, with\ncommas; and\r\nlines\t!", "=1+1", "'=already"];

fn awkward() -> Vec<Piece> {
    TEXTS
        .iter()
        .map(|text| Piece { id: "x", meta: vec![Some(text), Some("é")], title: None, text: "hostages".to_owned() })
        .collect()
}

#[test]
fn awkward_cells_come_back_from_every_delimited_style() {
    let room = Room::new(&[CAPTIVES]);
    for format in [Format::Csv, Format::Tsv] {
        for excel in [None, Some(Excel::Comma), Some(Excel::Semicolon)] {
            for raw_text in [false, true] {
                let style = Style { format, excel, raw_text };
                let table = room.table(&wide(), style).unwrap();
                let (bytes, notes) = room.write(&table, &awkward(), 2);
                let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
                let rows = records(bytes, style.delimiter());
                assert_eq!(rows[0].len(), table.columns().len());
                for (row, text) in rows[1..].iter().zip(TEXTS) {
                    let cell = if raw_text { &row[1] } else { unguard(&row[1]) };
                    assert_eq!(cell, text, "{style:?}");
                    assert_eq!(row[1] == text, raw_text || !text.contains('='), "{style:?}");
                }
                let said = notes.iter().any(|n| n.starts_with("2 text cells begin like a formula"));
                assert_eq!(said, !raw_text, "{notes:?}");
            }
        }
    }
}

#[test]
fn excel_gets_a_mark_line_ends_and_commas_and_others_do_not() {
    let room = Room::new(&[CAPTIVES]);
    let text = |excel| room.text(&wide(), Style { excel, ..Style::default() });
    let plain = text(None);
    assert!(plain.starts_with("id,") && !plain.contains('\r'));
    assert!(plain.contains(".25") || plain.contains('.'));
    let comma = text(Some(Excel::Comma));
    assert_eq!(comma.trim_start_matches('\u{feff}').replace("\r\n", "\n"), plain);
    assert!(comma.starts_with("\u{feff}id,"));
    let semicolon = text(Some(Excel::Semicolon));
    assert!(semicolon.starts_with("\u{feff}id;outlet;"));
    let numbers = |csv: &str, delimiter, decimal: &str| -> Vec<Option<f64>> {
        let rows = records(csv.trim_start_matches('\u{feff}').as_bytes(), delimiter);
        rows[1..].iter().flat_map(|r| &r[4..]).map(|c| c.replace(decimal, ".").parse().ok()).collect()
    };
    assert_eq!(numbers(&semicolon, b';', ","), numbers(&plain, b',', "."));
    assert!(numbers(&plain, b',', ".").iter().flatten().any(|x| x.fract() != 0.0));
}

#[test]
fn jsonl_says_what_csv_says_with_types() {
    let room = Room::new(&[CAPTIVES, LIMITED]);
    for kind in [wide(), long(), TableKind::Hits { window: 3 }, TableKind::Rejected { window: 3 }] {
        let jsonl = room.text(&kind, style(Format::Jsonl));
        let raw = Style { raw_text: true, ..Style::default() };
        let csv = records(room.text(&kind, raw).as_bytes(), b',');
        assert_eq!(jsonl.lines().count(), csv.len() - 1);
        for (line, row) in jsonl.lines().zip(&csv[1..]) {
            let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
            for (name, cell) in csv[0].iter().zip(row) {
                let said = match &object[name] {
                    serde_json::Value::Null => String::new(),
                    serde_json::Value::String(text) => text.clone(),
                    number => number.to_string(),
                };
                // serde_json reads floats to the last digit but one.
                let near = |a: f64, b: f64| (a - b).abs() <= 1e-12 * a.abs();
                let same = match (said.parse(), cell.parse()) {
                    (Ok(a), Ok(b)) => near(a, b),
                    _ => said == *cell,
                };
                assert!(same, "{name}: {said} is not {cell}");
            }
            let extra = object.keys().filter(|k| !csv[0].contains(k)).count();
            assert_eq!(extra, if object.contains_key("byte_start") { 2 } else { 0 });
        }
    }
    let first: serde_json::Value =
        serde_json::from_str(room.text(&wide(), style(Format::Jsonl)).lines().next().unwrap()).unwrap();
    assert!(first["words"].is_u64() && first["id"].is_string());
}

#[test]
fn parts_of_any_size_give_the_same_bytes() {
    let room = Room::new(&[CAPTIVES, LIMITED]);
    for format in [Format::Csv, Format::Tsv, Format::Jsonl, Format::Xlsx] {
        for kind in [wide(), long(), TableKind::Hits { window: 3 }] {
            let table = room.table(&kind, style(format)).unwrap();
            let whole = room.write(&table, &pieces(), 9);
            for size in [1, 2] {
                assert!(room.write(&table, &pieces(), size) == whole, "{format:?}");
            }
        }
    }
}

#[test]
fn letters_that_excel_would_misread_are_said_once_and_only_where_it_matters() {
    let room = Room::new(&[CAPTIVES]);
    let said = |style, is_file| {
        let table = room.table(&TableKind::Hits { window: 3 }, style).unwrap();
        let mut writer = TableWriter::new(&table, Vec::new(), "x").unwrap();
        let mut part = table.part();
        let mut scratch = Default::default();
        room.each(&pieces(), |context| table.article(context, &mut scratch, &mut part));
        writer.write(part).unwrap();
        let notes = writer.finish().unwrap().1.notes(is_file);
        notes.iter().filter(|n| n.contains("outside ASCII")).count()
    };
    assert_eq!(said(style(Format::Csv), true), 1);
    assert_eq!(said(style(Format::Csv), false), 0);
    assert_eq!(said(Style { excel: Some(Excel::Comma), ..Style::default() }, true), 0);
    assert_eq!(said(style(Format::Jsonl), true), 0);
}

#[test]
fn a_closed_pipe_is_told_from_a_full_disk() {
    #[derive(Debug)]
    struct Broken(io::ErrorKind);
    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let room = Room::new(&[CAPTIVES]);
    let table = room.table(&wide(), style(Format::Csv)).unwrap();
    for (kind, closed) in [(io::ErrorKind::BrokenPipe, true), (io::ErrorKind::StorageFull, false)] {
        let error = TableWriter::new(&table, Broken(kind), "standard output").unwrap_err();
        assert!(matches!(error, OutputError::Write { .. }));
        assert_eq!(error.is_closed_pipe(), closed, "{error}");
    }
}

#[test]
fn a_manifest_is_the_same_for_the_same_run_and_counts_what_it_does_not_list() {
    let room = Room::new(&[CAPTIVES]);
    let mut counts = RunCounts::default();
    room.each(&pieces(), |context| counts.add_article(context.score));
    assert_eq!((counts.articles, counts.with_title), (3, 2));
    let mut skipped = SkippedRecords::default();
    for n in 0..1_001 {
        skipped.add(format!("news.jsonl:{n}"), "broken");
    }
    let manifest = RunManifest {
        framescope: "0.1.0".to_owned(),
        command: "score".to_owned(),
        inputs: InputFiles { first: vec![FileRecord::of_bytes("stdin", b"abc")], ..InputFiles::default() },
        counts,
        skipped,
        ..RunManifest::default()
    };
    let json = manifest.to_json().unwrap();
    assert_eq!(json, manifest.clone().to_json().unwrap());
    let read: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(read["skipped"]["total"], 1_001);
    assert_eq!(read["skipped"]["first"].as_array().unwrap().len(), 1_000);
    // The SHA-256 of "abc", FIPS 180-2, appendix B.1.
    assert_eq!(
        read["inputs"]["first"][0]["sha256"],
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_eq!(companion("a/scores.xlsx".as_ref(), "codebook.csv").to_str(), Some("a/scores.codebook.csv"));
}
