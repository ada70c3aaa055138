//! The row of classes to places where phrases occur.

use super::Candidate;
use super::class_id::ClassId;
use super::classes::{AT_HAND, Classes, Single};
use super::occurrences::Occurrences;
use crate::ahead::ask_for;
use crate::matching::View;
use crate::matching::compile::{Compiled, Owner, Trial};
use crate::text::Sentence;

/// What is known of a class is asked for so many tokens before it is needed: with many entries, classes outgrow the
/// caches near the processor.
const AHEAD: usize = 20;

/// What is to be looked at on a marked token.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    token: u32,
    /// The pair of some phrase may end here.
    pairs: bool,
    /// See [`ClassId::is_rare_behind`].
    rare: bool,
}

impl Look {
    fn needs_a_look(self) -> bool {
        self.pairs | self.rare
    }
}

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
    pub(super) fn all(mut self, looks: &mut Vec<Look>) {
        self.look(looks, |_| true, |_, _| {});
        for &look in looks.iter() {
            self.pairs_at(look);
            let (token, class) = (look.token, self.classes.class(look.token));
            if class.is_single() {
                self.candidates.extend(single_candidates(self.classes.entries(class), token));
                for &slot in self.classes.slots(class) {
                    self.occurrences.add(slot, token, token + 1);
                }
            }
            self.rare_at(look);
        }
    }

    /// The same, but phrases of one token are candidates only where a class is [crowded](ClassId::CROWDED); those that may
    /// become hits elsewhere are `singles`, of which so many are filled.
    pub(super) fn phrases(mut self, looks: &mut Vec<Look>, singles: &mut Vec<Single>) -> usize {
        let (classes, mut count) = (self.classes, 0);
        let room = AT_HAND * classes.marked().len();
        if singles.len() < room {
            singles.resize(room, Single::default());
        }
        let single = |token, class| count += classes.write_singles(class, token, &mut singles[count..count + AT_HAND]);
        self.look(looks, Look::needs_a_look, single);
        for (i, &look) in looks.iter().enumerate() {
            if let Some(later) = looks.get(i + AHEAD / 2) {
                classes.ask_for_all(later.token);
            }
            self.pairs_at(look);
            self.rare_at(look);
            let class = classes.class(look.token);
            if look.rare && class.is_crowded() {
                self.candidates.extend(single_candidates(classes.entries(class), look.token));
            }
        }
        count
    }

    /// Fills `looks` with those marked tokens that are to be kept, and calls `single` for each marked token. What is to
    /// be done at a token is a surprise each time, too, so nothing is done here.
    #[inline(always)]
    fn look(&self, looks: &mut Vec<Look>, keep: impl Fn(Look) -> bool, mut single: impl FnMut(u32, ClassId)) {
        let classes = self.classes;
        let marked = classes.marked();
        looks.resize(marked.len(), Look::default());
        let mut count = 0;
        for (i, &token) in marked.iter().enumerate() {
            if let Some(&later) = marked.get(i + AHEAD) {
                classes.ask_for(later);
            }
            let [before, class] = classes.class_and_before(token);
            let look = Look { token, pairs: classes.may_pair(before, class), rare: class.is_rare_behind(before) };
            looks[count] = look;
            count += usize::from(keep(look));
            single(token, class);
        }
        looks.truncate(count);
    }

    /// Tries the phrases of the pairs that may end at a token.
    #[inline(always)]
    fn pairs_at(&mut self, Look { token, pairs, .. }: Look) {
        if pairs {
            let (compiled, classes) = (self.compiled, self.classes);
            let [before, class] = classes.class_and_before(token);
            classes.each_paired(compiled, before, class, |trial| self.try_at(trial, token - 1));
        }
    }

    /// Does what is to be done where few tokens are.
    #[inline(always)]
    fn rare_at(&mut self, Look { token, rare, .. }: Look) {
        if rare {
            let classes = self.classes;
            let [before, class] = classes.class_and_before(token);
            if class.may_end_cue_behind(before) {
                self.cue_ends.push(token);
            }
            if class.is_anchor() {
                for trial in classes.anchored(class) {
                    self.try_at(trial, token);
                }
            }
        }
    }

    /// Tells the owners of a phrase if it stands here, with its anchor at `token`.
    fn try_at(&mut self, trial: &Trial, token: u32) {
        let Scan { compiled, classes, .. } = *self;
        while let [first, rest @ ..] = self.sentences
            && first.end_token <= token
        {
            self.sentences = rest;
        }
        let Some(sentence) = self.sentences.first() else { return };
        let &Trial { phrase, anchor, len, is_told, .. } = trial;
        if token < sentence.first_token + anchor || token - anchor + len > sentence.end_token {
            return;
        }
        let start = token - anchor;
        if is_told || classes.phrase_at(compiled, phrase, start) {
            for &owner in compiled.phrases.owners(trial) {
                match owner {
                    Owner::Entry(entry) => {
                        ask_for(&compiled.standings, entry as usize);
                        self.candidates.push(Candidate { entry, start, end: start + len });
                    }
                    Owner::Slot(slot) => self.occurrences.add(slot, start, start + len),
                }
            }
        }
    }
}

/// The candidates of these entries of one token.
pub(super) fn single_candidates(entries: &[u32], token: u32) -> impl Iterator<Item = Candidate> + '_ {
    entries.iter().map(move |&entry| Candidate { entry, start: token, end: token + 1 })
}
