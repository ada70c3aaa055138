//! What a whole is made of: a bar for each outlet and voice, cut into its parts.

use super::{Across, Anchor, COLOURS, Canvas, LegendMark};

/// Bars of shares.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ShareBars {
    /// What the parts are called.
    pub parts: Vec<String>,
    /// The bars, from the top.
    pub bars: Vec<ShareBar>,
}

/// One whole.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ShareBar {
    /// Whose.
    pub label: String,
    /// What follows the name and is never cut.
    pub tail: String,
    /// How much it is in all, in words.
    pub note: String,
    /// Its parts, in the order of the chart's; those of 0 may be left out.
    pub parts: Vec<SharePart>,
}

/// A part of a whole.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SharePart {
    /// Which of the chart's parts.
    pub part: usize,
    /// Its share, from 0 to 1.
    pub share: f64,
    /// What is said when it is pointed at.
    pub tip: String,
}

impl ShareBars {
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        canvas.legend(&self.parts, LegendMark::Box);
        for bar in &self.bars {
            bar.draw(canvas);
        }
    }
}

impl ShareBar {
    fn draw(&self, canvas: &mut Canvas) {
        let y = canvas.y;
        let figures = self.note.chars().count().min(30);
        let room = 50_usize.saturating_sub(figures + self.tail.chars().count()).max(16);
        canvas.labelled(Across(0.0), y + 14.0, (&self.label, &self.tail), room);
        canvas.text("figure", Anchor::End, Across(1.0), y + 14.0, &self.note);
        canvas.bar("nothing", (Across(0.0), Across(1.0)), y + 20.0, 18.0, "");
        let mut x = 0.0;
        for part in &self.parts {
            let end = (x + part.share).min(1.0);
            let class = format!("part p{}{}", part.part % COLOURS, if part.part >= COLOURS { " again" } else { "" });
            canvas.bar(&class, (Across(x), Across(end)), y + 20.0, 18.0, &part.tip);
            // Narrower than this, the figure would run over its part's end on a telephone.
            if part.share >= 0.12 {
                let class = format!("on p{}", part.part % COLOURS);
                let middle = Across((x + end) / 2.0);
                canvas.text(&class, Anchor::Middle, middle, y + 33.5, format_args!("{:.0} %", 100.0 * part.share));
            }
            x = end;
        }
        canvas.y += 46.0;
    }
}
