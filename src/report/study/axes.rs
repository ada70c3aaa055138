//! Where each group stands on each bipolar scale.

use super::figures::{NONE, count, counted, estimate, number};
use super::{VOICES, View, cautions, section, voice_cell};
use crate::compare::AxisFacts;
use crate::compare::result::{AxisResult, InVoice};
use crate::report::charts::{Chart, ShareBar, ShareBars, SharePart};
use crate::report::markup::isolated;
use crate::report::page::{Block, Figure, Head, Section, Table, name, words};

/// The figures.
pub(super) fn section_of(view: &View<'_>) -> Option<Section> {
    let mut seen: Vec<(u32, &str)> = Vec::new();
    let mut blocks = vec![Block::Text(vec![words(
        "Each bar is all hits of the two poles of an axis. A score of 1 is only the positive pole, −1 only the negative \
         one; 0 is not “neutral”, it depends on the entries. Outside and inside are outside and inside quotation marks. Only differences between groups mean something.",
    )])];
    for axis in &view.found.axes {
        let key = (axis.lexicon, axis.id.as_str());
        let both: Vec<&AxisResult> = view.found.axes.iter().filter(|a| (a.lexicon, a.id.as_str()) == key).collect();
        let hits: u64 = both.iter().flat_map(|a| &a.sides).map(|cell| cell.positive + cell.negative).sum();
        if seen.contains(&key) || hits == 0 {
            continue;
        }
        seen.push(key);
        blocks.push(Block::figure(figure(view, &both, seen.len())));
    }
    (!seen.is_empty()).then(|| section("axes", "Axes", "Axes", blocks))
}

fn figure(view: &View<'_>, voices: &[&AxisResult], place: usize) -> Figure {
    let axis = voices[0];
    let title = if axis.label.is_empty() { axis.id.clone() } else { axis.label.clone() };
    let facts = view.vocabulary.axes.iter().find(|facts| facts.lexicon == axis.lexicon && facts.id == axis.id);
    let pole = |paths: fn(&AxisFacts) -> &[u32]| {
        facts.map_or_else(String::new, |facts| {
            paths(facts).iter().map(|path| view.path(*path)).collect::<Vec<_>>().join(", ")
        })
    };
    let (positive, negative) = (pole(|facts| &facts.positive), pole(|facts| &facts.negative));
    let mut bars = Vec::new();
    let mut rows = Vec::new();
    for (side, facts) in view.groups() {
        for axis in voices {
            let Some(cell) = axis.sides.iter().find(|cell| cell.side == side) else { continue };
            let all = cell.positive + cell.negative;
            if all == 0 && axis.voice == InVoice::Quoted {
                continue;
            }
            let part = |part: usize, hits: u64, pole: &str| SharePart {
                part,
                share: hits as f64 / all.max(1) as f64,
                tip: format!("{pole}: {} of {}", count(hits), count(all)),
            };
            let score = estimate(cell.score, number);
            bars.push(ShareBar {
                label: facts.name.clone(),
                // The score is long, and the name must not be cut for it.
                tail: format!(", {}", voice_cell(axis.voice)),
                note: format!("{score}, {}", counted(all, "hit", "hits")),
                parts: [part(0, cell.positive, &positive), part(1, cell.negative, &negative)]
                    .into_iter()
                    .filter(|part| part.share > 0.0)
                    .collect(),
            });
            rows.push(vec![
                vec![name(facts.name.clone())],
                vec![words(voice_cell(axis.voice))],
                vec![words(count(cell.positive))],
                vec![words(count(cell.negative))],
                vec![words(count(cell.articles))],
                vec![words(score)],
            ]);
        }
    }
    for axis in voices {
        for contrast in axis.pairs.iter().filter(|contrast| contrast.difference.is_some()) {
            let pair = view.found.pairs[contrast.pair as usize];
            let (group, against) = (&view.side(pair.group).name, &view.side(pair.against).name);
            rows.push(vec![
                vec![words(format!("{} less {}", isolated(group), isolated(against)))],
                vec![words(voice_cell(axis.voice))],
                vec![words(NONE)],
                vec![words(NONE)],
                vec![words(NONE)],
                vec![words(estimate(contrast.difference, number))],
            ]);
        }
    }
    let heads = vec![
        Head::text("group"),
        Head::text(VOICES),
        Head::number("positive hits"),
        Head::number("negative hits"),
        Head::number("articles"),
        Head::number("score"),
    ];
    Figure {
        id: format!("axis-{place}"),
        title,
        description: facts
            .map(|facts| facts.definition.clone())
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| format!("Hits of {} against hits of {}.", isolated(&positive), isolated(&negative))),
        chart: Chart::Shares(ShareBars { parts: vec![positive, negative], bars }),
        table: Table { caption: "Scores and what they were counted from".to_owned(), heads, rows, note: Vec::new() },
        more: None,
        is_printed: false,
        cautions: cautions::particular(view, voices.iter().flat_map(|axis| axis.warnings.iter().copied())),
    }
}
