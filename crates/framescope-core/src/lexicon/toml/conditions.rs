//! The conditions of a term, read in the order in which they are judged.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::super::draft::{ConditionDraft, NearDraft, NearTermDraft, TermDraft};
use super::super::error::LexiconErrorKind as Kind;
use super::super::model::{NearMode, Side, Within};
use super::fields::{Field, Fields, Node, Reader, choose};
use super::{keys, terms};
use crate::text::{Voice, VoiceSet, Zone, ZoneSet};

const SIDES: &[(&str, Side)] = &[("both", Side::Both), ("left", Side::Left), ("right", Side::Right)];

/// All conditions that a term's table says: near, not_near, before, after, not_before, not_after,
/// voice, zone.
pub(super) fn read(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<ConditionDraft> {
    let mut conditions = Vec::new();
    if let Some(field) = fields.get("near") {
        conditions.extend(near(reader, &field).map(ConditionDraft::Near));
    }
    if let Some(field) = fields.get("not_near") {
        conditions.extend(near(reader, &field).map(ConditionDraft::NotNear));
    }
    for key in ["before", "after", "not_before", "not_after"] {
        let Some(field) = fields.get(key) else {
            continue;
        };
        let terms = list(reader, &field);
        if terms.is_empty() {
            continue;
        }
        let spot = reader.spot(&field.key_span);
        conditions.push(match key {
            "before" => ConditionDraft::Before(terms, spot),
            "after" => ConditionDraft::After(terms, spot),
            "not_before" => ConditionDraft::NotBefore(terms, spot),
            _ => ConditionDraft::NotAfter(terms, spot),
        });
    }
    if let Some(field) = fields.get("voice") {
        let spot = reader.spot(&field.key_span);
        conditions.extend(voices(reader, fields, "voice").map(|set| ConditionDraft::Voice(set, spot)));
    }
    if let Some(field) = fields.get("zone") {
        let spot = reader.spot(&field.key_span);
        conditions.extend(zones(reader, fields, "zone").map(|set| ConditionDraft::Zone(set, spot)));
    }
    conditions
}

/// The terms of a list beside an entry.
fn list(reader: &mut Reader<'_>, field: &Field<'_>) -> Arc<[TermDraft]> {
    read_once(reader, field, |reader| &mut reader.lists, |reader| terms::terms(reader, field, "a term of a condition"))
}

/// The terms and paths of a list that stands near.
fn near_list(reader: &mut Reader<'_>, list: &Field<'_>) -> Arc<[NearTermDraft]> {
    let read = |reader: &mut Reader<'_>| {
        let mut found = Vec::new();
        for node in terms::items(reader, list, false) {
            let item = Field { node, ..list.clone() };
            match node.text().and_then(|text| text.trim().strip_prefix('@')) {
                Some(path) => {
                    let spot = reader.spot(&item.span());
                    found.push(NearTermDraft::Path(path.to_owned(), spot));
                }
                None => found.extend(terms::term(reader, &item, "a term of a condition").map(NearTermDraft::Term)),
            }
        }
        found
    };
    read_once(reader, list, |reader| &mut reader.near_lists, read)
}

/// Which lists of the reader.
type Lists<'s, T> = for<'r> fn(&'r mut Reader<'s>) -> &'r mut FxHashMap<&'s str, Arc<[T]>>;

/// Of a list that was written before, all the same, what was read then: the places of its terms are the first ones,
/// and what is wrong with it was said.
fn read_once<'s, T>(
    reader: &mut Reader<'s>,
    field: &Field<'_>,
    lists: Lists<'s, T>,
    read: impl FnOnce(&mut Reader<'s>) -> Vec<T>,
) -> Arc<[T]> {
    let written = reader.written(field);
    if let Some(known) = written.and_then(|written| lists(reader).get(written)) {
        return Arc::clone(known);
    }
    reader.missed |= reader.emptied.contains(&field.span().start);
    let found: Arc<[T]> = read(reader).into();
    if let Some(written) = written {
        lists(reader).insert(written, Arc::clone(&found));
    }
    found
}

/// A set of voices: one name or a list; `outside` is narrator and attributed.
pub(super) fn voices(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str) -> Option<VoiceSet> {
    let mut known: Vec<(&str, VoiceSet)> =
        Voice::ALL.iter().map(|voice| (voice.name(), VoiceSet::NONE.with(*voice))).collect();
    known.push(("outside", VoiceSet::OUTSIDE));
    let sets = set_of(reader, fields, key, &known)?;
    Some(sets.into_iter().flat_map(VoiceSet::iter).collect())
}

/// A set of zones: one name or a list.
pub(super) fn zones(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str) -> Option<ZoneSet> {
    let known: Vec<(&str, Zone)> = Zone::ALL.iter().map(|zone| (zone.name(), *zone)).collect();
    Some(set_of(reader, fields, key, &known)?.into_iter().collect())
}

/// The values of a list of names; `None` where none of them is known, or none is there.
fn set_of<T: Copy>(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str, known: &[(&str, T)]) -> Option<Vec<T>> {
    let names = fields.texts(reader, key)?;
    if names.is_empty() {
        let field = fields.get(key)?;
        let hint = "nothing would be left: name at least one, or leave the key out".to_owned();
        // A list that held only values of another type was reported already.
        if field.node.list().is_some_and(|items| items.is_empty()) {
            reader.report(&field.span(), Kind::Empty(key.to_owned()), Some(hint));
        }
        return None;
    }
    let values: Vec<T> = names.into_iter().filter_map(|(name, spot)| choose(reader, key, &name, spot, known)).collect();
    (!values.is_empty()).then_some(values)
}

/// `near = { any | all, within, side }`. Unsaid: within the sentence, on both sides.
fn near(reader: &mut Reader<'_>, field: &Field<'_>) -> Option<NearDraft> {
    let Some(table) = field.node.table() else {
        let hint = format!("write {} = {{ any = [\"...\"], within = \"sentence\" }}", field.key);
        field.wrong_type(reader, "a table", Some(hint));
        return None;
    };
    let what = if field.key == "near" { "near" } else { "not_near" };
    let fields = Fields::new(table, field.span(), what);
    fields.only(reader, keys::NEAR);
    let within = within(reader, &fields);
    let side = match fields.get("side") {
        Some(_) => fields.choice(reader, "side", SIDES),
        None => Some(Side::Both),
    };
    let (mode, list) = match (fields.get("any"), fields.get("all")) {
        (Some(list), None) => (NearMode::Any, list),
        (None, Some(list)) => (NearMode::All, list),
        (any, _) => {
            let what = match any {
                Some(_) => "has both `any` and `all`",
                None => "says neither `any` nor `all`",
            };
            let hint = "any = [...]: one of the terms is enough; all = [...]: every one must be there";
            let key = field.key.to_owned();
            reader.report(&field.key_span, Kind::NearMode { key, what }, Some(hint.to_owned()));
            return None;
        }
    };
    let found = near_list(reader, &list);
    if found.is_empty() {
        return None;
    }
    Some(NearDraft { mode, terms: found, within: within?, side: side?, spot: reader.spot(&field.key_span) })
}

/// `within`, "sentence" unless said; `None` where it is wrong.
pub(super) fn within(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Within> {
    let Some(field) = fields.get("within") else {
        return Some(Within::Sentence);
    };
    let expected = "a number of words from 1, \"sentence\" or \"paragraph\"";
    match field.node {
        Node::Value(toml_edit::Value::Integer(number)) => {
            if let Some(tokens) = u32::try_from(*number.value()).ok().filter(|tokens| *tokens > 0) {
                return Some(Within::Tokens(tokens));
            }
            let kind = Kind::BadValue { key: "within".to_owned(), value: number.value().to_string() };
            let hint = format!("it must be {expected}; the word next to a hit is at distance 1");
            reader.report(&field.span(), kind, Some(hint));
            None
        }
        Node::Value(toml_edit::Value::String(text)) => {
            let known = [("sentence", Within::Sentence), ("paragraph", Within::Paragraph)];
            if let Ok(tokens) = text.value().trim().parse::<u32>() {
                let hint = format!("without quotation marks: within = {tokens}");
                field.wrong_type(reader, expected, Some(hint));
                return None;
            }
            let spot = reader.spot(&field.span());
            choose(reader, "within", text.value(), spot, &known)
        }
        _ => {
            field.wrong_type(reader, expected, None);
            None
        }
    }
}
