//! What the columns of the corpus are, fixed before the first article is read.

use std::collections::HashMap;
use std::io::Read;
use std::sync::{Mutex, PoisonError};

use super::bytes;
use super::chunks::LONGEST;
use super::error::CorpusError;
use super::filter::Filter;
use super::inputs::{self, InputFile};
use super::metafile::MetaFile;
use super::records::keys_of;
use super::settings::{Format, MetaChoice, ReadSettings};
use super::{RecordPlace, cleaning};

/// The columns of JSONL are the keys of so many first records.
const PEEKED_RECORDS: usize = 1_000;
/// And a text file's front matter is looked for in so many first files.
const PEEKED_FILES: usize = 1_000;
/// How much of a file that cannot be opened twice is kept for the second look.
const PEEKED_BYTES: usize = 8 << 20;

const TEXT_NAMES: [&str; 9] =
    ["text", "body", "content", "article", "article_text", "full_text", "fulltext", "body_text", "maintext"];
const TITLE_NAMES: [&str; 4] = ["title", "headline", "hed", "heading"];
const ID_NAMES: [&str; 5] = ["id", "article_id", "doc_id", "docid", "uid"];
const LANGUAGE_NAMES: [&str; 2] = ["language", "lang"];

/// A corpus that was looked at and can be read.
pub struct Corpus {
    pub(super) settings: ReadSettings,
    pub(super) files: Vec<InputFile>,
    /// Names for people.
    pub(super) layouts: Vec<Layout>,
    /// The start of inputs that cannot be opened twice, with the reader that goes on.
    pub(super) kept: Mutex<HashMap<usize, Kept>>,
    pub(super) columns: Vec<String>,
    pub(super) filters: Vec<Filter>,
    pub(super) meta_file: MetaFile,
    /// Columns that every article is asked for, looked up once.
    pub(super) title_column: Option<usize>,
    pub(super) language_column: Option<usize>,
    shown: Vec<usize>,
    shown_names: Vec<String>,
    notes: Vec<String>,
}

pub(super) struct Kept {
    pub(super) head: Vec<u8>,
    pub(super) reader: Box<dyn Read + Send>,
}

/// How the records of one file become articles. Numbers are columns of the corpus.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    pub(super) delimiter: u8,
    /// The header's fields, for tables.
    pub(super) fields: Vec<String>,
    /// Corpus column of each field, for tables.
    pub(super) of_field: Vec<usize>,
    /// Corpus column of each key, for JSONL.
    pub(super) of_key: HashMap<String, usize>,
    pub(super) text: String,
    pub(super) title: Option<String>,
    pub(super) id: Vec<String>,
    pub(super) id_columns: Vec<usize>,
    pub(super) language: Option<String>,
    pub(super) language_column: Option<usize>,
    /// The id of a text file.
    pub(super) text_id: String,
    /// How many bytes of the file the header takes, and lines.
    pub(super) header_bytes: usize,
    pub(super) header_lines: u64,
}

impl Corpus {
    /// Looks at every input and fixes the columns.
    ///
    /// # Errors
    /// If an input is missing or unreadable, has no text, or nothing is there to read.
    pub fn open(settings: ReadSettings) -> Result<Corpus, CorpusError> {
        let inputs::Inputs { files, notes } = inputs::expand(&settings)?;
        let mut corpus = Corpus {
            layouts: vec![Layout::default(); files.len()],
            kept: Mutex::default(),
            columns: Vec::new(),
            filters: Vec::new(),
            meta_file: MetaFile::default(),
            title_column: None,
            language_column: None,
            shown: Vec::new(),
            shown_names: Vec::new(),
            notes,
            files,
            settings,
        };
        let mut peeked_records = 0;
        let mut peeked_files = 0;
        let mut guesses = Vec::new();
        for number in 0..corpus.files.len() {
            match corpus.files[number].format {
                Format::Csv | Format::Tsv => corpus.look_at_table(number, &mut guesses)?,
                Format::Jsonl => corpus.look_at_jsonl(number, &mut peeked_records, &mut guesses)?,
                Format::Text => {
                    for name in cleaning::COLUMNS {
                        corpus.column(name);
                    }
                    if peeked_files < PEEKED_FILES {
                        peeked_files += 1;
                        corpus.look_at_text(number)?;
                    }
                }
            }
        }
        guesses.sort();
        guesses.dedup();
        corpus.notes.append(&mut guesses);
        let texts: Vec<usize> = (0..corpus.files.len()).filter(|&i| corpus.files[i].format == Format::Text).collect();
        let of_texts: Vec<InputFile> = texts.iter().map(|&i| corpus.files[i].clone()).collect();
        for (number, id) in texts.into_iter().zip(inputs::text_ids(&of_texts)) {
            corpus.layouts[number].text_id = id;
        }
        if let Some(path) = corpus.settings.meta_file.clone() {
            corpus.meta_file = MetaFile::read(&path)?;
            for name in corpus.meta_file.columns.clone() {
                corpus.column(&name);
            }
        }
        corpus.number_roles();
        corpus.choose_columns()?;
        let conditions = corpus.settings.filters.clone();
        corpus.filters = conditions.iter().map(|c| Filter::parse(c, &corpus.columns)).collect::<Result<_, _>>()?;
        Ok(corpus)
    }

    /// The names of the metadata columns, as tables show them.
    pub fn metadata(&self) -> &[String] {
        &self.shown_names
    }

    /// Which of a record's values those columns are.
    pub(super) fn shown(&self) -> &[usize] {
        &self.shown
    }

    /// What a person should know of how the inputs were read.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The files that are read, as shown to people.
    pub fn files(&self) -> impl ExactSizeIterator<Item = &str> {
        self.files.iter().map(|f| f.shown.as_str())
    }

    /// The files that are read.
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &std::path::Path> {
        self.files.iter().map(|f| f.path.as_path())
    }

    /// A place for people: `file:line`.
    pub fn place(&self, place: RecordPlace) -> String {
        format!("{}:{}", self.files[place.file as usize].shown, place.line)
    }

    /// A place for people by record: `file, record n`.
    pub fn record_place(&self, file: u32, record: u64) -> String {
        format!("{}, record {record}", self.files[file as usize].shown)
    }

    /// How many bytes all regular files have, if all inputs are such and none is compressed.
    pub fn total_bytes(&self) -> Option<u64> {
        let size = |f: &InputFile| {
            let compressed = f.shown.ends_with(".gz") || f.shown.ends_with(".zst");
            std::fs::metadata(&f.path).ok().filter(|m| m.is_file() && !compressed).map(|m| m.len())
        };
        self.files.iter().map(size).sum()
    }

    /// The number of a column, made if new.
    fn column(&mut self, name: &str) -> usize {
        self.number_of(name).unwrap_or_else(|| {
            self.columns.push(name.to_owned());
            self.columns.len() - 1
        })
    }

    /// The encoding that a file is read in, unless its mark says otherwise; `None` is detected. JSONL is
    /// UTF-8, so that one bad line is a bad line and the others are not misread.
    pub(super) fn encoding(&self, number: usize) -> Option<&'static encoding_rs::Encoding> {
        let standard = (self.files[number].format == Format::Jsonl).then_some(encoding_rs::UTF_8);
        self.settings.encoding.or(standard)
    }

    /// Opens a file; what cannot be opened twice is kept.
    fn peek(&mut self, number: usize, bytes_wanted: usize) -> Result<Vec<u8>, CorpusError> {
        let path = self.files[number].path.clone();
        let unreadable = |source| CorpusError::Read { path: path.clone(), source };
        let mut opened = bytes::open(&path, self.encoding(number)).map_err(unreadable)?;
        if let Some((encoding, guessed)) = opened.encoding {
            let how = if guessed { "guessed; --encoding NAME says otherwise" } else { "by its mark or --encoding" };
            self.notes.push(format!("{}: read as {} ({how})", self.files[number].shown, encoding.name()));
        }
        let regular = std::fs::metadata(&path).is_ok_and(|m| m.is_file());
        let most = if regular { bytes_wanted } else { PEEKED_BYTES };
        let mut head = Vec::new();
        (&mut opened.reader).take(most as u64).read_to_end(&mut head).map_err(unreadable)?;
        // A first line that is longer is read whole: its keys are the columns.
        while self.files[number].format == Format::Jsonl && head.len() < LONGEST && !holds_a_line(&head) {
            let more = (&mut opened.reader).take(most as u64).read_to_end(&mut head).map_err(unreadable)?;
            if more == 0 {
                break;
            }
        }
        if !regular {
            self.kept
                .get_mut()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(number, Kept { head: head.clone(), reader: opened.reader });
        }
        Ok(head)
    }

    fn look_at_table(&mut self, number: usize, guesses: &mut Vec<String>) -> Result<(), CorpusError> {
        let head = self.peek(number, 1 << 20)?;
        let shown = self.files[number].shown.clone();
        let delimiter = match self.files[number].format {
            Format::Tsv => b'\t',
            _ => delimiter(&head),
        };
        if delimiter != b',' && self.files[number].format == Format::Csv {
            guesses.push(format!("{shown}: the delimiter is {:?} (from the header)", char::from(delimiter)));
        }
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(head.as_slice());
        let fields: Vec<String> = match reader.byte_headers() {
            Ok(header) => header.iter().map(|f| String::from_utf8_lossy(f).trim().to_owned()).collect(),
            Err(_) => Vec::new(),
        };
        if fields.iter().all(String::is_empty) {
            return Err(CorpusError::Empty {
                inputs: shown,
                reason: "the table is empty: it has no header".to_owned(),
            });
        }
        for (i, name) in fields.iter().enumerate() {
            if fields[..i].contains(name) {
                return Err(CorpusError::DuplicateHeader { file: shown, name: name.clone() });
            }
        }
        let mut record = csv::ByteRecord::new();
        let more = reader.read_byte_record(&mut record).unwrap_or(false);
        let header_end = if more { record.position().map_or(0, |p| p.byte()) as usize } else { head.len() };
        let header_lines = memchr::memchr_iter(b'\n', &head[..header_end.min(head.len())]).count() as u64;
        let mut layout = self.roles(&shown, &fields, guesses)?;
        layout.of_field = fields.iter().map(|f| self.column(f)).collect();
        layout.fields = fields;
        layout.delimiter = delimiter;
        layout.header_bytes = header_end;
        layout.header_lines = header_lines.max(1);
        self.layouts[number] = layout;
        Ok(())
    }

    fn look_at_jsonl(
        &mut self,
        number: usize,
        peeked: &mut usize,
        guesses: &mut Vec<String>,
    ) -> Result<(), CorpusError> {
        let shown = self.files[number].shown.clone();
        let head = if *peeked < PEEKED_RECORDS || !self.files[number].path.is_file() {
            self.peek(number, PEEKED_BYTES)?
        } else {
            Vec::new()
        };
        let mut keys: Vec<String> = Vec::new();
        for line in head.split(|&b| b == b'\n').filter(|l| !l.trim_ascii().is_empty()) {
            if *peeked >= PEEKED_RECORDS {
                break;
            }
            // What cannot be read is reported when its turn comes.
            if let Some(found) = keys_of(line) {
                *peeked += 1;
                for key in found {
                    if !keys.contains(&key) {
                        keys.push(key);
                    }
                }
            }
        }
        let known = self.layouts[..number].iter().rfind(|l| !l.of_key.is_empty()).cloned();
        let mut layout = match (keys.is_empty(), known) {
            (true, Some(known)) => known,
            (true, None) if head.trim_ascii().is_empty() => Layout::default(),
            (true, None) => {
                let reason = "no line of it is a JSON object".to_owned();
                return Err(CorpusError::Empty { inputs: shown, reason });
            }
            (false, _) => self.roles(&shown, &keys, guesses)?,
        };
        for key in keys {
            let column = self.column(&key);
            layout.of_key.insert(key, column);
        }
        self.layouts[number] = layout;
        Ok(())
    }

    fn look_at_text(&mut self, number: usize) -> Result<(), CorpusError> {
        let head = self.peek(number, 1 << 16)?;
        for (key, _) in cleaning::front_matter(&String::from_utf8_lossy(&head)).pairs {
            self.column(&key);
        }
        Ok(())
    }

    /// Which fields are the text, the title, the id and the language.
    fn roles(&self, file: &str, fields: &[String], guesses: &mut Vec<String>) -> Result<Layout, CorpusError> {
        let columns = || fields.join(", ");
        let named = |name: &String| {
            let missing = || CorpusError::NoColumn { file: file.to_owned(), name: name.clone(), columns: columns() };
            fields.iter().find(|f| *f == name).cloned().ok_or_else(missing)
        };
        let guess =
            |names: &[&str]| names.iter().find_map(|n| fields.iter().find(|f| f.eq_ignore_ascii_case(n))).cloned();
        let text = match &self.settings.text {
            Some(name) => named(name)?,
            None => {
                let none = || CorpusError::NoText { file: file.to_owned(), columns: columns() };
                let text = guess(&TEXT_NAMES).ok_or_else(none)?;
                if text != "text" {
                    guesses.push(format!("the text is in the column {text:?} (guessed; --text NAME says otherwise)"));
                }
                text
            }
        };
        let title = match &self.settings.title {
            Some(name) => Some(named(name)?),
            None => guess(&TITLE_NAMES).filter(|t| *t != text),
        };
        if self.settings.title.is_none() && title.as_deref().is_some_and(|t| t != "title") {
            guesses.push(format!(
                "the title is in the column {:?} (guessed; --title NAME says otherwise)",
                title.as_deref().unwrap_or("")
            ));
        }
        let id = if self.settings.id.is_empty() {
            let id = guess(&ID_NAMES);
            if id.as_deref().is_some_and(|id| id != "id") {
                guesses.push(format!(
                    "the id is in the column {:?} (guessed; --id NAME says otherwise)",
                    id.as_deref().unwrap_or("")
                ));
            } else if id.is_none() {
                guesses.push(format!("{file}: no column looks like an id; ids are file and record, as in {file}:1 (--id NAME says otherwise)"));
            }
            id.into_iter().collect()
        } else {
            self.settings.id.iter().map(named).collect::<Result<_, _>>()?
        };
        Ok(Layout { text, title, id, language: guess(&LANGUAGE_NAMES), ..Layout::default() })
    }

    /// The number of a column.
    pub(super) fn number_of(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c == name)
    }

    /// Turns the names that every article asks for into numbers, now that all columns are known.
    fn number_roles(&mut self) {
        self.title_column = self.number_of("title");
        self.language_column = self.number_of("language");
        let mut layouts = std::mem::take(&mut self.layouts);
        for layout in &mut layouts {
            layout.id_columns = layout.id.iter().filter_map(|name| self.number_of(name)).collect();
            layout.language_column = layout.language.as_ref().and_then(|name| self.number_of(name));
        }
        self.layouts = layouts;
    }

    /// Fixes which columns tables show, and under which names.
    fn choose_columns(&mut self) -> Result<(), CorpusError> {
        let mut hidden: Vec<String> = self.layouts.iter().map(|l| l.text.clone()).collect();
        hidden.extend(self.layouts.iter().filter(|l| l.id.len() == 1).map(|l| l.id[0].clone()));
        hidden.extend(self.layouts.iter().filter_map(|l| l.language.clone()));
        let shown: Vec<usize> = match &self.settings.meta {
            MetaChoice::None => Vec::new(),
            MetaChoice::All => (0..self.columns.len()).filter(|&i| !hidden.contains(&self.columns[i])).collect(),
            MetaChoice::Only(names) => {
                let find = |name: &String| {
                    self.number_of(name).ok_or_else(|| CorpusError::NoColumn {
                        file: "--meta".to_owned(),
                        name: name.clone(),
                        columns: self.columns.join(", "),
                    })
                };
                names.iter().map(find).collect::<Result<_, _>>()?
            }
        };
        self.shown_names = shown.iter().map(|&i| self.columns[i].clone()).collect();
        self.shown = shown;
        Ok(())
    }
}

/// Whether a line that is not blank ends here.
fn holds_a_line(head: &[u8]) -> bool {
    let begin = head.len() - head.trim_ascii_start().len();
    memchr::memchr(b'\n', &head[begin..]).is_some()
}

/// The delimiter that parts most fields of the header; a comma if none does.
fn delimiter(head: &[u8]) -> u8 {
    let line = &head[..memchr::memchr2(b'\n', b'\r', head).unwrap_or(head.len())];
    let mut quoted = false;
    let mut counts = [0_usize; 4];
    const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
    for &b in line {
        quoted ^= b == b'"';
        if let Some(i) = DELIMITERS.iter().position(|&d| d == b && !quoted) {
            counts[i] += 1;
        }
    }
    let best = (0..4).rev().max_by_key(|&i| counts[i]).unwrap_or(0);
    if counts[best] == 0 { b',' } else { DELIMITERS[best] }
}
