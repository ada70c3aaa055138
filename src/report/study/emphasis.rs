//! Emphasis: which paths each group puts into titles and leads rather than bodies.

use framescope_core::text::Zone;

use super::contrasts::chosen_pairs;
use super::figures::{NONE, bracketed, count, counted, number};
use super::{View, section};
use crate::compare::ZoneRow;
use crate::compare::result::InVoice;
use crate::report::charts::{Chart, DotMark, DotPlot, DotRow};
use crate::report::markup::isolated;
use crate::report::page::{Block, Figure, Head, Inline, Only, Section, Table, name, words};

/// So many paths are in a figure.
const PATHS: usize = 12;
/// So many groups have marks.
const GROUPS: usize = 8;

/// The figures; nothing where no path has hits enough in some group for an interval.
pub(super) fn section_of(view: &View<'_>) -> Option<Section> {
    let figures: Vec<Block> =
        [Zone::Lead, Zone::Title].into_iter().filter_map(|zone| figure(view, zone)).map(Block::figure).collect();
    if figures.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Text(vec![words(
        "How many times as often a path comes in the lead, or in the title, as in the body, per 1,000 words there and outside \
         quotations. What stands to the right of 1 is put in front. A hollow mark has no interval, because there are too few \
         hits or articles for one. A path that no group has hits enough of is not drawn.",
    )])];
    blocks.extend(figures);
    Some(section("emphasis", "What is put in front", "Put in front", blocks))
}

fn zone_words(zone: Zone) -> &'static str {
    match zone {
        Zone::Title => "title",
        Zone::Heading => "heading",
        Zone::Lead => "lead",
        Zone::Body => "body",
    }
}

/// What a group has of a path in a zone and in the body.
#[derive(Debug, Clone, Copy)]
struct Placed {
    zone_hits: u64,
    zone_words: u64,
    body_hits: u64,
    body_words: u64,
    emphasis: Option<f64>,
    interval: Option<[f64; 2]>,
}

/// The rows of a zone that are about a group: it has the same numbers in all of its pairs.
fn placed(view: &View<'_>, rows: &[&ZoneRow], side: u32) -> Option<Placed> {
    rows.iter().find_map(|row| {
        let pair = view.found.pairs.get(row.pair as usize)?;
        let at = if pair.group == side { 1 } else { 0 };
        (pair.group == side || pair.against == side).then(|| Placed {
            zone_hits: row.zone_hits[at],
            zone_words: row.zone_words[at],
            body_hits: row.body_hits[at],
            body_words: row.body_words[at],
            emphasis: row.emphasis[at],
            interval: row.emphasis_interval[at],
        })
    })
}

fn figure(view: &View<'_>, zone: Zone) -> Option<Figure> {
    let of_zone: Vec<&ZoneRow> =
        view.found.zones.iter().filter(|row| row.zone == zone_words(zone) && row.voice == InVoice::Outside).collect();
    let rows_of = |path: u32| of_zone.iter().filter(|row| row.path == path).copied().collect::<Vec<&ZoneRow>>();
    let groups: Vec<u32> = view.groups().map(|(side, _)| side).take(GROUPS).collect();
    // A path is drawn where some group has an interval: of the others there is nothing to see but noise.
    let mut paths: Vec<(u32, u64)> = Vec::new();
    for row in &of_zone {
        let told = row.emphasis_interval.iter().any(Option::is_some);
        let hits = row.zone_hits.iter().sum::<u64>() + row.body_hits.iter().sum::<u64>();
        match paths.iter_mut().find(|(path, _)| *path == row.path) {
            Some((_, most)) if told => *most = (*most).max(hits),
            None if told => paths.push((row.path, hits)),
            _ => {}
        }
    }
    let primary = |path: u32| view.found.paths.get(path as usize).is_some_and(|path| path.is_primary);
    paths.sort_by_key(|(path, hits)| (!primary(*path), std::cmp::Reverse(*hits), *path));
    let all = paths.len();
    paths.truncate(PATHS);
    paths.sort_unstable();
    let paths: Vec<u32> = paths.into_iter().map(|(path, _)| path).collect();
    if paths.is_empty() {
        return None;
    }
    let rows = paths.iter().map(|path| {
        let rows = rows_of(*path);
        let marks = groups.iter().enumerate().filter_map(|(series, side)| {
            let found = placed(view, &rows, *side)?;
            let ratio = found.emphasis.filter(|_| found.zone_hits + found.body_hits > 0)?;
            let tip = format!(
                "{}, {}: {} times as often in the {} as in the body",
                view.path(*path),
                isolated(&view.side(*side).name),
                bracketed(Some(ratio), found.interval, number),
                zone_words(zone)
            );
            Some(DotMark { series, ratio, interval: found.interval.map(|[low, high]| (low, high)), tip })
        });
        DotRow { label: view.marked_path(*path), note: String::new(), marks: marks.collect() }
    });
    let plot = DotPlot {
        left: "more in the body".to_owned(),
        right: format!("more in the {}", zone_words(zone)),
        series: groups.iter().map(|side| view.side(*side).name.clone()).collect(),
        rows: rows.collect(),
    };
    Some(Figure {
        id: format!("emphasis-{}", zone_words(zone)),
        title: format!("In the {}, or in the body", zone_words(zone)),
        description: format!(
            "Rates in the {} over rates in the body, of {}{}.",
            zone_words(zone),
            counted(paths.len() as u64, "path", "paths"),
            if all > paths.len() { format!(" of {all} with hits enough") } else { String::new() }
        ),
        chart: Chart::Dots(plot),
        table: table(view, zone, &paths, &rows_of),
        more: None,
        is_printed: false,
        cautions: Vec::new(),
    })
}

fn table<'a>(view: &View<'_>, zone: Zone, paths: &[u32], rows_of: &impl Fn(u32) -> Vec<&'a ZoneRow>) -> Table {
    let heads = vec![
        Head::text("path"),
        Head::text("group"),
        Head::number(format!("hits in the {}", zone_words(zone))),
        Head::number("words there"),
        Head::number("hits in the body"),
        Head::number("words there"),
        Head::number("ratio"),
    ];
    let mut rows: Vec<Vec<Vec<Inline>>> = Vec::new();
    for path in paths {
        let of_path = rows_of(*path);
        for (side, facts) in view.groups() {
            let Some(found) = placed(view, &of_path, side) else { continue };
            let hits = |n: u64, zone: Zone| match n {
                0 => vec![words("0")],
                n => vec![view.some_lines(count(n), *path, (side, InVoice::Outside), Only::In(zone))],
            };
            rows.push(vec![
                vec![name(view.marked_path(*path))],
                vec![name(facts.name.clone())],
                hits(found.zone_hits, zone),
                vec![words(count(found.zone_words))],
                hits(found.body_hits, Zone::Body),
                vec![words(count(found.body_words))],
                vec![words(bracketed(found.emphasis, found.interval, number))],
            ]);
        }
        for number_of_pair in chosen_pairs(view) {
            let Some(row) = of_path.iter().find(|row| row.pair == number_of_pair && row.ratio.is_some()) else {
                continue;
            };
            let pair = view.found.pairs[number_of_pair as usize];
            let mut cells = vec![
                vec![name(view.marked_path(*path))],
                vec![
                    name(view.side(pair.group).name.clone()),
                    words(" over "),
                    name(view.side(pair.against).name.clone()),
                ],
            ];
            cells.extend([(); 4].map(|()| vec![words(NONE)]));
            cells.push(vec![words(bracketed(row.ratio, row.ratio_interval, number))]);
            rows.push(cells);
        }
    }
    Table {
        caption: format!("Hits in the {} and in the body, outside quotations", zone_words(zone)),
        heads,
        rows,
        note: vec![words(format!(
            "½ is added to the hits. Intervals cover 95 %, by resampling {}. Articles without a title play no part where \
             titles are looked at.",
            view.drawn()
        ))],
    }
}
