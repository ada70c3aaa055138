//! The row of classes to places where phrases occur.

use super::Candidate;
use super::classes::{ClassId, Classes, Look};
use super::occurrences::Occurrences;
use crate::matching::View;
use crate::matching::compile::{Compiled, Owner, PhraseId};
use crate::text::Sentence;

/// How many tokens are looked at together.
const TOGETHER: usize = 16;

/// Finds every occurrence of every phrase that somebody owns, inside sentences. Candidates come
/// nearly in the order of their first tokens. Lists in `cue_ends`, too, the tokens on which a negation cue may end.
pub(super) fn scan(
    compiled: &Compiled,
    view: View<'_>,
    classes: &Classes,
    candidates: &mut Vec<Candidate>,
    occurrences: &mut Occurrences,
    cue_ends: &mut Vec<u32>,
) {
    let mut scan = Scan { compiled, classes, sentences: &view.analysis.sentences, candidates, occurrences };
    // What a class means stands at random places of a table that outgrows the caches near the processor, so a
    // few tokens are looked at together, and the waits for them overlap.
    let mut looks = [Look::default(); TOGETHER];
    for marked in classes.marked().chunks(TOGETHER) {
        for (&token, look) in marked.iter().zip(&mut looks) {
            let before = token.checked_sub(1).map_or(ClassId::NOTHING, |before| classes.class(before));
            *look = classes.look(before, classes.class(token));
        }
        for (&token, look) in marked.iter().zip(&looks) {
            if look.may_pair {
                classes.each_paired(compiled, look.before, look.class, |phrase| scan.try_at(phrase, token - 1));
            }
            if look.class.may_end_cue_behind(look.before) {
                cue_ends.push(token);
            }
            if look.class.is_single() {
                let entries = classes.entries(look).iter();
                scan.candidates.extend(entries.map(|&entry| Candidate { entry, start: token, end: token + 1 }));
                for &slot in classes.slots(look.class) {
                    scan.occurrences.add(slot, token, token + 1);
                }
            }
            if look.class.is_anchor() {
                for &phrase in classes.anchored(look.class) {
                    scan.try_at(phrase, token);
                }
            }
        }
    }
}

/// Where the scan is, and what it found.
struct Scan<'a, 'o> {
    compiled: &'a Compiled,
    classes: &'a Classes,
    /// From the one in which a phrase was tried last.
    sentences: &'a [Sentence],
    candidates: &'o mut Vec<Candidate>,
    occurrences: &'o mut Occurrences,
}

impl Scan<'_, '_> {
    /// Tells the owners of a phrase if it stands here, with its anchor at `token`.
    fn try_at(&mut self, phrase: PhraseId, token: u32) {
        let Scan { compiled, classes, .. } = *self;
        while let [first, rest @ ..] = self.sentences
            && first.end_token <= token
        {
            self.sentences = rest;
        }
        let Some(sentence) = self.sentences.first() else { return };
        let (anchor, len) = (compiled.phrases.anchor(phrase), compiled.phrases.len(phrase));
        if token < sentence.first_token + anchor || token - anchor + len > sentence.end_token {
            return;
        }
        let start = token - anchor;
        // Of two words, both were asked for already.
        if compiled.phrases.is_pair(phrase) || classes.phrase_at(compiled, phrase, start) {
            for &owner in compiled.phrases.owners(phrase) {
                match owner {
                    Owner::Entry(entry) => self.candidates.push(Candidate { entry, start, end: start + len }),
                    Owner::Slot(slot) => self.occurrences.add(slot, start, start + len),
                }
            }
        }
    }
}
