//! Rates that do not depend on length (W08), and flat trends with events that last for weeks.

use framescope_core::stats::{Count, block_length, length_check, trend};

use super::Effort;
use super::chance::Chance;
use super::table::{Table, percent};

/// The check of the slope of hits on length.
pub fn lengths(effort: Effort) -> Table {
    let mut table = Table::new(&["articles", "rate per 1,000", "dispersion α", "corpora tested %", "fires %"]);
    for articles in [30_u64, 100, 1000] {
        for rate in [0.001, 0.003] {
            for alpha in [0, 1, 2] {
                let (mut tested, mut fired) = (0.0, 0.0);
                for corpus in 0..effort.corpora {
                    let seed = articles * 100 + (rate * 10_000.0) as u64 + u64::from(alpha);
                    let mut chance = Chance::new(seed, corpus);
                    let counts: Vec<Count> = (0..articles).map(|_| chance.article(600.0, rate, alpha)).collect();
                    let Ok(check) = length_check(&counts) else { continue };
                    tested += 1.0;
                    fired += f64::from(u8::from(check.p <= 0.05));
                }
                let cells = vec![
                    articles.to_string(),
                    format!("{}", rate * 1e3),
                    alpha.to_string(),
                    percent(tested, effort.corpora as f64),
                    percent(fired, tested),
                ];
                table.row(cells, if fired > 0.07 * tested { &["fires too often"] } else { &[] });
            }
        }
    }
    table
}

/// The slope of weekly rates, by blocks of weeks.
pub fn trends(effort: Effort) -> Table {
    let mut table = Table::new(&["weeks", "of a week's mood, next week", "corpora tested %", "rejected %"]);
    for weeks in [24_i64, 52, 104] {
        for lasting in [0.0, 0.5] {
            let (mut tested, mut fired) = (0.0, 0.0);
            for corpus in 0..effort.corpora {
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
                let slope = trend(&(0..weeks).collect::<Vec<_>>(), &counts, block_length(weeks as usize));
                let Ok(slope) = slope else { continue };
                tested += 1.0;
                fired += f64::from(u8::from(slope.p_against(0.0) <= 0.05));
            }
            let cells = vec![
                weeks.to_string(),
                format!("{:.0} %", 100.0 * lasting),
                percent(tested, effort.corpora as f64),
                percent(fired, tested),
            ];
            table.row(cells, if fired > 0.09 * tested { &["rejects too often"] } else { &[] });
        }
    }
    table
}
