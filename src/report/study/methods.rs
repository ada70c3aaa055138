//! How it was done, ready for a paper, and what it was done with.

use super::figures::{count, counted, listed};
use super::{Study, View, section};
use crate::report::page::{Block, Head, Inline, Section, Table, name, words};
use crate::report::passages::Shown;

/// So many inputs are listed.
const INPUTS: usize = 50;

/// The paragraph.
pub(super) fn section_of(view: &View<'_>, study: &Study<'_>) -> Section {
    let found = view.found;
    let plan = &found.plan;
    let lexicons: Vec<String> = found
        .lexicons
        .iter()
        .map(|lexicon| match lexicon.sha256.first() {
            Some(hash) => format!("{} {} (SHA-256 {}…)", lexicon.id, lexicon.version, hash.get(..12).unwrap_or(hash)),
            None => format!("{} {}", lexicon.id, lexicon.version),
        })
        .collect();
    let mut text = format!(
        "We scored {} ({}) with framescope {} and the {} {}. An entry counts where its words stand in one sentence, less \
         what masks, conditions and longer entries take out. Words inside quotation marks and outside them are counted \
         apart, and a rate is hits per 1,000 words of the same voice. ",
        counted(found.corpus.articles, "article", "articles"),
        counted(found.corpus.words, "word", "words"),
        plan.framescope,
        if lexicons.len() == 1 { "lexicon" } else { "lexicons" },
        listed(&lexicons),
    );
    if view.is_single() {
        text.push_str(
            "Each article stands for itself: counts, rates with exact Poisson intervals (within-text), and shares of names \
             are descriptions, and nothing was tested.",
        );
    } else {
        let drawn = view.drawn();
        let inside = if plan.events.is_some() { " inside events" } else { "" };
        text.push_str(&format!(
            "Groups are the values of {}. {} Rates of two groups were compared by the log ratio of \
             pooled rates (½ added to each count), studentised by the variation between {drawn}, with p by permuting \
             articles between groups{inside} ({} arrangements, all of them where there are at most 20,000) and {:.0} % intervals; \
             where a group would expect fewer than 5 hits, or has fewer than 5 articles, nothing was tested. Prevalence is \
             the share of articles with at least {}, with Wilson's interval. Shares among the names of one thing are ratios \
             of sums, with intervals by resampling {drawn} ({} replicates) and one permutation test for each thing. ",
            plan.by,
            match &plan.events {
                Some(events) => format!("Events are the units, as told by {events}."),
                None => "Articles are the units.".to_owned(),
            },
            count(plan.permutations),
            100.0 * plan.level,
            counted(plan.present_min.into(), "hit", "hits"),
            count(plan.replicates),
        ));
        if !plan.within.is_empty() {
            text.push_str(&format!("Articles changed groups only within the same {}. ", listed(&plan.within)));
        }
        match plan.primary.is_empty() {
            true => text.push_str("No path was named before looking, so all tests are exploratory (Benjamini–Hochberg). "),
            false => text.push_str(&format!(
                "Named before looking, and adjusted by Holm: {}; all other tests are exploratory (Benjamini–Hochberg). ",
                listed(&plan.primary)
            )),
        }
        text.push_str(&format!("All chance comes from the seed {}.", plan.seed));
    }
    let shown = match study.passages.shown() {
        Shown::Excerpts => "Excerpts have at most 25 words, and a tenth of an article in all.",
        Shown::Nothing => "No text of the articles is shown.",
        Shown::Full => "The full text of articles is shown.",
    };
    let families = found.families.iter().map(|family| {
        vec![
            name(family.name.clone()),
            words(format!(": {}, {}", counted(family.tests, "test", "tests"), family.method)),
        ]
    });
    let families: Vec<Vec<Inline>> = families.collect();
    let mut blocks = vec![
        Block::Text(vec![words(text)]),
        Block::Text(vec![words(format!(
            "The lines were drawn with the seed {}, the same for the same corpus on any machine. {shown}",
            study.passages.seed()
        ))]),
        Block::Text(vec![words("Repeat it: "), Inline::Code(study.command.clone())]),
    ];
    if !families.is_empty() {
        blocks.push(Block::Heading("families".to_owned(), "Families of tests".to_owned()));
        blocks.push(Block::List(families));
    }
    section("methods", "Methods", "Methods", blocks)
}

/// Lexicons and inputs with their hashes, and what was said on the way.
pub(super) fn sources(view: &View<'_>, study: &Study<'_>) -> Section {
    let lexicons = view.found.lexicons.iter().map(|lexicon| {
        vec![
            vec![name(lexicon.id.clone())],
            vec![name(lexicon.version.clone())],
            vec![name(lexicon.language.clone())],
            vec![Inline::Code(lexicon.sha256.join(" "))],
        ]
    });
    let heads = vec![Head::text("lexicon"), Head::text("version"), Head::text("language"), Head::text("SHA-256")];
    let mut blocks = vec![Block::Table(Table {
        caption: "The lexicons".to_owned(),
        heads,
        rows: lexicons.collect(),
        note: Vec::new(),
    })];
    let inputs = study.inputs.iter().take(INPUTS).map(|input| {
        vec![vec![name(input.path.clone())], vec![Inline::Code(input.sha256.clone().unwrap_or_default())]]
    });
    let mut note = Vec::new();
    if study.inputs.len() > INPUTS {
        note.push(words(format!("{} of {} inputs are listed. ", INPUTS, count(study.inputs.len() as u64))));
    }
    if let Some(hash) = &study.inputs_sha256 {
        note.push(words("All inputs together: SHA-256 "));
        note.push(Inline::Code(hash.clone()));
    }
    blocks.push(Block::Table(Table {
        caption: "The inputs".to_owned(),
        heads: vec![Head::text("file"), Head::text("SHA-256")],
        rows: inputs.collect(),
        note,
    }));
    if !study.said.is_empty() {
        blocks.push(Block::Heading("said".to_owned(), "What was said on the way".to_owned()));
        blocks.push(Block::List(study.said.iter().map(|text| vec![words(view.said(text))]).collect()));
    }
    section("sources", "Lexicons and inputs", "Lexicons and inputs", blocks)
}
