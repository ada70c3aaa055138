//! `[lexicon]` and `[match]`: there is one of each.

use super::super::draft::{DescriptionDraft, RulesDraft};
use super::super::error::LexiconErrorKind as Kind;
use super::super::model::{Case, Clitics, Overlap, Scope};
use super::fields::{Fields, Node, Reader, id_hint, is_name};
use super::{conditions, keys, terms};

const OVERLAPS: &[(&str, Overlap)] = &[("longest", Overlap::Longest), ("all", Overlap::All)];
const SCOPES: &[(&str, Scope)] = &[("category", Scope::Category), ("lexicon", Scope::Lexicon)];
const CLITICS: &[(&str, Clitics)] = &[("ar", Clitics::Arabic), ("he", Clitics::Hebrew)];

/// `[lexicon]`.
pub(super) fn lexicon(reader: &mut Reader<'_>, root: &Fields<'_>) -> DescriptionDraft {
    let Some(fields) = single(reader, root, "lexicon", "[lexicon]") else {
        return DescriptionDraft::default();
    };
    fields.only(reader, keys::LEXICON);
    let extends = fields.text(reader, "extends").filter(|(name, spot)| {
        if name.trim().is_empty() {
            reader.report(&(spot.start..spot.end), Kind::Empty("extends".to_owned()), None);
        }
        !name.trim().is_empty()
    });
    let list = |reader: &mut Reader<'_>, key| -> Vec<String> {
        fields.texts(reader, key).unwrap_or_default().into_iter().map(|(text, _)| text).collect()
    };
    DescriptionDraft {
        id: name(reader, &fields, "id"),
        name: fields.said(reader, "name"),
        version: fields.said(reader, "version"),
        language: language(reader, &fields),
        license: fields.said(reader, "license"),
        description: fields.said(reader, "description"),
        authors: list(reader, "authors"),
        source: fields.said(reader, "source"),
        extends,
        developed_on: list(reader, "developed_on"),
        validated: fields.said(reader, "validated"),
        short: name(reader, &fields, "short"),
    }
}

/// A name that will stand before column names.
fn name(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str) -> Option<String> {
    let (name, spot) = fields.text(reader, key)?;
    if is_name(&name) {
        return Some(name);
    }
    let hint = id_hint(&name, false);
    reader.report(&(spot.start..spot.end), Kind::BadId { id: name, of: "a lexicon".to_owned() }, Some(hint));
    None
}

/// A BCP 47 tag, by its shape alone.
fn language(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<String> {
    let (tag, spot) = fields.text(reader, "language")?;
    if tag.is_empty() {
        return None;
    }
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    let plain = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric());
    if matches!(primary.len(), 2 | 3)
        && primary.chars().all(|c| c.is_ascii_lowercase())
        && parts.all(|part| (1..=8).contains(&part.len()) && plain(part))
    {
        return Some(tag);
    }
    let hint = "write the language's code: en, ar, pt-BR".to_owned();
    let kind = Kind::BadValue { key: "language".to_owned(), value: tag };
    reader.report(&(spot.start..spot.end), kind, Some(hint));
    None
}

/// `[match]`.
pub(super) fn rules(reader: &mut Reader<'_>, root: &Fields<'_>) -> RulesDraft {
    let Some(fields) = single(reader, root, "match", "[match]") else {
        return RulesDraft::default();
    };
    fields.only(reader, keys::MATCH);
    let case = fields.choice(reader, "case", terms::CASES);
    let clitics = fields.choice(reader, "clitics", CLITICS);
    if let (Some(Case::Exact), Some(_), Some(field)) = (case, clitics, fields.get("clitics")) {
        let hint = "leave `case` out here, and write case = \"exact\" in the entries that need it".to_owned();
        reader.report(&field.span(), Kind::ExactClitics, Some(hint));
    }
    RulesDraft {
        case,
        overlap: fields.choice(reader, "overlap", OVERLAPS),
        scope: fields.choice(reader, "scope", SCOPES),
        voices: conditions::voices(reader, &fields, "voices"),
        zones: conditions::zones(reader, &fields, "zones"),
        negation: fields.choice(reader, "negation", terms::NEGATIONS),
        clitics,
    }
}

/// The table of a key that may stand only once.
fn single<'t>(reader: &mut Reader<'_>, root: &Fields<'t>, key: &str, what: &'static str) -> Option<Fields<'t>> {
    let field = root.get(key)?;
    match field.node {
        Node::Tables(found) => {
            let hint = format!("write [{key}], once");
            reader.report(&field.span(), Kind::DoubleBrackets(key.to_owned()), Some(hint));
            let table = found.get(0)?;
            Some(Fields::new(table, field.span(), what))
        }
        node => match node.table() {
            Some(table) => Some(Fields::new(table, field.span(), what)),
            None => {
                let hint = format!("write [{key}] on a line of its own, and its keys below it");
                field.wrong_type(reader, "a table", Some(hint));
                None
            }
        },
    }
}
