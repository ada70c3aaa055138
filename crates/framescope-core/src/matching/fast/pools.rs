//! Overlap: which candidates of a pool are taken, and which paths hold them.
//!
//! A pool takes the longest first: more tokens, further left, no wildcard before wildcard, more
//! literal characters, file order; each is taken if none of its tokens is taken. A parent's pool
//! is its own candidates and what its children hold, so pools are settled from the leaves up;
//! because a parent stands before its children in the file, that is from the last path to the
//! first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Candidate;
use crate::lexicon::{LexiconId, Overlap, PathId, Place, Scope};
use crate::matching::compile::{Compiled, CompiledEntry, CompiledLexicon};
use crate::matching::{Counted, OnAxis};

/// Something that wants to be counted in a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Contender {
    /// Number of the pool's path through the set: the heap gives the last path first.
    pool: u32,
    candidate: u32,
    /// The path under the pool through which it comes: the variant of a referent, or the pool.
    via: u32,
    /// Whether it is a hit already, of a child path.
    is_hit: bool,
}

#[derive(Debug, Default)]
pub(super) struct Pools {
    candidates: Vec<Candidate>,
    heap: BinaryHeap<Contender>,
    pool: Vec<Contender>,
    taken_in_pool: Vec<Contender>,
    tokens: TokenMarks,
    /// Hit number of each candidate, `u32::MAX` if it is none.
    hit_of: Vec<u32>,
    taken: Vec<Candidate>,
    lost: Vec<(Candidate, Place)>,
    counted: Vec<Counted>,
    on_axis: Vec<OnAxis>,
    axis_pool: Vec<(u32, bool, u32)>,
}

/// Who holds each token of the pool at hand. A stamp saves clearing it for every pool.
#[derive(Debug, Default)]
struct TokenMarks {
    stamp: u32,
    marks: Vec<(u32, u32)>,
}

impl TokenMarks {
    fn start(&mut self, tokens: usize) {
        if self.marks.len() < tokens {
            self.marks.resize(tokens, (0, 0));
        }
        self.next_pool();
    }

    fn next_pool(&mut self) {
        if self.stamp == u32::MAX {
            self.marks.fill((0, 0));
            self.stamp = 0;
        }
        self.stamp += 1;
    }

    /// Takes the tokens for `candidate`, or says who holds the first that is taken.
    fn take(&mut self, tokens: std::ops::Range<u32>, candidate: u32) -> Result<(), u32> {
        let tokens = &mut self.marks[tokens.start as usize..tokens.end as usize];
        if let Some(&(_, holder)) = tokens.iter().find(|(stamp, _)| *stamp == self.stamp) {
            return Err(holder);
        }
        tokens.fill((self.stamp, candidate));
        Ok(())
    }
}

impl Pools {
    /// The candidates that became hits; their order is the numbering of `counted` and `on_axis`.
    pub(super) fn taken(&self) -> &[Candidate] {
        &self.taken
    }

    /// The candidates that became hits, by their place in what was settled, and which of [`Self::taken`] each is.
    pub(super) fn hits(&self) -> impl Iterator<Item = (usize, u32)> {
        self.hit_of.iter().enumerate().filter(|(_, hit)| **hit != u32::MAX).map(|(place, hit)| (place, *hit))
    }

    /// The candidates that lost, each with the place of the term that won.
    pub(super) fn lost(&self) -> &[(Candidate, Place)] {
        &self.lost
    }

    pub(super) fn counted(&self) -> &[Counted] {
        &self.counted
    }

    pub(super) fn on_axis(&self) -> &[OnAxis] {
        &self.on_axis
    }

    /// Settles all pools of all lexicons.
    pub(super) fn resolve(&mut self, compiled: &Compiled, tokens: usize, survivors: &[Candidate], want_lost: bool) {
        self.candidates.clear();
        self.candidates.extend_from_slice(survivors);
        self.hit_of.clear();
        self.hit_of.resize(survivors.len(), u32::MAX);
        self.taken.clear();
        self.lost.clear();
        self.counted.clear();
        self.on_axis.clear();
        self.axis_pool.clear();
        self.tokens.start(tokens);
        self.heap.clear();
        for (i, &candidate) in survivors.iter().enumerate() {
            let (lexicon, entry) = lexicon_of(compiled, candidate);
            let path = |p: PathId| compiled.path_number(entry.lexicon, p);
            let pool = match (lexicon.overlap, lexicon.scope) {
                (Overlap::Longest, Scope::Category) => path(lexicon.paths[entry.path.0 as usize].pool),
                // One pool a lexicon, named by its first path; every survivor of `overlap = all`
                // passes through it unharmed.
                _ => path(PathId(0)),
            };
            let via = path(entry.path);
            self.heap.push(Contender { pool, candidate: i as u32, via, is_hit: false });
        }
        while let Some(&Contender { pool, .. }) = self.heap.peek() {
            self.pool.clear();
            while let Some(next) = self.heap.peek().filter(|c| c.pool == pool) {
                self.pool.push(*next);
                self.heap.pop();
            }
            self.settle(compiled, want_lost);
        }
        self.settle_axes(compiled);
    }

    /// Settles one pool and hands what it holds to its parent's.
    fn settle(&mut self, compiled: &Compiled, want_lost: bool) {
        let (lexicon, entry) = lexicon_of(compiled, self.candidates[self.pool[0].candidate as usize]);
        let lexicon_id = entry.lexicon;
        let one_pool = lexicon.overlap == Overlap::All || lexicon.scope == Scope::Lexicon;
        self.taken_in_pool.clear();
        if lexicon.overlap == Overlap::All {
            self.taken_in_pool.append(&mut self.pool);
        } else {
            let candidates = &self.candidates;
            self.pool.sort_unstable_by_key(|c| merit(compiled, candidates[c.candidate as usize]));
            self.tokens.next_pool();
            for &contender in &self.pool {
                let candidate = candidates[contender.candidate as usize];
                match self.tokens.take(candidate.start..candidate.end, contender.candidate) {
                    Ok(()) => self.taken_in_pool.push(contender),
                    Err(winner) if want_lost && !contender.is_hit => {
                        let winner = &compiled.entries[candidates[winner as usize].entry as usize];
                        self.lost.push((candidate, compiled.terms[winner.term.0 as usize].place));
                    }
                    Err(_) => {}
                }
            }
        }
        for i in 0..self.taken_in_pool.len() {
            let contender = self.taken_in_pool[i];
            let hit = self.hit_number(contender.candidate);
            if one_pool {
                let entry = &compiled.entries[self.candidates[contender.candidate as usize].entry as usize];
                let mut path = Some(entry.path);
                while let Some(held) = path {
                    self.count(compiled, lexicon, lexicon_id, held, hit);
                    path = lexicon.paths[held.0 as usize].parent;
                }
                continue;
            }
            let pool = self.local(compiled, lexicon_id, contender.pool);
            if contender.via != contender.pool {
                let via = self.local(compiled, lexicon_id, contender.via);
                self.count(compiled, lexicon, lexicon_id, via, hit);
            }
            self.count(compiled, lexicon, lexicon_id, pool, hit);
            if let Some(parent) = lexicon.paths[pool.0 as usize].parent {
                // A path under a variant enters the referent's pool by way of the variant.
                let parent_pool = lexicon.paths[parent.0 as usize].pool;
                self.heap.push(Contender {
                    pool: compiled.path_number(lexicon_id, parent_pool),
                    via: compiled.path_number(lexicon_id, parent),
                    is_hit: true,
                    ..contender
                });
            }
        }
    }

    fn local(&self, compiled: &Compiled, lexicon: LexiconId, number: u32) -> PathId {
        PathId(number - compiled.path_number(lexicon, PathId(0)))
    }

    fn hit_number(&mut self, candidate: u32) -> u32 {
        let hit = &mut self.hit_of[candidate as usize];
        if *hit == u32::MAX {
            *hit = self.taken.len() as u32;
            self.taken.push(self.candidates[candidate as usize]);
        }
        *hit
    }

    fn count(&mut self, compiled: &Compiled, lexicon: &CompiledLexicon, id: LexiconId, path: PathId, hit: u32) {
        self.counted.push(Counted { path: compiled.path_number(id, path), hit });
        for &(axis, positive) in &lexicon.paths[path.0 as usize].axes {
            self.axis_pool.push((axis, positive, hit));
        }
    }

    /// Settles each side of each axis: what its paths hold, no token twice.
    fn settle_axes(&mut self, compiled: &Compiled) {
        self.axis_pool.sort_unstable();
        self.axis_pool.dedup();
        for side in self.axis_pool.chunk_by_mut(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (lexicon, _) = lexicon_of(compiled, self.taken[side[0].2 as usize]);
            if lexicon.overlap == Overlap::Longest {
                side.sort_unstable_by_key(|&(_, _, hit)| merit(compiled, self.taken[hit as usize]));
            }
            self.tokens.next_pool();
            for &(axis, positive, hit) in side.iter() {
                let candidate = self.taken[hit as usize];
                if lexicon.overlap == Overlap::All || self.tokens.take(candidate.start..candidate.end, hit).is_ok() {
                    self.on_axis.push(OnAxis { axis, positive, hit });
                }
            }
        }
    }
}

fn lexicon_of(compiled: &Compiled, candidate: Candidate) -> (&CompiledLexicon, &CompiledEntry) {
    let entry = &compiled.entries[candidate.entry as usize];
    (&compiled.lexicons[entry.lexicon.0 as usize], entry)
}

/// The order in which a pool takes: smaller is first.
pub(super) fn merit(compiled: &Compiled, candidate: Candidate) -> (Reverse<u32>, u32, bool, Reverse<u32>, u32) {
    let entry = &compiled.entries[candidate.entry as usize];
    (Reverse(entry.tokens), candidate.start, entry.wildcards, Reverse(entry.literal_chars), candidate.entry)
}
