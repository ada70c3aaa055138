//! What every byte of a paragraph is, a bit a byte: the fast path reads text 64 bytes at a time.
//!
//! The classes are those of ASCII; what a byte beyond ASCII means is worked out afterwards
//! ([`super::plain`]). Three ways give the same bitmaps: 64 or 32 bytes at once where the processor can
//! (AVX-512, AVX2, asked for at run time), and byte by byte.

use crate::bits::lowest_of_eight;

#[cfg(target_arch = "x86_64")]
pub(super) mod avx2;
#[cfg(target_arch = "x86_64")]
pub(super) mod avx512;

/// Bitmaps of eight blocks of 64 bytes, a row of them for each class: what depends on neighbours is worked out for a
/// whole row at once. Bit `i` is byte `i` of its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(align(64))]
pub(super) struct Eight {
    /// Letters and digits.
    pub(super) word: Row,
    pub(super) digit: Row,
    /// White space.
    pub(super) space: Row,
    /// `.`
    pub(super) stop: Row,
    /// `!` `?`
    pub(super) mark: Row,
    /// `,` `;`
    pub(super) number: Row,
    /// `'`
    pub(super) apostrophe: Row,
    /// `"`
    pub(super) quote: Row,
    /// `:` `#` `@` `_` `&`
    pub(super) rare: Row,
    /// Line ends and tabs.
    pub(super) control: Row,
    pub(super) beyond_ascii: Row,
}

/// The bitmaps of one class.
pub(super) type Row = [u64; BLOCKS];

/// How many blocks stand in a row.
pub(super) const BLOCKS: usize = 8;

/// What follows a text: white space.
pub(super) static AFTER: Eight = {
    let none = [0; BLOCKS];
    Eight {
        word: none,
        digit: none,
        space: [u64::MAX; BLOCKS],
        stop: none,
        mark: none,
        number: none,
        apostrophe: none,
        quote: none,
        rare: none,
        control: none,
        beyond_ascii: none,
    }
};

/// How many of them a text fills.
pub(super) fn eights_of(text: &[u8]) -> usize {
    text.len().div_ceil(64 * BLOCKS)
}

/// Fills `out`, which is as long as the text asks for, with its bitmaps; white space follows it.
pub(super) fn scalar(text: &[u8], out: &mut [Eight]) {
    each_block(text, out, scalar_block);
}

/// Calls `with` for every 64 bytes, the last of them filled up with blanks, and for its place.
#[inline(always)]
fn each_block(text: &[u8], out: &mut [Eight], mut with: impl FnMut(&[u8; 64], &mut Eight, usize)) {
    if let Some(last) = out.last_mut() {
        *last = AFTER;
    }
    let (blocks, rest) = text.as_chunks::<64>();
    let (eights, few) = blocks.as_chunks::<BLOCKS>();
    for (blocks, eight) in eights.iter().zip(out.iter_mut()) {
        for (i, block) in blocks.iter().enumerate() {
            with(block, eight, i);
        }
    }
    if let Some(last) = out.last_mut() {
        for (i, block) in few.iter().enumerate() {
            with(block, last, i);
        }
        if !rest.is_empty() {
            let mut block = [b' '; 64];
            block[..rest.len()].copy_from_slice(rest);
            with(&block, last, few.len());
        }
    }
}

const SPACE: u8 = 1 << 0;
const DIGIT: u8 = 1 << 1;
const STOP: u8 = 1 << 2;
const MARK: u8 = 1 << 3;
const NUMBER: u8 = 1 << 4;
const APOSTROPHE: u8 = 1 << 5;
const QUOTE: u8 = 1 << 6;
const RARE: u8 = 1 << 7;

const fn class(byte: u8) -> u8 {
    match byte {
        b' ' | b'\t'..=b'\r' => SPACE,
        b'0'..=b'9' => DIGIT,
        b'.' => STOP,
        b'!' | b'?' => MARK,
        b',' | b';' => NUMBER,
        b'\'' => APOSTROPHE,
        b'"' => QUOTE,
        b':' | b'#' | b'@' | b'_' | b'&' => RARE,
        _ => 0,
    }
}

static CLASSES: [u8; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = class(i as u8);
        i += 1;
    }
    table
};

const LETTER: u8 = 1 << 0;
const CONTROL: u8 = 1 << 1;
const BEYOND_ASCII: u8 = 1 << 2;

/// What has no bit in [`CLASSES`].
static MORE: [u8; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = match i as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'\t'..=b'\r' => CONTROL,
            0x80.. => BEYOND_ASCII,
            _ => 0,
        };
        i += 1;
    }
    table
};

fn scalar_block(bytes: &[u8; 64], out: &mut Eight, at: usize) {
    let mut classes = [[0; 8]; 2];
    for (i, eight) in bytes.as_chunks::<8>().0.iter().enumerate() {
        classes[0][i] = u64::from_le_bytes(eight.map(|byte| CLASSES[usize::from(byte)]));
        classes[1][i] = u64::from_le_bytes(eight.map(|byte| MORE[usize::from(byte)]));
    }
    let [classes, more] = classes;
    let row = |of: &[u64; 8], class: u8| {
        let bits = |eight: u64| lowest_of_eight(eight >> class.trailing_zeros() & 0x0101_0101_0101_0101);
        let eights = of.iter().enumerate().map(|(i, &eight)| bits(eight) << (8 * i));
        eights.sum::<u64>()
    };
    let digit = row(&classes, DIGIT);
    out.word[at] = row(&more, LETTER) | digit;
    out.digit[at] = digit;
    out.space[at] = row(&classes, SPACE);
    out.stop[at] = row(&classes, STOP);
    out.mark[at] = row(&classes, MARK);
    out.number[at] = row(&classes, NUMBER);
    out.apostrophe[at] = row(&classes, APOSTROPHE);
    out.quote[at] = row(&classes, QUOTE);
    out.rare[at] = row(&classes, RARE);
    out.control[at] = row(&more, CONTROL);
    out.beyond_ascii[at] = row(&more, BEYOND_ASCII);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_scalar(text: &[u8]) -> Vec<Eight> {
        let mut out = vec![AFTER; eights_of(text)];
        scalar(text, &mut out);
        out
    }

    /// The other ways, as far as the processor has them.
    #[cfg(target_arch = "x86_64")]
    #[allow(unsafe_code, reason = "it is what is tested")]
    fn by_vector(text: &[u8]) -> Vec<Vec<Eight>> {
        let mut ways = Vec::new();
        if std::arch::is_x86_feature_detected!("avx2") {
            let mut out = vec![AFTER; eights_of(text)];
            // SAFETY: the processor has AVX2, which is all that the function asks for.
            unsafe { avx2::bitmaps(text, &mut out) };
            ways.push(out);
        }
        if super::super::way::Way::widest_is_there() {
            let mut out = vec![AFTER; eights_of(text)];
            // SAFETY: the processor has what the function asks for.
            unsafe { avx512::bitmaps(text, &mut out) };
            ways.push(out);
        }
        ways
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn by_vector(_text: &[u8]) -> Vec<Vec<Eight>> {
        Vec::new()
    }

    #[test]
    fn words_are_letters_and_digits() {
        for byte in 0..=255_u8 {
            let eight = &by_scalar(&[b'-', byte])[0];
            let has = |row: Row| row[0] & 2 != 0;
            assert_eq!(has(eight.word), byte.is_ascii_alphanumeric(), "{byte}");
            assert_eq!(has(eight.digit), byte.is_ascii_digit(), "{byte}");
            assert_eq!(has(eight.space), byte == b' ' || (9..=13).contains(&byte), "{byte}");
            assert_eq!(has(eight.control), (9..=13).contains(&byte), "{byte}");
            assert_eq!(has(eight.beyond_ascii), !byte.is_ascii(), "{byte}");
            let marks = [eight.stop, eight.mark, eight.number, eight.apostrophe, eight.quote, eight.rare];
            let expected = [".", "!?", ",;", "'", "\"", ":#@_&"].map(|marks| marks.bytes().any(|mark| mark == byte));
            assert_eq!(marks.map(has), expected, "{byte}");
        }
    }

    #[test]
    fn every_byte_has_one_class_at_every_place() {
        for byte in 0..=255 {
            for place in [0, 1, 31, 32, 63, 64, 100] {
                let mut text = vec![b'-'; 101];
                text[place] = byte;
                for blocks in by_vector(&text) {
                    assert_eq!(blocks, by_scalar(&text), "{byte} at {place}");
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn all_ways_agree(text in proptest::collection::vec(proptest::num::u8::ANY, 0..1_200)) {
            let blocks = by_scalar(&text);
            proptest::prop_assert_eq!(blocks.len(), text.len().div_ceil(512));
            for by_vector in by_vector(&text) {
                proptest::prop_assert_eq!(&by_vector, &blocks);
            }
        }
    }
}
