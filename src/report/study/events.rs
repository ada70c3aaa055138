//! Who covered what: events by group.

use std::collections::BTreeMap;

use super::figures::{NONE, count, counted};
use super::{View, earliest_dates, section};
use crate::report::charts::{Chart, CoverageGrid};
use crate::report::html::set_anchor;
use crate::report::page::{Beside, Block, Figure, Head, Inline, Section, Table, name, words};
use crate::report::passages::Passages;

/// So many events are in the figure, and so many groups.
const EVENTS: usize = 40;
const GROUPS: usize = 12;

/// The grid of events and groups; nothing where no article names its event, or where a group is one article.
pub(super) fn section_of(view: &View<'_>, passages: &Passages, beside: &Beside) -> Option<Section> {
    let groups: Vec<&str> = view.groups().map(|(_, side)| side.name.as_str()).take(GROUPS).collect();
    if view.is_single() || groups.len() < 2 {
        return None;
    }
    let mut events: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for story in passages.stories() {
        let Some(event) = story.cited.event.as_deref() else { continue };
        let Some(group) = groups.iter().position(|group| *group == story.cited.group) else { continue };
        events.entry(event).or_insert_with(|| vec![0; groups.len()])[group] += 1;
    }
    let all = events.len();
    let covering = |articles: &[u32]| articles.iter().filter(|n| **n > 0).count();
    let mut shown: Vec<(&str, Vec<u32>)> = events.into_iter().collect();
    if shown.is_empty() {
        return None;
    }
    // The events that most groups cover, in the order of time.
    shown.sort_by_key(|(_, articles)| std::cmp::Reverse(covering(articles)));
    shown.truncate(EVENTS);
    let dates = earliest_dates(passages);
    shown.sort_by_key(|(event, _)| (dates.get(event).copied().flatten(), *event));
    let shared = shown.iter().filter(|(_, articles)| covering(articles) > 1).count();
    let figure = Figure {
        id: "coverage".to_owned(),
        title: "Who covered what".to_owned(),
        description: format!(
            "{} by group: a dot is one article, a figure how many, a point none. {} in the figure {} covered by more than \
             one group.",
            counted(shown.len() as u64, "event", "events"),
            counted(shared as u64, "event", "events"),
            if shared == 1 { "is" } else { "are" },
        ),
        chart: Chart::Coverage(CoverageGrid {
            columns: groups.iter().map(|group| (*group).to_owned()).collect(),
            rows: shown.iter().map(|(event, articles)| ((*event).to_owned(), articles.clone())).collect(),
        }),
        table: table(&groups, &shown, beside),
        more: None,
        is_printed: false,
        cautions: Vec::new(),
    };
    let mut blocks = vec![Block::figure(figure)];
    let mut left = Vec::new();
    if all > shown.len() {
        left.push(format!("{} of {} events are shown, those that most groups cover.", shown.len(), count(all as u64)));
    }
    if passages.dropped_stories() {
        left.push("The corpus is large: events were drawn by chance, with all of their articles.".to_owned());
    }
    if !left.is_empty() {
        blocks.push(Block::Text(vec![words(left.join(" "))]));
    }
    Some(section("events", "Events", "Events", blocks))
}

fn table(groups: &[&str], shown: &[(&str, Vec<u32>)], beside: &Beside) -> Table {
    let mut heads = vec![Head::text("event")];
    heads.extend(groups.iter().map(|group| Head::number(*group)));
    let row = |(event, articles): &(&str, Vec<u32>)| {
        let set = beside.sets.iter().position(|set| set.title == *event);
        let called = match set {
            Some(set) => Inline::Link((*event).to_owned(), set_anchor(set, None)),
            None => name(*event),
        };
        let mut row: Vec<Vec<Inline>> = vec![vec![called]];
        row.extend(groups.iter().zip(articles).map(|(group, n)| {
            vec![match (n, set) {
                (0, _) => words(NONE),
                (n, Some(set)) => Inline::Link(count((*n).into()), set_anchor(set, Some(group))),
                (n, None) => words(count((*n).into())),
            }]
        }));
        row
    };
    Table {
        caption: "Articles of each event and group".to_owned(),
        heads,
        rows: shown.iter().map(row).collect(),
        note: match beside.sets.is_empty() {
            true => Vec::new(),
            false => vec![words(
                "An event and its numbers lead to its articles side by side; those of an event that one group has alone are \
                 not set side by side.",
            )],
        },
    }
}
