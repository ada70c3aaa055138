//! Groups of inflected forms: the entries of a path that a reader would call one word.
//!
//! A lexicon writes one word as several entries (hostage, hostages, hostage*). What carries a difference is the word, so
//! word shifts and leave-one-out take its entries together. The rule:
//!
//! - Entries with as many tokens whose tokens have the same stems, one by one, are one group. Stems come from the list
//!   of endings of the lexicon's language ([`framescope_core::text::stem`]; English where the lexicon names none, whole words
//!   where there is no list). A `*` at the end of a token is left away before.
//! - An entry with wildcards joins every entry that it covers (`negotiat*` and `negotiator`), and so joins their groups.
//! - A phrase is no form of a word in it: "hostage crisis" and "hostage" are two groups.
//! - A word in capitals whose case matters (US) is no form of the word in small letters (us).
//!
//! Conditions and weights play no part.

use framescope_core::check::term_covers;
use framescope_core::lexicon::{EntryId, Lexicon, LexiconSet, PathId, Term, TokenPattern};
use framescope_core::text::{LanguageData, language, stem};
use rustc_hash::FxHashMap;

/// Entries that are forms of one word or phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormGroup {
    /// The shortest of its terms, as written; of equally short ones the first in the lexicon.
    pub name: String,
    /// Its entries by running number, in the order of the lexicon.
    pub entries: Vec<u32>,
}

/// The groups of the entries of a path and the paths under it, in the order of the lexicon. The path is named by
/// running number.
pub fn form_groups(set: &LexiconSet, path: u32) -> Vec<FormGroup> {
    let Some((id, lexicon)) = set.iter().find(|(id, lexicon)| {
        let first = set.path_number(*id, PathId(0));
        (first..first + lexicon.paths.len() as u32).contains(&path)
    }) else {
        return Vec::new();
    };
    let top = PathId(path - set.path_number(id, PathId(0)));
    let inside: Vec<usize> = (0..lexicon.entries.len())
        .filter(|entry| lexicon.lineage(lexicon.entries[*entry].path).any(|above| above == top))
        .collect();
    let number = |entry: usize| set.entry_number(id, EntryId(entry as u32));
    grouped(lexicon, &inside)
        .into_iter()
        .map(|entries| FormGroup {
            name: name(entries.iter().map(|&entry| lexicon.entries[entry].term.text.as_str())),
            entries: entries.into_iter().map(number).collect(),
        })
        .collect()
}

fn name<'a>(terms: impl Iterator<Item = &'a str>) -> String {
    terms.min_by_key(|term| term.chars().count()).unwrap_or_default().to_owned()
}

/// Puts entries together that are forms of one another; groups and entries stay in order.
fn grouped(lexicon: &Lexicon, inside: &[usize]) -> Vec<Vec<usize>> {
    let code = match lexicon.about.language.as_str() {
        "" => "en",
        code => code,
    };
    let language = language(code);
    let term = |place: usize| &lexicon.entries[inside[place]].term;
    let mut groups = Joined::new(inside.len());
    let mut by_stem: FxHashMap<Vec<&str>, usize> = FxHashMap::default();
    for place in 0..inside.len() {
        let stems = term(place).tokens.iter().map(|token| stem_of(token, language)).collect();
        let first = *by_stem.entry(stems).or_insert(place);
        groups.join(first, place);
    }
    // What a wildcard covers begins as it does, so only a run of the sorted entries need be asked.
    let first_word = |place: usize| term(place).tokens.first().map_or("", |token| &*token.folded);
    let mut sorted: Vec<usize> = (0..inside.len()).collect();
    sorted.sort_by_key(|&place| first_word(place));
    for wide in (0..inside.len()).filter(|&place| has_wildcard(term(place))) {
        let start = first_word(wide).split(['*', '?']).next().unwrap_or_default();
        let from = sorted.partition_point(|&place| first_word(place) < start);
        let run = sorted[from..].iter().take_while(|place| first_word(**place).starts_with(start));
        for &narrow in run {
            if term_covers(term(wide), term(narrow)) {
                groups.join(wide, narrow);
            }
        }
    }
    groups.parts().into_iter().map(|part| part.into_iter().map(|place| inside[place]).collect()).collect()
}

fn has_wildcard(term: &Term) -> bool {
    term.tokens.iter().any(TokenPattern::has_wildcard)
}

fn stem_of<'t>(token: &'t TokenPattern, language: Option<&LanguageData>) -> &'t str {
    let in_capitals = |exact: &&str| exact.chars().nth(1).is_some() && !exact.chars().any(char::is_lowercase);
    if let Some(exact) = token.exact.as_deref().filter(in_capitals) {
        return exact;
    }
    let word = match token.folded.trim_end_matches('*') {
        "" => &token.folded,
        word => word,
    };
    language.map_or(word, |language| stem(word, language))
}

/// Things that are joined into parts (union–find).
struct Joined(Vec<usize>);

impl Joined {
    fn new(things: usize) -> Joined {
        Joined((0..things).collect())
    }

    fn root(&mut self, mut thing: usize) -> usize {
        while self.0[thing] != thing {
            self.0[thing] = self.0[self.0[thing]];
            thing = self.0[thing];
        }
        thing
    }

    /// The smaller root stays, so that a part is named by its first thing.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }

    fn parts(mut self) -> Vec<Vec<usize>> {
        let mut part_of_root: FxHashMap<usize, usize> = FxHashMap::default();
        let mut parts: Vec<Vec<usize>> = Vec::new();
        for thing in 0..self.0.len() {
            let root = self.root(thing);
            let part = *part_of_root.entry(root).or_insert_with(|| {
                parts.push(Vec::new());
                parts.len() - 1
            });
            parts[part].push(thing);
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(language: &str, path: &str, terms: &[&str]) -> LexiconSet {
        let source = format!(
            "[lexicon]\nid = \"l\"\nlanguage = {language:?}\n[[category]]\nid = {path:?}\nterms = {terms:?}\n\
             [[category]]\nid = \"other\"\nterms = [\"hostages\"]\n"
        );
        let lexicon = framescope_core::lexicon::read(&source, "l.toml", &[], &|_| None).expect("a lexicon");
        LexiconSet::new(vec![lexicon])
    }

    /// The terms of each group of the first path.
    fn groups(language: &str, terms: &[&str]) -> Vec<Vec<String>> {
        let set = set(language, "p", terms);
        let term = |entry: u32| set.lexicons()[0].entries[entry as usize].term.text.clone();
        form_groups(&set, 0).into_iter().map(|group| group.entries.into_iter().map(term).collect()).collect()
    }

    #[test]
    fn forms_of_a_word_are_one_group() {
        let terms = ["hostage", "hostage crisis", "abductee*", "hostages", "hostage crises", "hostage*", "captive"];
        assert_eq!(
            groups("en", &terms),
            [
                vec!["hostage", "hostages", "hostage*"],
                vec!["hostage crisis"],
                vec!["abductee*"],
                vec!["hostage crises"],
                vec!["captive"],
            ]
        );
        assert_eq!(groups("en", &["war", "warning", "wars", "final warning", "final warnings"]).len(), 3);
        assert_eq!(groups("", &["raid", "raids"]).len(), 1);
        assert_eq!(groups("tlh", &["raid", "raids"]).len(), 2);
        assert_eq!(groups("ru", &["заложник*", "заложницы", "пленный"]).len(), 3);
    }

    #[test]
    fn a_wildcard_joins_what_it_covers() {
        assert_eq!(groups("en", &["negotiator", "truce", "negotiation", "negotiat*"]).len(), 2);
        assert_eq!(groups("en", &["talk* on peace", "talks on peace", "talks"]).len(), 2);
        assert_eq!(groups("en", &["*ward", "forward", "word"]).len(), 2);
    }

    #[test]
    fn capitals_that_matter_are_a_word_of_their_own() {
        let source = r#"
            [lexicon]
            id = "l"
            language = "en"
            [[category]]
            id = "p"
            terms = ["us", { term = "US", case = "exact" }, { term = "Raid", case = "exact" }, "raids"]
        "#;
        let lexicon = framescope_core::lexicon::read(source, "l.toml", &[], &|_| None).expect("a lexicon");
        let found = form_groups(&LexiconSet::new(vec![lexicon]), 0);
        assert_eq!(found.iter().map(|group| group.entries.clone()).collect::<Vec<_>>(), [vec![0], vec![1], vec![2, 3]]);
    }

    #[test]
    fn a_path_has_the_entries_of_the_paths_under_it_and_no_others() {
        let set = set("en", "hostility.threat", &["threat", "threats"]);
        let names: Vec<String> = set.lexicons()[0].paths.iter().map(|path| path.id.clone()).collect();
        assert_eq!(names, ["hostility", "hostility.threat", "other"]);
        assert_eq!(form_groups(&set, 0), form_groups(&set, 1));
        assert_eq!(form_groups(&set, 2)[0], FormGroup { name: "hostages".to_owned(), entries: vec![2] });
        assert_eq!(form_groups(&set, 3), []);
    }

    proptest! {
        /// By the rule itself: every pair of entries, joined until nothing changes.
        #[test]
        fn groups_are_what_the_rule_says(terms in prop::collection::btree_set("[ab]{1,3}(s|ed|es)?\\*?( [ab]{2,3}s?)?|\\*[ab]{2}|[ab]\\?[ab]", 1..14)) {
            let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
            let set = set("en", "p", &terms);
            let lexicon = &set.lexicons()[0];
            let language = language("en");
            let entries = &lexicon.entries[..terms.len()];
            let stems = |term: &Term| term.tokens.iter().map(|t| stem_of(t, language).to_owned()).collect::<Vec<_>>();
            let mut part: Vec<usize> = (0..entries.len()).collect();
            for _ in 0..entries.len() {
                for i in 0..entries.len() {
                    for j in 0..entries.len() {
                        let (a, b) = (&entries[i].term, &entries[j].term);
                        if stems(a) == stems(b) || (has_wildcard(a) && term_covers(a, b)) {
                            let low = part[i].min(part[j]);
                            (part[i], part[j]) = (low, low);
                        }
                    }
                }
            }
            let mut expected: std::collections::BTreeMap<usize, Vec<u32>> = Default::default();
            for (entry, part) in part.iter().enumerate() {
                expected.entry(*part).or_default().push(entry as u32);
            }
            let found: Vec<Vec<u32>> = form_groups(&set, 0).into_iter().map(|group| group.entries).collect();
            prop_assert_eq!(found, expected.into_values().collect::<Vec<_>>());
        }
    }
}
