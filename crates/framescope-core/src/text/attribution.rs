//! The attributed voice: paraphrase with a cue such as "according to" (design 3.6). Best effort.
//!
//! A phrase of attribution ("according to") makes what stands outside quotation marks in its
//! sentence paraphrase. A report verb ("said") does so from itself to the end of the sentence;
//! where it stands in a last short clause (", officials said"), and the sentence quotes nobody
//! before it, what stands before is paraphrase too. The cues are those of all languages, because
//! a voice must not depend on a guess about the article's language.

use super::analysis::{Analysis, Token};
use super::article::{Article, Voice};
use super::lang;
use super::types::TypeTable;

/// A clause that only names the speaker has at most so many words before its verb…
const SPEAKER_WORDS: usize = 8;
/// …and so many after it.
const AFTER_VERB: usize = 6;

/// Gives the voice `attributed` where a cue asks for it.
pub(super) fn attribute(article: &Article<'_>, analysis: &mut Analysis, types: &TypeTable) {
    for sentence in &analysis.sentences {
        let paragraph = &analysis.paragraphs[sentence.paragraph as usize];
        let source = article.source(paragraph.field);
        attribute_sentence(
            source,
            &mut analysis.tokens[sentence.first_token as usize..sentence.end_token as usize],
            types,
        );
    }
}

fn attribute_sentence(source: &str, tokens: &mut [Token], types: &TypeTable) {
    for i in 0..tokens.len() {
        if !types.flags(tokens[i].type_id).attribution() || tokens[i].voice == Voice::Quoted {
            continue;
        }
        let Some((len, whole)) = cue(tokens, i, types) else { continue };
        let from = if whole || (i + len + AFTER_VERB >= tokens.len() && names_the_speaker(source, tokens, i)) {
            0
        } else {
            i + len
        };
        for token in tokens[from..].iter_mut().filter(|t| t.voice == Voice::Narrator) {
            token.voice = Voice::Attributed;
        }
        if from == 0 {
            return;
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
