//! Numbers as text: the shortest that reads back as the same number, without allocation.

use framescope_core::score::Value;

use super::cells::SMALL;

/// Whole floats up to here are written as integers, exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The digits of small counts, the first first, and how many they are.
pub(super) static DIGITS: [([u8; 3], u8); SMALL] = {
    let mut table = [([b'0'; 3], 1); SMALL];
    let mut n = 0;
    while n < SMALL {
        let (hundreds, tens, ones) = ((n / 100) as u8, (n / 10 % 10) as u8, (n % 10) as u8);
        table[n] = match n {
            0..10 => ([b'0' + ones, 0, 0], 1),
            10..100 => ([b'0' + tens, b'0' + ones, 0], 2),
            _ => ([b'0' + hundreds, b'0' + tens, b'0' + ones], 3),
        };
        n += 1;
    }
    table
};

/// Appends a value; nothing where it is empty.
pub(super) fn push(out: &mut Vec<u8>, value: Value, decimal: u8) {
    match value {
        // What most cells of a table hold.
        Value::Int(n @ 0..10) => out.push(b'0' + n as u8),
        Value::Int(n) => out.extend_from_slice(itoa::Buffer::new().format(n).as_bytes()),
        Value::Float(x) => push_float(out, x, decimal),
        Value::Empty => {}
    }
}

fn push_float(out: &mut Vec<u8>, x: f64, decimal: u8) {
    if !x.is_finite() {
        return;
    }
    // Not `fract`, which is a call where the processor may be an old one.
    let whole = x as i64;
    if whole as f64 == x && x.abs() < EXACT {
        out.extend_from_slice(itoa::Buffer::new().format(whole).as_bytes());
        return;
    }
    let start = out.len();
    out.extend_from_slice(zmij::Buffer::new().format_finite(x).as_bytes());
    if decimal != b'.'
        && let Some(point) = out[start..].iter().position(|b| *b == b'.')
    {
        out[start + point] = decimal;
    }
}

/// What floats were written as, for a row or a few: the rates of an article are those of a few small
/// counts, and working out the shortest text of one takes longer than all else about a cell.
#[derive(Debug, Default)]
pub(super) struct Floats {
    known: [Known; KNOWN],
}

/// The bits of a float, and its text; of zero bits there is none.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    bits: u64,
    len: u8,
    text: [u8; 23],
}

const KNOWN: usize = 16;

impl Floats {
    /// Appends a value, as [`push`] does; always with the same `decimal`.
    pub(super) fn push(&mut self, out: &mut Vec<u8>, value: Value, decimal: u8) {
        let Value::Float(x) = value else { return push(out, value, decimal) };
        let bits = x.to_bits();
        let known = &mut self.known[(bits.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 60) as usize];
        if known.bits == bits && bits != 0 {
            // All of it, and then less: to copy as much as there is would be a call.
            let start = out.len();
            out.extend_from_slice(&known.text);
            return out.truncate(start + usize::from(known.len));
        }
        let start = out.len();
        push_float(out, x, decimal);
        if let Some(text) = known.text.get_mut(..out.len() - start) {
            text.copy_from_slice(&out[start..]);
            (known.bits, known.len) = (bits, text.len() as u8);
        }
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
            (Value::Float(1e-5), "0.00001"),
            (Value::Float(1.5e-7), "1.5e-7"),
            (Value::Float(1e16), "1e+16"),
            (Value::Float(f64::NAN), ""),
            (Value::Float(f64::INFINITY), ""),
            (Value::Empty, ""),
        ] {
            assert_eq!(text(value, b'.'), expected, "{value:?}");
        }
        assert_eq!(text(Value::Float(-12.25), b','), "-12,25");
        assert_eq!(text(Value::Float(7.0), b','), "7");
    }

    #[test]
    fn digits_of_small_counts_are_those_of_all() {
        for (n, (digits, len)) in DIGITS.iter().enumerate() {
            assert_eq!(std::str::from_utf8(&digits[..usize::from(*len)]), Ok(&*n.to_string()));
        }
    }

    proptest! {
        #[test]
        fn floats_that_were_written_before_are_written_alike(values in proptest::collection::vec((0_u32..9, 0_u32..4), 0..200)) {
            let mut floats = Floats::default();
            for (part, whole) in values {
                for value in [Value::Float(f64::from(part) / f64::from(whole)), Value::Int(part.into()), Value::Empty] {
                    let mut out = b"before".to_vec();
                    floats.push(&mut out, value, b',');
                    prop_assert_eq!(String::from_utf8(out).unwrap(), format!("before{}", text(value, b',')));
                }
            }
        }

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
