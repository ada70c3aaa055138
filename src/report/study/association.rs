//! Association: which frames stand in the same sentences as which actors.

use super::contrasts::chosen_pairs;
use super::figures::{NONE, bracketed, count, counted, number};
use super::{View, section};
use crate::compare::result::InVoice;
use crate::compare::{Associated, AssociationRow};
use crate::report::charts::{Chart, DotMark, DotPlot, DotRow};
use crate::report::markup::isolated;
use crate::report::page::{Block, Figure, Head, Inline, Only, Section, Table, name, words};

/// So many couples of a frame and an actor are drawn.
const COUPLES: usize = 12;
/// So many groups have marks.
const GROUPS: usize = 8;
/// What is drawn: other parts of sentences are in the table of `compare`.
const PART: &str = "outside";

/// An actor and a frame.
type Couple = (u32, u32);

/// The figure; nothing where no couple stands in articles enough of any group for an interval.
pub(super) fn section_of(view: &View<'_>) -> Option<Section> {
    let outside: Vec<&AssociationRow> = view.found.association.iter().filter(|row| row.part == PART).collect();
    let (couples, all) = chosen(view, &outside);
    if couples.is_empty() {
        return None;
    }
    let blocks = vec![
        Block::Text(vec![words(
            "Whether a frame stands beside an actor, in the same sentence outside quotations, more often than chance would \
             set them together. The odds ratio is 1 where it does not matter whether the actor is there; it is held within \
             each article and among sentences of like length, since an article that has much of both, and a long sentence, \
             bring them together anyhow. A word that is both is not its own company.",
        )]),
        Block::figure(figure(view, &outside, &couples, all)),
        Block::Text(vec![
            words("Other couples, quotations and headings: the table of associations that "),
            Inline::Code("framescope compare".to_owned()),
            words(" writes."),
        ]),
    ];
    Some(section("association", "Which frames stand beside whom", "Beside whom", blocks))
}

/// The couples whose association is surest in some group, in the order of the lexicons, and how many there are.
fn chosen(view: &View<'_>, rows: &[&AssociationRow]) -> (Vec<Couple>, usize) {
    let primary = |path: u32| view.found.paths.get(path as usize).is_some_and(|path| path.is_primary);
    let mut couples: Vec<(Couple, f64)> = Vec::new();
    for row in rows {
        let surest = row
            .sides
            .iter()
            .filter_map(sureness)
            .fold(None, |most: Option<f64>, sure| Some(most.map_or(sure, |most| most.max(sure))));
        let Some(sure) = surest else { continue };
        match couples.iter_mut().find(|(couple, _)| *couple == (row.actor, row.frame)) {
            Some((_, most)) => *most = most.max(sure),
            None => couples.push(((row.actor, row.frame), sure)),
        }
    }
    let all = couples.len();
    couples.sort_by(|(a, sure_a), (b, sure_b)| {
        let named = |couple: &Couple| primary(couple.0) || primary(couple.1);
        named(b).cmp(&named(a)).then(sure_b.total_cmp(sure_a)).then(a.cmp(b))
    });
    couples.truncate(COUPLES);
    let mut chosen: Vec<Couple> = couples.into_iter().map(|(couple, _)| couple).collect();
    chosen.sort_unstable();
    (chosen, all)
}

/// How far an interval stays from 1, on the scale of factors; below 0 where it holds 1. None without an interval.
fn sureness(side: &Associated) -> Option<f64> {
    let [low, high] = side.interval?;
    Some(low.ln().max(-high.ln())).filter(|sure| sure.is_finite())
}

/// What a group has: the same in all of its pairs.
fn associated<'a>(view: &View<'_>, rows: &[&'a AssociationRow], couple: Couple, side: u32) -> Option<&'a Associated> {
    rows.iter().filter(|row| (row.actor, row.frame) == couple).find_map(|row| {
        let pair = view.found.pairs.get(row.pair as usize)?;
        let at = if pair.group == side { 1 } else { 0 };
        (pair.group == side || pair.against == side).then(|| &row.sides[at])
    })
}

fn label(view: &View<'_>, (actor, frame): Couple) -> String {
    format!("{} beside {}", view.marked_path(frame), view.marked_path(actor))
}

fn figure(view: &View<'_>, rows: &[&AssociationRow], couples: &[Couple], all: usize) -> Figure {
    let groups: Vec<u32> = view.groups().map(|(side, _)| side).take(GROUPS).collect();
    let row = |couple: &Couple| {
        let marks = groups.iter().enumerate().filter_map(|(series, side)| {
            let found = associated(view, rows, *couple, *side)?;
            let ratio = found.odds_ratio?;
            let tip = format!(
                "{}, {}: odds ratio {}",
                label(view, *couple),
                isolated(&view.side(*side).name),
                bracketed(Some(ratio), found.interval, number)
            );
            Some(DotMark { series, ratio, interval: found.interval.map(|[low, high]| (low, high)), tip })
        });
        DotRow { label: label(view, *couple), note: String::new(), marks: marks.collect() }
    };
    let plot = DotPlot {
        left: "apart".to_owned(),
        right: "together".to_owned(),
        series: groups.iter().map(|side| view.side(*side).name.clone()).collect(),
        rows: couples.iter().map(row).collect(),
    };
    Figure {
        id: "association-1".to_owned(),
        title: "Frames beside actors".to_owned(),
        description: format!(
            "Odds ratios of {}{}. A hollow mark has no interval: fewer than 5 articles say something.",
            counted(couples.len() as u64, "frame beside an actor", "frames beside actors"),
            if all > couples.len() { format!(", the surest of {}", count(all as u64)) } else { String::new() },
        ),
        chart: Chart::Dots(plot),
        table: table(view, rows, couples),
        more: None,
        is_printed: false,
        cautions: Vec::new(),
    }
}

fn table(view: &View<'_>, rows: &[&AssociationRow], couples: &[Couple]) -> Table {
    let heads = vec![
        Head::text("frame beside actor"),
        Head::text("group"),
        Head::number("sentences with both"),
        Head::number("with the actor only"),
        Head::number("with the frame only"),
        Head::number("with neither"),
        Head::number("articles that say something"),
        Head::number("odds ratio"),
    ];
    let mut cells: Vec<Vec<Vec<Inline>>> = Vec::new();
    for couple in couples {
        let (actor, frame) = *couple;
        for (side, facts) in view.groups() {
            let Some(found) = associated(view, rows, *couple, side) else { continue };
            let both = match found.both {
                0 => words("0"),
                n => {
                    let only = Only::Beside(view.path(actor), actor);
                    view.some_lines(count(n), frame, (side, InVoice::Outside), only)
                }
            };
            cells.push(vec![
                vec![name(label(view, *couple))],
                vec![name(facts.name.clone())],
                vec![both],
                vec![words(count(found.actor))],
                vec![words(count(found.frame))],
                vec![words(count(found.neither))],
                vec![words(count(found.articles))],
                vec![words(bracketed(found.odds_ratio, found.interval, number))],
            ]);
        }
        for number_of_pair in chosen_pairs(view) {
            let mut of_pair = rows.iter().filter(|row| row.pair == number_of_pair);
            let Some(row) = of_pair.find(|row| (row.actor, row.frame) == *couple && row.ratio.is_some()) else {
                continue;
            };
            let pair = view.found.pairs[number_of_pair as usize];
            let mut line = vec![
                vec![name(label(view, *couple))],
                vec![
                    name(view.side(pair.group).name.clone()),
                    words(" over "),
                    name(view.side(pair.against).name.clone()),
                ],
            ];
            line.extend([(); 5].map(|()| vec![words(NONE)]));
            line.push(vec![words(bracketed(row.ratio, row.ratio_interval, number))]);
            cells.push(line);
        }
    }
    Table {
        caption: "Sentences with a frame, with an actor, with both".to_owned(),
        heads,
        rows: cells,
        note: vec![words(format!(
            "A sentence is what stands of it outside quotation marks. The number of those with both leads to the hits of the \
             frame in them, of which there may be several in one. The odds ratio is Mantel and Haenszel’s over articles and \
             lengths; intervals cover 95 %, by resampling {}.",
            view.drawn()
        ))],
    }
}
