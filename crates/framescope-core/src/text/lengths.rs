//! A quick look that rules most words out of a list: how long those are that begin with its letter.

/// By first letter of ASCII, a bit for each length of the words of a list that begin with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Lengths([u64; 26]);

impl Lengths {
    /// Of these words, folded. Those of 64 bytes and more are left out.
    pub(super) fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Lengths {
        let mut lengths = Lengths::default();
        for word in words.into_iter().filter(|word| word.len() < 64) {
            if let Some(first @ b'a'..=b'z') = word.bytes().next() {
                lengths.0[usize::from(first - b'a')] |= 1 << word.len();
            }
        }
        lengths
    }

    /// Whether a word that begins with a letter of ASCII, small or large, and has fewer than 64 bytes may be on the list. Of others it
    /// says that they may.
    #[inline]
    pub(super) fn may_hold(&self, word: &[u8]) -> bool {
        match word {
            [first @ (b'a'..=b'z' | b'A'..=b'Z'), ..] if word.len() < 64 => {
                self.0[usize::from((first | 0x20) - b'a')] >> word.len() & 1 != 0
            }
            _ => true,
        }
    }
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
        for word in ["don", "ll", "q", "Della"] {
            assert!(!lengths.may_hold(word.as_bytes()), "{word}");
        }
    }
}
