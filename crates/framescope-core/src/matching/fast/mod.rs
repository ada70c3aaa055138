//! The engine that runs: classes, candidates, judgment, pools.
//!
//! [`classes`] turns tokens into a row of classes and [`scan`] finds the places where phrases
//! occur. Everything after that works on candidates only, a handful an article: [`conditions`]
//! judges them (masks, conditions, negation, with [`occurrences`] of the terms that conditions
//! ask for), [`pools`] settles overlaps, [`about`] asks whom a hit is about.

mod about;
mod classes;
mod conditions;
mod negation;
mod occurrences;
mod pools;
mod scan;

use crate::lexicon::{LexiconId, PathId, Place};
use crate::matching::compile::{Compiled, CompiledEntry};
use crate::matching::{Counted, Hit, Matcher, OnAxis, Rejected, Resolution, Rule, View, Want};

use classes::Classes;
use occurrences::Occurrences;
use pools::Pools;

/// A place where an entry's phrase occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// Number of the entry through the whole set.
    entry: u32,
    start: u32,
    end: u32,
}

/// What a thread keeps between articles.
#[derive(Debug, Default)]
pub struct FastScratch {
    classes: Classes,
    occurrences: Occurrences,
    candidates: Vec<Candidate>,
    survivors: Vec<Candidate>,
    pools: Pools,
    order: Vec<u32>,
    renumber: Vec<u32>,
}

/// One article under judgment: what the rooms of this floor hand each other.
#[derive(Clone, Copy)]
struct Case<'a> {
    compiled: &'a Compiled,
    view: View<'a>,
    classes: &'a Classes,
}

impl Matcher for Compiled {
    type Scratch = FastScratch;

    fn resolve(&self, view: View<'_>, want: Want, scratch: &mut FastScratch, out: &mut Resolution) {
        out.clear();
        let FastScratch { classes, occurrences, candidates, survivors, pools, order, renumber } = scratch;
        classes.classify(self, view);
        occurrences.start(self.slots, self.terms.len());
        candidates.clear();
        scan::scan(self, view, classes, candidates, occurrences);
        if candidates.is_empty() {
            return;
        }
        let case = Case { compiled: self, view, classes };
        survivors.clear();
        for &candidate in candidates.iter() {
            match conditions::judge(case, candidate, candidates, occurrences) {
                None => survivors.push(candidate),
                Some((rule, by)) if want.rejected => out.rejected.push(case.rejected(candidate, rule, by)),
                Some(_) => {}
            }
        }
        pools.resolve(self, view.analysis.tokens.len(), survivors, want.rejected);
        for &candidate in pools.taken() {
            let hit = case.hit(candidate, candidates, occurrences);
            out.hits.push(hit);
        }
        for &(candidate, by) in pools.lost() {
            out.rejected.push(case.rejected(candidate, Rule::Overlap, by));
        }
        out.counted.extend_from_slice(pools.counted());
        out.on_axis.extend_from_slice(pools.on_axis());
        sort(out, order, renumber);
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

    fn hit(self, candidate: Candidate, candidates: &[Candidate], occurrences: &mut Occurrences) -> Hit {
        let entry = self.entry(candidate);
        let lexicon = &self.compiled.lexicons[entry.lexicon.0 as usize];
        let analysis = self.view.analysis;
        let token = analysis.tokens[candidate.start as usize];
        let zone = analysis.sentences[analysis.sentence_of(candidate.start) as usize].zone;
        Hit {
            lexicon: entry.lexicon,
            path: entry.path,
            entry: entry.entry,
            first_token: candidate.start,
            end_token: candidate.end,
            zone,
            voice: token.voice,
            short: token.short,
            negated: negation::negated(self, lexicon, candidate.start),
            about: lexicon.paths[entry.path.0 as usize]
                .about
                .map(|about| about::whom(self, entry.lexicon, about, candidate, candidates, occurrences)),
            counts: lexicon.voices.contains(token.voice) && lexicon.zones.contains(zone),
        }
    }
}

/// Puts hits and rejected candidates in reading order, and renumbers what refers to them.
fn sort(out: &mut Resolution, order: &mut Vec<u32>, renumber: &mut Vec<u32>) {
    type Key = (u32, u32, LexiconId, u32);
    fn key(first_token: u32, end_token: u32, lexicon: LexiconId, entry: u32) -> Key {
        (first_token, end_token, lexicon, entry)
    }
    let hit_key = |h: &Hit| key(h.first_token, h.end_token, h.lexicon, h.entry.0);
    if !out.hits.is_sorted_by_key(hit_key) {
        order.clear();
        order.extend(0..out.hits.len() as u32);
        order.sort_unstable_by_key(|&i| hit_key(&out.hits[i as usize]));
        renumber.clear();
        renumber.resize(order.len(), 0);
        for (new, &old) in order.iter().enumerate() {
            renumber[old as usize] = new as u32;
        }
        out.hits.sort_unstable_by_key(hit_key);
        out.counted.iter_mut().for_each(|c: &mut Counted| c.hit = renumber[c.hit as usize]);
        out.on_axis.iter_mut().for_each(|c: &mut OnAxis| c.hit = renumber[c.hit as usize]);
    }
    out.counted.sort_unstable();
    out.on_axis.sort_unstable();
    out.rejected.sort_unstable_by_key(|r| (key(r.first_token, r.end_token, r.lexicon, r.entry.0), r.rule));
}

/// The path of a candidate's entry, of all lexicons.
fn path_of(compiled: &Compiled, candidate: Candidate) -> (LexiconId, PathId) {
    let entry = &compiled.entries[candidate.entry as usize];
    (entry.lexicon, entry.path)
}
