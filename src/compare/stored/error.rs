//! Why a stored table cannot be compared from.

use std::fmt;
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
    /// A cell that is not what its column holds.
    #[error("{0}")]
    Cell(Box<WrongCell>),
    /// A table of hits that has nothing to do with the long table.
    #[error(
        "{}: none of its {rows} rows is of a lexicon and path of the long table (it has {own}, the long table {long}); give \
         the hits that the lexicons of the long table found (--hits)",
        .path.display()
    )]
    NothingInCommon {
        /// The table of hits.
        path: PathBuf,
        /// Its rows.
        rows: u64,
        /// The lexicons that it names.
        own: String,
        /// Those of the long table.
        long: String,
    },
    /// Rows of one article that do not stand together.
    #[error(
        "{}:{line}: rows of the article {id:?} stood further up too: the rows of an article must stand together, as `framescope \
         score --long` writes them; sort the table by id, or write it again",
        .path.display()
    )]
    Scattered {
        /// The file.
        path: PathBuf,
        /// The line.
        line: u64,
        /// The article.
        id: String,
    },
    /// Two rows of one article and path.
    #[error(
        "{}:{line}: the article {id:?} has a row of {row} already; a table has one row an article and path: take one out, or \
         write the table again with `framescope score --long`",
        .path.display()
    )]
    RowTwice {
        /// The file.
        path: PathBuf,
        /// The line.
        line: u64,
        /// The article.
        id: String,
        /// Lexicon and path.
        row: String,
    },
    /// An article without a row that others have.
    #[error(
        "{}:{line}: the article {id:?} has no row of {row}, which others have; rows without hits belong to the table, and where \
         they were taken out nobody knows how many articles there were: write it again with `framescope score --long`",
        .path.display()
    )]
    RowMissing {
        /// The file.
        path: PathBuf,
        /// The last line of the article.
        line: u64,
        /// The article.
        id: String,
        /// Lexicon and path.
        row: String,
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

/// A cell that is not what its column holds.
#[derive(Debug)]
pub struct WrongCell {
    /// The table.
    pub path: PathBuf,
    /// The line.
    pub line: u64,
    /// The column.
    pub column: String,
    /// Which column it is, from 1.
    pub number: usize,
    /// What it holds.
    pub value: String,
    /// What it may hold, in words.
    pub expected: String,
    /// The command that writes such tables.
    pub writer: &'static str,
}

impl fmt::Display for WrongCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let WrongCell { path, line, column, number, value, expected, writer } = self;
        write!(
            f,
            "{}:{line}: `{column}` (column {number}) is {value:?} and must be {expected}; mend the cell, or write the table again \
             with `{writer}`",
            path.display()
        )
    }
}
