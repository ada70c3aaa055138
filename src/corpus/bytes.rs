//! Files as UTF-8 bytes: decompressed, the mark at the start taken off, other encodings decoded.

use std::io::{self, BufReader, PipeReader, Read};
use std::path::Path;
use std::sync::Arc;

use encoding_rs::{Decoder, Encoding, UTF_8};

use super::digest::{FileRead, Meter};
use super::waiting;

/// How much of a file decides its encoding.
const SAMPLE: usize = 1 << 20;
/// What is asked for of a table at a time, at most.
const CHUNK: usize = 1 << 22;
/// Room for a file that may be small.
const SMALL: usize = 1 << 14;

/// A file that is open and ready to be cut.
pub(super) struct Opened {
    pub(super) reader: Box<dyn Read + Send>,
    /// The encoding, where it was not UTF-8; and whether it was guessed.
    pub(super) encoding: Option<(&'static Encoding, bool)>,
    meter: Meter,
}

impl Opened {
    /// Takes the next bytes, at most so many.
    pub(super) fn take(&mut self, most: usize, into: &mut Vec<u8>) -> io::Result<usize> {
        let start = into.len();
        let filled = fill(&mut self.reader, most, first_room(most), into, start);
        into.truncate(*filled.as_ref().unwrap_or(&start));
        Ok(filled? - start)
    }

    /// Takes the next bytes, at most so many, to where `filled` of `into` ends, and says where it ends now. What stood
    /// behind it is written over, and may still stand behind what was taken.
    pub(super) fn take_over(&mut self, most: usize, into: &mut Vec<u8>, filled: usize) -> io::Result<usize> {
        fill(&mut self.reader, most, first_room(most), into, filled)
    }

    /// Puts bytes back, to be read again.
    pub(super) fn put_back(&mut self, head: Vec<u8>) {
        let rest = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        self.reader = Box::new(io::Cursor::new(head).chain(rest));
    }

    /// How many bytes of it, as it is stored, were read.
    pub(super) fn stored(&self) -> u64 {
        self.meter.bytes()
    }

    /// The file, now that it was read to its end.
    pub(super) fn finished(&self, name: &str) -> FileRead {
        let (bytes, sha256) = self.meter.result();
        FileRead {
            name: name.to_owned(),
            bytes: Some(bytes),
            sha256,
            encoding: self.encoding.map(|(encoding, _)| encoding.name()),
            guessed: self.encoding.is_some_and(|(_, guessed)| guessed),
        }
    }
}

/// Opens a file, or stdin for `-`. With `hash`, what is read of it is hashed on the way; a wait for more of it ends
/// when `stop` holds something.
pub(super) fn open(
    path: &Path,
    encoding: Option<&'static Encoding>,
    hash: bool,
    stop: Option<&Arc<PipeReader>>,
) -> io::Result<Opened> {
    let raw = waiting::open(path, stop)?;
    let (raw, meter) = Meter::on(raw, hash);
    let (reader, encoding) = decode(decompress(Box::new(raw))?, encoding);
    Ok(Opened { reader, encoding, meter })
}

/// A usual chunk gets its room at once, a file of unknown length as it grows.
fn first_room(most: usize) -> usize {
    if most <= CHUNK { most } else { SMALL }
}

/// Writes the next bytes of a reader, at most so many, from `start` on, and says where they end; fewer only at the end of
/// the reader. Where there is no room, it is made for `first` bytes, and then doubled. (`Read::read_to_end` would clear
/// all of the room before each of its reads.)
fn fill(reader: &mut impl Read, most: usize, first: usize, into: &mut Vec<u8>, start: usize) -> io::Result<usize> {
    let mut filled = start;
    while filled < start + most {
        if filled == into.len() {
            let room = (filled - start).max(first).min(start + most - filled);
            into.resize(filled + room, 0);
        }
        let end = into.len().min(start + most);
        match reader.read(&mut into[filled..end]) {
            Ok(0) => break,
            Ok(got) => filled += got,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(filled)
}

/// The start of a file, up to [`SAMPLE`] bytes, and what is behind it, if anything is.
struct Begun {
    head: Vec<u8>,
    /// `None`: the head is all there is. A small file is not asked again whether it has ended.
    rest: Option<Box<dyn Read + Send>>,
}

impl Begun {
    fn new(raw: Box<dyn Read + Send>) -> Begun {
        Begun { head: Vec::new(), rest: Some(raw) }
    }

    /// With a head of so many bytes, or all of them.
    fn up_to(mut self, bytes: usize) -> io::Result<Begun> {
        if let Some(rest) = &mut self.rest {
            let wanted = bytes - self.head.len();
            let start = self.head.len();
            let filled = fill(rest, wanted, SMALL, &mut self.head, start)?;
            self.head.truncate(filled);
            if filled - start < wanted {
                self.rest = None;
            }
        }
        Ok(self)
    }

    /// All of it, but for so many bytes at the start.
    fn reader(self, from: usize) -> Box<dyn Read + Send> {
        let mut head = io::Cursor::new(self.head);
        head.set_position(from as u64);
        match self.rest {
            Some(rest) => Box::new(head.chain(rest)),
            None => Box::new(head),
        }
    }
}

fn decompress(raw: Box<dyn Read + Send>) -> io::Result<Begun> {
    // A little first: of a compressed file no more is read ahead than a sample of its text takes, or
    // progress would begin at the end of a small one.
    let begun = Begun::new(raw).up_to(SMALL)?;
    let begun = match begun.head.as_slice() {
        [0x1F, 0x8B, ..] => Begun::new(Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(begun.reader(0))))),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Begun::new(Box::new(zstd::stream::read::Decoder::new(begun.reader(0))?)),
        _ => begun,
    };
    begun.up_to(SAMPLE)
}

/// The reader, and the encoding where it is not UTF-8, with whether it was guessed.
type Decoded = (Box<dyn Read + Send>, Option<(&'static Encoding, bool)>);

fn decode(begun: Begun, asked: Option<&'static Encoding>) -> Decoded {
    let sample = begun.head.as_slice();
    let (by_mark, mark_len) = match Encoding::for_bom(sample) {
        Some((encoding, len)) => (Some(encoding), len),
        None => (None, 0),
    };
    let whole = begun.rest.is_none();
    let is_utf8 = || match simdutf8::compat::from_utf8(sample) {
        Ok(_) => true,
        // A sample may end inside a character.
        Err(e) => !whole && e.error_len().is_none() && e.valid_up_to() + 4 > sample.len(),
    };
    let (encoding, guessed) = match (by_mark, asked) {
        (Some(encoding), _) => (encoding, false),
        (None, Some(encoding)) => (encoding, false),
        (None, None) if is_utf8() => (UTF_8, false),
        // One bad record in a file of UTF-8 is a bad record, not another encoding.
        (None, None) if mostly_utf8(sample) => (UTF_8, false),
        (None, None) => {
            let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(sample, whole);
            (detector.guess(None, chardetng::Utf8Detection::Allow), true)
        }
    };
    let rest = begun.reader(mark_len);
    if encoding == UTF_8 {
        return (rest, None);
    }
    let decoder = encoding.new_decoder_without_bom_handling();
    let reader = Decoding { raw: rest, decoder, input: Vec::new(), output: Vec::new(), at: 0, done: false };
    (Box::new(reader), Some((encoding, guessed)))
}

/// Whether a text has characters beyond ASCII in valid UTF-8, and more of them than bad bytes.
fn mostly_utf8(sample: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

/// Another encoding, read as UTF-8.
struct Decoding<R> {
    raw: R,
    decoder: Decoder,
    input: Vec<u8>,
    output: Vec<u8>,
    at: usize,
    done: bool,
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at == self.output.len() && !self.done {
            self.input.resize(1 << 16, 0);
            let got = self.raw.read(&mut self.input)?;
            self.done = got == 0;
            self.output.clear();
            self.at = 0;
            let room = self.decoder.max_utf8_buffer_length(got).unwrap_or(1 << 18);
            self.output.resize(room, 0);
            let (_, _, written, _) = self.decoder.decode_to_utf8(&self.input[..got], &mut self.output, self.done);
            self.output.truncate(written);
        }
        let n = out.len().min(self.output.len() - self.at);
        out[..n].copy_from_slice(&self.output[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
