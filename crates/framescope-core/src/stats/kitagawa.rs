//! Which events were covered, and how the same events: the exact split of a difference between two rates
//! (Kitagawa 1955).

use super::error::StatsError;
use super::rates::Count;

/// A difference of pooled rates, split.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// Pooled rates of both groups, hits per word.
    pub rates: [f64; 2],
    /// What comes from the events covered: Σ (s₂ − s₁)(½(r₁ + r₂) − R̄), s an event's share of its group's words.
    pub coverage: f64,
    /// What comes from writing differently of the same events: Σ ½(s₁ + s₂)(r₂ − r₁).
    pub treatment: f64,
    /// Both parts of each event, in the order given.
    pub events: Vec<EventPart>,
}

/// What one event adds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EventPart {
    /// To `coverage`. R̄, the mean of both pooled rates, is taken off first, so that more words on an event of
    /// average rate add nothing; that changes no sum.
    pub coverage: f64,
    /// To `treatment`; 0 for an event of one group.
    pub treatment: f64,
}

/// Splits R₂ − R₁ exactly. `events[e]` is what both groups have in event e. An event that one group did not cover
/// has no rate there; it is all coverage (its rate stands in on both sides), so `treatment` speaks of events
/// covered by both and nothing else.
///
/// # Errors
/// [`StatsError::NoExposure`] for a group without words, [`StatsError::Value`] for hits without words.
pub fn kitagawa(events: &[[Count; 2]]) -> Result<Split, StatsError> {
    let totals = [0, 1].map(|g| events.iter().map(|e| e[g]).sum::<Count>());
    let mut rates = [0.0; 2];
    for (group, total) in totals.iter().enumerate() {
        rates[group] = total.rate().ok_or(StatsError::NoExposure { group })?;
    }
    if let Some(count) = events.iter().flatten().find(|c| c.words == 0 && c.hits > 0) {
        return Err(StatsError::Value(count.hits as f64));
    }
    let centre = (rates[0] + rates[1]) / 2.0;
    let parts: Vec<EventPart> = events
        .iter()
        .map(|event| {
            let share = [0, 1].map(|g| event[g].words as f64 / totals[g].words as f64);
            let (r1, r2) = match [event[0].rate(), event[1].rate()] {
                [Some(r1), Some(r2)] => (r1, r2),
                [Some(r), None] | [None, Some(r)] => (r, r),
                [None, None] => (centre, centre),
            };
            EventPart {
                coverage: (share[1] - share[0]) * ((r1 + r2) / 2.0 - centre),
                treatment: (share[0] + share[1]) / 2.0 * (r2 - r1),
            }
        })
        .collect();
    Ok(Split {
        rates,
        coverage: parts.iter().map(|p| p.coverage).sum(),
        treatment: parts.iter().map(|p| p.treatment).sum(),
        events: parts,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn count((hits, words): (u64, u64)) -> Count {
        Count { hits: if words == 0 { 0 } else { hits }, words }
    }

    proptest! {
        #[test]
        fn both_parts_sum_to_the_difference(
            events in prop::collection::vec(((0_u64..9, 0_u64..3), (0_u64..9, 0_u64..3)), 1..30),
        ) {
            let mut events: Vec<[Count; 2]> = events
                .into_iter()
                .map(|((h1, n1), (h2, n2))| [count((h1, n1 * 400)), count((h2, n2 * 300))])
                .collect();
            events.push([count((1, 100)), count((2, 100))]);
            let split = kitagawa(&events).unwrap();
            prop_assert!((split.coverage + split.treatment - (split.rates[1] - split.rates[0])).abs() < 1e-14);
        }
    }

    #[test]
    fn each_part_alone() {
        // The same rate in the same event: only coverage differs.
        let a = |hits| Count { hits, words: 1000 };
        let b = |hits| Count { hits, words: 3000 };
        let covered = kitagawa(&[[a(1), b(3)], [b(30), a(10)]]).unwrap();
        assert!(covered.treatment.abs() < 1e-15 && (covered.coverage - -0.0045).abs() < 1e-12);
        // The same words on each event: only treatment differs.
        let treated = kitagawa(&[[a(1), a(3)], [b(30), b(40)]]).unwrap();
        assert!(treated.coverage.abs() < 1e-15 && (treated.treatment - 0.003).abs() < 1e-12);
        // An event of one group alone is all coverage.
        let alone = kitagawa(&[[a(5), a(5)], [Count::default(), a(9)]]).unwrap();
        assert!(alone.treatment.abs() < 1e-15 && (alone.coverage - 0.002).abs() < 1e-12);
    }

    #[test]
    fn bad_tables_are_said() {
        assert_eq!(kitagawa(&[]), Err(StatsError::NoExposure { group: 0 }));
        let ten = Count { hits: 1, words: 10 };
        let odd = Count { hits: 1, words: 0 };
        assert_eq!(kitagawa(&[[ten, ten], [ten, odd]]), Err(StatsError::Value(1.0)));
    }
}
