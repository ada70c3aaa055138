//! Words of languages: abbreviations, function words, and the cues that rules ask for.
//!
//! The data are files of their own (`lang/*.toml`), so that a speaker can mend them without Rust.
//! Sentences and voices use the union of all languages, because a score must not depend on a
//! guess about the article's language; negation and whom a hit is about follow the language that
//! the lexicon names.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use toml_edit::{Array, Document, Table};

use super::fold::fold;
use super::lengths::Lengths;
use crate::sieve::{Ends, Sieve};

/// What the program knows of one language.
#[derive(Debug, Clone, Default)]
pub struct LanguageData {
    /// Its ISO 639-1 code.
    pub code: String,
    /// Its English name.
    pub name: String,
    /// Words after whose full stop no sentence ends, folded, without the stop.
    pub abbreviations: Vec<String>,
    /// The same, but only before a number.
    pub abbreviations_before_numbers: Vec<String>,
    /// The same, unless one of the commonest words follows, written large ("Inc. The").
    pub abbreviations_that_may_end: Vec<String>,
    /// Words before which a number and a full stop are an ordinal, folded ("7. Oktober").
    pub after_ordinals: Vec<String>,
    /// Articles and pronouns that are cut off before an apostrophe, folded.
    pub elisions: Vec<String>,
    /// Its commonest words, folded: they vote on the language of an article.
    pub function_words: Vec<String>,
    /// Words that part a negation cue from what follows.
    pub contrast: Vec<String>,
    /// Words that mark the agent of a passive.
    pub agents: Vec<String>,
    /// Words that join two names.
    pub joiners: Vec<String>,
    /// Determiners and counting words.
    pub determiners: Vec<String>,
    /// How it negates.
    pub negation: NegationWords,
    /// How it attributes.
    pub attribution: AttributionWords,
    /// What it writes before a word without a space; nothing for most languages.
    pub clitics: Proclitics,
    /// How it inflects.
    pub inflection: Inflection,
}

/// How a language negates; terms as in a lexicon.
#[derive(Debug, Clone, Default)]
pub struct NegationWords {
    /// Cues.
    pub cues: Vec<String>,
    /// Phrases whose cue does not negate ("not only").
    pub exceptions: Vec<String>,
}

/// How a language attributes what it reports; phrases of folded words.
#[derive(Debug, Clone, Default)]
pub struct AttributionWords {
    /// Phrases that make their whole sentence paraphrase ("according to").
    pub sentence: Vec<String>,
    /// Verbs whose object is paraphrase ("said").
    pub verbs: Vec<String>,
}

/// The proclitics of a language: what stands before a word without a space. Folded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proclitics {
    /// A word has at most one of each list before it, in this order.
    pub order: Vec<Vec<String>>,
    /// What is written otherwise than letter by letter, and the spellings that it may stand for: they
    /// are what proclitics are taken off.
    pub contractions: Vec<(String, Vec<String>)>,
}

impl Proclitics {
    /// So many letters or digits are left at least. Of one letter no word is made in these languages;
    /// of two many are (دم, حق; שר, דם), and an entry that none of its forms with an article
    /// satisfies would miss most of what it is for. What goes wrong with two is confined to entries
    /// of two letters, whose author can bind them to the spelling (`case = "exact"`).
    pub const LEAST_LEFT: usize = 2;

    /// Whether enough is left for a word.
    pub fn is_word(left: &str) -> bool {
        left.chars().filter(|c| c.is_alphanumeric()).take(Self::LEAST_LEFT).count() == Self::LEAST_LEFT
    }
}

/// How a language inflects, as far as endings tell ([`stem`](super::stem)).
#[derive(Debug, Clone, Default)]
pub struct Inflection {
    /// Endings that are cut off, folded.
    pub endings: Vec<String>,
    /// Endings of words that are left whole.
    pub keep: Vec<String>,
    /// Articles and prepositions written together with the word.
    pub prefixes: Vec<String>,
    /// Whether a consonant is doubled before an ending.
    pub doubles: bool,
}

/// What the spelling of a word says of it: whose function word it is, a bit for each language and neighbour;
/// whether it is surely no abbreviation, whether it makes an ordinal of a number before it, and whether a phrase
/// of attribution is found by it; and above that its number among the words of such phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(transparent)]
pub(super) struct WordFlags(u32);

/// How many vote: the languages with data, and behind them the neighbours, groups of languages that nothing more is known of.
pub(super) const VOTERS: usize = CODES + 2;
const NO_ABBREVIATION: u32 = 1 << VOTERS;
const AFTER_ORDINALS: u32 = 1 << (VOTERS + 1);
const ATTRIBUTION: u32 = 1 << (VOTERS + 2);
const IN_ATTRIBUTION: usize = VOTERS + 3;
/// The bits of the languages with data.
const KNOWN: u16 = (1 << CODES) - 1;

impl WordFlags {
    /// A bit for each language whose function word it is, in the order of [`languages`].
    pub(super) fn languages(self) -> u16 {
        self.votes() & KNOWN
    }

    /// The same, and behind them the neighbours: [`VOTERS`] bits.
    #[inline]
    pub(super) fn votes(self) -> u16 {
        self.0 as u16 & ((1 << VOTERS) - 1)
    }

    /// The same flags of a spelling that is no abbreviation in any language.
    pub(super) fn of_no_abbreviation(self) -> WordFlags {
        WordFlags(self.0 | NO_ABBREVIATION)
    }

    /// Whether that was found of the spelling. Where it was not, it may be none all the same.
    pub(super) fn is_no_abbreviation(self) -> bool {
        self.0 & NO_ABBREVIATION != 0
    }

    /// Whether a number and a full stop before it are an ordinal.
    pub(super) fn after_ordinals(self) -> bool {
        self.0 & AFTER_ORDINALS != 0
    }

    /// Not 0 if a phrase of attribution is found by it.
    #[inline]
    pub(super) fn attribution_bit(self) -> u32 {
        self.0 & ATTRIBUTION
    }

    /// Which word of phrases of attribution it is; 0 is none.
    #[inline]
    pub(super) fn in_attribution(self) -> u16 {
        (self.0 >> IN_ATTRIBUTION) as u16
    }
}

macro_rules! embedded {
    ($($code:literal),+) => { [$(include_str!(concat!("../../lang/", $code, ".toml"))),+] };
}

const CODES: usize = 12;

/// Function words of languages without data of their own, close enough to one with data that its
/// words would win the vote: Danish reads as German, Bulgarian as Russian. Where a neighbour wins,
/// something slower than the vote is asked.
static NEIGHBOURS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let document = Document::parse(include_str!("../../lang/neighbours.toml"))
        .expect("the embedded language files are read by a test");
    ["north_germanic", "slavic_in_cyrillic"].iter().map(|group| list(Some(document.as_table()), group)).collect()
});

static LANGUAGES: LazyLock<Vec<LanguageData>> = LazyLock::new(|| {
    let sources = embedded!("en", "fr", "de", "es", "it", "pt", "nl", "ru", "uk", "ar", "he", "tr");
    let sources: [&str; CODES] = sources;
    sources.iter().map(|source| read(source)).collect()
});

static WORDS: LazyLock<Words> = LazyLock::new(Words::collect);

/// Every language with data.
pub fn languages() -> &'static [LanguageData] {
    &LANGUAGES
}

/// The data of a language by its code; what follows the first hyphen (`en-GB`) is ignored.
pub fn language(code: &str) -> Option<&'static LanguageData> {
    let primary = code.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    LANGUAGES.iter().find(|l| l.code == primary)
}

/// Whether a folded word is one of the commonest of any language.
pub fn is_function_word(folded: &str) -> bool {
    word_flags(folded).languages() != 0
}

/// All words, folded, that any flag or abbreviation tells from others; some stand there twice.
pub(super) fn words_of_rules() -> impl Iterator<Item = &'static str> {
    WORDS.flags.keys().chain(WORDS.abbreviations.keys()).copied()
}

pub(super) fn word_flags(folded: &str) -> WordFlags {
    flags_of_spelling(folded, Ends::of(folded.as_bytes()), false)
}

/// The flags of a spelling that folds to a word with these ends; `of_letters` says whether it is two letters or more, and nothing else.
pub(super) fn flags_of_spelling(folded: &str, ends: Ends, of_letters: bool) -> WordFlags {
    let is_ruled = WORDS.ruled.may_hold(ends);
    let flags = if is_ruled { WORDS.flags.get(folded).copied().unwrap_or_default() } else { WordFlags::default() };
    let is_no_abbreviation = of_letters && !(is_ruled && WORDS.abbreviations.contains_key(folded));
    if is_no_abbreviation { flags.of_no_abbreviation() } else { flags }
}

/// What a full stop after a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Abbreviation {
    /// No sentence ends after it.
    Never,
    /// A sentence ends after it only before one of the commonest words, written large.
    MayEnd,
    /// No sentence ends after it before a number.
    BeforeNumbers,
}

/// Which abbreviation this folded word is, in any language.
pub(super) fn abbreviation(folded: &str) -> Option<Abbreviation> {
    WORDS.abbreviations.get(folded).copied()
}

/// Whether this is a word of two ASCII letters or more and no abbreviation in any language.
pub(super) fn is_no_abbreviation(word: &[u8]) -> bool {
    word.iter().all(u8::is_ascii_alphabetic) && is_no_abbreviation_of_letters(word)
}

/// The same of a row of ASCII letters: most words are none by their first letter and length, and
/// the rest are looked up without folding.
#[inline]
pub(super) fn is_no_abbreviation_of_letters(word: &[u8]) -> bool {
    let is_none = || folded_ascii(word, &mut [0; 64]).is_some_and(|small| abbreviation(small).is_none());
    word.len() > 1 && (word.len() >= 64 || !WORDS.abbreviation_lengths.may_hold(word) || is_none())
}

/// A piece in ASCII, folded without a copy that would be thrown away; `None` where there is no room for it.
fn folded_ascii<'r>(piece: &[u8], room: &'r mut [u8]) -> Option<&'r str> {
    let small = room.get_mut(..piece.len())?;
    small.copy_from_slice(piece);
    small.make_ascii_lowercase();
    std::str::from_utf8(small).ok()
}

/// Whether this piece before an apostrophe is a word of its own.
pub(super) fn is_elision(piece: &str) -> bool {
    match piece.is_ascii() {
        true => is_elision_in_ascii(piece.as_bytes()),
        false => piece.len() <= LONGEST_ELISION && WORDS.elisions.contains(&*fold(piece)),
    }
}

/// The same of a piece in ASCII.
pub(super) fn is_elision_in_ascii(piece: &[u8]) -> bool {
    WORDS.elision_lengths.may_hold(piece)
        && folded_ascii(piece, &mut [0; LONGEST_ELISION]).is_some_and(|small| WORDS.elisions.contains(small))
}

/// In bytes, decomposed.
const LONGEST_ELISION: usize = 16;

/// A phrase of attribution, found by the word that its language uses least.
#[derive(Debug)]
pub(super) struct AttributionPhrase {
    /// Its words, by number ([`WordFlags::in_attribution`]).
    pub(super) words: Vec<u16>,
    /// Which of them it is found by.
    pub(super) anchor: usize,
    /// Whether it makes its whole sentence paraphrase.
    pub(super) whole: bool,
}

/// The phrases of attribution that are found by this word.
pub(super) fn attribution_phrases(anchor: WordFlags) -> &'static [AttributionPhrase] {
    WORDS.attribution.get(usize::from(anchor.in_attribution())).map_or(&[], Vec::as_slice)
}

struct Words {
    flags: FxHashMap<&'static str, WordFlags>,
    /// The words that have some, and abbreviations.
    ruled: Sieve,
    abbreviations: FxHashMap<&'static str, Abbreviation>,
    abbreviation_lengths: Lengths,
    elisions: FxHashSet<&'static str>,
    elision_lengths: Lengths,
    /// By the number of the word that they are found by.
    attribution: Vec<Vec<AttributionPhrase>>,
}

impl Words {
    fn collect() -> Words {
        let mut words = Words {
            flags: FxHashMap::default(),
            ruled: Sieve::with_room(0),
            abbreviations: FxHashMap::default(),
            abbreviation_lengths: Lengths::default(),
            elisions: FxHashSet::default(),
            elision_lengths: Lengths::default(),
            attribution: vec![Vec::new()],
        };
        for (number, language) in LANGUAGES.iter().enumerate() {
            // Where languages disagree, what breaks fewer sentences holds.
            for (list, kind) in [
                (&language.abbreviations, Abbreviation::Never),
                (&language.abbreviations_that_may_end, Abbreviation::MayEnd),
                (&language.abbreviations_before_numbers, Abbreviation::BeforeNumbers),
            ] {
                for word in list {
                    let known = words.abbreviations.entry(word).or_insert(kind);
                    *known = (*known).min(kind);
                }
            }
            words.elisions.extend(language.elisions.iter().map(String::as_str));
            for word in &language.function_words {
                words.flags.entry(word).or_default().0 |= 1 << number;
            }
            for word in &language.after_ordinals {
                words.flags.entry(word).or_default().0 |= AFTER_ORDINALS;
            }
        }
        for (number, group) in NEIGHBOURS.iter().enumerate() {
            for word in group {
                words.flags.entry(word).or_default().0 |= 1 << (CODES + number);
            }
        }
        words.abbreviation_lengths = Lengths::of(words.abbreviations.keys().copied());
        words.elision_lengths = Lengths::of(words.elisions.iter().copied());
        words.collect_attribution();
        let ruled: Vec<_> = words.flags.keys().chain(words.abbreviations.keys()).copied().collect();
        words.ruled = Sieve::of(ruled.into_iter());
        words
    }

    fn collect_attribution(&mut self) {
        for language in LANGUAGES.iter() {
            let phrases = [(&language.attribution.sentence, true), (&language.attribution.verbs, false)];
            for (phrase, whole) in phrases.into_iter().flat_map(|(list, whole)| list.iter().map(move |p| (p, whole))) {
                let words: Vec<&str> = phrase.split(' ').collect();
                // "a déclaré" is looked for where "déclaré" stands, and not at every "a".
                let is_common = |word: &str| self.flags.get(word).is_some_and(|flags| flags.votes() != 0);
                let is_word = |word: &str| word.chars().nth(2).is_some();
                let rarity = |&i: &usize| (is_word(words[i]), !is_common(words[i]), words[i].len());
                let anchor = (0..words.len()).max_by_key(rarity).unwrap_or(0);
                let anchor_word = words[anchor];
                let words: Vec<u16> = words.iter().map(|word| self.number_in_attribution(word)).collect();
                self.attribution[usize::from(words[anchor])].push(AttributionPhrase { words, anchor, whole });
                self.flags.entry(anchor_word).or_default().0 |= ATTRIBUTION;
            }
        }
    }

    fn number_in_attribution(&mut self, word: &'static str) -> u16 {
        let flags = self.flags.entry(word).or_default();
        if flags.in_attribution() == 0 {
            // A test counts them: there are far fewer than fit.
            flags.0 |= (self.attribution.len() as u32) << IN_ATTRIBUTION;
            self.attribution.push(Vec::new());
        }
        flags.in_attribution()
    }
}

/// Reads one of the embedded files, which a test has read before it was shipped.
fn read(source: &str) -> LanguageData {
    let document = Document::parse(source).expect("the embedded language files are read by a test");
    let table = document.as_table();
    let text = |key: &str| table.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let part = |key: &str| table.get(key).and_then(|v| v.as_table());
    LanguageData {
        code: text("code"),
        name: text("name"),
        abbreviations: list(Some(table), "abbreviations"),
        abbreviations_before_numbers: list(Some(table), "abbreviations_before_numbers"),
        abbreviations_that_may_end: list(Some(table), "abbreviations_that_may_end"),
        after_ordinals: list(Some(table), "after_ordinals"),
        elisions: list(Some(table), "elisions"),
        function_words: list(Some(table), "function_words"),
        contrast: list(Some(table), "contrast"),
        agents: list(Some(table), "agents"),
        joiners: list(Some(table), "joiners"),
        determiners: list(Some(table), "determiners"),
        negation: NegationWords {
            cues: list(part("negation"), "cues"),
            exceptions: list(part("negation"), "exceptions"),
        },
        attribution: AttributionWords {
            sentence: list(part("attribution"), "sentence"),
            verbs: list(part("attribution"), "verbs"),
        },
        clitics: proclitics(part("clitics")),
        inflection: Inflection {
            endings: list(part("inflection"), "endings"),
            keep: list(part("inflection"), "keep"),
            prefixes: list(part("inflection"), "prefixes"),
            doubles: part("inflection").and_then(|t| t.get("doubles")).and_then(|v| v.as_bool()).unwrap_or(false),
        },
    }
}

fn proclitics(table: Option<&Table>) -> Proclitics {
    let strings = |array: &Array| array.iter().filter_map(|v| v.as_str()).map(str::to_owned).collect();
    let order = table.and_then(|t| t.get("order")).and_then(|v| v.as_array());
    let contractions = table.and_then(|t| t.get("contractions")).and_then(|v| v.as_inline_table());
    Proclitics {
        order: order.into_iter().flatten().filter_map(|v| v.as_array()).map(strings).collect(),
        contractions: contractions
            .into_iter()
            .flatten()
            .filter_map(|(written, v)| Some((written.to_owned(), strings(v.as_array()?))))
            .collect(),
    }
}

fn list(table: Option<&Table>, key: &str) -> Vec<String> {
    let array = table.and_then(|t| t.get(key)).and_then(|v| v.as_array());
    array.into_iter().flatten().filter_map(|v| v.as_str()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_what_the_rules_need() {
        let codes: Vec<_> = languages().iter().map(|l| l.code.as_str()).collect();
        assert_eq!(codes, ["en", "fr", "de", "es", "it", "pt", "nl", "ru", "uk", "ar", "he", "tr"]);
        for language in languages() {
            assert!(language.function_words.len() >= 30, "{}", language.code);
            assert!(!language.negation.cues.is_empty(), "{}", language.code);
            assert!(!language.attribution.sentence.is_empty(), "{}", language.code);
            assert!(!language.inflection.endings.is_empty(), "{}", language.code);
            let lists =
                [&language.abbreviations, &language.elisions, &language.function_words, &language.after_ordinals];
            for word in lists.into_iter().flatten() {
                assert_eq!(fold(word), *word, "{} is not folded ({})", word, language.code);
            }
        }
    }

    #[test]
    fn arabic_and_hebrew_have_proclitics_and_they_are_folded() {
        for language in languages() {
            let Proclitics { order, contractions } = &language.clitics;
            assert_eq!(order.len(), if matches!(&*language.code, "ar" | "he") { 3 } else { 0 }, "{}", language.code);
            assert_eq!(contractions.len(), usize::from(language.code == "ar"));
            let stand_for = contractions.iter().flat_map(|(written, spelled)| spelled.iter().chain([written]));
            for clitic in order.iter().flatten().chain(stand_for) {
                assert!(!clitic.is_empty() && fold(clitic) == *clitic, "{clitic} ({})", language.code);
            }
        }
    }

    #[test]
    fn a_word_is_two_letters_or_digits() {
        assert!(Proclitics::is_word("دم") && Proclitics::is_word("צה\"ל") && Proclitics::is_word("23"));
        assert!(!Proclitics::is_word("د") && !Proclitics::is_word("\"ל") && !Proclitics::is_word(""));
    }

    #[test]
    fn no_abbreviation_is_ruled_out() {
        for word in WORDS.abbreviations.keys() {
            let large = word.to_uppercase();
            assert!(!is_no_abbreviation(word.as_bytes()) && !is_no_abbreviation(large.as_bytes()), "{word}");
        }
        assert!(is_no_abbreviation(b"hostages") && !is_no_abbreviation(b"J"));
    }

    #[test]
    fn all_that_is_known_of_a_word_fits() {
        assert!(WORDS.attribution.len() < 1 << (u32::BITS as usize - IN_ATTRIBUTION), "{}", WORDS.attribution.len());
        assert_eq!(NEIGHBOURS.len(), VOTERS - CODES);
        for (number, language) in languages().iter().enumerate() {
            for word in &language.function_words {
                assert!(word_flags(word).languages() & 1 << number != 0, "{word} ({})", language.code);
            }
        }
        assert_eq!(word_flags("hostage").languages(), 0);
    }

    #[test]
    fn neighbours_are_folded_and_no_words_of_the_language_they_are_told_from() {
        let groups: [(&[String], &[&str]); 2] =
            [(&NEIGHBOURS[0], &["de", "nl", "en"]), (&NEIGHBOURS[1], &["ru", "uk"])];
        for (group, codes) in groups {
            assert!(group.len() >= 20);
            for word in group {
                assert_eq!(fold(word), *word);
                for code in codes {
                    let data = language(code).unwrap();
                    assert!(!data.function_words.contains(word), "{word} is a function word of {}", data.name);
                }
            }
        }
    }

    #[test]
    fn a_region_is_ignored() {
        assert_eq!(language("en-GB").map(|l| l.name.as_str()), Some("English"));
        assert!(language("tlh").is_none());
    }
}
