//! Chunks in which a character may mean more than it does elsewhere.
//!
//! [`read`] knows the usual ones (contractions, elisions, marks inside a chunk) byte by byte, and
//! asks [`Words::chunk`], the path that knows everything, for the rest.

use super::lang;
use super::words::Words;

/// What a byte means here.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Byte {
    /// White space: ends a chunk.
    Space,
    /// An ASCII letter or digit; a byte of U+0100 to U+017F or U+0400 to U+047F, letters all.
    /// (Bytes that go on a character are only asked for inside such a letter.)
    Word,
    /// The first byte of U+00C0 to U+00FF, letters all but × and ÷.
    Latin,
    /// Parts words and means nothing more.
    Plain,
    /// `.` `!` `?`
    Terminator,
    /// `,` `;`: parts words, unless between digits.
    Number,
    /// `"`
    Quote,
    /// `'`
    Apostrophe,
    /// Parts words, unless between letters or in `://`.
    Colon,
    /// `#` `@`: parts words at the start of a chunk, may join inside it.
    Prefix,
    /// The first byte of U+0080 to U+00BF: signs, guillemets, the no-break space.
    Signs,
    /// The first byte of the general punctuation block, among others.
    Punctuation,
    /// What only the careful path knows.
    Unknown,
}

static BYTES: [Byte; 256] = {
    let mut table = [Byte::Plain; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = match i as u8 {
            b' ' | b'\t'..=b'\r' => Byte::Space,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | 0x80..=0xBF | 0xC4 | 0xC5 | 0xD0 | 0xD1 => Byte::Word,
            0xC3 => Byte::Latin,
            b'.' | b'!' | b'?' => Byte::Terminator,
            b',' | b';' => Byte::Number,
            b'"' => Byte::Quote,
            b'\'' => Byte::Apostrophe,
            b':' => Byte::Colon,
            b'#' | b'@' => Byte::Prefix,
            0xC2 => Byte::Signs,
            0xE2 => Byte::Punctuation,
            b'_' | b'&' | 0xC0.. => Byte::Unknown,
            _ => Byte::Plain,
        };
        i += 1;
    }
    table
};

/// What stands at a place; behind the end, white space.
#[inline(always)]
fn byte(text: &[u8], at: usize) -> Byte {
    text.get(at).map_or(Byte::Space, |&b| BYTES[b as usize])
}

/// Reads the words of a chunk, `source[start..end]`, in which no white space of ASCII stands.
pub(super) fn read(words: &mut Words<'_>, start: usize, end: usize) {
    let text = &words.source.as_bytes()[..end];
    let before = (words.spans.len(), words.found.marks.len(), words.found.terminators.len());
    if plain_chunk(words, text, start).is_none() {
        words.spans.truncate(before.0);
        words.found.marks.truncate(before.1);
        words.found.terminators.truncate(before.2);
        words.chunk(start, end);
    }
}

/// Reads one chunk and returns its end, or `None` where more must be known.
#[inline(always)]
fn plain_chunk(words: &mut Words<'_>, text: &[u8], start: usize) -> Option<usize> {
    let class = |i: usize| byte(text, i);
    let is_word = |i: usize| matches!(class(i), Byte::Word | Byte::Latin);
    let is_digit = |i: usize| text.get(i).is_some_and(u8::is_ascii_digit);
    let mut at = start;
    // White space beyond ASCII begins a chunk anew.
    let mut start = start;
    // Whether the byte before `at` ends a word of this chunk.
    let mut after_word = false;
    loop {
        match class(at) {
            Byte::Space => return Some(at),
            Byte::Word | Byte::Latin => {
                let from = at;
                at = word_end(text, at)?;
                if text.get(at) == Some(&b'.')
                    && let Some(end) = initialism_end(text, from, at)
                {
                    words.push(from, end);
                    (at..end).step_by(2).for_each(|stop| words.terminator(stop));
                    at = end;
                } else if matches!(class(at), Byte::Apostrophe | Byte::Punctuation) {
                    at = with_apostrophe(words, text, from, at)?;
                } else {
                    words.push(from, at);
                }
                after_word = true;
                continue;
            }
            Byte::Plain => {}
            Byte::Terminator => {
                if after_word && text[at] == b'.' && is_word(at + 1) {
                    return None;
                }
                words.terminator(at);
            }
            Byte::Number => {
                if after_word && is_digit(at + 1) {
                    return None;
                }
            }
            Byte::Quote => words.mark(at),
            Byte::Apostrophe => {
                // Between letters it was read with its word. Elsewhere inside a chunk an s may
                // follow that is no word.
                if at > start && is_word(at + 1) {
                    return None;
                }
                words.mark(at);
            }
            Byte::Colon => {
                if is_word(at + 1) || text.get(at + 1) == Some(&b'/') {
                    return None;
                }
            }
            Byte::Prefix => {
                if at > start {
                    return None;
                }
            }
            Byte::Signs => match text.get(at + 1)? {
                0xAB | 0xBB => {
                    words.mark(at);
                    at += 1;
                }
                0xA0 => {
                    at += 1;
                    start = at + 1;
                }
                // ¡ £ § © ® ° ¿
                0xA1 | 0xA3 | 0xA7 | 0xA9 | 0xAE | 0xB0 | 0xBF => at += 1,
                _ => return None,
            },
            Byte::Punctuation => match (text.get(at + 1)?, text.get(at + 2)?) {
                // Dashes and hyphens, the bullet, the ellipsis; €.
                (0x80, 0x90..=0x95 | 0xA2 | 0xA6) | (0x82, 0xAC) => at += 2,
                // Curly quotes; single ones as above.
                (0x80, last @ (0x98..=0x9A | 0x9C..=0x9E)) => {
                    if matches!(last, 0x98 | 0x99) && at > start && is_word(at + 3) {
                        return None;
                    }
                    words.mark(at);
                    at += 2;
                }
                _ => return None,
            },
            Byte::Unknown => return None,
        }
        at += 1;
        after_word = false;
    }
}

/// The end of an initialism (U.S, p.m), whose first letter ends at `at`: letters of ASCII with a full stop between any
/// two, and nothing behind that might go on with it.
fn initialism_end(text: &[u8], from: usize, at: usize) -> Option<usize> {
    let is_letter = |i: usize| text.get(i).is_some_and(u8::is_ascii_alphabetic);
    if at != from + 1 || !is_letter(from) {
        return None;
    }
    let mut end = at;
    while text.get(end) == Some(&b'.') && is_letter(end + 1) {
        end += 2;
    }
    let ends = match byte(text, end) {
        Byte::Terminator => matches!(byte(text, end + 1), Byte::Space | Byte::Plain | Byte::Number | Byte::Quote),
        Byte::Number => !text.get(end + 1).is_some_and(u8::is_ascii_digit),
        behind => matches!(behind, Byte::Space | Byte::Plain | Byte::Quote),
    };
    (end > at && ends).then_some(end)
}

/// The end of the run of letters and digits that begins at `at`.
#[inline(always)]
fn word_end(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match text.get(at).map(|&b| BYTES[b as usize]) {
            Some(Byte::Word) => at += 1,
            Some(Byte::Latin) => {
                if matches!(text.get(at + 1), Some(0x97 | 0xB7)) {
                    return None;
                }
                at += 2;
            }
            _ => return Some(at),
        }
    }
}

/// Reads the word `from..to` and what an apostrophe behind it joins to it: a final 's goes, an
/// elided article is a token of its own, contractions stay whole. Returns where reading goes on.
fn with_apostrophe(words: &mut Words<'_>, text: &[u8], mut from: usize, mut to: usize) -> Option<usize> {
    let class = |i: usize| byte(text, i);
    let is_word = |i: usize| matches!(class(i), Byte::Word | Byte::Latin);
    loop {
        let len = apostrophe_len(text, to);
        let rest = to + len;
        if len == 0 || !is_word(rest) {
            words.push(from, to);
            return Some(to);
        }
        let end = word_end(text, rest)?;
        if end == rest + 1 && matches!(text[rest], b's' | b'S') {
            // What follows the s must not go on the word.
            let ends = match class(end) {
                Byte::Space | Byte::Plain | Byte::Quote => true,
                Byte::Number | Byte::Terminator => !is_word(end + 1),
                _ => false,
            };
            return ends.then(|| {
                words.push(from, to);
                end
            });
        }
        let is_letter = |b: u8| b.is_ascii_alphabetic() || b >= 0x80;
        if !(is_letter(text[to - 1]) && is_letter(text[rest])) {
            return None;
        }
        if lang::is_elision(&words.source[from..to]) {
            words.push(from, to);
            (from, to) = (rest, end);
        } else if apostrophe_len(text, end) == 0 {
            words.push(from, end);
            return Some(end);
        } else {
            return None;
        }
    }
}

/// How many bytes the apostrophe at `at` has; 0: there is none.
fn apostrophe_len(text: &[u8], at: usize) -> usize {
    match text.get(at) {
        Some(b'\'') => 1,
        Some(0xE2) if text.get(at + 1) == Some(&0x80) && text.get(at + 2) == Some(&0x99) => 3,
        _ => 0,
    }
}
