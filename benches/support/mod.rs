//! A corpus with a realistic vocabulary, from a frequency model, and lexicons drawn from it.
//!
//! Words are spelled from syllables, their frequencies follow Zipf's law with the function words
//! of English at the top, so that a benchmark sees as many types, and as uneven a use of them, as
//! real news. Everything comes from a seed: two runs see the same bytes.

use std::fmt::Write as _;

/// A small generator (xorshift64*), so that the corpus depends on nothing but this file.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// In [0, n).
    pub fn below(&mut self, n: usize) -> usize {
        (((self.next() >> 32) * n as u64) >> 32) as usize
    }

    /// In [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

const FUNCTION_WORDS: [&str; 40] = [
    "the", "of", "to", "and", "a", "in", "that", "for", "is", "on", "said", "with", "was", "as", "by", "at", "it",
    "from", "his", "be", "has", "he", "an", "have", "not", "are", "but", "had", "were", "which", "their", "they",
    "will", "or", "who", "been", "this", "its", "would", "after",
];

/// A vocabulary with cumulative frequencies.
pub struct Vocabulary {
    words: Vec<String>,
    cumulative: Vec<f64>,
}

impl Vocabulary {
    pub fn new(size: usize, seed: u64) -> Vocabulary {
        const ONSETS: [&str; 24] = [
            "b", "br", "c", "ch", "d", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pr", "r", "s", "st", "t",
            "tr", "v", "w", "z",
        ];
        const NUCLEI: [&str; 10] = ["a", "e", "i", "o", "u", "ai", "ea", "ou", "ie", "io"];
        const CODAS: [&str; 10] = ["", "", "n", "r", "s", "l", "nt", "ck", "m", "t"];
        const ENDINGS: [&str; 10] = ["", "", "", "s", "ed", "ing", "er", "ion", "ly", "al"];
        let mut random = Random::new(seed);
        let mut seen = std::collections::HashSet::new();
        let mut words: Vec<String> = FUNCTION_WORDS.iter().map(|w| w.to_string()).collect();
        seen.extend(words.iter().cloned());
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
        let mut total = 0.0;
        let cumulative = (0..words.len())
            .map(|rank| {
                total += 1.0 / (rank as f64 + 2.7).powf(1.05);
                total
            })
            .collect();
        Vocabulary { words, cumulative }
    }

    fn draw(&self, random: &mut Random) -> usize {
        let at = random.unit() * self.cumulative[self.cumulative.len() - 1];
        self.cumulative.partition_point(|&c| c < at).min(self.words.len() - 1)
    }
}

/// One article: a title and paragraphs of sentences with names, commas, numbers and quotations.
pub fn article(vocabulary: &Vocabulary, random: &mut Random, words: usize) -> (String, String) {
    let mut title = String::new();
    for i in 0..6 + random.below(5) {
        push_word(&mut title, &vocabulary.words[vocabulary.draw(random)], i == 0 || random.below(4) == 0);
    }
    let mut text = String::with_capacity(words * 7);
    let mut written = 0;
    let mut in_paragraph = 0;
    while written < words {
        let length = 8 + random.below(28);
        let quoted = random.below(6) == 0;
        if quoted {
            text.push_str(if text.is_empty() || text.ends_with('\n') { "\"" } else { " \"" });
        }
        for i in 0..length {
            let capital = i == 0 || random.below(12) == 0;
            if random.below(60) == 0 {
                let _ = write!(text, "{}{}", if i == 0 { "" } else { " " }, 1 + random.below(2_000));
                continue;
            }
            let word = &vocabulary.words[vocabulary.draw(random)];
            if quoted && i == 0 {
                push_capital(&mut text, word);
            } else {
                push_word(&mut text, word, capital);
            }
            if random.below(40) == 0 {
                text.push_str("'s");
            }
            if i + 1 < length && random.below(11) == 0 {
                text.push(',');
            }
        }
        text.push('.');
        if quoted {
            text.push('"');
        }
        written += length;
        in_paragraph += 1;
        if in_paragraph > 2 && random.below(3) == 0 {
            text.push_str("\n\n");
            in_paragraph = 0;
        }
    }
    (title, text)
}

fn push_word(text: &mut String, word: &str, capital: bool) {
    if !(text.is_empty() || text.ends_with('\n')) {
        text.push(' ');
    }
    if capital { push_capital(text, word) } else { text.push_str(word) }
}

fn push_capital(text: &mut String, word: &str) {
    let mut chars = word.chars();
    text.extend(chars.next().map(|c| c.to_ascii_uppercase()));
    text.push_str(chars.as_str());
}

/// About `bytes` of JSONL: id, outlet, title, text.
pub fn jsonl(vocabulary: &Vocabulary, bytes: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut out = String::with_capacity(bytes + 8_192);
    let mut number = 0;
    while out.len() < bytes {
        let words = 200 + random.below(900);
        let (title, text) = article(vocabulary, &mut random, words);
        let text = text.replace('"', "\\\"").replace('\n', "\\n");
        let outlet = ["Courier", "Herald", "Observer"][random.below(3)];
        let _ =
            writeln!(out, "{{\"id\":\"a{number}\",\"outlet\":\"{outlet}\",\"title\":\"{title}\",\"text\":\"{text}\"}}");
        number += 1;
    }
    out
}

/// A lexicon drawn from the vocabulary, as TOML, and the literals a bare scan would look for:
/// unique entries of three letters or more, a quarter of them phrases, a third with wildcards,
/// in 30 categories. Ranks are drawn log-uniformly, so that rare words are as usual as common
/// ones, as in real lexicons.
pub fn lexicon(vocabulary: &Vocabulary, entries: usize, seed: u64) -> (String, Vec<String>) {
    let mut random = Random::new(seed);
    let mut by_category = vec![Vec::new(); 30];
    let mut literals = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let first = FUNCTION_WORDS.len();
    while seen.len() < entries {
        let draw = |random: &mut Random| {
            let top = (vocabulary.words.len() as f64 / first as f64).ln();
            let rank = (first as f64 * (random.unit() * top).exp()) as usize;
            vocabulary.words[rank.min(vocabulary.words.len() - 1)].clone()
        };
        let mut term = draw(&mut random);
        if random.below(4) == 0 {
            term = format!("{term} {}", draw(&mut random));
        }
        let wildcard = random.below(3) == 0 && term.len() > 5;
        if wildcard {
            term.truncate(term.len() - 1);
            term.push('*');
        }
        if term.len() < 3 || !seen.insert(term.clone()) {
            continue;
        }
        // What a bare scan can look for: the longest literal piece.
        let literal = term.split('*').max_by_key(|p| p.len()).unwrap_or("").to_owned();
        literals.push(literal);
        by_category[random.below(30)].push(term);
    }
    let mut toml = String::from("[lexicon]\nid = \"bench\"\nname = \"Bench\"\nlanguage = \"en\"\n");
    for (i, terms) in by_category.iter().enumerate().filter(|(_, terms)| !terms.is_empty()) {
        let _ = writeln!(toml, "\n[[category]]\nid = \"c{i}\"\nterms = {terms:?}");
    }
    (toml, literals)
}
