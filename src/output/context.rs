//! A hit in its context: the words before, the words found, the words after.
//!
//! Context runs over paragraph ends, because a researcher wants ten words and not the two that the
//! paragraph begins with. It never runs from the title into the text, nor over text that cleaning
//! took out: it is put together paragraph by paragraph.

use framescope_core::text::{Analysis, Article, Field, Zone};

/// Where contexts are cut from.
pub(super) struct Context<'a> {
    pub(super) article: &'a Article<'a>,
    pub(super) analysis: &'a Analysis,
    /// How many words stand on either side.
    pub(super) window: u32,
}

impl Context<'_> {
    /// The words before this token.
    pub(super) fn left<'b>(&self, token: u32, buffer: &'b mut String) -> &'b str {
        buffer.clear();
        let first = token.saturating_sub(self.window);
        if self.window > 0 {
            self.cut(first.max(self.reach(token).0), token, buffer);
        }
        buffer
    }

    /// These tokens, as they stand in the text.
    pub(super) fn keyword<'b>(&self, first: u32, end: u32, buffer: &'b mut String) -> &'b str {
        buffer.clear();
        let tokens = &self.analysis.tokens;
        let field = self.analysis.field_of(first);
        let bytes = tokens[first as usize].start..tokens[end as usize - 1].end;
        push_normalised(buffer, self.source(field, bytes.start, bytes.end));
        buffer
    }

    /// The words after the token before this one.
    pub(super) fn right<'b>(&self, end: u32, buffer: &'b mut String) -> &'b str {
        buffer.clear();
        let last = end.saturating_add(self.window);
        if self.window > 0 {
            self.continue_to(end, last.min(self.reach(end - 1).1), buffer);
        }
        buffer
    }

    /// The tokens that context may show: the title's own, or all the others.
    fn reach(&self, token: u32) -> (u32, u32) {
        let sentences = &self.analysis.sentences;
        let title_end = match (self.analysis.paragraphs.first(), sentences.first()) {
            (Some(paragraph), Some(sentence)) if sentence.zone == Zone::Title => paragraph.end_token,
            _ => 0,
        };
        if token < title_end { (0, title_end) } else { (title_end, self.analysis.tokens.len() as u32) }
    }

    /// From token `first` up to where token `end` begins.
    fn cut(&self, first: u32, end: u32, buffer: &mut String) {
        let last = self.analysis.paragraph_of(end);
        for number in self.analysis.paragraph_of(first)..=last {
            let paragraph = &self.analysis.paragraphs[number as usize];
            // A paragraph's opening mark belongs to its first word.
            let from = if first <= paragraph.first_token {
                paragraph.start
            } else {
                self.analysis.tokens[first as usize].start
            };
            let to = if number == last { self.analysis.tokens[end as usize].start } else { paragraph.end };
            push_normalised(buffer, self.source(paragraph.field, from, to));
        }
    }

    /// From the end of the token before `first` up to the end of the token before `end`.
    fn continue_to(&self, first: u32, end: u32, buffer: &mut String) {
        let before = self.analysis.paragraph_of(first - 1);
        for number in before..=self.analysis.paragraph_of(end - 1) {
            let paragraph = &self.analysis.paragraphs[number as usize];
            let from = if number == before { self.analysis.tokens[first as usize - 1].end } else { paragraph.start };
            // A paragraph's closing marks belong to its last word.
            let to =
                if end >= paragraph.end_token { paragraph.end } else { self.analysis.tokens[end as usize - 1].end };
            push_normalised(buffer, self.source(paragraph.field, from, to));
        }
    }

    fn source(&self, field: Field, from: u32, to: u32) -> &str {
        let text = self.article.source(field);
        text.get(from as usize..to as usize).unwrap_or("")
    }
}

/// Appends a text with every run of white space as one space, none at its ends, and a space
/// between it and what stands there already.
fn push_normalised(buffer: &mut String, text: &str) {
    for word in text.split_whitespace() {
        if !buffer.is_empty() {
            buffer.push(' ');
        }
        buffer.push_str(word);
    }
}
