//! The long table: a row an article and path, a column a measure; axes follow the paths of their
//! lexicon.

use framescope_core::lexicon::{EXPERIMENTAL, LexiconId, PathKind};
use framescope_core::score::{AxisMeasure, Denominator, Measure, Scoring, Selection, Tally, Value};

use super::cells::Cells;
use super::column::{Bound, Column, Fixed, Holds, OTHER_LANGUAGE, bounded, has_experimental};
use super::table::{Placed, Row, Segmented, count};
use super::wide::{bounded_axis_value, bounded_value, limited};

/// The layout of a long table.
#[derive(Debug)]
pub(super) struct Long {
    pub(super) segmented: Option<Segmented>,
    /// Whether there is a column of the words in which hits enter `count`.
    has_count_words: bool,
    /// Whether there is a column of what the lexicon says of its path.
    has_status: bool,
    /// Whether there is a column of the lexicon's language being another.
    has_other_language: bool,
    measures: Vec<(Measure, Option<Bound>)>,
    axis_measures: Vec<(AxisMeasure, Option<Bound>)>,
}

impl Long {
    pub(super) fn new(
        scoring: &Scoring<'_>,
        selection: &Selection,
        segmented: Option<Segmented>,
        languages: &[Option<String>],
        columns: &mut Vec<Column>,
    ) -> Long {
        columns.push(Column::fixed(Fixed::Language));
        columns.extend(segmented.into_iter().flat_map(Segmented::columns));
        columns.extend(Denominator::COLUMNS.map(Column::words));
        let row = [Fixed::Sentences, Fixed::Lexicon, Fixed::LexiconLanguage, Fixed::Path, Fixed::Kind];
        columns.extend(row.map(Column::fixed));
        let has_status = has_experimental(scoring.set());
        if has_status {
            columns.push(Column::fixed(Fixed::Status));
        }
        let has_other_language = languages.iter().any(Option::is_some);
        if has_other_language {
            columns.push(Column { name: OTHER_LANGUAGE.to_owned(), holds: Holds::OtherLanguage(None) });
        }
        let has_count_words = !limited(scoring, selection).is_empty();
        if has_count_words {
            columns.push(Column { name: Denominator::Counted.column().to_owned(), holds: Holds::CountWords(None) });
        }
        let mut measures = Vec::new();
        for measure in &selection.paths {
            measures.push((*measure, None));
            if selection.intervals && measure.has_interval() {
                measures.extend(Bound::BOTH.map(|bound| (*measure, Some(bound))));
            }
        }
        let mut axis_measures = Vec::new();
        for measure in &selection.axes {
            axis_measures.push((*measure, None));
            if selection.intervals && measure.has_interval() {
                axis_measures.extend(Bound::BOTH.map(|bound| (*measure, Some(bound))));
            }
        }
        columns.extend(measures.iter().map(|(measure, bound)| Column {
            name: bounded(measure.name(), *bound),
            holds: Holds::Measure(None, *measure, *bound),
        }));
        columns.extend(axis_measures.iter().map(|(measure, bound)| Column {
            name: bounded(measure.name(), *bound),
            holds: Holds::Axis(None, *measure, *bound),
        }));
        Long { segmented, has_count_words, has_status, has_other_language, measures, axis_measures }
    }

    pub(super) fn rows<C: Cells>(&self, row: &Row<'_>, placed: Option<&Placed>, tally: &Tally, out: &mut C) {
        let set = row.set();
        let (mut path_number, mut axis_number) = (0, 0);
        for (id, lexicon) in set.iter() {
            for path in &lexicon.paths {
                self.lead(row, placed, tally, id, (&path.id, kind_name(path.kind), &path.status), out);
                for (measure, bound) in &self.measures {
                    out.value(bounded_value(row.scoring, *measure, *bound, path_number, tally));
                }
                out.repeat(Value::Empty, self.axis_measures.len());
                out.end_row();
                path_number += 1;
            }
            for axis in &lexicon.axes {
                // Without a measure of axes their rows would say nothing.
                if !self.axis_measures.is_empty() {
                    let status = if lexicon.is_axis_experimental(axis) { EXPERIMENTAL } else { "" };
                    self.lead(row, placed, tally, id, (&axis.id, "axis", status), out);
                    out.repeat(Value::Empty, self.measures.len());
                    for (measure, bound) in &self.axis_measures {
                        out.value(bounded_axis_value(row.scoring, *measure, *bound, axis_number, tally));
                    }
                    out.end_row();
                }
                axis_number += 1;
            }
        }
    }

    fn lead<C: Cells>(
        &self,
        row: &Row<'_>,
        placed: Option<&Placed>,
        tally: &Tally,
        lexicon: LexiconId,
        (path, kind, status): (&str, &'static str, &str),
        out: &mut C,
    ) {
        row.article_cells(out);
        out.text(row.context.language);
        row.segment_cells(placed, out);
        row.word_cells(&Denominator::COLUMNS, tally, out);
        out.int(tally.sentences.into());
        let about = &row.set().lexicon(lexicon).about;
        out.text(&about.id);
        out.text(&about.language);
        out.text(path);
        out.word(kind);
        if self.has_status {
            out.text(status);
        }
        if self.has_other_language {
            row.other_language_cell(lexicon, out);
        }
        if self.has_count_words {
            out.value(count(row.scoring.scope(lexicon).count_words(tally)));
        }
    }
}

fn kind_name(kind: PathKind) -> &'static str {
    match kind {
        PathKind::Category => "category",
        PathKind::Referent => "referent",
        PathKind::Variant => "variant",
        PathKind::Name => "name",
    }
}
