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
    let headings: Vec<bool> = (first..paragraphs.len()).map(is_heading).collect();
    let mut texts = (first..paragraphs.len()).filter(|&i| !headings[i - first]);
    let lead = texts.next();
    let only_one = texts.next().is_none();
    for sentence in &mut analysis.sentences {
        let paragraph = sentence.paragraph as usize;
        if paragraph < first {
            continue;
        }
        let words_before = sentence.first_token - paragraphs[paragraph].first_token;
        sentence.zone = if headings[paragraph - first] {
            Zone::Heading
        } else if Some(paragraph) == lead && (!only_one || words_before < LEAD_WORDS) {
            Zone::Lead
        } else {
            Zone::Body
        };
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
