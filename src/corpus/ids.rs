//! The check that no id stands twice, at sixteen bytes an article.

use rustc_hash::FxHashMap;
use std::hash::{BuildHasher, BuildHasherDefault};

use super::RecordPlace;

/// Remembers a hash of every id and where it stood.
#[derive(Debug, Default)]
pub struct IdCheck {
    seen: FxHashMap<u64, u64>,
}

/// Bits of a packed place that hold the record; the rest hold the file. Both are enough for any
/// corpus whose ids fit into memory.
const RECORD_BITS: u32 = 36;

impl IdCheck {
    /// Notes an id; gives the file and record of an earlier one that was the same.
    pub fn note(&mut self, id: &str, place: RecordPlace) -> Option<(u32, u64)> {
        let hasher: BuildHasherDefault<std::hash::DefaultHasher> = BuildHasherDefault::new();
        let packed = u64::from(place.file) << RECORD_BITS | (place.record & ((1 << RECORD_BITS) - 1));
        match self.seen.entry(hasher.hash_one(id)) {
            std::collections::hash_map::Entry::Occupied(known) => {
                let known = *known.get();
                Some(((known >> RECORD_BITS) as u32, known & ((1 << RECORD_BITS) - 1)))
            }
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(packed);
                None
            }
        }
    }
}
