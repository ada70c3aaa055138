//! A quick look that rules most words out of a list: how long those are that begin with its first letter, and those that end with its last.

/// By letter of ASCII, a bit for each length of the words of a list that begin with it, and of those that end with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Lengths {
    first: [u64; 26],
    last: [u64; 26],
}

impl Lengths {
    /// Of these words, folded. Those of 64 bytes and more are left out.
    pub(super) fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Lengths {
        let mut lengths = Lengths::default();
        for word in words.into_iter().filter(|word| word.len() < 64).map(str::as_bytes) {
            for (lengths, letter) in [(&mut lengths.first, word.first()), (&mut lengths.last, word.last())] {
                if let Some(letter) = letter.and_then(|&byte| number(byte)) {
                    lengths[letter] |= 1 << word.len();
                }
            }
        }
        lengths
    }

    /// Whether a word that begins and ends with a letter of ASCII, small or large, and has fewer than 64 bytes may be on the list. Of
    /// others it says that they may.
    #[inline]
    pub(super) fn may_hold(&self, word: &[u8]) -> bool {
        let (&[first, ..], &[.., last]) = (word, word) else { return true };
        match (number(first), number(last)) {
            (Some(first), Some(last)) if word.len() < 64 => {
                (self.first[first] & self.last[last]) >> word.len() & 1 != 0
            }
            _ => true,
        }
    }
}

/// Which letter of ASCII a byte is.
#[inline]
fn number(byte: u8) -> Option<usize> {
    byte.is_ascii_alphabetic().then(|| usize::from((byte | 0x20) - b'a'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_on_the_list_is_ruled_out() {
        let long = "l".repeat(64);
        let lengths = Lengths::of(["l", "dell", "qu", "água", &long]);
        for word in ["l", "L", "Dell", "qu", "água", &long, "", "7"] {
            assert!(lengths.may_hold(word.as_bytes()), "{word}");
        }
        for word in ["don", "ll", "q", "Della", "Deli", "bell"] {
            assert!(!lengths.may_hold(word.as_bytes()), "{word}");
        }
    }
}
