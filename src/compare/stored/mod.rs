//! Units from stored tables: a long table of scores, and where it is given the table of hits beside it.
//!
//! A long table has for every article and path the hits by voice and by zone, but not by both at once, and no entries.
//! So prevalence, rates, shares and axes come out as from the corpus, to the last digit, and what needs more is left
//! out by name. A lexicon that counts in some voices or zones only is refused: its hits outside quotation marks are
//! not in the table.

mod error;
mod hits;
mod long;
mod records;

pub use error::StoredError;

use std::path::Path;

use super::result::LeftOut;
use super::units::Units;

/// What a stored table held.
#[derive(Debug, Clone, Default)]
pub struct Stored {
    /// Its articles.
    pub units: Units,
    /// What decides the group: a column of the table.
    pub by: String,
    /// Whether nobody asked for that column.
    pub by_default: bool,
    /// What cannot be had from it, by name.
    pub left_out: Vec<LeftOut>,
    /// SHA-256 of each file that was read, with its name and size.
    pub files: Vec<crate::output::FileRecord>,
}

/// Reads a long table, and the hits of its articles.
///
/// `by` is the column of the groups, `within` are the columns that are kept beside those that comparing looks for.
///
/// # Errors
/// [`StoredError`].
pub fn read_stored(
    table: &Path,
    hits: Option<&Path>,
    by: Option<&str>,
    within: &[String],
) -> Result<Stored, StoredError> {
    let mut stored = long::read(table, by, within)?;
    match hits {
        Some(hits) => hits::read(hits, &mut stored)?,
        None => stored.left_out.push(LeftOut {
            what: "terms".to_owned(),
            why: "a long table has no entries; --hits hits.csv gives them".to_owned(),
        }),
    }
    Ok(stored)
}
