//! The row of classes to places where phrases occur.

use super::Candidate;
use super::classes::Classes;
use super::occurrences::Occurrences;
use crate::matching::View;
use crate::matching::compile::{Compiled, Owner, PhraseId};

/// Finds every occurrence of every phrase that somebody owns, inside sentences. Candidates come
/// nearly in the order of their first tokens.
pub(super) fn scan(
    compiled: &Compiled,
    view: View<'_>,
    classes: &Classes,
    candidates: &mut Vec<Candidate>,
    occurrences: &mut Occurrences,
) {
    let mut sentences = view.analysis.sentences.iter();
    let mut sentence = (0, 0);
    for &token in classes.marked() {
        while token >= sentence.1 {
            let Some(next) = sentences.next() else { return };
            sentence = (next.first_token, next.end_token);
        }
        let class = classes.class(token);
        if token > sentence.0 {
            let before = classes.class(token - 1);
            if before.may_pair_with(class) {
                for phrase in classes.paired(compiled, before, class) {
                    try_at(compiled, classes, phrase, token - 1, sentence, candidates, occurrences);
                }
            }
        }
        if class.is_single() {
            candidates.extend(classes.entries(class).iter().map(|&entry| Candidate {
                entry,
                start: token,
                end: token + 1,
            }));
            for &slot in classes.slots(class) {
                occurrences.add(slot, token, token + 1);
            }
        }
        if class.is_anchor() {
            for &phrase in classes.anchored(class) {
                try_at(compiled, classes, phrase, token, sentence, candidates, occurrences);
            }
        }
    }
}

/// Tells the owners of a phrase if it stands here, with its anchor at `token`.
fn try_at(
    compiled: &Compiled,
    classes: &Classes,
    phrase: PhraseId,
    token: u32,
    sentence: (u32, u32),
    candidates: &mut Vec<Candidate>,
    occurrences: &mut Occurrences,
) {
    let (anchor, len) = (compiled.phrases.anchor(phrase), compiled.phrases.len(phrase));
    if token < sentence.0 + anchor || token - anchor + len > sentence.1 {
        return;
    }
    let start = token - anchor;
    // Of two words, both were asked for already.
    if compiled.phrases.is_pair(phrase) || classes.phrase_at(compiled, phrase, start) {
        for &owner in compiled.phrases.owners(phrase) {
            match owner {
                Owner::Entry(entry) => candidates.push(Candidate { entry, start, end: start + len }),
                Owner::Slot(slot) => occurrences.add(slot, start, start + len),
            }
        }
    }
}
