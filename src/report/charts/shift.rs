//! Which words make the difference: a bar for each, to the side that uses it more.

use super::scale::LinearScale;
use super::{Across, Anchor, Canvas};

/// Contributions to a difference of two rates.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ShiftBars {
    /// What a bar to the left means.
    pub left: String,
    /// What a bar to the right means.
    pub right: String,
    /// The bars, from the top.
    pub bars: Vec<ShiftBar>,
}

/// One word or group of forms.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ShiftBar {
    /// The word.
    pub label: String,
    /// Its contribution; negative is to the left.
    pub value: f64,
    /// What is said when it is pointed at.
    pub tip: String,
}

impl ShiftBars {
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        let scale = LinearScale::around_zero(self.bars.iter().map(|bar| bar.value));
        let zero = scale.place(0.0);
        canvas.sides(&self.left, &self.right);
        let top = canvas.y;
        let bottom = top + 20.0 + 22.0 * self.bars.len() as f64;
        for (value, name) in scale.ticks() {
            let x = scale.place(value);
            canvas.line("grid", (x, top + 16.0), (x, bottom));
            canvas.text("tick", Anchor::Middle, x, top + 11.0, name);
        }
        for (i, bar) in self.bars.iter().enumerate() {
            let y = top + 20.0 + 22.0 * i as f64;
            let end = scale.place(bar.value);
            let (class, ends) = if bar.value < 0.0 { ("more s0", (end, zero)) } else { ("more s1", (zero, end)) };
            canvas.bar(class, ends, y + 2.0, 16.0, &bar.tip);
            // The word stands on the side that its bar leaves free.
            let (anchor, x) = match bar.value < 0.0 {
                true => (Anchor::Start, Across(zero.0 + 0.015)),
                false => (Anchor::End, Across(zero.0 - 0.015)),
            };
            canvas.text("label", anchor, x, y + 14.5, super::shortened(&bar.label, 24));
        }
        canvas.line("one", (zero, top + 16.0), (zero, bottom));
        canvas.y = bottom + 6.0;
    }
}
