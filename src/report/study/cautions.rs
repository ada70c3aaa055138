//! What limits the numbers: beside them in words, and all of them in one list.

use super::{View, section};
use crate::compare::result::{InVoice, Place, Warning};
use crate::report::page::{Block, Caution, Inline, Section, words};

/// Beside a figure stand at most so many; the list at the end has all.
const BESIDE_A_FIGURE: usize = 6;

/// So many of one kind are open in the list.
const UNFOLDED: usize = 5;

/// And so many of one kind beside a figure: the same sentence of one path after another hides what else there is.
const OF_A_KIND: usize = 2;

/// The name in links of a warning in the list.
fn anchor(number: u32) -> String {
    format!("w{number}")
}

/// These warnings in words, each text once, with a word on those that are only in the list.
pub(super) fn cautions(view: &View<'_>, numbers: impl IntoIterator<Item = u32>) -> Vec<Caution> {
    let mut all: Vec<Caution> = Vec::new();
    for number in numbers {
        let Some(warning) = view.found.warnings.get(number as usize) else { continue };
        let caution = Caution { code: warning.code.to_owned(), text: view.said(&warning.text) };
        if !all.contains(&caution) {
            all.push(caution);
        }
    }
    // One of each kind before a second of any.
    let mut seen: Vec<(String, usize)> = Vec::new();
    let mut ranked: Vec<(usize, usize, Caution)> = Vec::new();
    for (place, caution) in all.into_iter().enumerate() {
        let at = seen.iter().position(|(code, _)| *code == caution.code).unwrap_or_else(|| {
            seen.push((caution.code.clone(), 0));
            seen.len() - 1
        });
        ranked.push((seen[at].1, place, caution));
        seen[at].1 += 1;
    }
    ranked.sort_by_key(|(turn, place, _)| (*turn, *place));
    let all = ranked.len();
    let beside = ranked.into_iter().filter(|(turn, _, _)| *turn < OF_A_KIND).take(BESIDE_A_FIGURE);
    let mut shown: Vec<Caution> = beside.map(|(_, _, caution)| caution).collect();
    let more = all - shown.len();
    if more > 0 {
        let text = format!("And {more} more, named in the table and written out under “What limits these numbers”.");
        shown.push(Caution { code: String::new(), text });
    }
    shown
}

/// The codes of warnings, each a link to the list.
pub(super) fn codes(view: &View<'_>, numbers: &[u32]) -> Vec<Inline> {
    let mut pieces = Vec::new();
    let mut last = "";
    for number in numbers {
        let Some(warning) = view.found.warnings.get(*number as usize) else { continue };
        if warning.code == last {
            continue;
        }
        last = warning.code;
        if !pieces.is_empty() {
            pieces.push(words(" "));
        }
        pieces.push(Inline::Link(warning.code.to_owned(), anchor(*number)));
    }
    pieces
}

/// Those that are about no path or axis: about the whole comparison, a group or a pair. They stand once, under the corpus.
pub(super) fn general(view: &View<'_>) -> Vec<u32> {
    (0..).zip(&view.found.warnings).filter(|(_, warning)| is_general(&warning.place)).map(|(n, _)| n).collect()
}

fn is_general(place: &Place) -> bool {
    place.path.is_none() && place.axis.is_none()
}

/// Those of these numbers that are about a path or an axis, and so stand beside a figure.
pub(super) fn particular(view: &View<'_>, numbers: impl IntoIterator<Item = u32>) -> Vec<Caution> {
    let general = |number: &u32| view.found.warnings.get(*number as usize).is_none_or(|w| is_general(&w.place));
    cautions(view, numbers.into_iter().filter(|number| !general(number)))
}

/// Those about a path in a voice, whatever the side; of a pair, those about that pair and its sides.
pub(super) fn of_path(view: &View<'_>, path: u32, pair: Option<u32>, voice: InVoice) -> Vec<Caution> {
    let sides = pair.and_then(|pair| view.found.pairs.get(pair as usize)).map(|pair| [pair.group, pair.against]);
    let numbers = (0..).zip(&view.found.warnings).filter(|(_, warning)| {
        let Place { path: own, side, pair: own_pair, voice: own_voice, .. } = warning.place;
        own == Some(path)
            && own_voice.is_none_or(|own| own == voice)
            && (pair.is_none() || own_pair.is_none_or(|own| Some(own) == pair))
            && side.is_none_or(|side| sides.is_none_or(|sides| sides.contains(&side)))
    });
    cautions(view, numbers.map(|(number, _)| number))
}

/// The list of all.
pub(super) fn list(view: &View<'_>) -> Section {
    let mut blocks = Vec::new();
    if view.found.warnings.is_empty() {
        blocks.push(Block::Text(vec![words(
            "No warning was raised. That is no proof that the numbers mean what they seem to.",
        )]));
    }
    let item = |(number, warning): &(u32, &Warning)| {
        vec![
            Inline::Anchor(anchor(*number)),
            Inline::Strong(warning.code.to_owned()),
            words(" "),
            words(view.said(&warning.text)),
        ]
    };
    // Sixty times the same of one path after another hide what else there is.
    let all: Vec<(u32, &Warning)> = (0..).zip(&view.found.warnings).collect();
    let mut codes: Vec<&str> = all.iter().map(|(_, warning)| warning.code).collect();
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        let own: Vec<&(u32, &Warning)> = all.iter().filter(|(_, warning)| warning.code == code).collect();
        let open = if own.len() <= UNFOLDED + 1 { own.len() } else { UNFOLDED };
        blocks.push(Block::List(own[..open].iter().map(|one| item(one)).collect()));
        if open < own.len() {
            let what = format!("{} more {code}", own.len() - open);
            blocks.push(Block::Folded(what, own[open..].iter().map(|one| item(one)).collect()));
        }
    }
    let left_out = view
        .found
        .left_out
        .iter()
        .map(|left| vec![Inline::Strong(left.what.clone()), words(": "), Inline::Name(left.why.clone())]);
    let left_out: Vec<Vec<Inline>> = left_out.collect();
    if !left_out.is_empty() {
        blocks.push(Block::Heading("left-out".to_owned(), "What was left out".to_owned()));
        blocks.push(Block::List(left_out));
    }
    section("limits", "What limits these numbers", "What limits them", blocks)
}
