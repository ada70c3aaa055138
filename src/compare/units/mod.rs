//! What comparing keeps of a corpus: a few numbers an article, and for every path the articles that hold it.
//!
//! Nearly all articles have no hit of nearly all paths, so hits are kept in sparse columns, one a path, in the order of
//! the articles. 100,000 articles with hits on 50 paths each are about 400 MB, entries included; a usual corpus (a
//! fifth of that) 100 MB. Workers fill a [`UnitsPart`] row by row; parts are appended in the order of the input, so the
//! columns are the same for any number of threads.
//!
//! Hits are those that enter `count` in the sense of the lexicon's `voices` and `zones`, unless a function says
//! otherwise. Words are those of the same voices and zones ([`Vocabulary::scope`]).

mod column;
mod language;
mod packed;
mod part;
mod stored;

use std::ops::Range;

use framescope_core::matching::Whom;
use framescope_core::score::Headline;
use framescope_core::stats::{Count, SparseHits};
use framescope_core::text::{Voice, VoiceSet, Zone, ZoneSet};

pub use self::column::Column;
use self::column::Strings;
use self::packed::{Cell, EntryCell, NEGATED, NONE, NUMBER, PoleCell, SHORT, SLOT_SHIFT, WhomCell, voice_of};
pub use self::part::{ArticleFacts, UnitsPart, content_hash};
pub(super) use self::stored::StoredArticle;
use super::vocabulary::Vocabulary;

/// Columns of metadata that comparing looks for whether or not they are asked for.
pub const LOOKED_FOR: [&str; 5] = ["genre", "date", "event", "origin", "translated"];

/// What comparing keeps of a corpus.
#[derive(Debug, Clone, Default)]
pub struct Units {
    /// The paths, entries and axes.
    pub vocabulary: Vocabulary,
    ids: Strings,
    group: Column,
    language: Column,
    columns: Vec<Column>,
    /// Tokens by zone and voice.
    words: Vec<[[u32; 3]; 4]>,
    /// Tokens in quotations of 1 to 3 words.
    short_words: Vec<u32>,
    sentences: Vec<u32>,
    has_title: Vec<bool>,
    content: Vec<u64>,
    paths: Vec<PathUnits>,
    axes: Vec<Vec<PoleCell>>,
    /// Articles that have no value in the column that groups them, and are left out.
    left_out: u64,
    /// Whether words and hits are known by zone; a stored table has them by voice only.
    lacks_zones: bool,
    /// By lexicon, whether each article was left out for its language; empty where none was.
    other_language: Vec<Vec<bool>>,
}

/// The hits of one path, sparse.
#[derive(Debug, Clone, Default)]
pub struct PathUnits {
    cells: Vec<Cell>,
    entries: Vec<EntryCell>,
    whom: Vec<WhomCell>,
}

/// Hits of one entry in one article and voice, that enter `count`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryCount {
    /// The article.
    pub article: u32,
    /// The entry, by running number.
    pub entry: u32,
    /// The voice of the hits.
    pub voice: Voice,
    /// How many.
    pub hits: u32,
}

/// Hits about one side in one article and voice, that enter `count`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WhomCount {
    /// The article.
    pub article: u32,
    /// About whom.
    pub whom: Whom,
    /// The voice of the hits.
    pub voice: Voice,
    /// How many.
    pub hits: u32,
}

/// Hits of one pole of an axis in one article and voice, that enter `count`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoleCount {
    /// The article.
    pub article: u32,
    /// Whether it is the positive pole.
    pub positive: bool,
    /// The voice of the hits.
    pub voice: Voice,
    /// How many.
    pub hits: u32,
}

/// Hits of a path in one article, by voice, that enter `count`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voiced {
    /// The article.
    pub article: u32,
    /// Hits by [`Voice`].
    pub hits: [u32; 3],
}

impl Units {
    /// No articles yet. `columns` are the names of the metadata kept.
    pub fn new(vocabulary: Vocabulary, columns: &[&str]) -> Units {
        Units {
            paths: vec![PathUnits::default(); vocabulary.paths.len()],
            axes: vec![Vec::new(); vocabulary.axes.len()],
            vocabulary,
            columns: columns.iter().map(|name| Column::named(name)).collect(),
            ..Units::default()
        }
    }

    /// Takes articles out of their groups, so that they take no part in any comparison: copies inside a group.
    pub fn leave_out(&mut self, articles: impl IntoIterator<Item = u32>) {
        articles.into_iter().for_each(|article| self.group.of_article[article as usize] = NONE);
    }

    /// How many articles.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// All articles.
    pub fn articles(&self) -> Range<u32> {
        0..self.len() as u32
    }

    /// Articles that were left out because they have no group.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The identifier of an article.
    pub fn id(&self, article: u32) -> &str {
        self.ids.get(article as usize)
    }

    /// The groups, in order of appearance, and each article's.
    pub fn groups(&self) -> &Column {
        &self.group
    }

    /// The group of an article: which of [`Self::groups`].
    pub fn group(&self, article: u32) -> u32 {
        self.group.number(article).unwrap_or(NONE)
    }

    /// The languages, as named or detected.
    pub fn languages(&self) -> &Column {
        &self.language
    }

    /// A column of metadata, if it was kept.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The columns of metadata that were kept.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Whether words and hits are known by zone; a stored table has them by voice only.
    pub fn has_zones(&self) -> bool {
        !self.lacks_zones
    }

    /// Says that zones are not known: all words and hits stand in the body.
    pub fn without_zones(&mut self) {
        self.lacks_zones = true;
    }

    /// Whether an article has a title.
    pub fn has_title(&self, article: u32) -> bool {
        self.has_title[article as usize]
    }

    /// Sentences of an article.
    pub fn sentences(&self, article: u32) -> u32 {
        self.sentences[article as usize]
    }

    /// The hash of an article's tokens ([`content_hash`]).
    pub fn content(&self, article: u32) -> u64 {
        self.content[article as usize]
    }

    /// Words of an article by zone and voice.
    pub fn words(&self, article: u32) -> &[[u32; 3]; 4] {
        &self.words[article as usize]
    }

    /// Words of an article in quotations of 1 to 3 words.
    pub fn short_words(&self, article: u32) -> u32 {
        self.short_words[article as usize]
    }

    /// Words of an article in these voices and zones.
    pub fn words_in(&self, article: u32, voices: VoiceSet, zones: ZoneSet) -> u64 {
        let table = &self.words[article as usize];
        let zone = |zone: Zone| voices.iter().map(|voice| u64::from(table[zone as usize][voice as usize])).sum::<u64>();
        zones.iter().map(zone).sum()
    }

    /// All words of an article.
    pub fn all_words(&self, article: u32) -> u64 {
        self.words_in(article, VoiceSet::ALL, ZoneSet::ALL)
    }

    /// The share of an article's words inside quotation marks; none without words.
    pub fn quoted_share(&self, article: u32) -> Option<f64> {
        let all = self.all_words(article);
        (all > 0).then(|| self.words_in(article, VoiceSet::QUOTED, ZoneSet::ALL) as f64 / all as f64)
    }

    /// Words of every article in which hits of a path are counted in a voice, 0 for an article that was left out for its
    /// language; none where its lexicon counts nothing there.
    pub fn exposure(&self, path: u32, voice: Headline) -> Option<Vec<u64>> {
        let (voices, zones) = self.vocabulary.scope(path, voice)?;
        let lexicon = self.vocabulary.paths[path as usize].lexicon;
        Some(self.articles().map(|article| self.words_for(lexicon, article, voices, zones)).collect())
    }

    /// Hits of a path that enter `count` in a voice, in the articles that have any; none where its lexicon counts
    /// nothing there.
    pub fn hits(&self, path: u32, voice: Headline) -> Option<SparseHits> {
        let (voices, zones) = self.vocabulary.scope(path, voice)?;
        Some(self.hits_in(path, voices, zones))
    }

    /// Hits of a path in these voices and zones, whether they enter `count` or not.
    pub fn hits_in(&self, path: u32, voices: VoiceSet, zones: ZoneSet) -> SparseHits {
        let slots = Zone::ALL.into_iter().filter(|zone| zones.contains(*zone));
        let slots = slots.flat_map(|zone| voices.iter().map(move |voice| zone as u32 * 3 + voice as u32));
        self.sum_slots(path, slots.fold(0, |mask, slot| mask | 1 << slot))
    }

    /// Hits of a path in quotations of 1 to 3 words, over all zones.
    pub fn short_hits(&self, path: u32) -> SparseHits {
        self.sum_slots(path, 1 << SHORT)
    }

    /// Hits of a path with a negation before them, over all voices and zones.
    pub fn negated_hits(&self, path: u32) -> SparseHits {
        self.sum_slots(path, 1 << NEGATED)
    }

    fn sum_slots(&self, path: u32, mask: u32) -> SparseHits {
        let mut found = SparseHits::default();
        for cell in &self.paths[path as usize].cells {
            if mask & 1 << (cell.packed >> SLOT_SHIFT) == 0 {
                continue;
            }
            let hits = cell.packed & NUMBER;
            match (found.articles.last(), found.counts.last_mut()) {
                (Some(&last), Some(sum)) if last == cell.article => *sum += hits,
                _ => {
                    found.articles.push(cell.article);
                    found.counts.push(hits);
                }
            }
        }
        found
    }

    /// Hits and words of a path in a voice, one row an article; none where its lexicon counts nothing there.
    pub fn counts(&self, path: u32, voice: Headline) -> Option<Vec<Count>> {
        let words = self.exposure(path, voice)?;
        let mut counts: Vec<Count> = words.into_iter().map(|words| Count { hits: 0, words }).collect();
        let hits = self.hits(path, voice)?;
        for (article, n) in hits.articles.iter().zip(&hits.counts) {
            counts[*article as usize].hits = u64::from(*n);
        }
        Some(counts)
    }

    /// Hits of a path by entry, article by article; empty where entries are not known.
    pub fn entries(&self, path: u32) -> impl Iterator<Item = EntryCount> + '_ {
        self.paths[path as usize].entries.iter().map(|cell| EntryCount {
            article: cell.article,
            entry: cell.entry,
            voice: voice_of(cell.packed >> SLOT_SHIFT),
            hits: cell.packed & NUMBER,
        })
    }

    /// Hits of a path by whom they are about, article by article. Sides are numbered as in [`super::PathFacts::sides`].
    pub fn whom(&self, path: u32) -> impl Iterator<Item = WhomCount> + '_ {
        self.paths[path as usize].whom.iter().map(|cell| WhomCount {
            article: cell.article,
            whom: cell.whom,
            voice: voice_of(cell.packed >> SLOT_SHIFT),
            hits: cell.packed & NUMBER,
        })
    }

    /// Hits of an axis' poles, article by article.
    pub fn poles(&self, axis: u32) -> impl Iterator<Item = PoleCount> + '_ {
        self.axes[axis as usize].iter().map(|cell| PoleCount {
            article: cell.article,
            positive: cell.packed >> SLOT_SHIFT < 4,
            voice: voice_of(cell.packed >> SLOT_SHIFT & 3),
            hits: cell.packed & NUMBER,
        })
    }

    /// Hits of a path that enter `count`, by voice, in the articles that have any.
    pub fn by_voice(&self, path: u32) -> Vec<Voiced> {
        let lexicon = self.vocabulary.lexicon_of(path);
        let mut found: Vec<Voiced> = Vec::new();
        for cell in &self.paths[path as usize].cells {
            let slot = cell.packed >> SLOT_SHIFT;
            let (zone, voice) = (slot / 3, voice_of(slot));
            let counts = Zone::ALL.get(zone as usize).is_some_and(|zone| lexicon.zones.contains(*zone));
            if !counts || !lexicon.voices.contains(voice) {
                continue;
            }
            if found.last().is_none_or(|last| last.article != cell.article) {
                found.push(Voiced { article: cell.article, hits: [0; 3] });
            }
            if let Some(last) = found.last_mut() {
                last.hits[voice as usize] += cell.packed & NUMBER;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests;
