//! A chunk to articles: decoding, cleaning, metadata. This runs on the workers.

use std::borrow::Cow;
use std::ops::Range;

use framescope_core::text::Title;

use super::RecordPlace;
use super::cells::{Next, Rows, blank_lines};
use super::chunks::Chunk;
use super::cleaning::{self, RemovedLine};
use super::error::Skipped;
use super::guard::unguard;
use super::json::Walk;
use super::layout::Layout;
use super::losses::Losses;
use super::object::{Value, pairs_by_library};
use super::schema::Corpus;
use super::settings::Format;

/// One article with its metadata.
#[derive(Debug)]
pub struct Record<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title, where there is one.
    pub title: Option<Title<'a>>,
    /// Its text, whole.
    pub text: &'a str,
    /// What cleaning took out of the text.
    pub removed: &'a [Range<usize>],
    /// Why, a row a line.
    pub removed_lines: &'a [RemovedLine],
    /// Its metadata, in the order of [`Corpus::metadata`]; `None` is missing.
    pub metadata: &'a [Option<&'a str>],
    /// The language it names, or `--language`.
    pub language: Option<&'a str>,
    /// Its values by [column](Corpus::columns); `None` is missing.
    pub values: &'a Values<'a>,
    /// The path of its file below the deepest folder common to all inputs, `/` on every system,
    /// without the ending.
    pub path: &'a str,
    /// Where it stands.
    pub place: RecordPlace,
}

/// The values of a record by [column](Corpus::columns), borrowed from where it stands wherever they can be; `None` is
/// missing.
pub type Values<'a> = [Option<Cow<'a, str>>];

/// Reads the articles of a chunk that pass the filters and hands each to `visit`, with what was
/// lost on the way to it.
pub fn records(corpus: &Corpus, chunk: &Chunk, losses: &mut Losses, visit: &mut Visit<'_>) {
    losses.skipped.extend_from_slice(&chunk.skipped);
    let mut reader = Reader { corpus, chunk, losses, visit, below_common: None };
    match chunk.format {
        Format::Csv | Format::Tsv => reader.table(),
        Format::Jsonl => reader.jsonl(),
        Format::Text => reader.texts(),
    }
}

/// What is done with each article.
pub type Visit<'v> = dyn FnMut(Record<'_>, &mut Losses) + 'v;

struct Reader<'c, 'v> {
    corpus: &'c Corpus,
    chunk: &'c Chunk,
    losses: &'c mut Losses,
    visit: &'c mut Visit<'v>,
    /// The file met last, and its path below what is common to all: mostly many records in a row are of one.
    below_common: Option<(u32, &'c str)>,
}

/// What a record holds before it is an article.
struct Raw<'a> {
    place: RecordPlace,
    id: Option<Cow<'a, str>>,
    title: Option<Cow<'a, str>>,
    text: Cow<'a, str>,
    language: Option<Cow<'a, str>>,
    /// By column of the corpus.
    values: Vec<Option<Cow<'a, str>>>,
}

impl Raw<'_> {
    /// An article of which nothing is read yet.
    fn new(place: RecordPlace, corpus: &Corpus) -> Self {
        let values = vec![None; corpus.columns.len()];
        Raw { place, id: None, title: None, text: Cow::Borrowed(""), language: None, values }
    }
}

impl Reader<'_, '_> {
    fn skip(&mut self, place: RecordPlace, reason: String) {
        let place = format!("{}:{}", self.chunk.name(place.file), place.line);
        self.losses.skipped.push(Skipped { place, reason });
    }

    fn table(&mut self) {
        let chunk = self.chunk;
        let layout = &*chunk.layout;
        let mut place = RecordPlace { file: chunk.file, record: chunk.first_record, line: chunk.first_line };
        let mut rows = Rows::new(&chunk.bytes, layout.delimiter);
        loop {
            match rows.next() {
                Next::Row(row) => {
                    place.line = chunk.first_line + row.line;
                    self.row(layout, rows.len(), rows.cells(), place);
                    place.record += 1;
                }
                Next::Odd(row) => {
                    place.line = chunk.first_line + row.line;
                    return self.rows_with_care(layout, row.start, place);
                }
                Next::End => return,
            }
        }
    }

    /// The rows from a byte of the chunk on, by the library.
    fn rows_with_care(&mut self, layout: &Layout, start: usize, first: RecordPlace) {
        let bytes = &self.chunk.bytes[start..];
        let mut reader =
            csv::ReaderBuilder::new().delimiter(layout.delimiter).has_headers(false).flexible(true).from_reader(bytes);
        let mut record = csv::ByteRecord::new();
        let mut place = first;
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(e) => {
                    self.skip(place, format!("cannot be read as a table: {e}"));
                    break;
                }
            }
            // Blank lines before a row are, to the library, part of it.
            let (before, line) = record.position().map_or((0, 1), |p| (p.byte() as usize, p.line()));
            let (blank, blank_lines) = blank_lines(&bytes[before..]);
            let whole = &bytes[before + blank..(reader.position().byte() as usize).min(bytes.len())];
            place.line = first.line + line - 1 + blank_lines;
            // A mark that nothing closes takes all that is left.
            let is_last = before + blank + whole.len() == bytes.len();
            if is_last && unclosed_quote(whole, layout.delimiter) {
                let lines = line_count(whole);
                self.skip(
                    place,
                    format!(
                        "a quotation mark opens a cell here and is never closed; all {lines} lines from here to the \
                         end of the file were one row: close it, or double it if it is part of the text"
                    ),
                );
            } else {
                self.row(layout, record.len(), record.iter(), place);
            }
            place.record += 1;
        }
    }

    /// A row of a table.
    fn row<'r>(&mut self, layout: &Layout, has: usize, cells: impl Iterator<Item = &'r [u8]>, place: RecordPlace) {
        let wants = layout.fields.len();
        if has == wants {
            return self.table_record(layout, cells, place);
        }
        self.skip(
            place,
            format!("the row has {has} cells, the header {wants}; a comma in a cell must stand in quotation marks"),
        );
    }

    fn table_record<'r>(&mut self, layout: &Layout, cells: impl Iterator<Item = &'r [u8]>, place: RecordPlace) {
        let mut raw = Raw::new(place, self.corpus);
        for (i, field) in cells.enumerate() {
            let Ok(value) = simdutf8::basic::from_utf8(field) else {
                let name = &layout.fields[i];
                return self.skip(
                    place,
                    format!(
                        "the column {name:?} is not valid UTF-8; say --encoding NAME if the file has another encoding"
                    ),
                );
            };
            let name = &layout.fields[i];
            if *name == layout.text {
                raw.text = Cow::Borrowed(value);
                continue;
            }
            let value = unguard(value);
            if layout.title.as_ref() == Some(name) && !value.trim().is_empty() {
                raw.title = Some(Cow::Borrowed(value));
            }
            if !value.is_empty() {
                raw.values[layout.of_field[i]] = Some(Cow::Borrowed(value));
            }
        }
        self.finish_table(layout, raw);
    }

    /// What tables and JSONL have in common once their fields are read.
    fn finish_table(&mut self, layout: &Layout, mut raw: Raw<'_>) {
        if !layout.id.is_empty() {
            if layout.id_columns.iter().any(|&column| raw.values[column].is_none()) {
                let names = layout.id.join(", ");
                return self.skip(raw.place, format!("the article has no id (column {names})"));
            }
            let mut parts = layout.id_columns.iter().filter_map(|&column| raw.values[column].clone());
            raw.id = parts.next().map(|first| {
                parts.fold(first, |mut id, part| {
                    id.to_mut().extend(["|", &*part]);
                    id
                })
            });
        }
        raw.language = layout.language_column.and_then(|i| raw.values[i].clone());
        let clean = self.corpus.settings.clean.unwrap_or(false);
        self.article(raw, clean);
    }

    fn jsonl(&mut self) {
        let chunk = self.chunk;
        let layout = &*chunk.layout;
        let mut place = RecordPlace { file: chunk.file, record: chunk.first_record, line: chunk.first_line };
        let mut walk = Walk::default();
        let ends = memchr::memchr_iter(b'\n', &chunk.bytes).chain([chunk.bytes.len()]);
        let mut start = 0;
        for end in ends {
            let line = &chunk.bytes[start..end];
            start = end + 1;
            if !line.trim_ascii().is_empty() {
                self.json_record(layout, line, place, &mut walk);
                place.record += 1;
            }
            place.line += 1;
        }
    }

    fn json_record(&mut self, layout: &Layout, line: &[u8], place: RecordPlace, walk: &mut Walk) {
        let Ok(line) = simdutf8::basic::from_utf8(line) else {
            return self.skip(
                place,
                "the line is not valid UTF-8, as JSONL must be; say --encoding NAME if the file has another encoding"
                    .into(),
            );
        };
        let object = match walk.read(line).map_or_else(|| pairs_by_library(line), Ok) {
            Ok(object) => object,
            Err(e) => {
                let at = if e.column() > 0 { format!(" (character {})", e.column()) } else { String::new() };
                return self.skip(place, format!("the line is no JSON object{at}: {}", plain(&e)));
            }
        };
        let mut raw = Raw::new(place, self.corpus);
        let mut has_text = false;
        for (key, value) in object {
            if *key == *layout.text {
                if let Value::Text(text) = value {
                    has_text = true;
                    raw.text = text;
                }
                continue;
            }
            let Some(value) = value.into_metadata() else { continue };
            if layout.title.as_deref() == Some(&*key) && !value.trim().is_empty() {
                raw.title = Some(value.clone());
            }
            match layout.of_key.get(&*key) {
                Some(&column) => raw.values[column] = Some(value),
                None => self.losses.late_keys.note(&key),
            }
        }
        if !has_text {
            return self.skip(place, format!("the object has no text (key {:?})", layout.text));
        }
        self.finish_table(layout, raw);
    }

    fn texts(&mut self) {
        let chunk = self.chunk;
        let mut start = 0;
        for (i, &end) in chunk.ends.iter().enumerate() {
            let file = chunk.file + i as u32;
            let place = RecordPlace { file, record: 1, line: 1 };
            let bytes = &chunk.bytes[start..end];
            start = end;
            match simdutf8::compat::from_utf8(bytes) {
                Err(e) => {
                    self.skip(place, format!("not valid UTF-8 from byte {} on; say --encoding NAME", e.valid_up_to()))
                }
                Ok(text) if text.trim().is_empty() => {
                    // An unreadable file was listed where it was read.
                    let shown = chunk.name(file);
                    if !chunk.skipped.iter().any(|s| s.place == shown) {
                        self.skip(place, "the file is empty".into());
                    }
                }
                Ok(text) => {
                    let mut raw = Raw::new(place, self.corpus);
                    raw.id = Some(Cow::Borrowed(self.corpus.inputs.below_common(chunk.name(file))));
                    raw.text = Cow::Borrowed(text);
                    self.article(raw, self.corpus.settings.clean.unwrap_or(true));
                }
            }
        }
    }

    /// Cleans, joins, filters and hands on.
    fn article(&mut self, raw: Raw<'_>, clean: bool) {
        let corpus = self.corpus;
        // What is added may live shorter.
        let mut raw: Raw<'_> = raw;
        let shown = self.chunk.name(raw.place.file);
        let id = raw.id.take().unwrap_or_else(|| format!("{shown}:{}", raw.place.record).into());
        let is_text = self.chunk.format == Format::Text;
        let cleaned = cleaning::clean(&raw.text, clean, is_text, &corpus.settings.boilerplate);
        for (name, value) in &cleaned.fields {
            // What the table says wins over what was found in the text.
            match corpus.number_of(name) {
                Some(column) => {
                    raw.values[column].get_or_insert_with(|| value.clone().into());
                }
                None => self.losses.late_keys.note(name),
            }
        }
        if let Some(row) = corpus.meta_file.row(&id, shown) {
            for (name, value) in corpus.meta_file.columns.iter().zip(row) {
                let column = corpus.number_of(name);
                if let (Some(column), Some(value)) = (column, value) {
                    raw.values[column] = Some(Cow::Borrowed(value));
                }
            }
        } else if corpus.settings.meta_file.is_some() {
            self.losses.without_meta_row += 1;
            self.losses.first_without_meta_row.get_or_insert_with(|| id.to_string());
        }
        for &column in corpus.hoped_for() {
            if raw.values[column].is_some() {
                self.losses.met.insert(column);
            }
        }
        if !corpus.filters.iter().all(|f| f.passes(&raw.values)) {
            return;
        }
        let title = match (&raw.title, &cleaned.title) {
            (Some(title), _) => Some(Title::Field(title)),
            (None, Some(range)) => Some(Title::InText(range.clone())),
            (None, None) => {
                // A title from front matter stands outside the text.
                let column = corpus.title_column.filter(|_| is_text);
                column.and_then(|i| raw.values[i].as_deref()).map(Title::Field)
            }
        };
        let file = raw.place.file;
        let path = match self.below_common {
            Some((known, path)) if known == file => path,
            _ => corpus.inputs.below_common(shown),
        };
        self.below_common = Some((file, path));
        let metadata: Vec<Option<&str>> = corpus.shown().iter().map(|&i| raw.values[i].as_deref()).collect();
        let from_front_matter = corpus.language_column.and_then(|i| raw.values[i].as_deref());
        let language = raw.language.as_deref().or(from_front_matter).or(corpus.settings.language.as_deref());
        let record = Record {
            id: &id,
            title,
            text: &raw.text,
            removed: &cleaned.removed,
            removed_lines: &cleaned.lines,
            metadata: &metadata,
            language,
            values: &raw.values,
            path,
            place: raw.place,
        };
        (self.visit)(record, self.losses);
    }
}

/// How many lines there are, the last with or without its end.
fn line_count(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).count() + usize::from(!bytes.is_empty() && !bytes.ends_with(b"\n"))
}

/// Whether the last cell of a record was opened by a quotation mark that nothing closes.
fn unclosed_quote(record: &[u8], delimiter: u8) -> bool {
    let (mut quoted, mut start) = (false, true);
    let mut bytes = record.iter().peekable();
    while let Some(&b) = bytes.next() {
        if quoted {
            if b == b'"' && bytes.next_if_eq(&&b'"').is_none() {
                quoted = false;
            }
        } else {
            quoted = start && b == b'"';
            start = b == delimiter || b == b'\n' || b == b'\r';
        }
    }
    quoted
}

/// What serde_json says, without its own line and column.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}
