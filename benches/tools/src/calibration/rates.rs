//! Rates of two outlets, articles as units (design 10's default).

use framescope_core::stats::{Count, LogRate, RateTest, SparseHits, contrast, enough_hits};

use super::chance::Chance;
use super::table::{Table, percent};
use super::{COVERED, COVERED_FROM, Effort, REJECTED, TOO_FEW, noise, peers};

/// What happened in a cell.
#[derive(Default)]
pub(super) struct Tally {
    /// Corpora with hits enough for a test.
    pub(super) tested: f64,
    pub(super) rejected: f64,
    pub(super) covered: f64,
    /// By the t distribution of Welch and Satterthwaite, without permutation.
    covered_by_t: f64,
    pub(super) enumerated: bool,
}

impl Tally {
    pub(super) fn add(&mut self, test: &RateTest, found: LogRate, truth: f64) {
        let values = test.values(0..test.arrangements().count());
        let p = test.p(&test.tally_of(&values))[0].p;
        let critical = test.critical(&values, 0.95).map_or(f64::INFINITY, |critical| critical[0]);
        let away = (found.estimate - truth).abs();
        let by_t = found.interval(0.95).is_ok_and(|i| i.low <= truth && truth <= i.high);
        self.enumerated |= test.arrangements().enumerated();
        self.tested += 1.0;
        self.rejected += f64::from(u8::from(p <= 0.05));
        self.covered += f64::from(u8::from(away <= critical * found.standard_error * (1.0 + 1e-9)));
        self.covered_by_t += f64::from(u8::from(by_t));
    }

    /// What a cell of so many units a side does not keep, if its groups expect hits enough.
    pub(super) fn broken(&self, units: usize, is_null: bool, expects_enough: bool) -> Vec<&'static str> {
        let mut broken = Vec::new();
        if !expects_enough || self.tested < TOO_FEW {
            return broken;
        }
        let [rejected, covered] = [self.rejected, self.covered].map(|n| 100.0 * n / self.tested);
        let [low, high] = REJECTED;
        if is_null && rejected > high.max(5.0 + noise(5.0, self.tested)) {
            broken.push("rejects too often");
        }
        // Of few arrangements no set has exactly 5 %.
        if is_null && !self.enumerated && rejected < low {
            broken.push("rejects too rarely");
        }
        if units >= COVERED_FROM && covered < COVERED - noise(COVERED, self.tested) {
            broken.push("covers too rarely");
        }
        broken
    }

    pub(super) fn cells(&self, is_null: bool) -> [String; 3] {
        [
            if is_null { percent(self.rejected, self.tested) } else { String::new() },
            percent(self.covered, self.tested),
            percent(self.covered_by_t, self.tested),
        ]
    }
}

/// At 5, 10, 30 and 100 articles a side: equal and unequal lengths, rates, dispersions, with and without a difference.
pub fn rates(effort: Effort) -> Table {
    let header = [
        "articles a side",
        "median words",
        "rate per 1,000",
        "dispersion α",
        "true ratio",
        "corpora tested %",
        "rejected %",
        "covered %",
        "covered by t %",
    ];
    let mut table = Table::new(&[&header[..], &peers::NAMES].concat());
    for side in [5_usize, 10, 30, 100] {
        for medians in [[500.0, 500.0], [350.0, 900.0]] {
            for (rate, truth) in [(0.001, 1.0), (0.003, 1.0), (0.003, 3.0)] {
                for alpha in [0, 1, 2] {
                    cell(effort, &mut table, side, medians, (rate, truth), alpha);
                }
            }
        }
    }
    table
}

fn cell(effort: Effort, table: &mut Table, side: usize, medians: [f64; 2], (rate, truth): (f64, f64), alpha: u8) {
    let seed = side as u64 * 100 + (rate * 10_000.0) as u64 + u64::from(alpha) + medians[0] as u64 * 100_000;
    let is_null = truth == 1.0;
    let (mut tally, mut peer) = (Tally::default(), [[0.0; 2]; 4]);
    for corpus in 0..effort.corpora {
        let mut chance = Chance::new(seed, corpus);
        let mut draw = |g: usize| -> Vec<Count> {
            let rate = if g == 1 { rate * truth } else { rate };
            (0..side).map(|_| chance.article(medians[g], rate, alpha)).collect()
        };
        let sides = [draw(0), draw(1)];
        if is_null {
            for (peer, p) in peer.iter_mut().zip(peers::ps(&sides)) {
                peer[0] += f64::from(u8::from(p.is_some()));
                peer[1] += f64::from(u8::from(p.is_some_and(|p| p <= 0.05)));
            }
        }
        let sums = [0, 1].map(|g: usize| sides[g].iter().copied().sum::<Count>());
        if enough_hits(sums).is_err() {
            continue;
        }
        let all: Vec<Count> = sides.concat();
        let words: Vec<u64> = all.iter().map(|c| c.words).collect();
        let hits: Vec<u32> = all.iter().map(|c| c.hits as u32).collect();
        let labels: Vec<u8> = (0..2 * side).map(|i| u8::from(i >= side)).collect();
        let hits = [SparseHits::from_dense(&hits)];
        let test = RateTest::new(&words, &labels, None, &hits, effort.draws, corpus);
        if let (Ok(test), Ok(found)) = (test, contrast(&sides[0], &sides[1])) {
            tally.add(&test, found, truth.ln());
        }
    }
    // The mean of a log-normal length is 1.13 times its median.
    let expected = side as f64 * rate * 1.13 * medians[0].min(medians[1]);
    let cells = [
        side.to_string(),
        format!("{} and {}", medians[0], medians[1]),
        format!("{}", rate * 1e3),
        alpha.to_string(),
        truth.to_string(),
        percent(tally.tested, effort.corpora as f64),
    ];
    let of_peers = peer.iter().map(|p| if is_null { percent(p[1], p[0]) } else { String::new() });
    let cells = cells.into_iter().chain(tally.cells(is_null)).chain(of_peers).collect();
    table.row(cells, &tally.broken(side, is_null, expected >= 5.0));
}
