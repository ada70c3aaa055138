//! The start of a file, looked at before it is read: only as much as is needed, for nothing else begins meanwhile.

use std::io;

use super::bytes::Opened;
use super::chunks::LONGEST;

/// How much of a file is looked at for its first records, and kept where it cannot be opened twice.
pub(super) const PEEKED_BYTES: usize = 8 << 20;
/// So much is read at once.
const STEP: usize = 256 << 10;

/// A file whose first lines are looked at.
pub(super) struct Peek {
    opened: Opened,
    /// Whether all that was looked at is kept.
    keeps: bool,
    /// What was read, or what is left of it.
    head: Vec<u8>,
    /// Where in it the next line begins.
    next: usize,
    /// How many bytes were read.
    taken: usize,
    /// Whether a line was given that is not blank.
    gave_text: bool,
    ended: bool,
}

impl Peek {
    /// Of a file that was opened, and which is to be read on if it `keeps` what is looked at.
    pub(super) fn new(opened: Opened, keeps: bool) -> Peek {
        Peek { opened, keeps, head: Vec::new(), next: 0, taken: 0, gave_text: false, ended: false }
    }

    /// The next line with its end; none behind so many bytes, save that a first line is read whole however long it is.
    pub(super) fn line(&mut self) -> io::Result<Option<&[u8]>> {
        let mut searched = self.next;
        let end = loop {
            if let Some(at) = memchr::memchr(b'\n', &self.head[searched..]) {
                break searched + at + 1;
            }
            searched = self.head.len();
            if self.ended {
                break searched;
            }
            if self.taken >= PEEKED_BYTES && (self.gave_text || self.taken >= LONGEST) {
                return Ok(None);
            }
            if !self.keeps {
                searched -= self.next;
                self.head.drain(..self.next);
                self.next = 0;
            }
            self.read_on(STEP)?;
        };
        let line = &self.head[self.next..end];
        self.next = end;
        self.gave_text |= !line.trim_ascii().is_empty();
        Ok((!line.is_empty()).then_some(line))
    }

    /// Whether anything stands behind the last line that was given.
    pub(super) fn has_more(&mut self) -> io::Result<bool> {
        if self.next == self.head.len() && !self.ended {
            self.read_on(1)?;
        }
        Ok(self.next < self.head.len())
    }

    /// Whether all lines that were given are blank.
    pub(super) fn is_blank(&self) -> bool {
        !self.gave_text
    }

    /// The file, with all that was looked at put back.
    pub(super) fn put_back(mut self) -> Opened {
        debug_assert!(self.keeps, "what was looked at is gone");
        self.opened.put_back(self.head);
        self.opened
    }

    fn read_on(&mut self, most: usize) -> io::Result<()> {
        let taken = self.opened.take(most, &mut self.head)?;
        self.taken += taken;
        self.ended = taken == 0;
        Ok(())
    }
}
