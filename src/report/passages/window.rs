//! The words around a hit, kept so that fewer of them can be shown later.

use framescope_core::text::{Analysis, Article, Zone};

use super::EXCERPT_WORDS;

/// A hit's words and those around it, cut at tokens.
///
/// It never runs from the title into the text, nor over text that cleaning took out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Window {
    /// The token it begins with.
    pub first: u32,
    /// Whether it stands in the title.
    pub in_title: bool,
    /// Whether words of the article stand before it and after it.
    pub cut: (bool, bool),
    /// The text, white space as one space, marks before the first token and after the last one included.
    text: String,
    /// Where each token begins and ends in `text`.
    tokens: Vec<(u32, u32)>,
}

/// The words before a hit, of it, and after it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Excerpt<'a> {
    /// Before.
    pub left: &'a str,
    /// Found.
    pub found: &'a str,
    /// After.
    pub right: &'a str,
    /// Whether words of the article stand before and after it that are not shown.
    pub cut: (bool, bool),
}

impl Window {
    /// The window of a hit: as many words on either side as an excerpt could show, or all of a title.
    pub(super) fn cut(article: &Article<'_>, analysis: &Analysis, first_token: u32, end_token: u32) -> Window {
        let title_end = title_tokens(analysis);
        let in_title = first_token < title_end;
        let (from, to) = if in_title { (0, title_end) } else { (title_end, analysis.tokens.len() as u32) };
        let around = EXCERPT_WORDS.saturating_sub(end_token - first_token).div_ceil(2);
        let (first, end) = (first_token.saturating_sub(around).max(from), (end_token + around).min(to));
        let cut = (first > from, end < to);
        let mut window = Window { first, in_title, cut, ..Window::default() };
        for token in first..end {
            window.push(article, analysis, token);
        }
        if let Some(last) = end.checked_sub(1) {
            window.close(article, analysis, last);
        }
        window
    }

    /// Adds a token with what stands before it.
    fn push(&mut self, article: &Article<'_>, analysis: &Analysis, token: u32) {
        let paragraph = &analysis.paragraphs[analysis.paragraph_of(token) as usize];
        let own = analysis.tokens[token as usize];
        let source = |from: u32, to: u32| article.source(paragraph.field).get(from as usize..to as usize);
        let before = match token > paragraph.first_token {
            true => source(analysis.tokens[token as usize - 1].end, own.start).unwrap_or_default(),
            false => {
                if token > self.first {
                    self.close(article, analysis, token - 1);
                    self.push_text(" ");
                }
                source(paragraph.start, own.start).unwrap_or_default()
            }
        };
        match token > self.first || token == paragraph.first_token {
            true => self.push_text(before),
            // Where the window cuts a sentence, only a mark that opens its first word belongs to it.
            false => self.push_text(before.rsplit_once(char::is_whitespace).map_or("", |(_, opening)| opening)),
        }
        let start = self.text.len() as u32;
        self.push_text(source(own.start, own.end).unwrap_or_default());
        self.tokens.push((start, self.text.len() as u32));
    }

    /// Adds the marks that close a token that was pushed: those up to the next white space.
    fn close(&mut self, article: &Article<'_>, analysis: &Analysis, token: u32) {
        let paragraph = &analysis.paragraphs[analysis.paragraph_of(token) as usize];
        let to = match token + 1 < paragraph.end_token {
            true => analysis.tokens[token as usize + 1].start,
            false => paragraph.end,
        };
        let from = analysis.tokens[token as usize].end;
        let behind = article.source(paragraph.field).get(from as usize..to as usize).unwrap_or_default();
        self.push_text(behind.split(char::is_whitespace).next().unwrap_or_default());
    }

    /// Adds text, every run of white space as one space.
    fn push_text(&mut self, text: &str) {
        for c in text.chars() {
            if !c.is_whitespace() {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
    }

    /// The words shown of it from token `from` to token `to`, cut where one of these hits begins or ends: each piece with the
    /// places among `hits` of those that hold it. Marks that open the first word or close the last one are shown with it.
    pub fn pieces(&self, hits: &[(u32, u32)], from: u32, to: u32) -> Vec<(String, Vec<usize>)> {
        let whole = self.excerpt((from, to), from, to);
        let Some(start) = self.tokens.get(from.saturating_sub(self.first) as usize).map(|token| token.0) else {
            return Vec::new();
        };
        let mut pieces: Vec<(String, Vec<usize>)> = Vec::new();
        let mut push = |text: &str, holding: Vec<usize>| match pieces.last_mut() {
            _ if text.is_empty() => {}
            Some((last, known)) if *known == holding => last.push_str(text),
            _ => pieces.push((text.to_owned(), holding)),
        };
        push(whole.left, Vec::new());
        let holding = |token: u32| -> Vec<usize> {
            (0..hits.len()).filter(|hit| hits[*hit].0 <= token && token < hits[*hit].1).collect()
        };
        let mut at = start;
        for token in from..to {
            let Some(&(first, end)) = self.tokens.get((token - self.first) as usize) else { break };
            // What stands between two tokens belongs to the hits that hold both.
            let between = match token > from {
                true => holding(token - 1).into_iter().filter(|hit| hits[*hit].1 > token).collect(),
                false => Vec::new(),
            };
            push(self.text.get(at as usize..first as usize).unwrap_or_default(), between);
            push(self.text.get(first as usize..end as usize).unwrap_or_default(), holding(token));
            at = end;
        }
        push(whole.right, Vec::new());
        pieces
    }

    /// One past its last token.
    pub fn end(&self) -> u32 {
        self.first + self.tokens.len() as u32
    }

    /// A hit with the words around it from token `from` to token `to`. Marks that open the first word shown or close the
    /// last one are shown with it.
    pub fn excerpt(&self, hit: (u32, u32), from: u32, to: u32) -> Excerpt<'_> {
        let token = |number: u32| self.tokens.get(number.saturating_sub(self.first) as usize).copied();
        let last = |end: u32| end.checked_sub(1).and_then(token);
        let (Some(first), Some(found), Some(found_last), Some(shown_last)) =
            (token(from), token(hit.0), last(hit.1), last(to))
        else {
            return Excerpt::default();
        };
        let part = |from: u32, to: u32| self.text.get(from as usize..to as usize).unwrap_or_default();
        let before = part(0, first.0);
        // A hyphen or an apostrophe between two words opens nothing.
        let opening = match before.rfind(char::is_whitespace) {
            Some(at) => (before.len() - at - 1) as u32,
            None if from == self.first => first.0,
            None => 0,
        };
        let behind = part(shown_last.1, self.text.len() as u32);
        let closing = behind.find(char::is_whitespace).unwrap_or(behind.len()) as u32;
        let next = token(to).map_or(u32::MAX, |next| next.0);
        let closing_end = (shown_last.1 + closing).min(next);
        Excerpt {
            left: part(first.0 - opening, found.0),
            found: part(found.0, found_last.1),
            right: part(found_last.1, closing_end),
            cut: (from > self.first || self.cut.0, to < self.end() || self.cut.1),
        }
    }
}

/// How many tokens the title has.
pub(super) fn title_tokens(analysis: &Analysis) -> u32 {
    match (analysis.paragraphs.first(), analysis.sentences.first()) {
        (Some(paragraph), Some(sentence)) if sentence.zone == Zone::Title => paragraph.end_token,
        _ => 0,
    }
}
