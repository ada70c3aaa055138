//! How columns are named, and which names are taken.

use super::measure::Denominator;
use crate::lexicon::Lexicon;

/// Fixed columns of any table, beside those of [`Denominator`]. The bare names of measures, which
/// only the long table has as columns, are not among them: a metadata column `title` keeps its
/// name wherever it can.
const FIXED: [&str; 35] = [
    "id",
    "language",
    "sentences",
    "count_words",
    "segment",
    "segment_kind",
    "lexicon",
    "lexicon_language",
    "path",
    "kind",
    "status",
    "other_language",
    "entry",
    "field",
    "start",
    "end",
    "byte_start",
    "byte_end",
    "sentence",
    "paragraph",
    "zone",
    "voice",
    "short",
    "negated",
    "about",
    "weight",
    "counted",
    "rule",
    "by",
    "left",
    "keyword",
    "right",
    "keep",
    "path_corrected",
    "comment",
];

/// Whether a fixed column of some table has this name. Metadata of that name gets `meta_` before
/// it, in every table alike, so that tables can be joined.
pub fn is_reserved(name: &str) -> bool {
    FIXED.contains(&name) || Denominator::COLUMNS.iter().any(|d| d.column() == name)
}

/// A path or axis as the beginning of a column's name: `captives.hostage` is `captives_hostage`.
pub fn path_stem(path: &str) -> String {
    path.replace('.', "_")
}

/// What stands before a lexicon's columns where several run together: `{short or id}__`.
pub fn prefix_of(lexicon: &Lexicon) -> String {
    let about = &lexicon.about;
    let name = if about.short.is_empty() { &about.id } else { &about.short };
    format!("{name}__")
}
