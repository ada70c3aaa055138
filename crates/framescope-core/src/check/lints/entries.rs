//! Entries that change nothing, or that cannot.

use rustc_hash::FxHashMap;

use super::super::covers::{CoverIndex, term_covers};
use super::rivals::Rivals;
use super::{Lint, LintKind};
use crate::lexicon::{Entry, Lexicon, Negation, Overlap, PathId, PathKind, Place, Term, TokenPattern};
use crate::text::entry_tokens;

pub(super) fn lint(lexicon: &Lexicon, lints: &mut Vec<Lint>) {
    let keys: Vec<String> = lexicon.entries.iter().map(|entry| key(&entry.term)).collect();
    let repeated = same_term(lexicon, &keys, lints);
    if lexicon.rules.overlap == Overlap::Longest {
        shadowed(lexicon, &keys, &repeated, lints);
    }
    always_masked(lexicon, lints);
    cut_apart(lexicon, lints);
    two_names(lexicon, &keys, lints);
}

/// The folded tokens of a term.
fn key(term: &Term) -> String {
    term.tokens.iter().map(|token| &*token.folded).collect::<Vec<_>>().join(" ")
}

/// "line 12", or the whole place where it is in another file.
fn line(lexicon: &Lexicon, from: Place, place: Place) -> String {
    if from.file == place.file { format!("line {}", place.line) } else { lexicon.place(place) }
}

/// Whether all that `narrow` finds on its path, `wide` would find, and it would count the same.
fn makes_needless(wide: &Entry, narrow: &Entry) -> bool {
    wide.term.conditions.is_empty()
        && term_covers(&wide.term, &narrow.term)
        && wide.weight == narrow.weight
        && survives(wide, narrow)
}

/// Whether a candidate of one entry is not dropped for being negated where one of the other is not.
fn survives(one: &Entry, other: &Entry) -> bool {
    one.negation == Negation::Report || one.negation == other.negation
}

/// The same term twice on a path, unless the first has conditions or is case-bound. Which entries
/// were reported.
fn same_term(lexicon: &Lexicon, keys: &[String], lints: &mut Vec<Lint>) -> Vec<bool> {
    let mut repeated = vec![false; keys.len()];
    let mut seen: FxHashMap<(PathId, &str), Vec<usize>> = FxHashMap::default();
    for (number, entry) in lexicon.entries.iter().enumerate() {
        let before = seen.entry((entry.path, &keys[number])).or_default();
        let repeats = |first: &&usize| {
            let first = &lexicon.entries[**first];
            // Of two equals the first is taken, whatever the second weighs, unless it is dropped.
            first.term.conditions.is_empty() && survives(first, entry) && term_covers(&first.term, &entry.term)
        };
        if let Some(first) = before.iter().find(repeats) {
            let first = lexicon.entries[*first].term.place;
            let kind = LintKind::SameTerm {
                term: entry.term.text.clone(),
                path: lexicon.paths[entry.path.0 as usize].id.clone(),
                first: line(lexicon, entry.term.place, first),
            };
            lints.push(Lint::between(entry.term.place, first, kind));
            repeated[number] = true;
        } else {
            // Whoever lists a term a thousand times is told of each, but only the first few that
            // differ can be what it repeats.
            if before.len() < 8 {
                before.push(number);
            }
        }
    }
    repeated
}

fn shadowed(lexicon: &Lexicon, keys: &[String], repeated: &[bool], lints: &mut Vec<Lint>) {
    let rivals = Rivals::of(lexicon);
    let mut index = CoverIndex::default();
    for (number, entry) in lexicon.entries.iter().enumerate() {
        if entry.term.conditions.is_empty() && entry.term.tokens.iter().any(TokenPattern::has_wildcard) {
            index.add(entry.path.0, &entry.term, number);
        }
    }
    for (number, entry) in lexicon.entries.iter().enumerate().filter(|(number, _)| !repeated[*number]) {
        let by = index.may_cover(entry.path.0, &entry.term).into_iter().find(|other| {
            // Equals are told by `same_term`.
            keys[*other] != keys[number]
                && makes_needless(&lexicon.entries[*other], entry)
                && !rivals.come_between(number, *other)
        });
        if let Some(by) = by {
            let by = &lexicon.entries[by].term;
            let kind = LintKind::Shadowed {
                term: entry.term.text.clone(),
                by: by.text.clone(),
                line: line(lexicon, entry.term.place, by.place),
            };
            lints.push(Lint::between(entry.term.place, by.place, kind));
        }
    }
}

/// A candidate that shares a token with a mask dies unless it is longer, so an entry dies
/// wherever it stands if a mask without conditions finds the same tokens.
fn always_masked(lexicon: &Lexicon, lints: &mut Vec<Lint>) {
    let masks: Vec<(&Term, &[PathId])> = lexicon
        .masks
        .iter()
        .flat_map(|mask| mask.terms.iter().map(|term| (term, mask.paths.as_slice())))
        .filter(|(term, _)| term.conditions.is_empty())
        .collect();
    let mut index = CoverIndex::default();
    for (number, (term, _)) in masks.iter().enumerate() {
        index.add(0, term, number);
    }
    for entry in &lexicon.entries {
        let by = index.may_cover(0, &entry.term).into_iter().map(|number| masks[number]).find(|(term, paths)| {
            term_covers(term, &entry.term) && (paths.is_empty() || is_under(lexicon, entry.path, paths))
        });
        if let Some((by, _)) = by {
            let kind = LintKind::AlwaysMasked {
                term: entry.term.text.clone(),
                by: by.text.clone(),
                line: line(lexicon, entry.term.place, by.place),
            };
            lints.push(Lint::between(entry.term.place, by.place, kind));
        }
    }
}

fn is_under(lexicon: &Lexicon, path: PathId, roots: &[PathId]) -> bool {
    lexicon.lineage(path).any(|path| roots.contains(&path))
}

/// Wildcards beside a mark that parts words. The term is cut by the code that cuts texts, so no
/// token of it is impossible; but `U.S*` is `u` and `s*`, which stand side by side in no text.
fn cut_apart(lexicon: &Lexicon, lints: &mut Vec<Lint>) {
    // Whoever writes a space, a hyphen or an elided article knows that two words come of it.
    let parted = |c: char| c.is_whitespace() || matches!(c, '-' | '/' | '_' | '\'' | '’' | '\u{2010}'..='\u{2015}');
    for entry in &lexicon.entries {
        let chunks = entry.term.text.split(parted).filter(|chunk| chunk.contains(['*', '?']));
        let cut = chunks.filter_map(|chunk| entry_tokens(chunk).ok()).find(|tokens| tokens.len() > 1);
        if let Some(tokens) = cut {
            let tokens = tokens.into_iter().map(|token| token.folded).collect();
            lints.push(Lint::at(entry.term.place, LintKind::CutApart { term: entry.term.text.clone(), tokens }));
        }
    }
}

/// The same term on two names of one referent. Two that both have conditions are taken for
/// different ones.
fn two_names(lexicon: &Lexicon, keys: &[String], lints: &mut Vec<Lint>) {
    let mut seen: FxHashMap<(PathId, &str), usize> = FxHashMap::default();
    for (number, entry) in lexicon.entries.iter().enumerate() {
        let path = &lexicon.paths[entry.path.0 as usize];
        let Some(referent) = path.parent.filter(|_| matches!(path.kind, PathKind::Variant | PathKind::Name)) else {
            continue;
        };
        let first = *seen.entry((referent, &keys[number])).or_insert(number);
        let other = &lexicon.entries[first];
        if other.path == entry.path {
            continue;
        }
        let plain = |entry: &Entry| entry.term.conditions.is_empty();
        let meet = term_covers(&other.term, &entry.term) || term_covers(&entry.term, &other.term);
        if meet && (plain(other) || plain(entry)) {
            let kind = LintKind::TwoNames {
                term: entry.term.text.clone(),
                first: lexicon.paths[other.path.0 as usize].id.clone(),
                line: line(lexicon, entry.term.place, other.term.place),
                second: path.id.clone(),
            };
            lints.push(Lint::between(entry.term.place, other.term.place, kind));
        }
    }
}
