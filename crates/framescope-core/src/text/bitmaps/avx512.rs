//! A byte's class is looked up by its seven lower bits in a table of two registers, for 64 bytes at once; where a
//! class has a bit, a mask says of all of them whether they are in it.

use std::arch::x86_64::*;

use super::super::two_bytes::LETTERS;
use super::{
    APOSTROPHE, CLASSES, CONTROL, DIGIT, Eight, LETTER, MARK, MORE, NUMBER, QUOTE, RARE, SPACE, STOP, each_block,
};

/// The same as [`super::scalar`].
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2")]
pub(in super::super) fn bitmaps(text: &[u8], out: &mut [Eight]) {
    let table = |bytes: &[u8]| [load(&bytes[..64]), load(&bytes[64..128])];
    let (classes, more) = (table(&CLASSES), table(&MORE));
    each_block(text, out, |bytes, out, at| {
        let bytes = load(bytes);
        let beyond_ascii = _mm512_movepi8_mask(bytes);
        let look = |[low, high]: [__m512i; 2]| _mm512_maskz_permutex2var_epi8(!beyond_ascii, low, bytes, high);
        let (class, more) = (look(classes), look(more));
        let bits = |of: __m512i, bit: u8| _mm512_test_epi8_mask(of, _mm512_set1_epi8(bit as i8));
        let digit = bits(class, DIGIT);
        out.word[at] = bits(more, LETTER) | digit;
        out.digit[at] = digit;
        out.space[at] = bits(class, SPACE);
        out.stop[at] = bits(class, STOP);
        out.mark[at] = bits(class, MARK);
        out.number[at] = bits(class, NUMBER);
        out.apostrophe[at] = bits(class, APOSTROPHE);
        out.quote[at] = bits(class, QUOTE);
        out.rare[at] = bits(class, RARE);
        out.control[at] = bits(more, CONTROL);
        out.beyond_ascii[at] = beyond_ascii;
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

/// Where in 64 bytes of a text of UTF-8, from `at` on, letters of two bytes begin.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2")]
pub(in super::super) fn letters(text: &[u8], at: usize) -> u64 {
    let mut end = [0; 65];
    let bytes = match text.get(at..at + 65) {
        Some(bytes) => bytes,
        None => {
            let rest = &text[at..];
            end[..rest.len()].copy_from_slice(rest);
            &end
        }
    };
    let lead = load(bytes);
    // From 0xC2 to 0xDF.
    let leads = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(lead, _mm512_set1_epi8(0xC2_u8 as i8)), _mm512_set1_epi8(0x1E));
    if leads == 0 {
        return 0;
    }
    let second = load(&bytes[1..]);
    // The five lower bits of the lead and the six of the second byte are a number, and there is a bit for each: the
    // upper eight say in which byte it stands, the lower three which bit it is.
    let upper = _mm512_and_si512(_mm512_slli_epi16::<3>(lead), _mm512_set1_epi8(0xF8_u8 as i8));
    let byte = _mm512_or_si512(upper, _mm512_and_si512(_mm512_srli_epi16::<3>(second), _mm512_set1_epi8(7)));
    let table = |i: usize| load(&LETTERS[64 * i..64 * i + 64]);
    let low = _mm512_permutex2var_epi8(table(0), byte, table(1));
    let high = _mm512_permutex2var_epi8(table(2), byte, table(3));
    let row = _mm512_mask_blend_epi8(_mm512_movepi8_mask(byte), low, high);
    let bits = _mm512_set1_epi64(i64::from_le_bytes([1, 2, 4, 8, 16, 32, 64, 128]));
    let bit = _mm512_permutexvar_epi8(_mm512_and_si512(second, _mm512_set1_epi8(7)), bits);
    leads & _mm512_test_epi8_mask(row, bit)
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
    use super::super::super::way::Way;
    use super::*;

    #[test]
    fn letters_of_two_bytes_are_those_of_the_table() {
        use super::super::super::two_bytes::{Character, two_bytes};
        if !Way::widest_is_there() {
            return;
        }
        for c in ('\u{80}'..='\u{8FF}').chain(['’', '語']) {
            for (at, more) in [(0, 0), (0, 80), (62, 0), (63, 0), (63, 80), (70, 10)] {
                let text = format!("{}{c}{}", "-".repeat(at), "-".repeat(more));
                let bytes = text.as_bytes();
                let is_letter = matches!((two_bytes(bytes[at], bytes[at + 1]), c.len_utf8()), (Character::Letter, 2));
                // SAFETY: the processor has what the function asks for.
                #[allow(unsafe_code, reason = "it is what is tested")]
                let found = unsafe { letters(bytes, 0) };
                assert_eq!(found, if at < 64 { u64::from(is_letter) << at } else { 0 }, "{c:?} at {at}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn places_are_those_of_the_bits(few in proptest::num::u64::ANY, more in proptest::num::u64::ANY, at in 0_u32..1 << 31) {
            if !Way::widest_is_there() {
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
