//! `[[mask]]`, `[[about]]`, `[[axis]]`, `[[test]]` and `[[remove]]`.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::draft::{AboutDraft, AxisDraft, Draft, ExpectDraft, MaskDraft, RemoveDraft, TestDraft};
use super::super::error::LexiconErrorKind as Kind;
use super::super::spans::Spot;
use super::fields::{Field, Fields, Node, Reader, id_hint, is_name, number};
use super::{conditions, keys, tables, terms};

/// What a test may expect of a path.
pub(in super::super) const PATH_MEASURES: &[&str] = &[
    "count",
    "outside",
    "quoted",
    "narrator",
    "attributed",
    "quoted_short",
    "title",
    "lead",
    "heading",
    "body",
    "negated",
    "weighted",
    "entries",
    "present",
    "share",
    "labelled",
];
/// What a test may expect of an axis.
pub(in super::super) const AXIS_MEASURES: &[&str] = &["positive_count", "negative_count", "score", "score_smoothed"];

/// Reads them all into the draft.
pub(super) fn read(reader: &mut Reader<'_>, root: &Fields<'_>, draft: &mut Draft) {
    for fields in tables(reader, root, "mask", "a mask", None) {
        draft.masks.extend(mask(reader, &fields));
    }
    let mut seen = FxHashMap::default();
    for fields in tables(reader, root, "about", "an about", Some("sides")) {
        match about(reader, &fields) {
            Some(about) if is_new(reader, "[[about]]", &about.id, about.spot, &mut seen) => {
                draft.abouts.push(about);
            }
            Some(_) => {}
            None => draft.unnamed = true,
        }
    }
    let mut seen = FxHashMap::default();
    for fields in tables(reader, root, "axis", "an axis", None) {
        match axis(reader, &fields) {
            Some(axis) if is_new(reader, "axis", &axis.id, axis.spot, &mut seen) => draft.axes.push(axis),
            Some(_) => {}
            None => draft.unnamed = true,
        }
    }
    for fields in tables(reader, root, "test", "a test", None) {
        draft.tests.extend(test(reader, &fields));
    }
    for fields in tables(reader, root, "remove", "a remove", None) {
        draft.removes.extend(remove(reader, &fields));
    }
}

fn is_new(reader: &mut Reader<'_>, what: &str, id: &str, spot: Spot, seen: &mut FxHashMap<String, Spot>) -> bool {
    let Some(first) = seen.get(id) else {
        seen.insert(id.to_owned(), spot);
        return true;
    };
    let first = reader.sources.shown(*first);
    let kind = Kind::Duplicate { what: what.to_owned(), id: id.to_owned(), first };
    reader.report(&(spot.start..spot.end), kind, None);
    false
}

fn mask(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<MaskDraft> {
    fields.only(reader, keys::MASK);
    let why = fields.said(reader, "why").unwrap_or_default();
    let paths = path_list(reader, fields, "paths");
    let Some(list) = fields.get("terms") else {
        fields.missing(reader, "terms", Some("write terms = [\"...\"]".to_owned()));
        return None;
    };
    let terms = terms::terms(reader, &list, "a term of a mask");
    // A mask whose paths could not be read must not become a mask of everything.
    Some(MaskDraft { terms, paths: paths?, why, spot: reader.spot(&fields.span) })
}

/// A list of paths: empty where the key is not there, `None` where it is wrong.
fn path_list(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str) -> Option<Vec<(String, Spot)>> {
    let Some(field) = fields.get(key) else {
        return Some(Vec::new());
    };
    let paths = fields.texts(reader, key)?;
    if paths.is_empty() {
        if field.node.list().is_some_and(|items| items.is_empty()) {
            let hint = "name at least one path, or leave the key out".to_owned();
            reader.report(&field.span(), Kind::Empty(key.to_owned()), Some(hint));
        }
        return None;
    }
    Some(paths.into_iter().map(|(path, spot)| (without_at(&path), spot)).collect())
}

/// `@path` is how conditions point to a path; whoever writes it elsewhere means the same.
fn without_at(path: &str) -> String {
    let path = path.trim();
    path.strip_prefix('@').unwrap_or(path).to_owned()
}

fn checked_id(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<(String, Spot)> {
    if fields.get("id").is_none() {
        fields.missing(reader, "id", Some("write id = \"a_short_name\"".to_owned()));
        return None;
    }
    let (id, spot) = fields.text(reader, "id")?;
    if !is_name(&id) {
        let kind = Kind::BadId { of: fields.what.to_owned(), id: id.clone() };
        reader.report(&(spot.start..spot.end), kind, Some(id_hint(&id, false)));
        return None;
    }
    Some((id, spot))
}

fn about(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<AboutDraft> {
    fields.only(reader, keys::ABOUT);
    let id = checked_id(reader, fields);
    let within = conditions::within(reader, fields);
    let example = "for instance [about.sides] and below it israelis = [\"Israeli*\"]";
    let Some(field) = fields.get("sides") else {
        fields.missing(reader, "sides", Some(example.to_owned()));
        return None;
    };
    let Some(table) = field.node.table() else {
        field.wrong_type(reader, "a table of lists of terms", Some(example.to_owned()));
        return None;
    };
    let mut sides = Vec::new();
    for side in Fields::new(table, field.span(), "[about.sides]").iter() {
        if matches!(side.key, "id" | "within") && side.node.list().is_none() {
            let kind = Kind::MisplacedKey {
                key: side.key.to_owned(),
                owner: "[[about]]".to_owned(),
                after: "about.sides".to_owned(),
            };
            let line = reader.line(field.span().start);
            reader.report(&side.key_span, kind, Some(format!("move it up, before line {line}")));
            continue;
        }
        if !is_name(side.key) {
            let kind = Kind::BadId { id: side.key.to_owned(), of: "a side".to_owned() };
            reader.report(&side.key_span, kind, Some(id_hint(side.key, false)));
        } else if matches!(side.key, "both" | "unclear") {
            let hint = "`both` and `unclear` are what a hit is about when no one side is".to_owned();
            let kind = Kind::BadId { id: side.key.to_owned(), of: "a side".to_owned() };
            reader.report(&side.key_span, kind, Some(hint));
        }
        let found = terms::terms(reader, &side, "a term of a side");
        sides.push((side.key.to_owned(), found));
    }
    if sides.is_empty() {
        reader.report(&field.span(), Kind::Empty("sides".to_owned()), Some(example.to_owned()));
    }
    let (id, spot) = id?;
    if id == "none" {
        let hint = "about = \"none\" is how a path says that it asks nothing".to_owned();
        reader.report(&(spot.start..spot.end), Kind::BadId { id, of: "an about".to_owned() }, Some(hint));
        return None;
    }
    Some(AboutDraft { id, within: within?, sides, spot })
}

fn axis(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<AxisDraft> {
    fields.only(reader, keys::AXIS);
    let id = checked_id(reader, fields);
    let label = fields.said(reader, "label").unwrap_or_default();
    let definition = fields.said(reader, "definition").unwrap_or_default();
    let mut pole = |key| {
        if fields.get(key).is_none() {
            fields.missing(reader, key, Some(format!("write {key} = [\"a.path\"]")));
        }
        path_list(reader, fields, key)
    };
    let (positive, negative) = (pole("positive"), pole("negative"));
    let (id, spot) = id?;
    let positives: FxHashSet<&str> = positive.iter().flatten().map(|(path, _)| path.as_str()).collect();
    for (path, at) in negative.iter().flatten() {
        if positives.contains(path.as_str()) {
            let kind = Kind::BothPoles { path: path.clone(), axis: id.clone() };
            reader.report(&(at.start..at.end), kind, None);
        }
    }
    Some(AxisDraft { id, label, definition, positive: positive?, negative: negative?, spot })
}

fn test(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<TestDraft> {
    fields.only(reader, keys::TEST);
    let title = fields.text(reader, "title").map(|(title, _)| title);
    let text = match fields.get("text") {
        Some(_) => fields.text(reader, "text").map(|(text, _)| text),
        None if title.is_some() => Some(String::new()),
        None => {
            fields.missing(reader, "text", Some("write text = \"a sentence to try\"".to_owned()));
            None
        }
    };
    let example = "for instance expect = { \"some.path\" = 1, \"other.path\" = { outside = 2, quoted = 0 } }";
    let Some(field) = fields.get("expect") else {
        fields.missing(reader, "expect", Some(example.to_owned()));
        return None;
    };
    let Some(table) = field.node.table() else {
        field.wrong_type(reader, "a table", Some(example.to_owned()));
        return None;
    };
    let mut expect = Vec::new();
    let table = Fields::new(table, field.span(), "expect");
    for item in table.iter() {
        expectation(reader, &item, item.key, &mut expect);
    }
    if table.iter().next().is_none() {
        reader.report(&field.span(), Kind::Empty("expect".to_owned()), Some(example.to_owned()));
    }
    Some(TestDraft { text: text?, title, expect, spot: reader.spot(&fields.span) })
}

/// `"path" = 1`, `"path" = { quoted = 1 }`, and, where the quotation marks were forgotten,
/// `some.path = 1`, which TOML reads as a table in a table.
fn expectation(reader: &mut Reader<'_>, field: &Field<'_>, path: &str, expect: &mut Vec<ExpectDraft>) {
    let spot = reader.spot(&field.key_span);
    let path = without_at(path);
    let Some(table) = field.node.table() else {
        if let Some(value) = expected_value(reader, field, &path) {
            expect.push(ExpectDraft { path, measure: None, value, spot });
        }
        return;
    };
    let fields = Fields::new(table, field.span(), "an expectation");
    if fields.is_dotted() {
        for inner in fields.iter() {
            expectation(reader, &inner, &format!("{path}.{}", inner.key), expect);
        }
        return;
    }
    if fields.iter().next().is_none() {
        reader.report(&field.span(), Kind::Empty(path.clone()), Some("write a number".to_owned()));
    }
    for inner in fields.iter() {
        if let Some(value) = expected_value(reader, &inner, inner.key) {
            let measure = Some((inner.key.to_owned(), reader.spot(&inner.key_span)));
            expect.push(ExpectDraft { path: path.clone(), measure, value, spot: reader.spot(&inner.key_span) });
        }
    }
}

/// A number; true and false are 1 and 0 (`present`), "empty" is the empty cell (not a number).
fn expected_value(reader: &mut Reader<'_>, field: &Field<'_>, key: &str) -> Option<f64> {
    match field.node {
        Node::Value(toml_edit::Value::Boolean(value)) => Some(f64::from(u8::from(*value.value()))),
        node if node.text() == Some("empty") => Some(f64::NAN),
        _ => number(reader, &Field { key, ..field.clone() }),
    }
}

fn remove(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<RemoveDraft> {
    fields.only(reader, keys::REMOVE);
    let terms = fields.get("terms").map(|list| remove_terms(reader, &list));
    if fields.get("path").is_none() {
        fields.missing(reader, "path", Some("write path = \"the.path\"".to_owned()));
        return None;
    }
    let (path, spot) = fields.text(reader, "path")?;
    Some(RemoveDraft { path: without_at(&path), terms, spot })
}

/// The terms to remove are named by their text alone.
fn remove_terms(reader: &mut Reader<'_>, list: &Field<'_>) -> Vec<super::super::draft::TermDraft> {
    let mut found = terms::terms(reader, list, "a term to remove");
    for term in found.iter_mut().filter(|term| !term.conditions.is_empty()) {
        let span: Range<usize> = term.spot.start..term.spot.end;
        let kind = Kind::UnknownKey { key: "conditions".to_owned(), within: "a term to remove".to_owned() };
        let hint = "a term is removed by its text, whatever its conditions".to_owned();
        reader.report(&span, kind, Some(hint));
        term.conditions.clear();
    }
    found
}
