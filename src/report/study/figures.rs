//! Figures as people read them. The tables that other programs read have them in full.

use crate::compare::result::{Ends, Estimate, PValue};

/// What stands where there is no number.
pub(super) const NONE: &str = "–";

/// A number to three digits that carry something.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return NONE.to_owned();
    }
    let size = value.abs();
    if (1000.0..1e15).contains(&size) {
        return format!("{}{}", if value < 0.0 { "−" } else { "" }, count(size.round() as u64));
    }
    let decimals = match size {
        s if s >= 100.0 || s == 0.0 => 0,
        s if s >= 10.0 => 1,
        s if s >= 0.1 => 2,
        s => (2 - s.log10().floor() as i32).clamp(3, 9) as usize,
    };
    let text = format!("{value:.decimals$}");
    // A rounded −0.00 is 0, and a minus is no hyphen.
    match text.trim_start_matches('-').trim_matches(['0', '.']).is_empty() {
        true => text.trim_start_matches('-').to_owned(),
        false => text.replace('-', "−"),
    }
}

/// A count, thousands apart.
pub(super) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share as a per cent.
pub(super) fn percent(share: f64) -> String {
    match share.is_finite() {
        true => format!("{:.0}\u{a0}%", 100.0 * share).replace('-', "−").replace("−0\u{a0}%", "0\u{a0}%"),
        false => NONE.to_owned(),
    }
}

/// An interval, its ends made by `each`.
pub(super) fn ends(interval: Ends, each: fn(f64) -> String) -> String {
    format!("[{}, {}]", each(interval.low), each(interval.high))
}

/// A number with its interval, where there is one.
pub(super) fn estimate(estimate: Option<Estimate>, each: fn(f64) -> String) -> String {
    match estimate {
        Some(Estimate { value, interval: Some(interval) }) => format!("{} {}", each(value), ends(interval, each)),
        Some(Estimate { value, interval: None }) => each(value),
        None => NONE.to_owned(),
    }
}

/// The same of what is kept apart.
pub(super) fn bracketed(value: Option<f64>, interval: Option<[f64; 2]>, each: fn(f64) -> String) -> String {
    let interval = interval.map(|[low, high]| Ends { low, high });
    estimate(value.map(|value| Estimate { value, interval }), each)
}

/// A p-value: three decimals, adjusted where it was adjusted.
pub(super) fn p_value(p: Option<PValue>) -> String {
    let Some(found) = p else { return NONE.to_owned() };
    let value = found.adjusted.unwrap_or(found.p);
    match value {
        p if !p.is_finite() => NONE.to_owned(),
        p if p < 0.001 => "<\u{a0}0.001".to_owned(),
        p => format!("{p:.3}"),
    }
}

/// `1 article`, `2 articles`.
pub(super) fn counted(n: u64, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{} {many}", count(n)) }
}

/// Names joined as in a sentence.
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_keep_three_digits() {
        let all = [0.0, 0.00123, 0.0567, 0.5, 2.345, 19.1, 187.4, 1234.0, -3.2, -0.0];
        let texts = ["0", "0.00123", "0.0567", "0.50", "2.35", "19.1", "187", "1,234", "−3.20", "0"];
        assert_eq!(all.map(number), texts);
        assert_eq!(number(f64::NAN), NONE);
    }

    #[test]
    fn counts_and_shares() {
        assert_eq!([0, 999, 1000, 1_234_567].map(count), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(percent(0.834), "83\u{a0}%");
        assert_eq!(percent(-0.001), "0\u{a0}%");
        assert_eq!(listed(&["a".to_owned(), "b".to_owned(), "c".to_owned()]), "a, b and c");
    }

    proptest! {
        #[test]
        fn a_number_reads_back_near_itself(value in -1e6..1e6) {
            let back: f64 = number(value).replace('−', "-").replace(',', "").parse().expect("a number");
            prop_assert!((back - value).abs() <= value.abs() * 0.006 + 1e-9, "{value} {back}");
        }
    }
}
