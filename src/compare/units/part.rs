//! How a worker fills rows of articles, and how its part is put behind those before it.

use std::hash::Hasher as _;

use framescope_core::lexicon::LexiconSet;
use framescope_core::score::ArticleScore;
use framescope_core::text::{Article, Zone};
use rustc_hash::FxHasher;

use super::Units;
use super::column::Strings;
use super::packed::{Cell, EntryCell, NEGATED, PoleCell, SHORT, SLOT_SHIFT, WhomCell, add_packed, merge, pack};

/// What is said of an article beside its score.
#[derive(Debug, Clone, Copy)]
pub struct ArticleFacts<'a> {
    /// Its identifier.
    pub id: &'a str,
    /// Its group; an article without one is left out and counted.
    pub group: Option<&'a str>,
    /// Its language, as named or detected.
    pub language: &'a str,
    /// Its metadata, one value a column kept.
    pub columns: &'a [Option<&'a str>],
    /// A hash of its tokens.
    pub content: u64,
}

/// What a worker keeps of some articles, row by row.
#[derive(Debug, Default)]
pub struct UnitsPart {
    ids: Strings,
    group: Strings,
    language: Strings,
    /// The values of all columns, article by article; an empty one is none.
    columns: Strings,
    words: Vec<[[u32; 3]; 4]>,
    short_words: Vec<u32>,
    sentences: Vec<u32>,
    has_title: Vec<bool>,
    content: Vec<u64>,
    cells: Vec<(u32, Cell)>,
    entries: Vec<(u32, EntryCell)>,
    whom: Vec<(u32, WhomCell)>,
    poles: Vec<(u32, PoleCell)>,
    left_out: u64,
}

impl UnitsPart {
    /// Articles in the part.
    pub fn articles(&self) -> usize {
        self.words.len()
    }

    /// Adds an article that `set` was matched in.
    pub fn add(&mut self, facts: &ArticleFacts<'_>, set: &LexiconSet, score: &ArticleScore) {
        let Some(group) = facts.group.map(str::trim).filter(|group| !group.is_empty()) else {
            self.left_out += 1;
            return;
        };
        let article = self.words.len() as u32;
        self.ids.push(facts.id);
        self.group.push(group);
        self.language.push(facts.language);
        facts.columns.iter().for_each(|value| self.columns.push(value.unwrap_or_default()));
        let tally = &score.tally;
        self.words.push(tally.words);
        self.short_words.push(tally.quoted_short_words);
        self.sentences.push(tally.sentences);
        self.has_title.push(tally.has_title);
        self.content.push(facts.content);
        for &path in &tally.touched_paths {
            let row = &tally.paths[path as usize];
            let mut push = |slot: u32, hits: u32| {
                pack(slot, hits, |packed| self.cells.push((path, Cell { article, packed })));
            };
            for (zone, by_voice) in row.hits.iter().enumerate() {
                for (voice, hits) in by_voice.iter().enumerate() {
                    push((zone * 3 + voice) as u32, *hits);
                }
            }
            push(SHORT, row.short);
            push(NEGATED, row.negated);
        }
        for &axis in &tally.touched_axes {
            let row = &tally.axes[axis as usize];
            for (negative, by_voice) in [(0, row.positive), (4, row.negative)] {
                for (voice, hits) in by_voice.into_iter().enumerate() {
                    pack(negative + voice as u32, hits, |packed| self.poles.push((axis, PoleCell { article, packed })));
                }
            }
        }
        self.add_entries(article, set, score);
    }

    /// Hits by entry and by whom they are about. A path holds a hit of a path under it as its own.
    fn add_entries(&mut self, article: u32, set: &LexiconSet, score: &ArticleScore) {
        let (first_entry, first_whom) = (self.entries.len(), self.whom.len());
        for counted in &score.resolution.counted {
            let hit = &score.resolution.hits[counted.hit as usize];
            if !hit.counts {
                continue;
            }
            let packed = (hit.voice as u32) << SLOT_SHIFT | 1;
            let entry = set.entry_number(hit.lexicon, hit.entry);
            self.entries.push((counted.path, EntryCell { article, entry, packed }));
            let lexicon = set.lexicon(hit.lexicon);
            let place = counted.path - set.path_number(hit.lexicon, framescope_core::lexicon::PathId(0));
            let asked = |path: u32| lexicon.paths[path as usize].about;
            // A path above asks about the same sides, or not at all.
            if let (Some(whom), true) = (hit.about, asked(place) == asked(hit.path.0)) {
                self.whom.push((counted.path, WhomCell { article, whom, packed }));
            }
        }
        let entries = &mut self.entries[first_entry..];
        entries.sort_unstable_by_key(|(path, cell)| (*path, cell.entry, cell.packed));
        let kept = merge(entries, |a, b| {
            let same = (a.0, a.1.entry, a.1.packed >> SLOT_SHIFT) == (b.0, b.1.entry, b.1.packed >> SLOT_SHIFT);
            add_packed(same, &mut a.1.packed, b.1.packed)
        });
        self.entries.truncate(first_entry + kept);
        let whom = &mut self.whom[first_whom..];
        whom.sort_unstable_by_key(|(path, cell)| (*path, cell.whom, cell.packed));
        let kept = merge(whom, |a, b| {
            let same = (a.0, a.1.whom, a.1.packed >> SLOT_SHIFT) == (b.0, b.1.whom, b.1.packed >> SLOT_SHIFT);
            add_packed(same, &mut a.1.packed, b.1.packed)
        });
        self.whom.truncate(first_whom + kept);
    }
}

/// A hash of an article's tokens outside its title, as they are spelled: equal texts under other titles, with other
/// spaces, marks or page furniture, are equal.
pub fn content_hash(article: &Article<'_>, score: &ArticleScore) -> u64 {
    let analysis = &score.analysis;
    let mut hasher = FxHasher::default();
    for sentence in analysis.sentences.iter().filter(|sentence| sentence.zone != Zone::Title) {
        let source = article.source(analysis.paragraphs[sentence.paragraph as usize].field);
        for token in &analysis.tokens[sentence.first_token as usize..sentence.end_token as usize] {
            hasher.write(source.as_bytes().get(token.start as usize..token.end as usize).unwrap_or_default());
            hasher.write_u8(0xff);
        }
    }
    hasher.finish()
}

impl Units {
    /// Adds the articles of a part behind those there are.
    pub fn append(&mut self, part: UnitsPart) {
        let before = self.len() as u32;
        for article in 0..part.articles() {
            self.ids.push(part.ids.get(article));
            self.group.push(Some(part.group.get(article)));
            self.language.push(Some(part.language.get(article)));
            let kept = self.columns.len();
            for (number, column) in self.columns.iter_mut().enumerate() {
                column.push(Some(part.columns.get(article * kept + number)));
            }
        }
        self.words.extend(part.words);
        self.short_words.extend(part.short_words);
        self.sentences.extend(part.sentences);
        self.has_title.extend(part.has_title);
        self.content.extend(part.content);
        for (path, cell) in part.cells {
            self.paths[path as usize].cells.push(Cell { article: before + cell.article, ..cell });
        }
        for (path, cell) in part.entries {
            self.paths[path as usize].entries.push(EntryCell { article: before + cell.article, ..cell });
        }
        for (path, cell) in part.whom {
            self.paths[path as usize].whom.push(WhomCell { article: before + cell.article, ..cell });
        }
        for (axis, cell) in part.poles {
            self.axes[axis as usize].push(PoleCell { article: before + cell.article, ..cell });
        }
        self.left_out += part.left_out;
    }
}
