//! Word shift: what each entry does to a difference, so that the parts sum to the whole (Gallagher et al. 2021).

use super::error::{StatsError, finite, nonnegative, same_length};

/// How a term moves the weighted average Φ from the first group to the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// Its relative frequency in the first and second group.
    pub p: [f64; 2],
    /// Whether it is more frequent in the second group.
    pub more: bool,
    /// Whether its (mean) score lies above the reference.
    pub above: bool,
    /// δΦ = (p₂ − p₁)[½(φ₂ + φ₁) − Φ_ref] + ½(p₂ + p₁)(φ₂ − φ₁).
    pub contribution: f64,
    /// The contribution over Σ |δΦ|; 0 where nothing moves.
    pub normalised: f64,
}

/// A word shift: every term, and both averages.
#[derive(Debug, Clone, PartialEq)]
pub struct WordShift {
    /// The weighted averages Φ₁ and Φ₂. Σ δΦ = Φ₂ − Φ₁.
    pub average: [f64; 2],
    /// One a term, in the order given.
    pub terms: Vec<Shift>,
}

/// The shift of a score average: `counts` and `scores` of each term in both groups. All terms of a text belong
/// in it, scored or not, for frequencies that sum to 1 are what makes the parts sum to the whole. The reference
/// is Φ₁ unless given.
///
/// # Errors
/// [`StatsError::NoExposure`] for a group without counts, [`StatsError::Shape`], [`StatsError::Value`].
pub fn word_shift(counts: [&[f64]; 2], scores: [&[f64]; 2], reference: Option<f64>) -> Result<WordShift, StatsError> {
    let mut totals = [0.0; 2];
    for g in 0..2 {
        same_length(counts[0].len(), counts[g].len())?;
        same_length(counts[0].len(), scores[g].len())?;
        nonnegative(counts[g])?;
        finite(scores[g])?;
        totals[g] = counts[g].iter().sum();
        if totals[g] <= 0.0 {
            return Err(StatsError::NoExposure { group: g });
        }
    }
    let average = [0, 1].map(|g| counts[g].iter().zip(scores[g]).map(|(c, s)| c / totals[g] * s).sum::<f64>());
    let reference = reference.unwrap_or(average[0]);
    finite(&[reference])?;
    let mut terms: Vec<Shift> = (0..counts[0].len())
        .map(|t| {
            let p = [0, 1].map(|g| counts[g][t] / totals[g]);
            let score = (scores[0][t] + scores[1][t]) / 2.0 - reference;
            let change = scores[1][t] - scores[0][t];
            let contribution = (p[1] - p[0]) * score + (p[1] + p[0]) / 2.0 * change;
            Shift { p, more: p[1] > p[0], above: score > 0.0, contribution, normalised: 0.0 }
        })
        .collect();
    normalise(&mut terms);
    Ok(WordShift { average, terms })
}

/// The shift of a category's pooled rate: each entry's hits over the groups' words, R₂ − R₁; the contributions sum
/// to the difference of the pooled rates (and of no other rate: say so beside it). It is [`word_shift`] with
/// score 1 for the entries and 0 for all other words, against 0.
///
/// # Errors
/// As for [`word_shift`].
pub fn rate_shift(hits: [&[f64]; 2], words: [f64; 2]) -> Result<WordShift, StatsError> {
    same_length(hits[0].len(), hits[1].len())?;
    for g in 0..2 {
        nonnegative(hits[g])?;
        nonnegative(&words)?;
        if words[g] <= 0.0 {
            return Err(StatsError::NoExposure { group: g });
        }
    }
    let average = [0, 1].map(|g| hits[g].iter().sum::<f64>() / words[g]);
    let mut terms: Vec<Shift> = (0..hits[0].len())
        .map(|t| {
            let p = [0, 1].map(|g| hits[g][t] / words[g]);
            Shift { p, more: p[1] > p[0], above: true, contribution: p[1] - p[0], normalised: 0.0 }
        })
        .collect();
    normalise(&mut terms);
    Ok(WordShift { average, terms })
}

impl WordShift {
    /// Terms from the largest contribution (of either sign) down, with the running sum, whose last value is the
    /// whole difference; equal contributions keep their order.
    pub fn ranked(&self) -> Vec<(usize, f64)> {
        let mut order: Vec<usize> = (0..self.terms.len()).collect();
        let size = |t: &usize| self.terms[*t].contribution.abs();
        order.sort_by(|a, b| size(b).total_cmp(&size(a)));
        let mut sum = 0.0;
        order
            .into_iter()
            .map(|t| {
                sum += self.terms[t].contribution;
                (t, sum)
            })
            .collect()
    }
}

fn normalise(terms: &mut [Shift]) {
    let all: f64 = terms.iter().map(|t| t.contribution.abs()).sum();
    for term in terms.iter_mut().filter(|_| all > 0.0) {
        term.normalised = term.contribution / all;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Methods 4.7: an identity, to 1e-12, whatever the reference.
        #[test]
        fn contributions_sum_to_the_difference(
            terms in prop::collection::vec((0_u32..50, 0_u32..50, -2.0..2.0_f64, -2.0..2.0_f64), 1..40),
            reference in prop::option::of(-3.0..3.0_f64),
        ) {
            let column = |f: fn(&(u32, u32, f64, f64)) -> f64| terms.iter().map(f).collect::<Vec<f64>>();
            let counts = [column(|t| f64::from(t.0) + 0.5), column(|t| f64::from(t.1) + 0.25)];
            let scores = [column(|t| t.2), column(|t| t.3)];
            let shift = word_shift([&counts[0], &counts[1]], [&scores[0], &scores[1]], reference).unwrap();
            let sum: f64 = shift.terms.iter().map(|t| t.contribution).sum();
            prop_assert!((sum - (shift.average[1] - shift.average[0])).abs() < 1e-12);
            prop_assert!((shift.ranked().last().unwrap().1 - sum).abs() < 1e-12);
        }

        #[test]
        fn rate_contributions_sum_to_the_difference(
            terms in prop::collection::vec((0_u32..50, 0_u32..50), 1..40),
        ) {
            let column = |f: fn(&(u32, u32)) -> u32| terms.iter().map(|t| f64::from(f(t))).collect::<Vec<f64>>();
            let hits = [column(|t| t.0), column(|t| t.1)];
            let shift = rate_shift([&hits[0], &hits[1]], [2000.0, 3100.0]).unwrap();
            let sum: f64 = shift.terms.iter().map(|t| t.contribution).sum();
            prop_assert!((sum - (shift.average[1] - shift.average[0])).abs() < 1e-12);
        }
    }

    /// A category is a score of 1 for its entries and of 0 for the rest of the text.
    #[test]
    fn a_rate_is_a_score_of_ones() {
        let hits = [[3.0, 1.0], [2.0, 6.0]];
        let rates = rate_shift([&hits[0], &hits[1]], [100.0, 50.0]).unwrap();
        let counts = [[3.0, 1.0, 96.0], [2.0, 6.0, 42.0]];
        let ones = [1.0, 1.0, 0.0];
        let scores = word_shift([&counts[0], &counts[1]], [&ones, &ones], Some(0.0)).unwrap();
        for t in 0..2 {
            assert!((rates.terms[t].contribution - scores.terms[t].contribution).abs() < 1e-15);
        }
        assert_eq!(scores.terms[2].contribution, 0.0);
        assert_eq!(rates.ranked()[0].0, 1);
    }

    #[test]
    fn empty_groups_are_said() {
        assert_eq!(rate_shift([&[1.0], &[1.0]], [9.0, 0.0]), Err(StatsError::NoExposure { group: 1 }));
        assert_eq!(word_shift([&[0.0], &[1.0]], [&[1.0], &[1.0]], None), Err(StatsError::NoExposure { group: 0 }));
        assert!(matches!(rate_shift([&[1.0], &[]], [9.0, 9.0]), Err(StatsError::Shape { .. })));
        let still = rate_shift([&[0.0], &[0.0]], [9.0, 9.0]).unwrap();
        assert_eq!(still.terms[0].normalised, 0.0);
    }
}
