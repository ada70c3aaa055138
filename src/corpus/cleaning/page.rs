//! Lines of a pasted page that are no article (methods 1.3), by rules that read this page only.

use std::ops::Range;

use super::dates::dateline;
use super::{Cleaned, RemovedLine};

/// Furniture of web pages that stands on a line of its own.
const FURNITURE: [&str; 20] = [
    "tags",
    "share your opinion",
    "share",
    "share this",
    "share this article",
    "advertisement",
    "read more",
    "related articles",
    "related news",
    "related",
    "comments",
    "leave a comment",
    "print",
    "email",
    "follow us",
    "subscribe",
    "sign up",
    "logo",
    "most read",
    "photo",
];
/// No line of it is longer, in bytes before it is put into small letters. (A letter of three bytes may become
/// one of one.)
const LONGEST_FURNITURE: usize = 3 * "share this article".len();
/// A short line that repeats has at most so many words.
const SHORT_LINE: usize = 4;
/// A title has at most so many.
const TITLE_WORDS: usize = 25;
/// The name of an origin has at most so many.
const NAME_WORDS: usize = 5;
/// The head of a page is at most so many lines that are not blank.
const HEAD_LINES: usize = 20;

/// One line that is not blank.
struct Line<'t> {
    number: usize,
    /// With its line end.
    whole: Range<usize>,
    /// Without white space around it.
    content: &'t str,
    start: usize,
    /// How often the page has it.
    times: usize,
    removed: bool,
}

impl Line<'_> {
    fn words(&self) -> usize {
        self.content.split_whitespace().count()
    }

    fn ends_a_sentence(&self) -> bool {
        self.content.trim_end_matches(['"', '\'', '”', '’', '»', ')']).ends_with(['.', '!', '?', '…', ':', ';', ','])
    }
}

pub(super) fn clean(text: &str, from: usize, boilerplate: &[String], cleaned: &mut Cleaned) {
    let mut lines = lines(text, from);
    remove_listed(&mut lines, boilerplate, cleaned);
    count_lines(&mut lines);
    let title = short_title(&lines);
    for line in &mut lines {
        let repeated = line.times > 1 && title != Some(line.content);
        if repeated && line.words() <= SHORT_LINE && !line.ends_a_sentence() {
            remove(line, "repeated short line", cleaned);
        } else if is_furniture(line.content) {
            remove(line, "page furniture", cleaned);
        }
    }
    head(&mut lines, cleaned);
    origin(text, &mut lines, cleaned);
}

fn is_furniture(line: &str) -> bool {
    line.len() <= LONGEST_FURNITURE && FURNITURE.contains(&line.to_lowercase().as_str())
}

pub(super) fn remove_boilerplate(text: &str, from: usize, boilerplate: &[String], cleaned: &mut Cleaned) {
    remove_listed(&mut lines(text, from), boilerplate, cleaned);
}

fn remove_listed(lines: &mut [Line<'_>], boilerplate: &[String], cleaned: &mut Cleaned) {
    for line in lines.iter_mut().filter(|l| boilerplate.iter().any(|b| b == l.content)) {
        remove(line, "listed boilerplate", cleaned);
    }
}

fn lines(text: &str, from: usize) -> Vec<Line<'_>> {
    let mut at = from;
    let before = memchr::memchr_iter(b'\n', &text.as_bytes()[..from]).count();
    let mut lines = Vec::new();
    let ends = memchr::memchr_iter(b'\n', &text.as_bytes()[from..]).map(|i| from + i + 1);
    for (i, end) in ends.chain(std::iter::once(text.len())).enumerate() {
        let whole = at..end;
        let content = text[whole.clone()].trim_start();
        let (start, content) = (end - content.len(), content.trim_end());
        if !content.is_empty() {
            lines.push(Line { number: before + i + 1, whole, content, start, times: 1, removed: false });
        }
        at = end;
    }
    lines
}

/// A short title that stands above the text and once more below it, which the rule on repeated short
/// lines would take for furniture. One or two words are taken for that.
fn short_title<'t>(lines: &[Line<'t>]) -> Option<&'t str> {
    let first = lines.iter().position(Line::ends_a_sentence)?;
    let last = lines.iter().rposition(Line::ends_a_sentence)?;
    let above = lines[..first.min(HEAD_LINES)]
        .iter()
        .filter(|l| (3..=SHORT_LINE).contains(&l.words()) && !is_section(l.content));
    let mut twice = above.filter(|l| l.times == 2);
    twice.find(|l| lines[last + 1..].iter().any(|below| below.content == l.content)).map(|l| l.content)
}

/// Counts how often each line stands on the page.
fn count_lines(lines: &mut [Line<'_>]) {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    // Nearly all lines differ in length already.
    order.sort_unstable_by_key(|&i| (lines[i].content.len(), lines[i].content));
    let mut order = &order[..];
    while let [first, rest @ ..] = order {
        let content = lines[*first].content;
        let times = 1 + rest.iter().take_while(|&&i| lines[i].content == content).count();
        let (same, others) = order.split_at(times);
        same.iter().for_each(|&i| lines[i].times = times);
        order = others;
    }
}

fn remove(line: &mut Line<'_>, rule: &'static str, cleaned: &mut Cleaned) {
    if !line.removed {
        line.removed = true;
        cleaned.removed.push(line.whole.clone());
        cleaned.lines.push(RemovedLine { line: line.number, rule, text: line.content.to_owned() });
    }
}

/// Section, dateline, byline and title before the first paragraph. A title is only believed
/// beside other head lines or where it repeats: the first sentence of an article is no title.
fn head(lines: &mut [Line<'_>], cleaned: &mut Cleaned) {
    let is_text = |l: &Line<'_>| !l.removed && l.ends_a_sentence() && author(l.content).is_none();
    let mut first_paragraph = lines.iter().position(is_text);
    // A title may ask. Here too it is only believed where it repeats or a date or byline is beside it.
    if let Some(i) = first_paragraph
        && asks(&lines[i])
        && (lines[i].times > 1
            || lines[..i]
                .iter()
                .chain(lines.get(i + 1))
                .any(|l| dateline(l.content).is_some() || author(l.content).is_some()))
    {
        first_paragraph = lines[i + 1..].iter().position(is_text).map(|next| i + 1 + next);
    }
    let end = first_paragraph.unwrap_or(0).min(HEAD_LINES);
    let mut title = None;
    let mut furnished = false;
    for (i, line) in lines[..end].iter_mut().enumerate().filter(|(_, l)| !l.removed) {
        if let Some(found) = dateline(line.content) {
            remove(line, "dateline", cleaned);
            cleaned.fields.push(("date".to_owned(), found.date));
            cleaned.fields.push(("date_text".to_owned(), found.text));
            furnished = true;
        } else if let Some(name) = author(line.content) {
            let name = name.to_owned();
            remove(line, "byline", cleaned);
            cleaned.fields.push(("author".to_owned(), name));
            furnished = true;
        } else if title.is_none() && is_section(line.content) {
            let section = line.content.to_owned();
            remove(line, "section", cleaned);
            cleaned.fields.push(("section".to_owned(), section));
            furnished = true;
        } else if title.is_none() && line.words() <= TITLE_WORDS {
            title = Some(i);
        }
    }
    let Some(title) = title.filter(|&i| furnished || lines[i].times > 1) else {
        return;
    };
    let content = lines[title].content;
    cleaned.title = Some(lines[title].start..lines[title].start + content.len());
    cleaned.fields.push(("title".to_owned(), content.to_owned()));
    for line in lines[title + 1..].iter_mut().filter(|l| l.content == content) {
        remove(line, "repeated title", cleaned);
    }
}

/// Whether a line is one question or exclamation and no longer than a title.
fn asks(line: &Line<'_>) -> bool {
    let text = line.content.trim_end_matches(['"', '\'', '”', '’', '»', ')']);
    let before = text.trim_end_matches(['?', '!', '؟']);
    before.len() < text.len() && line.words() <= TITLE_WORDS && !before.contains(['.', '?', '!', '؟'])
}

const LONGEST_PREFIX: usize = "written by:".len();

/// `Written by: NAME`, `By NAME`.
fn author(line: &str) -> Option<&str> {
    // The line may be a whole paragraph.
    let start: String = line.chars().take(LONGEST_PREFIX).flat_map(char::to_lowercase).collect();
    let prefix = ["written by:", "written by ", "by:", "by ", "author:"].into_iter().find(|p| start.starts_with(p))?;
    let name = line.get(prefix.len()..)?.trim();
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_name =
        |w: &&str| w.starts_with(char::is_uppercase) || matches!(*w, "and" | "de" | "van" | "von" | "bin" | "al");
    ((1..=8).contains(&words.len()) && words.iter().all(is_name) && !name.ends_with('.')).then_some(name)
}

/// A tag in capitals: `OPINIONS`, `WORLD NEWS`.
fn is_section(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic());
    line.split_whitespace().count() <= 3
        && letters.clone().count() >= 3
        && letters.clone().all(char::is_uppercase)
        && line.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '&' | '/' | '-'))
}

/// The end of a line: its last so many words.
fn last_words(line: &str, words: usize) -> &str {
    let mut before = line;
    for _ in 0..words {
        before = before.trim_end().trim_end_matches(|c: char| !c.is_whitespace());
    }
    &line[before.len()..]
}

/// `From Al Jazeera.` at the end of the last line of the article.
fn origin(text: &str, lines: &mut [Line<'_>], cleaned: &mut Cleaned) {
    let title = cleaned.title.clone();
    let is_title = |l: &Line<'_>| title.as_ref().is_some_and(|t| t.start == l.start);
    let Some(last) = lines.iter_mut().rfind(|l| !l.removed && !is_title(l)) else { return };
    // The last paragraph may be long, the name is not. Its full stop may stand for itself.
    let end = last_words(last.content, NAME_WORDS + 2);
    let Some(at) = end.rfind("From ").map(|at| last.content.len() - end.len() + at) else { return };
    let before = last.content[..at].trim_end();
    let name = last.content[at + 5..].trim();
    let Some(name) = name.strip_suffix('.') else { return };
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_name = |(i, w): (usize, &&str)| {
        let plain = w.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
        plain && (w.starts_with(char::is_uppercase) || (i > 0 && matches!(*w, "of" | "the" | "and")))
    };
    let follows_a_sentence = before.is_empty() || before.ends_with(['.', '!', '?', '”', '"']);
    if !(follows_a_sentence && (1..=NAME_WORDS).contains(&words.len()) && words.iter().enumerate().all(is_name)) {
        return;
    }
    let start = last.start + before.len();
    let end = last.start + last.content.len();
    cleaned.removed.push(start..end);
    cleaned.lines.push(RemovedLine { line: last.number, rule: "origin", text: text[start..end].trim().to_owned() });
    cleaned.fields.push(("origin".to_owned(), name.to_owned()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_furniture_is_longer_than_its_bound() {
        let longest = FURNITURE.iter().map(|line| line.len()).max();
        assert_eq!(longest.map(|len| 3 * len), Some(LONGEST_FURNITURE));
        assert!(is_furniture("SHARE THIS ARTICLE") && is_furniture("Share your opinion"));
        assert!(!is_furniture("a share"));
    }

    #[test]
    fn the_end_of_a_line_is_its_last_words() {
        for (line, words, end) in [
            ("They left.  From\u{3000}the sea.", 3, "From\u{3000}the sea."),
            ("From the sea.", 3, "From the sea."),
            ("From the sea.", 9, "From the sea."),
            ("sea.", 1, "sea."),
        ] {
            assert_eq!(last_words(line, words), end, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn lines_are_those_of_the_library_each_with_how_often_it_stands(text in "([ab]{0,2}[ \u{a0}]{0,1}\r?\n?){0,12}") {
            let mut found = lines(&text, 0);
            count_lines(&mut found);
            let found: Vec<_> = found.iter().map(|l| (l.number, l.whole.clone(), l.start, l.content, l.times)).collect();
            let mut at = 0;
            let all: Vec<_> = text.split_inclusive('\n').map(|whole| {
                at += whole.len();
                (at - whole.len()..at, whole)
            }).collect();
            let expected = all.iter().enumerate().filter(|(_, (_, whole))| !whole.trim().is_empty()).map(|(i, (range, whole))| {
                let start = range.start + whole.len() - whole.trim_start().len();
                let times = all.iter().filter(|(_, other)| other.trim() == whole.trim()).count();
                (i + 1, range.clone(), start, whole.trim(), times)
            });
            proptest::prop_assert_eq!(found, expected.collect::<Vec<_>>());
        }
    }
}
