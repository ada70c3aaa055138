//! A difference cut in two: a bar for each part, to the side that it speaks for.

use super::scale::LinearScale;
use super::{Across, Anchor, Canvas, LegendMark};

/// Differences of two rates, each cut into the same parts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SplitBars {
    /// What a bar to the left means.
    pub left: String,
    /// What a bar to the right means.
    pub right: String,
    /// What the parts are called.
    pub parts: Vec<String>,
    /// The differences, from the top.
    pub rows: Vec<SplitRow>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SplitRow {
    /// Of what.
    pub label: String,
    /// The whole, in figures.
    pub note: String,
    /// Its parts, in the order of the chart's; negative is to the left. Each with what is said when it is pointed at.
    pub parts: Vec<(f64, String)>,
}

impl SplitBars {
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        canvas.legend(&self.parts, LegendMark::Box);
        let scale = LinearScale::around_zero(self.rows.iter().flat_map(|row| &row.parts).map(|(value, _)| *value));
        let zero = scale.place(0.0);
        canvas.sides(&self.left, &self.right);
        let top = canvas.y;
        let height: f64 = self.rows.iter().map(SplitRow::height).sum();
        let bottom = top + 20.0 + height;
        for (value, name) in scale.ticks() {
            let x = scale.place(value);
            canvas.line("grid", (x, top + 16.0), (x, bottom));
            canvas.text("tick", Anchor::Middle, x, top + 11.0, name);
        }
        canvas.line("one", (zero, top + 16.0), (zero, bottom));
        canvas.y = top + 20.0;
        for row in &self.rows {
            row.draw(canvas, scale);
        }
        canvas.y = bottom + 6.0;
    }
}

impl SplitRow {
    fn height(&self) -> f64 {
        28.0 + 12.0 * self.parts.len() as f64
    }

    fn draw(&self, canvas: &mut Canvas, scale: LinearScale) {
        let y = canvas.y;
        let figures = self.note.chars().count().min(32);
        canvas.name("label", Across(0.0), y + 15.0, &self.label, 50_usize.saturating_sub(figures).max(16));
        canvas.text("figure", Anchor::End, Across(1.0), y + 15.0, &self.note);
        let zero = scale.place(0.0);
        for (part, (value, tip)) in self.parts.iter().enumerate() {
            let end = scale.place(*value);
            let ends = if *value < 0.0 { (end, zero) } else { (zero, end) };
            let class = format!("part p{}", part % super::COLOURS);
            canvas.bar(&class, ends, y + 21.0 + 12.0 * part as f64, 10.0, tip);
        }
        canvas.y += self.height();
    }
}
