//! In short: which names groups choose, what one has alone, and the clearest differences, a sentence each.

use super::figures::{count, counted, estimate, number, p_value};
use super::{View, alone, section};
use crate::compare::result::{Contrast, Ends, Estimate, InVoice};
use crate::report::page::{Block, Inline, Section, name, words};

/// So many differences are named in short.
const IN_SHORT: usize = 5;
/// So many paths that a group has alone.
const ALONE: usize = 5;

/// The section; nothing where nothing is clear.
pub(super) fn section_of(view: &View<'_>) -> Option<Section> {
    let mut items: Vec<Vec<Inline>> = super::naming::in_short(view);
    let choices = items.len();
    items.extend(view.groups().filter_map(|(side, _)| has_alone(view, side)));
    let is_counted = items.len() > choices;
    let clear = clearest(view);
    let more = clear.len().saturating_sub(IN_SHORT);
    let (others, place) = match clear.first() {
        Some(Difference { is_paired: true, .. }) => ("the tests inside events", "inside-events"),
        _ => ("the main contrasts", "contrasts"),
    };
    items.extend(clear.into_iter().take(IN_SHORT).map(|difference| difference.sentence(view)));
    if items.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::List(items)];
    if more > 0 {
        blocks.push(Block::Text(vec![
            words(format!("And {}: see ", counted(more as u64, "more difference", "more differences"))),
            Inline::Link(others.to_owned(), place.to_owned()),
            words("."),
        ]));
    }
    blocks.push(Block::Text(vec![words(format!(
        "All outside quotation marks.{} These are words associated with a frame, not the frame: read the lines, and what \
         limits the numbers, before you conclude.",
        if is_counted { " What a group has alone is counted and not tested." } else { "" }
    ))]));
    Some(section("short", "In short", "In short", blocks))
}

/// What a group has and none of the others.
fn has_alone(view: &View<'_>, side: u32) -> Option<Vec<Inline>> {
    let paths = alone::of_group(view, side);
    let all = paths.len();
    let mut item = vec![name(view.side(side).name.clone()), words(" alone has ")];
    for (place, cell) in paths.into_iter().take(ALONE).enumerate() {
        if place > 0 {
            item.push(words(", "));
        }
        item.push(view.lines(view.marked_path(cell.path), cell.path, side, InVoice::Outside));
        let of = if place == 0 { " articles" } else { "" };
        item.push(words(format!(" ({} of {}{of})", count(cell.present), count(cell.articles))));
    }
    item.push(words(match all.saturating_sub(ALONE) {
        0 => ".".to_owned(),
        n => format!(" and {}.", counted(n as u64, "more path", "more paths")),
    }));
    (all > 0).then_some(item)
}

/// A difference that is clear.
struct Difference<'a> {
    contrast: &'a Contrast,
    /// How far its interval stays from no difference; of one kind, the clearest is the furthest.
    clearness: f64,
    is_paired: bool,
}

/// Differences whose adjusted test says that they are there, and whose interval does so too, the clearest first. Where
/// there are events enough, they are those inside events: that is the comparison to report.
fn clearest<'a>(view: &View<'a>) -> Vec<Difference<'a>> {
    let outside = || view.found.contrasts.iter().filter(|c| c.voice == InVoice::Outside);
    let is_paired = outside().any(|c| c.paired.is_some_and(|paired| paired.is_headline));
    let ratio = |contrast: &'a Contrast| {
        let interval = contrast.rate_ratio?.interval?;
        let nearest = if interval.low > 1.0 { interval.low } else { 1.0 / interval.high };
        Some((contrast.p?, nearest - 1.0))
    };
    let paired = |contrast: &'a Contrast| {
        let paired = contrast.paired.filter(|paired| paired.is_headline)?;
        let interval = paired.mean_difference.interval?;
        Some((paired.p?, interval.low.max(-interval.high)))
    };
    let mut clear: Vec<Difference<'a>> = outside()
        .filter_map(|contrast| {
            let (p, clearness) = if is_paired { paired(contrast) } else { ratio(contrast) }?;
            let is_clear = clearness > 0.0 && p.adjusted.unwrap_or(p.p) <= 0.05;
            is_clear.then_some(Difference { contrast, clearness, is_paired })
        })
        .collect();
    clear.sort_by(|a, b| b.clearness.total_cmp(&a.clearness));
    clear
}

impl Difference<'_> {
    fn sentence(&self, view: &View<'_>) -> Vec<Inline> {
        let contrast = self.contrast;
        let pair = view.found.pairs[contrast.pair as usize];
        let (mut most, mut least) = (pair.group, pair.against);
        let paired = contrast.paired.filter(|_| self.is_paired);
        let (is_less, how_much, p) = match paired {
            Some(paired) => {
                let is_less = paired.mean_difference.value < 0.0;
                let turned = |e: Estimate| Estimate {
                    value: -e.value,
                    interval: e.interval.map(|i| Ends { low: -i.high, high: -i.low }),
                };
                let difference = if is_less { turned(paired.mean_difference) } else { paired.mean_difference };
                (is_less, format!("{} more", estimate(Some(difference), number)), paired.p)
            }
            None => {
                let ratio = contrast.rate_ratio.unwrap_or_default();
                let is_less = ratio.value < 1.0;
                let turned = |e: Estimate| Estimate {
                    value: 1.0 / e.value,
                    interval: e.interval.map(|i| Ends { low: 1.0 / i.high, high: 1.0 / i.low }),
                };
                (
                    is_less,
                    format!("{} times", estimate(Some(if is_less { turned(ratio) } else { ratio }), number)),
                    contrast.p,
                )
            }
        };
        if is_less {
            std::mem::swap(&mut most, &mut least);
        }
        let (between, than) = match paired {
            Some(_) => (" per 1,000 words in ", " than in "),
            None => (" as often in ", " as in "),
        };
        let inside = paired.map_or_else(String::new, |paired| {
            format!(", inside the {} that both cover", counted(paired.events, "event", "events"))
        });
        vec![
            view.lines(view.path(contrast.path), contrast.path, most, InVoice::Outside),
            words(": "),
            Inline::Strong(how_much),
            words(between),
            name(view.side(most).name.clone()),
            words(than),
            name(view.side(least).name.clone()),
            words(format!("{inside} (p, adjusted, {}).", p_value(p))),
        ]
    }
}
