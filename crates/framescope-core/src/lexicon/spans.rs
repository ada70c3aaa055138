//! From byte ranges of a lexicon file to the lines and columns that people and editors use.
//!
//! A list of 200,000 terms may stand on one line, so a column is never counted from the start of
//! its line: every 256th byte remembers how many characters stand before it.

use std::ops::Range;

use super::error::{LexiconError, LexiconErrorKind};
use super::model::Place;

/// How far apart the remembered bytes are.
const STEP: usize = 256;
/// A longer line than both together is cut to so many characters before what is wrong in it, and
/// so many from there on.
const SHOWN_BEFORE: usize = 60;
/// See [`SHOWN_BEFORE`].
const SHOWN_AFTER: usize = 80;

/// A byte range of one of the files a lexicon is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Spot {
    /// Which of the [`Sources`].
    pub(super) file: u32,
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
}

/// One file: its text, and where its lines begin.
#[derive(Debug)]
pub(super) struct Source {
    /// Its name as shown to people.
    pub(super) name: String,
    /// The text.
    pub(super) text: String,
    /// First byte of every line.
    lines: Vec<usize>,
    /// Whether every byte of the line is a character.
    plain_lines: Vec<bool>,
    /// Characters before byte 0, 256, 512, ...
    chars_before: Vec<usize>,
}

/// How many characters begin in these bytes.
fn begun_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count()
}

impl Source {
    pub(super) fn new(name: &str, text: &str) -> Source {
        // A byte order mark is no character of the first line.
        let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let line_starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1);
        let lines: Vec<usize> = std::iter::once(first).chain(line_starts).collect();
        let line_ends = lines[1..].iter().copied().chain([text.len()]);
        let plain_lines = lines.iter().zip(line_ends).map(|(&start, end)| text.as_bytes()[start..end].is_ascii());
        let plain_lines = plain_lines.collect();
        let mut chars_before = Vec::with_capacity(text.len() / STEP + 1);
        let mut chars = 0;
        for piece in text.as_bytes().chunks(STEP) {
            chars_before.push(chars);
            chars += begun_in(piece);
        }
        if text.len().is_multiple_of(STEP) {
            chars_before.push(chars);
        }
        Source { name: name.to_owned(), text: text.to_owned(), lines, plain_lines, chars_before }
    }

    /// Line and column, both from 1.
    pub(super) fn line_column(&self, offset: usize) -> (u32, u32) {
        let offset = self.at_char(offset);
        let line = self.lines.partition_point(|start| *start <= offset).max(1) - 1;
        let start = self.lines[line];
        let column = match self.plain_lines[line] {
            true => offset.saturating_sub(start),
            false => self.chars_up_to(offset).saturating_sub(self.chars_up_to(start)),
        };
        (line as u32 + 1, column as u32 + 1)
    }

    fn chars_up_to(&self, offset: usize) -> usize {
        let step = offset / STEP;
        let rest = &self.text.as_bytes()[step * STEP..offset];
        self.chars_before[step] + begun_in(rest)
    }

    /// The offset, or the start of the character it stands in, or the end of the text.
    fn at_char(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// The line that holds `range.start`, cut to a width that fits a terminal; where in it the
    /// range begins, and how many of its characters belong to the range (at least 1).
    fn excerpt(&self, range: Range<usize>) -> Excerpt {
        let from = self.at_char(range.start);
        let line = self.lines.partition_point(|start| *start <= from).max(1) - 1;
        let start = self.lines[line];
        let from = from.max(start);
        let end = self.lines.get(line + 1).map_or(self.text.len(), |next| next - 1);
        let end = if end > from && self.text[..end].ends_with('\r') { end - 1 } else { end };
        let from = from.min(end);

        let whole = self.text[start..end].chars().nth(SHOWN_BEFORE + SHOWN_AFTER).is_none();
        let (most_before, most_after) = if whole { (usize::MAX, usize::MAX) } else { (SHOWN_BEFORE, SHOWN_AFTER) };
        let mut before = self.text[start..from].chars().rev();
        let mut after = self.text[from..end].chars();
        // Tabs would put the mark elsewhere than it is.
        let plain = |c: char| if c.is_control() { ' ' } else { c };
        let mut shown: Vec<char> = before.by_ref().take(most_before).map(plain).collect();
        if before.next().is_some() {
            shown.push('…');
        }
        shown.reverse();
        let offset = shown.len();
        shown.extend(after.by_ref().take(most_after).map(plain));
        if after.next().is_some() {
            shown.push('…');
        }
        let text = shown.into_iter().collect();
        let to = self.at_char(range.end).clamp(from, end);
        let width = self.text[from..to].chars().take(SHOWN_AFTER).count().max(1);
        Excerpt { text, offset, width }
    }
}

/// The line that an error stands in, as far as it fits, and what of it is meant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Excerpt {
    /// The line, without its end; a very long one is cut, with `…` where it is.
    pub text: String,
    /// How many characters of `text` stand before what is meant.
    pub offset: usize,
    /// How many characters are meant; at least 1.
    pub width: usize,
}

/// All files of one lexicon: itself, then what it extends.
#[derive(Debug, Default)]
pub(super) struct Sources(pub(super) Vec<Source>);

impl Sources {
    pub(super) fn place(&self, spot: Spot) -> Place {
        let (line, column) = self.0.get(spot.file as usize).map_or((0, 0), |source| source.line_column(spot.start));
        Place { file: spot.file, line, column }
    }

    /// `file:line:column`.
    pub(super) fn shown(&self, spot: Spot) -> String {
        let place = self.place(spot);
        let name = self.0.get(spot.file as usize).map_or("", |source| &source.name);
        format!("{name}:{}:{}", place.line, place.column)
    }

    pub(super) fn error(&self, spot: Spot, kind: LexiconErrorKind, hint: Option<String>) -> LexiconError {
        let place = self.place(spot);
        let (file, excerpt) = match self.0.get(spot.file as usize) {
            Some(source) => (source.name.clone(), source.excerpt(spot.start..spot.end)),
            None => (String::new(), Excerpt::default()),
        };
        LexiconError { place, file, kind, hint, excerpt }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slow(text: &str, offset: usize) -> (u32, u32) {
        let text = text.strip_prefix('\u{feff}').map_or(text, |_| text);
        let mut line = 1;
        let mut column = 1;
        for (i, c) in text.char_indices() {
            if i >= offset {
                break;
            }
            match c {
                '\n' => (line, column) = (line + 1, 1),
                '\u{feff}' if i == 0 => {}
                _ => column += 1,
            }
        }
        (line, column)
    }

    proptest! {
        #[test]
        fn columns_are_those_of_counting(text in "\u{feff}?(a|é|\n|\r|語| ){0,600}", at in 0.0..=1.0) {
            let mut offset = (text.len() as f64 * at) as usize;
            while !text.is_char_boundary(offset) {
                offset -= 1;
            }
            prop_assert_eq!(Source::new("x", &text).line_column(offset), slow(&text, offset));
        }

        #[test]
        fn an_excerpt_holds_what_is_meant(text in "(a|é|\n|\r\n|\t){0,300}", a in 0..900usize, b in 0..900usize) {
            let excerpt = Source::new("x", &text).excerpt(a.min(b)..a.max(b));
            prop_assert!(excerpt.width >= 1);
            prop_assert!(excerpt.offset <= excerpt.text.chars().count());
            prop_assert!(!excerpt.text.contains('\n'));
        }
    }

    #[test]
    fn a_long_line_is_cut_around_what_is_meant() {
        let text = format!("{}X{}", "ä".repeat(500), "ö".repeat(500));
        let excerpt = Source::new("x", &text).excerpt(1000..1001);
        assert_eq!(excerpt.text.chars().nth(excerpt.offset), Some('X'));
        assert!(excerpt.text.chars().count() < 150);
        assert!(excerpt.text.starts_with('…') && excerpt.text.ends_with('…'));
    }
}
