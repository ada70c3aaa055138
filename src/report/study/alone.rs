//! What one of two groups has and the other never: the largest differences there are, and no ratio can say them.

use super::View;
use super::figures::{count, counted, estimate, percent};
use crate::compare::result::{Contrast, InVoice, PathCell};
use crate::report::markup::isolated;
use crate::report::page::{Head, Table, name, words};

/// So many rows has a table.
const ROWS: usize = 15;

/// What a group has of a path that the other group of a pair never has, and how much that is in articles.
struct Alone<'a> {
    cell: &'a PathCell,
    contrast: &'a Contrast,
}

/// Outside quotations; those of which the interval of the difference of prevalence excludes 0, the largest first.
fn of_pair<'a>(view: &View<'a>, number: u32) -> Vec<Alone<'a>> {
    let pair = view.found.pairs[number as usize];
    let own = view.found.contrasts.iter().filter(|c| c.pair == number && c.voice == InVoice::Outside);
    let mut found: Vec<Alone<'a>> = own
        .filter_map(|contrast| {
            let interval = contrast.risk_difference?.interval?;
            let [group, against] =
                [pair.group, pair.against].map(|side| view.cell(contrast.path, side, InVoice::Outside));
            let (group, against) = (group?, against?);
            let cell = match (group.hits, against.hits) {
                (1.., 0) => group,
                (0, 1..) => against,
                _ => return None,
            };
            (interval.low > 0.0 || interval.high < 0.0).then_some(Alone { cell, contrast })
        })
        .collect();
    let size = |alone: &Alone<'_>| alone.contrast.risk_difference.map_or(0.0, |difference| difference.value.abs());
    found.sort_by(|a, b| size(b).total_cmp(&size(a)).then(a.cell.path.cmp(&b.cell.path)));
    found
}

/// What a group has and nobody that it is compared with, the largest first; of a path and those under it the first.
pub(super) fn of_group<'a>(view: &View<'a>, side: u32) -> Vec<&'a PathCell> {
    let pairs = (0..).zip(&view.found.pairs).filter(|(_, pair)| pair.group == side || pair.against == side);
    let mut lists = pairs.map(|(number, _)| -> Vec<&'a PathCell> {
        of_pair(view, number).into_iter().map(|alone| alone.cell).filter(|cell| cell.side == side).collect()
    });
    let mut found = lists.next().unwrap_or_default();
    for other in lists {
        found.retain(|cell| other.iter().any(|known| known.path == cell.path));
    }
    found.sort_by_key(|cell| (std::cmp::Reverse(cell.present), cell.path));
    let paths: Vec<u32> = found.iter().map(|cell| cell.path).collect();
    found.retain(|cell| !view.vocabulary.lineage(cell.path).skip(1).any(|above| paths.contains(&above)));
    found
}

/// The table of a pair; nothing where there is nothing of the kind.
pub(super) fn table(view: &View<'_>, number: u32) -> Option<Table> {
    let pair = view.found.pairs[number as usize];
    let found = of_pair(view, number);
    let more = found.len().saturating_sub(ROWS);
    let rows = found.iter().take(ROWS).map(|alone| {
        let cell = alone.cell;
        vec![
            vec![name(view.marked_path(cell.path))],
            vec![name(view.side(cell.side).name.clone())],
            vec![view.lines(count(cell.hits), cell.path, cell.side, InVoice::Outside)],
            vec![words(format!("{} of {}", count(cell.present), count(cell.articles)))],
            vec![words(estimate(alone.contrast.risk_difference, percent))],
        ]
    });
    let rows: Vec<_> = rows.collect();
    let names = [pair.group, pair.against].map(|side| isolated(&view.side(side).name));
    let mut note = "Outside quotations. The other group never has it, so there is no ratio and no test. Here stands what has a \
                    95\u{a0}% interval of the difference of prevalence (the first group’s less the other’s) without 0; with many \
                    paths some have one by chance."
        .to_owned();
    if more > 0 {
        note.push_str(&format!(" {} not in this table.", counted(more as u64, "more path is", "more paths are")));
    }
    (!rows.is_empty()).then(|| Table {
        caption: format!("{} against {}: what one of the two has alone", names[0], names[1]),
        heads: vec![
            Head::text("path"),
            Head::text("only in"),
            Head::number("hits"),
            Head::number("articles"),
            Head::number("difference of prevalence"),
        ],
        rows,
        note: vec![words(note)],
    })
}
