//! Whether a negation cue stands before a hit.

use super::Case;
use crate::matching::compile::{CompiledLexicon, TermId};

/// A cue ends at most this many tokens before the hit; directly before is 1.
const REACH: u32 = 3;

/// Looks for cues before hits, which are asked about in reading order.
pub(super) struct CueEnds<'a> {
    rest: &'a [u32],
}

impl<'a> CueEnds<'a> {
    pub(super) fn new(case: Case<'a>) -> CueEnds<'a> {
        CueEnds { rest: case.classes.cue_ends() }
    }

    /// Whether any cue of any lexicon ends near enough before `start` that it is worth a look.
    #[inline]
    pub(super) fn any_before(&mut self, start: u32) -> bool {
        while let [first, rest @ ..] = self.rest
            && first + REACH < start
        {
            self.rest = rest;
        }
        self.rest.first().is_some_and(|&end| end < start)
    }
}

/// Whether a cue of the lexicon's language negates a hit that begins at `start`.
pub(super) fn negated(case: Case<'_>, lexicon: &CompiledLexicon, start: u32) -> bool {
    let cues = &lexicon.negation;
    if cues.cues.is_empty() {
        return false;
    }
    let sentence = &case.view.analysis.sentences[case.view.analysis.sentence_of(start) as usize];
    let nearest_first = (sentence.first_token..start).rev().take(REACH as usize);
    for last in nearest_first {
        // Between this token and the next one, which is nearer the hit.
        if has_stop(case, last) {
            return false;
        }
        let class = case.classes.class(last);
        if class.is_cue_end() {
            let cue = cues.cues.iter().filter_map(|&cue| ending_at(case, cue, last, sentence.first_token));
            for first in cue {
                let sentence = (sentence.first_token, sentence.end_token);
                if !in_exception(case, &cues.exceptions, (first, last + 1), sentence) {
                    return true;
                }
            }
        }
        if class.is_contrast_end()
            && cues.contrast.iter().any(|&word| ending_at(case, word, last, sentence.first_token).is_some())
        {
            return false;
        }
    }
    false
}

/// Where a term begins that ends on the token `last`, in the sentence.
fn ending_at(case: Case<'_>, term: TermId, last: u32, sentence_start: u32) -> Option<u32> {
    let phrase = case.compiled.terms[term.0 as usize].phrase;
    let first = (last + 1).checked_sub(case.compiled.phrases.len(phrase)).filter(|&f| f >= sentence_start)?;
    case.classes.phrase_at(case.compiled, phrase, first).then_some(first)
}

/// Whether a cue is part of a phrase that does not negate ("not only", "no doubt").
fn in_exception(case: Case<'_>, exceptions: &[TermId], cue: (u32, u32), sentence: (u32, u32)) -> bool {
    exceptions.iter().any(|term| {
        let phrase = case.compiled.terms[term.0 as usize].phrase;
        let len = case.compiled.phrases.len(phrase);
        let from = (cue.0 + 1).saturating_sub(len).max(sentence.0);
        (from..cue.1).any(|at| at + len <= sentence.1 && case.classes.phrase_at(case.compiled, phrase, at))
    })
}

/// Whether a mark that ends a clause stands between a token and the next.
fn has_stop(case: Case<'_>, token: u32) -> bool {
    between(case, token).contains([',', ';', ':', '(', ')', '،', '؛', '；', '：', '（', '）', '、', '，'])
}

/// The source text between a token and the next of its sentence.
pub(super) fn between<'a>(case: Case<'a>, token: u32) -> &'a str {
    let analysis = case.view.analysis;
    let source = case.view.article.source(analysis.field_of(token));
    let (end, start) = (analysis.tokens[token as usize].end, analysis.tokens[token as usize + 1].start);
    &source[end as usize..start as usize]
}
