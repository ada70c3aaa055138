//! Who would be listed in an entry's stead if it were taken out of the lexicon.
//!
//! Where a wider entry finds all that a narrower one does, the narrower may be needless. But of entries
//! on the same tokens the one without a wildcard and with more letters is listed, so a third entry that
//! stands between the two in this order would take the place of the narrower one, with another weight or
//! on another path.

use std::cell::Cell;
use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::super::covers::terms_meet;
use crate::lexicon::{Entry, Lexicon, PathId, Scope, TokenPattern};

/// How many entries are looked at for a whole lexicon. One of tens of thousands of wildcards with many
/// weights would take minutes; what lies beyond is taken for a rival, and nothing is said.
const MOST_LOOKS: usize = 20_000_000;

/// What decides which of two entries on the same tokens is listed: the smaller.
type Rank = (bool, Reverse<usize>, usize);

/// Entries that meet in one pool: of the same topmost path (any, where the whole lexicon is one) and with as many tokens.
type Pool = (Option<PathId>, usize);

/// The entries of a lexicon by where they may meet.
pub(super) struct Rivals<'a> {
    lexicon: &'a Lexicon,
    /// By path and weight: what has both counts the same.
    pools: FxHashMap<Pool, FxHashMap<(PathId, u64), Vec<usize>>>,
    looks: Cell<usize>,
}

impl<'a> Rivals<'a> {
    pub(super) fn of(lexicon: &'a Lexicon) -> Rivals<'a> {
        let mut rivals = Rivals { lexicon, pools: FxHashMap::default(), looks: Cell::new(0) };
        for (number, entry) in lexicon.entries.iter().enumerate() {
            let pool = rivals.pool(entry);
            rivals.pools.entry(pool).or_default().entry(kind(entry)).or_default().push(number);
        }
        rivals
    }

    fn pool(&self, entry: &Entry) -> Pool {
        let top = self.lexicon.lineage(entry.path).last().filter(|_| self.lexicon.rules.scope == Scope::Category);
        (top, entry.term.tokens.len())
    }

    /// Whether some third entry may be listed in place of `narrow` where it is gone and `wide`, which
    /// counts the same, is there.
    pub(super) fn come_between(&self, narrow: usize, wide: usize) -> bool {
        let entries = &self.lexicon.entries;
        let (above, below) = (rank(entries, narrow), rank(entries, wide));
        // Between the two is nothing: the narrow one is never listed where the wide one is found.
        if above > below {
            return false;
        }
        let counts_the_same = kind(&entries[wide]);
        let pool = self.pools.get(&self.pool(&entries[narrow])).into_iter().flatten();
        pool.filter(|(kind, _)| **kind != counts_the_same).flat_map(|(_, numbers)| numbers).any(|&number| {
            self.looks.set(self.looks.get() + 1);
            self.looks.get() > MOST_LOOKS
                || (above..below).contains(&rank(entries, number)) && self.meet(number, narrow)
        })
    }

    /// Whether two entries may stand on the same tokens.
    fn meet(&self, one: usize, other: usize) -> bool {
        let entries = &self.lexicon.entries;
        // Where proclitics are taken off, two patterns may be satisfied by what is left of one word in
        // two ways.
        self.lexicon.rules.clitics.is_some() || terms_meet(&entries[one].term, &entries[other].term)
    }
}

fn kind(entry: &Entry) -> (PathId, u64) {
    (entry.path, entry.weight.to_bits())
}

fn rank(entries: &[Entry], number: usize) -> Rank {
    let tokens = &entries[number].term.tokens;
    let wildcards = tokens.iter().any(TokenPattern::has_wildcard);
    (wildcards, Reverse(tokens.iter().map(TokenPattern::literal_chars).sum()), number)
}
