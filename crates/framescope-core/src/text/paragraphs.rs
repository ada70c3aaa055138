//! Paragraphs: a blank line parts them, a single line end mostly does too (design 3.4).

use std::ops::Range;

use super::classes::{Class, class};
use super::fold::is_skipped;
use super::segments::in_dictionary_script;

/// One line: a range of the text without its line end and the white space around it; an empty one if a reader sees
/// nothing in it.
type Line = Range<usize>;

/// Where the paragraphs of a text stand, and what is needed to find them: kept between articles for its memory.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Ascending, each with how far the enumerator that opens it reaches ([`Outline::find`]).
    pub(super) paragraphs: Vec<(Range<usize>, usize)>,
    lines: Vec<Line>,
    /// How many of the lines end with each run of lines that nothing was cut from.
    pieces: Vec<usize>,
}

impl Outline {
    /// Finds the paragraphs of a text, less what was removed and less the title, and their enumerators. `line_ends` are
    /// all bytes at which a character ends a line.
    pub(super) fn find(
        &mut self,
        text: &str,
        line_ends: &[u32],
        removed: &[Range<usize>],
        title: Option<Range<usize>>,
    ) {
        let Outline { paragraphs, lines, pieces } = self;
        paragraphs.clear();
        lines.clear();
        pieces.clear();
        let mut cuts: Vec<Range<usize>> = removed.iter().cloned().chain(title).filter(|r| !r.is_empty()).collect();
        cuts.sort_unstable_by_key(|r| r.start);
        let mut from = 0;
        for cut in cuts.into_iter().chain(std::iter::once(text.len()..text.len())) {
            if from < cut.start {
                add_lines(text, from..cut.start, line_ends, lines);
                pieces.push(lines.len());
            }
            from = from.max(cut.end);
        }
        let hard_wrapped = is_hard_wrapped(text, lines);
        let mut start = 0;
        for &end in pieces.iter() {
            let mut open = false;
            for line in &lines[start..end] {
                let content = line.clone();
                if content.is_empty() {
                    open = false;
                    continue;
                }
                let goes_on =
                    || text[content.start..].chars().find(|&c| !is_skipped(c)).is_some_and(char::is_lowercase);
                match paragraphs.last_mut() {
                    Some((last, _)) if open && (hard_wrapped || goes_on()) => last.end = content.end,
                    _ => paragraphs.push((content, 0)),
                }
                open = true;
            }
            start = end;
        }
        find_enumerators(text, paragraphs);
    }
}

/// Whether a reader sees nothing there.
fn is_blank(line: &str) -> bool {
    !line.as_bytes().first().is_some_and(u8::is_ascii_graphic)
        && line.chars().all(|c| c.is_whitespace() || is_skipped(c))
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let whole = &text[range.clone()];
    if let [first, .., last] = whole.as_bytes()
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return range;
    }
    let content = whole.trim_start();
    let start = range.start + (whole.len() - content.len());
    start..start + content.trim_end().len()
}

fn add_lines(text: &str, range: Range<usize>, line_ends: &[u32], lines: &mut Vec<Line>) {
    let bytes = text.as_bytes();
    let mut add = |range| {
        let content = trimmed(text, range);
        lines.push(if is_blank(&text[content.clone()]) { content.start..content.start } else { content });
    };
    let mut start = range.start;
    let first = line_ends.partition_point(|&at| (at as usize) < range.start);
    for at in line_ends[first..].iter().map(|&at| at as usize).take_while(|&at| at < range.end) {
        // \r\n makes an empty line between the two, which would part paragraphs.
        let after_cr = bytes[at] == b'\n' && at > range.start && bytes[at - 1] == b'\r';
        if !after_cr {
            add(start..at);
        }
        start = at
            + match bytes[at] {
                0xC2 => '\u{85}'.len_utf8(),
                0xE2 => '\u{2028}'.len_utf8(),
                _ => 1,
            };
    }
    add(start..range.end);
}

/// Whether the lines were cut to a width: five non-blank lines or more, four fifths of them of 40
/// to 100 characters, fewer than half ending like a sentence.
fn is_hard_wrapped(text: &str, lines: &[Line]) -> bool {
    let visible = || lines.iter().filter(|line| !line.is_empty()).map(|line| &text[line.clone()]);
    let is_enough = |fitting: usize, count: usize| count >= 5 && fitting * 5 >= count * 4;
    // Most texts are told by the numbers of bytes: no character has more than four.
    let may_fit = |line: &str| (40..=400).contains(&line.len());
    let (mut count, mut fitting) = (0, 0);
    for line in visible() {
        count += 1;
        fitting += usize::from(may_fit(line));
    }
    if !is_enough(fitting, count) {
        return false;
    }
    let fits = |line: &&str| may_fit(line) && (40..=100).contains(&line.chars().count());
    is_enough(visible().filter(fits).count(), count)
        && visible().filter(|line| ends_like_a_sentence(line)).count() * 2 < count
}

fn ends_like_a_sentence(line: &str) -> bool {
    let mut from_end = line.chars().rev().filter(|&c| !is_skipped(c));
    from_end.next().is_some_and(|c| {
        matches!(class(c), Class::Stop | Class::Mark)
            || matches!(c, '…' | '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | '›' | ')' | ']' | '}' | '」' | '』' | '）')
    })
}

/// (g) Finds how far the enumerator that opens each paragraph reaches, where its neighbour in the count opens another
/// paragraph; 0 where there is none.
fn find_enumerators(text: &str, paragraphs: &mut [(Range<usize>, usize)]) {
    let count_of = |p: &Range<usize>| enumerator(&text[p.clone()]);
    let Some(first) = paragraphs.iter().position(|(p, _)| count_of(p).is_some()) else { return };
    let counts: std::collections::HashSet<Count> =
        paragraphs[first..].iter().filter_map(|(p, _)| Some(count_of(p)?.0)).collect();
    let has_neighbour = |count: &Count| {
        count.number.checked_sub(1).is_some_and(|n| counts.contains(&Count { number: n, ..*count }))
            || counts.contains(&Count { number: count.number + 1, ..*count })
    };
    for (paragraph, len) in &mut paragraphs[first..] {
        *len = count_of(paragraph).filter(|(count, _)| has_neighbour(count)).map_or(0, |(_, len)| len);
    }
}

/// Where a paragraph stands in a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Count {
    letter: bool,
    number: u32,
}

/// `1-` `2.` `(a)` `3)` `4:` at the start of a paragraph, before white space, or a number before a
/// letter that is not small (`1-First`, no `3-year-old`). (`Q:` and `R:` are the speakers of an
/// interview.)
fn enumerator(paragraph: &str) -> Option<(Count, usize)> {
    // What nearly every paragraph begins with: a word.
    if let [b'A'..=b'Z' | b'a'..=b'z', b'A'..=b'Z' | b'a'..=b'z' | b' ', ..] = paragraph.as_bytes() {
        return None;
    }
    let mut chars = paragraph.char_indices().filter(|&(_, c)| !is_skipped(c)).peekable();
    let bracket = chars.next_if(|&(_, c)| c == '(').is_some();
    let mut digits = 0;
    let mut number = 0;
    while let Some(digit) = chars.peek().filter(|_| digits <= 3).and_then(|&(_, c)| digit(c)) {
        number = number * 10 + digit;
        digits += 1;
        chars.next();
    }
    let count = match digits {
        0 => {
            let (_, letter) = chars.next_if(|&(_, c)| c.is_alphabetic() && !in_dictionary_script(c))?;
            Count { letter: true, number: u32::from(letter.to_lowercase().next()?) }
        }
        1..=3 => Count { letter: false, number },
        _ => return None,
    };
    let (_, mark) = chars.next()?;
    let allowed = match mark {
        ')' => true,
        '.' | '-' | '–' => !bracket,
        ':' => !bracket && !count.letter,
        _ => false,
    };
    let (at, after) = chars.next()?;
    let large_letter = after.is_alphabetic() && !after.is_lowercase() && (bracket || !count.letter) && mark != ':';
    (allowed && (after.is_whitespace() || large_letter)).then_some((count, at))
}

/// The value of a decimal digit, in the scripts that number their lists with their own.
fn digit(c: char) -> Option<u32> {
    let zeros = ['0', '٠', '۰', '०', '০', '๐', '０'];
    zeros.iter().find_map(|&zero| u32::from(c).checked_sub(u32::from(zero)).filter(|&value| value < 10))
}
