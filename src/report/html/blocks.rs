//! Sections and their blocks.

use std::fmt::Display;

use super::super::charts::Naming;
use super::super::markup::Markup;
use super::super::page::{Block, Caution, Figure, Inline, LinesVoice, Section, Table};
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
        Block::Heading(id, text) => out.element("h3", &[("id", id), ("dir", &"auto")], text),
        Block::Text(pieces) => {
            out.open("p", &[]);
            inlines(out, pieces);
            out.close("p");
        }
        Block::List(items) => {
            out.open("ul", &[]);
            for item in items {
                out.open("li", &[]);
                inlines(out, item);
                out.close("li");
            }
            out.close("ul");
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

/// Pieces of a sentence.
pub(super) fn inlines(out: &mut Markup, pieces: &[Inline]) {
    for piece in pieces {
        match piece {
            Inline::Words(text) => out.text(text),
            Inline::Name(text) => out.element("bdi", &[], text),
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
                out.element("a", &attributes, text);
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
    out.element("caption", &[("dir", &"auto")], &table.caption);
    out.open("thead", &[]);
    out.open("tr", &[]);
    for head in &table.heads {
        let class = if head.numeric { "num" } else { "txt" };
        out.element("th", &[("scope", &"col"), ("class", &class), ("dir", &"auto")], &head.name);
    }
    out.close("tr");
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

/// A chart, its caption, its cautions, and its numbers as a table that opens.
fn figure(out: &mut Markup, figure: &Figure) {
    out.open("figure", &[("id", &figure.id)]);
    out.open("figcaption", &[]);
    out.element("h3", &[("dir", &"auto")], &figure.title);
    out.element("p", &[("dir", &"auto")], &figure.description);
    out.close("figcaption");
    let naming = Naming { id: &figure.id, title: &figure.title, description: &figure.description };
    out.own(&figure.chart.inline(naming));
    cautions(out, &figure.cautions);
    if !figure.table.rows.is_empty() {
        out.open("details", &[("class", &"numbers")]);
        let leads = figure.table.rows.iter().flatten().flatten().any(|piece| piece.lines().is_some());
        out.element("summary", &[], if leads { "The numbers, each with its lines" } else { "The numbers" });
        table(out, &figure.table);
        out.close("details");
    }
    out.close("figure");
}

/// What limits the numbers, in words, beside its code.
pub(super) fn cautions(out: &mut Markup, cautions: &[Caution]) {
    if cautions.is_empty() {
        return;
    }
    out.open("ul", &[("class", &"cautions")]);
    for caution in cautions {
        out.open("li", &[("dir", &"auto")]);
        if !caution.code.is_empty() {
            out.element("b", &[], &caution.code);
            out.text(" ");
        }
        out.text(&caution.text);
        out.close("li");
    }
    out.close("ul");
}
