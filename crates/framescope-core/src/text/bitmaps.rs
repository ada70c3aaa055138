//! What every byte of a paragraph is, a bit a byte: the fast path reads text 64 bytes at a time.
//!
//! The classes are those of ASCII; what a byte beyond ASCII means is worked out afterwards
//! ([`super::plain`]). Three ways give the same bitmaps: 64 or 32 bytes at once where the processor can
//! (AVX-512, AVX2, asked for at run time), and byte by byte.

#[cfg(target_arch = "x86_64")]
pub(super) mod avx2;
#[cfg(target_arch = "x86_64")]
pub(super) mod avx512;

/// Bitmaps of 64 bytes; bit `i` is byte `i`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Block {
    /// Letters and digits.
    pub(super) word: u64,
    pub(super) digit: u64,
    /// White space.
    pub(super) space: u64,
    /// `.`
    pub(super) stop: u64,
    /// `!` `?`
    pub(super) mark: u64,
    /// `,` `;`
    pub(super) number: u64,
    /// `'`
    pub(super) apostrophe: u64,
    /// `"`
    pub(super) quote: u64,
    /// `:` `#` `@` `_` `&`
    pub(super) rare: u64,
    /// Line ends and tabs.
    pub(super) control: u64,
    pub(super) beyond_ascii: u64,
}

/// What follows a text: white space.
pub(super) const AFTER: Block = Block {
    word: 0,
    digit: 0,
    space: u64::MAX,
    stop: 0,
    mark: 0,
    number: 0,
    apostrophe: 0,
    quote: 0,
    rare: 0,
    control: 0,
    beyond_ascii: 0,
};

/// Fills `out` with the bitmaps of a text; white space follows it in its last block.
pub(super) fn scalar(text: &[u8], out: &mut Vec<Block>) {
    out.clear();
    each_block(text, |bytes| out.push(scalar_block(bytes)));
}

/// Calls `with` for every 64 bytes, the last of them filled up with blanks.
#[inline(always)]
fn each_block(text: &[u8], mut with: impl FnMut(&[u8; 64])) {
    let (blocks, rest) = text.as_chunks::<64>();
    blocks.iter().for_each(&mut with);
    if !rest.is_empty() {
        let mut last = [b' '; 64];
        last[..rest.len()].copy_from_slice(rest);
        with(&last);
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

fn scalar_block(bytes: &[u8; 64]) -> Block {
    let mut block = Block::default();
    for (i, &byte) in bytes.iter().enumerate() {
        let class = CLASSES[byte as usize];
        let bit = |of: u8| u64::from(class & of != 0) << i;
        block.word |= u64::from(byte.is_ascii_alphanumeric()) << i;
        block.digit |= bit(DIGIT);
        block.space |= bit(SPACE);
        block.stop |= bit(STOP);
        block.mark |= bit(MARK);
        block.number |= bit(NUMBER);
        block.apostrophe |= bit(APOSTROPHE);
        block.quote |= bit(QUOTE);
        block.rare |= bit(RARE);
        block.control |= u64::from(matches!(byte, b'\t'..=b'\r')) << i;
        block.beyond_ascii |= u64::from(!byte.is_ascii()) << i;
    }
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_scalar(text: &[u8]) -> Vec<Block> {
        let mut out = Vec::new();
        scalar(text, &mut out);
        out
    }

    /// The other ways, as far as the processor has them.
    #[cfg(target_arch = "x86_64")]
    #[allow(unsafe_code, reason = "it is what is tested")]
    fn by_vector(text: &[u8]) -> Vec<Vec<Block>> {
        let mut ways = Vec::new();
        if std::arch::is_x86_feature_detected!("avx2") {
            let mut out = Vec::new();
            // SAFETY: the processor has AVX2, which is all that the function asks for.
            unsafe { avx2::bitmaps(text, &mut out) };
            ways.push(out);
        }
        if super::super::way::Way::widest_is_there() {
            let mut out = Vec::new();
            // SAFETY: the processor has what the function asks for.
            unsafe { avx512::bitmaps(text, &mut out) };
            ways.push(out);
        }
        ways
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn by_vector(_text: &[u8]) -> Vec<Vec<Block>> {
        Vec::new()
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
        fn all_ways_agree(text in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let blocks = by_scalar(&text);
            proptest::prop_assert_eq!(blocks.len(), text.len().div_ceil(64));
            for by_vector in by_vector(&text) {
                proptest::prop_assert_eq!(&by_vector, &blocks);
            }
        }
    }
}
