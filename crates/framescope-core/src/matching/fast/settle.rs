//! Survivors to hits: who is counted, and where.
//!
//! Pools only meet where candidates share tokens. So the survivors, in reading order, are cut into
//! clusters, runs of candidates that overlap; most hold one candidate, or candidates of paths that
//! share no pool, and those are hits of their paths and of all paths above. What is left goes to
//! [`Pools`], cluster by cluster.

use super::negation::{self, CueEnds};
use super::occurrences::Occurrences;
use super::pools::Pools;
use super::{Candidate, Case, about};
use crate::matching::compile::{CompiledLexicon, Standing};
use crate::matching::{Counted, Hit, OnAxis, Resolution, Rule, Want, Whom};
use crate::text::Token;

/// What settling keeps between articles, for its memory.
#[derive(Debug, Default)]
pub(super) struct Settling {
    pools: Pools,
    /// The hits of a cluster in reading order, by their numbers in the pools.
    order: Vec<u32>,
    /// The reverse.
    place: Vec<u32>,
}

impl Settling {
    /// Makes hits of survivors, which stand in reading order.
    pub(super) fn settle(
        &mut self,
        case: Case<'_>,
        survivors: &[Candidate],
        candidates: &[Candidate],
        occurrences: &mut Occurrences,
        want: Want,
        out: &mut Resolution,
    ) {
        let mut writer = Writer { case, candidates, occurrences, sentence: 0, cue_ends: CueEnds::new(case), out };
        let mut rest = survivors;
        while let Some(first) = rest.first() {
            let mut end = first.end;
            let mut len = 1;
            while let Some(next) = rest.get(len).filter(|next| next.start < end) {
                end = end.max(next.end);
                len += 1;
            }
            let (cluster, after) = rest.split_at(len);
            rest = after;
            if len > 1 && !apart(case, cluster) {
                self.pooled(&mut writer, cluster, want);
                continue;
            }
            for &candidate in cluster {
                writer.alone(candidate);
            }
        }
    }

    /// Settles a cluster in pools.
    fn pooled(&mut self, writer: &mut Writer<'_, '_>, cluster: &[Candidate], want: Want) {
        let case = writer.case;
        let Settling { pools, order, place } = self;
        pools.resolve(case.compiled, case.view.analysis.tokens.len(), cluster, want.rejected);
        let taken = pools.taken();
        order.clear();
        order.extend(0..taken.len() as u32);
        order.sort_unstable_by_key(|&i| taken[i as usize].key());
        place.resize(taken.len(), 0);
        let first_hit = writer.out.hits.len() as u32;
        for (number, &i) in order.iter().enumerate() {
            place[i as usize] = first_hit + number as u32;
            writer.hit(taken[i as usize]);
        }
        let out = &mut *writer.out;
        let (counted, on_axis) = (out.counted.len(), out.on_axis.len());
        out.counted.extend(pools.counted().iter().map(|c| Counted { hit: place[c.hit as usize], ..*c }));
        out.counted[counted..].sort_unstable();
        out.on_axis.extend(pools.on_axis().iter().map(|a| OnAxis { hit: place[a.hit as usize], ..*a }));
        out.on_axis[on_axis..].sort_unstable();
        let lost = pools.lost().iter();
        out.rejected.extend(lost.map(|&(candidate, by)| case.rejected(candidate, Rule::Overlap, by)));
    }
}

/// Whether no two candidates of a cluster meet in a pool.
#[inline(never)]
fn apart(case: Case<'_>, cluster: &[Candidate]) -> bool {
    /// Beyond this the pools are as quick.
    const FEW: usize = 8;
    let compiled = case.compiled;
    let may_meet = |candidate: &Candidate| compiled.standings[candidate.entry as usize].meets;
    let all_apart = |cluster: &[Candidate]| {
        let root = |i: usize| compiled.root_of(cluster[i].entry);
        (1..cluster.len()).all(|i| (0..i).all(|j| root(i) != root(j)))
    };
    cluster.len() <= FEW && !cluster.iter().any(may_meet) && all_apart(cluster)
}

/// Writes hits down in reading order.
struct Writer<'a, 'o> {
    case: Case<'a>,
    candidates: &'o [Candidate],
    occurrences: &'o mut Occurrences,
    /// The sentence of the last hit.
    sentence: usize,
    cue_ends: CueEnds<'a>,
    out: &'o mut Resolution,
}

impl Writer<'_, '_> {
    /// A hit that nothing contends with: its path holds it, and all paths above.
    #[inline(always)]
    fn alone(&mut self, candidate: Candidate) {
        let standing = self.case.compiled.standings[candidate.entry as usize];
        let hit = self.out.hits.len() as u32;
        self.write(standing, candidate);
        if standing.plain {
            return self.out.counted.push(Counted { hit, path: standing.path_number });
        }
        let path = &self.case.compiled.lexicons[standing.lexicon.0 as usize].paths[standing.path.0 as usize];
        self.out.counted.extend(path.lineage.iter().map(|&path| Counted { hit, path }));
        self.out.on_axis.extend(path.axes_above.iter().map(|&(axis, positive)| OnAxis { hit, axis, positive }));
    }

    fn hit(&mut self, candidate: Candidate) {
        self.write(self.case.compiled.standings[candidate.entry as usize], candidate);
    }

    #[inline(always)]
    fn write(&mut self, standing: Standing, candidate: Candidate) {
        let Standing { lexicon: id, path, plain, .. } = standing;
        let lexicon = &self.case.compiled.lexicons[id.0 as usize];
        let analysis = self.case.view.analysis;
        while analysis.sentences[self.sentence].end_token <= candidate.start {
            self.sentence += 1;
        }
        let zone = analysis.sentences[self.sentence].zone;
        let Token { voice, short, .. } = analysis.tokens[candidate.start as usize];
        let negated = self.cue_ends.any_before(candidate.start) && self.is_negated(lexicon, candidate.start);
        let about = if plain { None } else { self.about(standing, candidate) };
        self.out.hits.push(Hit {
            lexicon: id,
            path,
            entry: self.case.compiled.entry_id(id, candidate.entry),
            first_token: candidate.start,
            end_token: candidate.end,
            zone,
            voice,
            short,
            negated,
            about,
            counts: lexicon.voices.contains(voice) && lexicon.zones.contains(zone),
        });
    }

    #[inline(never)]
    fn is_negated(&self, lexicon: &CompiledLexicon, start: u32) -> bool {
        negation::negated(self.case, &lexicon.negation, self.sentence as u32, start)
    }

    #[inline(never)]
    fn about(&mut self, Standing { lexicon, path, .. }: Standing, candidate: Candidate) -> Option<Whom> {
        let about = self.case.compiled.lexicons[lexicon.0 as usize].paths[path.0 as usize].about?;
        Some(about::whom(self.case, lexicon, about, candidate, self.candidates, self.occurrences))
    }
}
