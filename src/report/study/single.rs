//! The journalist's page: a few articles, one in each group. It describes, and concludes nothing about outlets.

use super::figures::{NONE, count, estimate, number};
use super::{VOICES, View, section, voice_cell};
use crate::compare::result::InVoice;
use crate::report::page::{Beside, BesideSet, Block, Head, Inline, Section, Table, name, words};
use crate::report::passages::Passages;

/// What the page is and is not.
pub(super) fn what_this_is(view: &View<'_>) -> Section {
    let n = view.groups().count();
    let blocks = vec![
        Block::Text(vec![words(format!(
            "This page sets {} side by side: what each calls whom, how often, and in whose words. It describes these \
             articles. It says nothing about the outlets they come from: one article is no sample of an outlet, and no \
             test is made.",
            match n {
                2 => "two articles".to_owned(),
                n => format!("{n} articles"),
            }
        ))]),
        Block::Text(vec![words(
            "Intervals beside a rate are within-text: they say how far the rate could move if the same author had written \
             on in the same way, and nothing of other articles.",
        )]),
    ];
    section("about", "What this page shows", "What this is", blocks)
}

/// How often each path comes in each article and voice.
pub(super) fn counts(view: &View<'_>) -> Option<Section> {
    let sides: Vec<u32> = view.groups().map(|(side, _)| side).collect();
    let paths: Vec<u32> = (0..view.found.paths.len() as u32).filter(|path| view.hits(*path) > 0).collect();
    if paths.is_empty() {
        return None;
    }
    let mut heads = vec![Head::text("path"), Head::text(VOICES)];
    for side in &sides {
        heads.extend(["hits", "per 1,000 words"].map(|what| Head::number(what).over(&view.side(*side).name)));
    }
    let mut rows = Vec::new();
    for path in paths {
        for voice in InVoice::ALL {
            let cells: Vec<_> = sides.iter().map(|side| view.cell(path, *side, voice)).collect();
            if cells.iter().flatten().all(|cell| cell.hits == 0) {
                continue;
            }
            let mut row = vec![vec![name(view.marked_path(path))], vec![words(voice_cell(voice))]];
            for (side, cell) in sides.iter().zip(cells) {
                row.push(vec![match cell {
                    Some(cell) => view.lines(count(cell.hits), path, *side, voice),
                    None => words(NONE),
                }]);
                row.push(vec![words(estimate(cell.and_then(|cell| cell.rate), number))]);
            }
            rows.push(row);
        }
    }
    let table = Table {
        caption: "Hits of every path, and their rate per 1,000 words of the same voice, with within-text intervals"
            .to_owned(),
        heads,
        rows,
        note: vec![words("A path has the hits of the paths under it. Paths without a hit are not listed.")],
    };
    Some(section("counts", "How often", "How often", vec![Block::Table(table)]))
}

/// All articles, as one set.
pub(super) fn beside(passages: &Passages) -> Beside {
    let mut stories: Vec<_> =
        passages.stories().map(|story| (story.cited.group.clone(), story.cited.id.clone())).collect();
    stories.sort();
    let set = BesideSet { articles: stories.into_iter().map(|(_, id)| id).collect(), ..BesideSet::default() };
    let lead = vec![vec![
        words(
            "Words found are in the colour of their frame, which is named when you point at them; solid underlines are the \
         narrator's words, dashed ones attributed, dotted ones quoted. All of the text is shown with the option ",
        ),
        Inline::Code("--show-text full".to_owned()),
        words(", for your own use."),
    ]];
    Beside { sets: vec![set], lead }
}
