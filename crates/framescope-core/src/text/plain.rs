//! The fast path: one pass over a paragraph's bytes.
//!
//! Nearly every chunk of English news is ASCII letters and digits with marks around them, and its
//! tokens are the runs of letters and digits. A chunk in which a byte stands where it might mean
//! more (a full stop between letters, an address, a letter beyond ASCII) is read again from its
//! start by [`Words::chunk`], the path that knows everything. A property test holds the two
//! equal on any text.

use super::words::Words;

/// What a byte means here.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Byte {
    /// White space: ends a chunk.
    Space,
    /// An ASCII letter or digit.
    Word,
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
    /// Parts words at the edge of a chunk, may join inside it: `:` `_` `&` `@` `#` `/`.
    Joiner,
    /// The first byte of the general punctuation block, or of something else.
    High,
}

static BYTES: [Byte; 256] = {
    let mut table = [Byte::Plain; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = match i as u8 {
            b' ' | b'\t'..=b'\r' => Byte::Space,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Byte::Word,
            b'.' | b'!' | b'?' => Byte::Terminator,
            b',' | b';' => Byte::Number,
            b'"' => Byte::Quote,
            b'\'' => Byte::Apostrophe,
            b':' | b'_' | b'&' | b'@' | b'#' | b'/' => Byte::Joiner,
            0x80.. => Byte::High,
            _ => Byte::Plain,
        };
        i += 1;
    }
    table
};

/// Reads the words of `source[start..end]`, a paragraph.
pub(super) fn scan(words: &mut Words<'_>, start: usize, end: usize) {
    let mut at = start;
    let bytes = words.source.as_bytes();
    while at < end {
        if BYTES[bytes[at] as usize] == Byte::Space {
            at += 1;
            continue;
        }
        let before = (words.tokens.len(), words.found.marks.len(), words.found.terminators.len());
        at = match plain_chunk(words, at, end) {
            Some(chunk_end) => chunk_end,
            None => {
                words.tokens.truncate(before.0);
                words.found.marks.truncate(before.1);
                words.found.terminators.truncate(before.2);
                let len = bytes[at..end].iter().position(|&b| BYTES[b as usize] == Byte::Space);
                let chunk_end = len.map_or(end, |len| at + len);
                words.chunk(at, chunk_end);
                chunk_end
            }
        };
    }
}

/// Reads one chunk and returns its end, or `None` where more must be known.
#[inline]
fn plain_chunk(words: &mut Words<'_>, start: usize, end: usize) -> Option<usize> {
    let bytes = words.source.as_bytes();
    let class = |i: usize| if i < end { BYTES[bytes[i] as usize] } else { Byte::Space };
    let is_digit = |i: usize| i < end && bytes[i].is_ascii_digit();
    let mut at = start;
    // Whether the byte before `at` is a letter or digit of this chunk.
    let mut after_word = false;
    loop {
        match class(at) {
            Byte::Space => return Some(at),
            Byte::Word => {
                let from = at;
                at += 1;
                while class(at) == Byte::Word {
                    at += 1;
                }
                after_word = true;
                let to = at;
                // An apostrophe between letters: a final 's goes, contractions stay whole; the
                // careful path knows elisions.
                if let Some(len) = apostrophe_len(bytes, at, end)
                    && class(at + len) == Byte::Word
                {
                    let is_s = matches!(bytes[at + len], b's' | b'S') && class(at + len + 1) != Byte::Word;
                    // What follows the s must not go on the word.
                    let ends = matches!(class(at + len + 1), Byte::Space | Byte::Plain | Byte::Quote)
                        || (matches!(class(at + len + 1), Byte::Number | Byte::Terminator)
                            && class(at + len + 2) != Byte::Word);
                    if !(is_s && ends) {
                        return None;
                    }
                    at += len + 1;
                }
                words.push(from, to);
                continue;
            }
            Byte::Plain => {}
            Byte::Terminator => {
                if after_word && bytes[at] == b'.' && class(at + 1) == Byte::Word {
                    return None;
                }
                words.found.terminators.push(at as u32);
            }
            Byte::Number => {
                if is_digit(at + 1) && after_word {
                    return None;
                }
            }
            Byte::Quote => words.found.marks.push(at as u32),
            Byte::Apostrophe => {
                // Between letters it was read with its word. Elsewhere inside a chunk an s may
                // follow that is no word.
                if at > start && class(at + 1) == Byte::Word {
                    return None;
                }
                words.found.marks.push(at as u32);
            }
            Byte::Joiner => {
                if at > start || !matches!(bytes[at], b'#' | b'@') {
                    return None;
                }
            }
            Byte::High => match general_punctuation(bytes, at, end) {
                // Dashes and the ellipsis.
                Some(0x93 | 0x94 | 0xA6) => at += 2,
                // Curly quotes, single ones as above.
                Some(last @ (0x98 | 0x99 | 0x9C | 0x9D)) => {
                    if last < 0x9C && at > start && class(at + 3) == Byte::Word {
                        return None;
                    }
                    words.found.marks.push(at as u32);
                    at += 2;
                }
                _ => return None,
            },
        }
        at += 1;
        after_word = false;
    }
}

/// The last byte of a character of U+2000 to U+203F at `at`.
fn general_punctuation(bytes: &[u8], at: usize, end: usize) -> Option<u8> {
    (at + 2 < end && bytes[at] == 0xE2 && bytes[at + 1] == 0x80).then(|| bytes[at + 2])
}

/// How many bytes the apostrophe at `at` has, if there is one.
#[inline]
fn apostrophe_len(bytes: &[u8], at: usize, end: usize) -> Option<usize> {
    match bytes.get(at) {
        Some(b'\'') if at < end => Some(1),
        Some(0xE2) => (general_punctuation(bytes, at, end) == Some(0x99)).then_some(3),
        _ => None,
    }
}
