//! Which units stand in which article, written down in the order of the input and read back as often as needed.
//!
//! Small corpora stay in memory; larger ones go to a temporary file that has no name. An article takes
//! about three bytes a distinct word of it: 60 MB for 100,000 news articles.

use std::io::{self, BufReader, Read, Seek as _, Write as _};

use tempfile::SpooledTempFile;

/// From this size on the counts are on disk.
const IN_MEMORY: usize = 128 << 20;

/// The counts of all articles.
#[derive(Debug)]
pub(super) struct Spool {
    file: SpooledTempFile,
    record: Vec<u8>,
    articles: u32,
}

impl Default for Spool {
    fn default() -> Spool {
        Spool::with_memory(IN_MEMORY)
    }
}

impl Spool {
    /// Counts that stay in memory up to this many bytes.
    pub(super) fn with_memory(bytes: usize) -> Spool {
        Spool { file: SpooledTempFile::new(bytes), record: Vec::new(), articles: 0 }
    }

    /// Adds an article; its units are ascending, each with how often it stands there.
    pub(super) fn write(&mut self, id: &str, cells: &[(u32, u32)]) -> io::Result<()> {
        self.record.clear();
        put(&mut self.record, id.len() as u64);
        self.record.extend_from_slice(id.as_bytes());
        put(&mut self.record, cells.len() as u64);
        let mut before = 0;
        for &(unit, times) in cells {
            put(&mut self.record, u64::from(unit - before));
            put(&mut self.record, u64::from(times));
            before = unit;
        }
        let mut length = Vec::with_capacity(5);
        put(&mut length, self.record.len() as u64);
        self.file.write_all(&length)?;
        self.file.write_all(&self.record)?;
        self.articles += 1;
        Ok(())
    }

    /// Goes through all articles: the number of each, its id, its units and how often they stand there.
    pub(super) fn each(&mut self, mut visit: impl FnMut(u32, &str, &[(u32, u32)])) -> io::Result<()> {
        self.file.rewind()?;
        let mut reader = BufReader::with_capacity(1 << 20, &mut self.file);
        let (mut record, mut cells) = (Vec::new(), Vec::new());
        for article in 0..self.articles {
            let length = get_from(&mut reader)?;
            record.resize(length as usize, 0);
            reader.read_exact(&mut record)?;
            let mut at = 0;
            let id_length = get(&record, &mut at)? as usize;
            let id = record.get(at..at + id_length).and_then(|id| std::str::from_utf8(id).ok()).ok_or_else(broken)?;
            at += id_length;
            let n = get(&record, &mut at)?;
            cells.clear();
            let mut unit = 0;
            for _ in 0..n {
                unit += get(&record, &mut at)? as u32;
                cells.push((unit, get(&record, &mut at)? as u32));
            }
            visit(article, id, &cells);
        }
        // What is written next goes behind the last article.
        self.file.seek(io::SeekFrom::End(0))?;
        Ok(())
    }
}

/// A number in as few bytes as it needs: seven bits each, the highest bit says that more follow (LEB128).
fn put(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn get(bytes: &[u8], at: &mut usize) -> io::Result<u64> {
    let mut n = 0;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at).ok_or_else(broken)?;
        *at += 1;
        n |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(n);
        }
    }
    Err(broken())
}

fn get_from(reader: &mut impl Read) -> io::Result<u64> {
    let mut bytes = Vec::with_capacity(5);
    loop {
        let mut byte = [0];
        reader.read_exact(&mut byte)?;
        bytes.push(byte[0]);
        if byte[0] < 0x80 {
            return get(&bytes, &mut 0);
        }
    }
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the temporary file does not hold what was written to it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// In memory or on disk, what comes out is what went in, as often as it is read.
        #[test]
        fn what_is_read_is_what_was_written(
            articles in prop::collection::vec(("\\PC{0,9}", prop::collection::btree_map(any::<u32>(), any::<u32>(), 0..9)), 0..20),
            memory in prop::sample::select(vec![0, 40, 1 << 20]),
        ) {
            let mut spool = Spool::with_memory(memory);
            let articles: Vec<(String, Vec<(u32, u32)>)> =
                articles.into_iter().map(|(id, cells)| (id, cells.into_iter().collect())).collect();
            let (first, later) = articles.split_at(articles.len() / 2);
            for (part, expected) in [(first, first), (later, &articles[..])] {
                for (id, cells) in part {
                    spool.write(id, cells).unwrap();
                }
                let mut found = Vec::new();
                spool.each(|number, id, cells| {
                    assert_eq!(number as usize, found.len());
                    found.push((id.to_owned(), cells.to_vec()));
                }).unwrap();
                prop_assert_eq!(&found[..], expected);
            }
        }
    }
}
