//! The row of classes to places where phrases occur.

use super::Candidate;
use super::classes::{ClassId, Classes, Member};
use super::occurrences::Occurrences;
use crate::matching::View;
use crate::matching::compile::{Compiled, Owner, PhraseId, Trial};
use crate::text::Sentence;

/// What is known of a class is asked for so many tokens before it is needed: with many entries, classes outgrow the
/// caches near the processor.
const AHEAD: usize = 12;

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
    let single = |scan: &mut Scan<'_, '_>, class: ClassId, token| {
        if !class.is_single() {
            return;
        }
        let candidate = |&Member { entry, .. }: &Member| Candidate { entry, start: token, end: token + 1 };
        scan.candidates.extend(classes.members(class).iter().map(candidate));
        for &slot in classes.slots(class) {
            scan.occurrences.add(slot, token, token + 1);
        }
    };
    each_marked(compiled, view, classes, candidates, occurrences, cue_ends, single);
}

/// The same, but phrases of one token are not made candidates: the tokens at which they stand go to `singles`, with
/// their classes.
pub(super) fn scan_phrases(
    compiled: &Compiled,
    view: View<'_>,
    classes: &Classes,
    candidates: &mut Vec<Candidate>,
    occurrences: &mut Occurrences,
    cue_ends: &mut Vec<u32>,
    singles: &mut Vec<(u32, ClassId)>,
) {
    // Whether a marked token is one is a surprise each time, so the list is filled without a branch.
    singles.resize(classes.marked().len(), (0, ClassId::NOTHING));
    let mut count = 0;
    let single = |_: &mut Scan<'_, '_>, class: ClassId, token| {
        singles[count] = (token, class);
        count += usize::from(class.is_single());
    };
    each_marked(compiled, view, classes, candidates, occurrences, cue_ends, single);
    singles.truncate(count);
}

#[inline(always)]
fn each_marked(
    compiled: &Compiled,
    view: View<'_>,
    classes: &Classes,
    candidates: &mut Vec<Candidate>,
    occurrences: &mut Occurrences,
    cue_ends: &mut Vec<u32>,
    mut single: impl FnMut(&mut Scan<'_, '_>, ClassId, u32),
) {
    let mut scan = Scan { compiled, classes, sentences: &view.analysis.sentences, candidates, occurrences };
    let marked = classes.marked();
    for (i, &token) in marked.iter().enumerate() {
        if let Some(&later) = marked.get(i + AHEAD) {
            classes.ask_for(later);
        }
        let [before, class] = classes.class_and_before(token);
        if classes.may_pair(before, class) {
            classes.each_paired(compiled, before, class, |phrase| scan.try_at(phrase, token - 1));
        }
        single(&mut scan, class, token);
        if class.is_rare_behind(before) {
            if class.may_end_cue_behind(before) {
                cue_ends.push(token);
            }
            if class.is_anchor() {
                for &phrase in classes.anchored(class) {
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
        let trial @ Trial { anchor, len, is_pair, .. } = compiled.phrases.trial(phrase);
        if token < sentence.first_token + anchor || token - anchor + len > sentence.end_token {
            return;
        }
        let start = token - anchor;
        // Of two words, both were asked for already.
        if is_pair || classes.phrase_at(compiled, phrase, start) {
            for &owner in compiled.phrases.owners(trial) {
                match owner {
                    Owner::Entry(entry) => self.candidates.push(Candidate { entry, start, end: start + len }),
                    Owner::Slot(slot) => self.occurrences.add(slot, start, start + len),
                }
            }
        }
    }
}
