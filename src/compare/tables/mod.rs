//! A comparison as tables: what was found, a row a path, pair and voice; shares; axes; terms; warnings; and the run.
//!
//! Every table has the pair in its rows (`group`, `against`) and the voice as a column, so that one filter shows one
//! contrast; what both sides have stands beside what sets them apart.

mod result;
mod shares;
mod warnings;
mod whom;
mod words;
mod zones;

use super::result::{Comparison, Ends, Estimate, InVoice, PValue, Pair};
use crate::output::{Datum, Listing, ListingColumn};

/// The tables of a comparison, in the order of sheets: result, shares, axes, terms, words, entries, whom, zones,
/// association, warnings. Those without a row are
/// left out but for the first and the last.
pub fn tables(comparison: &Comparison) -> Vec<Listing> {
    let all = [
        result::result(comparison),
        shares::shares(comparison),
        shares::axes(comparison),
        shares::terms(comparison),
        words::words(comparison),
        words::entries(comparison),
        whom::whom(comparison),
        zones::zones(comparison),
        zones::association(comparison),
        warnings::warnings(comparison),
    ];
    all.into_iter().filter(|table| !table.rows.is_empty() || matches!(&*table.name, "result" | "warnings")).collect()
}

/// The run as a table, key and value.
pub fn run_table(comparison: &Comparison, facts: &[(String, String)]) -> Listing {
    warnings::run(comparison, facts)
}

/// What each table names of a row: lexicon, path, pair, voice.
fn lead_columns(what: &'static str) -> Vec<ListingColumn> {
    vec![
        ListingColumn::new("lexicon", "The lexicon"),
        ListingColumn::new(what, format!("The {what}")),
        ListingColumn::new(
            "group",
            "The group; differences are its number less the other's, ratios its over the other's",
        ),
        ListingColumn::new("against", "What it is held against: another group, or the rest of all groups"),
        ListingColumn::new(
            "voice",
            "outside quotation marks (the article's own words) or quoted (inside them: somebody else's)",
        ),
    ]
}

/// The first columns of a table of paths, with what the lexicon says of them: a number of an experimental path must not
/// pass for another.
fn path_columns() -> Vec<ListingColumn> {
    let mut columns = lead_columns("path");
    columns.push(status_column());
    columns
}

/// Whether a path is experimental, as all tables say it.
pub(in crate::compare) fn status_column() -> ListingColumn {
    ListingColumn::new("status", "`experimental` where the lexicon calls the path so").missing("It does not")
}

/// A cell of [`status_column`].
pub(in crate::compare) fn status_cell(is_experimental: bool) -> Datum {
    Datum::from(if is_experimental { "experimental" } else { "" })
}

/// The cells of [`path_columns`].
fn path_cells(comparison: &Comparison, path: u32, pair: u32, voice: InVoice) -> Vec<Datum> {
    let path = &comparison.paths[path as usize];
    let [group, against] = names(comparison, comparison.pairs[pair as usize]);
    let lexicon = &comparison.lexicons[path.lexicon as usize].id;
    let status = status_cell(path.is_experimental);
    vec![lexicon.as_str().into(), path.id.as_str().into(), group, against, voice.name().into(), status]
}

fn names(comparison: &Comparison, pair: Pair) -> [Datum; 2] {
    [pair.group, pair.against].map(|side| Datum::from(comparison.sides[side as usize].name.as_str()))
}

/// A number and the ends of its interval.
fn estimate(estimate: Option<Estimate>) -> [Datum; 3] {
    let ends = estimate.and_then(|estimate| estimate.interval);
    [estimate.map(|e| e.value).into(), ends.map(|e| e.low).into(), ends.map(|e| e.high).into()]
}

fn ends(ends: Option<Ends>) -> [Datum; 2] {
    [ends.map(|e| e.low).into(), ends.map(|e| e.high).into()]
}

/// p, adjusted, and the smallest attainable.
fn p(value: Option<PValue>) -> [Datum; 3] {
    [value.map(|p| p.p).into(), value.and_then(|p| p.adjusted).into(), value.map(|p| p.smallest).into()]
}

/// The codes of warnings, each once.
fn codes(comparison: &Comparison, warnings: &[u32]) -> Datum {
    let mut codes: Vec<&str> = warnings.iter().map(|number| comparison.warnings[*number as usize].code).collect();
    codes.sort_unstable();
    codes.dedup();
    Datum::from(codes.join(" "))
}

/// Three columns: a number and its interval, and how that is found.
fn with_interval(column: ListingColumn, how: &str) -> [ListingColumn; 3] {
    let end = |end: &str, which: &str| {
        let name = column.name();
        let mut end = ListingColumn::new(format!("{name}_{end}"), format!("The {which} end of the interval of {name}"));
        end.says.unit.clone_from(&column.says.unit);
        end.formula(how).missing("There is no interval: `withheld` says why, or the spread was not seen")
    };
    let ends = [end("low", "lower"), end("high", "upper")];
    let [low, high] = ends;
    [column, low, high]
}

fn voice(voice: InVoice) -> Datum {
    Datum::from(voice.name())
}
