//! The row of classes to places where phrases occur.

use super::Candidate;
use super::class_id::ClassId;
use super::classes::{Classes, Single};
use super::looks::{AT_HAND, Brief, Looks, TOGETHER};
use super::occurrences::Occurrences;
use crate::ahead::ask_for;
use crate::bits::each_bit;
use crate::matching::View;
use crate::matching::compile::{Compiled, Owner, Trial};
use crate::text::Sentence;

/// Finds where phrases occur that somebody owns, inside sentences.
pub(super) struct Scan<'a, 'o> {
    compiled: &'a Compiled,
    classes: &'a Classes,
    /// From the one in which a phrase was tried last.
    sentences: &'a [Sentence],
    /// Come nearly in the order of their first tokens.
    candidates: &'o mut Vec<Candidate>,
    occurrences: &'o mut Occurrences,
    /// The tokens on which a negation cue may end, where they are wanted.
    cue_ends: Option<&'o mut Vec<u32>>,
}

impl<'a, 'o> Scan<'a, 'o> {
    /// Of an article, into lists that are empty.
    pub(super) fn new(
        compiled: &'a Compiled,
        view: View<'a>,
        classes: &'a Classes,
        candidates: &'o mut Vec<Candidate>,
        occurrences: &'o mut Occurrences,
        cue_ends: Option<&'o mut Vec<u32>>,
    ) -> Self {
        Scan { compiled, classes, sentences: &view.analysis.sentences, candidates, occurrences, cue_ends }
    }

    /// Finds every phrase.
    pub(super) fn all(mut self) {
        let cues = self.cue_ends.is_some();
        for tokens in self.classes.marked().chunks(TOGETHER) {
            let looks = self.classes.look(tokens, cues, |_, _| {});
            for (bit, &token) in tokens.iter().enumerate() {
                self.pairs_at(looks, bit, token);
                let class = self.classes.class(token);
                if class.is_single() {
                    self.candidates.extend(single_candidates(self.classes.entries(class), token));
                    for &slot in self.classes.slots(class) {
                        self.occurrences.add(slot, token, token + 1);
                    }
                }
                self.rare_at(looks.rare, bit, token, Classes::all_anchored);
            }
        }
    }

    /// The same, but phrases of one token are candidates only where a class is [crowded](ClassId::CROWDED), and those that
    /// [reach](super::reach) into the next where they may contend with one there; those that may become hits elsewhere are `singles`,
    /// of which so many are filled.
    pub(super) fn phrases(mut self, singles: &mut Vec<Single>) -> usize {
        let (classes, cues) = (self.classes, self.cue_ends.is_some());
        let room = AT_HAND * classes.marked().len();
        if singles.len() < room {
            singles.resize(room, Single::default());
        }
        let mut count = 0;
        for tokens in classes.marked().chunks(TOGETHER) {
            // All that there is room for are written, because a branch would be a surprise each time.
            let single = |token, brief: &Brief| {
                for (place, entry) in singles[count..count + AT_HAND].iter_mut().zip(brief.unbeaten) {
                    *place = Single { token, entry };
                }
                count += brief.unbeaten_len as usize;
            };
            // Without cues the loop has less to ask, so it is compiled twice.
            let looks = if cues { classes.look(tokens, true, single) } else { classes.look(tokens, false, single) };
            let rare = if classes.any_reaches() { self.reaching_at(looks.rare, tokens) } else { looks.rare };
            let any = looks.pairs | rare;
            // With many entries, classes outgrow the caches near the processor.
            each_bit(any).for_each(|bit| classes.ask_for(tokens[bit]));
            for bit in each_bit(any) {
                let token = tokens[bit];
                self.pairs_at(looks, bit, token);
                self.rare_at(rare, bit, token, Classes::anchored);
                let class = classes.class(token);
                if class.is_crowded() {
                    self.candidates.extend(single_candidates(classes.entries(class), token));
                }
            }
        }
        count
    }

    /// Tries the phrases of the pairs that may end at a token.
    #[inline(always)]
    fn pairs_at(&mut self, looks: Looks, bit: usize, token: u32) {
        if looks.pairs >> bit & 1 != 0 {
            let (compiled, classes) = (self.compiled, self.classes);
            let [before, class] = classes.class_and_before(token);
            classes.each_paired(compiled, before, class, |trial| self.try_at(trial, token - 1));
        }
    }

    /// Adds entries that reach from one of these tokens into the next as candidates, where they may contend with one there. Returns
    /// the bits of the tokens on which there is more to be done.
    fn reaching_at(&mut self, rare: u64, tokens: &[u32]) -> u64 {
        let classes = self.classes;
        let (mut contended, mut left) = (0, 0);
        for bit in each_bit(rare) {
            contended |= u64::from(classes.contends_with_next(tokens[bit])) << bit;
            left |= u64::from(!classes.class(tokens[bit]).only_reaches()) << bit;
        }
        for token in each_bit(contended).map(|bit| tokens[bit]) {
            self.candidates.extend(reaching_candidates(classes.reaching(classes.class(token)), token));
        }
        left
    }

    /// Does what is to be done where few tokens are.
    #[inline(always)]
    fn rare_at(&mut self, rare: u64, bit: usize, token: u32, anchored: impl Fn(&Classes, ClassId) -> &[Trial]) {
        if rare >> bit & 1 != 0 {
            let classes = self.classes;
            let [before, class] = classes.class_and_before(token);
            if let Some(cue_ends) = &mut self.cue_ends
                && class.may_end_cue_behind(before)
            {
                cue_ends.push(token);
            }
            if class.is_anchor() {
                for trial in anchored(classes, class) {
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

/// The candidates of these entries, which reach from a token into the next.
pub(super) fn reaching_candidates(entries: &[u32], token: u32) -> impl Iterator<Item = Candidate> + '_ {
    entries.iter().map(move |&entry| Candidate { entry, start: token, end: token + 2 })
}
