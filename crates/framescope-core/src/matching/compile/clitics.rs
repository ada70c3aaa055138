//! Proclitics, worked out once: all that may be taken off the beginning of a word, as one list.

use crate::lexicon::Clitics;
use crate::text::{self, Proclitics};

/// Takes proclitics off words.
#[derive(Debug)]
pub(super) struct Stripping {
    /// What a word begins with, and what stands in its place when proclitics are taken off: mostly
    /// nothing, `ال` where للأسرى loses its preposition alone.
    rows: Vec<(Box<str>, Box<str>)>,
}

/// A way into a word: what is read of it, and what stands there still to be read before the rest
/// of the word, where a contraction was written out.
#[derive(Clone)]
struct Way {
    read: String,
    pending: String,
}

impl Way {
    /// Goes on over these letters: what is pending must be so, and the word what lies beyond.
    fn over(&self, letters: &str) -> Option<Way> {
        if let Some(pending) = self.pending.strip_prefix(letters) {
            return Some(Way { pending: pending.to_owned(), ..self.clone() });
        }
        let beyond = letters.strip_prefix(&*self.pending)?;
        Some(Way { read: format!("{}{beyond}", self.read), pending: String::new() })
    }
}

impl Stripping {
    /// What the data of the language allow.
    pub(super) fn of(clitics: Clitics) -> Stripping {
        text::language(clitics.language()).map_or(Stripping { rows: Vec::new() }, |data| Stripping::new(&data.clitics))
    }

    fn new(clitics: &Proclitics) -> Stripping {
        // After each list: the ways that lead past it, those included that take nothing from it.
        let mut ways = vec![Way { read: String::new(), pending: String::new() }];
        for list in &clitics.order {
            let mut longer = Vec::new();
            for way in &ways {
                let contracted = clitics.contractions.iter().filter_map(|(written, stands_for)| {
                    let read = way.over(written)?;
                    Some(
                        stands_for
                            .iter()
                            .map(move |letters| Way { pending: format!("{letters}{}", read.pending), ..read.clone() }),
                    )
                });
                for spelling in contracted.flatten().chain([way.clone()]) {
                    longer.extend(list.iter().filter_map(|clitic| spelling.over(clitic)));
                }
            }
            ways.extend(longer);
        }
        let mut rows: Vec<(Box<str>, Box<str>)> =
            ways.into_iter().skip(1).map(|way| (way.read.into(), way.pending.into())).collect();
        rows.sort_unstable();
        rows.dedup();
        Stripping { rows }
    }

    /// Tells each word that may be left of a folded word.
    pub(super) fn each_left(&self, folded: &str, mut tell: impl FnMut(&str)) {
        let mut whole = String::new();
        for (begins, instead) in &self.rows {
            let Some(rest) = folded.strip_prefix(&**begins) else { continue };
            let left = if instead.is_empty() {
                rest
            } else {
                whole.clear();
                whole.push_str(instead);
                whole.push_str(rest);
                &whole
            };
            if Proclitics::is_word(left) {
                tell(left);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn left(stripping: &Stripping, word: &str) -> Vec<String> {
        let mut left = Vec::new();
        stripping.each_left(word, |word| left.push(word.to_owned()));
        left.sort();
        left.dedup();
        left
    }

    #[test]
    fn an_article_comes_back_when_the_preposition_alone_is_taken_off() {
        let stripping = Stripping::of(Clitics::Arabic);
        let words = left(&stripping, "وللأسرى");
        for word in ["للأسرى", "الأسرى", "أسرى"] {
            assert!(words.iter().any(|w| w == word), "{word} in {words:?}");
        }
        assert_eq!(left(&stripping, "الوالي"), ["والي"]);
        assert_eq!(left(&stripping, "دم"), [""; 0]);
    }

    #[cfg(feature = "reference")]
    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        /// The list says what the rules say, of words and of any data.
        #[test]
        fn agrees_with_the_rules(
            word in "[والبكفس]{0,8}",
            order in prop::collection::vec(prop::collection::vec("[abc]{1,2}", 1..4), 0..4),
            contractions in prop::collection::vec(("[abc]{1,2}", prop::collection::vec("[abc]{1,4}", 1..3)), 0..3),
            other in "[abc]{0,8}",
        ) {
            use crate::matching::reference::left_of as slowly;
            let arabic = text::language("ar").map(|data| data.clitics.clone()).unwrap_or_default();
            let invented = Proclitics { order, contractions };
            for (word, data) in [(word, arabic), (other, invented)] {
                let mut expected = slowly(&word, &data);
                expected.sort();
                expected.dedup();
                prop_assert_eq!(left(&Stripping::new(&data), &word), expected, "{}", word);
            }
        }
    }
}
