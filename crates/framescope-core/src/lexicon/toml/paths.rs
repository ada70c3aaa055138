//! `[[category]]`, `[[referent]]` and `[[referent.variant]]`: what becomes a path, with its entries.

use rustc_hash::FxHashMap;

use super::super::draft::{Draft, PathDraft};
use super::super::error::LexiconErrorKind as Kind;
use super::super::model::PathKind;
use super::super::spans::Spot;
use super::fields::{Field, Fields, Reader, id_hint, is_name};
use super::{keys, tables, terms};

const STATUSES: &[(&str, &str)] = &[("validated", "validated"), ("experimental", "experimental")];

/// The paths that this file declares, by name: where.
#[derive(Default)]
pub(super) struct Declared(FxHashMap<String, Spot>);

/// Reads all categories and referents in the order in which they stand in the file.
pub(super) fn read(reader: &mut Reader<'_>, root: &Fields<'_>, draft: &mut Draft) {
    let mut found: Vec<(Fields<'_>, PathKind)> = Vec::new();
    for (key, kind) in [("category", PathKind::Category), ("referent", PathKind::Referent)] {
        let what = if kind == PathKind::Category { "a category" } else { "a referent" };
        let inner = if kind == PathKind::Category { "entry" } else { "variant" };
        found.extend(tables(reader, root, key, what, Some(inner)).into_iter().map(|fields| (fields, kind)));
    }
    found.sort_by_key(|(fields, _)| fields.span.start);
    let mut declared = Declared::default();
    for (fields, kind) in &found {
        if *kind == PathKind::Category {
            category(reader, fields, draft, &mut declared);
        } else {
            referent(reader, fields, draft, &mut declared);
        }
    }
    draft.entries.sort_by_key(|entry| entry.term.spot.start);
}

fn category(reader: &mut Reader<'_>, fields: &Fields<'_>, draft: &mut Draft, declared: &mut Declared) {
    fields.only(reader, keys::CATEGORY);
    let path = path(reader, fields, None, PathKind::Category, "entry", draft, declared);
    own_entries(reader, fields, "category", path, draft);
}

fn referent(reader: &mut Reader<'_>, fields: &Fields<'_>, draft: &mut Draft, declared: &mut Declared) {
    fields.only_or(reader, keys::REFERENT, |reader, field| {
        if !matches!(field.key, "terms" | "entry" | "variants") {
            return false;
        }
        let kind = Kind::UnknownKey { key: field.key.to_owned(), within: "a referent".to_owned() };
        let hint = "a referent has a bare name, name = [...], and variants, each in a [[referent.variant]]";
        reader.report(&field.key_span, kind, Some(hint.to_owned()));
        true
    });
    let own = path(reader, fields, None, PathKind::Referent, "variant", draft, declared);
    let id = own.map(|path| draft.paths[path].id.clone());
    if let Some(name) = fields.get("name") {
        bare_name(reader, &name, id.as_deref(), draft);
    }
    for variant in inner_tables(reader, fields, "variant", "a variant") {
        variant.only_or(reader, keys::VARIANT, |reader, field| {
            misplaced(reader, field, keys::REFERENT, "referent", "referent.variant", fields, "variant")
        });
        let path = path(reader, &variant, Some(id.as_deref()), PathKind::Variant, "entry", draft, declared);
        own_entries(reader, &variant, "referent.variant", path, draft);
    }
}

/// `name`: the path `referent.name`, if there is a name.
fn bare_name(reader: &mut Reader<'_>, name: &Field<'_>, referent: Option<&str>, draft: &mut Draft) {
    let number = draft.paths.len();
    let entries = terms::entries(reader, name, number, true);
    let Some(referent) = referent.filter(|_| !entries.is_empty()) else {
        return;
    };
    draft.paths.push(PathDraft {
        about: None,
        ..bare_path(format!("{referent}.name"), PathKind::Name, reader.spot(&name.key_span))
    });
    draft.entries.extend(entries);
}

fn bare_path(id: String, kind: PathKind, spot: Spot) -> PathDraft {
    PathDraft {
        id,
        kind,
        label: None,
        definition: None,
        include: None,
        exclude: None,
        source: None,
        status: None,
        connotation: None,
        according_to: None,
        about: None,
        spot,
    }
}

/// Adds the path that a table declares, and gives its number. `referent` is set for variants: the
/// id of their referent, if it has one. `inner` is the key under which its sub-tables stand.
fn path(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    referent: Option<Option<&str>>,
    kind: PathKind,
    inner: &'static str,
    draft: &mut Draft,
    declared: &mut Declared,
) -> Option<usize> {
    let own = id(reader, fields, kind, inner);
    let (label, definition) = (fields.said(reader, "label"), fields.said(reader, "definition"));
    let (include, exclude) = (fields.said(reader, "include"), fields.said(reader, "exclude"));
    let (source, status) = (fields.said(reader, "source"), fields.choice(reader, "status", STATUSES));
    let about = fields.text(reader, "about");
    let (connotation, according_to) = match kind {
        PathKind::Variant => (fields.said(reader, "connotation"), fields.said(reader, "according_to")),
        _ => (None, None),
    };
    let (id, spot) = match (own, referent) {
        (None, _) | (_, Some(None)) => {
            draft.incomplete = true;
            return None;
        }
        (Some(own), None) => own,
        (Some((own, spot)), Some(Some(referent))) => (format!("{referent}.{own}"), spot),
    };
    if let Some(first) = declared.0.get(&id) {
        let first = reader.sources.shown(*first);
        let hint = "put all its terms into one list, or give this one another id".to_owned();
        let what = kind_name(kind).to_owned();
        reader.report(&(spot.start..spot.end), Kind::Duplicate { what, id, first }, Some(hint));
        return None;
    }
    declared.0.insert(id.clone(), spot);
    draft.paths.push(PathDraft {
        label,
        definition,
        include,
        exclude,
        source,
        status: status.map(str::to_owned),
        connotation,
        according_to,
        about,
        ..bare_path(id, kind, spot)
    });
    Some(draft.paths.len() - 1)
}

/// The id of a table, checked.
fn id(reader: &mut Reader<'_>, fields: &Fields<'_>, kind: PathKind, inner: &str) -> Option<(String, Spot)> {
    if fields.get("id").is_none() {
        // Behind an inner table it is reported as misplaced there.
        let astray = inner == "entry" && inner_holds_id(fields, inner);
        if !astray {
            fields.missing(reader, "id", Some("write id = \"a_short_name\"".to_owned()));
        }
        return None;
    }
    let (id, spot) = fields.text(reader, "id")?;
    let span = spot.start..spot.end;
    let of = match kind {
        PathKind::Variant => "a variant",
        PathKind::Referent => "a referent",
        _ => "a category",
    };
    if kind == PathKind::Variant && id == "name" {
        let hint = "`name` is the path of the bare name: choose another id, or use name = [...] of the referent";
        reader.report(&span, Kind::BadId { id, of: of.to_owned() }, Some(hint.to_owned()));
        return None;
    }
    let dots = kind != PathKind::Variant;
    let good = if dots { id.split('.').all(is_name) } else { is_name(&id) };
    if !good {
        let hint = id_hint(&id, dots);
        reader.report(&span, Kind::BadId { id, of: of.to_owned() }, Some(hint));
        return None;
    }
    Some((id, spot))
}

fn inner_holds_id(fields: &Fields<'_>, inner: &str) -> bool {
    fields
        .get(inner)
        .and_then(|field| field.node.list())
        .is_some_and(|nodes| nodes.iter().any(|node| node.table().is_some_and(|table| table.contains_key("id"))))
}

/// `terms` and `[[...entry]]` of a category or a variant.
fn own_entries(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    table: &'static str,
    path: Option<usize>,
    draft: &mut Draft,
) {
    // Without a path its entries are read all the same, for their errors.
    let number = path.unwrap_or(usize::MAX);
    let mut entries = Vec::new();
    if let Some(list) = fields.get("terms") {
        entries = terms::entries(reader, &list, number, false);
    }
    let (known, owner) = if table == "category" { (keys::CATEGORY, "category") } else { (keys::VARIANT, "variant") };
    let after = format!("{table}.entry");
    for entry in inner_tables(reader, fields, "entry", "an entry") {
        entry.only_or(reader, keys::ENTRY, |reader, field| {
            misplaced(reader, field, known, owner, &after, fields, "entry")
        });
        entries.extend(terms::entry_table(reader, &entry, number));
    }
    if path.is_some() {
        draft.entries.extend(entries);
    }
}

/// Reports a key of the outer table that stands behind an inner one.
fn misplaced(
    reader: &mut Reader<'_>,
    field: &Field<'_>,
    outer_keys: &[&str],
    owner: &str,
    after: &str,
    outer: &Fields<'_>,
    inner: &str,
) -> bool {
    if !outer_keys.contains(&field.key) {
        return false;
    }
    let first = outer.get(inner).map_or(outer.span.start, |inner| inner.span().start);
    let hint = format!("move it up, before the first [[{after}]] of this {owner} in line {}", reader.line(first));
    let kind = Kind::MisplacedKey { key: field.key.to_owned(), owner: owner.to_owned(), after: after.to_owned() };
    reader.report(&field.key_span, kind, Some(hint));
    true
}

/// The tables of `[[outer.inner]]`.
fn inner_tables<'t>(reader: &mut Reader<'_>, fields: &Fields<'t>, key: &str, what: &'static str) -> Vec<Fields<'t>> {
    tables(reader, fields, key, what, None)
}

/// What a path is called in messages.
pub(in super::super) fn kind_name(kind: PathKind) -> &'static str {
    match kind {
        PathKind::Category => "category",
        PathKind::Referent => "referent",
        PathKind::Variant => "variant",
        PathKind::Name => "bare name",
    }
}
