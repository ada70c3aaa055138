//! Typed access to TOML tables that reports what is wrong and where, and then goes on, so that
//! one reading finds all there is to find.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use toml_edit::{ArrayOfTables, Item, Table, TableLike, Value};

use super::super::draft::{NearTermDraft, TermDraft};
use super::super::error::{LexiconError, LexiconErrorKind as Kind};
use super::super::spans::{Sources, Spot};
use super::super::suggest;
use super::keys;

/// What reading one file collects beside the draft.
pub(super) struct Reader<'s> {
    pub(super) sources: &'s Sources,
    pub(super) file: u32,
    pub(super) errors: Vec<LexiconError>,
    /// The lists of conditions by how they are written. Without lists of their own to refer to, lexicons
    /// repeat them under entry after entry, and reading them again would be most of the work.
    pub(super) lists: FxHashMap<&'s str, Arc<[TermDraft]>>,
    pub(super) near_lists: FxHashMap<&'s str, Arc<[NearTermDraft]>>,
    /// Where lists begin that were emptied, because they stand before ([`super::repeats`])…
    pub(super) emptied: FxHashSet<usize>,
    /// …and whether one of them was not read before all the same.
    pub(super) missed: bool,
}

impl<'s> Reader<'s> {
    pub(super) fn new(sources: &'s Sources, file: u32) -> Reader<'s> {
        let (lists, near_lists, emptied) = Default::default();
        Reader { sources, file, errors: Vec::new(), lists, near_lists, emptied, missed: false }
    }

    /// How a value is written; of what is no value, but tables under headers of their own, there is no one place.
    pub(super) fn written(&self, field: &Field<'_>) -> Option<&'s str> {
        let Node::Value(value) = field.node else { return None };
        self.sources.0.get(self.file as usize)?.text.get(value.span()?)
    }

    pub(super) fn spot(&self, span: &Range<usize>) -> Spot {
        Spot { file: self.file, start: span.start, end: span.end }
    }

    pub(super) fn report(&mut self, span: &Range<usize>, kind: Kind, hint: Option<String>) {
        self.errors.push(self.sources.error(self.spot(span), kind, hint));
    }

    /// The number of the line in which a byte stands, for messages about another place.
    pub(super) fn line(&self, offset: usize) -> u32 {
        let spot = Spot { file: self.file, start: offset, end: offset };
        self.sources.place(spot).line
    }
}

/// Any value, wherever TOML lets it stand: `a = [{..}]` and `[[a]]` are the same.
#[derive(Clone, Copy)]
pub(super) enum Node<'t> {
    Value(&'t Value),
    Table(&'t Table),
    Tables(&'t ArrayOfTables),
}

impl<'t> Node<'t> {
    pub(super) fn of(item: &'t Item) -> Option<Node<'t>> {
        match item {
            Item::None => None,
            Item::Value(value) => Some(Node::Value(value)),
            Item::Table(table) => Some(Node::Table(table)),
            Item::ArrayOfTables(tables) => Some(Node::Tables(tables)),
        }
    }

    /// What stands there, in words.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Node::Value(Value::String(_)) => "text",
            Node::Value(Value::Integer(_) | Value::Float(_)) => "a number",
            Node::Value(Value::Boolean(_)) => "true or false",
            Node::Value(Value::Datetime(_)) => "a date",
            Node::Value(Value::Array(_)) => "a list",
            Node::Value(Value::InlineTable(_)) | Node::Table(_) => "a table",
            Node::Tables(_) => "a list of tables",
        }
    }

    /// Its place; `or` (that of its key) where TOML has none, as for tables made by dotted keys.
    pub(super) fn span(self, or: &Range<usize>) -> Range<usize> {
        match self {
            Node::Value(value) => value.span(),
            Node::Table(table) => table.span(),
            Node::Tables(tables) => tables.span(),
        }
        .unwrap_or_else(|| or.clone())
    }

    pub(super) fn text(self) -> Option<&'t str> {
        match self {
            Node::Value(Value::String(text)) => Some(text.value()),
            _ => None,
        }
    }

    pub(super) fn table(self) -> Option<&'t dyn TableLike> {
        match self {
            Node::Value(Value::InlineTable(table)) => Some(table),
            Node::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The items of a list.
    pub(super) fn list(self) -> Option<Vec<Node<'t>>> {
        match self {
            Node::Value(Value::Array(array)) => Some(array.iter().map(Node::Value).collect()),
            Node::Tables(tables) => Some(tables.iter().map(Node::Table).collect()),
            _ => None,
        }
    }
}

/// One key of a table.
#[derive(Clone)]
pub(super) struct Field<'t> {
    pub(super) key: &'t str,
    pub(super) key_span: Range<usize>,
    pub(super) node: Node<'t>,
}

impl Field<'_> {
    pub(super) fn span(&self) -> Range<usize> {
        self.node.span(&self.key_span)
    }

    pub(super) fn wrong_type(&self, reader: &mut Reader<'_>, expected: &str, hint: Option<String>) {
        let found = self.node.kind().to_owned();
        let kind = Kind::WrongType { key: self.key.to_owned(), expected: expected.to_owned(), found };
        reader.report(&self.span(), kind, hint);
    }
}

/// A table, and what it is called in messages.
pub(super) struct Fields<'t> {
    table: &'t dyn TableLike,
    /// Its header, its braces, or the key it stands at.
    pub(super) span: Range<usize>,
    /// "an entry", "a category", ...
    pub(super) what: &'static str,
}

impl<'t> Fields<'t> {
    pub(super) fn new(table: &'t dyn TableLike, span: Range<usize>, what: &'static str) -> Fields<'t> {
        Fields { table, span, what }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Field<'t>> {
        let (table, or) = (self.table, self.span.clone());
        table.iter().filter_map(move |(key, item)| {
            let key_span = table.key(key).and_then(|k| k.span()).unwrap_or_else(|| or.clone());
            Some(Field { key, key_span, node: Node::of(item)? })
        })
    }

    pub(super) fn get(&self, key: &str) -> Option<Field<'t>> {
        let (key, item) = self.table.get_key_value(key)?;
        let key_span = key.span().unwrap_or_else(|| self.span.clone());
        Some(Field { key: key.get(), key_span, node: Node::of(item)? })
    }

    /// Whether it was made by a dotted key (`a.b = 1` makes a table `a`).
    pub(super) fn is_dotted(&self) -> bool {
        self.table.is_dotted()
    }

    /// Reports every key that is not known here, with what was probably meant.
    pub(super) fn only(&self, reader: &mut Reader<'_>, known: &[&str]) {
        self.only_or(reader, known, |_, _| false);
    }

    /// The same; `explained` may report an unknown key in its own words and say so.
    pub(super) fn only_or(
        &self,
        reader: &mut Reader<'_>,
        known: &[&str],
        explained: impl Fn(&mut Reader<'_>, &Field<'t>) -> bool,
    ) {
        for field in self.iter() {
            if known.contains(&field.key) || explained(reader, &field) {
                continue;
            }
            let kind = Kind::UnknownKey { key: field.key.to_owned(), within: self.what.to_owned() };
            reader.report(&field.key_span, kind, Some(keys::hint(field.key, known)));
        }
    }

    pub(super) fn missing(&self, reader: &mut Reader<'_>, key: &str, hint: Option<String>) {
        let kind = Kind::MissingKey { key: key.to_owned(), within: self.what.to_owned() };
        reader.report(&self.span, kind, hint);
    }

    /// Text, if the key is there.
    pub(super) fn text(&self, reader: &mut Reader<'_>, key: &str) -> Option<(String, Spot)> {
        let field = self.get(key)?;
        match field.node.text() {
            Some(text) => Some((text.to_owned(), reader.spot(&field.span()))),
            None => {
                let hint = match field.node {
                    Node::Value(Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_)) => {
                        Some(format!("put quotation marks around it: {key} = \"...\""))
                    }
                    _ => None,
                };
                field.wrong_type(reader, "text", hint);
                None
            }
        }
    }

    /// Text, trimmed; `None` where it is empty or not there.
    pub(super) fn said(&self, reader: &mut Reader<'_>, key: &str) -> Option<String> {
        self.text(reader, key).map(|(text, _)| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// A list of texts; one text stands for a list of one.
    pub(super) fn texts(&self, reader: &mut Reader<'_>, key: &str) -> Option<Vec<(String, Spot)>> {
        let field = self.get(key)?;
        if let Some(text) = field.node.text() {
            return Some(vec![(text.to_owned(), reader.spot(&field.span()))]);
        }
        let Some(items) = field.node.list() else {
            field.wrong_type(reader, "text or a list of texts", None);
            return None;
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            let item = Field { node: item, ..field.clone() };
            match item.node.text() {
                Some(text) => texts.push((text.to_owned(), reader.spot(&item.span()))),
                None => item.wrong_type(reader, "a list of texts", None),
            }
        }
        Some(texts)
    }

    /// One value of a closed list.
    pub(super) fn choice<T: Copy>(&self, reader: &mut Reader<'_>, key: &str, known: &[(&str, T)]) -> Option<T> {
        let (text, spot) = self.text(reader, key)?;
        choose(reader, key, &text, spot, known)
    }

    /// A finite number.
    pub(super) fn number(&self, reader: &mut Reader<'_>, key: &str) -> Option<f64> {
        let field = self.get(key)?;
        number(reader, &field)
    }
}

/// One value of a closed list, or an error that lists them.
pub(super) fn choose<T: Copy>(
    reader: &mut Reader<'_>,
    key: &str,
    text: &str,
    spot: Spot,
    known: &[(&str, T)],
) -> Option<T> {
    if let Some((_, value)) = known.iter().find(|(name, _)| *name == text) {
        return Some(*value);
    }
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let mut hint = format!("allowed: {}", names.join(", "));
    if let Some(name) = suggest::nearest(text, names) {
        hint = format!("did you mean `{name}`? {hint}");
    }
    let kind = Kind::BadValue { key: key.to_owned(), value: text.to_owned() };
    reader.report(&(spot.start..spot.end), kind, Some(hint));
    None
}

/// A finite number; `true` and `false` are none.
pub(super) fn number(reader: &mut Reader<'_>, field: &Field<'_>) -> Option<f64> {
    let value = match field.node {
        Node::Value(Value::Integer(number)) => *number.value() as f64,
        Node::Value(Value::Float(number)) => *number.value(),
        _ => {
            let hint = field.node.text().filter(|text| text.trim().parse::<f64>().is_ok());
            let hint = hint.map(|text| format!("without quotation marks: {} = {}", field.key, text.trim()));
            field.wrong_type(reader, "a number", hint);
            return None;
        }
    };
    if value.is_finite() {
        return Some(value);
    }
    reader.report(&field.span(), Kind::NotFinite(field.key.to_owned()), None);
    None
}

/// Whether this can be a name of ours: small letters, digits and `_`, a letter first.
pub(super) fn is_name(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// What a bad id could be instead, if enough of it is left.
pub(in super::super) fn as_name(id: &str) -> Option<String> {
    let mut name = String::new();
    for c in id.trim().chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => name.push(c),
            _ if name.ends_with('_') => {}
            _ => name.push('_'),
        }
    }
    let name = name.trim_matches('_');
    is_name(name).then(|| name.to_owned())
}

/// The hint to a bad id; `dots` where a hierarchy is allowed.
pub(super) fn id_hint(id: &str, dots: bool) -> String {
    let rule = if dots {
        "small letters a to z, digits and _, a letter first; dots make a hierarchy"
    } else {
        "small letters a to z, digits and _, a letter first"
    };
    let better: Option<Vec<String>> = if dots {
        id.split('.').filter(|part| !part.trim().is_empty()).map(as_name).collect()
    } else {
        as_name(id).map(|name| vec![name])
    };
    match better.map(|parts| parts.join(".")).filter(|better| !better.is_empty() && better != id) {
        Some(better) => format!("{rule}: for instance `{better}`"),
        None => rule.to_owned(),
    }
}
