//! Regressions with events as clusters, which `compare --model` offers: what each kind of errors rejects.

use framescope_core::stats::{ClusterCorrection, Count, Regression, WildWeights, enough_hits};

use super::Effort;
use super::chance::Chance;
use super::events::Reports;
use super::table::{Table, percent};

/// Quasi-Poisson at 6 to 29 events, without regard to them, and robust to them in three ways.
pub fn models(effort: Effort) -> Table {
    let mut table = Table::new(&[
        "events",
        "articles an outlet and event",
        "dispersion α",
        "corpora tested %",
        "quasi-Poisson rejected %",
        "CR1 rejected %",
        "CR2 rejected %",
        "CR2 covered, ratio 3 %",
        "wild bootstrap rejected %",
    ]);
    for events in [6_usize, 10, 20, 29] {
        for most in [1_u32, 3] {
            for alpha in [0, 1, 2] {
                cell(effort, &mut table, events, most, alpha);
            }
        }
    }
    table
}

/// Hits per word.
const RATE: f64 = 0.003;
/// The ratio where there is a difference.
const RATIO: f64 = 3.0;

fn cell(effort: Effort, table: &mut Table, events: usize, most: u32, alpha: u8) {
    let mut tested = 0.0;
    let mut rejected = [0.0; 4];
    let (mut fitted, mut covered) = (0.0, 0.0);
    for corpus in 0..effort.corpora {
        let seed = 7_000 + events as u64 * 100 + u64::from(most) * 10 + u64::from(alpha);
        let mut chance = Chance::new(seed, corpus);
        let alike = Reports::drawn(&mut chance, events, most, [RATE; 2], alpha);
        if let Some(found) = ps(&alike, effort.draws, corpus) {
            tested += 1.0;
            rejected.iter_mut().zip(found).for_each(|(count, p)| *count += f64::from(u8::from(p <= 0.05)));
        }
        let apart = Reports::drawn(&mut chance, events, most, [RATE, RATIO * RATE], alpha);
        let design = design(&apart);
        if let Some((model, clusters)) = model(&apart)
            && let Ok(fit) = regression(&model, &design).poisson()
            && let Ok(found) =
                regression(&model, &design).clustered(&fit.coefficients, 0.0, clusters, ClusterCorrection::Cr2)
            && let Ok(interval) = found.interval(1, 0.95)
        {
            fitted += 1.0;
            covered += f64::from(u8::from((interval.low..=interval.high).contains(&RATIO.ln())));
        }
    }
    let mut cells = vec![
        events.to_string(),
        if most == 1 { "1".to_owned() } else { format!("1 to {most}") },
        alpha.to_string(),
        percent(tested, effort.corpora as f64),
    ];
    cells.extend(rejected[..3].iter().map(|count| percent(*count, tested)));
    cells.extend([percent(covered, fitted), percent(rejected[3], tested)]);
    table.row(cells, &[]);
}

fn design(reports: &Reports) -> Vec<f64> {
    reports.labels.iter().flat_map(|label| [1.0, f64::from(*label)]).collect()
}

/// Counts and words, and the clusters; none where `compare` would say that there are too few hits.
fn model(reports: &Reports) -> Option<([Vec<f64>; 2], &[u32])> {
    let side = |label: u8| reports.counts.iter().zip(&reports.labels).filter(move |(_, l)| **l == label);
    let sums = [0, 1].map(|label| side(label).map(|(count, _)| *count).sum::<Count>());
    enough_hits(sums).ok()?;
    let hits = reports.counts.iter().map(|count| count.hits as f64).collect();
    let words = reports.counts.iter().map(|count| count.words as f64).collect();
    Some(([hits, words], &reports.numbers))
}

fn regression<'a>([counts, exposure]: &'a [Vec<f64>; 2], design: &'a [f64]) -> Regression<'a> {
    Regression { counts, exposure, design, columns: 2 }
}

/// Quasi-Poisson's p, CR1's, CR2's and the bootstrap's.
fn ps(reports: &Reports, draws: u64, seed: u64) -> Option<[f64; 4]> {
    let design = design(reports);
    let (model, clusters) = model(reports)?;
    let model = regression(&model, &design);
    let fit = model.poisson().ok()?;
    let robust = |correction| model.clustered(&fit.coefficients, 0.0, clusters, correction).ok()?.p(1);
    let count = clusters.iter().max().map_or(0, |most| *most as usize + 1);
    let wild = model.wild_p(1, 0.0, clusters, WildWeights::for_clusters(count), draws, seed).ok()?;
    Some([fit.quasi().p(1)?, robust(ClusterCorrection::Cr1)?, robust(ClusterCorrection::Cr2)?, wild.p])
}
