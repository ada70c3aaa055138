//! JSONL: a flat object a row, numbers as numbers, what is missing as null, so that every object
//! has every key.

use framescope_core::score::Value;

use super::{CellCounts, Cells};
use crate::output::number;

/// The names of columns as they stand before values: `"id":`, then `,"words":`.
pub(in crate::output) fn keys<'n>(names: impl Iterator<Item = &'n str>) -> Vec<Box<[u8]>> {
    names
        .enumerate()
        .map(|(column, name)| {
            let mut key = if column == 0 { vec![] } else { vec![b','] };
            push_string(&mut key, name);
            key.push(b':');
            key.into_boxed_slice()
        })
        .collect()
}

/// Appends objects to bytes.
pub(in crate::output) struct Jsonl<'a> {
    pub(in crate::output) out: &'a mut Vec<u8>,
    pub(in crate::output) counts: &'a mut CellCounts,
    pub(in crate::output) keys: &'a [Box<[u8]>],
    column: usize,
}

impl<'a> Jsonl<'a> {
    pub(in crate::output) fn new(keys: &'a [Box<[u8]>], out: &'a mut Vec<u8>, counts: &'a mut CellCounts) -> Self {
        Jsonl { out, counts, keys, column: 0 }
    }

    fn key(&mut self) {
        if self.column == 0 {
            self.out.push(b'{');
        }
        self.out.extend_from_slice(&self.keys[self.column]);
        self.column += 1;
    }
}

impl Cells for Jsonl<'_> {
    fn text(&mut self, text: &str) {
        self.key();
        push_string(self.out, text);
    }

    fn word(&mut self, word: &'static str) {
        self.text(word);
    }

    fn value(&mut self, value: Value) {
        self.key();
        let start = self.out.len();
        number::push(self.out, value, b'.');
        if self.out.len() == start {
            self.out.extend_from_slice(b"null");
        }
    }

    fn repeat(&mut self, value: Value, cells: usize) {
        for _ in 0..cells {
            self.value(value);
        }
    }

    fn end_row(&mut self) {
        self.out.extend_from_slice(b"}\n");
        self.column = 0;
        self.counts.rows += 1;
    }
}

/// A JSON string. Characters outside ASCII stay as they are; what JSON forbids is escaped.
fn push_string(out: &mut Vec<u8>, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push(b'"');
    let mut plain = 0;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        if *byte >= 0x20 && *byte != b'"' && *byte != b'\\' {
            continue;
        }
        out.extend_from_slice(&bytes[plain..at]);
        plain = at + 1;
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            _ => {
                out.extend_from_slice(b"\\u00");
                out.push(HEX[usize::from(byte >> 4)]);
                out.push(HEX[usize::from(byte & 15)]);
            }
        }
    }
    out.extend_from_slice(&bytes[plain..]);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn strings_read_back_as_themselves(text in any::<String>()) {
            let mut out = Vec::new();
            push_string(&mut out, &text);
            prop_assert!(!out.contains(&b'\n'));
            prop_assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
        }
    }
}
