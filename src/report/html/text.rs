//! Which words of each article are shown: one allowance an article, over all places of the page.

use std::collections::HashMap;

use super::super::page::BesideSet;
use super::super::passages::{Allowance, Excerpt, Found, Line, Passages, Shown, Story, Window};

/// What may be shown of each hit.
#[derive(Debug, Default)]
pub(super) struct Dealt {
    articles: HashMap<String, Vec<Option<(u32, u32)>>>,
    numbers: HashMap<(String, u32, u32), usize>,
    shown: Shown,
}

impl Dealt {
    /// Deals out the words of all articles: lines first, those of smallest priority before others, so that chance and
    /// not the order of paths decides whose words are shown; then what is set side by side.
    pub(super) fn of(passages: &Passages, sets: &[BesideSet]) -> Dealt {
        let mut dealt = Dealt { shown: passages.shown(), ..Dealt::default() };
        if passages.shown() != Shown::Excerpts {
            return dealt;
        }
        let mut allowances: HashMap<String, (u32, Allowance)> = HashMap::new();
        let mut ask = |id: &str, words: u32, found: &Found, window: &Window| {
            if window.in_title {
                return;
            }
            let (_, allowance) = allowances.entry(id.to_owned()).or_insert_with(|| (words, Allowance::default()));
            let number = allowance.ask((found.first_token, found.end_token), (window.first, window.end()));
            dealt.numbers.insert((id.to_owned(), found.first_token, found.end_token), number);
        };
        let wanted: std::collections::HashSet<&str> =
            sets.iter().flat_map(|set| set.articles.iter().map(String::as_str)).collect();
        let mut lines: Vec<&Line> = passages.cells.values().flat_map(|cell| &cell.lines).collect();
        lines.sort_by_key(|line| (line.priority(), line.article, line.found.path));
        for line in lines {
            if let Some(window) = &line.window {
                ask(&line.cited.id, line.cited.words, &line.found, window);
            }
        }
        for story in passages.stories().filter(|story| wanted.contains(story.cited.id.as_str())) {
            for hit in &story.hits {
                ask(&story.cited.id, story.cited.words, &hit.found, &hit.window);
            }
        }
        dealt.articles = allowances.into_iter().map(|(id, (words, allowance))| (id, allowance.deal(words))).collect();
        dealt
    }

    /// The words of a line.
    pub(super) fn line<'a>(&self, line: &'a Line) -> Option<Excerpt<'a>> {
        self.excerpt(&line.cited.id, &line.found, line.window.as_ref()?)
    }

    /// The words of a story's hit.
    pub(super) fn hit<'a>(&self, story: &'a Story, number: usize) -> Option<Excerpt<'a>> {
        let hit = story.hits.get(number)?;
        self.excerpt(&story.cited.id, &hit.found, &hit.window)
    }

    fn excerpt<'a>(&self, id: &str, found: &Found, window: &'a Window) -> Option<Excerpt<'a>> {
        let (first, end) = match self.shown {
            Shown::Nothing => return None,
            Shown::Full => (window.first, window.end()),
            Shown::Excerpts if window.in_title => (window.first, window.end()),
            Shown::Excerpts => {
                let number = self.numbers.get(&(id.to_owned(), found.first_token, found.end_token))?;
                self.articles.get(id)?.get(*number).copied().flatten()?
            }
        };
        Some(window.excerpt((found.first_token, found.end_token), first, end))
    }
}
