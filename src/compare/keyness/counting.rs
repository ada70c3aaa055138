//! What a worker counts: the words and phrases of the articles of a chunk.

use framescope_core::lexicon::{LexiconId, LexiconSet};
use framescope_core::matching::{Resolution, Rule};
use framescope_core::text::{Analysis, TypeId, TypeTable, language};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{KeynessSettings, LONGEST};
use crate::compare::{GroupId, Groups, Signature, Signer};
use crate::corpus::is_other_language;

/// No word: what stands behind the last word of a phrase.
const NOTHING: u32 = u32::MAX;

/// An article as the counting sees it.
#[derive(Debug, Clone, Copy)]
pub struct ArticleRead<'a> {
    /// Its identifier.
    pub id: &'a str,
    /// The group it is in; an article without one is counted as left out.
    pub group: Option<&'a str>,
    /// Its language, `und` where it is not known.
    pub language: &'a str,
    /// Its words.
    pub analysis: &'a Analysis,
    /// Their spellings.
    pub types: &'a TypeTable,
    /// The lexicons.
    pub set: &'a LexiconSet,
    /// Their hits, and where words of the lexicon are left out the rejected candidates too.
    pub resolution: &'a Resolution,
}

/// What a worker keeps between articles, for its memory alone.
#[derive(Debug, Default)]
pub struct CountScratch {
    /// The phrases of the article as runs of types, in the order they are met, and how often.
    runs: Vec<([u32; LONGEST], u32)>,
    numbers: FxHashMap<[u32; LONGEST], u32>,
    /// Which tokens belong to the lexicon.
    lexical: Vec<bool>,
    folded: String,
    spelled: String,
    cells: Vec<(u32, u32)>,
    function_words: FxHashMap<String, FxHashSet<&'static str>>,
    signer: Signer,
}

/// How often a word was spelled how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spellings {
    /// As it is folded.
    pub(super) folded: u32,
    /// Otherwise: nearly every word has one or two, so they stand in a row.
    pub(super) others: Vec<(Box<str>, u32)>,
}

impl Spellings {
    pub(super) fn add(&mut self, spelled: &str, folded: &str, times: u32) {
        if spelled == folded {
            self.folded += times;
        } else if let Some((_, n)) = self.others.iter_mut().find(|(known, _)| **known == *spelled) {
            *n += times;
        } else {
            self.others.push((spelled.into(), times));
        }
    }

    pub(super) fn append(&mut self, later: Spellings) {
        self.folded += later.folded;
        for (spelled, times) in later.others {
            match self.others.iter_mut().find(|(known, _)| *known == spelled) {
                Some((_, n)) => *n += times,
                None => self.others.push((spelled, times)),
            }
        }
    }

    /// The commonest; of equally common ones the folded, else the first of the alphabet.
    pub(super) fn commonest<'a>(&'a self, folded: &'a str) -> &'a str {
        let others = self.others.iter().map(|(spelled, n)| (&**spelled, *n));
        let best = others.max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
        best.filter(|(_, n)| *n > self.folded).map_or(folded, |(spelled, _)| spelled)
    }
}

/// An article of a part.
#[derive(Debug)]
pub(super) struct ArticleCounts {
    pub(super) id: String,
    pub(super) group: GroupId,
    pub(super) language: GroupId,
    /// Places where a word, a pair and a run of three can stand.
    pub(super) places: [u32; LONGEST],
    /// One past its last cell.
    pub(super) end: usize,
}

/// The words of some articles, ready to be merged in the order of the input.
#[derive(Debug, Default)]
pub struct KeynessPart {
    pub(super) groups: Groups,
    pub(super) articles: Vec<ArticleCounts>,
    /// Unit and count: units below the number of entries are entries, the others words of this part.
    pub(super) cells: Vec<(u32, u32)>,
    pub(super) numbers: FxHashMap<Box<str>, u32>,
    pub(super) spellings: Vec<Spellings>,
    /// The languages of its articles.
    pub(super) languages: Groups,
    /// Articles that are in no group.
    pub(super) left_out: u64,
    /// By lexicon, articles in another language.
    pub(super) unread: Vec<u64>,
    /// Articles in another language than all lexicons: they are not counted.
    pub(super) unread_by_all: u64,
    /// What finds copies, an article each.
    pub(super) signatures: Vec<Signature>,
}

impl KeynessPart {
    /// Adds an article.
    pub fn add(&mut self, settings: &KeynessSettings, read: &ArticleRead<'_>, scratch: &mut CountScratch) {
        let Some(group) = read.group else {
            self.left_out += 1;
            return;
        };
        if !self.is_read(settings, read.language) {
            return;
        }
        let language = self.languages.number(read.language);
        self.signatures.push(scratch.signer.sign(read.analysis, read.types));
        let group = self.groups.number(group);
        scratch.cells.clear();
        count_entries(settings, read, &mut scratch.cells);
        mark_lexical(settings, read, &mut scratch.lexical);
        let places = runs(settings, read.analysis, scratch);
        let CountScratch { runs, folded, spelled, cells, function_words, .. } = scratch;
        let function_words = match settings.function_words {
            true => None,
            false => Some(function_words_of(read.language, function_words)),
        };
        for (run, times) in runs.iter() {
            let words = run.split(|&word| word == NOTHING).next().unwrap_or_default();
            let is_function_word = |word: Option<&u32>| {
                let folded = word.map(|&word| read.types.folded(TypeId(word)));
                folded.zip(function_words).is_some_and(|(folded, list)| list.contains(folded))
            };
            if is_function_word(words.first()) || is_function_word(words.last()) {
                continue;
            }
            folded.clear();
            spelled.clear();
            for (at, &word) in words.iter().enumerate() {
                if at > 0 {
                    folded.push(' ');
                    spelled.push(' ');
                }
                folded.push_str(read.types.folded(TypeId(word)));
                spelled.push_str(read.types.exact(TypeId(word)));
            }
            let number = self.number(folded);
            self.spellings[number as usize].add(spelled, folded, *times);
            cells.push((settings.entries + number, *times));
        }
        // Spellings of one word are one unit.
        cells.sort_unstable_by_key(|(unit, _)| *unit);
        let first = self.cells.len();
        for &(unit, times) in cells.iter() {
            match self.cells[first..].last_mut() {
                Some((last, n)) if *last == unit => *n += times,
                _ => self.cells.push((unit, times)),
            }
        }
        self.articles.push(ArticleCounts { id: read.id.to_owned(), group, language, places, end: self.cells.len() });
    }

    /// Whether there is no lexicon, or one that reads articles in this language; and notes those that do not.
    fn is_read(&mut self, settings: &KeynessSettings, language: &str) -> bool {
        self.unread.resize(settings.lexicons.len(), 0);
        let mut by_some = settings.lexicons.is_empty();
        for (lexicon, unread) in settings.lexicons.iter().zip(&mut self.unread) {
            match is_other_language(&lexicon.language, language) {
                Some(true) => *unread += 1,
                Some(false) | None => by_some = true,
            }
        }
        self.unread_by_all += u64::from(!by_some);
        by_some
    }

    fn number(&mut self, folded: &str) -> u32 {
        if let Some(&known) = self.numbers.get(folded) {
            return known;
        }
        let new = self.spellings.len() as u32;
        self.numbers.insert(folded.into(), new);
        self.spellings.push(Spellings::default());
        new
    }
}

/// The hits of every entry in the voices that are counted, in all zones. What a lexicon of another language finds is a word
/// that only looks alike.
fn count_entries(settings: &KeynessSettings, read: &ArticleRead<'_>, cells: &mut Vec<(u32, u32)>) {
    let hits = read.resolution.hits.iter().filter(|hit| settings.voices.contains(hit.voice));
    let is_read = |lexicon: LexiconId| {
        let own = settings.lexicons.get(lexicon.0 as usize);
        own.is_none_or(|own| is_other_language(&own.language, read.language) != Some(true))
    };
    let hits = hits.filter(|hit| is_read(hit.lexicon));
    cells.extend(hits.map(|hit| (read.set.entry_number(hit.lexicon, hit.entry), 1)));
}

/// Marks the tokens of hits, and of candidates that a mask killed: a name that holds a word of the lexicon is no
/// use of that word, so it is not listed as another word either.
fn mark_lexical(settings: &KeynessSettings, read: &ArticleRead<'_>, lexical: &mut Vec<bool>) {
    lexical.clear();
    if !settings.without_lexicon_words {
        return;
    }
    lexical.resize(read.analysis.tokens.len(), false);
    let hits = read.resolution.hits.iter().map(|hit| (hit.first_token, hit.end_token));
    let rejected = read.resolution.rejected.iter().filter(|rejected| rejected.rule == Rule::Masked);
    for (first, end) in hits.chain(rejected.map(|rejected| (rejected.first_token, rejected.end_token))) {
        lexical[first as usize..end as usize].fill(true);
    }
}

/// Counts the runs of neighbouring words in `scratch`, and returns how many places there are for each length.
fn runs(settings: &KeynessSettings, analysis: &Analysis, scratch: &mut CountScratch) -> [u32; LONGEST] {
    let CountScratch { runs, numbers, lexical, .. } = scratch;
    runs.clear();
    numbers.clear();
    let mut places = [0; LONGEST];
    for sentence in &analysis.sentences {
        let end = sentence.end_token as usize;
        for first in sentence.first_token as usize..end {
            let mut run = [NOTHING; LONGEST];
            let mut is_lexical = false;
            for (at, token) in analysis.tokens[first..end].iter().take(settings.longest).enumerate() {
                if !settings.voices.contains(token.voice) {
                    break;
                }
                run[at] = token.type_id.0;
                places[at] += 1;
                is_lexical |= lexical.get(first + at).is_some_and(|&lexical| lexical);
                if is_lexical || at + 1 < settings.shortest {
                    continue;
                }
                let new = runs.len() as u32;
                let number = *numbers.entry(run).or_insert(new);
                if number == new {
                    runs.push((run, 0));
                }
                runs[number as usize].1 += 1;
            }
        }
    }
    places
}

fn function_words_of<'a>(
    code: &str,
    known: &'a mut FxHashMap<String, FxHashSet<&'static str>>,
) -> &'a FxHashSet<&'static str> {
    // A look first: an owned key for every article would be waste.
    if !known.contains_key(code) {
        let words = language(code).into_iter().flat_map(|data| data.function_words.iter().map(String::as_str));
        known.insert(code.to_owned(), words.collect());
    }
    &known[code]
}
