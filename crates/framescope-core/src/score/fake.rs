//! Test doubles: an article given word by word, and a matcher that knows single words only.

use crate::lexicon::*;
use crate::matching::{Counted, Hit, OnAxis, Resolution};
use crate::text::*;

/// A sentence given word by word.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    pub(super) zone: Zone,
    /// Whether it begins a paragraph.
    pub(super) opens: bool,
    pub(super) words: Vec<(u8, Voice)>,
}

/// The analysis of these sentences: every word is two bytes and a space.
pub(super) fn read(sentences: &[Sent], has_title: bool) -> Analysis {
    let mut out = Analysis { has_title, ..Analysis::default() };
    for sentence in sentences.iter().filter(|s| !s.words.is_empty()) {
        let first = out.tokens.len() as u32;
        for (word, voice) in &sentence.words {
            let start = 3 * out.tokens.len() as u32;
            out.tokens.push(Token {
                start,
                end: start + 2,
                type_id: TypeId((*word).into()),
                voice: *voice,
                short: *voice == Voice::Quoted && *word % 2 == 0,
            });
        }
        let (end, number) = (out.tokens.len() as u32, out.sentences.len() as u32);
        if sentence.opens || out.paragraphs.is_empty() {
            out.paragraphs.push(Paragraph {
                field: match sentence.zone {
                    Zone::Title => Field::Title,
                    _ => Field::Text,
                },
                first_sentence: number,
                end_sentence: number,
                first_token: first,
                end_token: first,
                start: 3 * first,
                end: 3 * first,
            });
        }
        let paragraph = out.paragraphs.len() as u32 - 1;
        let open = &mut out.paragraphs[paragraph as usize];
        (open.end_sentence, open.end_token, open.end) = (number + 1, end, 3 * end - 1);
        out.sentences.push(Sentence {
            first_token: first,
            end_token: end,
            start: 3 * first,
            end: 3 * end - 1,
            paragraph,
            zone: sentence.zone,
            voiced: VoiceCounts::of(&out.tokens[first as usize..]),
        });
    }
    out
}

pub(super) fn path(id: &str, kind: PathKind, parent: Option<u32>) -> Path {
    Path::new(id, kind, parent.map(PathId))
}

/// An entry that is hit by the word of this number.
pub(super) fn entry(path: u32, word: u8, weight: f64) -> Entry {
    Entry {
        path: PathId(path),
        term: Term { text: word.to_string(), tokens: Vec::new(), conditions: Vec::new(), place: Place::default() },
        weight,
        negation: Negation::Report,
        note: String::new(),
    }
}

pub(super) fn axis(positive: &[u32], negative: &[u32]) -> Axis {
    Axis {
        id: "scale".to_owned(),
        label: String::new(),
        definition: String::new(),
        positive: positive.iter().copied().map(PathId).collect(),
        negative: negative.iter().copied().map(PathId).collect(),
        place: Place::default(),
    }
}

/// A referent with two variants and a bare name, a category with a child, an axis.
///
/// Words: 1 and 2 hit `captives.hostage`, 3 `captives.prisoner`, 4 `captives.name`; 5 hits both
/// `threat` and its child `threat.final`, 6 (weight −0.5) the child alone.
pub(super) fn lexicon() -> Lexicon {
    Lexicon {
        paths: vec![
            path("captives", PathKind::Referent, None),
            path("captives.hostage", PathKind::Variant, Some(0)),
            path("captives.prisoner", PathKind::Variant, Some(0)),
            path("captives.name", PathKind::Name, Some(0)),
            path("threat", PathKind::Category, None),
            path("threat.final", PathKind::Category, Some(4)),
        ],
        entries: vec![
            entry(1, 1, 1.0),
            entry(1, 2, 1.0),
            entry(2, 3, 2.0),
            entry(3, 4, 1.0),
            entry(4, 5, 1.0),
            entry(5, 5, 1.0),
            entry(5, 6, -0.5),
        ],
        axes: vec![axis(&[1], &[2])],
        ..Lexicon::default()
    }
}

/// Every word that an entry has; a path holds its own hits and its children's, a token once.
/// A hit is negated where the word before it is 9.
pub(super) fn resolve(analysis: &Analysis, set: &LexiconSet) -> Resolution {
    let mut out = Resolution::default();
    for sentence in &analysis.sentences {
        for token in sentence.first_token..sentence.end_token {
            let Token { type_id, voice, short, .. } = analysis.tokens[token as usize];
            for (lexicon, l) in set.iter() {
                for (number, e) in l.entries.iter().enumerate() {
                    if e.term.text == type_id.0.to_string() {
                        out.hits.push(Hit {
                            lexicon,
                            path: e.path,
                            entry: EntryId(number as u32),
                            first_token: token,
                            end_token: token + 1,
                            zone: sentence.zone,
                            voice,
                            short,
                            negated: token > sentence.first_token
                                && analysis.tokens[token as usize - 1].type_id == TypeId(9),
                            about: None,
                            counts: l.rules.voices.contains(voice) && l.rules.zones.contains(sentence.zone),
                        });
                    }
                }
            }
        }
    }
    for (lexicon, l) in set.iter() {
        for number in 0..l.paths.len() as u32 {
            let mut last = None;
            for (h, hit) in out.hits.iter().enumerate() {
                let mut holder = Some(hit.path);
                while holder.is_some_and(|p| p != PathId(number)) {
                    holder = holder.and_then(|p| l.paths[p.0 as usize].parent);
                }
                if hit.lexicon == lexicon && holder.is_some() && last != Some(hit.first_token) {
                    last = Some(hit.first_token);
                    out.counted.push(Counted { path: set.path_number(lexicon, PathId(number)), hit: h as u32 });
                }
            }
        }
        for (number, axis) in l.axes.iter().enumerate() {
            for (h, hit) in out.hits.iter().enumerate() {
                for (positive, pole) in [(true, &axis.positive), (false, &axis.negative)] {
                    if hit.lexicon == lexicon && pole.contains(&hit.path) {
                        out.on_axis.push(OnAxis { axis: set.axis_number(lexicon, number), positive, hit: h as u32 });
                    }
                }
            }
        }
    }
    out.counted.sort_unstable();
    out.on_axis.sort_unstable();
    out
}
