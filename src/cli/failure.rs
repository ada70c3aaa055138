//! What ends a command early, and how it is told.

use std::io;
use std::path::PathBuf;

use framescope_core::lexicon::LexiconError;

use super::config::ConfigError;
use super::messages::Messages;
use super::{DONE, FAILED, USAGE};
use crate::corpus::CorpusError;
use crate::output::OutputError;

/// Why a command ended before its work was done.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The arguments do not fit together, or name something that is not there.
    Usage(String),
    /// Lexicons that cannot be read: all that is wrong in them.
    Lexicon(Vec<LexiconError>),
    /// Settings in a file that cannot hold: all that is wrong in it.
    Config {
        /// The file as people know it.
        file: String,
        /// Its text.
        text: String,
        /// What is wrong.
        errors: Vec<ConfigError>,
    },
    /// Whoever read our output has enough.
    ClosedPipe,
    /// Somebody pressed Ctrl-C.
    Interrupted {
        /// The exit status.
        status: u8,
        /// The file that was not written.
        target: Option<PathBuf>,
    },
    /// Anything else, in words for people.
    Failed(String),
}

impl From<CorpusError> for Failure {
    fn from(error: CorpusError) -> Failure {
        let text = error.to_string();
        match error {
            // Another option would have it read.
            CorpusError::Pattern { .. }
            | CorpusError::Format { .. }
            | CorpusError::NoText { .. }
            | CorpusError::NoColumn { .. }
            | CorpusError::TextAsValue { .. }
            | CorpusError::Filter { .. } => Failure::Usage(text),
            _ => Failure::Failed(text),
        }
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Failure {
        if error.is_closed_pipe() {
            return Failure::ClosedPipe;
        }
        let text = error.to_string();
        match error {
            // Another option would have it written.
            OutputError::UnknownEnding { .. }
            | OutputError::NotBuilt { .. }
            | OutputError::IsFolder { .. }
            | OutputError::IsInput { .. }
            | OutputError::TooManyColumns { .. }
            | OutputError::Measure(_) => Failure::Usage(text),
            _ => Failure::Failed(text),
        }
    }
}

impl Failure {
    /// Standard output could not be written to.
    pub(crate) fn from_stdout(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::Failed(format!("cannot write to standard output: {error}")),
        }
    }

    /// Says it, and returns the exit status.
    pub(crate) fn tell(&self, messages: &Messages<'_>) -> u8 {
        match self {
            Failure::Usage(text) => {
                messages.error(text);
                USAGE
            }
            Failure::Lexicon(errors) => {
                tell_lexicon_errors(errors, messages);
                USAGE
            }
            Failure::Config { file, text, errors } => {
                for error in errors {
                    messages.plain(error.draw(file, text, messages.has_colour()));
                }
                USAGE
            }
            // `framescope … | head` is no failure: head has what it wanted.
            Failure::ClosedPipe => DONE,
            Failure::Interrupted { status, target } => {
                match target {
                    Some(path) => messages.error(format_args!("stopped; {} was not written", path.display())),
                    None => messages.error("stopped"),
                }
                *status
            }
            Failure::Failed(text) => {
                messages.error(text);
                FAILED
            }
        }
    }
}

/// Errors in lexicons, each with its line, up to a number that can still be read.
pub(crate) fn tell_lexicon_errors(errors: &[LexiconError], messages: &Messages<'_>) {
    const SHOWN: usize = 20;
    for error in errors.iter().take(SHOWN) {
        messages.plain(error.render());
    }
    if errors.len() > SHOWN {
        messages.error(format!("and {} more", errors.len() - SHOWN));
    }
}
