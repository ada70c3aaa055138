//! What every part of a comparison works from: units, sides, plan, and the words that hits are counted in.

use framescope_core::stats::Count;

use super::pairing::Sides;
use super::plan::Plan;
use super::result::InVoice;
use super::units::Units;

/// What every part of a comparison works from.
pub(super) struct Material<'a> {
    pub(super) units: &'a Units,
    pub(super) sides: &'a Sides,
    pub(super) plan: &'a Plan,
    /// Words of every article by lexicon and voice; none where the lexicon counts nothing there.
    exposures: Vec<[Option<Vec<u64>>; 2]>,
}

impl<'a> Material<'a> {
    pub(super) fn new(units: &'a Units, sides: &'a Sides, plan: &'a Plan) -> Material<'a> {
        let vocabulary = &units.vocabulary;
        let exposures = (0..vocabulary.lexicons.len())
            .map(|lexicon| {
                let any = vocabulary.paths.iter().position(|path| path.lexicon as usize == lexicon);
                InVoice::ALL.map(|voice| units.exposure(any? as u32, voice.headline()))
            })
            .collect();
        Material { units, sides, plan, exposures }
    }

    /// Words of every article in which hits of a path's lexicon are counted in a voice.
    pub(super) fn exposure(&self, lexicon: u32, voice: InVoice) -> Option<&[u64]> {
        self.exposures.get(lexicon as usize)?[voice as usize].as_deref()
    }

    /// Hits of a path in every article.
    pub(super) fn hits(&self, path: u32, voice: InVoice) -> Option<Vec<u32>> {
        let sparse = self.units.hits(path, voice.headline())?;
        let mut hits = vec![0; self.units.len()];
        for (article, n) in sparse.articles.iter().zip(&sparse.counts) {
            hits[*article as usize] = *n;
        }
        Some(hits)
    }

    /// The paths, lexicon by lexicon.
    pub(super) fn paths_of(&self, lexicon: u32) -> impl Iterator<Item = u32> + '_ {
        let paths = (0..).zip(&self.units.vocabulary.paths);
        paths.filter(move |(_, path)| path.lexicon == lexicon).map(|(number, _)| number)
    }

    /// Each article's hits and words, of articles with words.
    pub(super) fn counts(&self, hits: &[u32], words: &[u64], articles: &[u32]) -> Vec<Count> {
        let count = |article: &u32| Count { hits: hits[*article as usize].into(), words: words[*article as usize] };
        articles.iter().map(count).filter(|count| count.words > 0).collect()
    }
}

/// Hits per 1,000 words of each article.
pub(super) fn rates(counts: &[Count]) -> Vec<f64> {
    counts.iter().filter_map(|count| count.rate()).map(|rate| 1000.0 * rate).collect()
}
