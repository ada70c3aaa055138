//! Tests of columns: their names, their order, their place in the codebook.

use std::collections::HashSet;

use framescope_core::score::{SegmentKind, Selection};

use super::fixture::{CAPTIVES, LIMITED, Room, long, pieces, records, style, wide};
use crate::output::{Format, OutputError, Prefix, Table, TableKind};

fn every_kind() -> Vec<TableKind> {
    let mut kinds = vec![TableKind::Hits { window: 4 }, TableKind::Rejected { window: 4 }];
    for segment in [None, Some(SegmentKind::Sentence), Some(SegmentKind::Paragraph), Some(SegmentKind::Zone)] {
        for selection in [Selection::few(), Selection::all().with_intervals(true)] {
            kinds.push(TableKind::Long { selection: selection.clone(), segment });
            for prefix in [Prefix::Auto, Prefix::Always] {
                kinds.push(TableKind::Wide { selection: selection.clone(), prefix, segment });
            }
        }
    }
    kinds
}

#[test]
fn every_column_of_every_table_has_a_codebook_row_that_says_something() {
    for lexicons in [vec![CAPTIVES], vec![LIMITED], vec![CAPTIVES, LIMITED]] {
        let room = Room::new(&lexicons);
        for kind in every_kind() {
            for format in [Format::Csv, Format::Jsonl, Format::Xlsx] {
                let table = room.table(&kind, style(format)).unwrap();
                let rows: Vec<_> = table.codebook().collect();
                let columns: Vec<_> = table.columns().iter().map(|c| c.name.as_str()).collect();
                let mut described: Vec<_> = rows.iter().map(|r| r.column.as_str()).collect();
                described.dedup();
                assert_eq!(described, columns, "{kind:?}");
                for row in &rows {
                    assert!(!row.meaning.is_empty(), "{row:?}");
                    let is_rate = row.column.contains("per_1k");
                    assert!(!is_rate || row.denominator.ends_with("words"), "{row:?}");
                    // What a measure is divided by stands in the table, where it is words.
                    if row.denominator.ends_with("words") {
                        assert!(columns.contains(&row.denominator.as_str()), "{row:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_row_has_a_cell_for_every_column() {
    let room = Room::new(&[CAPTIVES, LIMITED]);
    for kind in every_kind() {
        let table = room.table(&kind, style(Format::Csv)).unwrap();
        // The reader refuses records of unequal lengths.
        let records = records(&room.write(&table, &pieces(), 1).0, b',');
        assert_eq!(records[0].len(), table.columns().len());
        assert!(records.len() > 1, "{kind:?}");
        let names: HashSet<_> = records[0].iter().collect();
        assert_eq!(names.len(), records[0].len(), "two columns have one name");
    }
}

#[test]
fn wide_columns_stand_in_blocks_after_words() {
    let room = Room::new(&[CAPTIVES]);
    let table = room.table(&wide(), style(Format::Csv)).unwrap();
    let names: Vec<_> = table.columns().iter().map(|c| c.name.as_str()).collect();
    assert_eq!(
        names[..14],
        [
            "id",
            "outlet",
            "meta_words",
            "language",
            "words",
            "outside_words",
            "quoted_words",
            "sentences",
            "other_language",
            "captives",
            "captives_name",
            "captives_hostage",
            "captives_prisoner",
            "threat",
        ]
    );
    assert_eq!(names[14], "captives__outside");
    assert_eq!(
        names[names.len() - 4..],
        ["naming__positive_count", "naming__negative_count", "naming__score", "naming__score_smoothed"]
    );
    assert_eq!(table.renamed()[0].from, "words");
    assert_eq!(table.renamed()[0].to, "meta_words");
}

#[test]
fn metadata_named_like_a_path_gets_out_of_the_way_and_a_title_keeps_its_name_where_it_can() {
    let room = Room::new(&[CAPTIVES]);
    let meta = ["title", "threat", "meta_threat"].map(str::to_owned);
    let names = |kind| {
        let table = Table::new(room.scoring(), &kind, &meta, style(Format::Csv)).unwrap();
        table.columns()[1..4].iter().map(|c| c.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(wide()), ["title", "meta_threat", "meta_meta_threat"]);
    assert_eq!(names(long()), ["meta_title", "threat", "meta_threat"]);
    assert_eq!(names(TableKind::Hits { window: 1 }), ["title", "threat", "meta_threat"]);
}

#[test]
fn paths_that_would_share_a_column_are_named() {
    let twice = "[lexicon]\nid = \"x\"\n[[category]]\nid = \"a.b\"\nterms = [\"p\"]\n\
                 [[category]]\nid = \"a_b\"\nterms = [\"q\"]\n";
    let room = Room::new(&[twice]);
    let error = room.table(&wide(), style(Format::Csv)).unwrap_err();
    assert!(matches!(error, OutputError::SameColumn { .. }));
    let says = "two columns would be called `a_b`: count of the path a.b (x) and count of the path a_b (x); rename";
    assert!(error.to_string().starts_with(says), "{error}");
    // The long table keeps the dots.
    assert!(room.table(&long(), style(Format::Csv)).is_ok());

    let like_ours = "[lexicon]\nid = \"x\"\n[[category]]\nid = \"language\"\nterms = [\"p\"]\n";
    let error = Room::new(&[like_ours]).table(&wide(), style(Format::Csv)).unwrap_err();
    assert!(error.to_string().contains("--prefix always"), "{error}");
    let error = Room::new(&[CAPTIVES, CAPTIVES]).table(&wide(), style(Format::Csv)).unwrap_err();
    assert!(error.to_string().contains("another `short`"), "{error}");
}

#[test]
fn a_block_of_runs_is_what_cell_by_cell_gives() {
    // Many paths, few hits: the wide table writes runs, the long one every cell.
    let mut source = String::from("[lexicon]\nid = \"many\"\n");
    for n in 0..300 {
        let term = if n % 97 == 5 { "hostages" } else { "nothing" };
        source += &format!("[[category]]\nid = \"c{n}\"\nterms = [\"{term}\"]\n");
    }
    let room = Room::new(&[&source, CAPTIVES]);
    for name in Selection::names().filter(|n| !["share", "labelled"].contains(n)) {
        let selection = Selection::from_names([name]).unwrap();
        if selection.paths.is_empty() {
            continue;
        }
        let wide = TableKind::Wide { selection: selection.clone(), prefix: Prefix::Always, segment: None };
        let long = TableKind::Long { selection, segment: None };
        let wide = records(room.text(&wide, style(Format::Csv)).as_bytes(), b',');
        let long = records(room.text(&long, style(Format::Csv)).as_bytes(), b',');
        let paths = 305;
        for (article, row) in wide[1..].iter().enumerate() {
            let cells = &row[row.len() - paths..];
            let rows = &long[1 + article * paths..][..paths];
            let expected: Vec<_> = rows.iter().map(|r| r.last().unwrap()).collect();
            assert!(cells.iter().eq(expected), "{name}");
        }
    }
}

#[test]
fn a_workbook_with_too_many_columns_is_refused_with_a_way_out() {
    let mut source = String::from("[lexicon]\nid = \"many\"\n");
    for n in 0..16_400 {
        source += &format!("[[category]]\nid = \"c{n}\"\nterms = [\"nothing\"]\n");
    }
    let room = Room::new(&[&source]);
    let error = room.table(&wide(), style(Format::Xlsx)).unwrap_err();
    assert!(matches!(error, OutputError::TooManyColumns { .. }));
    assert!(error.to_string().contains("--long"), "{error}");
}
