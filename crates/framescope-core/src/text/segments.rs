//! Segments: UAX #29 words that hold a letter or digit, and the words of scripts that are written
//! without spaces, by dictionary (design 3.3 h).

use std::cell::OnceCell;

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use unicode_segmentation::UnicodeSegmentation;

use super::classes::{Class, class};
use super::entry::is_wildcard;

/// The segments of a text without white space, appended to `out` with `offset` added.
pub(super) fn segments(text: &str, offset: usize, out: &mut Vec<(usize, usize)>) {
    let mut rest = text;
    let mut at = offset;
    while let Some(first) = rest.chars().next() {
        let dictionary = in_dictionary_script(first);
        let len = rest.find(|c| in_dictionary_script(c) != dictionary && !is_variation(c)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(len);
        if dictionary {
            dictionary_words(run, at, out);
        } else {
            let words = run.split_word_bound_indices().filter(|(_, w)| w.contains(is_letter_or_digit));
            out.extend(words.map(|(i, w)| (at + i, at + i + w.len())));
        }
        at += len;
        rest = after;
    }
    join_wildcards(text, offset, out);
}

fn dictionary_words(run: &str, offset: usize, out: &mut Vec<(usize, usize)>) {
    thread_local! {
        // The dictionaries are only loaded by a thread that meets such a text.
        static SEGMENTER: OnceCell<icu_segmenter::WordSegmenterBorrowed<'static>> = const { OnceCell::new() };
    }
    SEGMENTER.with(|segmenter| {
        let segmenter = segmenter.get_or_init(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));
        let mut last = 0;
        for end in segmenter.segment_str(run) {
            if run[last..end].contains(is_letter_or_digit) {
                out.push((offset + last, offset + end));
            }
            last = end;
        }
    });
}

/// In a term of a lexicon a wildcard belongs to the word beside it, in these scripts too (印度*).
fn join_wildcards(text: &str, offset: usize, segments: &mut Vec<(usize, usize)>) {
    if !text.contains(is_wildcard) {
        return;
    }
    segments.dedup_by(|next, last| {
        let before = text[..last.1 - offset].chars().next_back();
        let after = text[next.0 - offset..].chars().next();
        let joined = last.1 == next.0
            && (before.is_some_and(is_wildcard) && after.is_some_and(in_dictionary_script)
                || before.is_some_and(in_dictionary_script) && after.is_some_and(is_wildcard));
        if joined {
            last.1 = next.1;
        }
        joined
    });
}

/// Whether a character makes a word of what holds it. (To Rust a vowel sign is alphabetic; one that
/// follows a quotation mark makes no word of it.)
pub(super) fn is_letter_or_digit(c: char) -> bool {
    c.is_alphanumeric() && class(c) != Class::Extend
}

/// Whether a character is of a script that is written without spaces.
pub(super) fn in_dictionary_script(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' // Thai, Lao
        | '\u{1000}'..='\u{109F}' | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AA7F}' // Burmese
        | '\u{1780}'..='\u{17FF}' | '\u{19E0}'..='\u{19FF}' // Khmer
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' // kana
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' // Han
        | '\u{20000}'..='\u{323AF}')
}

/// Whether a character chooses the form of the one before it.
fn is_variation(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether a character is of a script in which U+200B parts words.
pub(super) fn parts_at_zero_width_space(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AA7F}'
        | '\u{1780}'..='\u{17FF}' | '\u{19E0}'..='\u{19FF}')
}
