//! Which words somebody asks about: all others need no number of their own.
//!
//! Nearly all spellings of a corpus, and every other of its tokens, are neither among the words of the languages' rules
//! nor among those of a lexicon. Where only counts are wanted, a look at a few bits tells them from the rest, and they
//! are neither looked up in the table of spellings, which is larger than the caches near the processor, nor learnt.

use super::keys::Key;
use super::lang;
use super::way::Way;

/// The words that somebody asks about, and by chance some more. Of those that are not 2 to 16 letters of ASCII it is
/// all.
#[derive(Debug, Clone)]
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "nothing is told apart there"))]
pub struct Relevant {
    /// A bit for each hash of a word, or of its beginning or ending, among many that are free; a power of two of them, and
    /// at least 32.
    bits: Vec<u32>,
    first_letters: u32,
    beginnings: bool,
    endings: Vec<u32>,
}

/// What makes a word relevant; folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted<'w> {
    /// That it is this one.
    Word(&'w str),
    /// That it begins so.
    Beginning(&'w str),
    /// That it ends so.
    Ending(&'w str),
}

/// So many bytes of a beginning are looked at. Of a shorter one all are noted that it may go on with.
const BEGINNING: usize = 4;
/// So many bytes of an ending are looked at, or the next fewer: each number in use is one more look at every word.
const ENDINGS: [usize; 3] = [4, 2, 1];
/// Where any of more letters suffices as a beginning, most words have it.
const MANY_LETTERS: u32 = 12;
/// The bits of more hashes are no longer near the processor.
const MANY_HASHES: usize = 1 << 16;
/// Bits a hash: one of so many looks finds by chance what is not there.
const SPARSE: usize = 32;

impl Relevant {
    /// The words that are wanted, and those that the rules of languages know; `None` where these are so many that telling
    /// them from others costs more than it spares, and on processors on which it always does.
    pub fn new<'w>(wanted: impl Iterator<Item = Wanted<'w>>) -> Option<Relevant> {
        if !Way::of_processor().is_widest() {
            return None;
        }
        let (mut first_letters, mut beginnings, mut endings) = (0_u32, false, Vec::new());
        let mut hashes = Vec::new();
        let of_rules = lang::words_of_rules().map(|word| -> Wanted<'w> { Wanted::Word(word) });
        for wanted in of_rules.chain(wanted) {
            match wanted {
                Wanted::Word(word) => hashes.extend(Key::of_small_letters(word.as_bytes()).map(of_word)),
                Wanted::Beginning(literal) => match literal.as_bytes() {
                    [] => return None,
                    [letter] => first_letters |= 1 << (letter & 31),
                    several => {
                        beginnings = true;
                        each_beginning(several, &mut |four| hashes.push(of_four(u32::from_le_bytes(*four))));
                    }
                },
                Wanted::Ending(literal) => {
                    // All words end with nothing.
                    let len = ENDINGS.into_iter().find(|&len| len <= literal.len())?;
                    let mask = u32::MAX << (u32::BITS as usize - 8 * len);
                    if !endings.contains(&mask) {
                        endings.push(mask);
                    }
                    hashes.push(of_four(last_four(literal.as_bytes()) & mask));
                }
            }
        }
        if first_letters.count_ones() > MANY_LETTERS || hashes.len() > MANY_HASHES {
            return None;
        }
        let bits = vec![0; (SPARSE * hashes.len().max(1)).next_power_of_two() / 32];
        let mut relevant = Relevant { bits, first_letters, beginnings, endings };
        for hash in hashes {
            let number = hash >> relevant.shift();
            relevant.bits[(number / 32) as usize] |= 1 << (number % 32);
        }
        Some(relevant)
    }

    /// The bits; there are as many as a shifted hash has values.
    #[cfg(target_arch = "x86_64")]
    #[inline]
    pub(super) fn bits(&self) -> &[u32] {
        &self.bits
    }

    /// How far a hash is shifted to be the number of its bit.
    #[inline]
    pub(super) fn shift(&self) -> u32 {
        u32::BITS - self.bits.len().trailing_zeros() - u32::BITS.trailing_zeros()
    }

    /// The first letters that suffice, a bit each, by what is the same in small letters and large ones.
    #[cfg(target_arch = "x86_64")]
    #[inline]
    pub(super) fn first_letters(&self) -> u32 {
        self.first_letters
    }

    /// Whether words are looked up by their first four bytes, too.
    #[cfg(target_arch = "x86_64")]
    #[inline]
    pub(super) fn by_beginning(&self) -> bool {
        self.beginnings
    }

    /// By which of their last four they are.
    #[cfg(target_arch = "x86_64")]
    #[inline]
    pub(super) fn by_ending(&self) -> &[u32] {
        &self.endings
    }
}

/// Calls `with` for the first four letters, or fewer and zeros, of all words that begin so.
fn each_beginning(literal: &[u8], with: &mut impl FnMut(&[u8; BEGINNING])) {
    if let Some(four) = literal.first_chunk() {
        return with(four);
    }
    let mut whole = [0; BEGINNING];
    whole[..literal.len()].copy_from_slice(literal);
    with(&whole);
    for letter in b'a'..=b'z' {
        whole[literal.len()] = letter;
        each_beginning(&whole[..literal.len() + 1], with);
    }
}

/// The hash of a word of small letters: its bits on top are as random as they need be.
fn of_word(word: Key) -> u32 {
    let [low, high] = word.halves();
    let [second, third, fourth] = [low >> 32, high, high >> 32];
    let turned = [second as u32, third as u32, fourth as u32].into_iter().zip(TURNS);
    turned.fold(low as u32, |word, (four, turn)| word ^ four.rotate_left(turn)).wrapping_mul(WORD_FACTOR)
}

/// How far the second, third and fourth four bytes of a word are turned before they meet the first.
pub(super) const TURNS: [u32; 3] = [7, 14, 23];

/// What makes a hash of a word…
pub(super) const WORD_FACTOR: u32 = 0x9E37_79B1;
/// …and of four bytes of its beginning or ending.
pub(super) const FOUR_FACTOR: u32 = 0x85EB_CA77;

/// Of four bytes of its beginning or ending.
fn of_four(bytes: u32) -> u32 {
    bytes.wrapping_mul(FOUR_FACTOR)
}

/// The last bytes of a literal, up to four, the last of them highest.
fn last_four(literal: &[u8]) -> u32 {
    let four = &literal[literal.len().saturating_sub(4)..];
    four.iter().fold(0, |last, &byte| last >> 8 | u32::from(byte) << 24)
}
