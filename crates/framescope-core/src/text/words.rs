//! Words: UAX #29 segments and what framescope changes in them (design 3.3, a to h).
//!
//! Segmentation is local to a run of characters between white space (a *chunk*): no word of
//! UAX #29 holds white space, save for the narrow no-break space, which parts words here like any
//! other. So [`Words::chunk`] reads one chunk with the libraries, and the fast path in
//! [`super::plain`] calls it for the few chunks that are not plain.

use std::ops::Range;

use super::address::addresses;
use super::analysis::Token;
use super::classes::{Class, class};
use super::fold::{self, is_apostrophe, is_skipped};
use super::quotes::{is_dash, is_mark, is_opening};
use super::segments::is_letter_or_digit;
use super::spans::Spans;
use super::{lang, segments};

/// What reading the words of a paragraph finds beside them; positions are bytes of the field.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Marks that may open or close a quotation.
    pub(super) marks: Vec<Between>,
    /// Full stops, exclamation and question marks of every script.
    pub(super) terminators: Vec<Between>,
    /// Sentence breaks that UAX #29 does not see ("Gaza.The army").
    pub(super) forced_breaks: Vec<u32>,
}

/// A place between tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Between {
    pub(super) at: u32,
    /// How many tokens of the article begin before it, as far as was known when it was noted: where to look first.
    pub(super) tokens: u32,
}

impl Between {
    /// How many of these tokens begin before it; so many tokens of the article stand before them.
    #[inline]
    pub(super) fn begun(self, tokens: &[Token], before: usize) -> usize {
        let is_before = |token: &Token| token.start < self.at;
        let guess = (self.tokens as usize).saturating_sub(before);
        if guess.checked_sub(1).is_none_or(|last| tokens.get(last).is_some_and(is_before))
            && !tokens.get(guess).is_some_and(is_before)
        {
            return guess;
        }
        leading(tokens, is_before)
    }
}

/// How many tokens, from the first on, are `before` something. Strides double until they are too
/// long, because a sentence is short and a paragraph of headings may have as many as tokens.
fn leading(tokens: &[Token], before: impl Fn(&Token) -> bool) -> usize {
    let (mut low, mut stride) = (0, 8);
    while let Some(token) = tokens.get(low + stride)
        && before(token)
    {
        low += stride;
        stride *= 2;
    }
    let high = tokens.len().min(low + stride);
    low + tokens[low..high].partition_point(before)
}

/// Which part of what was found stands in one paragraph.
#[derive(Debug, Clone)]
pub(super) struct FoundIn {
    pub(super) marks: Range<usize>,
    pub(super) terminators: Range<usize>,
    pub(super) forced_breaks: Range<usize>,
}

impl Found {
    /// How much was found so far.
    pub(super) fn ends(&self) -> [usize; 3] {
        [self.marks.len(), self.terminators.len(), self.forced_breaks.len()]
    }

    /// What was found since.
    pub(super) fn since(&self, [marks, terminators, forced_breaks]: [usize; 3]) -> FoundIn {
        FoundIn {
            marks: marks..self.marks.len(),
            terminators: terminators..self.terminators.len(),
            forced_breaks: forced_breaks..self.forced_breaks.len(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.marks.clear();
        self.terminators.clear();
        self.forced_breaks.clear();
    }
}

/// Where words go.
pub(super) struct Words<'a> {
    pub(super) source: &'a str,
    pub(super) spans: &'a mut Spans,
    pub(super) found: &'a mut Found,
    /// How many tokens the article has before them.
    pub(super) before: u32,
}

impl Words<'_> {
    /// How many tokens the article has so far.
    #[inline]
    pub(super) fn count(&self) -> u32 {
        self.before + self.spans.len() as u32
    }

    /// Notes a mark that may open or close a quotation, behind the tokens so far.
    pub(super) fn mark(&mut self, at: usize) {
        self.found.marks.push(Between { at: at as u32, tokens: self.count() });
    }

    /// Notes a terminator behind the tokens so far.
    pub(super) fn terminator(&mut self, at: usize) {
        self.found.terminators.push(Between { at: at as u32, tokens: self.count() });
    }

    #[inline]
    pub(super) fn push(&mut self, start: usize, end: usize) {
        self.spans.push(start, end);
    }

    /// What stands inside a word is a part of it, whatever UAX #29 joined there.
    fn forget_marks_in_words(&mut self, first_word: usize, first_mark: usize) {
        let marks = &mut self.found.marks;
        let mut words = self.spans.from(first_word).peekable();
        let mut kept = first_mark;
        for i in first_mark..marks.len() {
            let mark = marks[i];
            while words.next_if(|&(_, end)| end <= mark.at).is_some() {}
            if words.peek().is_none_or(|&(start, _)| mark.at < start) {
                marks[kept] = mark;
                kept += 1;
            }
        }
        marks.truncate(kept);
    }

    /// Reads one chunk, with the libraries. White space beyond ASCII may stand in it.
    pub(super) fn chunk(&mut self, start: usize, end: usize) {
        let source = self.source;
        let text = &source[start..end];
        if text.is_ascii() {
            return Chunk { text, origin: Origin::At(start), words: self }.read();
        }
        let mut at = start;
        for piece in text.split(char::is_whitespace) {
            // What is between two pieces is one character of white space.
            let offset = at;
            at += piece.len() + source[at + piece.len()..].chars().next().map_or(0, char::len_utf8);
            if piece.is_empty() {
                continue;
            }
            if piece.is_ascii() || !needs_copy(piece) {
                Chunk { text: piece, origin: Origin::At(offset), words: self }.read();
            } else {
                let (copy, map) = readable_copy(piece, offset);
                Chunk { text: &copy, origin: Origin::Map(&map), words: self }.read();
            }
        }
    }
}

/// Whether a chunk holds something that the rules must not see.
fn needs_copy(text: &str) -> bool {
    text.chars().any(|c| is_skipped(c) || c == '‛') || text.contains(is_double_mark) && text.contains(is_hebrew)
}

/// A chunk less what is skipped, and with ASCII marks between Hebrew letters (צה”ל) and for an
/// apostrophe turned round (don‛t), where they are part of the word; and for each of its bytes the byte of the field that it stands for.
fn readable_copy(text: &str, offset: usize) -> (String, Vec<u32>) {
    // U+200B stays a boundary in the scripts that write it between words.
    let keeps_zero_width_space = text.chars().any(segments::parts_at_zero_width_space);
    let skipped = |c: char| is_skipped(c) && !(c == '\u{200B}' && keeps_zero_width_space);
    let mut copy = String::with_capacity(text.len());
    let mut map = Vec::with_capacity(text.len());
    let mut visible = text.char_indices().filter(|&(_, c)| !skipped(c)).peekable();
    let mut before = None;
    while let Some((i, c)) = visible.next() {
        let after = visible.peek().map(|&(_, c)| c);
        let gershayim = is_double_mark(c) && before.is_some_and(is_hebrew) && after.is_some_and(is_hebrew);
        // UAX #29 does not know this one for an apostrophe.
        let apostrophe = c == '‛' && before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic);
        copy.push(if gershayim {
            '"'
        } else if apostrophe {
            '\''
        } else {
            c
        });
        map.extend((map.len()..copy.len()).enumerate().map(|(byte, _)| (offset + i + byte) as u32));
        before = Some(c);
    }
    (copy, map)
}

fn is_double_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟')
}

fn is_hebrew(c: char) -> bool {
    matches!(c, 'א'..='ת')
}

/// Where the bytes of a chunk stand in the field.
#[derive(Clone, Copy)]
enum Origin<'a> {
    /// From here on, one after the other.
    At(usize),
    /// Each where its entry says.
    Map(&'a [u32]),
}

impl Origin<'_> {
    fn start(self, at: usize) -> usize {
        match self {
            Origin::At(offset) => offset + at,
            Origin::Map(map) => map[at] as usize,
        }
    }

    /// One past what stands before `at`. A mark of one byte may stand for one of three.
    fn end(self, at: usize, source: &str) -> usize {
        match self {
            Origin::At(offset) => offset + at,
            Origin::Map(map) => {
                let after = at.checked_sub(1).map_or(0, |last| map[last] as usize + 1);
                (after..source.len()).find(|&end| source.is_char_boundary(end)).unwrap_or(source.len())
            }
        }
    }
}

/// A chunk as the rules see it. Positions are bytes of `text`.
struct Chunk<'c, 'a, 'w> {
    text: &'c str,
    origin: Origin<'c>,
    words: &'w mut Words<'a>,
}

impl Chunk<'_, '_, '_> {
    fn read(&mut self) {
        let (first_word, first_mark) = (self.words.spans.len(), self.words.found.marks.len());
        self.marks_and_terminators();
        // (a) A URL or e-mail address is one token.
        let mut at = 0;
        for (from, to) in addresses(self.text) {
            self.words(at, from);
            self.push(from, to);
            at = to;
        }
        self.words(at, self.text.len());
        if self.words.found.marks.len() > first_mark {
            self.words.forget_marks_in_words(first_word, first_mark);
        }
    }

    fn push(&mut self, start: usize, end: usize) {
        self.words.push(self.origin.start(start), self.end(end));
    }

    fn end(&self, at: usize) -> usize {
        self.origin.end(at, self.words.source)
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    fn marks_and_terminators(&mut self) {
        let mut before = None;
        for (i, c) in self.text.char_indices() {
            if matches!(class(c), Class::Stop | Class::Mark) {
                self.words.terminator(self.origin.start(i));
            } else if is_mark(c) {
                // What combines with a mark or a letter stands between no two of them.
                let after = self.text[i + c.len_utf8()..].chars().find(|&c| class(c) != Class::Extend);
                let between = |of: fn(char) -> bool| before.is_some_and(of) && after.is_some_and(of);
                let in_word = if is_apostrophe(c) {
                    // Where words have no spaces, a mark between letters may open or close (说‘不’他).
                    let unspaced = |c: Option<char>| c.is_some_and(segments::in_dictionary_script);
                    let parts = match c {
                        '‘' => unspaced(before),
                        '’' => unspaced(after),
                        _ => unspaced(before) && unspaced(after),
                    };
                    between(char::is_alphanumeric) && !parts
                } else {
                    c == '"' && between(is_hebrew)
                };
                if !in_word {
                    self.words.mark(self.origin.start(i));
                }
            }
            if class(c) != Class::Extend {
                before = Some(c);
            }
        }
    }

    /// The words of a piece without addresses.
    fn words(&mut self, start: usize, end: usize) {
        let mut segments = Vec::new();
        segments::segments(&self.text[start..end], start, &mut segments);
        self.join_ampersands(&mut segments);
        for (from, to) in segments {
            self.separate(from, to);
        }
    }

    /// (c) `&` between letters joins.
    fn join_ampersands(&self, segments: &mut Vec<(usize, usize)>) {
        segments.dedup_by(|next, last| {
            let joined = &self.text[last.1..next.0] == "&"
                && self.before(last.1).is_some_and(char::is_alphabetic)
                && self.after(next.0).is_some_and(char::is_alphabetic);
            if joined {
                last.1 = next.1;
            }
            joined
        });
    }

    /// (b) `_` separates; (f) a full stop or colon between letters separates, unless every piece
    /// is one letter.
    fn separate(&mut self, start: usize, end: usize) {
        let text = &self.text[start..end];
        if !text.contains(separates) || is_initialism(text) {
            return self.elide(start, end);
        }
        let mut from = start;
        for (i, c) in text.char_indices().filter(|&(_, c)| separates(c)) {
            let at = start + i;
            let after = self.after(at + c.len_utf8()).filter(|_| at + c.len_utf8() < end);
            if !joins_words(c) && self.before(at).is_some_and(char::is_numeric) && after.is_some_and(char::is_numeric) {
                continue;
            }
            let piece = &self.text[from..at];
            let sentence_ends = class(c) == Class::Stop && after.is_some_and(char::is_uppercase);
            if sentence_ends && piece.chars().nth(1).is_some() && lang::abbreviation(&fold::fold(piece)).is_none() {
                self.words.found.forced_breaks.push(self.end(at + c.len_utf8()) as u32);
            }
            self.elide(from, at);
            from = at + c.len_utf8();
        }
        self.elide(from, end);
    }

    /// (d) an elided article or pronoun is a token of its own; (e) a final 's is no word.
    fn elide(&mut self, mut start: usize, end: usize) {
        // A geresh or apostrophe at the end is an abbreviation's, or closes a quotation. (Only
        // Hebrew words hold one there.)
        let end = start + self.text[start..end].trim_end_matches(|c| is_apostrophe(c) || c == '\u{5F3}').len();
        while self.text[start..end].contains(is_letter_or_digit) {
            let text = &self.text[start..end];
            let Some((i, mark)) = text.char_indices().find(|&(_, c)| is_apostrophe(c)) else {
                if matches!(text, "s" | "S") && self.is_parted_possessive(start) {
                    return;
                }
                break;
            };
            let rest = start + i + mark.len_utf8();
            let before_letter = rest < end && self.after(rest).is_some_and(char::is_alphabetic);
            if before_letter && !matches!(&self.text[rest..end], "s" | "S") && lang::is_elision(&text[..i]) {
                self.push(start, start + i);
                start = rest;
                continue;
            }
            let mut from_end = text.char_indices().rev();
            if let (Some((_, 's' | 'S')), Some((i, mark))) = (from_end.next(), from_end.next())
                && is_apostrophe(mark)
                && i > 0
            {
                if text[..i].contains(is_letter_or_digit) {
                    self.push(start, start + i);
                }
                return;
            }
            break;
        }
        if self.text[start..end].contains(is_letter_or_digit) {
            self.push(start, end);
        }
    }

    /// Whether the s at `at` is what UAX #29 left of U.S.'s or “Hamas”'s.
    fn is_parted_possessive(&self, at: usize) -> bool {
        let mut before = self.text[..at].chars().rev();
        before.next().is_some_and(is_apostrophe) && before.next().is_some_and(|c| !is_opening(c) && !is_dash(c))
    }
}

/// Whether a character inside a segment may part it.
fn separates(c: char) -> bool {
    joins_words(c)
        || matches!(c, '.' | '\u{2024}' | '\u{FE52}' | '．' | ':' | '\u{FE13}' | '\u{FE55}' | '：' | '\u{58A}')
}

/// `_` and its kin, which join words to UAX #29 and part them here.
fn joins_words(c: char) -> bool {
    matches!(c, '_' | '\u{203F}' | '\u{2040}' | '\u{2054}' | '\u{FE33}' | '\u{FE34}' | '\u{FE4D}'..='\u{FE4F}' | '＿')
}

/// Whether every piece between full stops is one letter: U.S
fn is_initialism(text: &str) -> bool {
    text.contains('.')
        && text.split('.').all(|piece| {
            let mut letters = piece.chars().filter(|&c| class(c) != Class::Extend);
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        })
}
