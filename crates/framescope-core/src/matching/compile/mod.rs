//! Lexicons compiled for matching: what depends on the lexicons alone, worked out once.
//!
//! Two levels, which are also the plain meaning of the matching rules:
//!
//! 1. [`patterns`]: every distinct token pattern of every term has a number. A word *type* is
//!    resolved once to the set of patterns it satisfies, with an Aho–Corasick automaton over the
//!    patterns' literals; the set is interned as a *class*, class 0 being "nothing".
//! 2. [`phrases`]: every distinct row of patterns is a phrase, tried only where its rarest token
//!    stands. A phrase stands for many owners: entries of several lexicons and paths, masks,
//!    terms inside conditions.
//!
//! So a text is a row of classes, nearly all of them 0, and the cost hardly depends on the number
//! of entries until hits themselves are many.

mod patterns;
mod phrases;
mod terms;

pub(crate) use patterns::{PatternId, Patterns};
pub(crate) use phrases::{Owner, PhraseId, Phrases};
pub(crate) use terms::{
    CompiledCondition, CompiledEntry, CompiledJoining, CompiledLexicon, CompiledNear, CompiledNearTerm, CompiledTerm,
    SlotId, Sources, TermId,
};

use crate::lexicon::LexiconSet;

/// The lexicons of a run, ready to match. Cheap to share between threads; what a thread learns
/// about word types is kept in its own scratch.
#[derive(Debug)]
pub struct Compiled {
    pub(crate) set: LexiconSet,
    pub(crate) patterns: Patterns,
    pub(crate) phrases: Phrases,
    pub(crate) terms: Vec<CompiledTerm>,
    pub(crate) entries: Vec<CompiledEntry>,
    pub(crate) lexicons: Vec<CompiledLexicon>,
    /// How many terms keep a list of where they occur.
    pub(crate) slots: usize,
}

impl Compiled {
    /// Compiles the lexicons of a run into one automaton.
    pub fn new(set: LexiconSet) -> Compiled {
        let mut sources = Sources::default();
        let (lexicons, entries) = sources.add_lexicons(&set);
        let Sources { patterns, phrases, terms, slots, .. } = sources;
        Compiled { set, patterns: patterns.finish(), phrases: phrases.finish(), terms, entries, lexicons, slots }
    }

    /// The lexicons as read.
    pub fn set(&self) -> &LexiconSet {
        &self.set
    }
}
