//! Which names each group chooses for one thing, outside and inside quotations.

use super::figures::{NONE, count, counted, estimate, p_value, percent};
use super::{VOICES, View, cautions, section, voice_cell, voice_words};
use crate::compare::result::{ChoiceCell, InVoice, ReferentResult};
use crate::report::charts::{Chart, ShareBar, ShareBars, SharePart};
use crate::report::markup::isolated;
use crate::report::page::{Block, Figure, Head, Inline, Section, Table, name, words};

/// So many referents are named in short.
const IN_SHORT: usize = 4;
/// A name is a group's choice, in short, from so many mentions.
const MENTIONS: u64 = 5;

/// The figures.
pub(super) fn section_of(view: &View<'_>) -> Option<Section> {
    let referents = mentioned(view);
    if referents.is_empty() {
        return None;
    }
    let single = view.is_single();
    let mut blocks = vec![Block::Text(vec![words(format!(
        "One thing in the world, several names. Each bar is all uses of a name by one {}, cut into the names used; outside \
         quotation marks it is the {}'s own choice, inside them somebody else's word.",
        if single { "article" } else { "group" },
        if single { "article" } else { "group" },
    ))])];
    for path in referents {
        blocks.push(Block::figure(figure(view, path)));
    }
    Some(section("naming", "Who is called what", "Who is called what", blocks))
}

/// The referents that are named at all.
fn mentioned(view: &View<'_>) -> Vec<u32> {
    let mut paths = Vec::new();
    for referent in &view.found.referents {
        let named = referent.sides.iter().any(|side| side.mentions > 0);
        if named && !paths.contains(&referent.path) {
            paths.push(referent.path);
        }
    }
    paths
}

fn of<'a>(view: &View<'a>, path: u32) -> Vec<&'a ReferentResult> {
    let mut voices: Vec<&ReferentResult> = view.found.referents.iter().filter(|r| r.path == path).collect();
    voices.sort_by_key(|referent| referent.voice);
    voices
}

fn figure(view: &View<'_>, path: u32) -> Figure {
    let voices = of(view, path);
    let variants: Vec<u32> = voices.first().map(|referent| referent.variants.clone()).unwrap_or_default();
    // Names that nobody uses are in the table, not in the legend.
    let used = |place: usize| {
        voices.iter().flat_map(|r| &r.sides).any(|side| side.hits.get(place).is_some_and(|hits| *hits > 0))
    };
    let shown: Vec<usize> = (0..variants.len()).filter(|place| used(*place)).collect();
    let mut bars = Vec::new();
    for side in groups_in(view, &voices) {
        for referent in &voices {
            let Some(cell) = referent.sides.iter().find(|cell| cell.side == side) else { continue };
            if cell.mentions == 0 && referent.voice == InVoice::Quoted {
                continue;
            }
            bars.push(bar(view, referent.voice, cell, &shown, &variants));
        }
    }
    let chart = ShareBars { parts: shown.iter().map(|place| view.short_path(variants[*place])).collect(), bars };
    let warnings = voices.iter().flat_map(|referent| referent.warnings.iter().copied());
    let facts = &view.vocabulary.paths[path as usize];
    let what = if facts.label.is_empty() { view.path(path) } else { facts.label.clone() };
    Figure {
        id: format!("naming-{path}"),
        title: what.clone(),
        description: match facts.definition.is_empty() {
            true => format!("The names used for {}, as shares of all of them.", isolated(&what)),
            false => facts.definition.clone(),
        },
        chart: Chart::Shares(chart),
        table: table(view, &voices, &variants),
        more: None,
        is_printed: true,
        cautions: cautions::particular(view, warnings),
    }
}

fn groups_in(view: &View<'_>, voices: &[&ReferentResult]) -> Vec<u32> {
    view.groups()
        .map(|(side, _)| side)
        .filter(|side| voices.iter().any(|r| r.sides.iter().any(|cell| cell.side == *side)))
        .collect()
}

fn bar(view: &View<'_>, voice: InVoice, cell: &ChoiceCell, shown: &[usize], variants: &[u32]) -> ShareBar {
    let all = cell.mentions.max(1) as f64;
    let parts = shown.iter().enumerate().filter_map(|(part, place)| {
        let hits = cell.hits.get(*place).copied().filter(|hits| *hits > 0)?;
        let share = hits as f64 / all;
        let tip = format!(
            "{}: {} of {} ({})",
            view.path(variants[*place]),
            count(hits),
            count(cell.mentions),
            percent(share)
        );
        Some(SharePart { part, share, tip })
    });
    ShareBar {
        label: view.side(cell.side).name.clone(),
        tail: format!(", {}", voice_words(voice)),
        note: counted(cell.mentions, "use", "uses"),
        parts: parts.collect(),
    }
}

fn table(view: &View<'_>, voices: &[&ReferentResult], variants: &[u32]) -> Table {
    let single = view.is_single();
    let mut heads = vec![Head::text("name"), Head::text(VOICES)];
    let sides = groups_in(view, voices);
    for side in &sides {
        heads.extend(["uses", "share"].map(|what| Head::number(what).over(&view.side(*side).name)));
    }
    if !single {
        // Looked at after the test of all names, and not adjusted again.
        heads.push(Head::number("p"));
    }
    let mut rows = Vec::new();
    for (place, variant) in variants.iter().enumerate() {
        for referent in voices {
            let cells: Vec<Option<&ChoiceCell>> =
                sides.iter().map(|side| referent.sides.iter().find(|cell| cell.side == *side)).collect();
            if cells.iter().flatten().all(|cell| cell.hits.get(place).is_none_or(|hits| *hits == 0)) {
                continue;
            }
            let mut row = vec![name_cell(view, *variant), vec![words(voice_cell(referent.voice))]];
            for cell in cells {
                let hits = cell.and_then(|cell| cell.hits.get(place).map(|hits| (cell.side, *hits)));
                row.push(match hits {
                    Some((side, hits)) => vec![view.lines(count(hits), *variant, side, referent.voice)],
                    None => vec![words(NONE)],
                });
                let share = cell.and_then(|cell| cell.shares.get(place).copied().flatten());
                row.push(vec![words(estimate(share, percent))]);
            }
            if !single {
                row.push(vec![words(p_value(referent.variant_p.get(place).copied().flatten()))]);
            }
            rows.push(row);
        }
    }
    Table {
        caption: "Names, how often and in whose words".to_owned(),
        heads,
        rows,
        note: note(view, voices, &sides, single),
    }
}

fn name_cell(view: &View<'_>, variant: u32) -> Vec<Inline> {
    let facts = &view.vocabulary.paths[variant as usize];
    let mut cell = vec![name(view.marked_path(variant))];
    if !facts.connotation.is_empty() {
        cell.push(words(": "));
        cell.push(name(facts.connotation.clone()));
        if !facts.according_to.is_empty() {
            cell.push(words(" ("));
            cell.push(name(facts.according_to.clone()));
            cell.push(words(")"));
        }
    }
    cell
}

/// Bare names, and the test that all groups choose alike.
fn note(view: &View<'_>, voices: &[&ReferentResult], sides: &[u32], single: bool) -> Vec<Inline> {
    let mut note = Vec::new();
    for referent in voices {
        let bare: Vec<String> = sides
            .iter()
            .filter_map(|side| {
                let cell = referent.sides.iter().find(|cell| cell.side == *side)?;
                let labelled = cell.labelled?;
                Some(format!("{} {}", isolated(&view.side(*side).name), percent(labelled)))
            })
            .collect();
        if !bare.is_empty() && referent.sides.iter().any(|cell| cell.bare.is_some_and(|bare| bare > 0)) {
            note.push(words(format!(
                "Labelled rather than called by its bare name, {}: {}. ",
                voice_words(referent.voice),
                bare.join(", ")
            )));
        }
        if single {
            continue;
        }
        match referent.omnibus {
            Some(p) => note.push(words(format!(
                "That all groups choose alike {}: p, adjusted, {} (smallest attainable {}). ",
                voice_words(referent.voice),
                p_value(Some(p)),
                super::figures::number(p.smallest)
            ))),
            None if !referent.withheld.is_empty() => {
                note.push(words(format!("{}: {}. ", capital(voice_words(referent.voice)), referent.withheld)));
            }
            None => {}
        }
    }
    if single {
        note.push(words("Shares of one article's words; they say nothing of other articles."));
    }
    note
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The name that each group uses most, where groups differ.
pub(super) fn in_short(view: &View<'_>) -> Vec<Vec<Inline>> {
    let mut items = Vec::new();
    for path in mentioned(view) {
        let Some(referent) = view.found.referents.iter().find(|r| r.path == path && r.voice == InVoice::Outside) else {
            continue;
        };
        let first = |cell: &ChoiceCell| {
            let (place, hits) =
                (0..).zip(&cell.hits).max_by_key(|(place, hits)| (**hits, std::cmp::Reverse(*place)))?;
            (cell.mentions >= MENTIONS && 2 * hits > cell.mentions).then_some((place as usize, *hits))
        };
        let chosen: Vec<(&ChoiceCell, usize, u64)> = referent
            .sides
            .iter()
            .filter(|cell| !view.side(cell.side).is_rest)
            .filter_map(|cell| first(cell).map(|(place, hits)| (cell, place, hits)))
            .collect();
        let differ = chosen.iter().any(|(_, place, _)| *place != chosen[0].1);
        if !differ {
            continue;
        }
        let facts = &view.vocabulary.paths[path as usize];
        let what = if facts.label.is_empty() { view.path(path) } else { facts.label.clone() };
        let mut item = vec![name(what), words(": ")];
        for (i, (cell, place, hits)) in chosen.into_iter().enumerate() {
            if i > 0 {
                item.push(words("; "));
            }
            let variant = referent.variants[place];
            item.push(name(view.side(cell.side).name.clone()));
            item.push(words(" says "));
            item.push(Inline::Strong(view.short_path(variant)));
            item.push(words(" ("));
            item.push(view.lines(
                format!("{} of {}", count(hits), count(cell.mentions)),
                variant,
                cell.side,
                InVoice::Outside,
            ));
            item.push(words(")"));
        }
        item.push(words("."));
        items.push(item);
        if items.len() == IN_SHORT {
            break;
        }
    }
    items
}
