//! What sets the groups apart: rate ratios on one scale, a figure a pair.

use super::figures::{NONE, count, counted, estimate, number, p_value, percent};
use super::{VOICES, View, alone, cautions, section, voice_cell, voice_words};
use crate::compare::result::{Contrast, InVoice, Pair, PathCell};
use crate::report::charts::{Chart, DotMark, DotPlot, DotRow};
use crate::report::markup::{isolated, shortened};
use crate::report::page::{Block, Caution, Figure, Head, Inline, Section, Table, name, words};

/// So many pairs have a figure; beyond them a page says nothing more.
const PAIRS: usize = 6;
/// So many paths are in a figure.
const PATHS: usize = 60;
/// Fewer articles than this have no ratio.
const FEW: u64 = 5;

/// The figures.
pub(super) fn section_of(view: &View<'_>) -> Option<Section> {
    let pairs = chosen_pairs(view);
    if pairs.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Text(vec![words(
        "How many times as often each path comes in one group as in the other, per 1,000 words of the same voice. A mark \
         to the right of 1 is the first group's. The line through a mark is its 95 % interval: where it crosses 1, the \
         articles do not tell which group uses the path more. A hollow mark has no interval, because there are too few \
         hits or articles for one.",
    )])];
    if pairs.iter().any(|pair| alone::table(view, *pair).is_some()) {
        let text = "What one of two groups has alone has no ratio: it stands in a table below the others.";
        blocks.push(Block::Text(vec![words(text)]));
    }
    if pairs.len() < view.found.pairs.len() {
        blocks.push(Block::Text(vec![
            words(format!("{} of {} pairs are shown, those with most words; ", pairs.len(), view.found.pairs.len())),
            Inline::Code("framescope compare".to_owned()),
            words(" writes all of them."),
        ]));
    }
    for pair in pairs {
        let figure = figure(view, pair);
        match &figure.chart {
            // Where no path has hits enough for a ratio there is nothing to draw.
            Chart::Dots(plot) if plot.rows.iter().all(|row| row.marks.is_empty()) => {
                blocks.push(Block::Heading(figure.id, figure.title));
                blocks.push(Block::Text(vec![words(figure.description)]));
                blocks.push(Block::Cautions(figure.cautions));
                blocks.extend([Some(figure.table), figure.more].into_iter().flatten().map(Block::Table));
            }
            _ => blocks.push(Block::figure(figure)),
        }
        blocks.extend(alone::table(view, pair).map(Block::Table));
    }
    Some(section("contrasts", "The main contrasts", "Main contrasts", blocks))
}

/// The pairs with most words on their smaller side, in their own order.
pub(super) fn chosen_pairs(view: &View<'_>) -> Vec<u32> {
    let smaller = |pair: &Pair| view.side(pair.group).words.min(view.side(pair.against).words);
    let mut pairs: Vec<(u32, &Pair)> = (0..).zip(&view.found.pairs).collect();
    pairs.sort_by_key(|(number, pair)| (std::cmp::Reverse(smaller(pair)), *number));
    let mut chosen: Vec<u32> = pairs.into_iter().take(PAIRS).map(|(number, _)| number).collect();
    chosen.sort_unstable();
    chosen
}

/// The paths of a figure: those named before looking, then those with most hits; in the order of the lexicon.
fn chosen_paths(view: &View<'_>, pair: Pair) -> Vec<u32> {
    let hits = |path: u32| -> u64 {
        let both = InVoice::ALL.into_iter().flat_map(|voice| [(pair.group, voice), (pair.against, voice)]);
        both.filter_map(|(side, voice)| view.cell(path, side, voice)).map(|cell| cell.hits).sum()
    };
    let primary = |path: u32| view.found.paths[path as usize].is_primary;
    let mut paths: Vec<u32> =
        (0..view.found.paths.len() as u32).filter(|path| hits(*path) > 0 || primary(*path)).collect();
    paths.sort_by_key(|path| (!primary(*path), std::cmp::Reverse(hits(*path)), *path));
    paths.truncate(PATHS);
    paths.sort_unstable();
    paths
}

fn figure(view: &View<'_>, number: u32) -> Figure {
    let pair = view.found.pairs[number as usize];
    let (group, against) = (&view.side(pair.group).name, &view.side(pair.against).name);
    let paths = chosen_paths(view, pair);
    let contrasts: Vec<&Contrast> = view.found.contrasts.iter().filter(|c| c.pair == number).collect();
    let of = |path: u32, voice: InVoice| contrasts.iter().find(|c| c.path == path && c.voice == voice).copied();
    let row = |path: &u32| {
        let marks = (0..).zip(InVoice::ALL).filter_map(|(series, voice)| {
            mark(view, pair, series, of(*path, voice).filter(|_| total(view, pair, *path, voice) > 0)?)
        });
        let marks: Vec<DotMark> = marks.collect();
        let outside = of(*path, InVoice::Outside);
        let note = match outside.and_then(|c| c.rate_ratio) {
            Some(ratio) => estimate(Some(ratio), super::figures::number),
            None => hits_only(view, pair, *path),
        };
        // A path without a ratio has its counts in the table, unless it was named before looking.
        let stays = !marks.is_empty() || view.found.paths[*path as usize].is_primary;
        stays.then(|| DotRow { label: view.marked_path(*path), note, marks })
    };
    let (drawn, left): (Vec<u32>, Vec<u32>) = paths.iter().partition(|path| row(path).is_some());
    let rows: Vec<DotRow> = drawn.iter().filter_map(row).collect();
    let plot = DotPlot {
        // On a phone a line has room for so many; the heading has the whole name.
        left: format!("more in {}", isolated(&shortened(against, 32))),
        right: format!("more in {}", isolated(&shortened(group, 32))),
        series: InVoice::ALL.map(|voice| voice_words(voice).to_owned()).into(),
        rows,
    };
    let limits = in_each_voice(&paths, &of);
    let mut cautions = cautions::particular(view, limits.flat_map(|c| c.warnings.iter().copied()));
    cautions.extend(too_few_articles(view, pair));
    Figure {
        id: format!("contrast-{}", number + 1),
        title: self::against(view, pair),
        description: description(view, pair, &plot, left.len()),
        chart: Chart::Dots(plot),
        table: table(view, number, &drawn, &of),
        is_printed: true,
        more: (!left.is_empty()).then(|| table_without(view, number, &left, &of)),
        cautions,
    }
}

/// What is drawn, or why nothing is.
fn description(view: &View<'_>, pair: Pair, plot: &DotPlot, left: usize) -> String {
    let drawn = plot.rows.iter().filter(|row| !row.marks.is_empty()).count() as u64;
    let fewest = [pair.group, pair.against].into_iter().map(|side| view.side(side)).min_by_key(|side| side.articles);
    if drawn == 0 {
        return match fewest {
            _ if plot.rows.is_empty() && left == 0 => "Neither group has a hit of any path.".to_owned(),
            Some(side) if side.articles < FEW => format!(
                "No ratio is given, because {} has only {}. The counts are below.",
                isolated(&side.name),
                counted(side.articles, "article", "articles")
            ),
            _ => "No path has a ratio: each has too few hits in one of the groups, or something else stands against one, as \
                  the column of limits says. The counts are below."
                .to_owned(),
        };
    }
    let left = match left as u64 {
        0 => String::new(),
        n => format!(
            " {} without one {} in a table of {} own.",
            counted(n, "more path", "more paths"),
            if n == 1 { "is" } else { "are" },
            if n == 1 { "its" } else { "their" },
        ),
    };
    format!(
        "Rate ratios of {}, on a scale of equal factors; the figures are those outside quotations.{left}",
        counted(drawn, "path", "paths"),
    )
}

fn total(view: &View<'_>, pair: Pair, path: u32, voice: InVoice) -> u64 {
    [pair.group, pair.against].into_iter().filter_map(|side| view.cell(path, side, voice)).map(|cell| cell.hits).sum()
}

fn mark(view: &View<'_>, pair: Pair, series: usize, contrast: &Contrast) -> Option<DotMark> {
    let ratio = contrast.rate_ratio?;
    let tip = format!(
        "{}, {}: {} times as often in {} as in {}",
        view.path(contrast.path),
        voice_words(contrast.voice),
        estimate(Some(ratio), number),
        isolated(&view.side(pair.group).name),
        isolated(&view.side(pair.against).name),
    );
    let interval = ratio.interval.map(|ends| (ends.low, ends.high));
    (ratio.value > 0.0).then_some(DotMark { series, ratio: ratio.value, interval, tip })
}

/// The counts, where there is no ratio.
fn hits_only(view: &View<'_>, pair: Pair, path: u32) -> String {
    let hits = |side| view.cell(path, side, InVoice::Outside).map_or(0, |cell| cell.hits);
    format!("{} : {} hits", count(hits(pair.group)), count(hits(pair.against)))
}

fn too_few_articles(view: &View<'_>, pair: Pair) -> Option<Caution> {
    let fewest = view.side(pair.group).articles.min(view.side(pair.against).articles);
    (fewest < FEW).then(|| Caution {
        code: String::new(),
        text: format!(
            "One of the groups has only {}: this describes the articles, and nothing is tested.",
            counted(fewest, "article", "articles")
        ),
    })
}

/// Heads of a path and of what both groups have of it.
fn heads(view: &View<'_>, pair: Pair) -> Vec<Head> {
    let mut heads = vec![Head::text("path"), Head::text(VOICES)];
    for side in [pair.group, pair.against] {
        heads.extend(["hits", "per 1,000", "articles"].map(|what| Head::number(what).over(&view.side(side).name)));
    }
    heads
}

/// What both groups have of a path in a voice, as far as anything was compared there.
fn cells(view: &View<'_>, pair: Pair, contrast: &Contrast) -> Option<Vec<Vec<Inline>>> {
    let (path, voice) = (contrast.path, contrast.voice);
    if voice == InVoice::Quoted && total(view, pair, path, voice) == 0 {
        return None;
    }
    let mut row = vec![vec![name(view.marked_path(path))], vec![words(voice_cell(voice))]];
    for side in [pair.group, pair.against] {
        row.extend(side_cells(view, view.cell(path, side, voice)));
    }
    Some(row)
}

/// Why something is withheld, and the codes of what limits the rest.
fn limits(view: &View<'_>, contrast: &Contrast) -> Vec<Inline> {
    let codes = cautions::codes(view, &contrast.warnings);
    match view.said(&contrast.withheld) {
        why if why.is_empty() => codes,
        why if codes.is_empty() => vec![words(why)],
        why => [words(format!("{why}; "))].into_iter().chain(codes).collect(),
    }
}

/// Those that are drawn.
fn table<'a>(
    view: &View<'_>,
    number_of_pair: u32,
    paths: &[u32],
    of: &impl Fn(u32, InVoice) -> Option<&'a Contrast>,
) -> Table {
    let pair = view.found.pairs[number_of_pair as usize];
    let mut heads = heads(view, pair);
    heads.extend([
        Head::number("ratio of rates"),
        Head::number("p, adjusted"),
        Head::number("difference of prevalence"),
        Head::text("limits"),
    ]);
    let contrasts = in_each_voice(paths, of);
    let rows = contrasts.filter_map(|contrast| {
        let mut row = cells(view, pair, contrast)?;
        row.push(vec![words(estimate(contrast.rate_ratio, number))]);
        row.push(vec![words(p_value(contrast.p))]);
        row.push(vec![words(estimate(contrast.risk_difference, percent))]);
        row.push(limits(view, contrast));
        Some(row)
    });
    Table {
        caption: format!("{}: what is drawn", against(view, pair)),
        heads,
        rows: rows.collect(),
        note: vec![words(
            "articles: those in which the path is present, of all. Intervals cover 95 %. p is adjusted for the number of \
             tests in its family.",
        )],
    }
}

/// Those that have no ratio: what there is of them, and why not.
fn table_without<'a>(
    view: &View<'_>,
    number_of_pair: u32,
    paths: &[u32],
    of: &impl Fn(u32, InVoice) -> Option<&'a Contrast>,
) -> Table {
    let pair = view.found.pairs[number_of_pair as usize];
    let mut heads = heads(view, pair);
    heads.extend([Head::number("difference of prevalence"), Head::text("why no ratio, and limits")]);
    let contrasts = in_each_voice(paths, of);
    let rows = contrasts.filter_map(|contrast| {
        let mut row = cells(view, pair, contrast)?;
        row.push(vec![words(estimate(contrast.risk_difference, percent))]);
        row.push(limits(view, contrast));
        Some(row)
    });
    Table {
        caption: format!("{}: paths without a ratio", against(view, pair)),
        heads,
        rows: rows.collect(),
        note: Vec::new(),
    }
}

/// The contrasts of these paths, voice by voice.
fn in_each_voice<'a>(
    paths: &[u32],
    of: &impl Fn(u32, InVoice) -> Option<&'a Contrast>,
) -> impl Iterator<Item = &'a Contrast> {
    paths.iter().flat_map(move |path| InVoice::ALL.into_iter().filter_map(move |voice| of(*path, voice)))
}

fn against(view: &View<'_>, pair: Pair) -> String {
    let [group, against] = [pair.group, pair.against].map(|side| isolated(&view.side(side).name));
    format!("{group} against {against}")
}

fn side_cells(view: &View<'_>, cell: Option<&PathCell>) -> [Vec<Inline>; 3] {
    let Some(cell) = cell else { return [(); 3].map(|()| vec![words(NONE)]) };
    [
        vec![view.lines(count(cell.hits), cell.path, cell.side, cell.voice)],
        vec![words(cell.rate.map_or_else(|| NONE.to_owned(), |rate| number(rate.value)))],
        vec![words(format!("{} of {}", count(cell.present), count(cell.articles)))],
    ]
}
