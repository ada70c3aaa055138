//! The concordance: for every path and group, the hits behind its numbers.

use std::fmt::Display;

use framescope_core::text::{Voice, Zone};

use super::super::markup::Markup;
use super::super::page::Page;
use super::super::passages::{Cell, CellKey, Line, Passages, Shown};
use super::narrow::Asked;
use super::text::Dealt;
use crate::compare::Vocabulary;

/// The section's name in links.
pub(super) const ID: &str = "lines";

/// The name in links of the lines of a path, or of a path in a group.
pub(super) fn anchor(path: u32, group: Option<&str>) -> String {
    match group {
        None => format!("k{path}"),
        // Group names are anybody's: a name in a link holds letters and digits only.
        Some(group) => format!("k{path}-{}", slug(group)),
    }
}

/// A name for links: what is no letter or digit of ASCII is written as its number.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => slug.push(c),
            c => slug.push_str(&format!("_{:x}", u32::from(c))),
        }
    }
    slug
}

/// Writes the section, and what stands in its place on paper: thousands of lines are for a screen.
pub(super) fn section(out: &mut Markup, page: &Page, passages: &Passages, dealt: &Dealt, keep: usize) {
    let total = passages.cells.values().map(Cell::total).sum();
    out.element(
        "p",
        &[("class", &"on-paper always")],
        format_args!("The lines behind the numbers, {} in all, are on the page itself and not on paper.", hits(total)),
    );
    out.open("section", &[("id", &ID), ("aria-labelledby", &"lines-h")]);
    out.element("h2", &[("id", &"lines-h")], "The lines");
    introduction(out, passages, keep);
    controls(out, page, passages);
    let mut groups: Vec<(&str, u32)> =
        (0..).zip(passages.groups.names()).map(|(number, name)| (name.as_str(), number)).collect();
    groups.sort_unstable();
    let vocabulary = &page.vocabulary;
    let asked = Asked::by(page);
    for path in 0..vocabulary.paths.len() as u32 {
        let under = paths_under(vocabulary, path);
        let of = |path: u32, group: u32| passages.cells.get(&CellKey { path, group });
        if !groups.iter().any(|(_, group)| under.iter().any(|path| of(*path, *group).is_some())) {
            continue;
        }
        path_heading(out, vocabulary, path);
        for (name, group) in &groups {
            match of(path, *group) {
                Some(cell) => list(out, (vocabulary, &asked), (path, name), cell, dealt),
                // A number of a path above links here, and the lines stand under the paths below it.
                None if under.len() > 1 => {
                    out.element("span", &[("id", &anchor(path, Some(name)))], "");
                }
                None => {}
            }
        }
    }
    out.close("section");
    out.line();
}

fn introduction(out: &mut Markup, passages: &Passages, keep: usize) {
    let (hits, shown) = passages
        .cells
        .values()
        .fold((0, 0), |(hits, shown), cell| (hits + cell.total(), shown + cell.lines.len() as u64));
    out.open("p", &[]);
    if shown == hits {
        out.text(format_args!("All {hits} hits, by path and outlet, in the order of the articles. "));
    } else {
        out.text(format_args!(
            "{shown} of {hits} hits: of each path and outlet at most {keep}, drawn by chance with the seed {}, every hit with \
             the same chance; how many there are stands beside each list. The command kwic lists them all. ",
            passages.seed()
        ));
    }
    match passages.left_out() {
        0 => {}
        1 => out.text("One article is a copy of an earlier one of its outlet: it counts nowhere, and no line of it is shown. "),
        n => out.text(format_args!(
            "{n} articles are copies of earlier ones of their outlet: they count nowhere, and no line of them is shown. "
        )),
    }
    out.text(match passages.shown() {
        Shown::Excerpts => {
            "Of each article at most a tenth of its words is shown, and at most 25 words around a hit. Where many hits share \
             an article, chance decides which are shown in their words; of the others stands where they are, and the entry \
             of the lexicon in grey. "
        }
        Shown::Nothing => "No text of the articles is shown, only where each hit stands and, in grey, the entry of the lexicon. ",
        Shown::Full => "This page was made with the full text of articles: it is for one's own use. ",
    });
    out.close("p");
    out.open("p", &[("class", &"key")]);
    out.text("A word found is ");
    out.element("mark", &[("class", &"vn")], "the narrator's");
    out.text(", ");
    out.element("mark", &[("class", &"va")], "attributed");
    out.text(" (paraphrase with “according to”, “said”; best effort) or ");
    out.element("mark", &[("class", &"vq")], "quoted");
    out.text(" (inside quotation marks).");
    out.close("p");
}

/// The filters; the script shows and serves them.
fn controls(out: &mut Markup, page: &Page, passages: &Passages) {
    out.open(
        "div",
        &[("class", &"filters"), ("hidden", &"hidden"), ("role", &"group"), ("aria-label", &"Filter the lines")],
    );
    let vocabulary = &page.vocabulary;
    let met: Vec<(String, String)> = (0..vocabulary.paths.len() as u32)
        .filter(|path| {
            let under = paths_under(vocabulary, *path);
            passages.cells.keys().any(|key| under.contains(&key.path))
        })
        .map(|path| (path.to_string(), path_name(vocabulary, path)))
        .collect();
    select(out, "f-path", "Frame", "all frames", &met);
    let mut groups: Vec<(String, String)> =
        passages.groups.names().iter().map(|name| (name.clone(), name.clone())).collect();
    groups.sort();
    select(out, "f-group", "Outlet", "all outlets", &groups);
    let voices = [("o", "outside quotations"), ("n", "narrator"), ("a", "attributed"), ("q", "quoted")];
    let voices: Vec<(String, String)> = voices.map(|(v, n)| (v.to_owned(), n.to_owned())).into();
    select(out, "f-voice", "Voice", "all voices", &voices);
    out.element("button", &[("type", &"button"), ("id", &"f-clear")], "Show all");
    out.element("output", &[("id", &"f-count"), ("aria-live", &"polite")], "");
    out.close("div");
}

fn select(out: &mut Markup, id: &str, label: &str, all: &str, options: &[(String, String)]) {
    out.open("label", &[("for", &id)]);
    out.text(label);
    out.text(" ");
    out.open("select", &[("id", &id)]);
    out.element("option", &[("value", &"")], all);
    for (value, name) in options {
        out.element("option", &[("value", value)], name);
    }
    out.close("select");
    out.close("label");
}

fn path_heading(out: &mut Markup, vocabulary: &Vocabulary, path: u32) {
    let facts = &vocabulary.paths[path as usize];
    let lineage = lineage(vocabulary, path);
    out.open("h3", &[("id", &anchor(path, None)), ("class", &"path"), ("data-p", &lineage)]);
    out.open("bdi", &[("class", &format_args!("c{}", colour(path)))]);
    out.breakable(&path_name(vocabulary, path));
    out.close("bdi");
    out.close("h3");
    if !facts.definition.is_empty() {
        out.element("p", &[("class", &"definition"), ("data-p", &lineage), ("dir", &"auto")], &facts.definition);
    }
    if facts.is_experimental {
        out.element(
            "p",
            &[("class", &"definition"), ("data-p", &lineage)],
            "Experimental: its hits are too often wrong, or too few were looked at. Read them before you use a number.",
        );
    }
}

fn list(
    out: &mut Markup,
    (vocabulary, asked): (&Vocabulary, &Asked),
    (path, group): (u32, &str),
    cell: &Cell,
    dealt: &Dealt,
) {
    let lineage = lineage(vocabulary, path);
    let attributes: [(&'static str, &dyn Display); 4] =
        [("class", &"lines"), ("id", &anchor(path, Some(group))), ("data-p", &lineage), ("data-g", &group)];
    out.open("details", &attributes);
    out.open("summary", &[]);
    out.element("bdi", &[], group);
    let [narrator, attributed, quoted] = cell.hits;
    out.text(format_args!(" · {}: {} outside quotations, {quoted} inside", hits(cell.total()), narrator + attributed));
    if (cell.lines.len() as u64) < cell.total() {
        out.text(format_args!("; {} shown", cell.lines.len()));
    }
    out.close("summary");
    out.open("ol", &[]);
    for line in &cell.lines {
        let said = asked.of_line(vocabulary, line);
        let voice = voice_letter(line.found.voice);
        let mut attributes: Vec<(&'static str, &dyn Display)> = vec![("data-v", &voice)];
        attributes.extend(said.iter().map(|(name, value)| (*name, value as &dyn Display)));
        out.open("li", &attributes);
        cite(out, line);
        match dealt.line(line) {
            Some(excerpt) => {
                out.open("q", &[("dir", &"auto")]);
                if excerpt.cut.0 {
                    out.text("… ");
                }
                out.text(excerpt.left);
                mark(out, line.found.voice, path, excerpt.found);
                out.text(excerpt.right);
                if excerpt.cut.1 {
                    out.text(" …");
                }
                out.close("q");
            }
            // Its words are not shown: what the lexicon looked for is.
            None => {
                let entry = vocabulary.entries.get(line.found.entry as usize).map_or("", |entry| entry.term.as_str());
                out.element("span", &[("class", &"unshown"), ("dir", &"auto")], entry);
            }
        }
        remarks(out, vocabulary, line);
        out.close("li");
    }
    out.close("ol");
    out.close("details");
    out.line();
}

/// The article and the sentence.
fn cite(out: &mut Markup, line: &Line) {
    out.open("cite", &[("dir", &"auto")]);
    let cited = &line.cited;
    match &cited.title {
        Some(title) => out.element("span", &[("title", title)], &cited.id),
        None => out.text(&cited.id),
    }
    let zone = match line.found.zone {
        Zone::Title => ", title".to_owned(),
        Zone::Heading => format!(", sentence {}, heading", line.found.sentence + 1),
        Zone::Lead | Zone::Body => format!(", sentence {}", line.found.sentence + 1),
    };
    out.text(zone);
    out.close("cite");
    out.text(" ");
}

/// What else is known of the hit.
fn remarks(out: &mut Markup, vocabulary: &Vocabulary, line: &Line) {
    let mut remarks: Vec<String> = Vec::new();
    match line.found.voice {
        Voice::Narrator => {}
        Voice::Attributed => remarks.push("attributed".to_owned()),
        Voice::Quoted if line.found.short => remarks.push("quoted, a few words".to_owned()),
        Voice::Quoted => remarks.push("quoted".to_owned()),
    }
    if line.found.negated {
        remarks.push("negated".to_owned());
    }
    let sides = &vocabulary.paths[line.found.path as usize].sides;
    match line.found.about {
        Some(framescope_core::matching::Whom::Side(side)) => {
            remarks.extend(sides.get(side as usize).map(|side| format!("about {side}")));
        }
        Some(framescope_core::matching::Whom::Both) => remarks.push("about both sides".to_owned()),
        Some(framescope_core::matching::Whom::Unclear) | None => {}
    }
    if !remarks.is_empty() {
        out.element("small", &[], format_args!(" {}", remarks.join(", ")));
    }
}

/// A hit's words, in the colour of their frame and the dress of their voice.
pub(super) fn mark(out: &mut Markup, voice: Voice, path: u32, text: &str) {
    out.element("mark", &[("class", &format_args!("v{} c{}", voice_letter(voice), colour(path)))], text);
}

pub(super) fn voice_letter(voice: Voice) -> char {
    match voice {
        Voice::Narrator => 'n',
        Voice::Attributed => 'a',
        Voice::Quoted => 'q',
    }
}

/// A path and those under it.
pub(super) fn paths_under(vocabulary: &Vocabulary, path: u32) -> Vec<u32> {
    (path..vocabulary.paths.len() as u32)
        .filter(|below| vocabulary.lineage(*below).any(|above| above == path))
        .collect()
}

/// A path and those above it, as the filters read them.
pub(super) fn lineage(vocabulary: &Vocabulary, path: u32) -> String {
    vocabulary.lineage(path).map(|path| path.to_string()).collect::<Vec<_>>().join(" ")
}

/// How a path is called: its label beside its name, and its lexicon where there are several.
pub(in super::super) fn path_name(vocabulary: &Vocabulary, path: u32) -> String {
    let facts = &vocabulary.paths[path as usize];
    let lexicon = &vocabulary.lexicons[facts.lexicon as usize].id;
    match vocabulary.lexicons.len() {
        0 | 1 => facts.id.clone(),
        _ => format!("{lexicon}:{}", facts.id),
    }
}

/// The colour of a path: neighbours differ, and beyond eight the colours begin again; the name always stands beside it.
pub(super) fn colour(path: u32) -> usize {
    path as usize % super::super::charts::COLOURS
}

pub(super) fn hits(n: u64) -> String {
    if n == 1 { "1 hit".to_owned() } else { format!("{n} hits") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_links_are_fit_for_links_and_never_alike() {
        assert_eq!(anchor(3, Some("Harbour Courier")), "k3-Harbour_20Courier");
        assert_eq!(anchor(3, Some("<b>")), "k3-_3cb_3e");
        assert_ne!(slug("a_b"), slug("a b"));
        assert_ne!(slug("_20"), slug(" "));
    }
}
