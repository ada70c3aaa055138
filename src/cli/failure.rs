//! What ends a command early, and how it is told.

use std::io;

use super::messages::Messages;
use super::{DONE, FAILED, USAGE};

/// Why a command ended before its work was done.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The arguments do not fit together, or name something that is not there.
    Usage(String),
    /// Whoever read our output has enough.
    ClosedPipe,
    /// Anything else, in words for people.
    Failed(String),
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
            // `framescope … | head` is no failure: head has what it wanted.
            Failure::ClosedPipe => DONE,
            Failure::Failed(text) => {
                messages.error(text);
                FAILED
            }
        }
    }
}
