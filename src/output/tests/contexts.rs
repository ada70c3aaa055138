//! Tests of what stands around a hit, and where it stands.

use super::fixture::{CAPTIVES, Piece, Room, pieces, records, style};
use crate::output::{Format, TableKind};

fn hits(pieces: &[Piece], window: u32) -> Vec<Vec<String>> {
    let room = Room::new(&[CAPTIVES]);
    let table = room.table(&TableKind::Hits { window }, style(Format::Csv)).unwrap();
    let mut rows = records(&room.write(&table, pieces, 2).0, b',');
    let header = rows.remove(0);
    let of = |name: &str| header.iter().position(|h| h == name).unwrap();
    let wanted = ["path", "field", "start", "end", "left", "keyword", "right"].map(of);
    rows.iter().map(|row| wanted.iter().map(|c| row[*c].clone()).collect()).collect()
}

fn piece(title: Option<&'static str>, text: &str) -> Piece {
    Piece { id: "x", meta: vec![], title, text: text.to_owned() }
}

#[test]
fn positions_cut_the_keyword_out_of_the_field() {
    let pieces = pieces();
    let mut seen = 0;
    for piece in &pieces {
        for row in hits(std::slice::from_ref(piece), 4) {
            let source = if row[1] == "title" { piece.title.unwrap() } else { &piece.text };
            let (start, end): (usize, usize) = (row[2].parse().unwrap(), row[3].parse().unwrap());
            let cut: String = source.chars().skip(start).take(end - start).collect();
            assert_eq!(cut.split_whitespace().collect::<Vec<_>>().join(" "), row[5]);
            seen += 1;
        }
    }
    assert!(seen >= 8, "{seen}");
}

#[test]
fn context_has_as_many_words_as_asked_and_crosses_paragraphs_not_the_title() {
    let article = [piece(Some("One title here"), "Alpha beta.\n\n“Gamma\tdelta hostages epsilon.”\n\nZeta eta theta.")];
    let row = |window| hits(&article, window)[0][4..].join("|");
    assert_eq!(row(0), "|hostages|");
    assert_eq!(row(1), "delta|hostages|epsilon.”");
    assert_eq!(row(2), "“Gamma delta|hostages|epsilon.” Zeta");
    assert_eq!(row(3), "beta. “Gamma delta|hostages|epsilon.” Zeta eta");
    assert_eq!(row(99), "Alpha beta. “Gamma delta|hostages|epsilon.” Zeta eta theta.");
    let article = [piece(Some("Two hostages"), "Alpha beta.")];
    assert_eq!(hits(&article, 9)[0][1..].join("|"), "title|4|12|Two|hostages|");
}

#[test]
fn a_keyword_over_a_line_end_is_one_line() {
    let row = &hits(&[piece(None, "A final\nwarning came.")], 2)[0];
    assert_eq!(row[5], "final warning");
    assert_eq!(row[2..4], ["2", "15"]);
}
