//! The usual line of JSONL, read without a parser: an object of strings and plain scalars.
//!
//! An article is nearly all one long string with few escapes, and what reading it costs is
//! looking for the next escape and copying what stands before it, which [`Walk`] does at once; with AVX-512 (`wide`) escapes of one
//! letter are copied in passing. A line in which it meets
//! anything beyond that (a nested value, an escape or a byte that may be wrong) it leaves to
//! `serde_json`, which also words all errors. A property test holds the two equal.

mod stops;
#[cfg(target_arch = "x86_64")]
mod wide;

use std::borrow::Cow;
use std::ops::Range;

use self::stops::{WIDTH, stops};
use super::object::{Value, scalar};

/// Reads lines, and keeps its memory from one to the next.
#[derive(Debug, Default)]
pub(super) struct Walk {
    pairs: Vec<(Text, Found)>,
    /// The texts that held escapes, one after the other, and room behind them.
    unescaped: Vec<u8>,
    /// How much of that is text: of `str`s, cut at characters of ASCII or with some of those changed, and characters.
    used: usize,
}

/// Where a text stands.
#[derive(Debug, Clone)]
enum Text {
    /// In the line, as it is.
    Line(Range<usize>),
    /// Among the unescaped.
    Unescaped(Range<usize>),
}

#[derive(Debug, Clone)]
enum Found {
    Text(Text),
    /// A number, `true`, `false` or `null`, as written.
    Scalar(Range<usize>),
}

impl Walk {
    /// The pairs of the object on this line, in order; `None` for what must be read with care.
    pub(super) fn read<'a>(&'a mut self, line: &'a str) -> Option<Vec<(Cow<'a, str>, Value<'a>)>> {
        let line = line.trim_ascii();
        self.object(line)?;
        let value = |found: &Found| match found {
            Found::Text(found) => Some(Value::Text(Cow::Borrowed(self.text(line, found)))),
            Found::Scalar(range) => scalar(&line[range.clone()]),
        };
        self.pairs.iter().map(|(key, found)| Some((Cow::Borrowed(self.text(line, key)), value(found)?))).collect()
    }

    /// The keys of the same object, without a list of its values; `None` where [`Walk::read`] gives none.
    pub(super) fn keys(&mut self, line: &str) -> Option<Vec<String>> {
        let line = line.trim_ascii();
        self.object(line)?;
        let is_read = |found: &Found| match found {
            Found::Text(_) => true,
            Found::Scalar(range) => scalar(&line[range.clone()]).is_some(),
        };
        self.pairs.iter().map(|(key, found)| is_read(found).then(|| self.text(line, key).to_owned())).collect()
    }

    fn text<'a>(&'a self, line: &'a str, text: &Text) -> &'a str {
        match text {
            Text::Line(range) => &line[range.clone()],
            // SAFETY: pieces of the line between marks of ASCII, and characters, were put there one after the other; inside
            // pieces, only marks of ASCII were left out or became others.
            #[allow(
                unsafe_code,
                reason = "the line was checked, and a second time costs 1 % of a run: benches/NOTES.md"
            )]
            Text::Unescaped(range) => unsafe { std::str::from_utf8_unchecked(&self.unescaped[range.clone()]) },
        }
    }

    /// Finds the pairs of a line.
    fn object(&mut self, line: &str) -> Option<()> {
        self.pairs.clear();
        self.used = 0;
        let bytes = line.as_bytes();
        let blanks = |at: usize| at + bytes[at..].iter().take_while(|&&b| b == b' ').count();
        let expect = |at: usize, byte: u8| (bytes.get(at) == Some(&byte)).then_some(at + 1);
        let mut at = blanks(expect(0, b'{')?);
        // No escape is shorter than its character, and a little more is written than is kept.
        if self.unescaped.len() < bytes.len() + ROOM {
            self.unescaped.resize(bytes.len() + ROOM, 0);
        }
        loop {
            let (key, end) = self.string(line, expect(at, b'"')?)?;
            at = blanks(expect(blanks(end), b':')?);
            let value;
            (value, at) = match bytes.get(at)? {
                b'"' => {
                    let (text, end) = self.string(line, at + 1)?;
                    (Found::Text(text), end)
                }
                b'{' | b'[' => return None,
                _ => {
                    let len = bytes[at..].iter().take_while(|b| !matches!(b, b',' | b'}' | ..=b' ')).count();
                    (Found::Scalar(at..at + len), at + len)
                }
            };
            self.pairs.push((key, value));
            at = blanks(at);
            match bytes.get(at)? {
                b',' => at = blanks(at + 1),
                b'}' => return (at + 1 == bytes.len()).then_some(()),
                _ => return None,
            }
        }
    }

    /// The string whose first byte is at `start`, and where what follows its closing mark stands.
    #[inline]
    fn string(&mut self, line: &str, start: usize) -> Option<(Text, usize)> {
        let bytes = line.as_bytes();
        let (mut at, first) = (start, self.used);
        let mut to = first;
        let mut plain = true;
        // Where one escape stands behind the other that rows do not know, a whole row is read for nothing each time.
        let mut rows_pay = true;
        loop {
            let from = at;
            if rows_pay {
                let (read, written) = copy_rows(&bytes[at..], &mut self.unescaped[to..]);
                (at, to) = (at + read, to + written);
                plain &= read == written;
            }
            let len = copy_run(&bytes[at..], &mut self.unescaped[to..]);
            (at, to) = (at + len, to + len);
            rows_pay = at - from >= ROOM;
            let (c, len) = match (bytes.get(at)?, bytes.get(at + 1)) {
                (b'"', _) if plain => return Some((Text::Line(start..at), at + 1)),
                (b'"', _) => {
                    self.used = to;
                    return Some((Text::Unescaped(first..to), at + 1));
                }
                (b'\\', Some(b'n')) => ('\n', 2),
                (b'\\', Some(b'"')) => ('"', 2),
                (b'\\', Some(b'\\')) => ('\\', 2),
                (b'\\', Some(b'/')) => ('/', 2),
                (b'\\', Some(b't')) => ('\t', 2),
                (b'\\', Some(b'r')) => ('\r', 2),
                (b'\\', Some(b'u')) => unicode(bytes, at)?,
                // Another escape, or a control character, which may stand in no string.
                _ => return None,
            };
            plain = false;
            at += len;
            to += c.encode_utf8(&mut self.unescaped[to..]).len();
        }
    }
}

/// More than is kept of what is written at once.
const ROOM: usize = 64;

/// Copies what a string holds as far as whole rows go, where the processor can do that at once: so many bytes were read, and so
/// many written. Behind them it may leave others.
#[inline]
fn copy_rows(from: &[u8], to: &mut [u8]) -> (usize, usize) {
    #[cfg(target_arch = "x86_64")]
    if wide::is_there() {
        // SAFETY: the processor has what the function asks for.
        #[allow(unsafe_code, reason = "a seventh of the time of reading JSON: benches/NOTES.md")]
        let wide::Copied { read, written } = unsafe { wide::copy(from, to) };
        return (read, written);
    }
    let _ = (from, to);
    (0, 0)
}

/// Copies bytes up to the first that ends a run, and says how many. Behind them it may leave others.
#[inline]
fn copy_run(from: &[u8], to: &mut [u8]) -> usize {
    let (blocks, rest) = from.as_chunks::<WIDTH>();
    for (i, (block, to)) in blocks.iter().zip(to.as_chunks_mut::<WIDTH>().0).enumerate() {
        *to = *block;
        let stops = stops(block);
        if stops != 0 {
            return i * WIDTH + stops.trailing_zeros() as usize;
        }
    }
    let is_stop = |b: &u8| matches!(b, b'"' | b'\\' | 0..0x20);
    let len = rest.iter().position(is_stop).unwrap_or(rest.len());
    let before = from.len() - rest.len();
    to[before..][..len].copy_from_slice(&rest[..len]);
    before + len
}

/// The character of the escape at `at` (`\u2019`, or two of them for one beyond the first plane),
/// and how many bytes it takes.
fn unicode(bytes: &[u8], at: usize) -> Option<(char, usize)> {
    let unit = |at: usize| {
        let digits = bytes.get(at..at + 6).filter(|b| b.starts_with(b"\\u"))?;
        digits[2..].iter().try_fold(0, |sum, &b| Some(sum << 4 | char::from(b).to_digit(16)?))
    };
    match unit(at)? {
        high @ 0xD800..=0xDBFF => {
            let low = unit(at + 6).filter(|low| (0xDC00..=0xDFFF).contains(low))?;
            Some((char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))?, 12))
        }
        unit => Some((char::from_u32(unit)?, 6)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::object::pairs_by_library;
    use super::*;

    fn agrees(line: &str) -> bool {
        let mut walk = Walk::default();
        let keys = Walk::default().keys(line);
        let Some(walked) = walk.read(line) else {
            assert_eq!(keys, None, "{line}");
            return false;
        };
        assert_eq!(walked, pairs_by_library(line).expect("what is walked is an object"), "{line}");
        assert_eq!(keys, Some(walked.into_iter().map(|(key, _)| key.into_owned()).collect()), "{line}");
        true
    }

    #[test]
    fn usual_lines_are_read_and_others_left() {
        for line in [
            r#"{"id":"a","text":"b"}"#,
            r#" {"id": 7, "n": -1.50, "t": true, "x": null, "text": "\"A\\B\" \n\n\t \u2019\ud83d\ude00 \/ é"} "#,
            r#"{"text":"","text":"twice"}"#,
        ] {
            assert!(agrees(line), "{line}");
        }
        for line in [
            "",
            "{}",
            "[1]",
            r#"{"a":[1]}"#,
            r#"{"a":{"b":1}}"#,
            r#"{"a":"b"} x"#,
            r#"{"a":"b",}"#,
            r#"{"a":"\ud83d"}"#,
            r#"{"a":"\x"}"#,
            r#"{"a":"b"#,
            "{\"a\":\"\t\"}",
            "{\"a\":\t\"x\"}",
            "{\"a\":1\t}",
            r#"{"a":01}"#,
            r#"{"a":tru}"#,
            r#"{"a":}"#,
        ] {
            assert!(!agrees(line), "{line}");
        }
    }

    #[test]
    fn nothing_is_left_of_the_line_before() {
        let mut walk = Walk::default();
        let long = format!(r#"{{"id":"a\n","text":"{}\"end\""}}"#, "a word and \\n another ".repeat(40));
        for line in [long.as_str(), r#"{"text":"\u2019b\n"}"#, "[", &long, r#"{"a":"\\","b":"c\td"}"#] {
            assert_eq!(walk.read(line), pairs_by_library(line).ok(), "{line}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn what_is_read_is_what_the_library_reads(line in r#"\{("[ab]?(\\[n"u\\]|é)?" ?:[ \t]?("([ab0-9]|\\[nu"\\/b]|\\u[0-9a-f]{4}|[éا])*"|-?[0-9]{1,3}(\.[0-9])?|true|null|\[\]),?){0,3}\}"#) {
            agrees(&line);
        }
    }
}
