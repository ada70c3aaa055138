//! The start of a file, looked at before it is read: only as much as is needed, for nothing else begins meanwhile.

use std::io;

use super::bytes::Opened;
use super::chunks::LONGEST;

/// How much of a file is looked at for its first records, and kept where it cannot be opened twice.
pub(super) const PEEKED_BYTES: usize = 8 << 20;
/// So much is read at first, and then at once: many files hold one record.
const FIRST: usize = 16 << 10;
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
    /// How many bytes were read, and how many are to be.
    taken: usize,
    most: usize,
    /// Whether a line was given that is not blank.
    gave_text: bool,
    ended: bool,
}

impl Peek {
    /// Of a file that was opened, and which is to be read on if it `keeps` what is looked at.
    pub(super) fn new(opened: Opened, keeps: bool) -> Peek {
        Peek { opened, keeps, head: Vec::new(), next: 0, taken: 0, most: PEEKED_BYTES, gave_text: false, ended: false }
    }

    /// The next line with its end; none behind [`PEEKED_BYTES`], save that a first line of up to [`LONGEST`] is read whole, in
    /// so many more of the former as it takes.
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
            if self.taken >= self.most {
                if self.gave_text || self.taken >= LONGEST {
                    return Ok(None);
                }
                self.most += PEEKED_BYTES;
            }
            if !self.keeps {
                searched -= self.next;
                self.head.drain(..self.next);
                self.next = 0;
            }
            let step = if self.taken == 0 { FIRST } else { STEP };
            self.read_on(step.min(self.most - self.taken))?;
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

    /// Whether all that was read is blank.
    pub(super) fn is_blank(&self) -> bool {
        !self.gave_text && self.head[self.next..].trim_ascii().is_empty()
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
        // Fewer come only at the end.
        self.ended = taken < most;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::super::bytes;
    use super::*;

    /// What is looked at of these bytes: the lines, and whether more stands behind them.
    fn looked_at(content: &[u8], keeps: bool, wanted: usize) -> (Vec<Vec<u8>>, bool) {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(content).expect("room");
        let opened = bytes::open(file.path(), Some(encoding_rs::UTF_8), false, None).expect("it opens");
        let mut peek = Peek::new(opened, keeps);
        let mut lines = Vec::new();
        while lines.len() < wanted
            && let Some(line) = peek.line().expect("it is read")
        {
            lines.push(line.to_vec());
        }
        let has_more = peek.has_more().expect("it is read");
        assert_eq!(peek.is_blank(), lines.iter().all(|line| line.trim_ascii().is_empty()));
        if keeps {
            let mut again = Vec::new();
            peek.put_back().take(2 * content.len() + 1, &mut again).expect("it is read again");
            assert!(again == content, "all of it is put back");
        }
        (lines, has_more)
    }

    /// A line of so many bytes.
    fn line(bytes: usize, filled: u8) -> Vec<u8> {
        let mut line = vec![filled; bytes];
        line[bytes - 1] = b'\n';
        line
    }

    #[test]
    fn lines_are_given_whole_wherever_a_step_ends() {
        let lines = |lens: &[usize]| -> Vec<Vec<u8>> { lens.iter().map(|&len| line(len, b'x')).collect() };
        for keeps in [false, true] {
            for lens in [
                &[1, 2, FIRST - 3, 4, STEP, STEP - 1, STEP + 1, 5][..],
                &[FIRST, STEP, STEP],
                &[3 * STEP, 1, 1],
                // A first line beyond the limit, and what is left of the next 8 MiB.
                &[PEEKED_BYTES + 10, 20, 30],
            ] {
                let lines = lines(lens);
                let content = lines.concat();
                assert!(looked_at(&content, keeps, 100) == (lines.clone(), false), "{lens:?}");
                // The last line needs no end.
                let (mut open_end, mut last) = (lines.clone(), lines.last().expect("a line").clone());
                last.pop();
                open_end.pop();
                open_end.extend((!last.is_empty()).then_some(last));
                assert!(looked_at(&content[..content.len() - 1], keeps, 100) == (open_end, false), "{lens:?}");
                assert!(looked_at(&content, keeps, 2) == (lines[..2].to_vec(), lines.len() > 2), "{lens:?}");
            }
        }
    }

    #[test]
    fn no_more_is_looked_at_than_the_limit() {
        let lines = [vec![line(PEEKED_BYTES / 4, b'x'); 4], vec![line(10, b'y'); 3]].concat();
        assert!(looked_at(&lines.concat(), false, 100) == (lines[..4].to_vec(), true));
        let lines = [vec![line(PEEKED_BYTES + 1, b'x'), line(10, b'y')], vec![line(PEEKED_BYTES, b'z'); 2]].concat();
        assert!(looked_at(&lines.concat(), true, 100) == (lines[..2].to_vec(), true));
    }

    #[test]
    fn what_holds_nothing_is_blank() {
        assert_eq!(looked_at(b"", false, 9), (vec![], false));
        assert_eq!(looked_at(b"\n \n", true, 9), (vec![b"\n".to_vec(), b" \n".to_vec()], false));
    }
}
