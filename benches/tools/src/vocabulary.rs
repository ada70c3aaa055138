//! Words and how often they are used.

use std::collections::HashSet;

use crate::Random;

const FUNCTION_WORDS: [&str; 40] = [
    "the", "of", "to", "and", "a", "in", "that", "for", "is", "on", "said", "with", "was", "as", "by", "at", "it",
    "from", "his", "be", "has", "he", "an", "have", "not", "are", "but", "had", "were", "which", "their", "they",
    "will", "or", "who", "been", "this", "its", "would", "after",
];

/// Words, the most frequent first, and a way to draw them by frequency in constant time.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    words: Vec<String>,
    /// Walker's alias table: the odds of a column's own word, and the word of the rest.
    alias: Vec<(f64, u32)>,
}

impl Vocabulary {
    fn new(words: Vec<String>, frequencies: &[f64]) -> Vocabulary {
        assert!(!words.is_empty(), "a vocabulary needs a word");
        let mean = frequencies.iter().sum::<f64>() / words.len() as f64;
        let mut odds: Vec<f64> = frequencies.iter().map(|f| f / mean).collect();
        let mut alias: Vec<(f64, u32)> = (0..words.len()).map(|i| (1.0, i as u32)).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..words.len()).partition(|&i| odds[i] < 1.0);
        while let (Some(poor), Some(&rich)) = (small.pop(), large.last()) {
            alias[poor] = (odds[poor], rich as u32);
            odds[rich] -= 1.0 - odds[poor];
            if odds[rich] < 1.0 {
                large.pop();
                small.push(rich);
            }
        }
        Vocabulary { words, alias }
    }

    /// Reads `word<TAB>frequency` lines, the most frequent first; keeps the first `most`.
    ///
    /// # Panics
    /// If a line has no number: the list is made by our own script.
    pub fn read(list: &str, most: usize) -> Vocabulary {
        let (words, frequencies): (Vec<String>, Vec<f64>) = list
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .take(most)
            .map(|(word, frequency)| (word.to_owned(), frequency.trim().parse::<f64>().expect("a frequency")))
            .unzip();
        Vocabulary::new(words, &frequencies)
    }

    /// Words spelled from syllables, under Zipf's law with the function words of English on top.
    pub fn made_up(size: usize, seed: u64) -> Vocabulary {
        const ONSETS: [&str; 24] = [
            "b", "br", "c", "ch", "d", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pr", "r", "s", "st", "t",
            "tr", "v", "w", "z",
        ];
        const NUCLEI: [&str; 10] = ["a", "e", "i", "o", "u", "ai", "ea", "ou", "ie", "io"];
        const CODAS: [&str; 10] = ["", "", "n", "r", "s", "l", "nt", "ck", "m", "t"];
        const ENDINGS: [&str; 10] = ["", "", "", "s", "ed", "ing", "er", "ion", "ly", "al"];
        let mut random = Random::new(seed);
        let mut words: Vec<String> = FUNCTION_WORDS.iter().map(|&w| w.to_owned()).collect();
        let mut seen: HashSet<String> = words.iter().cloned().collect();
        while words.len() < size {
            // Frequent words are short.
            let syllables = 1 + random.below(if words.len() < 2_000 { 2 } else { 3 });
            let mut word = String::new();
            for _ in 0..syllables {
                word += ONSETS[random.below(ONSETS.len())];
                word += NUCLEI[random.below(NUCLEI.len())];
                word += CODAS[random.below(CODAS.len())];
            }
            word += ENDINGS[random.below(ENDINGS.len())];
            if word.len() >= 3 && seen.insert(word.clone()) {
                words.push(word);
            }
        }
        let frequencies: Vec<f64> = (0..words.len()).map(|rank| 1.0 / (rank as f64 + 2.7).powf(1.05)).collect();
        Vocabulary::new(words, &frequencies)
    }

    /// How many words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Never: a vocabulary has a word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word of this rank.
    pub fn word(&self, rank: usize) -> &str {
        &self.words[rank]
    }

    /// A word's rank, drawn by frequency.
    pub fn draw(&self, random: &mut Random) -> usize {
        let column = random.below(self.words.len());
        let (odds, other) = self.alias[column];
        if random.unit() < odds { column } else { other as usize }
    }
}
