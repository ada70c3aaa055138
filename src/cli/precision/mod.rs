//! The measured precision of a lexicon: `precision/NAME.toml` beside it, or embedded with a shipped one.
//!
//! The file is written by `lexicons/precision/tally.py`. A figure is of a path as it was judged: where the
//! path's [fingerprint] is another today, there is none.
//!
//! [fingerprint]: fingerprint::of_paths

mod fingerprint;

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use toml_edit::{Document, Item, TableLike};

use super::lexicons::{self, Source};
use super::messages::counted;
use super::shipped;
use crate::output::{LexiconPrecision, PathPrecision, Precision};

/// What was measured of a lexicon that can be read; nothing where there is no file of it.
///
/// # Errors
/// In words, if there is a file and it is not what it should be.
pub(crate) fn of(source: &Source) -> Result<LexiconPrecision, String> {
    match file_of(source)? {
        Some((name, text)) => read(&text, &lineage(source)).map_err(|wrong| format!("{name}: {wrong}")),
        None => Ok(LexiconPrecision::default()),
    }
}

/// Name and text of the file.
fn file_of(source: &Source) -> Result<Option<(String, String)>, String> {
    let Some(folder) = &source.folder else {
        let text = shipped::find(&source.name).and_then(|found| found.precision);
        return Ok(text.map(|text| (format!("precision/{}.toml", source.name), text.to_owned())));
    };
    let stem = Path::new(&source.name).file_stem().unwrap_or_default();
    let path = folder.join("precision").join(stem).with_extension("toml");
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some((path.display().to_string(), text))),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(format!("{}: {error}", path.display())),
    }
}

/// The texts of what a lexicon extends, from the ground up, and its own.
fn lineage(source: &Source) -> Vec<String> {
    let mut texts = vec![source.text.clone()];
    // Reading the lexicon found every one of them, and no circle.
    while let Some(base) = texts.last().and_then(|text| fingerprint::extended(text)) {
        match lexicons::find(&base, source.folder.as_deref()) {
            Ok(found) => texts.push(found.text),
            Err(_) => break,
        }
    }
    texts.reverse();
    texts
}

fn read(text: &str, lexicon: &[String]) -> Result<LexiconPrecision, String> {
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    let root = document.as_table();
    let judged = table(root, "judged")?;
    let now = fingerprint::of_paths(lexicon)?;
    let id = word(table(root, "lexicon")?, "id")?;
    match lexicon.last().and_then(|text| fingerprint::id(text)) {
        Some(own) if own == id => {}
        own => return Err(format!("it is of the lexicon `{id}`, not of `{}`", own.unwrap_or_default())),
    }
    let mut paths = BTreeMap::new();
    for row in tables(root, "paths") {
        let path = word(row, "path")?;
        let same = now.get(path).is_some_and(|now| Some(now.as_str()) == row.get("fingerprint").and_then(Item::as_str));
        paths.insert(path.to_owned(), one(row, same).map_err(|wrong| format!("{path}: {wrong}"))?);
    }
    Ok(LexiconPrecision { paths, judged: circumstances(root, judged)? })
}

fn one(row: &dyn TableLike, same: bool) -> Result<PathPrecision, String> {
    let version = row.get("version").and_then(Item::as_str).unwrap_or_default();
    match (same, word(row, "status")?) {
        (false, _) => Ok(PathPrecision::Changed { version: version.to_owned() }),
        (true, "unmeasured") => Ok(PathPrecision::NoHits),
        (true, status @ ("holds" | "below")) => Ok(PathPrecision::Measured(Precision {
            share: share(row, "precision")?,
            low: share(row, "low")?,
            high: share(row, "high")?,
            judged: row.get("n").and_then(Item::as_integer).and_then(|n| n.try_into().ok()).ok_or("no number `n`")?,
            holds: status == "holds",
        })),
        (true, status) => Err(format!("`{status}` is no status")),
    }
}

/// Who judged, when, and on which texts.
fn circumstances(root: &dyn TableLike, judged: &dyn TableLike) -> Result<String, String> {
    let human = judged.get("human").and_then(Item::as_bool).ok_or("[judged] does not say whether a `human` judged")?;
    let mut said = format!("judged by {} ({})", word(judged, "by")?, word(judged, "on")?);
    said.push_str(if human { "" } else { ", no human coder" });
    let corpora: Vec<String> = tables(root, "corpora")
        .map(|corpus| {
            let articles = corpus.get("articles").and_then(Item::as_integer).and_then(|n| u64::try_from(n).ok());
            let size = articles.map(|n| format!(" ({})", counted(n, "article"))).unwrap_or_default();
            Ok(format!("{}{size}", word(corpus, "name")?))
        })
        .collect::<Result<_, String>>()?;
    if !corpora.is_empty() {
        said.push_str(&format!("; in {}", corpora.join(", ")));
    }
    if let Some(only) = judged.get("only").and_then(Item::as_str) {
        said.push_str(&format!("; only articles that match {only}"));
    }
    Ok(said)
}

fn table<'t>(of: &'t dyn TableLike, key: &str) -> Result<&'t dyn TableLike, String> {
    of.get(key).and_then(Item::as_table_like).ok_or_else(|| format!("no [{key}]"))
}

fn tables<'t>(of: &'t dyn TableLike, key: &str) -> impl Iterator<Item = &'t dyn TableLike> {
    let array = of.get(key).and_then(Item::as_array_of_tables);
    array.into_iter().flatten().map(|table| table as &dyn TableLike)
}

fn word<'t>(of: &'t dyn TableLike, key: &str) -> Result<&'t str, String> {
    of.get(key).and_then(Item::as_str).ok_or_else(|| format!("no text `{key}`"))
}

fn share(of: &dyn TableLike, key: &str) -> Result<f64, String> {
    let item = of.get(key);
    let number = item.and_then(|i| i.as_float().or(i.as_integer().map(|n| n as f64)));
    number.filter(|n| (0.0..=1.0).contains(n)).ok_or_else(|| format!("no share `{key}` from 0 to 1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_measured_of_the_shipped_ones_can_be_read_and_what_falls_short_says_it_is_experimental() {
        for shipped in shipped::all() {
            let source = Source { name: shipped.name.to_owned(), text: shipped.source.to_owned(), folder: None };
            let known = of(&source).unwrap_or_else(|wrong| panic!("{}: {wrong}", shipped.name));
            assert_eq!(known.is_empty(), shipped.precision.is_none(), "{}", shipped.name);
            let lexicon = lexicons::read(&source).expect("a lexicon");
            for (path, found) in &known.paths {
                let PathPrecision::Measured(Precision { holds: false, .. }) = found else { continue };
                let id = lexicon.path(path).expect("a path with a fingerprint is there");
                assert!(lexicon.paths[id.0 as usize].is_experimental(), "{} {path}: {found}", shipped.name);
            }
        }
    }
}
