//! Wildcards that take more than was meant: `war*` takes warning and warrant.

use rustc_hash::FxHashMap;

use super::super::covers::covers;
use super::{Lint, LintKind};
use crate::lexicon::{Lexicon, Term};

/// Words of English news.
const WORDS: &str = include_str!("../news_words.txt");
/// Longer stems, and the words of another meaning that they take.
const TRAPS: &str = include_str!("../stem_traps.txt");
/// A stem of so many letters says what it means, as far as one can tell without a list.
const ENOUGH: usize = 4;
/// So many words are named.
const NAMED: usize = 6;

pub(super) fn lint(lexicon: &Lexicon, lints: &mut Vec<Lint>) {
    let words: Vec<&str> = lines(WORDS).flat_map(str::split_whitespace).collect();
    let traps: FxHashMap<&str, Vec<&str>> = lines(TRAPS)
        .filter_map(|line| line.split_once(':'))
        .map(|(stem, words)| (stem, words.split_whitespace().collect()))
        .collect();
    let entries = lexicon.entries.iter().map(|entry| &entry.term);
    let masks = lexicon.masks.iter().flat_map(|mask| &mask.terms);
    for term in entries.chain(masks) {
        if let Some(kind) = greedy(term, &words, &traps) {
            lints.push(Lint::at(term.place, kind));
        }
    }
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

fn greedy(term: &Term, words: &[&'static str], traps: &FxHashMap<&str, Vec<&'static str>>) -> Option<LintKind> {
    let [token] = term.tokens.as_slice() else { return None };
    let pattern = &*token.folded;
    let begins = pattern.ends_with('*');
    if !begins && !pattern.starts_with('*') {
        return None;
    }
    let stem = pattern.trim_matches('*');
    let greedy = |words: Vec<&str>| LintKind::Greedy {
        term: term.text.clone(),
        words: words.into_iter().map(str::to_owned).collect(),
        stem: stem.to_owned(),
        begins,
    };
    if token.literal_chars() >= ENOUGH {
        let traps = traps.get(stem).filter(|_| begins && !pattern.starts_with('*'))?;
        return Some(greedy(traps.clone()));
    }
    // Two characters are a word in scripts without spaces.
    if stem.chars().any(|c| c as u32 >= 0x2E80) {
        return None;
    }
    let mut taken: Vec<&str> = words.iter().copied().filter(|word| *word != stem && covers(pattern, word)).collect();
    if taken.len() > NAMED {
        taken.truncate(NAMED);
        taken.push("...");
    }
    Some(greedy(taken))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order() {
        let words: Vec<&str> = lines(WORDS).flat_map(str::split_whitespace).collect();
        assert!(words.len() > 2000);
        assert!(words.iter().all(|word| word.chars().all(|c| c.is_ascii_lowercase())));
        let stems: Vec<(&str, &str)> = lines(TRAPS).filter_map(|line| line.split_once(':')).collect();
        assert!(stems.is_sorted_by(|a, b| a.0 < b.0));
        for (stem, words) in stems {
            assert!(stem.chars().count() >= ENOUGH, "{stem}: shorter ones are looked up in the other list");
            assert!(words.split_whitespace().all(|word| word.starts_with(stem) && word != stem), "{stem}");
        }
    }
}
