//! A table asks an engine for no more than its cells need, and for no less.

use framescope_core::matching::Want;
use framescope_core::score::{SegmentKind, Selection};

use super::fixture::{CAPTIVES, LIMITED, Room, pieces, style};
use crate::output::{Format, Prefix, TableKind};

/// The file, of articles scored for those who want so much.
fn text(room: &Room, kind: &TableKind, want: Want) -> String {
    let table = room.table(kind, style(Format::Csv)).expect("a table");
    String::from_utf8(room.write_wanting(want, &table, &pieces(), 1).0).expect("UTF-8")
}

#[test]
fn every_cell_is_as_if_all_had_been_asked_for() {
    let rooms = [Room::new(&[CAPTIVES]), Room::new(&[LIMITED]), Room::new(&[CAPTIVES, LIMITED])];
    let mut left_out = 0;
    for name in Selection::names() {
        for intervals in [false, true] {
            let selection = Selection::from_names([name]).expect("a measure").with_intervals(intervals);
            for segment in [None, Some(SegmentKind::Sentence)] {
                let kinds = [
                    TableKind::Wide { selection: selection.clone(), prefix: Prefix::Auto, segment },
                    TableKind::Long { selection: selection.clone(), segment },
                ];
                for (kind, room) in kinds.iter().flat_map(|kind| rooms.iter().map(move |room| (kind, room))) {
                    let all = text(room, kind, Want { rejected: true, ..Want::default() });
                    assert_eq!(text(room, kind, kind.want()), all, "{kind:?}");
                    left_out += usize::from(kind.want() != Want::default());
                }
            }
        }
    }
    assert!(left_out > 100, "{left_out} tables left something out");
}
