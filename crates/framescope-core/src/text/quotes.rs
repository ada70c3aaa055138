//! Quotations: which marks pair, and whose word a token therefore is (design 3.6).
//!
//! Marks pair inside a paragraph, kind by kind, with a stack, so that a hundred thousand open
//! marks cost no more than as many closed ones. The outermost pair decides.

use super::analysis::{Analysis, Quotation, Token};
use super::article::Voice;
use super::fold::is_apostrophe;

/// A quotation of at most so many words is short.
const SHORT: u32 = 3;

/// The kinds of pairs. A mark of one kind never closes another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// “…” „…“ „…” ”…”
    Curly,
    /// "…"
    Straight,
    /// ‘…’ ‚…‘ '…'
    Single,
    /// «…» »…«
    Guillemet,
    /// ‹…› ›…‹
    SmallGuillemet,
    /// 「…」
    Corner,
    /// 『…』
    WhiteCorner,
}

const KINDS: usize = 7;

/// Whether a character may open or close a quotation.
pub(super) fn is_mark(c: char) -> bool {
    kind(c).is_some()
}

fn kind(c: char) -> Option<Kind> {
    Some(match c {
        '“' | '”' | '„' | '‟' => Kind::Curly,
        '"' => Kind::Straight,
        '‘' | '’' | '‚' | '‛' | '\'' => Kind::Single,
        '«' | '»' => Kind::Guillemet,
        '‹' | '›' => Kind::SmallGuillemet,
        '「' | '」' => Kind::Corner,
        '『' | '』' => Kind::WhiteCorner,
        _ => return None,
    })
}

/// A quotation left open at the end of a paragraph, waiting for the next to open with its kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    kind: Kind,
    start: u32,
}

/// What pairing keeps between paragraphs and articles.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    stacks: [Vec<u32>; KINDS],
    pairs: Vec<(u32, u32)>,
    weak: Vec<u32>,
    /// Left open at the end of the last paragraph, with that paragraph's number.
    open: Option<(Open, u32)>,
}

/// How a mark may be read where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reading {
    opens: bool,
    closes: bool,
    /// It closes only where no other mark can: between s and white space.
    weak: bool,
}

impl Quotes {
    /// Begins a field: nothing is open.
    pub(super) fn start(&mut self, analysis: &mut Analysis) {
        self.give_up(analysis);
    }

    /// Pairs the marks of the last paragraph of `analysis`, which stands at `range` of `source`.
    pub(super) fn paragraph(&mut self, source: &str, marks: &[u32], analysis: &mut Analysis) {
        let Some(number) = analysis.paragraphs.len().checked_sub(1) else { return };
        let paragraph = analysis.paragraphs[number];
        let (start, end) = (paragraph.start, paragraph.end);
        if marks.is_empty() {
            self.give_up(analysis);
            return;
        }
        let opener = source[start as usize..].chars().next().and_then(kind);
        match self.open.take() {
            // It carries on: everything from its mark to the end of its paragraph is quoted.
            Some((open, before)) if Some(open.kind) == opener => {
                let end = analysis.paragraphs[before as usize].end;
                quote(analysis, before, open.start, end);
            }
            Some(_) => analysis.unclosed_quotes += 1,
            None => {}
        }
        self.pair(source, (start as usize, end as usize), marks);
        self.pairs.sort_unstable();
        let mut covered = start;
        for i in 0..self.pairs.len() {
            let (open, close) = self.pairs[i];
            if open < covered {
                continue;
            }
            let after = close + source[close as usize..].chars().next().map_or(1, |c| c.len_utf8() as u32);
            quote(analysis, number as u32, open, after);
            covered = after;
        }
        self.leave_open(source, number as u32, analysis);
    }

    /// Ends a field: what is still open opened nothing.
    pub(super) fn give_up(&mut self, analysis: &mut Analysis) {
        if self.open.take().is_some() {
            analysis.unclosed_quotes += 1;
        }
    }

    /// Fills `pairs`, and leaves unmatched openers on the stacks.
    fn pair(&mut self, source: &str, range: (usize, usize), marks: &[u32]) {
        self.pairs.clear();
        self.weak.clear();
        self.stacks.iter_mut().for_each(Vec::clear);
        for &mark in marks {
            let Some(c) = source[mark as usize..].chars().next() else { continue };
            let Some(kind) = kind(c) else { continue };
            let stack = &mut self.stacks[kind as usize];
            let reading = reading(source, range, mark as usize, c, !stack.is_empty());
            if reading.weak {
                self.weak.push(mark);
            } else if reading.closes && !stack.is_empty() {
                self.pairs.extend(stack.pop().map(|open| (open, mark)));
            } else if reading.opens {
                stack.push(mark);
            }
        }
        // The hostages' families: such a mark closes only what nothing else closed. The first
        // after the opener does.
        let singles = &mut self.stacks[Kind::Single as usize];
        if !self.weak.is_empty() && !singles.is_empty() {
            let mut weak = self.weak.iter().copied().peekable();
            let mut next_open = singles.split_off(0).into_iter().peekable();
            while let Some(open) = next_open.next() {
                while weak.next_if(|&w| w < open).is_some() {}
                let before_next = |&w: &u32| next_open.peek().is_none_or(|&next| w < next);
                match weak.next_if(before_next) {
                    Some(close) => self.pairs.push((open, close)),
                    None => singles.push(open),
                }
            }
        }
    }

    /// Counts what opened nothing; the last open mark outside a pair may carry on.
    fn leave_open(&mut self, source: &str, number: u32, analysis: &mut Analysis) {
        let mut last: Option<u32> = None;
        for stack in &self.stacks {
            analysis.unclosed_quotes += stack.len() as u32;
            last = last.max(stack.last().copied());
        }
        let Some(start) = last else { return };
        let inside = analysis.quotations.iter().rev().take_while(|q| q.paragraph == number).any(|q| q.end > start);
        if !inside && let Some(kind) = source[start as usize..].chars().next().and_then(kind) {
            // It is counted when it turns out not to carry on.
            analysis.unclosed_quotes -= 1;
            self.open = Some((Open { kind, start }, number));
        }
    }
}

/// Notes a quotation from `start` to `end` of a paragraph and gives its tokens their voice.
fn quote(analysis: &mut Analysis, number: u32, start: u32, end: u32) {
    let paragraph = &analysis.paragraphs[number as usize];
    let offset = paragraph.first_token;
    let tokens: &mut [Token] = &mut analysis.tokens[offset as usize..paragraph.end_token as usize];
    let first = tokens.partition_point(|t| t.start < start);
    let last = tokens.partition_point(|t| t.start < end);
    let words = (last - first) as u32;
    for token in &mut tokens[first..last] {
        token.voice = Voice::Quoted;
        token.short = words <= SHORT;
    }
    analysis.quotations.push(Quotation {
        paragraph: number,
        start,
        end,
        first_token: offset + first as u32,
        end_token: offset + last as u32,
    });
}

/// How the mark `c` at `at` may be read.
fn reading(source: &str, (start, end): (usize, usize), at: usize, c: char, is_open: bool) -> Reading {
    let only = |opens, closes| Reading { opens, closes, weak: false };
    match c {
        '“' if is_open => return only(true, closes_german(source, start, at)),
        '“' | '„' | '‟' | '‚' | '‛' | '「' | '『' => return only(true, false),
        '」' | '』' => return only(false, true),
        '«' | '‹' => {
            return only(!is_open || !after_text(source, start, at), is_open && after_text(source, start, at));
        }
        '»' | '›' => return only(opens_in_context(source, start, end, at, c), true),
        '”' => return only(opens_in_context(source, start, end, at, c), true),
        _ => {}
    }
    let before = source[start..at].chars().next_back();
    let after = source[at + c.len_utf8()..end].chars().next();
    let opens = c != '’' && opens_in_context(source, start, end, at, c) && !is_elided_word(&source[at..end], c);
    let closes = c != '‘'
        && before.is_some_and(|b| !b.is_whitespace())
        && after.is_none_or(|a| !a.is_alphabetic())
        // At an opening place it closes nothing.
        && !(opens && before.is_some_and(|b| is_dash(b) || is_opening(b)));
    let weak =
        closes && is_apostrophe(c) && matches!(before, Some('s' | 'S')) && after.is_some_and(char::is_whitespace);
    Reading { opens, closes, weak }
}

/// “ closes „ of German: it stands after text.
fn closes_german(source: &str, start: usize, at: usize) -> bool {
    after_text(source, start, at) && {
        // Only where the innermost open mark of the paragraph is „.
        let before = &source[start..at];
        before.rfind(['„', '“', '”']).is_some_and(|i| before[i..].starts_with('„'))
    }
}

fn after_text(source: &str, start: usize, at: usize) -> bool {
    source[start..at].chars().next_back().is_some_and(|b| !b.is_whitespace() && !is_opening(b))
}

/// At the paragraph's start or after white space, a dash, a bracket or an opening mark, and
/// before a letter or digit. Opening marks, currency signs and an ellipsis may stand between
/// (“"'We agreed,' he told us"” is one quotation in another).
fn opens_in_context(source: &str, start: usize, end: usize, at: usize, c: char) -> bool {
    let before = source[start..at].chars().next_back();
    let place = before.is_none_or(|b| b.is_whitespace() || is_dash(b) || is_opening(b));
    place
        && source[at + c.len_utf8()..end]
            .chars()
            .take(8)
            .find(|&a| {
                !(is_opening(a) || matches!(a, '\'' | '"' | '…' | '.' | '$' | '€' | '£' | '#' | '@' | '¿' | '¡'))
            })
            .is_some_and(char::is_alphanumeric)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '‐' | '‑' | '/')
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '„' | '‘' | '‚' | '«' | '‹' | '「' | '『' | '"' | '\'')
}

/// '90s, 'til, 'em, 'tis: an apostrophe that stands for something left out.
fn is_elided_word(text: &str, c: char) -> bool {
    if !is_apostrophe(c) {
        return false;
    }
    let rest = &text[c.len_utf8()..];
    let word_end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..word_end];
    let decade = word.len() == 3 && word.as_bytes()[..2].iter().all(u8::is_ascii_digit) && word.ends_with('s');
    decade || ["til", "till", "em", "tis", "twas", "cause", "bout", "n"].iter().any(|w| word.eq_ignore_ascii_case(w))
}
