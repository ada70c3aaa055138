//! Articles side by side: what each says of one event, hits in the colours of their frames.

use std::collections::{BTreeMap, HashMap};

use framescope_core::text::{Voice, Zone};

use super::super::markup::Markup;
use super::super::page::{BesideSet, LinesOf, LinesVoice, Page};
use super::super::passages::{Passages, Shown, Story};
use super::lines::{colour, hits, lineage, path_name, voice_letter};
use super::text::Dealt;
use super::{blocks, lines};
use crate::compare::Vocabulary;

/// The section's name in links.
pub(super) const ID: &str = "beside";

/// How many excerpts of an article stand here; the lines have more.
const EXCERPTS: usize = 12;

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
    if sets < page.beside.sets.len() {
        out.element(
            "p",
            &[],
            format_args!("{sets} of {} are shown, so that the page stays small.", page.beside.sets.len()),
        );
    }
    for set in &page.beside.sets[..sets] {
        write_set(out, page, set, &stories, (passages, dealt));
    }
    out.close("section");
    out.line();
}

fn write_set(
    out: &mut Markup,
    page: &Page,
    set: &BesideSet,
    stories: &HashMap<&str, &Story>,
    (passages, dealt): (&Passages, &Dealt),
) {
    let present: Vec<&Story> = set.articles.iter().filter_map(|id| stories.get(id.as_str()).copied()).collect();
    if present.is_empty() {
        return;
    }
    if !set.title.is_empty() {
        out.element("h3", &[("dir", &"auto")], &set.title);
    }
    if !set.note.is_empty() {
        out.open("p", &[]);
        blocks::inlines(out, &set.note);
        out.close("p");
    }
    out.open("div", &[("class", &"beside")]);
    for story in present {
        article(out, &page.vocabulary, story, passages, dealt);
    }
    out.close("div");
    out.line();
}

fn article(out: &mut Markup, vocabulary: &Vocabulary, story: &Story, passages: &Passages, dealt: &Dealt) {
    let cited = &story.cited;
    out.open("article", &[]);
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
        let of = LinesOf { path, group: Some(story.cited.group.clone()), voice: LinesVoice::All };
        let target = format!("#{}", lines::anchor(of.path, of.group.as_deref()));
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
        out.element("bdi", &[], path_name(vocabulary, path));
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

fn excerpts(out: &mut Markup, vocabulary: &Vocabulary, story: &Story, dealt: &Dealt) {
    let shown = (0..story.hits.len()).filter_map(|number| Some((number, dealt.hit(story, number)?)));
    let shown: Vec<_> = shown.take(EXCERPTS).collect();
    if shown.is_empty() {
        return;
    }
    out.open("ul", &[("class", &"excerpts")]);
    for (number, excerpt) in shown {
        let found = &story.hits[number].found;
        out.open("li", &[("dir", &"auto"), ("data-p", &lineage(vocabulary, found.path))]);
        if excerpt.cut.0 {
            out.text("… ");
        }
        out.text(excerpt.left);
        named_mark(out, vocabulary, found.voice, &[found.path], excerpt.found);
        out.text(excerpt.right);
        if excerpt.cut.1 {
            out.text(" …");
        }
        out.close("li");
    }
    out.close("ul");
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
