//! What inflected forms of a word have in common, by a list of endings.
//!
//! This is no linguistics: it puts forms together that a reader would call the same word (hostage, hostages),
//! so that one word cannot hide as several. Irregular forms stay apart, and now and then two words fall together
//! ("new", "news"). Nothing is matched or counted by it; tables that group by it list the forms of every group.

use super::lang::LanguageData;

/// Letters that an ending must leave.
const STEM: usize = 3;

/// What is left of a folded word without its inflection. A prefix of the language's list is cut off, then the longest ending
/// that leaves three letters, again and again ("warnings", "warning", "warn"); a word that ends like one of the
/// language's `keep` is cut no further; at last a doubled consonant at the end is one, where the language doubles them.
pub fn stem<'w>(word: &'w str, language: &LanguageData) -> &'w str {
    let inflection = &language.inflection;
    let leaves_a_stem = |rest: &&str| rest.chars().count() >= STEM;
    let shortest = |rests: &mut dyn Iterator<Item = &'w str>| rests.filter(leaves_a_stem).min_by_key(|rest| rest.len());
    let mut word =
        shortest(&mut inflection.prefixes.iter().filter_map(|p| word.strip_prefix(p.as_str()))).unwrap_or(word);
    while !inflection.keep.iter().any(|end| word.ends_with(end.as_str())) {
        match shortest(&mut inflection.endings.iter().filter_map(|e| word.strip_suffix(e.as_str()))) {
            Some(rest) => word = rest,
            None => break,
        }
    }
    let mut back = word.chars().rev();
    match (back.next(), back.next()) {
        (Some(last), Some(before)) if inflection.doubles && last == before && word.chars().count() > STEM => {
            &word[..word.len() - last.len_utf8()]
        }
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{language, languages};
    use proptest::prelude::*;

    fn together(code: &str, forms: &[&str]) -> bool {
        let language = language(code).unwrap();
        forms.iter().all(|form| stem(form, language) == stem(forms[0], language))
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for (code, forms) in [
            ("en", &["hostage", "hostages"][..]),
            ("en", &["negotiate", "negotiates", "negotiated", "negotiating", "negotiat"]),
            ("en", &["kill", "kills", "killed", "killing"]),
            ("en", &["stop", "stops", "stopped", "stopping"]),
            ("en", &["family", "families"]),
            ("en", &["war", "wars"]),
            ("en", &["warning", "warnings", "warned", "warn"]),
            ("en", &["pass", "passed", "passes"]),
            ("fr", &["otage", "otages"]),
            ("de", &["geisel", "geiseln"]),
            ("es", &["rehén", "rehénes"]),
            ("ru", &["заложник", "заложники", "заложников", "заложникам"]),
            ("de", &["gefangene", "gefangener", "gefangenen"]),
            ("ar", &["الرهينة", "رهينة"]),
            ("tr", &["rehine", "rehineler"]),
        ] {
            assert!(together(code, forms), "{forms:?}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for (code, forms) in [
            ("en", ["hostage", "hostile"]),
            ("en", ["prisoner", "prison"]),
            ("en", ["war", "warning"]),
            ("en", ["crisis", "cris"]),
            ("en", ["us", "u"]),
            ("de", ["geisel", "geist"]),
            ("ru", ["заложник", "залог"]),
        ] {
            assert!(!together(code, &forms), "{forms:?}");
        }
    }

    proptest! {
        #[test]
        fn a_stem_is_a_piece_of_the_word_and_no_scrap(word in "[a-zñéаяыоти]{0,12}") {
            for language in languages() {
                let stem = stem(&word, language);
                prop_assert!(word.contains(stem));
                prop_assert!(stem == word || stem.chars().count() >= STEM);
            }
        }
    }
}
