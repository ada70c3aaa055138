//! Warnings about spread: hits in one article, clumped, or growing otherwise than articles do; and models that need
//! more than there is.

use framescope_core::stats::{
    Count, StatsError, chance_dp, dispersion, length_check, normal_quantile, overdispersion_p,
};

use super::{ALPHA, Looked, warning};
use crate::compare::error::CompareError;
use crate::compare::models::CLUSTERS;
use crate::compare::phrases::{counted, per, percent};
use crate::compare::plan::Model;
use crate::compare::resample::Resampler;
use crate::compare::result::{InVoice, Pair, Place, Warning};

/// The share of a group's hits that one article may have.
const ONE_ARTICLE: f64 = 0.5;
/// Hits and articles from which that is looked at: of fewer, half is a matter of chance.
const HITS: u64 = 10;
const ARTICLES: usize = framescope_core::stats::UNITS_A_SIDE;
/// Hits that may be drawn in one simulation of dispersion: what a cell may cost.
const DRAWN: u64 = 10_000_000;
/// Dispersion of counts from which plain Poisson is no choice (methods 4.11).
const OVERDISPERSED: f64 = 1.5;

/// Hits and words of a path in a group, outside quotation marks, an article each.
fn counts(looked: &Looked<'_>, path: u32, side: u32) -> Vec<Count> {
    let Some(all) = looked.units.counts(path, InVoice::Outside.headline()) else { return Vec::new() };
    let own = looked.articles(side).iter().map(|article| all[*article as usize]);
    own.filter(|count| count.words > 0).collect()
}

/// One article has most of a group's hits, or hits are clumped more than chance alone would have them.
///
/// Clumped means DP above what 95 % of corpora show whose hits fall on words at random, taken over all paths and groups
/// looked at: the point of each is put so far out that one of them is passed by chance in 5 % of runs.
pub(super) fn w04(looked: &Looked<'_>, resampler: &Resampler<'_>) -> Result<Vec<Warning>, CompareError> {
    let mut places = Vec::new();
    for path in 0..looked.units.vocabulary.paths.len() as u32 {
        for side in looked.groups() {
            let own =
                looked.found.cells.binary_search_by_key(&(path, side, InVoice::Outside), |c| (c.path, c.side, c.voice));
            let enough = own.is_ok_and(|place| looked.found.cells[place].hits >= HITS);
            if enough && looked.articles(side).len() >= ARTICLES {
                places.push((path, side));
            }
        }
    }
    // The 95 % point of one cell is 1.645 standard deviations above the mean; of m cells it is further out. Half of the
    // chance is for one article with most hits, and DP leans to the right of a normal value: a quarter keeps what is
    // promised of plain corpora, by simulation.
    let m = places.len().max(1) as f64;
    let further = normal_quantile(1.0 - ALPHA / 4.0 / m) / normal_quantile(0.95);
    let found = resampler.each(places, |(path, side)| Ok(clumped(looked, path, side, further, ALPHA / 2.0 / m)))?;
    Ok(found.into_iter().flatten().collect())
}

fn clumped(looked: &Looked<'_>, path: u32, side: u32, further: f64, by_chance: f64) -> Option<Warning> {
    let counts = counts(looked, path, side);
    let hits: Vec<f64> = counts.iter().map(|count| count.hits as f64).collect();
    let words: Vec<f64> = counts.iter().map(|count| count.words as f64).collect();
    let observed = dispersion(&hits, &words).ok()?;
    let all: u64 = counts.iter().map(|count| count.hits).sum();
    let place = looked.outside(path, side);
    let (name, path) = (looked.side(side), looked.path(path));
    let largest = counts.iter().map(|count| count.hits).max().unwrap_or(0);
    // Of a dozen hits in five articles one often has half by chance alone.
    if observed.largest_share > ONE_ARTICLE && chance_of_most(largest, all, &words) <= by_chance {
        let text = format!(
            "one article has {} of the {} of {path} in {name}: leave it out and look again",
            percent(observed.largest_share),
            counted(all, "hit")
        );
        let numbers = vec![("largest_share", observed.largest_share), ("hits", all as f64)];
        return Some(warning("W04", place, numbers, text));
    }
    let simulations = (DRAWN / all.max(1)).clamp(99, 999) as usize;
    let chance = chance_dp(all, &words, simulations, looked.plan.seed).ok()?;
    let limit = chance.mean + further * (chance.upper - chance.mean);
    (observed.dp > limit && observed.dp > chance.upper).then(|| {
        let text = format!(
            "the hits of {path} in {name} are clumped in few articles: DP {} where chance gives {} (at most {} in 95 % of \
             corpora, over all that was looked at)",
            per(observed.dp),
            per(chance.mean),
            per(limit)
        );
        let numbers = vec![("dp", observed.dp), ("dp_by_chance", chance.mean), ("dp_limit", limit)];
        warning("W04", place, numbers, text)
    })
}

/// The chance that some article has at least `most` of `hits` that fall on words at random, where that is more than half
/// of them: then only one can, so that the chances of all articles add up (binomial, by the words of each).
fn chance_of_most(most: u64, hits: u64, words: &[f64]) -> f64 {
    let all_words: f64 = words.iter().sum();
    let (n, k) = (hits as f64, most as f64);
    let choices: f64 = (1..=most).map(|i| ((n - k + i as f64) / i as f64).ln()).sum();
    let of_article = |words: &f64| {
        let share = words / all_words;
        if share >= k / n {
            return 1.0;
        }
        let first = (choices + k * share.ln() + (n - k) * (1.0 - share).ln()).exp();
        let (mut term, mut sum) = (first, first);
        for j in most..hits {
            term *= (n - j as f64) / (j as f64 + 1.0) * share / (1.0 - share);
            sum += term;
            if term <= sum * 1e-12 {
                break;
            }
        }
        sum
    };
    words.iter().filter(|words| **words > 0.0).map(of_article).sum::<f64>().min(1.0)
}

/// Counts are more spread than Poisson, and a model of that family was asked for.
pub(super) fn w07(looked: &Looked<'_>) -> Vec<Warning> {
    if looked.plan.model != Model::QuasiPoisson {
        return Vec::new();
    }
    let fitted: Vec<(u32, u32, f64, f64)> = looked
        .found
        .contrasts
        .iter()
        .filter(|contrast| contrast.voice == InVoice::Outside)
        .filter_map(|contrast| {
            let model = contrast.model.as_ref()?;
            Some((contrast.path, contrast.pair, model.dispersion?, model.dispersion_df?))
        })
        .collect();
    let m = fitted.len().max(1) as f64;
    // What each article would have at the rate of its group.
    let means = |path: u32, pair: u32| {
        let Pair { group, against } = looked.sides.pairs[pair as usize];
        [group, against].into_iter().flat_map(move |side| {
            let counts = counts(looked, path, side);
            let (hits, words) = counts.iter().fold((0, 0), |(h, w), count| (h + count.hits, w + count.words));
            counts.into_iter().map(move |count| count.words as f64 * hits as f64 / words as f64)
        })
    };
    let is_more = |&(path, pair, dispersion, df): &(u32, u32, f64, f64)| {
        dispersion > OVERDISPERSED
            && overdispersion_p(dispersion * df, df, means(path, pair)).is_ok_and(|p| p < ALPHA / m)
    };
    fitted
        .into_iter()
        .filter(is_more)
        .map(|(path, pair, dispersion, _)| {
            let text = format!(
                "counts of {} are {} times as spread as Poisson: quasi-Poisson widens its standard error by that, and \
                 the permutation test beside it needs no such model",
                looked.path(path),
                per(dispersion)
            );
            let place = Place { path: Some(path), pair: Some(pair), voice: Some(InVoice::Outside), ..Place::default() };
            warning("W07", place, vec![("dispersion", dispersion)], text)
        })
        .collect()
}

/// Longer articles have another rate.
pub(super) fn w08(looked: &Looked<'_>) -> Vec<Warning> {
    let mut checked = Vec::new();
    for path in 0..looked.units.vocabulary.paths.len() as u32 {
        for side in looked.groups() {
            let counts = counts(looked, path, side);
            if counts.iter().map(|count| count.hits).sum::<u64>() < HITS {
                continue;
            }
            match length_check(&counts) {
                Ok(check) => checked.push((path, side, check)),
                // Fewer than 30 articles, or all of one length.
                Err(StatsError::TooFewUnits { .. } | StatsError::Singular) => {}
                Err(_) => {}
            }
        }
    }
    let m = checked.len().max(1) as f64;
    checked
        .into_iter()
        .filter(|(_, _, check)| check.p < ALPHA / m)
        .map(|(path, side, check)| {
            let text = format!(
                "in {}, hits of {} grow as the {} power of an article's words, not with them (p {}): compare articles of \
                 like length",
                looked.side(side),
                looked.path(path),
                per(check.slope),
                per(check.p)
            );
            warning("W08", looked.outside(path, side), vec![("slope", check.slope), ("p", check.p)], text)
        })
        .collect()
}

/// A cluster-robust model with few clusters.
pub(super) fn w17(looked: &Looked<'_>) -> Vec<Warning> {
    let named = looked.plan.clusters.as_ref().or(looked.plan.events.as_ref());
    let (Model::QuasiPoisson | Model::NegativeBinomial, Some(clusters)) = (looked.plan.model, named) else {
        return Vec::new();
    };
    let one = |(number, pair): (u32, &crate::compare::result::Pair)| {
        let both = looked.articles(pair.group).iter().chain(looked.articles(pair.against));
        let mut own: Vec<u32> = both.map(|article| clusters.of_article[*article as usize]).collect();
        own.sort_unstable();
        own.dedup();
        (own.len() < CLUSTERS).then(|| {
            let text = format!(
                "{} for {} and {}: with fewer than {CLUSTERS} the usual cluster-robust errors (CR1) reject too often, so \
                 the model has CR2 with Satterthwaite's degrees of freedom and a wild bootstrap; the permutation test \
                 beside it is the one to report",
                counted(own.len() as u64, "cluster"),
                looked.side(pair.group),
                looked.side(pair.against)
            );
            let place = Place { pair: Some(number), ..Place::default() };
            warning("W17", place, vec![("clusters", own.len() as f64)], text)
        })
    };
    (0..).zip(&looked.sides.pairs).filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::chance_of_most;

    /// All of 3 hits in one of two equal articles: 2 / 2³; at least 2 of 3 is sure; 3 of 4 by shares ¼ and ¾ by hand.
    #[test]
    fn the_chance_of_most_hits_by_hand() {
        for (most, hits, words, chance) in [
            (3, 3, [100.0, 100.0], 0.25),
            (2, 3, [100.0, 100.0], 1.0),
            (4, 4, [100.0, 300.0], 0.25_f64.powi(4) + 0.75_f64.powi(4)),
            (3, 4, [200.0, 200.0], 2.0 * 5.0 / 16.0),
        ] {
            let found = chance_of_most(most, hits, &words);
            assert!((found - chance).abs() < 1e-12, "{most} of {hits}: {found}, not {chance}");
        }
    }
}
