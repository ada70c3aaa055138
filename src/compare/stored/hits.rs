//! The table of hits beside a long table: which entry, in which voice, about whom.

use std::collections::BTreeMap;
use std::path::Path;

use framescope_core::matching::Whom;
use framescope_core::text::Voice;
use rustc_hash::FxHashMap;

use super::Stored;
use super::error::StoredError;
use super::records::{Records, file_record};
use crate::compare::phrases::counted;
use crate::compare::result::LeftOut;
use crate::compare::vocabulary::{EntryFacts, Vocabulary};

/// The command that writes tables of hits.
pub(super) const WRITER: &str = "framescope kwic";
/// Why some columns must be there.
const HINT: &str = "write the table with `framescope kwic`";
/// Paths of a table of hits that are named where the long table does not have them.
const NAMED: usize = 20;

/// The voice that a cell names.
pub(super) fn voice_in(records: &Records, column: usize) -> Result<Voice, StoredError> {
    let expected = || Voice::ALL.map(Voice::name).join(", ");
    Voice::from_name(records.text(column))
        .ok_or_else(|| records.wrong(column, format!("one of {}", expected()), WRITER))
}

/// Adds entries and sides to the units. A path holds the hits of those under it; where overlaps made it hold fewer, its
/// entries are not known from the list of hits, and it is left out by name.
pub(super) fn read(table: &Path, stored: &mut Stored) -> Result<(), StoredError> {
    let mut records = Records::open(table)?;
    let needs = |name: &str| records.needs(name, HINT);
    let (id, lexicon, path, entry, voice) =
        (needs("id")?, needs("lexicon")?, needs("path")?, needs("entry")?, needs("voice")?);
    let (about, weight) = (records.column("about"), records.column("weight"));
    let articles: FxHashMap<String, u32> =
        stored.units.articles().map(|article| (stored.units.id(article).to_owned(), article)).collect();
    let vocabulary = &stored.units.vocabulary;
    let paths: FxHashMap<(String, String), u32> = (0..)
        .zip(&vocabulary.paths)
        .map(|(number, path)| ((vocabulary.lexicons[path.lexicon as usize].id.clone(), path.id.clone()), number))
        .collect();
    let mut entries: Vec<EntryFacts> = Vec::new();
    let mut numbers: FxHashMap<(u32, String), u32> = FxHashMap::default();
    let mut sides: FxHashMap<u32, Vec<String>> = FxHashMap::default();
    let mut found: Vec<(u32, u32, u32, Voice, Option<Whom>)> = Vec::new();
    let mut unknown: BTreeMap<(String, String), u64> = BTreeMap::new();
    while records.next()? {
        let Some(&article) = articles.get(records.text(id)) else {
            // The hits of an article without a group are left out with it.
            if stored.without_group.contains(records.text(id)) {
                continue;
            }
            return Err(StoredError::UnknownArticle {
                path: table.to_owned(),
                line: records.line(),
                id: records.text(id).to_owned(),
            });
        };
        let key = (records.text(lexicon).to_owned(), records.text(path).to_owned());
        let Some(&path) = paths.get(&key) else {
            *unknown.entry(key).or_default() += 1;
            continue;
        };
        let term = records.text(entry);
        let voice = voice_in(&records, voice)?;
        let weight = match weight {
            Some(column) => records.number(column).ok_or_else(|| records.wrong(column, "a number", WRITER))?,
            None => 1.0,
        };
        let number = *numbers.entry((path, term.to_owned())).or_insert_with(|| {
            entries.push(EntryFacts { path, term: term.to_owned(), weight });
            entries.len() as u32 - 1
        });
        let whom = about.map(|column| records.text(column)).and_then(|about| match about {
            "" => None,
            "both" => Some(Whom::Both),
            "unclear" => Some(Whom::Unclear),
            side => {
                let known = sides.entry(path).or_default();
                let place = known.iter().position(|name| name == side).unwrap_or_else(|| {
                    known.push(side.to_owned());
                    known.len() - 1
                });
                Some(Whom::Side(place as u32))
            }
        });
        found.push((article, path, number, voice, whom));
    }
    let of_no_path = of_no_path(table, &unknown, !found.is_empty(), vocabulary)?;
    found.sort_by_key(|(article, path, entry, voice, _)| (*article, *path, *entry, *voice));
    let units = &mut stored.units;
    for (path, names) in sides {
        units.vocabulary.paths[path as usize].sides = names;
    }
    units.vocabulary.entries = entries;
    let incomplete = units.add_hits(&found);
    if !incomplete.is_empty() {
        let names: Vec<&str> =
            incomplete.iter().map(|path| units.vocabulary.paths[*path as usize].id.as_str()).collect();
        let why = "the hits listed under them and the paths below are not those that the long table counts (overlaps, or \
                   another run)";
        stored.left_out.push(LeftOut { what: format!("entries of {}", names.join(", ")), why: why.to_owned() });
    }
    stored.left_out.extend(of_no_path);
    stored.files.push(file_record(table)?);
    Ok(())
}

/// The rows whose lexicon or path the long table does not have, by name: hits of one run may be of more lexicons than its
/// scores. Where no row is of one that it has, the tables have nothing to do with each other.
fn of_no_path(
    table: &Path,
    unknown: &BTreeMap<(String, String), u64>,
    has_others: bool,
    vocabulary: &Vocabulary,
) -> Result<Option<LeftOut>, StoredError> {
    if unknown.is_empty() {
        return Ok(None);
    }
    let rows: u64 = unknown.values().sum();
    if !has_others {
        let mut own: Vec<&str> = unknown.keys().map(|(lexicon, _)| lexicon.as_str()).collect();
        own.dedup();
        let long: Vec<&str> = vocabulary.lexicons.iter().map(|lexicon| lexicon.id.as_str()).collect();
        let (own, long) = (own.join(", "), long.join(", "));
        return Err(StoredError::NothingInCommon { path: table.to_owned(), rows, own, long });
    }
    let names: Vec<String> =
        unknown.iter().take(NAMED).map(|((lexicon, path), n)| format!("{lexicon}:{path} ({n})")).collect();
    let more = match unknown.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Ok(Some(LeftOut {
        what: format!("{} of {}: {}{more}", counted(rows, "hit"), table.display(), names.join(", ")),
        why: "the long table has no such lexicon or path".to_owned(),
    }))
}
