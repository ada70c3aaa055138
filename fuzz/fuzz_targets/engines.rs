//! Both engines say the same of any text with any lexicon: every hit, and every count.
//!
//! Entries are made of the words of a small alphabet, and so is most of the text, so that they meet; the rest
//! of the text is whatever the fuzzer draws.
#![no_main]

use arbitrary::Arbitrary;
use framescope_core::lexicon::{LexiconSet, read};
use framescope_core::matching::{Compiled, Want, reference::Reference};
use framescope_core::score::{ArticleScore, Engine, MatcherEngine};
use framescope_core::text::{Article, Title};
use libfuzzer_sys::fuzz_target;

/// A word by its number, with what tells entries and texts apart: elisions, hyphens, marks, scripts, case.
const WORDS: [&str; 32] = [
    "a", "b", "ab", "abc", "hostage", "hostages", "not", "no", "said", "U.S.", "l'état", "far-right", "don't", "3.5",
    "İstanbul", "straße", "заложник", "заложники", "رهينة", "الرهائن", "والرهائن", "人質", "ตัวประกัน", "#tag", "@name", "x_y",
    "AT&T", "www.example.org", "Gaza's", "”", "“", "according to",
];

#[derive(Debug, Arbitrary)]
struct Case {
    /// Up to three categories, so that entries overlap inside one.
    entries: Vec<Entry>,
    exact: bool,
    all: bool,
    title: Vec<Piece>,
    text: Vec<Piece>,
    /// Blanks before the text, so that words stand across the bounds of blocks.
    offset: u8,
}

#[derive(Debug, Arbitrary)]
struct Entry {
    category: u8,
    words: [u8; 3],
    len: u8,
    wildcard: u8,
    not_after: Option<u8>,
    mask: bool,
}

#[derive(Debug, Arbitrary)]
enum Piece {
    Word(u8),
    Glued(u8),
    Break(u8),
    Any(String),
}

fn word(number: u8) -> &'static str {
    WORDS[number as usize % WORDS.len()]
}

impl Entry {
    fn term(&self) -> String {
        let words: Vec<&str> = self.words.iter().take(1 + self.len as usize % 3).map(|&w| word(w)).collect();
        let term = words.join(" ");
        match self.wildcard % 4 {
            0 => format!("{term}*"),
            1 => format!("*{term}"),
            2 => term.replacen('b', "?", 1),
            _ => term,
        }
    }
}

fn lexicon(case: &Case) -> String {
    let match_case = if case.exact { "exact" } else { "fold" };
    let overlap = if case.all { "all" } else { "longest" };
    let mut toml = format!("[match]\ncase = \"{match_case}\"\noverlap = \"{overlap}\"\n");
    for entry in case.entries.iter().filter(|entry| entry.mask) {
        toml += &format!("[[mask]]\nwhy = \"a name\"\nterms = [{:?}]\n", entry.term());
    }
    for category in 0..3 {
        let terms: Vec<String> = case
            .entries
            .iter()
            .filter(|entry| !entry.mask && entry.category % 3 == category)
            .map(|entry| match entry.not_after {
                Some(before) => format!("{{ term = {:?}, not_after = [{:?}] }}", entry.term(), word(before)),
                None => format!("{:?}", entry.term()),
            })
            .collect();
        if !terms.is_empty() {
            toml += &format!("[[category]]\nid = \"c{category}\"\nterms = [{}]\n", terms.join(", "));
        }
    }
    toml
}

fn text(pieces: &[Piece], offset: u8) -> String {
    let mut text = " ".repeat(offset as usize % 64);
    for piece in pieces {
        match piece {
            Piece::Word(number) => text += &format!("{} ", word(*number)),
            Piece::Glued(number) => text += word(*number),
            Piece::Break(kind) => text += [". ", ", ", "\n", "\n\n", "? ", "\" ", " \"", "; "][*kind as usize % 8],
            Piece::Any(any) => text += any,
        }
    }
    text
}

fuzz_target!(|case: Case| {
    // A lexicon that is refused is none: entries may say the same twice, or nothing.
    let Ok(lexicon) = read(&lexicon(&case), "drawn", &[], &|_| None) else { return };
    let set = LexiconSet::new(vec![lexicon]);
    let (title, text) = (text(&case.title, 0), text(&case.text, case.offset));
    let article = Article { id: "drawn", title: Some(Title::Field(&title)), text: &text, removed: &[] };
    let fast = MatcherEngine::new(&set, Compiled::new(&set));
    let slow = MatcherEngine::new(&set, Reference::new(&set));
    let (mut fast_scratch, mut slow_scratch) = Default::default();
    let (mut ours, mut theirs) = (ArticleScore::default(), ArticleScore::default());
    fast.score(&article, &mut fast_scratch, Want::default(), &mut ours);
    slow.score(&article, &mut slow_scratch, Want::default(), &mut theirs);
    assert_eq!(ours.resolution, theirs.resolution, "of {text:?}");
    assert_eq!(ours.tally, theirs.tally, "of {text:?}");
    // Once more with what was remembered.
    fast.score(&article, &mut fast_scratch, Want::default(), &mut theirs);
    assert_eq!(ours.resolution, theirs.resolution, "of {text:?}, read again");
});
