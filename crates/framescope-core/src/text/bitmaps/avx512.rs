//! A byte's class is looked up by its seven lower bits in a table of two registers, for 64 bytes at once; where a
//! class has a bit, a mask says of all of them whether they are in it.

use std::arch::x86_64::*;

use super::{APOSTROPHE, Block, CLASSES, DIGIT, MARK, NUMBER, QUOTE, RARE, SPACE, STOP, each_block};

/// Whether the processor has what [`bitmaps`] and [`places`] ask for.
pub(in super::super) fn is_there() -> bool {
    use std::arch::is_x86_feature_detected as has;
    has!("avx512f") && has!("avx512bw") && has!("avx512vbmi") && has!("avx512vbmi2")
}

const LETTER: u8 = 1 << 0;
const CONTROL: u8 = 1 << 1;

/// What has no bit in [`CLASSES`].
static MORE: [u8; 128] = {
    let mut table = [0; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'\t'..=b'\r' => CONTROL,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// The same as [`super::scalar`].
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2")]
pub(in super::super) fn bitmaps(text: &[u8], out: &mut Vec<Block>) {
    out.clear();
    out.reserve(text.len() / 64 + 1);
    let table = |bytes: &[u8]| [load(&bytes[..64]), load(&bytes[64..128])];
    let (classes, more) = (table(&CLASSES), table(&MORE));
    each_block(text, |bytes| {
        let bytes = load(bytes);
        let beyond_ascii = _mm512_movepi8_mask(bytes);
        let look = |[low, high]: [__m512i; 2]| _mm512_maskz_permutex2var_epi8(!beyond_ascii, low, bytes, high);
        let (class, more) = (look(classes), look(more));
        let bits = |of: __m512i, bit: u8| _mm512_test_epi8_mask(of, _mm512_set1_epi8(bit as i8));
        let digit = bits(class, DIGIT);
        out.push(Block {
            word: bits(more, LETTER) | digit,
            digit,
            space: bits(class, SPACE),
            stop: bits(class, STOP),
            mark: bits(class, MARK),
            number: bits(class, NUMBER),
            apostrophe: bits(class, APOSTROPHE),
            quote: bits(class, QUOTE),
            rare: bits(class, RARE),
            control: bits(more, CONTROL),
            beyond_ascii,
        });
    });
}

/// Appends the places of the bits, ascending; bit 0 is at `offset`.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2")]
pub(in super::super) fn places(out: &mut Vec<u32>, bits: u64, offset: u32) {
    /// The numbers of 64 bits.
    const NUMBERS: [u8; 64] = {
        let mut numbers = [0; 64];
        let mut i = 0;
        while i < 64 {
            numbers[i] = i as u8;
            i += 1;
        }
        numbers
    };
    let len = out.len() + bits.count_ones() as usize;
    let packed = _mm512_maskz_compress_epi8(bits, load(&NUMBERS));
    let wide = |sixteen: __m128i| {
        let places = _mm512_add_epi32(_mm512_cvtepu8_epi32(sixteen), _mm512_set1_epi32(offset as i32));
        // SAFETY: any bits are numbers, and there are as many.
        #[allow(unsafe_code, reason = "vectors have no safe way to be numbers again")]
        unsafe {
            std::mem::transmute::<__m512i, [u32; 16]>(places)
        }
    };
    // How many there are is a surprise each time, so sixteen are written without asking.
    out.extend_from_slice(&wide(_mm512_castsi512_si128(packed)));
    if out.len() < len {
        out.extend_from_slice(&wide(_mm512_extracti32x4_epi32::<1>(packed)));
        out.extend_from_slice(&wide(_mm512_extracti32x4_epi32::<2>(packed)));
        out.extend_from_slice(&wide(_mm512_extracti32x4_epi32::<3>(packed)));
    }
    out.truncate(len);
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load(bytes: &[u8]) -> __m512i {
    let word = |i: usize| i64::from_le_bytes(std::array::from_fn(|k| bytes[8 * i + k]));
    _mm512_set_epi64(word(7), word(6), word(5), word(4), word(3), word(2), word(1), word(0))
}

#[cfg(test)]
mod tests {
    use super::super::super::spans::push_places;
    use super::*;

    #[test]
    fn what_has_no_bit_elsewhere_has_one_here() {
        for (byte, &more) in (0_u8..128).zip(&MORE) {
            assert_eq!(more & LETTER != 0, byte.is_ascii_alphabetic(), "{byte}");
            assert_eq!(more & CONTROL != 0, (9..=13).contains(&byte), "{byte}");
        }
    }

    proptest::proptest! {
        #[test]
        fn places_are_those_of_the_bits(few in proptest::num::u64::ANY, more in proptest::num::u64::ANY, at in 0_u32..1 << 31) {
            if !is_there() {
                return Ok(());
            }
            for bits in [few & more, few, few | more, 0, u64::MAX] {
                let (mut by_vector, mut by_hand) = (vec![7], vec![7]);
                // SAFETY: the processor has what the function asks for.
                #[allow(unsafe_code, reason = "it is what is tested")]
                unsafe {
                    places(&mut by_vector, bits, at);
                }
                push_places(&mut by_hand, bits, at);
                proptest::prop_assert_eq!(by_vector, by_hand);
            }
        }
    }
}
