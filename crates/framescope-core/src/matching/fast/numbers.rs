//! Classes found by the patterns that they satisfy.

use rustc_hash::FxHashMap;

use super::class_id::ClassId;
use crate::matching::compile::PatternId;

/// The classes by their patterns. With a large lexicon nearly every spelling satisfies some, so a set of few is a key
/// that stands in the map itself.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// That of each pattern alone, as far as there is one.
    one: Vec<ClassId>,
    few: FxHashMap<(u64, u64), ClassId>,
    many: FxHashMap<Box<[PatternId]>, ClassId>,
}

/// So many patterns are few.
pub(super) const FEW: usize = 4;

/// Patterns of a class, if there are no more than `N`, filled up with the one that no class lists.
pub(super) fn few<const N: usize>(patterns: &[PatternId]) -> Option<[PatternId; N]> {
    let mut few = [PatternId::ANY; N];
    few.get_mut(..patterns.len())?.copy_from_slice(patterns);
    Some(few)
}

impl Numbers {
    fn key(patterns: &[PatternId]) -> Option<(u64, u64)> {
        let [a, b, c, d]: [PatternId; FEW] = few(patterns)?;
        let both = |a: PatternId, b: PatternId| u64::from(a.0) << 32 | u64::from(b.0);
        Some((both(a, b), both(c, d)))
    }

    pub(super) fn get(&self, patterns: &[PatternId]) -> Option<ClassId> {
        if let [one] = patterns {
            return self.one.get(one.0 as usize).copied().filter(|&class| class != ClassId::NOTHING);
        }
        match Self::key(patterns) {
            Some(few) => self.few.get(&few).copied(),
            None => self.many.get(patterns).copied(),
        }
    }

    pub(super) fn insert(&mut self, patterns: &[PatternId], class: ClassId) {
        if let [one] = patterns {
            let place = one.0 as usize;
            self.one.resize(self.one.len().max(place + 1), ClassId::NOTHING);
            self.one[place] = class;
            return;
        }
        match Self::key(patterns) {
            Some(few) => self.few.insert(few, class),
            None => self.many.insert(patterns.into(), class),
        };
    }

    pub(super) fn clear(&mut self) {
        self.one.clear();
        self.few.clear();
        self.many.clear();
    }
}
