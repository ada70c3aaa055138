//! Pasted news pages: front matter read, furniture taken out, never silently.
//!
//! The rules read this article only, because a score must not depend on its neighbours. Every
//! line that is taken out is logged with the rule that did it; `--show-cleaning` prints the log.

mod dates;
mod page;

use std::ops::Range;

/// The ISO 8601 form of a line that is a date in words or in that form, and nothing else.
pub(super) fn dateline(line: &str) -> Option<String> {
    dates::dateline(line).map(|found| found.date)
}

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
    if text.lines().next().is_some_and(|first| first.trim_end() == "---") {
        return yaml_head(text).unwrap_or_default();
    }
    let mut head = FrontMatter::default();
    let mut bytes = 0;
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

/// The head between `---` lines, if every line of it could be YAML and one is `key: value`: a text
/// may begin with a rule, too.
fn yaml_head(text: &str) -> Option<FrontMatter> {
    let mut head = FrontMatter::default();
    // Whether the lines that are set in go on with the last value.
    let mut folded = false;
    for (i, line) in text.split_inclusive('\n').enumerate() {
        head.bytes += line.len();
        if i == 0 {
            continue;
        }
        if matches!(line.trim_end(), "---" | "...") {
            return Some(head).filter(|head| !head.pairs.is_empty());
        }
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') || content == "-" || content.starts_with("- ") {
            continue;
        }
        if line.starts_with([' ', '\t']) {
            // Keys that are set in are of what stands above them, not of the article.
            if let Some((_, value)) = head.pairs.last_mut().filter(|_| folded) {
                let space = if value.is_empty() { "" } else { " " };
                value.push_str(space);
                value.push_str(content);
            }
            continue;
        }
        let (key, value) = content.split_once(':')?;
        let is_key = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.'));
        if !is_key || !(value.is_empty() || value.starts_with([' ', '\t'])) {
            return None;
        }
        folded = matches!(value.trim(), ">" | ">-" | ">+" | "|" | "|-" | "|+");
        if let Some((key, value)) = pair(line) {
            head.pairs.push((key, if folded { String::new() } else { value }));
        }
    }
    None
}

fn pair(line: &str) -> Option<(String, String)> {
    // The line may be a whole paragraph.
    let colon = memchr::memchr(b':', line.as_bytes())?;
    let (key, value) = (&line[..colon], &line[colon + 1..]);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> (Vec<(String, String)>, &str) {
        let head = front_matter(text);
        (head.pairs, &text[head.bytes..])
    }

    #[test]
    fn heads_are_read() {
        for (text, pairs, rest) in [
            (
                "---\ntitle: \"Talks: day 2\"\ndate: 2025-03-10\n---\nText.",
                "title=Talks: day 2|date=2025-03-10",
                "Text.",
            ),
            ("---\r\ntitle: T\r\n---\r\nText.", "title=T", "Text."),
            ("---\n# a note\ntags:\n- war\n- title: no\nby: A. B.\n...\nText.", "author=A. B.", "Text."),
            ("---\nimage:\n  title: no\ntitle: yes\n---\nText.", "title=yes", "Text."),
            ("---\ntitle: >-\n  Talks go\n  on\nid: 7\n---\nText.", "title=Talks go on|id=7", "Text."),
            ("Title: T\nDate: 2025-03-10\n\nText.", "title=T|date=2025-03-10", "Text."),
            ("Headline: T\nByline: B\n\nText.", "title=T|author=B", "Text."),
        ] {
            let (found, left) = head(text);
            let found: Vec<String> = found.iter().map(|(key, value)| format!("{key}={value}")).collect();
            assert_eq!((found.join("|").as_str(), left), (pairs, rest), "{text:?}");
        }
    }

    #[test]
    fn what_only_looks_like_a_head_stays() {
        for text in [
            // A rule above and below prose.
            "---\nThe talks went on.\n---\nThey failed.",
            "---\nHe said this: nothing moves, and left.\nNobody asked.\n---\nText.",
            "---\n\n---\nText.",
            "---\ntitle: never ended",
            "Title: only one\n\nText.",
            "Title: T\nDate: D\nno blank line",
            "Mood: T\nTaste: D\n\nText.",
        ] {
            assert_eq!(head(text), (Vec::new(), text), "{text:?}");
        }
    }

    fn cleaned(text: &str) -> (String, Vec<String>) {
        let cleaned = clean(text, true, true, &[]);
        let title = cleaned.title.map(|range| text[range].to_owned()).unwrap_or_default();
        (title, cleaned.lines.iter().map(|line| format!("{}: {}", line.rule, line.text)).collect())
    }

    #[test]
    fn a_title_that_asks_is_a_title() {
        let text = "OPINIONS\n\nMon 10 Mar 2025\n\nWill the talks fail?\n\nWritten by: A. Writer\n\nNobody knows.\n\nThey go on.\n";
        let (title, removed) = cleaned(text);
        assert_eq!(title, "Will the talks fail?");
        assert_eq!(removed, ["section: OPINIONS", "dateline: Mon 10 Mar 2025", "byline: Written by: A. Writer"]);
        // Without a page around it, a question opens the text.
        assert_eq!(cleaned("Will the talks fail?\n\nNobody knows.\n").0, "");
    }

    #[test]
    fn the_rules_of_the_page() {
        let text = "Logo\nLogo\nWORLD NEWS\nMarch 10, 2025\nTalks in the harbour\nBy A. Writer\nThe talks began.\nA heading\n\
                    They went on. From Al Jazeera.\nTags\nShare your opinion\nTalks in the harbour\n";
        let (title, removed) = cleaned(text);
        assert_eq!(title, "Talks in the harbour");
        let expected = [
            "repeated short line: Logo",
            "repeated short line: Logo",
            "section: WORLD NEWS",
            "dateline: March 10, 2025",
            "byline: By A. Writer",
            "origin: From Al Jazeera.",
            "page furniture: Tags",
            "page furniture: Share your opinion",
            "repeated title: Talks in the harbour",
        ];
        assert_eq!(removed, expected);
        for name in ["Al Jazeera", "Radio Free Europe Radio Liberty"] {
            for end in [".", " .", "\u{a0}."] {
                let (_, removed) = cleaned(&format!("The talks began.\n\nThey left. From {name}{end}\n"));
                assert_eq!(removed, [format!("origin: From {name}{end}")]);
            }
        }
        assert!(cleaned("They left. From One Two Three Four Five Six.\n").1.is_empty());
        // Only the last line of the article names its origin, and a sentence must end before it.
        for last in
            ["He came From Al Jazeera.", "They left. From Al Jazeera.\n\nIt went on.", "They left. From the sea."]
        {
            assert!(
                !cleaned(&format!("The talks began.\n\n{last}\n")).1.iter().any(|l| l.starts_with("origin")),
                "{last}"
            );
        }
    }
}
