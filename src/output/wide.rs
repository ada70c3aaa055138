//! The wide table: a row an article, a column a measure of a path.
//!
//! Columns stand in blocks: all counts, then all counts outside quotations, and so on. A lexicon
//! may have thousands of paths and an article hits in ten of them, so a block is written as runs
//! of equal cells between the paths that have something to say.

use std::ops::Range;

use framescope_core::lexicon::{LexiconId, PathId};
use framescope_core::score::{
    AxisMeasure, Denominator, Measure, Part, Scoring, Selection, Tally, Value, path_stem, prefix_of,
};
use framescope_core::stats::Interval;

use super::cells::Cells;
use super::column::{Bound, Column, Fixed, Holds, OTHER_LANGUAGE, bounded};
use super::table::{Placed, Prefix, Row, Segmented, Sheet, count};

/// The layout of a wide table.
#[derive(Debug)]
pub(super) struct Wide {
    pub(super) segmented: Option<Segmented>,
    words: Vec<Denominator>,
    /// The lexicons that say their language, and so have a column that says whether it is another.
    languages: Vec<LexiconId>,
    /// The lexicons that have a column of the words in which hits enter `count`.
    count_words: Vec<LexiconId>,
    blocks: Vec<Block>,
    /// The last path of each lexicon, plus one.
    lexicon_ends: Vec<u32>,
    axes: Vec<(u32, AxisMeasure, Option<Bound>)>,
    /// How many columns stand before the blocks, metadata left out.
    lead: usize,
    /// How many of them tell the segment.
    segment_columns: usize,
}

/// The columns of one measure.
#[derive(Debug)]
struct Block {
    measure: Measure,
    bound: Option<Bound>,
    paths: Paths,
    /// How many columns it has.
    columns: usize,
}

/// The paths of a block.
#[derive(Debug)]
enum Paths {
    /// All; one that has no hit has the same value as any other of its lexicon.
    All,
    /// These.
    Listed(Vec<u32>),
}

impl Wide {
    pub(super) fn new(
        scoring: &Scoring<'_>,
        selection: &Selection,
        prefix: Prefix,
        segmented: Option<Segmented>,
        languages: &[Option<String>],
        columns: &mut Vec<Column>,
    ) -> Wide {
        let set = scoring.set();
        let prefixed = prefix == Prefix::Always || set.lexicons().len() > 1;
        let prefixes: Vec<String> =
            set.lexicons().iter().map(|l| if prefixed { prefix_of(l) } else { String::new() }).collect();

        columns.push(Column::fixed(Fixed::Language));
        let before = columns.len();
        columns.extend(segmented.into_iter().flat_map(Segmented::columns));
        let segment_columns = columns.len() - before;
        let words = words_beside(selection);
        columns.extend(words.iter().map(|d| Column::words(*d)));
        columns.push(Column::fixed(Fixed::Sentences));
        let says = |id: &LexiconId| languages.get(id.0 as usize).is_some_and(Option::is_some);
        let languages: Vec<LexiconId> = set.iter().map(|(id, _)| id).filter(says).collect();
        columns.extend(languages.iter().map(|id| Column {
            name: format!("{}{OTHER_LANGUAGE}", prefixes[id.0 as usize]),
            holds: Holds::OtherLanguage(Some(*id)),
        }));
        let count_words = limited(scoring, selection);
        columns.extend(count_words.iter().map(|id| Column {
            name: format!("{}{}", prefixes[id.0 as usize], Denominator::Counted.column()),
            holds: Holds::CountWords(Some(*id)),
        }));
        let lead = columns.len();

        let bounds = |has_interval: bool| {
            let bounds = Bound::BOTH.map(Some).into_iter();
            let bounds = bounds.filter(move |_| selection.intervals && has_interval);
            std::iter::once(None).chain(bounds)
        };
        let mut blocks = Vec::new();
        for measure in &selection.paths {
            for bound in bounds(measure.has_interval()) {
                blocks.push(Block::new(scoring, *measure, bound, &prefixes, columns));
            }
        }
        let mut axes = Vec::new();
        for (id, lexicon) in set.iter() {
            for (number, axis) in lexicon.axes.iter().enumerate() {
                for measure in &selection.axes {
                    for bound in bounds(measure.has_interval()) {
                        axes.push((set.axis_number(id, number), *measure, bound));
                        let stem = path_stem(&axis.id);
                        let measured = bounded(measure.name(), bound);
                        columns.push(Column {
                            name: format!("{}{stem}__{measured}", prefixes[id.0 as usize]),
                            holds: Holds::Axis(Some((id, number as u32)), *measure, bound),
                        });
                    }
                }
            }
        }
        let mut end = 0;
        let ends = set.lexicons().iter().map(|l| {
            end += l.paths.len() as u32;
            end
        });
        Wide {
            segmented,
            words,
            languages,
            count_words,
            blocks,
            lexicon_ends: ends.collect(),
            axes,
            lead,
            segment_columns,
        }
    }

    /// The first sheet tells the articles; every block has a sheet, with `id` and metadata.
    pub(super) fn sheets(&self, meta: usize) -> Vec<Sheet> {
        let article = 0..1 + meta;
        // After the language.
        let segment = 2 + meta..2 + meta + self.segment_columns;
        let mut next = self.lead + meta;
        let mut sheets = vec![Sheet { name: "articles".to_owned(), columns: std::iter::once(0..next).collect() }];
        let mut add = |name: String, columns: usize| {
            let block: Range<usize> = next..next + columns;
            next = block.end;
            if columns > 0 {
                sheets.push(Sheet { name, columns: vec![article.clone(), segment.clone(), block] });
            }
        };
        for block in &self.blocks {
            add(bounded(block.measure.name(), block.bound), block.columns);
        }
        add("axes".to_owned(), self.axes.len());
        sheets
    }

    pub(super) fn row<C: Cells>(&self, row: &Row<'_>, placed: Option<&Placed>, tally: &Tally, out: &mut C) {
        row.article_cells(out);
        out.text(row.context.language);
        row.segment_cells(placed, out);
        row.word_cells(&self.words, tally, out);
        out.int(tally.sentences.into());
        for lexicon in &self.languages {
            row.other_language_cell(*lexicon, out);
        }
        for lexicon in &self.count_words {
            out.value(count(row.scoring.scope(*lexicon).count_words(tally)));
        }
        for block in &self.blocks {
            let value = |path| bounded_value(row.scoring, block.measure, block.bound, path, tally);
            match &block.paths {
                Paths::All => self.runs(tally, value, out),
                Paths::Listed(paths) => paths.iter().for_each(|path| out.value(value(*path))),
            }
        }
        for (axis, measure, bound) in &self.axes {
            out.value(bounded_axis_value(row.scoring, *measure, *bound, *axis, tally));
        }
        out.end_row();
    }

    /// A cell for every path: those with a hit one by one, those between them as runs.
    fn runs<C: Cells>(&self, tally: &Tally, value: impl Fn(u32) -> Value, out: &mut C) {
        let mut touched = tally.touched_paths.iter().copied().peekable();
        let mut next = 0;
        for &end in &self.lexicon_ends {
            while next < end {
                let stop = touched.peek().map_or(end, |path| end.min(*path));
                if next < stop {
                    out.repeat(value(next), (stop - next) as usize);
                    next = stop;
                }
                if let Some(path) = touched.next_if(|path| *path < end) {
                    out.value(value(path));
                    next = path + 1;
                }
            }
        }
    }
}

impl Block {
    fn new(
        scoring: &Scoring<'_>,
        measure: Measure,
        bound: Option<Bound>,
        prefixes: &[String],
        columns: &mut Vec<Column>,
    ) -> Block {
        let set = scoring.set();
        let before = columns.len();
        let mut listed = Vec::new();
        for (id, lexicon) in set.iter() {
            for (number, path) in lexicon.paths.iter().enumerate() {
                if !measure.applies_to(path.kind) {
                    continue;
                }
                let path_id = PathId(number as u32);
                listed.push(set.path_number(id, path_id));
                let stem = path_stem(&path.id);
                let name = match (measure, bound) {
                    (Measure::Count, None) => format!("{}{stem}", prefixes[id.0 as usize]),
                    _ => format!("{}{stem}__{}", prefixes[id.0 as usize], bounded(measure.name(), bound)),
                };
                columns.push(Column { name, holds: Holds::Measure(Some((id, path_id)), measure, bound) });
            }
        }
        Block {
            measure,
            bound,
            columns: columns.len() - before,
            paths: if measure.looks_at_siblings() || listed.len() < set.path_count() {
                Paths::Listed(listed)
            } else {
                Paths::All
            },
        }
    }
}

/// The columns of words that a wide table has: all, outside, quoted, and what its rates are
/// divided by.
fn words_beside(selection: &Selection) -> Vec<Denominator> {
    let always = [Denominator::Words, Denominator::WordsOf(Part::Outside), Denominator::WordsOf(Part::Quoted)];
    let needed = |d: &Denominator| always.contains(d) || selection.paths.iter().any(|m| m.denominator() == Some(*d));
    Denominator::COLUMNS.into_iter().filter(needed).collect()
}

/// The lexicons that limit voices or zones, where a chosen rate is divided by the words of those.
pub(super) fn limited(scoring: &Scoring<'_>, selection: &Selection) -> Vec<LexiconId> {
    let is_chosen = |m: &Measure| m.denominator() == Some(Denominator::Counted);
    if !selection.paths.iter().any(is_chosen) {
        return Vec::new();
    }
    let ids = scoring.set().iter().map(|(id, _)| id);
    ids.filter(|id| !scoring.scope(*id).is_unlimited()).collect()
}

/// The value of a measure, or of an end of its interval.
pub(super) fn bounded_value(
    scoring: &Scoring<'_>,
    measure: Measure,
    bound: Option<Bound>,
    path: u32,
    tally: &Tally,
) -> Value {
    match bound {
        None => scoring.value(measure, path, tally),
        Some(bound) => end_of(bound, scoring.interval(measure, path, tally)),
    }
}

/// The value of a measure of an axis, or of an end of its interval.
pub(super) fn bounded_axis_value(
    scoring: &Scoring<'_>,
    measure: AxisMeasure,
    bound: Option<Bound>,
    axis: u32,
    tally: &Tally,
) -> Value {
    match bound {
        None => scoring.axis_value(measure, axis, tally),
        Some(bound) => end_of(bound, scoring.axis_interval(measure, axis, tally)),
    }
}

fn end_of(bound: Bound, interval: Option<Interval>) -> Value {
    match (interval, bound) {
        (None, _) => Value::Empty,
        (Some(interval), Bound::Low) => Value::Float(interval.low),
        (Some(interval), Bound::High) => Value::Float(interval.high),
    }
}
