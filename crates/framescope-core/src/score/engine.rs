//! The engine that any matcher makes: analyse, resolve, tally.

use super::tally::{Counter, TallyScratch, tally, tally_told};
use super::{ArticleScore, Engine};
use crate::lexicon::LexiconSet;
use crate::matching::{Matcher, View, Want};
use crate::text::{Article, TypeTable, analyse_judged};

/// Scores articles with the hits of a matcher.
#[derive(Debug, Clone)]
pub struct MatcherEngine<'l, M> {
    set: &'l LexiconSet,
    matcher: M,
}

impl<'l, M: Matcher> MatcherEngine<'l, M> {
    /// An engine from a matcher that was compiled from these lexicons.
    pub fn new(set: &'l LexiconSet, matcher: M) -> Self {
        MatcherEngine { set, matcher }
    }

    /// The matcher.
    pub fn matcher(&self) -> &M {
        &self.matcher
    }
}

/// What a thread keeps between articles.
#[derive(Debug, Default)]
pub struct Scratch<S> {
    types: TypeTable,
    matching: S,
    tally: TallyScratch,
}

impl<S> Scratch<S> {
    /// The spellings that the thread has met.
    pub fn types(&self) -> &TypeTable {
        &self.types
    }
}

impl<M: Matcher> Engine for MatcherEngine<'_, M> {
    type Scratch = Scratch<M::Scratch>;

    fn score(&self, article: &Article<'_>, scratch: &mut Self::Scratch, want: Want, out: &mut ArticleScore) {
        let Scratch { types, matching, tally: tally_scratch } = scratch;
        let mut judge = self.matcher.judge(want, matching);
        analyse_judged(article, types, &mut judge, &mut out.analysis);
        drop(judge);
        let view = View { article, analysis: &out.analysis, types };
        if want.detail.counts_only() {
            let tell = |counts: &mut Counter<'_>| self.matcher.count(view, want, matching, counts);
            if tally_told(&out.analysis, self.set, want.detail, tell, tally_scratch, &mut out.tally) {
                return out.resolution.clear();
            }
        }
        self.matcher.resolve(view, want, matching, &mut out.resolution);
        tally(&out.analysis, self.set, &out.resolution, tally_scratch, &mut out.tally);
    }
}
