//! What was compared.

use super::figures::{NONE, count, counted, percent};
use super::{View, cautions, section};
use crate::report::page::{Block, Head, Section, Table, name, words};

/// A median of counts: a whole number, or halfway between two.
fn median(words: f64) -> String {
    if words.fract() == 0.0 { count(words as u64) } else { format!("{}.5", count(words as u64)) }
}

/// Table 1.
pub(super) fn section_of(view: &View<'_>) -> Section {
    let facts = &view.found.corpus;
    let heads = vec![
        Head::text(view.found.plan.by.clone()),
        Head::number("articles"),
        Head::number("words"),
        Head::number("median words"),
        Head::number("inside quotations"),
        Head::number("without title"),
    ];
    let rows = view.groups().map(|(_, side)| {
        let quoted = match side.words {
            0 => NONE.to_owned(),
            all => percent(side.words_quoted as f64 / all as f64),
        };
        vec![
            vec![name(side.name.clone())],
            vec![words(count(side.articles))],
            vec![words(count(side.words))],
            vec![words(side.median_words.map_or_else(|| NONE.to_owned(), median))],
            vec![words(quoted)],
            vec![words(count(side.without_title))],
        ]
    });
    let table = Table { caption: "The articles".to_owned(), heads, rows: rows.collect(), note: Vec::new() };
    let mut blocks = vec![Block::Table(table)];
    let mut lost = Vec::new();
    if facts.without_group > 0 {
        lost.push(format!("{} left out for having no group", counted(facts.without_group, "article", "articles")));
    }
    if facts.skipped > 0 {
        lost.push(format!("{} could not be read", counted(facts.skipped, "article", "articles")));
    }
    if !lost.is_empty() {
        blocks.push(Block::Text(vec![words(format!("{}.", lost.join("; ")))]));
    }
    blocks.push(Block::Cautions(cautions::cautions(view, cautions::general(view))));
    section("corpus", "The corpus", "The corpus", blocks)
}
