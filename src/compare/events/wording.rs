//! The words of every article, for what comes after all have been read: matching events, and what each desk changed.
//!
//! A worker cuts an article's tokens into numbers of a dictionary of its part ([`WordingPart`]); parts are appended in
//! the order of the input, so the dictionary of the whole is the same for any number of threads.
//!
//! Memory: 4 bytes a word of text, 12 bytes a hit, and the dictionary, about 150 bytes a spelling.

use std::ops::Range;

use framescope_core::lexicon::LexiconSet;
use framescope_core::matching::EntryWords;
use framescope_core::score::ArticleScore;
use framescope_core::text::{Analysis, TypeTable, Voice, Zone, is_function_word};
use rustc_hash::FxHashMap;

use crate::compare::copies::{Signature, Signer};

/// A word in 32 bits: the number of its spelling, its voice, whether it stands in the title, and whether its capital
/// says nothing (first in a sentence, or in a title or heading).
const NUMBER_BITS: u32 = 28;
const NUMBER: u32 = (1 << NUMBER_BITS) - 1;
const VOICE_SHIFT: u32 = NUMBER_BITS;
const TITLE: u32 = 1 << 30;
const CAPITAL_IDLE: u32 = 1 << 31;

/// One word of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word(u32);

impl Word {
    /// The number of its spelling.
    pub fn spelling(self) -> u32 {
        self.0 & NUMBER
    }

    /// Whose word it is.
    pub fn voice(self) -> Voice {
        Voice::ALL[(self.0 >> VOICE_SHIFT & 3) as usize % Voice::ALL.len()]
    }

    /// Whether it stands in the title.
    pub fn is_in_title(self) -> bool {
        self.0 & TITLE != 0
    }

    /// Whether a capital letter would mean that it is a name.
    pub(super) fn shows_names(self) -> bool {
        self.0 & CAPITAL_IDLE == 0
    }
}

/// A spelling of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    /// As spelled, quotation marks and apostrophes unified.
    pub text: Box<str>,
    /// As matched.
    pub folded: Box<str>,
    /// Whether it is a function word of some language.
    pub is_function_word: bool,
    /// Whether an entry or a mask of a lexicon has it.
    pub is_of_lexicon: bool,
    /// Whether it holds a digit.
    pub is_number: bool,
    /// Whether it begins with a capital letter.
    pub is_capitalised: bool,
}

impl Spelling {
    fn new(text: &str, folded: &str, lexicon: &EntryWords) -> Spelling {
        Spelling {
            is_function_word: is_function_word(folded),
            is_of_lexicon: lexicon.hold(folded, text),
            is_number: folded.chars().any(char::is_numeric),
            is_capitalised: text.chars().next().is_some_and(char::is_uppercase),
            text: text.into(),
            folded: folded.into(),
        }
    }
}

/// A hit: the words it spans, and the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordHit {
    /// Its first word in the article.
    pub first: u32,
    /// One past its last.
    pub end: u32,
    /// The path its entry is written in, by running number.
    pub path: u32,
}

/// What a worker keeps of some articles.
#[derive(Debug, Default)]
pub struct WordingPart {
    wording: Wording,
}

/// The words of all articles.
#[derive(Debug, Default)]
pub struct Wording {
    spellings: Vec<Spelling>,
    numbers: FxHashMap<Box<str>, u32>,
    words: Vec<u32>,
    /// Where each article's words end.
    ends: Vec<usize>,
    hits: Vec<WordHit>,
    /// Where each article's hits end.
    hit_ends: Vec<usize>,
    signatures: Vec<Signature>,
    /// Words that were left out because there were too many spellings.
    left_out: u64,
}

impl WordingPart {
    /// Adds an article that was scored.
    pub fn add(
        &mut self,
        set: &LexiconSet,
        lexicon: &EntryWords,
        types: &TypeTable,
        score: &ArticleScore,
        signer: &mut Signer,
    ) {
        let wording = &mut self.wording;
        let analysis = &score.analysis;
        wording.add_words(lexicon, types, analysis);
        wording.hits.extend(score.resolution.hits.iter().filter(|hit| hit.counts).map(|hit| WordHit {
            first: hit.first_token,
            end: hit.end_token,
            path: set.path_number(hit.lexicon, hit.path),
        }));
        wording.hit_ends.push(wording.hits.len());
        wording.signatures.push(signer.sign(analysis, types));
    }
}

impl Wording {
    /// Adds the articles of a part behind those there are.
    pub fn append(&mut self, part: WordingPart) {
        let part = part.wording;
        let (words, hits) = (self.words.len(), self.hits.len());
        let numbers: Vec<Option<u32>> = part.spellings.into_iter().map(|spelling| self.number(spelling)).collect();
        let other = numbers.iter().flatten().next().copied().unwrap_or_default();
        for word in part.words {
            // Only a corpus of a quarter of a billion spellings comes here without a number.
            let number = numbers.get((word & NUMBER) as usize).copied().flatten();
            self.left_out += u64::from(number.is_none());
            self.words.push(word & !NUMBER | number.unwrap_or(other));
        }
        self.ends.extend(part.ends.into_iter().map(|end| words + end));
        self.hits.extend(part.hits);
        self.hit_ends.extend(part.hit_ends.into_iter().map(|end| hits + end));
        self.signatures.extend(part.signatures);
    }

    fn add_words(&mut self, lexicon: &EntryWords, types: &TypeTable, analysis: &Analysis) {
        for sentence in &analysis.sentences {
            let in_title = sentence.zone == Zone::Title;
            let always_idle = in_title || sentence.zone == Zone::Heading;
            for at in sentence.first_token..sentence.end_token {
                let token = &analysis.tokens[at as usize];
                // The spelling of two types may be one: they differ in marks that are skipped.
                let exact = types.exact(token.type_id);
                let number = match self.numbers.get(exact) {
                    Some(&number) => number,
                    None => self.number(Spelling::new(exact, types.folded(token.type_id), lexicon)).unwrap_or_default(),
                };
                let is_idle = always_idle || at == sentence.first_token;
                self.words.push(
                    number
                        | (token.voice as u32) << VOICE_SHIFT
                        | if in_title { TITLE } else { 0 }
                        | if is_idle { CAPITAL_IDLE } else { 0 },
                );
            }
        }
        self.ends.push(self.words.len());
    }

    /// The number of a spelling, unless there are too many.
    fn number(&mut self, spelling: Spelling) -> Option<u32> {
        if let Some(&number) = self.numbers.get(&spelling.text) {
            return Some(number);
        }
        let number = u32::try_from(self.spellings.len()).ok().filter(|number| *number <= NUMBER)?;
        self.numbers.insert(spelling.text.clone(), number);
        self.spellings.push(spelling);
        Some(number)
    }

    /// How many articles.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The spellings, by number.
    pub fn spellings(&self) -> &[Spelling] {
        &self.spellings
    }

    /// A spelling.
    pub fn spelling(&self, word: Word) -> &Spelling {
        &self.spellings[word.spelling() as usize]
    }

    /// The words of an article, title first.
    pub fn words(&self, article: u32) -> impl ExactSizeIterator<Item = Word> + '_ {
        self.words[range(&self.ends, article)].iter().map(|&word| Word(word))
    }

    /// The hits of an article that enter `count`, by their first word.
    pub fn hits(&self, article: u32) -> &[WordHit] {
        &self.hits[range(&self.hit_ends, article)]
    }

    /// The signatures of all articles, for finding copies.
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// Words that were taken for another, because the corpus has more spellings than fit; 0 in any corpus of news.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }
}

fn range(ends: &[usize], article: u32) -> Range<usize> {
    let article = article as usize;
    (if article == 0 { 0 } else { ends[article - 1] })..ends[article]
}
