//! Counting without rows, where nobody wants any.
//!
//! Nearly all hits of a large lexicon are single words that nothing contends with, and whether the entries of one word
//! contend among themselves is known of its class. So phrases of several words are found first, and where none of
//! them stands, a word is counted as it is met: no candidate, no cluster, no row.

use super::classes::{Classes, Member, Single};
use super::settle::{Settling, Writer};
use super::{Candidate, in_reading_order};
use crate::matching::Told;

/// What counting keeps between articles, for its memory.
#[derive(Debug, Default)]
pub(super) struct Counting {
    /// The tokens at which entries of one token stand.
    pub(super) singles: Vec<Single>,
    cluster: Vec<Candidate>,
}

impl Counting {
    /// Counts the singles and these phrases, which stand in reading order.
    pub(super) fn count<C: Told>(
        &mut self,
        classes: &Classes,
        phrases: &[Candidate],
        settling: &mut Settling,
        writer: &mut Writer<'_, '_, C>,
    ) {
        let Counting { singles, cluster } = self;
        let (mut singles, mut phrases) = (&singles[..], phrases);
        loop {
            // Up to where the next phrase begins, single words have their tokens for themselves.
            let phrase = phrases.first().map_or(u32::MAX, |phrase| phrase.start);
            while let [single @ Single { token, .. }, rest @ ..] = singles
                && *token < phrase
            {
                singles = rest;
                let Some(members) = classes.unbeaten_at(single) else {
                    cluster.clear();
                    cluster.extend(classes.members_at(single).iter().map(|member| member.at(*token)));
                    settling.cluster(writer, cluster, None);
                    continue;
                };
                for member in members {
                    writer.alone(member.standing, member.at(*token));
                }
            }
            let [first, rest @ ..] = phrases else { return };
            phrases = rest;
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
            while let [single @ Single { token, .. }, rest @ ..] = singles
                && *token < end
            {
                singles = rest;
                cluster.extend(classes.members_at(single).iter().map(|member| member.at(*token)));
            }
            in_reading_order(cluster);
            settling.cluster(writer, cluster, None);
        }
    }
}

impl Member {
    /// Its candidate at a token.
    #[inline]
    fn at(&self, token: u32) -> Candidate {
        Candidate { entry: self.entry, start: token, end: token + 1 }
    }
}
