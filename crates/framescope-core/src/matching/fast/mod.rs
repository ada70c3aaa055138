//! The engine that runs: classes, candidates, judgment, settlement.
//!
//! [`classes`] turns tokens into a row of classes ([`class_id`], [`numbers`]), [`looks`] says of the marked ones what is to be done there, and
//! [`scan`] finds the places where phrases occur. Everything after that works on candidates only, a handful an article: [`conditions`]
//! judges them (masks, conditions, negation, with [`occurrences`] of the terms that conditions
//! ask for), [`settle`] makes hits of those that share no token with a rival and [`pools`] settles
//! the rest, [`about`] asks whom a hit is about. [`counting`] does all of it without rows where nobody wants them.
//! [`again`] settles candidates once more, some left out. [`reach`] is how phrases of one word and `*` are counted with that word.

mod about;
mod again;
mod class_id;
mod classes;
mod conditions;
mod counting;
mod looks;
mod negation;
mod numbers;
mod occurrences;
mod pools;
mod reach;
mod scan;
mod settle;

use crate::lexicon::{LexiconId, PathId, Place};
use crate::matching::compile::{Compiled, CompiledEntry};
use crate::matching::{Detail, Matcher, Rejected, Resolution, Rule, Told, View, Want};
use crate::text::Judge;

pub use again::{Contender, SettleScratch};

use classes::{Classes, Classifier};
use counting::Counting;
use occurrences::Occurrences;
use scan::Scan;
use settle::{Settling, Writer};

/// A place where an entry's phrase occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// Number of the entry through the whole set.
    entry: u32,
    start: u32,
    end: u32,
}

impl Candidate {
    /// Reading order.
    #[inline]
    fn key(self) -> (u64, u32) {
        (u64::from(self.start) << 32 | u64::from(self.end), self.entry)
    }
}

/// What a thread keeps between articles.
#[derive(Debug, Default)]
pub struct FastScratch {
    classes: Classes,
    occurrences: Occurrences,
    candidates: Vec<Candidate>,
    survivors: Vec<Candidate>,
    /// The tokens on which a negation cue may end, ascending.
    cue_ends: Vec<u32>,
    settling: Settling,
    counting: Counting,
}

/// One article under judgment: what the rooms of this floor hand each other.
#[derive(Clone, Copy)]
struct Case<'a> {
    compiled: &'a Compiled,
    view: View<'a>,
    classes: &'a Classes,
    /// The tokens on which a negation cue may end, ascending.
    cue_ends: &'a [u32],
}

impl Matcher for Compiled {
    type Scratch = FastScratch;

    fn judge<'a>(&'a self, want: Want, scratch: &'a mut FastScratch) -> impl Judge + 'a {
        Classifier {
            compiled: self,
            counts_only: want.detail.counts_only(),
            attributes: !(want.outside_alike && self.outside_alike),
            cues: !(want.detail == Detail::Hits && self.counts_by_itself()),
            classes: &mut scratch.classes,
        }
    }

    fn resolve(&self, view: View<'_>, want: Want, scratch: &mut FastScratch, out: &mut Resolution) {
        out.clear();
        let FastScratch { classes, occurrences, candidates, survivors, cue_ends, settling, .. } = scratch;
        classes.classify(self, view);
        occurrences.start(self.slots, self.terms.len());
        candidates.clear();
        cue_ends.clear();
        Scan::new(self, view, classes, candidates, occurrences, Some(cue_ends)).all();
        if candidates.is_empty() {
            return;
        }
        let case = Case { compiled: self, view, classes, cue_ends };
        if self.unconditional {
            in_reading_order(candidates);
            settling.settle(case, candidates, candidates, occurrences, want, out);
        } else {
            survivors.clear();
            for &candidate in candidates.iter() {
                if case.entry(candidate).unconditional {
                    survivors.push(candidate);
                    continue;
                }
                match conditions::judge(case, candidate, candidates, occurrences) {
                    None => survivors.push(candidate),
                    Some((rule, by)) if want.rejected => out.rejected.push(case.rejected(candidate, rule, by)),
                    Some(_) => {}
                }
            }
            in_reading_order(survivors);
            settling.settle(case, survivors, candidates, occurrences, want, out);
        }
        out.rejected.sort_unstable_by_key(|r| (r.first_token, r.end_token, r.lexicon, r.entry, r.rule));
    }

    fn count(&self, view: View<'_>, want: Want, scratch: &mut FastScratch, told: &mut impl Told) -> bool {
        if !self.counts_by_itself() {
            return false;
        }
        let FastScratch { classes, occurrences, candidates, cue_ends, settling, counting, .. } = scratch;
        classes.classify(self, view);
        classes.end_sentences(&view.analysis.sentences);
        occurrences.start(self.slots, self.terms.len());
        candidates.clear();
        cue_ends.clear();
        // Whether a hit is negated is counted, and no entry depends on it.
        let cues = (want.detail != Detail::Hits).then_some(&mut *cue_ends);
        let scan = Scan::new(self, view, classes, candidates, occurrences, cues);
        let singles = scan.phrases(&mut counting.singles);
        if candidates.is_empty() && singles == 0 {
            return true;
        }
        in_reading_order(candidates);
        let case = Case { compiled: self, view, classes, cue_ends };
        let hits_only = want.detail == Detail::Hits;
        let mut writer = Writer::new(case, candidates, occurrences, hits_only, told);
        counting.count(classes, singles, candidates, settling, &mut writer);
        true
    }
}

impl Compiled {
    /// Whether hits can be counted without rows: conditions and sides look at what else stands in the article.
    fn counts_by_itself(&self) -> bool {
        self.unconditional && self.slots == 0
    }
}

impl<'a> Case<'a> {
    fn entry(self, candidate: Candidate) -> &'a CompiledEntry {
        &self.compiled.entries[candidate.entry as usize]
    }

    fn rejected(self, candidate: Candidate, rule: Rule, by: Place) -> Rejected {
        let entry = self.entry(candidate);
        Rejected {
            lexicon: entry.lexicon,
            path: entry.path,
            entry: entry.entry,
            first_token: candidate.start,
            end_token: candidate.end,
            rule,
            by,
        }
    }
}

/// Candidates come nearly so: what is out of place moves a few places.
fn in_reading_order(candidates: &mut [Candidate]) {
    // Many moves mean that they are not nearly in order.
    let mut moves = 4 * candidates.len();
    for i in 1..candidates.len() {
        let candidate = candidates[i];
        if candidates[i - 1].key() <= candidate.key() {
            continue;
        }
        let place = candidates[..i].iter().rposition(|c| c.key() <= candidate.key()).map_or(0, |before| before + 1);
        if moves < i - place {
            return candidates.sort_unstable_by_key(|c| c.key());
        }
        moves -= i - place;
        candidates.copy_within(place..i, place + 1);
        candidates[place] = candidate;
    }
}

/// The path of a candidate's entry, of all lexicons.
fn path_of(compiled: &Compiled, candidate: Candidate) -> (LexiconId, PathId) {
    let entry = &compiled.entries[candidate.entry as usize];
    (entry.lexicon, entry.path)
}
