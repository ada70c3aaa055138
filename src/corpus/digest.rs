//! Files hashed while they are read, so that nobody reads them twice.
//!
//! The hash is of the bytes as they are stored, before anything is decompressed or decoded: what
//! `sha256sum` says of the file.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

/// What was read so far of a file that somebody else holds the reader of.
#[derive(Debug, Clone, Default)]
pub(super) struct Meter(Arc<Mutex<Measured>>);

#[derive(Debug, Default)]
struct Measured {
    bytes: u64,
    /// `None` where nobody wants the hash.
    hasher: Option<Sha256>,
}

impl Meter {
    /// A reader that is measured, and what it is measured by.
    pub(super) fn on<R: Read + Send>(inner: R, hash: bool) -> (impl Read + Send + use<R>, Meter) {
        let hasher = hash.then(Sha256::new);
        let meter = Meter(Arc::new(Mutex::new(Measured { bytes: 0, hasher })));
        (Metered { inner, meter: meter.clone() }, meter)
    }

    /// How many bytes were read so far.
    pub(super) fn bytes(&self) -> u64 {
        self.lock().bytes
    }

    /// The bytes that were read, and their hash.
    pub(super) fn result(&self) -> (u64, Option<[u8; 32]>) {
        let mut measured = self.lock();
        (measured.bytes, measured.hasher.take().map(|hasher| hasher.finalize().into()))
    }

    /// The lock has one user at a time: a reader is read, and then its meter is asked.
    fn lock(&self) -> MutexGuard<'_, Measured> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Metered<R> {
    inner: R,
    meter: Meter,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(out)?;
        let mut measured = self.meter.lock();
        measured.bytes += n as u64;
        if let Some(hasher) = &mut measured.hasher {
            hasher.update(&out[..n]);
        }
        Ok(n)
    }
}

/// A file that was read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileRead {
    /// As people know it.
    pub name: String,
    /// Its size as it is stored; `None` if it was not read to its end.
    pub bytes: Option<u64>,
    /// The SHA-256 of its bytes as they are stored; `None` also where nobody wanted it.
    pub sha256: Option<[u8; 32]>,
    /// The encoding it was read in, where that was not UTF-8.
    pub encoding: Option<&'static str>,
    /// Whether the encoding was guessed.
    pub guessed: bool,
}

impl FileRead {
    /// A file that was not read to its end, because no more of it was wanted.
    pub fn in_part(name: impl Into<String>) -> FileRead {
        FileRead { name: name.into(), bytes: None, sha256: None, encoding: None, guessed: false }
    }
}
