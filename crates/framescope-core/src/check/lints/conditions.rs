//! Conditions that cannot all hold.

use super::super::covers::{term_covers, tokens_cover};
use super::kind::Contradiction;
use super::{Lint, LintKind};
use crate::lexicon::{Condition, Entry, Lexicon, Near, NearMode, NearTerm, PathId, Side, Term, Within};

pub(super) fn lint(lexicon: &Lexicon, lints: &mut Vec<Lint>) {
    let filled = filled_paths(lexicon);
    for entry in lexicon.entries.iter().filter(|entry| !entry.term.conditions.is_empty()) {
        if let Some(why) = contradiction(lexicon, entry, &filled) {
            let kind = LintKind::NeverHolds { term: entry.term.text.clone(), why };
            lints.push(Lint::at(entry.term.place, kind));
        }
    }
}

/// Which paths have an entry, their own or one of a path under them.
fn filled_paths(lexicon: &Lexicon) -> Vec<bool> {
    let mut filled = vec![false; lexicon.paths.len()];
    for entry in &lexicon.entries {
        filled[entry.path.0 as usize] = true;
    }
    for number in (0..filled.len()).rev() {
        if let (true, Some(parent)) = (filled[number], lexicon.paths[number].parent) {
            filled[parent.0 as usize] = true;
        }
    }
    filled
}

fn contradiction(lexicon: &Lexicon, entry: &Entry, filled: &[bool]) -> Option<Contradiction> {
    let conditions = &entry.term.conditions;
    for condition in conditions {
        let why = match condition {
            Condition::After(asked, _) => {
                let ruled_out = |ruled_out: &Condition| match ruled_out {
                    Condition::NotAfter(terms, _) => all_stand_in(asked, terms, ends_with),
                    _ => false,
                };
                conditions.iter().any(ruled_out).then_some(Contradiction::After)
            }
            Condition::Before(asked, _) => {
                let ruled_out = |ruled_out: &Condition| match ruled_out {
                    Condition::NotBefore(terms, _) => all_stand_in(asked, terms, begins_with),
                    _ => false,
                };
                conditions.iter().any(ruled_out).then_some(Contradiction::Before)
            }
            Condition::Near(asked) => {
                let ruled_out = |ruled_out: &Condition| match ruled_out {
                    Condition::NotNear(ruled_out) => near_is_ruled_out(asked, ruled_out),
                    _ => false,
                };
                if needs_empty_path(asked, filled) {
                    Some(Contradiction::EmptyPath)
                } else {
                    conditions.iter().any(ruled_out).then_some(Contradiction::Near)
                }
            }
            Condition::Voice(voices, _) => {
                let counted = voices.iter().any(|voice| lexicon.rules.voices.contains(voice));
                (!counted).then_some(Contradiction::Voices)
            }
            Condition::Zone(zones, _) => {
                let counted = zones.iter().any(|zone| lexicon.rules.zones.contains(zone));
                (!counted).then_some(Contradiction::Zones)
            }
            Condition::NotNear(_) | Condition::NotBefore(..) | Condition::NotAfter(..) => None,
        };
        if why.is_some() {
            return why;
        }
    }
    None
}

/// Whether each of `asked` holds one of `ruled_out`, which has no conditions, where it would stand.
fn all_stand_in(asked: &[Term], ruled_out: &[Term], holds: fn(&Term, &Term) -> bool) -> bool {
    asked.iter().all(|asked| ruled_out.iter().any(|out| out.conditions.is_empty() && holds(asked, out)))
}

fn begins_with(asked: &Term, out: &Term) -> bool {
    out.tokens.len() <= asked.tokens.len() && tokens_cover(&out.tokens, &asked.tokens)
}

fn ends_with(asked: &Term, out: &Term) -> bool {
    let skip = asked.tokens.len().checked_sub(out.tokens.len());
    skip.is_some_and(|skip| tokens_cover(&out.tokens, &asked.tokens[skip..]))
}

fn near_is_ruled_out(asked: &Near, out: &Near) -> bool {
    let sides = out.side == Side::Both || out.side == asked.side;
    let reach = match (out.within, asked.within) {
        (Within::Paragraph, _) | (Within::Sentence, Within::Sentence) => true,
        (Within::Tokens(out), Within::Tokens(asked)) => out >= asked,
        // Words may be counted past a sentence's end, and a sentence may be longer than any number.
        _ => false,
    };
    if !sides || !reach || out.mode == NearMode::All && out.terms.len() > 1 {
        return false;
    }
    let is_out = |asked: &NearTerm| {
        out.terms.iter().any(|out| match (out, asked) {
            (NearTerm::Term(out), NearTerm::Term(asked)) => out.conditions.is_empty() && term_covers(out, asked),
            (NearTerm::Path(out), NearTerm::Path(asked)) => out == asked,
            _ => false,
        })
    };
    match asked.mode {
        NearMode::Any => asked.terms.iter().all(is_out),
        NearMode::All => asked.terms.iter().any(is_out),
    }
}

fn needs_empty_path(near: &Near, filled: &[bool]) -> bool {
    let is_empty = |term: &NearTerm| match term {
        NearTerm::Path(PathId(path)) => !filled[*path as usize],
        NearTerm::Term(_) => false,
    };
    match near.mode {
        NearMode::Any => near.terms.iter().all(is_empty),
        NearMode::All => near.terms.iter().any(is_empty),
    }
}
