//! Bytes of chunks that have been read, for the next ones: new memory would have to be found and cleared for each.

use std::sync::{Mutex, PoisonError};

/// Longer ones are given back to the system.
const LONGEST: usize = 1 << 22;

/// What was given and not yet taken.
#[derive(Debug, Default)]
pub(super) struct Spare(Mutex<Vec<Vec<u8>>>);

impl Spare {
    /// Takes bytes, with what somebody left in them.
    pub(super) fn take(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Gives bytes that nobody needs any more.
    pub(super) fn give(&self, bytes: Vec<u8>) {
        if (1..=LONGEST).contains(&bytes.capacity()) {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(bytes);
        }
    }
}
