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

use super::cells::{Cells, SMALL};
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
            let scoring = row.scoring;
            // The measures of most tables are constants here, so that their values are worked out without asking which it is.
            match (block.measure, block.bound) {
                (Measure::Count, None) => self.block(block, tally, |p| scoring.value(Measure::Count, p, tally), out),
                (Measure::Of(Part::Outside), None) => {
                    self.block(block, tally, |p| scoring.value(Measure::Of(Part::Outside), p, tally), out);
                }
                (Measure::Of(Part::Quoted), None) => {
                    self.block(block, tally, |p| scoring.value(Measure::Of(Part::Quoted), p, tally), out);
                }
                (Measure::OfPer1k(Part::Outside), None) => {
                    self.block(block, tally, |p| scoring.value(Measure::OfPer1k(Part::Outside), p, tally), out);
                }
                (measure, bound) => self.block(block, tally, |p| bounded_value(scoring, measure, bound, p, tally), out),
            }
        }
        for (axis, measure, bound) in &self.axes {
            out.value(bounded_axis_value(row.scoring, *measure, *bound, *axis, tally));
        }
        out.end_row();
    }

    /// The cells of a block.
    fn block<C: Cells>(&self, block: &Block, tally: &Tally, value: impl Fn(u32) -> Value, out: &mut C) {
        match &block.paths {
            Paths::All => self.runs(tally, value, out),
            Paths::Listed(paths) => paths.iter().for_each(|path| out.value(value(*path))),
        }
    }

    /// A cell for every path: those with a hit one by one, those between them as runs.
    fn runs<C: Cells>(&self, tally: &Tally, value: impl Fn(u32) -> Value, out: &mut C) {
        let mut touched = &tally.touched_paths[..];
        let mut next = 0;
        for &end in &self.lexicon_ends {
            let (here, behind) = touched.split_at(touched.partition_point(|path| *path < end));
            touched = behind;
            self.lexicon_runs(next..end, here, &value, out);
            next = end;
        }
    }

    /// The cells of the paths of a lexicon, of which these have hits.
    fn lexicon_runs<C: Cells>(&self, paths: Range<u32>, touched: &[u32], value: impl Fn(u32) -> Value, out: &mut C) {
        if let Some(counts) = small_counts(&paths, touched, &value) {
            return out.small_ints(&counts[..paths.len()]);
        }
        let mut next = paths.start;
        for stop in touched.iter().copied().chain([paths.end]) {
            if next < stop {
                out.repeat(value(next), (stop - next) as usize);
            }
            if stop < paths.end {
                out.value(value(stop));
            }
            next = stop + 1;
        }
    }
}

/// Lexicons with no more paths are written whole; in one with more, nearly all cells are like their neighbours.
const WHOLE: usize = 64;

/// The values of these paths, of which those that are touched have hits, if all are small counts.
fn small_counts(paths: &Range<u32>, touched: &[u32], value: impl Fn(u32) -> Value) -> Option<[u16; WHOLE]> {
    let small = |path: u32| match value(path) {
        Value::Int(n) if n < SMALL as u64 => Some(n as u16),
        _ => None,
    };
    if paths.len() > WHOLE {
        return None;
    }
    let without_hits = (paths.start..).zip(touched).find_map(|(path, &hit)| (path != hit).then_some(path));
    let without_hits = without_hits.unwrap_or(paths.start + touched.len() as u32);
    let mut counts = [if without_hits < paths.end { small(without_hits)? } else { 0 }; WHOLE];
    for &path in touched {
        counts[(path - paths.start) as usize] = small(path)?;
    }
    Some(counts)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::cells::{CellCounts, Delimited};
    use super::super::format::Style;
    use super::*;

    /// The cells of some paths, by what writes them.
    fn written(write: impl FnOnce(&mut Delimited<'_>)) -> String {
        let (mut out, mut counts) = (b"before,".to_vec(), CellCounts::default());
        write(&mut Delimited::new(Style::default(), &mut out, &mut counts));
        String::from_utf8(out).unwrap()
    }

    proptest! {
        /// Whole lexicons and runs of paths are written as one cell after the other would be.
        #[test]
        fn cells_are_those_of_their_paths(
            lexicons in proptest::collection::vec((0_u32..100, any::<bool>()), 1..4),
            hits in proptest::collection::btree_map(0_u32..300, prop_oneof![0_u64..12, 95_u64..1_005, any::<u64>()], 0..40),
            of_floats in any::<bool>(),
        ) {
            let mut end = 0;
            let lexicon_ends: Vec<u32> = lexicons.iter().map(|(paths, _)| { end += paths; end }).collect();
            let hits: std::collections::BTreeMap<u32, u64> = hits.into_iter().filter(|(path, _)| *path < end).collect();
            let value = |path: u32| {
                let lexicon = lexicon_ends.iter().position(|end| path < *end).unwrap();
                match hits.get(&path) {
                    Some(&n) if of_floats => Value::Float(n as f64 / 7.0),
                    Some(&n) => Value::Int(n),
                    None if lexicons[lexicon].1 => Value::Empty,
                    None => Value::Int(0),
                }
            };
            let wide = Wide {
                segmented: None,
                words: Vec::new(),
                languages: Vec::new(),
                count_words: Vec::new(),
                blocks: Vec::new(),
                lexicon_ends: lexicon_ends.clone(),
                axes: Vec::new(),
                lead: 0,
                segment_columns: 0,
            };
            let tally = Tally { touched_paths: hits.keys().copied().collect(), ..Tally::default() };
            prop_assert_eq!(
                written(|out| wide.runs(&tally, value, out)),
                written(|out| (0..end).for_each(|path| out.value(value(path))))
            );
        }
    }
}
