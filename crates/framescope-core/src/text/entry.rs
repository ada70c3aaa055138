//! Terms of a lexicon, cut into tokens by the code that cuts articles.

use super::fold;
use super::spans::Spans;
use super::words::{Found, Words};

/// One token of a term: what it matches. `*` and `?` in it are wildcards, because a token of a
/// text never holds either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryToken {
    /// For matching the folded token.
    pub folded: String,
    /// For matching the token as spelled.
    pub exact: String,
}

/// Why a term cannot be cut into tokens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EntryTokensError {
    /// It holds one of the two letters that stand for wildcards meanwhile.
    #[error("the term holds the letter {0}, which framescope keeps for itself")]
    ReservedLetter(char),
}

/// Letters of an obscure script that stand for `*` and `?` while the term is cut, so that the
/// rules treat a wildcard as a letter of its word.
const ANY_RUN: char = '\u{16B63}';
const ANY_ONE: char = '\u{16B64}';

/// Whether a letter stands for a wildcard.
pub(super) fn is_wildcard(c: char) -> bool {
    matches!(c, ANY_RUN | ANY_ONE)
}

/// Cuts a term into tokens. `\*` and `\?` are the marks themselves, and so no part of a token.
///
/// The result is empty if the term holds no letter, digit or wildcard.
///
/// # Errors
/// If the term holds a letter that stands for a wildcard meanwhile.
pub fn entry_tokens(term: &str) -> Result<Vec<EntryToken>, EntryTokensError> {
    // What nearly every term is made of, and of which every piece is a word: lexicons are read at every start.
    if term.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'*' | b'?' | b' ' | b'-')) {
        let token = |piece: &str| {
            let mut exact = piece.to_owned();
            // A search for two marks costs more than all else, and nearly no term has one.
            while exact.contains('*') && exact.contains("**") {
                exact = exact.replace("**", "*");
            }
            EntryToken { folded: exact.to_ascii_lowercase(), exact }
        };
        return Ok(term.split([' ', '-']).filter(|piece| !piece.is_empty()).map(token).collect());
    }
    by_the_words_of_articles(term)
}

/// The same of any term.
fn by_the_words_of_articles(term: &str) -> Result<Vec<EntryToken>, EntryTokensError> {
    let mut text = String::with_capacity(term.len() + 8);
    let mut chars = term.chars();
    while let Some(c) = chars.next() {
        match c {
            ANY_RUN | ANY_ONE => return Err(EntryTokensError::ReservedLetter(c)),
            '\\' if matches!(chars.as_str().chars().next(), Some('*' | '?' | '\\')) => {
                text.extend(chars.next());
            }
            '*' if !text.ends_with(ANY_RUN) => text.push(ANY_RUN),
            '*' => {}
            '?' => text.push(ANY_ONE),
            c => text.push(c),
        }
    }
    let mut spans = Spans::default();
    let mut found = Found::default();
    let mut words = Words { source: &text, spans: &mut spans, found: &mut found, before: 0 };
    words.chunk(0, text.len());
    let wildcards = |s: String| s.replace(ANY_RUN, "*").replace(ANY_ONE, "?");
    let token = |(start, end): (u32, u32)| {
        let spelling = &text[start as usize..end as usize];
        EntryToken { folded: wildcards(fold::fold(spelling)), exact: wildcards(fold::exact(spelling)) }
    };
    Ok(spans.from(0).map(token).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn plain_terms_are_cut_as_articles_are(term in "[A-Za-z*? -]{0,24}", words in "([a-zS]{1,3}[*? -]?){0,6}") {
            for term in [term, words] {
                proptest::prop_assert_eq!(entry_tokens(&term), by_the_words_of_articles(&term), "{}", term);
            }
        }
    }

    #[test]
    fn table() {
        for (term, tokens) in [
            ("hostage", "hostage"),
            ("Hostage*", "hostage*"),
            ("far-right", "far right"),
            ("far–right", "far right"),
            ("cease-fire*", "cease fire*"),
            ("put * on the brink", "put * on the brink"),
            ("organi?ation", "organi?ation"),
            ("*n't", "*n't"),
            ("U.S. troops", "u.s troops"),
            ("St. Maarten", "st maarten"),
            ("AT&T", "at&t"),
            ("Turks&Caicos", "turks&caicos"),
            ("l'État", "l état"),
            ("aujourd'hui", "aujourd'hui"),
            ("9/11", "9 11"),
            ("3.5", "3.5"),
            ("\\*", ""),
            ("M\\*A", "m a"),
            ("(((word)))", "word"),
            ("...", ""),
            ("**", "*"),
            ("war**", "war*"),
            ("印度尼西亚", "印度 尼西亚"),
            ("印度*", "印度*"),
            ("*战争 印度?", "*战争 印度?"),
            ("Israel's", "israel"),
            ("צה״ל", "צה\"ל"),
            ("a\u{A0}b\u{202F}c\td", "a b c d"),
            ("https://a.org/x\\?y", "https://a.org/x?y"),
            ("#Gaza", "gaza"),
            ("https://example.org/a", "https://example.org/a"),
        ] {
            let cut = entry_tokens(term).unwrap();
            let folded: Vec<_> = cut.iter().map(|t| t.folded.as_str()).collect();
            assert_eq!(folded.join(" "), tokens, "{term}");
        }
        assert_eq!(entry_tokens("US").unwrap()[0].exact, "US");
        assert!(entry_tokens("\u{16B63}").is_err());
    }
}
