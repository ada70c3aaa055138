//! Rates of two outlets that are mixed of different genres, compared inside them (`--within genre`).

use framescope_core::stats::{Count, RateTest, SparseHits, contrast, enough_hits, stratified_ratio};

use super::chance::Chance;
use super::table::{Table, percent};
use super::{COVERED, COVERED_FROM, Effort, REJECTED, TOO_FEW, noise};

/// How much more often opinion speaks of the frame than news.
const OPINION: f64 = 3.0;
/// The chance that an article of each outlet is opinion.
const MIXES: [[f64; 2]; 2] = [[0.4, 0.4], [0.2, 0.7]];
/// Hits are expected where the rates are made comparable: as whole numbers that stand for words, as `compare` has them.
const SCALE: f64 = 1e12;

/// What happened in a cell.
#[derive(Default)]
struct Tally {
    tested: f64,
    rejected: f64,
    covered: f64,
    enumerated: bool,
    /// The same corpora without a look at genres.
    plain_tested: f64,
    plain_rejected: f64,
}

/// At 10, 30 and 100 articles a side, with the same and with another mix of genres.
pub fn strata(effort: Effort) -> Table {
    let mut table = Table::new(&[
        "articles a side",
        "opinion in each",
        "rate of news per 1,000",
        "dispersion α",
        "true ratio",
        "corpora tested %",
        "rejected %",
        "covered %",
        "rejected without --within %",
    ]);
    for side in [10_usize, 30, 100] {
        for mix in MIXES {
            for truth in [1.0, 3.0] {
                for alpha in [0, 1, 2] {
                    cell(effort, &mut table, (side, mix), truth, alpha);
                }
            }
        }
    }
    table
}

const RATE: f64 = 0.003;

fn cell(effort: Effort, table: &mut Table, (side, mix): (usize, [f64; 2]), truth: f64, alpha: u8) {
    let seed = 7_000_000 + side as u64 * 1_000 + (mix[0] * 10.0) as u64 * 100 + truth as u64 * 10 + u64::from(alpha);
    let is_null = truth == 1.0;
    let mut tally = Tally::default();
    for corpus in 0..effort.corpora {
        let mut chance = Chance::new(seed, corpus);
        let (mut counts, mut labels, mut genres) = (Vec::new(), Vec::new(), Vec::new());
        for label in 0..2_u8 {
            for _ in 0..side {
                let is_opinion = chance.0.unit() < mix[usize::from(label)];
                let rate = RATE * if is_opinion { OPINION } else { 1.0 } * if label == 1 { truth } else { 1.0 };
                counts.push(chance.article(500.0, rate, alpha));
                labels.push(label);
                genres.push(u32::from(is_opinion));
            }
        }
        if is_null {
            without_genres(&mut tally, &counts, &labels, effort.draws, corpus);
        }
        inside(&mut tally, &counts, &labels, &genres, effort.draws, corpus, truth.ln());
    }
    let mut broken = Vec::new();
    if tally.tested >= TOO_FEW {
        let [rejected, covered] = [tally.rejected, tally.covered].map(|n| 100.0 * n / tally.tested);
        if is_null && rejected > REJECTED[1].max(5.0 + noise(5.0, tally.tested)) {
            broken.push("rejects too often");
        }
        if is_null && !tally.enumerated && rejected < REJECTED[0] {
            broken.push("rejects too rarely");
        }
        if side >= COVERED_FROM && covered < COVERED - noise(COVERED, tally.tested) {
            broken.push("covers too rarely");
        }
    }
    let of_null = |count: f64, of: f64| if is_null { percent(count, of) } else { String::new() };
    let cells = vec![
        side.to_string(),
        format!("{:.0} and {:.0} %", 100.0 * mix[0], 100.0 * mix[1]),
        format!("{}", RATE * 1e3),
        alpha.to_string(),
        truth.to_string(),
        percent(tally.tested, effort.corpora as f64),
        of_null(tally.rejected, tally.tested),
        percent(tally.covered, tally.tested),
        of_null(tally.plain_rejected, tally.plain_tested),
    ];
    table.row(cells, &broken);
}

/// As `compare --within genre` does it: articles of genres that both have, expected hits in the place of words.
fn inside(tally: &mut Tally, counts: &[Count], labels: &[u8], genres: &[u32], draws: u64, seed: u64, truth: f64) {
    let has_both = |genre: u32| (0..2).all(|g| labels.iter().zip(genres).any(|(l, own)| *l == g && *own == genre));
    let kept: Vec<usize> = (0..counts.len()).filter(|&i| has_both(genres[i])).collect();
    let pick = |i: &usize| (counts[*i], labels[*i], genres[*i]);
    let (counts, (labels, genres)): (Vec<Count>, (Vec<u8>, Vec<u32>)) =
        kept.iter().map(pick).map(|(count, label, genre)| (count, (label, genre))).unzip();
    let of_side =
        |g: u8| counts.iter().zip(&labels).filter(move |(_, l)| **l == g).map(|(c, _)| *c).collect::<Vec<Count>>();
    let sums = [0, 1].map(|g| of_side(g).into_iter().sum::<Count>());
    let articles = [0, 1].map(|g| of_side(g).len());
    if articles.iter().any(|n| *n < framescope_core::stats::UNITS_A_SIDE) || enough_hits(sums).is_err() {
        return;
    }
    let Ok(ratio) = stratified_ratio(&counts, &labels, &genres) else { return };
    let expected = ratio.expected(0.0);
    let all: f64 = expected.iter().sum();
    let words: Vec<u64> = expected.iter().map(|e| (e / all * SCALE).round() as u64).collect();
    let hits: Vec<u32> = counts.iter().map(|count| count.hits as u32).collect();
    let hits = [SparseHits::from_dense(&hits)];
    let Ok(test) = RateTest::stratified(&words, &labels, None, Some(&genres), &hits, draws, seed) else { return };
    let values = test.values(0..test.arrangements().count());
    let Ok(critical) = test.critical(&values, 0.95) else { return };
    tally.tested += 1.0;
    tally.enumerated |= test.arrangements().enumerated();
    tally.rejected += f64::from(u8::from(test.p(&test.tally_of(&values))[0].p <= 0.05));
    let covers = ratio.within(critical[0] * (1.0 + 1e-7)).is_ok_and(|i| i.low <= truth && truth <= i.high);
    tally.covered += f64::from(u8::from(covers));
}

/// The test without strata, on the same corpora.
fn without_genres(tally: &mut Tally, counts: &[Count], labels: &[u8], draws: u64, seed: u64) {
    let side = |g: u8| counts.iter().zip(labels).filter(|(_, l)| **l == g).map(|(c, _)| *c).collect::<Vec<Count>>();
    let sides = [side(0), side(1)];
    if enough_hits([0, 1].map(|g: usize| sides[g].iter().copied().sum())).is_err()
        || contrast(&sides[0], &sides[1]).is_err()
    {
        return;
    }
    let words: Vec<u64> = counts.iter().map(|count| count.words).collect();
    let hits: Vec<u32> = counts.iter().map(|count| count.hits as u32).collect();
    let Ok(test) = RateTest::new(&words, labels, None, &[SparseHits::from_dense(&hits)], draws, seed) else { return };
    tally.plain_tested += 1.0;
    let p = test.p(&test.tally(0..test.arrangements().count()))[0].p;
    tally.plain_rejected += f64::from(u8::from(p <= 0.05));
}
