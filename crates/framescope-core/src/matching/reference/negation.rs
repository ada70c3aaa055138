//! Whether a hit is negated: a cue ends at most three tokens before it, in its sentence, and
//! nothing parts the two.

use super::language::Words;
use super::reading::{Reading, Span};

/// How many tokens the last token of a cue may stand before the first of a hit; 1 is adjacent.
const REACH: u32 = 3;

/// The marks that part a cue from what follows, with their Arabic, CJK and full-width equals.
const PARTING: [char; 13] = [',', ';', ':', '(', ')', '،', '؛', '，', '、', '；', '：', '（', '）'];

/// Whether a cue negates what stands at `span`.
pub(super) fn is_negated(reading: &Reading<'_>, words: &Words, span: Span) -> bool {
    let before = reading.sentence(span.first).first_token..span.first;
    let mut cues = words.cues.occurrences(reading, before);
    cues.retain(|cue| cue.distance(span) <= REACH);
    cues.into_iter().any(|cue| !is_excepted(reading, words, cue) && !is_parted(reading, words, cue, span))
}

/// Whether a cue is part of a phrase that negates nothing ("not only").
fn is_excepted(reading: &Reading<'_>, words: &Words, cue: Span) -> bool {
    let sentence = reading.sentence(cue.first);
    let exceptions = words.exceptions.occurrences(reading, sentence.first_token..sentence.end_token);
    exceptions.iter().any(|exception| exception.shares_a_token(cue))
}

/// Whether a mark or a contrast word stands between a cue and a later span.
fn is_parted(reading: &Reading<'_>, words: &Words, cue: Span, span: Span) -> bool {
    // Each gap between two tokens is looked at alone: a comma inside a number (1,243) or a colon
    // inside an address parts nothing.
    let marked = (cue.end - 1..span.first).any(|token| reading.source_between(token, token + 1).contains(PARTING));
    // A contrast of several words may begin with the cue itself: غير is "not", غير أن "however".
    let before = reading.sentence(span.first).first_token..span.first;
    let contrast = words.contrast.occurrences(reading, before);
    marked || contrast.iter().any(|words| words.end > cue.end)
}
