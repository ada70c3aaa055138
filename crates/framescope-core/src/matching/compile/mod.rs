//! Lexicons compiled for matching: what depends on the lexicons alone, worked out once.
//!
//! Two levels, which are also the plain meaning of the matching rules:
//!
//! 1. [`patterns`]: every distinct token pattern of every term has a number. A word *type* is
//!    resolved once to the set of patterns it satisfies: whole words by a table ([`whole_words`]), those with a star
//!    at one end by the ends of a word ([`affixes`]), the rest with an Aho–Corasick automaton over
//!    their literals; the set is interned as a *class*, class 0 being "nothing".
//! 2. [`phrases`]: every distinct row of patterns is a phrase, tried only where its rarest pair
//!    of neighbours stands ([`pairs`]; [`sides`] rule most out by a few bits). A phrase stands for many owners: entries of several lexicons and paths, masks,
//!    terms inside conditions.
//!
//! So a text is a row of classes, nearly all of them 0, and the cost hardly depends on the number
//! of entries until hits themselves are many.

mod affixes;
mod clitics;
mod lists;
mod pairs;
mod patterns;
mod phrases;
mod sides;
mod terms;
mod whole_words;

pub(crate) use patterns::{PatternId, Patterns, PatternsBuilder};
pub(crate) use phrases::{Owner, PhraseId, Phrases, Trial};
pub(crate) use sides::{Side, Sides, may_pair};
pub(crate) use terms::{
    ByLastToken, CompiledCondition, CompiledEntry, CompiledJoining, CompiledLexicon, CompiledNear, CompiledNearTerm,
    CompiledNegation, CompiledTerm, SlotId, Sources, Standing, TermId,
};

use rustc_hash::FxHashSet;

use crate::lexicon::{EntryId, LexiconId, LexiconSet, PathId};

/// The lexicons of a run, ready to match. Cheap to share between threads; what a thread learns
/// about word types is kept in its own scratch.
#[derive(Debug)]
pub struct Compiled {
    first_path: Vec<u32>,
    first_entry: Vec<u32>,
    /// The topmost path above every path, and of itself, by numbers through the set.
    roots: Vec<u32>,
    pub(crate) patterns: Patterns,
    pub(crate) phrases: Phrases,
    pub(crate) terms: Vec<CompiledTerm>,
    pub(crate) entries: Vec<CompiledEntry>,
    /// Of each entry what is asked most.
    pub(crate) standings: Vec<Standing>,
    /// Of those again what is asked where nothing contends, which is mostly: the path of a plain entry, by number through
    /// the set, or [`Compiled::NOT_PLAIN`].
    pub(crate) plain_paths: Vec<u32>,
    /// Whether all of them are unconditional, so that every candidate survives.
    pub(crate) unconditional: bool,
    /// Whether no lexicon tells the narrator's words from attributed ones.
    pub(crate) outside_alike: bool,
    /// Whether hits of all lexicons enter `count` wherever they stand.
    pub(crate) unlimited: bool,
    pub(crate) lexicons: Vec<CompiledLexicon>,
    /// How many terms keep a list of where they occur.
    pub(crate) slots: usize,
    /// Where a negation cue may end: a hit without one near is not negated.
    pub(crate) cue_ends: CuePatterns,
    /// The patterns with which a word of contrast ends.
    pub(crate) contrast_ends: FxHashSet<PatternId>,
}

impl Compiled {
    pub(crate) const NOT_PLAIN: u32 = u32::MAX;

    /// Compiles the lexicons of a run, all together.
    pub fn new(set: &LexiconSet) -> Compiled {
        let mut sources = Sources::default();
        let (lexicons, entries) = sources.add_lexicons(set);
        let Sources { patterns, phrases, terms, slots, voices_apart, .. } = sources;
        let phrases = phrases.finish();
        let cue_ends = CuePatterns::new(&lexicons, &phrases);
        let contrast_ends = lexicons.iter().flat_map(|lexicon| lexicon.negation.contrast.keys().copied()).collect();
        let standings: Vec<Standing> = entries.iter().map(|entry| Standing::new(set, &lexicons, entry)).collect();
        Compiled {
            plain_paths: standings.iter().map(|s| if s.plain { s.path_number } else { Self::NOT_PLAIN }).collect(),
            first_path: set.iter().map(|(id, _)| set.path_number(id, PathId(0))).collect(),
            first_entry: set.iter().map(|(id, _)| set.entry_number(id, EntryId(0))).collect(),
            roots: lexicons.iter().flat_map(|lexicon| &lexicon.paths).map(|path| path.lineage[0]).collect(),
            standings,
            patterns: patterns.finish(),
            phrases,
            terms,
            outside_alike: !voices_apart && lexicons.iter().all(|lexicon| lexicon.voices.holds_outside_alike()),
            unconditional: entries.iter().all(|entry| entry.unconditional),
            entries,
            unlimited: lexicons.iter().all(|lexicon| lexicon.voices.is_all() && lexicon.zones.is_all()),
            lexicons,
            slots,
            cue_ends,
            contrast_ends,
        }
    }

    /// A path's number through the set.
    pub(crate) fn path_number(&self, lexicon: LexiconId, path: PathId) -> u32 {
        self.first_path[lexicon.0 as usize] + path.0
    }

    /// An entry's number in its lexicon.
    #[inline]
    pub(crate) fn entry_id(&self, lexicon: LexiconId, entry: u32) -> EntryId {
        EntryId(entry - self.first_entry[lexicon.0 as usize])
    }

    /// The topmost path above that of an entry, by number through the set: candidates under different ones meet in
    /// no pool, unless they are said to.
    #[inline]
    pub(crate) fn root_of(&self, entry: u32) -> u32 {
        self.roots[self.standings[entry as usize].path_number as usize]
    }
}

/// The patterns by which the end of a negation cue is told, of all lexicons.
#[derive(Debug, Default)]
pub(crate) struct CuePatterns {
    /// Of a cue of one token.
    pub(crate) alone: FxHashSet<PatternId>,
    /// The last of a longer one…
    pub(crate) last: FxHashSet<PatternId>,
    /// …and the one before it: "to" ends a cue behind "failed", and stands everywhere.
    pub(crate) before_last: FxHashSet<PatternId>,
}

impl CuePatterns {
    fn new(lexicons: &[CompiledLexicon], phrases: &Phrases) -> CuePatterns {
        let mut ends = CuePatterns::default();
        for &phrase in lexicons.iter().flat_map(|lexicon| lexicon.negation.cues.values().flatten()) {
            match *phrases.patterns(phrase) {
                [.., before, last] if before != PatternId::ANY => {
                    ends.before_last.insert(before);
                    ends.last.insert(last);
                }
                [.., last] => {
                    ends.alone.insert(last);
                }
                [] => {}
            }
        }
        ends
    }
}
