//! The fast path: words by bitmaps.
//!
//! Nearly every chunk of news (a run between white space) in Latin, Cyrillic or Arabic letters is
//! letters and digits with marks around them, and its tokens are the runs of letters and digits.
//! So [`bitmaps`](super::bitmaps) says of every byte of ASCII what it is, [`piece`](super::piece) what is beyond ASCII and
//! what depends on neighbours, and words are read off the bits.
//!
//! A chunk in which a character stands where it might mean more (a full stop between letters, an
//! address, an elision, a letter of another script) is in *trouble*: its bits are left alone,
//! and [`chunks`](super::chunks) reads it. A property test holds this path equal to the one that
//! reads everything with the libraries, on any text.

use std::ops::Range;

use super::bitmaps::{self, BLOCKS, Eight};
use super::chunks;
use super::piece::{Piece, before};
use super::spans::{push_each, push_places};
use super::way::Way;
use super::words::{Between, Words};

/// A piece of text and its bits; kept between articles for its memory.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Plain {
    /// Where the piece stands in its field.
    piece: Range<usize>,
    /// Those of the piece come first; more may stand behind them.
    eights: Vec<Eight>,
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
        bitmaps: impl Fn(&[u8], &mut [Eight]),
        letters: impl Fn(&[u8], usize) -> u64,
    ) {
        let text = &source.as_bytes()[piece.clone()];
        self.piece = piece;
        self.met = 0;
        let Plain { eights, curly, trouble, line_ends, .. } = self;
        curly.clear();
        trouble.clear();
        line_ends.clear();
        let len = bitmaps::eights_of(text);
        if eights.len() < len {
            eights.resize(len, bitmaps::AFTER);
        }
        let eights = &mut eights[..len];
        bitmaps(text, eights);
        let mut piece = Piece { text, eights, curly, trouble, line_ends };
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
        let Plain { piece: Range { start, .. }, ref eights, ref trouble, ref mut met, .. } = *self;
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
            read_off(eights, start, from..chunk_start, words, &places);
            chunks::read(words, start + chunk_start, start + chunk_end);
            from = chunk_end;
        }
        read_off(eights, start, from..to, words, &places);
    }
}

#[cfg(target_arch = "x86_64")]
mod wide {
    //! The same, compiled for processors that look at 32 bytes at once and count bits.

    use super::{Plain, Range, Words, bitmaps, push_places};

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
    use super::{Plain, Range, Words};

    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
    pub(super) fn look_at(plain: &mut Plain, source: &str, piece: Range<usize>) {
        plain.look_with(source, piece, |text, out| avx512::bitmaps(text, out), |text, at| avx512::letters(text, at));
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
    pub(super) fn words(plain: &mut Plain, words: &mut Words<'_>, range: Range<usize>) {
        plain.words_with(words, range, |out, bits, offset| avx512::places(out, bits, offset));
    }
}

/// Reads the words of a range off the bits, in which nothing is in trouble. The bits are those of a piece that stands
/// at `offset` in its field.
#[inline(always)]
fn read_off(
    eights: &[Eight],
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
    for i in first..=last {
        let (eight, at) = (&eights[i / BLOCKS], i % BLOCKS);
        let mut inside = u64::MAX;
        if i == first {
            inside &= u64::MAX << (from % 64);
        }
        if i == last && !to.is_multiple_of(64) {
            inside &= !(u64::MAX << (to % 64));
        }
        let offset = offset + 64 * i;
        let word = eight.word[at] & inside;
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
        push_each::<Between, 1>(&mut words.found.marks, eight.quote[at] & inside, between);
        push_each::<Between, 1>(&mut words.found.terminators, eight.stop[at] & inside, between);
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
        if Way::wide_is_there() {
            // SAFETY: it was asked whether the processor has what the functions ask for; here and below.
            read(&|plain| unsafe { wide::look_at(plain, source, all.clone()) }, |plain, words, range| unsafe {
                wide::words(plain, words, range)
            });
        }
        if Way::widest_is_there() {
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

    #[test]
    fn nothing_is_left_of_the_piece_before() {
        let mut plain = Plain::default();
        let long = "Words, and “more” words. ".repeat(60);
        for source in [&*long, "a b", &long[..601], "", "It’s 3.5.", &long[..500]] {
            let by_any = |plain: &mut Plain| plain.look_with(source, 0..source.len(), bitmaps::scalar, |_, _| 0);
            let read = |plain: &mut Plain| {
                words(source, plain, |plain, words, range| plain.words_with(words, range, push_places))
                    + &format!("{:?}", &plain.eights[..bitmaps::eights_of(source.as_bytes())])
            };
            let mut fresh = Plain::default();
            by_any(&mut plain);
            by_any(&mut fresh);
            assert_eq!(read(&mut plain), read(&mut fresh), "{source:?}");
        }
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
