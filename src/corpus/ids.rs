//! The check that no id stands twice, at 20 to 40 bytes an article: the one thing in a run of `score` that grows with the
//! corpus. `--no-id-check` spares it.

use rustc_hash::FxHashMap;
use std::hash::{BuildHasher, BuildHasherDefault};

use super::RecordPlace;

/// Remembers a hash of every id and where it stood.
#[derive(Debug)]
pub struct IdCheck {
    /// By the first bits of the hash. A table that grows needs room for itself twice, and a part of it
    /// for little more than itself.
    seen: Vec<FxHashMap<u64, u64>>,
}

const PART_BITS: u32 = 8;

impl Default for IdCheck {
    fn default() -> IdCheck {
        IdCheck { seen: vec![FxHashMap::default(); 1 << PART_BITS] }
    }
}

/// Bits of a packed place that hold the record; the rest hold the file. Both are enough for any
/// corpus whose ids fit into memory.
const RECORD_BITS: u32 = 36;

impl IdCheck {
    /// Notes an id; gives the file and record of an earlier one that was the same.
    pub fn note(&mut self, id: &str, place: RecordPlace) -> Option<(u32, u64)> {
        let hasher: BuildHasherDefault<std::hash::DefaultHasher> = BuildHasherDefault::new();
        let packed = u64::from(place.file) << RECORD_BITS | (place.record & ((1 << RECORD_BITS) - 1));
        let hash = hasher.hash_one(id);
        match self.seen[(hash >> (u64::BITS - PART_BITS)) as usize].entry(hash) {
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
