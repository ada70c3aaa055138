//! A comparison as people read it on a terminal: the groups, then what sets them apart, largest differences first.

use std::fmt::Write as _;
use std::io::Write;

use unicode_width::UnicodeWidthStr as _;

use crate::cli::failure::Failure;
use crate::cli::messages::grouped;
use crate::compare::result::{Comparison, Contrast, Estimate, InVoice};

/// Contrasts shown for each pair; the table has all.
const SHOWN: usize = 12;

/// Writes the summary.
pub(super) fn write(comparison: &Comparison, stdout: &mut (dyn Write + Send)) -> Result<(), Failure> {
    let text = text(comparison);
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).map_err(Failure::from_stdout)
}

fn text(comparison: &Comparison) -> String {
    let mut out = String::new();
    if let Some(question) = &comparison.question {
        let _ = writeln!(out, "{question}\n");
    }
    let rows: Vec<Vec<String>> = comparison
        .sides
        .iter()
        .filter(|side| !side.is_rest)
        .map(|side| {
            let quoted = if side.words > 0 { 100.0 * side.words_quoted as f64 / side.words as f64 } else { 0.0 };
            vec![plain(&side.name), grouped(side.articles), grouped(side.words), format!("{quoted:.0} %")]
        })
        .collect();
    table(&mut out, &[comparison.plan.by.as_str(), "articles", "words", "quoted"], rows);
    for (number, pair) in (0..).zip(&comparison.pairs) {
        let [group, against] = [pair.group, pair.against].map(|side| plain(&comparison.sides[side as usize].name));
        let own = || comparison.contrasts.iter().filter(|c| c.pair == number && c.voice == InVoice::Outside);
        let _ = writeln!(out, "\n{group} against {against}, outside quotation marks");
        let mut tested: Vec<&Contrast> = own().filter(|c| c.rate_ratio.is_some()).collect();
        tested.sort_by(|a, b| size(b).total_cmp(&size(a)));
        let rows = tested.iter().take(SHOWN).map(|contrast| contrast_row(comparison, contrast)).collect();
        table(&mut out, &["path", &group, &against, "ratio", "95 % interval", "p", "adjusted"], rows);
        if tested.len() > SHOWN {
            let _ = writeln!(out, "  and {} more paths with a ratio (-o FILE has all)", tested.len() - SHOWN);
        }
        withheld(&mut out, own());
    }
    choice(&mut out, comparison);
    out
}

fn size(contrast: &Contrast) -> f64 {
    contrast.rate_ratio.map_or(0.0, |ratio| ratio.value.ln().abs())
}

fn contrast_row(comparison: &Comparison, contrast: &Contrast) -> Vec<String> {
    let pair = comparison.pairs[contrast.pair as usize];
    let rate = |side: u32| {
        let key = (contrast.path, side, contrast.voice);
        let found = comparison.cells.binary_search_by_key(&key, |cell| (cell.path, cell.side, cell.voice));
        let rate = found.ok().and_then(|place| comparison.cells[place].rate);
        rate.map_or(String::new(), |rate| format!("{:.2}", rate.value))
    };
    let interval = contrast.rate_ratio.and_then(|ratio| ratio.interval);
    let p = |p: Option<f64>| p.map_or(String::new(), |p| format!("{p:.4}"));
    vec![
        plain(&comparison.paths[contrast.path as usize].id),
        rate(pair.group),
        rate(pair.against),
        contrast.rate_ratio.map_or(String::new(), |ratio| format!("{:.2}", ratio.value)),
        interval.map_or(String::new(), |ends| format!("{:.2} to {:.2}", ends.low, ends.high)),
        p(contrast.p.map(|p| p.p)),
        p(contrast.p.and_then(|p| p.adjusted)),
    ]
}

/// Why paths have no ratio, with how many of them.
fn withheld<'a>(out: &mut String, contrasts: impl Iterator<Item = &'a Contrast>) {
    let mut reasons: Vec<(&str, usize)> = Vec::new();
    for contrast in contrasts.filter(|c| c.rate_ratio.is_none()) {
        // The sentence up to its numbers is the reason.
        let reason = contrast.withheld.split(':').next().unwrap_or_default();
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, n)) => *n += 1,
            None => reasons.push((reason, 1)),
        }
    }
    for (reason, n) in reasons {
        let _ = writeln!(out, "  {n} path{} without a ratio: {}", if n == 1 { "" } else { "s" }, plain(reason));
    }
}

/// Shares of names outside quotation marks, a line a name.
fn choice(out: &mut String, comparison: &Comparison) {
    let sides: Vec<(usize, String)> = comparison
        .sides
        .iter()
        .enumerate()
        .filter(|(_, side)| !side.is_rest)
        .map(|(n, s)| (n, plain(&s.name)))
        .collect();
    for referent in comparison.referents.iter().filter(|r| r.voice == InVoice::Outside) {
        if referent.sides.iter().all(|side| side.mentions == 0) {
            continue;
        }
        let name = plain(&comparison.paths[referent.path as usize].id);
        let test = match (referent.omnibus, referent.withheld.as_str()) {
            (Some(p), _) => format!("all groups choose alike: p {:.4}, adjusted {:.4}", p.p, p.adjusted.unwrap_or(p.p)),
            (None, "") => String::new(),
            (None, why) => format!("no test: {}", plain(why)),
        };
        let _ = writeln!(out, "\nNames for {name}, outside quotation marks ({test})");
        let mut header = vec!["name"];
        header.extend(sides.iter().map(|(_, name)| name.as_str()));
        let share = |estimate: Option<Estimate>, hits: u64| match estimate {
            Some(estimate) => format!("{:.0} % ({hits})", 100.0 * estimate.value),
            None => String::new(),
        };
        let rows = referent.variants.iter().enumerate().map(|(number, variant)| {
            let mut row = vec![plain(&comparison.paths[*variant as usize].id)];
            row.extend(sides.iter().map(|(side, _)| {
                let cell = &referent.sides[*side];
                share(cell.shares[number], cell.hits[number])
            }));
            row
        });
        table(out, &header, rows.collect());
    }
}

/// Text from the corpus, without what a terminal would obey.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A table whose first column is text and whose others are numbers.
fn table(out: &mut String, header: &[&str], rows: Vec<Vec<String>>) {
    if rows.is_empty() {
        return;
    }
    let header: Vec<String> = header.iter().map(|cell| plain(cell)).collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).chain(header.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    for row in std::iter::once(&header).chain(&rows) {
        let mut line = String::from("  ");
        for (column, cell) in row.iter().enumerate() {
            let room = " ".repeat(widths[column].saturating_sub(cell.width()));
            match column {
                0 => line.push_str(&format!("{cell}{room}")),
                _ => line.push_str(&format!("  {room}{cell}")),
            }
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
}
