//! Charts as SVG: each a plain struct of numbers and names, and a pure function that draws it.
//!
//! A chart is as wide as the page gives it room: places across are per cents, places down are pixels, so text keeps its
//! size on a telephone and on a wide screen, and long names stand on a line of their own above their marks. Colours are
//! classes, so that light, dark and print are the style's business ([`STYLE`]); series differ by shape and dash as well
//! as by colour. Nothing can be clicked in a chart: beside each stands a table with the same numbers, and links.
//!
//! Own code and not a library: what a charting crate draws has fixed sizes and colours and knows no roles for screen
//! readers, and its text layout is the larger part of what it would add to the build.

mod coverage;
mod dots;
mod scale;
mod shares;
mod shift;
mod split;
mod trend;

pub use coverage::CoverageGrid;
pub use dots::{DotMark, DotPlot, DotRow};
pub use shares::{ShareBar, ShareBars, SharePart};
pub use shift::{ShiftBar, ShiftBars};
pub use split::{SplitBars, SplitRow};
pub use trend::{TrendLine, TrendLines, TrendPoint};

use std::fmt::{self, Display};

use super::markup::{Markup, isolated, shortened};

/// How charts look, on the page and alone.
pub(super) const STYLE: &str = include_str!("charts.css");

/// How wide a chart is that stands alone, in pixels.
const ALONE: u32 = 760;

/// How many series have a colour of their own; the next begin again.
pub(super) const COLOURS: usize = 8;

/// Any of the charts.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// Values with intervals.
    Dots(DotPlot),
    /// What a whole is made of, bar by bar.
    Shares(ShareBars),
    /// Contributions to a difference.
    Shift(ShiftBars),
    /// Differences cut into parts.
    Split(SplitBars),
    /// Rates over time.
    Trend(TrendLines),
    /// Who covered what.
    Coverage(CoverageGrid),
}

/// Who reads the chart's name and description out, and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Naming<'a> {
    /// A name for elements, unique on the page.
    pub(super) id: &'a str,
    /// What the chart is called.
    pub(super) title: &'a str,
    /// What it shows, in a sentence.
    pub(super) description: &'a str,
}

impl Chart {
    /// The chart as part of a page.
    pub(super) fn inline(&self, naming: Naming<'_>) -> String {
        self.draw(naming, false)
    }

    /// The chart as a file of its own.
    pub(super) fn alone(&self, naming: Naming<'_>) -> String {
        self.draw(naming, true)
    }

    fn draw(&self, naming: Naming<'_>, alone: bool) -> String {
        let mut canvas = Canvas::default();
        match self {
            Chart::Dots(chart) => chart.draw(&mut canvas),
            Chart::Shares(chart) => chart.draw(&mut canvas),
            Chart::Shift(chart) => chart.draw(&mut canvas),
            Chart::Split(chart) => chart.draw(&mut canvas),
            Chart::Trend(chart) => chart.draw(&mut canvas),
            Chart::Coverage(chart) => chart.draw(&mut canvas),
        }
        canvas.finish(naming, alone)
    }
}

/// A place or length across: a part of the chart's width, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Across(pub(super) f64);

impl Display for Across {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}%", self.0 * 100.0)
    }
}

/// On which side of its place a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A chart being drawn, from the top down.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    markup: Markup,
    /// How much is in use, in pixels.
    pub(super) y: f64,
}

impl Canvas {
    /// A text; `y` is its baseline.
    pub(super) fn text(&mut self, class: &str, anchor: Anchor, x: Across, y: f64, text: impl Display) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.markup.element("text", &[("class", &class), ("text-anchor", &anchor), ("x", &x), ("y", &y)], text);
    }

    /// A name of other people, cut to so many characters; pointing at it shows all of it.
    pub(super) fn name(&mut self, class: &str, x: Across, y: f64, name: &str, characters: usize) {
        self.markup.open("text", &[("class", &class), ("x", &x), ("y", &y)]);
        let short = shortened(name, characters);
        if short != name {
            self.markup.element("title", &[], name);
        }
        self.markup.text(short);
        self.markup.close("text");
    }

    /// A name of other people, cut like [`Canvas::name`], and words of ours that are not.
    pub(super) fn labelled(&mut self, x: Across, y: f64, (name, tail): (&str, &str), characters: usize) {
        self.markup.open("text", &[("class", &"label"), ("x", &x), ("y", &y)]);
        let short = shortened(name, characters);
        if short != name {
            self.markup.element("title", &[], format_args!("{}{tail}", isolated(name)));
        }
        self.markup.text(format_args!("{}{tail}", isolated(&short)));
        self.markup.close("text");
    }

    /// What a mark on either side of the middle means: on one line where a telephone has room for both.
    pub(super) fn sides(&mut self, left: &str, right: &str) {
        let seen = |text: &str| text.chars().filter(|c| !('\u{2066}'..='\u{2069}').contains(c)).count();
        let apart = if seen(left) + seen(right) > 50 { 16.0 } else { 0.0 };
        self.text("side", Anchor::Start, Across(0.0), self.y + 14.0, format_args!("← {left}"));
        self.text("side", Anchor::End, Across(1.0), self.y + 14.0 + apart, format_args!("{right} →"));
        self.y += 22.0 + apart;
    }

    /// A straight line.
    pub(super) fn line(&mut self, class: &str, from: (Across, f64), to: (Across, f64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.markup.empty("line", &[("class", &class), ("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2)]);
    }

    /// A box, with what is said when it is pointed at.
    pub(super) fn bar(&mut self, class: &str, x: (Across, Across), y: f64, height: f64, tip: &str) {
        let width = Across((x.1.0 - x.0.0).max(0.0));
        let place: [(&'static str, &dyn Display); 5] =
            [("class", &class), ("x", &x.0), ("y", &y), ("width", &width), ("height", &height)];
        if tip.is_empty() {
            return self.markup.empty("rect", &place);
        }
        self.markup.open("rect", &place);
        self.markup.element("title", &[], tip);
        self.markup.close("rect");
    }

    /// The mark of a series: another shape for each of four, so that colour is never all that tells them apart.
    pub(super) fn mark(&mut self, series: usize, hollow: bool, x: Across, y: f64, tip: &str) {
        const SHAPES: [&str; 4] = [
            "M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z",
            "M-4.5,-4.5h9v9h-9z",
            "M0,-6L5.5,4.5h-11z",
            "M0,-6L6,0L0,6L-6,0z",
        ];
        let class = format!("mark s{}{}", series % COLOURS, if hollow { " hollow" } else { "" });
        self.markup.open("svg", &[("x", &x), ("y", &y), ("class", &"at")]);
        self.markup.open("path", &[("class", &class), ("d", &SHAPES[series % SHAPES.len()])]);
        if !tip.is_empty() {
            self.markup.element("title", &[], tip);
        }
        self.markup.close("path");
        self.markup.close("svg");
    }

    /// A name turned upwards to the right, ending at this place.
    pub(super) fn slanted(&mut self, x: Across, y: f64, name: &str, characters: usize) {
        self.markup.open("svg", &[("x", &x), ("y", &y), ("class", &"at")]);
        self.markup.open("text", &[("class", &"label"), ("transform", &"rotate(-50)")]);
        let short = shortened(name, characters);
        if short != name {
            self.markup.element("title", &[], name);
        }
        self.markup.text(short);
        self.markup.close("text");
        self.markup.close("svg");
    }

    /// A closed shape through points; places across are parts of the width here too.
    pub(super) fn area(&mut self, class: &str, top: f64, height: f64, points: &[(Across, f64)]) {
        let mut path = String::new();
        for (i, (x, y)) in points.iter().enumerate() {
            let y = y - top;
            path.push_str(&format!("{}{:.1},{y:.1}", if i == 0 { "M" } else { "L" }, x.0 * 1000.0));
        }
        path.push('Z');
        // Paths know no per cents: this one stands in a picture of its own that is stretched across.
        let view = format!("0 0 1000 {height:.0}");
        self.markup.open(
            "svg",
            &[
                ("x", &0),
                ("y", &top),
                ("width", &"100%"),
                ("height", &height),
                ("viewBox", &view),
                ("preserveAspectRatio", &"none"),
            ],
        );
        self.markup.empty("path", &[("class", &class), ("d", &path)]);
        self.markup.close("svg");
    }

    /// What the series or parts are called, each beside its mark, two a line where names are short.
    pub(super) fn legend(&mut self, names: &[String], marks: LegendMark) {
        let columns = if names.iter().all(|name| name.chars().count() <= 22) { 2 } else { 1 };
        let limit = if columns == 2 { 22 } else { 48 };
        for (i, name) in names.iter().enumerate() {
            let x = if i % columns == 1 { 0.5 } else { 0.0 };
            let y = self.y + 20.0 * (i / columns) as f64;
            self.markup.open("svg", &[("x", &Across(x)), ("y", &y), ("class", &"at")]);
            match marks {
                LegendMark::Mark => {
                    self.markup.open("g", &[("transform", &"translate(8 10)")]);
                    self.mark(i, false, Across(0.0), 0.0, "");
                    self.markup.close("g");
                }
                LegendMark::Box => self.markup.empty(
                    "rect",
                    &[
                        ("class", &format!("part p{}", i % COLOURS)),
                        ("x", &2),
                        ("y", &4),
                        ("width", &12),
                        ("height", &12),
                    ],
                ),
            }
            self.markup.open("text", &[("class", &"label"), ("x", &20), ("y", &14)]);
            let short = shortened(name, limit);
            if short != *name {
                self.markup.element("title", &[], name);
            }
            self.markup.text(short);
            self.markup.close("text");
            self.markup.close("svg");
        }
        self.y += 20.0 * names.len().div_ceil(columns) as f64 + 8.0;
    }

    fn finish(self, naming: Naming<'_>, alone: bool) -> String {
        let mut svg = Markup::default();
        let height = self.y.ceil() as u32;
        let (title, description) = (format!("{}-title", naming.id), format!("{}-desc", naming.id));
        let named = format!("{title} {description}");
        let (class, role) = ("chart", "img");
        if alone {
            let view = format!("0 0 {ALONE} {height}");
            svg.open(
                "svg",
                &[
                    ("xmlns", &"http://www.w3.org/2000/svg"),
                    ("class", &class),
                    ("width", &ALONE),
                    ("height", &height),
                    ("viewBox", &view),
                    ("role", &role),
                    ("aria-labelledby", &named),
                ],
            );
        } else {
            svg.open(
                "svg",
                &[
                    ("class", &class),
                    ("width", &"100%"),
                    ("height", &height),
                    ("role", &role),
                    ("aria-labelledby", &named),
                ],
            );
        }
        svg.element("title", &[("id", &title)], naming.title);
        svg.element("desc", &[("id", &description)], naming.description);
        if alone {
            svg.open("style", &[]);
            // An SVG is XML, and the style holds nothing that XML would read.
            svg.own(STYLE);
            svg.close("style");
            svg.empty("rect", &[("class", &"paper"), ("width", &"100%"), ("height", &"100%")]);
        }
        svg.own(&self.markup.into_string());
        svg.close("svg");
        svg.into_string()
    }
}

/// What stands beside a name in a legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LegendMark {
    /// The shape of a series.
    Mark,
    /// The colour of a part.
    Box,
}

#[cfg(test)]
mod tests;
