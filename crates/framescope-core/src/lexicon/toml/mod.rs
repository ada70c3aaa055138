//! The TOML form of a lexicon, read with the place of everything in it.
//!
//! Reading goes on after an error wherever that makes sense, so that a researcher sees all that is
//! wrong at once. Only broken TOML ends it: see [`syntax`].

mod conditions;
mod description;
mod extras;
mod fields;
mod keys;
mod paths;
mod syntax;
mod terms;

use toml_edit::Document;

use super::draft::Draft;
use super::error::{LexiconError, LexiconErrorKind as Kind};
use super::spans::Sources;
use fields::{Fields, Node, Reader};

pub(super) use extras::{AXIS_MEASURES, PATH_MEASURES};
pub(super) use fields::as_name;
pub(super) use paths::kind_name;
pub use syntax::broken_toml;

/// Reads file number `file` of `sources`; what could be read, and what is wrong.
pub(super) fn read(sources: &Sources, file: u32) -> (Draft, Vec<LexiconError>) {
    let mut reader = Reader::new(sources, file);
    let mut draft = Draft::default();
    let source = &sources.0[file as usize];
    let document = match Document::parse(source.text.as_str()) {
        Ok(document) => document,
        Err(error) => {
            syntax::report(&mut reader, &error);
            draft.incomplete = true;
            return (draft, reader.errors);
        }
    };
    let root = Fields::new(document.as_table(), 0..0, "a lexicon");
    top_level(&mut reader, &root);
    draft.about = description::lexicon(&mut reader, &root);
    draft.rules = description::rules(&mut reader, &root);
    paths::read(&mut reader, &root, &mut draft);
    extras::read(&mut reader, &root, &mut draft);
    (draft, reader.errors)
}

/// Reports what does not belong at the top of a lexicon.
fn top_level(reader: &mut Reader<'_>, root: &Fields<'_>) {
    for field in root.iter().filter(|field| !keys::TOP.contains(&field.key)) {
        let hint = match super::suggest::nearest(field.key, keys::TOP.iter().copied()) {
            Some(meant) if keys::LISTS.contains(&meant) => format!("did you mean [[{meant}]]?"),
            Some(meant) => format!("did you mean [{meant}]?"),
            None => match field.key {
                "categories" => "did you mean [[category]]?".to_owned(),
                "variant" | "referent_variant" => "variants are written as [[referent.variant]]".to_owned(),
                "entry" => "entries are written as [[category.entry]]".to_owned(),
                key if keys::LEXICON.contains(&key) => {
                    format!("write it under [lexicon]: {key} = ...")
                }
                key if keys::MATCH.contains(&key) => format!("write it under [match]: {key} = ..."),
                _ => {
                    let shown = |key: &&str| {
                        if keys::LISTS.contains(key) { format!("[[{key}]]") } else { format!("[{key}]") }
                    };
                    format!("known here: {}", keys::TOP.iter().map(shown).collect::<Vec<_>>().join(", "))
                }
            },
        };
        reader.report(&field.key_span, Kind::UnknownTable(field.key.to_owned()), Some(hint));
    }
}

/// The tables of a key that may stand several times. A single one is read all the same, after the
/// missing brackets were reported. `inner` is the key whose sub-tables may have been written first.
fn tables<'t>(
    reader: &mut Reader<'_>,
    fields: &Fields<'t>,
    key: &str,
    what: &'static str,
    inner: Option<&str>,
) -> Vec<Fields<'t>> {
    let Some(field) = fields.get(key) else {
        return Vec::new();
    };
    if let Node::Table(table) = field.node {
        let name = header_name(fields, key);
        let first_inner = inner.and_then(|inner| table.get_key_value(inner)).filter(|_| table.is_implicit());
        match first_inner {
            Some((inner, item)) => {
                let span = item.span().or_else(|| inner.span()).unwrap_or_else(|| field.key_span.clone());
                let span = span.start..span.start + inner.get().len().max(1);
                let kind = Kind::OrphanTable { table: format!("{name}.{}", inner.get()), owner: name.clone() };
                reader.report(&span, kind, Some(format!("begin with [[{name}]] and its id")));
            }
            None => {
                let hint = format!("write [[{name}]]");
                reader.report(&field.span(), Kind::SingleBrackets(name), Some(hint));
            }
        }
        return vec![Fields::new(table, field.span(), what)];
    }
    let Some(items) = field.node.list() else {
        let hint = format!("write [[{}]] on a line of its own, and its keys below it", header_name(fields, key));
        field.wrong_type(reader, "a table in double brackets", Some(hint));
        return Vec::new();
    };
    let mut found = Vec::with_capacity(items.len());
    for node in items {
        let item = fields::Field { node, ..field.clone() };
        match node.table() {
            Some(table) => found.push(Fields::new(table, item.span(), what)),
            None => item.wrong_type(reader, "a list of tables", None),
        }
    }
    found
}

/// How the header of a sub-table is written: `category.entry`, not `entry`.
fn header_name(outer: &Fields<'_>, key: &str) -> String {
    match outer.what {
        "a category" => format!("category.{key}"),
        "a referent" => format!("referent.{key}"),
        "a variant" => format!("referent.variant.{key}"),
        _ => key.to_owned(),
    }
}
