use framescope_core::lexicon::PathKind;
use framescope_core::score::Headline;
use framescope_core::text::Zone;
use proptest::prelude::*;

use super::packed::pack;
use super::*;
use crate::compare::sketch::Sketch;

/// A number past 28 bits takes several cells, and none is lost.
#[test]
fn large_numbers_take_several_cells() {
    for number in [0, 1, NUMBER, NUMBER + 1, u32::MAX] {
        let mut cells = Vec::new();
        pack(NEGATED, number, |packed| cells.push(packed));
        assert!(cells.iter().all(|packed| packed >> SLOT_SHIFT == NEGATED));
        let sum: u64 = cells.iter().map(|packed| u64::from(packed & NUMBER)).sum();
        assert_eq!((sum, cells.is_empty()), (u64::from(number), number == 0));
    }
}

/// Hits outside, inside, everywhere, short and negated are told apart, and words beside them.
#[test]
fn voices_are_told_apart() {
    let mut sketch = Sketch::plain(2);
    sketch.articles[0].paths = vec![(0, [1, 2, 4], 3, 1)];
    sketch.articles[1].paths.clear();
    let units = sketch.units();
    let of = |hits: SparseHits| hits.articles.iter().zip(&hits.counts).find(|(a, _)| **a == 0).map_or(0, |(_, n)| *n);
    assert_eq!(of(units.hits(0, Headline::Outside).unwrap()), 3);
    assert_eq!(of(units.hits(0, Headline::Quoted).unwrap()), 4);
    assert_eq!(of(units.hits(0, Headline::All).unwrap()), 7);
    assert_eq!((of(units.short_hits(0)), of(units.negated_hits(0))), (3, 1));
    assert_eq!(units.by_voice(0)[0], Voiced { article: 0, hits: [1, 2, 4] });
    let counts = units.counts(0, Headline::Outside).unwrap();
    assert_eq!((counts[0], counts[1].hits), (Count { hits: 3, words: 600 }, 0));
    assert_eq!(units.quoted_share(0), Some(150.0 / 750.0));
    assert_eq!((units.id(1), units.groups().of(1)), ("Courier-1", Some("Courier")));
}

/// A lexicon that counts in quotations only has nothing outside them.
#[test]
fn a_lexicon_of_one_voice_has_no_other() {
    let mut sketch = Sketch::plain(2);
    sketch.vocabulary.lexicons[0].voices = VoiceSet::QUOTED;
    let units = sketch.units();
    assert!(units.hits(0, Headline::Outside).is_none() && units.exposure(0, Headline::Outside).is_none());
    assert_eq!(units.hits(0, Headline::All).unwrap(), units.hits(0, Headline::Quoted).unwrap());
    assert_eq!(units.exposure(0, Headline::All).unwrap()[0], 150);
    sketch.vocabulary.lexicons[0].zones = ZoneSet::NONE.with(Zone::Title);
    // All of a stored article stands in the body.
    assert_eq!(sketch.units().exposure(0, Headline::Quoted).unwrap()[0], 0);
}

proptest! {
    /// Entries added one by one sum to the hits they were counted as, on every path that holds them; where they do not, the
    /// path is named and left without.
    #[test]
    fn entries_sum_to_the_hits(rows in prop::collection::vec((0_u32..4, 0_u32..3, 1_u32..4), 0..12), lost in any::<bool>()) {
        let mut sketch = Sketch::plain(2);
        let child = sketch.add_path("cost.tax", PathKind::Category, Some(0));
        sketch.articles.iter_mut().for_each(|article| article.paths.clear());
        sketch.vocabulary.entries.iter_mut().for_each(|entry| entry.path = child);
        let mut sums = [0; 4];
        for &(article, entry, n) in &rows {
            sums[article as usize] += n;
            sketch.hits.extend((0..n).map(|_| (article, child, entry, Voice::Narrator, None)));
        }
        sketch.hits.sort();
        for (article, n) in sums.into_iter().enumerate() {
            let above = n + u32::from(lost);
            sketch.articles[article].paths = vec![(0, [above, 0, 0], 0, 0), (child, [n, 0, 0], 0, 0)];
        }
        let mut units = Units::new(sketch.vocabulary.clone(), &sketch.columns);
        sketch.articles.iter().for_each(|article| units.add_stored(article));
        let incomplete = units.add_hits(&sketch.hits);
        prop_assert_eq!(incomplete, if lost { vec![0] } else { Vec::new() });
        let listed = |path: u32| units.entries(path).map(|entry| entry.hits).sum::<u32>();
        prop_assert_eq!(listed(child), sums.iter().sum::<u32>());
        prop_assert_eq!(listed(0), if lost { 0 } else { sums.iter().sum() });
        // One row an article, entry and voice.
        let keys: Vec<_> = units.entries(child).map(|e| (e.article, e.entry, e.voice)).collect();
        let mut distinct = keys.clone();
        distinct.dedup();
        prop_assert_eq!(keys.len(), distinct.len());
    }
}
