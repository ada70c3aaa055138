//! A place in a file, drawn so that it is found at a glance: the line, a caret, a hint.

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A message about a place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding<'a> {
    /// `error`, `warning` or `note`.
    pub(crate) severity: &'a str,
    /// What is wrong.
    pub(crate) message: &'a str,
    /// The file as shown to people.
    pub(crate) file: &'a str,
    /// Its text, if it can be had.
    pub(crate) source: Option<&'a str>,
    /// From 1; 0 where the finding is about the whole file.
    pub(crate) line: usize,
    /// In characters, from 1.
    pub(crate) column: usize,
    /// What to do; empty if that is plain.
    pub(crate) hint: &'a str,
}

/// Lines longer than this are shown around the place only.
const MAX_LINE: usize = 100;

impl Finding<'_> {
    /// The finding as text, with a line end.
    pub(crate) fn draw(&self, colour: bool) -> String {
        let paint = |code: &str, text: &str| match colour {
            true => format!("\x1b[{code}m{text}\x1b[0m"),
            false => text.to_owned(),
        };
        let code = match self.severity {
            "error" => "1;31",
            "warning" => "1;33",
            _ => "1;36",
        };
        let severity = paint(code, self.severity);
        let mut out = format!("{severity}: {}\n", self.message);
        let line = self.source.and_then(|s| s.lines().nth(self.line.checked_sub(1)?));
        let number = self.line.to_string();
        let margin = " ".repeat(number.len());
        if self.line == 0 {
            let _ = writeln!(out, "{margin}--> {}", self.file);
        } else {
            let _ = writeln!(out, "{margin}--> {}:{}:{}", self.file, self.line, self.column);
        }
        if let Some(line) = line {
            let (shown, before) = excerpt(line, self.column.max(1) - 1);
            let marked: String = shown.chars().skip(before).take(item_length(&shown, before)).collect();
            let indent: usize = shown.chars().take(before).map(|c| c.width().unwrap_or(0)).sum();
            let carets = "^".repeat(marked.width().max(1));
            let _ = writeln!(out, "{margin} |\n{number} | {shown}");
            let _ = writeln!(out, "{margin} | {}{}", " ".repeat(indent), paint("1;31", &carets));
        }
        if !self.hint.is_empty() {
            let _ = writeln!(out, "{margin} = {}", self.hint);
        }
        out
    }
}

/// How many characters the item at this place has: a string with its quotation marks, else a word.
fn item_length(line: &str, at: usize) -> usize {
    let mut chars = line.chars().skip(at);
    match chars.next() {
        Some('"') => 1 + chars.position(|c| c == '"').map_or(0, |end| end + 1),
        Some(c) if c.is_alphanumeric() => {
            1 + chars.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-')).count()
        }
        _ => 1,
    }
}

/// The part of a line around a character, and that character's place in it. Tabs are one blank
/// wide, and control characters are not sent to a terminal.
fn excerpt(line: &str, column: usize) -> (String, usize) {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let length = line.chars().count();
    if length <= MAX_LINE {
        return (line.chars().map(clean).collect(), column);
    }
    let first = column.saturating_sub(MAX_LINE / 3).min(length - MAX_LINE);
    let mut shown: String = line.chars().skip(first).take(MAX_LINE).map(clean).collect();
    let mut before = column.saturating_sub(first);
    if first > 0 {
        shown.insert(0, '…');
        before += 1;
    }
    if first + MAX_LINE < length {
        shown.push('…');
    }
    (shown, before)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(source: &str, line: usize, column: usize) -> String {
        Finding {
            severity: "error",
            message: "unknown key `therm`",
            file: "my.toml",
            source: Some(source),
            line,
            column,
            hint: "did you mean `term`?",
        }
        .draw(false)
    }

    #[test]
    fn the_caret_stands_under_the_place() {
        assert_eq!(
            finding("[[mask]]\n\ttherm = 1\n", 2, 2),
            "error: unknown key `therm`\n --> my.toml:2:2\n  |\n2 |  therm = 1\n  |  ^^^^^\n  = did you mean `term`?\n"
        );
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert!(finding("terms = [\"人質\", x]", 1, 15).contains(&format!("\n  | {}^\n", " ".repeat(16))));
    }

    #[test]
    fn a_string_is_marked_whole() {
        let drawn = finding("terms = [\"final warning\", 1]", 1, 10);
        assert!(
            drawn.ends_with(&format!("  | {}{}\n  = did you mean `term`?\n", " ".repeat(9), "^".repeat(15))),
            "{drawn}"
        );
    }

    #[test]
    fn a_long_line_is_shown_around_the_place() {
        let line = format!("{} therm {}", "a".repeat(499), "b".repeat(499));
        let drawn = finding(&line, 1, 501);
        let lines: Vec<&str> = drawn.lines().collect();
        assert!(lines[3].chars().count() < 120, "{drawn}");
        let at = lines[4].chars().position(|c| c == '^').unwrap();
        assert_eq!(lines[3].chars().skip(at).take(5).collect::<String>(), "therm");
    }

    #[test]
    fn a_place_outside_the_file_is_no_panic() {
        for (line, column) in [(0, 0), (9, 9), (1, 900)] {
            assert!(finding("short", line, column).contains("my.toml"));
        }
        assert!(finding("", 1, 1).contains("my.toml"));
    }
}
