//! What sets two sides apart on each path: prevalence, rates, and how sure that is (design 10).
//!
//! All paths of a lexicon that can be tested share one run through the arrangements. The interval of the ratio is that
//! of the test: estimate ± critical value of the permutations × standard error
//! ([`RateTest::critical`](stats::RateTest::critical)), so that it
//! excludes 1 exactly where p is at most 1 − level. With 10 events of very uneven heat it covers 93 to 97 %, where
//! t covers 88 to 96 % (docs/calibration.md).

mod arranged;

use framescope_core::stats::{
    self, Count, LogRate, Present, StatsError, StratifiedRatio, contrast, contrast_by_events, enough_hits,
    enough_pairs, stratified_ratio,
};

use super::comparable::{PairArticles, articles_of};
use super::error::CompareError;
use super::material::{Material, rates};
use super::models;
use super::paired;
use super::phrases::{per, smaller};
use super::resample::Resampler;
use super::result::{Contrast, Ends, Estimate, InVoice, Pair};

/// Paths whose |t| are held in memory at once: 9,999 arrangements × 200 × 8 bytes are 16 MB.
const PATHS_AT_ONCE: usize = 200;
/// What hits expected in strata are multiplied by so that they can stand for words, which are whole numbers.
const SCALE: f64 = 1e12;

/// One path that is to be tested.
struct Candidate {
    /// Which contrast it is of, once these stand in a row.
    place: usize,
    hits: Vec<u32>,
    found: Found,
    /// Whether articles (or events) of a side differ at all: else no spread was seen that an interval could rest on.
    is_spread_seen: bool,
}

/// A log ratio, from which its interval can be had.
enum Found {
    Plain(LogRate),
    /// Of articles whose labels are exchanged within strata.
    Stratified(StratifiedRatio),
}

impl Found {
    fn log_ratio(&self) -> f64 {
        match self {
            Found::Plain(found) => found.estimate,
            Found::Stratified(found) => found.log_ratio,
        }
    }

    fn within(&self, critical: f64) -> Result<stats::Interval, StatsError> {
        match self {
            Found::Plain(found) => Ok(found.within(critical)),
            Found::Stratified(found) => found.within(critical),
        }
    }
}

/// Every contrast of a pair in a voice, path by path in the order of the lexicons.
pub(super) fn contrasts_of(
    material: &Material<'_>,
    resampler: &Resampler<'_>,
    pair_number: u32,
    voice: InVoice,
) -> Result<Vec<Contrast>, CompareError> {
    let pair = material.sides.pairs[pair_number as usize];
    let all = articles_of(material, pair);
    let mut found = Vec::new();
    for lexicon in 0..material.units.vocabulary.lexicons.len() as u32 {
        let Some(exposure) = material.exposure(lexicon, voice) else { continue };
        let own = all.read_by(material.units, lexicon);
        let words: Vec<u64> = own.articles.iter().map(|article| exposure[*article as usize]).collect();
        let comparable = own.comparable(&words);
        let paths: Vec<u32> = material.paths_of(lexicon).collect();
        for paths in paths.chunks(PATHS_AT_ONCE) {
            let described = resampler.each(paths.to_vec(), |path| {
                let hits = material.hits(path, voice).unwrap_or_default();
                Ok(describe(
                    material,
                    (pair_number, pair),
                    path,
                    voice,
                    [(&own, &words), (&comparable.0, &comparable.1)],
                    &hits,
                ))
            })?;
            let first = found.len();
            let mut candidates = Vec::new();
            for (place, (contrast, candidate)) in (first..).zip(described) {
                found.push(contrast);
                candidates.extend(candidate.map(|candidate| Candidate { place, ..candidate }));
            }
            let (comparable, words) = &comparable;
            arranged::test(material, resampler, pair, comparable, words, &candidates, &mut found)?;
        }
    }
    Ok(found)
}

/// Everything of a contrast that no arrangement is needed for; and if it can be tested, what of. Prevalence and Cliff's
/// delta are of all articles of the pair, ratio and test of those that can be held against each other.
fn describe(
    material: &Material<'_>,
    (pair_number, pair): (u32, Pair),
    path: u32,
    voice: InVoice,
    [(own, words), (comparable, comparable_words)]: [(&PairArticles, &[u64]); 2],
    of_corpus: &[u32],
) -> (Contrast, Option<Candidate>) {
    let mut contrast = Contrast { path, pair: pair_number, voice, ..Contrast::default() };
    let hits = own.hits(of_corpus);
    let [against, group] = sides_of(own, words, &hits);
    if let Some([group, against]) = &own.languages {
        contrast.withheld = format!("{group} and {against}: rates are not compared across languages");
        return (contrast, None);
    }
    let names = [pair.against, pair.group].map(|side| material.sides.sides[side as usize].name.as_str());
    if let Some(name) = unread_side(material, pair, path) {
        let lexicon = material.units.vocabulary.lexicon_of(path);
        contrast.withheld = format!("no article of {name} is in the language of {} ({})", lexicon.id, lexicon.language);
        return (contrast, None);
    }
    if let Err(reason) = stats::enough_units([against.len(), group.len()]) {
        contrast.withheld = too_few_articles([against.len(), group.len()], names, &reason);
        return (contrast, None);
    }
    let level = material.plan.level;
    let present = |counts: &[Count]| Present {
        articles: counts.iter().filter(|c| c.hits >= u64::from(material.plan.present_min)).count() as u64,
        of: counts.len() as u64,
    };
    contrast.risk_difference = stats::risk_difference(present(&against), present(&group), level)
        .ok()
        .map(|found| Estimate { value: found.estimate, interval: Some(found.interval.into()) });
    let [against_rates, group_rates] = [rates(&against), rates(&group)];
    contrast.cliff_delta = match stats::cliff_delta_interval(&against_rates, &group_rates, level) {
        Ok((value, interval)) => Some(Estimate { value, interval: Some(interval.into()) }),
        // Complete separation, or nothing but ties: the number stands, its spread was not seen.
        Err(_) => stats::cliff_delta(&against_rates, &group_rates).ok().map(|value| Estimate { value, interval: None }),
    };
    if let Some(events) = &own.events {
        contrast.paired = paired::paired(material.plan, events, &own.labels, words, &hits);
    }
    let (own, words) = (comparable, comparable_words);
    let hits = own.hits(of_corpus);
    if let Some(events) = &own.events
        && let Err(reason) = enough_pairs(&by_event(events, &own.labels, words, &hits))
    {
        contrast.withheld = in_words(&reason);
        return (contrast, None);
    }
    let [against, group] = sides_of(own, words, &hits);
    if against.is_empty() || group.is_empty() {
        contrast.withheld = in_words(&StatsError::OneArrangement);
        return (contrast, None);
    }
    if let Err(reason) = stats::enough_units([against.len(), group.len()]) {
        let strata = material.plan.within.join(" and ");
        let few = too_few_articles([against.len(), group.len()], names, &reason);
        contrast.withheld = format!("where both have articles of one {strata}: {few}");
        return (contrast, None);
    }
    if let Err(reason) = enough_hits([&against, &group].map(|counts| counts.iter().copied().sum())) {
        if let Some(paired) = &mut contrast.paired {
            paired.withhold();
        }
        contrast.withheld = too_few_hits(names, [against.len(), group.len()], &reason);
        return (contrast, None);
    }
    match log_ratio(own, words, &hits, [&against, &group]) {
        Ok((found, is_spread_seen)) => {
            contrast.rate_ratio = Some(Estimate { value: found.log_ratio().exp(), interval: None });
            contrast.model = models::fit(material.plan, own, words, &hits);
            (contrast, Some(Candidate { place: 0, hits, found, is_spread_seen }))
        }
        Err(reason) => {
            contrast.withheld = in_words(&reason);
            (contrast, None)
        }
    }
}

/// A side of a pair that a path's lexicon reads no article of, because all are in another language.
fn unread_side<'a>(material: &Material<'a>, pair: Pair, path: u32) -> Option<&'a str> {
    let lexicon = material.units.vocabulary.paths[path as usize].lexicon;
    let is_unread = |side: &u32| {
        let articles = &material.sides.articles[*side as usize];
        !articles.is_empty() && articles.iter().all(|article| material.units.is_left_out_of(*article, lexicon))
    };
    let side = [pair.against, pair.group].into_iter().find(is_unread)?;
    Some(material.sides.sides[side as usize].name.as_str())
}

/// Hits and words of each side's articles that have words: the other side first.
fn sides_of(own: &PairArticles, words: &[u64], hits: &[u32]) -> [Vec<Count>; 2] {
    [0, 1].map(|label| {
        let rows = own.labels.iter().zip(words).zip(hits);
        let rows = rows.filter(|((l, words), _)| **l == label && **words > 0);
        rows.map(|((_, words), hits)| Count { hits: u64::from(*hits), words: *words }).collect()
    })
}

/// The log ratio of the group's rate to the other's: by events where these are the units, kind by kind where labels
/// are exchanged within strata. With it, whether units of a side differ at all.
fn log_ratio(
    own: &PairArticles,
    words: &[u64],
    hits: &[u32],
    sides: [&[Count]; 2],
) -> Result<(Found, bool), StatsError> {
    match (&own.events, &own.strata) {
        (Some(events), _) => {
            let events = by_event(events, &own.labels, words, hits);
            let seen = [0, 1].map(|side| differ(events.iter().map(|event| event[side])));
            Ok((Found::Plain(contrast_by_events(&events)?), seen.contains(&true)))
        }
        (None, None) => {
            let seen = sides.map(|side| differ(side.iter().copied()));
            Ok((Found::Plain(contrast(sides[0], sides[1])?), seen.contains(&true)))
        }
        (None, Some(strata)) => {
            let counts: Vec<Count> =
                hits.iter().zip(words).map(|(hits, words)| Count { hits: u64::from(*hits), words: *words }).collect();
            let ratio = stratified_ratio(&counts, &own.labels, strata)?;
            let expected = as_words(&ratio.expected(ratio.log_ratio));
            let side = |label: u8| {
                let rows = own.labels.iter().zip(&expected).zip(hits).filter(move |((l, _), _)| **l == label);
                rows.map(|((_, words), hits)| Count { hits: u64::from(*hits), words: *words })
            };
            let seen = differ(side(0)) || differ(side(1));
            Ok((Found::Stratified(ratio), seen))
        }
    }
}

/// Whether the rates of units with words differ, beyond what rounding hits expected to whole numbers can do.
pub(super) fn differ(units: impl Iterator<Item = Count>) -> bool {
    let rates = units.filter_map(Count::rate);
    let (low, high) = rates.fold((f64::INFINITY, 0.0_f64), |(low, high), rate| (low.min(rate), high.max(rate)));
    high - low > 1e-7 * high
}

/// Expected hits on a scale where they can stand for words.
fn as_words(expected: &[f64]) -> Vec<u64> {
    let all: f64 = expected.iter().sum();
    expected.iter().map(|e| if all > 0.0 { (e / all * SCALE).round() as u64 } else { 0 }).collect()
}

/// What each side has in each event: the other side first.
pub(super) fn by_event(events: &[u32], labels: &[u8], words: &[u64], hits: &[u32]) -> Vec<[Count; 2]> {
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(|&i| events[i]);
    order
        .chunk_by(|&a, &b| events[a] == events[b])
        .map(|event| {
            let mut sums = [Count::default(); 2];
            for &i in event {
                let sum = &mut sums[usize::from(labels[i])];
                sum.hits += u64::from(hits[i]);
                sum.words += words[i];
            }
            sums
        })
        .collect()
}

fn too_few_articles(articles: [usize; 2], names: [&str; 2], reason: &StatsError) -> String {
    let (few, name) = smaller(articles, names);
    match (few, reason) {
        (0, _) => format!("{name} has no article with words here"),
        (1, _) => format!("1 article of {name}: a description of texts, no comparison of groups"),
        (few, StatsError::TooFewUnits { needed, .. }) => {
            format!("{few} articles of {name}, {needed} are needed: no interval and no p")
        }
        (few, _) => format!("{few} articles of {name}: no interval and no p"),
    }
}

fn too_few_hits(names: [&str; 2], articles: [usize; 2], reason: &StatsError) -> String {
    match *reason {
        StatsError::NoHits { group } => {
            let name = names.get(group).copied().unwrap_or_default();
            let bound = articles.get(group).and_then(|n| stats::rule_of_three(*n as u64)).unwrap_or(1.0);
            format!("too few hits: none in {name}, whose prevalence is at most {} (3 over its articles)", per(bound))
        }
        StatsError::TooFewHits { group, expected, needed } => {
            let name = names.get(group).copied().unwrap_or_default();
            format!("too few hits: {name} expects {expected:.1} at the rate of both, {needed} are needed")
        }
        StatsError::NoExposure { group } => {
            format!("{} has no words here", names.get(group).copied().unwrap_or_default())
        }
        _ => in_words(reason),
    }
}

/// Why a statistic is withheld, for people.
pub(super) fn in_words(reason: &StatsError) -> String {
    match reason {
        StatsError::TooFewPairs { events, needed } => {
            format!("{events} events covered by both, {needed} are needed: no interval and no p")
        }
        StatsError::OneArrangement => "no stratum has articles of both: there is nothing to exchange".to_owned(),
        StatsError::Unattainable { smallest } => {
            format!("the smallest p attainable here is {}, so no interval has an end", per(*smallest))
        }
        StatsError::NoVariation => {
            "the articles of each side do not vary, so no spread was seen and there is no interval".to_owned()
        }
        StatsError::NoHits { .. } => "too few hits: one side has none where both have articles".to_owned(),
        other => other.to_string(),
    }
}

/// The ratio outside quotation marks over the ratio inside them: who differs in its own words more than in those it
/// quotes. An article gives both, so that what they share is taken out.
pub(super) fn voice_gap(material: &Material<'_>, path: u32, pair: Pair) -> Option<Estimate> {
    let lexicon = material.units.vocabulary.paths[path as usize].lexicon;
    let words = InVoice::ALL.map(|voice| material.exposure(lexicon, voice));
    let hits = InVoice::ALL.map(|voice| material.hits(path, voice));
    let ([Some(outside_words), Some(quoted_words)], [Some(outside), Some(quoted)]) = (words, &hits) else {
        return None;
    };
    let side = |side: u32| -> Vec<[Count; 2]> {
        let count = |hits: &[u32], words: &[u64], article: u32| Count {
            hits: hits[article as usize].into(),
            words: words[article as usize],
        };
        let articles = material.sides.articles[side as usize].iter();
        articles.map(|a| [count(quoted, quoted_words, *a), count(outside, outside_words, *a)]).collect()
    };
    let [against, group] = [side(pair.against), side(pair.group)];
    for voice in 0..2 {
        let own = |rows: &[[Count; 2]]| rows.iter().map(|row| row[voice]).sum::<Count>();
        let worded = |rows: &[[Count; 2]]| rows.iter().filter(|row| row[voice].words > 0).count();
        enough_hits([own(&against), own(&group)]).ok()?;
        stats::enough_units([worded(&against), worded(&group)]).ok()?;
    }
    let gap = contrast_by_events(&group).ok()?.less(&contrast_by_events(&against).ok()?);
    let interval = gap.interval(material.plan.level).ok()?;
    let ends = Ends { low: interval.low.exp(), high: interval.high.exp() };
    let finite = gap.estimate.exp().is_finite() && ends.low.is_finite() && ends.high.is_finite();
    finite.then(|| Estimate { value: gap.estimate.exp(), interval: Some(ends) })
}
