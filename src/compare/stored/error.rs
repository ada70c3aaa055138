//! Why a stored table cannot be compared from.

use std::path::PathBuf;

/// Why a stored table cannot be compared from.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoredError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A row is not as rows of a CSV are.
    #[error("{}: {source}", .path.display())]
    Csv {
        /// The file.
        path: PathBuf,
        /// What is wrong, with the line.
        source: csv::Error,
    },
    /// The format cannot be read back.
    #[error("{}: --from and --hits read .csv and .tsv; write the table as one of these", .path.display())]
    Format {
        /// The file.
        path: PathBuf,
    },
    /// The table lacks a column.
    #[error("{}: there is no column `{column}`; {hint}", .path.display())]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
        /// What to do.
        hint: String,
    },
    /// A cell that should hold a count does not.
    #[error("{}:{line}: `{column}` is {value:?}, which is no count", .path.display())]
    Count {
        /// The file.
        path: PathBuf,
        /// The line.
        line: u64,
        /// The column.
        column: String,
        /// What it holds.
        value: String,
    },
    /// A table of segments.
    #[error("{}: its rows are parts of articles (--segment); comparing needs a row an article and path", .path.display())]
    Segments {
        /// The file.
        path: PathBuf,
    },
    /// A lexicon that counts in some voices or zones only.
    #[error(
        "{}: the lexicon {lexicon} counts hits in some voices or zones only, and a long table does not hold them by voice: \
         compare from the articles",
        .path.display()
    )]
    Limited {
        /// The file.
        path: PathBuf,
        /// The lexicon.
        lexicon: String,
    },
    /// Other lexicons than those of the table.
    #[error(
        "{}: its paths are not those of the lexicons of -l ({difference}); give the lexicons that made the table, in their order",
        .path.display()
    )]
    OtherLexicons {
        /// The table.
        path: PathBuf,
        /// The first difference, in words.
        difference: String,
    },
    /// A hit of an entry that the lexicon does not have.
    #[error(
        "{}:{line}: the lexicon has no entry {term:?} under {path:?}; give the lexicon that made the table (-l)",
        .table.display()
    )]
    UnknownEntry {
        /// The table of hits.
        table: PathBuf,
        /// The line.
        line: u64,
        /// The term.
        term: String,
        /// The path.
        path: String,
    },
    /// A cell of a table of hits that is not what its column holds.
    #[error("{}:{line}: `{column}` is {value:?}, which `framescope kwic` does not write there", .path.display())]
    Cell {
        /// The table of hits.
        path: PathBuf,
        /// The line.
        line: u64,
        /// The column.
        column: &'static str,
        /// What it holds.
        value: String,
    },
    /// Hits of an article that the long table does not have.
    #[error("{}:{line}: there is no article {id:?} in the long table: are both of the same corpus?", .path.display())]
    UnknownArticle {
        /// The file.
        path: PathBuf,
        /// The line.
        line: u64,
        /// The article.
        id: String,
    },
}
