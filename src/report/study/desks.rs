//! What each desk changed in one text: the pairs of articles of different groups that print one, with what differs.

use super::SeenEvents;
use crate::compare::events::{Changes, changes};
use crate::report::page::{DeskArticle, DeskSet, Desks, Inline, words};

/// So many pairs of articles are shown.
const PAIRS: usize = 15;

/// The pairs that differ most in their frames, in the order of time; nothing where no two articles print one text.
pub(super) fn desks(seen: Option<&SeenEvents<'_>>) -> Desks {
    let Some((seen, wording)) = seen.and_then(|seen| Some((seen, seen.wording?))) else { return Desks::default() };
    let mut found: Vec<(usize, Changes)> = changes(wording, &seen.events.pairs).enumerate().collect();
    let all = found.len();
    if all == 0 {
        return Desks::default();
    }
    // Hits that one has and the other has not come first; then texts that differ at all.
    found.sort_by_key(|(place, changes)| (std::cmp::Reverse(frames_changed(changes)), *place));
    found.truncate(PAIRS);
    found.sort_by_key(|(place, _)| *place);
    let mut lead = vec![vec![words(
        "These articles print one text, of an agency or of each other. What the later desk took out is struck through on \
         the left, what it wrote is boxed on the right; words found are in the colour of their frame, and each frame is a \
         link to its lines. Kept are only places that hold a hit.",
    )]];
    if all > found.len() {
        lead.push(vec![
            words(format!("{} of {all} pairs are shown, those whose frames differ most; ", found.len())),
            Inline::Code("framescope compare --events".to_owned()),
            words(" lists all."),
        ]);
    }
    let article = |article: u32| DeskArticle {
        id: seen.units.id(article).to_owned(),
        group: seen.group(article).to_owned(),
        date: seen.units.column("date").and_then(|column| column.of(article)).map(str::to_owned),
        words: wording.words(article).filter(|word| !word.is_in_title()).count() as u32,
    };
    let sets = found.into_iter().map(|(_, changes)| DeskSet {
        event: seen.event_of(changes.one).filter(|_| seen.event_of(changes.one) == seen.event_of(changes.other)),
        articles: [article(changes.one), article(changes.other)],
        changes,
    });
    Desks { sets: sets.collect(), lead }
}

/// Places whose hits are others in the one than in the other.
fn frames_changed(changes: &Changes) -> usize {
    let paths = |hits: &[(u32, String)]| hits.iter().map(|(path, _)| *path).collect::<Vec<u32>>();
    changes.changes.iter().filter(|change| paths(&change.one.hits) != paths(&change.other.hits)).count()
}
