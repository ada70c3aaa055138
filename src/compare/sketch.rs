//! Corpora drawn up for tests: two outlets that do the same, to be bent where a test wants them bent.

use std::num::NonZeroUsize;

use framescope_core::lexicon::PathKind;
use framescope_core::text::{Voice, VoiceSet, ZoneSet};

use super::plan::Plan;
use super::result::Comparison;
use super::units::{StoredArticle, Units};
use super::vocabulary::{EntryFacts, LexiconFacts, PathFacts, Vocabulary};
use super::warnings::Evidence;
use super::{CompareError, compare};
use crate::pipeline::Interrupt;

/// A corpus being drawn up.
pub(super) struct Sketch {
    pub(super) vocabulary: Vocabulary,
    pub(super) columns: Vec<&'static str>,
    pub(super) articles: Vec<StoredArticle>,
    /// Article, path, entry, voice, one row a hit.
    pub(super) hits: Vec<(u32, u32, u32, Voice, Option<framescope_core::matching::Whom>)>,
    pub(super) plan: Plan,
    pub(super) evidence: Evidence,
}

/// A path without more to be said of it.
pub(super) fn path(id: &str, kind: PathKind, parent: Option<u32>) -> PathFacts {
    PathFacts {
        lexicon: 0,
        id: id.to_owned(),
        kind,
        parent,
        label: String::new(),
        definition: String::new(),
        connotation: String::new(),
        according_to: String::new(),
        is_experimental: false,
        sides: Vec::new(),
    }
}

impl Sketch {
    /// Two outlets with `articles` each, which cover the same events on the same days in the same genres, in 600 words
    /// outside and 150 inside quotations; path 0 is hit 3 or 4 times outside and once inside in each.
    pub(super) fn plain(articles: u32) -> Sketch {
        let lexicon = LexiconFacts {
            id: "test".to_owned(),
            version: "1".to_owned(),
            language: "en".to_owned(),
            validated: "on 400 articles of these outlets".to_owned(),
            developed_on: vec!["sha256:AB".to_owned()],
            voices: VoiceSet::ALL,
            zones: ZoneSet::ALL,
        };
        let vocabulary = Vocabulary {
            lexicons: vec![lexicon],
            paths: vec![path("cost", PathKind::Category, None)],
            entries: (0..6).map(|n| EntryFacts { path: 0, term: format!("word{n}"), weight: 1.0 }).collect(),
            ..Vocabulary::default()
        };
        let mut sketch = Sketch {
            vocabulary,
            columns: vec!["genre", "date", "event", "translated"],
            articles: Vec::new(),
            hits: Vec::new(),
            plan: Plan::new("outlet", NonZeroUsize::MIN),
            evidence: Evidence::default(),
        };
        for outlet in ["Courier", "Herald"] {
            for n in 0..articles {
                let genre = if n % 3 == 0 { "opinion" } else { "news" };
                sketch.articles.push(StoredArticle {
                    id: format!("{outlet}-{n}"),
                    group: outlet.to_owned(),
                    language: "en".to_owned(),
                    columns: [genre.to_owned(), format!("2031-03-{:02}", 1 + n % 28), format!("e{n}"), String::new()]
                        .into(),
                    words: [500 + 10 * (n % 7), 100, 150],
                    short_words: 5,
                    sentences: 30,
                    has_title: true,
                    paths: vec![(0, [3 + n % 2, 0, 1], 0, 0)],
                    poles: Vec::new(),
                });
            }
        }
        sketch
    }

    /// Adds a path that no article has yet, and returns its number.
    pub(super) fn add_path(&mut self, id: &str, kind: PathKind, parent: Option<u32>) -> u32 {
        self.vocabulary.paths.push(path(id, kind, parent));
        self.vocabulary.paths.len() as u32 - 1
    }

    /// The articles of an outlet.
    pub(super) fn of(&mut self, outlet: &str) -> impl Iterator<Item = &mut StoredArticle> {
        self.articles.iter_mut().filter(move |article| article.group == outlet)
    }

    pub(super) fn units(&self) -> Units {
        let mut vocabulary = self.vocabulary.clone();
        vocabulary.referents.clear();
        vocabulary.find_referents();
        let mut units = Units::new(vocabulary, &self.columns);
        self.articles.iter().for_each(|article| units.add_stored(article));
        if !self.hits.is_empty() {
            units.add_hits(&self.hits);
        }
        units
    }

    pub(super) fn compared(&self) -> Result<Comparison, CompareError> {
        let mut units = self.units();
        units.leave_out_other_languages();
        compare(&units, &self.plan, &self.evidence, &Interrupt::never())
    }

    /// The codes of the warnings that fire, each once.
    pub(super) fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<&str> = self.compared().unwrap().warnings.iter().map(|warning| warning.code).collect();
        codes.dedup();
        codes
    }
}
