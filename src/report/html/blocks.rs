//! Sections and their blocks.

use std::fmt::Display;

use super::super::charts::Naming;
use super::super::markup::Markup;
use super::super::page::{Block, Caution, Figure, Head, Inline, LinesVoice, Section, Table};
use super::{lines, narrow};

/// A section.
pub(super) fn section(out: &mut Markup, section: &Section) {
    let heading = format!("{}-h", section.id);
    out.open("section", &[("id", &section.id), ("aria-labelledby", &heading)]);
    out.element("h2", &[("id", &heading)], &section.heading);
    for one in &section.blocks {
        block(out, one);
    }
    out.close("section");
    out.line();
}

fn block(out: &mut Markup, block: &Block) {
    match block {
        Block::Heading(id, text) => out.element("h3", &[("id", id), ("dir", &direction(text))], text),
        Block::Text(pieces) => {
            out.open("p", &[]);
            inlines(out, pieces);
            out.close("p");
        }
        Block::List(items) => list(out, items),
        Block::Folded(what, items) => {
            out.open("details", &[("class", &"long")]);
            out.element("summary", &[("dir", &"auto")], what);
            list(out, items);
            out.close("details");
            on_paper(out, format_args!("{what}: folded here, and on the page itself."));
        }
        Block::Facts(facts) => {
            out.open("dl", &[]);
            for (name, pieces) in facts {
                out.open("div", &[]);
                out.element("dt", &[], name);
                out.open("dd", &[("dir", &"auto")]);
                inlines(out, pieces);
                out.close("dd");
                out.close("div");
            }
            out.close("dl");
        }
        Block::Table(one) => table(out, one),
        Block::Figure(one) => figure(out, one),
        Block::Cautions(list) => cautions(out, list),
    }
    out.line();
}

fn list(out: &mut Markup, items: &[Vec<Inline>]) {
    out.open("ul", &[]);
    for item in items {
        out.open("li", &[]);
        inlines(out, item);
        out.close("li");
    }
    out.close("ul");
}

/// What a print says of what was folded when it was made. On a screen it is not there.
pub(super) fn on_paper(out: &mut Markup, text: impl Display) {
    out.element("p", &[("class", &"on-paper")], text);
}

/// The direction of a text: of other people's it is that of its first letter. A sentence of the program's own that holds
/// their names, each isolated, runs from left to right whatever its first name does.
fn direction(text: &str) -> &'static str {
    if text.contains('\u{2068}') { "ltr" } else { "auto" }
}

/// Pieces of a sentence.
pub(super) fn inlines(out: &mut Markup, pieces: &[Inline]) {
    for piece in pieces {
        match piece {
            Inline::Words(text) => out.text(text),
            Inline::Name(text) => {
                out.open("bdi", &[]);
                out.breakable(text);
                out.close("bdi");
            }
            Inline::Strong(text) => out.element("strong", &[], text),
            Inline::Code(text) => out.element("code", &[], text),
            Inline::Lines(text, of) => {
                let voice = match of.voice {
                    LinesVoice::All => "",
                    LinesVoice::Outside => "o",
                    LinesVoice::Quoted => "q",
                };
                let target = format!("#{}", lines::anchor(of.path, of.group.as_deref()));
                let group = of.group.as_deref().unwrap_or_default();
                let narrowed = narrow::of_link(of);
                let mut attributes: Vec<(&'static str, &dyn Display)> = vec![
                    ("class", &"n"),
                    ("href", &target),
                    ("data-p", &of.path),
                    ("data-g", &group),
                    ("data-v", &voice),
                ];
                if let Some((kind, values, words)) = &narrowed {
                    attributes.extend([("data-k", kind as &dyn Display), ("data-x", values), ("data-s", words)]);
                }
                out.open("a", &attributes);
                out.breakable(text);
                out.close("a");
            }
            Inline::Anchor(id) => out.element("span", &[("id", id)], ""),
            Inline::Link(text, id) => out.element("a", &[("href", &format_args!("#{id}"))], text),
        }
    }
}

/// A table in a box of its own that scrolls where it is too wide.
pub(super) fn table(out: &mut Markup, table: &Table) {
    out.open("div", &[("class", &"scroll"), ("tabindex", &0), ("role", &"region"), ("aria-label", &table.caption)]);
    out.open("table", &[]);
    out.element("caption", &[("dir", &direction(&table.caption))], &table.caption);
    out.open("thead", &[]);
    heads(out, &table.heads);
    out.close("thead");
    out.open("tbody", &[]);
    for row in &table.rows {
        out.open("tr", &[]);
        for (i, cell) in row.iter().enumerate() {
            let numeric = table.heads.get(i).is_some_and(|head| head.numeric);
            match (i, numeric) {
                (0, _) => out.open("th", &[("scope", &"row"), ("dir", &"auto")]),
                (_, true) => out.open("td", &[("class", &"num")]),
                (_, false) => out.open("td", &[("dir", &"auto")]),
            }
            inlines(out, cell);
            out.close(if i == 0 { "th" } else { "td" });
        }
        out.close("tr");
    }
    out.close("tbody");
    out.close("table");
    out.close("div");
    if !table.note.is_empty() {
        out.open("p", &[("class", &"note")]);
        inlines(out, &table.note);
        out.close("p");
    }
}

/// The heads of columns: in two rows where some stand below the name of whose they are.
fn heads(out: &mut Markup, heads: &[Head]) {
    let one = |out: &mut Markup, head: &Head, rows: u32| {
        let class = if head.numeric { "num" } else { "txt" };
        let attributes: [(&'static str, &dyn Display); 4] =
            [("scope", &"col"), ("class", &class), ("dir", &direction(&head.name)), ("rowspan", &rows)];
        out.open("th", if rows > 1 { &attributes } else { &attributes[..3] });
        out.breakable(&head.name);
        out.close("th");
    };
    let is_high = heads.iter().any(|head| head.over.is_some());
    out.open("tr", &[]);
    for neighbours in heads.chunk_by(|a, b| a.over.is_some() && a.over == b.over) {
        match &neighbours[0].over {
            Some(whose) => {
                let columns = neighbours.len();
                out.open("th", &[("scope", &"colgroup"), ("class", &"over"), ("dir", &"auto"), ("colspan", &columns)]);
                out.breakable(whose);
                out.close("th");
            }
            None => neighbours.iter().for_each(|head| one(out, head, if is_high { 2 } else { 1 })),
        }
    }
    out.close("tr");
    if is_high {
        out.open("tr", &[]);
        heads.iter().filter(|head| head.over.is_some()).for_each(|head| one(out, head, 1));
        out.close("tr");
    }
}

/// A chart, its caption, its cautions, and its numbers as tables that open.
fn figure(out: &mut Markup, figure: &Figure) {
    out.open("figure", &[("id", &figure.id)]);
    out.open("figcaption", &[]);
    out.open("h3", &[("dir", &direction(&figure.title))]);
    out.breakable(&figure.title);
    out.close("h3");
    out.element("p", &[("dir", &direction(&figure.description))], &figure.description);
    out.close("figcaption");
    let naming = Naming { id: &figure.id, title: &figure.title, description: &figure.description };
    out.open("div", &[("class", &"drawn")]);
    out.own(&figure.chart.inline(naming));
    out.close("div");
    cautions(out, &figure.cautions);
    let leads = figure.table.rows.iter().flatten().flatten().any(|piece| piece.lines().is_some());
    let called = if leads { "The numbers, each with its lines" } else { "The numbers" };
    numbers(out, called, &figure.table, figure.is_printed);
    if let Some(more) = &figure.more {
        numbers(out, &more.caption, more, false);
    }
    out.close("figure");
}

/// Tables with more rows than this are printed only where they were opened: paper has little use for them.
const PRINTED: usize = 24;

/// A table that opens.
fn numbers(out: &mut Markup, called: &str, one: &Table, is_printed: bool) {
    if one.rows.is_empty() {
        return;
    }
    let is_long = one.rows.len() > PRINTED;
    let folds = is_long || !is_printed;
    let class = if folds { "numbers long" } else { "numbers" };
    out.open("details", &[("class", &class)]);
    out.open("summary", &[("dir", &direction(called))]);
    out.text(called);
    if is_long {
        out.text(format_args!(" ({} rows)", one.rows.len()));
    }
    out.close("summary");
    table(out, one);
    out.close("details");
    if folds {
        let rows = one.rows.len();
        let rows = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
        on_paper(out, format_args!("{}: {rows}, on the page itself; printed where it was opened before.", one.caption));
    }
}

/// What limits the numbers, in words, beside its code.
pub(super) fn cautions(out: &mut Markup, cautions: &[Caution]) {
    if cautions.is_empty() {
        return;
    }
    out.open("ul", &[("class", &"cautions")]);
    for caution in cautions {
        // A sentence of the program, which may begin with the name of a group.
        out.open("li", &[("dir", &"ltr")]);
        if !caution.code.is_empty() {
            out.element("b", &[], &caution.code);
            out.text(" ");
        }
        out.text(&caution.text);
        out.close("li");
    }
    out.close("ul");
}
