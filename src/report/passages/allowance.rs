//! How much of an article may be shown: at most 25 words around a hit, and at most a tenth of the article in all.
//!
//! A page that is sent around must not stand in for the articles it quotes. The words are dealt out hit by hit: the words
//! found with a few on either side, as long as they fit; then a word to the left and one to the right of each that was
//! served, round by round, until the tenth is used up. A few excerpts that can be read say more than many single words,
//! which the lexicon's entry tells as well. Words that two excerpts share count once. A title is not text: it is how an
//! article is named, and is shown whole.

use std::collections::BTreeSet;

/// The most words an excerpt has, the words found among them.
pub const EXCERPT_WORDS: u32 = 25;

/// One part in so many of an article may be shown.
const TENTH: u32 = 10;

/// With fewer words than this on either side an excerpt cannot be read, and is not begun.
const LEAST_AROUND: u32 = 3;

/// What may be shown of one article.
#[derive(Debug, Clone, Default)]
pub struct Allowance {
    /// The hits asked for: first token, end, and the window they may grow in.
    asked: Vec<Ask>,
}

#[derive(Debug, Clone, Copy)]
struct Ask {
    hit: (u32, u32),
    window: (u32, u32),
    /// Words on either side without which it is not begun.
    least: u32,
}

impl Allowance {
    /// Asks for a hit of these tokens, with context inside a window. Hits that were asked for first are served first.
    /// Returns the number by which [`deal`](Allowance::deal) answers.
    pub fn ask(&mut self, hit: (u32, u32), window: (u32, u32)) -> usize {
        self.ask_with(hit, window, LEAST_AROUND)
    }

    /// The same of words that can be read without any around them, beside others in their place.
    pub fn ask_bare(&mut self, words: (u32, u32), window: (u32, u32)) -> usize {
        self.ask_with(words, window, 0)
    }

    fn ask_with(&mut self, hit: (u32, u32), window: (u32, u32), least: u32) -> usize {
        if let Some(known) = self.asked.iter().position(|ask| (ask.hit, ask.window, ask.least) == (hit, window, least))
        {
            return known;
        }
        self.asked.push(Ask { hit, window, least });
        self.asked.len() - 1
    }

    /// The tokens that may be shown of each hit asked for, of an article of so many words; `None` where its words are
    /// used up.
    pub fn deal(&self, article_words: u32) -> Vec<Option<(u32, u32)>> {
        let mut left = article_words / TENTH;
        let mut shown: BTreeSet<u32> = BTreeSet::new();
        let mut dealt: Vec<Option<(u32, u32)>> = Vec::with_capacity(self.asked.len());
        for Ask { hit, window, least } in &self.asked {
            let first = hit.0.saturating_sub(*least).max(window.0);
            let end = (hit.1 + least).min(window.1);
            let new = (first..end).filter(|token| !shown.contains(token)).count() as u32;
            let fits = new <= left && end - first <= EXCERPT_WORDS;
            if fits {
                left -= new;
                shown.extend(first..end);
            }
            dealt.push(fits.then_some((first, end)));
        }
        let mut take = |token: u32| {
            if shown.contains(&token) {
                return true;
            }
            let may = left > 0;
            if may {
                left -= 1;
                shown.insert(token);
            }
            may
        };
        // A word to the left of every hit, then one to the right of every hit, and so on while any grows.
        let mut idle = 0;
        let mut to_the_left = true;
        while idle < 2 {
            idle += 1;
            for (ask, dealt) in self.asked.iter().zip(&mut dealt) {
                let Some((first, end)) = dealt else { continue };
                if *end - *first >= EXCERPT_WORDS {
                    continue;
                }
                let grew = match to_the_left {
                    true => *first > ask.window.0 && take(*first - 1),
                    false => *end < ask.window.1 && take(*end),
                };
                match (grew, to_the_left) {
                    (false, _) => continue,
                    (true, true) => *first -= 1,
                    (true, false) => *end += 1,
                }
                idle = 0;
            }
            to_the_left = !to_the_left;
        }
        dealt
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_hit_in_a_long_article_has_twenty_five_words() {
        let mut allowance = Allowance::default();
        allowance.ask((100, 101), (88, 113));
        assert_eq!(allowance.deal(1000), [Some((88, 113))]);
    }

    #[test]
    fn a_tenth_of_a_short_article_is_dealt_out_evenly() {
        let mut allowance = Allowance::default();
        allowance.ask((10, 11), (0, 23));
        allowance.ask((50, 51), (38, 63));
        // 20 words: 2 found, 9 around each.
        assert_eq!(allowance.deal(200), [Some((5, 15)), Some((45, 55))]);
    }

    #[test]
    fn words_that_stand_beside_others_come_before_the_words_around_them() {
        let mut allowance = Allowance::default();
        allowance.ask_bare((10, 11), (5, 16));
        allowance.ask_bare((50, 52), (45, 57));
        assert_eq!(allowance.deal(30), [Some((10, 11)), Some((50, 52))]);
        assert_eq!(allowance.deal(70), [Some((9, 12)), Some((49, 53))]);
    }

    #[test]
    fn one_excerpt_that_can_be_read_comes_before_two_that_cannot() {
        let mut allowance = Allowance::default();
        allowance.ask((10, 11), (0, 23));
        allowance.ask((50, 51), (38, 63));
        assert_eq!(allowance.deal(80), [Some((6, 14)), None]);
    }

    #[test]
    fn what_does_not_fit_is_not_shown_at_all() {
        let mut allowance = Allowance::default();
        allowance.ask((3, 5), (0, 10));
        allowance.ask((27, 28), (20, 30));
        assert_eq!(allowance.deal(85), [Some((0, 8)), None]);
        assert_eq!(allowance.deal(70), [None, Some((23, 30))]);
        assert_eq!(allowance.deal(5), [None, None]);
    }

    #[test]
    fn one_hit_under_two_paths_is_one_excerpt() {
        let mut allowance = Allowance::default();
        assert_eq!(allowance.ask((3, 5), (0, 10)), allowance.ask((3, 5), (0, 10)));
    }

    proptest! {
        #[test]
        fn never_more_than_a_tenth_nor_than_twenty_five_words(
            words in 0_u32..2000,
            hits in prop::collection::vec((0_u32..500, 1_u32..4, 0_u32..13, 0_u32..13), 0..60),
        ) {
            let mut allowance = Allowance::default();
            let mut asked = Vec::new();
            for (first, length, left, right) in hits {
                let hit = (first, first + length);
                let window = (first.saturating_sub(left), hit.1 + right);
                asked.push((allowance.ask(hit, window), hit, window));
            }
            let dealt = allowance.deal(words);
            let mut shown = std::collections::BTreeSet::new();
            for (number, hit, window) in asked {
                let Some((first, end)) = dealt[number] else { continue };
                prop_assert!(end - first <= EXCERPT_WORDS);
                prop_assert!(first <= hit.0 && hit.1 <= end && window.0 <= first && end <= window.1);
                shown.extend(first..end);
            }
            prop_assert!(shown.len() as u32 <= words / 10);
        }
    }
}
