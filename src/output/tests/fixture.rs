//! The articles and lexicons that the tests of tables share.

use std::borrow::Cow;

use framescope_core::lexicon::{Lexicon, LexiconSet, read};
use framescope_core::matching::{Compiled, Want};
use framescope_core::score::{ArticleScore, Engine, Headline, MatcherEngine, Scoring, Selection};
use framescope_core::text::{Article, Title};

use crate::output::{ArticleContext, Format, OutputError, Prefix, Style, Table, TableKind, TableScratch, TableWriter};

pub(super) const CAPTIVES: &str = r#"
[lexicon]
id = "captives"
version = "1.0"
language = "en"

[[mask]]
why = "an office"
terms = ["envoy for hostage affairs"]

[[referent]]
id = "captives"
definition = "The people held."
name = ["the held"]
  [[referent.variant]]
  id = "hostage"
  connotation = "victims of a crime"
  according_to = "a style guide"
  terms = ["hostage", "hostages"]
  [[referent.variant]]
  id = "prisoner"
  terms = [{ term = "prisoner*", not_after = ["political"] }]

[[category]]
id = "threat"
definition = "Announced harm."
status = "experimental"
about = "side"
terms = [{ term = "final warning", weight = 2 }, "warn*"]

[[about]]
id = "side"
within = "sentence"
  [about.sides]
  ships = ["captain*"]
  crews = ["crew*"]

[[axis]]
id = "naming"
definition = "Victims or parties to an exchange."
positive = ["captives.hostage"]
negative = ["captives.prisoner"]
"#;

/// Counts in quotations and in leads only.
pub(super) const LIMITED: &str = r#"
[lexicon]
id = "speech"
version = "2"
short = "sp"

[match]
voices = ["quoted"]

[[category]]
id = "promise"
terms = ["promise*", "swear"]
"#;

pub(super) fn lexicon(source: &str) -> Lexicon {
    read(source, "test.toml", &[], &|_| None).expect("a lexicon")
}

/// An article as it is read from somewhere.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) id: &'static str,
    pub(super) meta: Vec<Option<&'static str>>,
    pub(super) title: Option<&'static str>,
    pub(super) text: String,
}

pub(super) fn meta_names() -> Vec<String> {
    vec!["outlet".to_owned(), "words".to_owned()]
}

pub(super) fn pieces() -> Vec<Piece> {
    let piece = |id, meta: [Option<&'static str>; 2], title, text: &str| Piece {
        id,
        meta: meta.to_vec(),
        title,
        text: text.to_owned(),
    };
    vec![
        piece(
            "a-1",
            [Some("The \"Harbour\" Post"), Some("=2+3")],
            Some("Hostages still at sea"),
            "The hostages were seen on Monday, said the envoy for hostage affairs.\n\n\
             “This is your final warning: the prisoners stay,” the captain said. “I swear it.”\n\n\
             Nobody has met a political prisoner. The held, it is said, are no prisoners at all.",
        ),
        piece("b-2", [None, Some("-5")], None, "Élan! Crews\u{a0}warned   the hostage\ntakers — “hostages”."),
        piece("c-3", [Some(""), None], Some(""), "… — !"),
    ]
}

/// Lexicons that articles can be scored with.
pub(super) struct Room {
    set: LexiconSet,
}

impl Room {
    pub(super) fn new(lexicons: &[&str]) -> Room {
        let set = LexiconSet::new(lexicons.iter().map(|l| lexicon(l)).collect());
        Room { set }
    }

    pub(super) fn scoring(&self) -> Scoring<'_> {
        Scoring::new(&self.set, Headline::Outside, 1)
    }

    pub(super) fn table(&self, kind: &TableKind, style: Style) -> Result<Table<'_>, OutputError> {
        Table::new(self.scoring(), kind, &meta_names(), style)
    }

    /// Calls `with` for every article as a row sees it.
    pub(super) fn each(&self, pieces: &[Piece], with: impl FnMut(&ArticleContext<'_>)) {
        self.each_wanting(Want { rejected: true, ..Want::default() }, pieces, with);
    }

    /// The same of articles scored for those who want so much.
    pub(super) fn each_wanting(&self, want: Want, pieces: &[Piece], mut with: impl FnMut(&ArticleContext<'_>)) {
        let engine = MatcherEngine::new(&self.set, Compiled::new(&self.set));
        let mut scratch = Default::default();
        let mut score = ArticleScore::default();
        for piece in pieces {
            let article =
                Article { id: piece.id, title: piece.title.map(Title::Field), text: &piece.text, removed: &[] };
            engine.score(&article, &mut scratch, want, &mut score);
            let meta: Vec<_> = piece.meta.iter().map(|m| m.map(Cow::Borrowed)).collect();
            with(&ArticleContext { article: &article, meta: &meta, language: "en", score: &score });
        }
    }

    /// The file, with parts of this many articles, and what is to be said of it.
    pub(super) fn write(&self, table: &Table<'_>, pieces: &[Piece], part_size: usize) -> (Vec<u8>, Vec<String>) {
        self.write_wanting(Want { rejected: true, ..Want::default() }, table, pieces, part_size)
    }

    /// The same of articles scored for those who want so much.
    pub(super) fn write_wanting(
        &self,
        want: Want,
        table: &Table<'_>,
        pieces: &[Piece],
        part_size: usize,
    ) -> (Vec<u8>, Vec<String>) {
        let mut writer = TableWriter::new(table, Vec::new(), "scores").expect("a header");
        let mut scratch = TableScratch::default();
        for pieces in pieces.chunks(part_size) {
            let mut part = table.part();
            self.each_wanting(want, pieces, |context| table.article(context, &mut scratch, &mut part));
            writer.write(part).expect("rows");
        }
        let (bytes, summary) = writer.finish().expect("an end");
        (bytes, summary.notes(true))
    }

    /// The file as text.
    pub(super) fn text(&self, kind: &TableKind, style: Style) -> String {
        let table = self.table(kind, style).expect("a table");
        String::from_utf8(self.write(&table, &pieces(), 1).0).expect("UTF-8")
    }
}

pub(super) fn wide() -> TableKind {
    TableKind::Wide { selection: Selection::few(), prefix: Prefix::Auto, segment: None }
}

pub(super) fn long() -> TableKind {
    TableKind::Long { selection: Selection::all(), segment: None }
}

pub(super) fn style(format: Format) -> Style {
    Style { format, ..Style::default() }
}

/// The records of a CSV, header first.
pub(super) fn records(csv: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter)
        .from_reader(csv)
        .records()
        .map(|r| r.expect("a record").iter().map(str::to_owned).collect())
        .collect()
}
