//! An article read: paragraphs, words, sentences, quotations, zones, attribution, in that order.

use std::ops::Range;

use super::analysis::{Analysis, Paragraph, Sentence};
use super::article::{Article, Field, Title, Zone};
use super::quotes::{Place, Quotes};
use super::sentences::Context;
use super::types::{Seen, TypeTable};
use super::words::{Found, Words};
use super::{attribution, paragraphs, plain, sentences, zones};

/// By which of two equal ways a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Route {
    /// Plain chunks and known characters by hand, the rest with the libraries.
    #[default]
    Fast,
    /// Everything with the libraries: slow, and what the fast route is tested against.
    Unicode,
}

/// Reads an article: fills `out` with its tokens, sentences, paragraphs and quotations.
pub fn analyse(article: &Article<'_>, types: &mut TypeTable, out: &mut Analysis) {
    analyse_by(Route::Fast, article, types, out);
}

/// Reads an article by a given route.
pub fn analyse_by(route: Route, article: &Article<'_>, types: &mut TypeTable, out: &mut Analysis) {
    out.clear();
    types.trim();
    out.has_title = article.title.is_some();
    let mut notes = types.take_notes();
    notes.cues.clear();
    let mut reader = Reader { route, types, notes: &mut notes };
    let title_in_text = match &article.title {
        Some(Title::Field(title)) => {
            reader.title(title, Field::Title, 0..title.len(), out);
            None
        }
        Some(Title::InText(range)) => {
            reader.title(article.text, Field::Text, range.clone(), out);
            Some(range.clone())
        }
        None => None,
    };
    reader.notes.quotes.give_up(out);
    let first = out.paragraphs.len();
    let paragraphs = paragraphs::paragraphs(article.text, article.removed, title_in_text);
    let enumerators = paragraphs::enumerators(article.text, &paragraphs);
    for (paragraph, enumerator) in paragraphs.into_iter().zip(enumerators) {
        reader.paragraph(article.text, Field::Text, Zone::Body, paragraph, enumerator, out);
    }
    reader.notes.quotes.give_up(out);
    zones::assign(article, out, first);
    attribution::attribute(article, out, types, &notes.cues);
    types.keep_notes(notes);
}

/// What reading writes down on its way, kept between articles for its memory alone.
#[derive(Debug, Default)]
pub(super) struct Notes {
    plain: plain::Plain,
    found: Found,
    breaks: Vec<u32>,
    quotes: Quotes,
    /// The tokens with which a phrase of attribution may begin.
    cues: Vec<u32>,
}

struct Reader<'t> {
    route: Route,
    types: &'t mut TypeTable,
    notes: &'t mut Notes,
}

impl Reader<'_> {
    fn title(&mut self, source: &str, field: Field, range: Range<usize>, out: &mut Analysis) {
        let trimmed = source[range.clone()].trim_start();
        let start = range.end - trimmed.len();
        self.paragraph(source, field, Zone::Title, start..start + trimmed.trim_end().len(), 0, out);
    }

    /// Reads one paragraph; `enumerator` bytes at its start are no words.
    fn paragraph(
        &mut self,
        source: &str,
        field: Field,
        zone: Zone,
        range: Range<usize>,
        enumerator: usize,
        out: &mut Analysis,
    ) {
        let Range { start, end } = range;
        let first_token = out.tokens.len();
        let Notes { plain, found, breaks, quotes, cues } = &mut *self.notes;
        found.clear();
        let mut words = Words { source, tokens: &mut out.tokens, found, open: false };
        match self.route {
            Route::Fast => plain::scan(plain, &mut words, start + enumerator, end),
            Route::Unicode => every_chunk(&mut words, start + enumerator, end),
        }
        let place = Place { source, start, end };
        if out.tokens.len() == first_token {
            return quotes.wordless(place, &found.marks, out);
        }
        let mut seen = Seen { cues, votes: &mut out.votes };
        self.types.number(source, &mut out.tokens, first_token, &mut seen);
        let context =
            Context { source, start: start + enumerator, end, tokens: &out.tokens[first_token..], types: self.types };
        sentences::breaks(context, found, self.route == Route::Unicode, breaks);
        let number = out.paragraphs.len() as u32;
        let first_sentence = out.sentences.len() as u32;
        let mut token = first_token;
        let mut from = start;
        for to in breaks.iter().map(|&b| b as usize).chain([end]) {
            // Tokens are looked at once each, not searched for: there may be as many sentences.
            let tokens = out.tokens[token..].iter().take_while(|t| (t.start as usize) < to).count();
            if tokens > 0 {
                let content = source[from..to].trim_end();
                let leading = content.len() - content.trim_start().len();
                out.sentences.push(Sentence {
                    first_token: token as u32,
                    end_token: (token + tokens) as u32,
                    start: (from + leading) as u32,
                    end: (from + content.len()) as u32,
                    paragraph: number,
                    zone,
                });
                token += tokens;
                from = to;
            }
        }
        out.paragraphs.push(Paragraph {
            field,
            first_sentence,
            end_sentence: out.sentences.len() as u32,
            first_token: first_token as u32,
            end_token: out.tokens.len() as u32,
            start: start as u32,
            end: end as u32,
        });
        quotes.paragraph(place, &found.marks, out);
    }
}

fn every_chunk(words: &mut Words<'_>, start: usize, end: usize) {
    let mut at = start;
    let source = words.source;
    while at < end {
        let len = source[at..end].find(|c: char| c.is_ascii() && c.is_whitespace()).unwrap_or(end - at);
        if len > 0 {
            words.chunk(at, at + len);
        }
        at += len + 1;
    }
}
