//! Warnings about hits: none, too few, of one word, of one voice, negated.

use super::{Looked, warning};
use crate::compare::phrases::{counted, per, percent};
use crate::compare::result::{InVoice, PathCell, Place, Warning};
use framescope_core::text::{VoiceSet, ZoneSet};

/// Hits from which a share of hits is looked at: of fewer, half is a matter of chance.
const ENOUGH: u64 = 20;
/// The share of a score that one word may make.
const ONE_WORD: f64 = 0.5;
/// The number of words a score must have for one of them to be too much of it.
const WORDS: usize = 5;
/// The share of articles that a referent must be in.
const COVERED: f64 = 0.3;
/// Hits that a referent must have.
const MENTIONED: u64 = 5;
/// The share of hits inside quotation marks from which a score is mostly somebody else's.
const QUOTED: f64 = 0.4;
/// The share of hits with a negation before them.
const NEGATED: f64 = 0.15;
/// Uses of a name from which shares are compared.
const MATCHES: u64 = 20;

fn cell<'a>(looked: &'a Looked<'_>, path: u32, side: u32, voice: InVoice) -> Option<&'a PathCell> {
    let key = |cell: &PathCell| (cell.path, cell.side, cell.voice);
    let cells = &looked.found.cells;
    cells.binary_search_by_key(&(path, side, voice), key).ok().map(|place| &cells[place])
}

fn paths(looked: &Looked<'_>) -> std::ops::Range<u32> {
    0..looked.units.vocabulary.paths.len() as u32
}

/// No hit on one side, some on another: a ratio cannot be estimated.
pub(super) fn w02(looked: &Looked<'_>) -> Vec<Warning> {
    let mut found = Vec::new();
    for path in paths(looked) {
        let hits = |side: u32| cell(looked, path, side, InVoice::Outside);
        let all: u64 = looked.groups().filter_map(&hits).map(|cell| cell.hits).sum();
        for side in looked.groups() {
            let Some(own) = hits(side).filter(|own| own.hits == 0 && all > 0 && own.articles > 0) else { continue };
            let bound = own.zero_bound.unwrap_or(1.0);
            let most = match bound < 1.0 {
                true => format!("at most {} of such articles have one (95 %, 3 over their number)", percent(bound)),
                false => "so few articles exclude nothing".to_owned(),
            };
            let text = format!(
                "no hit of {} in {} of {}, {} in other groups: no ratio can be given; {most}",
                looked.path(path),
                counted(own.articles, "article"),
                looked.side(side),
                counted(all, "hit")
            );
            let numbers = vec![("articles", own.articles as f64), ("hits_elsewhere", all as f64), ("bound", bound)];
            found.push(warning("W02", looked.outside(path, side), numbers, text));
        }
    }
    found
}

/// One word makes more than half of a score that has five or more.
pub(super) fn w03(looked: &Looked<'_>) -> Vec<Warning> {
    let mut found = Vec::new();
    let vocabulary = &looked.units.vocabulary;
    for (path, forms) in (0..).zip(&looked.evidence.forms) {
        if forms.len() < WORDS {
            continue;
        }
        let mut form_of = vec![usize::MAX; vocabulary.entries.len()];
        for (number, (_, entries)) in forms.iter().enumerate() {
            entries.iter().for_each(|entry| form_of[*entry as usize] = number);
        }
        let mut side_of = vec![None; looked.units.groups().values().len()];
        for side in looked.groups() {
            looked.sides.sides[side as usize].groups.iter().for_each(|group| side_of[*group as usize] = Some(side));
        }
        let mut sums = vec![vec![0_u64; forms.len()]; looked.sides.groups];
        for count in looked.units.entries(path).filter(|count| VoiceSet::OUTSIDE.contains(count.voice)) {
            let side = side_of.get(looked.units.group(count.article) as usize).copied().flatten();
            let form = form_of[count.entry as usize];
            if let (Some(side), true) = (side, form != usize::MAX) {
                sums[side as usize][form] += u64::from(count.hits);
            }
        }
        for side in looked.groups() {
            let own = &sums[side as usize];
            let all: u64 = own.iter().sum();
            let Some((form, most)) = own.iter().copied().enumerate().max_by_key(|(_, hits)| *hits) else { continue };
            let share = most as f64 / all.max(1) as f64;
            if all < ENOUGH || share <= ONE_WORD {
                continue;
            }
            let words = cell(looked, path, side, InVoice::Outside).map_or(0, |cell| cell.words);
            let without = 1000.0 * (all - most) as f64 / words.max(1) as f64;
            let text = format!(
                "{:?} makes {} of the hits in {} of {path}, which lists {} words: the score is mostly that word's; without \
                 it the rate is {} per 1,000",
                forms[form].0,
                percent(share),
                looked.side(side),
                forms.len(),
                per(without),
                path = looked.path(path)
            );
            let numbers = vec![("share", share), ("hits", all as f64), ("rate_without", without)];
            found.push(warning("W03", looked.outside(path, side), numbers, text));
        }
    }
    found
}

/// A referent is named in few articles, or hardly ever.
pub(super) fn w05(looked: &Looked<'_>) -> Vec<Warning> {
    let mut found = Vec::new();
    for referent in looked.found.referents.iter().filter(|referent| referent.voice == InVoice::Outside) {
        for side in looked.groups() {
            let Some(own) = cell(looked, referent.path, side, InVoice::Outside) else { continue };
            let covered = own.prevalence.map_or(0.0, |prevalence| prevalence.value);
            let hits = own.hits;
            if own.articles == 0 || (covered >= COVERED && hits >= MENTIONED) {
                continue;
            }
            let (name, path, articles) =
                (looked.side(side), looked.path(referent.path), counted(own.articles, "article"));
            let text = match hits {
                0 => {
                    format!("{name} never names {path} ({articles}): nothing can be said of its choice of names")
                }
                _ => format!(
                    "{name} names {path} in {} of {articles}, {} in all: its choice of names is that of few texts",
                    own.present,
                    counted(hits, "hit")
                ),
            };
            let numbers = vec![("covered", covered), ("hits", hits as f64)];
            found.push(warning("W05", looked.outside(referent.path, side), numbers, text));
        }
    }
    found
}

/// Many hits stand inside quotation marks.
pub(super) fn w11(looked: &Looked<'_>) -> Vec<Warning> {
    let one = |path: u32| {
        let sum =
            |voice| looked.groups().filter_map(|side| cell(looked, path, side, voice)).map(|c| c.hits).sum::<u64>();
        let (outside, quoted) = (sum(InVoice::Outside), sum(InVoice::Quoted));
        let share = quoted as f64 / (outside + quoted).max(1) as f64;
        (outside + quoted >= ENOUGH && share > QUOTED).then(|| {
            let text = format!(
                "{} of the {} of {} stand inside quotation marks: they are words of those who are quoted",
                percent(share),
                counted(outside + quoted, "hit"),
                looked.path(path)
            );
            let place = Place { path: Some(path), ..Place::default() };
            warning("W11", place, vec![("share", share), ("hits", (outside + quoted) as f64)], text)
        })
    };
    paths(looked).filter_map(one).collect()
}

/// Many hits have a negation before them.
pub(super) fn w15(looked: &Looked<'_>) -> Vec<Warning> {
    let units = looked.units;
    let one = |path: u32| {
        let sum = |counts: &[u32]| counts.iter().map(|n| u64::from(*n)).sum::<u64>();
        let negated = sum(&units.negated_hits(path).counts);
        let hits = sum(&units.hits_in(path, VoiceSet::ALL, ZoneSet::ALL).counts);
        let share = negated as f64 / hits.max(1) as f64;
        (hits >= ENOUGH && share > NEGATED).then(|| {
            let text = format!(
                "{} of the {} of {} have a negation before them (\u{201c}no {}\u{201d}): read them before the rate is \
                 called a frame",
                percent(share),
                counted(hits, "hit"),
                looked.path(path),
                looked.path(path).rsplit('.').next().unwrap_or_default()
            );
            let place = Place { path: Some(path), ..Place::default() };
            warning("W15", place, vec![("share", share), ("hits", hits as f64)], text)
        })
    };
    paths(looked).filter_map(one).collect()
}

/// Shares of few matches.
pub(super) fn w18(looked: &Looked<'_>) -> Vec<Warning> {
    let mut found = Vec::new();
    for referent in looked.found.referents.iter().filter(|referent| referent.voice == InVoice::Outside) {
        for own in referent.sides.iter().filter(|own| (own.side as usize) < looked.sides.groups) {
            if (1..MATCHES).contains(&own.mentions) {
                let text = format!(
                    "the shares of {} in {} rest on {}: {MATCHES} are few enough",
                    looked.path(referent.path),
                    looked.side(own.side),
                    counted(own.mentions, "use")
                );
                let place = looked.outside(referent.path, own.side);
                found.push(warning("W18", place, vec![("mentions", own.mentions as f64)], text));
            }
        }
    }
    for (number, axis) in (0..).zip(&looked.found.axes).filter(|(_, axis)| axis.voice == InVoice::Outside) {
        for own in axis.sides.iter().filter(|own| (own.side as usize) < looked.sides.groups) {
            let matches = own.positive + own.negative;
            if (1..MATCHES).contains(&matches) {
                let text = format!(
                    "the score of {} on {} rests on {}: {MATCHES} are few enough",
                    looked.side(own.side),
                    axis.id,
                    counted(matches, "hit")
                );
                let place = Place {
                    axis: Some(number),
                    side: Some(own.side),
                    voice: Some(InVoice::Outside),
                    ..Place::default()
                };
                found.push(warning("W18", place, vec![("matches", matches as f64)], text));
            }
        }
    }
    found
}
