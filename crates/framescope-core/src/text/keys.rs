//! Spellings as numbers of sixteen bytes, to be compared and hashed at once.

/// A spelling for comparison: up to [`HEAD`] bytes themselves and zeros behind them, which no word
/// has; or up to 16 letters of Cyrillic, packed. Of what is longer a hash whose last byte is none of UTF-8, so that equal
/// keys mean little. The key of no spelling is zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(C)]
pub(super) struct Key {
    low: u64,
    high: u64,
}

/// So many bytes of a word are a key as they are.
pub(super) const HEAD: usize = 16;
/// The last byte of the key of a long word…
const LONG: u64 = 0xFF << 56;
/// …but for this bit in its slot. So no slot is taken for that of a long word by its key alone, and the
/// common word needs no other look at its key.
const IN_SLOT: u64 = 1 << 56;

/// The last byte of a key of packed letters, which is none of UTF-8 either.
const PACKED: u64 = 0xF8 << 56;

/// By length: the bytes of a word of so many in its first sixteen.
static MASKS: [Key; HEAD + 1] = {
    let mut masks = [Key { low: u64::MAX, high: u64::MAX }; HEAD + 1];
    let mut len = 0;
    while len < HEAD {
        let mask: u128 = (1 << (8 * len)) - 1;
        masks[len] = Key { low: mask as u64, high: (mask >> 64) as u64 };
        len += 1;
    }
    masks
};

impl Key {
    /// What stands in place of the keys of all words that nobody asks about: no word has a first byte of 0.
    pub(super) const NOBODYS: Key = Key { low: 0, high: 1 };

    /// What [`Key::spread`] multiplies with.
    pub(super) const FACTOR: u64 = K;

    #[inline]
    pub(super) fn new(source: &[u8], start: usize, end: usize) -> Key {
        let len = end - start;
        debug_assert!(len > 0 && source[end - 1] != 0, "zeros behind a word are no part of it");
        // Sixteen bytes at once and the ones behind the word masked off, which needs no loop.
        if let Some(kept) = MASKS.get(len)
            && let Some(window) = source.get(start..start + HEAD)
        {
            let (low, high) = window.split_at(8);
            let half = |bytes: &[u8]| u64::from_le_bytes(std::array::from_fn(|i| bytes[i]));
            return Key { low: half(low) & kept.low, high: half(high) & kept.high };
        }
        Key::at_leisure(&source[start..end])
    }

    /// The key of a long word, or of one near the end of a text.
    #[inline(never)]
    fn at_leisure(word: &[u8]) -> Key {
        if word.len() > HEAD {
            if let Some(key) = Key::of_cyrillic(word) {
                return key;
            }
            let [low, high] = hash_long(word);
            return Key { low, high: high | LONG };
        }
        let mut bytes = [0; HEAD];
        bytes[..word.len()].copy_from_slice(word);
        let both = u128::from_le_bytes(bytes);
        Key { low: both as u64, high: (both >> 64) as u64 }
    }

    /// The key of up to 16 letters of Cyrillic, which are 32 bytes: of each letter seven bits tell it from the others.
    fn of_cyrillic(word: &[u8]) -> Option<Key> {
        // Each letter begins with one of two bytes that differ in their last bit, and the six last bits of its other byte
        // tell the rest.
        let (pairs, odd) = word.as_chunks::<2>();
        if !odd.is_empty() || pairs.iter().any(|[lead, _]| lead & 0xFE != 0xD0) {
            return None;
        }
        let mut bytes = [0; 2 * HEAD];
        bytes.get_mut(..word.len())?.copy_from_slice(word);
        let mut packed = 0_u128;
        for (i, four) in bytes.as_chunks::<8>().0.iter().enumerate() {
            let four = u64::from_le_bytes(*four);
            let sevens = (four & 0x0001_0001_0001_0001) << 6 | four >> 8 & 0x003F_003F_003F_003F;
            let twos = (sevens | sevens >> 9) & 0x0000_3FFF_0000_3FFF;
            packed |= u128::from((twos | twos >> 18) & 0x0FFF_FFFF) << (28 * i);
        }
        let letters = pairs.len() as u64;
        Some(Key { low: packed as u64, high: (packed >> 64) as u64 | letters << 48 | PACKED })
    }

    pub(super) fn is_long(self) -> bool {
        self.high >= LONG
    }

    /// The key that a slot has of this word.
    pub(super) fn in_slot(self) -> Key {
        if self.is_long() { Key { high: self.high ^ IN_SLOT, ..self } } else { self }
    }

    /// The reverse.
    pub(super) fn out_of_slot(self) -> Key {
        if self.high >= LONG ^ IN_SLOT { Key { high: self.high | IN_SLOT, ..self } } else { self }
    }

    /// A number of so many bits.
    #[inline]
    pub(super) fn hash(self, bits: u32) -> usize {
        (self.spread() >> (u64::BITS - bits)) as usize
    }

    /// A number whose upper bits all bits of the key reach.
    #[inline]
    pub(super) fn spread(self) -> u64 {
        // What two multiplications push up is as random as a table needs it.
        (self.low.wrapping_mul(Key::FACTOR) ^ self.high).wrapping_mul(Key::FACTOR)
    }

    /// The key of 1 to 16 small letters of ASCII.
    pub(super) fn of_small_letters(word: &[u8]) -> Option<Key> {
        let is_such = (1..=HEAD).contains(&word.len()) && word.iter().all(u8::is_ascii_lowercase);
        is_such.then(|| Key::at_leisure(word))
    }

    /// The key of the same word in small letters, if it is the key of a word of so many bytes, all of them letters of ASCII.
    #[inline]
    pub(super) fn small_letters(self, len: usize) -> Option<Key> {
        let there = MASKS.get(len)?;
        let small = |half: u64, there: u64| {
            let small = half | 0x2020_2020_2020_2020 & there;
            // The upper bit of a byte is set where it is `a` or more, and where it is more than `z`.
            let (from_a, beyond_z) = ((small & BELOW).wrapping_add(A), (small & BELOW).wrapping_add(BEYOND_Z));
            // A byte that goes on a character beyond ASCII is none of these, whatever its first byte looks like.
            let others = !(from_a & !beyond_z) & !BELOW & there;
            (small, others)
        };
        let ((low, others_low), (high, others_high)) = (small(self.low, there.low), small(self.high, there.high));
        (others_low | others_high == 0).then_some(Key { low, high })
    }

    /// Both halves, the first bytes in the first.
    #[inline]
    pub(super) fn halves(self) -> [u64; 2] {
        [self.low, self.high]
    }
}

/// All bits of bytes but the upper one each…
const BELOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;
/// …what sets that one where it is added to `a` and more…
const A: u64 = 0x0101_0101_0101_0101 * (0x80 - b'a' as u64);
/// …and to what is more than `z`.
const BEYOND_Z: u64 = 0x0101_0101_0101_0101 * (0x7F - b'z' as u64);

const K: u64 = 0x9E37_79B9_7F4A_7C15;

/// Multiply and fold: every bit of both words reaches every bit of the result.
#[inline]
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ K.rotate_left(29)) * u128::from(b ^ K);
    (product as u64) ^ ((product >> 64) as u64)
}

/// 128 bits of hash: two of 64 with different seeds would cost twice as much, so the second is
/// what the first was one step before.
fn hash_long(bytes: &[u8]) -> [u64; 2] {
    let (mut hash, mut last) = (K ^ bytes.len() as u64, 0);
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        (hash, last) = (mix(hash, u64::from_le_bytes(word)), hash);
    }
    [hash, last]
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn letters_of_a_key_are_made_small(word in "[a-zA-Z]{1,18}|[@A-Z\\[`a-z{éãűж’'0\\x7f]{1,18}") {
            let of_letters = word.len() <= HEAD && word.bytes().all(|b| b.is_ascii_alphabetic());
            let small = of_letters.then(|| Key::new(word.to_ascii_lowercase().as_bytes(), 0, word.len()));
            proptest::prop_assert_eq!(Key::new(word.as_bytes(), 0, word.len()).small_letters(word.len()), small);
        }

        #[test]
        fn equal_keys_are_of_equal_words(a in "[ЀЁабА-яѿz]{1,20}", b in "[ЀЁабА-яѿz]{1,20}", cut in 0_usize..20) {
            let key = |word: &str| Key::new(word.as_bytes(), 0, word.len());
            let shorter: String = a.chars().take(cut.max(1)).collect();
            for other in [&b, &shorter, &format!("{a}Ѐ"), &format!("{a}я")] {
                proptest::prop_assert_eq!(key(&a) == key(other), a == *other, "{} {}", a, other);
                proptest::prop_assert_eq!(key(other).in_slot().out_of_slot(), key(other));
            }
            proptest::prop_assert!(key(&a) != Key::default());
            // What is a hash says so, and of Cyrillic nothing up to 16 letters is.
            let cyrillic = !a.contains('z') && a.chars().count() <= 16;
            proptest::prop_assert_eq!(key(&a).is_long(), !cyrillic && a.len() > HEAD);
        }
    }
}
