//! One article as one lexicon looks at it: where terms stand, and whether their conditions hold.

use std::ops::Range;

use super::super::{Rule, View};
use super::{clitics, glob, is_under};
use crate::lexicon::{Condition, Lexicon, Near, NearMode, NearTerm, PathId, Place, Side, Term, TokenPattern, Within};
use crate::text::{self, Sentence, Voice, Zone};

/// Tokens in a row, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Span {
    /// The first.
    pub(super) first: u32,
    /// One past the last.
    pub(super) end: u32,
}

impl Span {
    pub(super) fn len(self) -> u32 {
        self.end - self.first
    }

    pub(super) fn shares_a_token(self, other: Span) -> bool {
        self.first < other.end && other.first < self.end
    }

    pub(super) fn strictly_contains(self, other: Span) -> bool {
        self.first <= other.first && other.end <= self.end && self.len() > other.len()
    }

    /// Tokens between the nearest ends: 1 where they touch, 0 where they share a token.
    pub(super) fn distance(self, other: Span) -> u32 {
        if self.shares_a_token(other) {
            0
        } else if self.end <= other.first {
            other.first - (self.end - 1)
        } else {
            self.first - (other.end - 1)
        }
    }
}

/// One article as one lexicon looks at it.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) view: View<'a>,
    pub(super) lexicon: &'a Lexicon,
}

impl<'a> Reading<'a> {
    pub(super) fn new(view: View<'a>, lexicon: &'a Lexicon) -> Reading<'a> {
        Reading { view, lexicon }
    }

    pub(super) fn token_count(&self) -> u32 {
        self.view.analysis.tokens.len() as u32
    }

    pub(super) fn everywhere(&self) -> Range<u32> {
        0..self.token_count()
    }

    /// The sentence that holds a token.
    pub(super) fn sentence(&self, token: u32) -> &'a Sentence {
        let analysis = self.view.analysis;
        &analysis.sentences[analysis.sentence_of(token) as usize]
    }

    /// The tokens of the paragraph that a span stands in.
    pub(super) fn paragraph(&self, span: Span) -> Range<u32> {
        let analysis = self.view.analysis;
        let paragraph = analysis.paragraphs[analysis.paragraph_of(span.first) as usize];
        paragraph.first_token..paragraph.end_token
    }

    pub(super) fn same_sentence(&self, a: Span, b: Span) -> bool {
        let analysis = self.view.analysis;
        analysis.sentence_of(a.first) == analysis.sentence_of(b.first)
    }

    /// The zone of the first token, which is its sentence's.
    pub(super) fn zone(&self, span: Span) -> Zone {
        self.sentence(span.first).zone
    }

    /// The voice of the first token.
    pub(super) fn voice(&self, span: Span) -> Voice {
        self.view.analysis.tokens[span.first as usize].voice
    }

    /// Whether the first token stands in a quotation of 1 to 3 words.
    pub(super) fn short(&self, span: Span) -> bool {
        self.view.analysis.tokens[span.first as usize].short
    }

    /// A token as matched: folded.
    pub(super) fn folded(&self, token: u32) -> &'a str {
        let types = self.view.types;
        types.folded(self.view.analysis.tokens[token as usize].type_id)
    }

    /// The source between the end of one token and the start of a later one of the same sentence.
    pub(super) fn source_between(&self, last: u32, next: u32) -> &'a str {
        let View { article, analysis, .. } = self.view;
        let source = article.source(analysis.field_of(last));
        let (start, end) = (analysis.tokens[last as usize].end, analysis.tokens[next as usize].start);
        source.get(start as usize..end as usize).unwrap_or("")
    }

    /// Rule 1: whether a term's patterns match the tokens from `first` on, inside one sentence.
    /// Its conditions are not looked at.
    pub(super) fn stands_at(&self, term: &Term, first: u32) -> Option<Span> {
        let end = first + term.tokens.len() as u32;
        if term.tokens.is_empty() || end > self.sentence(first).end_token {
            return None;
        }
        let fits = |(pattern, token): (&TokenPattern, u32)| self.fits(pattern, token);
        term.tokens.iter().zip(first..end).all(fits).then_some(Span { first, end })
    }

    fn fits(&self, pattern: &TokenPattern, token: u32) -> bool {
        let View { analysis, types, .. } = self.view;
        let id = analysis.tokens[token as usize].type_id;
        let folded = types.folded(id);
        match &pattern.exact {
            Some(exact) => glob::matches(&pattern.folded, folded) && glob::matches(exact, types.exact(id)),
            None => glob::matches(&pattern.folded, folded) || self.fits_without_clitics(pattern, folded),
        }
    }

    /// Whether the lexicon lets proclitics be taken off, and what is left of the token fits.
    fn fits_without_clitics(&self, pattern: &TokenPattern, folded: &str) -> bool {
        let data = self.lexicon.rules.clitics.and_then(|clitics| text::language(clitics.language()));
        let left = data.map(|data| clitics::left_of(folded, &data.clitics)).unwrap_or_default();
        left.iter().any(|word| glob::matches(&pattern.folded, word))
    }

    /// Where a term begins among `tokens`, its conditions included; masks play no part.
    pub(super) fn occurrences(&self, term: &Term, tokens: Range<u32>) -> Vec<Span> {
        let standing = tokens.filter_map(|first| self.stands_at(term, first));
        standing.filter(|span| self.failed_condition(term, *span).is_none()).collect()
    }

    /// Rule 3: the first condition of `term` that fails where it stands at `span`.
    pub(super) fn failed_condition(&self, term: &Term, span: Span) -> Option<(Rule, Place)> {
        term.conditions.iter().find_map(|condition| self.failure(condition, span))
    }

    fn failure(&self, condition: &Condition, span: Span) -> Option<(Rule, Place)> {
        let (holds, rule, place) = match condition {
            Condition::Voice(voices, place) => (voices.contains(self.voice(span)), Rule::Voice, place),
            Condition::Zone(zones, place) => (zones.contains(self.zone(span)), Rule::Zone, place),
            Condition::Near(near) => (self.is_near(near, span), Rule::Condition, &near.place),
            Condition::NotNear(near) => (!self.is_near(near, span), Rule::Condition, &near.place),
            Condition::Before(terms, place) => (self.begins_after(terms, span), Rule::Condition, place),
            Condition::NotBefore(terms, place) => (!self.begins_after(terms, span), Rule::Condition, place),
            Condition::After(terms, place) => (self.ends_before(terms, span), Rule::Condition, place),
            Condition::NotAfter(terms, place) => (!self.ends_before(terms, span), Rule::Condition, place),
        };
        (!holds).then_some((rule, *place))
    }

    /// Whether one of the terms begins on the token just after `span`, in the same sentence.
    fn begins_after(&self, terms: &[Term], span: Span) -> bool {
        let next = span.end..span.end + 1;
        let sentence = self.sentence(span.first);
        span.end < sentence.end_token && terms.iter().any(|t| !self.occurrences(t, next.clone()).is_empty())
    }

    /// Whether one of the terms ends on the token just before `span`, in the same sentence.
    fn ends_before(&self, terms: &[Term], span: Span) -> bool {
        let before = self.sentence(span.first).first_token..span.first;
        let ends_there = |t: &Term| self.occurrences(t, before.clone()).iter().any(|o| o.end == span.first);
        terms.iter().any(ends_there)
    }

    fn is_near(&self, near: &Near, span: Span) -> bool {
        let counts = |other: &Span| {
            let side = match near.side {
                Side::Both => true,
                Side::Left => other.end <= span.first,
                Side::Right => span.end <= other.first,
            };
            side && !other.shares_a_token(span) && self.is_within(near.within, span, *other)
        };
        // Nothing outside the paragraph is near.
        let paragraph = self.paragraph(span);
        let found = |term: &NearTerm| match term {
            NearTerm::Term(term) => {
                let standing = paragraph.clone().filter_map(|first| self.stands_at(term, first));
                standing.filter(counts).any(|other| self.failed_condition(term, other).is_none())
            }
            NearTerm::Path(path) => self.candidates_under(*path, paragraph.clone()).iter().any(counts),
        };
        match near.mode {
            NearMode::Any => near.terms.iter().any(found),
            NearMode::All => near.terms.iter().all(found),
        }
    }

    /// Whether `other` is within reach of `span`: never across a paragraph or a zone.
    pub(super) fn is_within(&self, within: Within, span: Span, other: Span) -> bool {
        let analysis = self.view.analysis;
        let same_paragraph = analysis.paragraph_of(span.first) == analysis.paragraph_of(other.first);
        let same_zone = self.zone(span) == self.zone(other);
        let reached = match within {
            Within::Tokens(n) => span.distance(other) <= n,
            Within::Sentence => self.same_sentence(span, other),
            Within::Paragraph => true,
        };
        same_paragraph && same_zone && reached
    }

    /// `"@path"`: the candidates of a path and of the paths under it, before masks and conditions.
    fn candidates_under(&self, path: PathId, tokens: Range<u32>) -> Vec<Span> {
        let entries = self.lexicon.entries.iter().filter(|e| is_under(self.lexicon, e.path, path));
        let anywhere = entries.flat_map(|e| tokens.clone().filter_map(|first| self.stands_at(&e.term, first)));
        anywhere.collect()
    }
}
