//! Rule 4: which of the candidates that lie on the same tokens are hits, and which paths hold them.
//!
//! The pool of a path is its own candidates and what its children hold, children first. A referent
//! and everything under it (its name, its variants) are one pool. A scope of the whole lexicon is
//! one pool; without overlap rules there is none.

use super::{Candidate, is_under, rank};
use crate::lexicon::{Lexicon, Overlap, PathId, PathKind, Place, Scope};

/// What came of a lexicon's candidates.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// The hits.
    pub(super) hits: Vec<Candidate>,
    /// The candidates that lost in the pool of their own path.
    pub(super) lost: Vec<Lost>,
    /// By path: the hits it holds, its own and those of its children that survive in its pool.
    pub(super) counted: Vec<Vec<Candidate>>,
}

/// A candidate that lost, and the term of the entry that won its tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lost {
    pub(super) candidate: Candidate,
    pub(super) winner: Place,
}

/// Settles who holds what.
pub(super) fn settle(lexicon: &Lexicon, candidates: &[Candidate]) -> Settled {
    let mut settled = Settled { counted: vec![Vec::new(); lexicon.paths.len()], ..Settled::default() };
    match (lexicon.rules.overlap, lexicon.rules.scope) {
        (Overlap::All, _) => hold(lexicon, candidates.to_vec(), all_paths(lexicon), &mut settled),
        (Overlap::Longest, Scope::Lexicon) => {
            let taken = take(lexicon, candidates, &mut settled.lost);
            hold(lexicon, taken, all_paths(lexicon), &mut settled);
        }
        (Overlap::Longest, Scope::Category) => {
            for path in all_paths(lexicon).filter(|p| lexicon.paths[p.0 as usize].parent.is_none()) {
                settle_path(lexicon, candidates, path, &mut settled);
            }
        }
    }
    settled
}

fn all_paths(lexicon: &Lexicon) -> impl Iterator<Item = PathId> + use<> {
    (0..lexicon.paths.len() as u32).map(PathId)
}

/// These are hits, and each of `paths` holds those written in it or under it.
fn hold(lexicon: &Lexicon, hits: Vec<Candidate>, paths: impl Iterator<Item = PathId>, settled: &mut Settled) {
    for path in paths {
        let under = hits.iter().filter(|c| is_under(lexicon, c.path, path));
        settled.counted[path.0 as usize] = under.copied().collect();
    }
    settled.hits.extend(hits);
}

/// Settles a path after its children.
fn settle_path(lexicon: &Lexicon, candidates: &[Candidate], path: PathId, settled: &mut Settled) {
    if lexicon.paths[path.0 as usize].kind == PathKind::Referent {
        let pool: Vec<_> = candidates.iter().filter(|c| is_under(lexicon, c.path, path)).copied().collect();
        let taken = take(lexicon, &pool, &mut settled.lost);
        let of_the_referent = all_paths(lexicon).filter(|p| is_under(lexicon, *p, path));
        hold(lexicon, taken, of_the_referent, settled);
        return;
    }
    let mut pool: Vec<_> = candidates.iter().filter(|c| c.path == path).copied().collect();
    for child in lexicon.children(path) {
        settle_path(lexicon, candidates, child, settled);
        pool.extend(&settled.counted[child.0 as usize]);
    }
    let mut lost = Vec::new();
    let taken = take(lexicon, &pool, &mut lost);
    settled.hits.extend(taken.iter().filter(|c| c.path == path));
    // A child's hit that loses here is still its child's.
    settled.lost.extend(lost.iter().filter(|l| l.candidate.path == path));
    settled.counted[path.0 as usize] = taken;
}

/// Takes the candidates of a pool in order of rank, each if none of its tokens is taken.
fn take(lexicon: &Lexicon, pool: &[Candidate], lost: &mut Vec<Lost>) -> Vec<Candidate> {
    let mut ranked = pool.to_vec();
    ranked.sort_by_key(|c| rank(lexicon, c));
    let mut taken: Vec<Candidate> = Vec::new();
    for candidate in ranked {
        let winners = taken.iter().filter(|t| t.span.shares_a_token(candidate.span));
        match winners.min_by_key(|t| t.span.first) {
            Some(winner) => {
                let winner = lexicon.entries[winner.entry.0 as usize].term.place;
                lost.push(Lost { candidate, winner });
            }
            None => taken.push(candidate),
        }
    }
    taken
}

/// The hits that one side of an axis holds: what its paths hold, each once, no token twice.
pub(super) fn axis_side(lexicon: &Lexicon, settled: &Settled, paths: &[PathId]) -> Vec<Candidate> {
    let mut pool: Vec<Candidate> = Vec::new();
    for path in paths {
        for hit in &settled.counted[path.0 as usize] {
            if !pool.contains(hit) {
                pool.push(*hit);
            }
        }
    }
    match lexicon.rules.overlap {
        Overlap::All => pool,
        Overlap::Longest => take(lexicon, &pool, &mut Vec::new()),
    }
}
