//! What every byte of a paragraph is, a bit a byte: the fast path reads text 64 bytes at a time.
//!
//! The classes are those of ASCII; what a byte beyond ASCII means is worked out afterwards
//! ([`super::plain`]). Two ways give the same bitmaps: 32 bytes at once where the processor can
//! (AVX2, asked for at run time), and byte by byte.

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

#[cfg(target_arch = "x86_64")]
pub(super) mod avx2 {
    //! A byte's class is looked up by its halves: a class is a bit that both a byte's low and its
    //! high four bits have in their tables, which works for a class that is a rectangle of low and
    //! high halves. A test holds the tables to [`super::class`] for every byte.

    use std::arch::x86_64::*;

    use super::{APOSTROPHE, Block, DIGIT, MARK, NUMBER, QUOTE, RARE, SPACE, STOP, class, each_block};

    const fn tables() -> ([u8; 16], [u8; 16], [u8; 16], [u8; 16]) {
        let (mut low_a, mut high_a, mut low_b, mut high_b) = ([0; 16], [0; 16], [0; 16], [0; 16]);
        let mut byte = 0_u8;
        while byte < 128 {
            let (low, high) = ((byte & 15) as usize, (byte >> 4) as usize);
            let class = class(byte);
            // Table A: the classes that are a rectangle, and of those with two corners the one
            // in the row of the blank. Table B: the rest, a bit for each.
            let in_a = class & (DIGIT | STOP | APOSTROPHE | QUOTE) != 0 || matches!(byte, b' ' | b'!' | b',');
            if class != 0 && in_a {
                low_a[low] |= class;
                high_a[high] |= class;
            } else if class != 0 {
                let bit = match byte {
                    b'?' | b';' => class,
                    b':' => 1 << 0,
                    b'#' => 1 << 1,
                    b'@' => 1 << 2,
                    b'_' => 1 << 5,
                    b'&' => 1 << 6,
                    // Tabs and line ends.
                    _ => 1 << 7,
                };
                low_b[low] |= bit;
                high_b[high] |= bit;
            }
            byte += 1;
        }
        (low_a, high_a, low_b, high_b)
    }

    /// The bits of table B that mean a rare byte.
    const RARE_IN_B: u8 = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 5 | 1 << 6;
    const _: () = assert!(RARE == 1 << 7 && RARE_IN_B & (MARK | NUMBER) == 0);

    /// The same as [`super::scalar`].
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(in super::super) fn bitmaps(text: &[u8], out: &mut Vec<Block>) {
        out.clear();
        out.reserve(text.len() / 64 + 1);
        const TABLES: ([u8; 16], [u8; 16], [u8; 16], [u8; 16]) = tables();
        let tables = [TABLES.0, TABLES.1, TABLES.2, TABLES.3].map(|table| twice(table));
        each_block(text, |bytes| {
            let (first, second) = bytes.split_at(32);
            let (low, high) = (half(load(first), &tables), half(load(second), &tables));
            let join = |i: usize| u64::from(low[i]) | u64::from(high[i]) << 32;
            out.push(Block {
                word: join(0),
                digit: join(1),
                space: join(2),
                stop: join(3),
                mark: join(4),
                number: join(5),
                apostrophe: join(6),
                quote: join(7),
                rare: join(8),
                control: join(9),
                beyond_ascii: join(10),
            });
        });
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn twice(table: [u8; 16]) -> __m256i {
        let (low, high) = table.split_at(8);
        let word = |half: &[u8]| i64::from_le_bytes(std::array::from_fn(|i| half[i]));
        _mm256_set_epi64x(word(high), word(low), word(high), word(low))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn load(bytes: &[u8]) -> __m256i {
        let word = |i: usize| i64::from_le_bytes(std::array::from_fn(|k| bytes[8 * i + k]));
        _mm256_set_epi64x(word(3), word(2), word(1), word(0))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn half(bytes: __m256i, tables: &[__m256i; 4]) -> [u32; 11] {
        let all = |byte: u8| _mm256_set1_epi8(byte as i8);
        // The shuffle gives 0 for bytes beyond ASCII by itself.
        let high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), all(0x0F));
        let look = |low: __m256i, upper: __m256i| {
            _mm256_and_si256(_mm256_shuffle_epi8(low, bytes), _mm256_shuffle_epi8(upper, high))
        };
        let a = look(tables[0], tables[1]);
        let b = look(tables[2], tables[3]);
        let bits = |v: __m256i| _mm256_movemask_epi8(v) as u32;
        // Brings bit `n` of every byte to its top; what comes in from the byte below is not asked.
        macro_rules! bit {
            ($v:expr, $n:literal) => {
                bits(_mm256_slli_epi16($v, 7 - $n))
            };
        }
        let digit = bit!(a, 1);
        let control = bit!(b, 7);
        let lower = _mm256_or_si256(bytes, all(0x20));
        let from_a = _mm256_sub_epi8(lower, all(b'a'));
        let letter = _mm256_cmpeq_epi8(_mm256_min_epu8(from_a, all(25)), from_a);
        let rare = _mm256_cmpgt_epi8(_mm256_and_si256(b, all(RARE_IN_B)), _mm256_setzero_si256());
        [
            bits(letter) | digit,
            digit,
            bit!(a, 0) | control,
            bit!(a, 2),
            bit!(a, 3) | bit!(b, 3),
            bit!(a, 4) | bit!(b, 4),
            bit!(a, 5),
            bit!(a, 6),
            bits(rare),
            control,
            bits(bytes),
        ]
    }

    const _: () = assert!(
        SPACE == 1 << 0
            && DIGIT == 1 << 1
            && STOP == 1 << 2
            && MARK == 1 << 3
            && NUMBER == 1 << 4
            && APOSTROPHE == 1 << 5
            && QUOTE == 1 << 6
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_scalar(text: &[u8]) -> Vec<Block> {
        let mut out = Vec::new();
        scalar(text, &mut out);
        out
    }

    /// The other way, where the processor has it.
    fn by_vector(text: &[u8]) -> Option<Vec<Block>> {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            let mut out = Vec::new();
            // SAFETY: the processor has AVX2, which is all that the function asks for.
            #[allow(unsafe_code, reason = "it is what is tested")]
            unsafe {
                avx2::bitmaps(text, &mut out);
            }
            return Some(out);
        }
        let _ = text;
        None
    }

    #[test]
    fn every_byte_has_one_class_at_every_place() {
        for byte in 0..=255 {
            for place in [0, 1, 31, 32, 63, 64, 100] {
                let mut text = vec![b'-'; 101];
                text[place] = byte;
                if let Some(blocks) = by_vector(&text) {
                    assert_eq!(blocks, by_scalar(&text), "{byte} at {place}");
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn both_ways_agree(text in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let blocks = by_scalar(&text);
            proptest::prop_assert_eq!(blocks.len(), text.len().div_ceil(64));
            proptest::prop_assert_eq!(by_vector(&text).unwrap_or_else(|| blocks.clone()), blocks);
        }
    }
}
