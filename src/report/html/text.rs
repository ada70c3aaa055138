//! Which words of each article are shown: one allowance an article, over all places of the page.

use std::collections::{HashMap, HashSet};

use super::super::page::{BesideSet, DeskArticle, DeskSet, Desks};
use super::super::passages::{Allowance, Excerpt, Found, Line, Passages, Shown, Story, Window};
use super::desks::chosen;
use crate::compare::events::{ChangeKind, Wordings};

/// What may be shown of each hit, and of each place where two copies differ.
#[derive(Debug, Default)]
pub(super) struct Dealt {
    articles: HashMap<String, Vec<Option<(u32, u32)>>>,
    hits: HashMap<Asked, usize>,
    places: HashMap<Asked, usize>,
    shown: Shown,
}

/// What was asked for: words of an article, by its identifier, first word and end, and the window they may grow in.
type Asked = (String, (u32, u32), (u32, u32));

/// What was asked for so far.
#[derive(Default)]
struct Asking {
    allowances: HashMap<String, (u32, Allowance)>,
    hits: HashMap<Asked, usize>,
    places: HashMap<Asked, usize>,
}

impl Asking {
    fn allowance(&mut self, id: &str, article_words: u32) -> &mut Allowance {
        &mut self.allowances.entry(id.to_owned()).or_insert_with(|| (article_words, Allowance::default())).1
    }

    fn ask_hit(&mut self, (id, article_words): (&str, u32), found: &Found, window: &Window) {
        if window.in_title {
            return;
        }
        let (words, window) = ((found.first_token, found.end_token), (window.first, window.end()));
        let number = self.allowance(id, article_words).ask(words, window);
        self.hits.insert((id.to_owned(), words, window), number);
    }

    fn ask_place(&mut self, Place { article, words, window, .. }: &Place<'_>) {
        let number = self.allowance(&article.id, article.words).ask_bare(*words, *window);
        self.places.insert((article.id.clone(), *words, *window), number);
    }

    fn deal(self, shown: Shown) -> Dealt {
        let dealt = self.allowances.into_iter().map(|(id, (words, allowance))| (id, allowance.deal(words)));
        Dealt { articles: dealt.collect(), hits: self.hits, places: self.places, shown }
    }
}

/// The words around those in which a copy differs.
pub(super) struct DeskWords {
    /// Before.
    pub(super) left: String,
    /// Behind.
    pub(super) right: String,
}

/// Words of a copy that are asked for.
struct Place<'a> {
    article: &'a DeskArticle,
    words: (u32, u32),
    window: (u32, u32),
    /// Whether a hit comes, goes or is another there.
    tells: bool,
}

impl Dealt {
    /// Deals out the words of all articles. First come the places in which two copies differ in their hits: there is no
    /// clearer evidence. Then lines, those of smallest priority before others, so that chance and not the order of paths
    /// decides whose words are shown; then what is set side by side, and the other places in which copies differ.
    pub(super) fn of(passages: &Passages, sets: &[BesideSet], desks: &Desks) -> Dealt {
        let mut asking = Asking::default();
        if passages.shown() != Shown::Excerpts {
            return asking.deal(passages.shown());
        }
        let places: Vec<Place<'_>> = desks.sets.iter().flat_map(places_of).collect();
        let ask_places = |asking: &mut Asking, tells: bool| {
            for place in places.iter().filter(|place| place.tells == tells) {
                asking.ask_place(place);
            }
        };
        ask_places(&mut asking, true);
        let mut lines: Vec<&Line> = passages.cells.values().flat_map(|cell| &cell.lines).collect();
        lines.sort_by_key(|line| (line.priority(), line.article, line.found.path));
        for line in lines {
            if let Some(window) = &line.window {
                asking.ask_hit((&line.cited.id, line.cited.words), &line.found, window);
            }
        }
        let wanted: HashSet<&str> = sets.iter().flat_map(|set| set.articles.iter().map(String::as_str)).collect();
        for story in passages.stories().filter(|story| wanted.contains(story.cited.id.as_str())) {
            for hit in &story.hits {
                asking.ask_hit((&story.cited.id, story.cited.words), &hit.found, &hit.window);
            }
        }
        ask_places(&mut asking, false);
        asking.deal(Shown::Excerpts)
    }

    /// The words of a line.
    pub(super) fn line<'a>(&self, line: &'a Line) -> Option<Excerpt<'a>> {
        self.excerpt(&line.cited.id, &line.found, line.window.as_ref()?)
    }

    /// The words shown around a story's hit: the first, and one past the last.
    pub(super) fn range(&self, story: &Story, number: usize) -> Option<(u32, u32)> {
        let hit = story.hits.get(number)?;
        self.range_of(&story.cited.id, &hit.found, &hit.window)
    }

    fn excerpt<'a>(&self, id: &str, found: &Found, window: &'a Window) -> Option<Excerpt<'a>> {
        let (first, end) = self.range_of(id, found, window)?;
        Some(window.excerpt((found.first_token, found.end_token), first, end))
    }

    fn range_of(&self, id: &str, found: &Found, window: &Window) -> Option<(u32, u32)> {
        let all = (window.first, window.end());
        match self.shown {
            Shown::Nothing => None,
            Shown::Full => Some(all),
            Shown::Excerpts if window.in_title => Some(all),
            Shown::Excerpts => self.dealt(&self.hits, (id, (found.first_token, found.end_token), all)),
        }
    }

    /// The words around a place in which a copy differs; none where the words of the place itself may not be shown. Titles
    /// name an article and are always shown.
    pub(super) fn desk(
        &self,
        article: &DeskArticle,
        words: &Wordings,
        in_title: bool,
        (before, after): (&str, &str),
    ) -> Option<DeskWords> {
        let (before, after) = (split(before), split(after));
        let place = (words.first, words.first + words.count);
        let window = (words.first.saturating_sub(before.len() as u32), place.1 + after.len() as u32);
        let (first, end) = match self.shown {
            _ if in_title => window,
            Shown::Full => window,
            Shown::Nothing => return None,
            Shown::Excerpts => self.dealt(&self.places, (&article.id, place, window))?,
        };
        let left = before.get(first.saturating_sub(window.0) as usize..).unwrap_or_default();
        let right = after.get(..end.saturating_sub(place.1) as usize).unwrap_or_default();
        Some(DeskWords { left: left.join(" "), right: right.join(" ") })
    }

    fn dealt(
        &self,
        numbers: &HashMap<Asked, usize>,
        (id, words, window): (&str, (u32, u32), (u32, u32)),
    ) -> Option<(u32, u32)> {
        let number = numbers.get(&(id.to_owned(), words, window))?;
        self.articles.get(id)?.get(*number).copied().flatten()
    }
}

/// The words of both articles at every place that is shown. The words around it are those of one of them.
fn places_of(set: &DeskSet) -> Vec<Place<'_>> {
    let mut places = Vec::new();
    for change in chosen(set).into_iter().filter(|change| !change.is_in_title) {
        let context = if change.kind == ChangeKind::Added { 1 } else { 0 };
        for (side, words) in [&change.one, &change.other].into_iter().enumerate().filter(|(_, words)| words.count > 0) {
            let end = words.first + words.count;
            let around = |text: &str| if side == context { split(text).len() as u32 } else { 0 };
            places.push(Place {
                article: &set.articles[side],
                words: (words.first, end),
                window: (words.first.saturating_sub(around(&change.before)), end + around(&change.after)),
                tells: change.kind != ChangeKind::Kept && !(change.one.hits.is_empty() && change.other.hits.is_empty()),
            });
        }
    }
    places
}

/// Words as changes have them: a space between each two.
fn split(text: &str) -> Vec<&str> {
    text.split(' ').filter(|word| !word.is_empty()).collect()
}
