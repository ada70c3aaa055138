//! What can be wrong with a lexicon file, each with its place, said so that its author can mend it.

use std::fmt;

use super::model::Place;
use super::spans::Excerpt;

/// One thing that is wrong in a lexicon file.
///
/// `Display` is one line, `file:line:column: what is wrong (what was probably meant)`;
/// [`render`](LexiconError::render) adds the line itself with a mark under what is meant.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LexiconError {
    /// Where; `place.file` counts the file itself as 0, then what it extends.
    pub place: Place,
    /// The file's name as shown to people.
    pub file: String,
    /// What is wrong.
    pub kind: LexiconErrorKind,
    /// What was probably meant, or what to do.
    pub hint: Option<String>,
    /// The line it stands in, as far as it fits.
    pub excerpt: Excerpt,
}

impl LexiconError {
    /// Several lines without colour: the message, the place, the line with a mark under what is
    /// meant, the hint.
    ///
    /// ```text
    /// error: unknown key `not_atfer` in an entry
    ///   --> talks.toml:12:32
    ///    |
    /// 12 | terms = [{ term = "prisoner*", not_atfer = ["political"] }]
    ///    |                                ^^^^^^^^^
    ///    = did you mean `not_after`?
    /// ```
    pub fn render(&self) -> String {
        let line = self.place.line.to_string();
        let gutter = " ".repeat(line.len());
        let Excerpt { text, offset, width } = &self.excerpt;
        let marks = "^".repeat(*width);
        let indent = " ".repeat(*offset);
        let mut out = format!(
            "error: {}\n{gutter}--> {}:{}:{}\n{gutter} |\n{line} | {text}\n{gutter} | {indent}{marks}\n",
            self.kind, self.file, self.place.line, self.place.column
        );
        if let Some(hint) = &self.hint {
            out.push_str(&format!("{gutter} = {hint}\n"));
        }
        out
    }
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.place.line, self.place.column, self.kind)?;
        match &self.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for LexiconError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.kind)
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum LexiconErrorKind {
    /// Not TOML; in plain words.
    #[error("{0}")]
    Syntax(String),
    /// Quotation marks as word processors draw them, where TOML wants `"`.
    #[error("{0} is no quotation mark that TOML knows")]
    CurlyQuotes(char),
    /// `[category]` where `[[category]]` is meant.
    #[error("[{0}] is written in single brackets, but there may be several: [[{0}]]")]
    SingleBrackets(String),
    /// `[[lexicon]]` where `[lexicon]` is meant.
    #[error("[[{0}]] is written in double brackets, but there is only one: [{0}]")]
    DoubleBrackets(String),
    /// `[[category.entry]]` before the `[[category]]` it belongs to.
    #[error("[[{table}]] stands before any [[{owner}]]")]
    OrphanTable {
        /// What was written.
        table: String,
        /// What must stand before it.
        owner: String,
    },
    /// A table or key at the top of the file that is none of ours.
    #[error("unknown table or key `{0}` at the top of a lexicon")]
    UnknownTable(String),
    /// A key that means nothing where it stands.
    #[error("unknown key `{key}` in {within}")]
    UnknownKey {
        /// The key.
        key: String,
        /// Where it stands.
        within: String,
    },
    /// A key of the outer table that stands after an inner one, so that TOML gives it to that.
    #[error("`{key}` belongs to the {owner}, but stands after [[{after}]], which takes it for its own")]
    MisplacedKey {
        /// The key.
        key: String,
        /// Whose key it is.
        owner: String,
        /// The inner table.
        after: String,
    },
    /// A value of the wrong type.
    #[error("`{key}` must be {expected}, not {found}")]
    WrongType {
        /// The key, or what the value stands for.
        key: String,
        /// What belongs there.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// A key that must be there is not.
    #[error("{within} has no `{key}`")]
    MissingKey {
        /// The key.
        key: String,
        /// Where it should stand.
        within: String,
    },
    /// A value outside its closed list.
    #[error("`{value}` is no value of `{key}`")]
    BadValue {
        /// The key.
        key: String,
        /// What was written.
        value: String,
    },
    /// An id that is not `[a-z][a-z0-9_]*`.
    #[error("`{id}` cannot be the id of {of}")]
    BadId {
        /// What was written.
        id: String,
        /// Whose id it would be.
        of: String,
    },
    /// `""` for a term.
    #[error("an empty term")]
    EmptyTerm,
    /// `[]` where something must stand.
    #[error("`{0}` is empty")]
    Empty(String),
    /// A term without a letter, digit or wildcard.
    #[error("the term `{0}` holds no word: a word has a letter or a digit")]
    TermWithoutWord(String),
    /// A term that would match everything.
    #[error("the term `{0}` is made of wildcards only and would match any text")]
    WildcardsOnly(String),
    /// A term that ends in 's, which no token does.
    #[error("the term `{0}` ends in 's, which is cut from every word before it is matched")]
    Possessive(String),
    /// A term that cannot be cut into tokens for a reason of the text floor.
    #[error("the term `{term}` cannot be read: {reason}")]
    BadTerm {
        /// The term.
        term: String,
        /// Why.
        reason: String,
    },
    /// `@path` outside near and not_near.
    #[error("`{0}`: only `near` and `not_near` may point to a path with @")]
    PathOutsideNear(String),
    /// A weight or an expected value that is no number to count with.
    #[error("`{0}` must be a finite number")]
    NotFinite(String),
    /// Neither `any` nor `all` in a near condition, or both.
    #[error("`{key}` {what}")]
    NearMode {
        /// `near` or `not_near`.
        key: String,
        /// What is wrong.
        what: &'static str,
    },
    /// Declared twice.
    #[error("{what} `{id}` is declared twice; first at {first}")]
    Duplicate {
        /// What.
        what: String,
        /// Its name.
        id: String,
        /// Where it was first declared.
        first: String,
    },
    /// Proclitics to be taken off in a lexicon that is bound to the spelling.
    #[error("`clitics` does nothing beside `case = \"exact\"`, which binds every term to its spelling")]
    ExactClitics,
    /// A path that is neither declared nor the beginning of one.
    #[error("there is no path `{0}`")]
    UnknownPath(String),
    /// An expectation about nothing that the lexicon has.
    #[error("there is no path or axis `{0}`")]
    UnknownPathOrAxis(String),
    /// An `about` that is not declared.
    #[error("there is no [[about]] with the id `{0}`")]
    UnknownAbout(String),
    /// A measure that is none.
    #[error("`{measure}` is no measure of {of}")]
    UnknownMeasure {
        /// What was written.
        measure: String,
        /// "a path" or "an axis".
        of: &'static str,
    },
    /// A path on both poles of an axis.
    #[error("`{path}` stands on both poles of the axis `{axis}`")]
    BothPoles {
        /// The path.
        path: String,
        /// The axis.
        axis: String,
    },
    /// A path under a referent that is no variant, or under a variant.
    #[error("`{child}` cannot stand under `{parent}`, which is a {kind}")]
    BadParent {
        /// The path.
        child: String,
        /// The path it would stand under.
        parent: String,
        /// `referent`, `variant` or `bare name`.
        kind: &'static str,
    },
    /// A path that the base declares as something else.
    #[error("`{id}` is a {here} here, but a {before} at {first}")]
    KindClash {
        /// The path.
        id: String,
        /// What it is here.
        here: &'static str,
        /// What it was before.
        before: &'static str,
        /// Where.
        first: String,
    },
    /// `extends` names nothing that can be read.
    #[error("there is no lexicon `{0}` to extend")]
    UnknownBase(String),
    /// A lexicon that extends itself by way of others.
    #[error("the lexicon extends itself: {}", .0.join(" -> "))]
    ExtendsCycle(Vec<String>),
    /// A chain of bases without end.
    #[error("more than {0} lexicons extend each other")]
    ExtendsTooDeep(usize),
    /// `[[remove]]` without anything to remove from.
    #[error("[[remove]] without `extends`: there is nothing to remove from")]
    RemoveWithoutBase,
    /// A path to remove that the base does not have.
    #[error("there is no path `{0}` to remove in what this lexicon extends")]
    RemoveUnknownPath(String),
    /// A term to remove that the base does not have there.
    #[error("there is no term `{term}` to remove on `{path}`")]
    RemoveUnknownTerm {
        /// The term.
        term: String,
        /// The path.
        path: String,
    },
    /// A path that was removed, though something that stays needs it.
    #[error("`{path}` cannot be removed: {user} needs it")]
    RemovedButNeeded {
        /// The path.
        path: String,
        /// What needs it, and where.
        user: String,
    },
    /// Nothing to count.
    #[error("the lexicon has no entry: nothing would ever be counted")]
    NoEntry,
    /// Longer than positions can say.
    #[error("the file is longer than {0} bytes")]
    TooLong(usize),
}
