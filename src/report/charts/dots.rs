//! Values with their intervals on one scale of ratios.

use super::scale::{Beyond, LogScale};
use super::{Across, Anchor, Canvas, LegendMark};

/// Ratios with intervals, a row a path.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DotPlot {
    /// What a mark to the left of 1 means.
    pub left: String,
    /// What a mark to the right of 1 means.
    pub right: String,
    /// What the marks are called, where there is more than one kind.
    pub series: Vec<String>,
    /// The rows, from the top.
    pub rows: Vec<DotRow>,
}

/// A path.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DotRow {
    /// Its name.
    pub label: String,
    /// What stands at the right end of its line: the value in figures, or why there is none.
    pub note: String,
    /// Its values.
    pub marks: Vec<DotMark>,
}

/// A ratio.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DotMark {
    /// Which of the plot's series.
    pub series: usize,
    /// The ratio, above 0.
    pub ratio: f64,
    /// Its interval, where there is one.
    pub interval: Option<(f64, f64)>,
    /// What is said when it is pointed at.
    pub tip: String,
}

impl DotPlot {
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        let marks = || self.rows.iter().flat_map(|row| &row.marks);
        let ends = |mark: &DotMark| [Some(mark.ratio), mark.interval.map(|i| i.0), mark.interval.map(|i| i.1)];
        let scale = LogScale::of(marks().flat_map(ends).flatten());
        if self.series.len() > 1 {
            canvas.legend(&self.series, LegendMark::Mark);
        }
        let one = scale.place(1.0).0;
        canvas.sides(&self.left, &self.right);
        let top = canvas.y;
        let height: f64 = self.rows.iter().map(DotRow::height).sum();
        axis(canvas, scale, top, top + 18.0 + height);
        canvas.line("one", (one, top + 16.0), (one, top + 22.0 + height));
        canvas.y = top + 22.0;
        for row in &self.rows {
            row.draw(canvas, scale);
        }
        canvas.y += 18.0;
    }
}

/// Lines down the chart with their ratios, above and below.
fn axis(canvas: &mut Canvas, scale: LogScale, top: f64, bottom: f64) {
    for (x, name) in scale.ticks() {
        canvas.text("tick", Anchor::Middle, x, top + 11.0, &name);
        canvas.line("grid", (x, top + 16.0), (x, bottom + 4.0));
        canvas.text("tick", Anchor::Middle, x, bottom + 16.0, &name);
    }
}

impl DotRow {
    fn height(&self) -> f64 {
        24.0 + 14.0 * self.marks.len().max(1) as f64
    }

    fn draw(&self, canvas: &mut Canvas, scale: LogScale) {
        let y = canvas.y;
        // Name and figures share a line: on 360 pixels there are about 52 characters.
        let figures = self.note.chars().count().min(32);
        canvas.name("label", Across(0.0), y + 14.0, &self.label, 50_usize.saturating_sub(figures).max(16));
        canvas.text("figure", Anchor::End, Across(1.0), y + 14.0, &self.note);
        for (i, mark) in self.marks.iter().enumerate() {
            let y = y + 25.0 + 14.0 * i as f64;
            if let Some((low, high)) = mark.interval {
                let class = format!("interval s{}", mark.series % super::COLOURS);
                let ((from, below), (to, above)) = (scale.place(low), scale.place(high));
                canvas.line(&class, (from, y), (to, y));
                if below == Beyond::Low {
                    canvas.text("arrow", Anchor::Start, Across(0.0), y + 4.0, "◂");
                }
                if above == Beyond::High {
                    canvas.text("arrow", Anchor::End, Across(1.0), y + 4.0, "▸");
                }
            }
            // Without an interval a value is less than it looks: its mark is hollow.
            canvas.mark(mark.series, mark.interval.is_none(), scale.place(mark.ratio).0, y, &mark.tip);
        }
        canvas.y += self.height();
        canvas.line("row", (Across(0.0), canvas.y - 2.0), (Across(1.0), canvas.y - 2.0));
    }
}
