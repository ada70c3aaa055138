//! What is left of a token when its proclitics are taken off, in every way that the data allow.

use crate::text::Proclitics;

/// The words that may be left of a folded token, itself apart.
pub(in crate::matching) fn left_of(token: &str, clitics: &Proclitics) -> Vec<String> {
    let mut left = Vec::new();
    take_off(token, &clitics.order, &clitics.contractions, &mut left);
    left.retain(|word| Proclitics::is_word(word));
    left
}

/// Takes one of the first list off, or none, and goes on with the lists after it.
fn take_off(token: &str, order: &[Vec<String>], contractions: &[(String, Vec<String>)], left: &mut Vec<String>) {
    let Some((first, later)) = order.split_first() else { return };
    take_off(token, later, contractions, left);
    for spelling in spellings(token, contractions) {
        for clitic in first {
            if let Some(rest) = spelling.strip_prefix(clitic.as_str()) {
                left.push(rest.to_owned());
                take_off(rest, later, contractions, left);
            }
        }
    }
}

/// A token as it is written, and with the contraction at its beginning written out.
fn spellings(token: &str, contractions: &[(String, Vec<String>)]) -> Vec<String> {
    let mut spellings = vec![token.to_owned()];
    for (written, stands_for) in contractions {
        if let Some(rest) = token.strip_prefix(written.as_str()) {
            spellings.extend(stands_for.iter().map(|spelled| format!("{spelled}{rest}")));
        }
    }
    spellings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    fn left(token: &str, code: &str) -> Vec<String> {
        let data = text::language(code).map(|data| data.clitics.clone()).unwrap_or_default();
        let mut left = left_of(token, &data);
        left.sort();
        left.dedup();
        left
    }

    #[test]
    fn arabic() {
        assert_eq!(left("والأسرى", "ar"), ["أسرى", "الأسرى"]);
        assert_eq!(left("فبالأسرى", "ar"), ["أسرى", "الأسرى", "بالأسرى"]);
        assert_eq!(left("أسرى", "ar"), [""; 0]);
        // The order holds: an article before a preposition is none.
        assert_eq!(left("الوالي", "ar"), ["والي"]);
        for (token, word) in [
            ("للأسرى", "أسرى"),
            ("للأسرى", "الأسرى"),
            ("وللأسرى", "الأسرى"),
            ("للغة", "لغة"),
            ("للغة", "اللغة"),
            ("للبنان", "لبنان"),
            ("بلبنان", "لبنان"),
            ("والدم", "دم"),
        ] {
            assert!(left(token, "ar").iter().any(|w| w == word), "{token}: {word}");
        }
        // One letter is no word.
        assert!(!left("والد", "ar").contains(&"د".to_owned()));
    }

    #[test]
    fn hebrew() {
        assert_eq!(left("ושהאסירים", "he"), ["אסירים", "האסירים", "שהאסירים"]);
        assert_eq!(left("לכשהשר", "he"), ["השר", "כשהשר", "שר"]);
        assert_eq!(left("מהשטח", "he"), ["השטח", "שטח"]);
        // The article is not written after ב.
        assert_eq!(left("בהריסות", "he"), ["הריסות"]);
        assert_eq!(left("שלום", "en"), [""; 0]);
    }
}
