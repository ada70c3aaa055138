//! Columns: what stands in each, so that a codebook can say it.

use std::collections::HashMap;

use framescope_core::lexicon::{LexiconId, LexiconSet, Path, PathId};
use framescope_core::score::{AxisMeasure, Denominator, Measure, is_reserved};

use super::OutputError;

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    pub(super) holds: Holds,
}

/// What stands in a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Holds {
    /// One of the columns that tables have whatever the lexicon.
    Fixed(Fixed),
    /// A metadata column, with the name it has in the input.
    Meta(String),
    /// Words.
    Words(Denominator),
    /// The words in which hits enter `count`: of this lexicon, or of the row's.
    CountWords(Option<LexiconId>),
    /// Whether the article is in another language than this lexicon, or the row's.
    OtherLanguage(Option<LexiconId>),
    /// A measure of one path (wide) or of the row's (long).
    Measure(Option<(LexiconId, PathId)>, Measure, Option<Bound>),
    /// A measure of one axis (wide) or of the row's (long).
    Axis(Option<(LexiconId, u32)>, AxisMeasure, Option<Bound>),
}

/// An end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Low,
    High,
}

impl Bound {
    pub(super) const BOTH: [Bound; 2] = [Bound::Low, Bound::High];

    pub(super) fn name(self) -> &'static str {
        match self {
            Bound::Low => "low",
            Bound::High => "high",
        }
    }
}

/// A measure's name, or that of an end of its interval.
pub(super) fn bounded(name: &str, bound: Option<Bound>) -> String {
    match bound {
        None => name.to_owned(),
        Some(bound) => format!("{name}_{}", bound.name()),
    }
}

macro_rules! fixed {
    ($($variant:ident = $name:literal, $meaning:literal, $unit:literal, $missing:literal;)+) => {
        /// A column that tables have whatever the lexicon.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(super) enum Fixed { $($variant),+ }

        impl Fixed {
            #[cfg(test)]
            pub(super) const ALL: &[Fixed] = &[$(Fixed::$variant),+];

            pub(super) fn name(self) -> &'static str {
                match self { $(Fixed::$variant => $name),+ }
            }

            /// Meaning, unit, missing rule.
            pub(super) fn doc(self) -> [&'static str; 3] {
                match self { $(Fixed::$variant => [$meaning, $unit, $missing]),+ }
            }
        }
    };
}

fixed! {
    Id = "id", "the article's identifier, as text", "text", "never empty";
    Language = "language", "the article's language, given or voted for by its function words; \
        `und` where undecided", "BCP 47", "empty where nobody looked";
    Sentences = "sentences", "sentences that hold a word, title and headings included",
        "sentences", "never empty";
    Segment = "segment", "which segment of the article: its number, counted from 0 with the title \
        first, or the name of the zone", "number or zone", "never empty";
    SegmentKind = "segment_kind", "what the article was cut into: sentence, paragraph or zone",
        "name", "never empty";
    Lexicon = "lexicon", "the lexicon", "id", "never empty";
    LexiconLanguage = "lexicon_language", "the language that the lexicon is for; compare leaves articles in another \
        one out of all that it counts", "BCP 47", "empty where the lexicon says none";
    Path = "path", "path of the lexicon (in the long table also: axis), with dots; a hit stands \
        under the path its entry is written in", "path", "never empty";
    Kind = "kind", "what the path is: category, referent, variant, name (a bare name) or axis",
        "name", "never empty";
    Status = "status", "what the lexicon says of the path: experimental (its hits are too often wrong, \
        or were not looked at enough) or validated; of an axis: experimental where one of its paths is", "name",
        "empty where the lexicon says nothing";
    Entry = "entry", "the entry of the lexicon that was found, as written", "text", "never empty";
    Field = "field", "the field in which positions count: title or text; a title that was found \
        inside the text counts in text", "name", "never empty";
    Start = "start", "first character, counted from 0 in the field as decoded (Unicode scalar \
        values)", "characters", "never empty";
    End = "end", "one past the last character; a zone reaches from its first sentence to its last",
        "characters", "never empty";
    ByteStart = "byte_start", "first byte, counted from 0 in the field as UTF-8", "bytes",
        "never empty";
    ByteEnd = "byte_end", "one past the last byte", "bytes", "never empty";
    Sentence = "sentence", "the sentence, counted from 0 with the title first", "number",
        "never empty";
    Paragraph = "paragraph", "the paragraph, counted from 0 with the title first", "number",
        "never empty";
    Zone = "zone", "zone of the first word: title, lead, heading or body", "name", "never empty";
    Voice = "voice", "voice of the first word: quoted (inside quotation marks), attributed \
        (outside, with a cue such as according to; best effort) or narrator", "name",
        "never empty";
    Short = "short", "whether the first word stands in a quotation of 1 to 3 words", "1 yes, 0 no",
        "never empty";
    Negated = "negated", "whether a negation ends at most 3 words before", "1 yes, 0 no",
        "empty for a rejected candidate, unless negation is what it was rejected for";
    About = "about", "whom the hit is about: a side, both, or unclear", "name",
        "empty where the path does not ask, and for rejected candidates";
    Weight = "weight", "what the hit adds to weighted", "weight", "never empty";
    Counted = "counted", "whether the hit enters count: the lexicon limits voices or zones",
        "1 yes, 0 no", "never empty";
    Rule = "rule", "the rule the candidate died of: masked, condition, voice, zone, negation or \
        overlap", "name", "never empty";
    By = "by", "the line of the lexicon that rejected it", "file:line", "never empty";
    Left = "left", "the words before, white space normalised", "text", "empty at the beginning";
    Keyword = "keyword", "what was found, white space normalised", "text", "never empty";
    Right = "right", "the words after, white space normalised", "text", "empty at the end";
    Keep = "keep", "for a coder: 1 if the hit is right, 0 if not", "1 yes, 0 no",
        "empty until coded";
    PathCorrected = "path_corrected", "for a coder: the path it should have", "path",
        "empty unless corrected";
    Comment = "comment", "for a coder", "text", "empty unless written";
}

/// The name of the columns that say whether an article is in another language than a lexicon.
pub(super) const OTHER_LANGUAGE: &str = "other_language";

/// Whether a path of any lexicon is experimental: then rows of paths have a column of it.
pub(super) fn has_experimental(set: &LexiconSet) -> bool {
    set.lexicons().iter().flat_map(|lexicon| &lexicon.paths).any(Path::is_experimental)
}

impl Column {
    pub(super) fn fixed(column: Fixed) -> Column {
        Column { name: column.name().to_owned(), holds: Holds::Fixed(column) }
    }

    pub(super) fn words(denominator: Denominator) -> Column {
        Column { name: denominator.column().to_owned(), holds: Holds::Words(denominator) }
    }
}

/// A metadata column that was renamed because a column of ours has its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// Its name in the input.
    pub from: String,
    /// Its name in the table.
    pub to: String,
}

/// Puts the metadata columns after the first column and renames those that collide; then no two
/// columns have one name.
pub(super) fn with_metadata(
    mut columns: Vec<Column>,
    meta: &[String],
    set: &LexiconSet,
) -> Result<(Vec<Column>, Vec<Renamed>), OutputError> {
    let mut taken: HashMap<String, usize> = HashMap::with_capacity(columns.len());
    for (number, column) in columns.iter().enumerate() {
        if let Some(first) = taken.insert(column.name.clone(), number) {
            return Err(same_column(&columns[first], column, set));
        }
    }
    let mut renamed = Vec::new();
    let mut own = Vec::with_capacity(meta.len());
    for from in meta {
        let mut to = from.clone();
        while is_reserved(&to) || taken.contains_key(&to) {
            to.insert_str(0, "meta_");
        }
        taken.insert(to.clone(), usize::MAX);
        if to != *from {
            renamed.push(Renamed { from: from.clone(), to: to.clone() });
        }
        own.push(Column { name: to, holds: Holds::Meta(from.clone()) });
    }
    columns.splice(1..1, own);
    Ok((columns, renamed))
}

fn same_column(first: &Column, second: &Column, set: &LexiconSet) -> OutputError {
    let lexicon = |column: &Column| match column.holds {
        Holds::Measure(Some((lexicon, _)), ..)
        | Holds::Axis(Some((lexicon, _)), ..)
        | Holds::CountWords(Some(lexicon))
        | Holds::OtherLanguage(Some(lexicon)) => Some(lexicon),
        _ => None,
    };
    OutputError::SameColumn {
        name: first.name.clone(),
        first: what(first, set),
        second: what(second, set),
        remedy: match (lexicon(first), lexicon(second)) {
            (Some(a), Some(b)) if a == b => "rename one of them in the lexicon, or write --long",
            (Some(_), Some(_)) => "give one of the lexicons another `short`",
            _ => "rename it in the lexicon, or use --prefix always",
        },
    }
}

/// A column as people would call it.
fn what(column: &Column, set: &LexiconSet) -> String {
    match &column.holds {
        Holds::Measure(Some((lexicon, path)), measure, _) => {
            let lexicon = set.lexicon(*lexicon);
            let path = &lexicon.paths[path.0 as usize].id;
            format!("{} of the path {path} ({})", measure.name(), lexicon.about.id)
        }
        Holds::Axis(Some((lexicon, axis)), measure, _) => {
            let lexicon = set.lexicon(*lexicon);
            let axis = &lexicon.axes[*axis as usize].id;
            format!("{} of the axis {axis} ({})", measure.name(), lexicon.about.id)
        }
        _ => "a column that every table has".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fixed_column_is_reserved() {
        assert!(is_reserved(OTHER_LANGUAGE));
        for column in Fixed::ALL {
            assert!(is_reserved(column.name()), "{}", column.name());
            assert!(column.doc().iter().all(|text| !text.is_empty()));
        }
    }
}
