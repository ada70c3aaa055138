//! The judgment of one candidate: masks, then the entry's conditions, then negation.

use super::negation;
use super::occurrences::{Occurrences, Span, SpanList};
use super::{Candidate, Case};
use crate::lexicon::{NearMode, Place, Side, Within};
use crate::matching::Rule;
use crate::matching::compile::{CompiledCondition, CompiledNear, CompiledNearTerm, TermId};

/// The rule that kills a candidate, with the line that says so; `None` if it lives.
pub(super) fn judge(
    case: Case<'_>,
    candidate: Candidate,
    candidates: &[Candidate],
    occurrences: &mut Occurrences,
) -> Option<(Rule, Place)> {
    let entry = case.entry(candidate);
    let lexicon = &case.compiled.lexicons[entry.lexicon.0 as usize];
    if !lexicon.masks.is_empty()
        && let Some(place) = masked(case, candidate, candidates, occurrences)
    {
        return Some((Rule::Masked, place));
    }
    let term = &case.compiled.terms[entry.term.0 as usize];
    let sentence = || case.view.analysis.sentence_of(candidate.start);
    first_failing(case, &term.conditions, candidate.start, candidate.end, candidates, occurrences).or_else(|| {
        (entry.drop_negated && negation::negated(case, &lexicon.negation, sentence(), candidate.start))
            .then_some((Rule::Negation, term.place))
    })
}

/// The mask that kills a candidate: it shares a token, and is not strictly inside.
fn masked(
    case: Case<'_>,
    candidate: Candidate,
    candidates: &[Candidate],
    occurrences: &mut Occurrences,
) -> Option<Place> {
    let entry = case.entry(candidate);
    let masks = &case.compiled.lexicons[entry.lexicon.0 as usize].masks;
    let spans = occurrences.of_masks(case, entry.lexicon, candidates);
    // Only a mask as long as the longest one can reach in from the left.
    let longest = spans.iter().map(|m| m.end - m.start).max()?;
    let from = spans.partition_point(|m| m.start + longest <= candidate.start);
    let killer = spans[from..]
        .iter()
        .take_while(|m| m.start < candidate.end)
        .filter(|m| m.end > candidate.start)
        .filter(|m| {
            let contained = candidate.start <= m.start && m.end <= candidate.end;
            !(contained && candidate.end - candidate.start > m.end - m.start)
        })
        .filter(|m| masks[m.mask as usize].paths.as_ref().is_none_or(|paths| paths[entry.path.0 as usize]))
        .min_by_key(|m| (m.mask, m.term))?;
    Some(case.compiled.terms[killer.term.0 as usize].place)
}

/// The first condition that fails for a term at these tokens.
pub(super) fn first_failing(
    case: Case<'_>,
    conditions: &[CompiledCondition],
    start: u32,
    end: u32,
    candidates: &[Candidate],
    occurrences: &mut Occurrences,
) -> Option<(Rule, Place)> {
    conditions.iter().find_map(|condition| match condition {
        CompiledCondition::Voice(voices, place) => {
            let voice = case.view.analysis.tokens[start as usize].voice;
            (!voices.contains(voice)).then_some((Rule::Voice, *place))
        }
        CompiledCondition::Zone(zones, place) => {
            let analysis = case.view.analysis;
            let zone = analysis.sentences[analysis.sentence_of(start) as usize].zone;
            (!zones.contains(zone)).then_some((Rule::Zone, *place))
        }
        CompiledCondition::Beside { terms, after, required, place } => {
            let stands = |&term: &TermId| stands_beside(case, term, start, end, *after, candidates, occurrences);
            (terms.iter().any(stands) != *required).then_some((Rule::Condition, *place))
        }
        CompiledCondition::Near(near) => (near_holds(case, near, (start, end), candidates, occurrences)
            != near.required)
            .then_some((Rule::Condition, near.place)),
    })
}

/// Whether a term begins just after `end` (or ends just before `start`), in the same sentence.
fn stands_beside(
    case: Case<'_>,
    term: TermId,
    start: u32,
    end: u32,
    after: bool,
    candidates: &[Candidate],
    occurrences: &mut Occurrences,
) -> bool {
    let compiled = &case.compiled.terms[term.0 as usize];
    let len = case.compiled.phrases.len(compiled.phrase);
    let at = if after { Some(end) } else { start.checked_sub(len) };
    let Some(at) = at else { return false };
    let sentence = &case.view.analysis.sentences[case.view.analysis.sentence_of(start) as usize];
    sentence.first_token <= at
        && at + len <= sentence.end_token
        && case.classes.phrase_at(case.compiled, compiled.phrase, at)
        && first_failing(case, &compiled.conditions, at, at + len, candidates, occurrences).is_none()
}

/// Whether the terms of a near condition stand near.
fn near_holds(
    case: Case<'_>,
    near: &CompiledNear,
    span: Span,
    candidates: &[Candidate],
    occurrences: &mut Occurrences,
) -> bool {
    let (range, furthest) = reach(case, near.within, span.0);
    let mut is_near = |term: &CompiledNearTerm| {
        let list = match term {
            CompiledNearTerm::Term(term) => {
                if !occurrences.occurs(case, *term) {
                    return false;
                }
                occurrences.of_term(case, *term, candidates)
            }
            CompiledNearTerm::Paths(lexicon, paths) => occurrences.of_paths(case, *lexicon, paths, candidates),
        };
        nearest_distance(list, span, range, near.side).is_some_and(|distance| distance <= furthest)
    };
    match near.mode {
        NearMode::Any => near.terms.iter().any(is_near),
        NearMode::All => near.terms.iter().all(&mut is_near),
    }
}

/// The tokens in which something may count as near `token`, and how many tokens away. No term
/// crosses a sentence end and zones are made of sentences, so an occurrence that ends (or begins)
/// in the range lies in it.
pub(super) fn reach(case: Case<'_>, within: Within, token: u32) -> (Span, u32) {
    let analysis = case.view.analysis;
    let number = analysis.sentence_of(token);
    let sentence = &analysis.sentences[number as usize];
    if within == Within::Sentence {
        return ((sentence.first_token, sentence.end_token), u32::MAX);
    }
    let paragraph = &analysis.paragraphs[sentence.paragraph as usize];
    let same_zone = |s: &&crate::text::Sentence| s.zone == sentence.zone;
    let before = &analysis.sentences[paragraph.first_sentence as usize..number as usize];
    let after = &analysis.sentences[number as usize..paragraph.end_sentence as usize];
    let first = before.iter().rev().take_while(same_zone).last().map_or(sentence.first_token, |s| s.first_token);
    let end = after.iter().take_while(same_zone).last().map_or(sentence.end_token, |s| s.end_token);
    let furthest = match within {
        Within::Tokens(n) => n,
        Within::Sentence | Within::Paragraph => u32::MAX,
    };
    ((first, end), furthest)
}

/// How far the nearest occurrence is that shares no token with `span`; adjacent is 1.
fn nearest_distance(list: &SpanList, span: Span, range: Span, side: Side) -> Option<u32> {
    let left = list.last_end_until(span.0).filter(|found| found.1 > range.0).map(|found| span.0 - found.1 + 1);
    let right = list.first_start_from(span.1).filter(|found| found.0 < range.1).map(|found| found.0 - span.1 + 1);
    match side {
        Side::Left => left,
        Side::Right => right,
        Side::Both => left.into_iter().chain(right).min(),
    }
}
