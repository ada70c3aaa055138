//! Pasted news pages: front matter read, furniture taken out, never silently.
//!
//! The rules read this article only, because a score must not depend on its neighbours. Every
//! line that is taken out is logged with the rule that did it; `--show-cleaning` prints the log.

mod dates;
mod page;

use std::ops::Range;

/// The columns that cleaning may fill, in the order of their columns.
pub(super) const COLUMNS: [&str; 6] = ["title", "date", "date_text", "author", "section", "origin"];

/// What cleaning found in an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Byte ranges of the text that are no article, ascending and disjoint.
    pub removed: Vec<Range<usize>>,
    /// The title, where the text holds it.
    pub title: Option<Range<usize>>,
    /// What was read from the head and furniture: column and value.
    pub fields: Vec<(String, String)>,
    /// A row for every line that was removed.
    pub lines: Vec<RemovedLine>,
}

/// A line that was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedLine {
    /// Its number, from 1.
    pub line: usize,
    /// The rule.
    pub rule: &'static str,
    /// What it said.
    pub text: String,
}

/// Cleans an article: front matter of text files always, pasted furniture if asked.
pub(super) fn clean(text: &str, clean: bool, is_text: bool, boilerplate: &[String]) -> Cleaned {
    let mut cleaned = Cleaned::default();
    let mut body = 0;
    if is_text {
        let head = front_matter(text);
        if head.bytes > 0 {
            body = head.bytes;
            for (i, line) in text[..body].lines().enumerate() {
                cleaned.lines.push(RemovedLine { line: i + 1, rule: "front matter", text: line.trim().to_owned() });
            }
            cleaned.removed.push(0..body);
            cleaned.fields = head.pairs;
        }
    }
    if clean {
        page::clean(text, body, boilerplate, &mut cleaned);
    } else if !boilerplate.is_empty() {
        page::remove_boilerplate(text, body, boilerplate, &mut cleaned);
    }
    cleaned.removed.sort_unstable_by_key(|r| r.start);
    cleaned.lines.sort_by_key(|l| l.line);
    cleaned
}

/// A head of `key: value` lines.
#[derive(Debug, Clone, Default)]
pub(super) struct FrontMatter {
    pub(super) pairs: Vec<(String, String)>,
    /// How many bytes of the text it takes.
    pub(super) bytes: usize,
}

/// Keys that a head without `---` may have.
const KNOWN_KEYS: [&str; 17] = [
    "title",
    "headline",
    "date",
    "published",
    "author",
    "by",
    "byline",
    "outlet",
    "source",
    "section",
    "origin",
    "url",
    "language",
    "genre",
    "event",
    "id",
    "country",
];

/// The head between `---` lines, or two or more `Key: value` lines with known keys and a blank
/// line behind them.
pub(super) fn front_matter(text: &str) -> FrontMatter {
    let mut head = FrontMatter::default();
    let mut lines = text.split_inclusive('\n');
    let mut bytes = 0;
    let first = lines.next().unwrap_or("");
    if first.trim_end() == "---" {
        bytes += first.len();
        for line in lines {
            bytes += line.len();
            if matches!(line.trim_end(), "---" | "...") {
                head.bytes = bytes;
                return head;
            }
            head.pairs.extend(pair(line));
        }
        return FrontMatter::default();
    }
    for line in text.split_inclusive('\n') {
        bytes += line.len();
        if line.trim().is_empty() {
            if head.pairs.len() >= 2 {
                head.bytes = bytes;
                return head;
            }
            break;
        }
        match pair(line).filter(|(key, _)| KNOWN_KEYS.contains(&key.as_str()) || key == "date_text") {
            Some(found) => head.pairs.push(found),
            None => break,
        }
    }
    FrontMatter::default()
}

fn pair(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim().to_lowercase().replace([' ', '-'], "_");
    let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_');
    let value = value.trim();
    let quoted = |q: char| value.strip_prefix(q).and_then(|v| v.strip_suffix(q));
    let value = quoted('"').or_else(|| quoted('\'')).unwrap_or(value);
    let key = match key.as_str() {
        "headline" => "title".to_owned(),
        "by" | "byline" => "author".to_owned(),
        "published" => "date".to_owned(),
        _ => key,
    };
    (plain && !value.is_empty()).then(|| (key, value.to_owned()))
}
