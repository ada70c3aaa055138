//! What the bits of a piece of text mean beside each other: characters beyond ASCII, apostrophes, what is in trouble.
//!
//! [`bitmaps`](super::bitmaps) says of every byte of ASCII what it is. Here characters beyond ASCII get their bits, and what depends
//! on neighbours is worked out: where a possessive s is parted from its word, where an apostrophe joins two halves of one
//! (don't), where a mark may open a quotation, and where [`chunks`](super::chunks) must read.

use super::bitmaps::{self, Block};
use super::lang;
use super::two_bytes::{Character, two_bytes};
use crate::bits::each_bit;

/// A piece and its bits, while they are worked out.
pub(super) struct Piece<'a> {
    pub(super) text: &'a [u8],
    pub(super) blocks: &'a mut [Block],
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

#[inline]
fn set(bits: &mut u64, at: usize) {
    *bits |= 1 << (at % 64);
}

impl Piece<'_> {
    #[inline]
    fn block(&self, i: usize) -> &Block {
        self.blocks.get(i).unwrap_or(&bitmaps::AFTER)
    }

    #[inline]
    fn has(&self, bits: impl Fn(&Block) -> u64, at: usize) -> bool {
        bits(self.block(at / 64)) >> (at % 64) & 1 != 0
    }

    fn is_word(&self, at: usize) -> bool {
        self.has(|b| b.word, at)
    }

    fn is_space(&self, at: usize) -> bool {
        self.has(|b| b.space, at)
    }

    fn between_digits(&self, at: usize) -> bool {
        let is_digit = |at: usize| self.has(|b| b.digit, at);
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
        for i in 0..self.blocks.len() {
            if self.blocks[i].beyond_ascii == 0 {
                continue;
            }
            let letters = letters(self.text, 64 * i);
            let both = letters | letters << 1;
            self.blocks[i].word |= both;
            for bit in each_bit(self.blocks[i].beyond_ascii & !both) {
                let at = 64 * i + bit;
                if at >= next {
                    next = at + self.character(at);
                }
            }
            if letters >> 63 != 0 {
                self.blocks[i + 1].word |= 1;
                next = 64 * (i + 1) + 1;
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
                        set(&mut self.blocks[at / 64].word, at);
                        set(&mut self.blocks[(at + 1) / 64].word, at + 1);
                    }
                    Character::Space => {
                        set(&mut self.blocks[at / 64].space, at);
                        set(&mut self.blocks[(at + 1) / 64].space, at + 1);
                    }
                    Character::Quote => set(&mut self.blocks[at / 64].quote, at),
                    Character::Mark => set(&mut self.blocks[at / 64].mark, at),
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
                    (0x80, 0x9A | 0x9C..=0x9E) => set(&mut self.blocks[at / 64].quote, at),
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
                set(&mut self.blocks[at / 64].quote, at);
            } else if self.text[at + 2] == 0x99
                && self.is_word(at - 1)
                && matches!(self.text[rest], b's' | b'S')
                && self.ends_word(rest + 1)
            {
                self.blocks[rest / 64].word &= !(1 << (rest % 64));
            } else if self.text[at + 2] == 0x99 && self.contracts(at, rest) {
                for at in at..rest {
                    set(&mut self.blocks[at / 64].word, at);
                }
            } else {
                self.trouble.push(at as u32);
            }
        }
    }

    /// Whether what stands at `at` does not go on a word, as far as ASCII tells.
    fn ends_word(&self, at: usize) -> bool {
        let block = self.block(at / 64);
        let goes_on = block.word | block.apostrophe | block.rare | block.beyond_ascii;
        let may = block.stop | block.mark | block.number;
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
        let mut last = Block { space: 1 << 63, ..Block::default() };
        // The bit of a final s that stands in the next block.
        let mut carried = 0;
        for i in 0..self.blocks.len() {
            let this = self.blocks[i];
            let next = *self.block(i + 1);
            let (word_before, word_after) = (before(this.word, last.word), after(this.word, next.word));
            // Between digits they go on with the number: 1,234.5.
            let digit_after = after(this.digit, next.digit);
            let in_number = (this.stop | this.number) & before(this.digit, last.digit) & digit_after;
            let mut trouble =
                (this.stop & word_before & word_after | this.number & word_before & digit_after) & !in_number;
            let mut quote = this.quote;
            let (mut possessive, mut contracted) = (0, 0);
            if this.apostrophe != 0 {
                let opens = before(this.space, last.space);
                let between = this.apostrophe & word_after & !opens;
                quote |= this.apostrophe & !between;
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
            for bit in each_bit(this.rare) {
                let at = 64 * i + bit;
                let means_more = match self.text[at] {
                    b':' => self.is_word(at + 1) && !self.between_digits(at) || self.text.get(at + 1) == Some(&b'/'),
                    b'#' | b'@' => !self.opens_chunk(at),
                    _ => true,
                };
                trouble |= u64::from(means_more) << bit;
            }
            self.trouble.extend(each_bit(trouble).map(|bit| (64 * i + bit) as u32));
            for bit in each_bit(this.control) {
                if matches!(self.text[64 * i + bit], b'\n' | b'\r' | 0x0C) {
                    self.line_ends.push((64 * i + bit) as u32);
                }
            }
            self.blocks[i].word = this.word & !(possessive << 1 | carried) | contracted | in_number;
            self.blocks[i].quote = quote;
            self.blocks[i].stop = this.stop | this.mark;
            carried = possessive >> 63;
            last = this;
        }
        for (places, unsorted) in [&mut *self.trouble, &mut *self.line_ends].into_iter().zip(unsorted) {
            if unsorted > 0 {
                places.sort_unstable();
            }
        }
    }
}
