//! Numbers as text: the shortest that reads back as the same number, without allocation.

use framescope_core::score::Value;

/// Whole floats up to here are written as integers, exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Appends a value; nothing where it is empty.
pub(super) fn push(out: &mut Vec<u8>, value: Value, decimal: u8) {
    match value {
        Value::Int(n) => out.extend_from_slice(itoa::Buffer::new().format(n).as_bytes()),
        Value::Float(x) => push_float(out, x, decimal),
        Value::Empty => {}
    }
}

fn push_float(out: &mut Vec<u8>, x: f64, decimal: u8) {
    if !x.is_finite() {
        return;
    }
    if x.fract() == 0.0 && x.abs() < EXACT {
        out.extend_from_slice(itoa::Buffer::new().format(x as i64).as_bytes());
        return;
    }
    let start = out.len();
    out.extend_from_slice(ryu::Buffer::new().format_finite(x).as_bytes());
    if decimal != b'.'
        && let Some(point) = out[start..].iter().position(|b| *b == b'.')
    {
        out[start + point] = decimal;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(value: Value, decimal: u8) -> String {
        let mut out = Vec::new();
        push(&mut out, value, decimal);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_are_short() {
        for (value, expected) in [
            (Value::Int(0), "0"),
            (Value::Int(1243), "1243"),
            (Value::Float(0.0), "0"),
            (Value::Float(-0.0), "0"),
            (Value::Float(1000.0), "1000"),
            (Value::Float(-0.5), "-0.5"),
            (Value::Float(1000.0 * 8.0 / 1243.0), "6.436041834271923"),
            (Value::Float(1.0 / 3.0), "0.3333333333333333"),
            (Value::Float(f64::NAN), ""),
            (Value::Float(f64::INFINITY), ""),
            (Value::Empty, ""),
        ] {
            assert_eq!(text(value, b'.'), expected, "{value:?}");
        }
        assert_eq!(text(Value::Float(-12.25), b','), "-12,25");
        assert_eq!(text(Value::Float(7.0), b','), "7");
    }

    proptest! {
        #[test]
        fn numbers_read_back_as_themselves(bits in any::<u64>(), n in any::<u64>()) {
            let x = f64::from_bits(bits);
            if x.is_finite() {
                prop_assert_eq!(text(Value::Float(x), b'.').parse::<f64>().unwrap(), x);
            }
            prop_assert_eq!(text(Value::Int(n), b'.').parse::<u64>().unwrap(), n);
        }
    }
}
