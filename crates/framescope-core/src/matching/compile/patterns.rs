//! Level one: which token patterns does a word type satisfy?

use std::sync::Arc;

use aho_corasick::automaton::OverlappingState;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;

use super::affixes::{Affixes, End};
use super::clitics::Stripping;
use super::whole_words::WholeWords;
use crate::lexicon::{Clitics, TokenPattern};
use crate::matching::glob;
use crate::text::{Judged, Relevant, Wanted};

/// A distinct token pattern. Number 0 is the lone `*`, which every token satisfies and no class
/// lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PatternId(pub(crate) u32);

impl PatternId {
    pub(crate) const ANY: PatternId = PatternId(0);
}

/// Up to so many literals get an automaton that is a full table.
const TABLED: usize = 1_000;

/// Collects distinct patterns. The same pattern with proclitics before it and without is two.
#[derive(Debug)]
pub(crate) struct PatternsBuilder {
    patterns: Vec<TokenPattern>,
    numbers: FxHashMap<(TokenPattern, Option<Clitics>), PatternId>,
    /// Those that are satisfied, too, by what is left of a word.
    behind: Vec<(Clitics, Vec<PatternId>)>,
}

impl Default for PatternsBuilder {
    fn default() -> Self {
        let any = TokenPattern { folded: "*".into(), exact: None };
        PatternsBuilder { numbers: FxHashMap::default(), patterns: vec![any], behind: Vec::new() }
    }
}

impl PatternsBuilder {
    /// The number of a pattern, before which these proclitics may stand.
    pub(crate) fn number(&mut self, pattern: &TokenPattern, clitics: Option<Clitics>) -> PatternId {
        if pattern.is_any() {
            return PatternId::ANY;
        }
        // What is bound to the spelling is so whatever its lexicon lets stand before others.
        let key = (pattern.clone(), clitics.filter(|_| pattern.exact.is_none()));
        if let Some(&id) = self.numbers.get(&key) {
            return id;
        }
        let id = PatternId(self.patterns.len() as u32);
        self.patterns.push(pattern.clone());
        if let Some(clitics) = key.1 {
            match self.behind.iter_mut().find(|(known, _)| *known == clitics) {
                Some((_, patterns)) => patterns.push(id),
                None => self.behind.push((clitics, vec![id])),
            }
        }
        self.numbers.insert(key, id);
        id
    }

    pub(crate) fn finish(self) -> Patterns {
        let PatternsBuilder { patterns, behind, .. } = self;
        let behind = behind
            .into_iter()
            .map(|(clitics, ids)| (Stripping::of(clitics), Index::new(&patterns, ids.into_iter())))
            .collect();
        let all = Index::new(&patterns, (1..patterns.len()).map(|i| PatternId(i as u32)));
        Patterns { all, behind, relevant: relevant(&patterns).map(Arc::new), patterns }
    }
}

/// Finds patterns by the words that satisfy them.
#[derive(Debug)]
struct Index {
    /// Those that are satisfied by one folded word.
    whole: WholeWords,
    /// Those that every word satisfies which begins with a literal…
    beginnings: Affixes,
    /// …or ends with one.
    endings: Affixes,
    /// Those that a word with a literal in it may satisfy.
    pieces: Literals,
    /// Those without a letter to look for.
    without_literal: Vec<PatternId>,
}

impl Index {
    fn new(patterns: &[TokenPattern], ids: impl Iterator<Item = PatternId>) -> Index {
        // A pattern without wildcards needs no automaton, and one with a star at one end alone is
        // told by how a word begins or ends.
        let (mut beginnings, mut endings) = (Vec::new(), Vec::new());
        let mut pieces = LiteralsBuilder::default();
        let mut without_literal = Vec::new();
        let mut whole = Vec::new();
        for id in ids {
            let pattern = &patterns[id.0 as usize];
            let literal = glob::longest_literal(&pattern.folded);
            if literal == &*pattern.folded && pattern.exact.is_none() {
                whole.push((literal, id));
                continue;
            }
            if literal.is_empty() {
                without_literal.push(id);
                continue;
            }
            let is_folded = pattern.exact.is_none();
            match &*pattern.folded {
                p if is_folded && p.strip_suffix('*') == Some(literal) => beginnings.push((literal, id)),
                p if is_folded && p.strip_prefix('*') == Some(literal) => endings.push((literal, id)),
                _ => pieces.add(literal, id),
            }
        }
        Index {
            whole: WholeWords::new(whole.into_iter()),
            beginnings: Affixes::new(End::First, beginnings.into_iter()),
            endings: Affixes::new(End::Last, endings.into_iter()),
            pieces: pieces.finish(),
            without_literal,
        }
    }

    /// Appends those that a word satisfies and that are not told by how it begins or ends, ascending.
    fn find_inside(&self, patterns: &[TokenPattern], folded: &str, exact: &str, out: &mut Vec<PatternId>) {
        self.pieces.find(folded, out);
        out.extend_from_slice(&self.without_literal);
        // A literal may stand twice in a type.
        out.sort_unstable();
        out.dedup();
        out.retain(|&id| {
            let pattern = &patterns[id.0 as usize];
            glob::matches(&pattern.folded, folded)
                && pattern.exact.as_ref().is_none_or(|wanted| glob::matches(wanted, exact))
        });
    }

    /// Fills `out` with those that a word satisfies, ascending.
    fn satisfied(&self, patterns: &[TokenPattern], word: Judged<'_>, out: &mut Vec<PatternId>) {
        out.clear();
        // Most lexicons have stars at one end of a word alone.
        if !self.pieces.patterns.is_empty() || !self.without_literal.is_empty() {
            self.find_inside(patterns, word.folded(), word.exact(), out);
        }
        self.beginnings.find(word.folded(), word.ends(), out);
        self.endings.find(word.folded(), word.ends(), out);
        self.whole.find(word.folded(), word.ends(), out);
        if !out.is_sorted() {
            out.sort_unstable();
        }
    }
}

/// Collects distinct literals: patterns that differ only in wildcards or in case share one.
#[derive(Debug, Default)]
struct LiteralsBuilder<'p> {
    literals: Vec<&'p str>,
    numbers: FxHashMap<&'p str, usize>,
    patterns: Vec<Vec<PatternId>>,
}

impl<'p> LiteralsBuilder<'p> {
    fn add(&mut self, literal: &'p str, pattern: PatternId) {
        let number = *self.numbers.entry(literal).or_insert_with(|| {
            self.literals.push(literal);
            self.patterns.push(Vec::new());
            self.literals.len() - 1
        });
        self.patterns[number].push(pattern);
    }

    fn finish(self) -> Literals {
        // The standard kind is the one that can report overlapping literals, and all are wanted:
        // a type satisfies every pattern it satisfies. Building fails only past 2^31 states.
        // A full table of transitions takes a fifth of the instructions, and about 1 KiB a literal.
        let kind = (self.literals.len() <= TABLED).then_some(AhoCorasickKind::DFA);
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(kind)
            // Words are shorter than what a search for the first byte of a literal pays for.
            .prefilter(false)
            .build(&self.literals)
            .expect("literals of a readable lexicon fit an automaton");
        Literals { automaton, patterns: self.patterns }
    }
}

/// Literals to find in words, and the patterns that each stands for.
#[derive(Debug)]
struct Literals {
    automaton: AhoCorasick,
    patterns: Vec<Vec<PatternId>>,
}

impl Literals {
    /// Appends the patterns of every literal that stands in a word, wherever.
    fn find(&self, word: &str, out: &mut Vec<PatternId>) {
        if self.patterns.is_empty() {
            return;
        }
        let mut state = OverlappingState::start();
        loop {
            self.automaton.find_overlapping(word, &mut state);
            let Some(found) = state.get_match() else { return };
            out.extend_from_slice(&self.patterns[found.pattern().as_usize()]);
        }
    }
}

/// All distinct patterns of a run.
#[derive(Debug)]
pub(crate) struct Patterns {
    all: Index,
    /// By language: the patterns that what is left of a word satisfies, too.
    behind: Vec<(Stripping, Index)>,
    patterns: Vec<TokenPattern>,
    /// The words that may satisfy any, where that can be told by their ends.
    relevant: Option<Arc<Relevant>>,
}

/// The words that may satisfy any of these patterns, but for the lone `*`, if that can be told by their ends.
fn relevant(patterns: &[TokenPattern]) -> Option<Relevant> {
    Relevant::new(wanted(patterns)?.into_iter())
}

/// What such words are, or begin or end with.
fn wanted(patterns: &[TokenPattern]) -> Option<Vec<Wanted<'_>>> {
    let of_letters = |piece: &str| piece.bytes().all(|b| b.is_ascii_lowercase());
    let wildcards = ['*', '?'];
    let mut wanted = Vec::with_capacity(patterns.len());
    for pattern in patterns.iter().filter(|pattern| !pattern.is_any()) {
        let folded = &*pattern.folded;
        // What is no letter of ASCII stands in none of the words that are told apart.
        if !folded.split(wildcards).all(of_letters) {
            continue;
        }
        wanted.push(match (folded.split(wildcards).next(), folded.rsplit(wildcards).next()) {
            (Some(whole), _) if whole.len() == folded.len() => Wanted::Word(whole),
            (Some(first), _) if !first.is_empty() => Wanted::Beginning(first),
            (_, Some(last)) if !last.is_empty() => Wanted::Ending(last),
            _ => return None,
        });
    }
    Some(wanted)
}

impl Patterns {
    /// The words that may satisfy any, but for the lone `*`; `None` where nothing is told apart.
    pub(crate) fn relevant(&self) -> Option<&Arc<Relevant>> {
        self.relevant.as_ref()
    }

    /// Fills `out` with the patterns that a type satisfies, ascending.
    pub(crate) fn satisfied(&self, word: Judged<'_>, out: &mut Vec<PatternId>) {
        self.all.satisfied(&self.patterns, word, out);
        if !self.behind.is_empty() {
            self.satisfied_behind(word.folded(), out);
        }
    }

    /// Adds those that the word satisfies when proclitics are taken off it.
    #[cold]
    fn satisfied_behind(&self, folded: &str, out: &mut Vec<PatternId>) {
        let mut by_left = Vec::new();
        for (stripping, index) in &self.behind {
            stripping.each_left(folded, |left| {
                // None of these patterns asks how the word is spelled.
                index.satisfied(&self.patterns, Judged::new(left, left), &mut by_left);
                out.extend_from_slice(&by_left);
            });
        }
        out.sort_unstable();
        out.dedup();
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
        let all = ["war", "war*", "*ar", "w?r", "peace", "??", "*a*", "strick*", "trick*", "*en", "z*"];
        let numbers: Vec<_> = all.iter().map(|p| builder.number(&pattern(p, None), None)).collect();
        let us = builder.number(&pattern("us", Some("US")), None);
        assert_eq!(builder.number(&pattern("war", None), None), numbers[0]);
        assert_eq!(builder.number(&pattern("*", None), Some(Clitics::Arabic)), PatternId::ANY);
        let patterns = builder.finish();
        let mut out = Vec::new();
        let mut satisfied = |folded: &str, exact: &str| {
            patterns.satisfied(Judged::new(folded, exact), &mut out);
            out.clone()
        };
        assert_eq!(satisfied("war", "War"), [0, 1, 2, 3, 6].map(|i: usize| numbers[i]));
        assert_eq!(satisfied("us", "us"), [numbers[5]]);
        assert_eq!(satisfied("us", "US"), [numbers[5], us]);
        assert_eq!(satisfied("stricken", "stricken"), [numbers[7], numbers[9]]);
        assert_eq!(satisfied("garden", "garden"), [numbers[6], numbers[9]]);
        assert_eq!(satisfied("trickster", "trickster"), [numbers[8]]);
        assert_eq!(satisfied("zzz", "zzz"), [numbers[10]]);
        assert_eq!(satisfied("xyz", "xyz"), []);
    }

    #[test]
    fn what_is_wanted_is_told_by_the_ends_of_patterns() {
        let of = |folded: &str, exact: Option<&str>| {
            let patterns = [pattern("*", None), pattern(folded, exact)];
            wanted(&patterns).map(|wanted| wanted.iter().map(|w| format!("{w:?}")).collect::<Vec<_>>())
        };
        for (folded, expected) in [
            ("war", r#"Word("war")"#),
            ("war*", r#"Beginning("war")"#),
            ("*fare", r#"Ending("fare")"#),
            ("w?r", r#"Beginning("w")"#),
            ("?ar", r#"Ending("ar")"#),
            ("al*qa*da", r#"Beginning("al")"#),
            ("*a*ism", r#"Ending("ism")"#),
        ] {
            assert_eq!(of(folded, None), Some(vec![expected.to_owned()]), "{folded}");
        }
        assert_eq!(of("us", Some("US")), Some(vec![r#"Word("us")"#.to_owned()]));
        // No word of letters of ASCII satisfies them.
        for folded in ["*n't", "война", "été*", "covid-*", "*5*"] {
            assert_eq!(of(folded, None), Some(vec![]), "{folded}");
        }
        // What may stand anywhere is not told.
        for folded in ["*war*", "??", "?*"] {
            assert_eq!(of(folded, None), None, "{folded}");
        }
    }

    #[test]
    fn proclitics_stand_before_the_patterns_that_let_them() {
        let mut builder = PatternsBuilder::default();
        let bare = builder.number(&pattern("أسرى", None), None);
        let behind = builder.number(&pattern("أسرى", None), Some(Clitics::Arabic));
        let hebrew = builder.number(&pattern("أسرى", None), Some(Clitics::Hebrew));
        let exact = builder.number(&pattern("أسرى", Some("أسرى")), Some(Clitics::Arabic));
        assert_eq!(exact, builder.number(&pattern("أسرى", Some("أسرى")), None));
        let article = builder.number(&pattern("الأسر?", None), Some(Clitics::Arabic));
        let patterns = builder.finish();
        let satisfied = |word: &str| {
            let mut out = Vec::new();
            patterns.satisfied(Judged::new(word, word), &mut out);
            out
        };
        assert_eq!(satisfied("أسرى"), [bare, behind, hebrew, exact]);
        assert_eq!(satisfied("والأسرى"), [behind, article]);
        assert_eq!(satisfied("للأسرى"), [behind, article]);
        assert_eq!(satisfied("الأسرى"), [behind, article]);
        assert_eq!(satisfied("بأسرى"), [behind]);
        assert_eq!(satisfied("مأسرى"), []);
    }
}
