//! Types to classes: which patterns a word satisfies, asked once a type.

use rustc_hash::FxHashMap;

use crate::matching::View;
use crate::matching::compile::{Compiled, Owner, PatternId, PhraseId};

/// A set of patterns that some type satisfies; 0 is the empty set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct ClassId(pub(super) u32);

impl ClassId {
    pub(super) const NOTHING: ClassId = ClassId(0);
    const UNKNOWN: ClassId = ClassId(u32::MAX);
}

/// What stands behind a class, laid out for the scan.
#[derive(Debug, Default)]
pub(super) struct Class {
    /// The patterns, ascending.
    pub(super) patterns: Box<[PatternId]>,
    /// Owners of phrases of this one token.
    pub(super) singles: Box<[Owner]>,
    /// Longer phrases to try here.
    pub(super) anchored: Box<[PhraseId]>,
}

/// Above this many classes the memory is given back at the next article.
const MAX_CLASSES: usize = 1 << 18;

/// What a thread knows about classes, and the row of classes of the article at hand.
#[derive(Debug, Default)]
pub(super) struct Classes {
    classes: Vec<Class>,
    numbers: FxHashMap<Box<[PatternId]>, ClassId>,
    of_type: Vec<ClassId>,
    generation: Option<u64>,
    row: Vec<ClassId>,
    marked: Vec<u32>,
    satisfied: Vec<PatternId>,
}

impl Classes {
    /// Fills the row for this article.
    pub(super) fn classify(&mut self, compiled: &Compiled, view: View<'_>) {
        if self.generation != Some(view.types.generation()) || self.classes.len() > MAX_CLASSES {
            self.generation = Some(view.types.generation());
            self.of_type.clear();
            self.numbers.clear();
            self.classes.clear();
            self.classes.push(Class::default());
            self.numbers.insert(Box::default(), ClassId::NOTHING);
        }
        self.of_type.resize(view.types.len().max(self.of_type.len()), ClassId::UNKNOWN);
        self.row.clear();
        self.marked.clear();
        self.row.reserve(view.analysis.tokens.len());
        for (i, token) in view.analysis.tokens.iter().enumerate() {
            let mut class = self.of_type[token.type_id.0 as usize];
            if class == ClassId::UNKNOWN {
                let (folded, exact) = (view.types.folded(token.type_id), view.types.exact(token.type_id));
                compiled.patterns.satisfied(folded, exact, &mut self.satisfied);
                class = self.class_of_satisfied(compiled);
                self.of_type[token.type_id.0 as usize] = class;
            }
            self.row.push(class);
            if class != ClassId::NOTHING {
                self.marked.push(i as u32);
            }
        }
    }

    fn class_of_satisfied(&mut self, compiled: &Compiled) -> ClassId {
        if let Some(&known) = self.numbers.get(&*self.satisfied) {
            return known;
        }
        let mut singles = Vec::new();
        let mut anchored = Vec::new();
        for &pattern in &self.satisfied {
            for &phrase in compiled.phrases.anchored_at(pattern) {
                if compiled.phrases.len(phrase) == 1 {
                    singles.extend_from_slice(compiled.phrases.owners(phrase));
                } else {
                    anchored.push(phrase);
                }
            }
        }
        let id = ClassId(self.classes.len() as u32);
        let patterns: Box<[PatternId]> = self.satisfied.as_slice().into();
        self.numbers.insert(patterns.clone(), id);
        self.classes.push(Class { patterns, singles: singles.into(), anchored: anchored.into() });
        id
    }

    /// The tokens whose class is not "nothing", ascending.
    pub(super) fn marked(&self) -> &[u32] {
        &self.marked
    }

    /// The class of a token of this article.
    pub(super) fn at(&self, token: u32) -> &Class {
        &self.classes[self.row[token as usize].0 as usize]
    }

    /// Whether a token satisfies a pattern.
    pub(super) fn satisfies(&self, token: u32, pattern: PatternId) -> bool {
        if pattern == PatternId::ANY {
            return true;
        }
        let class = self.row[token as usize];
        class != ClassId::NOTHING && self.classes[class.0 as usize].patterns.binary_search(&pattern).is_ok()
    }

    /// Whether a phrase stands at `start`; the caller has checked the sentence.
    pub(super) fn phrase_at(&self, compiled: &Compiled, phrase: PhraseId, start: u32) -> bool {
        (start..).zip(compiled.phrases.patterns(phrase)).all(|(token, &pattern)| self.satisfies(token, pattern))
    }
}
