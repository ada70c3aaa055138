//! Quotations: which marks pair, and whose word a token therefore is (design 3.6).
//!
//! Marks pair inside a paragraph, kind by kind, with a stack, so that a hundred thousand open
//! marks cost no more than as many closed ones. The outermost pair decides.

use super::analysis::{Analysis, Quotation, Token};
use super::article::Voice;
use super::fold::{is_apostrophe, is_skipped};
use super::segments::in_dictionary_script;
use super::words::Between;

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

/// What pairing keeps between paragraphs.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    /// Open marks of each kind: where, and which character.
    stacks: [Vec<(Between, char)>; KINDS],
    pairs: Vec<(Between, Between)>,
    weak: Vec<Between>,
    /// The last mark of each kind that the last paragraph left open outside its quotations: it
    /// waits for the next paragraph to open with its kind.
    open: [Option<Between>; KINDS],
    /// The number of that paragraph.
    open_in: u32,
}

/// Where a paragraph stands in its field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) source: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
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
    /// Pairs the marks of the paragraph that `analysis` ends with.
    pub(super) fn paragraph(&mut self, place: Place<'_>, marks: &[Between], analysis: &mut Analysis) {
        let Some(number) = analysis.paragraphs.len().checked_sub(1) else { return };
        let carried = place.opener().and_then(|kind| self.open[kind as usize].take());
        if let Some(start) = carried {
            // Everything from that mark to the end of its paragraph is quoted.
            let paragraph = &analysis.paragraphs[self.open_in as usize];
            let end = Between { at: paragraph.end, tokens: paragraph.end_token };
            quote(analysis, self.open_in, (start, end), Length::Any);
        }
        self.give_up(analysis);
        if marks.is_empty() {
            return;
        }
        self.pair(place, marks, carried.is_some());
        self.pairs.sort_unstable_by_key(|(open, _)| open.at);
        let first_mark = marks.first().copied().filter(|_| carried.is_some());
        let mut covered = place.start as u32;
        for &(open, close) in &self.pairs {
            if open.at < covered {
                continue;
            }
            let mark = place.source[close.at as usize..].chars().next();
            let after = close.at + mark.map_or(1, |c| c.len_utf8() as u32);
            // The end of a quotation that began in another paragraph is not short.
            let length = if Some(open) == first_mark { Length::Any } else { Length::ShortIfFew };
            // No token begins in a mark.
            quote(analysis, number as u32, (open, Between { at: after, ..close }), length);
            covered = after;
        }
        self.leave_open(number as u32, covered, analysis);
    }

    /// Pairs the marks of a paragraph without a word, which is no paragraph of the analysis: only
    /// what it leaves open is counted.
    pub(super) fn wordless(&mut self, place: Place<'_>, marks: &[Between], analysis: &mut Analysis) {
        if !marks.is_empty() {
            self.pair(place, marks, false);
            analysis.unclosed_quotes += self.stacks.iter().map(|stack| stack.len() as u32).sum::<u32>();
        }
    }

    /// What is still open opened nothing, and is counted.
    pub(super) fn give_up(&mut self, analysis: &mut Analysis) {
        analysis.unclosed_quotes += self.open.iter_mut().filter_map(Option::take).count() as u32;
    }

    /// Fills `pairs`, and leaves unmatched openers on the stacks. `carried`: the first mark takes up
    /// a quotation again.
    fn pair(&mut self, place: Place<'_>, marks: &[Between], carried: bool) {
        self.pairs.clear();
        self.weak.clear();
        self.stacks.iter_mut().for_each(Vec::clear);
        // Where the last mark that closed a quotation ends.
        let mut closed = None;
        for (i, &mark) in marks.iter().enumerate() {
            let at = mark.at as usize;
            let Some(c) = place.source[at..].chars().next() else { continue };
            let Some(kind) = kind(c) else { continue };
            let stack = &mut self.stacks[kind as usize];
            // French takes a quotation up with its closing mark.
            if carried && i == 0 && matches!(c, '»' | '›') {
                stack.push((mark, c));
                continue;
            }
            let before = match closed {
                Some(end) if visible(&place.source[end..at]).next().is_none() => Before::Closed,
                _ => place.before(at).map_or(Before::Nothing, Before::Char),
            };
            let reading = place.reading(at, c, before, stack.last().map(|&(_, open)| open));
            if reading.weak {
                self.weak.push(mark);
            } else if reading.closes && !stack.is_empty() {
                self.pairs.extend(stack.pop().map(|(open, _)| (open, mark)));
                closed = Some(at + c.len_utf8());
            } else if reading.opens {
                stack.push((mark, c));
            }
        }
        // The hostages' families: such a mark closes only what nothing else closed. The first
        // after the opener does.
        let singles = &mut self.stacks[Kind::Single as usize];
        if !self.weak.is_empty() && !singles.is_empty() {
            let mut weak = self.weak.iter().copied().peekable();
            let mut next_open = singles.split_off(0).into_iter().peekable();
            while let Some(open) = next_open.next() {
                while weak.next_if(|w| w.at < open.0.at).is_some() {}
                // The '67 war and the hostages' families.
                let may_close = !place.is_year(open.0.at as usize, open.1);
                let before_next = |w: &Between| may_close && next_open.peek().is_none_or(|(next, _)| w.at < next.at);
                match weak.next_if(before_next) {
                    Some(close) => self.pairs.push((open.0, close)),
                    None => singles.push(open),
                }
            }
        }
    }

    /// Counts what opened nothing; the last open mark of each kind, if it stands in no quotation,
    /// may carry on. (Every pair begins before `covered` ends, so what is open behind it is in
    /// none.)
    fn leave_open(&mut self, number: u32, covered: u32, analysis: &mut Analysis) {
        self.open_in = number;
        for (stack, open) in self.stacks.iter().zip(&mut self.open) {
            analysis.unclosed_quotes += stack.len() as u32;
            *open = stack.last().map(|&(mark, _)| mark).filter(|mark| mark.at >= covered);
            // It is counted when it turns out not to carry on.
            analysis.unclosed_quotes -= u32::from(open.is_some());
        }
    }
}

/// Whether few words make a quotation short.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Length {
    Any,
    ShortIfFew,
}

/// Notes a quotation of a paragraph and gives its tokens their voice.
fn quote(analysis: &mut Analysis, number: u32, (start, end): (Between, Between), length: Length) {
    let paragraph = &analysis.paragraphs[number as usize];
    let offset = paragraph.first_token;
    let tokens: &mut [Token] = &mut analysis.tokens[offset as usize..paragraph.end_token as usize];
    let (first, last) = (start.begun(tokens, offset as usize), end.begun(tokens, offset as usize));
    let short = length == Length::ShortIfFew && last - first <= SHORT as usize;
    for token in &mut tokens[first..last] {
        token.voice = Voice::Quoted;
        token.short = short;
    }
    let (first_token, end_token) = (offset + first as u32, offset + last as u32);
    let sentences = &mut analysis.sentences[paragraph.first_sentence as usize..paragraph.end_sentence as usize];
    let from = sentences.partition_point(|s| s.end_token <= first_token);
    for sentence in sentences[from..].iter_mut().take_while(|s| s.first_token.max(first_token) < end_token) {
        let len = sentence.end_token.min(end_token) - sentence.first_token.max(first_token);
        sentence.voiced.quoted += len;
        sentence.voiced.short += if short { len } else { 0 };
    }
    analysis.quotations.push(Quotation { paragraph: number, start: start.at, end: end.at, first_token, end_token });
}

/// What stands before a mark in its paragraph, less what is skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    /// A mark that closed a quotation, whatever mark it is.
    Closed,
    Char(char),
}

impl Before {
    fn is(self, of: impl Fn(char) -> bool) -> bool {
        matches!(self, Before::Char(c) if of(c))
    }

    /// Whether it is something that a quotation ends with.
    fn is_text(self) -> bool {
        self == Before::Closed || self.is(|c| !c.is_whitespace() && !is_opening(c))
    }
}

impl Place<'_> {
    /// The kind of the mark that the paragraph opens with.
    fn opener(self) -> Option<Kind> {
        let (i, c) = self.source[self.start..self.end].char_indices().find(|&(_, c)| !is_skipped(c))?;
        // An apostrophe opens nothing.
        kind(c).filter(|&k| k != Kind::Single || self.reading(self.start + i, c, Before::Nothing, None).opens)
    }

    /// How the mark `c` at `at` may be read behind `before`, if the innermost open mark of its kind
    /// is `open`.
    fn reading(self, at: usize, c: char, before: Before, open: Option<char>) -> Reading {
        let only = |opens, closes| Reading { opens, closes, weak: false };
        let opens_here = || self.opens_in_context(at, c, before);
        match c {
            // „…“ and ‚…‘ of German, unless an English quotation opens in it.
            '“' | '‘' if matches!(open, Some('„' | '‚')) => {
                let closes = before.is_text() || !opens_here();
                return only(!closes, closes);
            }
            '“' | '„' | '‟' | '‚' | '‛' | '「' | '『' => return only(true, false),
            '」' | '』' => return only(false, true),
            // »…« and ›…‹ of German.
            '«' | '‹' => {
                let closes = matches!(open, Some('»' | '›')) && (before.is_text() || !opens_here());
                return only(!closes, closes);
            }
            // A mark that may open where nothing is open, or in its like: »…«, ”…”, »…».
            '»' | '›' | '”' => {
                let opens = opens_here();
                return only(opens, !(opens && open == Some(c)));
            }
            _ => {}
        }
        let after = self.after(at, c);
        let opens = c != '’' && opens_here() && !self.is_elided_word(at, c);
        let closes = c != '‘'
            && before != Before::Nothing
            && !before.is(char::is_whitespace)
            && after.is_none_or(|a| !a.is_alphabetic() || in_dictionary_script(a))
            // At an opening place it closes nothing.
            && !(opens && before.is(|b| is_dash(b) || is_opening(b)));
        let weak = closes
            && is_apostrophe(c)
            && before.is(|b| matches!(b, 's' | 'S'))
            && after.is_some_and(char::is_whitespace);
        Reading { opens, closes, weak }
    }

    /// The visible character before `at` in the paragraph.
    fn before(self, at: usize) -> Option<char> {
        self.source[self.start..at].chars().rev().find(|&c| !is_skipped(c))
    }

    /// The visible character behind the mark `c` at `at` in the paragraph.
    fn after(self, at: usize, c: char) -> Option<char> {
        self.behind(at, c).next()
    }

    /// The visible characters behind the mark `c` at `at` in the paragraph.
    fn behind(&self, at: usize, c: char) -> impl Iterator<Item = char> {
        visible(&self.source[at + c.len_utf8()..self.end])
    }

    /// At the paragraph's start or after white space, a dash, a bracket or an opening mark, and
    /// before a letter or digit. Opening marks, currency signs and an ellipsis may stand between
    /// (“"'We agreed,' he told us"” is one quotation in another). Where words have no spaces, a mark
    /// that does not tell its side may open after a letter too (他说"不").
    fn opens_in_context(self, at: usize, c: char, before: Before) -> bool {
        let stands_before =
            |a: &char| is_opening(*a) || matches!(a, '…' | '.' | '$' | '€' | '£' | '#' | '@' | '¿' | '¡');
        let may_follow = |b: char| {
            b.is_whitespace()
                || is_dash(b)
                || is_opening(b)
                || matches!(c, '"' | '\'' | '‘') && (in_dictionary_script(b) || is_wide_punctuation(b))
        };
        (before == Before::Nothing || before.is(may_follow))
            && self.behind(at, c).take(8).find(|a| !stands_before(a)).is_some_and(char::is_alphanumeric)
    }

    /// '90s, 'til, 'em, 'tis: an apostrophe that stands for something left out.
    fn is_elided_word(self, at: usize, c: char) -> bool {
        if !is_apostrophe(c) {
            return false;
        }
        let behind: String = self.behind(at, c).take(6).collect();
        let word_end = behind.find(|c: char| !c.is_alphanumeric()).unwrap_or(behind.len());
        let (word, rest) = behind.split_at(word_end);
        if ["til", "till", "em", "tis", "twas", "n"].iter().any(|w| word.eq_ignore_ascii_case(w)) {
            return true;
        }
        // '90s and '90's.
        let after_digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let mut rest = rest.chars();
        word.len() - after_digits.len() == 2
            && (after_digits.eq_ignore_ascii_case("s")
                || after_digits.is_empty()
                    && rest.next().is_some_and(is_apostrophe)
                    && matches!(rest.next(), Some('s' | 'S'))
                    && !rest.next().is_some_and(char::is_alphanumeric))
    }

    /// Whether two digits follow the mark, as in the '67 war.
    fn is_year(self, at: usize, c: char) -> bool {
        let mut behind = self.behind(at, c);
        let mut is_digit = || behind.next().is_some_and(|c| c.is_ascii_digit());
        is_apostrophe(c) && is_digit() && is_digit() && !behind.next().is_some_and(char::is_alphanumeric)
    }
}

/// The characters that are not skipped.
fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|&c| !is_skipped(c))
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '‐' | '‑' | '/')
}

/// Brackets and marks behind which a quotation may open.
pub(super) fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '„' | '‘' | '‚' | '«' | '‹' | '「' | '『' | '"' | '\'')
}

/// Commas, stops and brackets of scripts that are written without spaces.
fn is_wide_punctuation(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3011}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF1F}')
}
