//! Formats, and in which dress they come.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::OutputError;

/// A format of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// Comma-separated (RFC 4180).
    #[default]
    Csv,
    /// Tab-separated, quoted as CSV is.
    Tsv,
    /// One flat JSON object a line.
    Jsonl,
    /// An Excel workbook.
    Xlsx,
}

impl Format {
    /// The format of a file by the ending of its name.
    ///
    /// # Errors
    /// If the ending is none that this build can write.
    pub fn of(path: &Path) -> Result<Format, OutputError> {
        let ending = path.extension().and_then(OsStr::to_str).unwrap_or("").to_ascii_lowercase();
        match ending.as_str() {
            "csv" => Ok(Format::Csv),
            "tsv" => Ok(Format::Tsv),
            "jsonl" | "ndjson" => Ok(Format::Jsonl),
            "xlsx" => Ok(Format::Xlsx),
            "parquet" => Err(OutputError::NotBuilt { path: path.to_owned(), ending: "parquet", feature: "full" }),
            _ => Err(OutputError::UnknownEnding { path: path.to_owned(), ending }),
        }
    }
}

/// CSV as Excel wants it: a byte-order mark and CRLF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Excel {
    /// Separated by commas, decimal points.
    Comma,
    /// Separated by semicolons, decimal commas, as most of Europe has it.
    Semicolon,
}

/// A format and its options.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// The format.
    pub format: Format,
    /// Whether a CSV is dressed for Excel. A TSV gets the mark, CRLF and the decimal comma too;
    /// the other formats need none of it.
    pub excel: Option<Excel>,
    /// Whether text cells that a spreadsheet would run as a formula stay as they are.
    pub raw_text: bool,
}

impl Style {
    /// What stands between cells.
    pub(super) fn delimiter(self) -> u8 {
        match (self.format, self.excel) {
            (Format::Tsv, _) => b'\t',
            (_, Some(Excel::Semicolon)) => b';',
            _ => b',',
        }
    }

    /// What stands in numbers.
    pub(super) fn decimal(self) -> u8 {
        match self.excel {
            Some(Excel::Semicolon) => b',',
            _ => b'.',
        }
    }

    pub(super) fn line_end(self) -> &'static [u8] {
        match self.excel {
            Some(_) => b"\r\n",
            None => b"\n",
        }
    }

    /// The mark at the beginning of the file.
    pub(super) fn mark(self) -> &'static [u8] {
        match self.excel {
            Some(_) => b"\xEF\xBB\xBF",
            None => b"",
        }
    }

    /// The style of a CSV that stands beside a table of this style.
    pub(super) fn beside(self) -> Style {
        Style { format: Format::Csv, ..self }
    }
}

/// The file that stands beside a table: `scores.csv` and `codebook.csv` give
/// `scores.codebook.csv`.
pub fn companion(table: &Path, ending: &str) -> PathBuf {
    let mut name = table.file_stem().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    table.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_picks_the_format() {
        for (name, format) in
            [("a.csv", Format::Csv), ("b/a.TSV", Format::Tsv), ("a.b.jsonl", Format::Jsonl), ("a.xlsx", Format::Xlsx)]
        {
            assert_eq!(Format::of(Path::new(name)).unwrap(), format, "{name}");
        }
    }

    #[test]
    fn an_ending_that_is_no_format_is_told_with_those_that_are() {
        for (name, says) in [
            ("a.xls", "a.xls: no format has the ending .xls; the endings are .csv .tsv .jsonl .xlsx"),
            ("scores", "scores: the name has no ending to tell the format by"),
            ("a.parquet", "a.parquet: .parquet needs the feature `full`, which is not in this build"),
        ] {
            let error = Format::of(Path::new(name)).unwrap_err().to_string();
            assert!(error.starts_with(says), "{error}");
        }
    }

    #[test]
    fn companions_keep_the_name() {
        assert_eq!(companion(Path::new("out/scores.v2.csv"), "run.json"), Path::new("out/scores.v2.run.json"));
    }
}
