//! Level two: rows of patterns, each tried only where its rarest token stands.

use rustc_hash::FxHashMap;

use super::patterns::PatternId;
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

/// Collects distinct phrases and their owners.
#[derive(Debug, Default)]
pub(crate) struct PhrasesBuilder {
    numbers: FxHashMap<Box<[PatternId]>, PhraseId>,
    phrases: Vec<Box<[PatternId]>>,
    anchors: Vec<u32>,
    owners: Vec<Vec<Owner>>,
}

impl PhrasesBuilder {
    /// The number of a phrase. `rarity` says of each token how rare its pattern is expected to
    /// be; the phrase is anchored at the rarest, the first of equals.
    pub(crate) fn number(&mut self, patterns: &[PatternId], rarity: impl Fn(usize) -> u32) -> PhraseId {
        if let Some(&id) = self.numbers.get(patterns) {
            return id;
        }
        let id = PhraseId(self.phrases.len() as u32);
        let anchor = (0..patterns.len())
            .filter(|&i| patterns[i] != PatternId::ANY)
            .max_by_key(|&i| (rarity(i), std::cmp::Reverse(i)))
            .unwrap_or(0);
        self.phrases.push(patterns.into());
        self.anchors.push(anchor as u32);
        self.owners.push(Vec::new());
        self.numbers.insert(patterns.into(), id);
        id
    }

    pub(crate) fn own(&mut self, phrase: PhraseId, owner: Owner) {
        self.owners[phrase.0 as usize].push(owner);
    }

    pub(crate) fn finish(self) -> Phrases {
        let patterns = self.phrases.iter().flat_map(|p| p.iter()).map(|p| p.0 + 1).max().unwrap_or(1);
        let mut anchored_at = vec![Vec::new(); patterns as usize];
        for (i, phrase) in self.phrases.iter().enumerate() {
            // A phrase that nobody wants listed is only looked up at given places.
            if !self.owners[i].is_empty() {
                anchored_at[phrase[self.anchors[i] as usize].0 as usize].push(PhraseId(i as u32));
            }
        }
        Phrases { phrases: self.phrases, anchors: self.anchors, owners: self.owners, anchored_at }
    }
}

/// All distinct phrases of a run.
#[derive(Debug)]
pub(crate) struct Phrases {
    phrases: Vec<Box<[PatternId]>>,
    anchors: Vec<u32>,
    owners: Vec<Vec<Owner>>,
    anchored_at: Vec<Vec<PhraseId>>,
}

impl Phrases {
    /// The patterns of a phrase.
    pub(crate) fn patterns(&self, phrase: PhraseId) -> &[PatternId] {
        &self.phrases[phrase.0 as usize]
    }

    /// How many tokens it has.
    pub(crate) fn len(&self, phrase: PhraseId) -> u32 {
        self.phrases[phrase.0 as usize].len() as u32
    }

    /// At which of its tokens it is tried.
    pub(crate) fn anchor(&self, phrase: PhraseId) -> u32 {
        self.anchors[phrase.0 as usize]
    }

    /// Who wants to know that it occurs.
    pub(crate) fn owners(&self, phrase: PhraseId) -> &[Owner] {
        &self.owners[phrase.0 as usize]
    }

    /// The phrases that are tried where this pattern stands.
    pub(crate) fn anchored_at(&self, pattern: PatternId) -> &[PhraseId] {
        self.anchored_at.get(pattern.0 as usize).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_anchored_at_its_rarest_token_and_never_at_any() {
        let mut builder = PhrasesBuilder::default();
        let rarity = [3, 7, 7];
        let row = [PatternId(4), PatternId::ANY, PatternId(5)];
        let id = builder.number(&row, |i| rarity[i]);
        assert_eq!(builder.number(&row, |_| 0), id);
        builder.own(id, Owner::Entry(9));
        let phrases = builder.finish();
        assert_eq!(phrases.anchor(id), 2);
        assert_eq!(phrases.anchored_at(PatternId(5)), [id]);
        assert_eq!(phrases.anchored_at(PatternId(4)), []);
        assert_eq!(phrases.anchored_at(PatternId(99)), []);
        assert_eq!(phrases.owners(id), [Owner::Entry(9)]);
    }
}
