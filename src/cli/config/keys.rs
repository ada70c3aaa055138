//! The keys of `framescope.toml` and the options they stand for.

/// What a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Text.
    Text,
    /// Text or a list of it.
    List,
    /// True or false: the option, or the one that undoes it.
    Switch(&'static str),
    /// A table of lists.
    Lists,
}

/// A key of a table.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// The option's long name.
    pub(super) option: &'static str,
    pub(super) holds: Holds,
}

const fn key(name: &'static str, option: &'static str, holds: Holds) -> Key {
    Key { name, option, holds }
}

/// Of `[corpus]`.
pub(super) const CORPUS: &[Key] = &[
    key("inputs", super::options::INPUTS, Holds::List),
    key("format", "format", Holds::Text),
    key("encoding", "encoding", Holds::Text),
    key("id", "id", Holds::List),
    key("text", "text", Holds::Text),
    key("title", "title", Holds::Text),
    key("meta", "meta", Holds::List),
    key("meta_file", "meta-file", Holds::Text),
    key("where", "where", Holds::List),
    key("language", "language", Holds::Text),
    key("clean", "clean", Holds::Switch("no-clean")),
    key("boilerplate", "boilerplate", Holds::Text),
];

/// Of the file itself.
pub(super) const TOP: &[Key] = &[key("lexicons", "lexicon", Holds::List)];

/// Of `[study]`.
pub(super) const STUDY: &[Key] = &[
    key("question", "question", Holds::Text),
    key("primary", "primary", Holds::List),
    key("query", "query", Holds::Text),
    key("construct", "construct", Holds::Lists),
    key("by", "by", Holds::Text),
    key("within", "within", Holds::List),
    key("vs", "vs", Holds::Text),
    key("freeze", "freeze", Holds::List),
];

/// The tables.
pub(super) const TABLES: [&str; 3] = ["corpus", "study", "options"];

/// Where an option has a key of its own: the table and the key.
pub(super) fn place_of(option: &str) -> Option<(&'static str, &'static str)> {
    let tables = [("", TOP), ("corpus", CORPUS), ("study", STUDY)];
    tables.into_iter().find_map(|(table, keys)| {
        let undoes = |key: &Key| matches!(key.holds, Holds::Switch(other) if other == option);
        keys.iter().find(|key| key.option == option || undoes(key)).map(|key| (table, key.name))
    })
}
