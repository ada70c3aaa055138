//! A [`Page`] becomes one file of HTML that needs nothing else: no network, no font, no script to be read.
//!
//! A content security policy stands in its head that lets no request leave and lets no script run but the page's own,
//! known by its hash: should a text of other people ever get past the escaping, the browser would still not run it.

mod beside;
mod blocks;
mod desks;
mod lines;
mod narrow;
mod text;

use sha2::{Digest as _, Sha256};

use super::charts;
use super::markup::Markup;
use super::page::Page;
use text::Dealt;

pub(super) use beside::set_anchor;
pub(super) use lines::path_name;
pub(super) use narrow::asks_first;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A page must fit into a mail.
const LARGEST: usize = 5_000_000;

/// How many lines a page begins with; fewer where it would be too large.
const LINES: usize = 6_000;

/// Writes the page, with as many lines and articles as fit into [`LARGEST`] bytes.
pub(super) fn write(page: &Page) -> String {
    write_within(page, LARGEST)
}

/// Writes the page, with as many lines and articles as fit into so many bytes.
pub(super) fn write_within(page: &Page, largest: usize) -> String {
    let mut lines = LINES;
    let mut sets = page.beside.sets.len();
    loop {
        let html = write_with(page, lines, sets);
        // Charts and tables alone cannot be made smaller here.
        if html.len() <= largest || (lines <= 100 && sets == 0) {
            return html;
        }
        lines /= 2;
        sets /= 2;
    }
}

fn write_with(page: &Page, lines: usize, sets: usize) -> String {
    let mut passages = page.passages.clone();
    let keep = passages.lines_a_cell(lines);
    passages.finish(keep);
    let dealt = Dealt::of(&passages, &page.beside.sets[..sets], &page.desks);
    let mut out = Markup::default();
    head(&mut out, page);
    out.open("body", &[]);
    out.element("a", &[("class", &"skip"), ("href", &"#main")], "Skip to the contents");
    out.open("header", &[]);
    out.element("h1", &[("dir", &"auto")], &page.title);
    for sentence in &page.lead {
        out.open("p", &[("class", &"lead"), ("dir", &"auto")]);
        blocks::inlines(&mut out, sentence);
        out.close("p");
    }
    out.close("header");
    contents(&mut out, page);
    out.open("main", &[("id", &"main")]);
    for section in &page.sections {
        blocks::section(&mut out, section);
    }
    if !page.desks.sets.is_empty() {
        desks::section(&mut out, page, &dealt);
    }
    if !page.beside.sets.is_empty() {
        beside::section(&mut out, page, &passages, &dealt, sets);
    }
    lines::section(&mut out, page, &passages, &dealt, keep);
    for section in &page.methods {
        blocks::section(&mut out, section);
    }
    out.close("main");
    out.open("footer", &[]);
    out.element(
        "p",
        &[],
        format_args!("Written by {}. Nothing on this page is loaded from elsewhere.", page.written_by),
    );
    out.close("footer");
    out.open("script", &[]);
    out.own(SCRIPT);
    out.close("script");
    out.close("body");
    out.close("html");
    out.line();
    out.into_string()
}

fn head(out: &mut Markup, page: &Page) {
    out.own("<!DOCTYPE html>\n");
    out.open("html", &[("lang", &"en")]);
    out.open("head", &[]);
    out.empty("meta", &[("charset", &"utf-8")]);
    out.empty(
        "meta",
        &[
            ("http-equiv", &"Content-Security-Policy"),
            (
                "content",
                &format_args!(
                    "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
                    base64(&Sha256::digest(SCRIPT))
                ),
            ),
        ],
    );
    out.empty("meta", &[("name", &"viewport"), ("content", &"width=device-width, initial-scale=1")]);
    out.empty("meta", &[("name", &"color-scheme"), ("content", &"light dark")]);
    out.empty("meta", &[("name", &"generator"), ("content", &page.written_by)]);
    out.element("title", &[], &page.title);
    out.open("style", &[]);
    out.own(charts::STYLE);
    out.own(STYLE);
    out.close("style");
    out.close("head");
}

fn contents(out: &mut Markup, page: &Page) {
    out.open("nav", &[("aria-label", &"Contents")]);
    out.open("ol", &[]);
    let mut item = |id: &str, short: &str| {
        out.open("li", &[]);
        out.element("a", &[("href", &format_args!("#{id}"))], short);
        out.close("li");
    };
    for section in page.sections.iter().filter(|section| !section.short.is_empty()) {
        item(&section.id, &section.short);
    }
    if !page.desks.sets.is_empty() {
        item(desks::ID, "One text, two desks");
    }
    if !page.beside.sets.is_empty() {
        item(beside::ID, "Side by side");
    }
    item(lines::ID, "The lines");
    for section in page.methods.iter().filter(|section| !section.short.is_empty()) {
        item(&section.id, &section.short);
    }
    out.close("ol");
    out.close("nav");
}

/// RFC 4648, with padding: for one hash, a crate would be too much.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for i in 0..4 {
            let sextet = bits >> (18 - 6 * i) & 63;
            text.push(if i <= chunk.len() { char::from(ALPHABET[sextet as usize]) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_rfc_4648() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn style_and_script_cannot_end_themselves() {
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</"), "they stand in the page as they are");
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"), "nothing is loaded");
    }
}
