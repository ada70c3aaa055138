//! Positions in characters from positions in bytes.

use framescope_core::text::{Article, Field};

/// Counts characters up to a byte of an article's fields. It remembers the last answer, so that
/// positions that ascend cost one pass over the text, and takes them in any order.
pub(super) struct Offsets<'a> {
    fields: [Counted<'a>; 2],
}

struct Counted<'a> {
    text: &'a [u8],
    byte: usize,
    chars: u64,
}

impl<'a> Offsets<'a> {
    pub(super) fn new(article: &Article<'a>) -> Offsets<'a> {
        Offsets {
            fields: [Field::Title, Field::Text].map(|field| Counted {
                text: article.source(field).as_bytes(),
                byte: 0,
                chars: 0,
            }),
        }
    }

    /// How many characters stand before this byte.
    pub(super) fn chars(&mut self, field: Field, byte: u32) -> u64 {
        let counted = &mut self.fields[field as usize];
        let byte = (byte as usize).min(counted.text.len());
        if byte >= counted.byte {
            counted.chars += characters(&counted.text[counted.byte..byte]);
        } else {
            counted.chars -= characters(&counted.text[byte..counted.byte]);
        }
        counted.byte = byte;
        counted.chars
    }
}

/// Characters that begin in these bytes.
fn characters(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|b| (**b as i8) >= -0x40).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use framescope_core::text::Title;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn positions_are_what_counting_says(
            title in ".{0,20}", text in ".{0,60}", jumps in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
        ) {
            let article = Article { id: "", title: Some(Title::Field(&title)), text: &text, removed: &[] };
            let mut offsets = Offsets::new(&article);
            for jump in jumps {
                for (field, source) in [(Field::Text, &text), (Field::Title, &title)] {
                    let mut byte = jump.index(source.len() + 1);
                    while !source.is_char_boundary(byte) {
                        byte -= 1;
                    }
                    let expected = source[..byte].chars().count() as u64;
                    prop_assert_eq!(offsets.chars(field, byte as u32), expected);
                }
            }
        }
    }
}
