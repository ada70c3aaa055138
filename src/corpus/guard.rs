//! The formula guard: a text cell that a spreadsheet would run gets an apostrophe before it.
//!
//! A CSV cell that begins with `= + - @`, a tab or a carriage return is run as a formula by Excel
//! and LibreOffice, quotation marks around it or not (OWASP, CSV injection; CWE-1236). Numbers are
//! left alone. A cell that begins with apostrophes before such a character gets one more, so that
//! [`unguard`] gives back every text exactly. Both stand on the lower of the floors that need
//! them: reading undoes what writing did.

/// Whether a text cell needs an apostrophe before it.
pub fn needs_guard(text: &str) -> bool {
    let rest = text.trim_start_matches('\'');
    begins_formula(rest) && (rest.len() < text.len() || !is_number(rest))
}

/// The text of a cell that may have been guarded.
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if begins_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

fn begins_formula(text: &str) -> bool {
    matches!(text.as_bytes().first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r'))
}

/// A signed number, with a decimal point or comma; words that `f64` would take ("-inf") are none.
fn is_number(text: &str) -> bool {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | ',' | 'e' | 'E');
    text.chars().all(digits) && text.replacen(',', ".", 1).parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for text in
            ["=1+1", "+cmd", "-x", "- Jerusalem Time", "@sum", "\tx", "\rx", "-inf", "'=1", "+1-2", "-", "-1,5,5"]
        {
            assert!(needs_guard(text), "{text:?}");
        }
        for text in ["", "a=b", "-5", "+3.25", "-1,5", "-1e-7", "'tis", "''", "–5", "x\t"] {
            assert!(!needs_guard(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn unguarding_gives_back_every_text(text in "'{0,3}[=+\\-@\t\r15.,ea']{0,4}\\PC{0,3}") {
            let cell = if needs_guard(&text) { format!("'{text}") } else { text.clone() };
            prop_assert_eq!(unguard(&cell), text);
            let is_safe = !begins_formula(&cell) || is_number(&cell);
            prop_assert!(is_safe);
        }
    }
}
