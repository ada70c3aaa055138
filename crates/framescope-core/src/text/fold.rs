//! Folding: what is the same word for matching.
//!
//! NFC and full Unicode case folding; İ and I become i, ı stays; curly and straight apostrophes
//! and quotation marks are the same; marks that a reader does not see (soft hyphen, zero-width and bidi marks,
//! Arabic tatweel and harakat) are skipped. One fold for all lexicons.

use caseless::Caseless;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A token as matched.
pub fn fold(token: &str) -> String {
    if token.is_ascii() {
        return token.to_ascii_lowercase();
    }
    // Full case folding makes "i" and a combining dot of İ; the dot is no part of the word in
    // any language that a lexicon is written in.
    let mut dotless = exact(token).replace('İ', "i");
    // The same word folded by someone else (İ of Turkish keeps its dot when a program lowers it).
    while dotless.contains("i\u{307}") {
        dotless = dotless.replace("i\u{307}", "i");
    }
    dotless.chars().default_case_fold().nfc().collect()
}

/// A token as spelled, less what is skipped, in NFC and with one kind of apostrophe and quotation
/// mark: what `case = "exact"` is held against.
pub(super) fn exact(token: &str) -> String {
    if token.is_ascii() {
        return token.to_owned();
    }
    let visible = token.chars().filter(|&c| !is_invisible(c)).map(|c| match c {
        c if is_apostrophe(c) || c == '\u{5F3}' => '\'',
        // In a word only Hebrew has one: צה״ל, צה"ל.
        '\u{5F4}' | '“' | '”' | '„' | '‟' => '"',
        c => c,
    });
    let visible: String = visible.collect();
    let composed = if is_nfc(&visible) { visible } else { visible.nfc().collect() };
    // What NFC composes with its letter (the maddah of آ) is no mark that is skipped.
    if composed.contains(is_haraka) { composed.chars().filter(|&c| !is_haraka(c)).nfc().collect() } else { composed }
}

/// Whether a character is skipped before tokens are cut.
pub(super) fn is_skipped(c: char) -> bool {
    is_invisible(c) || is_haraka(c)
}

/// Soft hyphen, zero-width and bidi marks; and tatweel, which is seen but means nothing.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{61C}'
            | '\u{640}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}'
    )
}

/// The vowel and reading signs of Arabic.
fn is_haraka(c: char) -> bool {
    matches!(
        c,
        '\u{610}'..='\u{61A}'
            | '\u{64B}'..='\u{65F}'
            | '\u{670}'
            | '\u{6D6}'..='\u{6DC}'
            | '\u{6DF}'..='\u{6E4}'
            | '\u{6E7}'..='\u{6E8}'
            | '\u{6EA}'..='\u{6ED}'
    )
}

/// Whether a character is an apostrophe.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{201B}' | '\u{2BC}' | '\u{FF07}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        for (token, folded) in [
            ("Hamas", "hamas"),
            ("ÉTAT", "état"),
            ("e\u{301}tat", "état"),
            ("Straße", "strasse"),
            ("İstanbul", "istanbul"),
            ("Isparta", "isparta"),
            ("ısı", "ısı"),
            ("i\u{307}stanbul", "istanbul"),
            ("i\u{307}\u{307}", "i"),
            ("don’t", "don't"),
            ("DON'T", "don't"),
            ("pris\u{AD}on\u{200B}er", "prisoner"),
            ("مُحَمَّد", "محمد"),
            ("الـــحرب", "الحرب"),
            ("ا\u{653}ن", "آن"),
            ("צה״ל", "צה\"ל"),
            ("צה”ל", "צה\"ל"),
            ("ג׳ורג׳", "ג'ורג'"),
            ("ΣΊΣΥΦΟΣ", "σίσυφοσ"),
            ("ﬁre", "fire"),
        ] {
            assert_eq!(fold(token), folded, "{token}");
        }
        assert_eq!(exact("U\u{200B}S’s"), "US's");
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_is_folding_once(token in "\\PC{0,12}") {
            let once = fold(&token);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }
}
