//! Whom a hit is about: the nearest side, unless two are joined or equally near.

use super::super::Whom;
use super::language::Words;
use super::reading::{Reading, Span};
use crate::lexicon::About;

/// An occurrence of one of the sides' terms.
#[derive(Debug, Clone, Copy)]
struct Named {
    side: u32,
    span: Span,
}

/// Whom what stands at `span` is about.
pub(super) fn whom(reading: &Reading<'_>, words: &Words, about: &About, span: Span) -> Whom {
    let named = named_sides(reading, words, about, span);
    // The reach is that of the nearest; who is joined to it may stand beyond ("within 2: the death
    // of Israelis and Palestinians").
    let reached: Vec<_> = named.iter().filter(|n| reading.is_within(about.within, span, n.span)).collect();
    let Some(least) = reached.iter().map(|n| n.span.distance(span)).min() else {
        return Whom::Unclear;
    };
    let nearest: Vec<_> = reached.iter().filter(|n| n.span.distance(span) == least).collect();
    let side = nearest[0].side;
    if nearest.iter().any(|n| is_joined_to_another_side(reading, words, &named, n)) {
        Whom::Both
    } else if nearest.iter().any(|n| n.side != side) {
        Whom::Unclear
    } else {
        Whom::Side(side)
    }
}

/// The sides named in the paragraph, conditions included and on unmasked text, but for agents of
/// a passive.
fn named_sides(reading: &Reading<'_>, words: &Words, about: &About, span: Span) -> Vec<Named> {
    let mut named = Vec::new();
    for (side, (_, terms)) in about.sides.iter().enumerate() {
        for term in terms {
            for found in reading.occurrences(term, reading.paragraph(span)) {
                if !is_agent(reading, words, found) {
                    named.push(Named { side: side as u32, span: found });
                }
            }
        }
    }
    named
}

/// Whether a passive agent word stands directly before `span`, determiners and numbers apart.
fn is_agent(reading: &Reading<'_>, words: &Words, span: Span) -> bool {
    let start = reading.sentence(span.first).first_token;
    let mut at = span.first;
    loop {
        if words.agents.ends_at(reading, start..at) {
            return true;
        }
        let skipped = at > start && (words.determiners.holds(reading, at - 1) || is_number(reading, at - 1));
        if !skipped {
            return false;
        }
        at -= 1;
    }
}

/// Whether a chain of joined occurrences leads from `from` to another side.
fn is_joined_to_another_side(reading: &Reading<'_>, words: &Words, named: &[Named], from: &Named) -> bool {
    let mut reached = vec![*from];
    let mut next = 0;
    while next < reached.len() {
        let here = reached[next];
        for other in named {
            let known = reached.iter().any(|r| r.side == other.side && r.span == other.span);
            if !known && are_joined(reading, words, here.span, other.span) {
                reached.push(*other);
            }
        }
        next += 1;
    }
    reached.iter().any(|r| r.side != from.side)
}

/// Whether only joiners, determiners, numbers, commas and white space stand between two spans of
/// one sentence.
fn are_joined(reading: &Reading<'_>, words: &Words, a: Span, b: Span) -> bool {
    if a.shares_a_token(b) || !reading.same_sentence(a, b) {
        return false;
    }
    let (left, right) = if a.first < b.first { (a, b) } else { (b, a) };
    let word = |token| {
        words.joiners.holds(reading, token) || words.determiners.holds(reading, token) || is_number(reading, token)
    };
    // Each gap between two tokens is looked at alone, since the words themselves may hold commas
    // (1,243).
    let gap = |token| {
        let marks = reading.source_between(token, token + 1);
        marks.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '،' | '，' | '、'))
    };
    (left.end..right.first).all(word) && (left.end - 1..right.first).all(gap)
}

/// Whether a token is a number in digits.
fn is_number(reading: &Reading<'_>, token: u32) -> bool {
    reading.folded(token).starts_with(|c: char| c.is_numeric())
}
