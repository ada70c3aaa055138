//! The tables as they look.

use framescope_core::score::{SegmentKind, Selection};

use super::fixture::{CAPTIVES, LIMITED, Room, long, style, wide};
use crate::output::{Format, Prefix, TableKind};

#[test]
fn wide_table() {
    insta::assert_snapshot!(Room::new(&[CAPTIVES]).text(&wide(), style(Format::Csv)));
}

#[test]
fn wide_table_of_two_lexicons_with_intervals() {
    let kind = TableKind::Wide {
        selection: Selection::from_names(["per_1k", "share", "score"]).unwrap().with_intervals(true),
        prefix: Prefix::Auto,
        segment: None,
    };
    insta::assert_snapshot!(Room::new(&[CAPTIVES, LIMITED]).text(&kind, style(Format::Csv)));
}

#[test]
fn wide_table_by_paragraph() {
    let selection = Selection::from_names(["count"]).unwrap();
    let kind = TableKind::Wide { selection, prefix: Prefix::Auto, segment: Some(SegmentKind::Paragraph) };
    insta::assert_snapshot!(Room::new(&[CAPTIVES]).text(&kind, style(Format::Csv)));
}

#[test]
fn long_table_by_zone() {
    let selection = Selection::from_names(["count", "outside_per_1k", "score"]).unwrap();
    let kind = TableKind::Long { selection, segment: Some(SegmentKind::Zone) };
    insta::assert_snapshot!(Room::new(&[CAPTIVES, LIMITED]).text(&kind, style(Format::Tsv)));
}

#[test]
fn long_table() {
    insta::assert_snapshot!(Room::new(&[CAPTIVES]).text(&long(), style(Format::Csv)));
}

#[test]
fn hits() {
    let kind = TableKind::Hits { window: 5 };
    insta::assert_snapshot!(Room::new(&[CAPTIVES, LIMITED]).text(&kind, style(Format::Csv)));
}

#[test]
fn hits_in_jsonl() {
    let kind = TableKind::Hits { window: 3 };
    insta::assert_snapshot!(Room::new(&[CAPTIVES]).text(&kind, style(Format::Jsonl)));
}

#[test]
fn rejected() {
    let kind = TableKind::Rejected { window: 5 };
    insta::assert_snapshot!(Room::new(&[CAPTIVES]).text(&kind, style(Format::Csv)));
}

#[test]
fn codebook_of_the_wide_table() {
    let room = Room::new(&[CAPTIVES]);
    let table = room.table(&wide(), style(Format::Csv)).unwrap();
    insta::assert_snapshot!(String::from_utf8(table.codebook_csv()).unwrap());
}

#[test]
fn codebook_of_the_long_table() {
    let room = Room::new(&[CAPTIVES, LIMITED]);
    let table = room.table(&long(), style(Format::Csv)).unwrap();
    insta::assert_snapshot!(String::from_utf8(table.codebook_csv()).unwrap());
}
