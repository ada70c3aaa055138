//! What can be wrong in `framescope.toml`, each with its place.

use std::ops::Range;

use crate::cli::draw::Finding;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConfigError {
    kind: ConfigErrorKind,
    hint: String,
    span: Range<usize>,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum ConfigErrorKind {
    #[error("unknown key `{key}` {within}")]
    UnknownKey { key: String, within: String },
    #[error("`{key}` must be {expected}, not {found}")]
    WrongType { key: String, expected: &'static str, found: &'static str },
    #[error("`{key}`: {problem}")]
    Refused { key: String, problem: String },
    #[error("{0}")]
    Missing(String),
    #[error("`{key}` cannot stand {within}")]
    Misplaced { key: String, within: String },
    #[error("no lexicon of this run has the path `{0}`")]
    UnknownPath(String),
}

impl ConfigError {
    fn new(kind: ConfigErrorKind, hint: impl Into<String>, span: Range<usize>) -> ConfigError {
        ConfigError { kind, hint: hint.into(), span }
    }

    pub(super) fn unknown_key(key: &str, within: &str, hint: String, span: Range<usize>) -> ConfigError {
        ConfigError::new(ConfigErrorKind::UnknownKey { key: key.to_owned(), within: within.to_owned() }, hint, span)
    }

    pub(super) fn wrong_type(
        key: &str,
        expected: &'static str,
        found: &'static str,
        hint: impl Into<String>,
        span: Range<usize>,
    ) -> ConfigError {
        ConfigError::new(ConfigErrorKind::WrongType { key: key.to_owned(), expected, found }, hint, span)
    }

    /// What the command line says against a value.
    pub(super) fn refused(key: &str, problem: String, span: Range<usize>) -> ConfigError {
        ConfigError::new(ConfigErrorKind::Refused { key: key.to_owned(), problem }, "", span)
    }

    /// Something that is named and not there.
    pub(super) fn missing(problem: String, span: Range<usize>) -> ConfigError {
        ConfigError::new(ConfigErrorKind::Missing(problem), "paths are relative to this file", span)
    }

    pub(super) fn misplaced(key: &str, within: &str, hint: String, span: Range<usize>) -> ConfigError {
        ConfigError::new(ConfigErrorKind::Misplaced { key: key.to_owned(), within: within.to_owned() }, hint, span)
    }

    pub(super) fn unknown_path(path: &str, meant: Option<&str>, span: Range<usize>) -> ConfigError {
        let hint = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`framescope lexicon show NAME` lists them".to_owned(),
        };
        ConfigError::new(ConfigErrorKind::UnknownPath(path.to_owned()), hint, span)
    }

    /// Where it is: for putting several in order.
    pub(super) fn start(&self) -> usize {
        self.span.start
    }

    /// The error with its line.
    pub(crate) fn draw(&self, file: &str, text: &str, colour: bool) -> String {
        let (line, column) = line_column(text, self.span.start);
        let message = self.kind.to_string();
        let severity = "error";
        Finding { severity, message: &message, file, source: Some(text), line, column, hint: &self.hint }.draw(colour)
    }
}

/// Line and column of a byte, both from 1.
pub(super) fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}
