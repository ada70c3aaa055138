//! The language of an article, by the vote of its function words (design 3.4).

use super::analysis::Analysis;
use super::lang::{self, WordFlags};

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

/// How many words of an article are function words of the same languages, set by set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Votes {
    counts: Box<[u32; 256]>,
}

impl Default for Votes {
    fn default() -> Votes {
        Votes { counts: Box::new([0; 256]) }
    }
}

impl Votes {
    pub(super) fn clear(&mut self) {
        self.counts[..lang::language_set_count()].fill(0);
    }

    /// Counts so many words with the same flags.
    #[inline]
    pub(super) fn count(&mut self, flags: WordFlags, words: u32) {
        self.counts[usize::from(flags.language_set())] += words;
    }
}

/// Counts the function words of every language and says which has most.
pub fn vote(analysis: &Analysis) -> Vote {
    let mut counts = [0_u32; 16];
    let sets = lang::language_set_count();
    for (set, &words) in analysis.votes.counts[..sets].iter().enumerate().filter(|(_, words)| **words > 0) {
        let mut languages = lang::votes_of_set(set as u8);
        while languages != 0 {
            counts[languages.trailing_zeros() as usize] += words;
            languages &= languages - 1;
        }
    }
    let mut best = (0, 0);
    let mut second = 0;
    for (number, &count) in counts.iter().enumerate() {
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
