//! From copies and pairs to events.
//!
//! 1. Copies inside a group collapse to the earliest; the others take no part.
//! 2. Copies across groups are one event, whatever their days.
//! 3. Pairs of stories of different groups, at most 3 days apart, each the other's most like, and alike enough
//!    ([`threshold`](super::threshold)), are matched, the most alike first. A pair that would put a second story of a
//!    group into an event is only proposed: two stories of one outlet are two events until a person says otherwise.
//! 4. Events are what hangs together. An article that nothing was matched with is an event of its own.
//!
//! An article without a date is matched with nothing and only proposed.

use std::num::NonZeroUsize;

use rustc_hash::{FxHashMap, FxHashSet};

use super::features::Features;
use super::nearest::{FLOOR, Index, Mutual, Place, Stories, Which};
use super::threshold::{SAME, Threshold};
use super::wording::Wording;
use super::{Collapsed, Event, Events, Origin, Pair, Reason, Status};
use crate::compare::CompareError;
use crate::compare::copies::{Copies, CopyKind, find_copies};
use crate::compare::resample::Resampler;
use crate::pipeline::Interrupt;

/// Words of evidence for a pair.
const EVIDENCE: usize = 8;
/// Words that an event is called by.
const LABEL: usize = 4;
/// Pairs that are not matched are proposed down to this part of the threshold.
const PROPOSED: f64 = 0.7;

/// What events are matched from. Articles are numbered as in `wording`.
#[derive(Debug, Clone, Copy)]
pub struct Articles<'a> {
    /// Their words.
    pub wording: &'a Wording,
    /// Their groups.
    pub groups: &'a [u32],
    /// Their days, counted from any day; none where the date is not known.
    pub days: &'a [Option<i32>],
}

impl Articles<'_> {
    pub(super) fn days_apart(&self, one: u32, other: u32) -> Option<u32> {
        let (one, other) = (self.days[one as usize]?, self.days[other as usize]?);
        Some(one.abs_diff(other))
    }
}

/// Matches events. `cosine` is the user's threshold, if there is one; `has_lexicon` is whether any words were left out,
/// so that it is worth seeing what that changed. What is found does not depend on the number of threads.
///
/// # Errors
/// [`CompareError`]: Ctrl-C, or threads that cannot be started.
pub fn match_events(
    articles: &Articles<'_>,
    cosine: Option<f64>,
    has_lexicon: bool,
    threads: NonZeroUsize,
    interrupt: &Interrupt,
) -> Result<Events, CompareError> {
    let resampler = Resampler::new(threads, interrupt)?;
    let all = articles.groups.iter().zip(articles.days).zip(0..).map(|((&group, &day), article)| (article, group, day));
    let stories = Stories::new(all.clone());
    let texts = Texts::find(articles, &stories);
    let taking_part = Stories::new(all.filter(|(article, _, _)| !texts.is_collapsed(*article)));
    // First, so that the features of only one of both searches are in memory.
    let with_lexicon = match has_lexicon {
        true => Some(mutual_with_lexicon(articles.wording, &taking_part, &resampler)?),
        false => None,
    };
    let features = Features::new(articles.wording, &taking_part.articles, false);
    let index = Index::new(&taking_part, &features);
    let ([mutual], looked) = index.mutual(&SAME, [&[Which::Other]], &resampler)?;
    // Copies are matched already, and would say that everything above .8 is right.
    let no_copies = |pairs: Vec<Mutual>| -> Vec<Mutual> {
        pairs.into_iter().filter(|pair| !texts.are_one(&taking_part, pair)).collect()
    };
    let others = no_copies(mutual);
    let threshold = Threshold::choose(&index, &others, looked, cosine, &resampler)?;
    let lexicon_words = with_lexicon.map(|with| {
        let [with, without] = [&no_copies(with), &others].map(|pairs| alike(pairs, threshold.cosine));
        [with.difference(&without).count() as u64, without.difference(&with).count() as u64]
    });
    let mut assembly = Assembly {
        articles,
        stories: &taking_part,
        features: &features,
        joined: Joined::new(&taking_part),
        pairs: Vec::new(),
    };
    assembly.join_copies(&texts);
    assembly.join_alike(others, threshold.cosine);
    assembly.propose_undated(&index, threshold.cosine);
    let (events, event_of, pairs) = assembly.finish(articles.groups.len());
    let events = Events {
        origin: Origin::Matched { threshold, undated: taking_part.undated().len() as u64, lexicon_words },
        event_of,
        events,
        pairs,
        crowded: texts.copies.crowded(),
        collapsed: texts.collapsed,
    };
    Ok(events.named())
}

/// The pairs that are alike enough.
fn alike(pairs: &[Mutual], cosine: f64) -> FxHashSet<(Place, Place)> {
    pairs.iter().filter(|pair| pair.cosine >= cosine).map(|pair| (pair.one, pair.other)).collect()
}

/// The pairs that are each other's nearest if the words of the lexicons are features: to see how many would be matched
/// that are not, and the other way round.
fn mutual_with_lexicon(
    wording: &Wording,
    stories: &Stories,
    resampler: &Resampler<'_>,
) -> Result<Vec<Mutual>, CompareError> {
    let features = Features::new(wording, &stories.articles, true);
    let ([mutual], _) = Index::new(stories, &features).mutual(&SAME, [&[Which::Other]], resampler)?;
    Ok(mutual)
}

/// One text of an agency, and the articles that print it.
struct Texts {
    copies: Copies,
    /// The stories of each text, one a group (more only where a copy of a copy is no copy), the earliest first.
    clusters: Vec<Vec<u32>>,
    cluster_of: FxHashMap<u32, u32>,
    collapsed: Vec<Collapsed>,
    is_collapsed: FxHashSet<u32>,
}

impl Texts {
    fn find(articles: &Articles<'_>, stories: &Stories) -> Texts {
        let signatures = articles.wording.signatures();
        let in_order: Vec<_> = stories.articles.iter().map(|&article| &signatures[article as usize]).collect();
        let copies = find_copies(&in_order);
        let mut texts = Texts {
            clusters: Vec::new(),
            cluster_of: FxHashMap::default(),
            collapsed: Vec::new(),
            is_collapsed: FxHashSet::default(),
            copies,
        };
        for cluster in texts.copies.clusters() {
            let mut kept: Vec<u32> = Vec::new();
            for article in cluster.into_iter().map(|place| stories.articles[place as usize]) {
                let group = articles.groups[article as usize];
                let mut own = kept.iter().filter(|&&other| articles.groups[other as usize] == group);
                let copied = own.find_map(|&other| {
                    let (kind, jaccard) = CopyKind::of(&signatures[other as usize], &signatures[article as usize])?;
                    Some(Collapsed { article, kept: other, jaccard, kind })
                });
                match copied {
                    Some(collapsed) => texts.collapsed.push(collapsed),
                    None => kept.push(article),
                }
            }
            let number = texts.clusters.len() as u32;
            texts.cluster_of.extend(kept.iter().map(|&article| (article, number)));
            texts.clusters.push(kept);
        }
        texts.is_collapsed = texts.collapsed.iter().map(|collapsed| collapsed.article).collect();
        texts.collapsed.sort_unstable_by_key(|collapsed| collapsed.article);
        texts
    }

    fn is_collapsed(&self, article: u32) -> bool {
        self.is_collapsed.contains(&article)
    }

    fn are_one(&self, stories: &Stories, pair: &Mutual) -> bool {
        let cluster = |place: Place| self.cluster_of.get(&stories.articles[place as usize]);
        cluster(pair.one).is_some_and(|one| cluster(pair.other) == Some(one))
    }
}

/// Stories that are joined to events step by step.
struct Joined {
    parent: Vec<Place>,
    /// The groups of each event, at its root, ascending.
    groups: Vec<Vec<u32>>,
}

impl Joined {
    fn new(stories: &Stories) -> Joined {
        Joined {
            parent: (0..stories.len() as Place).collect(),
            groups: stories.groups.iter().map(|&group| vec![group]).collect(),
        }
    }

    fn root(&mut self, mut place: Place) -> Place {
        while self.parent[place as usize] != place {
            let above = self.parent[place as usize];
            self.parent[place as usize] = self.parent[above as usize];
            place = above;
        }
        place
    }

    /// Joins two events; the earlier story names them.
    fn join(&mut self, one: Place, other: Place) {
        let (one, other) = (self.root(one), self.root(other));
        let (first, second) = (one.min(other), one.max(other));
        if first != second {
            self.parent[second as usize] = first;
            let groups = std::mem::take(&mut self.groups[second as usize]);
            let all = &mut self.groups[first as usize];
            all.extend(groups);
            all.sort_unstable();
            all.dedup();
        }
    }

    /// Whether two events are one, or have no group in common.
    fn may_join(&mut self, one: Place, other: Place) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        let [a, b] = [one, other].map(|root| &self.groups[root as usize]);
        one == other || !a.iter().any(|group| b.binary_search(group).is_ok())
    }
}

struct Assembly<'a> {
    articles: &'a Articles<'a>,
    stories: &'a Stories,
    features: &'a Features,
    joined: Joined,
    pairs: Vec<Pair>,
}

impl Assembly<'_> {
    fn join_copies(&mut self, texts: &Texts) {
        let places: FxHashMap<u32, Place> = self.stories.articles.iter().copied().zip(0..).collect();
        let signatures = self.articles.wording.signatures();
        for cluster in &texts.clusters {
            for (number, &article) in cluster.iter().enumerate().skip(1) {
                // The earliest of which it is a copy itself; what copies a copy may be like none but that.
                let jaccard = |other: u32| signatures[other as usize].jaccard(&signatures[article as usize]);
                let earlier = &cluster[..number];
                let is_copy =
                    |&&other: &&u32| CopyKind::of(&signatures[other as usize], &signatures[article as usize]).is_some();
                let of = earlier
                    .iter()
                    .find(is_copy)
                    .or_else(|| earlier.iter().max_by(|a, b| jaccard(**a).total_cmp(&jaccard(**b)).then(b.cmp(a))));
                let Some(&of) = of else { continue };
                let (one, other) = (places[&of], places[&article]);
                self.joined.join(one, other);
                let cosine = self.features.cosine(one, other);
                self.add(one, other, cosine, Status::Copy, None);
            }
        }
    }

    fn join_alike(&mut self, mut pairs: Vec<Mutual>, cosine: f64) {
        pairs.sort_by(|a, b| b.cosine.total_cmp(&a.cosine).then((a.one, a.other).cmp(&(b.one, b.other))));
        let down_to = FLOOR.max(PROPOSED * cosine);
        for pair in pairs.into_iter().take_while(|pair| pair.cosine >= down_to.min(cosine)) {
            let Mutual { one, other, cosine: found } = pair;
            if found < cosine {
                self.add(one, other, found, Status::Proposed, Some(Reason::LessAlike));
            } else if self.joined.may_join(one, other) {
                self.joined.join(one, other);
                self.add(one, other, found, Status::Matched, None);
            } else {
                self.add(one, other, found, Status::Proposed, Some(Reason::SecondStory));
            }
        }
    }

    fn propose_undated(&mut self, index: &Index<'_>, cosine: f64) {
        let undated = self.stories.undated();
        for place in undated.clone() {
            for near in index.of_any_day(place).into_iter().filter(|near| near.cosine >= cosine) {
                let is_twice = undated.contains(&near.place) && near.place < place;
                if !is_twice && self.joined.root(place) != self.joined.root(near.place) {
                    self.add(
                        near.place.min(place),
                        near.place.max(place),
                        near.cosine,
                        Status::Proposed,
                        Some(Reason::NoDate),
                    );
                }
            }
        }
    }

    fn add(&mut self, one: Place, other: Place, cosine: f64, status: Status, reason: Option<Reason>) {
        let [a, b] = [one, other].map(|place| self.stories.articles[place as usize]);
        let signatures = self.articles.wording.signatures();
        let [sa, sb] = [a, b].map(|article| &signatures[article as usize]);
        let words = self.features.evidence(self.articles.wording, one, other, EVIDENCE);
        self.pairs.push(Pair {
            one: a,
            other: b,
            days_apart: self.articles.days_apart(a, b),
            cosine: Some(cosine),
            jaccard: Some(sa.jaccard(sb)),
            status,
            reason,
            words: words.into_iter().map(str::to_owned).collect(),
        });
    }

    /// The events in the order of their first story, the event of each article, and the pairs in the order of stories.
    fn finish(mut self, articles: usize) -> (Vec<Event>, Vec<Option<u32>>, Vec<Pair>) {
        let mut number_of: FxHashMap<Place, usize> = FxHashMap::default();
        let mut members: Vec<Vec<Place>> = Vec::new();
        for place in 0..self.stories.len() as Place {
            let number = *number_of.entry(self.joined.root(place)).or_insert_with(|| {
                members.push(Vec::new());
                members.len() - 1
            });
            members[number].push(place);
        }
        let mut event_of = vec![None; articles];
        let mut place_of = vec![0; articles];
        for (number, places) in (0..).zip(&members) {
            for &place in places {
                let article = self.stories.articles[place as usize] as usize;
                event_of[article] = Some(number);
                place_of[article] = place;
            }
        }
        self.pairs.sort_by_key(|pair| (place_of[pair.one as usize], place_of[pair.other as usize]));
        let events = members.into_iter().map(|places| self.event(&places)).collect();
        (events, event_of, self.pairs)
    }

    fn event(&self, places: &[Place]) -> Event {
        let mut weights: FxHashMap<u32, (u32, f64)> = FxHashMap::default();
        for &place in places {
            for weighted in self.features.of(place) {
                let (articles, sum) = weights.entry(weighted.feature).or_default();
                *articles += 1;
                *sum += f64::from(weighted.weight);
            }
        }
        // What only one of several articles says is no word for the event.
        let enough = if places.len() > 1 { 2 } else { 1 };
        let mut ranked: Vec<(u32, f64)> =
            weights.into_iter().filter(|(_, (n, _))| *n >= enough).map(|(feature, (_, sum))| (feature, sum)).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let words =
            ranked.iter().take(LABEL).map(|(feature, _)| self.features.spelled(self.articles.wording, *feature));
        Event {
            name: String::new(),
            articles: places.iter().map(|&place| self.stories.articles[place as usize]).collect(),
            dated: places.iter().filter(|place| **place < self.stories.undated().start).count(),
            words: words.map(str::to_owned).collect(),
        }
    }
}
