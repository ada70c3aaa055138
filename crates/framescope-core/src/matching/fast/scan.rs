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

/// Finds where phrases occur that somebody owns, inside sentences.
pub(super) struct Scan<'a, 'o> {
    compiled: &'a Compiled,
    classes: &'a Classes,
    /// From the one in which a phrase was tried last.
    sentences: &'a [Sentence],
    /// Come nearly in the order of their first tokens.
    candidates: &'o mut Vec<Candidate>,
    occurrences: &'o mut Occurrences,
    /// The tokens on which a negation cue may end.
    cue_ends: &'o mut Vec<u32>,
}

impl<'a, 'o> Scan<'a, 'o> {
    /// Of an article, into lists that are empty.
    pub(super) fn new(
        compiled: &'a Compiled,
        view: View<'a>,
        classes: &'a Classes,
        candidates: &'o mut Vec<Candidate>,
        occurrences: &'o mut Occurrences,
        cue_ends: &'o mut Vec<u32>,
    ) -> Self {
        Scan { compiled, classes, sentences: &view.analysis.sentences, candidates, occurrences, cue_ends }
    }

    /// Finds every phrase.
    pub(super) fn all(mut self) {
        self.each_marked(|scan, class, token| {
            if !class.is_single() {
                return;
            }
            let candidate = |&Member { entry, .. }: &Member| Candidate { entry, start: token, end: token + 1 };
            scan.candidates.extend(scan.classes.members(class).iter().map(candidate));
            for &slot in scan.classes.slots(class) {
                scan.occurrences.add(slot, token, token + 1);
            }
        });
    }

    /// The same, but phrases of one token are not made candidates: the tokens at which they stand go to `singles`, with
    /// their classes.
    pub(super) fn phrases(mut self, singles: &mut Vec<(u32, ClassId)>) {
        // Whether a marked token is one is a surprise each time, so the list is filled without a branch.
        singles.resize(self.classes.marked().len(), (0, ClassId::NOTHING));
        let mut count = 0;
        self.each_marked(|_, class, token| {
            singles[count] = (token, class);
            count += usize::from(class.is_single());
        });
        singles.truncate(count);
    }

    #[inline(always)]
    fn each_marked(&mut self, mut single: impl FnMut(&mut Self, ClassId, u32)) {
        let (compiled, classes) = (self.compiled, self.classes);
        let marked = classes.marked();
        for (i, &token) in marked.iter().enumerate() {
            if let Some(&later) = marked.get(i + AHEAD) {
                classes.ask_for(later);
            }
            let [before, class] = classes.class_and_before(token);
            if classes.may_pair(before, class) {
                classes.each_paired(compiled, before, class, |phrase| self.try_at(phrase, token - 1));
            }
            single(self, class, token);
            if class.is_rare_behind(before) {
                if class.may_end_cue_behind(before) {
                    self.cue_ends.push(token);
                }
                if class.is_anchor() {
                    for &phrase in classes.anchored(class) {
                        self.try_at(phrase, token);
                    }
                }
            }
        }
    }

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
