//! Segments: the same counts for every sentence, paragraph or zone of an article.
//!
//! Everything is resolved in the whole article first. A hit belongs to the segment of its
//! sentence, so no hit is lost and none counts twice: the counts of all segments sum to those of
//! the article.

use super::tally::{SegmentRows, Tally, TallyScratch, tally_segment};
use crate::lexicon::LexiconSet;
use crate::matching::{Counted, OnAxis, Resolution};
use crate::text::{Analysis, Field, Zone};

/// What an article is cut into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SegmentKind {
    /// Its sentences, title and headings included.
    Sentence,
    /// Its paragraphs, title and headings included.
    Paragraph,
    /// Title, lead, headings, body.
    Zone,
}

impl SegmentKind {
    /// Its name in tables and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            SegmentKind::Sentence => "sentence",
            SegmentKind::Paragraph => "paragraph",
            SegmentKind::Zone => "zone",
        }
    }
}

/// One segment that holds a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// What it is one of.
    pub kind: SegmentKind,
    /// Its number in the article, from 0; of a zone: its place in [`Zone::ALL`].
    pub number: u32,
    /// The field its positions count in.
    pub field: Field,
    /// Its first byte. A zone may be interrupted by others (a heading inside the body): its
    /// positions reach from its first sentence to its last.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

impl Segment {
    /// The zone, where it is one.
    pub fn zone(&self) -> Option<Zone> {
        (self.kind == SegmentKind::Zone).then(|| Zone::ALL[self.number as usize])
    }
}

/// Buffers of [`each_segment`], kept between articles.
#[derive(Debug, Default)]
pub(super) struct SegmentScratch {
    sentences: Vec<(u32, u32)>,
    counted: Vec<(u32, Counted)>,
    on_axis: Vec<(u32, OnAxis)>,
    base: Vec<u32>,
    tally: Tally,
}

/// Counts every segment of an article that holds a token, in order.
///
/// `resolution` must be what a matcher with these lexicons found in this analysis.
pub fn each_segment(
    kind: SegmentKind,
    analysis: &Analysis,
    set: &LexiconSet,
    resolution: &Resolution,
    scratch: &mut TallyScratch,
    mut with: impl FnMut(Segment, &Tally),
) {
    let hits = &resolution.hits;
    scratch.locate(analysis, hits);
    let mut own = std::mem::take(&mut scratch.segments);
    let segment_of = |sentence: u32| match kind {
        SegmentKind::Sentence => sentence,
        SegmentKind::Paragraph => analysis.sentences[sentence as usize].paragraph,
        SegmentKind::Zone => analysis.sentences[sentence as usize].zone as u32,
    };
    let of_hit = |hit: u32| segment_of(scratch.hit_sentences[hit as usize]);
    own.sentences.clear();
    own.sentences.extend((0..analysis.sentences.len() as u32).map(|s| (segment_of(s), s)));
    own.sentences.sort_unstable();
    own.counted.clear();
    own.counted.extend(resolution.counted.iter().map(|c| (of_hit(c.hit), *c)));
    own.counted.sort_unstable();
    own.on_axis.clear();
    own.on_axis.extend(resolution.on_axis.iter().map(|a| (of_hit(a.hit), *a)));
    own.on_axis.sort_unstable();
    own.base.clear();
    own.base.resize(analysis.sentences.len(), 0);

    let (mut counted, mut on_axis) = (&own.counted[..], &own.on_axis[..]);
    for sentences in own.sentences.chunk_by(|a, b| a.0 == b.0) {
        let number = sentences[0].0;
        let mut before = 0;
        for (_, s) in sentences {
            let sentence = &analysis.sentences[*s as usize];
            own.base[*s as usize] = before;
            before += sentence.end_token - sentence.first_token;
        }
        let rows = SegmentRows {
            sentences,
            counted: take_while_segment(&mut counted, number),
            on_axis: take_while_segment(&mut on_axis, number),
            base: &own.base,
        };
        tally_segment(analysis, set, hits, rows, scratch, &mut own.tally);
        with(place(kind, number, analysis, sentences), &own.tally);
    }
    scratch.segments = own;
}

/// Where the segment of these sentences stands.
fn place(kind: SegmentKind, number: u32, analysis: &Analysis, sentences: &[(u32, u32)]) -> Segment {
    let of = |s: &(u32, u32)| &analysis.sentences[s.1 as usize];
    let (first, last) = (of(&sentences[0]), of(&sentences[sentences.len() - 1]));
    let paragraph = &analysis.paragraphs[first.paragraph as usize];
    let (start, end) = match kind {
        SegmentKind::Paragraph => (paragraph.start, paragraph.end),
        SegmentKind::Sentence | SegmentKind::Zone => (first.start, last.end),
    };
    Segment { kind, number, field: paragraph.field, start, end }
}

/// Splits the rows of this segment off the front.
fn take_while_segment<'a, T>(rows: &mut &'a [(u32, T)], number: u32) -> &'a [(u32, T)] {
    let (taken, rest) = rows.split_at(rows.partition_point(|(segment, _)| *segment <= number));
    *rows = rest;
    taken
}
