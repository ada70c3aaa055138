//! The same differences by other tests: inside events that both groups cover, and by a regression, where they were asked for.

use super::contrasts::chosen_pairs;
use super::figures::{NONE, count, counted, estimate, number, p_value};
use super::{VOICES, View, section, voice_cell};
use crate::compare::result::{Contrast, ModelResult, PValue, PairedResult};
use crate::report::markup::isolated;
use crate::report::page::{Block, Head, Inline, Section, Table, name, words};

/// So many rows has a table: those with most hits.
const ROWS: usize = 20;

/// The tables, a pair each; nothing where neither was asked for.
pub(super) fn section_of(view: &View<'_>) -> Option<Section> {
    let mut blocks = Vec::new();
    let paired = tables(view, |contrast| contrast.paired.as_ref(), inside_events);
    if !paired.is_empty() {
        blocks.push(Block::Heading("inside-events".to_owned(), "Inside the same events".to_owned()));
        blocks.push(Block::Text(vec![words(
            "In each event that both groups cover, the rate of the one less that of the other, per 1,000 words: so both tell \
             the same story. The p of the mean is of exchanging signs, adjusted in its family; from 10 events it is the one to \
             report. Wilcoxon’s signed-rank test beside it looks at ranks, which no single event can decide; its p is not \
             adjusted. Both need 6 events.",
        )]));
        blocks.extend(paired);
    }
    let modelled = tables(view, |contrast| contrast.model.as_ref(), by_a_model);
    if !modelled.is_empty() {
        blocks.push(Block::Heading("model".to_owned(), "By a regression".to_owned()));
        blocks.push(Block::Text(vec![words(
            "The rate ratio of the regression that was asked for, for readers who expect one. Its p is not adjusted. Where there \
             is no difference, quasi-Poisson finds one too seldom in few articles, and errors that are robust to few \
             clusters too often (docs/calibration.md of framescope): the main contrasts are what to report.",
        )]));
        blocks.extend(modelled);
    }
    (!blocks.is_empty()).then(|| section("other-tests", "The same by other tests", "Other tests", blocks))
}

/// A table for each pair that has one, of the paths named before looking and then those with most hits.
fn tables<'a, T: 'a>(
    view: &View<'a>,
    of: impl Fn(&'a Contrast) -> Option<&'a T>,
    table: impl Fn(&View<'_>, &[(&'a Contrast, &'a T)]) -> Table,
) -> Vec<Block> {
    let hits = |contrast: &Contrast| -> u64 {
        let pair = view.found.pairs[contrast.pair as usize];
        let sides = [pair.group, pair.against].into_iter();
        sides.filter_map(|side| view.cell(contrast.path, side, contrast.voice)).map(|cell| cell.hits).sum()
    };
    let primary = |contrast: &Contrast| view.found.paths.get(contrast.path as usize).is_some_and(|p| p.is_primary);
    let mut blocks = Vec::new();
    for number in chosen_pairs(view) {
        let contrasts = view.found.contrasts.iter().filter(|c| c.pair == number);
        let mut rows: Vec<(&Contrast, &T)> = contrasts.filter_map(|c| Some((c, of(c)?))).collect();
        rows.retain(|(contrast, _)| hits(contrast) > 0);
        rows.sort_by_key(|(c, _)| (!primary(c), std::cmp::Reverse(hits(c)), c.path, c.voice));
        let more = rows.len().saturating_sub(ROWS);
        rows.truncate(ROWS);
        rows.sort_by_key(|(c, _)| (c.path, c.voice));
        if rows.is_empty() {
            continue;
        }
        let pair = view.found.pairs[number as usize];
        let names = [pair.group, pair.against].map(|side| isolated(&view.side(side).name));
        let mut one = table(view, &rows);
        one.caption = format!("{} against {}: {}", names[0], names[1], one.caption);
        if more > 0 {
            one.note.push(words(format!("{} with fewer hits: ", counted(more as u64, "more row", "more rows"))));
            one.note.push(Inline::Code("framescope compare".to_owned()));
            one.note.push(words(" writes all. "));
        }
        blocks.push(Block::Table(one));
    }
    blocks
}

fn first_cells(view: &View<'_>, contrast: &Contrast) -> Vec<Vec<Inline>> {
    vec![vec![name(view.marked_path(contrast.path))], vec![words(voice_cell(contrast.voice))]]
}

/// A p that no family adjusts.
fn bare_p(p: Option<f64>) -> Vec<Inline> {
    vec![words(p_value(p.map(|p| PValue { p, ..PValue::default() })))]
}

fn inside_events(view: &View<'_>, rows: &[(&Contrast, &PairedResult)]) -> Table {
    let heads = vec![
        Head::text("path"),
        Head::text(VOICES),
        Head::number("events"),
        Head::number("mean difference"),
        Head::number("p, adjusted"),
        Head::number("median"),
        Head::number("p").over("Wilcoxon"),
        Head::number("ranked").over("Wilcoxon"),
    ];
    let row = |(contrast, paired): &(&Contrast, &PairedResult)| {
        let mut row = first_cells(view, contrast);
        row.extend([
            vec![words(count(paired.events))],
            vec![words(estimate(Some(paired.mean_difference), number))],
            vec![words(p_value(paired.p))],
            vec![words(number(paired.median_difference))],
            bare_p(paired.ranks.map(|ranks| ranks.p)),
            vec![words(paired.ranks.map_or_else(|| NONE.to_owned(), |ranks| count(ranks.ranked)))],
        ]);
        row
    };
    Table {
        caption: "differences inside events".to_owned(),
        heads,
        rows: rows.iter().map(row).collect(),
        note: vec![words("Events without a difference have no rank. ")],
    }
}

fn by_a_model(view: &View<'_>, rows: &[(&Contrast, &ModelResult)]) -> Table {
    let heads = vec![
        Head::text("path"),
        Head::text(VOICES),
        Head::text("model"),
        Head::number("ratio of rates"),
        Head::number("p"),
        Head::text("errors"),
        Head::number("df"),
        Head::number("clusters"),
        Head::number("p by bootstrap"),
        Head::text("said on the way"),
    ];
    let plain = |text: &str| vec![words(if text.is_empty() { NONE } else { text })];
    let row = |(contrast, model): &(&Contrast, &ModelResult)| {
        let mut row = first_cells(view, contrast);
        row.extend([
            plain(model.model),
            vec![words(estimate(model.rate_ratio, number))],
            bare_p(model.p),
            plain(model.errors),
            vec![words(model.df.map_or_else(|| NONE.to_owned(), number))],
            vec![words(model.clusters.map_or_else(|| NONE.to_owned(), count))],
            bare_p(model.wild.map(|wild| wild.p)),
            plain(&model.note),
        ]);
        row
    };
    Table {
        caption: "by a regression".to_owned(),
        heads,
        rows: rows.iter().map(row).collect(),
        note: vec![words(
            "Errors are robust to clusters where there are some: CR1 from 30 clusters, with fewer CR2 with Satterthwaite’s \
             degrees of freedom (df) and a wild cluster bootstrap. ",
        )],
    }
}
