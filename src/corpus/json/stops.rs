//! Where a run of plain characters in a JSON string ends.

/// So many bytes are looked at together.
pub(super) const WIDTH: usize = 32;

/// A bit for each byte that ends a run: a quotation mark, a backslash or a control character.
#[inline]
#[cfg(target_arch = "x86_64")]
pub(super) fn stops(bytes: &[u8; WIDTH]) -> u32 {
    use std::arch::x86_64::*;

    #[target_feature(enable = "sse2")]
    fn by_vector(bytes: __m128i) -> u32 {
        let marks = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'"' as i8));
        let backslashes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'\\' as i8));
        let controls = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
        _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(marks, backslashes), controls)) as u32
    }

    let (sixteens, _) = bytes.as_chunks::<16>();
    // SAFETY: every processor of this kind has SSE2, and sixteen bytes are read of as many.
    #[allow(unsafe_code, reason = "half of the time of reading JSON: benches/NOTES.md")]
    let [low, high] = [0, 1].map(|i| unsafe { by_vector(_mm_loadu_si128(sixteens[i].as_ptr().cast())) });
    low | high << 16
}

#[inline]
#[cfg(not(target_arch = "x86_64"))]
pub(super) fn stops(bytes: &[u8; WIDTH]) -> u32 {
    by_words(bytes)
}

/// The same for any processor, eight bytes at a time.
#[cfg(any(test, not(target_arch = "x86_64")))]
fn by_words(bytes: &[u8; WIDTH]) -> u32 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    // The highest bit of each byte below a limit up to 0x80, exactly: no byte borrows from the next.
    let below = |word: u64, limit: u64| !(((word & !HIGH) + (0x80 - limit) * ONES) | word) & HIGH;
    let stops = |word: u64| {
        let is = |byte: u8| below(word ^ (u64::from(byte) * ONES), 1);
        let found = is(b'"') | is(b'\\') | below(word, 0x20);
        // The highest bits of eight bytes, side by side.
        (found >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
    };
    let words = bytes.as_chunks::<8>().0.iter().enumerate();
    words.map(|(i, word)| (stops(u64::from_le_bytes(*word)) as u32) << (8 * i)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn they_are_marks_backslashes_and_control_characters(
            bytes in proptest::array::uniform32(proptest::prop_oneof![0_u8..=255, 0x1E_u8..0x24, 0x5B_u8..0x5E])
        ) {
            let expected = (0..WIDTH).map(|i| u32::from(matches!(bytes[i], b'"' | b'\\' | 0..0x20)) << i).sum::<u32>();
            proptest::prop_assert_eq!(stops(&bytes), expected);
            proptest::prop_assert_eq!(by_words(&bytes), expected);
        }
    }
}
