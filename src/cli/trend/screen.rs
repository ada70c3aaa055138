//! Rates over time for reading: per path a line per group, with the rates as bars and the change.

use crate::output::plain;
use unicode_width::UnicodeWidthStr as _;

use crate::cli::messages::{counted, grouped};
use crate::compare::{Change, PathTrends, Point, Trends, Units};

/// Bars from the smallest to the largest rate.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// So many bars at most; where there are more periods, several share one.
const MOST_BARS: usize = 40;

/// The summary as text. Paths without a hit are counted only.
pub(super) fn draw(found: &Trends, units: &Units) -> String {
    let per = found.per.name();
    let range = match found.periods.as_slice() {
        [] => String::new(),
        [only] => only.name.clone(),
        [first, .., last] => format!("{} to {}", first.name, last.name),
    };
    let mut text = format!(
        "{range}, {}; the highest bar is the highest rate of the path, a dot a {per} without articles\n",
        counted(found.periods.len() as u64, per)
    );
    let width = found.groups.iter().map(|group| plain(group).width()).max().unwrap_or(0);
    let mut silent = 0;
    for path in &found.paths {
        if path.points.iter().flatten().all(|point| point.hits == 0) {
            silent += 1;
            continue;
        }
        let facts = &units.vocabulary.paths[path.path as usize];
        let lexicon = &units.vocabulary.lexicons[facts.lexicon as usize].id;
        text.push_str(&format!("\n{} ({lexicon})\n", facts.id));
        of_path(path, found, width, &mut text);
    }
    if silent > 0 {
        text.push_str(&format!("\nwithout a hit: {}\n", counted(silent, "path")));
    }
    text
}

fn of_path(path: &PathTrends, found: &Trends, width: usize, text: &mut String) {
    let shared = found.periods.len().div_ceil(MOST_BARS).max(1);
    let bars: Vec<Vec<Option<f64>>> =
        path.points.iter().map(|points| points.chunks(shared).map(pooled).collect()).collect();
    let highest = bars.iter().flatten().flatten().copied().fold(0.0, f64::max);
    for ((group, points), (bars, change)) in found.groups.iter().zip(&path.points).zip(bars.iter().zip(&path.changes)) {
        let name = plain(group);
        let drawn: String = bars.iter().map(|rate| bar(*rate, highest)).collect();
        let hits: u64 = points.iter().map(|point| point.hits).sum();
        let rate = pooled(points).map_or("–".to_owned(), |rate| format!("{:.2}", 1_000.0 * rate));
        text.push_str(&format!(
            "  {name}{}  {drawn}  {} hits, {rate} per 1,000 words; {}\n",
            " ".repeat(width - name.width()),
            grouped(hits),
            said(change, found.per.name())
        ));
    }
}

/// The rate of several periods together; nothing without words.
fn pooled(points: &[Point]) -> Option<f64> {
    let (hits, words) = points.iter().fold((0, 0), |(hits, words), point| (hits + point.hits, words + point.words));
    (words > 0).then(|| hits as f64 / words as f64)
}

fn bar(rate: Option<f64>, highest: f64) -> char {
    match rate {
        None => '·',
        Some(rate) if highest > 0.0 => BARS[((rate / highest * 7.0).round() as usize).min(7)],
        Some(_) => BARS[0],
    }
}

fn said(change: &Change, per: &str) -> String {
    match (change.ratio, &change.reason) {
        (Some([ratio, low, high]), _) => format!("× {ratio:.3} a {per} ({low:.3} to {high:.3})"),
        (None, Some(reason)) => reason.clone(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_reach_from_none_to_the_highest() {
        let drawn: String = [None, Some(0.0), Some(0.5), Some(1.0)].iter().map(|rate| bar(*rate, 1.0)).collect();
        assert_eq!(drawn, "·▁▅█");
        assert_eq!(bar(Some(0.0), 0.0), '▁');
    }
}
