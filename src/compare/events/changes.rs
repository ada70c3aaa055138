//! What each desk changed in one text of an agency: the words in which two copies differ, with the hits among them.
//!
//! Texts are compared folded word by folded word (Myers 1986), titles as a whole. Runs that both keep are listed only
//! where a lexicon has a hit in them: they say which frames the desks left as they came.

use std::ops::Range;

use framescope_core::text::Voice;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::wording::{Word, Wording};
use super::{Pair, Status};

/// How two copies differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// The earlier article.
    pub one: u32,
    /// The later one.
    pub other: u32,
    /// Words of the texts that both have.
    pub kept: u32,
    /// Words of the earlier text that the later one has not.
    pub dropped: u32,
    /// Words of the later text that the earlier one has not.
    pub added: u32,
    /// Where they differ, and what they keep of the lexicons, title first.
    pub changes: Vec<Change>,
}

/// One place where two copies differ, or keep a hit.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// How.
    pub kind: ChangeKind,
    /// Whether it stands in the title.
    pub is_in_title: bool,
    /// What the earlier article has there.
    pub one: Wordings,
    /// What the later one has.
    pub other: Wordings,
    /// The words that stand before it in the article that has it.
    pub before: String,
    /// The words that stand behind it.
    pub after: String,
}

/// Words of one article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wordings {
    /// The first of them in the article, counted from 0, title included; where there are none, the word they would
    /// stand before.
    pub first: u32,
    /// The words as spelled; marks between them are not kept. Empty where the article has none here.
    pub words: String,
    /// How many.
    pub count: u32,
    /// The paths that have a hit among them, by running number, each with the words that were hit, as spelled.
    pub hits: Vec<(u32, String)>,
    /// The voice of the first word; none where there are no words.
    pub voice: Option<Voice>,
}

/// How two copies differ at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChangeKind {
    /// Both have it, and it holds a hit.
    Kept,
    /// Other words stand in its place.
    Changed,
    /// Only the later article has it.
    Added,
    /// Only the earlier article has it.
    Dropped,
}

impl ChangeKind {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::Kept => "kept",
            ChangeKind::Changed => "changed",
            ChangeKind::Added => "added",
            ChangeKind::Dropped => "dropped",
        }
    }
}

/// Words of context on either side.
const CONTEXT: usize = 5;

/// What differs in every pair of copies.
pub fn changes<'a>(wording: &'a Wording, pairs: &'a [Pair]) -> impl Iterator<Item = Changes> + 'a {
    pairs.iter().filter(|pair| pair.status == Status::Copy).map(|pair| between(wording, pair.one, pair.other))
}

/// What differs between two articles.
fn between(wording: &Wording, one: u32, other: u32) -> Changes {
    let sides = [Side::new(wording, one), Side::new(wording, other)];
    let mut changes = Changes { one, other, kept: 0, dropped: 0, added: 0, changes: Vec::new() };
    changes.compare_titles(&sides);
    let [a, b] = [&sides[0], &sides[1]].map(|side| side.title..side.words.len());
    let [folded_a, folded_b] = [&sides[0].folded[a.clone()], &sides[1].folded[b.clone()]];
    for op in capture_diff_slices(Algorithm::Myers, folded_a, folded_b) {
        let (from, to) = (op.old_range(), op.new_range());
        match op {
            DiffOp::Equal { .. } => changes.kept += from.len() as u32,
            _ => {
                changes.dropped += from.len() as u32;
                changes.added += to.len() as u32;
            }
        }
        let (from, to) = (a.start + from.start..a.start + from.end, b.start + to.start..b.start + to.end);
        match op {
            DiffOp::Equal { .. } => changes.keep(&sides, from, to, false),
            DiffOp::Delete { .. } => changes.push(&sides, ChangeKind::Dropped, from, to, false),
            DiffOp::Insert { .. } => changes.push(&sides, ChangeKind::Added, from, to, false),
            DiffOp::Replace { .. } => changes.push(&sides, ChangeKind::Changed, from, to, false),
        }
    }
    changes
}

impl Changes {
    /// Titles are whole: two of them have a word or two in common by chance, and say nothing cut at those.
    fn compare_titles(&mut self, sides: &[Side<'_>; 2]) {
        let [a, b] = [&sides[0], &sides[1]].map(|side| 0..side.title);
        match (a.is_empty(), b.is_empty()) {
            (true, true) => {}
            (true, false) => self.push(sides, ChangeKind::Added, a, b, true),
            (false, true) => self.push(sides, ChangeKind::Dropped, a, b, true),
            _ if sides[0].folded[a.clone()] == sides[1].folded[b.clone()] => self.keep(sides, a, b, true),
            _ => self.push(sides, ChangeKind::Changed, a, b, true),
        }
    }

    fn push(
        &mut self,
        sides: &[Side<'_>; 2],
        kind: ChangeKind,
        from: Range<usize>,
        to: Range<usize>,
        is_in_title: bool,
    ) {
        // The context of what only one has is that article's.
        let (side, range) = if kind == ChangeKind::Added { (&sides[1], &to) } else { (&sides[0], &from) };
        let part = side.part(is_in_title);
        self.changes.push(Change {
            kind,
            is_in_title,
            before: side.spell(range.start.saturating_sub(CONTEXT).max(part.start)..range.start),
            after: side.spell(range.end..(range.end + CONTEXT).min(part.end)),
            one: sides[0].words(from),
            other: sides[1].words(to),
        });
    }

    /// The hits of either side in a run that both keep. What is kept word by word may still be a hit on one side only:
    /// another word, which was changed, may be a condition of the entry.
    fn keep(&mut self, sides: &[Side<'_>; 2], from: Range<usize>, to: Range<usize>, is_in_title: bool) {
        let within = |side: &Side<'_>, range: &Range<usize>| -> Vec<Range<usize>> {
            side.hits_in(range)
                .map(|(hit, _)| hit.start.max(range.start) - range.start..hit.end.min(range.end) - range.start)
                .collect()
        };
        let mut spans = within(&sides[0], &from);
        spans.extend(within(&sides[1], &to));
        // Hits that share a word are one place.
        spans.sort_unstable_by_key(|span| (span.start, span.end));
        spans.dedup_by(|next, last| {
            let is_one = next.start < last.end;
            if is_one {
                last.end = last.end.max(next.end);
            }
            is_one
        });
        for span in spans {
            let [a, b] = [&from, &to].map(|range| range.start + span.start..range.start + span.end);
            self.push(sides, ChangeKind::Kept, a, b, is_in_title);
        }
    }
}

/// One of two articles.
struct Side<'a> {
    wording: &'a Wording,
    article: u32,
    words: Vec<Word>,
    /// The folded form of each word.
    folded: Vec<&'a str>,
    /// How many words the title has.
    title: usize,
}

impl<'a> Side<'a> {
    fn new(wording: &'a Wording, article: u32) -> Side<'a> {
        let words: Vec<Word> = wording.words(article).collect();
        Side {
            folded: words.iter().map(|&word| &*wording.spelling(word).folded).collect(),
            title: words.iter().take_while(|word| word.is_in_title()).count(),
            wording,
            article,
            words,
        }
    }

    fn part(&self, is_in_title: bool) -> Range<usize> {
        if is_in_title { 0..self.title } else { self.title..self.words.len() }
    }

    fn spell(&self, range: Range<usize>) -> String {
        let words: Vec<&str> = self.words[range].iter().map(|&word| &*self.wording.spelling(word).text).collect();
        words.join(" ")
    }

    /// The hits that have a word in `range`.
    fn hits_in(&self, range: &Range<usize>) -> impl Iterator<Item = (Range<usize>, u32)> {
        let hits = self.wording.hits(self.article).iter().map(|hit| (hit.first as usize..hit.end as usize, hit.path));
        let range = range.clone();
        hits.filter(move |(hit, _)| hit.start < range.end && range.start < hit.end)
    }

    fn words(&self, range: Range<usize>) -> Wordings {
        Wordings {
            first: range.start as u32,
            count: range.len() as u32,
            hits: self.hits_in(&range).map(|(hit, path)| (path, self.spell(hit))).collect(),
            voice: self.words.get(range.clone()).and_then(|words| words.first()).map(|word| word.voice()),
            words: self.spell(range),
        }
    }
}
