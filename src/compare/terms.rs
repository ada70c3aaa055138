//! Which entries made the hits: what each side has of each entry that was hit at all.

use std::collections::BTreeMap;

use framescope_core::text::{Voice, VoiceSet};
use rustc_hash::FxHashMap;

use super::material::Material;
use super::result::{InVoice, TermCell};

/// Hits and articles.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    hits: u64,
    articles: u64,
    /// The last article that was counted.
    last: Option<u32>,
}

/// What each side has of each term, path by path as they are written in the lexicon, groups only: the hits of a rest are
/// the sums of its groups'. A term that is written twice in a path, with other conditions, is one term here.
pub(super) fn terms(material: &Material<'_>) -> Vec<TermCell> {
    let units = material.units;
    let mut side_of = vec![None; units.groups().values().len()];
    for (number, side) in (0_u32..).zip(&material.sides.sides).take(material.sides.groups) {
        side.groups.iter().for_each(|group| side_of[*group as usize] = Some(number));
    }
    let voices = InVoice::ALL.map(|voice| voice.headline().voices());
    let in_voice = |voice: Voice| if voices[0].contains(voice) { InVoice::Outside } else { InVoice::Quoted };
    debug_assert!(VoiceSet::ALL.iter().all(|voice| voices.iter().any(|set| set.contains(voice))));
    let mut cells = Vec::new();
    let entries = &units.vocabulary.entries;
    let mut firsts: FxHashMap<(u32, &str), u32> = FxHashMap::default();
    let first_of: Vec<u32> =
        (0..).zip(entries).map(|(number, e)| *firsts.entry((e.path, e.term.as_str())).or_insert(number)).collect();
    for path in 0..units.vocabulary.paths.len() as u32 {
        let mut sums: BTreeMap<(u32, u32, InVoice), Sum> = BTreeMap::new();
        for count in units.entries(path) {
            // A path above holds the hits of those under it; each entry is told once, where it is written.
            if entries[count.entry as usize].path != path {
                continue;
            }
            let Some(side) = side_of.get(units.group(count.article) as usize).copied().flatten() else { continue };
            let sum = sums.entry((first_of[count.entry as usize], side, in_voice(count.voice))).or_default();
            sum.hits += u64::from(count.hits);
            sum.articles += u64::from(sum.last != Some(count.article));
            sum.last = Some(count.article);
        }
        cells.extend(sums.into_iter().map(|((entry, side, voice), sum)| TermCell {
            path,
            term: entries[entry as usize].term.clone(),
            entry,
            side,
            voice,
            hits: sum.hits,
            articles: sum.articles,
        }));
    }
    cells
}
