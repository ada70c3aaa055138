//! Which articles an entry can be found in: those that are not in another language than its lexicon. Words and phrases can be
//! found in all that are counted.

use super::KeynessSettings;
use super::found::Kind;
use super::types::ArticleSize;
use crate::compare::Groups;
use crate::corpus::is_other_language;

/// Sets of articles that some units can be found in, numbered; 0 is all that are counted.
#[derive(Debug)]
pub(super) struct Readings {
    /// By lexicon: one past its last entry, and its set.
    lexicons: Vec<(u32, usize)>,
    /// By set and language: whether articles of the language are in it.
    reads: Vec<Vec<bool>>,
}

impl Readings {
    /// Of lexicons and of the languages of articles, both as counted. Lexicons of one language have one set.
    pub(super) fn new(settings: &KeynessSettings, languages: &Groups) -> Readings {
        let mut readings = Readings { lexicons: Vec::new(), reads: vec![vec![true; languages.len()]] };
        let mut end = 0;
        for lexicon in &settings.lexicons {
            let is_read = |language: &String| is_other_language(&lexicon.language, language) != Some(true);
            let reads: Vec<bool> = languages.names().iter().map(is_read).collect();
            let set = readings.reads.iter().position(|known| *known == reads).unwrap_or_else(|| {
                readings.reads.push(reads);
                readings.reads.len() - 1
            });
            end += lexicon.entries;
            readings.lexicons.push((end, set));
        }
        readings
    }

    /// How many sets there are.
    pub(super) fn len(&self) -> usize {
        self.reads.len()
    }

    /// The set of a unit.
    pub(super) fn of(&self, kind: Kind) -> usize {
        let Kind::Entry(entry) = kind else { return 0 };
        let place = self.lexicons.partition_point(|(end, _)| *end <= entry);
        self.lexicons.get(place).map_or(0, |(_, set)| *set)
    }

    /// Whether an article is in a set.
    pub(super) fn has(&self, set: usize, article: &ArticleSize) -> bool {
        self.reads[set][article.language.index()]
    }
}
