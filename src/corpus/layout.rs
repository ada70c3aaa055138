//! The layout of one file: which of its fields is the text, the title, the id; where records begin.

use rustc_hash::FxHashMap;

use super::error::{CorpusError, meant};
use super::notes::Notes;
use super::settings::{Format, ReadSettings};

const TEXT_NAMES: [&str; 9] =
    ["text", "body", "content", "article", "article_text", "full_text", "fulltext", "body_text", "maintext"];
const TITLE_NAMES: [&str; 4] = ["title", "headline", "hed", "heading"];
const ID_NAMES: [&str; 5] = ["id", "article_id", "doc_id", "docid", "uid"];
const LANGUAGE_NAMES: [&str; 2] = ["language", "lang"];

/// How many bytes at the start of a table are looked at for its header.
pub(super) const HEAD_BYTES: usize = 1 << 20;

/// How the records of one file become articles. Numbers are columns of the corpus.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    pub(super) delimiter: u8,
    /// The header's fields, for tables.
    pub(super) fields: Vec<String>,
    /// Corpus column of each field, for tables.
    pub(super) of_field: Vec<usize>,
    /// Corpus column of each key, for JSONL.
    pub(super) of_key: FxHashMap<String, usize>,
    pub(super) text: String,
    pub(super) title: Option<String>,
    pub(super) id: Vec<String>,
    pub(super) id_columns: Vec<usize>,
    pub(super) language: Option<String>,
    pub(super) language_column: Option<usize>,
    /// How many bytes of the file the header takes, and lines.
    pub(super) header_bytes: usize,
    pub(super) header_lines: u64,
}

impl Layout {
    /// The layout of a table by its header; its columns have no numbers yet.
    pub(super) fn of_table(
        shown: &str,
        format: Format,
        head: &[u8],
        settings: &ReadSettings,
        notes: &mut Notes,
    ) -> Result<Layout, CorpusError> {
        let delimiter = match format {
            Format::Tsv => b'\t',
            _ => delimiter(head),
        };
        if delimiter != b',' && format == Format::Csv {
            notes.of_file(shown, format!("the delimiter is {:?} (from the header)", char::from(delimiter)));
        }
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(head);
        let fields: Vec<String> = match reader.byte_headers() {
            Ok(header) => header.iter().map(|f| String::from_utf8_lossy(f).trim().to_owned()).collect(),
            Err(_) => Vec::new(),
        };
        if fields.iter().all(String::is_empty) {
            return Err(CorpusError::Empty {
                inputs: shown.to_owned(),
                reason: "the table is empty: it has no header".to_owned(),
            });
        }
        for (i, name) in fields.iter().enumerate() {
            if fields[..i].contains(name) {
                return Err(CorpusError::DuplicateHeader { file: shown.to_owned(), name: name.clone() });
            }
        }
        let mut record = csv::ByteRecord::new();
        let more = reader.read_byte_record(&mut record).unwrap_or(false);
        let header_bytes = if more { record.position().map_or(0, |p| p.byte()) as usize } else { head.len() };
        let header_lines = memchr::memchr_iter(b'\n', &head[..header_bytes.min(head.len())]).count() as u64;
        let layout = Layout::with_roles(shown, &fields, settings, notes)?;
        Ok(Layout { fields, delimiter, header_bytes, header_lines: header_lines.max(1), ..layout })
    }

    /// Which fields are the text, the title, the id and the language.
    pub(super) fn with_roles(
        file: &str,
        fields: &[String],
        settings: &ReadSettings,
        notes: &mut Notes,
    ) -> Result<Layout, CorpusError> {
        let columns = || fields.join(", ");
        let named = |name: &String| {
            let missing = || CorpusError::NoColumn {
                file: file.to_owned(),
                name: name.clone(),
                meant: meant(name, fields),
                columns: columns(),
            };
            fields.iter().find(|f| *f == name).cloned().ok_or_else(missing)
        };
        let guess =
            |names: &[&str]| names.iter().find_map(|n| fields.iter().find(|f| f.eq_ignore_ascii_case(n))).cloned();
        let text = match &settings.text {
            Some(name) => named(name)?,
            None => {
                let none = || CorpusError::NoText { file: file.to_owned(), columns: columns() };
                let text = guess(&TEXT_NAMES).ok_or_else(none)?;
                if text != "text" {
                    notes.add(format!("the text is in the column {text:?} (guessed; --text NAME says otherwise)"));
                }
                text
            }
        };
        let title = match &settings.title {
            Some(name) => Some(named(name)?),
            None => guess(&TITLE_NAMES).filter(|t| *t != text),
        };
        if settings.title.is_none() && title.as_deref().is_some_and(|t| t != "title") {
            notes.add(format!(
                "the title is in the column {:?} (guessed; --title NAME says otherwise)",
                title.as_deref().unwrap_or("")
            ));
        }
        let id = if settings.id.is_empty() {
            let id = guess(&ID_NAMES);
            if id.as_deref().is_some_and(|id| id != "id") {
                notes.add(format!(
                    "the id is in the column {:?} (guessed; --id NAME says otherwise)",
                    id.as_deref().unwrap_or("")
                ));
            } else if id.is_none() {
                notes.of_file(
                    file,
                    "no column looks like an id; ids are file and record, as in FILE:1 (--id NAME says otherwise)"
                        .to_owned(),
                );
            }
            id.into_iter().collect()
        } else {
            settings.id.iter().map(named).collect::<Result<_, _>>()?
        };
        Ok(Layout { text, title, id, language: guess(&LANGUAGE_NAMES), ..Layout::default() })
    }
}

/// The delimiter that parts most fields of the header; a comma if none does.
pub(super) fn delimiter(head: &[u8]) -> u8 {
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
