//! Lexicons drawn from a corpus.

use std::collections::HashSet;
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
}

const CATEGORIES: usize = 30;

/// Draws a lexicon: unique entries of three letters or more in 30 categories, a quarter of them
/// phrases that occur in the texts, a third with a wildcard.
///
/// `words` are the words of the corpus by falling frequency. Ranks are drawn log-uniformly from
/// the hundredth on, so that rare words are as usual as common ones, as in real lexicons; a phrase
/// is two words that stand side by side in `sample`.
pub fn draw_lexicon(words: &[&str], sample: &[&str], entries: usize, seed: u64) -> DrawnLexicon {
    const FIRST: usize = 100;
    let mut random = Random::new(seed);
    let top = (words.len() as f64 / FIRST as f64).ln();
    let frequent: HashSet<&str> = words[..FIRST].iter().copied().collect();
    let mut seen = HashSet::new();
    let mut drawn = DrawnLexicon { toml: String::new(), terms: Vec::new(), literals: Vec::new() };
    let mut by_category = vec![Vec::new(); CATEGORIES];
    while drawn.terms.len() < entries {
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
    drawn.toml.push_str("[lexicon]\nid = \"bench\"\nname = \"Bench\"\nlanguage = \"en\"\n");
    for (number, members) in by_category.iter().enumerate().filter(|(_, members)| !members.is_empty()) {
        let terms: Vec<&String> = members.iter().map(|&i| &drawn.terms[i]).collect();
        let _ = writeln!(drawn.toml, "\n[[category]]\nid = \"c{number}\"\nterms = {terms:?}");
    }
    drawn
}
