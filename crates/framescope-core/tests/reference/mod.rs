//! Data sets with what other programs make of them, and how near is near enough.

use serde::de::DeserializeOwned;

/// The cases of a file of tests/stats.
macro_rules! cases {
    ($name:literal) => {
        $crate::reference::read(include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/stats/",
            $name,
            ".json"
        )))
    };
}

pub fn read<T: DeserializeOwned>(text: &str) -> Vec<T> {
    serde_json::from_str(text).unwrap()
}

/// To a millionth, of the value where it is above 1.
#[track_caller]
pub fn close(actual: f64, expected: f64) {
    let digits = 1e-6 * expected.abs().max(1.0);
    assert!((actual - expected).abs() <= digits, "{actual} is not {expected}");
}

#[track_caller]
pub fn all_close(actual: &[f64], expected: &[f64]) {
    assert_eq!(actual.len(), expected.len());
    for (a, e) in actual.iter().zip(expected) {
        close(*a, *e);
    }
}

pub(crate) use cases;
