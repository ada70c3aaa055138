//! Survivors to hits: who is counted, and where.
//!
//! Pools only meet where candidates share tokens. So the survivors, in reading order, are cut into
//! clusters, runs of candidates that overlap; most hold one candidate, or candidates of paths that
//! share no pool, and those are hits of their paths and of all paths above. What is left goes to
//! [`Pools`], cluster by cluster.

use super::classes::Single;
use super::negation::{self, CueEnds};
use super::occurrences::Occurrences;
use super::pools::{self, Pools};
use super::{Candidate, Case, about};
use crate::lexicon::{Overlap, Place};
use crate::matching::compile::{Compiled, CompiledLexicon, Standing};
use crate::matching::{CommonHit, Detail, Hit, Resolution, Rule, Told, Want, Whom};
use crate::text::{Sentence, Token, Voice};

/// What settling keeps between articles, for its memory.
#[derive(Debug, Default)]
pub(super) struct Settling {
    pools: Pools,
    /// The hits of a cluster in reading order, by their numbers in the pools.
    order: Vec<u32>,
    /// The paths that hold each of them, and the sides of axes.
    paths: Vec<(u32, u32)>,
    axes: Vec<(u32, (u32, bool))>,
    /// Those of one.
    of_hit: (Vec<u32>, Vec<(u32, bool)>),
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
        let mut lost = want.rejected.then(Vec::new);
        let mut writer = Writer::new(case, candidates, occurrences, want.detail == Detail::Hits, out);
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
            self.cluster(&mut writer, cluster, lost.as_mut());
        }
        let lost = lost.into_iter().flatten();
        out.rejected.extend(lost.map(|(candidate, by)| case.rejected(candidate, Rule::Overlap, by)));
    }

    /// Makes hits of candidates that overlap, in reading order; those that lose go to `lost`.
    #[inline(always)]
    pub(super) fn cluster<C: Told>(
        &mut self,
        writer: &mut Writer<'_, '_, C>,
        cluster: &[Candidate],
        lost: Option<&mut Vec<(Candidate, Place)>>,
    ) {
        let compiled = writer.case.compiled;
        // Pools alone say to whom a candidate lost.
        let simple = if lost.is_none() && cluster.len() > 1 { losers(compiled, cluster) } else { None };
        let losers = match simple {
            Some(losers) => losers,
            None if cluster.len() == 1 || apart(compiled, cluster) => 0,
            None => return self.pooled(writer, cluster, lost),
        };
        for (i, &candidate) in cluster.iter().enumerate() {
            if losers >> i & 1 == 0 {
                writer.alone(compiled.standings[candidate.entry as usize], candidate);
            }
        }
    }

    /// Settles a cluster in pools.
    fn pooled<C: Told>(
        &mut self,
        writer: &mut Writer<'_, '_, C>,
        cluster: &[Candidate],
        lost: Option<&mut Vec<(Candidate, Place)>>,
    ) {
        let case = writer.case;
        let Settling { pools, order, paths, axes, of_hit } = self;
        pools.resolve(case.compiled, case.view.analysis.tokens.len(), cluster, lost.is_some());
        let taken = pools.taken();
        order.clear();
        order.extend(0..taken.len() as u32);
        order.sort_unstable_by_key(|&i| taken[i as usize].key());
        paths.clear();
        paths.extend(pools.counted().iter().map(|c| (c.hit, c.path)));
        paths.sort_unstable();
        axes.clear();
        axes.extend(pools.on_axis().iter().map(|a| (a.hit, (a.axis, a.positive))));
        axes.sort_unstable();
        for &hit in order.iter() {
            let (own_paths, own_axes) = &mut *of_hit;
            fill(own_paths, paths, hit);
            fill(own_axes, axes, hit);
            let candidate = taken[hit as usize];
            writer.move_to(candidate.start);
            writer.take(case.compiled.standings[candidate.entry as usize], candidate, own_paths, own_axes);
        }
        if let Some(lost) = lost {
            lost.extend(pools.lost());
        }
    }
}

/// Fills `out` with what stands in sorted rows for this hit.
fn fill<T: Copy>(out: &mut Vec<T>, rows: &[(u32, T)], hit: u32) {
    let from = rows.partition_point(|row| row.0 < hit);
    out.clear();
    out.extend(rows[from..].iter().take_while(|row| row.0 == hit).map(|row| row.1));
}

/// Clusters of more are settled as quickly by pools.
const FEW: usize = 8;

/// Which candidates of a small cluster lose, a bit each, where each has a pool with no other path in it; `None` for
/// other clusters.
#[inline(never)]
pub(super) fn losers(compiled: &Compiled, cluster: &[Candidate]) -> Option<u32> {
    if cluster.len() > FEW {
        return None;
    }
    let mut paths = [0; FEW];
    for (path, candidate) in paths.iter_mut().zip(cluster) {
        let standing = &compiled.standings[candidate.entry as usize];
        if !standing.plain || standing.meets {
            return None;
        }
        *path = standing.path_number;
    }
    let meet = |i: usize, j: usize| {
        paths[i] == paths[j] && cluster[i].start < cluster[j].end && cluster[j].start < cluster[i].end
    };
    if !(1..cluster.len()).any(|i| (0..i).any(|j| meet(i, j))) {
        return Some(0);
    }
    let mut best_first: [usize; FEW] = std::array::from_fn(|i| i);
    let best_first = &mut best_first[..cluster.len()];
    best_first.sort_unstable_by_key(|&i| pools::merit(compiled, cluster[i]));
    let mut lost = 0;
    for (place, &i) in best_first.iter().enumerate() {
        let lexicon = compiled.standings[cluster[i].entry as usize].lexicon;
        let keeps_all = compiled.lexicons[lexicon.0 as usize].overlap == Overlap::All;
        let loses = !keeps_all && best_first[..place].iter().any(|&j| lost >> j & 1 == 0 && meet(i, j));
        lost |= u32::from(loses) << i;
    }
    Some(lost)
}

/// Whether no two candidates of a cluster meet in a pool.
#[inline(never)]
fn apart(compiled: &Compiled, cluster: &[Candidate]) -> bool {
    let may_meet = |candidate: &Candidate| compiled.standings[candidate.entry as usize].meets;
    let all_apart = |cluster: &[Candidate]| {
        let root = |i: usize| compiled.root_of(cluster[i].entry);
        (1..cluster.len()).all(|i| (0..i).all(|j| root(i) != root(j)))
    };
    cluster.len() <= FEW && !cluster.iter().any(may_meet) && all_apart(cluster)
}

/// What becomes of several entries of one token where nothing else contends with them, as far as it is the same everywhere:
/// which of them lose, a bit each; `None` where pools must tell.
pub(super) fn losers_of_token(compiled: &Compiled, entries: &[Candidate]) -> Option<u32> {
    let nothing_contends = || entries.len() == 1 || apart(compiled, entries);
    losers(compiled, entries).or_else(|| nothing_contends().then_some(0))
}

/// The voice of the tokens of most sentences, none of which stands in a short quotation.
const NARRATED: (Voice, bool) = (Voice::Narrator, false);

fn voice_of(Token { voice, short, .. }: Token) -> (Voice, bool) {
    (voice, short)
}

/// Makes hits in reading order.
pub(super) struct Writer<'a, 'o, C> {
    pub(super) case: Case<'a>,
    candidates: &'o [Candidate],
    occurrences: &'o mut Occurrences,
    /// The sentence of the last hit, and its number; where only hits are asked for, the last of those that are counted like it.
    sentence: Sentence,
    sentence_number: u32,
    /// Up to which token, from that of the last hit on, no hit is negated, as far as anybody asks, and all stand in that sentence
    /// or are counted as if they did; 0 where lexicons do not count hits everywhere.
    quiet_until: u32,
    cue_ends: CueEnds<'a>,
    /// Whether nobody asks in which sentence a hit stands, or whether it is negated.
    hits_only: bool,
    told: &'o mut C,
}

impl<'a, 'o, C: Told> Writer<'a, 'o, C> {
    /// `case` has a sentence.
    pub(super) fn new(
        case: Case<'a>,
        candidates: &'o [Candidate],
        occurrences: &'o mut Occurrences,
        hits_only: bool,
        told: &'o mut C,
    ) -> Self {
        let (sentence, cue_ends) = (case.view.analysis.sentences[0], CueEnds::new(case));
        Writer {
            case,
            candidates,
            occurrences,
            sentence,
            sentence_number: 0,
            quiet_until: 0,
            cue_ends,
            hits_only,
            told,
        }
    }

    /// The voice of a token of the sentence, and whether it stands in a short quotation.
    #[inline(always)]
    fn voice_at(&self, token: u32) -> (Voice, bool) {
        match self.sentence.is_narrated() {
            true => NARRATED,
            false => voice_of(self.case.view.analysis.tokens[token as usize]),
        }
    }

    /// Makes hits of single words that nothing contends with, up to a token, and returns those behind it.
    #[inline(always)]
    pub(super) fn singles_before<'s>(&mut self, end: u32, mut singles: &'s [Single]) -> &'s [Single] {
        let compiled = self.case.compiled;
        while let &[Single { token, entry }, ref rest @ ..] = singles
            && token < end
        {
            if token >= self.quiet_until {
                self.move_to(token);
            }
            // Up to there nothing is negated, as far as anybody asks, and all stand in the sentence at hand.
            let quiet = end.min(self.quiet_until);
            if token >= quiet || !C::TAKES_COMMON || compiled.plain_paths[entry as usize] == Compiled::NOT_PLAIN {
                let candidate = Candidate { entry, start: token, end: token + 1 };
                self.alone_here(compiled.standings[entry as usize], candidate);
                singles = rest;
            } else if self.sentence.is_narrated() {
                singles = self.plain_before(quiet, singles, |_| NARRATED);
            } else {
                let tokens = &self.case.view.analysis.tokens;
                singles = self.plain_before(quiet, singles, |token| voice_of(tokens[token as usize]));
            }
        }
        singles
    }

    /// The same in a quiet stretch, up to a token or an entry that is not plain.
    #[inline(always)]
    fn plain_before<'s>(
        &mut self,
        end: u32,
        mut singles: &'s [Single],
        voice_at: impl Fn(u32) -> (Voice, bool),
    ) -> &'s [Single] {
        let (plain_paths, sentence, zone) =
            (&self.case.compiled.plain_paths[..], self.sentence_number, self.sentence.zone);
        self.told.take_common(std::iter::from_fn(|| {
            let (&Single { token, entry }, rest) = singles.split_first()?;
            let path = plain_paths[entry as usize];
            if token >= end || path == Compiled::NOT_PLAIN {
                return None;
            }
            singles = rest;
            let (voice, short) = voice_at(token);
            Some(CommonHit { entry, path, token, sentence, zone, voice, short })
        }));
        singles
    }

    /// A hit that nothing contends with: its path holds it, and all paths above.
    #[inline(always)]
    pub(super) fn alone(&mut self, standing: Standing, candidate: Candidate) {
        if candidate.start >= self.quiet_until {
            self.move_to(candidate.start);
        }
        self.alone_here(standing, candidate);
    }

    /// The same in the sentence at hand, to which the writer has moved on.
    #[inline(always)]
    fn alone_here(&mut self, standing: Standing, candidate: Candidate) {
        if !standing.plain {
            let path = &self.case.compiled.lexicons[standing.lexicon.0 as usize].paths[standing.path.0 as usize];
            return self.take(standing, candidate, &path.lineage, &path.axes_above);
        }
        if C::TAKES_COMMON && candidate.start < self.quiet_until {
            let (here, voice) =
                (Single { token: candidate.start, entry: candidate.entry }, self.voice_at(candidate.start));
            self.plain_before(self.quiet_until, &[here], |_| voice);
            return;
        }
        self.take(standing, candidate, &[standing.path_number], &[]);
    }

    /// A hit of these paths and sides of axes.
    #[inline(never)]
    fn take(&mut self, standing: Standing, candidate: Candidate, paths: &[u32], axes: &[(u32, bool)]) {
        let Standing { lexicon: id, path, plain, .. } = standing;
        let lexicon = &self.case.compiled.lexicons[id.0 as usize];
        let zone = self.sentence.zone;
        let (voice, short) = self.voice_at(candidate.start);
        let negated =
            !self.hits_only && self.cue_ends.any_before(candidate.start) && self.is_negated(lexicon, candidate.start);
        let about = if plain { None } else { self.about(standing, candidate) };
        let hit = Hit {
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
        };
        self.told.take(&hit, self.sentence_number, paths, axes);
    }

    /// Moves on to the next hit, which begins at this token.
    #[inline(never)]
    fn move_to(&mut self, token: u32) {
        let sentences = &self.case.view.analysis.sentences;
        while self.sentence.end_token <= token {
            self.sentence_number += 1;
            self.sentence = sentences[self.sentence_number as usize];
        }
        // Sentences in which hits are counted alike are as one.
        while self.hits_only
            && self.sentence.is_narrated()
            && let Some(next) = sentences.get(self.sentence_number as usize + 1)
            && next.is_narrated()
            && next.zone == self.sentence.zone
        {
            self.sentence_number += 1;
            self.sentence = *next;
        }
        self.quiet_until = match self.cue_ends.next_to(token) {
            _ if !self.case.compiled.unlimited => 0,
            Some(cue) if cue < token => 0,
            Some(cue) => self.sentence.end_token.min(cue + 1),
            None => self.sentence.end_token,
        };
    }

    #[inline(never)]
    fn is_negated(&self, lexicon: &CompiledLexicon, start: u32) -> bool {
        negation::negated(self.case, &lexicon.negation, self.sentence_number, start)
    }

    #[inline(never)]
    fn about(&mut self, Standing { lexicon, path, .. }: Standing, candidate: Candidate) -> Option<Whom> {
        let about = self.case.compiled.lexicons[lexicon.0 as usize].paths[path.0 as usize].about?;
        Some(about::whom(self.case, lexicon, about, candidate, self.candidates, self.occurrences))
    }
}
