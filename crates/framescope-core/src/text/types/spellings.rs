//! The spellings that were met, in one piece of memory.

use super::super::{fold, letters};

/// Spellings by number, each with what it folds to. A common one takes its own bytes and eight more.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    bytes: String,
    /// Where pieces of `bytes` begin: each spelling, and behind it what differs from it, folded first, then exact.
    pieces: Vec<u32>,
    /// The piece of each spelling, and in the lowest bits what differs.
    types: Vec<u32>,
}

const FOLDED: u32 = 1 << 0;
const EXACT: u32 = 1 << 1;
const BITS: u32 = 2;

impl Spellings {
    pub(super) fn len(&self) -> usize {
        self.types.len()
    }

    /// How many bytes they take, without their places.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.pieces.clear();
        self.types.clear();
    }

    /// The spelling itself.
    pub(super) fn raw(&self, number: usize) -> &str {
        self.piece((self.types[number] >> BITS) as usize)
    }

    /// As matched: folded by design 3.2.
    pub(super) fn folded(&self, number: usize) -> &str {
        let of = self.types[number];
        self.piece((of >> BITS) as usize + usize::from(of & FOLDED != 0))
    }

    /// After skips, NFC and unified quotes, case kept.
    pub(super) fn exact(&self, number: usize) -> &str {
        let of = self.types[number];
        let behind = if of & EXACT != 0 { 1 + usize::from(of & FOLDED != 0) } else { 0 };
        self.piece((of >> BITS) as usize + behind)
    }

    fn piece(&self, piece: usize) -> &str {
        let end = self.pieces.get(piece + 1).map_or(self.bytes.len(), |&end| end as usize);
        &self.bytes[self.pieces[piece] as usize..end]
    }

    /// Adds a spelling. Says whether it is of letters beyond ASCII that were folded one by one.
    pub(super) fn add(&mut self, raw: &str) -> bool {
        if raw.is_ascii() {
            self.add_of_ascii(raw, raw.bytes().any(|b| b.is_ascii_uppercase()));
            return false;
        }
        let piece = self.pieces.len() as u32;
        let (mut differs, mut of_letters) = (0, false);
        self.keep(raw);
        let start = self.bytes.len();
        if letters::fold_onto(raw, &mut self.bytes) {
            of_letters = true;
            if self.bytes[start..] == *raw {
                self.bytes.truncate(start);
            } else {
                self.pieces.push(start as u32);
                differs = FOLDED;
            }
        } else {
            for (text, bit) in [(fold::fold(raw), FOLDED), (fold::exact(raw), EXACT)] {
                if text != raw {
                    self.keep(&text);
                    differs |= bit;
                }
            }
        }
        self.types.push(piece << BITS | differs);
        of_letters
    }

    /// Adds one of ASCII, which has large letters or none.
    pub(super) fn add_of_ascii(&mut self, raw: &str, has_large: bool) {
        let piece = self.pieces.len() as u32;
        self.keep(raw);
        if has_large {
            let start = self.bytes.len();
            self.keep(raw);
            self.bytes[start..].make_ascii_lowercase();
        }
        self.types.push(piece << BITS | if has_large { FOLDED } else { 0 });
    }

    fn keep(&mut self, text: &str) {
        self.pieces.push(self.bytes.len() as u32);
        self.bytes.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_told_from_what_it_folds_to() {
        let mut spellings = Spellings::default();
        let raw = ["talks", "Talks", "été", "ÉTÉ", "e\u{301}te\u{301}", "E\u{301}", "O’Neill", "حماس", "حَماس", "x"];
        for raw in raw {
            spellings.add(raw);
        }
        assert_eq!(spellings.len(), raw.len());
        for (number, raw) in raw.iter().enumerate() {
            assert_eq!(spellings.raw(number), *raw);
            assert_eq!(spellings.folded(number), fold::fold(raw));
            assert_eq!(spellings.exact(number), fold::exact(raw));
        }
        let bytes = spellings.bytes();
        assert!(!spellings.add("again"), "of ASCII nothing is told");
        assert_eq!(spellings.bytes(), bytes + "again".len(), "what folds to itself is kept once");
        spellings.clear();
        assert_eq!((spellings.len(), spellings.bytes()), (0, 0));
        spellings.add("Talks");
        assert_eq!((spellings.raw(0), spellings.folded(0), spellings.exact(0)), ("Talks", "talks", "Talks"));
    }
}
