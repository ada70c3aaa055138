//! From values to places across.

use super::Across;

/// Where the values' part of a chart begins and ends.
const LEFT: f64 = 0.03;
const RIGHT: f64 = 0.97;

/// A scale of ratios: equal steps are equal factors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LogScale {
    /// Powers of two at the ends.
    low: i32,
    high: i32,
}

/// The most a scale of ratios shows, as a power of two; what lies beyond is drawn at the edge, with an arrow.
const WIDEST: i32 = 6;

impl LogScale {
    /// A scale that holds these ratios, and 1, as far as ratios are shown at all.
    pub(super) fn of(values: impl Iterator<Item = f64>) -> LogScale {
        let (mut low, mut high) = (-1, 1);
        for power in values.filter(|v| *v > 0.0 && v.is_finite()).map(f64::log2) {
            low = low.min(power.floor() as i32);
            high = high.max(power.ceil() as i32);
        }
        LogScale { low: low.max(-WIDEST), high: high.min(WIDEST) }
    }

    /// The place of a ratio, and whether it lies beyond an end.
    pub(super) fn place(self, ratio: f64) -> (Across, Beyond) {
        let power = ratio.log2();
        let (low, high) = (f64::from(self.low), f64::from(self.high));
        // log2 of 0 is minus infinity, which is beyond the low end and not NaN.
        let beyond = match power {
            p if p < low => Beyond::Low,
            p if p > high => Beyond::High,
            _ => Beyond::No,
        };
        (across((power.clamp(low, high) - low) / (high - low)), beyond)
    }

    /// Where a line is drawn, and what it says.
    pub(super) fn ticks(self) -> Vec<(Across, String)> {
        let step = if self.high - self.low > 6 { 2 } else { 1 };
        let name = |power: i32| match power {
            p if p < 0 => format!("1/{}", 1_u32 << -p),
            p => format!("{}", 1_u32 << p),
        };
        let powers = (self.low..=self.high).filter(|p| p % step == 0);
        powers.map(|p| (self.place(f64::from(p).exp2()).0, name(p))).collect()
    }
}

/// Whether a value fits on its scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beyond {
    No,
    Low,
    High,
}

/// A scale of amounts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LinearScale {
    low: f64,
    high: f64,
    step: f64,
}

impl LinearScale {
    /// A scale from 0, or from below it, that holds these values and ends on round numbers.
    pub(super) fn of(values: impl Iterator<Item = f64>) -> LinearScale {
        let (low, high) = values
            .filter(|v| v.is_finite())
            .fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let span = if high > low { high - low } else { 1.0 };
        let step = round_step(span / 4.0);
        let high = if high > low { (high / step).ceil() * step } else { step };
        LinearScale { low: (low / step).floor() * step, high, step }
    }

    /// The same to both sides of 0.
    pub(super) fn around_zero(values: impl Iterator<Item = f64>) -> LinearScale {
        let one_side = LinearScale::of(values.map(f64::abs));
        LinearScale { low: -one_side.high, ..one_side }
    }

    /// How far along a value lies, from 0 to 1.
    pub(super) fn part(self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// The place of a value.
    pub(super) fn place(self, value: f64) -> Across {
        across(self.part(value))
    }

    /// Round values, with their names.
    pub(super) fn ticks(self) -> Vec<(f64, String)> {
        let count = ((self.high - self.low) / self.step).round() as usize;
        let decimals = (-self.step.log10()).ceil().max(0.0) as usize;
        let value = |i: usize| self.low + self.step * i as f64;
        // Twice as far apart where they would stand too close.
        let every = if count > 6 { 2 } else { 1 };
        (0..=count)
            .map(value)
            .filter(|v| ((v / self.step).round() as i64) % every == 0)
            .map(|v| (v, format!("{:.decimals$}", if v.abs() < self.step / 2.0 { 0.0 } else { v }).replace('-', "−")))
            .collect()
    }
}

/// 1, 2 or 5 times a power of ten, the first that is no less.
fn round_step(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0];
    steps.into_iter().map(|s| s * power).find(|s| *s >= least * 0.999_999).unwrap_or(10.0 * power)
}

/// Inside the margins.
fn across(part: f64) -> Across {
    Across(LEFT + part * (RIGHT - LEFT))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ratios_stand_as_far_from_one_as_their_inverses() {
        let scale = LogScale::of([0.5, 2.0].into_iter());
        let at = |ratio| scale.place(ratio).0.0;
        assert!((at(1.0) - 0.5).abs() < 1e-12);
        assert!((at(0.5) + at(2.0) - 1.0).abs() < 1e-12);
        assert_eq!(scale.ticks().into_iter().map(|t| t.1).collect::<Vec<_>>(), ["1/2", "1", "2"]);
    }

    #[test]
    fn what_does_not_fit_stands_at_the_edge_and_says_so() {
        let scale = LogScale::of([1e-9, 1e9].into_iter());
        assert_eq!(scale.place(0.0).1, Beyond::Low);
        assert_eq!(scale.place(f64::INFINITY).1, Beyond::High);
        assert_eq!(scale.place(1e9).0, across(1.0));
        assert_eq!(scale.ticks().len(), 7, "not more than fit on a telephone");
    }

    #[test]
    fn amounts_end_on_round_numbers() {
        let ticks = |values: &[f64]| {
            LinearScale::of(values.iter().copied()).ticks().into_iter().map(|t| t.1).collect::<Vec<_>>()
        };
        assert_eq!(ticks(&[0.0, 19.1]), ["0", "5", "10", "15", "20"]);
        assert_eq!(ticks(&[0.031]), ["0.00", "0.01", "0.02", "0.03", "0.04"]);
        assert_eq!(ticks(&[]), ["0.0", "0.5"]);
    }

    proptest! {
        #[test]
        fn every_value_has_a_place_on_the_chart(values in prop::collection::vec(-1e6..1e6, 1..8)) {
            let scale = LinearScale::of(values.iter().copied());
            for value in &values {
                let Across(x) = scale.place(*value);
                prop_assert!((LEFT..=RIGHT).contains(&x));
                prop_assert!((scale.low..=scale.high).contains(value) || (value - scale.high).abs() < 1e-6);
            }
            prop_assert!((2..=7).contains(&scale.ticks().len()), "{:?}", scale.ticks());
        }
    }
}
