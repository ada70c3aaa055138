//! Reading bits off.

/// A bit for each of up to 64 that is set, eight at once.
#[inline]
pub(crate) fn bits_of(set: &[bool]) -> u64 {
    let (eights, rest) = set.as_chunks::<8>();
    let mut last = [false; 8];
    last[..rest.len()].copy_from_slice(rest);
    let eights = eights.iter().chain([&last]).zip((0..).step_by(8));
    eights
        .fold(0, |bits, (eight, at)| bits | lowest_of_eight(u64::from_le_bytes(eight.map(u8::from))).unbounded_shl(at))
}

/// The lowest bits of eight bytes side by side; of the others none may be set.
#[inline(always)]
pub(crate) fn lowest_of_eight(bytes: u64) -> u64 {
    debug_assert_eq!(bytes & 0xFEFE_FEFE_FEFE_FEFE, 0, "bytes are 0 or 1");
    // A multiplication moves them side by side into the highest byte.
    bytes.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The places of the bits, ascending.
#[inline(always)]
pub(crate) fn each_bit(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        bit
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn bits_are_read_off_as_they_were_set(set in proptest::collection::vec(proptest::bool::ANY, 0..=64)) {
            let expected: Vec<usize> = set.iter().enumerate().filter(|(_, set)| **set).map(|(i, _)| i).collect();
            proptest::prop_assert_eq!(each_bit(bits_of(&set)).collect::<Vec<_>>(), expected);
        }
    }
}
