//! A comparison as people read it on a terminal: the groups, then what sets them apart, largest differences first.

use crate::output::{fitted, plain};
use std::fmt::Write as _;
use std::io::Write;

use unicode_width::UnicodeWidthStr as _;

use crate::cli::failure::Failure;
use crate::cli::messages::grouped;
use crate::compare::result::{Comparison, Contrast, Ends, Estimate, InVoice, PathCell};

/// Contrasts shown for each pair; the table has all.
const SHOWN: usize = 12;
/// Paths of which it is said what the interval excludes.
const EXCLUDING: usize = 3;
/// A longer name is cut: it would push the numbers off the screen. Tables in files have it whole.
const NAME: usize = 40;
/// A group's name above a column of numbers.
const GROUP: usize = 18;
/// Columns of a line that is no row of a table.
const LINE: usize = 118;

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
        let names = [pair.group, pair.against].map(|side| plain(&comparison.sides[side as usize].name));
        let own: Vec<&Contrast> =
            comparison.contrasts.iter().filter(|c| c.pair == number && c.voice == InVoice::Outside).collect();
        let _ =
            writeln!(out, "\n{} against {}, outside quotation marks", fitted(&names[0], NAME), fitted(&names[1], NAME));
        let is_compared = own.iter().any(|contrast| contrast.risk_difference.is_some());
        let mut shown: Vec<&Contrast> = own.iter().copied().filter(|c| has_hits(comparison, c)).collect();
        shown.sort_by(|a, b| {
            let key = |contrast| (!is_primary(comparison, contrast), -size(comparison, contrast));
            let ((a_last, a_size), (b_last, b_size)) = (key(a), key(b));
            a_last.cmp(&b_last).then(a_size.total_cmp(&b_size))
        });
        let more = shown.len().saturating_sub(SHOWN);
        shown.truncate(SHOWN);
        match is_compared {
            true => compared(&mut out, comparison, &names, &own, &shown),
            false => described(&mut out, comparison, &shown),
        }
        if more > 0 {
            let _ = writeln!(out, "  and {more} more paths with hits (-o FILE has all)");
        }
        withheld(&mut out, own.into_iter());
    }
    choice(&mut out, comparison);
    out
}

fn cell_of(comparison: &Comparison, path: u32, side: u32) -> Option<&PathCell> {
    let key = (path, side, InVoice::Outside);
    let found = comparison.cells.binary_search_by_key(&key, |cell| (cell.path, cell.side, cell.voice));
    found.ok().map(|place| &comparison.cells[place])
}

/// What each side of a contrast has: the group, then the other.
fn cells<'c>(comparison: &'c Comparison, contrast: &Contrast) -> [Option<&'c PathCell>; 2] {
    let pair = comparison.pairs[contrast.pair as usize];
    [pair.group, pair.against].map(|side| cell_of(comparison, contrast.path, side))
}

fn has_hits(comparison: &Comparison, contrast: &Contrast) -> bool {
    cells(comparison, contrast).iter().flatten().any(|cell| cell.hits > 0)
}

fn is_primary(comparison: &Comparison, contrast: &Contrast) -> bool {
    comparison.paths[contrast.path as usize].is_primary
}

/// How large a difference is, from 0 to 1: of prevalence, or how far the smaller rate stays behind the larger; what has
/// hits on one side only may be the largest of all.
fn size(comparison: &Comparison, contrast: &Contrast) -> f64 {
    let [group, against] = cells(comparison, contrast).map(|cell| cell.and_then(|cell| cell.prevalence));
    let prevalence = group.zip(against).map_or(0.0, |(group, against)| (group.value - against.value).abs());
    let ratio = contrast.rate_ratio.map_or(0.0, |ratio| 1.0 - (-ratio.value.ln().abs()).exp());
    prevalence.max(ratio)
}

/// A p with four decimals; it is never 0.
fn p_value(p: f64) -> String {
    if p < 0.000_05 { "<0.0001".to_owned() } else { format!("{p:.4}") }
}

fn name_of(comparison: &Comparison, contrast: &Contrast) -> String {
    let path = &comparison.paths[contrast.path as usize];
    format!("{}{}", plain(&path.id), if path.is_primary { " *" } else { "" })
}

/// Prevalence first, then rates and their test; where events are enough, the test of those that both covered.
fn compared(out: &mut String, comparison: &Comparison, names: &[String; 2], own: &[&Contrast], shown: &[&Contrast]) {
    let by_events = own.iter().any(|contrast| contrast.paired.is_some_and(|paired| paired.is_headline));
    let p = |p: Option<f64>| p.map_or(String::new(), p_value);
    let row = |contrast: &&Contrast| {
        let cells = cells(comparison, contrast);
        let articles =
            cells.map(|cell| cell.map_or(String::new(), |cell| format!("{}/{}", cell.present, cell.articles)));
        let rates = cells
            .map(|cell| cell.and_then(|cell| cell.rate).map_or(String::new(), |rate| format!("{:.2}", rate.value)));
        let found = if by_events { contrast.paired.and_then(|paired| paired.p) } else { contrast.p };
        let estimate =
            if by_events { contrast.paired.map(|paired| paired.mean_difference) } else { contrast.rate_ratio };
        let signed = |x: f64| if by_events { format!("{x:+.2}") } else { format!("{x:.2}") };
        let interval = estimate.and_then(|estimate| estimate.interval);
        let mut row = vec![name_of(comparison, contrast)];
        row.extend(articles);
        row.push(contrast.risk_difference.map_or(String::new(), |found| format!("{:+.2}", found.value)));
        row.extend(rates);
        row.extend([
            estimate.map_or(String::new(), |estimate| signed(estimate.value)),
            interval.map_or(String::new(), |ends| format!("{} to {}", signed(ends.low), signed(ends.high))),
            p(found.map(|p| p.p)),
            p(found.and_then(|p| p.adjusted)),
        ]);
        row
    };
    let what = if by_events { "per event" } else { "ratio" };
    let [group, against] = names.each_ref().map(|name| fitted(name, GROUP));
    let header = ["path", &group, &against, "diff.", "/1,000", "/1,000", what, "95 % interval", "p", "adjusted"];
    table(out, &header, shown.iter().map(row).collect());
    if shown.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "  articles with a hit of those with words, the difference of these shares, hits per 1,000 words of each{}",
        if by_events { ", mean difference of rates in the events that both cover" } else { "" }
    );
    if shown.iter().any(|contrast| is_primary(comparison, contrast)) {
        let _ = writeln!(out, "  * named before looking (--primary)");
    }
    let smallest = shown.iter().filter_map(|contrast| match by_events {
        true => contrast.paired?.p,
        false => contrast.p,
    });
    if let Some(smallest) = smallest.map(|p| p.smallest).max_by(f64::total_cmp) {
        let _ = writeln!(out, "  the smallest p attainable here: {}", p_value(smallest));
    }
    let excluding = shown.iter().filter(|contrast| !by_events && !contrast.excludes.is_empty());
    for contrast in excluding.take(EXCLUDING) {
        let line = format!("{}: the interval excludes {}", name_of(comparison, contrast), contrast.excludes);
        let _ = writeln!(out, "  {}", fitted(&line, LINE));
    }
}

/// What the texts of each side hold, where there are too few of them to be compared.
fn described(out: &mut String, comparison: &Comparison, shown: &[&Contrast]) {
    let mut rows = Vec::new();
    for contrast in shown {
        for cell in cells(comparison, contrast).into_iter().flatten() {
            let two = |x: Option<f64>| x.map_or(String::new(), |x| format!("{x:.2}"));
            let ends = |ends: Option<Ends>| ends.map_or(String::new(), |e| format!("{:.2} to {:.2}", e.low, e.high));
            let is_one = cell.articles == 1;
            rows.push(vec![
                name_of(comparison, contrast),
                plain(&comparison.sides[cell.side as usize].name),
                format!("{}/{}", cell.present, cell.articles),
                cell.hits.to_string(),
                two(cell.rate.map(|rate| rate.value)),
                ends(cell.rate.and_then(|rate| rate.interval).filter(|_| is_one)),
                two(cell.median_rate.filter(|_| !is_one)),
                ends(cell.range.filter(|_| !is_one)),
            ]);
        }
    }
    let by = comparison.plan.by.as_str();
    table(out, &["path", by, "articles", "hits", "/1,000", "within the text", "median", "range"], rows);
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
        let line = format!("{n} path{} without a ratio: {reason}", if n == 1 { "" } else { "s" });
        let _ = writeln!(out, "  {}", fitted(&line, LINE));
    }
}

/// Shares of names outside quotation marks, a line a name.
fn choice(out: &mut String, comparison: &Comparison) {
    let sides: Vec<(usize, String)> = comparison
        .sides
        .iter()
        .enumerate()
        .filter(|(_, side)| !side.is_rest)
        .map(|(n, s)| (n, fitted(&s.name, GROUP)))
        .collect();
    let across = comparison.across.iter().map(|across| {
        let [one, other] = across.lexicons.map(|number| plain(&comparison.lexicons[number as usize].id));
        (&across.choice, Some(format!("by {one} and {other}, not tested")))
    });
    let own = comparison.referents.iter().map(|referent| (referent, None));
    for (referent, across) in own.chain(across).filter(|(referent, _)| referent.voice == InVoice::Outside) {
        if referent.sides.iter().all(|side| side.mentions == 0) {
            continue;
        }
        let name = plain(&comparison.paths[referent.path as usize].id);
        let by = if across.is_some() { " across languages" } else { "" };
        let test = match (referent.omnibus, referent.withheld.as_str()) {
            _ if across.is_some() => across.unwrap_or_default(),
            (Some(p), _) => {
                let adjusted = p_value(p.adjusted.unwrap_or(p.p));
                format!("test that all groups choose alike: p {}, adjusted {adjusted}", p_value(p.p))
            }
            (None, "") => String::new(),
            (None, why) => format!("no test: {}", plain(why)),
        };
        let line = format!("Names for {name}{by}, outside quotation marks ({test})");
        let _ = writeln!(out, "\n{}", fitted(&line, LINE));
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

/// A table whose first column is text and whose others are numbers.
fn table(out: &mut String, header: &[&str], rows: Vec<Vec<String>>) {
    if rows.is_empty() {
        return;
    }
    let header: Vec<String> = header.iter().map(|cell| fitted(cell, NAME)).collect();
    let rows: Vec<Vec<String>> =
        rows.into_iter().map(|row| row.iter().map(|cell| fitted(cell, NAME)).collect()).collect();
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

#[cfg(test)]
mod tests {
    use super::p_value;

    #[test]
    fn a_p_is_never_shown_as_0() {
        assert_eq!([0.000_001, 0.000_04, 0.000_05, 0.0312].map(p_value), ["<0.0001", "<0.0001", "0.0001", "0.0312"]);
    }
}
