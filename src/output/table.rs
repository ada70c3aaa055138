//! Tables: which columns a file has, and how an article becomes rows of it.
//!
//! A [`Table`] is made once a run and shared by all workers. A worker takes a [`Part`], adds
//! article after article to it, and hands it on; a [`TableWriter`](super::TableWriter) puts parts
//! one after the other into the file. A part holds what its articles alone decide, so the file is
//! the same for any number of workers.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use framescope_core::lexicon::{Lexicon, LexiconId, LexiconSet};
use framescope_core::matching::{Detail, Want};
use framescope_core::score::{
    ArticleScore, Denominator, Scoring, Segment, SegmentKind, Selection, Tally, TallyScratch, Value, each_segment,
};
use framescope_core::text::Article;

use super::OutputError;
use super::cells::{CellCounts, Cells, Delimited, Jsonl, Typed, TypedRows, keys};
use super::column::{Column, Fixed, Holds, Renamed, with_metadata};
use super::format::{Format, Style};
use super::hits::Hits;
use super::long::Long;
use super::offsets::Offsets;
use super::precision::LexiconPrecision;
use super::wide::Wide;
use crate::corpus::known_language;

/// Which table, with its options.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum TableKind {
    /// A row an article (or segment), a column a measure of a path.
    Wide {
        /// The measures.
        selection: Selection,
        /// Whether the lexicon's name stands before its columns.
        prefix: Prefix,
        /// Whether rows are segments of articles.
        segment: Option<SegmentKind>,
    },
    /// A row an article (or segment) and path, a column a measure.
    Long {
        /// The measures.
        selection: Selection,
        /// Whether rows are segments of articles.
        segment: Option<SegmentKind>,
    },
    /// A row a hit, in its context.
    Hits {
        /// How many words of context stand on either side.
        window: u32,
    },
    /// A row a rejected candidate, in its context.
    Rejected {
        /// How many words of context stand on either side.
        window: u32,
    },
}

impl TableKind {
    /// What an engine must be asked for.
    pub fn want(&self) -> Want {
        let (detail, outside_alike) = match self {
            TableKind::Wide { selection, segment: None, .. } => (selection.detail(), !selection.asks_for_attribution()),
            // Its words stand there by every voice.
            TableKind::Long { selection, segment: None } => (selection.detail(), false),
            _ => (Detail::Rows, false),
        };
        Want { rejected: matches!(self, TableKind::Rejected { .. }), detail, outside_alike }
    }
}

/// When the lexicon's name stands before its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prefix {
    /// Where several lexicons run together.
    #[default]
    Auto,
    /// Always.
    Always,
}

/// An article with all that a row can tell of it.
#[derive(Debug, Clone, Copy)]
pub struct ArticleContext<'a> {
    /// The article.
    pub article: &'a Article<'a>,
    /// Its metadata, in the order of the table's metadata columns.
    pub meta: &'a [Option<Cow<'a, str>>],
    /// Its language; empty if nobody looked.
    pub language: &'a str,
    /// Its scores.
    pub score: &'a ArticleScore,
}

/// A table: its columns, and how to make its rows.
#[derive(Debug)]
pub struct Table<'l> {
    scoring: Scoring<'l>,
    content: Content,
    columns: Vec<Column>,
    renamed: Vec<Renamed>,
    sheets: Vec<Sheet>,
    style: Style,
    meta: usize,
    /// For JSONL: the columns' names as they stand before values.
    keys: Vec<Box<[u8]>>,
    /// The language of each lexicon, where it says one.
    languages: Vec<Option<String>>,
    /// What was measured of each lexicon, for the codebook.
    precision: Vec<LexiconPrecision>,
}

#[derive(Debug)]
enum Content {
    Wide(Wide),
    Long(Long),
    Hits(Hits),
}

/// A sheet of a workbook: some of the table's columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) columns: Vec<Range<usize>>,
}

/// Excel's limit.
const SHEET_COLUMNS: usize = 16_384;

impl<'l> Table<'l> {
    /// A table of these scores, with metadata columns of these names.
    ///
    /// # Errors
    /// If two columns would have one name, or a sheet of a workbook more columns than Excel has.
    pub fn new(
        scoring: Scoring<'l>,
        kind: &TableKind,
        meta: &[String],
        style: Style,
    ) -> Result<Table<'l>, OutputError> {
        let mut columns = vec![Column::fixed(Fixed::Id)];
        let language = |lexicon: &Lexicon| Some(known_language(&lexicon.about.language)?.into_owned());
        let languages: Vec<Option<String>> = scoring.set().lexicons().iter().map(language).collect();
        let content = match kind {
            TableKind::Wide { selection, prefix, segment } => Content::Wide(Wide::new(
                &scoring,
                selection,
                *prefix,
                segment.map(|kind| Segmented::new(kind, style.format)),
                &languages,
                &mut columns,
            )),
            TableKind::Long { selection, segment } => Content::Long(Long::new(
                &scoring,
                selection,
                segment.map(|kind| Segmented::new(kind, style.format)),
                &languages,
                &mut columns,
            )),
            TableKind::Hits { window } => {
                Content::Hits(Hits::new(&scoring, *window, false, style.format, &mut columns))
            }
            TableKind::Rejected { window } => {
                Content::Hits(Hits::new(&scoring, *window, true, style.format, &mut columns))
            }
        };
        let (columns, renamed) = with_metadata(columns, meta, scoring.set())?;
        let sheets = match &content {
            Content::Wide(wide) => wide.sheets(meta.len()),
            Content::Long(_) => Sheet::whole("scores", columns.len()),
            Content::Hits(hits) => Sheet::whole(hits.name(), columns.len()),
        };
        if style.format == Format::Xlsx {
            sheets.iter().try_for_each(Sheet::check)?;
        }
        Ok(Table {
            keys: keys(columns.iter().map(|c| c.name.as_str())),
            meta: meta.len(),
            scoring,
            content,
            columns,
            renamed,
            sheets,
            style,
            languages,
            precision: Vec::new(),
        })
    }

    /// With what was measured of the precision of each lexicon, in their order, for the codebook.
    pub fn with_precision(self, precision: Vec<LexiconPrecision>) -> Table<'l> {
        Table { precision, ..self }
    }

    /// What was measured of a lexicon's precision.
    pub(super) fn precision(&self, lexicon: LexiconId) -> Option<&LexiconPrecision> {
        self.precision.get(lexicon.0 as usize)
    }

    /// Its columns, in order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The metadata columns that had to be renamed.
    pub fn renamed(&self) -> &[Renamed] {
        &self.renamed
    }

    /// The column that says whether an article is in another language than a lexicon, if there is one.
    pub fn other_language_column(&self, lexicon: LexiconId) -> Option<&str> {
        let is_it = |holds: &Holds| matches!(holds, Holds::OtherLanguage(of) if of.is_none_or(|of| of == lexicon));
        self.columns.iter().find(|column| is_it(&column.holds)).map(|column| column.name.as_str())
    }

    /// What its numbers mean.
    pub fn scoring(&self) -> &Scoring<'l> {
        &self.scoring
    }

    /// Its format and options.
    pub fn style(&self) -> Style {
        self.style
    }

    pub(super) fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// An empty part.
    pub fn part(&self) -> Part {
        Part {
            counts: CellCounts::default(),
            other_languages: OtherLanguages::new(),
            body: match self.style.format {
                Format::Xlsx => Body::Cells(TypedRows::default()),
                _ => Body::Bytes(Vec::new()),
            },
        }
    }

    /// Adds an article's rows to a part.
    pub fn article(&self, context: &ArticleContext<'_>, scratch: &mut TableScratch, part: &mut Part) {
        let language = known_language(context.language);
        let row = Row { scoring: &self.scoring, context, meta: self.meta, languages: &self.languages, language };
        for (id, _) in self.scoring.set().iter().filter(|(id, _)| row.is_other_language(*id) == Some(true)) {
            *part.other_languages.entry((id, row.language.as_deref().unwrap_or_default().to_owned())).or_default() += 1;
        }
        let counts = &mut part.counts;
        match (&mut part.body, self.style.format) {
            (Body::Cells(rows), _) => self.rows(&row, scratch, &mut Typed { rows, counts }),
            (Body::Bytes(out), Format::Jsonl) => {
                self.rows(&row, scratch, &mut Jsonl::new(&self.keys, out, counts));
            }
            (Body::Bytes(out), _) => {
                self.rows(&row, scratch, &mut Delimited::new(self.style, out, counts));
            }
        }
    }

    fn rows<C: Cells>(&self, row: &Row<'_>, scratch: &mut TableScratch, out: &mut C) {
        match &self.content {
            Content::Wide(wide) => row.each(wide.segmented, scratch, |segment, tally| {
                wide.row(row, segment, tally, out);
            }),
            Content::Long(long) => row.each(long.segmented, scratch, |segment, tally| {
                long.rows(row, segment, tally, out);
            }),
            Content::Hits(hits) => hits.rows(row, &mut scratch.text, out),
        }
    }
}

impl Sheet {
    pub(super) fn whole(name: &str, columns: usize) -> Vec<Sheet> {
        vec![Sheet { name: name.to_owned(), columns: std::iter::once(0..columns).collect() }]
    }

    fn check(&self) -> Result<(), OutputError> {
        let columns = self.columns.iter().map(ExactSizeIterator::len).sum();
        if columns > SHEET_COLUMNS {
            return Err(OutputError::TooManyColumns { sheet: self.name.clone(), columns });
        }
        Ok(())
    }
}

/// What a worker keeps between articles.
#[derive(Debug, Default)]
pub struct TableScratch {
    tally: TallyScratch,
    text: String,
}

/// Rows of some articles, ready for the file.
#[derive(Debug)]
pub struct Part {
    pub(super) body: Body,
    /// What happened to its cells.
    pub(super) counts: CellCounts,
    /// Its articles in another language than a lexicon.
    pub(super) other_languages: OtherLanguages,
}

/// How many articles are in another language than a lexicon, by lexicon and language.
pub type OtherLanguages = BTreeMap<(LexiconId, String), u64>;

#[derive(Debug)]
pub(super) enum Body {
    Bytes(Vec<u8>),
    Cells(TypedRows),
}

impl Part {
    /// What happened to its cells.
    pub fn counts(&self) -> CellCounts {
        self.counts
    }

    /// How many rows it has.
    pub fn rows(&self) -> u64 {
        self.counts.rows
    }
}

/// What all rows of an article share.
pub(super) struct Row<'a> {
    pub(super) scoring: &'a Scoring<'a>,
    pub(super) context: &'a ArticleContext<'a>,
    meta: usize,
    /// The languages of the lexicons.
    languages: &'a [Option<String>],
    /// The article's, where it is known.
    language: Option<Cow<'a, str>>,
}

impl<'a> Row<'a> {
    /// Whether the article is in another language than a lexicon, where both are known.
    fn is_other_language(&self, lexicon: LexiconId) -> Option<bool> {
        let own = self.languages.get(lexicon.0 as usize)?.as_deref()?;
        Some(self.language.as_deref()? != own)
    }

    /// The cell of [`Holds::OtherLanguage`](super::column::Holds::OtherLanguage).
    pub(super) fn other_language_cell<C: Cells>(&self, lexicon: LexiconId, out: &mut C) {
        match self.is_other_language(lexicon) {
            Some(other) => out.flag(other),
            None => out.empty(),
        }
    }

    pub(super) fn set(&self) -> &'a LexiconSet {
        self.scoring.set()
    }

    /// The whole article, or each of its segments.
    fn each(
        &self,
        segmented: Option<Segmented>,
        scratch: &mut TableScratch,
        mut with: impl FnMut(Option<&Placed>, &Tally),
    ) {
        let score = self.context.score;
        let Some(Segmented { kind, bytes }) = segmented else {
            return with(None, &score.tally);
        };
        let mut offsets = Offsets::new(self.context.article);
        each_segment(kind, &score.analysis, self.set(), &score.resolution, &mut scratch.tally, |segment, tally| {
            let placed = Placed {
                start: offsets.chars(segment.field, segment.start),
                end: offsets.chars(segment.field, segment.end),
                segment,
                bytes,
            };
            with(Some(&placed), tally);
        });
    }

    /// `id` and metadata.
    pub(super) fn article_cells<C: Cells>(&self, out: &mut C) {
        out.text(self.context.article.id);
        for number in 0..self.meta {
            match self.context.meta.get(number) {
                Some(Some(text)) => out.text(text),
                _ => out.empty(),
            }
        }
    }

    /// The cells of [`Placed::columns`].
    pub(super) fn segment_cells<C: Cells>(&self, placed: Option<&Placed>, out: &mut C) {
        let Some(placed) = placed else { return };
        let Segment { kind, number, field, start, end } = placed.segment;
        match placed.segment.zone() {
            Some(zone) => out.word(zone.name()),
            None => out.int(number.into()),
        }
        out.word(kind.name());
        out.word(field.name());
        out.int(placed.start);
        out.int(placed.end);
        if placed.bytes {
            out.int(start.into());
            out.int(end.into());
        }
    }

    /// The cells of columns of words.
    pub(super) fn word_cells<C: Cells>(&self, words: &[Denominator], tally: &Tally, out: &mut C) {
        for denominator in words {
            out.value(count(denominator.words(tally)));
        }
    }
}

/// A count, or nothing.
pub(super) fn count(n: Option<u32>) -> Value {
    n.map_or(Value::Empty, |n| Value::Int(n.into()))
}

/// That rows are segments, and whether they have byte positions too.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segmented {
    kind: SegmentKind,
    bytes: bool,
}

impl Segmented {
    fn new(kind: SegmentKind, format: Format) -> Segmented {
        Segmented { kind, bytes: format == Format::Jsonl }
    }

    /// The columns of [`Row::segment_cells`].
    pub(super) fn columns(self) -> impl Iterator<Item = Column> {
        let chars = [Fixed::Segment, Fixed::SegmentKind, Fixed::Field, Fixed::Start, Fixed::End];
        let bytes = [Fixed::ByteStart, Fixed::ByteEnd];
        chars.into_iter().chain(bytes.into_iter().filter(move |_| self.bytes)).map(Column::fixed)
    }
}

/// A segment with its positions in characters.
pub(super) struct Placed {
    segment: Segment,
    start: u64,
    end: u64,
    bytes: bool,
}
