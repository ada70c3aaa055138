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

/// Gives the voice `attributed` where a cue asks for it; `cues` are the tokens with which one may
/// begin, ascending.
pub(super) fn attribute(article: &Article<'_>, analysis: &mut Analysis, types: &TypeTable, cues: &[u32]) {
    let mut sentence = 0;
    let mut cues = cues.iter().map(|&cue| cue as usize).peekable();
    while let Some(&cue) = cues.peek() {
        // Sentences are looked at once each: there may be as many as cues.
        while analysis.sentences[sentence].end_token as usize <= cue {
            sentence += 1;
        }
        let Sentence { first_token, end_token, paragraph, .. } = analysis.sentences[sentence];
        let (first, end) = (first_token as usize, end_token as usize);
        let source = article.source(analysis.paragraphs[paragraph as usize].field);
        let tokens = &mut analysis.tokens[first..end];
        let in_sentence = std::iter::from_fn(|| cues.next_if(|&cue| cue < end)).map(|cue| cue - first);
        attribute_sentence(source, tokens, types, in_sentence);
    }
}

fn attribute_sentence(source: &str, tokens: &mut [Token], types: &TypeTable, cues: impl Iterator<Item = usize>) {
    // What stands behind this is attributed already.
    let mut attributed = tokens.len();
    for i in cues {
        if attributed == 0 || tokens[i].voice == Voice::Quoted {
            continue;
        }
        let Some((len, whole)) = cue(tokens, i, types) else { continue };
        let from = if whole || (i + len + AFTER_VERB >= tokens.len() && names_the_speaker(source, tokens, i)) {
            0
        } else {
            i + len
        };
        if from < attributed {
            for token in tokens[from..attributed].iter_mut().filter(|t| t.voice == Voice::Narrator) {
                token.voice = Voice::Attributed;
            }
            attributed = from;
        }
    }
}

/// How long the cue that begins here is, and whether it speaks for the whole sentence.
fn cue(tokens: &[Token], at: usize, types: &TypeTable) -> Option<(usize, bool)> {
    let phrases = lang::attribution_phrases(types.folded(tokens[at].type_id));
    let holds = |words: &[&str]| {
        let rest = &tokens[at + 1..];
        words.len() <= rest.len() && words.iter().zip(rest).all(|(word, token)| types.folded(token.type_id) == *word)
    };
    phrases.iter().filter(|(words, _)| holds(words)).map(|(words, whole)| (words.len() + 1, *whole)).max()
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
