//! What stands on the page, before it is markup: sections of blocks, in the order of reading.
//!
//! The floors below fill it ([`study`](super::study)), the page is written from it ([`html`](super::html)), and the
//! charts in it also become files. Texts of other people are plain strings here and escaped where they are written.

use super::charts::Chart;
use super::passages::Passages;
use crate::compare::Vocabulary;

/// A whole page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// What stands under the title: the question, or what the page is.
    pub lead: Vec<Vec<Inline>>,
    /// What is compared and drawn.
    pub sections: Vec<Section>,
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
    /// Numbers.
    Table(Table),
    /// A chart with the table of its numbers.
    Figure(Figure),
    /// What limits the numbers above it.
    Cautions(Vec<Caution>),
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
        Head { name: name.into(), numeric: false }
    }

    /// The head of a column of numbers.
    pub(super) fn number(name: impl Into<String>) -> Head {
        Head { name: name.into(), numeric: true }
    }
}

impl Page {
    /// All figures, in order.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.sections.iter().chain(&self.methods).flat_map(|section| &section.blocks).filter_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        })
    }
}
