//! Rows of a stored CSV or TSV, whoever dressed it for Excel.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::error::{StoredError, WrongCell};
use crate::corpus::unguard;
use crate::output::FileRecord;

/// A stored table, open at its first row.
pub(super) struct Records {
    path: PathBuf,
    reader: csv::Reader<BufReader<File>>,
    /// Whether numbers have a decimal comma, as with --excel=semicolon.
    has_decimal_comma: bool,
    header: Vec<String>,
    record: csv::StringRecord,
}

impl Records {
    pub(super) fn open(path: &Path) -> Result<Records, StoredError> {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        if !matches!(ending.as_str(), "csv" | "tsv") {
            return Err(StoredError::Format { path: path.to_owned() });
        }
        let read = |source| StoredError::Read { path: path.to_owned(), source };
        let mut file = BufReader::new(File::open(path).map_err(read)?);
        let mut first = Vec::new();
        file.read_until(b'\n', &mut first).map_err(read)?;
        // With --excel=semicolon cells are parted by `;`; no name of ours holds one.
        let delimiter = match ending.as_str() {
            "tsv" => b'\t',
            _ if first.contains(&b';') && !first.contains(&b',') => b';',
            _ => b',',
        };
        let mark: u64 = if first.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        file.seek(SeekFrom::Start(mark)).map_err(read)?;
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(file);
        let header = reader.headers().map_err(|source| StoredError::Csv { path: path.to_owned(), source })?;
        let header = header.iter().map(|name| unguard(name).to_owned()).collect();
        let has_decimal_comma = delimiter == b';';
        Ok(Records { path: path.to_owned(), reader, has_decimal_comma, header, record: csv::StringRecord::new() })
    }

    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    /// The number of a column that must be there.
    pub(super) fn needs(&self, column: &str, hint: &str) -> Result<usize, StoredError> {
        self.column(column).ok_or_else(|| StoredError::NoColumn {
            path: self.path.clone(),
            column: column.to_owned(),
            hint: hint.to_owned(),
        })
    }

    /// Goes to the next row; whether there is one.
    pub(super) fn next(&mut self) -> Result<bool, StoredError> {
        let read = self.reader.read_record(&mut self.record);
        read.map_err(|source| StoredError::Csv { path: self.path.clone(), source })
    }

    /// The line of the row.
    pub(super) fn line(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::line)
    }

    /// The text of a cell as it was before it was guarded against spreadsheets.
    pub(super) fn text(&self, column: usize) -> &str {
        unguard(self.record.get(column).unwrap_or_default())
    }

    /// A count; none where the cell is empty.
    pub(super) fn count(&self, column: usize) -> Result<Option<u32>, StoredError> {
        let cell = self.record.get(column).unwrap_or_default();
        if cell.is_empty() {
            return Ok(None);
        }
        cell.parse().map(Some).map_err(|_| StoredError::Count {
            path: self.path.clone(),
            line: self.line(),
            column: self.header[column].clone(),
            value: cell.to_owned(),
        })
    }

    /// A number with decimals; none where the cell holds no number.
    pub(super) fn number(&self, column: usize) -> Option<f64> {
        let text = self.text(column);
        let number = match self.has_decimal_comma {
            true => text.replace(',', ".").parse::<f64>(),
            false => text.parse::<f64>(),
        };
        number.ok().filter(|number| number.is_finite())
    }

    /// The error of a cell that is not what its column holds.
    pub(super) fn wrong(&self, column: usize, expected: impl Into<String>, writer: &'static str) -> StoredError {
        StoredError::Cell(Box::new(WrongCell {
            path: self.path.clone(),
            line: self.line(),
            column: self.header[column].clone(),
            number: column + 1,
            value: self.text(column).to_owned(),
            expected: expected.into(),
            writer,
        }))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// The record of a file for the manifest.
pub(super) fn file_record(path: &Path) -> Result<FileRecord, StoredError> {
    let read = |source| StoredError::Read { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(read)?;
    let (mut hasher, mut bytes, mut buffer) = (Sha256::new(), 0_u64, vec![0; 1 << 16]);
    loop {
        let n = file.read(&mut buffer).map_err(read)?;
        if n == 0 {
            break;
        }
        hasher.update(&buffer[..n]);
        bytes += n as u64;
    }
    let sha256 = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(FileRecord { path: path.display().to_string(), bytes: Some(bytes), sha256: Some(sha256) })
}
