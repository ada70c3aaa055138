//! Counting without rows, where nobody wants any.
//!
//! Nearly all hits of a large lexicon are single words that nothing contends with, and whether the entries of one word
//! contend among themselves is known of its class, to which a phrase of a word and `*` belongs, too ([`reach`](super::reach)). So other
//! phrases of several words are found first, and where none of them stands, a word is counted as it is met: no candidate, no cluster,
//! no row.

use super::classes::{Classes, Single};
use super::scan::{reaching_candidates, single_candidates};
use super::settle::{Settling, Writer};
use super::{Candidate, in_reading_order, pools};
use crate::lexicon::Overlap;
use crate::matching::Told;
use crate::matching::compile::Compiled;

/// What counting keeps between articles, for its memory.
#[derive(Debug, Default)]
pub(super) struct Counting {
    /// What stands at a token, or [reaches](super::reach) from it, and becomes a hit where no phrase contends with it; more room than
    /// there are.
    pub(super) singles: Vec<Single>,
    cluster: Vec<Candidate>,
    /// The singles on the tokens of a phrase that it leaves.
    left: Vec<Single>,
}

impl Counting {
    /// Counts so many singles, and these phrases, which stand in reading order.
    pub(super) fn count<C: Told>(
        &mut self,
        classes: &Classes,
        singles: usize,
        phrases: &[Candidate],
        settling: &mut Settling,
        writer: &mut Writer<'_, '_, C>,
    ) {
        let Counting { singles: room, cluster, left } = self;
        let (compiled, mut singles, mut phrases) = (writer.case.compiled, &room[..singles], phrases);
        loop {
            let begin = begin_of_cluster(compiled, classes, phrases);
            // Up to there single words have their tokens for themselves.
            singles = writer.singles_before(begin, singles);
            let [first, rest @ ..] = phrases else { return };
            phrases = rest;
            let is_free = begin == first.start && rest.first().is_none_or(|next| next.start >= first.end);
            let (beside, behind) = singles.split_at(count_before(singles, first.end));
            if is_free && let Some(losers) = losers_beside(compiled, classes, *first, beside) {
                writer.alone(compiled.standings[first.entry as usize], *first);
                if losers {
                    let path = |entry: u32| compiled.plain_paths[entry as usize];
                    left.clear();
                    left.extend(beside.iter().filter(|single| path(single.entry) != path(first.entry)));
                    writer.singles_before(first.end, left);
                    singles = behind;
                }
                continue;
            }
            cluster.clear();
            cluster.push(*first);
            let (mut token, mut end) = (begin, first.end);
            while token < end {
                while let [next, rest @ ..] = phrases
                    && next.start < end
                {
                    phrases = rest;
                    cluster.push(*next);
                    end = end.max(next.end);
                }
                let class = classes.class(token);
                // Those of a crowded one are phrases as it is.
                if !class.is_crowded() {
                    cluster.extend(single_candidates(classes.entries(class), token));
                }
                if class.is_reaching() {
                    // Those that may contend with an entry of the next token are phrases as it is.
                    if !classes.contends_with_next(token) {
                        cluster.extend(reaching_candidates(classes.reaching(class), token));
                    }
                    end = end.max(token + 2);
                }
                token += 1;
            }
            singles = &singles[count_before(singles, end)..];
            in_reading_order(cluster);
            settling.cluster(writer, cluster, None);
        }
    }
}

/// Where what contends with the first of these phrases begins: where that does, or one token before if an entry reaches from there.
#[inline]
fn begin_of_cluster(compiled: &Compiled, classes: &Classes, phrases: &[Candidate]) -> u32 {
    let Some(&Candidate { start, .. }) = phrases.first() else { return u32::MAX };
    if !classes.any_reaches() || start == 0 {
        return start;
    }
    let before = classes.class(start - 1);
    let reaches = before.is_reaching() && {
        let mut beside = phrases.iter().take_while(|phrase| phrase.start == start);
        beside.any(|phrase| classes.reach(before).contends_with_entry(compiled, phrase.entry))
    };
    start - u32::from(reaches)
}

/// How many singles stand before a token.
fn count_before(singles: &[Single], end: u32) -> usize {
    singles.iter().take_while(|single| single.token < end).count()
}

/// Whether any of the singles on the tokens of a phrase, which are `beside` it, lose to it: then all of its path do, and no other. `None`
/// if more must be asked.
#[inline]
fn losers_beside(compiled: &Compiled, classes: &Classes, phrase: Candidate, beside: &[Single]) -> Option<bool> {
    // A plain entry that meets with none of other paths has a pool with no other path in it. What meets with others does so
    // with those of its lexicon, and then the phrase does, too, or with others on an axis, and then it is not plain.
    let path = |entry: u32| compiled.plain_paths[entry as usize];
    let (own, standing) = (path(phrase.entry), compiled.standings[phrase.entry as usize]);
    if standing.meets || own == Compiled::NOT_PLAIN {
        return None;
    }
    let mut any = false;
    for single in beside {
        if path(single.entry) == Compiled::NOT_PLAIN {
            return None;
        }
        any |= path(single.entry) == own;
    }
    if any {
        // All of them share a token with it. Entries of its path that are no singles lost to one that stands on the same token, and so
        // they lose, too.
        let beats = |single: &Single| {
            let candidate = Candidate { entry: single.entry, start: single.token, end: single.token + 1 };
            path(single.entry) != own || pools::merit(compiled, phrase) < pools::merit(compiled, candidate)
        };
        let keeps_all = compiled.lexicons[standing.lexicon.0 as usize].overlap == Overlap::All;
        // What reaches from its last token may contend with the next phrase, and is asked about there.
        if keeps_all || classes.class(phrase.end - 1).is_reaching() || !beside.iter().all(beats) {
            return None;
        }
    }
    Some(any)
}
