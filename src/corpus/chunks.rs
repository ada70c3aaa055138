//! The source: inputs cut into chunks of raw bytes at record bounds. Cheap, serial, bounded.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

use super::bytes::Opened;
use super::digest::FileRead;
use super::error::{CorpusError, Skipped};
use super::layout::{HEAD_BYTES, Layout};
use super::schema::Corpus;
use super::settings::Format;
use super::spare::Spare;
use super::waiting::Stopped;
use super::walk::{InputFile, Walk};

/// No record is longer.
pub(super) const LONGEST: usize = 1 << 30;

/// So many text files go into one chunk at most: tiny ones cost more than their bytes.
const TEXTS: usize = 500;

/// A run of whole records of one file, or a few whole text files.
#[derive(Debug)]
pub struct Chunk {
    pub(super) format: Format,
    /// The file, by its number; for text files the first.
    pub(super) file: u32,
    /// The files, as people know them: one, or as many as there are text files.
    pub(super) names: Vec<String>,
    /// Of a table or JSONL.
    pub(super) layout: Arc<Layout>,
    /// Number of the first record in its file, from 1; the worker counts on.
    pub(super) first_record: u64,
    /// Line of the first record, from 1.
    pub(super) first_line: u64,
    pub(super) bytes: Vec<u8>,
    /// Where the bytes go when it has been read.
    spare: Arc<Spare>,
    /// Text files: where each file's bytes end.
    pub(super) ends: Vec<usize>,
    /// What could not be read at all.
    pub(super) skipped: Vec<Skipped>,
    /// The files whose last bytes these are.
    pub(super) finished: Vec<FileRead>,
    /// How many bytes of all inputs, as they are stored, were read when this was cut.
    pub(super) stored: u64,
}

impl Chunk {
    /// How many bytes of input it holds.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// How many bytes of all inputs, as they are stored (compressed, in their own encoding), were read
    /// when this was cut: that many of [`Corpus::total_bytes`].
    pub fn stored(&self) -> u64 {
        self.stored
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Whether it holds text files, an article each.
    pub fn is_text(&self) -> bool {
        self.format == Format::Text
    }

    /// The files whose last bytes these are, in order.
    pub fn finished(&self) -> &[FileRead] {
        &self.finished
    }

    /// The file that goes on behind this chunk, if one does.
    pub fn unfinished(&self) -> Option<&str> {
        let is_open = self.finished.is_empty() && !self.is_text();
        self.names.first().filter(|_| is_open).map(String::as_str)
    }

    /// Name of a file of which a record is here.
    pub(super) fn name(&self, file: u32) -> &str {
        self.names.get((file - self.file) as usize).map_or("", String::as_str)
    }
}

impl Drop for Chunk {
    fn drop(&mut self) {
        self.spare.give(std::mem::take(&mut self.bytes));
    }
}

/// Gives one chunk after another.
pub struct Source {
    corpus: Arc<Corpus>,
    kept: HashMap<PathBuf, Opened>,
    files: std::iter::Peekable<Walk>,
    open: Option<OpenFile>,
    /// Bytes of the files before that one, as they are stored.
    stored: u64,
    spare: Arc<Spare>,
}

struct OpenFile {
    file: InputFile,
    layout: Arc<Layout>,
    opened: Opened,
    /// Read, and not yet given: less than a record.
    rest: Vec<u8>,
    record: u64,
    line: u64,
    done: bool,
    /// Whether a chunk has said that it is finished.
    told: bool,
}

impl Source {
    /// The source of a corpus that was looked at.
    pub fn new(mut corpus: Corpus) -> (Source, Arc<Corpus>) {
        let kept = std::mem::take(corpus.kept.get_mut().unwrap_or_else(PoisonError::into_inner));
        let files = Walk::new(Arc::clone(&corpus.inputs)).peekable();
        let corpus = Arc::new(corpus);
        (Source { corpus: Arc::clone(&corpus), kept, files, open: None, stored: 0, spare: Arc::default() }, corpus)
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    /// If a table cannot be read on, a record has no end, or the run is to stop.
    pub fn next_chunk(&mut self) -> Result<Option<Chunk>, CorpusError> {
        loop {
            if let Some(mut open) = self.open.take() {
                if let Some(chunk) = self.cut(&mut open)? {
                    self.open = Some(open);
                    return Ok(Some(chunk));
                }
                continue;
            }
            match self.files.peek() {
                None => return Ok(None),
                Some(file) if file.format == Format::Text => return self.texts().map(Some),
                Some(_) => {}
            }
            if let Some(file) = self.files.next() {
                self.open = Some(self.open_table(file)?);
            }
        }
    }

    /// Opens a file, or goes on with one that was kept open.
    fn open_file(&mut self, file: &InputFile) -> std::io::Result<Opened> {
        match self.kept.remove(&file.path) {
            Some(kept) => Ok(kept),
            None => self.corpus.open_file(file),
        }
    }

    fn open_table(&mut self, file: InputFile) -> Result<OpenFile, CorpusError> {
        let unreadable = |source| CorpusError::of_read(&file.path, source);
        let mut opened = self.open_file(&file).map_err(unreadable)?;
        let mut line = 1;
        let layout = if file.format == Format::Jsonl {
            self.corpus.jsonl_layout(&file)
        } else {
            let mut head = Vec::new();
            opened.take(HEAD_BYTES, &mut head).map_err(unreadable)?;
            let layout = self.corpus.table_layout(&file, &head)?;
            opened.put_back(head.split_off(layout.header_bytes.min(head.len())));
            line += layout.header_lines;
            Arc::new(layout)
        };
        Ok(OpenFile { file, layout, opened, rest: Vec::new(), record: 1, line, done: false, told: false })
    }

    /// Cuts the next chunk from a table.
    fn cut(&mut self, open: &mut OpenFile) -> Result<Option<Chunk>, CorpusError> {
        if open.told {
            return Ok(None);
        }
        let mut bytes = self.spare.take();
        // What stands behind it is old.
        let mut filled = open.rest.len();
        bytes.resize(bytes.len().max(filled), 0);
        bytes[..filled].copy_from_slice(&open.rest);
        let mut bounds = Bounds::new(open.file.format, open.layout.delimiter);
        loop {
            if !open.done {
                let wanted = self.corpus.settings.chunk_bytes.max(1);
                let end = open.opened.take_over(wanted, &mut bytes, filled);
                let unreadable = |source| CorpusError::of_read(&open.file.path, source);
                let end = end.map_err(unreadable)?;
                open.done = end - filled < wanted;
                filled = end;
            }
            bounds.advance(&bytes[..filled]);
            let end = if open.done { filled } else { bounds.last_end };
            // At the end a chunk goes out even if it is empty: it says that the file is finished.
            if end > 0 || open.done {
                open.rest.clear();
                open.rest.extend_from_slice(&bytes[end..filled]);
                bytes.truncate(end);
                open.told = open.done;
                let stored = self.stored + open.opened.stored();
                if open.done {
                    self.stored = stored;
                }
                let chunk = Chunk {
                    format: open.file.format,
                    file: open.file.number,
                    names: vec![open.file.shown.clone()],
                    layout: Arc::clone(&open.layout),
                    first_record: open.record,
                    first_line: open.line,
                    bytes,
                    spare: Arc::clone(&self.spare),
                    ends: Vec::new(),
                    skipped: Vec::new(),
                    finished: open.done.then(|| open.opened.finished(&open.file.shown)).into_iter().collect(),
                    stored,
                };
                open.record += bounds.records + u64::from(open.done && bounds.last_end < end);
                open.line += match bounds.jsonl {
                    true => bounds.lines,
                    false => memchr::memchr_iter(b'\n', &chunk.bytes).count() as u64,
                };
                return Ok(Some(chunk));
            }
            if filled > LONGEST {
                let file = open.file.shown.clone();
                return Err(CorpusError::TooLong { file, line: open.line, limit: LONGEST });
            }
        }
    }

    /// The next few text files.
    fn texts(&mut self) -> Result<Chunk, CorpusError> {
        let mut chunk = Chunk {
            format: Format::Text,
            file: self.files.peek().map_or(0, |file| file.number),
            names: Vec::new(),
            layout: Arc::default(),
            first_record: 1,
            first_line: 1,
            bytes: self.spare.take(),
            spare: Arc::clone(&self.spare),
            ends: Vec::new(),
            skipped: Vec::new(),
            finished: Vec::new(),
            stored: 0,
        };
        // What stands behind it is old.
        let mut filled = 0;
        while filled < self.corpus.settings.chunk_bytes && chunk.names.len() < TEXTS {
            let Some(file) = self.files.next_if(|file| file.format == Format::Text) else { break };
            let read = self.open_file(&file).and_then(|mut opened| {
                let end = opened.take_over(LONGEST + 1, &mut chunk.bytes, filled)?;
                if end - filled > LONGEST {
                    return Err(std::io::Error::other(format!("it has over {LONGEST} bytes, too many for an article")));
                }
                filled = end;
                self.stored += opened.stored();
                Ok(opened.finished(&file.shown))
            });
            match read {
                Ok(read) => chunk.finished.push(read),
                Err(e) if Stopped::is_in(&e) => return Err(CorpusError::Stopped),
                Err(e) => {
                    chunk.skipped.push(Skipped { place: file.shown.clone(), reason: format!("cannot be read: {e}") });
                    chunk.finished.push(FileRead::in_part(&file.shown));
                }
            }
            chunk.ends.push(filled);
            chunk.names.push(file.shown);
        }
        chunk.bytes.truncate(filled);
        chunk.stored = self.stored;
        Ok(chunk)
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
    /// How many lines of JSONL end; those of a table are not all looked at.
    lines: u64,
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
        Bounds { jsonl, delimiter, seen: 0, state: State::FieldStart, last_end: 0, records: 0, blank: true, lines: 0 }
    }

    fn advance(&mut self, bytes: &[u8]) {
        if self.jsonl {
            let mut from = self.last_end;
            for at in memchr::memchr_iter(b'\n', &bytes[self.seen..]) {
                let end = self.seen + at + 1;
                self.records += u64::from(!bytes[from..end].trim_ascii().is_empty());
                from = end;
                self.lines += 1;
            }
            self.last_end = from;
            self.seen = bytes.len();
            return;
        }
        let mut at = self.seen;
        while at < bytes.len() {
            // Nearly all of a table is inside its cells, where only this can matter.
            let rest = &bytes[at..];
            let next = match self.state {
                State::Quoted => memchr::memchr(b'"', rest),
                State::Unquoted => memchr::memchr3(self.delimiter, b'\n', b'\r', rest),
                State::FieldStart | State::AfterQuote => Some(0),
            };
            let Some(next) = next else { break };
            at += next;
            self.step(bytes[at], at);
            at += 1;
        }
        self.seen = bytes.len();
    }

    /// Goes over one byte of a table.
    fn step(&mut self, b: u8, at: usize) {
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
                self.last_end = at + 1;
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
}
