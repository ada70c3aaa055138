//! What stands on the page, before it is markup: sections of blocks, in the order of reading.
//!
//! The floors below fill it ([`study`](super::study)), the page is written from it ([`html`](super::html)), and the
//! charts in it also become files. Texts of other people are plain strings here and escaped where they are written.

use framescope_core::matching::Whom;
use framescope_core::text::Zone;

use super::charts::Chart;
use super::passages::Passages;
use crate::compare::events::Changes;
use crate::compare::{Per, Vocabulary};

/// A whole page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// What stands under the title: the question, or what the page is.
    pub lead: Vec<Vec<Inline>>,
    /// What is compared and drawn.
    pub sections: Vec<Section>,
    /// What each desk changed in one text.
    pub desks: Desks,
    /// The events, or all articles where there are few, side by side.
    pub beside: Beside,
    /// The lines behind the numbers.
    pub passages: Passages,
    /// What paths are called.
    pub vocabulary: Vocabulary,
    /// What is said of the whole: methods, versions, hashes.
    pub methods: Vec<Section>,
    /// What wrote the page: name and version of the program.
    pub written_by: String,
}

/// What is set side by side.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// The sets, in order; a set is articles by identifier.
    pub sets: Vec<BesideSet>,
    /// What is said above them.
    pub lead: Vec<Vec<Inline>>,
}

/// Articles to be set side by side.
#[derive(Debug, Clone, Default)]
pub struct BesideSet {
    /// The event, or what joins them.
    pub title: String,
    /// What is said of the set, such as which are copies of one text.
    pub note: Vec<Inline>,
    /// The articles.
    pub articles: Vec<String>,
}

/// What each desk changed in one text.
#[derive(Debug, Clone, Default)]
pub struct Desks {
    /// What is said above it.
    pub lead: Vec<Vec<Inline>>,
    /// The pairs of articles, in order.
    pub sets: Vec<DeskSet>,
}

/// Two articles that print one text.
#[derive(Debug, Clone)]
pub struct DeskSet {
    /// The event of both, where they are of one.
    pub event: Option<String>,
    /// The earlier article, then the later.
    pub articles: [DeskArticle; 2],
    /// How they differ.
    pub changes: Changes,
}

/// One of two articles that print one text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeskArticle {
    /// Its identifier.
    pub id: String,
    /// Its group.
    pub group: String,
    /// Its date, as it came.
    pub date: Option<String>,
    /// Its words, title not counted.
    pub words: u32,
}

/// A section.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Its name in links: letters, digits, hyphens.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// Its heading in the list of contents; empty: not listed there.
    pub short: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A part of a section.
#[derive(Debug, Clone)]
pub enum Block {
    /// A heading inside the section, with its name in links.
    Heading(String, String),
    /// A paragraph.
    Text(Vec<Inline>),
    /// A list.
    List(Vec<Vec<Inline>>),
    /// Names with what is said of them.
    Facts(Vec<(String, Vec<Inline>)>),
    /// A list that opens: what the list holds, in words, and the list.
    Folded(String, Vec<Vec<Inline>>),
    /// Numbers.
    Table(Table),
    /// A chart with the table of its numbers.
    Figure(Box<Figure>),
    /// What limits the numbers above it.
    Cautions(Vec<Caution>),
}

impl Block {
    /// A chart with the table of its numbers.
    pub(super) fn figure(figure: Figure) -> Block {
        Block::Figure(Box::new(figure))
    }

    /// All pieces of sentences and cells in it.
    fn inlines(&self) -> Box<dyn Iterator<Item = &Inline> + '_> {
        fn of_table(table: &Table) -> impl Iterator<Item = &Inline> {
            table.rows.iter().flatten().flatten().chain(&table.note)
        }
        match self {
            Block::Text(pieces) => Box::new(pieces.iter()),
            Block::List(items) | Block::Folded(_, items) => Box::new(items.iter().flatten()),
            Block::Facts(facts) => Box::new(facts.iter().flat_map(|(_, pieces)| pieces)),
            Block::Table(table) => Box::new(of_table(table)),
            Block::Figure(figure) => Box::new(of_table(&figure.table).chain(figure.more.iter().flat_map(of_table))),
            Block::Heading(..) | Block::Cautions(_) => Box::new(std::iter::empty()),
        }
    }
}

/// A piece of a sentence or cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// The program's own words, and figures.
    Words(String),
    /// Words of others, isolated from the direction of the words around them.
    Name(String),
    /// Words that carry the sentence.
    Strong(String),
    /// What one could type.
    Code(String),
    /// A number and the lines it was counted from.
    Lines(String, LinesOf),
    /// A link to a place on this page.
    Link(String, String),
    /// A place that links lead to.
    Anchor(String),
}

/// Which lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinesOf {
    /// The path, by running number; lines of the paths under it belong to it too.
    pub path: u32,
    /// The group; none: all.
    pub group: Option<String>,
    /// Outside quotations, inside, or both.
    pub voice: LinesVoice,
    /// Which of these.
    pub only: Only,
}

/// Some of the lines of a path.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Only {
    /// All of them.
    #[default]
    All,
    /// The forms of a word: its name, and its entries by running number.
    Word(String, Vec<u32>),
    /// Those about somebody: the name of the side, the first path that is asked about the same sides, and the side.
    About(String, u32, Whom),
    /// Those in one zone.
    In(Zone),
    /// Those in the same part of a sentence as a hit of another path: its name, and its running number.
    Beside(String, u32),
    /// Those of one period: its name, what it is one of, and its number.
    During(String, Per, i64),
}

/// The voices of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LinesVoice {
    /// Both.
    #[default]
    All,
    /// Outside quotation marks.
    Outside,
    /// Inside quotation marks.
    Quoted,
}

/// A table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// What it is.
    pub caption: String,
    /// Column heads, each with whether the column holds numbers.
    pub heads: Vec<Head>,
    /// Rows; the first cell of each names it.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// What is said below it.
    pub note: Vec<Inline>,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its name.
    pub name: String,
    /// Whether it holds numbers.
    pub numeric: bool,
    /// What stands above it and above its neighbours of the same: whose the numbers are.
    pub over: Option<String>,
}

/// A chart and the table of its numbers.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Its name in links and files: letters, digits, hyphens.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it shows, for those who cannot see it and for the caption.
    pub description: String,
    /// The chart.
    pub chart: Chart,
    /// The same numbers, with links.
    pub table: Table,
    /// What cannot be drawn.
    pub more: Option<Table>,
    /// Whether a print has the table too: those that hold what the page says, as long as they are short.
    pub is_printed: bool,
    /// What limits them.
    pub cautions: Vec<Caution>,
}

/// What limits a number, in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caution {
    /// Its code, such as W04.
    pub code: String,
    /// What it says.
    pub text: String,
}

/// A piece of the program's own words.
pub(super) fn words(text: impl Into<String>) -> Inline {
    Inline::Words(text.into())
}

/// A piece of other people's words.
pub(super) fn name(text: impl Into<String>) -> Inline {
    Inline::Name(text.into())
}

impl Head {
    /// The head of a column of words.
    pub(super) fn text(name: impl Into<String>) -> Head {
        Head { name: name.into(), numeric: false, over: None }
    }

    /// The head of a column of numbers.
    pub(super) fn number(name: impl Into<String>) -> Head {
        Head { name: name.into(), numeric: true, over: None }
    }

    /// The same below the name of whose it is.
    pub(super) fn over(self, whose: impl Into<String>) -> Head {
        Head { over: Some(whose.into()), ..self }
    }
}

impl Inline {
    /// Which lines it leads to, where it leads to some.
    pub(super) fn lines(&self) -> Option<&LinesOf> {
        match self {
            Inline::Lines(_, of) => Some(of),
            _ => None,
        }
    }
}

impl Page {
    /// All pieces of sentences and cells in its sections.
    pub(super) fn inlines(&self) -> impl Iterator<Item = &Inline> {
        self.sections.iter().chain(&self.methods).flat_map(|section| &section.blocks).flat_map(Block::inlines)
    }

    /// All figures, in order.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.sections.iter().chain(&self.methods).flat_map(|section| &section.blocks).filter_map(|block| match block {
            Block::Figure(figure) => Some(figure.as_ref()),
            _ => None,
        })
    }
}
