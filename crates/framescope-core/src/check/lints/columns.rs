//! The columns that a lexicon makes in a wide table: too long, the same twice, or ours.
//!
//! Stata keeps the first 32 characters of a name. Two that differ only behind them become one
//! there, and one of the two is lost under a name that Stata makes up: a defect. A long name that
//! stays alone when it is cut is worth a note and no more, because its id may not be the author's
//! to change (others rely on it) and R, Excel and pandas take it whole.

use rustc_hash::FxHashMap;

use super::{Lint, LintKind};
use crate::lexicon::{Lexicon, Place};
use crate::score::{AxisMeasure, Denominator, Measure, path_stem};

/// What Stata takes.
const LONGEST: usize = 32;

/// The columns of a wide table that are neither metadata nor made by a lexicon, beside the words
/// of [`Denominator`].
const OURS: &[&str] = &["id", "sentences", "count_words", "segment", "segment_kind", "start", "end"];

pub(super) fn lint(lexicon: &Lexicon, lints: &mut Vec<Lint>) {
    let paths: Vec<&str> = Measure::DEFAULT.iter().filter(|m| **m != Measure::Count).map(|m| m.name()).collect();
    let axes = AxisMeasure::ALL.map(AxisMeasure::name);
    let mut long = Vec::new();
    let mut cut = FxHashMap::default();
    // A path's plain column is its count; those of an axis all carry a measure.
    let mut taken: FxHashMap<String, &str> = FxHashMap::default();
    for path in &lexicon.paths {
        let stem = path_stem(&path.id);
        let mut columns = vec![stem.clone()];
        columns.extend(paths.iter().map(|name| format!("{stem}__{name}")));
        same_when_cut(path.place, &columns, &mut cut, lints);
        one(&path.id, path.place, columns, &mut long, &mut taken, lints);
        if OURS.contains(&stem.as_str()) || Denominator::COLUMNS.iter().any(|words| words.column() == stem) {
            lints.push(Lint::at(path.place, LintKind::ReservedColumn { column: stem }));
        }
    }
    for axis in &lexicon.axes {
        let columns: Vec<String> = axes.iter().map(|name| format!("{}__{name}", axis.id)).collect();
        same_when_cut(axis.place, &columns, &mut cut, lints);
        one(&axis.id, axis.place, columns, &mut long, &mut taken, lints);
    }
    // Measures are long too, so most lexicons have some: one lint says it once.
    let first = long.iter().map(|(place, _)| *place).find(|place| place.file == 0);
    if let Some(first) = first {
        let columns = long.into_iter().map(|(_, column)| column).collect();
        lints.push(Lint::at(first, LintKind::LongColumns { columns }));
    }
}

/// The columns of one path or axis.
fn one<'l>(
    id: &'l str,
    place: Place,
    columns: Vec<String>,
    long: &mut Vec<(Place, String)>,
    taken: &mut FxHashMap<String, &'l str>,
    lints: &mut Vec<Lint>,
) {
    if let Some(column) = columns.iter().rev().max_by_key(|column| column.len()).filter(|column| column.len() > LONGEST)
    {
        long.push((place, column.clone()));
    }
    let mut said = false;
    for column in columns {
        match taken.get(&column) {
            Some(first) if !said => {
                let (path, first) = (id.to_owned(), (*first).to_owned());
                lints.push(Lint::at(place, LintKind::SameColumn { path, first, column }));
                said = true;
            }
            Some(_) => {}
            None => {
                taken.insert(column, id);
            }
        }
    }
}

/// Two columns that Stata cannot tell apart; the first such pair of a path or axis. Columns that
/// are the same before they are cut are another lint.
fn same_when_cut(
    place: Place,
    columns: &[String],
    cut: &mut FxHashMap<String, (Place, String)>,
    lints: &mut Vec<Lint>,
) {
    let mut said = false;
    for column in columns {
        // An id is ASCII, so characters are bytes.
        let kept = &column[..column.len().min(LONGEST)];
        match cut.get(kept) {
            Some((other, first)) if first != column && !said => {
                let kind = LintKind::SameWhenCut { first: first.clone(), second: column.clone() };
                lints.push(if *other == place { Lint::at(place, kind) } else { Lint::between(place, *other, kind) });
                said = true;
            }
            Some(_) => {}
            None => {
                cut.insert(kept.to_owned(), (place, column.clone()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::OURS;
    use crate::score::is_reserved;

    #[test]
    fn our_columns_are_those_that_metadata_must_not_have() {
        assert!(OURS.iter().all(|name| is_reserved(name)));
    }
}
