//! Broken TOML in plain words.
//!
//! The parser says what the grammar expected; a researcher wants to know which quotation mark is
//! curly. So the commonest slips are looked for in the raw lines first (quotation marks as word
//! processors draw them, `[category]` written twice), and only what is left is put into words.

use std::ops::Range;

use toml_edit::TomlError;

use super::super::error::{LexiconError, LexiconErrorKind as Kind};
use super::super::spans::{Source, Sources};
use super::fields::Reader;
use super::keys;

/// At most so many slips of one kind are listed: whoever pasted a lexicon from a word processor
/// has them in every line.
const MOST_LISTED: usize = 50;

/// Reports why the file is no TOML.
pub(super) fn report(reader: &mut Reader<'_>, error: &TomlError) {
    let source = reader.sources.0[reader.file as usize].text.as_str();
    let slips = Slips::find(source);
    for (span, mark) in slips.curly.iter().take(MOST_LISTED) {
        let hint = "write straight quotation marks: \"...\" (word processors turn them into curly ones)";
        reader.report(span, Kind::CurlyQuotes(*mark), Some(hint.to_owned()));
    }
    let doubled = error.message().starts_with("duplicate key");
    for (span, name) in slips.single.iter().take(MOST_LISTED) {
        reader.report(span, Kind::SingleBrackets(name.clone()), Some(format!("write [[{name}]]")));
    }
    if !slips.curly.is_empty() || (doubled && !slips.single.is_empty()) {
        return;
    }
    let span = error.span().unwrap_or(0..0);
    let (message, hint) = in_words(source, error.message(), &span);
    reader.report(&span, Kind::Syntax(message), hint);
}

/// What is wrong in a text that is no TOML, in the words that lexicons are told it in; nothing if it
/// is TOML. `name` is how the file is shown.
pub fn broken_toml(source: &str, name: &str) -> Vec<LexiconError> {
    let Err(error) = toml_edit::Document::parse(source) else { return Vec::new() };
    let sources = Sources(vec![Source::new(name, source)]);
    let mut reader = Reader::new(&sources, 0);
    report(&mut reader, &error);
    reader.errors
}

/// The slip that the parser's message stands for, and what to do.
fn in_words(source: &str, message: &str, span: &Range<usize>) -> (String, Option<String>) {
    let found = source.get(span.clone()).unwrap_or_default();
    let line_start = source.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line = source.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default().trim_start();
    if let Some(number) = decimal_comma(line) {
        let point = number.replace(',', ".");
        return (format!("`{number}` is written with a comma"), Some(format!("numbers have a point: {point}")));
    }
    let number_words =
        ["float", "mantissa", "fraction", "exponent", "leading zero", "`_` may only", "overflowed", "date"];
    let (words, hint): (String, &str) = match message {
        m if m.starts_with("duplicate key") && line.starts_with('[') => (
            format!("the table [{found}] is written twice"),
            "there may be one only: put both together, or write double brackets, [[...]], if it is one of several",
        ),
        m if m.starts_with("duplicate key") => {
            (format!("the key `{found}` is written twice in the same table"), "put both together, or begin a new table")
        }
        m if m.starts_with("string values must be quoted") && found.is_empty() => {
            ("there is no value after the =".to_owned(), "write the value behind it, text in quotation marks")
        }
        m if m.starts_with("string values must be quoted")
            || (m.starts_with("invalid boolean")
                && !found.eq_ignore_ascii_case("true")
                && !found.eq_ignore_ascii_case("false")) =>
        {
            let quoted = format!("`{found}` stands without quotation marks");
            let hint = "text is written in straight quotation marks";
            let example = if found.contains('"') { String::new() } else { format!(": \"{found}\"") };
            return (quoted, Some(format!("{hint}{example}")));
        }
        m if m.starts_with("invalid boolean") => {
            let small = found.to_ascii_lowercase();
            return (format!("`{found}` is written in small letters"), Some(format!("write {small}")));
        }
        m if number_words.iter().any(|word| m.contains(word)) => (
            format!("`{}` is neither a number nor text", value_around(source, span.start)),
            "a number is written like 2 or 0.5; text, such as a version or a date, in quotation marks",
        ),
        m if m.starts_with("carriage return") => (
            "the lines end as on old Macs, with a carriage return alone".to_owned(),
            "save the file with line ends for Unix or Windows",
        ),
        m if m.starts_with("unexpected key or value") && line.starts_with('[') => (
            "something stands behind the brackets of this table".to_owned(),
            "its keys stand on the lines below it; there are as many ] as [",
        ),
        m if m.starts_with("invalid unquoted key") || m.starts_with("invalid key-value pair") => {
            ("no line of TOML begins like this".to_owned(), "every line is key = value, a [table], or a # comment")
        }
        m if m.starts_with("missing comma between array elements") => (
            "a comma is missing between two items of a list, or its closing ]".to_owned(),
            "every item but the last is followed by a comma; the list ends with ]",
        ),
        m if m.starts_with("unclosed array table") || m.starts_with("unclosed table") => (
            "the brackets of this table's name are not closed".to_owned(),
            "there are as many ] behind the name as [ before it",
        ),
        m if m.starts_with("unclosed array") => {
            ("a list is never closed".to_owned(), "it ends with ]; look for the last [ that was opened")
        }
        m if m.starts_with("unclosed inline table") => ("an opening { is never closed".to_owned(), "it ends with }"),
        m if m.contains("multi-line") && m.starts_with("invalid") => (
            "a text that begins with three quotation marks is never closed".to_owned(),
            "it ends with the same three quotation marks",
        ),
        m if (m.starts_with("invalid basic string") || m.starts_with("invalid literal string")) && found.is_empty() => {
            (
                "a quotation mark is missing at the end of this text".to_owned(),
                "text begins and ends with the same mark, on one line",
            )
        }
        m if m.starts_with("invalid basic string") || m.starts_with("invalid literal string") => {
            ("a character that TOML does not allow in text".to_owned(), "take it out: it is probably invisible")
        }
        m if m.contains("escaped value") => (
            "a backslash that TOML does not understand".to_owned(),
            "write it twice (\\\\), or write the text in single quotation marks: '\\*'",
        ),
        m if m.starts_with("key with no value") => (
            "a line without =".to_owned(),
            "every line is key = value, a [table], or a # comment; the terms of a list stand in quotation marks, with commas",
        ),
        m if m.starts_with("unexpected key or value") => (
            "something stands behind the value of this line".to_owned(),
            "one key a line; text that holds a quotation mark is written in the other kind: \"it's\"",
        ),
        m if m.contains("in inline table")
            || m.contains("between key-value pairs")
            || m.contains("inline table element") =>
        {
            (
                "between { and } every part is key = value, with commas between them".to_owned(),
                "for instance { term = \"threats\", weight = 0.5 }",
            )
        }
        m if m.starts_with("extra comma") => ("a comma too many".to_owned(), "take it out"),
        m if m.starts_with("extra `=`") => ("an = too many".to_owned(), "write one"),
        m if m.starts_with("unquoted keys cannot be empty") => {
            ("a name is missing here".to_owned(), "every = has a key before it, every pair of brackets a name in it")
        }
        m if m.starts_with("cannot recurse") || m.starts_with("recursion limit") => (
            "lists and tables stand too deep inside each other".to_owned(),
            "conditions of conditions of conditions: take some out",
        ),
        other => return (format!("this is no TOML: {other}"), None),
    };
    (words, Some(hint.to_owned()))
}

/// `0,5` behind an =, if the line has one.
fn decimal_comma(line: &str) -> Option<&str> {
    let is_digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    line.match_indices('=').find_map(|(at, _)| {
        let value = line[at + 1..].trim_start();
        let end = value.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(value.len());
        let (whole, rest) = value[..end].split_once(',')?;
        (is_digits(whole) && is_digits(rest)).then(|| &value[..end])
    })
}

/// The value without quotation marks that a byte stands in or behind.
fn value_around(source: &str, at: usize) -> &str {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '+' | '-' | ':');
    let at = at.min(source.len());
    let Some((before, after)) = source.split_at_checked(at) else { return "" };
    let start = before.len() - before.chars().rev().take_while(|c| part(*c)).map(char::len_utf8).sum::<usize>();
    let end = at + after.chars().take_while(|c| part(*c)).map(char::len_utf8).sum::<usize>();
    &source[start..end]
}

/// What the raw lines show.
#[derive(Default)]
struct Slips {
    /// The first quotation mark of a line that stands where TOML wants a straight one.
    curly: Vec<(Range<usize>, char)>,
    /// Headers in single brackets of tables that come in double ones.
    single: Vec<(Range<usize>, String)>,
}

fn is_curly(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‛' | '‹' | '›' | '＂' | '″')
}

impl Slips {
    /// Walks the file as far as it can be told what is text and what is not.
    fn find(source: &str) -> Slips {
        let mut slips = Slips::default();
        let mut closing: Option<&'static str> = None;
        let mut start = 0;
        for line in source.split_inclusive('\n') {
            closing = slips.line(line, start, closing);
            start += line.len();
        }
        slips
    }

    /// One line; `closing` are the three marks that end the text it begins in, if any.
    fn line(&mut self, line: &str, start: usize, closing: Option<&'static str>) -> Option<&'static str> {
        let mut at = 0;
        if let Some(marks) = closing {
            match line.find(marks) {
                Some(end) => at = end + marks.len(),
                None => return closing,
            }
        } else {
            self.header(line, start);
        }
        while let Some(c) = line[at..].chars().next() {
            let rest = &line[at..];
            match c {
                '#' => return None,
                '"' | '\'' => {
                    let marks = if c == '"' { "\"\"\"" } else { "'''" };
                    if rest.starts_with(marks) {
                        match rest[3..].find(marks) {
                            Some(end) => at += 3 + end + 3,
                            None => return Some(marks),
                        }
                        continue;
                    }
                    match text_end(rest, c) {
                        Some(end) => at += end,
                        None => {
                            // Opened straight and closed curly.
                            let found = rest.char_indices().find(|(_, c)| is_curly(*c));
                            if let (Some((i, mark)), true) = (found, c == '"') {
                                self.curly.push((start + at + i..start + at + i + mark.len_utf8(), mark));
                            }
                            return None;
                        }
                    }
                }
                c if is_curly(c) => {
                    self.curly.push((start + at..start + at + c.len_utf8(), c));
                    return None;
                }
                c => at += c.len_utf8(),
            }
        }
        None
    }

    fn header(&mut self, line: &str, start: usize) {
        let indent = line.len() - line.trim_start().len();
        let line = line[indent..].split('#').next().unwrap_or_default().trim_end();
        let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
            return;
        };
        let name = name.trim();
        let nested = ["category.entry", "referent.variant", "referent.variant.entry"];
        if keys::LISTS.contains(&name) || nested.contains(&name) {
            self.single.push((start + indent..start + indent + line.len(), name.to_owned()));
        }
    }
}

/// Where a text on one line ends, from its opening mark on.
fn text_end(rest: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    for (i, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' if mark == '"' => escaped = true,
            c if c == mark => return Some(i + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curly(source: &str) -> Vec<char> {
        Slips::find(source).curly.iter().map(|(_, c)| *c).collect()
    }

    #[test]
    fn curly_marks_inside_straight_ones_are_text() {
        assert!(curly("a = \"say “no”\" # “x”\nb = '“'\nc = \"\"\"\n“\n\"\"\"\n").is_empty());
    }

    #[test]
    fn curly_marks_as_delimiters_are_seen_once_a_line() {
        assert_eq!(curly("a = [“don’t”, “x”]\nb = ‘y’\n"), ['“', '‘']);
        assert_eq!(curly("a = \"hostage”\n"), ['”']);
        assert_eq!(curly("a = \"\"\" x\n\"\"\"\nb = „x“"), ['„']);
    }

    #[test]
    fn headers_inside_texts_are_no_headers() {
        let slips = Slips::find("x = '''\n[category]\n'''\n [mask] # y\n[lexicon]\n");
        assert_eq!(slips.single.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["mask"]);
    }
}
