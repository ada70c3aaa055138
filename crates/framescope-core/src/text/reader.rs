//! An article read: paragraphs, words, sentences, quotations, zones, attribution, in that order.

use std::ops::Range;

use super::analysis::{Analysis, Paragraph, Sentence, VoiceCounts};
use super::article::{Article, Field, Title, Zone};
use super::paragraphs::Outline;
use super::plain::Plain;
use super::quotes::{Place, Quotes};
use super::sentences::Context;
use super::spans::Spans;
use super::types::{Judge, Seen, TypeTable, Unjudged};
use super::words::{Between, Found, FoundIn, Words};
use super::{attribution, sentences, zones};

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

/// Reads an article and tells every token what `judge` says of its spelling. Attributed words stay the narrator's if it does not
/// ask for them ([`Judge::attributes`]).
pub fn analyse_judged(article: &Article<'_>, types: &mut TypeTable, judge: &mut impl Judge, out: &mut Analysis) {
    read(Route::Fast, article, types, judge, out);
}

/// Reads an article by a given route.
pub fn analyse_by(route: Route, article: &Article<'_>, types: &mut TypeTable, out: &mut Analysis) {
    read(route, article, types, &mut Unjudged, out);
}

fn read(route: Route, article: &Article<'_>, types: &mut TypeTable, judge: &mut impl Judge, out: &mut Analysis) {
    out.clear();
    types.start(judge);
    out.judge = judge.id();
    out.has_title = article.title.is_some();
    let mut notes = types.take_notes();
    notes.cues.clear();
    let mut reader = Reader { route, types, judge, notes: &mut notes };
    let title_in_text = match &article.title {
        Some(Title::Field(title)) => {
            reader.title(Field::Title, title, 0..title.len(), out);
            None
        }
        Some(Title::InText(range)) => {
            reader.title(Field::Text, article.text, range.clone(), out);
            Some(range.clone())
        }
        None => None,
    };
    let first = out.paragraphs.len();
    let mut outline = std::mem::take(&mut reader.notes.outline);
    reader.notes.whole.look_at(article.text, 0..article.text.len());
    let cut = title_in_text.is_some() || !article.removed.is_empty();
    outline.find(article.text, reader.notes.whole.line_ends(), article.removed, title_in_text);
    let bits = if cut { Bits::OfEach } else { Bits::OfAll };
    reader.read(Field::Text, Zone::Body, article.text, bits, outline.paragraphs.iter().cloned(), out);
    reader.notes.outline = outline;
    zones::assign(article, out, first);
    // No cues were noted if nobody asks.
    attribution::attribute(article, out, types, &notes.cues, &mut notes.phrases);
    types.keep_notes(notes);
}

/// What reading writes down on its way, kept between articles for its memory alone.
#[derive(Debug, Default)]
pub(super) struct Notes {
    outline: Outline,
    /// The text, whole, and a part of a field for itself.
    whole: Plain,
    part: Plain,
    spans: Spans,
    found: Found,
    scanned: Vec<Scanned>,
    breaks: Vec<Between>,
    quotes: Quotes,
    /// The tokens by which a phrase of attribution may be found.
    cues: Vec<u32>,
    /// The phrases of a sentence.
    phrases: Vec<attribution::Cue>,
}

/// Of what bits are worked out before words are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bits {
    /// Of the text, whole, which was done.
    OfAll,
    /// Of each paragraph: it may end where no white space stands.
    OfEach,
}

/// A paragraph whose words are known.
#[derive(Debug)]
struct Scanned {
    /// Where it stands.
    range: Range<usize>,
    /// So many bytes at its start are no words.
    enumerator: usize,
    tokens: Range<usize>,
    found: FoundIn,
}

struct Reader<'t, J> {
    route: Route,
    types: &'t mut TypeTable,
    judge: &'t mut J,
    notes: &'t mut Notes,
}

impl<J: Judge> Reader<'_, J> {
    fn title(&mut self, field: Field, source: &str, range: Range<usize>, out: &mut Analysis) {
        self.read(field, Zone::Title, source, Bits::OfEach, [(trimmed(source, range), 0)], out);
    }

    /// Reads paragraphs of one field, each with how many bytes at its start are no words: first
    /// the words of all, so that they are numbered in long runs, then what is made of words.
    fn read(
        &mut self,
        field: Field,
        zone: Zone,
        source: &str,
        bits: Bits,
        paragraphs: impl IntoIterator<Item = (Range<usize>, usize)>,
        out: &mut Analysis,
    ) {
        let Notes { whole, part, spans, found, scanned, breaks, quotes, cues, .. } = &mut *self.notes;
        spans.clear();
        found.clear();
        scanned.clear();
        let first = out.tokens.len();
        for (range, enumerator) in paragraphs {
            let (first_word, before) = (spans.len(), found.ends());
            let words = &mut Words { source, spans, found, before: first as u32 };
            let read = range.start + enumerator..range.end;
            match self.route {
                Route::Fast if bits == Bits::OfAll && enumerator == 0 => whole.words(words, read),
                Route::Fast => {
                    part.look_at(source, read.clone());
                    part.words(words, read);
                }
                Route::Unicode => every_chunk(words, read),
            }
            let (tokens, found) = (first + first_word..first + spans.len(), found.since(before));
            scanned.push(Scanned { range, enumerator, tokens, found });
        }
        let Analysis { tokens, votes, judged, marked, .. } = &mut *out;
        self.types.number(source, spans, self.judge, &mut Seen { tokens, cues, votes, judged, marked });
        // Soon every terminator is asked about the word before it, and what is known of words is far away.
        for word in found.terminators.iter().filter_map(|between| between.tokens.checked_sub(1)) {
            if let Some(token) = out.tokens.get(word as usize) {
                self.types.ask_for_flags(token.type_id);
            }
        }
        for Scanned { range: Range { start, end }, enumerator, tokens, found: part } in scanned.drain(..) {
            let place = Place { source, start, end };
            let marks = &found.marks[part.marks.clone()];
            if tokens.is_empty() {
                quotes.wordless(place, marks, out);
                continue;
            }
            let start = start + enumerator;
            let context = Context {
                source,
                start,
                end,
                tokens: &out.tokens[tokens.clone()],
                before: tokens.start as u32,
                types: self.types,
            };
            let (terminators, forced) =
                (&found.terminators[part.terminators], &found.forced_breaks[part.forced_breaks]);
            sentences::breaks(context, terminators, forced, self.route == Route::Unicode, breaks);
            paragraph(field, zone, place, tokens, breaks, out);
            quotes.paragraph(place, marks, out);
        }
        quotes.give_up(out);
    }
}

/// Writes down a paragraph and its sentences, which begin at those `breaks` that are in no token.
fn paragraph(field: Field, zone: Zone, place: Place<'_>, tokens: Range<usize>, breaks: &[Between], out: &mut Analysis) {
    let Place { source, start, end } = place;
    let number = out.paragraphs.len() as u32;
    let first_sentence = out.sentences.len() as u32;
    let (mut token, mut from) = (tokens.start, start);
    let last = Between { at: end as u32, tokens: tokens.end as u32 };
    for place in breaks.iter().chain([&last]) {
        let to = place.at as usize;
        let len = place.begun(&out.tokens[token..tokens.end], token);
        if len > 0 && (out.tokens[token + len - 1].end as usize) <= to {
            let content = trimmed(source, from..to);
            out.sentences.push(Sentence {
                first_token: token as u32,
                end_token: (token + len) as u32,
                start: content.start as u32,
                end: content.end as u32,
                paragraph: number,
                zone,
                voiced: VoiceCounts::default(),
            });
            token += len;
            from = to;
        }
    }
    out.paragraphs.push(Paragraph {
        field,
        first_sentence,
        end_sentence: out.sentences.len() as u32,
        first_token: tokens.start as u32,
        end_token: tokens.end as u32,
        start: start as u32,
        end: end as u32,
    });
}

/// A range without the white space at its ends.
fn trimmed(source: &str, range: Range<usize>) -> Range<usize> {
    // What nearly every sentence begins and ends with: a mark or letter of ASCII or a curly quote, perhaps a blank.
    let (text, blank) = match &source.as_bytes()[range.clone()] {
        [text @ .., b' '] => (text, 1),
        text => (text, 0),
    };
    if matches!(text, [b'!'..=b'~', ..] | [0xE2, 0x80, 0x98..=0x9E, ..])
        && matches!(text, [.., b'!'..=b'~'] | [.., 0xE2, 0x80, 0x98..=0x9E])
    {
        return range.start..range.end - blank;
    }
    let content = source[range.clone()].trim_end();
    let end = range.start + content.len();
    end - content.trim_start().len()..end
}

fn every_chunk(words: &mut Words<'_>, Range { start, end }: Range<usize>) {
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
