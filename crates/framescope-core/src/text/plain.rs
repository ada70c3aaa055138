//! The fast path: words by bitmaps.
//!
//! Nearly every chunk of news (a run between white space) in Latin, Cyrillic or Arabic letters is
//! letters and digits with marks around them, and its tokens are the runs of letters and digits.
//! So [`bitmaps`](super::bitmaps) says of every byte what it is, bytes beyond ASCII are worked out
//! one character at a time where there are any, and words are read off the bits.
//!
//! A chunk in which a character stands where it might mean more (a full stop between letters, an
//! address, a contraction, a letter of another script) is in *trouble*: its bits are left alone,
//! and [`chunks`](super::chunks) reads it. A property test holds this path equal to the one that
//! reads everything with the libraries, on any text.

use super::bitmaps::{self, Block};
use super::chunks;
use super::words::{Between, Words};

/// What the fast path keeps between paragraphs, for its memory.
#[derive(Debug, Default)]
pub(super) struct Plain {
    blocks: Vec<Block>,
    /// Where curly single quotes stand.
    curly: Vec<u32>,
    /// Where a character is in trouble.
    trouble: Vec<u32>,
}

/// Reads the words of `source[start..end]`, a paragraph.
pub(super) fn scan(plain: &mut Plain, words: &mut Words<'_>, start: usize, end: usize) {
    let text = &words.source.as_bytes()[start..end];
    let Plain { blocks, curly, trouble } = plain;
    curly.clear();
    trouble.clear();
    bitmaps::bitmaps(text, blocks);
    let mut paragraph = Paragraph { text, blocks, curly, trouble };
    paragraph.beyond_ascii();
    paragraph.curly_quotes();
    paragraph.resolve();
    let mut from = 0;
    let mut reading = Reading { paragraph: &paragraph, start, words };
    for i in 0..paragraph.trouble.len() {
        let at = paragraph.trouble[i] as usize;
        if at < from {
            continue;
        }
        // A chunk ends at white space of ASCII; what reads it knows the rest.
        let is_space = |b: &u8| matches!(b, b' ' | b'\t'..=b'\r');
        let chunk_start = text[from..at].iter().rposition(is_space).map_or(from, |i| from + i + 1);
        let chunk_end = text[at..].iter().position(is_space).map_or(text.len(), |i| at + i);
        reading.plain(from, chunk_start);
        chunks::read(reading.words, start + chunk_start, start + chunk_end);
        from = chunk_end;
    }
    reading.plain(from, text.len());
}

/// A paragraph and its bits, while they are worked out.
struct Paragraph<'a> {
    text: &'a [u8],
    blocks: &'a mut [Block],
    curly: &'a mut Vec<u32>,
    trouble: &'a mut Vec<u32>,
}

/// A row of bits with its neighbours: bit `i` of `before(…)` is what stands before byte `i`.
#[inline]
fn before(this: u64, last: u64) -> u64 {
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

/// The places of the bits, ascending.
#[inline]
fn each_bit(mut bits: u64, mut with: impl FnMut(usize)) {
    while bits != 0 {
        with(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}

impl Paragraph<'_> {
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

    /// Whether white space (or nothing) stands before.
    fn opens_chunk(&self, at: usize) -> bool {
        at.checked_sub(1).is_none_or(|before| self.is_space(before))
    }

    /// Gives every character beyond ASCII its bits.
    fn beyond_ascii(&mut self) {
        // Where the next character begins: one may reach into the next block.
        let mut next = 0;
        for i in 0..self.blocks.len() {
            if self.blocks[i].beyond_ascii == 0 {
                continue;
            }
            let mut bits = self.blocks[i].beyond_ascii;
            while bits != 0 {
                let at = 64 * i + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                if at >= next {
                    next = at + self.character(at);
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

    /// Reads ‘ and ’: a mark, what parts a final s from its word, or trouble.
    fn curly_quotes(&mut self) {
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

    /// Works out what depends on neighbours. Afterwards `word` holds what belongs to words,
    /// `quote` all marks that may open or close a quotation, and `stop` all terminators.
    fn resolve(&mut self) {
        let unsorted = self.trouble.len();
        let mut last = Block { space: 1 << 63, ..Block::default() };
        // The bit of a final s that stands in the next block.
        let mut carried = 0;
        for i in 0..self.blocks.len() {
            let this = self.blocks[i];
            let next = *self.block(i + 1);
            let (word_before, word_after) = (before(this.word, last.word), after(this.word, next.word));
            let mut trouble = this.stop & word_before & word_after;
            trouble |= this.number & word_before & after(this.digit, next.digit);
            let mut quote = this.quote;
            let mut possessive = 0;
            if this.apostrophe != 0 {
                let opens = before(this.space, last.space);
                let between = this.apostrophe & word_after & !opens;
                quote |= this.apostrophe & !between;
                each_bit(between & word_before, |bit| {
                    let rest = 64 * i + bit + 1;
                    if matches!(self.text[rest], b's' | b'S') && self.ends_word(rest + 1) {
                        possessive |= 1 << bit;
                    }
                });
                trouble |= between & !possessive;
            }
            if this.rare != 0 {
                each_bit(this.rare, |bit| {
                    let at = 64 * i + bit;
                    let means_more = match self.text[at] {
                        b':' => self.is_word(at + 1) || self.text.get(at + 1) == Some(&b'/'),
                        b'#' | b'@' => !self.opens_chunk(at),
                        _ => true,
                    };
                    trouble |= u64::from(means_more) << bit;
                });
            }
            each_bit(trouble, |bit| self.trouble.push((64 * i + bit) as u32));
            self.blocks[i].word = this.word & !(possessive << 1 | carried);
            self.blocks[i].quote = quote;
            self.blocks[i].stop = this.stop | this.mark;
            carried = possessive >> 63;
            last = this;
        }
        if unsorted > 0 {
            self.trouble.sort_unstable();
        }
    }
}

/// What is read off the bits.
struct Reading<'p, 'a, 'w, 's> {
    paragraph: &'p Paragraph<'a>,
    /// Where the paragraph begins in its field.
    start: usize,
    words: &'w mut Words<'s>,
}

impl Reading<'_, '_, '_, '_> {
    /// Reads `from..to`, in which nothing is in trouble.
    fn plain(&mut self, from: usize, to: usize) {
        if from >= to {
            return;
        }
        let (first, last) = (from / 64, (to - 1) / 64);
        // Whether a word reaches over the end of a block.
        let mut open = 0;
        for i in first..=last {
            let mut inside = u64::MAX;
            if i == first {
                inside &= u64::MAX << (from % 64);
            }
            if i == last && !to.is_multiple_of(64) {
                inside &= !(u64::MAX << (to % 64));
            }
            let block = &self.paragraph.blocks[i];
            let offset = self.start + 64 * i;
            let word = block.word & inside;
            let edges = word ^ before(word, open);
            open = word;
            let tokens = self.words.tokens.len() as u32;
            self.words.edges(edges, offset);
            each_bit(block.quote & inside, |bit| self.words.found.marks.push((offset + bit) as u32));
            each_bit(block.stop & inside, |bit| {
                let begun = edges & word & !(u64::MAX << bit);
                let place = Between { at: (offset + bit) as u32, tokens: tokens + begun.count_ones() };
                self.words.found.terminators.push(place);
            });
        }
        if open >> 63 != 0 && to.is_multiple_of(64) {
            self.words.close(self.start + to);
        }
    }
}

/// What a character beyond ASCII of two bytes may be.
#[derive(Clone, Copy)]
enum Character {
    /// A letter like those of ASCII.
    Letter,
    /// No-break space.
    Space,
    /// « »
    Quote,
    /// Ends sentences: ؟
    Mark,
    /// Parts words, unless between digits: ،
    Number,
    /// Parts words and means nothing more.
    Plain,
    /// What only the careful path knows.
    Trouble,
}

#[inline]
fn two_bytes(lead: u8, second: u8) -> Character {
    TWO_BYTES[usize::from(lead & 0x1F) << 6 | usize::from(second & 0x3F)]
}

/// By code point, from U+0080 on what is known of them.
static TWO_BYTES: [Character; 0x800] = {
    let mut table = [Character::Trouble; 0x800];
    let mut c = 0x80;
    while c < 0x800 {
        table[c] = match c {
            0xA0 => Character::Space,
            0xAB | 0xBB => Character::Quote,
            // ¡ £ § © ® ° ¿
            0xA1 | 0xA3 | 0xA7 | 0xA9 | 0xAE | 0xB0 | 0xBF => Character::Plain,
            // Latin but for × and ÷; Cyrillic.
            0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x17F | 0x400..=0x47F => Character::Letter,
            // Arabic letters; tatweel and harakat are no part of a word.
            0x620..=0x63F | 0x641..=0x64A | 0x671..=0x6D3 => Character::Letter,
            0x60C => Character::Number,
            0x61F => Character::Mark,
            _ => Character::Trouble,
        };
        c += 1;
    }
    table
};
