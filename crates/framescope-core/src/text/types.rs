//! The type table: each spelling of a word is met, folded and judged once.

use std::ops::Range;

use super::analysis::TypeId;
use super::fold;
use super::lang::{self, WordFlags};

/// Above this many spellings, or bytes of them, the table is emptied at the next article: memory
/// must not grow with a corpus of misspellings.
const MAX_TYPES: usize = 1 << 20;
const MAX_BYTES: usize = 1 << 26;

/// Numbers the spellings (types) that one thread meets, and remembers what each folds to.
///
/// A news corpus has millions of tokens and some hundred thousand spellings, so everything that
/// depends on the spelling alone (folding, cues, which lexicon patterns match) is worked out once
/// a spelling and looked up by [`TypeId`].
#[derive(Debug, Default)]
pub struct TypeTable {
    generation: u64,
    /// Open addressing, a power of two: 0 is free, else a type's number + 1 below and the upper
    /// half of its hash above, so that most misses and all but one hit in four thousand million
    /// are decided without looking at the spelling.
    slots: Vec<u64>,
    types: Vec<Type>,
    bytes: String,
}

#[derive(Debug)]
struct Type {
    raw: Range<u32>,
    folded: Range<u32>,
    exact: Range<u32>,
    flags: WordFlags,
}

impl TypeTable {
    /// How often the table was emptied. Whoever keeps rows by [`TypeId`] empties them when this
    /// changes. It changes only at the start of an article.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// How many types it holds.
    pub fn len(&self) -> usize {
        self.types.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.types.is_empty()
    }

    /// The type as matched: folded by design 3.2.
    pub fn folded(&self, id: TypeId) -> &str {
        self.slice(&self.types[id.0 as usize].folded)
    }

    /// The type as spelled after skips, NFC and unified quotes, case kept (`case = "exact"`).
    pub fn exact(&self, id: TypeId) -> &str {
        self.slice(&self.types[id.0 as usize].exact)
    }

    /// The spelling itself.
    pub fn raw(&self, id: TypeId) -> &str {
        self.slice(&self.types[id.0 as usize].raw)
    }

    pub(super) fn flags(&self, id: TypeId) -> WordFlags {
        self.types[id.0 as usize].flags
    }

    /// Gives memory back if there is too much of it; called between articles.
    pub(super) fn trim(&mut self) {
        if self.types.len() > MAX_TYPES || self.bytes.len() > MAX_BYTES {
            self.types.clear();
            self.bytes.clear();
            self.slots.fill(0);
            self.generation += 1;
        }
    }

    /// The number of a spelling.
    pub(super) fn intern(&mut self, raw: &str) -> TypeId {
        if self.types.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let hash = hash(raw.as_bytes());
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                let id = TypeId(self.types.len() as u32);
                self.slots[at] = (hash & !0xFFFF_FFFF) | u64::from(id.0 + 1);
                self.add(raw);
                return id;
            }
            if (slot ^ hash) >> 32 == 0 {
                let id = TypeId(slot as u32 - 1);
                let known = &self.types[id.0 as usize].raw;
                if self.bytes.as_bytes()[known.start as usize..known.end as usize] == *raw.as_bytes() {
                    return id;
                }
            }
            at = (at + 1) & mask;
        }
    }

    fn add(&mut self, raw: &str) {
        let exact = fold::exact(raw);
        let folded = fold::fold(raw);
        let flags = lang::word_flags(&folded);
        let mut keep = |text: &str| {
            let start = self.bytes.len() as u32;
            self.bytes.push_str(text);
            start..self.bytes.len() as u32
        };
        let raw_range = keep(raw);
        let exact = if exact == raw { raw_range.clone() } else { keep(&exact) };
        let folded = if folded == raw { raw_range.clone() } else { keep(&folded) };
        self.types.push(Type { raw: raw_range, folded, exact, flags });
    }

    #[cold]
    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1 << 12);
        self.slots.clear();
        self.slots.resize(size, 0);
        for (i, known) in self.types.iter().enumerate() {
            let hash = hash(self.bytes.as_bytes()[known.raw.start as usize..known.raw.end as usize].as_ref());
            let mut at = hash as usize & (size - 1);
            while self.slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = (hash & !0xFFFF_FFFF) | (i as u64 + 1);
        }
    }

    fn slice(&self, range: &Range<u32>) -> &str {
        &self.bytes[range.start as usize..range.end as usize]
    }
}

/// Eight bytes at a time, multiplied and folded; words are short, so this is two rounds.
fn hash(bytes: &[u8]) -> u64 {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |h: u64, word: u64| {
        let product = u128::from(h ^ word).wrapping_mul(u128::from(K));
        (product as u64) ^ ((product >> 64) as u64)
    };
    let mut h = K ^ bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        h = mix(h, u64::from_le_bytes(word));
    }
    let rest = chunks.remainder();
    let tail = match rest.len() {
        0 => return mix(h, 0),
        n @ 1..=3 => u64::from(rest[0]) | u64::from(rest[n / 2]) << 8 | u64::from(rest[n - 1]) << 16,
        n => {
            let (mut low, mut high) = ([0; 4], [0; 4]);
            low.copy_from_slice(&rest[..4]);
            high.copy_from_slice(&rest[n - 4..]);
            u64::from(u32::from_le_bytes(low)) | u64::from(u32::from_le_bytes(high)) << 32
        }
    };
    mix(mix(h, tail), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_spelling_has_one_number(words in proptest::collection::vec("[a-cA-C'é]{0,12}", 0..300)) {
            let mut table = TypeTable::default();
            let mut known = std::collections::HashMap::new();
            for word in &words {
                let next = TypeId(known.len() as u32);
                let expected = *known.entry(word.clone()).or_insert(next);
                proptest::prop_assert_eq!(table.intern(word), expected);
                proptest::prop_assert_eq!(table.raw(expected), word.as_str());
                proptest::prop_assert_eq!(table.folded(expected), fold::fold(word));
                proptest::prop_assert_eq!(table.exact(expected), fold::exact(word));
            }
            proptest::prop_assert_eq!(table.len(), known.len());
        }
    }

    #[test]
    fn many_types_grow_the_table_and_a_trim_empties_it() {
        let mut table = TypeTable::default();
        for i in 0..=MAX_TYPES {
            assert_eq!(table.intern(&format!("w{i}")), TypeId(i as u32));
        }
        assert_eq!(table.intern("w77777"), TypeId(77_777));
        table.trim();
        assert_eq!((table.len(), table.generation()), (0, 1));
        assert_eq!(table.intern("w77777"), TypeId(0));
    }
}
