//! Overlap once more: which paths hold what, when some of the candidates are left out.
//!
//! Whoever asks "and without this word?" must not just subtract its hits: where a longer entry goes, a shorter one
//! that lost to it may stand ("hostage" in "hostage crisis"). Candidates that lost are kept for this
//! ([`Want::rejected`](crate::matching::Want), rule `overlap`), and settled again here by the same pools.

use super::Candidate;
use super::pools::Pools;
use crate::matching::Counted;
use crate::matching::compile::Compiled;

/// A candidate that passed masks and conditions: a hit, or one that lost to a better candidate of its pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contender {
    /// Number of its entry through the whole set ([`LexiconSet::entry_number`](crate::lexicon::LexiconSet::entry_number)).
    pub entry: u32,
    /// Where it begins: its first token, or its first character, as long as all of one call count the same.
    pub start: u32,
    /// One past its end, counted likewise.
    pub end: u32,
}

/// What settling again keeps between calls, for its memory.
#[derive(Debug, Default)]
pub struct SettleScratch {
    pools: Pools,
    candidates: Vec<Candidate>,
    place: Vec<u32>,
}

impl Compiled {
    /// Clears `counted` and fills it with what each path holds of these candidates of one article, when no others
    /// stand: [`Counted::hit`] is the place in `contenders`, which may stand in any order. Rows are sorted.
    pub fn settle_again(&self, contenders: &[Contender], scratch: &mut SettleScratch, counted: &mut Vec<Counted>) {
        let SettleScratch { pools, candidates, place } = scratch;
        candidates.clear();
        candidates.extend(contenders.iter().map(|c| Candidate { entry: c.entry, start: c.start, end: c.end }));
        let end = contenders.iter().map(|c| c.end).max().unwrap_or(0);
        pools.resolve(self, end as usize, candidates, false);
        place.clear();
        place.resize(pools.taken().len(), 0);
        for (of_contender, hit) in pools.hits() {
            place[hit as usize] = of_contender as u32;
        }
        counted.clear();
        counted.extend(pools.counted().iter().map(|c| Counted { hit: place[c.hit as usize], path: c.path }));
        counted.sort_unstable();
    }
}
