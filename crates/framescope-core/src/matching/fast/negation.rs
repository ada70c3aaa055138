//! Whether a negation cue stands before a hit.

use super::Case;
use crate::matching::compile::{ByLastToken, CompiledNegation};
use crate::text::Analysis;

/// A cue ends at most this many tokens before the hit; directly before is 1.
const REACH: u32 = 3;

/// Looks for cues before hits, which are asked about in reading order.
pub(super) struct CueEnds<'a> {
    rest: &'a [u32],
}

impl<'a> CueEnds<'a> {
    pub(super) fn new(case: Case<'a>) -> CueEnds<'a> {
        CueEnds { rest: case.cue_ends }
    }

    /// Whether any cue of any lexicon ends near enough before `start` that it is worth a look.
    #[inline]
    pub(super) fn any_before(&mut self, start: u32) -> bool {
        self.next_to(start).is_some_and(|end| end < start)
    }

    /// The first token on which a cue may end that is not too far before `start`.
    #[inline]
    pub(super) fn next_to(&mut self, start: u32) -> Option<u32> {
        while let [first, rest @ ..] = self.rest
            && first + REACH < start
        {
            self.rest = rest;
        }
        self.rest.first().copied()
    }
}

/// Whether a cue of the lexicon's language negates a hit that begins at `start`, in this sentence.
pub(super) fn negated(case: Case<'_>, words: &CompiledNegation, sentence: u32, start: u32) -> bool {
    if words.cues.is_empty() {
        return false;
    }
    let analysis = case.view.analysis;
    let sentence = &analysis.sentences[sentence as usize];
    let source = case.view.article.source(analysis.paragraphs[sentence.paragraph as usize].field);
    let nearest_first = (sentence.first_token..start).rev().take(REACH as usize);
    for last in nearest_first {
        // Between this token and the next one, which is nearer the hit.
        if has_stop(gap(analysis, source, last)) {
            return false;
        }
        let class = case.classes.class(last);
        let tokens = (sentence.first_token, sentence.end_token);
        if class.is_cue_end()
            && any_ending_at(case, &words.cues, last, tokens.0, |first| {
                !in_exception(case, words, (first, last + 1), tokens)
            })
        {
            return true;
        }
        if class.is_contrast_end() && any_ending_at(case, &words.contrast, last, tokens.0, |_| true) {
            return false;
        }
    }
    false
}

/// Whether any phrase that ends on the token `last`, in the sentence, is meant, by where it begins.
fn any_ending_at(
    case: Case<'_>,
    phrases: &ByLastToken,
    last: u32,
    sentence_start: u32,
    is_meant: impl Fn(u32) -> bool,
) -> bool {
    for pattern in case.classes.patterns(case.classes.class(last)) {
        for &phrase in phrases.get(pattern).map_or(&[][..], Vec::as_slice) {
            let len = case.compiled.phrases.len(phrase);
            // Of a phrase of one token the pattern is all there is.
            if sentence_start + len <= last + 1
                && (len == 1 || case.classes.phrase_at(case.compiled, phrase, last + 1 - len))
                && is_meant(last + 1 - len)
            {
                return true;
            }
        }
    }
    false
}

/// Whether a cue, of these tokens, is part of a phrase that does not negate ("not only").
fn in_exception(case: Case<'_>, words: &CompiledNegation, cue: (u32, u32), sentence: (u32, u32)) -> bool {
    let classes = case.classes;
    for token in cue.0..cue.1 {
        for pattern in classes.patterns(classes.class(token)) {
            for &(phrase, before) in words.exceptions.get(pattern).map_or(&[][..], Vec::as_slice) {
                let end = token + case.compiled.phrases.len(phrase);
                if token >= sentence.0 + before
                    && end <= sentence.1 + before
                    && classes.phrase_at(case.compiled, phrase, token - before)
                {
                    return true;
                }
            }
        }
    }
    false
}

/// Whether a mark that ends a clause stands there.
fn has_stop(gap: &str) -> bool {
    gap != " " && gap.contains([',', ';', ':', '(', ')', '،', '؛', '；', '：', '（', '）', '、', '，'])
}

/// The source text between a token and the next of its sentence.
fn gap<'a>(analysis: &Analysis, source: &'a str, token: u32) -> &'a str {
    let (end, start) = (analysis.tokens[token as usize].end, analysis.tokens[token as usize + 1].start);
    &source[end as usize..start as usize]
}

/// The same, by the token alone.
pub(super) fn between<'a>(case: Case<'a>, token: u32) -> &'a str {
    let analysis = case.view.analysis;
    gap(analysis, case.view.article.source(analysis.field_of(token)), token)
}
