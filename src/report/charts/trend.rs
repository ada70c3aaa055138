//! Rates over time, a line a group, with bands, and periods of too few articles marked.

use super::scale::LinearScale;
use super::{Across, Anchor, COLOURS, Canvas, LegendMark};

/// Lines over periods.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TrendLines {
    /// The unit of the values.
    pub unit: String,
    /// The periods, in order: those in which anybody has an article.
    pub periods: Vec<String>,
    /// How many periods each lies after the first, those without an article counted. Where there are not as many numbers as
    /// periods, all are taken to be one apart.
    pub numbers: Vec<i64>,
    /// The lines.
    pub lines: Vec<TrendLine>,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TrendLine {
    /// Its name.
    pub label: String,
    /// A point a period, where there is one.
    pub points: Vec<Option<TrendPoint>>,
}

/// One group in one period.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TrendPoint {
    /// The rate.
    pub value: f64,
    /// Its interval, where there is one.
    pub interval: Option<(f64, f64)>,
    /// Whether there are too few articles to rely on it.
    pub thin: bool,
    /// What is said when it is pointed at.
    pub tip: String,
}

const HEIGHT: f64 = 220.0;
/// Where periods begin: the rates stand to the left.
const LEFT: f64 = 0.11;
/// The room that the name of a period takes on a telephone.
const NAME: f64 = 0.19;

impl TrendLines {
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        let names: Vec<String> = self.lines.iter().map(|line| line.label.clone()).collect();
        canvas.legend(&names, LegendMark::Mark);
        let points = || self.lines.iter().flat_map(|line| line.points.iter().flatten());
        let ends = |p: &TrendPoint| [Some(p.value), p.interval.map(|i| i.1)];
        let scale = LinearScale::of(points().flat_map(ends).flatten());
        canvas.text("tick", Anchor::Start, Across(0.0), canvas.y + 10.0, &self.unit);
        let top = canvas.y + 22.0;
        let down = |value: f64| top + HEIGHT * (1.0 - scale.part(value));
        for (value, name) in scale.ticks() {
            canvas.line("grid", (Across(LEFT), down(value)), (Across(1.0), down(value)));
            canvas.text("tick", Anchor::End, Across(LEFT - 0.015), down(value) + 4.0, name);
        }
        let since_first = |period: usize| match self.numbers.len() == self.periods.len() {
            true => (self.numbers[period] - self.numbers[0]) as f64,
            false => period as f64,
        };
        let last = self.periods.len().checked_sub(1).map_or(1.0, since_first).max(1.0);
        // Half of the last name stands to the right of its mark.
        let place = |period: usize| match self.periods.len() {
            1 => Across((LEFT + 1.0) / 2.0),
            _ => Across(LEFT + 0.03 + (0.90 - LEFT) * since_first(period) / last),
        };
        // As many names of periods as fit on a telephone.
        let mut free_from = 0.0;
        for (i, period) in self.periods.iter().enumerate() {
            if place(i).0 >= free_from {
                canvas.text("tick", Anchor::Middle, place(i), top + HEIGHT + 16.0, period);
                free_from = place(i).0 + NAME;
            }
        }
        for (series, line) in self.lines.iter().enumerate() {
            line.band(canvas, series, top, &place, &down);
        }
        for (series, line) in self.lines.iter().enumerate() {
            line.line(canvas, series, &place, &down);
        }
        canvas.y = top + HEIGHT + 26.0;
    }
}

impl TrendLine {
    /// The intervals as a band, broken where a period has none.
    fn band(
        &self,
        canvas: &mut Canvas,
        series: usize,
        top: f64,
        place: &impl Fn(usize) -> Across,
        down: &impl Fn(f64) -> f64,
    ) {
        let class = format!("band s{}", series % COLOURS);
        let mut run: Vec<(usize, f64, f64)> = Vec::new();
        let ended = |run: &mut Vec<(usize, f64, f64)>, canvas: &mut Canvas| {
            if run.len() > 1 {
                let upper = run.iter().map(|(i, _, high)| (place(*i), down(*high)));
                let lower = run.iter().rev().map(|(i, low, _)| (place(*i), down(*low)));
                canvas.area(&class, top, HEIGHT, &upper.chain(lower).collect::<Vec<_>>());
            }
            run.clear();
        };
        for (i, point) in self.points.iter().enumerate() {
            match point.as_ref().and_then(|p| p.interval) {
                Some((low, high)) => run.push((i, low, high)),
                None => ended(&mut run, canvas),
            }
        }
        ended(&mut run, canvas);
    }

    fn line(&self, canvas: &mut Canvas, series: usize, place: &impl Fn(usize) -> Across, down: &impl Fn(f64) -> f64) {
        let class = format!("line s{} d{}", series % COLOURS, series % 4);
        for (i, pair) in self.points.windows(2).enumerate() {
            if let [Some(from), Some(to)] = pair {
                canvas.line(&class, (place(i), down(from.value)), (place(i + 1), down(to.value)));
            }
        }
        for (i, point) in self.points.iter().enumerate() {
            if let Some(point) = point {
                canvas.mark(series, point.thin, place(i), down(point.value), &point.tip);
            }
        }
    }
}
