//! The page: what was compared, drawn and in words, with the lines behind every number.
//!
//! [`passages`] are collected while the corpus goes by; what was compared and the passages become a [`Page`]; a page is
//! written as one HTML file that needs nothing else, and its figures as SVG files.
//!
//! Rules that hold:
//! - All text of other people is escaped in one place, and no script but the page's own can run.
//! - Every chart has a name, a description and a table with the same numbers; every count links to its lines.
//! - What limits a number stands beside it, in words.
//! - The same inputs and options give the same bytes, for any number of threads.

pub mod charts;
mod html;
mod markup;
mod page;
pub mod passages;
mod study;

pub use page::{
    Beside, BesideSet, Block, Caution, DeskArticle, DeskSet, Desks, Figure, Head, Inline, LinesOf, LinesVoice, Only,
    Page, Section, Table,
};

pub use study::{Input, SeenEvents, Study};

use charts::Chart;

impl Page {
    /// The page as HTML.
    pub fn html(&self) -> String {
        html::write(self)
    }
}

impl Figure {
    /// The figure as an SVG file.
    pub fn svg(&self) -> String {
        let naming = charts::Naming { id: &self.id, title: &self.title, description: &self.description };
        Chart::alone(&self.chart, naming)
    }
}
