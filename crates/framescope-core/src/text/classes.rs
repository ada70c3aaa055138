//! Sentence_Break classes (UAX #29, table 4), of any character.
//!
//! unicode-segmentation keeps its tables to itself, but tells how it breaks a text. Its answers to
//! a few short questions about a character give the character's class, because no two classes
//! answer them all alike. Each character is asked about once; the answers are kept in a table that
//! all threads share.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

use unicode_segmentation::UnicodeSegmentation;

/// The classes, as far as they are told apart here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    /// Sp, and the line ends, which are white space inside a paragraph by design 3.4.
    Space,
    Lower,
    Upper,
    /// OLetter
    Letter,
    Number,
    /// ATerm
    Stop,
    /// STerm
    Mark,
    /// SContinue
    Continue,
    Close,
    /// Extend and Format: belongs to the character before it.
    Extend,
    Other,
}

/// Every class and a character of it.
const REPRESENTATIVES: [(Class, char); 11] = [
    (Class::Space, ' '),
    (Class::Lower, 'x'),
    (Class::Upper, 'X'),
    (Class::Letter, 'א'),
    (Class::Number, '5'),
    (Class::Stop, '.'),
    (Class::Mark, '!'),
    (Class::Continue, ','),
    (Class::Close, ')'),
    (Class::Extend, '\u{300}'),
    (Class::Other, '€'),
];

static ASCII: [Class; 128] = {
    let mut table = [Class::Other; 128];
    let mut i = 0;
    while i < 128 {
        table[i] = match i as u8 {
            b' ' | b'\t'..=b'\r' => Class::Space,
            b'a'..=b'z' => Class::Lower,
            b'A'..=b'Z' => Class::Upper,
            b'0'..=b'9' => Class::Number,
            b'.' => Class::Stop,
            b'!' | b'?' => Class::Mark,
            b',' | b'-' | b':' | b';' => Class::Continue,
            b'"' | b'\'' | b'(' | b')' | b'[' | b']' | b'{' | b'}' => Class::Close,
            _ => Class::Other,
        };
        i += 1;
    }
    table
};

/// The class of a character, + 1; 0: not asked yet.
static ASKED: [AtomicU8; 0x11_0000] = [const { AtomicU8::new(0) }; 0x11_0000];

/// The class of a character.
#[inline]
pub(super) fn class(c: char) -> Class {
    match ASCII.get(c as usize) {
        Some(class) => *class,
        None => beyond_ascii(c),
    }
}

/// Whether a character is a line end, which is white space inside a paragraph.
pub(super) fn is_line_end(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn beyond_ascii(c: char) -> Class {
    let known = ASKED[c as usize].load(Relaxed);
    if let Some((class, _)) = usize::from(known).checked_sub(1).and_then(|i| REPRESENTATIVES.get(i)) {
        return *class;
    }
    let class = if is_line_end(c) { Class::Space } else { ask(c) };
    ASKED[c as usize].store(class as u8 + 1, Relaxed);
    class
}

fn ask(c: char) -> Class {
    static ANSWERS: LazyLock<[(Class, Answers); 11]> = LazyLock::new(|| REPRESENTATIVES.map(|(k, c)| (k, answers(c))));
    let answers = answers(c);
    ANSWERS.iter().find(|(_, known)| *known == answers).map_or(Class::Other, |(class, _)| *class)
}

/// Where a sentence begins in each of the questions: at the character, behind it, or nowhere.
type Answers = [Option<bool>; 7];

fn answers(c: char) -> Answers {
    [("a.", "B"), ("1.", "B"), ("a!", "B"), ("a. ", "B"), ("a. ", "b"), ("1", "B"), ("a", "1")].map(
        |(before, after)| {
            let text = format!("{before}{c}{after}");
            let mut breaks = text.split_sentence_bound_indices().skip(1).map(|(i, _)| i);
            breaks.find(|&i| i >= before.len()).map(|i| i > before.len())
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_classes_answer_alike() {
        for (i, (class, c)) in REPRESENTATIVES.iter().enumerate() {
            assert_eq!(*class as usize, i, "the order of the table is that of the classes");
            for (_, other) in &REPRESENTATIVES[i + 1..] {
                assert_ne!(answers(*c), answers(*other), "{c:?} {other:?}");
            }
        }
    }

    #[test]
    fn the_table_of_ascii_is_what_the_library_answers() {
        for c in (0..128).map(char::from).filter(|&c| !is_line_end(c)) {
            assert_eq!(class(c), ask(c), "{c:?}");
        }
    }

    #[test]
    fn table() {
        for (c, expected) in [
            ('é', Class::Lower),
            ('Я', Class::Upper),
            ('ه', Class::Letter),
            ('語', Class::Letter),
            ('٣', Class::Number),
            ('؟', Class::Mark),
            ('。', Class::Mark),
            ('\u{2024}', Class::Stop),
            ('،', Class::Continue),
            ('—', Class::Continue),
            ('“', Class::Close),
            ('」', Class::Close),
            ('\u{301}', Class::Extend),
            ('\u{200F}', Class::Extend),
            ('\u{3000}', Class::Space),
            ('\u{2028}', Class::Space),
            ('…', Class::Other),
            ('¿', Class::Other),
        ] {
            assert_eq!((class(c), class(c)), (expected, expected), "{c:?}");
        }
    }
}
