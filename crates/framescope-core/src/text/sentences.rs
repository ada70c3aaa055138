//! Sentences: UAX #29 inside a paragraph, less breaks after abbreviations, initials and list
//! numbers.
//!
//! The library answers for any text. Where every character concerned is of a known class the
//! rules are evaluated here, at the full stops, exclamation and question marks alone, which the
//! word scan has noted: most of a paragraph is then never looked at again.

use unicode_segmentation::UnicodeSegmentation;

use super::analysis::Token;
use super::fold;
use super::lang;
use super::types::TypeTable;
use super::words::Found;

/// Sentence_Break classes (UAX #29, table 4), as far as they are told apart here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Space,
    Lower,
    Upper,
    Number,
    Stop,
    Mark,
    Continue,
    Close,
    Other,
}

/// The class of a character, if it is one of those that need no library.
#[inline]
pub(super) fn class(c: char) -> Option<Class> {
    Some(match c {
        // Line ends inside a paragraph are white space by design 3.4.
        ' ' | '\t'..='\r' | '\u{A0}' => Class::Space,
        'a'..='z' | 'а'..='я' | 'ё' | 'є' | 'і' | 'ї' => Class::Lower,
        'A'..='Z' | 'А'..='Я' | 'Ё' | 'Є' | 'І' | 'Ї' => Class::Upper,
        '0'..='9' => Class::Number,
        '.' => Class::Stop,
        '!' | '?' => Class::Mark,
        ',' | '-' | ':' | ';' | '–' | '—' => Class::Continue,
        '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '«' | '»' | '‘'..='‟' | '‹' | '›' => Class::Close,
        '\u{C0}'..='\u{17F}' if c.is_lowercase() => Class::Lower,
        '\u{C0}'..='\u{17F}' if c.is_uppercase() => Class::Upper,
        '×' | '÷' | '…' | '•' | '€' | '£' | '§' | '°' | '·' => Class::Other,
        c if c.is_ascii() => Class::Other,
        _ => return None,
    })
}

/// Fills `out` with the places inside `start..end` where a sentence begins, ascending.
#[allow(clippy::too_many_arguments)] // a table of what the rules look at, called in one place
pub(super) fn breaks(
    source: &str,
    (start, end): (usize, usize),
    found: &Found,
    library: bool,
    tokens: &[Token],
    types: &TypeTable,
    out: &mut Vec<u32>,
) {
    out.clear();
    if library || found.odd {
        by_library(&source[start..end], start, out);
    } else {
        let at_terminators = found.terminators.iter().filter_map(|&t| break_after(source, start, end, t as usize));
        out.extend(at_terminators.map(|at| at as u32));
    }
    let mut last = start;
    out.retain(|&at| {
        let keep = !after_abbreviation(source, last, at as usize, tokens, types);
        if keep {
            last = at as usize;
        }
        keep
    });
    if !found.forced_breaks.is_empty() {
        out.extend_from_slice(&found.forced_breaks);
        out.sort_unstable();
        out.dedup();
    }
    // An address may hold a question mark; no sentence begins inside a token.
    let mut token = tokens.iter().peekable();
    out.retain(|&at| {
        while token.next_if(|t| t.end <= at).is_some() {}
        token.peek().is_none_or(|t| t.start >= at)
    });
}

fn by_library(paragraph: &str, offset: usize, out: &mut Vec<u32>) {
    // A line end is white space here, and a separator to UAX #29. The replacements have the same
    // number of bytes.
    let blank;
    let is_line_end = |c| matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let text = if paragraph.contains(is_line_end) {
        let mut copy = String::with_capacity(paragraph.len());
        for c in paragraph.chars() {
            if is_line_end(c) { copy.extend(std::iter::repeat_n(' ', c.len_utf8())) } else { copy.push(c) }
        }
        blank = copy;
        &blank
    } else {
        paragraph
    };
    out.extend(text.split_sentence_bound_indices().skip(1).map(|(i, _)| (offset + i) as u32));
}

/// Where a sentence begins because of the terminator at `at` (SB6 to SB11), if one does.
fn break_after(source: &str, start: usize, end: usize, at: usize) -> Option<usize> {
    let class_at = |i: usize| source[i..end].chars().next().map(|c| (class(c).unwrap_or(Class::Other), c.len_utf8()));
    let full_stop = class_at(at)?.0 == Class::Stop;
    let mut i = at + 1;
    if full_stop {
        match class_at(i)?.0 {
            Class::Number => return None,
            Class::Upper => {
                let before = source[start..at].chars().next_back().and_then(class);
                if matches!(before, Some(Class::Upper | Class::Lower)) {
                    return None;
                }
            }
            _ => {}
        }
    }
    for skipped in [Class::Close, Class::Space] {
        while let Some((_, len)) = class_at(i).filter(|(class, _)| *class == skipped) {
            i += len;
        }
    }
    let (next, _) = class_at(i)?;
    if matches!(next, Class::Continue | Class::Stop | Class::Mark) {
        return None;
    }
    if full_stop {
        // SB8: a lower-case letter, before any other letter, goes on with the sentence.
        let mut ahead = source[i..end].chars().map(|c| class(c).unwrap_or(Class::Other));
        let stops = [Class::Upper, Class::Lower, Class::Stop, Class::Mark];
        if ahead.find(|class| stops.contains(class)) == Some(Class::Lower) {
            return None;
        }
    }
    Some(i)
}

/// Whether the break at `at` only follows an abbreviation, initials or a list number. `last` is
/// where the sentence begins.
fn after_abbreviation(source: &str, last: usize, at: usize, tokens: &[Token], types: &TypeTable) -> bool {
    let is_close = |c: char| c.is_whitespace() || class(c) == Some(Class::Close);
    let before = source[last..at].trim_end();
    let Some(before) = before.strip_suffix('.') else { return false };
    let word_start = before
        .rfind(|c: char| !(c.is_alphanumeric() || c == '.'))
        .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    let word = &before[word_start..];
    if word.is_empty() {
        return false;
    }
    if word.chars().all(char::is_numeric) {
        // A list number is all its sentence has.
        return before[..word_start].trim_matches(is_close).is_empty();
    }
    let next = tokens.partition_point(|t| (t.start as usize) < at);
    let next = tokens.get(next);
    let folded = fold::fold(word);
    if lang::is_abbreviation(&folded) {
        return true;
    }
    if lang::is_abbreviation_before_numbers(&folded) {
        return next.is_some_and(|t| source[t.start as usize..].starts_with(|c: char| c.is_numeric()));
    }
    let mut chars = word.chars();
    if let (Some(initial), None) = (chars.next(), chars.next()) {
        return initial.is_uppercase() && initial != 'I';
    }
    // "the U.S. Army" goes on, "in the U.S. The army" does not: the next word is one of the
    // commonest, written large.
    let initialism = word.split('.').all(|p| p.chars().count() == 1 && p.chars().all(char::is_uppercase));
    initialism && next.is_some_and(|t| types.flags(t.type_id).languages() == 0)
}
