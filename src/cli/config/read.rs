//! From the text of `framescope.toml` to settings, each with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::ops::Range;

use framescope_core::lexicon::{LexiconError, broken_toml, nearest};
use toml_edit::{Document, Item, TableLike, Value};

use super::error::ConfigError;
use super::keys::{CORPUS, Holds, Key, STUDY, TABLES, TOP, place_of};
use super::options::{Commands, Kind, Known, is_named};

/// A setting: an option and what stands behind it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setting {
    /// The option's long name, or `INPUT`.
    pub(super) option: String,
    /// How the file calls it: `corpus.inputs`.
    pub(super) key: String,
    /// The command it is for, if it is for one.
    pub(super) command: Option<String>,
    /// What it says; empty where it is a switch.
    pub(super) values: Vec<Said>,
    /// What a switch says.
    pub(super) switch: Option<bool>,
    /// Where it stands.
    pub(super) span: Range<usize>,
}

/// A value, as it would be typed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) span: Range<usize>,
    /// The parts of a value that was put together.
    parts: Vec<(String, Range<usize>)>,
}

impl Said {
    /// Where a part of it stands.
    pub(super) fn span_of(&self, part: &str) -> Range<usize> {
        self.parts.iter().find(|(text, _)| text == part).map_or_else(|| self.span.clone(), |(_, span)| span.clone())
    }
}

impl Setting {
    /// What it says, part by part, each with its place.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&str, &Range<usize>)> {
        self.values.iter().flat_map(|said| said.parts.iter().map(|(text, span)| (text.as_str(), span)))
    }

    /// Whether it is for the command with these names.
    pub(super) fn is_for(&self, path: &[String]) -> bool {
        self.command.as_deref().is_none_or(|name| is_named(&path.join(" "), name))
    }

    /// The options that, typed, win over it.
    pub(super) fn overridden_by(&self) -> Vec<&str> {
        match self.option.as_str() {
            "clean" | "no-clean" => vec!["clean", "no-clean"],
            option => vec![option],
        }
    }

    /// What would be typed, word by word, with the place of each. `below` says where a path is.
    pub(super) fn words(
        &self,
        known: &Known,
        below: impl Fn(&str) -> String,
    ) -> Result<Vec<(OsString, Range<usize>)>, ConfigError> {
        let (option, kind) = (&self.option, known.kind);
        let wrong = |expected, found| Err(ConfigError::wrong_type(&self.key, expected, found, "", self.span.clone()));
        match (self.switch, kind) {
            (Some(true), Kind::Flag | Kind::Optional) => Ok(vec![(format!("--{option}").into(), self.span.clone())]),
            (Some(false), Kind::Flag | Kind::Optional) => Ok(Vec::new()),
            (Some(_), _) => wrong("text or a number", "true or false"),
            (None, Kind::Flag) => wrong("true or false", "a value"),
            (None, _) if self.values.len() > 1 && !known.repeats => wrong("one value", "a list of several"),
            (None, _) => {
                let word = |said: &Said| match kind {
                    Kind::Inputs => below(&said.text),
                    Kind::Path => format!("--{option}={}", below(&said.text)),
                    Kind::NameOrPath if crate::cli::shipped::is_path(&said.text) => {
                        format!("--{option}={}", below(&said.text))
                    }
                    _ => format!("--{option}={}", said.text),
                };
                Ok(self.values.iter().map(|said| (word(said).into(), said.span.clone())).collect())
            }
        }
    }
}

/// Why a file gives no settings.
pub(super) enum Wrong {
    /// It is no TOML.
    NoToml(Vec<LexiconError>),
    /// It says what it cannot say.
    Settings(Vec<ConfigError>),
}

/// Reads the settings. `shown` is the file's name.
pub(super) fn read(text: &str, shown: &str, commands: &Commands) -> Result<Vec<Setting>, Wrong> {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(_) => return Err(Wrong::NoToml(broken_toml(text, shown))),
    };
    let mut reader = Reader { commands, settings: Vec::new(), errors: Vec::new() };
    reader.top(document.as_table());
    if reader.errors.is_empty() {
        return Ok(reader.settings);
    }
    reader.errors.sort_by_key(ConfigError::start);
    Err(Wrong::Settings(reader.errors))
}

struct Reader<'c> {
    commands: &'c Commands,
    settings: Vec<Setting>,
    errors: Vec<ConfigError>,
}

/// A key of a table with its value and the places of both.
struct Field<'t> {
    name: &'t str,
    item: &'t Item,
    key_span: Range<usize>,
    span: Range<usize>,
}

fn fields<'t>(table: &'t dyn TableLike) -> impl Iterator<Item = Field<'t>> {
    table.iter().map(|(name, item)| {
        let span = item.span().unwrap_or_default();
        let key_span = table.key(name).and_then(toml_edit::Key::span).unwrap_or_else(|| span.clone());
        Field { name, item, key_span, span }
    })
}

impl Reader<'_> {
    fn top(&mut self, root: &dyn TableLike) {
        for field in fields(root) {
            match field.name {
                "corpus" => self.table(&field, CORPUS),
                "study" => self.table(&field, STUDY),
                "options" => self.options(&field),
                _ => match TOP.iter().find(|key| key.name == field.name) {
                    Some(key) => self.keyed(key, "", &field),
                    None => self.unknown_at_top(&field),
                },
            }
        }
    }

    fn unknown_at_top(&mut self, field: &Field<'_>) {
        let name = field.name;
        let known = || TABLES.into_iter().chain(TOP.iter().map(|key| key.name));
        let owner = [("corpus", CORPUS), ("study", STUDY)]
            .into_iter()
            .find(|(_, keys)| keys.iter().any(|key| key.name == name || key.option == name));
        let hint = match (nearest(name, known()), owner) {
            (_, Some((table, _))) => format!("write it under [{table}]"),
            (_, None) if self.commands.all().contains_key(normal(name).as_str()) => {
                "write it under [options]".to_owned()
            }
            (Some(meant), _) if TABLES.contains(&meant) => format!("did you mean [{meant}]?"),
            (Some(meant), _) => format!("did you mean `{meant}`?"),
            (None, _) => "known here: lexicons, [corpus], [study], [options]".to_owned(),
        };
        self.errors.push(ConfigError::unknown_key(name, "at the top", hint, field.key_span.clone()));
    }

    /// A table whose keys are known.
    fn table(&mut self, field: &Field<'_>, keys: &[Key]) {
        let Some(table) = field.item.as_table_like() else {
            let hint = format!("write [{}] on a line of its own, and its keys below it", field.name);
            self.wrong_type(field.name, "a table", field, hint);
            return;
        };
        let within = format!("under [{}]", field.name);
        for inner in fields(table) {
            match keys.iter().find(|key| key.name == inner.name || key.option == inner.name) {
                Some(key) => self.keyed(key, field.name, &inner),
                None => {
                    let hint = unknown_hint(inner.name, keys.iter().map(|key| key.name), field.name);
                    self.errors.push(ConfigError::unknown_key(inner.name, &within, hint, inner.key_span.clone()));
                }
            }
        }
    }

    /// A key that is known.
    fn keyed(&mut self, key: &Key, table: &str, field: &Field<'_>) {
        let called = if table.is_empty() { key.name.to_owned() } else { format!("{table}.{}", key.name) };
        let mut setting = Setting {
            option: key.option.to_owned(),
            key: called,
            command: None,
            values: Vec::new(),
            switch: None,
            span: field.span.clone(),
        };
        match (key.holds, field.item) {
            (Holds::Switch(undo), Item::Value(Value::Boolean(yes))) => {
                setting.switch = Some(true);
                if !yes.value() {
                    setting.option = undo.to_owned();
                }
            }
            (Holds::Switch(_), _) => return self.wrong_type(key.name, "true or false", field, ""),
            (Holds::Text, Item::Value(Value::String(text))) => {
                setting.values.push(said(text.value(), field.span.clone()));
            }
            (Holds::Text, _) => return self.wrong_type(key.name, "text in quotation marks", field, ""),
            (Holds::List, item) => match texts(item) {
                Some(values) => setting.values = values,
                None => return self.wrong_type(key.name, "text or a list of texts", field, ""),
            },
            (Holds::Lists, item) => {
                let Some(table) = item.as_table_like() else {
                    let hint = "write construct.NAME = [\"path\", \"path\"]";
                    return self.wrong_type(key.name, "a table of lists", field, hint);
                };
                for inner in fields(table) {
                    match texts(inner.item) {
                        Some(values) => setting.values.push(Said {
                            text: format!(
                                "{}={}",
                                inner.name,
                                values.iter().map(|value| value.text.as_str()).collect::<Vec<_>>().join(",")
                            ),
                            span: inner.span.clone(),
                            parts: values.into_iter().map(|value| (value.text, value.span)).collect(),
                        }),
                        None => self.wrong_type(inner.name, "text or a list of texts", &inner, ""),
                    }
                }
            }
        }
        self.settings.push(setting);
    }

    /// `[options]`: what commands take, for all of them or for one.
    fn options(&mut self, field: &Field<'_>) {
        let Some(table) = field.item.as_table_like() else {
            return self.wrong_type(field.name, "a table", field, "write [options] on a line of its own");
        };
        for inner in fields(table) {
            match inner.item.as_table_like() {
                Some(of_command) if self.commands.has_command(inner.name) => {
                    for option in fields(of_command) {
                        self.option(Some(inner.name), &option);
                    }
                }
                Some(_) => {
                    let commands: Vec<&str> = self.commands.commands.keys().map(String::as_str).collect();
                    let hint = unknown_hint(inner.name, commands.iter().copied(), "options.COMMAND");
                    let error = ConfigError::unknown_key(inner.name, "under [options]", hint, inner.key_span.clone());
                    self.errors.push(error);
                }
                None => self.option(None, &inner),
            }
        }
    }

    fn option(&mut self, command: Option<&str>, field: &Field<'_>) {
        let within = command.map_or_else(|| "under [options]".to_owned(), |name| format!("under [options.{name}]"));
        let name = normal(field.name);
        if command.is_none() && name == "output" {
            let hint = "each command writes another file: write it under [options.COMMAND]".to_owned();
            self.errors.push(ConfigError::misplaced(field.name, &within, hint, field.key_span.clone()));
            return;
        }
        let known: Vec<(&str, &BTreeMap<String, Known>)> = self
            .commands
            .commands
            .iter()
            .filter(|(path, _)| command.is_none_or(|command| is_named(path, command)))
            .map(|(path, options)| (path.as_str(), options))
            .collect();
        if let (None, Some((table, key))) = (command, place_of(&name)) {
            let table = if table.is_empty() { "at the top of the file".to_owned() } else { format!("under [{table}]") };
            let hint = format!("write `{key}` {table}");
            self.errors.push(ConfigError::misplaced(field.name, &within, hint, field.key_span.clone()));
            return;
        }
        if !known.iter().any(|(_, options)| options.contains_key(&name)) {
            let names: BTreeSet<&str> = known
                .iter()
                .flat_map(|(_, options)| options.keys().map(String::as_str))
                .filter(|option| command.is_some() || place_of(option).is_none())
                .filter(|option| *option != super::options::INPUTS)
                .collect();
            let hint = unknown_hint(&name, names.iter().copied(), "options");
            self.errors.push(ConfigError::unknown_key(field.name, &within, hint, field.key_span.clone()));
            return;
        }
        let mut setting = Setting {
            option: name,
            key: match command {
                None => format!("options.{}", field.name),
                Some(command) => format!("options.{command}.{}", field.name),
            },
            command: command.map(str::to_owned),
            values: Vec::new(),
            switch: None,
            span: field.span.clone(),
        };
        match field.item {
            Item::Value(Value::Boolean(yes)) => setting.switch = Some(*yes.value()),
            item => match scalars(item) {
                Some(values) => setting.values = values,
                None => return self.wrong_type(field.name, "text, a number, true or false, or a list", field, ""),
            },
        }
        self.settings.push(setting);
    }

    fn wrong_type(&mut self, key: &str, expected: &'static str, field: &Field<'_>, hint: impl Into<String>) {
        self.errors.push(ConfigError::wrong_type(key, expected, kind_of(field.item), hint, field.span.clone()));
    }
}

/// An option's name as it is typed; in TOML many write `present_min`.
fn normal(name: &str) -> String {
    name.replace('_', "-")
}

fn unknown_hint<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone, table: &str) -> String {
    match nearest(name, known.clone()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("known under [{table}]: {}", known.collect::<Vec<_>>().join(", ")),
    }
}

fn said(text: &str, span: Range<usize>) -> Said {
    Said { text: text.to_owned(), parts: vec![(text.to_owned(), span.clone())], span }
}

/// A text, or a list of texts.
fn texts(item: &Item) -> Option<Vec<Said>> {
    let one = |value: &Value| Some(said(value.as_str()?, value.span().unwrap_or_default()));
    list(item, one)
}

/// A text or number, or a list of such.
fn scalars(item: &Item) -> Option<Vec<Said>> {
    let one = |value: &Value| {
        let text = match value {
            Value::String(text) => text.value().clone(),
            Value::Integer(number) => number.value().to_string(),
            Value::Float(number) => number.value().to_string(),
            _ => return None,
        };
        Some(said(&text, value.span().unwrap_or_default()))
    };
    list(item, one)
}

fn list(item: &Item, one: impl Fn(&Value) -> Option<Said>) -> Option<Vec<Said>> {
    match item {
        Item::Value(Value::Array(values)) => values.iter().map(one).collect(),
        Item::Value(value) => Some(vec![one(value)?]),
        _ => None,
    }
}

/// What stands there, in words.
fn kind_of(item: &Item) -> &'static str {
    match item {
        Item::Value(Value::String(_)) => "text",
        Item::Value(Value::Integer(_) | Value::Float(_)) => "a number",
        Item::Value(Value::Boolean(_)) => "true or false",
        Item::Value(Value::Datetime(_)) => "a date",
        Item::Value(Value::Array(_)) => "a list of other things",
        _ => "a table",
    }
}
