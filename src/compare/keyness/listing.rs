//! Key words for the eye: the two sides of each contrast beside each other, the most distinctive words first.

use std::fmt::Write as _;

use framescope_core::lexicon::LexiconSet;
use unicode_width::UnicodeWidthStr as _;

use super::found::{Contrast, KeyWord, Keyness};
use super::table::entry_of;
use crate::output::fitted;

/// How many words of a side are shown.
const SHOWN: usize = 20;
/// How wide a column of words may get.
const WIDEST: usize = 34;

/// The contrasts as text: of each side its first words, each with its hits on both sides and the articles that hold
/// it.
pub fn listing(keyness: &Keyness, set: &LexiconSet) -> String {
    let mut text = String::new();
    for (at, contrast) in keyness.contrasts.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        list(contrast, set, &mut text);
    }
    text
}

fn list(contrast: &Contrast, set: &LexiconSet, text: &mut String) {
    let columns = [0, 1].map(|side| column(contrast, side, set));
    let widths = columns.each_ref().map(|lines| lines.iter().map(|line| line.width()).max().unwrap_or(0));
    for row in 0..columns[0].len().max(columns[1].len()) {
        let [left, right] = columns.each_ref().map(|lines| lines.get(row).map_or("", String::as_str));
        let gap = if right.is_empty() { 0 } else { widths[0] - left.width() + 4 };
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{}", format!("{left}{:gap$}{right}", "").trim_end());
    }
    let hidden = contrast.key_words.iter().filter(|word| word.rank > SHOWN).count();
    if hidden > 0 {
        let _ = writeln!(text, "and {hidden} more: -o FILE has all of them, and every number");
    }
}

/// The lines of one side.
fn column(contrast: &Contrast, side: usize, set: &LexiconSet) -> Vec<String> {
    let other = 1 - side;
    let own: Vec<&KeyWord> = contrast.key_words.iter().filter(|word| word.more == side).take(SHOWN).collect();
    let names: Vec<String> = own.iter().map(|word| name(word, set)).collect();
    let wide = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let digits =
        |of: fn(&KeyWord, usize) -> u64, side| own.iter().map(|w| of(w, side)).max().unwrap_or(0).to_string().len();
    let hits = |word: &KeyWord, side: usize| word.sides[side].hits;
    let articles = |word: &KeyWord, side: usize| u64::from(word.sides[side].articles);
    let (most, least, held) = (digits(hits, side), digits(hits, other), digits(articles, side));
    let mut lines = vec![
        format!("more in {}", fitted(&contrast.sides[side], WIDEST)),
        format!(
            "{} articles, {} words{}",
            contrast.articles[side],
            contrast.words[side],
            if own.is_empty() { "; no word stands out" } else { "" }
        ),
    ];
    for (word, name) in own.into_iter().zip(names) {
        let pad = wide - name.width();
        let [own, others] = [side, other].map(|side| hits(word, side));
        lines.push(format!(
            "{name}{:pad$}  {own:>most$} : {others:<least$}  in {:>held$} articles",
            "",
            articles(word, side)
        ));
    }
    lines
}

fn name(word: &KeyWord, set: &LexiconSet) -> String {
    match entry_of(word.kind, set) {
        Some(entry) => fitted(&format!("{} [{}]", entry.text, entry.path), WIDEST),
        None => fitted(&word.text, WIDEST),
    }
}
