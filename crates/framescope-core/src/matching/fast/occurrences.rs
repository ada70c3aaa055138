//! Where the terms that masks, sides and near conditions ask for occur in the article at hand.
//!
//! Occurrences are listed raw while scanning, and judged by the term's own conditions only when
//! somebody asks, once an article. So a near condition costs a binary search, however long the
//! paragraph.

use super::conditions;
use super::{Candidate, Case, path_of};
use crate::lexicon::{LexiconId, PathId};
use crate::matching::compile::{SlotId, TermId};

/// Where something occurs: tokens from start to end.
pub(super) type Span = (u32, u32);

/// Occurrences in both orders, because phrases of several lengths may be nested.
#[derive(Debug, Default, Clone)]
pub(super) struct SpanList {
    by_start: Vec<Span>,
    /// The same as `(end, start)`.
    by_end: Vec<Span>,
}

impl SpanList {
    fn fill(&mut self, spans: impl Iterator<Item = Span>) {
        self.by_start.clear();
        self.by_start.extend(spans);
        self.by_start.sort_unstable();
        self.by_start.dedup();
        self.by_end.clear();
        self.by_end.extend(self.by_start.iter().map(|&(start, end)| (end, start)));
        self.by_end.sort_unstable();
    }

    /// All, by start.
    pub(super) fn spans(&self) -> &[Span] {
        &self.by_start
    }

    /// Ends of what ends at or before `token`: the last of them.
    pub(super) fn last_end_until(&self, token: u32) -> Option<Span> {
        let n = self.by_end.partition_point(|&(end, _)| end <= token);
        n.checked_sub(1).map(|i| (self.by_end[i].1, self.by_end[i].0))
    }

    /// The first that starts at or after `token`.
    pub(super) fn first_start_from(&self, token: u32) -> Option<Span> {
        self.by_start.get(self.by_start.partition_point(|&(start, _)| start < token)).copied()
    }
}

/// A list that is made when it is first asked for.
#[derive(Debug, Default)]
struct Lazy {
    article: u64,
    list: SpanList,
}

#[derive(Debug, Default)]
pub(super) struct Occurrences {
    /// Which article; rows marked with an older number are stale, so that an article costs
    /// nothing for the terms it does not touch.
    article: u64,
    raw: Vec<(u64, Vec<Span>)>,
    judged: Vec<Lazy>,
    of_paths: Vec<(LexiconId, Vec<PathId>, Lazy)>,
    masks: Vec<(u64, Vec<MaskSpan>)>,
    /// By `[[about]]` of the run: the article they were made for, and the sides.
    pub(super) sides: Vec<(usize, u64, super::about::Sides)>,
}

/// Where a mask stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MaskSpan {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) mask: u32,
    pub(super) term: TermId,
}

impl Occurrences {
    /// Begins an article.
    pub(super) fn start(&mut self, slots: usize, terms: usize) {
        self.article += 1;
        self.raw.resize_with(slots, Default::default);
        self.judged.resize_with(terms, Default::default);
    }

    /// Which article it is.
    pub(super) fn article(&self) -> u64 {
        self.article
    }

    /// Notes an occurrence found by the scan.
    pub(super) fn add(&mut self, slot: SlotId, start: u32, end: u32) {
        let (article, spans) = &mut self.raw[slot.0 as usize];
        if *article != self.article {
            *article = self.article;
            spans.clear();
        }
        spans.push((start, end));
    }

    /// The places where a listed term occurs and its conditions hold.
    pub(super) fn of_term<'s>(&'s mut self, case: Case<'_>, term: TermId, candidates: &[Candidate]) -> &'s SpanList {
        let index = term.0 as usize;
        if self.judged[index].article != self.article {
            let spans = self.raw_spans(case, term);
            let holds: Vec<Span> = spans
                .into_iter()
                .filter(|&(start, end)| {
                    let conditions = &case.compiled.terms[index].conditions;
                    conditions::first_failing(case, conditions, start, end, candidates, self).is_none()
                })
                .collect();
            let lazy = &mut self.judged[index];
            lazy.article = self.article;
            lazy.list.fill(holds.into_iter());
        }
        &self.judged[index].list
    }

    /// Whether a listed term's phrase occurs at all.
    pub(super) fn occurs(&self, case: Case<'_>, term: TermId) -> bool {
        let slot = case.compiled.terms[term.0 as usize].slot;
        slot.is_some_and(|slot| self.raw[slot.0 as usize].0 == self.article)
    }

    fn raw_spans(&self, case: Case<'_>, term: TermId) -> Vec<Span> {
        let Some(slot) = case.compiled.terms[term.0 as usize].slot else { return Vec::new() };
        match &self.raw[slot.0 as usize] {
            (article, spans) if *article == self.article => spans.clone(),
            _ => Vec::new(),
        }
    }

    /// The candidates of these paths, before masks and conditions.
    pub(super) fn of_paths<'s>(
        &'s mut self,
        case: Case<'_>,
        lexicon: LexiconId,
        paths: &[PathId],
        candidates: &[Candidate],
    ) -> &'s SpanList {
        let known = self.of_paths.iter().position(|(l, p, _)| *l == lexicon && p == paths);
        let index = known.unwrap_or_else(|| {
            self.of_paths.push((lexicon, paths.to_vec(), Lazy::default()));
            self.of_paths.len() - 1
        });
        let lazy = &mut self.of_paths[index].2;
        if lazy.article != self.article {
            lazy.article = self.article;
            lazy.list.fill(
                candidates
                    .iter()
                    .filter(|&&c| {
                        let (l, p) = path_of(case.compiled, c);
                        l == lexicon && paths.binary_search(&p).is_ok()
                    })
                    .map(|c| (c.start, c.end)),
            );
        }
        &lazy.list
    }

    /// The masks of a lexicon, by start.
    pub(super) fn of_masks(&mut self, case: Case<'_>, lexicon: LexiconId, candidates: &[Candidate]) -> &[MaskSpan] {
        let index = lexicon.0 as usize;
        if self.masks.len() <= index {
            self.masks.resize_with(index + 1, Default::default);
        }
        if self.masks[index].0 != self.article {
            let mut spans = std::mem::take(&mut self.masks[index].1);
            spans.clear();
            for (mask, compiled) in case.compiled.lexicons[index].masks.iter().enumerate() {
                for &term in &compiled.terms {
                    if !self.occurs(case, term) {
                        continue;
                    }
                    let list = self.of_term(case, term, candidates);
                    spans.extend(list.spans().iter().map(|&(start, end)| MaskSpan {
                        start,
                        end,
                        mask: mask as u32,
                        term,
                    }));
                }
            }
            spans.sort_unstable();
            self.masks[index] = (self.article, spans);
        }
        &self.masks[index].1
    }
}
