//! The long table: a row an article and path, axes after the paths of their lexicon.

use std::path::Path;

use framescope_core::lexicon::PathKind;
use framescope_core::text::{Voice, VoiceSet, ZoneSet};
use rustc_hash::{FxHashMap, FxHashSet};

use super::error::StoredError;
use super::records::{Records, file_record};
use super::{Stored, StoredColumns};
use crate::compare::result::LeftOut;
use crate::compare::units::{LOOKED_FOR, StoredArticle, Units};
use crate::compare::vocabulary::{AxisFacts, LexiconFacts, PathFacts, Vocabulary};

/// Why some columns must be there.
const HINT: &str = "write the table with `framescope score --long` and all measures";
/// The column that says which language a lexicon is for.
const LEXICON_LANGUAGE: &str = "lexicon_language";
/// The measures of hits by voice.
const VOICES: [&str; 3] = ["narrator", "attributed", "quoted"];
/// The words of each voice.
const WORDS: [&str; 3] = ["narrator_words", "attributed_words", "quoted_words"];

/// The command that writes long tables.
const WRITER: &str = "framescope score --long";
/// Kinds of rows.
const KINDS: &str = "one of category, referent, variant, name, axis";

/// What a row is about: its lexicon and path (or axis), by number.
#[derive(Debug, Clone, Copy)]
enum Row {
    Path(u32),
    Axis(u32),
}

/// Rows by lexicon and path.
type Rows = FxHashMap<(String, String), Row>;

/// The columns that are read.
struct Columns {
    id: usize,
    language: usize,
    lexicon: usize,
    /// None in tables of earlier versions.
    lexicon_language: Option<usize>,
    path: usize,
    kind: usize,
    status: Option<usize>,
    words: [usize; 3],
    title_words: usize,
    short_words: usize,
    sentences: usize,
    count: usize,
    hits: [usize; 3],
    short: usize,
    negated: usize,
    poles: Option<[usize; 2]>,
}

impl Columns {
    fn of(records: &Records) -> Result<Columns, StoredError> {
        if records.column("segment").is_some() && records.column("segment_kind").is_some() {
            return Err(StoredError::Segments { path: records.path().to_owned() });
        }
        let needs = |name: &str| records.needs(name, HINT);
        let poles = records.column("positive_count").zip(records.column("negative_count"));
        Ok(Columns {
            id: needs("id")?,
            language: needs("language")?,
            lexicon: needs("lexicon")?,
            lexicon_language: records.column(LEXICON_LANGUAGE),
            path: needs("path")?,
            kind: needs("kind")?,
            status: records.column("status"),
            words: [needs(WORDS[0])?, needs(WORDS[1])?, needs(WORDS[2])?],
            title_words: needs("title_words")?,
            short_words: needs("quoted_short_words")?,
            sentences: needs("sentences")?,
            count: needs("count")?,
            hits: [needs(VOICES[0])?, needs(VOICES[1])?, needs(VOICES[2])?],
            short: needs("quoted_short")?,
            negated: needs("negated")?,
            poles: poles.map(|(positive, negative)| [positive, negative]),
        })
    }
}

/// Reads the table, twice: its paths first, then its articles.
pub(super) fn read(table: &Path, asked: StoredColumns<'_>) -> Result<Stored, StoredError> {
    let StoredColumns { by, within, date } = asked;
    let (vocabulary, rows) = vocabulary(table)?;
    let mut records = Records::open(table)?;
    let columns = Columns::of(&records)?;
    let metadata: Vec<String> =
        records.header()[..columns.language + 1].iter().filter(|name| *name != "id").cloned().collect();
    let (by, by_default) = group_column(by, &metadata, table)?;
    let group = records.needs(&by, HINT)?;
    if let Some(date) = date.map(str::trim) {
        records.needs(date, "--date takes a column of the table")?;
    }
    let mut kept: Vec<(String, usize)> = Vec::new();
    for name in LOOKED_FOR.iter().map(|name| (*name).to_owned()).chain(within.iter().cloned()) {
        let wanted = date.filter(|_| name == "date").map_or(name.as_str(), str::trim);
        let exact = metadata.iter().find(|column| *column == wanted);
        let found = exact.or_else(|| metadata.iter().find(|column| column.eq_ignore_ascii_case(wanted)));
        if let (Some(number), true) = (found.and_then(|f| records.column(f)), kept.iter().all(|(k, _)| *k != name)) {
            kept.push((name, number));
        } else if within.contains(&name) && kept.iter().all(|(known, _)| *known != name) {
            records.needs(&name, "--within and --cluster take columns of the table")?;
        }
    }
    let names: Vec<&str> = kept.iter().map(|(name, _)| name.as_str()).collect();
    let mut units = Units::new(vocabulary, &names);
    units.without_zones();
    let mut article = StoredArticle::default();
    let mut last: Option<String> = None;
    let mut whole = Whole::new(table, &rows);
    let mut without_group = FxHashSet::default();
    while records.next()? {
        let id = records.text(columns.id);
        if last.as_deref() != Some(id) {
            if last.is_some() {
                whole.end(&article.id)?;
                units.add_stored(&article);
            }
            whole.begin();
            if records.text(group).trim().is_empty() {
                without_group.insert(id.to_owned());
            }
            last = Some(id.to_owned());
            article.clear();
            article.id = id.to_owned();
            article.group = records.text(group).to_owned();
            article.language = records.text(columns.language).to_owned();
            article.columns = kept.iter().map(|(_, number)| records.text(*number).to_owned()).collect();
            for voice in 0..3 {
                article.words[voice] = records.count(columns.words[voice])?.unwrap_or(0);
            }
            article.short_words = records.count(columns.short_words)?.unwrap_or(0);
            article.sentences = records.count(columns.sentences)?.unwrap_or(0);
            article.has_title = records.count(columns.title_words)?.is_some();
        }
        let key = (records.text(columns.lexicon).to_owned(), records.text(columns.path).to_owned());
        let row = rows.get(&key);
        whole.row(row, &article.id, records.line())?;
        match (row, columns.poles) {
            (Some(Row::Path(path)), _) => {
                let mut hits = [0; 3];
                for (hits, column) in hits.iter_mut().zip(columns.hits) {
                    *hits = records.count(column)?.unwrap_or(0);
                }
                let count = |column| records.count(column).map(|n| n.unwrap_or(0));
                article.paths.push((*path, hits, count(columns.short)?, count(columns.negated)?));
            }
            (Some(Row::Axis(axis)), Some([positive, negative])) => {
                let count = |column| records.count(column).map(|n| n.unwrap_or(0));
                article.poles.push((*axis, count(positive)?, count(negative)?));
            }
            _ => {}
        }
    }
    if last.is_some() {
        whole.end(&article.id)?;
        units.add_stored(&article);
    }
    let left_out = left_out(table, &mut units, &columns);
    Ok(Stored { units, by, by_default, left_out, files: vec![file_record(table)?], without_group })
}

/// Whether every article has one row for each path and axis. A table without its rows of zeros would have too few articles.
struct Whole<'a> {
    table: &'a Path,
    rows: &'a Rows,
    /// How many articles were begun.
    articles: usize,
    /// The article in which a path, or an axis behind the paths, was last met; from 1.
    met_in: Vec<usize>,
    paths: usize,
    met: usize,
    line: u64,
}

impl<'a> Whole<'a> {
    fn new(table: &'a Path, rows: &'a Rows) -> Whole<'a> {
        let paths = rows.values().filter(|row| matches!(row, Row::Path(_))).count();
        Whole { table, rows, articles: 0, met_in: vec![0; rows.len()], paths, met: 0, line: 0 }
    }

    fn begin(&mut self) {
        (self.articles, self.met) = (self.articles + 1, 0);
    }

    fn place(&self, row: Row) -> usize {
        match row {
            Row::Path(path) => path as usize,
            Row::Axis(axis) => self.paths + axis as usize,
        }
    }

    fn row(&mut self, row: Option<&Row>, id: &str, line: u64) -> Result<(), StoredError> {
        let Some(&row) = row else { return Ok(()) };
        let (place, article) = (self.place(row), self.articles);
        if std::mem::replace(&mut self.met_in[place], article) == article {
            let row = self.name_of(place);
            return Err(StoredError::RowTwice { path: self.table.to_owned(), line, id: id.to_owned(), row });
        }
        (self.met, self.line) = (self.met + 1, line);
        Ok(())
    }

    fn end(&self, id: &str) -> Result<(), StoredError> {
        let article = self.articles;
        let missing = self.met_in.iter().position(|met| *met != article).filter(|_| self.met < self.rows.len());
        match missing {
            None => Ok(()),
            Some(place) => {
                let row = self.name_of(place);
                Err(StoredError::RowMissing { path: self.table.to_owned(), line: self.line, id: id.to_owned(), row })
            }
        }
    }

    fn name_of(&self, place: usize) -> String {
        let found = self.rows.iter().find(|(_, row)| self.place(**row) == place);
        found.map_or_else(String::new, |((lexicon, path), _)| format!("{lexicon}:{path}"))
    }
}

/// The column of the groups: the one asked for, else `outlet`.
fn group_column(by: Option<&str>, metadata: &[String], table: &Path) -> Result<(String, bool), StoredError> {
    let none = |column: &str, hint: String| {
        Err(StoredError::NoColumn { path: table.to_owned(), column: column.to_owned(), hint })
    };
    let listed = || format!("--by takes one of: {}", metadata.join(", "));
    match by.map(str::trim) {
        Some(name) if metadata.iter().any(|column| column == name) => Ok((name.to_owned(), false)),
        Some(name) => none(name, listed()),
        None => match metadata.iter().find(|column| column.eq_ignore_ascii_case("outlet")) {
            Some(column) => Ok((column.clone(), true)),
            None => none("outlet", listed()),
        },
    }
}

/// The paths and axes of the table, and which row is of which.
fn vocabulary(table: &Path) -> Result<(Vocabulary, Rows), StoredError> {
    let mut records = Records::open(table)?;
    let columns = Columns::of(&records)?;
    let mut vocabulary = Vocabulary::default();
    let mut rows = Rows::default();
    let (mut articles, mut last): (FxHashSet<String>, Option<String>) = Default::default();
    while records.next()? {
        // A table that was sorted by path would make an article of each row.
        let id = records.text(columns.id);
        if last.as_deref() != Some(id) {
            if !articles.insert(id.to_owned()) {
                return Err(StoredError::Scattered { path: table.to_owned(), line: records.line(), id: id.to_owned() });
            }
            last = Some(id.to_owned());
        }
        let key = (records.text(columns.lexicon).to_owned(), records.text(columns.path).to_owned());
        let kind = records.text(columns.kind);
        if kind != "axis" {
            let mut by_voice = 0;
            for column in columns.hits {
                by_voice += records.count(column)?.unwrap_or(0);
            }
            if records.count(columns.count)? != Some(by_voice) {
                return Err(StoredError::Limited { path: table.to_owned(), lexicon: key.0 });
            }
        }
        if rows.contains_key(&key) {
            continue;
        }
        let lexicon = vocabulary.lexicons.iter().position(|known| known.id == key.0).unwrap_or_else(|| {
            vocabulary.lexicons.push(LexiconFacts {
                id: key.0.clone(),
                version: String::new(),
                language: columns.lexicon_language.map_or_else(String::new, |column| records.text(column).to_owned()),
                validated: String::new(),
                developed_on: Vec::new(),
                voices: VoiceSet::ALL,
                zones: ZoneSet::ALL,
            });
            vocabulary.lexicons.len() - 1
        }) as u32;
        let is_experimental = columns.status.is_some_and(|status| records.text(status) == "experimental");
        let kind = match kind {
            "axis" => {
                rows.insert(key.clone(), Row::Axis(vocabulary.axes.len() as u32));
                vocabulary.axes.push(AxisFacts {
                    lexicon,
                    id: key.1,
                    label: String::new(),
                    definition: String::new(),
                    is_experimental,
                    positive: Vec::new(),
                    negative: Vec::new(),
                });
                continue;
            }
            "referent" => PathKind::Referent,
            "variant" => PathKind::Variant,
            "name" => PathKind::Name,
            "category" => PathKind::Category,
            _ => return Err(records.wrong(columns.kind, KINDS, WRITER)),
        };
        // Parents come first, and every prefix of a path is a path.
        let parent = key.1.rsplit_once('.').and_then(|(above, _)| match rows.get(&(key.0.clone(), above.to_owned())) {
            Some(Row::Path(parent)) => Some(*parent),
            _ => None,
        });
        rows.insert(key.clone(), Row::Path(vocabulary.paths.len() as u32));
        vocabulary.paths.push(PathFacts {
            lexicon,
            id: key.1,
            kind,
            parent,
            label: String::new(),
            definition: String::new(),
            connotation: String::new(),
            according_to: String::new(),
            is_experimental,
            sides: Vec::new(),
        });
    }
    vocabulary.find_referents();
    Ok((vocabulary, rows))
}

/// What the table cannot give. Its axes are in the headline voice of the run that wrote it, which its manifest tells.
fn left_out(table: &Path, units: &mut Units, columns: &Columns) -> Vec<LeftOut> {
    let mut left_out = vec![
        LeftOut {
            what: "zones".to_owned(),
            why: "a long table has words and hits by zone and by voice, not by both at once".to_owned(),
        },
        LeftOut {
            what: "warnings W03, W06, W13, W20, W21".to_owned(),
            why: "they need the lexicon and the texts".to_owned(),
        },
    ];
    if columns.lexicon_language.is_none() {
        left_out.push(LeftOut {
            what: "leaving out articles in another language than the lexicon".to_owned(),
            why: format!(
                "the table has no column `{LEXICON_LANGUAGE}`, as those of earlier versions have not, so such articles stand \
                 in the denominators; write it again with `framescope score --long`"
            ),
        });
    }
    if units.vocabulary.axes.is_empty() {
        return left_out;
    }
    if columns.poles.is_none() {
        units.without_axes();
        left_out.push(LeftOut {
            what: "axes".to_owned(),
            why: "the table has no columns `positive_count` and `negative_count` (--measures)".to_owned(),
        });
        return left_out;
    }
    let manifest = crate::output::companion(table, "run.json");
    let voice = std::fs::read(manifest)
        .ok()
        .and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok())
        .and_then(|run| run.get("options")?.get("voice")?.as_str().map(str::to_owned));
    if voice.as_deref().is_some_and(|voice| voice != Voice::Narrator.name() && voice != "outside") {
        units.without_axes();
        left_out.push(LeftOut {
            what: "axes".to_owned(),
            why: format!(
                "the table was written with --voice {}, which has no poles outside quotation marks",
                voice.unwrap_or_default()
            ),
        });
    } else {
        left_out.push(LeftOut {
            what: "axes inside quotation marks".to_owned(),
            why: "a long table has the poles of axes in one voice only".to_owned(),
        });
    }
    left_out
}
