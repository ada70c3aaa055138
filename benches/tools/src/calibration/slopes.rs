//! Rates that do not depend on length (W08), and flat trends with events that last for weeks.

use framescope_core::stats::{Count, TrendErrors, TrendModel, block_length, length_check, newey_west_lags};

use super::Effort;
use super::chance::Chance;
use super::table::{Table, percent};

/// Rejections of a flat trend that are borne: ten or twelve stretches of time say little of what lasts.
const TREND: f64 = 0.09;

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

/// What each outlet's mood of a week is drawn with; half of it is of both.
const MOOD: f64 = 0.4;
/// By what the second outlet's rate has grown in the end, where there is a difference.
const GROWN: f64 = 2.0;

/// Trends of weekly rates and their difference, by blocks of weeks and by Newey and West's errors.
pub fn trends(effort: Effort) -> Table {
    let mut table = Table::new(&[
        "weeks",
        "of a week's mood, next week",
        "errors",
        "corpora tested %",
        "trend rejected %",
        "difference rejected %",
        "difference covered %",
    ]);
    for weeks in [24_i64, 52, 104] {
        for lasting in [0.0, 0.5] {
            let periods: Vec<i64> = (0..weeks).collect();
            let span = weeks as usize;
            let both = both_errors(span);
            let mut tallies = [[0.0; 4]; 2];
            for corpus in 0..effort.corpora {
                let mut chance = Chance::new(weeks as u64 * 10 + (lasting * 4.0) as u64, corpus);
                let [flat, other, grown] = two_outlets(&mut chance, weeks, lasting, |_| 0.0);
                for (tally, (_, errors)) in tallies.iter_mut().zip(both) {
                    let model = TrendModel { periods: &periods, seasons: None, errors };
                    let found = tested(&model, [&flat, &other, &grown], GROWN.ln() / weeks as f64);
                    found.into_iter().flatten().zip(tally).for_each(|(found, tally)| *tally += found);
                }
            }
            for ([tested, trend, difference, covered], (name, _)) in tallies.into_iter().zip(both) {
                let cells = vec![
                    weeks.to_string(),
                    format!("{:.0} %", 100.0 * lasting),
                    name.to_owned(),
                    percent(tested, effort.corpora as f64),
                    percent(trend, tested),
                    percent(difference, tested),
                    percent(covered, tested),
                ];
                // Newey and West's are there for who asks, and promise nothing.
                let is_promised = name == "blocks";
                let too_often = is_promised && (trend > TREND * tested || difference > TREND * tested);
                let too_little = is_promised && covered < (1.0 - TREND) * tested;
                let mut broken: Vec<&str> = too_often.then_some("rejects too often").into_iter().collect();
                broken.extend(too_little.then_some("covers too little"));
                table.row(cells, &broken);
            }
        }
    }
    table
}

/// The errors by which trends are tested, at their usual lengths, with their names.
fn both_errors(span: usize) -> [(&'static str, TrendErrors); 2] {
    [("blocks", TrendErrors::Blocks(block_length(span))), ("Newey-West", TrendErrors::NeweyWest(newey_west_lags(span)))]
}

/// What to add for a corpus: it was tested; the flat trend was rejected; the difference of two flat ones was; the true one of
/// that which grows was covered. None where there is nothing to test.
fn tested(model: &TrendModel<'_>, [flat, other, grown]: [&[Count]; 3], truth: f64) -> Option<[f64; 4]> {
    let slope = model.slope(flat).ok()?;
    let (none, some) = (model.difference([flat, other]).ok()?, model.difference([flat, grown]).ok()?);
    let holds = [true, slope.p_against(0.0) <= 0.05, none.p_against(0.0) <= 0.05, some.p_against(truth) > 0.05];
    Some(holds.map(|holds| f64::from(u8::from(holds))))
}

/// By what the rate of the best month is more than that of the worst.
const SEASON: f64 = 2.0;

/// Trends of monthly and weekly rates that rise and fall with the year, with a factor of the month and without.
pub fn seasons(effort: Effort) -> Table {
    let mut table = Table::new(&[
        "periods",
        "of a period's mood, next period",
        "errors",
        "corpora tested %",
        "trend rejected %",
        "difference rejected %",
        "difference covered %",
        "trend rejected without the factor %",
    ]);
    // Two and a half years, so that a season ends on another month than it began.
    for (name, periods) in [("30 months", 30_i64), ("60 months", 60), ("130 weeks", 130)] {
        for lasting in [0.0, 0.5] {
            let month_of = |period: i64| (if periods == 130 { period * 12 / 52 } else { period } % 12) as u32;
            let seasons: Vec<u32> = (0..periods).map(month_of).collect();
            let numbers: Vec<i64> = (0..periods).collect();
            let span = periods as usize;
            let both = both_errors(span);
            let mut tallies = [[0.0; 6]; 2];
            for corpus in 0..effort.corpora {
                let mut chance = Chance::new(900_000 + periods as u64 * 10 + (lasting * 4.0) as u64, corpus);
                let year = |period: i64| {
                    let part = std::f64::consts::TAU * f64::from(month_of(period)) / 12.0;
                    SEASON.ln() / 2.0 * part.sin()
                };
                let [flat, other, grown] = two_outlets(&mut chance, periods, lasting, year);
                for (tally, (_, errors)) in tallies.iter_mut().zip(both) {
                    let model = TrendModel { periods: &numbers, seasons: Some(&seasons), errors };
                    let found = tested(&model, [&flat, &other, &grown], GROWN.ln() / periods as f64);
                    found.into_iter().flatten().zip(&mut *tally).for_each(|(found, tally)| *tally += found);
                    if let Ok(slope) = (TrendModel { seasons: None, ..model }).slope(&flat) {
                        tally[4] += 1.0;
                        tally[5] += f64::from(u8::from(slope.p_against(0.0) <= 0.05));
                    }
                }
            }
            for ([tested, trend, difference, covered, plain, plain_rejected], (errors, _)) in
                tallies.into_iter().zip(both)
            {
                let cells = vec![
                    name.to_owned(),
                    format!("{:.0} %", 100.0 * lasting),
                    errors.to_owned(),
                    percent(tested, effort.corpora as f64),
                    percent(trend, tested),
                    percent(difference, tested),
                    percent(covered, tested),
                    percent(plain_rejected, plain),
                ];
                table.row(cells, &[]);
            }
        }
    }
    table
}

/// A flat trend, another of the same weeks, and one that grows: the weeks' mood is in all, each outlet's own beside it.
/// `year` is what the calendar adds to all.
fn two_outlets(chance: &mut Chance, weeks: i64, lasting: f64, year: impl Fn(i64) -> f64) -> [Vec<Count>; 3] {
    let part = MOOD * 0.5_f64.sqrt();
    let mut moods = [0.0; 3];
    let mut outlets = [const { Vec::new() }; 3];
    for week in 0..weeks {
        for mood in &mut moods {
            *mood = lasting * *mood + part * chance.normal();
        }
        let grown = GROWN.ln() * week as f64 / weeks as f64;
        for (outlet, (own, rise)) in outlets.iter_mut().zip([(1, 0.0), (2, 0.0), (2, grown)]) {
            let words = chance.length(20_000.0);
            let mean = 0.002 * words as f64 * f64::exp(moods[0] + moods[own] + rise + year(week));
            outlet.push(Count { hits: chance.poisson(mean), words });
        }
    }
    outlets
}
