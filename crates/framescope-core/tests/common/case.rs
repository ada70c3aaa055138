//! One case as it is written in the table.

use std::path::Path;

use toml_edit::{DocumentMut, Item, Table, Value};

/// One case.
#[derive(Debug)]
pub(crate) struct Case {
    /// The file it stands in.
    pub(crate) file: String,
    pub(crate) name: String,
    /// Sources of the lexicons.
    pub(crate) lexicons: Vec<String>,
    pub(crate) title: Option<String>,
    /// Whether the first line of the text is the title.
    pub(crate) title_in_text: bool,
    pub(crate) text: String,
    pub(crate) hits: Vec<String>,
    /// `None`: not said.
    pub(crate) rejected: Option<Vec<String>>,
    pub(crate) counts: Vec<(String, usize)>,
    pub(crate) axes: Vec<(String, [usize; 2])>,
}

const KEYS: [&str; 14] = [
    "name",
    "note",
    "language",
    "match",
    "masks",
    "terms",
    "lexicon",
    "lexicons",
    "title",
    "title_in_text",
    "text",
    "hits",
    "rejected",
    "counts",
];

impl Case {
    /// Where it stands, for people.
    pub(crate) fn at(&self) -> String {
        format!("{}: {}", self.file, self.name)
    }

    /// The cases of a file.
    pub(crate) fn read_all(path: &Path) -> Vec<Case> {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let source = std::fs::read_to_string(path).unwrap();
        let document: DocumentMut = source.parse().unwrap_or_else(|e| panic!("{file}: {e}"));
        let cases = document.get("case").and_then(Item::as_array_of_tables);
        let cases = cases.unwrap_or_else(|| panic!("{file} has no [[case]]"));
        cases.iter().map(|table| Case::read(&file, table)).collect()
    }

    fn read(file: &str, table: &Table) -> Case {
        let name = text(table, "name").unwrap_or_else(|| panic!("{file}: a case without a name"));
        for (key, _) in table {
            assert!(KEYS.contains(&key) || key == "axes", "{file}: {name}: unknown key {key}");
        }
        let lexicons = match table.get("lexicons").and_then(Item::as_array) {
            Some(lexicons) => lexicons.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            None => vec![lexicon(table)],
        };
        let number = |value: &Value| value.as_integer().and_then(|n| usize::try_from(n).ok());
        let pair = |value: &Value| {
            let pair = value.as_array()?;
            Some([number(pair.get(0)?)?, number(pair.get(1)?)?])
        };
        Case {
            lexicons,
            title: text(table, "title"),
            title_in_text: table.get("title_in_text").and_then(Item::as_bool).unwrap_or(false),
            text: text(table, "text").unwrap_or_else(|| panic!("{file}: {name}: no text")),
            hits: list(table, "hits").unwrap_or_else(|| panic!("{file}: {name}: no hits")),
            rejected: list(table, "rejected"),
            counts: keyed(table, "counts", number),
            axes: keyed(table, "axes", pair),
            file: file.to_owned(),
            name,
        }
    }
}

/// Writes out the lexicon that the short keys of a case stand for, every term on a line of its own
/// so that a line says which of them did it.
fn lexicon(table: &Table) -> String {
    let mut out = String::from("[lexicon]\nid = \"case\"\n");
    if let Some(language) = text(table, "language") {
        out += &format!("language = \"{language}\"\n");
    }
    if let Some(rules) = table.get("match").and_then(Item::as_inline_table) {
        out += "[match]\n";
        for (key, value) in rules {
            out += &format!("{key} = {value}\n");
        }
    }
    if let Some(masks) = table.get("masks").and_then(Item::as_value) {
        out += &format!("[[mask]]\nwhy = \"a name\"\nterms = {}\n", lines(masks));
    }
    for (path, terms) in table.get("terms").and_then(Item::as_inline_table).into_iter().flatten() {
        out += &format!("[[category]]\nid = \"{path}\"\nterms = {}\n", lines(terms));
    }
    out + &text(table, "lexicon").unwrap_or_default()
}

fn lines(terms: &Value) -> String {
    let terms = terms.as_array().into_iter().flatten().map(|term| format!("  {},\n", term.to_string().trim()));
    format!("[\n{}]", terms.collect::<String>())
}

fn text(table: &Table, key: &str) -> Option<String> {
    table.get(key).and_then(Item::as_str).map(str::to_owned)
}

fn list(table: &Table, key: &str) -> Option<Vec<String>> {
    let list = table.get(key)?.as_array()?;
    Some(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

fn keyed<T>(table: &Table, key: &str, read: impl Fn(&Value) -> Option<T>) -> Vec<(String, T)> {
    let pairs = table.get(key).and_then(Item::as_inline_table).into_iter().flatten();
    pairs
        .map(|(name, value)| (name.to_owned(), read(value).unwrap_or_else(|| panic!("{key}.{name}: {value}"))))
        .collect()
}
