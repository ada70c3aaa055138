//! Articles side by side: what each says of one event, hits in the colours of their frames.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Display;

use framescope_core::text::{Voice, Zone};

use super::super::markup::Markup;
use super::super::page::{BesideSet, Page};
use super::super::passages::{Passages, Shown, Story};
use super::lines::{colour, hits, lineage, path_name, voice_letter};
use super::text::Dealt;
use super::{blocks, lines};
use crate::compare::Vocabulary;

/// The section's name in links.
pub(super) const ID: &str = "beside";

/// How many excerpts of an article stand here; the lines have more.
const EXCERPTS: usize = 12;

/// How many sets are open: the page would be very long, and each opens at a touch.
const OPEN: usize = 6;

/// Writes the first so many sets.
pub(super) fn section(out: &mut Markup, page: &Page, passages: &Passages, dealt: &Dealt, sets: usize) {
    let stories: HashMap<&str, &Story> = passages.stories().map(|story| (story.cited.id.as_str(), story)).collect();
    out.open("section", &[("id", &ID), ("aria-labelledby", &"beside-h")]);
    out.element("h2", &[("id", &"beside-h")], "Side by side");
    for sentence in &page.beside.lead {
        out.open("p", &[]);
        blocks::inlines(out, sentence);
        out.close("p");
    }
    // What is not shown is still a place that numbers lead to.
    for (number, set) in page.beside.sets.iter().enumerate().skip(sets) {
        out.element("span", &[("id", &set_anchor(number, None))], "");
        for group in groups_of(set, &stories) {
            out.element("span", &[("id", &set_anchor(number, Some(group)))], "");
        }
    }
    if sets < page.beside.sets.len() {
        out.element(
            "p",
            &[],
            format_args!("{sets} of {} are shown, so that the page stays small.", page.beside.sets.len()),
        );
    }
    for (number, set) in page.beside.sets[..sets].iter().enumerate() {
        write_set(out, page, (number, set), &stories, (passages, dealt));
    }
    if sets > OPEN {
        blocks::on_paper(out, "Events that were folded when this was printed have their articles on the page itself.");
    }
    out.close("section");
    out.line();
}

/// The name in links of a set, or of what a group has in it.
pub(in super::super) fn set_anchor(number: usize, group: Option<&str>) -> String {
    match group {
        None => format!("set-{}", number + 1),
        Some(group) => format!("set-{}-{}", number + 1, lines::slug(group)),
    }
}

/// The groups of a set, each once.
fn groups_of<'a>(set: &BesideSet, stories: &HashMap<&str, &'a Story>) -> BTreeSet<&'a str> {
    set.articles.iter().filter_map(|id| stories.get(id.as_str())).map(|story| story.cited.group.as_str()).collect()
}

fn write_set(
    out: &mut Markup,
    page: &Page,
    (number, set): (usize, &BesideSet),
    stories: &HashMap<&str, &Story>,
    (passages, dealt): (&Passages, &Dealt),
) {
    let present: Vec<&Story> = set.articles.iter().filter_map(|id| stories.get(id.as_str()).copied()).collect();
    if present.is_empty() {
        return;
    }
    // A heading without a title is no heading; with one, the set folds.
    let folds = !set.title.is_empty();
    if folds {
        let attributes: [(&'static str, &dyn Display); 3] =
            [("class", &"set"), ("id", &set_anchor(number, None)), ("open", &"open")];
        out.open("details", if number < OPEN { &attributes } else { &attributes[..2] });
        out.open("summary", &[]);
        out.element("h3", &[("dir", &"auto")], &set.title);
        out.close("summary");
    }
    if !set.note.is_empty() {
        out.open("p", &[]);
        blocks::inlines(out, &set.note);
        out.close("p");
    }
    out.open("div", &[("class", &"beside")]);
    let mut before = None;
    for story in present {
        // Sets are in the order of groups, and a number leads to the first article of its group.
        let is_first = before.replace(story.cited.group.as_str()) != Some(story.cited.group.as_str());
        let anchor = (folds && is_first).then(|| set_anchor(number, Some(&story.cited.group)));
        article(out, (&page.vocabulary, anchor.as_deref()), story, passages, dealt);
    }
    out.close("div");
    if folds {
        out.close("details");
    }
    out.line();
}

fn article(
    out: &mut Markup,
    (vocabulary, anchor): (&Vocabulary, Option<&str>),
    story: &Story,
    passages: &Passages,
    dealt: &Dealt,
) {
    let cited = &story.cited;
    match &anchor {
        Some(anchor) => out.open("article", &[("id", anchor)]),
        None => out.open("article", &[]),
    }
    out.element("h4", &[("dir", &"auto")], &cited.group);
    out.open("p", &[("class", &"title"), ("dir", &"auto")]);
    match &cited.title {
        Some(title) => out.text(title),
        None => out.element("em", &[], "no title"),
    }
    out.close("p");
    let mut facts = vec![cited.id.clone()];
    facts.extend(cited.date.clone());
    facts.extend(cited.genre.clone());
    facts.push(format!("{} words", cited.words));
    out.element("p", &[("class", &"facts"), ("dir", &"auto")], facts.join(" · "));
    counts(out, vocabulary, story);
    if passages.shown() == Shown::Full && !story.paragraphs.is_empty() {
        full(out, vocabulary, story);
    } else {
        excerpts(out, vocabulary, story, dealt);
    }
    out.close("article");
}

/// Which frames it has, and how often, each a link to the lines of its group.
fn counts(out: &mut Markup, vocabulary: &Vocabulary, story: &Story) {
    let mut counts: BTreeMap<u32, [u64; 3]> = BTreeMap::new();
    for hit in &story.hits {
        counts.entry(hit.found.path).or_default()[hit.found.voice as usize] += 1;
    }
    if counts.is_empty() {
        out.element("p", &[("class", &"note")], "No hit.");
        return;
    }
    out.open("ul", &[("class", &"chips")]);
    for (path, [narrator, attributed, quoted]) in counts {
        out.open("li", &[("data-p", &lineage(vocabulary, path))]);
        let target = format!("#{}", lines::anchor(path, Some(&story.cited.group)));
        out.open(
            "a",
            &[
                ("class", &format_args!("chip c{}", colour(path))),
                ("href", &target),
                ("data-p", &path),
                ("data-g", &story.cited.group),
                ("data-v", &""),
            ],
        );
        out.open("bdi", &[]);
        out.breakable(&path_name(vocabulary, path));
        out.close("bdi");
        out.text(format_args!(" {}", narrator + attributed));
        if quoted > 0 {
            out.text(format_args!(" + {quoted} quoted"));
        }
        out.close("a");
        out.close("li");
    }
    out.close("ul");
    if story.more_hits > 0 {
        out.element("p", &[("class", &"note")], format_args!("And {} further on.", hits(story.more_hits.into())));
    }
}

/// Excerpts around hits, in reading order. Hits that stand in one excerpt are marked in it, and have none of their own.
fn excerpts(out: &mut Markup, vocabulary: &Vocabulary, story: &Story, dealt: &Dealt) {
    let mut covered = vec![false; story.hits.len()];
    let mut shown = 0;
    for number in 0..story.hits.len() {
        if covered[number] || shown == EXCERPTS {
            continue;
        }
        let Some((first, end)) = dealt.range(story, number) else { continue };
        let window = &story.hits[number].window;
        let inside: Vec<usize> = (0..story.hits.len())
            .filter(|&other| {
                let hit = &story.hits[other];
                let is_within = first <= hit.found.first_token && hit.found.end_token <= end;
                is_within && hit.window.in_title == window.in_title
            })
            .collect();
        inside.iter().for_each(|&other| covered[other] = true);
        if shown == 0 {
            out.open("ul", &[("class", &"excerpts")]);
        }
        shown += 1;
        let paths: Vec<String> =
            inside.iter().map(|&other| lineage(vocabulary, story.hits[other].found.path)).collect();
        out.open("li", &[("dir", &"auto"), ("data-p", &paths.join(" "))]);
        if first > window.first || window.cut.0 {
            out.text("… ");
        }
        let places: Vec<(u32, u32)> = inside
            .iter()
            .map(|&other| (story.hits[other].found.first_token, story.hits[other].found.end_token))
            .collect();
        for (text, holding) in window.pieces(&places, first, end) {
            let found: Vec<_> = holding.iter().map(|&hit| &story.hits[inside[hit]].found).collect();
            match found.first() {
                None => out.text(text),
                Some(hit) => {
                    let paths: Vec<u32> = found.iter().map(|found| found.path).collect();
                    named_mark(out, vocabulary, hit.voice, &paths, &text);
                }
            }
        }
        if end < window.end() || window.cut.1 {
            out.text(" …");
        }
        out.close("li");
    }
    if shown > 0 {
        out.close("ul");
    }
}

fn full(out: &mut Markup, vocabulary: &Vocabulary, story: &Story) {
    for paragraph in &story.paragraphs {
        let element = if paragraph.zone == Zone::Heading { "h5" } else { "p" };
        out.open(element, &[("dir", &"auto")]);
        for piece in &paragraph.pieces {
            let found: Vec<u32> = piece.hits.iter().map(|hit| story.hits[*hit as usize].found.path).collect();
            match found.is_empty() {
                true => out.text(&piece.text),
                false => named_mark(out, vocabulary, piece.voice, &found, &piece.text),
            }
        }
        out.close(element);
    }
}

/// Words of these paths, whose names are shown when they are pointed at and known to the filter.
fn named_mark(out: &mut Markup, vocabulary: &Vocabulary, voice: Voice, paths: &[u32], text: &str) {
    let mut names: Vec<String> = paths.iter().map(|path| path_name(vocabulary, *path)).collect();
    names.dedup();
    let known = paths.iter().map(|path| lineage(vocabulary, *path)).collect::<Vec<_>>().join(" ");
    let colour = paths.first().map_or(0, |path| colour(*path));
    out.element(
        "mark",
        &[
            ("class", &format_args!("v{} c{colour}", voice_letter(voice))),
            ("data-p", &known),
            ("title", &names.join(", ")),
        ],
        text,
    );
}
