//! Lexicons drawn from a corpus.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use crate::Random;

/// A lexicon, and what a scan that knows no words can look for in its place.
#[derive(Debug)]
pub struct DrawnLexicon {
    /// The lexicon as a file.
    pub toml: String,
    /// The entries as written.
    pub terms: Vec<String>,
    /// The longest literal piece of each entry, phrases with single blanks.
    pub literals: Vec<String>,
    /// How many words the texts have.
    pub words: usize,
    /// How many distinct ones.
    pub types: usize,
}

const CATEGORIES: usize = 30;

/// Ranks below this are function words, more or less, and no entries.
const FIRST: usize = 100;

/// Draws a lexicon from texts: unique entries of three letters or more in 30 categories, a quarter
/// of them phrases that occur in the texts, a third with a wildcard.
///
/// Ranks are drawn log-uniformly from the hundredth on, so that rare words are as usual as common
/// ones, as in real lexicons; a phrase is two words that stand side by side. `None` where the
/// texts have too few words for so many entries.
pub fn draw_lexicon(texts: &str, language: &str, entries: usize, seed: u64) -> Option<DrawnLexicon> {
    let lower = texts.to_lowercase();
    let sample = words_of(&lower);
    let words = by_frequency(&sample);
    let mut random = Random::new(seed);
    let top = (words.len() as f64 / FIRST as f64).ln();
    let frequent: HashSet<&str> = words.iter().take(FIRST).copied().collect();
    let mut seen = HashSet::new();
    let mut drawn = DrawnLexicon {
        toml: String::new(),
        terms: Vec::new(),
        literals: Vec::new(),
        words: sample.len(),
        types: words.len(),
    };
    let mut by_category = vec![Vec::new(); CATEGORIES];
    // A corpus of a hundred words would be drawn from for ever.
    let mut patience = entries.saturating_mul(100);
    while drawn.terms.len() < entries {
        patience = patience.checked_sub(1).filter(|_| words.len() > FIRST)?;
        let mut term = if random.one_in(4) {
            let at = random.below(sample.len() - 1);
            let (first, second) = (sample[at], sample[at + 1]);
            if frequent.contains(first) && frequent.contains(second) {
                continue;
            }
            format!("{first} {second}")
        } else {
            let rank = (FIRST as f64 * (random.unit() * top).exp()) as usize;
            words[rank.min(words.len() - 1)].to_owned()
        };
        if random.one_in(3) && term.chars().count() > 5 {
            for _ in 0..1 + random.below(2) {
                term.pop();
            }
            term.push('*');
        }
        if term.chars().filter(|c| c.is_alphabetic()).count() < 3 || !seen.insert(term.clone()) {
            continue;
        }
        drawn.literals.push(term.split('*').max_by_key(|piece| piece.len()).unwrap_or("").to_owned());
        by_category[random.below(CATEGORIES)].push(drawn.terms.len());
        drawn.terms.push(term);
    }
    let _ = writeln!(drawn.toml, "[lexicon]\nid = \"bench\"\nname = \"Bench\"\nlanguage = {language:?}");
    for (number, members) in by_category.iter().enumerate().filter(|(_, members)| !members.is_empty()) {
        let terms: Vec<&String> = members.iter().map(|&i| &drawn.terms[i]).collect();
        let _ = writeln!(drawn.toml, "\n[[category]]\nid = \"c{number}\"\nterms = {terms:?}");
    }
    Some(drawn)
}

/// The words of two letters or more.
fn words_of(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().nth(1).is_some()).collect()
}

/// The distinct words, the most frequent first.
fn by_frequency<'t>(sample: &[&'t str]) -> Vec<&'t str> {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for &word in sample {
        *counts.entry(word).or_default() += 1;
    }
    let mut words: Vec<(&str, u32)> = counts.into_iter().collect();
    words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    words.into_iter().map(|(word, _)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of `types` distinct words, the first ones more often.
    fn texts(types: usize) -> String {
        (0..types).map(|rank| format!("{} ", word(rank)).repeat(1 + 200 / (rank + 1))).collect()
    }

    fn word(rank: usize) -> String {
        format!("{rank:06}").bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
    }

    #[test]
    fn entries_are_distinct_and_have_their_literals() {
        let drawn = draw_lexicon(&texts(2_000), "en", 500, 1).expect("words enough");
        assert_eq!(drawn.terms.len(), 500);
        assert_eq!(drawn.terms.iter().collect::<HashSet<_>>().len(), 500);
        assert!(
            drawn.terms.iter().any(|term| term.contains(' ')) && drawn.terms.iter().any(|term| term.ends_with('*'))
        );
        for (term, literal) in drawn.terms.iter().zip(&drawn.literals) {
            assert_eq!(term.trim_end_matches('*'), literal);
        }
        assert_eq!(drawn.types, 2_000);
    }

    #[test]
    fn the_same_seed_draws_the_same_lexicon() {
        let draw = |seed| draw_lexicon(&texts(2_000), "en", 100, seed).map(|drawn| drawn.toml);
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }

    #[test]
    fn a_text_of_too_few_words_gives_no_lexicon() {
        assert!(draw_lexicon("", "en", 1, 1).is_none());
        assert!(draw_lexicon(&texts(50), "en", 10, 1).is_none());
        assert!(draw_lexicon(&texts(150), "en", 5_000, 1).is_none());
    }
}
