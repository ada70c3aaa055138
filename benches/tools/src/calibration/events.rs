//! Rates of two outlets on the same events: events are the units.

use framescope_core::stats::{Count, RateTest, SparseHits, contrast_by_events, enough_hits, enough_pairs};

use super::Effort;
use super::chance::Chance;
use super::rates::Tally;
use super::table::{Table, percent};

/// At 10, 30 and 100 events (and 6, from where it is tried at all), with one article an outlet and event, or up to three.
pub fn events(effort: Effort) -> Table {
    let mut table = Table::new(&[
        "events",
        "articles an outlet and event",
        "rate per 1,000",
        "dispersion α",
        "true ratio",
        "corpora tested %",
        "rejected %",
        "covered %",
        "covered by t %",
    ]);
    for events in [6_usize, 10, 30, 100] {
        for most in [1_u32, 3] {
            for (rate, truth) in [(0.001, 1.0), (0.003, 1.0), (0.003, 3.0)] {
                for alpha in [0, 1, 2] {
                    cell(effort, &mut table, events, most, (rate, truth), alpha);
                }
            }
        }
    }
    table
}

/// Median words of an article of each outlet.
const MEDIANS: [f64; 2] = [400.0, 700.0];

/// What two outlets wrote on the same events, article by article.
pub(super) struct Reports {
    pub counts: Vec<Count>,
    /// The outlet of each, 0 or 1.
    pub labels: Vec<u8>,
    /// Its event.
    pub numbers: Vec<u32>,
}

impl Reports {
    /// Up to `most` articles an outlet and event, with each outlet's rate.
    pub(super) fn drawn(chance: &mut Chance, events: usize, most: u32, rates: [f64; 2], alpha: u8) -> Reports {
        let mut reports = Reports { counts: Vec::new(), labels: Vec::new(), numbers: Vec::new() };
        for event in 0..events {
            // What happened speaks of the frame more or less, whoever reports it.
            let heat = chance.gamma(1);
            for label in 0..2_u8 {
                let rate = heat * rates[usize::from(label)];
                for _ in 0..1 + chance.0.below(most) {
                    reports.counts.push(chance.article(MEDIANS[usize::from(label)], rate, alpha));
                    reports.labels.push(label);
                    reports.numbers.push(event as u32);
                }
            }
        }
        reports
    }
}

fn cell(effort: Effort, table: &mut Table, events: usize, most: u32, (rate, truth): (f64, f64), alpha: u8) {
    let seed = events as u64 * 1000 + u64::from(most) * 100 + (rate * 10_000.0) as u64 + u64::from(alpha);
    let mut tally = Tally::default();
    for corpus in 0..effort.corpora {
        let mut chance = Chance::new(seed, corpus);
        let Reports { counts, labels, numbers } =
            Reports::drawn(&mut chance, events, most, [rate, rate * truth], alpha);
        let mut units = vec![[Count::default(); 2]; events];
        for ((count, &label), &event) in counts.iter().zip(&labels).zip(&numbers) {
            let unit = &mut units[event as usize][usize::from(label)];
            *unit = [*unit, *count].into_iter().sum();
        }
        let sums = [0, 1].map(|g: usize| units.iter().map(|u| u[g]).sum::<Count>());
        if enough_hits(sums).is_err() || enough_pairs(&units).is_err() {
            continue;
        }
        let words: Vec<u64> = counts.iter().map(|c| c.words).collect();
        let hits: Vec<u32> = counts.iter().map(|c| c.hits as u32).collect();
        let hits = [SparseHits::from_dense(&hits)];
        let test = RateTest::new(&words, &labels, Some(&numbers), &hits, effort.draws, corpus);
        if let (Ok(test), Ok(found)) = (test, contrast_by_events(&units)) {
            tally.add(&test, found, truth.ln());
        }
    }
    let is_null = truth == 1.0;
    let expected = events as f64 * rate * 1.13 * MEDIANS[0] * f64::from(1 + most) / 2.0;
    let cells = [
        events.to_string(),
        if most == 1 { "1".to_owned() } else { format!("1 to {most}") },
        format!("{}", rate * 1e3),
        alpha.to_string(),
        truth.to_string(),
        percent(tally.tested, effort.corpora as f64),
    ];
    let cells = cells.into_iter().chain(tally.cells(is_null)).collect();
    // The headline is tested from 10 events.
    table.row(cells, &tally.broken(events, is_null, expected >= 5.0 && events >= 10));
}
