//! The keys of every table of a lexicon, and what to say of one that stands where it means nothing.

use super::super::suggest;

pub(super) const TOP: &[&str] =
    &["lexicon", "match", "mask", "category", "referent", "about", "axis", "test", "remove"];
/// Those of [`TOP`] that are written in double brackets.
pub(super) const LISTS: &[&str] = &["mask", "category", "referent", "about", "axis", "test", "remove"];
pub(super) const LEXICON: &[&str] = &[
    "id",
    "name",
    "version",
    "language",
    "license",
    "description",
    "authors",
    "source",
    "extends",
    "developed_on",
    "validated",
    "short",
];
pub(super) const MATCH: &[&str] = &["case", "overlap", "scope", "voices", "zones", "negation", "clitics"];
pub(super) const CATEGORY: &[&str] =
    &["id", "label", "definition", "include", "exclude", "source", "status", "about", "terms", "entry"];
pub(super) const REFERENT: &[&str] =
    &["id", "label", "definition", "include", "exclude", "source", "status", "about", "name", "variant"];
pub(super) const VARIANT: &[&str] = &[
    "id",
    "label",
    "definition",
    "include",
    "exclude",
    "connotation",
    "according_to",
    "source",
    "status",
    "about",
    "terms",
    "entry",
];
/// The conditions, and what every term may say.
pub(super) const TERM: &[&str] =
    &["term", "case", "voice", "zone", "near", "not_near", "before", "after", "not_before", "not_after", "note"];
/// What an entry of a path may say: [`TERM`], and what a hit of it counts.
pub(super) const ENTRY: &[&str] = &[
    "term",
    "weight",
    "case",
    "voice",
    "zone",
    "negation",
    "near",
    "not_near",
    "before",
    "after",
    "not_before",
    "not_after",
    "note",
];
pub(super) const NEAR: &[&str] = &["any", "all", "within", "side"];
pub(super) const MASK: &[&str] = &["why", "paths", "terms"];
pub(super) const ABOUT: &[&str] = &["id", "within", "sides"];
pub(super) const AXIS: &[&str] = &["id", "label", "definition", "positive", "negative"];
pub(super) const TEST: &[&str] = &["text", "title", "expect"];
pub(super) const REMOVE: &[&str] = &["path", "terms"];

/// Where a key would mean something.
const HOMES: &[(&str, &[&str])] = &[
    ("[lexicon]", LEXICON),
    ("[match]", MATCH),
    ("an entry, as in { term = \"...\", KEY = ... }", ENTRY),
    ("a [[category]]", CATEGORY),
    ("a [[referent.variant]]", VARIANT),
    ("a [[referent]]", REFERENT),
    ("`near` or `not_near`, as in near = { any = [\"...\"], KEY = ... }", NEAR),
    ("a [[mask]]", MASK),
    ("an [[axis]]", AXIS),
    ("a [[test]]", TEST),
];

/// What to say of a key that is not among those known where it stands.
pub(super) fn hint(key: &str, known: &[&str]) -> String {
    if let Some(meant) = suggest::nearest(key, known.iter().copied()) {
        return format!("did you mean `{meant}`?");
    }
    match HOMES.iter().find(|(_, keys)| keys.contains(&key)) {
        Some((home, _)) => format!("`{key}` is a key of {}", home.replace("KEY", key)),
        None => format!("known here: {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_says_all_that_a_term_says() {
        assert!(TERM.iter().all(|key| ENTRY.contains(key)));
    }

    #[test]
    fn a_key_is_sent_home() {
        assert_eq!(hint("definitoin", CATEGORY), "did you mean `definition`?");
        assert_eq!(hint("language", CATEGORY), "`language` is a key of [lexicon]");
        assert!(hint("not_after", CATEGORY).contains("{ term = \"...\", not_after = ... }"));
        assert!(hint("colour", NEAR).starts_with("known here: any, all"));
    }
}
