//! `--meta-file`: metadata kept in a table of its own, joined on id or path.

use std::collections::HashMap;
use std::path::Path;

use super::bytes;
use super::error::CorpusError;

/// The rows of a metadata file by id.
#[derive(Debug, Default)]
pub(super) struct MetaFile {
    /// Its columns but the one that is joined on.
    pub(super) columns: Vec<String>,
    rows: HashMap<String, Vec<Option<String>>>,
}

impl MetaFile {
    pub(super) fn read(path: &Path) -> Result<MetaFile, CorpusError> {
        let unreadable = |source: std::io::Error| CorpusError::Read { path: path.to_owned(), source };
        let opened = bytes::open(path, None).map_err(unreadable)?;
        let name = path.to_string_lossy().into_owned();
        let tabs = name.to_lowercase().ends_with(".tsv");
        let mut reader =
            csv::ReaderBuilder::new().delimiter(if tabs { b'\t' } else { b',' }).from_reader(opened.reader);
        let bad = |e: csv::Error| unreadable(std::io::Error::other(e));
        let header: Vec<String> = reader.headers().map_err(bad)?.iter().map(str::to_owned).collect();
        let key = header.iter().position(|c| matches!(c.to_lowercase().as_str(), "id" | "path" | "file")).ok_or_else(
            || CorpusError::NoColumn { file: name.clone(), name: "id".to_owned(), columns: header.join(", ") },
        )?;
        let columns = header.iter().enumerate().filter(|(i, _)| *i != key).map(|(_, c)| c.clone()).collect();
        let mut rows = HashMap::new();
        for record in reader.records() {
            let record = record.map_err(bad)?;
            let values = record.iter().enumerate().filter(|(i, _)| *i != key);
            let values = values.map(|(_, v)| (!v.is_empty()).then(|| v.to_owned())).collect();
            rows.insert(record[key].to_owned(), values);
        }
        Ok(MetaFile { columns, rows })
    }

    /// The row of an article, by its id or its file.
    pub(super) fn row(&self, id: &str, path: &str) -> Option<&[Option<String>]> {
        self.rows.get(id).or_else(|| self.rows.get(path)).map(Vec::as_slice)
    }
}
