//! The event split: how much of a difference is which events were covered, and how much how the same events were told.

use super::contrasts::chosen_pairs;
use super::figures::{NONE, count, number};
use super::{SeenEvents, View, section, voice_words};
use crate::compare::events::{PathSplit, splits};
use crate::compare::result::{InVoice, Pair};
use crate::report::charts::{Chart, SplitBars, SplitRow};
use crate::report::markup::{isolated, shortened};
use crate::report::page::{Block, Caution, Figure, Head, Inline, Section, Table, name, words};

/// So many paths are in a figure.
const PATHS: usize = 15;
/// Fewer events than this in both, and what is said of telling them rests on a few stories.
const FEW: u32 = 5;
/// Rates are per so many words.
const PER: f64 = 1000.0;

/// The figures, one a pair; nothing where no event is known, or none of a pair has a word in both groups.
pub(super) fn section_of(view: &View<'_>, seen: Option<&SeenEvents<'_>>) -> Option<Section> {
    let seen = seen.filter(|seen| !seen.events.events.is_empty() && !view.is_single())?;
    let pairs = chosen_pairs(view);
    let groups = |side: u32| view.side(side).groups.as_slice();
    let sides: Vec<[&[u32]; 2]> = pairs
        .iter()
        .map(|pair| view.found.pairs[*pair as usize])
        .map(|pair| [groups(pair.group), groups(pair.against)])
        .collect();
    let found = splits(seen.units, seen.events, InVoice::Outside.headline(), &sides, 1);
    let figures: Vec<Block> = (0..)
        .zip(&pairs)
        .filter_map(|(place, number)| {
            let own: Vec<&PathSplit> = found.iter().filter(|split| split.pair == place && split.both > 0).collect();
            figure(view, seen, *number, &own)
        })
        .map(Block::figure)
        .collect();
    if figures.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Text(vec![words(
        "Two groups can differ because they report other events, or because they tell the same events otherwise. Each \
         difference of rates outside quotations is cut in these two, which sum to it exactly (Kitagawa 1955). It describes \
         the articles that are of a known event; no test is made here.",
    )])];
    blocks.extend(figures);
    Some(section("split", "Other events, or told otherwise", "Events or telling", blocks))
}

fn figure(view: &View<'_>, seen: &SeenEvents<'_>, number_of_pair: u32, found: &[&PathSplit]) -> Option<Figure> {
    let pair = view.found.pairs[number_of_pair as usize];
    let (group, against) = (&view.side(pair.group).name, &view.side(pair.against).name);
    let primary = |split: &PathSplit| view.found.paths.get(split.path as usize).is_some_and(|path| path.is_primary);
    let size = |split: &PathSplit| split.coverage.abs() + split.treatment.abs();
    let mut found: Vec<&PathSplit> = found.iter().copied().filter(|split| size(split) > 0.0).collect();
    found.sort_by(|a, b| primary(b).cmp(&primary(a)).then(size(b).total_cmp(&size(a))).then(a.path.cmp(&b.path)));
    let all = found.len();
    found.truncate(PATHS);
    found.sort_by_key(|split| split.path);
    let first = found.first()?;
    let row = |split: &&PathSplit| {
        let tip = |part: f64, what: &str| {
            format!("{}: {} per 1,000 words, {what}", view.path(split.path), number(PER * part))
        };
        SplitRow {
            label: view.marked_path(split.path),
            note: number(PER * (split.coverage + split.treatment)),
            parts: vec![
                (PER * split.coverage, tip(split.coverage, "which events")),
                (PER * split.treatment, tip(split.treatment, "how the same events")),
            ],
        }
    };
    let more_in = |name: &str| format!("more in {}", isolated(&shortened(name, 32)));
    let mut cautions = Vec::new();
    if first.both < FEW {
        let text = format!(
            "Only {} covered by both: what is said of telling the same events rests on {}.",
            if first.both == 1 { "1 event is".to_owned() } else { format!("{} events are", first.both) },
            if first.both == 1 { "it" } else { "them" }
        );
        cautions.push(Caution { code: String::new(), text });
    }
    let mut description = format!(
        "{} covered {} events, {} {}, and both {}. Differences are per 1,000 words outside quotations.",
        isolated(group),
        first.covered[0],
        isolated(against),
        first.covered[1],
        first.both
    );
    if all > found.len() {
        description.push_str(&format!(" The {} largest of {all} differences are shown.", found.len()));
    }
    Some(Figure {
        id: format!("split-{}", number_of_pair + 1),
        title: format!("{} against {}", isolated(group), isolated(against)),
        description,
        chart: Chart::Split(SplitBars {
            left: more_in(against),
            right: more_in(group),
            parts: vec!["which events were covered".to_owned(), "how the same events were told".to_owned()],
            rows: found.iter().map(row).collect(),
        }),
        table: table(view, seen, pair, &found),
        more: None,
        is_printed: false,
        cautions,
    })
}

fn table(view: &View<'_>, seen: &SeenEvents<'_>, pair: Pair, found: &[&PathSplit]) -> Table {
    let (group, against) = (&view.side(pair.group).name, &view.side(pair.against).name);
    let heads = vec![
        Head::text("path"),
        Head::number("per 1,000").over(group),
        Head::number("per 1,000").over(against),
        Head::number("difference"),
        Head::number("which events"),
        Head::number("how the same events"),
        Head::text("the event that adds most"),
    ];
    let row = |split: &&PathSplit| {
        let rate =
            |at: usize, side: u32| vec![view.lines(number(PER * split.rates[at]), split.path, side, InVoice::Outside)];
        let most = split.events.first().map_or_else(
            || vec![words(NONE)],
            |share| {
                let event = seen.called(share.event);
                let hits = format!(
                    ": {} ({} to {} hits)",
                    number(PER * (share.coverage + share.treatment)),
                    count(share.counts[0].hits),
                    count(share.counts[1].hits)
                );
                vec![name(event), words(hits)]
            },
        );
        vec![
            vec![name(view.marked_path(split.path))],
            rate(0, pair.group),
            rate(1, pair.against),
            vec![words(number(PER * (split.coverage + split.treatment)))],
            vec![words(number(PER * split.coverage))],
            vec![words(number(PER * split.treatment))],
            most,
        ]
    };
    let note: Vec<Inline> = vec![words(format!(
        "Rates are of the articles of known events, {}; the lines behind them are all lines of the group.",
        voice_words(InVoice::Outside)
    ))];
    Table { caption: "Differences and their two parts".to_owned(), heads, rows: found.iter().map(row).collect(), note }
}
