//! Articles in another language than a lexicon. It finds nothing in them, and their zeros would pass for articles that do
//! not say it; so they are left out of all that it counts, hits and words, and their number is said (W14).
//!
//! An article whose language nobody knows stays, and a lexicon that says no language counts in all of them.

use std::borrow::Cow;

use framescope_core::text::{VoiceSet, ZoneSet};

use super::Units;
use crate::corpus::{is_other_language, known_language};

impl Units {
    /// The language of a lexicon, where it says one that is known.
    pub fn language_of(&self, lexicon: u32) -> Option<Cow<'_, str>> {
        known_language(&self.vocabulary.lexicons[lexicon as usize].language)
    }

    /// Whether an article is in another language than a lexicon; none where one of them is not known.
    pub fn is_other_language(&self, article: u32, lexicon: u32) -> Option<bool> {
        is_other_language(&self.vocabulary.lexicons[lexicon as usize].language, self.language.of(article)?)
    }

    /// Takes articles in another language than a lexicon out of what it counts, whatever group they are of. To be called
    /// once, when all articles and hits are there.
    pub fn leave_out_other_languages(&mut self) {
        for lexicon in 0..self.vocabulary.lexicons.len() as u32 {
            let out: Vec<bool> =
                self.articles().map(|article| self.is_other_language(article, lexicon) == Some(true)).collect();
            if !out.contains(&true) {
                continue;
            }
            let is_kept = |article: u32| !out[article as usize];
            for (path, units) in self.vocabulary.paths.iter().zip(&mut self.paths) {
                if path.lexicon == lexicon {
                    units.cells.retain(|cell| is_kept(cell.article));
                    units.entries.retain(|cell| is_kept(cell.article));
                    units.whom.retain(|cell| is_kept(cell.article));
                }
            }
            for (axis, cells) in self.vocabulary.axes.iter().zip(&mut self.axes) {
                if axis.lexicon == lexicon {
                    cells.retain(|cell| is_kept(cell.article));
                }
            }
            self.other_language.resize(self.vocabulary.lexicons.len(), Vec::new());
            self.other_language[lexicon as usize] = out;
        }
    }

    /// Whether an article was left out of what a lexicon counts ([`Self::leave_out_other_languages`]).
    pub fn is_left_out_of(&self, article: u32, lexicon: u32) -> bool {
        let out = self.other_language.get(lexicon as usize).and_then(|out| out.get(article as usize));
        out.copied().unwrap_or(false)
    }

    /// How many articles of groups were left out of what a lexicon counts.
    pub fn left_out_of(&self, lexicon: u32) -> u64 {
        let known = self.group.values().len() as u32;
        self.articles().filter(|a| self.group(*a) < known && self.is_left_out_of(*a, lexicon)).count() as u64
    }

    /// Words of an article in which a lexicon counts, of these voices and zones: none where the article was left out.
    pub fn words_for(&self, lexicon: u32, article: u32, voices: VoiceSet, zones: ZoneSet) -> u64 {
        match self.is_left_out_of(article, lexicon) {
            true => 0,
            false => self.words_in(article, voices, zones),
        }
    }
}
