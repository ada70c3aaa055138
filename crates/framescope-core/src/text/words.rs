//! Words: UAX #29 segments and what framescope changes in them (design 3.3, a to h).
//!
//! Segmentation is local to a run of characters between white space (a *chunk*): UAX #29 always
//! breaks between white space and a letter. So [`chunk`] reads one chunk with the libraries, and
//! the fast path in [`super::plain`] calls it for the few chunks that are not plain.

use std::cell::OnceCell;

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use unicode_segmentation::UnicodeSegmentation;

use super::analysis::Token;
use super::article::Voice;
use super::fold::{self, is_apostrophe};
use super::sentences;
use super::types::TypeTable;
use super::{lang, quotes};

/// What reading the words of a paragraph finds beside them; positions are bytes of the field.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Marks that may open or close a quotation.
    pub(super) marks: Vec<u32>,
    /// Full stops, exclamation and question marks.
    pub(super) terminators: Vec<u32>,
    /// Sentence breaks that UAX #29 does not see ("Gaza.The army").
    pub(super) forced_breaks: Vec<u32>,
    /// Whether some character is none of those that [`sentences`] can judge by itself.
    pub(super) odd: bool,
}

impl Found {
    pub(super) fn clear(&mut self) {
        self.marks.clear();
        self.terminators.clear();
        self.forced_breaks.clear();
        self.odd = false;
    }
}

/// A place in `source`, in bytes.
type Piece = (usize, usize);

/// Where tokens go.
pub(super) struct Words<'a> {
    pub(super) source: &'a str,
    pub(super) types: &'a mut TypeTable,
    pub(super) tokens: &'a mut Vec<Token>,
    pub(super) found: &'a mut Found,
}

impl Words<'_> {
    #[inline]
    pub(super) fn push(&mut self, start: usize, end: usize) {
        let type_id = self.types.intern(self.source, start, end);
        self.tokens.push(Token { start: start as u32, end: end as u32, type_id, voice: Voice::Narrator, short: false });
    }

    /// Reads one chunk, with the libraries.
    pub(super) fn chunk(&mut self, start: usize, end: usize) {
        self.marks_and_terminators(start, end);
        let text = &self.source[start..end];
        if let Some((from, to)) = address(text) {
            self.words(start, start + from);
            self.push(start + from, start + to);
            self.words(start + to, end);
        } else {
            self.words(start, end);
        }
    }

    fn marks_and_terminators(&mut self, start: usize, end: usize) {
        let mut before = None;
        let mut chars = self.source[start..end].char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let after = chars.peek().map(|&(_, c)| c);
            if matches!(c, '.' | '!' | '?') {
                self.found.terminators.push((start + i) as u32);
            } else if quotes::is_mark(c) {
                let letters = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                if !(is_apostrophe(c) && letters(before) && letters(after)) {
                    self.found.marks.push((start + i) as u32);
                }
            }
            self.found.odd |= !c.is_ascii() && sentences::class(c).is_none();
            before = Some(c);
        }
    }

    /// The words of a piece without white space or addresses.
    fn words(&mut self, start: usize, end: usize) {
        let mut segments = Vec::new();
        let text = &self.source[start..end];
        // A zero-width space is skipped, unless the script is one in which it parts words. Word
        // joiner has as many bytes and parts nothing.
        if text.contains('\u{200B}') && !text.chars().any(parts_at_zero_width_space) {
            segment(&text.replace('\u{200B}', "\u{2060}"), start, &mut segments);
        } else {
            segment(text, start, &mut segments);
        }
        self.join_ampersands(&mut segments);
        for (from, to) in segments {
            self.separate(start, from, to);
        }
    }

    /// (c) `&` between letters joins.
    fn join_ampersands(&self, segments: &mut Vec<Piece>) {
        let last_is_letter = |p: Piece| self.source[..p.1].chars().next_back().is_some_and(char::is_alphabetic);
        let first_is_letter = |p: Piece| self.source[p.0..].chars().next().is_some_and(char::is_alphabetic);
        segments.dedup_by(|next, last| {
            let joined = &self.source[last.1..next.0] == "&" && last_is_letter(*last) && first_is_letter(*next);
            if joined {
                last.1 = next.1;
            }
            joined
        });
    }

    /// (b) `_` separates; (f) a full stop or colon between letters separates, unless every piece
    /// is one letter. `chunk` is where the chunk begins.
    fn separate(&mut self, chunk: usize, start: usize, end: usize) {
        let text = &self.source[start..end];
        if !text.contains(['_', ':', '.']) {
            return self.elide(chunk, start, end);
        }
        let initialism = text.contains('.')
            && text.split('.').all(|piece| {
                let mut chars = piece.chars();
                chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
            });
        if initialism {
            return self.elide(chunk, start, end);
        }
        let mut from = start;
        for (i, c) in text.char_indices() {
            let at = start + i;
            let before = self.source[start..at].chars().next_back();
            let after = self.source[at + c.len_utf8()..end].chars().next();
            let digits = before.is_some_and(char::is_numeric) && after.is_some_and(char::is_numeric);
            if !(c == '_' || (matches!(c, ':' | '.') && !digits)) {
                continue;
            }
            let piece = &self.source[from..at];
            let starts_sentence = c == '.' && after.is_some_and(char::is_uppercase);
            if starts_sentence && piece.chars().nth(1).is_some() && !lang::is_abbreviation(&fold::fold(piece)) {
                self.found.forced_breaks.push(at as u32 + 1);
            }
            self.elide(chunk, from, at);
            from = at + 1;
        }
        self.elide(chunk, from, end);
    }

    /// (d) an elided article or pronoun is a token of its own; (e) a final 's is no word.
    fn elide(&mut self, chunk: usize, start: usize, end: usize) {
        let text = &self.source[start..end];
        if !text.contains(char::is_alphanumeric) {
            return;
        }
        if let Some((i, mark)) = text.char_indices().find(|&(_, c)| is_apostrophe(c)) {
            let rest = start + i + mark.len_utf8();
            let letter_follows = self.source[rest..end].chars().next().is_some_and(char::is_alphabetic);
            if letter_follows && lang::is_elision(&fold::fold(&text[..i])) {
                self.push(start, start + i);
                return self.elide(chunk, rest, end);
            }
            let mut from_end = text.char_indices().rev();
            if let (Some((_, 's' | 'S')), Some((i, mark))) = (from_end.next(), from_end.next())
                && is_apostrophe(mark)
                && i > 0
            {
                return self.push(start, start + i);
            }
        } else if matches!(text, "s" | "S") {
            // U.S.'s and “Hamas”'s: UAX #29 has parted the 's already.
            let mut before = self.source[chunk..start].chars().rev();
            if before.next().is_some_and(is_apostrophe) && before.next().is_some() {
                return;
            }
        }
        self.push(start, end);
    }
}

/// UAX #29 words that hold a letter or digit, appended to `out` with `offset` added.
fn segment(text: &str, offset: usize, out: &mut Vec<Piece>) {
    let mut rest = text;
    let mut at = offset;
    while let Some(first) = rest.chars().next() {
        let dictionary = in_dictionary_script(first);
        let len = rest.find(|c| in_dictionary_script(c) != dictionary).unwrap_or(rest.len());
        let (run, after) = rest.split_at(len);
        if dictionary {
            dictionary_words(run, at, out);
        } else {
            let words = run.split_word_bound_indices().filter(|(_, w)| w.contains(char::is_alphanumeric));
            out.extend(words.map(|(i, w)| (at + i, at + i + w.len())));
        }
        at += len;
        rest = after;
    }
}

/// (h) Han, kana, Thai, Lao, Khmer and Burmese, by dictionary.
fn dictionary_words(run: &str, offset: usize, out: &mut Vec<Piece>) {
    thread_local! {
        // The dictionaries are only loaded by a thread that meets such a text.
        static SEGMENTER: OnceCell<icu_segmenter::WordSegmenterBorrowed<'static>> = const { OnceCell::new() };
    }
    SEGMENTER.with(|segmenter| {
        let segmenter = segmenter.get_or_init(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));
        let mut last = 0;
        for end in segmenter.segment_str(run) {
            if run[last..end].contains(char::is_alphanumeric) {
                out.push((offset + last, offset + end));
            }
            last = end;
        }
    });
}

fn in_dictionary_script(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' // Thai, Lao
        | '\u{1000}'..='\u{109F}' | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AA7F}' // Burmese
        | '\u{1780}'..='\u{17FF}' | '\u{19E0}'..='\u{19FF}' // Khmer
        | '\u{3005}' | '\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' // kana
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' // Han
        | '\u{20000}'..='\u{323AF}')
}

fn parts_at_zero_width_space(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

/// (a) The URL or e-mail address in a chunk.
fn address(text: &str) -> Option<Piece> {
    let start = if let Some(scheme_end) = text.find("://") {
        let scheme = text[..scheme_end].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        (scheme > 0).then_some(scheme_end - scheme)?
    } else if let Some(www) = find_www(text) {
        www
    } else {
        return email(text);
    };
    // No address holds a quotation mark or angle bracket; marks at its end are the sentence's.
    let holds = |c: char| !matches!(c, '<' | '>' | '\'') && (!quotes::is_mark(c)) && !c.is_whitespace();
    let len = text[start..].find(|c| !holds(c)).unwrap_or(text.len() - start);
    let end = start + text[start..start + len].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/').len();
    (end > start).then_some((start, end))
}

fn find_www(text: &str) -> Option<usize> {
    let at = text.as_bytes().windows(4).position(|w| w.eq_ignore_ascii_case(b"www."))?;
    let word_start = !text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    (word_start && text[at + 4..].chars().next().is_some_and(char::is_alphanumeric)).then_some(at)
}

fn email(text: &str) -> Option<Piece> {
    let at = text.find('@')?;
    let is_local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-');
    let local = text[..at].bytes().rev().take_while(is_local).count();
    let is_domain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    let domain = text[at + 1..].bytes().take_while(is_domain).count();
    let domain = text[at + 1..at + 1 + domain].trim_end_matches(['.', '-']);
    let local = text[at - local..at].trim_start_matches(['.', '-', '_', '%', '+']).len();
    let dotted = domain.split('.').filter(|label| !label.is_empty()).count() >= 2;
    (local > 0 && dotted).then_some((at - local, at + 1 + domain.len()))
}
