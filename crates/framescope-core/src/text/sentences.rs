//! Sentences: UAX #29 inside a paragraph, less breaks after abbreviations, initials and list
//! numbers.
//!
//! A sentence can only end at a terminator, and the word scan has noted those. So the rules SB6 to
//! SB11 are evaluated there alone and most of a paragraph is never looked at again. The library
//! does the same over every character; a property test holds the two equal on any text. (The
//! library looks ahead from every closing mark behind a full stop, which is quadratic where there
//! are many; here the look-ahead is once a full stop and ends at the next.)

use unicode_segmentation::UnicodeSegmentation;

use super::analysis::Token;
use super::classes::{Class, class, is_line_end};
use super::fold;
use super::lang::{self, Abbreviation};
use super::segments::in_dictionary_script;
use super::types::TypeTable;
use super::words::Between;

/// What the rules look at: a paragraph, `start..end` of `source`, and its tokens.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) source: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) tokens: &'a [Token],
    /// How many tokens the article has before them.
    pub(super) before: u32,
    pub(super) types: &'a TypeTable,
}

/// Fills `out` with the places inside the paragraph where a sentence begins, ascending; of those
/// inside a token (an address may hold a question mark) none does.
/// `terminators` and `forced` breaks are those that the words of the paragraph were read with.
pub(super) fn breaks(
    context: Context<'_>,
    terminators: &[Between],
    forced: &[u32],
    library: bool,
    out: &mut Vec<Between>,
) {
    let Context { source, start, end, .. } = context;
    out.clear();
    let mut last = start;
    if library {
        by_library(&source[start..end], start, out);
        out.retain(|&Between { at, .. }| {
            let keep = !after_abbreviation(context, last, at as usize);
            if keep {
                last = at as usize;
            }
            keep
        });
    } else {
        for &Between { at, tokens } in terminators {
            let Some(begin) = break_after(source, start, end, at as usize) else { continue };
            if context.after_no_abbreviation(last, at, tokens) || !after_abbreviation(context, last, begin) {
                // No token stands between a terminator and where the next sentence begins.
                out.push(Between { at: begin as u32, tokens });
                last = begin;
            }
        }
    }
    if !forced.is_empty() {
        out.extend(forced.iter().map(|&at| Between { at, tokens: 0 }));
        out.sort_unstable_by_key(|b| b.at);
        out.dedup_by_key(|b| b.at);
    }
}

impl Context<'_> {
    /// Whether a word stands directly before the terminator at `at` that is surely no abbreviation, as most do. `tokens`
    /// of the article probably begin before it; the sentence begins at `last`.
    fn after_no_abbreviation(&self, last: usize, at: u32, tokens: u32) -> bool {
        let word = (tokens as usize).checked_sub(self.before as usize + 1).and_then(|i| self.tokens.get(i));
        word.is_some_and(|word| {
            // What stands before it must not go on it.
            let before = &self.source.as_bytes()[..word.start as usize];
            word.end == at
                && (word.start as usize == last
                    || matches!(before, [.., b' ' | b'"' | b'('] | [.., 0xE2, 0x80, 0x98..=0x9A | 0x9C..=0x9E]))
                && self.types.flags(word.type_id).is_no_abbreviation()
        })
    }
}

fn by_library(paragraph: &str, offset: usize, out: &mut Vec<Between>) {
    // A line end is white space here, and a separator to UAX #29. The replacements have the same
    // number of bytes.
    let blank;
    let text = if paragraph.contains(is_line_end) {
        let mut copy = String::with_capacity(paragraph.len());
        for c in paragraph.chars() {
            if is_line_end(c) { copy.extend(std::iter::repeat_n(' ', c.len_utf8())) } else { copy.push(c) }
        }
        blank = copy;
        &blank
    } else {
        paragraph
    };
    out.extend(
        text.split_sentence_bound_indices().skip(1).map(|(i, _)| Between { at: (offset + i) as u32, tokens: 0 }),
    );
}

/// Where a sentence begins because of the terminator at `at` (SB6 to SB11), if one does.
fn break_after(source: &str, start: usize, end: usize, at: usize) -> Option<usize> {
    // What nearly every terminator stands before: the end of the paragraph; or a blank and a letter of ASCII. Before
    // them a mark may close a quotation.
    if let [mark @ (b'.' | b'!' | b'?'), rest @ ..] = &source.as_bytes()[at..end] {
        let (closing, behind) = match rest {
            [b'"', behind @ ..] => (1, behind),
            [0xE2, 0x80, 0x98..=0x9A | 0x9C..=0x9E, behind @ ..] => (3, behind),
            _ => (0, rest),
        };
        match behind {
            [] => return None,
            [b' ', letter, ..] if letter.is_ascii_alphabetic() => {
                return (*mark != b'.' || letter.is_ascii_uppercase()).then_some(at + closing + 2);
            }
            _ => {}
        }
    }
    let mut ahead = Ahead { text: &source[..end], at };
    let full_stop = ahead.peek()?.0 == Class::Stop;
    ahead.advance();
    if full_stop {
        match ahead.peek()?.0 {
            Class::Number => return None,
            Class::Upper if after_cased_letter(&source[start..at]) => return None,
            _ => {}
        }
    }
    for skipped in [Class::Close, Class::Space] {
        while ahead.peek()?.0 == skipped {
            ahead.advance();
        }
    }
    if matches!(ahead.peek()?.0, Class::Continue | Class::Stop | Class::Mark) {
        return None;
    }
    let begin = ahead.at;
    if full_stop {
        // SB8: a lower-case letter, before any other letter, goes on with the sentence.
        while let Some((class, _)) = ahead.peek() {
            match class {
                Class::Lower => return None,
                Class::Upper | Class::Letter | Class::Stop | Class::Mark => break,
                _ => ahead.advance(),
            }
        }
    }
    Some(begin)
}

/// Reads classes forward; what extends a character belongs to it (SB5).
struct Ahead<'a> {
    text: &'a str,
    at: usize,
}

impl Ahead<'_> {
    #[inline]
    fn peek(&self) -> Option<(Class, usize)> {
        self.text[self.at..].chars().next().map(|c| (class(c), c.len_utf8()))
    }

    #[inline]
    fn advance(&mut self) {
        self.at += self.peek().map_or(0, |(_, len)| len);
        while let Some((Class::Extend, len)) = self.peek() {
            self.at += len;
        }
    }
}

fn after_cased_letter(before: &str) -> bool {
    let last = before.chars().rev().map(class).find(|class| *class != Class::Extend);
    matches!(last, Some(Class::Upper | Class::Lower))
}

/// Whether the break at `at` only follows an abbreviation, initials or a list number. `last` is
/// where the sentence begins.
fn after_abbreviation(context: Context<'_>, last: usize, at: usize) -> bool {
    let Context { source, tokens, types, .. } = context;
    if after_plain_word(&source.as_bytes()[last..at]) {
        return false;
    }
    let is_close = |c: char| c.is_whitespace() || class(c) == Class::Close;
    let before = source[last..at].trim_end_matches(|c: char| c.is_whitespace() || fold::is_skipped(c));
    let Some(before) = before.strip_suffix('.') else { return false };
    let in_word = |c: char| c.is_alphanumeric() || c == '.' || fold::is_skipped(c);
    let word_start =
        before.rfind(|c: char| !in_word(c)).map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    let word = &before[word_start..];
    if word.is_empty() || word.len() > LONGEST_ABBREVIATION || lang::is_no_abbreviation(word.as_bytes()) {
        return false;
    }
    let next = || tokens.get(tokens.partition_point(|t| (t.start as usize) < at));
    let mut visible = word.chars().filter(|&c| !fold::is_skipped(c));
    if visible.clone().all(char::is_numeric) {
        // A list number is all its sentence has; "der 7. Oktober" is an ordinal.
        return before[..word_start].trim_matches(is_close).is_empty()
            || visible.nth(2).is_none() && next().is_some_and(|t| types.flags(t.type_id).after_ordinals());
    }
    // "in the U.S. The army": the next word is one of the commonest, written large.
    let next_is_common = || next().is_some_and(|t| types.flags(t.type_id).languages() != 0);
    match lang::abbreviation(&fold::fold(word)) {
        Some(Abbreviation::Never) => return true,
        Some(Abbreviation::BeforeNumbers) => {
            return next().is_some_and(|t| source[t.start as usize..].starts_with(char::is_numeric));
        }
        Some(Abbreviation::MayEnd) => return next().is_some() && !next_is_common(),
        None => {}
    }
    let mut letters = word.chars().filter(|&c| class(c) != Class::Extend);
    if let (Some(initial), None) = (letters.next(), letters.next()) {
        // In scripts without capitals any letter may be one (م. عباس), where words have spaces.
        return !initial.is_lowercase() && initial != 'I' && !in_dictionary_script(initial);
    }
    // "the U.S. Army", "at 5 p.m. Monday" go on.
    let initialism = word.split('.').all(|p| {
        let mut letters = p.chars().filter(|&c| class(c) != Class::Extend);
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    });
    initialism && next().is_some() && !next_is_common()
}

/// Whether blanks, and before them a full stop behind a word of ASCII letters that is no
/// abbreviation, or no full stop at all, end this text: what nearly every sentence ends with, told
/// by a few bytes.
fn after_plain_word(text: &[u8]) -> bool {
    let blanks = text.iter().rev().take_while(|&&b| b == b' ').count();
    match &text[..text.len() - blanks] {
        [before @ .., b'.'] => {
            let letters = before.iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
            let (before, word) = before.split_at(before.len() - letters);
            let begins = before.last().is_none_or(|&b| b.is_ascii() && !b.is_ascii_alphanumeric() && b != b'.');
            begins && lang::is_no_abbreviation_of_letters(word)
        }
        [.., last] => last.is_ascii() && !last.is_ascii_whitespace(),
        [] => false,
    }
}

/// In bytes; only so that a very long word is not folded for nothing.
const LONGEST_ABBREVIATION: usize = 64;
