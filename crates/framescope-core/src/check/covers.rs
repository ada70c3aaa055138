//! Whether one pattern matches all that another matches, and how to find such patterns among many.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::{Term, TokenPattern};

/// Whether every word that matches `narrow` matches `wide`. `*` is any run of characters, `?` one.
///
/// `wide` is matched against `narrow` as if that were a word in which `*` and `?` are letters that
/// only a wildcard of the same reach or a wider one matches. A few pairs that mean the same
/// (`*?` and `?*`) are not seen, no pair is seen that is none.
pub(super) fn covers(wide: &str, narrow: &str) -> bool {
    let wide: Vec<char> = wide.chars().collect();
    let narrow: Vec<char> = narrow.chars().collect();
    let (mut w, mut n) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while n < narrow.len() {
        match wide.get(w) {
            Some('*') => {
                retry = Some((w, n));
                w += 1;
                continue;
            }
            Some('?') if narrow[n] != '*' => {
                w += 1;
                n += 1;
                continue;
            }
            Some(c) if *c != '?' && *c == narrow[n] => {
                w += 1;
                n += 1;
                continue;
            }
            _ => {}
        }
        let Some((star, from)) = retry else { return false };
        retry = Some((star, from + 1));
        (w, n) = (star + 1, from + 1);
    }
    wide[w..].iter().all(|c| *c == '*')
}

/// The same of token patterns, case minded.
pub(super) fn token_covers(wide: &TokenPattern, narrow: &TokenPattern) -> bool {
    covers(&wide.folded, &narrow.folded)
        && match (&wide.exact, &narrow.exact) {
            (None, _) => true,
            (Some(wide), Some(narrow)) => covers(wide, narrow),
            (Some(_), None) => false,
        }
}

/// Whether a term matches wherever another does, on the same tokens; conditions apart.
pub fn term_covers(wide: &Term, narrow: &Term) -> bool {
    wide.tokens.len() == narrow.tokens.len() && tokens_cover(&wide.tokens, &narrow.tokens)
}

/// Whether some word matches both. `*` is any run of characters, `?` one.
fn meet(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    // Whether what is left of both from here on has a word in common, from the ends backwards.
    let mut later = vec![false; other.len() + 1];
    for i in (0..=one.len()).rev() {
        let mut row = vec![false; other.len() + 1];
        for j in (0..=other.len()).rev() {
            let (mine, its) = (one.get(i), other.get(j));
            row[j] = match (mine, its) {
                (None, None) => true,
                // A run is nothing, or takes what comes next in the other.
                (Some('*'), Some(_)) => later[j] || row[j + 1],
                (Some('*'), None) => later[j],
                (Some(_), Some('*')) => row[j + 1] || later[j],
                (None, Some('*')) => row[j + 1],
                (Some(a), Some(b)) => (a == b || *a == '?' || *b == '?') && later[j + 1],
                (None, Some(_)) | (Some(_), None) => false,
            };
        }
        later = row;
    }
    later[0]
}

/// Whether two terms may stand on the same tokens, case apart.
pub(super) fn terms_meet(one: &Term, other: &Term) -> bool {
    let mut pairs = one.tokens.iter().zip(&other.tokens);
    one.tokens.len() == other.tokens.len() && pairs.all(|(one, other)| meet(&one.folded, &other.folded))
}

/// Token by token.
pub(super) fn tokens_cover(wide: &[TokenPattern], narrow: &[TokenPattern]) -> bool {
    wide.iter().zip(narrow).all(|(wide, narrow)| token_covers(wide, narrow))
}

/// What is never compared (paths), how many tokens a term has, and which of them a piece is from.
type Shelf = (u32, usize, usize);

/// Terms by a piece of text that whatever they cover must hold, so that a term need not be
/// compared with all others.
#[derive(Default)]
pub(super) struct CoverIndex {
    /// From pieces to terms.
    pieces: FxHashMap<Shelf, FxHashMap<Box<str>, Vec<usize>>>,
    /// How long pieces are, in bytes.
    lengths: FxHashMap<Shelf, FxHashSet<usize>>,
}

impl CoverIndex {
    /// Adds a term under a number of the caller's.
    pub(super) fn add(&mut self, scope: u32, term: &Term, number: usize) {
        let longest = term.tokens.iter().enumerate().flat_map(|(token, pattern)| {
            pattern.folded.split(['*', '?']).map(move |piece| (piece.len(), token, piece))
        });
        let Some((length, token, piece)) = longest.max_by_key(|(length, ..)| *length) else { return };
        let key = (scope, term.tokens.len(), token);
        self.pieces.entry(key).or_default().entry(piece.into()).or_default().push(number);
        self.lengths.entry(key).or_default().insert(length);
    }

    /// The numbers of the terms of a scope that may cover this one; each once.
    pub(super) fn may_cover(&self, scope: u32, term: &Term) -> Vec<usize> {
        let mut found = Vec::new();
        for (token, pattern) in term.tokens.iter().enumerate() {
            let key = (scope, term.tokens.len(), token);
            let (Some(pieces), Some(lengths)) = (self.pieces.get(&key), self.lengths.get(&key)) else { continue };
            for part in pattern.folded.split(['*', '?']) {
                for (start, _) in part.char_indices() {
                    for length in lengths {
                        if let Some(numbers) = part.get(start..start + length).and_then(|piece| pieces.get(piece)) {
                            found.extend_from_slice(numbers);
                        }
                    }
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Whether a word matches a pattern, by definition.
    fn matches(pattern: &[char], word: &[char]) -> bool {
        match pattern.split_first() {
            None => word.is_empty(),
            Some(('*', rest)) => (0..=word.len()).any(|skip| matches(rest, &word[skip..])),
            Some(('?', rest)) => !word.is_empty() && matches(rest, &word[1..]),
            Some((c, rest)) => word.first() == Some(c) && matches(rest, &word[1..]),
        }
    }

    proptest! {
        #[test]
        fn what_is_covered_matches(wide in "[ab*?]{1,5}", narrow in "[ab*?]{1,5}", words in prop::collection::vec("[abc]{0,6}", 40)) {
            let chars = |s: &str| s.chars().collect::<Vec<_>>();
            if covers(&wide, &narrow) {
                for word in words.iter().map(|w| chars(w)).filter(|w| matches(&chars(&narrow), w)) {
                    prop_assert!(matches(&chars(&wide), &word), "{wide} {narrow} {word:?}");
                }
            }
        }

        #[test]
        fn patterns_meet_where_a_word_matches_both(one in "[ab*?]{0,4}", other in "[ab*?]{0,4}") {
            // A word that matches both and is longest without need has at most a letter a sign.
            let mut words = vec![String::new()];
            for _ in 0..8 {
                let longer: Vec<_> = words.iter().filter(|w| w.len() == words.last().map_or(0, String::len))
                    .flat_map(|w| ["a", "b"].map(|c| format!("{w}{c}"))).collect();
                words.extend(longer);
            }
            let chars = |s: &str| s.chars().collect::<Vec<_>>();
            let both = |w: &String| matches(&chars(&one), &chars(w)) && matches(&chars(&other), &chars(w));
            prop_assert_eq!(meet(&one, &other), words.iter().any(both), "{} {}", one, other);
        }

        #[test]
        fn a_word_is_covered_by_what_it_matches(wide in "[ab*?]{1,5}", word in "[ab]{1,6}") {
            let chars = |s: &str| s.chars().collect::<Vec<_>>();
            prop_assert_eq!(covers(&wide, &word), matches(&chars(&wide), &chars(&word)));
        }

        #[test]
        fn the_index_misses_none_that_covers(terms in prop::collection::vec("([ab*?]{0,3}[ab][ab*?]{0,3}|\\*)( ?[ab]{1,3}\\*?)?", 1..12)) {
            let terms: Vec<Term> = terms.iter().map(|t| term(t)).filter(|t| t.tokens.iter().any(|t| t.literal_chars() > 0)).collect();
            let mut index = CoverIndex::default();
            for (number, term) in terms.iter().enumerate() {
                index.add(0, term, number);
            }
            for narrow in &terms {
                let may = index.may_cover(0, narrow);
                for (number, wide) in terms.iter().enumerate() {
                    prop_assert!(!term_covers(wide, narrow) || may.contains(&number), "{:?} {:?}", wide, narrow);
                }
            }
        }
    }

    fn term(text: &str) -> Term {
        let tokens = text.split_whitespace().map(|t| TokenPattern { folded: t.into(), exact: None }).collect();
        Term { text: text.to_owned(), tokens, conditions: Vec::new(), place: Default::default() }
    }

    #[test]
    fn wildcards_cover_words_and_each_other() {
        assert!(covers("hostage*", "hostage"));
        assert!(covers("hostage*", "hostages*"));
        assert!(covers("*age?", "host*ages"));
        assert!(!covers("hostage", "hostage*"));
        assert!(!covers("a?", "a*"));
        assert!(!covers("war*", "wa*"));
    }
}
