//! Whether the tests reject and the intervals cover as often as they say; run by hand:
//! `cargo test --release -p framescope-core --test stats_calibration -- --ignored --nocapture`.
//!
//! Corpora without a difference are drawn, with what news has: unequal lengths, more spread than Poisson, events
//! that drive both outlets, authors who repeat their label. Printed is what is asserted: rejections at
//! nominal 5 %, coverage at nominal 95 %. The tables for readers are made by the benches.

use framescope_core::stats::*;

/// Corpora drawn a cell: a standard error of half a percentage point at 5 %.
const CORPORA: u64 = 2000;
/// Permutations a test.
const DRAWS: u64 = 399;

struct Chance(Draws);

impl Chance {
    fn new(cell: u64, corpus: u64) -> Self {
        Chance(Draws::new(cell, Purpose::Dispersion, corpus))
    }

    fn normal(&mut self) -> f64 {
        normal_quantile((self.0.unit() + 0.5 / (1_u64 << 53) as f64).min(1.0 - 1e-16))
    }

    /// A gamma variate of mean 1 and variance `alpha`, for alpha 0, ½, 1 and 2.
    fn gamma(&mut self, alpha: f64) -> f64 {
        let mut exponential = || -(1.0 - self.0.unit()).ln();
        match alpha {
            0.0 => 1.0,
            0.5 => (exponential() + exponential()) / 2.0,
            1.0 => exponential(),
            _ => self.normal().powi(2),
        }
    }

    fn poisson(&mut self, mean: f64) -> u64 {
        let (mut product, mut count) = ((-mean).exp(), 0);
        let mut sum = product;
        let unit = self.0.unit();
        while unit > sum && count < 10_000 {
            count += 1;
            product *= mean / count as f64;
            sum += product;
        }
        count
    }

    fn length(&mut self, median: f64) -> u64 {
        (median * (0.5 * self.normal()).exp()).max(60.0) as u64
    }

    fn article(&mut self, median: f64, rate: f64, alpha: f64) -> Count {
        let words = self.length(median);
        let mean = rate * words as f64 * self.gamma(alpha);
        Count { hits: self.poisson(mean), words }
    }
}

/// Rejections and coverage in a cell, in per cent of the corpora that were tested.
#[derive(Default)]
struct Tally {
    tested: f64,
    rejected: f64,
    covered: f64,
    permuted: f64,
}

impl Tally {
    fn add(&mut self, test: &RateTest, found: LogRate, truth: f64) {
        let count = test.arrangements().count();
        let values = test.values(0..count);
        let (by_t, away) = (found.interval(0.95).unwrap(), (found.estimate - truth).abs());
        let critical = test.critical(&values, 0.95).map_or(f64::INFINITY, |c| c[0]);
        self.tested += 1.0;
        self.rejected += f64::from(u8::from(test.p(&test.tally(0..count))[0].p <= 0.05));
        self.covered += f64::from(u8::from(by_t.low <= truth && by_t.high >= truth));
        self.permuted += f64::from(u8::from(away <= critical * found.standard_error * (1.0 + 1e-9)));
    }

    fn rates(&self) -> [f64; 3] {
        [self.rejected, self.covered, self.permuted].map(|n| 100.0 * n / self.tested)
    }
}

/// What a cell is asked for: at most 7 % rejected where there is no difference (or what noise adds to 5), and at
/// least 93 % covered from 10 units a side; `by_t` says whether this is asked of the t interval too.
fn judge(tally: &Tally, units: usize, truth: f64, by_t: bool, cell: &str, bad: &mut Vec<String>) {
    if tally.tested < 200.0 {
        return;
    }
    let [rejected, covered, permuted] = tally.rates();
    println!("{cell}, ratio {truth}: {}, {rejected:.1}, {covered:.1}, {permuted:.1}", tally.tested);
    let noise = 300.0 * (0.05 * 0.95 / tally.tested).sqrt();
    let loose = truth == 1.0 && rejected > 7.0_f64.max(5.0 + noise);
    let narrow = units >= 10 && (permuted < 93.0 - noise || by_t && covered < 93.0 - noise);
    if loose || narrow {
        bad.push(format!("{cell}, ratio {truth}: {rejected:.1} {covered:.1} {permuted:.1}"));
    }
}

#[test]
#[ignore = "a simulation of some minutes"]
fn stats_calibration_of_rates() {
    let mut bad = Vec::new();
    println!(
        "a side, median words, rate per 1,000, alpha, ratio: tested, rejected %, covered by t and by permutation %"
    );
    for side in [5_usize, 10, 30, 100] {
        for medians in [[500.0, 500.0], [350.0, 900.0]] {
            for (rate, truth) in [(0.001, 1.0), (0.003, 1.0), (0.003, 3.0)] {
                for alpha in [0.0, 1.0, 2.0] {
                    let mut tally = Tally::default();
                    let seed =
                        side as u64 * 100 + (rate * 10_000.0) as u64 + alpha as u64 + medians[0] as u64 * 100_000;
                    for corpus in 0..CORPORA {
                        let mut chance = Chance::new(seed, corpus);
                        let mut draw = |g: usize| -> Vec<Count> {
                            let rate = if g == 1 { rate * truth } else { rate };
                            (0..side).map(|_| chance.article(medians[g], rate, alpha)).collect()
                        };
                        let sides = [draw(0), draw(1)];
                        let [first, second] = [0, 1].map(|g: usize| sides[g].iter().copied().sum::<Count>());
                        if enough_hits([first, second]).is_err() {
                            continue;
                        }
                        let all: Vec<Count> = sides.concat();
                        let words: Vec<u64> = all.iter().map(|c| c.words).collect();
                        let hits: Vec<u32> = all.iter().map(|c| c.hits as u32).collect();
                        let labels: Vec<u8> = (0..2 * side).map(|i| u8::from(i >= side)).collect();
                        let hits = [SparseHits::from_dense(&hits)];
                        let test = RateTest::new(&words, &labels, None, &hits, DRAWS, corpus).unwrap();
                        tally.add(&test, contrast(&sides[0], &sides[1]).unwrap(), f64::ln(truth));
                    }
                    let cell = format!("{side}, {medians:?}, {}, {alpha}", rate * 1e3);
                    judge(&tally, side, truth, true, &cell, &mut bad);
                }
            }
        }
    }
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
#[ignore = "a simulation of some minutes"]
fn stats_calibration_of_events() {
    let mut bad = Vec::new();
    println!(
        "events, most articles an outlet and event, rate, alpha, ratio: tested, rejected %, covered by t and by permutation %"
    );
    for events in [6_usize, 10, 30, 100] {
        for most in [1_u32, 3] {
            for (rate, truth) in [(0.001, 1.0), (0.003, 1.0), (0.003, 3.0)] {
                for alpha in [0.0, 1.0, 2.0] {
                    let mut tally = Tally::default();
                    let seed = events as u64 * 1000 + u64::from(most) * 100 + (rate * 10_000.0) as u64 + alpha as u64;
                    for corpus in 0..CORPORA {
                        let mut chance = Chance::new(seed, corpus);
                        let (mut counts, mut labels, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
                        for event in 0..events {
                            let heat = chance.gamma(1.0);
                            for label in 0..2_u8 {
                                let rate = heat * if label == 1 { rate * truth } else { rate };
                                for _ in 0..1 + chance.0.below(most) {
                                    counts.push(chance.article([400.0, 700.0][usize::from(label)], rate, alpha));
                                    labels.push(label);
                                    numbers.push(event as u32);
                                }
                            }
                        }
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
                        let test = RateTest::new(&words, &labels, Some(&numbers), &hits, DRAWS, corpus).unwrap();
                        tally.add(&test, contrast_by_events(&units).unwrap(), f64::ln(truth));
                    }
                    let cell = format!("{events}, {most}, {}, {alpha}", rate * 1e3);
                    judge(&tally, events, truth, false, &cell, &mut bad);
                }
            }
        }
    }
    assert!(bad.is_empty(), "{bad:#?}");
}

/// Authors like one label and repeat it; one outlet writes more mentions an article.
#[test]
#[ignore = "a simulation of some minutes"]
fn stats_calibration_of_shares() {
    let mut bad = Vec::new();
    println!("articles a side, variants, mentions a side: tested, omnibus rejected %, first variant %");
    for sides in [[10, 10], [30, 10], [10, 30], [50, 50]] {
        for variants in [2_usize, 4] {
            for mentions in [[2.0, 2.0], [1.0, 5.0]] {
                let mut tally = [0.0; 3];
                let cell = sides[0] * 7000 + sides[1] * 100 + variants as u64 * 10 + mentions[0] as u64;
                for corpus in 0..CORPORA {
                    let mut chance = Chance::new(cell, corpus);
                    let (mut counts, mut labels) = (Vec::new(), Vec::new());
                    for label in 0..2_u8 {
                        for _ in 0..sides[usize::from(label)] {
                            let mut row = vec![0_u32; variants];
                            let liked = (chance.0.unit().powi(2) * variants as f64) as usize;
                            for _ in 0..chance.poisson(mentions[usize::from(label)]) {
                                let other = chance.0.below(variants as u32) as usize;
                                row[if chance.0.below(4) > 0 { liked } else { other }] += 1;
                            }
                            counts.extend(row);
                            labels.push(label);
                        }
                    }
                    let groups = RatioGroups::new(&counts, variants, &labels, 2, None).unwrap();
                    let Ok(test) = groups.omnibus(DRAWS, corpus) else { continue };
                    let p = test.p(&test.tally(0..test.arrangements().count()));
                    tally[0] += 1.0;
                    tally[1] += f64::from(u8::from(p[0].p <= 0.05));
                    tally[2] += f64::from(u8::from(p[1].p <= 0.05));
                }
                let [omnibus, first] = [1, 2].map(|i| 100.0 * tally[i] / tally[0]);
                println!("{sides:?}, {variants}, {mentions:?}: {}, {omnibus:.1}, {first:.1}", tally[0]);
                if omnibus > 7.0 {
                    bad.push(format!("{sides:?} {variants} {mentions:?}: {omnibus:.1}"));
                }
            }
        }
    }
    assert!(bad.is_empty(), "{bad:#?}");
}

/// Rates that do not depend on length, and flat trends with events of several weeks.
#[test]
#[ignore = "a simulation of some minutes"]
fn stats_calibration_of_slopes() {
    let mut bad = Vec::new();
    for articles in [30_u64, 100, 1000] {
        for rate in [0.001, 0.003] {
            for alpha in [0.0, 1.0, 2.0] {
                let (mut tested, mut fired) = (0.0, 0.0);
                for corpus in 0..CORPORA {
                    let mut chance = Chance::new(articles * 100 + (rate * 10_000.0) as u64 + alpha as u64, corpus);
                    let counts: Vec<Count> = (0..articles).map(|_| chance.article(600.0, rate, alpha)).collect();
                    let Ok(check) = length_check(&counts) else { continue };
                    tested += 1.0;
                    fired += f64::from(u8::from(check.p <= 0.05));
                }
                let fired = 100.0 * fired / tested;
                println!("length: {articles} articles, {}, {alpha}: {tested}, {fired:.1} %", rate * 1e3);
                if fired > 7.0 {
                    bad.push(format!("length {articles} {rate} {alpha}: {fired:.1}"));
                }
            }
        }
    }
    for weeks in [24_i64, 52, 104] {
        for lasting in [0.0, 0.5] {
            let (mut tested, mut fired) = (0.0, 0.0);
            for corpus in 0..CORPORA {
                let mut chance = Chance::new(weeks as u64 * 10 + (lasting * 4.0) as u64, corpus);
                let mut mood = 0.0;
                let counts: Vec<Count> = (0..weeks)
                    .map(|_| {
                        mood = lasting * mood + 0.4 * chance.normal();
                        let words = chance.length(20_000.0);
                        let mean = 0.002 * words as f64 * f64::exp(mood);
                        Count { hits: chance.poisson(mean), words }
                    })
                    .collect();
                let Ok(slope) = trend(&(0..weeks).collect::<Vec<_>>(), &counts, block_length(weeks as usize)) else {
                    continue;
                };
                tested += 1.0;
                fired += f64::from(u8::from(slope.p_against(0.0) <= 0.05));
            }
            let fired = 100.0 * fired / tested;
            println!("trend: {weeks} weeks, events last {lasting}: {tested}, {fired:.1} %");
            if fired > 9.0 {
                bad.push(format!("trend {weeks} {lasting}: {fired:.1}"));
            }
        }
    }
    assert!(bad.is_empty(), "{bad:#?}");
}
