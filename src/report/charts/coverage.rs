//! Who covered what: a row an event, a column an outlet.

use super::{Across, Anchor, Canvas};

/// Events by outlet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CoverageGrid {
    /// The outlets.
    pub columns: Vec<String>,
    /// The events, each with how many articles each outlet has of it.
    pub rows: Vec<(String, Vec<u32>)>,
}

impl CoverageGrid {
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        let longest = self.columns.iter().map(|c| c.chars().count().min(22)).max().unwrap_or(0);
        let top = canvas.y + 16.0 + 5.4 * longest as f64;
        // Short names of events stand beside their marks; longer ones need a line of their own on a telephone.
        let is_beside = self.rows.iter().all(|(event, _)| event.chars().count() <= 15);
        // The names lean to the right, and the last one needs room for that.
        let (from, width) = if is_beside { (0.3, 0.42) } else { (0.04, 0.66) };
        let place = |column: usize| Across(from + width * (column as f64 + 0.5) / self.columns.len().max(1) as f64);
        let below = if is_beside { 0.0 } else { 20.0 };
        for (i, name) in self.columns.iter().enumerate() {
            canvas.slanted(place(i), top, name, 22);
        }
        canvas.y = top + 8.0;
        for (event, articles) in &self.rows {
            let y = canvas.y;
            canvas.line("row", (Across(0.0), y), (Across(1.0), y));
            canvas.name("label", Across(0.0), y + 15.0, event, 50);
            for (column, n) in articles.iter().enumerate() {
                match n {
                    0 => canvas.text("faint", Anchor::Middle, place(column), y + below + 16.0, "·"),
                    1 => canvas.mark(0, false, place(column), y + below + 12.0, "1 article"),
                    n => canvas.text("count", Anchor::Middle, place(column), y + below + 17.0, n),
                }
            }
            canvas.y += below + 24.0;
        }
        canvas.y += 4.0;
    }
}
