//! Numbers and names inside sentences.

/// A number as people read it beside others: three digits that matter, no exponent.
pub(super) fn per(x: f64) -> String {
    if !x.is_finite() {
        return "unknown".to_owned();
    }
    if x == 0.0 {
        return "0".to_owned();
    }
    let digits = (2 - x.abs().log10().floor() as i32).clamp(0, 6) as usize;
    let text = format!("{x:.digits$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// A share as people read it: a percentage.
pub(super) fn percent(share: f64) -> String {
    format!("{} %", per((1000.0 * share).round() / 10.0))
}

/// The smaller of two numbers, with the name that belongs to it.
pub(super) fn smaller(numbers: [usize; 2], names: [&str; 2]) -> (usize, &str) {
    if numbers[1] < numbers[0] { (numbers[1], names[1]) } else { (numbers[0], names[0]) }
}

/// A number and its noun: `1 article`, `5 articles`.
pub(super) fn counted(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_plain() {
        for (x, text) in [
            (0.0, "0"),
            (1.0, "1"),
            (0.305, "0.305"),
            (12.34567, "12.3"),
            (1234.5, "1234"),
            (0.000_012_34, "0.000012"),
            (-0.5, "-0.5"),
            (f64::NAN, "unknown"),
        ] {
            assert_eq!(per(x), text);
        }
        assert_eq!(percent(0.4567), "45.7 %");
        assert_eq!(percent(1.0), "100 %");
    }

    #[test]
    fn nouns_agree() {
        assert_eq!((counted(1, "hit").as_str(), counted(0, "hit").as_str()), ("1 hit", "0 hits"));
        assert_eq!(smaller([5, 3], ["a", "b"]), (3, "b"));
    }
}
