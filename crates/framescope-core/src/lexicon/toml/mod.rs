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
mod repeats;
mod syntax;
mod terms;

use toml_edit::Document;

use super::draft::Draft;
use super::error::{LexiconError, LexiconErrorKind as Kind};
use super::spans::Sources;
use fields::{Fields, Node, Reader};
use repeats::Emptied;

pub(super) use extras::{AXIS_MEASURES, PATH_MEASURES};
pub(super) use fields::as_name;
pub(super) use paths::kind_name;
pub use syntax::broken_toml;

/// Reads file number `file` of `sources`; what could be read, and what is wrong.
pub(super) fn read(sources: &Sources, file: u32) -> (Draft, Vec<LexiconError>) {
    let text = &sources.0[file as usize].text;
    if let Some(Emptied { text, starts }) = repeats::emptied(text)
        && let Ok(document) = Document::parse(text.as_str())
    {
        let mut reader = Reader::new(sources, file);
        reader.emptied = starts;
        let draft = document_as(&mut reader, &document);
        // A list may be read in another order than it is written in, and then its first place is not the first.
        if !reader.missed {
            return (draft, reader.errors);
        }
    }
    as_written(sources, file)
}

/// The same, of the file as it is.
fn as_written(sources: &Sources, file: u32) -> (Draft, Vec<LexiconError>) {
    let mut reader = Reader::new(sources, file);
    let draft = match Document::parse(sources.0[file as usize].text.as_str()) {
        Ok(document) => document_as(&mut reader, &document),
        Err(error) => {
            syntax::report(&mut reader, &error);
            Draft { incomplete: true, ..Draft::default() }
        }
    };
    (draft, reader.errors)
}

fn document_as<S>(reader: &mut Reader<'_>, document: &Document<S>) -> Draft {
    let mut draft = Draft::default();
    let root = Fields::new(document.as_table(), 0..0, "a lexicon");
    top_level(reader, &root);
    draft.about = description::lexicon(reader, &root);
    draft.rules = description::rules(reader, &root);
    paths::read(reader, &root, &mut draft);
    extras::read(reader, &root, &mut draft);
    draft
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

#[cfg(test)]
mod tests {
    use super::super::spans::Source;
    use super::*;

    /// Whichever way a file is read, the same comes out.
    fn assert_same(text: &str) {
        let sources = Sources(vec![Source::new("a.toml", text)]);
        assert_eq!(format!("{:?}", read(&sources, 0)), format!("{:?}", as_written(&sources, 0)));
    }

    #[test]
    fn shipped_lexicons_mean_the_same_with_their_repeated_lists_emptied() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lexicons");
        let mut emptied = 0;
        for entry in std::fs::read_dir(folder).expect("the shipped lexicons") {
            let path = entry.expect("a file").path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let text = std::fs::read_to_string(&path).expect("a lexicon");
                emptied += repeats::emptied(&text).map_or(0, |emptied| emptied.starts.len());
                assert_same(&text);
            }
        }
        assert!(emptied > 500, "{emptied}");
    }

    #[test]
    fn so_do_lists_with_errors_and_lists_read_in_another_order() {
        let list = r#"["in front of something long", "and [another", "a*", "*", ""]"#;
        let entry = |list: &str| format!("{{ term = \"x\", before = {list}, near = {{ any = {list} }} }}");
        let category = format!("[[category]]\nid = \"a\"\nterms = [{}, {}]\n", entry(list), entry(list));
        let mask = format!("[[mask]]\nwhy = \"because\"\npaths = [\"a\"]\nterms = [{}]\n", entry(list));
        let unknown = format!("[[categori]]\nid = \"a\"\nterms = [{}]\n", entry(list));
        let broken = format!("{category}terms = [\n");
        for text in [category.clone(), mask + &category, unknown + &category, broken] {
            assert!(repeats::emptied(&text).is_some());
            assert_same(&text);
        }
    }
}
