//! Words of usual letters: those that are folded one by one, whatever stands beside them.
//!
//! Folding knows all of Unicode and is slow. Most words beyond ASCII are letters of one and two bytes of which each is
//! one letter folded, composed already and composed with nothing; the library is asked about each of those once, and the
//! answers are kept in a table that all threads share.

use std::sync::atomic::{AtomicU16, Ordering::Relaxed};

use unicode_normalization::char::canonical_combining_class;

use super::classes::{Class, class};
use super::fold;

/// Folds a word of usual letters only onto `out`; of any other nothing, and says so. Such a word is spelled as it is.
pub(super) fn fold_onto(word: &str, out: &mut String) -> bool {
    let start = out.len();
    for c in word.chars() {
        let folded = match c {
            'a'..='z' => Some(c),
            'A'..='Z' => Some(c.to_ascii_lowercase()),
            _ => folded(c),
        };
        let Some(folded) = folded else {
            out.truncate(start);
            return false;
        };
        out.push(folded);
    }
    true
}

/// One past the last character of two bytes.
const END: usize = 0x800;
/// By code point; 0: not asked yet.
static FOLDED: [AtomicU16; END] = [const { AtomicU16::new(0) }; END];
/// What is no usual letter.
const NONE: u16 = u16::MAX;

/// What a usual letter beyond ASCII is folded.
fn folded(c: char) -> Option<char> {
    let place = FOLDED.get(c as usize)?;
    let mut known = place.load(Relaxed);
    if known == 0 {
        known = ask(c).map_or(NONE, |folded| folded as u16);
        place.store(known, Relaxed);
    }
    // No code point of a character is that.
    char::from_u32(u32::from(known)).filter(|_| known != NONE)
}

fn ask(c: char) -> Option<char> {
    let spelled = String::from(c);
    let folded = fold::fold(&spelled);
    let mut folded = folded.chars();
    let (Some(one), None) = (folded.next(), folded.next()) else { return None };
    // Below that, what a character is composed with has a combining class. A vowel sign of Thaana has none, is alphabetic
    // and yet no letter.
    let is_letter = |c: char| c.is_alphabetic() && class(c) != Class::Extend;
    let is_usual = |c: char| is_letter(c) && canonical_combining_class(c) == 0 && (c as usize) < END;
    (is_usual(c) && is_usual(one) && fold::exact(&spelled) == spelled).then_some(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        for (word, folded) in [
            ("Заложники", Some("заложники")),
            ("ÉTAT", Some("état")),
            ("İstanbul", Some("istanbul")),
            ("ΣΊΣΥΦΟΣ", Some("σίσυφοσ")),
            ("حماس", Some("حماس")),
            ("Straße", None),
            ("e\u{301}tat", None),
            ("ال\u{640}حرب", None),
            ("7е", None),
            ("d’État", None),
            ("語", None),
            ("ބަ", None),
        ] {
            let mut out = String::from("before ");
            assert_eq!(fold_onto(word, &mut out), folded.is_some(), "{word}");
            assert_eq!(out, format!("before {}", folded.unwrap_or_default()), "{word}");
        }
    }

    proptest::proptest! {
        // Of two bytes all, and what they are composed with.
        #[test]
        fn usual_letters_are_folded_as_all_are(word in "([a-zA-Z]|[\u{80}-\u{7FF}]|[À-ɏА-ѿ]){1,8}") {
            let mut folded = String::new();
            if fold_onto(&word, &mut folded) {
                proptest::prop_assert_eq!(&folded, &fold::fold(&word));
                proptest::prop_assert_eq!(&fold::exact(&word), &word);
                proptest::prop_assert!(word.chars().all(char::is_alphabetic));
            }
        }
    }
}
