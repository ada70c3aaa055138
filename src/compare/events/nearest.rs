//! For every article the most like one of each other group, within some days.
//!
//! Articles stand in the order of their days, so those within a window stand side by side, and an inverted index gives,
//! for each feature, the stretch of them that share it. Features that very many of a window share propose nobody; the
//! cosine of the likeliest is then taken over all features. So the work grows with the articles and the rare features
//! they share, not with the pairs.

use std::ops::Range;

use super::features::Features;
use crate::compare::CompareError;
use crate::compare::resample::Resampler;

/// Articles less alike than this are not alike.
pub const FLOOR: f64 = 0.1;
/// A feature that more articles of a window share proposes none of them.
const COMMON: usize = 512;
/// Places in a range from which on those that share a feature are remembered; of fewer, all are looked through.
const MANY: usize = 1 << 14;
/// At most so many candidates of an article have their cosine taken, those who share most of the rare features first.
const COMPARED: usize = 64;

/// An article's place in the order of days; undated ones stand behind all others.
pub(super) type Place = u32;

/// The articles that are to be matched, in the order of their days.
#[derive(Debug)]
pub(super) struct Stories {
    /// The article at each place.
    pub(super) articles: Vec<u32>,
    /// The group at each place.
    pub(super) groups: Vec<u32>,
    /// The days of those that have one: the first places.
    pub(super) days: Vec<i32>,
}

impl Stories {
    /// `articles` in the order of their days (of one day: as they were given), undated ones last.
    pub(super) fn new(articles: impl Iterator<Item = (u32, u32, Option<i32>)>) -> Stories {
        let mut rows: Vec<(u32, u32, Option<i32>)> = articles.collect();
        rows.sort_by_key(|&(_, _, day)| (day.is_none(), day));
        Stories {
            articles: rows.iter().map(|row| row.0).collect(),
            groups: rows.iter().map(|row| row.1).collect(),
            days: rows.iter().map_while(|row| row.2).collect(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.articles.len()
    }

    /// The places of those without a day.
    pub(super) fn undated(&self) -> Range<Place> {
        self.days.len() as Place..self.len() as Place
    }

    /// The places whose day is `from` to `to` days after that of `place`.
    pub(super) fn within(&self, place: Place, days: &Window) -> Range<Place> {
        let day = self.days[place as usize];
        let start = self.days.partition_point(|&other| other - day < days.from);
        let end = self.days.partition_point(|&other| other - day <= days.to);
        start as Place..end as Place
    }
}

/// Days in which the most like article is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    /// First day, counted from the article's own.
    pub(super) from: i32,
    /// Last day.
    pub(super) to: i32,
}

/// In which groups it is looked for: others, all or those to one side in the order of their numbers.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which {
    Other,
    Higher,
    Lower,
}

impl Which {
    fn has(self, own: u32, other: u32) -> bool {
        match self {
            Which::Other => other != own,
            Which::Higher => other > own,
            Which::Lower => other < own,
        }
    }
}

/// The article of another group that is most like one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Neighbour {
    pub(super) group: u32,
    pub(super) place: Place,
    pub(super) cosine: f64,
}

/// Two articles that are each other's nearest in the other's group; the first stands before the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mutual {
    pub(super) one: Place,
    pub(super) other: Place,
    pub(super) cosine: f64,
}

/// Features, and who has them.
pub(super) struct Index<'a> {
    stories: &'a Stories,
    features: &'a Features,
    /// Where the postings of each feature begin.
    starts: Vec<usize>,
    places: Vec<Place>,
    weights: Vec<f32>,
}

/// What looking up candidates works on; zeros between two articles.
#[derive(Default)]
struct Scores {
    of_place: Vec<f32>,
    touched: Vec<Place>,
}

/// Where a window stands in the postings of each feature. Articles are taken in the order of their days, so a window only
/// ever moves on; looking for its ends anew was four fifths of the work, since most of the postings are far away in memory.
struct Cursors(Vec<[u32; 2]>);

impl Cursors {
    /// The stretch of a feature's postings that is in `range`, which begins and ends no earlier than the range before.
    fn move_to(&mut self, feature: usize, postings: &[Place], range: &Range<Place>) -> Range<usize> {
        let [from, to] = &mut self.0[feature];
        let is_before = |at: u32, end: Place| postings.get(at as usize).is_some_and(|&other| other < end);
        while is_before(*from, range.start) {
            *from += 1;
        }
        *to = (*to).max(*from);
        while is_before(*to, range.end) {
            *to += 1;
        }
        *from as usize..*to as usize
    }
}

impl<'a> Index<'a> {
    pub(super) fn new(stories: &'a Stories, features: &'a Features) -> Index<'a> {
        let mut starts = vec![0_usize; features.len() + 1];
        let all = || (0..stories.len() as Place).flat_map(|place| features.of(place).iter().map(move |w| (place, w)));
        all().for_each(|(_, weighted)| starts[weighted.feature as usize + 1] += 1);
        for feature in 1..starts.len() {
            starts[feature] += starts[feature - 1];
        }
        let total = starts.last().copied().unwrap_or_default();
        let (mut places, mut weights) = (vec![0; total], vec![0.0; total]);
        let mut next = starts.clone();
        for (place, weighted) in all() {
            let at = &mut next[weighted.feature as usize];
            places[*at] = place;
            weights[*at] = weighted.weight;
            *at += 1;
        }
        Index { stories, features, starts, places, weights }
    }

    /// For each search, all pairs of dated articles that are each other's nearest within the windows. A search says for
    /// every window in which groups it looks; all of them share the looking up. With it, over how many pairs of places
    /// each search looked.
    ///
    /// # Errors
    /// [`CompareError::Interrupted`].
    pub(super) fn mutual<const N: usize>(
        &self,
        windows: &[Window],
        searches: [&[Which]; N],
        resampler: &Resampler<'_>,
    ) -> Result<([Vec<Mutual>; N], u64), CompareError> {
        let parts = resampler.ranges(self.stories.days.len() as u64, |range| {
            let mut scores = Scores::default();
            let mut cursors: Vec<Cursors> =
                windows.iter().map(|_| Cursors(vec![[0; 2]; self.features.len()])).collect();
            let mut looked = 0;
            let nearest: Vec<[Vec<Neighbour>; N]> = (range.start as Place..range.end as Place)
                .map(|place| {
                    let mut found = [const { Vec::new() }; N];
                    for (number, (window, cursors)) in windows.iter().zip(&mut cursors).enumerate() {
                        let range = self.stories.within(place, window);
                        looked += range.len() as u64;
                        let which = searches.map(|groups| groups[number]);
                        let stretch = |feature, postings: &[Place]| cursors.move_to(feature, postings, &range);
                        self.candidates(place, &range, which, stretch, &mut scores, &mut found);
                    }
                    found.map(best_of_each_group)
                })
                .collect();
            (nearest, looked)
        })?;
        let looked = parts.iter().map(|(_, looked)| looked).sum();
        let nearest: Vec<[Vec<Neighbour>; N]> = parts.into_iter().flat_map(|(nearest, _)| nearest).collect();
        Ok((std::array::from_fn(|search| self.each_others(&nearest, search)), looked))
    }

    /// The pairs that are each other's nearest in one of the searches.
    fn each_others<const N: usize>(&self, nearest: &[[Vec<Neighbour>; N]], search: usize) -> Vec<Mutual> {
        let of = |place: Place, group: u32| nearest[place as usize][search].iter().find(|n| n.group == group);
        let groups = &self.stories.groups;
        let mut pairs = Vec::new();
        for (one, neighbours) in (0..).zip(nearest) {
            for near in neighbours[search].iter().filter(|near| near.place > one) {
                if of(near.place, groups[one as usize]).is_some_and(|back| back.place == one) {
                    pairs.push(Mutual { one, other: near.place, cosine: near.cosine });
                }
            }
        }
        pairs
    }

    /// The articles of other groups most like one, one a group, whatever their day.
    pub(super) fn of_any_day(&self, place: Place) -> Vec<Neighbour> {
        let mut found = [Vec::new()];
        let all = 0..self.stories.len() as Place;
        let whole = |_, postings: &[Place]| 0..postings.len();
        self.candidates(place, &all, [Which::Other], whole, &mut Scores::default(), &mut found);
        let [found] = found;
        best_of_each_group(found)
    }

    /// Adds the articles in `range` that are most like the one at `place`, for each search those in its groups; `stretch`
    /// says which postings of a feature are in the range.
    fn candidates<const N: usize>(
        &self,
        place: Place,
        range: &Range<Place>,
        which: [Which; N],
        mut stretch: impl FnMut(usize, &[Place]) -> Range<usize>,
        scores: &mut Scores,
        found: &mut [Vec<Neighbour>; N],
    ) {
        if range.is_empty() {
            return;
        }
        if scores.of_place.len() < range.len() {
            scores.of_place.resize(range.len(), 0.0);
        }
        let own_group = self.stories.groups[place as usize];
        // Σ w² of the features that propose nobody.
        let mut passed_over = 0.0;
        for weighted in self.features.of(place) {
            let feature = weighted.feature as usize;
            let postings = &self.places[self.starts[feature]..self.starts[feature + 1]];
            let own = stretch(feature, postings);
            if own.len() > COMMON {
                passed_over += f64::from(weighted.weight).powi(2);
                continue;
            }
            let weights = &self.weights[self.starts[feature]..];
            let shared = postings[own.clone()].iter().zip(&weights[own]);
            if range.len() < MANY {
                for (other, weight) in shared {
                    scores.of_place[(other - range.start) as usize] += weight * weighted.weight;
                }
                continue;
            }
            for (other, weight) in shared {
                let score = &mut scores.of_place[(other - range.start) as usize];
                if *score == 0.0 {
                    scores.touched.push(*other);
                }
                *score += weight * weighted.weight;
            }
        }
        if range.len() < MANY {
            let places = range.clone().zip(&scores.of_place);
            scores.touched.extend(places.filter(|(_, score)| **score > 0.0).map(|(place, _)| place));
        }
        let groups_of = &self.stories.groups;
        let mut likely: [Vec<(f32, Place)>; N] = [const { Vec::new() }; N];
        for other in scores.touched.drain(..) {
            let score = std::mem::take(&mut scores.of_place[(other - range.start) as usize]);
            for (likely, which) in likely.iter_mut().zip(which) {
                if which.has(own_group, groups_of[other as usize]) {
                    likely.push((score, other));
                }
            }
        }
        let by_score = |a: &(f32, Place), b: &(f32, Place)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        for (mut likely, found) in likely.into_iter().zip(found) {
            if likely.len() > COMPARED {
                likely.select_nth_unstable_by(COMPARED, by_score);
                likely.truncate(COMPARED);
            }
            // What is passed over adds to a cosine at most its own length, as the other article has length 1: most of the
            // likely need not be looked at once the most like is found. The margin is for sums of 32 bits.
            likely.sort_unstable_by(by_score);
            let more = passed_over.sqrt() + 1e-4;
            for (score, other) in likely {
                let (group, most) = (groups_of[other as usize], f64::from(score) + more);
                if most < FLOOR || found.iter().any(|known| known.group == group && known.cosine > most) {
                    continue;
                }
                let cosine = self.features.cosine(place, other);
                if cosine >= FLOOR {
                    found.push(Neighbour { group, place: other, cosine });
                }
            }
        }
    }
}

/// The most like of each group; of equals the one that stands first.
fn best_of_each_group(mut found: Vec<Neighbour>) -> Vec<Neighbour> {
    found
        .sort_unstable_by(|a, b| a.group.cmp(&b.group).then(b.cosine.total_cmp(&a.cosine)).then(a.place.cmp(&b.place)));
    found.dedup_by_key(|neighbour| neighbour.group);
    found
}
