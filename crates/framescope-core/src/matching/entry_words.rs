//! Which words stand in the entries of lexicons, whether they are hits or not.

use super::compile::{Patterns, PatternsBuilder};
use crate::lexicon::LexiconSet;
use crate::text::Judged;

/// The words of all entries and masks of some lexicons: those that a comparison by the lexicons is about. The words of
/// conditions and of sides are not among them.
#[derive(Debug)]
pub struct EntryWords(Patterns);

impl EntryWords {
    /// The words of these lexicons.
    pub fn new(set: &LexiconSet) -> EntryWords {
        let mut patterns = PatternsBuilder::default();
        for lexicon in set.lexicons() {
            let entries = lexicon.entries.iter().map(|entry| &entry.term);
            for term in entries.chain(lexicon.masks.iter().flat_map(|mask| &mask.terms)) {
                term.tokens.iter().for_each(|token| _ = patterns.number(token, lexicon.rules.clitics));
            }
        }
        EntryWords(patterns.finish())
    }

    /// Whether a word, as folded and as spelled, could be a word of an entry or mask. A lone `*` in an entry stands for
    /// any word and makes none one of the lexicon's.
    pub fn hold(&self, folded: &str, exact: &str) -> bool {
        let mut satisfied = Vec::new();
        self.0.satisfied(Judged::new(folded, exact), &mut satisfied);
        !satisfied.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::LexiconSet;

    #[test]
    fn words_of_entries_and_masks_and_of_nothing_else() {
        let source = r#"
[lexicon]
id = "t"
[[mask]]
terms = ["envoy for hostage affairs"]
[[category]]
id = "a"
terms = ["put * on the brink", "liquidat*", { term = "US", case = "exact" }, { term = "prisoner", not_after = ["political"] }]
"#;
        let lexicon = crate::lexicon::read(source, "t.toml", &[], &|_| None).unwrap();
        let words = EntryWords::new(&LexiconSet::new(vec![lexicon]));
        for (word, held) in [
            ("Envoy", true),
            ("affairs", true),
            ("brink", true),
            ("liquidated", true),
            ("US", true),
            ("us", false),
            ("prisoner", true),
            ("prisoners", false),
            ("political", false),
            ("anything", false),
        ] {
            assert_eq!(words.hold(&word.to_lowercase(), word), held, "{word}");
        }
    }

    #[test]
    fn a_word_with_proclitics_is_an_entry_s_where_the_lexicon_takes_them_off() {
        let hold = |rules: &str| {
            let source = format!("[match]\n{rules}\n[[category]]\nid = \"a\"\nterms = [\"أسرى\"]\n");
            let lexicon = crate::lexicon::read(&source, "t.toml", &[], &|_| None).unwrap();
            EntryWords::new(&LexiconSet::new(vec![lexicon])).hold("والأسرى", "والأسرى")
        };
        assert!(hold("clitics = \"ar\""));
        assert!(!hold(""));
    }
}
