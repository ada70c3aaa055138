//! Files as UTF-8 bytes: decompressed, the mark at the start taken off, other encodings decoded.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use encoding_rs::{Decoder, Encoding, UTF_8};

use super::digest::{FileRead, Meter};

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
        let (start, mut filled) = (into.len(), into.len());
        // A usual chunk gets its room at once, a file of unknown length as it grows. (Read::read_to_end
        // would clear all of the room before each of its reads.)
        let first = if most <= CHUNK { most } else { SMALL };
        while filled < start + most {
            if filled == into.len() {
                let room = (filled - start).max(first).min(start + most - filled);
                into.resize(filled + room, 0);
            }
            match self.reader.read(&mut into[filled..]) {
                Ok(0) => break,
                Ok(got) => filled += got,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => {
                    into.truncate(filled);
                    return Err(e);
                }
            }
        }
        into.truncate(filled);
        Ok(filled - start)
    }

    /// Puts bytes back, to be read again.
    pub(super) fn put_back(&mut self, head: Vec<u8>) {
        let rest = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        self.reader = Box::new(io::Cursor::new(head).chain(rest));
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

/// Opens a file, or stdin for `-`. With `hash`, what is read of it is hashed on the way.
pub(super) fn open(path: &Path, encoding: Option<&'static Encoding>, hash: bool) -> io::Result<Opened> {
    let raw: Box<dyn Read + Send> =
        if path.as_os_str() == "-" { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    let (raw, meter) = Meter::on(raw, hash);
    let (reader, encoding) = decode(decompress(raw)?, encoding)?;
    Ok(Opened { reader, encoding, meter })
}

fn decompress(mut raw: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    let head = take(&mut raw, 4)?;
    let raw = io::Cursor::new(head.clone()).chain(raw);
    Ok(match head.as_slice() {
        [0x1F, 0x8B, ..] => Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(raw))),
        [0x28, 0xB5, 0x2F, 0xFD] => Box::new(zstd::stream::read::Decoder::new(raw)?),
        _ => Box::new(raw),
    })
}

/// The reader, and the encoding where it is not UTF-8, with whether it was guessed.
type Decoded = (Box<dyn Read + Send>, Option<(&'static Encoding, bool)>);

fn decode(mut raw: Box<dyn Read + Send>, asked: Option<&'static Encoding>) -> io::Result<Decoded> {
    let sample = take(&mut raw, SAMPLE)?;
    let (by_mark, mark_len) = match Encoding::for_bom(&sample) {
        Some((encoding, len)) => (Some(encoding), len),
        None => (None, 0),
    };
    let whole = sample.len() < SAMPLE;
    let is_utf8 = match std::str::from_utf8(&sample) {
        Ok(_) => true,
        // A sample may end inside a character.
        Err(e) => !whole && e.error_len().is_none() && e.valid_up_to() + 4 > sample.len(),
    };
    let (encoding, guessed) = match (by_mark, asked) {
        (Some(encoding), _) => (encoding, false),
        (None, Some(encoding)) => (encoding, false),
        (None, None) if is_utf8 => (UTF_8, false),
        // One bad record in a file of UTF-8 is a bad record, not another encoding.
        (None, None) if mostly_utf8(&sample) => (UTF_8, false),
        (None, None) => {
            let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(&sample, whole);
            (detector.guess(None, chardetng::Utf8Detection::Allow), true)
        }
    };
    let rest = io::Cursor::new(sample[mark_len..].to_vec()).chain(raw);
    Ok(if encoding == UTF_8 {
        (Box::new(rest), None)
    } else {
        let decoder = encoding.new_decoder_without_bom_handling();
        let reader = Decoding { raw: rest, decoder, input: Vec::new(), output: Vec::new(), at: 0, done: false };
        (Box::new(reader), Some((encoding, guessed)))
    })
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

fn take(raw: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    raw.take(most as u64).read_to_end(&mut head)?;
    Ok(head)
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
