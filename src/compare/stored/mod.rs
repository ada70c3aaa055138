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
mod words;

pub use error::{StoredError, WrongCell};

use std::path::{Path, PathBuf};

use framescope_core::lexicon::LexiconSet;
use framescope_core::matching::Compiled;
use rustc_hash::FxHashSet;

use super::lines::Lines;
use super::result::LeftOut;
use super::units::Units;
use super::vocabulary::Vocabulary;
use records::file_record;
use words::{StoredHits, add_stored_hits};

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
    /// Articles that have no group and so are not among the units: their hits are no hits of unknown articles.
    without_group: FxHashSet<String>,
}

/// Columns of a stored table.
#[derive(Debug, Clone, Copy)]
pub struct StoredColumns<'a> {
    /// That of the groups; `outlet` if not given.
    pub by: Option<&'a str>,
    /// Those that are kept beside the ones that comparing looks for.
    pub within: &'a [String],
    /// That of the dates; `date` if not given.
    pub date: Option<&'a str>,
}

/// Reads a long table, and the hits of its articles.
///
/// # Errors
/// [`StoredError`].
pub fn read_stored(table: &Path, hits: Option<&Path>, columns: StoredColumns<'_>) -> Result<Stored, StoredError> {
    let mut stored = long::read(table, columns)?;
    match hits {
        Some(hits) => hits::read(hits, &mut stored)?,
        None => stored.left_out.push(LeftOut {
            what: "terms".to_owned(),
            why: "a long table has no entries; --hits hits.csv gives them".to_owned(),
        }),
    }
    Ok(stored)
}

/// Reads a long table, and the hits of its articles by the lexicons that found them: tables of `kwic`, and for leave-one-out
/// those of `kwic --rejected`. Word-level comparing has from them what it has from the articles, but for sentences.
///
/// # Errors
/// [`StoredError`].
pub fn read_stored_with(
    table: &Path,
    hits: &[PathBuf],
    columns: StoredColumns<'_>,
    set: &LexiconSet,
) -> Result<(Stored, Lines), StoredError> {
    let mut stored = long::read(table, columns)?;
    let vocabulary = Vocabulary::of(set);
    if let Some(difference) = difference(&stored.units.vocabulary, &vocabulary) {
        return Err(StoredError::OtherLexicons { path: table.to_owned(), difference });
    }
    stored.units.vocabulary = vocabulary;
    let ids: Vec<String> = stored.units.articles().map(|article| stored.units.id(article).to_owned()).collect();
    let mut found = StoredHits::new(set, ids.iter().map(String::as_str), &stored.without_group);
    for path in hits {
        found.read(path)?;
        stored.files.push(file_record(path)?);
    }
    let has_losers = found.has_losers();
    let compiled = Compiled::new(set);
    let lines = add_stored_hits(&mut stored.units, set, &compiled, found.finish(), has_losers);
    Ok((stored, lines))
}

/// The first path in which two vocabularies differ, in words.
fn difference(table: &Vocabulary, lexicons: &Vocabulary) -> Option<String> {
    let name = |vocabulary: &Vocabulary, path: usize| match vocabulary.paths.get(path) {
        Some(facts) => format!("{} of {}", facts.id, vocabulary.lexicons[facts.lexicon as usize].id),
        None => "no more path".to_owned(),
    };
    (0..table.paths.len().max(lexicons.paths.len()))
        .map(|path| (name(table, path), name(lexicons, path)))
        .find(|(stored, own)| stored != own)
        .map(|(stored, own)| format!("{stored} in the table, {own} in the lexicons"))
}
