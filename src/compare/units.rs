//! What comparing keeps of a corpus: a few numbers an article, and for every path the articles that hold it.
//!
//! Nearly all articles have no hit of nearly all paths, so hits are kept in sparse columns, one a path, in the order of
//! the articles. 100,000 articles with hits on 50 paths each are about 400 MB, entries included; a usual corpus (a
//! fifth of that) 100 MB. Workers fill a [`UnitsPart`] row by row; parts are appended in the order of the input, so the
//! columns are the same for any number of threads.
//!
//! Hits are those that enter `count` in the sense of the lexicon's `voices` and `zones`, unless a function says
//! otherwise. Words are those of the same voices and zones ([`Vocabulary::scope`]).

use std::hash::Hasher as _;
use std::ops::Range;

use framescope_core::lexicon::LexiconSet;
use framescope_core::matching::Whom;
use framescope_core::score::{ArticleScore, Headline};
use framescope_core::stats::{Count, SparseHits};
use framescope_core::text::{Article, Voice, VoiceSet, Zone, ZoneSet};
use rustc_hash::{FxHashMap, FxHasher};

use super::vocabulary::Vocabulary;
use crate::corpus::known_language;

/// Slots beside the 12 of zone and voice.
const SHORT: u32 = 12;
const NEGATED: u32 = 13;
/// A number and its slot in 32 bits.
const SLOT_SHIFT: u32 = 28;
const NUMBER: u32 = (1 << SLOT_SHIFT) - 1;
/// No value in a column.
const NONE: u32 = u32::MAX;

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
}

/// The hits of one path, sparse.
#[derive(Debug, Clone, Default)]
pub struct PathUnits {
    cells: Vec<Cell>,
    entries: Vec<EntryCell>,
    whom: Vec<WhomCell>,
}

/// A number in a slot (zone and voice, short, negated) of an article. A number too large for 28 bits takes several
/// cells: cells of one slot are added.
#[derive(Debug, Clone, Copy)]
struct Cell {
    article: u32,
    packed: u32,
}

#[derive(Debug, Clone, Copy)]
struct EntryCell {
    article: u32,
    entry: u32,
    /// The voice above 28 bits of hits.
    packed: u32,
}

#[derive(Debug, Clone, Copy)]
struct WhomCell {
    article: u32,
    whom: Whom,
    packed: u32,
}

#[derive(Debug, Clone, Copy)]
struct PoleCell {
    article: u32,
    /// The voice, plus 4 on the negative pole, above 28 bits of hits.
    packed: u32,
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

/// A column of metadata: few values, many articles.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Its name.
    pub name: String,
    values: Vec<String>,
    numbers: FxHashMap<String, u32>,
    of_article: Vec<u32>,
}

impl Column {
    fn named(name: &str) -> Column {
        Column { name: name.to_owned(), ..Column::default() }
    }

    /// The distinct values in order of appearance.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// The value of an article, if it has one.
    pub fn of(&self, article: u32) -> Option<&str> {
        self.number(article).map(|number| self.values[number as usize].as_str())
    }

    /// Which of [`Self::values`] an article has, if any.
    pub fn number(&self, article: u32) -> Option<u32> {
        self.of_article.get(article as usize).copied().filter(|number| *number != NONE)
    }

    /// How many articles it knows of.
    pub fn len(&self) -> usize {
        self.of_article.len()
    }

    /// Whether it knows of none.
    pub fn is_empty(&self) -> bool {
        self.of_article.is_empty()
    }

    /// A column that is known otherwise than from the corpus.
    pub fn of_values<'a>(name: &str, values: impl IntoIterator<Item = Option<&'a str>>) -> Column {
        let mut column = Column::named(name);
        values.into_iter().for_each(|value| column.push(value));
        column
    }

    fn push(&mut self, value: Option<&str>) {
        let number = value.map(str::trim).filter(|value| !value.is_empty()).map_or(NONE, |value| {
            self.numbers.get(value).copied().unwrap_or_else(|| {
                let number = self.values.len() as u32;
                self.values.push(value.to_owned());
                self.numbers.insert(value.to_owned(), number);
                number
            })
        });
        self.of_article.push(number);
    }
}

/// Strings one after the other.
#[derive(Debug, Clone, Default)]
struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    fn range(&self, number: usize) -> Range<usize> {
        (if number == 0 { 0 } else { self.ends[number - 1] })..self.ends[number]
    }

    fn get(&self, number: usize) -> &str {
        &self.text[self.range(number)]
    }
}

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

/// An article as a long table has it: hits and words by voice, wherever they stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct StoredArticle {
    pub(super) id: String,
    pub(super) group: String,
    pub(super) language: String,
    pub(super) columns: Vec<String>,
    pub(super) words: [u32; 3],
    pub(super) short_words: u32,
    pub(super) sentences: u32,
    pub(super) has_title: bool,
    /// Path, hits by voice, short, negated.
    pub(super) paths: Vec<(u32, [u32; 3], u32, u32)>,
    /// Axis, hits of the positive and of the negative pole outside quotation marks.
    pub(super) poles: Vec<(u32, u32, u32)>,
}

impl StoredArticle {
    /// Forgets the last article and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.paths.clear();
        self.poles.clear();
    }
}

/// A number in as many cells as it takes; none for 0.
fn pack(slot: u32, mut number: u32, mut push: impl FnMut(u32)) {
    while number > 0 {
        let part = number.min(NUMBER);
        push(slot << SLOT_SHIFT | part);
        number -= part;
    }
}

/// Adds `more` to `sum` if they are of the same kind and the sum fits.
fn add_packed(same: bool, sum: &mut u32, more: u32) -> bool {
    let fits = same && (*sum & NUMBER) + (more & NUMBER) <= NUMBER;
    if fits {
        *sum += more & NUMBER;
    }
    fits
}

/// Moves the rows that stay to the front and returns how many they are; `join` adds a row to the one before it, if it may.
fn merge<T: Copy>(rows: &mut [T], mut join: impl FnMut(&mut T, &T) -> bool) -> usize {
    let mut kept = 0;
    for next in 0..rows.len() {
        let row = rows[next];
        if kept == 0 || !join(&mut rows[kept - 1], &row) {
            rows[kept] = row;
            kept += 1;
        }
    }
    kept
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

    /// Takes articles out of their groups, so that they take no part in any comparison: copies inside a group.
    pub fn leave_out(&mut self, articles: impl IntoIterator<Item = u32>) {
        articles.into_iter().for_each(|article| self.group.of_article[article as usize] = NONE);
    }

    /// Adds an article of a stored table. Zones are not known there, so all stands in the body.
    pub(super) fn add_stored(&mut self, stored: &StoredArticle) {
        if stored.group.trim().is_empty() {
            self.left_out += 1;
            return;
        }
        let article = self.len() as u32;
        self.ids.push(&stored.id);
        self.group.push(Some(&stored.group));
        self.language.push(Some(&stored.language));
        for (column, value) in self.columns.iter_mut().zip(&stored.columns) {
            column.push(Some(value));
        }
        let mut words = [[0; 3]; 4];
        words[Zone::Body as usize] = stored.words;
        self.words.push(words);
        self.short_words.push(stored.short_words);
        self.sentences.push(stored.sentences);
        self.has_title.push(stored.has_title);
        self.content.push(0);
        for (path, hits, short, negated) in &stored.paths {
            let cells = &mut self.paths[*path as usize].cells;
            let in_body = (0..).map(|voice| Zone::Body as u32 * 3 + voice).zip(hits.iter().copied());
            for (slot, n) in in_body.chain([(SHORT, *short), (NEGATED, *negated)]) {
                pack(slot, n, |packed| cells.push(Cell { article, packed }));
            }
        }
        for (axis, positive, negative) in &stored.poles {
            let cells = &mut self.axes[*axis as usize];
            pack(Voice::Narrator as u32, *positive, |packed| cells.push(PoleCell { article, packed }));
            pack(Voice::Narrator as u32 + 4, *negative, |packed| cells.push(PoleCell { article, packed }));
        }
    }

    /// Adds hits one by one, sorted by article: article, own path, entry, voice, about whom. A path above holds those
    /// under it. Returns the paths whose entries then do not sum to their hits; they are left without entries.
    pub(super) fn add_hits(&mut self, hits: &[(u32, u32, u32, Voice, Option<Whom>)]) -> Vec<u32> {
        for &(article, own, entry, voice, whom) in hits {
            let packed = (voice as u32) << SLOT_SHIFT | 1;
            let lineage: Vec<u32> = self.vocabulary.lineage(own).collect();
            for path in lineage {
                let units = &mut self.paths[path as usize];
                units.entries.push(EntryCell { article, entry, packed });
                let asks_alike =
                    self.vocabulary.paths[path as usize].sides == self.vocabulary.paths[own as usize].sides;
                if let (Some(whom), true) = (whom, asks_alike) {
                    units.whom.push(WhomCell { article, whom, packed });
                }
            }
        }
        let mut incomplete = Vec::new();
        for path in 0..self.paths.len() as u32 {
            let counted: u64 =
                self.hits_in(path, VoiceSet::ALL, ZoneSet::ALL).counts.iter().map(|n| u64::from(*n)).sum();
            let units = &mut self.paths[path as usize];
            units.entries.sort_by_key(|cell| (cell.article, cell.entry, cell.packed >> SLOT_SHIFT));
            let kept = merge(&mut units.entries, |a, b| {
                let same = (a.article, a.entry, a.packed >> SLOT_SHIFT) == (b.article, b.entry, b.packed >> SLOT_SHIFT);
                add_packed(same, &mut a.packed, b.packed)
            });
            units.entries.truncate(kept);
            let listed: u64 = units.entries.iter().map(|cell| u64::from(cell.packed & NUMBER)).sum();
            if listed != counted {
                units.entries = Vec::new();
                units.whom = Vec::new();
                incomplete.push(path);
            }
        }
        incomplete
    }

    /// Forgets the axes.
    pub(super) fn without_axes(&mut self) {
        self.vocabulary.axes.clear();
        self.axes.clear();
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

    /// Whether an article is in another language than a lexicon; none where one of them is not known.
    pub fn is_other_language(&self, article: u32, lexicon: u32) -> Option<bool> {
        let own = known_language(&self.vocabulary.lexicons[lexicon as usize].language)?;
        Some(known_language(self.language.of(article)?)? != own)
    }

    /// Words of every article in which hits of a path are counted in a voice; none where its lexicon counts nothing
    /// there.
    pub fn exposure(&self, path: u32, voice: Headline) -> Option<Vec<u64>> {
        let (voices, zones) = self.vocabulary.scope(path, voice)?;
        Some(self.articles().map(|article| self.words_in(article, voices, zones)).collect())
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

    /// Adds hits of a path by entry that are known otherwise than from the corpus; articles must come in order.
    pub(super) fn push_entry(&mut self, path: u32, EntryCount { article, entry, voice, hits }: EntryCount) {
        let cells = &mut self.paths[path as usize].entries;
        pack(voice as u32, hits, |packed| cells.push(EntryCell { article, entry, packed }));
    }

    /// What comes from a stored table: no entries, nobody that hits are about.
    #[cfg(test)]
    pub(super) fn forget_words(&mut self) {
        self.paths.iter_mut().for_each(|path| (path.entries, path.whom) = Default::default());
    }

    /// The same of hits by whom they are about.
    pub(super) fn push_whom(&mut self, path: u32, WhomCount { article, whom, voice, hits }: WhomCount) {
        let cells = &mut self.paths[path as usize].whom;
        pack(voice as u32, hits, |packed| cells.push(WhomCell { article, whom, packed }));
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

fn voice_of(number: u32) -> Voice {
    Voice::ALL[number as usize % 3]
}

#[cfg(test)]
#[path = "units_tests.rs"]
mod tests;
