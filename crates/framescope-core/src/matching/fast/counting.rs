//! Counting without rows, where nobody wants any.
//!
//! Nearly all hits of a large lexicon are single words that nothing contends with, and whether the entries of one word
//! contend among themselves is known of its class. So phrases of several words are found first, and where none of
//! them stands, a word is counted as it is met: no candidate, no cluster, no row.

use super::classes::{Classes, Single};
use super::scan::single_candidates;
use super::settle::{Settling, Writer};
use super::{Candidate, in_reading_order};
use crate::matching::Told;
use crate::matching::compile::Compiled;

/// What counting keeps between articles, for its memory.
#[derive(Debug, Default)]
pub(super) struct Counting {
    /// What stands at a token and becomes a hit where no phrase shares it; more room than there are.
    pub(super) singles: Vec<Single>,
    cluster: Vec<Candidate>,
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
        let (cluster, compiled) = (&mut self.cluster, writer.case.compiled);
        let (mut singles, mut phrases) = (&self.singles[..singles], phrases);
        loop {
            // Up to where the next phrase begins, single words have their tokens for themselves.
            singles = writer.singles_before(phrases.first().map_or(u32::MAX, |phrase| phrase.start), singles);
            let [first, rest @ ..] = phrases else { return };
            phrases = rest;
            if rest.first().is_none_or(|next| next.start >= first.end) && !contends(compiled, first, singles) {
                writer.alone(compiled.standings[first.entry as usize], *first);
                continue;
            }
            cluster.clear();
            cluster.push(*first);
            let mut end = first.end;
            while let [next, rest @ ..] = phrases
                && next.start < end
            {
                phrases = rest;
                cluster.push(*next);
                end = end.max(next.end);
            }
            for token in first.start..end {
                let class = classes.class(token);
                // Those of a crowded one are phrases as it is.
                if !class.is_crowded() {
                    cluster.extend(single_candidates(classes.entries(class), token));
                }
            }
            singles = &singles[singles.iter().take_while(|single| single.token < end).count()..];
            in_reading_order(cluster);
            settling.cluster(writer, cluster, None);
        }
    }
}

/// Whether a phrase may contend with the singles that stand on its tokens; none of them stands before its start.
#[inline]
fn contends(compiled: &Compiled, phrase: &Candidate, singles: &[Single]) -> bool {
    // A plain entry that meets with none of other paths has a pool with no other path in it. What meets with others does so
    // with those of its lexicon, and then the phrase does, too, or with others on an axis, and then it is not plain.
    let path = |entry: u32| compiled.plain_paths[entry as usize];
    let (own, mut beside) = (path(phrase.entry), singles.iter().take_while(|single| single.token < phrase.end));
    let may_meet = |path: u32| path == own || path == Compiled::NOT_PLAIN;
    let meets = compiled.standings[phrase.entry as usize].meets;
    meets || own == Compiled::NOT_PLAIN || beside.any(|single| may_meet(path(single.entry)))
}
