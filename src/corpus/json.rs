//! The usual line of JSONL, read without a parser: an object of strings and plain scalars.
//!
//! An article is nearly all one long string with few escapes, and what reading it costs is
//! looking for the next escape. [`Walk`] does that and nothing else. A line in which it meets
//! anything beyond that (a nested value, an escape or a byte that may be wrong) it leaves to
//! `serde_json`, which also words all errors. A property test holds the two equal.

use std::borrow::Cow;
use std::ops::Range;

use super::object::{Value, scalar};

/// Reads lines, and keeps its memory from one to the next.
#[derive(Debug, Default)]
pub(super) struct Walk {
    pairs: Vec<(Text, Found)>,
    /// The texts that held escapes, one after the other.
    unescaped: String,
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
        self.object(line, true)?;
        let value = |found: &Found| match found {
            Found::Text(found) => Some(Value::Text(Cow::Borrowed(self.text(line, found)))),
            Found::Scalar(range) => scalar(&line[range.clone()]),
        };
        self.pairs.iter().map(|(key, found)| Some((Cow::Borrowed(self.text(line, key)), value(found)?))).collect()
    }

    /// The keys of the same object, without a copy of any value; `None` where [`Walk::read`] gives none.
    pub(super) fn keys(&mut self, line: &str) -> Option<Vec<String>> {
        let line = line.trim_ascii();
        self.object(line, false)?;
        let is_read = |found: &Found| match found {
            Found::Text(_) => true,
            Found::Scalar(range) => scalar(&line[range.clone()]).is_some(),
        };
        self.pairs.iter().map(|(key, found)| is_read(found).then(|| self.text(line, key).to_owned())).collect()
    }

    fn text<'a>(&'a self, line: &'a str, text: &Text) -> &'a str {
        match text {
            Text::Line(range) => &line[range.clone()],
            Text::Unescaped(range) => &self.unescaped[range.clone()],
        }
    }

    /// Finds the pairs of a line; what its values hold, if it `keeps` that.
    fn object(&mut self, line: &str, keeps: bool) -> Option<()> {
        self.pairs.clear();
        self.unescaped.clear();
        // No control character may stand in a JSON string. (A line end is gone already.)
        if line.bytes().fold(false, |any, b| any | (b < 0x20)) {
            return None;
        }
        let bytes = line.as_bytes();
        let blanks = |at: usize| at + bytes[at..].iter().take_while(|&&b| b == b' ').count();
        let expect = |at: usize, byte: u8| (bytes.get(at) == Some(&byte)).then_some(at + 1);
        let mut at = blanks(expect(0, b'{')?);
        loop {
            let (key, end) = self.string(line, expect(at, b'"')?, true)?;
            at = blanks(expect(blanks(end), b':')?);
            let value;
            (value, at) = match bytes.get(at)? {
                b'"' => {
                    let (text, end) = self.string(line, at + 1, keeps)?;
                    (Found::Text(text), end)
                }
                b'{' | b'[' => return None,
                _ => {
                    let len = bytes[at..].iter().take_while(|b| !matches!(b, b',' | b'}' | b' ')).count();
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

    /// The string whose first byte is at `start`, and where what follows its closing mark stands. What is not kept and has
    /// escapes is read and forgotten.
    #[inline]
    fn string(&mut self, line: &str, start: usize, keeps: bool) -> Option<(Text, usize)> {
        let bytes = line.as_bytes();
        let mut at = start + memchr::memchr2(b'"', b'\\', &bytes[start..])?;
        if bytes[at] == b'"' {
            return Some((Text::Line(start..at), at + 1));
        }
        let first = self.unescaped.len();
        if keeps {
            self.unescaped.push_str(&line[start..at]);
        }
        loop {
            let (c, len) = match bytes.get(at + 1)? {
                b'n' => ('\n', 2),
                b'"' => ('"', 2),
                b'\\' => ('\\', 2),
                b'/' => ('/', 2),
                b't' => ('\t', 2),
                b'r' => ('\r', 2),
                b'u' => unicode(bytes, at)?,
                _ => return None,
            };
            let from = at + len;
            at = from + memchr::memchr2(b'"', b'\\', &bytes[from..])?;
            if keeps {
                self.unescaped.push(c);
                self.unescaped.push_str(&line[from..at]);
            }
            if bytes[at] == b'"' {
                return Some((Text::Unescaped(first..self.unescaped.len()), at + 1));
            }
        }
    }
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
            r#"{"a":01}"#,
            r#"{"a":tru}"#,
            r#"{"a":}"#,
        ] {
            assert!(!agrees(line), "{line}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn what_is_read_is_what_the_library_reads(line in r#"\{("[ab]?(\\[n"u\\]|é)?" ?: ?("([ab0-9]|\\[nu"\\/b]|\\u[0-9a-f]{4}|[éا])*"|-?[0-9]{1,3}(\.[0-9])?|true|null|\[\]),?){0,3}\}"#) {
            agrees(&line);
        }
    }
}
