//! Level one: which token patterns does a word type satisfy?

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;

use crate::lexicon::TokenPattern;
use crate::matching::glob;

/// A distinct token pattern. Number 0 is the lone `*`, which every token satisfies and no class
/// lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PatternId(pub(crate) u32);

impl PatternId {
    pub(crate) const ANY: PatternId = PatternId(0);
}

/// Up to so many literals get an automaton that is a full table.
const TABLED: usize = 1_000;

/// Collects distinct patterns.
#[derive(Debug)]
pub(crate) struct PatternsBuilder {
    patterns: Vec<TokenPattern>,
    numbers: FxHashMap<TokenPattern, PatternId>,
}

impl Default for PatternsBuilder {
    fn default() -> Self {
        let any = TokenPattern { folded: "*".into(), exact: None };
        PatternsBuilder { numbers: [(any.clone(), PatternId::ANY)].into_iter().collect(), patterns: vec![any] }
    }
}

impl PatternsBuilder {
    pub(crate) fn number(&mut self, pattern: &TokenPattern) -> PatternId {
        if pattern.is_any() {
            return PatternId::ANY;
        }
        if let Some(&id) = self.numbers.get(pattern) {
            return id;
        }
        let id = PatternId(self.patterns.len() as u32);
        self.patterns.push(pattern.clone());
        self.numbers.insert(pattern.clone(), id);
        id
    }

    pub(crate) fn finish(self) -> Patterns {
        // Patterns that differ only in wildcards or in case share a literal; the automaton holds
        // each literal once. A pattern without wildcards needs no automaton.
        let mut literals: Vec<&str> = Vec::new();
        let mut literal_number: FxHashMap<&str, usize> = FxHashMap::default();
        let mut of_literal: Vec<Vec<PatternId>> = Vec::new();
        let mut without_literal = Vec::new();
        let mut whole: FxHashMap<Box<str>, Vec<PatternId>> = FxHashMap::default();
        for (i, pattern) in self.patterns.iter().enumerate().skip(1) {
            let id = PatternId(i as u32);
            let literal = glob::longest_literal(&pattern.folded);
            if literal == &*pattern.folded && pattern.exact.is_none() {
                whole.entry(literal.into()).or_default().push(id);
                continue;
            }
            if literal.is_empty() {
                without_literal.push(id);
                continue;
            }
            let number = *literal_number.entry(literal).or_insert_with(|| {
                literals.push(literal);
                of_literal.push(Vec::new());
                literals.len() - 1
            });
            of_literal[number].push(id);
        }
        // The standard kind is the one that can report overlapping literals, and all are wanted:
        // a type satisfies every pattern it satisfies. Building fails only past 2^31 states.
        // A full table of transitions takes a fifth of the instructions, and about 1 KiB a literal.
        let kind = (literals.len() <= TABLED).then_some(AhoCorasickKind::DFA);
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(kind)
            .build(&literals)
            .expect("literals of a readable lexicon fit an automaton");
        Patterns { whole, automaton, of_literal, without_literal, patterns: self.patterns }
    }
}

/// All distinct patterns of a run.
#[derive(Debug)]
pub(crate) struct Patterns {
    /// Those that are satisfied by one folded word.
    whole: FxHashMap<Box<str>, Vec<PatternId>>,
    automaton: AhoCorasick,
    of_literal: Vec<Vec<PatternId>>,
    without_literal: Vec<PatternId>,
    patterns: Vec<TokenPattern>,
}

impl Patterns {
    /// Fills `out` with the patterns that a type satisfies, ascending.
    pub(crate) fn satisfied(&self, folded: &str, exact: &str, out: &mut Vec<PatternId>) {
        out.clear();
        for found in self.automaton.find_overlapping_iter(folded) {
            out.extend_from_slice(&self.of_literal[found.pattern().as_usize()]);
        }
        out.extend_from_slice(&self.without_literal);
        // A literal may stand twice in a type.
        out.sort_unstable();
        out.dedup();
        out.retain(|&id| {
            let pattern = &self.patterns[id.0 as usize];
            glob::matches(&pattern.folded, folded)
                && pattern.exact.as_ref().is_none_or(|wanted| glob::matches(wanted, exact))
        });
        if let Some(whole) = self.whole.get(folded) {
            out.extend_from_slice(whole);
            out.sort_unstable();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(folded: &str, exact: Option<&str>) -> TokenPattern {
        TokenPattern { folded: folded.into(), exact: exact.map(Into::into) }
    }

    #[test]
    fn a_type_satisfies_every_pattern_it_matches() {
        let mut builder = PatternsBuilder::default();
        let all = ["war", "war*", "*ar", "w?r", "peace", "??", "*a*"];
        let numbers: Vec<_> = all.iter().map(|p| builder.number(&pattern(p, None))).collect();
        let us = builder.number(&pattern("us", Some("US")));
        assert_eq!(builder.number(&pattern("war", None)), numbers[0]);
        assert_eq!(builder.number(&pattern("*", None)), PatternId::ANY);
        let patterns = builder.finish();
        let mut out = Vec::new();
        let mut satisfied = |folded: &str, exact: &str| {
            patterns.satisfied(folded, exact, &mut out);
            out.clone()
        };
        assert_eq!(satisfied("war", "War"), [0, 1, 2, 3, 6].map(|i: usize| numbers[i]));
        assert_eq!(satisfied("us", "us"), [numbers[5]]);
        assert_eq!(satisfied("us", "US"), [numbers[5], us]);
        assert_eq!(satisfied("zzz", "zzz"), []);
    }
}
