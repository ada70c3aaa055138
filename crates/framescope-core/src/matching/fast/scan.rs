//! The row of classes to places where phrases occur.

use super::Candidate;
use super::classes::Classes;
use super::occurrences::Occurrences;
use crate::matching::View;
use crate::matching::compile::{Compiled, Owner};

/// Finds every occurrence of every phrase that somebody owns, inside sentences.
pub(super) fn scan(
    compiled: &Compiled,
    view: View<'_>,
    classes: &Classes,
    candidates: &mut Vec<Candidate>,
    occurrences: &mut Occurrences,
) {
    let mut tell = |owners: &[Owner], start: u32, end: u32| {
        for &owner in owners {
            match owner {
                Owner::Entry(entry) => candidates.push(Candidate { entry, start, end }),
                Owner::Slot(slot) => occurrences.add(slot, start, end),
            }
        }
    };
    let mut sentences = view.analysis.sentences.iter();
    let mut sentence_start = 0;
    let mut sentence_end = 0;
    for &token in classes.marked() {
        while token >= sentence_end {
            let Some(sentence) = sentences.next() else { return };
            (sentence_start, sentence_end) = (sentence.first_token, sentence.end_token);
        }
        let class = classes.at(token);
        tell(&class.singles, token, token + 1);
        for &phrase in &class.anchored {
            let (anchor, len) = (compiled.phrases.anchor(phrase), compiled.phrases.len(phrase));
            if token < sentence_start + anchor || token - anchor + len > sentence_end {
                continue;
            }
            let start = token - anchor;
            if classes.phrase_at(compiled, phrase, start) {
                tell(compiled.phrases.owners(phrase), start, start + len);
            }
        }
    }
}
