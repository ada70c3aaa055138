//! The source: inputs cut into chunks of raw bytes at record bounds. Cheap, serial, bounded.

use std::io::Read;
use std::sync::Arc;

use super::bytes;
use super::error::{CorpusError, Skipped};
use super::schema::Corpus;
use super::settings::Format;

/// No record is longer.
const LONGEST: usize = 1 << 30;

/// A run of whole records of one file, or a few whole text files.
#[derive(Debug)]
pub struct Chunk {
    /// The file, by its number; for text files the first.
    pub(super) file: u32,
    /// Number of the first record in its file, from 1; the worker counts on.
    pub(super) first_record: u64,
    /// Line of the first record, from 1.
    pub(super) first_line: u64,
    pub(super) bytes: Vec<u8>,
    /// Text files: where each file's bytes end.
    pub(super) ends: Vec<usize>,
    /// What could not be read at all.
    pub(super) skipped: Vec<Skipped>,
}

impl Chunk {
    /// How many bytes of input it holds.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

/// Gives one chunk after another.
pub struct Source {
    corpus: Arc<Corpus>,
    kept: std::collections::HashMap<usize, super::schema::Kept>,
    next_file: usize,
    open: Option<OpenFile>,
}

struct OpenFile {
    number: usize,
    reader: Box<dyn Read + Send>,
    /// Read, and not yet given: less than a record.
    rest: Vec<u8>,
    record: u64,
    line: u64,
    done: bool,
}

impl Source {
    /// The source of a corpus that was looked at.
    pub fn new(mut corpus: Corpus) -> (Source, Arc<Corpus>) {
        let kept = std::mem::take(corpus.kept.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner));
        let corpus = Arc::new(corpus);
        (Source { corpus: Arc::clone(&corpus), kept, next_file: 0, open: None }, corpus)
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    /// If a table cannot be read on, or a record has no end.
    pub fn next_chunk(&mut self) -> Result<Option<Chunk>, CorpusError> {
        loop {
            if let Some(mut open) = self.open.take() {
                if let Some(chunk) = self.cut(&mut open)? {
                    self.open = Some(open);
                    return Ok(Some(chunk));
                }
                continue;
            }
            if self.next_file >= self.corpus.files.len() {
                return Ok(None);
            }
            if self.corpus.files[self.next_file].format == Format::Text {
                return Ok(Some(self.texts()));
            }
            let number = self.next_file;
            self.next_file += 1;
            self.open = Some(self.open_table(number)?);
        }
    }

    fn open_table(&mut self, number: usize) -> Result<OpenFile, CorpusError> {
        let path = &self.corpus.files[number].path;
        let unreadable = |source| CorpusError::Read { path: path.clone(), source };
        let mut reader: Box<dyn Read + Send> = match self.kept.remove(&number) {
            Some(kept) => Box::new(std::io::Cursor::new(kept.head).chain(kept.reader)),
            None => bytes::open(path, self.corpus.settings.encoding).map_err(unreadable)?.reader,
        };
        let layout = &self.corpus.layouts[number];
        let mut header = Vec::new();
        (&mut reader).take(layout.header_bytes as u64).read_to_end(&mut header).map_err(unreadable)?;
        let line = 1 + layout.header_lines;
        Ok(OpenFile { number, reader, rest: Vec::new(), record: 1, line, done: false })
    }

    /// Cuts the next chunk from a table.
    fn cut(&self, open: &mut OpenFile) -> Result<Option<Chunk>, CorpusError> {
        let path = &self.corpus.files[open.number].path;
        let format = self.corpus.files[open.number].format;
        let delimiter = self.corpus.layouts[open.number].delimiter;
        let mut bytes = std::mem::take(&mut open.rest);
        let mut bounds = Bounds::new(format, delimiter);
        loop {
            if !open.done {
                let wanted = self.corpus.settings.chunk_bytes.max(1);
                let got = (&mut open.reader).take(wanted as u64).read_to_end(&mut bytes);
                open.done = got.map_err(|source| CorpusError::Read { path: path.clone(), source })? < wanted;
            }
            bounds.advance(&bytes);
            let end = if open.done { bytes.len() } else { bounds.last_end };
            if end == 0 && open.done {
                return Ok(None);
            }
            if end > 0 {
                open.rest = bytes.split_off(end);
                let chunk = Chunk {
                    file: open.number as u32,
                    first_record: open.record,
                    first_line: open.line,
                    bytes,
                    ends: Vec::new(),
                    skipped: Vec::new(),
                };
                open.record += bounds.records + u64::from(open.done && bounds.last_end < end);
                open.line += memchr::memchr_iter(b'\n', &chunk.bytes).count() as u64;
                return Ok(Some(chunk));
            }
            if bytes.len() > LONGEST {
                let file = self.corpus.files[open.number].shown.clone();
                return Err(CorpusError::TooLong { file, line: open.line, limit: LONGEST });
            }
        }
    }

    /// The next few text files.
    fn texts(&mut self) -> Chunk {
        let mut chunk = Chunk {
            file: self.next_file as u32,
            first_record: 1,
            first_line: 1,
            bytes: Vec::new(),
            ends: Vec::new(),
            skipped: Vec::new(),
        };
        while let Some(file) = self.corpus.files.get(self.next_file).filter(|f| f.format == Format::Text) {
            if chunk.bytes.len() >= self.corpus.settings.chunk_bytes {
                break;
            }
            let before = chunk.bytes.len();
            let read = match self.kept.remove(&self.next_file) {
                Some(mut kept) => {
                    chunk.bytes.append(&mut kept.head);
                    kept.reader.read_to_end(&mut chunk.bytes)
                }
                None => bytes::open(&file.path, self.corpus.settings.encoding)
                    .and_then(|mut opened| opened.reader.read_to_end(&mut chunk.bytes)),
            };
            if let Err(e) = read {
                chunk.bytes.truncate(before);
                chunk.skipped.push(Skipped { place: file.shown.clone(), reason: format!("cannot be read: {e}") });
            }
            chunk.ends.push(chunk.bytes.len());
            self.next_file += 1;
        }
        chunk
    }
}

/// Finds where records end, going on where it stopped.
struct Bounds {
    jsonl: bool,
    delimiter: u8,
    seen: usize,
    state: State,
    /// One past the last whole record.
    last_end: usize,
    /// How many whole records there are. Blank lines are none.
    records: u64,
    blank: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Unquoted,
    Quoted,
    /// After a quote inside a quoted field: doubled, or its end.
    AfterQuote,
}

impl Bounds {
    fn new(format: Format, delimiter: u8) -> Bounds {
        let jsonl = format == Format::Jsonl;
        Bounds { jsonl, delimiter, seen: 0, state: State::FieldStart, last_end: 0, records: 0, blank: true }
    }

    fn advance(&mut self, bytes: &[u8]) {
        if self.jsonl {
            let mut from = self.last_end;
            for at in memchr::memchr_iter(b'\n', &bytes[self.seen..]) {
                let end = self.seen + at + 1;
                self.records += u64::from(!bytes[from..end].trim_ascii().is_empty());
                from = end;
            }
            self.last_end = from;
            self.seen = bytes.len();
            return;
        }
        for (i, &b) in bytes.iter().enumerate().skip(self.seen) {
            self.state = match (self.state, b) {
                (State::Quoted, b'"') => State::AfterQuote,
                (State::Quoted, _) => State::Quoted,
                (State::AfterQuote, b'"') => State::Quoted,
                (State::FieldStart, b'"') => {
                    self.blank = false;
                    State::Quoted
                }
                (_, b'\n') => {
                    self.records += u64::from(!self.blank);
                    self.blank = true;
                    self.last_end = i + 1;
                    State::FieldStart
                }
                (_, b) if b == self.delimiter => {
                    self.blank = false;
                    State::FieldStart
                }
                // A carriage return alone ends a record too, but the cut waits for a line feed.
                (_, b'\r') => State::FieldStart,
                _ => {
                    self.blank = false;
                    State::Unquoted
                }
            };
        }
        self.seen = bytes.len();
    }
}
