//! Where words begin and end, while they are read: before anybody knows what they are.

/// Two rows of places, ascending. A word that has begun and not ended is in the first row only.
#[derive(Debug, Default)]
pub(super) struct Spans {
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Spans {
    pub(super) fn clear(&mut self) {
        self.truncate(0);
    }

    /// How many words have begun.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Forgets all words but the first so many.
    pub(super) fn truncate(&mut self, len: usize) {
        self.starts.truncate(len);
        self.ends.truncate(len);
    }

    pub(super) fn push(&mut self, start: usize, end: usize) {
        debug_assert_eq!(self.starts.len(), self.ends.len(), "the last word has ended");
        self.starts.push(start as u32);
        self.ends.push(end as u32);
    }

    /// Begins a word at each of the bits of `starts` and ends one at each of `ends`; bit 0 is the byte `offset`.
    /// `places` appends the places of bits, as [`push_places`] does.
    #[inline(always)]
    pub(super) fn edges(&mut self, starts: u64, ends: u64, offset: u32, places: &impl Fn(&mut Vec<u32>, u64, u32)) {
        places(&mut self.starts, starts, offset);
        places(&mut self.ends, ends, offset);
    }

    /// Ends the word that has begun.
    pub(super) fn close(&mut self, end: usize) {
        self.ends.push(end as u32);
    }

    /// Where words begin and where they end, once all have ended.
    pub(super) fn rows(&self) -> (&[u32], &[u32]) {
        debug_assert_eq!(self.starts.len(), self.ends.len(), "all words have ended");
        (&self.starts, &self.ends)
    }

    /// The words from a number on.
    pub(super) fn from(&self, first: usize) -> impl Iterator<Item = (u32, u32)> {
        let (starts, ends) = self.rows();
        starts[first..].iter().copied().zip(ends[first..].iter().copied())
    }
}

/// Rarely more words than this begin in 64 bytes.
const USUAL: usize = 12;

/// Appends the places of the bits, ascending; bit 0 is at `offset`.
#[inline(always)]
pub(super) fn push_places(out: &mut Vec<u32>, bits: u64, offset: u32) {
    push_each::<u32, USUAL>(out, bits, |bit| offset + bit);
}

/// Appends what is made of each bit. How many there are is a surprise each time, so the first `N` are made without
/// asking, and what was too much is taken back.
#[inline(always)]
pub(super) fn push_each<T: Copy, const N: usize>(out: &mut Vec<T>, mut bits: u64, of: impl Fn(u32) -> T) {
    let len = out.len() + bits.count_ones() as usize;
    let mut next = || {
        let bit = bits.trailing_zeros();
        bits &= bits.wrapping_sub(1);
        of(bit)
    };
    let first: [T; N] = std::array::from_fn(|_| next());
    out.extend_from_slice(&first);
    while out.len() < len {
        out.push(next());
    }
    out.truncate(len);
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn every_bit_is_appended_once_and_nothing_else(rows in proptest::collection::vec(
            (proptest::num::u64::ANY, proptest::num::u64::ANY, proptest::num::u64::ANY), 0..8)
        ) {
            let (mut few, mut many, mut expected) = (vec![7], vec![7], vec![7]);
            // From none to all bits.
            for bits in rows.into_iter().flat_map(|(a, b, c)| [a & b & c, a, a | b | c]) {
                push_each::<u32, 2>(&mut few, bits, |bit| bit);
                push_each::<u32, 12>(&mut many, bits, |bit| bit);
                expected.extend((0..64).filter(|bit| bits >> bit & 1 != 0));
            }
            proptest::prop_assert_eq!(&few, &expected);
            proptest::prop_assert_eq!(&many, &expected);
        }
    }
}
