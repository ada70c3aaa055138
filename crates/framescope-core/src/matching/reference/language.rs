//! The function words that negation and `about` look at, as phrases of wildcard patterns.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::glob;
use super::reading::{Reading, Span};
use crate::text::{self, EntryToken, LanguageData};

/// The language of a lexicon that names none.
const DEFAULT: &str = "en";

/// The function words of one language; empty lists where a language has no data.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// Negation cues.
    pub(super) cues: Phrases,
    /// Phrases that hold a cue and negate nothing.
    pub(super) exceptions: Phrases,
    /// Words that part a cue from what follows.
    pub(super) contrast: Phrases,
    /// Words before the agent of a passive.
    pub(super) agents: Phrases,
    /// Words that join two sides.
    pub(super) joiners: Phrases,
    /// Determiners.
    pub(super) determiners: Phrases,
}

/// The words of every language, cut once.
static WORDS: LazyLock<HashMap<&str, Words>> =
    LazyLock::new(|| text::languages().iter().map(|data| (data.code.as_str(), Words::cut(data))).collect());

impl Words {
    /// The words of a language by its code; an unknown language has none.
    pub(super) fn of(code: &str) -> Words {
        let code = if code.is_empty() { DEFAULT } else { code };
        let words = text::language(code).and_then(|data| WORDS.get(data.code.as_str()));
        words.cloned().unwrap_or_default()
    }

    fn cut(data: &LanguageData) -> Words {
        Words {
            cues: Phrases::cut(&data.negation.cues),
            exceptions: Phrases::cut(&data.negation.exceptions),
            contrast: Phrases::cut(&data.contrast),
            agents: Phrases::cut(&data.agents),
            joiners: Phrases::cut(&data.joiners),
            determiners: Phrases::cut(&data.determiners),
        }
    }
}

/// Phrases, each a row of patterns of folded tokens.
#[derive(Debug, Clone, Default)]
pub(super) struct Phrases(pub(super) Vec<Vec<String>>);

impl Phrases {
    /// Cuts phrases into tokens as a lexicon's terms are cut. One that holds no word is left out.
    fn cut(phrases: &[String]) -> Phrases {
        let tokens = |phrase: &String| text::entry_tokens(phrase).unwrap_or_default();
        let folded = |tokens: Vec<EntryToken>| tokens.into_iter().map(|t| t.folded).collect::<Vec<_>>();
        Phrases(phrases.iter().map(tokens).map(folded).filter(|phrase| !phrase.is_empty()).collect())
    }

    /// Where a phrase stands whole among `tokens`.
    pub(super) fn occurrences(&self, reading: &Reading<'_>, tokens: Range<u32>) -> Vec<Span> {
        let mut found = Vec::new();
        for first in tokens.clone() {
            for phrase in &self.0 {
                let end = first + phrase.len() as u32;
                let fits = |(pattern, token): (&String, u32)| glob::matches(pattern, reading.folded(token));
                if end <= tokens.end && phrase.iter().zip(first..end).all(fits) {
                    found.push(Span { first, end });
                }
            }
        }
        found
    }

    /// Whether a phrase among `tokens` ends with the last of them.
    pub(super) fn ends_at(&self, reading: &Reading<'_>, tokens: Range<u32>) -> bool {
        let end = tokens.end;
        self.occurrences(reading, tokens).iter().any(|o| o.end == end)
    }

    /// Whether the token alone is one of the phrases.
    pub(super) fn holds(&self, reading: &Reading<'_>, token: u32) -> bool {
        !self.occurrences(reading, token..token + 1).is_empty()
    }
}
