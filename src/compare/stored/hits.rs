//! The table of hits beside a long table: which entry, in which voice, about whom.

use std::path::Path;

use framescope_core::matching::Whom;
use framescope_core::text::Voice;
use rustc_hash::FxHashMap;

use super::Stored;
use super::error::StoredError;
use super::records::{Records, file_record};
use crate::compare::result::LeftOut;
use crate::compare::vocabulary::EntryFacts;

/// Why some columns must be there.
const HINT: &str = "write the table with `framescope kwic`";

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
    while records.next()? {
        let Some(&article) = articles.get(records.text(id)) else {
            if stored.units.left_out() > 0 {
                continue;
            }
            return Err(StoredError::UnknownArticle {
                path: table.to_owned(),
                line: records.line(),
                id: records.text(id).to_owned(),
            });
        };
        let key = (records.text(lexicon).to_owned(), records.text(path).to_owned());
        let Some(&path) = paths.get(&key) else { continue };
        let term = records.text(entry);
        let number = *numbers.entry((path, term.to_owned())).or_insert_with(|| {
            let weight = weight.and_then(|column| records.text(column).parse().ok()).unwrap_or(1.0);
            entries.push(EntryFacts { path, term: term.to_owned(), weight });
            entries.len() as u32 - 1
        });
        let voice = Voice::from_name(records.text(voice)).unwrap_or(Voice::Narrator);
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
    stored.files.push(file_record(table)?);
    Ok(())
}
