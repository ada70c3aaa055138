//! Word by whom: whose deaths, whose weapons. Hits of a path by the side they are about.

use framescope_core::matching::Whom;

use super::contrasts::chosen_pairs;
use super::figures::{NONE, bracketed, count, counted, number, percent};
use super::{VOICES, View, cautions, section, voice_cell, voice_words};
use crate::compare::WhomRow;
use crate::compare::result::InVoice;
use crate::report::charts::{Chart, ShareBar, ShareBars, SharePart};
use crate::report::html::asks_first;
use crate::report::markup::isolated;
use crate::report::page::{Block, Caution, Figure, Head, Inline, Only, Section, Table, name, words};

/// So many paths have a figure.
const PATHS: usize = 8;
/// Fewer hits than this about any side, and a share says little.
const FEW: u64 = 5;

/// The figures; nothing where no path asks, or no hit is about a side.
pub(super) fn section_of(view: &View<'_>) -> Option<Section> {
    let mut paths: Vec<(u32, u64)> = Vec::new();
    for row in view.found.whom.iter().filter(|row| row.is_side) {
        let hits = row.hits[0] + row.hits[1];
        match paths.iter_mut().find(|(path, _)| *path == row.path) {
            Some((_, sum)) => *sum += hits,
            None => paths.push((row.path, hits)),
        }
    }
    paths.retain(|(_, hits)| *hits > 0);
    paths.sort_by_key(|(path, hits)| (std::cmp::Reverse(*hits), *path));
    let more = paths.len().saturating_sub(PATHS);
    paths.truncate(PATHS);
    paths.sort_unstable();
    if paths.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Text(vec![words(format!(
        "The same word of one side and of the other: whose deaths, whose weapons. Each bar is all hits of a path that one {} \
         has about one side; hits about both sides at once, and about nobody in particular, are in the table only. Who is \
         meant is read from the sentence, by rules: follow the numbers to the lines.",
        if view.is_single() { "article" } else { "group" }
    ))])];
    blocks.extend(paths.into_iter().map(|(path, _)| Block::figure(figure(view, path))));
    if more > 0 {
        blocks.push(Block::Text(vec![
            words(format!("{} in the table whom of ", counted(more as u64, "more path is", "more paths are"))),
            Inline::Code("framescope compare".to_owned()),
            words("."),
        ]));
    }
    Some(section("whom", "Whom it is about", "Whom it is about", blocks))
}

/// What a side has: hits, share and its interval.
#[derive(Debug, Clone, Copy)]
struct Cell {
    hits: u64,
    share: Option<f64>,
    interval: Option<[f64; 2]>,
}

/// A row has two sides; each side has the same cell in all of its pairs.
fn cell(view: &View<'_>, row: &WhomRow, side: u32) -> Option<Cell> {
    let pair = view.found.pairs.get(row.pair as usize)?;
    let at = if pair.group == side { 1 } else { 0 };
    (pair.group == side || pair.against == side).then(|| Cell {
        hits: row.hits[at],
        share: row.share[at],
        interval: row.share_interval[at],
    })
}

fn figure(view: &View<'_>, path: u32) -> Figure {
    let rows: Vec<&WhomRow> = view.found.whom.iter().filter(|row| row.path == path).collect();
    let sides = &view.vocabulary.paths[path as usize].sides;
    let of = |voice: InVoice, about: &str, is_side: bool, side: u32| {
        let mut found = rows.iter().filter(|r| r.voice == voice && r.side == about && r.is_side == is_side);
        found.find_map(|row| cell(view, row, side))
    };
    let mut bars = Vec::new();
    let mut few = 0;
    for (side, facts) in view.groups() {
        for voice in InVoice::ALL {
            let cells: Vec<Option<Cell>> = sides.iter().map(|about| of(voice, about, true, side)).collect();
            let all: u64 = cells.iter().flatten().map(|cell| cell.hits).sum();
            if all == 0 && (voice == InVoice::Quoted || cells.iter().all(Option::is_none)) {
                continue;
            }
            few += usize::from(all < FEW);
            let parts = cells.iter().zip(sides).enumerate().filter_map(|(part, (cell, about))| {
                let cell = cell.filter(|cell| cell.hits > 0)?;
                let tip = format!("about {about}: {} of {}", count(cell.hits), count(all));
                Some(SharePart { part, share: cell.share?, tip })
            });
            bars.push(ShareBar {
                label: facts.name.clone(),
                tail: format!(", {}", voice_words(voice)),
                note: counted(all, "hit", "hits"),
                parts: parts.collect(),
            });
        }
    }
    let title = view.marked_path(path);
    let mut few_hits = Vec::new();
    if few > 0 {
        let text = format!("{few} of {} bars rest on fewer than {FEW} hits.", bars.len());
        few_hits.push(Caution { code: String::new(), text });
    }
    let limits = InVoice::ALL.into_iter().flat_map(|voice| cautions::of_path(view, path, None, voice));
    for limit in limits {
        if !few_hits.contains(&limit) {
            few_hits.push(limit);
        }
    }
    Figure {
        id: format!("whom-{path}"),
        description: format!("Hits of {} by the side they are about.", isolated(&title)),
        title,
        chart: Chart::Shares(ShareBars { parts: sides.clone(), bars }),
        table: table(view, path, &rows, &of),
        more: None,
        is_printed: true,
        cautions: few_hits,
    }
}

fn table(
    view: &View<'_>,
    path: u32,
    rows: &[&WhomRow],
    of: &impl Fn(InVoice, &str, bool, u32) -> Option<Cell>,
) -> Table {
    let single = view.is_single();
    let pairs = if single { Vec::new() } else { chosen_pairs(view) };
    let mut heads = vec![Head::text("about"), Head::text(VOICES)];
    for (_, side) in view.groups() {
        heads.extend(["hits", "share"].map(|what| Head::number(what).over(&side.name)));
    }
    for pair in &pairs {
        let pair = view.found.pairs[*pair as usize];
        let both = [pair.group, pair.against].map(|side| isolated(&view.side(side).name));
        heads.push(Head::number(both.join(" to ")).over("ratio of rates"));
    }
    let sides = &view.vocabulary.paths[path as usize].sides;
    let first = asks_first(view.vocabulary, path);
    let about = (0..).zip(sides).map(|(number, side)| (side.as_str(), true, Whom::Side(number)));
    let about = about.chain([("both", false, Whom::Both), ("unclear", false, Whom::Unclear)]);
    let mut cells = Vec::new();
    for voice in InVoice::ALL {
        for (about, is_side, whom) in about.clone() {
            let own: Vec<(u32, Option<Cell>)> =
                view.groups().map(|(side, _)| (side, of(voice, about, is_side, side))).collect();
            if own.iter().all(|(_, cell)| cell.is_none_or(|cell| cell.hits == 0)) {
                continue;
            }
            let called = match whom {
                Whom::Side(_) => name(about),
                Whom::Both => words("both sides"),
                Whom::Unclear => words("nobody in particular"),
            };
            let mut row = vec![vec![called], vec![words(voice_cell(voice))]];
            for (side, cell) in own {
                let Some(cell) = cell else {
                    row.extend([vec![words(NONE)], vec![words(NONE)]]);
                    continue;
                };
                let only = Only::About(about.to_owned(), first, whom);
                row.push(vec![match cell.hits {
                    0 => words("0"),
                    n => view.some_lines(count(n), path, (side, voice), only),
                }]);
                row.push(vec![words(bracketed(cell.share, cell.interval, percent))]);
            }
            for pair in &pairs {
                let found = rows
                    .iter()
                    .find(|r| r.pair == *pair && r.voice == voice && r.side == about && r.is_side == is_side);
                row.push(vec![words(
                    found.map_or_else(|| NONE.to_owned(), |row| bracketed(row.ratio, row.ratio_interval, number)),
                )]);
            }
            cells.push(row);
        }
    }
    let note = match single {
        true => "Shares of one article’s hits; they say nothing of other articles.".to_owned(),
        false => format!(
            "Shares are of the hits that are about one side. Ratios are of rates per 1,000 words, ½ added to the hits; \
             intervals cover 95 %, by resampling {}, and stand where there are articles and hits enough.",
            view.drawn()
        ),
    };
    Table { caption: "Hits by whom they are about".to_owned(), heads, rows: cells, note: vec![words(note)] }
}
