//! What tells whether a path is still the one that was judged: a hash of its entries, masks,
//! `[match]`, sides and texts as they are written, and of the terms that its conditions name by `"@path"`.
//!
//! `"@path"` stands for the candidates of that path and of those under it, *before* masks and conditions, so
//! what is named matters by its terms and their case alone, and whom its own conditions name does not matter.
//!
//! `lexicons/precision/lexicon_paths.py` computes the same and wrote it beside the figures. Both are held to
//! `lexicons/precision/tests/shared.json`, so whoever changes one changes the other.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use toml_edit::{Document, Item, TableLike};

const TEXTS: [&str; 5] = ["label", "definition", "include", "exclude", "connotation"];
const DECIDING: [&str; 3] = ["terms", "entry", "name"];

type Table = Map<String, Value>;

/// The fingerprint of every path that is written in a lexicon: its texts from the ground up, what is
/// extended first.
///
/// # Errors
/// In words, if one is no TOML.
pub(super) fn of_paths(texts: &[String]) -> Result<BTreeMap<String, String>, String> {
    let tables: Vec<Table> = texts.iter().map(|text| parsed(text)).collect::<Result<_, _>>()?;
    let masks: Vec<&Table> = tables.iter().flat_map(|table| rows(table, "mask")).collect();
    let removes: Vec<&Table> = tables.iter().flat_map(|table| rows(table, "remove")).collect();
    let rules: Value = tables.iter().map(|t| t.get("match").cloned().unwrap_or_else(|| Table::new().into())).collect();
    let abouts: BTreeMap<&str, &Table> =
        tables.iter().flat_map(|table| rows(table, "about")).filter_map(|about| Some((id_of(about)?, about))).collect();
    let written = written(&tables);
    let mut said: BTreeMap<String, Table> = BTreeMap::new();
    let mut found = BTreeMap::new();
    for Written { path, rows, decides } in &written {
        let (path, decides) = (path.clone(), *decides);
        let mut texts = inherited(&said, &path);
        for row in rows {
            texts.extend(chosen(row, &TEXTS));
        }
        let about = rows.iter().rev().find_map(|row| row.get("about")).and_then(Value::as_str);
        let about =
            about.and_then(|about| abouts.get(about)).map_or(Value::Null, |about| Value::Object((*about).clone()));
        let own: Value = rows.iter().map(|row| Value::Object(chosen(row, decides))).collect();
        let masked: Value = masks.iter().filter(|mask| is_limited_to(mask, &path)).map(terms).collect();
        let mut deciding = vec![
            ("own", own),
            ("masks", masked),
            ("match", rules.clone()),
            ("about", about),
            ("texts", Value::Object(texts.clone())),
        ];
        let removed = removed(&removes, &path);
        if !removed.is_empty() {
            deciding.push(("removed", removed.into()));
        }
        let named = named(&deciding, &written, &removes);
        if !named.is_empty() {
            deciding.push(("named", named.into()));
        }
        let deciding: Table = deciding.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        found.insert(path.clone(), hash(&Value::Object(deciding)));
        said.insert(path, texts);
    }
    Ok(found)
}

fn terms(table: &&Table) -> Value {
    table.get("terms").cloned().unwrap_or_default()
}

/// What a lexicon takes from the path in the one that it extends.
fn removed(removes: &[&Table], path: &str) -> Vec<Value> {
    removes.iter().filter(|remove| takes(remove, path)).map(terms).collect()
}

/// What the conditions in a path's entries, masks and sides find by `"@path"`: by name, of each path at or
/// below it the terms and what is taken from them.
fn named(deciding: &[(&str, Value)], written: &[Written], removes: &[&Table]) -> Table {
    let mut names = BTreeSet::new();
    for (_, value) in deciding.iter().filter(|(key, _)| ["own", "masks", "about"].contains(key)) {
        add_names(value, &mut names);
    }
    let found = |name: &str| -> Vec<Value> {
        let below = written.iter().filter(|written| is_under(&written.path, name));
        below.map(|written| Value::from(vec![written.finds(), removed(removes, &written.path).into()])).collect()
    };
    let named = names.into_iter().map(|name| (format!("@{name}"), found(name)));
    named.filter(|(_, found)| !found.is_empty()).map(|(name, found)| (name, found.into())).collect()
}

/// The paths that a value names, however deep.
fn add_names<'v>(value: &'v Value, names: &mut BTreeSet<&'v str>) {
    match value {
        Value::String(text) => names.extend(text.strip_prefix('@')),
        Value::Array(values) => values.iter().for_each(|value| add_names(value, names)),
        Value::Object(table) => table.values().for_each(|value| add_names(value, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The id that a lexicon gives itself.
pub(super) fn id(text: &str) -> Option<String> {
    of_lexicon(text, "id")
}

/// The lexicon that one extends.
pub(super) fn extended(text: &str) -> Option<String> {
    of_lexicon(text, "extends")
}

fn of_lexicon(text: &str, key: &str) -> Option<String> {
    let document = Document::parse(text).ok()?;
    Some(document.as_table().get("lexicon")?.get(key)?.as_str()?.to_owned())
}

/// A path with all that is written of it, over all files.
struct Written {
    path: String,
    rows: Vec<Table>,
    /// The keys of a row that decide what is a hit.
    decides: &'static [&'static str],
}

impl Written {
    /// The terms of every row, with their case and nothing else of them.
    fn finds(&self) -> Value {
        let term = |term: &Value| match term.as_object() {
            Some(table) => ["term", "case"].map(|key| table.get(key).cloned().unwrap_or_default()).to_vec(),
            None => vec![term.clone(), Value::Null],
        };
        let terms = |row: &Table| -> Value {
            let values = self.decides.iter().filter_map(|key| row.get(*key));
            values
                .flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice))
                .map(term)
                .collect()
        };
        self.rows.iter().map(terms).collect()
    }
}

fn written(tables: &[Table]) -> Vec<Written> {
    let mut all: Vec<Written> = Vec::new();
    let mut add = |path: String, row: Table, decides| match all.iter_mut().find(|known| known.path == path) {
        Some(known) => known.rows.push(row),
        None => all.push(Written { path, rows: vec![row], decides }),
    };
    for table in tables {
        for category in rows(table, "category") {
            add(id_of(category).unwrap_or_default().to_owned(), category.clone(), &DECIDING);
        }
        for referent in rows(table, "referent") {
            let id = id_of(referent).unwrap_or_default();
            add(id.to_owned(), referent.clone(), &[]);
            if let Some(name) =
                referent.get("name").filter(|name| name.as_array().is_none_or(|terms| !terms.is_empty()))
            {
                add(format!("{id}.name"), Table::from_iter([("name".to_owned(), name.clone())]), &DECIDING);
            }
            for variant in rows(referent, "variant") {
                add(format!("{id}.{}", id_of(variant).unwrap_or_default()), variant.clone(), &DECIDING);
            }
        }
    }
    all
}

fn rows<'t>(table: &'t Table, key: &str) -> impl Iterator<Item = &'t Table> {
    table.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

fn id_of(table: &Table) -> Option<&str> {
    table.get("id").and_then(Value::as_str)
}

fn chosen(row: &Table, keys: &[&str]) -> Table {
    keys.iter().filter_map(|key| Some(((*key).to_owned(), row.get(*key)?.clone()))).collect()
}

/// The texts of the nearest path above that was written before.
fn inherited(said: &BTreeMap<String, Table>, path: &str) -> Table {
    let mut above = path;
    while let Some((parent, _)) = above.rsplit_once('.') {
        if let Some(texts) = said.get(parent) {
            return texts.clone();
        }
        above = parent;
    }
    Table::new()
}

fn is_limited_to(mask: &Table, path: &str) -> bool {
    let Some(paths) = mask.get("paths").and_then(Value::as_array) else { return true };
    paths.iter().filter_map(Value::as_str).any(|limit| is_under(path, limit))
}

fn takes(remove: &Table, path: &str) -> bool {
    remove.get("path").and_then(Value::as_str).is_some_and(|removed| is_under(path, removed))
}

/// Whether a path is this one or below it.
fn is_under(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn hash(deciding: &Value) -> String {
    let mut text = String::new();
    as_python_writes(deciding, &mut text);
    Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// JSON with sorted keys, a blank after comma and colon, and no escapes beyond ASCII.
fn as_python_writes(value: &Value, out: &mut String) {
    let comma = |number: usize, out: &mut String| out.push_str(if number > 0 { ", " } else { "" });
    match value {
        Value::Object(table) => {
            out.push('{');
            let sorted: BTreeMap<_, _> = table.iter().collect();
            for (number, (key, value)) in sorted.into_iter().enumerate() {
                comma(number, out);
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push_str(": ");
                as_python_writes(value, out);
            }
            out.push('}');
        }
        Value::Array(values) => {
            out.push('[');
            for (number, value) in values.iter().enumerate() {
                comma(number, out);
                as_python_writes(value, out);
            }
            out.push(']');
        }
        other => out.push_str(&other.to_string()),
    }
}

fn parsed(text: &str) -> Result<Table, String> {
    Ok(as_map(Document::parse(text).map_err(|error| error.to_string())?.as_table()))
}

fn as_map(table: &dyn TableLike) -> Table {
    table.iter().map(|(key, item)| (key.to_owned(), as_json(item))).collect()
}

fn as_json(item: &Item) -> Value {
    match item {
        Item::None => Value::Null,
        Item::Table(table) => as_map(table).into(),
        Item::ArrayOfTables(tables) => tables.iter().map(|table| Value::Object(as_map(table))).collect(),
        Item::Value(value) => as_json_value(value),
    }
}

fn as_json_value(value: &toml_edit::Value) -> Value {
    match value {
        toml_edit::Value::String(text) => text.value().as_str().into(),
        toml_edit::Value::Integer(number) => (*number.value()).into(),
        toml_edit::Value::Float(number) => (*number.value()).into(),
        toml_edit::Value::Boolean(yes) => (*yes.value()).into(),
        toml_edit::Value::Datetime(date) => date.value().to_string().into(),
        toml_edit::Value::Array(values) => values.iter().map(as_json_value).collect(),
        toml_edit::Value::InlineTable(table) => as_map(table).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The Python script is held to the same file.
    #[test]
    fn a_fingerprint_is_what_the_judges_script_computes() {
        let shared: Value =
            serde_json::from_str(include_str!("../../../lexicons/precision/tests/shared.json")).unwrap();
        let texts: Vec<String> =
            shared["files"].as_array().unwrap().iter().map(|f| f["text"].as_str().unwrap().to_owned()).collect();
        let expected: BTreeMap<String, String> = serde_json::from_value(shared["fingerprints"].clone()).unwrap();
        assert!(expected.len() > 5);
        assert_eq!(of_paths(&texts).unwrap(), expected);
    }

    #[test]
    fn what_a_condition_names_changes_it_by_its_terms_and_case_alone() {
        let text = "[[category]]\nid = \"a\"\nterms = [{ term = \"x\", near = { any = [\"@b\"] } }]\n[[category]]\nid = \"b.c\"\ndefinition = \"D.\"\nterms = [\"y\"]\n[[category]]\nid = \"d\"\nterms = [\"z\"]\n";
        let before = of_paths(&[text.to_owned()]).unwrap();
        let with = |new: &str| of_paths(&[text.replace("[\"y\"]", new)]).unwrap();
        for (new, changes) in [
            ("[\"y\", \"w\"]", true),
            ("[{ term = \"y\", case = \"exact\" }]", true),
            ("[{ term = \"y\", weight = 2, not_after = [\"w\"] }]", false),
        ] {
            assert_eq!(with(new)["a"] != before["a"], changes, "{new}");
            assert_eq!(with(new)["d"], before["d"]);
        }
        assert_eq!(of_paths(&[text.replace("D.", "E.")]).unwrap()["a"], before["a"]);
    }

    #[test]
    fn a_mask_of_other_paths_and_a_status_change_nothing_and_a_definition_does() {
        let text = "[[category]]\nid = \"a\"\ndefinition = \"D.\"\nterms = [\"x\"]\n";
        let before = of_paths(&[text.to_owned()]).unwrap();
        let with = |more: &str| of_paths(&[format!("{text}{more}")]).unwrap()["a"].clone();
        assert_eq!(with("status = \"experimental\"\n"), before["a"]);
        assert_eq!(with("[[mask]]\nterms = [\"x y\"]\npaths = [\"ab\"]\n"), before["a"]);
        assert_ne!(with("[[mask]]\nterms = [\"x y\"]\npaths = [\"a\"]\n"), before["a"]);
        assert_ne!(with("[[category.entry]]\nterm = \"y\"\n"), before["a"]);
        assert_ne!(of_paths(&[text.replace("D.", "E.")]).unwrap()["a"], before["a"]);
    }
}
