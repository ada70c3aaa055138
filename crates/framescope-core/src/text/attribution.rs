//! The attributed voice: paraphrase with a cue such as "according to" (design 3.6). Best effort.
//!
//! A phrase of attribution ("according to") makes what stands outside quotation marks in its
//! sentence paraphrase. A report verb ("said") does so from itself to the end of the sentence;
//! where it stands in a last short clause (", officials said"), and the sentence quotes nobody
//! before it, what stands before is paraphrase too. The cues are those of all languages, because
//! a voice must not depend on a guess about the article's language.

use super::analysis::{Analysis, Sentence, Token};
use super::article::{Article, Voice};
use super::lang;
use super::types::TypeTable;

/// A clause that only names the speaker has at most so many words before its verb…
const SPEAKER_WORDS: usize = 8;
/// …and so many after it.
const AFTER_VERB: usize = 6;

/// A phrase of attribution in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cue {
    /// Its first token, in the sentence.
    first: usize,
    len: usize,
    /// Whether it speaks for the whole sentence.
    whole: bool,
}

/// Gives the voice `attributed` where a cue asks for it; `anchors` are the tokens by which one may
/// be found, ascending. `cues` is kept for its memory.
pub(super) fn attribute(
    article: &Article<'_>,
    analysis: &mut Analysis,
    types: &TypeTable,
    anchors: &[u32],
    cues: &mut Vec<Cue>,
) {
    let mut sentence = 0;
    let mut anchors = anchors.iter().map(|&anchor| anchor as usize).peekable();
    while let Some(&anchor) = anchors.peek() {
        // Sentences are looked at once each: there may be as many as cues.
        while analysis.sentences[sentence].end_token as usize <= anchor {
            sentence += 1;
        }
        let Sentence { first_token, end_token, paragraph, .. } = analysis.sentences[sentence];
        let (first, end) = (first_token as usize, end_token as usize);
        let tokens = &mut analysis.tokens[first..end];
        cues.clear();
        while let Some(anchor) = anchors.next_if(|&anchor| anchor < end) {
            find(tokens, anchor - first, types, cues);
        }
        if !cues.is_empty() {
            cues.sort_unstable();
            let source = article.source(analysis.paragraphs[paragraph as usize].field);
            analysis.sentences[sentence].voiced.attributed = attribute_sentence(source, tokens, cues);
        }
    }
}

/// The phrases that are found by this token.
fn find(tokens: &[Token], anchor: usize, types: &TypeTable, cues: &mut Vec<Cue>) {
    for phrase in lang::attribution_phrases(types.flags(tokens[anchor].type_id)) {
        let Some(first) = anchor.checked_sub(phrase.anchor) else { continue };
        let rest = &tokens[first..];
        let len = phrase.words.len();
        let is_word = |(word, t): (&u16, &Token)| types.flags(t.type_id).in_attribution() == *word;
        if len <= rest.len() && phrase.words.iter().zip(rest).all(is_word) {
            cues.push(Cue { first, len, whole: phrase.whole });
        }
    }
}

/// How many tokens it makes attributed. `cues` are in reading order; of those that begin together the longest counts.
fn attribute_sentence(source: &str, tokens: &mut [Token], cues: &[Cue]) -> u32 {
    let mut count = 0;
    // What stands behind this is attributed already.
    let mut attributed = tokens.len();
    for together in cues.chunk_by(|a, b| a.first == b.first) {
        let Some(&Cue { first, len, whole }) = together.last() else { continue };
        if attributed == 0 || tokens[first].voice == Voice::Quoted {
            continue;
        }
        let from = if whole || (first + len + AFTER_VERB >= tokens.len() && names_the_speaker(source, tokens, first)) {
            0
        } else {
            first + len
        };
        if from < attributed {
            for token in tokens[from..attributed].iter_mut().filter(|t| t.voice == Voice::Narrator) {
                token.voice = Voice::Attributed;
                count += 1;
            }
            attributed = from;
        }
    }
    count
}

/// Whether the verb stands in a clause that only names the speaker, at the end of a sentence
/// that quotes nobody before it.
fn names_the_speaker(source: &str, tokens: &[Token], verb: usize) -> bool {
    let after_comma = (1..=verb)
        .rev()
        .take(SPEAKER_WORDS)
        .find(|&i| source[tokens[i - 1].end as usize..tokens[i].start as usize].contains([',', '،', '，']));
    after_comma.is_some_and(|first| tokens[..first].iter().all(|t| t.voice != Voice::Quoted))
}
