//! Telling quickly that a set does not hold a word: most words that are looked up are in no set.

/// A bit for each word of a set, among many that are free: a word whose bit is not set is not in it.
#[derive(Debug, Clone)]
pub(crate) struct Sieve {
    /// A power of two.
    bits: Vec<u64>,
}

/// Bits a word.
const SPARSE: usize = 16;

impl Sieve {
    /// With room for so many words.
    pub(crate) fn with_room(words: usize) -> Sieve {
        Sieve { bits: vec![0; (SPARSE * words).next_power_of_two().max(64) / 64] }
    }

    pub(crate) fn of<'w>(words: impl ExactSizeIterator<Item = &'w str>) -> Sieve {
        let mut sieve = Sieve::with_room(words.len());
        words.for_each(|word| sieve.add(Ends::of(word.as_bytes()).number()));
        sieve
    }

    /// Adds what a number stands for.
    pub(crate) fn add(&mut self, number: u64) {
        let (at, bit) = self.place(number);
        self.bits[at] |= bit;
    }

    /// Whether something with this number may have been added.
    #[inline]
    pub(crate) fn may_have(&self, number: u64) -> bool {
        let (at, bit) = self.place(number);
        self.bits[at] & bit != 0
    }

    /// Whether the set may hold a word with these ends.
    #[inline]
    pub(crate) fn may_hold(&self, ends: Ends) -> bool {
        self.may_have(ends.number())
    }

    #[inline]
    fn place(&self, number: u64) -> (usize, u64) {
        // What a multiplication pushes up is as random as needed: the six bits on top, and those below them.
        let hash = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let below = hash >> (58 - self.bits.len().trailing_zeros());
        (below as usize & (self.bits.len() - 1), 1 << (hash >> 58))
    }
}

/// Both ends of a word as numbers: what sets are asked by whether they hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ends {
    /// The first eight bytes, the first lowest, and zeros where it has fewer.
    pub(crate) first: u64,
    /// The last eight bytes, the last lowest, and zeros where it has fewer.
    pub(crate) last: u64,
    len: usize,
}

/// So many bytes of a word are both ends.
const BOTH: usize = 16;

impl Ends {
    #[inline]
    pub(crate) fn of(word: &[u8]) -> Ends {
        Ends { first: first_eight(word), last: last_eight(word), len: word.len() }
    }

    /// Those of a word of 1 to 16 bytes, which stand in these two numbers, the first lowest in the first, and zeros behind them.
    #[inline]
    pub(crate) fn of_halves([low, high]: [u64; 2], len: usize) -> Ends {
        debug_assert!((1..=BOTH).contains(&len), "a word of {len} bytes");
        let at_the_top = (u128::from(high) << 64 | u128::from(low)) << (8 * (BOTH - len));
        Ends { first: low, last: ((at_the_top >> 64) as u64).swap_bytes(), len }
    }

    /// The reverse, where a word is not longer: no other word has the same halves but with zeros behind it.
    #[inline]
    pub(crate) fn halves(self) -> Option<[u64; 2]> {
        let high = if self.len > 8 { self.last.swap_bytes() >> (8 * (BOTH - self.len.min(BOTH))) } else { 0 };
        (self.len <= BOTH).then_some([self.first, high])
    }

    /// A number of both ends and the length.
    #[inline]
    fn number(self) -> u64 {
        self.first ^ self.last.rotate_left(29) ^ self.len as u64
    }
}

#[inline]
fn first_eight(word: &[u8]) -> u64 {
    let len = word.len();
    match (word.first_chunk::<8>(), word.first_chunk::<4>(), word.last_chunk::<4>(), word) {
        (Some(&eight), ..) => u64::from_le_bytes(eight),
        // The two overlap where the bytes are the same.
        (_, Some(&first), Some(&last), _) => {
            u64::from(u32::from_le_bytes(first)) | u64::from(u32::from_le_bytes(last)) << (8 * (len - 4))
        }
        (.., [first, rest @ ..]) => {
            rest.iter().rev().fold(0, |sum, &byte| (sum | u64::from(byte)) << 8) | u64::from(*first)
        }
        (.., []) => 0,
    }
}

#[inline]
fn last_eight(word: &[u8]) -> u64 {
    match word.last_chunk::<8>() {
        Some(&eight) => u64::from_be_bytes(eight),
        None if word.is_empty() => 0,
        None => first_eight(word).swap_bytes() >> (8 * (8 - word.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn ends_of_words_are_read_as_byte_by_byte(word in proptest::collection::vec(1_u8.., 0..20)) {
            let number = |bytes: &mut dyn Iterator<Item = &u8>| {
                bytes.take(8).zip(0..).fold(0, |sum, (&byte, i)| sum | u64::from(byte) << (8 * i))
            };
            proptest::prop_assert_eq!(first_eight(&word), number(&mut word.iter()));
            proptest::prop_assert_eq!(last_eight(&word), number(&mut word.iter().rev()));
            let halves = [number(&mut word.iter()), number(&mut word.iter().skip(8))];
            let has_halves = (1..=16).contains(&word.len());
            if has_halves {
                proptest::prop_assert_eq!(Ends::of_halves(halves, word.len()), Ends::of(&word));
            }
            let is_told = has_halves || word.is_empty();
            proptest::prop_assert_eq!(Ends::of(&word).halves(), is_told.then_some(halves));
        }

        #[test]
        fn a_sieve_holds_back_no_word_of_its_set(words in proptest::collection::vec("[a-céж]{0,12}", 0..60)) {
            let sieve = Sieve::of(words.iter().map(String::as_str));
            for word in &words {
                proptest::prop_assert!(sieve.may_hold(Ends::of(word.as_bytes())), "{}", word);
            }
        }
    }

    #[test]
    fn nearly_all_other_words_are_held_back() {
        let words: Vec<String> = (0..2_000).map(|i| format!("word{i}")).collect();
        let sieve = Sieve::of(words.iter().map(String::as_str));
        let passed = (2_000..22_000).filter(|i| sieve.may_hold(Ends::of(format!("word{i}").as_bytes()))).count();
        assert!(passed < 2_000, "{passed} of 20,000");
        let beginnings: Vec<String> = (0..500).map(|i| format!("inter{i}")).collect();
        let sieve = Sieve::of(beginnings.iter().map(String::as_str));
        let passed = (500..1_000).filter(|i| sieve.may_hold(Ends::of(format!("inter{i}").as_bytes()))).count();
        assert!(passed < 100, "{passed} of 500 that begin alike");
    }
}
