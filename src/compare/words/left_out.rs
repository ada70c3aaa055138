//! A path without some of its entries, overlaps resolved again.
//!
//! Exact: what a path counts is what it would count if the entries were struck from the lexicon, since candidates that lost
//! to them are kept and settled again. Conditions of other entries that name a path (`near = "@path"`) see struck entries
//! all the same: the question is what a word does as a hit, not as a surrounding.
//!
//! It costs no second pass over the corpus: only articles in which a struck entry is a hit can change, and of those only the
//! candidates under the same topmost path are settled.

use framescope_core::lexicon::{EntryId, LexiconSet, PathId, Scope};
use framescope_core::matching::{Compiled, Contender, Counted, SettleScratch};

use crate::compare::Voiced;
use crate::compare::lines::{ArticlesByEntry, Line, Lines};

/// Leaves entries out.
pub(crate) struct LeavingOut<'a> {
    compiled: &'a Compiled,
    lines: &'a Lines,
    articles: ArticlesByEntry,
    /// What may contend with an entry, by number: the topmost path above it, or the first path of its lexicon where all of
    /// the lexicon is one pool.
    root: Vec<u32>,
    root_of_path: Vec<u32>,
    out: Vec<bool>,
    rows: Vec<Line>,
    contenders: Vec<Contender>,
    scratch: SettleScratch,
    counted: Vec<Counted>,
}

impl<'a> LeavingOut<'a> {
    /// `compiled` and `lines` must be those of `set`.
    pub(crate) fn new(set: &LexiconSet, compiled: &'a Compiled, lines: &'a Lines) -> LeavingOut<'a> {
        let mut root = Vec::with_capacity(set.entry_count());
        let mut root_of_path = Vec::with_capacity(set.path_count());
        for (id, lexicon) in set.iter() {
            let one_pool = lexicon.rules.scope == Scope::Lexicon;
            let topmost = |path: PathId| match one_pool {
                true => set.path_number(id, PathId(0)),
                false => set.path_number(id, lexicon.lineage(path).last().unwrap_or(path)),
            };
            root_of_path.extend((0..lexicon.paths.len() as u32).map(|path| topmost(PathId(path))));
            debug_assert_eq!(root.len(), set.entry_number(id, EntryId(0)) as usize);
            root.extend(lexicon.entries.iter().map(|entry| topmost(entry.path)));
        }
        LeavingOut {
            compiled,
            articles: lines.articles_by_entry(set.entry_count()),
            lines,
            out: vec![false; root.len()],
            root,
            root_of_path,
            rows: Vec::new(),
            contenders: Vec::new(),
            scratch: SettleScratch::default(),
            counted: Vec::new(),
        }
    }

    /// What a path counts without these entries, in the articles where that may differ, in order; both by running number.
    /// Hits are those that enter `count`.
    pub(crate) fn without(&mut self, path: u32, entries: &[u32]) -> Vec<Voiced> {
        let mut articles: Vec<u32> =
            entries.iter().flat_map(|entry| self.articles.of(*entry).iter().copied()).collect();
        articles.sort_unstable();
        articles.dedup();
        entries.iter().for_each(|entry| self.out[*entry as usize] = true);
        let found = articles.into_iter().map(|article| Voiced { article, hits: self.count(path, article) }).collect();
        entries.iter().for_each(|entry| self.out[*entry as usize] = false);
        found
    }

    fn count(&mut self, path: u32, article: u32) -> [u32; 3] {
        let top = self.root_of_path[path as usize];
        let stands = |line: &&Line| self.root[line.entry as usize] == top && !self.out[line.entry as usize];
        self.rows.clear();
        self.rows.extend(self.lines.of(article).iter().filter(stands));
        self.contenders.clear();
        self.contenders.extend(self.rows.iter().map(|line| line.contender()));
        self.compiled.settle_again(&self.contenders, &mut self.scratch, &mut self.counted);
        let mut hits = [0; 3];
        for counted in self.counted.iter().filter(|counted| counted.path == path) {
            let line = self.rows[counted.hit as usize];
            hits[line.voice() as usize] += u32::from(line.counts());
        }
        hits
    }
}
