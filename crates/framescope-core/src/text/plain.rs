//! The fast path: words by bitmaps.
//!
//! Nearly every chunk of news (a run between white space) in Latin, Cyrillic or Arabic letters is
//! letters and digits with marks around them, and its tokens are the runs of letters and digits.
//! So [`bitmaps`](super::bitmaps) says of every byte what it is, bytes beyond ASCII are worked out
//! one character at a time where there are any, and words are read off the bits.
//!
//! A chunk in which a character stands where it might mean more (a full stop between letters, an
//! address, an elision, a letter of another script) is in *trouble*: its bits are left alone,
//! and [`chunks`](super::chunks) reads it. A property test holds this path equal to the one that
//! reads everything with the libraries, on any text.

use std::ops::Range;
use std::sync::LazyLock;

use super::bitmaps::{self, Block};
use super::chunks;
use super::lang;
use super::spans::{push_each, push_places};
use super::two_bytes::{Character, two_bytes};
use super::words::{Between, Words};

/// A piece of text and its bits; kept between articles for its memory.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Plain {
    /// Where the piece stands in its field.
    piece: Range<usize>,
    blocks: Vec<Block>,
    /// Where curly single quotes stand.
    curly: Vec<u32>,
    /// Where a character is in trouble.
    trouble: Vec<u32>,
    /// How many of those stand before what was read last.
    met: usize,
    line_ends: Vec<u32>,
}

impl Plain {
    /// Works out the bits of a piece of `source`, for [`Plain::words`].
    pub(super) fn look_at(&mut self, source: &str, piece: Range<usize>) {
        // SAFETY: the processor has what the function asks for.
        #[allow(unsafe_code, reason = "many times the speed of the scalar twin: benches/NOTES.md")]
        match Way::of_processor() {
            #[cfg(target_arch = "x86_64")]
            Way::Widest => unsafe { widest::look_at(self, source, piece) },
            #[cfg(target_arch = "x86_64")]
            Way::Wide => unsafe { wide::look_at(self, source, piece) },
            Way::Any => self.look_with(source, piece, bitmaps::scalar, |_, _| 0),
        }
    }

    /// `letters` says where in 64 bytes of a text, from the given one on, letters of two bytes begin, as far as it can.
    #[inline(always)]
    fn look_with(
        &mut self,
        source: &str,
        piece: Range<usize>,
        bitmaps: impl Fn(&[u8], &mut Vec<Block>),
        letters: impl Fn(&[u8], usize) -> u64,
    ) {
        let text = &source.as_bytes()[piece.clone()];
        self.piece = piece;
        self.met = 0;
        let Plain { blocks, curly, trouble, line_ends, .. } = self;
        curly.clear();
        trouble.clear();
        line_ends.clear();
        bitmaps(text, blocks);
        let mut piece = Piece { text, blocks, curly, trouble, line_ends };
        piece.beyond_ascii(letters);
        piece.curly_quotes();
        piece.resolve();
    }

    /// Where the piece has line ends, ascending, in bytes from its start.
    pub(super) fn line_ends(&self) -> &[u32] {
        &self.line_ends
    }

    /// Reads the words of a range of the piece, a paragraph, with white space (or the piece's end) on both sides.
    /// Ranges are read in ascending order.
    pub(super) fn words(&mut self, words: &mut Words<'_>, range: Range<usize>) {
        // SAFETY: the processor has what the function asks for.
        #[allow(unsafe_code, reason = "a tenth of the time of reading: benches/NOTES.md")]
        match Way::of_processor() {
            #[cfg(target_arch = "x86_64")]
            Way::Widest => unsafe { widest::words(self, words, range) },
            #[cfg(target_arch = "x86_64")]
            Way::Wide => unsafe { wide::words(self, words, range) },
            Way::Any => self.words_with(words, range, push_places),
        }
    }

    /// `places` appends the places of bits, as [`push_places`] does.
    #[inline(always)]
    fn words_with(&mut self, words: &mut Words<'_>, range: Range<usize>, places: impl Fn(&mut Vec<u32>, u64, u32)) {
        let Plain { piece: Range { start, .. }, ref blocks, ref trouble, ref mut met, .. } = *self;
        let text = &words.source.as_bytes()[start..range.end];
        let (mut from, to) = (range.start - start, range.end - start);
        while let Some(&at) = trouble.get(*met)
            && (at as usize) < to
        {
            *met += 1;
            let at = at as usize;
            if at < from {
                continue;
            }
            // A chunk ends at white space of ASCII; what reads it knows the rest.
            let is_space = |b: &u8| matches!(b, b' ' | b'\t'..=b'\r');
            let chunk_start = text[from..at].iter().rposition(is_space).map_or(from, |i| from + i + 1);
            let chunk_end = text[at..].iter().position(is_space).map_or(to, |i| at + i);
            read_off(blocks, start, from..chunk_start, words, &places);
            chunks::read(words, start + chunk_start, start + chunk_end);
            from = chunk_end;
        }
        read_off(blocks, start, from..to, words, &places);
    }
}

/// What the processor can do.
#[derive(Debug, Clone, Copy)]
enum Way {
    #[cfg(target_arch = "x86_64")]
    Widest,
    #[cfg(target_arch = "x86_64")]
    Wide,
    Any,
}

impl Way {
    /// It is asked for each paragraph.
    #[inline]
    fn of_processor() -> Way {
        static WAY: LazyLock<Way> = LazyLock::new(|| {
            #[cfg(target_arch = "x86_64")]
            if wide::is_there() {
                return if widest::is_there() { Way::Widest } else { Way::Wide };
            }
            Way::Any
        });
        *WAY
    }
}

#[cfg(target_arch = "x86_64")]
mod wide {
    //! The same, compiled for processors that look at 32 bytes at once and count bits.

    use super::{Plain, Range, Words, bitmaps, push_places};

    pub(super) fn is_there() -> bool {
        use std::arch::is_x86_feature_detected as has;
        has!("avx2") && has!("bmi1") && has!("bmi2") && has!("lzcnt") && has!("popcnt")
    }

    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    pub(super) fn look_at(plain: &mut Plain, source: &str, piece: Range<usize>) {
        plain.look_with(source, piece, |text, out| bitmaps::avx2::bitmaps(text, out), |_, _| 0);
    }

    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    pub(super) fn words(plain: &mut Plain, words: &mut Words<'_>, range: Range<usize>) {
        plain.words_with(words, range, push_places);
    }
}

#[cfg(target_arch = "x86_64")]
mod widest {
    //! The same, for those that look at 64 bytes at once and put chosen ones side by side.

    use super::bitmaps::avx512;
    use super::{Plain, Range, Words, wide};

    pub(super) fn is_there() -> bool {
        avx512::is_there() && wide::is_there()
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
    pub(super) fn look_at(plain: &mut Plain, source: &str, piece: Range<usize>) {
        plain.look_with(source, piece, |text, out| avx512::bitmaps(text, out), |text, at| avx512::letters(text, at));
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
    pub(super) fn words(plain: &mut Plain, words: &mut Words<'_>, range: Range<usize>) {
        plain.words_with(words, range, |out, bits, offset| avx512::places(out, bits, offset));
    }
}

/// A piece and its bits, while they are worked out.
struct Piece<'a> {
    text: &'a [u8],
    blocks: &'a mut [Block],
    curly: &'a mut Vec<u32>,
    trouble: &'a mut Vec<u32>,
    line_ends: &'a mut Vec<u32>,
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

    /// Whether white space (or nothing) stands before.
    fn opens_chunk(&self, at: usize) -> bool {
        at.checked_sub(1).is_none_or(|before| self.is_space(before))
    }

    /// Gives every character beyond ASCII its bits.
    #[inline(always)]
    fn beyond_ascii(&mut self, letters: impl Fn(&[u8], usize) -> u64) {
        // Where the next character begins: one may reach into the next block.
        let mut next = 0;
        for i in 0..self.blocks.len() {
            if self.blocks[i].beyond_ascii == 0 {
                continue;
            }
            let letters = letters(self.text, 64 * i);
            let both = letters | letters << 1;
            self.blocks[i].word |= both;
            let mut bits = self.blocks[i].beyond_ascii & !both;
            while bits != 0 {
                let at = 64 * i + bits.trailing_zeros() as usize;
                bits &= bits - 1;
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
    fn resolve(&mut self) {
        let unsorted = [self.trouble.len(), self.line_ends.len()];
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
            let (mut possessive, mut contracted) = (0, 0);
            if this.apostrophe != 0 {
                let opens = before(this.space, last.space);
                let between = this.apostrophe & word_after & !opens;
                quote |= this.apostrophe & !between;
                each_bit(between & word_before, |bit| {
                    let rest = 64 * i + bit + 1;
                    if matches!(self.text[rest], b's' | b'S') && self.ends_word(rest + 1) {
                        possessive |= 1 << bit;
                    } else if self.contracts(rest - 1, rest) {
                        contracted |= 1 << bit;
                    }
                });
                trouble |= between & !possessive & !contracted;
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
            each_bit(this.control, |bit| {
                if matches!(self.text[64 * i + bit], b'\n' | b'\r' | 0x0C) {
                    self.line_ends.push((64 * i + bit) as u32);
                }
            });
            self.blocks[i].word = this.word & !(possessive << 1 | carried) | contracted;
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

/// Reads the words of a range off the bits, in which nothing is in trouble. The bits are those of a piece that stands
/// at `offset` in its field.
#[inline(always)]
fn read_off(
    blocks: &[Block],
    offset: usize,
    Range { start: from, end: to }: Range<usize>,
    words: &mut Words<'_>,
    places: &impl Fn(&mut Vec<u32>, u64, u32),
) {
    if from >= to {
        return;
    }
    let (first, last) = (from / 64, (to - 1) / 64);
    // Whether a word reaches over the end of a block.
    let mut open = 0;
    for (i, block) in blocks.iter().enumerate().take(last + 1).skip(first) {
        let mut inside = u64::MAX;
        if i == first {
            inside &= u64::MAX << (from % 64);
        }
        if i == last && !to.is_multiple_of(64) {
            inside &= !(u64::MAX << (to % 64));
        }
        let offset = offset + 64 * i;
        let word = block.word & inside;
        let edges = word ^ before(word, open);
        open = word;
        let starts = edges & word;
        let count = words.count();
        words.spans.edges(starts, edges & !word, offset as u32, places);
        let between = |bit: u32| {
            // Of no bit it is taken back.
            let begun = starts & !u64::MAX.checked_shl(bit).unwrap_or(0);
            Between { at: offset as u32 + bit, tokens: count + begun.count_ones() }
        };
        push_each::<Between, 1>(&mut words.found.marks, block.quote & inside, between);
        push_each::<Between, 1>(&mut words.found.terminators, block.stop & inside, between);
    }
    if open >> 63 != 0 && to.is_multiple_of(64) {
        words.spans.close(offset + to);
    }
}

#[cfg(test)]
mod tests {
    use super::super::spans::Spans;
    use super::super::words::Found;
    use super::*;

    /// The words of a text, whole.
    fn words(source: &str, plain: &mut Plain, read: impl Fn(&mut Plain, &mut Words<'_>, Range<usize>)) -> String {
        let (mut spans, mut found) = (Spans::default(), Found::default());
        let mut words = Words { source, spans: &mut spans, found: &mut found, before: 3 };
        read(plain, &mut words, 0..source.len());
        format!("{spans:?} {found:?}")
    }

    /// The bits and the words of a text, by each way that the processor has.
    #[cfg(target_arch = "x86_64")]
    #[allow(unsafe_code, reason = "it is what is tested")]
    fn by_able(source: &str) -> Vec<(Plain, String)> {
        let mut ways = Vec::new();
        let mut read = |look_at: &dyn Fn(&mut Plain), words_of: fn(&mut Plain, &mut Words<'_>, Range<usize>)| {
            let mut plain = Plain::default();
            look_at(&mut plain);
            let looked = plain.clone();
            ways.push((looked, words(source, &mut plain, words_of)));
        };
        let all = 0..source.len();
        if wide::is_there() {
            // SAFETY: it was asked whether the processor has what the functions ask for; here and below.
            read(&|plain| unsafe { wide::look_at(plain, source, all.clone()) }, |plain, words, range| unsafe {
                wide::words(plain, words, range)
            });
        }
        if widest::is_there() {
            // SAFETY: as above.
            read(&|plain| unsafe { widest::look_at(plain, source, all.clone()) }, |plain, words, range| unsafe {
                widest::words(plain, words, range)
            });
        }
        ways
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn by_able(_source: &str) -> Vec<(Plain, String)> {
        Vec::new()
    }

    proptest::proptest! {
        // What is compiled for more able processors is held to what runs everywhere.
        #[test]
        fn the_same_is_read_by_any_processor(source in "([a-zA-Zé]{1,9}[ .,'’\"!:\n0-9]{0,2}|[—«Жم\u{2028}]){0,60}") {
            let mut plain = Plain::default();
            plain.look_with(&source, 0..source.len(), bitmaps::scalar, |_, _| 0);
            let by_any = |plain: &mut Plain, words: &mut Words<'_>, range| plain.words_with(words, range, push_places);
            let read = words(&source, &mut plain.clone(), by_any);
            for able in by_able(&source) {
                proptest::prop_assert_eq!(able, (plain.clone(), read.clone()));
            }
        }
    }
}
