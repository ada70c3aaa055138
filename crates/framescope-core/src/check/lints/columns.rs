//! The columns that a lexicon makes in a wide table: too long, the same twice, or ours.

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
    let longest = |names: &[&str]| names.iter().map(|name| name.len()).max().unwrap_or(0);
    let paths: Vec<&str> = Measure::DEFAULT.iter().filter(|m| **m != Measure::Count).map(|m| m.name()).collect();
    let axes = AxisMeasure::ALL.map(AxisMeasure::name);
    // A path's plain column is its count; those of an axis all carry a measure.
    let mut taken: FxHashMap<String, &str> = FxHashMap::default();
    for path in &lexicon.paths {
        let stem = path_stem(&path.id);
        let mut columns = vec![stem.clone()];
        columns.extend(paths.iter().map(|name| format!("{stem}__{name}")));
        one(&path.id, path.place, columns, longest(&paths), &mut taken, lints);
        if OURS.contains(&stem.as_str()) || Denominator::COLUMNS.iter().any(|words| words.column() == stem) {
            lints.push(Lint::at(path.place, LintKind::ReservedColumn { column: stem }));
        }
    }
    for axis in &lexicon.axes {
        let columns = axes.iter().map(|name| format!("{}__{name}", axis.id)).collect();
        one(&axis.id, axis.place, columns, longest(&axes), &mut taken, lints);
    }
}

/// The columns of one path or axis; `longest` is the length of their longest measure.
fn one<'l>(
    id: &'l str,
    place: Place,
    columns: Vec<String>,
    longest: usize,
    taken: &mut FxHashMap<String, &'l str>,
    lints: &mut Vec<Lint>,
) {
    let ends = |column: &&String| column.rsplit("__").next().is_some_and(|measure| measure.len() == longest);
    if let Some(column) = columns.iter().find(ends).filter(|column| column.chars().count() > LONGEST) {
        lints.push(Lint::at(place, LintKind::LongColumn { column: column.clone() }));
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

#[cfg(test)]
mod tests {
    use super::OURS;
    use crate::score::is_reserved;

    #[test]
    fn our_columns_are_those_that_metadata_must_not_have() {
        assert!(OURS.iter().all(|name| is_reserved(name)));
    }
}
