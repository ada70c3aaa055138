//! Inputs that may have nothing to give for long: a terminal at which nobody types, a pipe whose writer is silent.
//!
//! A read that waits for such an input goes on waiting through a signal, because the system starts it again. So before each
//! read we wait ourselves, for the input and for a pipe into which the signal writes, and take whichever comes. That is a
//! question to the system for each read, which is little beside a read of a pipe's 64 KiB.

use std::fs::File;
use std::io::{self, PipeReader, Read};
use std::path::Path;
use std::sync::Arc;

/// Opens a file, or standard input for `-`. With `stop`, reads of it fail with [`Stopped`] once that pipe holds something;
/// not so on Windows, where nothing waits for both.
pub(super) fn open(path: &Path, stop: Option<&Arc<PipeReader>>) -> io::Result<Box<dyn Read + Send>> {
    let is_stdin = path.as_os_str() == "-";
    #[cfg(unix)]
    if let Some(stop) = stop {
        let file = if is_stdin { standard_input()? } else { File::open(path)? };
        return Ok(Box::new(Waiting { file, stop: Arc::clone(stop) }));
    }
    #[cfg(not(unix))]
    let _nobody_waits = stop;
    Ok(if is_stdin { Box::new(io::stdin()) } else { Box::new(File::open(path)?) })
}

/// Standard input without the room of its own that [`io::stdin`] has: what is in there the system would not tell of.
#[cfg(unix)]
fn standard_input() -> io::Result<File> {
    use std::os::fd::AsFd as _;
    Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
}

/// The run was asked to stop while it waited for more of an input.
#[derive(Debug, thiserror::Error)]
#[error("stopped")]
#[cfg_attr(not(unix), allow(dead_code, reason = "no wait ends there"))]
pub(super) struct Stopped;

impl Stopped {
    /// Whether that is why a read failed. Decoders hand on the errors of what they read from.
    pub(super) fn is_in(error: &io::Error) -> bool {
        error.get_ref().is_some_and(|inner| inner.is::<Stopped>())
    }
}

/// A file and what ends the wait for it.
#[cfg(unix)]
struct Waiting {
    file: File,
    stop: Arc<PipeReader>,
}

#[cfg(unix)]
impl Read for Waiting {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.wait()?;
        self.file.read(out)
    }
}

#[cfg(unix)]
impl Waiting {
    /// Waits until there is something to read, or an end, or the run is to stop.
    fn wait(&self) -> io::Result<()> {
        use rustix::event::{PollFd, PollFlags, poll};
        let mut both = [PollFd::new(&self.file, PollFlags::IN), PollFd::new(&*self.stop, PollFlags::IN)];
        loop {
            match poll(&mut both, None) {
                // What cannot be waited for (a terminal by its name on macOS) is told at once, and the read waits as ever.
                Ok(_) if both[1].revents().is_empty() => return Ok(()),
                Ok(_) => return Err(io::Error::other(Stopped)),
                // A signal of another kind, or ours, which is in the pipe then.
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// One end of a pipe as an input, with what ends the wait for it.
    fn waiting() -> (Waiting, io::PipeWriter, io::PipeWriter) {
        let (input, writer) = io::pipe().unwrap();
        let (stop, ring) = io::pipe().unwrap();
        let file = File::from(std::os::fd::OwnedFd::from(input));
        (Waiting { file, stop: Arc::new(stop) }, writer, ring)
    }

    #[test]
    fn what_is_there_is_read_and_so_is_the_end() {
        let (mut waiting, mut writer, _ring) = waiting();
        writer.write_all(b"some").unwrap();
        let mut out = [0; 8];
        assert_eq!(waiting.read(&mut out).unwrap(), 4);
        drop(writer);
        assert_eq!(waiting.read(&mut out).unwrap(), 0);
    }

    #[test]
    fn no_read_waits_or_gives_anything_once_the_run_is_to_stop() {
        let (mut waiting, mut writer, mut ring) = waiting();
        ring.write_all(b"x").unwrap();
        for more in ["", "some"] {
            writer.write_all(more.as_bytes()).unwrap();
            let error = waiting.read(&mut [0; 8]).unwrap_err();
            assert!(Stopped::is_in(&error), "{error}");
        }
    }

    #[test]
    fn decoders_hand_on_why_a_read_failed() {
        let of_gzip = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 0];
        let of_zstd = [0x28, 0xB5, 0x2F, 0xFD, 0, 0x58];
        for so_far in [&of_gzip[..4], &of_gzip, &of_zstd] {
            let (mut waiting, mut writer, mut ring) = waiting();
            writer.write_all(so_far).unwrap();
            let mut head = vec![0; so_far.len()];
            waiting.read_exact(&mut head).unwrap();
            ring.write_all(b"x").unwrap();
            let raw = io::BufReader::new(io::Cursor::new(head).chain(waiting));
            let mut decoder: Box<dyn Read> = match so_far[0] {
                0x1F => Box::new(flate2::read::MultiGzDecoder::new(raw)),
                _ => Box::new(zstd::stream::read::Decoder::new(raw).unwrap()),
            };
            let error = decoder.read_to_end(&mut Vec::new()).unwrap_err();
            assert!(Stopped::is_in(&error), "{so_far:?}: {error:?}");
        }
    }
}
