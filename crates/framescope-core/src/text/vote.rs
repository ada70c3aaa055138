//! The language of an article, by the vote of its function words (design 3.4).

use super::analysis::Analysis;
use super::lang::{self, VOTERS, WordFlags};

/// The outcome of a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vote {
    /// The code of the language with the most function words, if any has one.
    pub language: Option<&'static str>,
    /// Whether the vote is clear enough to go by. Where it is not, ask something slower.
    pub decided: bool,
}

/// Fewer function words than this decide nothing.
const QUORUM: u32 = 8;

/// How many words of an article are function words of each language, and of each neighbour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Votes {
    counts: [u32; VOTERS],
}

impl Votes {
    pub(super) fn clear(&mut self) {
        *self = Votes::default();
    }

    /// Counts what a few words say, no more than 255.
    #[inline]
    pub(super) fn count(&mut self, words: &[WordFlags]) {
        /// Of eight bits a byte each.
        static BYTES: [u64; 256] = {
            let mut bytes = [0; 256];
            let mut bits = 0;
            while bits < 256 {
                let mut bit = 0;
                while bit < 8 {
                    bytes[bits] |= (bits as u64 >> bit & 1) << (8 * bit);
                    bit += 1;
                }
                bits += 1;
            }
            bytes
        };
        debug_assert!(words.len() <= 255, "more votes than a byte counts");
        // Most words vote for several, and which is a surprise each time: sixteen are counted at once.
        let (mut low, mut high) = (0, 0);
        for flags in words {
            let [first, second] = flags.votes().to_le_bytes();
            low += BYTES[usize::from(first)];
            high += BYTES[usize::from(second)];
        }
        const { assert!(VOTERS <= 16, "more voters than bytes") };
        let counts = low.to_le_bytes().into_iter().chain(high.to_le_bytes());
        self.add(counts.map(u32::from));
    }

    /// Adds so many words for each language and neighbour.
    #[inline]
    pub(super) fn add(&mut self, words: impl Iterator<Item = u32>) {
        for (count, words) in self.counts.iter_mut().zip(words) {
            *count += words;
        }
    }
}

/// Says which language has most function words.
pub fn vote(analysis: &Analysis) -> Vote {
    let mut best = (0, 0);
    let mut second = 0;
    for (number, &count) in analysis.votes.counts.iter().enumerate() {
        if count > best.1 {
            second = best.1;
            best = (number, count);
        } else {
            second = second.max(count);
        }
    }
    // A neighbour that wins has no data, and no language is named.
    let language = lang::languages().get(best.0).filter(|_| best.1 > 0).map(|l| l.code.as_str());
    // One word in ten, and half as many again as the next.
    let decided = best.1 >= QUORUM && best.1 * 10 >= analysis.tokens.len() as u32 && best.1 * 2 >= second * 3;
    Vote { language, decided }
}
