//! `--meta-file`: metadata kept in a table of its own, joined on id or path.

use std::collections::HashMap;
use std::io::{self, PipeReader};
use std::path::Path;
use std::sync::Arc;

use super::bytes;
use super::error::CorpusError;
use super::guard::unguard;
use super::layout::{HEAD_BYTES, delimiter};
use super::waiting::Stopped;

/// The rows of a metadata file by id.
#[derive(Debug, Default)]
pub(super) struct MetaFile {
    /// Its columns but the one that is joined on.
    pub(super) columns: Vec<String>,
    /// What its first row is joined on.
    pub(super) first: Option<String>,
    rows: HashMap<String, Row>,
}

#[derive(Debug)]
struct Row {
    line: u64,
    values: Vec<Option<String>>,
}

impl MetaFile {
    pub(super) fn read(path: &Path, stop: Option<&Arc<PipeReader>>) -> Result<MetaFile, CorpusError> {
        let unreadable = |source| CorpusError::of_read(path, source);
        let name = path.to_string_lossy().into_owned();
        let mut opened = bytes::open(path, None, false, stop).map_err(unreadable)?;
        let mut head = Vec::new();
        opened.take(HEAD_BYTES, &mut head).map_err(unreadable)?;
        let delimiter = delimiter(&head);
        opened.put_back(head);
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(opened.reader);
        let bad = |e: csv::Error| match e.kind() {
            csv::ErrorKind::Io(source) if Stopped::is_in(source) => CorpusError::Stopped,
            _ => unreadable(io::Error::other(e)),
        };
        let header: Vec<String> = reader.headers().map_err(bad)?.iter().map(|c| c.trim().to_owned()).collect();
        let key = header.iter().position(|c| matches!(c.to_lowercase().as_str(), "id" | "path" | "file")).ok_or_else(
            || CorpusError::NoColumn {
                file: name.clone(),
                name: "id".to_owned(),
                meant: None,
                columns: header.join(", "),
            },
        )?;
        let columns = header.iter().enumerate().filter(|(i, _)| *i != key).map(|(_, c)| c.clone()).collect();
        let mut rows: HashMap<String, Row> = HashMap::new();
        let mut first = None;
        for record in reader.records() {
            let record = record.map_err(bad)?;
            let line = record.position().map_or(0, csv::Position::line);
            let cells = record.iter().map(unguard).enumerate().filter(|(i, _)| *i != key);
            let values = cells.map(|(_, v)| (!v.is_empty()).then(|| v.to_owned())).collect();
            let id = unguard(&record[key]).to_owned();
            if let Some(known) = rows.get(&id) {
                let (first, second) = (format!("{name}:{}", known.line), format!("{name}:{line}"));
                return Err(CorpusError::DuplicateMeta { id, first, second });
            }
            first.get_or_insert_with(|| id.clone());
            rows.insert(id, Row { line, values });
        }
        Ok(MetaFile { columns, first, rows })
    }

    /// The row of an article, by its id or its file.
    pub(super) fn row(&self, id: &str, path: &str) -> Option<&[Option<String>]> {
        self.rows.get(id).or_else(|| self.rows.get(path)).map(|row| row.values.as_slice())
    }
}
