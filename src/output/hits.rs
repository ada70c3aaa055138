//! The tables of hits and of rejected candidates: the line behind every number.

use framescope_core::lexicon::{EntryId, Lexicon, LexiconId, PathId, Place};
use framescope_core::matching::{Hit, Rejected, Rule, Whom};
use framescope_core::score::{Scoring, Value};
use framescope_core::text::{Analysis, Voice, Zone};

use super::cells::Cells;
use super::column::{Column, Fixed, has_experimental};
use super::context::Context;
use super::format::Format;
use super::offsets::Offsets;
use super::table::Row;

/// The layout of a table of hits or of rejected candidates.
#[derive(Debug)]
pub(super) struct Hits {
    window: u32,
    rejected: bool,
    has_bytes: bool,
    has_counted: bool,
    has_status: bool,
    has_coder: bool,
}

/// What a row tells, whether it counted or died.
struct Found {
    lexicon: LexiconId,
    path: PathId,
    entry: EntryId,
    first_token: u32,
    end_token: u32,
    zone: Zone,
    voice: Voice,
    short: bool,
    negated: Option<bool>,
    about: Option<Whom>,
    counts: bool,
    died: Option<(Rule, Place)>,
}

impl Hits {
    pub(super) fn new(
        scoring: &Scoring<'_>,
        window: u32,
        rejected: bool,
        format: Format,
        columns: &mut Vec<Column>,
    ) -> Hits {
        let mut ids = scoring.set().iter().map(|(id, _)| id);
        let hits = Hits {
            window,
            rejected,
            has_bytes: format == Format::Jsonl,
            has_counted: !rejected && ids.any(|id| !scoring.scope(id).is_unlimited()),
            has_status: has_experimental(scoring.set()),
            has_coder: format == Format::Xlsx && !rejected,
        };
        let mut add = |wanted: bool, list: &[Fixed]| {
            if wanted {
                columns.extend(list.iter().map(|c| Column::fixed(*c)));
            }
        };
        use Fixed::*;
        add(true, &[Lexicon, Path]);
        add(hits.has_status, &[Status]);
        add(true, &[Entry, Field, Start, End]);
        add(hits.has_bytes, &[ByteStart, ByteEnd]);
        add(true, &[Sentence, Paragraph, Zone, Voice, Short, Negated]);
        add(true, &[About, Weight]);
        add(hits.has_counted, &[Counted]);
        add(hits.rejected, &[Rule, By]);
        add(true, &[Left, Keyword, Right]);
        add(hits.has_coder, &[Keep, PathCorrected, Comment]);
        hits
    }

    /// The name of its sheet.
    pub(super) fn name(&self) -> &'static str {
        if self.rejected { "rejected" } else { "hits" }
    }

    pub(super) fn rows<C: Cells>(&self, row: &Row<'_>, text: &mut String, out: &mut C) {
        let score = row.context.score;
        let mut offsets = Offsets::new(row.context.article);
        let mut one = |found: Found| self.row(row, &found, &mut offsets, text, out);
        if self.rejected {
            for rejected in &score.resolution.rejected {
                one(Found::rejected(rejected, &score.analysis));
            }
        } else {
            score.resolution.hits.iter().for_each(|hit| one(hit.into()));
        }
    }

    fn row<C: Cells>(&self, row: &Row<'_>, found: &Found, offsets: &mut Offsets<'_>, text: &mut String, out: &mut C) {
        let analysis = &row.context.score.analysis;
        let lexicon = row.set().lexicon(found.lexicon);
        let entry = &lexicon.entries[found.entry.0 as usize];
        let sentence = analysis.sentence_of(found.first_token);
        let paragraph = analysis.sentences[sentence as usize].paragraph;
        let field = analysis.paragraphs[paragraph as usize].field;
        let start = analysis.tokens[found.first_token as usize].start;
        let end = analysis.tokens[found.end_token as usize - 1].end;

        row.article_cells(out);
        out.text(&lexicon.about.id);
        let path = &lexicon.paths[found.path.0 as usize];
        out.text(&path.id);
        if self.has_status {
            out.text(&path.status);
        }
        out.text(&entry.term.text);
        out.word(field.name());
        out.int(offsets.chars(field, start));
        out.int(offsets.chars(field, end));
        if self.has_bytes {
            out.int(start.into());
            out.int(end.into());
        }
        out.int(sentence.into());
        out.int(paragraph.into());
        out.word(found.zone.name());
        out.word(found.voice.name());
        out.flag(found.short);
        match found.negated {
            Some(negated) => out.flag(negated),
            None => out.empty(),
        }
        about(found, lexicon, out);
        out.value(Value::Float(entry.weight));
        if self.has_counted {
            out.flag(found.counts);
        }
        if let Some((rule, by)) = found.died {
            out.word(rule.name());
            let file = lexicon.files.get(by.file as usize).map_or("", |f| f);
            text.clear();
            text.push_str(file);
            text.push(':');
            text.push_str(itoa::Buffer::new().format(by.line));
            out.text(text);
        }
        let context = Context { article: row.context.article, analysis, window: self.window };
        out.text(context.left(found.first_token, text));
        out.text(context.keyword(found.first_token, found.end_token, text));
        out.text(context.right(found.end_token, text));
        if self.has_coder {
            out.repeat(Value::Empty, 3);
        }
        out.end_row();
    }
}

/// Whom it is about, by name.
fn about<C: Cells>(found: &Found, lexicon: &Lexicon, out: &mut C) {
    let asked = lexicon.paths[found.path.0 as usize].about;
    let side = |n: u32| {
        let about = lexicon.abouts.get(asked? as usize)?;
        about.sides.get(n as usize).map(|(name, _)| name.as_str())
    };
    match found.about {
        Some(Whom::Side(n)) => out.text(side(n).unwrap_or("")),
        Some(Whom::Both) => out.word("both"),
        Some(Whom::Unclear) => out.word("unclear"),
        None => out.empty(),
    }
}

impl From<&Hit> for Found {
    fn from(hit: &Hit) -> Found {
        Found {
            lexicon: hit.lexicon,
            path: hit.path,
            entry: hit.entry,
            first_token: hit.first_token,
            end_token: hit.end_token,
            zone: hit.zone,
            voice: hit.voice,
            short: hit.short,
            negated: Some(hit.negated),
            about: hit.about,
            counts: hit.counts,
            died: None,
        }
    }
}

impl Found {
    fn rejected(rejected: &Rejected, analysis: &Analysis) -> Found {
        let token = &analysis.tokens[rejected.first_token as usize];
        let sentence = analysis.sentence_of(rejected.first_token);
        Found {
            lexicon: rejected.lexicon,
            path: rejected.path,
            entry: rejected.entry,
            first_token: rejected.first_token,
            end_token: rejected.end_token,
            zone: analysis.sentences[sentence as usize].zone,
            voice: token.voice,
            short: token.short,
            negated: (rejected.rule == Rule::Negation).then_some(true),
            about: None,
            counts: false,
            died: Some((rejected.rule, rejected.by)),
        }
    }
}
