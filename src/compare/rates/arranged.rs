//! Going through the arrangements: p and interval of the paths that are tested.

use framescope_core::stats::{RateTest, SparseHits, StatsError};

use super::{Candidate, Found, as_words, in_words};
use crate::compare::comparable::PairArticles;
use crate::compare::error::CompareError;
use crate::compare::material::Material;
use crate::compare::phrases::per;
use crate::compare::plan::Plan;
use crate::compare::resample::Resampler;
use crate::compare::result::{Contrast, Ends, PValue, Pair};

/// Paths inside strata that are tested together: each has words of its own, 3 MB of 100,000 articles.
const STRATIFIED_AT_ONCE: usize = 16;

/// Tests the candidates in one run through the arrangements and writes what comes of it into their contrasts.
pub(super) fn test(
    material: &Material<'_>,
    resampler: &Resampler<'_>,
    pair: Pair,
    own: &PairArticles,
    words: &[u64],
    candidates: &[Candidate],
    contrasts: &mut [Contrast],
) -> Result<(), CompareError> {
    let against = &material.sides.sides[pair.against as usize].name;
    let mut run = |candidates: Vec<(&[Candidate], Result<RateTest, StatsError>)>| {
        let mut tested: Vec<(&[Candidate], RateTest)> = Vec::new();
        for (candidates, test) in candidates {
            match test {
                Ok(test) => tested.push((candidates, test)),
                Err(reason) => {
                    candidates.iter().for_each(|candidate| contrasts[candidate.place].withheld = in_words(&reason));
                }
            }
        }
        go_through(material.plan, resampler, against, tested, contrasts)
    };
    if own.strata.is_some() && own.events.is_none() {
        // Each path has its own expected hits in the place of words. In a stratum without hits nothing is expected; an
        // article there says nothing.
        for candidates in candidates.chunks(STRATIFIED_AT_ONCE) {
            let prepared = resampler.each(candidates.iter().collect(), |candidate| {
                let Found::Stratified(ratio) = &candidate.found else { return Ok(None) };
                let expected = as_words(&ratio.expected(0.0));
                let one = std::slice::from_ref(candidate);
                Ok(Some((one, prepare(material.plan, own, &expected, one))))
            })?;
            run(prepared.into_iter().flatten().collect())?;
        }
        return Ok(());
    }
    if candidates.is_empty() {
        return Ok(());
    }
    run(vec![(candidates, prepare(material.plan, own, words, candidates))])
}

fn prepare(plan: &Plan, own: &PairArticles, words: &[u64], candidates: &[Candidate]) -> Result<RateTest, StatsError> {
    let hits: Vec<SparseHits> = candidates.iter().map(|candidate| SparseHits::from_dense(&candidate.hits)).collect();
    RateTest::stratified(
        words,
        &own.labels,
        own.events.as_deref(),
        own.strata.as_deref(),
        &hits,
        plan.permutations,
        plan.seed,
    )
}

/// Tests over the same arrangements go through them together, so that labels are drawn once.
fn go_through(
    plan: &Plan,
    resampler: &Resampler<'_>,
    against: &str,
    mut tested: Vec<(&[Candidate], RateTest)>,
    contrasts: &mut [Contrast],
) -> Result<(), CompareError> {
    while let Some((_, first)) = tested.first() {
        let arrangements = first.arrangements().clone();
        let (own, others) = tested.into_iter().partition(|(_, test)| *test.arrangements() == arrangements);
        tested = others;
        let (candidates, tests): (Vec<&[Candidate]>, Vec<RateTest>) = own.into_iter().unzip();
        let mut values: Vec<Vec<f64>> = vec![Vec::new(); tests.len()];
        for part in resampler.ranges(arrangements.count(), |range| RateTest::values_of_all(&tests, range))? {
            values.iter_mut().zip(part).for_each(|(values, part)| values.extend(part));
        }
        for ((candidates, test), values) in candidates.into_iter().zip(&tests).zip(&values) {
            write(plan, against, (candidates, test), values, contrasts);
        }
    }
    Ok(())
}

/// Writes p and intervals, from |t| of all arrangements.
fn write(
    plan: &Plan,
    against: &str,
    (candidates, test): (&[Candidate], &RateTest),
    values: &[f64],
    contrasts: &mut [Contrast],
) {
    let p = test.p(&test.tally_of(values));
    let critical = test.critical(values, plan.level);
    let smallest = test.smallest_p();
    for (number, candidate) in candidates.iter().enumerate() {
        let contrast = &mut contrasts[candidate.place];
        contrast.p = Some(PValue {
            p: p[number].p,
            adjusted: None,
            family: None,
            arrangements: p[number].arrangements,
            exact: p[number].enumerated,
            smallest: smallest[number],
        });
        let interval = match &critical {
            // Articles that are all alike give one and the same t however they are exchanged; and where those of each
            // side are alike, the ½ that is added to the hits would pass for spread.
            Ok(critical) if critical[number] <= 1e-9 || !candidate.is_spread_seen => {
                contrast.withheld = in_words(&StatsError::NoVariation);
                None
            }
            Ok(critical) => ratio_ends(&candidate.found, critical[number]),
            Err(reason) => {
                contrast.withheld = in_words(reason);
                None
            }
        };
        if let (Some(ends), Some(ratio)) = (interval, &mut contrast.rate_ratio) {
            ratio.interval = Some(ends);
            contrast.excludes = excludes(ends, against);
        }
    }
}

fn ratio_ends(found: &Found, critical: f64) -> Option<Ends> {
    // Where the observed t is itself the critical one, 1 is an end of the interval and stays inside it: the arrangements
    // count ties within 1e-9, and so must this; expected hits stand for words as whole numbers, which moves t by more.
    let tie = match found {
        Found::Plain(_) => 4e-9,
        Found::Stratified(_) => 1e-7,
    };
    let interval = found.within(critical * (1.0 + tie)).ok()?;
    let ends = Ends { low: interval.low.exp(), high: interval.high.exp() };
    (ends.low.is_finite() && ends.high.is_finite()).then_some(ends)
}

/// What an interval of a ratio rules out.
fn excludes(Ends { low, high }: Ends, against: &str) -> String {
    format!("a rate below {} or above {} times that of {against}", per(low), per(high))
}
