//! What the bits of a piece of text mean beside each other: characters beyond ASCII, apostrophes, what is in trouble.
//!
//! [`bitmaps`](super::bitmaps) says of every byte of ASCII what it is. Here characters beyond ASCII get their bits, and what depends
//! on neighbours is worked out: where a possessive s is parted from its word, where an apostrophe joins two halves of one
//! (don't), where a mark may open a quotation, and where [`chunks`](super::chunks) must read.

use super::bitmaps::{self, BLOCKS, Eight, Row};
use super::lang;
use super::two_bytes::{Character, two_bytes};
use crate::bits::each_bit;

/// A piece and its bits, while they are worked out.
pub(super) struct Piece<'a> {
    pub(super) text: &'a [u8],
    pub(super) eights: &'a mut [Eight],
    /// Where curly single quotes stand.
    pub(super) curly: &'a mut Vec<u32>,
    /// Where a character is in trouble.
    pub(super) trouble: &'a mut Vec<u32>,
    pub(super) line_ends: &'a mut Vec<u32>,
}

/// A row of bits with its neighbours: bit `i` of `before(…)` is what stands before byte `i`.
#[inline]
pub(super) fn before(this: u64, last: u64) -> u64 {
    this << 1 | last >> 63
}

#[inline]
fn after(this: u64, next: u64) -> u64 {
    this >> 1 | next << 63
}

impl Piece<'_> {
    /// Eight blocks, or what follows the text.
    #[inline]
    fn eight(&self, n: usize) -> &Eight {
        self.eights.get(n).unwrap_or(&bitmaps::AFTER)
    }

    /// The bits of a block.
    #[inline]
    fn block(&self, row: impl Fn(&Eight) -> &Row, i: usize) -> u64 {
        row(self.eight(i / BLOCKS))[i % BLOCKS]
    }

    #[inline]
    fn has(&self, row: impl Fn(&Eight) -> &Row, at: usize) -> bool {
        self.block(row, at / 64) >> (at % 64) & 1 != 0
    }

    /// Sets the bit of a byte of the text.
    #[inline]
    fn set(&mut self, row: impl Fn(&mut Eight) -> &mut Row, at: usize) {
        let i = at / 64;
        row(&mut self.eights[i / BLOCKS])[i % BLOCKS] |= 1 << (at % 64);
    }

    fn is_word(&self, at: usize) -> bool {
        self.has(|e| &e.word, at)
    }

    fn is_space(&self, at: usize) -> bool {
        self.has(|e| &e.space, at)
    }

    fn between_digits(&self, at: usize) -> bool {
        let is_digit = |at: usize| self.has(|e| &e.digit, at);
        at.checked_sub(1).is_some_and(is_digit) && is_digit(at + 1)
    }

    /// Whether white space (or nothing) stands before.
    fn opens_chunk(&self, at: usize) -> bool {
        at.checked_sub(1).is_none_or(|before| self.is_space(before))
    }

    /// Gives every character beyond ASCII its bits.
    #[inline(always)]
    pub(super) fn beyond_ascii(&mut self, letters: impl Fn(&[u8], usize) -> u64) {
        // Where the next character begins: one may reach into the next block.
        let mut next = 0;
        for n in 0..self.eights.len() {
            for block in each_bit(some(&self.eights[n].beyond_ascii)) {
                let i = BLOCKS * n + block;
                let letters = letters(self.text, 64 * i);
                let both = letters | letters << 1;
                self.eights[n].word[block] |= both;
                for bit in each_bit(self.eights[n].beyond_ascii[block] & !both) {
                    let at = 64 * i + bit;
                    if at >= next {
                        next = at + self.character(at);
                    }
                }
                if letters >> 63 != 0 {
                    next = 64 * (i + 1);
                    self.set(|e| &mut e.word, next);
                    next += 1;
                }
            }
        }
    }

    /// Gives the character at `at` its bits and returns how many bytes it has.
    #[inline]
    fn character(&mut self, at: usize) -> usize {
        let lead = self.text[at];
        let second = self.text.get(at + 1).copied().unwrap_or(0);
        match lead {
            0xC2..=0xDF => {
                match two_bytes(lead, second) {
                    Character::Letter => {
                        self.set(|e| &mut e.word, at);
                        self.set(|e| &mut e.word, at + 1);
                    }
                    Character::Space => {
                        self.set(|e| &mut e.space, at);
                        self.set(|e| &mut e.space, at + 1);
                    }
                    Character::Quote => self.set(|e| &mut e.quote, at),
                    Character::Mark => self.set(|e| &mut e.mark, at),
                    Character::Plain => {}
                    // Between digits it goes on with the number.
                    Character::Number if self.text.get(at + 2).is_some_and(u8::is_ascii_digit) => {
                        self.trouble.push(at as u32);
                    }
                    Character::Number => {}
                    Character::LineEnd => self.line_end(at),
                    Character::Trouble => self.trouble.push(at as u32),
                }
                2
            }
            0xE2 => {
                match (second, self.text.get(at + 2).copied().unwrap_or(0)) {
                    // Dashes and hyphens, the bullet, the ellipsis; €.
                    (0x80, 0x90..=0x95 | 0xA2 | 0xA6) | (0x82, 0xAC) => {}
                    (0x80, 0x98 | 0x99) => self.curly.push(at as u32),
                    (0x80, 0x9A | 0x9C..=0x9E) => self.set(|e| &mut e.quote, at),
                    (0x80, 0xA8 | 0xA9) => self.line_end(at),
                    _ => self.trouble.push(at as u32),
                }
                3
            }
            _ => {
                self.trouble.push(at as u32);
                if lead < 0xF0 { 3 } else { 4 }
            }
        }
    }

    /// Notes U+0085, U+2028 or U+2029.
    fn line_end(&mut self, at: usize) {
        self.line_ends.push(at as u32);
        self.trouble.push(at as u32);
    }

    /// Reads ‘ and ’: a mark, what parts a final s from its word, a part of a contraction, or trouble.
    #[inline(always)]
    pub(super) fn curly_quotes(&mut self) {
        for i in 0..self.curly.len() {
            let at = self.curly[i] as usize;
            let rest = at + 3;
            if !self.is_word(rest) || self.opens_chunk(at) {
                self.set(|e| &mut e.quote, at);
            } else if self.text[at + 2] == 0x99
                && self.is_word(at - 1)
                && matches!(self.text[rest], b's' | b'S')
                && self.ends_word(rest + 1)
            {
                let i = rest / 64;
                self.eights[i / BLOCKS].word[i % BLOCKS] &= !(1 << (rest % 64));
            } else if self.text[at + 2] == 0x99 && self.contracts(at, rest) {
                for at in at..rest {
                    self.set(|e| &mut e.word, at);
                }
            } else {
                self.trouble.push(at as u32);
            }
        }
    }

    /// Whether what stands at `at` does not go on a word, as far as ASCII tells.
    fn ends_word(&self, at: usize) -> bool {
        let (eight, i) = (self.eight(at / 64 / BLOCKS), at / 64 % BLOCKS);
        let goes_on = eight.word[i] | eight.apostrophe[i] | eight.rare[i] | eight.beyond_ascii[i];
        let may = eight.stop[i] | eight.mark[i] | eight.number[i];
        let bit = |bits: u64| bits >> (at % 64) & 1 != 0;
        !bit(goes_on) && (!bit(may) || !self.is_word(at + 1))
    }

    /// Whether the apostrophe between what ends at `to` and what begins at `rest` makes one word of both (don't). Where
    /// more must be known than letters of ASCII tell, it does not.
    fn contracts(&self, to: usize, rest: usize) -> bool {
        let text = self.text;
        if !(to > 0 && text[to - 1].is_ascii_alphabetic() && text[rest].is_ascii_alphabetic()) {
            return false;
        }
        let from = text[..to].iter().rposition(|b| !b.is_ascii_alphanumeric()).map_or(0, |before| before + 1);
        let len = text[rest..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let is_s = len == 1 && matches!(text[rest], b's' | b'S');
        let ends = match text[rest + len..] {
            // Dashes, double quotes, the ellipsis.
            [0xE2, 0x80, last, ..] => matches!(last, 0x90..=0x95 | 0x9C..=0x9E | 0xA6),
            [b, ..] => b.is_ascii() && b != b'\'',
            [] => true,
        };
        let begins = from == 0 || text[from - 1].is_ascii();
        begins && ends && !is_s && !lang::is_elision_in_ascii(&text[from..to])
    }

    /// Works out what depends on neighbours. Afterwards `word` holds what belongs to words,
    /// `quote` all marks that may open or close a quotation, and `stop` all terminators.
    #[inline(always)]
    pub(super) fn resolve(&mut self) {
        let unsorted = [self.trouble.len(), self.line_ends.len()];
        // Of the block before: white space stands before a text.
        let (mut last_word, mut last_digit, mut last_space) = (0, 0, 1 << 63);
        // The bit of a final s that stands in the next block.
        let mut carried = 0;
        for n in 0..self.eights.len() {
            let (this, next) = (&self.eights[n], self.eight(n + 1));
            let (word_before, digit_before) = (all_before(&this.word, last_word), all_before(&this.digit, last_digit));
            let (word_after, digit_after) =
                (all_after(&this.word, next.word[0]), all_after(&this.digit, next.digit[0]));
            // Between digits they go on with the number: 1,234.5.
            let in_number: Row =
                std::array::from_fn(|i| (this.stop[i] | this.number[i]) & digit_before[i] & digit_after[i]);
            let trouble: Row = std::array::from_fn(|i| {
                let (stop, number) = (this.stop[i] & word_after[i], this.number[i] & digit_after[i]);
                (stop | number) & word_before[i] & !in_number[i]
            });
            let mut words: Row = std::array::from_fn(|i| this.word[i] | in_number[i]);
            words[0] &= !carried;
            carried = 0;
            let mut quotes = this.quote;
            let stops: Row = std::array::from_fn(|i| this.stop[i] | this.mark[i]);
            let odd: Row = std::array::from_fn(|i| trouble[i] | this.apostrophe[i] | this.rare[i] | this.control[i]);
            let opens = all_before(&this.space, last_space);
            for i in each_bit(some(&odd)) {
                let (possessive, contracted) = self.resolve_block(
                    BLOCKS * n + i,
                    trouble[i],
                    [word_before[i], word_after[i]],
                    opens[i],
                    &mut quotes[i],
                );
                words[i] = words[i] & !(possessive << 1) | contracted;
                match words.get_mut(i + 1) {
                    Some(next) => *next &= !(possessive >> 63),
                    None => carried = possessive >> 63,
                }
            }
            let this = &mut self.eights[n];
            (last_word, last_digit, last_space) =
                (this.word[BLOCKS - 1], this.digit[BLOCKS - 1], this.space[BLOCKS - 1]);
            (this.word, this.quote, this.stop) = (words, quotes, stops);
        }
        for (places, unsorted) in [&mut *self.trouble, &mut *self.line_ends].into_iter().zip(unsorted) {
            if unsorted > 0 {
                places.sort_unstable();
            }
        }
    }

    /// Looks at what must be looked at one by one in a block: notes what is in trouble and where lines end, adds to `quote`,
    /// and returns the apostrophes before a final s and those that join two halves of a word. `opens` are the bytes with white
    /// space before them.
    #[inline(always)]
    fn resolve_block(
        &mut self,
        i: usize,
        mut trouble: u64,
        [word_before, word_after]: [u64; 2],
        opens: u64,
        quote: &mut u64,
    ) -> (u64, u64) {
        let (mut possessive, mut contracted) = (0, 0);
        let apostrophe = self.block(|e| &e.apostrophe, i);
        if apostrophe != 0 {
            let between = apostrophe & word_after & !opens;
            *quote |= apostrophe & !between;
            for bit in each_bit(between & word_before) {
                let rest = 64 * i + bit + 1;
                if matches!(self.text[rest], b's' | b'S') && self.ends_word(rest + 1) {
                    possessive |= 1 << bit;
                } else if self.contracts(rest - 1, rest) {
                    contracted |= 1 << bit;
                }
            }
            trouble |= between & !possessive & !contracted;
        }
        for bit in each_bit(self.block(|e| &e.rare, i)) {
            let at = 64 * i + bit;
            let means_more = match self.text[at] {
                b':' => self.is_word(at + 1) && !self.between_digits(at) || self.text.get(at + 1) == Some(&b'/'),
                b'#' | b'@' => !self.opens_chunk(at),
                _ => true,
            };
            trouble |= u64::from(means_more) << bit;
        }
        self.trouble.extend(each_bit(trouble).map(|bit| (64 * i + bit) as u32));
        for bit in each_bit(self.block(|e| &e.control, i)) {
            if matches!(self.text[64 * i + bit], b'\n' | b'\r' | 0x0C) {
                self.line_ends.push((64 * i + bit) as u32);
            }
        }
        (possessive, contracted)
    }
}

/// [`before`] of a row, and of the block before it.
#[inline(always)]
fn all_before(row: &Row, last: u64) -> Row {
    std::array::from_fn(|i| before(row[i], if i > 0 { row[i - 1] } else { last }))
}

/// [`after`] of a row, and of the block behind it.
#[inline(always)]
fn all_after(row: &Row, next: u64) -> Row {
    std::array::from_fn(|i| after(row[i], row.get(i + 1).copied().unwrap_or(next)))
}

/// A bit for each block of a row in which some are.
#[inline(always)]
fn some(row: &Row) -> u64 {
    row.iter().rev().fold(0, |some, &bits| some << 1 | u64::from(bits != 0))
}
