//! `lexicon show`: what a lexicon counts, readable at a desk.

use std::fmt::Write as _;

use framescope_core::lexicon::{Lexicon, PathId};

use super::words;
use crate::cli::messages::counted;
use crate::output::LexiconPrecision;

/// A lexicon with what was measured of it, or why that cannot be read.
pub(super) struct Shown<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) precision: &'a Result<LexiconPrecision, String>,
}

impl Shown<'_> {
    /// The whole lexicon: what it is, its rules, its paths, masks, sides and axes.
    pub(super) fn whole(&self, typed: &str) -> String {
        let lexicon = self.lexicon;
        let mut out = String::new();
        heading(lexicon, &mut out);
        field(&mut out, "precision", &self.circumstances());
        out.push_str("\nPaths\n");
        let width = lexicon.paths.iter().map(|p| indented(&p.id).chars().count()).max().unwrap_or(0);
        for (number, path) in lexicon.paths.iter().enumerate() {
            let id = PathId(number as u32);
            let own = self.own_entries(id);
            let entries = if own == 0 { String::new() } else { counted_entries(own) };
            let name = indented(&path.id);
            let _ = write!(out, "  {name:width$}  {:9}  {entries:>11}", words::kind(path.kind));
            line_end(&mut out, &path.label);
            self.told(id, "      ", &mut out);
            // Where nothing at all was measured, the heading says so once.
            if self.is_measured() {
                self.how_often_right(id, "      ", &mut out);
            }
        }
        if !lexicon.masks.is_empty() {
            out.push_str("\nMasks: what looks like a hit and is none\n");
            for mask in &lexicon.masks {
                masked(lexicon, mask, &mut out);
            }
        }
        for about in &lexicon.abouts {
            let _ = writeln!(out, "\nAbout {}: the nearest side within {}", about.id, words::within(about.within));
            for (side, terms) in &about.sides {
                field(&mut out, side, &words::terms(lexicon, terms));
            }
        }
        for axis in &lexicon.axes {
            let _ = writeln!(out, "\nAxis {}{}", axis.id, dash(&axis.label));
            field(&mut out, "meaning", &axis.definition);
            field(&mut out, "positive", &path_names(lexicon, &axis.positive));
            field(&mut out, "negative", &path_names(lexicon, &axis.negative));
        }
        if let Some(path) = lexicon.entries.first().map(|e| &lexicon.paths[e.path.0 as usize].id) {
            let _ = writeln!(out, "\nOne path, with its entries: framescope lexicon show {typed} {path}");
        }
        out
    }

    /// One path explained: definition, precision, entries with their conditions, masks that apply, and
    /// the same of the paths under it, shorter.
    pub(super) fn path(&self, id: PathId) -> String {
        let lexicon = self.lexicon;
        let mut out = String::new();
        let path = &lexicon.paths[id.0 as usize];
        let _ = writeln!(out, "{}  ({} of {})", path.id, words::kind(path.kind), lexicon.about.id);
        field(&mut out, "label", &path.label);
        self.told(id, "  ", &mut out);
        field(&mut out, "source", &path.source);
        self.how_often_right(id, "  ", &mut out);
        if self.is_measured() {
            field(&mut out, "", &self.circumstances());
        }
        field(&mut out, "written in", &lexicon.place(path.place));
        if let Some(about) = path.about.and_then(|a| lexicon.abouts.get(a as usize)) {
            let sides: Vec<&str> = about.sides.iter().map(|(name, _)| name.as_str()).collect();
            let text = format!("{}: {} (nearest within {})", about.id, sides.join(", "), words::within(about.within));
            field(&mut out, "about", &text);
        }
        field(&mut out, "rules", &words::rules(lexicon).join("; "));
        entries(lexicon, id, &mut out);

        let under: Vec<PathId> = descendants(lexicon, id);
        for child in &under {
            let child_path = &lexicon.paths[child.0 as usize];
            let _ = writeln!(out, "\n{}  ({}){}", child_path.id, words::kind(child_path.kind), dash(&child_path.label));
            self.told(*child, "  ", &mut out);
            self.how_often_right(*child, "  ", &mut out);
            entries(lexicon, *child, &mut out);
        }

        let applies =
            |limit: &PathId| *limit == id || under.contains(limit) || descendants(lexicon, *limit).contains(&id);
        let masks: Vec<_> =
            lexicon.masks.iter().filter(|m| m.paths.is_empty() || m.paths.iter().any(applies)).collect();
        if !masks.is_empty() {
            out.push_str("\nMasks that apply: what looks like a hit and is none\n");
            for mask in masks {
                masked(lexicon, mask, &mut out);
            }
        }
        for axis in lexicon.axes.iter().filter(|a| a.positive.contains(&id) || a.negative.contains(&id)) {
            let pole = if axis.positive.contains(&id) { "positive" } else { "negative" };
            let _ = writeln!(out, "\nOn axis {}: {pole}", axis.id);
        }
        out
    }

    /// What the lexicon says of a path.
    fn told(&self, id: PathId, margin: &str, out: &mut String) {
        let path = &self.lexicon.paths[id.0 as usize];
        let fields = [
            ("definition", &path.definition),
            ("include", &path.include),
            ("exclude", &path.exclude),
            ("connotation", &path.connotation),
            ("according to", &path.according_to),
            ("status", &path.status),
        ];
        fields.into_iter().for_each(|(name, text)| field_at(out, margin, name, text));
    }

    /// How often the hits of a path's own entries are right.
    fn how_often_right(&self, id: PathId, margin: &str, out: &mut String) {
        if self.own_entries(id) == 0 {
            return;
        }
        let path = &self.lexicon.paths[id.0 as usize].id;
        let text = match self.precision {
            Ok(known) => known.of(path).to_string(),
            Err(wrong) => format!("cannot be read: {wrong}"),
        };
        field_at(out, margin, "precision", &text);
    }

    /// Who measured the precision, and on which texts.
    fn circumstances(&self) -> String {
        match self.precision {
            Ok(known) if known.is_empty() => "not measured".to_owned(),
            Ok(known) => known.judged.clone(),
            Err(wrong) => format!("cannot be read: {wrong}"),
        }
    }

    fn is_measured(&self) -> bool {
        self.precision.as_ref().is_ok_and(|known| !known.is_empty())
    }

    fn own_entries(&self, id: PathId) -> usize {
        self.lexicon.entries.iter().filter(|entry| entry.path == id).count()
    }
}

fn heading(lexicon: &Lexicon, out: &mut String) {
    let about = &lexicon.about;
    let name = if about.name.is_empty() { &about.id } else { &about.name };
    let _ = writeln!(out, "{name}");
    field(out, "id", &about.id);
    field(out, "version", &about.version);
    field(out, "language", &about.language);
    field(out, "about", &about.description);
    field(out, "authors", &about.authors.join(", "));
    field(out, "source", &about.source);
    field(out, "license", &about.license);
    field(out, "extends", &about.extends);
    field(out, "validated", if about.validated.is_empty() { "no" } else { &about.validated });
    if !about.developed_on.is_empty() {
        let files = counted(about.developed_on.len() as u64, "file");
        field(out, "written from", &format!("{files} (scores of these say nothing about its quality)"));
    }
    field(out, "rules", &words::rules(lexicon).join("; "));
    let counts = [
        counted(lexicon.paths.len() as u64, "path"),
        counted_entries(lexicon.entries.len()),
        counted(lexicon.masks.len() as u64, "mask"),
        format!("{} {}", lexicon.axes.len(), if lexicon.axes.len() == 1 { "axis" } else { "axes" }),
        counted(lexicon.tests.len() as u64, "test"),
    ];
    field(out, "holds", &counts.join(", "));
}

/// A path's own entries; those in a row that hold under the same conditions stand together.
fn entries(lexicon: &Lexicon, id: PathId, out: &mut String) {
    let own: Vec<_> =
        lexicon.entries.iter().filter(|e| e.path == id).map(|e| (e, words::remarks(lexicon, e))).collect();
    if own.is_empty() {
        return;
    }
    let _ = writeln!(out, "  {}", counted_entries(own.len()));
    for alike in own.chunk_by(|a, b| a.1 == b.1) {
        let terms: Vec<&str> = alike.iter().map(|(e, _)| e.term.text.as_str()).collect();
        wrapped(out, "    ", "    ", &terms.join(", "));
        for remark in &alike[0].1 {
            wrapped(out, "      - ", "        ", remark);
        }
    }
}

fn masked(lexicon: &Lexicon, mask: &framescope_core::lexicon::Mask, out: &mut String) {
    let limit =
        if mask.paths.is_empty() { String::new() } else { format!(" [only for {}]", path_names(lexicon, &mask.paths)) };
    let text = format!("{}{limit}{}", words::terms(lexicon, &mask.terms), dash(&mask.why));
    wrapped(out, "  ", "    ", &text);
}

/// All paths under one, in file order.
fn descendants(lexicon: &Lexicon, id: PathId) -> Vec<PathId> {
    let mut found = Vec::new();
    for child in lexicon.children(id) {
        found.push(child);
        found.extend(descendants(lexicon, child));
    }
    found
}

fn path_names(lexicon: &Lexicon, paths: &[PathId]) -> String {
    paths.iter().map(|p| lexicon.paths[p.0 as usize].id.as_str()).collect::<Vec<_>>().join(", ")
}

/// A path's name, indented by its depth.
fn indented(id: &str) -> String {
    let depth = id.matches('.').count();
    format!("{}{id}", "  ".repeat(depth))
}

pub(super) fn counted_entries(number: usize) -> String {
    if number == 1 { "1 entry".to_owned() } else { format!("{number} entries") }
}

/// `  name  text`, wrapped; nothing where there is no text.
fn field(out: &mut String, name: &str, text: &str) {
    field_at(out, "  ", name, text);
}

/// The same at another margin.
fn field_at(out: &mut String, margin: &str, name: &str, text: &str) {
    if !text.is_empty() {
        let first = format!("{margin}{name:14}");
        wrapped(out, &first, &" ".repeat(first.len()), text);
    }
}

/// Text in lines of some 100 characters.
fn wrapped(out: &mut String, first: &str, others: &str, text: &str) {
    const WIDTH: usize = 100;
    out.push_str(first);
    let mut column = first.chars().count();
    let mut begun = false;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if begun && column + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(others);
            column = others.len();
        } else if begun {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
        begun = true;
    }
    out.push('\n');
}

fn dash(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("  — {text}") }
}

/// Ends a line with a text if there is one, and without trailing blanks.
fn line_end(out: &mut String, text: &str) {
    if !text.is_empty() {
        let _ = write!(out, "  {text}");
    }
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
}
