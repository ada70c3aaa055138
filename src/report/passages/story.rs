//! An article to be set beside others: its hits in reading order, and its text where all of it may be shown.

use framescope_core::text::{Analysis, Article, Voice, Zone};

use super::{Found, SharedCited, Window};

/// An article with its hits.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Which it is.
    pub cited: SharedCited,
    /// Its hits in reading order.
    pub hits: Vec<StoryHit>,
    /// Its text, where all of it is wanted.
    pub paragraphs: Vec<StoryParagraph>,
    /// How many hits it has beyond those kept.
    pub more_hits: u32,
}

/// A hit of a story.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryHit {
    /// What was found.
    pub found: Found,
    /// The words around it.
    pub window: Window,
}

/// A paragraph of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryParagraph {
    /// Where it stands.
    pub zone: Zone,
    /// Its text, cut where a hit or a quotation begins or ends.
    pub pieces: Vec<Piece>,
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its text.
    pub text: String,
    /// The hits it belongs to, as numbers of [`Story::hits`]; empty for the words between.
    pub hits: Vec<u32>,
    /// Whose words they are.
    pub voice: Voice,
}

/// A story keeps no more hits than this: nobody reads more beside another article, and memory stays bounded.
const HITS_A_STORY: usize = 200;

impl Story {
    pub(super) fn new(
        cited: SharedCited,
        article: &Article<'_>,
        analysis: &Analysis,
        found: &[Found],
        full: bool,
    ) -> Story {
        let kept = &found[..found.len().min(HITS_A_STORY)];
        let hit = |found: &Found| StoryHit {
            found: *found,
            window: Window::cut(article, analysis, found.first_token, found.end_token),
        };
        Story {
            cited,
            hits: kept.iter().map(hit).collect(),
            paragraphs: if full { paragraphs(article, analysis, kept) } else { Vec::new() },
            more_hits: (found.len() - kept.len()) as u32,
        }
    }
}

/// The text as it was read, without what cleaning took out and without the title, which is named above it.
fn paragraphs(article: &Article<'_>, analysis: &Analysis, found: &[Found]) -> Vec<StoryParagraph> {
    let mut paragraphs = Vec::new();
    // The hits that hold each token.
    let mut holding: Vec<Vec<u32>> = vec![Vec::new(); analysis.tokens.len()];
    for (number, hit) in found.iter().enumerate() {
        for token in hit.first_token..hit.end_token {
            holding[token as usize].push(number as u32);
        }
    }
    for paragraph in &analysis.paragraphs {
        let zone = analysis.sentences[paragraph.first_sentence as usize].zone;
        if zone == Zone::Title {
            continue;
        }
        let source = article.source(paragraph.field);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut at = paragraph.start;
        for token in paragraph.first_token..paragraph.end_token {
            let Some(found) = analysis.tokens.get(token as usize) else { continue };
            // What stands before a token belongs to the hit only where the token before does too.
            let hits = &holding[token as usize];
            let joined = token > paragraph.first_token && !hits.is_empty() && holding[token as usize - 1] == *hits;
            push(&mut pieces, source, at, found.start, if joined { hits } else { &[] }, found.voice);
            push(&mut pieces, source, found.start, found.end, hits, found.voice);
            at = found.end;
        }
        let last = pieces.last().map_or(Voice::Narrator, |piece| piece.voice);
        push(&mut pieces, source, at, paragraph.end, &[], last);
        paragraphs.push(StoryParagraph { zone, pieces });
    }
    paragraphs
}

fn push(pieces: &mut Vec<Piece>, source: &str, from: u32, to: u32, hits: &[u32], voice: Voice) {
    let text = source.get(from as usize..to as usize).unwrap_or_default();
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(last) if last.hits == hits && last.voice == voice => last.text.push_str(text),
        _ => pieces.push(Piece { text: text.to_owned(), hits: hits.to_vec(), voice }),
    }
}
