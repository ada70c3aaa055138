//! The tokens of an article as a table, for whoever wants to see why a phrase did not match.

use std::fmt::Write as _;

use framescope_core::text::{Analysis, Article, Field, TypeTable};

/// The header, with a line end.
pub(super) const HEADER: &str = "id\ttoken\tfolded\tfield\tstart\tend\tsentence\tparagraph\tzone\tvoice\tshort\n";

/// Appends a row per token. Positions count Unicode scalar values of the field from 0, end
/// exclusive; sentences and paragraphs count from 0 through the article.
pub(super) fn write(article: &Article<'_>, analysis: &Analysis, types: &TypeTable, out: &mut String) {
    let id = cell(article.id);
    let mut place = Place::default();
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        let field = analysis.paragraphs[sentence.paragraph as usize].field;
        let source = article.source(field);
        for token in &analysis.tokens[sentence.first_token as usize..sentence.end_token as usize] {
            let (first, last) = (token.start as usize, token.end as usize);
            let start = place.chars_before(source, field, first);
            let end = place.chars_before(source, field, last);
            let _ = writeln!(
                out,
                "{id}\t{}\t{}\t{}\t{start}\t{end}\t{number}\t{}\t{}\t{}\t{}",
                cell(&source[first..last]),
                cell(types.folded(token.type_id)),
                field.name(),
                sentence.paragraph,
                sentence.zone.name(),
                token.voice.name(),
                u8::from(token.short),
            );
        }
    }
}

/// A place in a field in bytes and in characters, so that counting goes on from where it was.
#[derive(Default)]
struct Place {
    field: Option<Field>,
    byte: usize,
    chars: usize,
}

impl Place {
    fn chars_before(&mut self, source: &str, field: Field, byte: usize) -> usize {
        // A title found inside the text is read before what stands above it.
        if self.field != Some(field) || byte < self.byte {
            *self = Place { field: Some(field), byte: 0, chars: 0 };
        }
        self.chars += source[self.byte..byte].chars().count();
        self.byte = byte;
        self.chars
    }
}

/// A cell of a tab-separated table holds no tab and no line end.
fn cell(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_characters_from_any_direction() {
        let text = "né à Gaza";
        let mut place = Place::default();
        assert_eq!(place.chars_before(text, Field::Text, text.find("Gaza").unwrap()), 5);
        assert_eq!(place.chars_before(text, Field::Text, 3), 2);
        assert_eq!(place.chars_before("titre", Field::Title, 5), 5);
        assert_eq!(place.chars_before(text, Field::Text, text.len()), 9);
    }
}
