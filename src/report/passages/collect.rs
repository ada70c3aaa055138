//! Keeping the hits and articles of smallest priority while the corpus goes by.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use framescope_core::lexicon::LexiconSet;
use framescope_core::score::ArticleScore;
use framescope_core::text::{Article, Voice};

use super::company::{Companion, company};
use super::priority::priority;
use super::window::title_tokens;
use super::{Cited, Found, SharedCited, Shown, Story, Window};
use crate::compare::Groups;
use crate::corpus::is_other_language;

/// How many lines of a path and group are kept at most.
pub const LINES_KEPT: usize = 60;

/// How many lines are kept in all: about 100 MB of them. Where paths times groups would exceed it, each has fewer.
const LINES_IN_ALL: usize = 200_000;

/// How many articles are kept to be set side by side.
const STORIES_KEPT: usize = 2_000;

/// A path and a group, the group by its number in [`Passages::groups`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellKey {
    /// The path, counted through all lexicons of the run.
    pub path: u32,
    /// The group.
    pub group: u32,
}

/// A hit that was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The article.
    pub cited: SharedCited,
    /// What was found.
    pub found: Found,
    /// The words around it; none where no text is shown.
    pub window: Option<Window>,
    /// What else was found in the same part of its sentence.
    pub company: Box<[Companion]>,
    /// The smallest are kept.
    priority: u64,
    /// Which article of the corpus it is, from 0.
    pub article: u64,
}

impl Line {
    /// What lines are kept by; the rest decides between equal hashes, so that chance never does.
    fn rank(&self) -> (u64, u64, u32, u32, u32) {
        (self.priority, self.article, self.found.first_token, self.found.end_token, self.found.entry)
    }

    /// What lines are kept by: those of smallest priority.
    pub fn priority(&self) -> u64 {
        self.priority
    }

    /// The order in which an article's lines are read.
    fn reading_order(&self) -> (u64, u32, u32, u32) {
        (self.article, self.found.first_token, self.found.end_token, self.found.entry)
    }
}

/// The hits of a path in a group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// All hits by voice.
    pub hits: [u64; 3],
    /// Those kept, in no order until [`Passages::finish`].
    pub lines: Vec<Line>,
}

impl Cell {
    /// All hits.
    pub fn total(&self) -> u64 {
        self.hits.iter().sum()
    }

    /// Keeps the lines of smallest rank.
    fn trim(&mut self, keep: usize) {
        if self.lines.len() > keep {
            self.lines.sort_unstable_by_key(Line::rank);
            self.lines.truncate(keep);
        }
    }
}

/// What was kept of a corpus, or of a part of it.
#[derive(Debug, Clone)]
pub struct Passages {
    seed: u64,
    shown: Shown,
    /// How many lines a cell keeps: fewer where there are very many cells.
    keep: usize,
    /// Articles so far.
    pub articles: u64,
    /// The groups met, in the order of their first article.
    pub groups: Groups,
    /// The cells.
    pub cells: BTreeMap<CellKey, Cell>,
    /// Articles by their event's priority, then by event and order.
    stories: BTreeMap<StoryKey, Story>,
    /// The event of smallest priority that was dropped: neither it nor any behind it comes back.
    dropped: Option<(u64, String)>,
    /// Articles that were left out again.
    left_out: u64,
}

/// An article that counts nowhere after all, such as a copy inside its group, and what was found in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Which article of the corpus it is, from 0.
    pub article: u64,
    /// Its group.
    pub group: String,
    /// The path of each of its hits that entered `count`, with the voice.
    pub hits: Vec<(u32, Voice)>,
}

/// Articles of an event stay together: they have its priority, and are dropped together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct StoryKey {
    priority: u64,
    event: String,
    article: u64,
}

/// An article and what was found in it.
#[derive(Debug, Clone, Copy)]
pub struct ReadStory<'a> {
    /// As it is named.
    pub cited: &'a Cited,
    /// Its text.
    pub article: &'a Article<'a>,
    /// Its language, as named or detected: hits of a lexicon for another one count nowhere.
    pub language: &'a str,
    /// What was found.
    pub score: &'a ArticleScore,
}

impl Passages {
    /// Nothing yet. The same seed keeps the same lines.
    pub fn new(seed: u64, shown: Shown) -> Passages {
        Passages {
            seed,
            shown,
            keep: LINES_KEPT,
            articles: 0,
            groups: Groups::default(),
            cells: BTreeMap::new(),
            stories: BTreeMap::new(),
            dropped: None,
            left_out: 0,
        }
    }

    /// How much text is kept.
    pub fn shown(&self) -> Shown {
        self.shown
    }

    /// The seed by which lines are kept.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Adds an article's hits; `cited.words` is filled in here.
    pub fn add(&mut self, read: ReadStory<'_>, set: &LexiconSet) {
        let ReadStory { cited, article, language, score } = read;
        let analysis = &score.analysis;
        let words = analysis.tokens.len() as u32 - title_tokens(analysis);
        let cited: SharedCited = Arc::new(Cited { words, ..cited.clone() });
        let number = self.articles;
        self.articles += 1;
        let group = self.groups.number(&cited.group).0;
        let found: Vec<Found> = score
            .resolution
            .hits
            .iter()
            .filter(|hit| {
                hit.counts && is_other_language(&set.lexicon(hit.lexicon).about.language, language) != Some(true)
            })
            .map(|hit| Found {
                path: set.path_number(hit.lexicon, hit.path),
                entry: set.entry_number(hit.lexicon, hit.entry),
                first_token: hit.first_token,
                end_token: hit.end_token,
                sentence: analysis.sentence_of(hit.first_token),
                zone: hit.zone,
                voice: hit.voice,
                short: hit.short,
                negated: hit.negated,
                about: hit.about,
            })
            .collect();
        for (hit, company) in found.iter().zip(company(&found)) {
            let cell = self.cells.entry(CellKey { path: hit.path, group }).or_default();
            cell.hits[hit.voice as usize] += 1;
            let priority = priority(self.seed, &cited.id, u64::from(hit.first_token) << 32 | u64::from(hit.end_token));
            let window = || Window::cut(article, analysis, hit.first_token, hit.end_token);
            cell.lines.push(Line {
                cited: Arc::clone(&cited),
                found: *hit,
                window: (self.shown != Shown::Nothing).then(window),
                company,
                priority,
                article: number,
            });
            // Twice as many before sorting out: once a cell is full, that is the cheaper way.
            if cell.lines.len() > 2 * self.keep {
                cell.trim(self.keep);
            }
        }
        let event = cited.event.clone().unwrap_or_else(|| cited.id.clone());
        let key = StoryKey { priority: priority(self.seed, &event, 0), event, article: number };
        if !self.is_dropped(&key) {
            let story = Story::new(cited, article, analysis, &found, self.shown == Shown::Full);
            self.stories.insert(key, story);
            self.trim_stories();
        }
    }

    /// Adds what was kept of the articles that follow.
    pub fn append(&mut self, after: Passages) {
        let numbers = self.groups.merge(&after.groups);
        let before = self.articles;
        self.articles += after.articles;
        for (CellKey { path, group }, cell) in after.cells {
            let own = self.cells.entry(CellKey { path, group: numbers[group as usize].0 }).or_default();
            for (own, more) in own.hits.iter_mut().zip(cell.hits) {
                *own += more;
            }
            own.lines.extend(cell.lines.into_iter().map(|line| Line { article: before + line.article, ..line }));
            own.trim(self.keep);
        }
        if let Some(dropped) = after.dropped {
            self.drop_from(dropped);
        }
        for (key, story) in after.stories {
            if !self.is_dropped(&key) {
                self.stories.insert(StoryKey { article: before + key.article, ..key }, story);
            }
        }
        self.trim_stories();
        self.fit();
    }

    /// Sorts everything into reading order, with at most so many lines a cell.
    pub fn finish(&mut self, keep: usize) {
        for cell in self.cells.values_mut() {
            cell.trim(keep.min(self.keep));
            cell.lines.sort_by_key(Line::reading_order);
        }
    }

    /// How many lines a cell may keep so that there are no more than this in all: the most that fits.
    pub fn lines_a_cell(&self, in_all: usize) -> usize {
        let total = |keep: usize| self.cells.values().map(|cell| cell.total().min(keep as u64) as usize).sum::<usize>();
        (1..=self.keep).rev().find(|keep| total(*keep) <= in_all).unwrap_or(1)
    }

    /// The articles kept, by event: events of smallest priority first, articles in their order.
    pub fn stories(&self) -> impl Iterator<Item = &Story> {
        self.stories.values()
    }

    /// Gives the articles kept the events that were found afterwards, by their number in the corpus; one without an event
    /// has none.
    pub fn name_events(&mut self, event_of: impl Fn(u64) -> Option<String>) {
        for (key, story) in &mut self.stories {
            story.cited = Arc::new(Cited { event: event_of(key.article), ..Cited::clone(&story.cited) });
        }
    }

    /// Leaves articles out again: what counts nowhere has no line. Which those are is known only when all have been read,
    /// so a list of which lines were drawn may show fewer than it could; its lines are drawn by chance all the same.
    pub fn leave_out(&mut self, articles: &[LeftOut]) {
        let numbers: HashSet<u64> = articles.iter().map(|left| left.article).collect();
        for left in articles {
            let Some(group) = self.groups.names().iter().position(|name| *name == left.group) else { continue };
            for (path, voice) in &left.hits {
                if let Some(cell) = self.cells.get_mut(&CellKey { path: *path, group: group as u32 }) {
                    let hits = &mut cell.hits[*voice as usize];
                    *hits = hits.saturating_sub(1);
                }
            }
        }
        self.cells.retain(|_, cell| {
            cell.lines.retain(|line| !numbers.contains(&line.article));
            cell.total() > 0
        });
        self.stories.retain(|key, _| !numbers.contains(&key.article));
        self.left_out += numbers.len() as u64;
    }

    /// How many articles were left out again.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Whether articles were dropped.
    pub fn dropped_stories(&self) -> bool {
        (self.stories.len() as u64) + self.left_out < self.articles
    }

    /// Halves what a cell keeps while there are too many lines. More articles only ever mean more lines, so the outcome
    /// does not depend on the pieces in which they came.
    fn fit(&mut self) {
        while self.keep > 1 && self.cells.values().map(|cell| cell.lines.len()).sum::<usize>() > LINES_IN_ALL {
            self.keep /= 2;
            for cell in self.cells.values_mut() {
                cell.trim(self.keep);
            }
        }
    }

    fn is_dropped(&self, key: &StoryKey) -> bool {
        self.dropped.as_ref().is_some_and(|(priority, event)| (key.priority, &key.event) >= (*priority, event))
    }

    /// Drops an event and those behind it.
    fn drop_from(&mut self, event: (u64, String)) {
        let behind = |key: &StoryKey| (key.priority, &key.event) >= (event.0, &event.1);
        self.stories.retain(|key, _| !behind(key));
        if self.dropped.as_ref().is_none_or(|dropped| event < *dropped) {
            self.dropped = Some(event);
        }
    }

    /// Drops whole events, those of largest priority, while there are too many articles. One event that is larger than
    /// the limit keeps its first articles.
    fn trim_stories(&mut self) {
        while self.stories.len() > STORIES_KEPT {
            let (Some((first, _)), Some((last, _))) = (self.stories.first_key_value(), self.stories.last_key_value())
            else {
                return;
            };
            if first.event == last.event {
                self.stories.pop_last();
            } else {
                self.drop_from((last.priority, last.event.clone()));
            }
        }
    }
}
