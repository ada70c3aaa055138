//! A byte's class is looked up by its halves: a class is a bit that both a byte's low and its
//! high four bits have in their tables, which works for a class that is a rectangle of low and
//! high halves. A test holds the tables to [`super::class`] for every byte.

use std::arch::x86_64::*;

use super::{APOSTROPHE, DIGIT, Eight, MARK, NUMBER, QUOTE, RARE, SPACE, STOP, class, each_block};

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
pub(in super::super) fn bitmaps(text: &[u8], out: &mut [Eight]) {
    const TABLES: ([u8; 16], [u8; 16], [u8; 16], [u8; 16]) = tables();
    let tables = [TABLES.0, TABLES.1, TABLES.2, TABLES.3].map(|table| twice(table));
    each_block(text, out, |bytes, out, at| {
        let (first, second) = bytes.split_at(32);
        let (low, high) = (half(load(first), &tables), half(load(second), &tables));
        let join = |i: usize| u64::from(low[i]) | u64::from(high[i]) << 32;
        out.word[at] = join(0);
        out.digit[at] = join(1);
        out.space[at] = join(2);
        out.stop[at] = join(3);
        out.mark[at] = join(4);
        out.number[at] = join(5);
        out.apostrophe[at] = join(6);
        out.quote[at] = join(7);
        out.rare[at] = join(8);
        out.control[at] = join(9);
        out.beyond_ascii[at] = join(10);
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
