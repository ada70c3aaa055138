//! Level two: rows of patterns, each tried only where its rarest pair of neighbours stands.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::pairs::Pairs;
use super::patterns::PatternId;
use super::sides::{PatternSides, Sides};
use super::terms::SlotId;

/// A distinct row of patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PhraseId(pub(crate) u32);

/// Who wants to know that a phrase occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// An entry, by its number through the whole set.
    Entry(u32),
    /// A term whose occurrences are listed: a mask, a side, a term of a near condition.
    Slot(SlotId),
}

/// Where a phrase is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Anchor {
    /// Where this token stands: a phrase of one, or one whose words have `*` between them.
    Token(u32),
    /// Where this token and the next stand side by side.
    Pair(u32),
}

/// Collects distinct phrases and their owners.
#[derive(Debug, Default)]
pub(crate) struct PhrasesBuilder {
    numbers: FxHashMap<Box<[PatternId]>, PhraseId>,
    phrases: Vec<Box<[PatternId]>>,
    anchors: Vec<Anchor>,
    owners: Vec<Vec<Owner>>,
}

impl PhrasesBuilder {
    /// The number of a phrase. `rarity` says of each token how rare its pattern is expected to
    /// be; the phrase is anchored at its rarest pair of neighbours, the first of equals, or at its
    /// rarest token where no two stand side by side.
    pub(crate) fn number(&mut self, patterns: &[PatternId], rarity: impl Fn(usize) -> u32) -> PhraseId {
        if let Some(&id) = self.numbers.get(patterns) {
            return id;
        }
        let id = PhraseId(self.phrases.len() as u32);
        let fixed = |i: &usize| patterns[*i] != PatternId::ANY;
        let pairs = (1..patterns.len()).map(|i| i - 1).filter(|i| fixed(i) && fixed(&(i + 1)));
        let anchor = match pairs.max_by_key(|&i| (rarity(i) + rarity(i + 1), Reverse(i))) {
            Some(pair) => Anchor::Pair(pair as u32),
            None => {
                let tokens = (0..patterns.len()).filter(fixed);
                Anchor::Token(tokens.max_by_key(|&i| (rarity(i), Reverse(i))).unwrap_or(0) as u32)
            }
        };
        self.phrases.push(patterns.into());
        self.anchors.push(anchor);
        self.owners.push(Vec::new());
        self.numbers.insert(patterns.into(), id);
        id
    }

    /// The patterns of a phrase.
    pub(crate) fn patterns(&self, phrase: PhraseId) -> &[PatternId] {
        &self.phrases[phrase.0 as usize]
    }

    pub(crate) fn own(&mut self, phrase: PhraseId, owner: Owner) {
        self.owners[phrase.0 as usize].push(owner);
    }

    pub(crate) fn finish(self) -> Phrases {
        let patterns = self.phrases.iter().flat_map(|p| p.iter()).map(|p| p.0 as usize + 1).max().unwrap_or(1);
        let mut phrases = Phrases {
            anchored_at: vec![Vec::new(); patterns],
            sides: PatternSides::default(),
            pairs: Pairs::default(),
            trials: Vec::with_capacity(self.phrases.len()),
            phrases: self.phrases,
            owners: Vec::new(),
        };
        let mut pairs: FxHashMap<_, Vec<PhraseId>> = FxHashMap::default();
        for (i, ((phrase, anchor), owners)) in phrases.phrases.iter().zip(&self.anchors).zip(&self.owners).enumerate() {
            let (at, asked) = match *anchor {
                Anchor::Token(at) => (at, at..at + 1),
                Anchor::Pair(at) => (at, at..at + 2),
            };
            let first = phrases.owners.len() as u32;
            if owners.len() != 1 {
                phrases.owners.extend(owners);
            }
            phrases.trials.push(Trial {
                phrase: PhraseId(i as u32),
                anchor: at,
                len: phrase.len() as u32,
                owners: match owners[..] {
                    [owner] => Owners::One(owner),
                    _ => Owners::Listed { first, len: owners.len() as u32 },
                },
                is_told: (0..).zip(phrase).all(|(at, &pattern)| asked.contains(&at) || pattern == PatternId::ANY),
            });
            // A phrase that nobody wants listed is only looked up at given places.
            if owners.is_empty() {
                continue;
            }
            let (id, pattern) = (PhraseId(i as u32), |at: u32| phrase[at as usize].0 as usize);
            match *anchor {
                Anchor::Token(at) => phrases.anchored_at[pattern(at)].push(id),
                Anchor::Pair(at) => {
                    let pair = (phrase[at as usize], phrase[at as usize + 1]);
                    pairs.entry(pair).or_default().push(id);
                }
            }
        }
        phrases.sides = PatternSides::new(pairs.keys().copied());
        phrases.pairs = Pairs::new(pairs.into_iter().map(|(pair, mut found)| {
            found.sort_unstable_by_key(|&id| (phrases.len(id), id));
            (pair, found.into_iter().map(|id| phrases.trial(id)))
        }));
        phrases
    }
}

/// What is asked of a phrase where it is tried: all of it together, because phrases stand at random places of their
/// table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trial {
    pub(crate) phrase: PhraseId,
    /// How many of its tokens stand before the one (or the pair) at which it is tried.
    pub(crate) anchor: u32,
    /// How many tokens it has.
    pub(crate) len: u32,
    owners: Owners,
    /// Whether any tokens will do but those at which it is tried.
    pub(crate) is_told: bool,
}

#[cfg(test)]
impl Trial {
    /// Of a phrase of two words.
    pub(super) fn of_pair(phrase: PhraseId) -> Trial {
        Trial { phrase, anchor: 0, len: 2, owners: Owners::Listed { first: 0, len: 0 }, is_told: true }
    }
}

/// The owners of a phrase.
#[derive(Debug, Clone, Copy)]
enum Owners {
    /// Mostly.
    One(Owner),
    /// They stand among those of all phrases.
    Listed { first: u32, len: u32 },
}

/// All distinct phrases of a run.
#[derive(Debug)]
pub(crate) struct Phrases {
    phrases: Vec<Box<[PatternId]>>,
    trials: Vec<Trial>,
    owners: Vec<Owner>,
    anchored_at: Vec<Vec<PhraseId>>,
    sides: PatternSides,
    pairs: Pairs,
}

impl Phrases {
    /// The patterns of a phrase.
    pub(crate) fn patterns(&self, phrase: PhraseId) -> &[PatternId] {
        &self.phrases[phrase.0 as usize]
    }

    /// How many tokens it has.
    pub(crate) fn len(&self, phrase: PhraseId) -> u32 {
        self.trials[phrase.0 as usize].len
    }

    /// What is asked of it where it is tried.
    #[inline]
    pub(crate) fn trial(&self, phrase: PhraseId) -> Trial {
        self.trials[phrase.0 as usize]
    }

    /// Who wants to know that it occurs.
    #[inline]
    pub(crate) fn owners<'a>(&'a self, trial: &'a Trial) -> &'a [Owner] {
        match &trial.owners {
            Owners::One(owner) => std::slice::from_ref(owner),
            &Owners::Listed { first, len } => &self.owners[first as usize..(first + len) as usize],
        }
    }

    /// The phrases that are tried where this pattern stands, whatever stands beside it.
    pub(crate) fn anchored_at(&self, pattern: PatternId) -> &[PhraseId] {
        self.anchored_at.get(pattern.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// What a pattern is as the first of the pairs of phrases and as the second.
    pub(crate) fn sides(&self, pattern: PatternId) -> Sides {
        self.sides.of(pattern)
    }

    /// Whether any are tried where these two patterns stand side by side; where it says so, there may be none all the same.
    #[inline]
    pub(crate) fn may_pair(&self, first: PatternId, second: PatternId) -> bool {
        self.pairs.may_have((first, second))
    }

    /// The phrases that are tried where these two patterns stand side by side, the shorter first.
    #[inline]
    pub(crate) fn paired(&self, first: PatternId, second: PatternId) -> &[Trial] {
        self.pairs.get((first, second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_anchored_at_its_rarest_pair() {
        let mut builder = PhrasesBuilder::default();
        let rarity = [1, 1, 7, 7, 9];
        let row = [2, 3, 4, 5, 4].map(PatternId);
        let id = builder.number(&row, |i| rarity[i]);
        assert_eq!(builder.number(&row, |_| 0), id);
        builder.own(id, Owner::Entry(9));
        let phrases = builder.finish();
        assert_eq!(phrases.trial(id).anchor, 3);
        let paired = |first, second| -> Vec<PhraseId> {
            phrases.paired(PatternId(first), PatternId(second)).iter().map(|trial| trial.phrase).collect()
        };
        assert_eq!(paired(5, 4), [id]);
        assert_eq!(paired(4, 5), []);
        assert!(phrases.sides(PatternId(5)).first.may_pair_with(phrases.sides(PatternId(4)).second));
        assert_eq!([PatternId(2), PatternId(99)].map(|pattern| phrases.sides(pattern)), [Sides::default(); 2]);
        assert_eq!(phrases.owners(&phrases.trial(id)), [Owner::Entry(9)]);
    }

    #[test]
    fn words_with_any_between_them_are_anchored_at_the_rarest_token() {
        let mut builder = PhrasesBuilder::default();
        let rarity = [3, 7, 7];
        let row = [PatternId(4), PatternId::ANY, PatternId(5)];
        let id = builder.number(&row, |i| rarity[i]);
        builder.own(id, Owner::Entry(9));
        let phrases = builder.finish();
        assert_eq!(phrases.trial(id).anchor, 2);
        assert_eq!(phrases.anchored_at(PatternId(5)), [id]);
        assert_eq!(phrases.anchored_at(PatternId(4)), []);
        assert_eq!(phrases.anchored_at(PatternId(99)), []);
    }
}
