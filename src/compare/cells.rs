//! What each side has of each path in each voice: a description, whatever the numbers.

use framescope_core::stats::{self, Count, Present, UNITS_A_SIDE};

use super::material::{Material, rates};
use super::rates::differ;
use super::result::{Ends, Estimate, InVoice, PathCell};

/// Hits from which a side's rate has an interval of its own (as each group must expect for a contrast).
const HITS_FOR_INTERVAL: u64 = stats::EXPECTED_HITS as u64;

/// Every side's cells of a path in a voice; none where its lexicon counts nothing there.
pub(super) fn cells_of(material: &Material<'_>, path: u32, voice: InVoice) -> Vec<PathCell> {
    let lexicon = material.units.vocabulary.paths[path as usize].lexicon;
    let Some((words, hits)) = material.exposure(lexicon, voice).zip(material.hits(path, voice)) else {
        return Vec::new();
    };
    (0..material.sides.sides.len()).map(|side| cell(material, path, voice, side, words, &hits)).collect()
}

fn cell(material: &Material<'_>, path: u32, voice: InVoice, side: usize, words: &[u64], hits: &[u32]) -> PathCell {
    let articles = &material.sides.articles[side];
    let counts = material.counts(hits, words, articles);
    let all: Count = counts.iter().copied().sum();
    let level = material.plan.level;
    let present = counts.iter().filter(|count| count.hits >= u64::from(material.plan.present_min)).count() as u64;
    let of = counts.len() as u64;
    let prevalence = Present { articles: present, of }.share().map(|value| Estimate {
        value,
        interval: stats::wilson(present, of, level).filter(|_| of > 1).map(Ends::from),
    });
    let own = rates(&counts);
    let range = own.iter().copied().fold(None, |ends: Option<Ends>, rate| {
        let Ends { low, high } = ends.unwrap_or(Ends { low: rate, high: rate });
        Some(Ends { low: low.min(rate), high: high.max(rate) })
    });
    // The first of the articles with most hits.
    let largest = articles.iter().copied().filter(|a| words[*a as usize] > 0).max_by_key(|a| {
        let last = u32::MAX - a;
        (hits[*a as usize], last)
    });
    let largest = largest.filter(|_| all.hits > 0);
    PathCell {
        path,
        side: side as u32,
        voice,
        articles: of,
        present,
        prevalence,
        hits: all.hits,
        words: all.words,
        rate: all.rate().map(|rate| Estimate { value: 1000.0 * rate, interval: rate_interval(&counts, all, level) }),
        mean_rate: stats::mean_of(&own),
        median_rate: stats::median(&own),
        range,
        largest_share: largest.map(|article| f64::from(hits[article as usize]) / all.hits as f64),
        largest_article: largest.map(|article| material.units.id(article).to_owned()),
        zero_bound: stats::rule_of_three(of).filter(|_| all.hits == 0),
        warnings: Vec::new(),
    }
}

/// Of one article the exact interval of a Poisson count, which is within the text; from 5 articles and 5 hits that of
/// the studentised log rate ([`pooled_interval`]); between them none.
fn rate_interval(counts: &[Count], all: Count, level: f64) -> Option<Ends> {
    if counts.len() == 1 {
        return stats::poisson_rate(all.hits, all.words, 1000.0, level).map(Ends::from);
    }
    let Ends { low, high } = pooled_interval(counts, all, level)?;
    Some(Ends { low: 1000.0 * low, high: 1000.0 * high })
}

/// The interval of the rate that some articles have together, hits per word; none of fewer than 5 articles with words or 5
/// hits, nor where no article differs from another: no spread was seen.
///
/// The ½ that is added to the hits where groups are compared would put the interval beside the rate that is shown, so
/// that it need not hold it; here it is around Y/N, which 5 hits allow.
pub(super) fn pooled_interval(counts: &[Count], all: Count, level: f64) -> Option<Ends> {
    let worded = counts.iter().filter(|count| count.words > 0).count();
    if worded < UNITS_A_SIDE || all.hits < HITS_FOR_INTERVAL || !differ(counts.iter().copied()) {
        return None;
    }
    let rate = stats::log_rate(counts).ok()?;
    let interval = stats::LogRate { estimate: all.rate()?.ln(), ..rate }.interval(level).ok()?;
    let ends = Ends { low: interval.low.exp(), high: interval.high.exp() };
    (ends.low.is_finite() && ends.high.is_finite()).then_some(ends)
}
