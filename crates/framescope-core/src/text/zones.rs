//! Zones: which sentences are lead, heading and body (design 3.5).

use super::analysis::Analysis;
use super::article::{Article, Zone};
use super::classes::{Class, class};
use super::fold::is_skipped;

/// A heading has at most this many words.
const HEADING_WORDS: u32 = 12;
/// The lead of an article of one paragraph: sentences that begin in the first so many words.
const LEAD_WORDS: u32 = 60;

/// Gives every sentence outside the title its zone. `first` is the first paragraph that is not
/// the title.
pub(super) fn assign(article: &Article<'_>, analysis: &mut Analysis, first: usize) {
    let paragraphs = &analysis.paragraphs;
    let last = paragraphs.len().saturating_sub(1);
    let is_heading = |i: usize| {
        let paragraph = &paragraphs[i];
        let text = &article.text[paragraph.start as usize..paragraph.end as usize];
        i < last && paragraph.end_token - paragraph.first_token <= HEADING_WORDS && !ends_a_sentence(text)
    };
    let mut texts = (first..paragraphs.len()).filter(|&i| !is_heading(i));
    let lead = texts.next();
    let only_one = texts.next().is_none();
    for (i, paragraph) in paragraphs.iter().enumerate().skip(first) {
        let is_lead = Some(i) == lead;
        let zone = match is_lead {
            true => Zone::Lead,
            false if is_heading(i) => Zone::Heading,
            false => Zone::Body,
        };
        for sentence in &mut analysis.sentences[paragraph.first_sentence as usize..paragraph.end_sentence as usize] {
            let is_late = sentence.first_token - paragraph.first_token >= LEAD_WORDS;
            sentence.zone = if is_lead && only_one && is_late { Zone::Body } else { zone };
        }
    }
}

/// Whether a paragraph ends in a mark that no heading ends in, before any closing marks.
fn ends_a_sentence(text: &str) -> bool {
    let is_closing = |c: char| class(c) == Class::Close || c.is_whitespace() || is_skipped(c);
    text.trim_end_matches(is_closing).chars().next_back().is_some_and(|c| {
        matches!(class(c), Class::Stop | Class::Mark)
            || matches!(c, '…' | ':' | ';' | ',' | '：' | '；' | '，' | '،' | '؛' | '、' | '\u{37E}')
    })
}
