//! What each desk changed in one text: places where two copies differ side by side, the words that differ marked, and the
//! frames that came or went with them.

use framescope_core::text::Voice;

use super::super::markup::Markup;
use super::super::page::{DeskArticle, DeskSet, Page};
use super::blocks;
use super::lines::{anchor, colour, mark, path_name};
use super::text::{Dealt, DeskWords};
use crate::compare::Vocabulary;
use crate::compare::events::{Change, ChangeKind, Wordings};

/// The section's name in links.
pub(super) const ID: &str = "desks";

/// One article at a place: which it is, its words, the place, and the words around its own.
type Side<'a> = (usize, &'a Wordings, &'a Change, (&'a str, &'a str));

/// So many places of two copies are shown; those with a hit, and titles, before others.
const PLACES: usize = 30;

/// Writes the section.
pub(super) fn section(out: &mut Markup, page: &Page, dealt: &Dealt) {
    out.open("section", &[("id", &ID), ("aria-labelledby", &"desks-h")]);
    out.element("h2", &[("id", &"desks-h")], "What each desk changed in one text");
    for sentence in &page.desks.lead {
        out.open("p", &[]);
        blocks::inlines(out, sentence);
        out.close("p");
    }
    for (number, set) in page.desks.sets.iter().enumerate() {
        write_set(out, &page.vocabulary, (number, set), dealt);
    }
    out.close("section");
    out.line();
}

/// The places that are shown, in the order of the text.
pub(super) fn chosen(set: &DeskSet) -> Vec<&Change> {
    let mut places: Vec<(usize, &Change)> = set.changes.changes.iter().enumerate().collect();
    places.sort_by_key(|(place, change)| (!tells(change), *place));
    places.truncate(PLACES);
    places.sort_by_key(|(place, _)| *place);
    places.into_iter().map(|(_, change)| change).collect()
}

fn write_set(out: &mut Markup, vocabulary: &Vocabulary, (number, set): (usize, &DeskSet), dealt: &Dealt) {
    let [one, other] = &set.articles;
    out.open("h3", &[("id", &format_args!("desks-{}", number + 1))]);
    out.element("bdi", &[], &one.group);
    out.text(", then ");
    out.element("bdi", &[], &other.group);
    if let Some(event) = &set.event {
        out.text(": ");
        out.element("bdi", &[], event);
    }
    out.close("h3");
    let changes = &set.changes;
    out.element(
        "p",
        &[("class", &"note")],
        format_args!(
            "Of the earlier text the later one keeps {}, drops {} and adds {} of its own.",
            n_words(changes.kept),
            changes.dropped,
            changes.added
        ),
    );
    // A row of which nothing can be shown tells nothing.
    let (places, unseen): (Vec<&Change>, Vec<&Change>) = chosen(set)
        .into_iter()
        .partition(|change| tells(change) || sides(change).any(|side| is_shown(set, side, dealt)));
    if changes.changes.is_empty() {
        out.element("p", &[], "They are the same word for word, and hold no hit.");
        return;
    }
    let caption = format!("The places where {} and {} differ, or keep a hit", one.id, other.id);
    out.open("div", &[("class", &"scroll"), ("tabindex", &0), ("role", &"region"), ("aria-label", &caption)]);
    out.open("table", &[("class", &"desks")]);
    out.element("caption", &[("dir", &"auto")], &caption);
    out.open("thead", &[]);
    out.open("tr", &[]);
    out.element("th", &[("scope", &"col")], "what");
    for (article, when) in [(one, "earlier"), (other, "later")] {
        out.open("th", &[("scope", &"col"), ("dir", &"auto")]);
        out.element("bdi", &[], &article.group);
        let date = article.date.as_ref().map_or_else(String::new, |date| format!(", {date}"));
        out.element("small", &[], format_args!(" {when}: {}{date}", article.id));
        out.close("th");
    }
    out.close("tr");
    out.close("thead");
    out.open("tbody", &[]);
    for change in &places {
        row(out, vocabulary, set, change, dealt);
    }
    out.close("tbody");
    out.close("table");
    out.close("div");
    if places.len() < changes.changes.len() {
        let why =
            if unseen.is_empty() { "those with a hit first" } else { "as far as words of the articles may be shown" };
        out.element(
            "p",
            &[("class", &"note")],
            format_args!(
                "{} of {} places are shown, {why}; the table of changes that framescope compare writes has all.",
                places.len(),
                changes.changes.len()
            ),
        );
    }
}

/// Whether a place says something without its words: a title, or a frame.
fn tells(change: &Change) -> bool {
    change.is_in_title || !(change.one.hits.is_empty() && change.other.hits.is_empty())
}

/// What each article has at a place: which it is, its words, and the words around them where they are its own.
fn sides(change: &Change) -> impl Iterator<Item = Side<'_>> {
    let context = if change.kind == ChangeKind::Added { 1 } else { 0 };
    [&change.one, &change.other].into_iter().enumerate().map(move |(side, words)| {
        let around = if side == context { (change.before.as_str(), change.after.as_str()) } else { ("", "") };
        (side, words, change, around)
    })
}

fn is_shown(set: &DeskSet, (side, words, change, around): Side<'_>, dealt: &Dealt) -> bool {
    words.count > 0 && dealt.desk(&set.articles[side], words, change.is_in_title, around).is_some()
}

fn row(out: &mut Markup, vocabulary: &Vocabulary, set: &DeskSet, change: &Change, dealt: &Dealt) {
    out.open("tr", &[]);
    let title = if change.is_in_title { ", title" } else { "" };
    out.element("th", &[("scope", &"row")], format_args!("{}{title}", change.kind.name()));
    for side in sides(change) {
        out.open("td", &[("dir", &"auto")]);
        cell(out, vocabulary, &set.articles[side.0], side, dealt);
        out.close("td");
    }
    out.close("tr");
}

/// What one article has at a place.
fn cell(
    out: &mut Markup,
    vocabulary: &Vocabulary,
    article: &DeskArticle,
    (side, words, change, around): Side<'_>,
    dealt: &Dealt,
) {
    if words.count == 0 {
        return out.element("span", &[("class", &"unshown")], "–");
    }
    match dealt.desk(article, words, change.is_in_title, around) {
        Some(DeskWords { left, right }) => {
            if !left.is_empty() {
                out.text(format_args!("{left} "));
            }
            let element = match (change.kind, side) {
                (ChangeKind::Kept, _) => "span",
                (_, 0) => "del",
                _ => "ins",
            };
            out.open(element, &[]);
            marked(out, words);
            out.close(element);
            if !right.is_empty() {
                out.text(format_args!(" {right}"));
            }
        }
        None => out.element("span", &[("class", &"unshown")], n_words(words.count)),
    }
    if words.voice == Some(Voice::Quoted) {
        out.element("small", &[], " quoted");
    }
    let mut paths: Vec<u32> = words.hits.iter().map(|(path, _)| *path).collect();
    paths.sort_unstable();
    paths.dedup();
    for path in paths {
        out.text(" ");
        let target = format!("#{}", anchor(path, Some(&article.group)));
        out.open(
            "a",
            &[
                ("class", &format_args!("chip c{}", colour(path))),
                ("href", &target),
                ("data-p", &path),
                ("data-g", &article.group),
                ("data-v", &""),
            ],
        );
        out.element("bdi", &[], path_name(vocabulary, path));
        out.close("a");
    }
}

/// Words, those of each hit in its colour.
fn marked(out: &mut Markup, wordings: &Wordings) {
    let words: Vec<&str> = wordings.words.split(' ').collect();
    let mut hit: Vec<Option<u32>> = vec![None; words.len()];
    let mut from = 0;
    for (path, found) in &wordings.hits {
        let found: Vec<&str> = found.split(' ').collect();
        // Hits come in the order of their first words. One that runs over the end of the place is not among its words, and of
        // two on one word the first has the colour.
        let mut starts = words.windows(found.len()).enumerate().skip(from);
        let is_free = |start: usize| hit[start..start + found.len()].iter().all(Option::is_none);
        if let Some((start, _)) = starts.find(|(start, words)| *words == found && is_free(*start)) {
            hit[start..start + found.len()].fill(Some(*path));
            from = start;
        }
    }
    let voice = wordings.voice.unwrap_or(Voice::Narrator);
    let mut at = 0;
    while at < words.len() {
        let run = hit[at..].iter().take_while(|path| **path == hit[at]).count();
        if at > 0 {
            out.text(" ");
        }
        let text = words[at..at + run].join(" ");
        match hit[at] {
            Some(path) => mark(out, voice, path, &text),
            None => out.text(text),
        }
        at += run;
    }
}

fn n_words(n: u32) -> String {
    if n == 1 { "1 word".to_owned() } else { format!("{n} words") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &str, hits: &[(u32, &str)]) -> String {
        let mut out = Markup::default();
        let hits = hits.iter().map(|(path, words)| (*path, (*words).to_owned())).collect();
        marked(&mut out, &Wordings { words: words.to_owned(), hits, ..Wordings::default() });
        out.into_string()
    }

    #[test]
    fn the_words_of_a_hit_are_marked_and_no_others() {
        assert_eq!(
            of("the <b> hostage takers and the hostage", &[(1, "hostage takers"), (9, "hostage")]),
            "the &lt;b&gt; <mark class=\"vn c1\">hostage takers</mark> and the <mark class=\"vn c1\">hostage</mark>"
        );
        assert_eq!(of("hostages", &[(1, "hostages"), (2, "hostages")]), "<mark class=\"vn c1\">hostages</mark>");
        assert_eq!(of("the hostage", &[(2, "hostage takers")]), "the hostage", "it runs over the end of the place");
        assert_eq!(of("one", &[]), "one");
    }
}
