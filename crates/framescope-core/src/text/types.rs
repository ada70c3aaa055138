//! The type table: each spelling of a word is met, folded and judged once.

use super::analysis::TypeId;

/// Numbers the spellings (types) that one thread meets, and remembers what each folds to.
///
/// A news corpus has millions of tokens and some hundred thousand spellings, so everything that
/// depends on the spelling alone (folding, cues, which lexicon patterns match) is worked out once
/// a spelling and looked up by [`TypeId`].
#[derive(Debug, Default)]
pub struct TypeTable {
    generation: u64,
}

impl TypeTable {
    /// How often the table was emptied. Whoever keeps rows by [`TypeId`] empties them when this
    /// changes. It changes only at the start of an article.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// How many types it holds.
    pub fn len(&self) -> usize {
        todo!()
    }

    /// The type as matched: folded by design 3.2.
    pub fn folded(&self, id: TypeId) -> &str {
        let _ = id;
        todo!()
    }

    /// The type as spelled after skips, NFC and unified quotes, case kept (`case = "exact"`).
    pub fn exact(&self, id: TypeId) -> &str {
        let _ = id;
        todo!()
    }
}
