//! Files that appear whole or not at all.
//!
//! A regular file is written beside its target under a hidden name, flushed to the disk and then
//! renamed over it; whatever ends the run before that leaves the old file as it was. A pipe or a
//! device cannot be replaced and is written straight.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::OutputError;

/// A file being written. Dropped without [`commit`](OutputFile::commit) it leaves nothing behind.
#[derive(Debug)]
pub struct OutputFile {
    /// The target as it was given, for messages.
    path: PathBuf,
    way: Way,
}

#[derive(Debug)]
enum Way {
    /// Beside the target, which is this.
    Beside(NamedTempFile, PathBuf),
    /// A pipe or a device.
    Straight(File),
    /// `/dev/stdout`: opening it anew would write over what a shell's `>>` wants appended.
    Stdout(io::Stdout),
}

impl OutputFile {
    /// Opens a target for writing; `inputs` are the files that must not be written over.
    ///
    /// # Errors
    /// If the folder does not exist or may not be written to, if the target is a folder, may not
    /// be written, or is one of the inputs (under whatever name).
    pub fn create(path: &Path, inputs: &[PathBuf]) -> Result<OutputFile, OutputError> {
        let way = match fs::metadata(path) {
            _ if path == Path::new("/dev/stdout") => Way::Stdout(io::stdout()),
            Ok(found) if found.is_dir() => {
                return Err(OutputError::IsFolder { path: path.to_owned() });
            }
            Ok(found) if !found.is_file() => Way::Straight(open(path)?),
            Ok(found) => {
                refuse_input(path, inputs)?;
                // Renaming needs no permission on the target itself: a file that was made
                // read-only would be replaced all the same.
                drop(open(path)?);
                let target = fs::canonicalize(path).map_err(|e| not_writable(path, e))?;
                Way::Beside(beside(path, &target, Some(&found))?, target)
            }
            Err(_) => {
                let target = dangling(path);
                Way::Beside(beside(path, &target, None)?, target)
            }
        };
        Ok(OutputFile { path: path.to_owned(), way })
    }

    /// The target as it was given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Flushes to the disk and puts the file in its place.
    ///
    /// # Errors
    /// If the system cannot write all of it. The target is then as it was before.
    pub fn commit(self) -> Result<(), OutputError> {
        let failed = |source| OutputError::Write { to: self.path.display().to_string(), source };
        match self.way {
            Way::Beside(file, target) => {
                // Some network file systems cannot; the rename then has to do.
                match file.as_file().sync_all() {
                    Err(e) if !cannot_sync(&e) => return Err(failed(e)),
                    _ => {}
                }
                file.persist(target).map_err(|e| failed(e.error))?;
                Ok(())
            }
            Way::Straight(mut file) => file.flush().map_err(failed),
            Way::Stdout(mut stdout) => stdout.flush().map_err(failed),
        }
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.way {
            Way::Beside(file, _) => file.write(bytes),
            Way::Straight(file) => file.write(bytes),
            Way::Stdout(stdout) => stdout.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.way {
            Way::Beside(file, _) => file.flush(),
            Way::Straight(file) => file.flush(),
            Way::Stdout(stdout) => stdout.flush(),
        }
    }
}

/// Opens what exists, without emptying it.
fn open(path: &Path) -> Result<File, OutputError> {
    OpenOptions::new().write(true).open(path).map_err(|e| not_writable(path, e))
}

fn not_writable(path: &Path, source: io::Error) -> OutputError {
    OutputError::NotWritable { path: path.to_owned(), source }
}

/// What the system said, without the hidden name that nobody typed.
fn without_path(error: io::Error) -> io::Error {
    match error.to_string().split_once(" at path ") {
        Some((said, _)) => io::Error::new(error.kind(), said),
        None => error,
    }
}

/// Where a target that does not exist will stand: what a dangling link points to, or itself.
fn dangling(path: &Path) -> PathBuf {
    match fs::read_link(path) {
        Ok(link) => folder_of(path).join(link),
        Err(_) => path.to_owned(),
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// A hidden file beside the target, with the permissions that the target has or would have.
fn beside(path: &Path, target: &Path, found: Option<&Metadata>) -> Result<NamedTempFile, OutputError> {
    let folder = folder_of(target);
    if folder.exists() && !folder.is_dir() {
        return Err(OutputError::FileAsFolder { path: path.to_owned(), folder: folder.to_owned() });
    }
    if !folder.is_dir() {
        return Err(OutputError::NoFolder { path: path.to_owned(), folder: folder.to_owned() });
    }
    let mut prefix = std::ffi::OsString::from(".");
    prefix.push(target.file_name().unwrap_or_default());
    prefix.push(".");
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder).map_err(|e| not_writable(path, without_path(e)))?;
    if let Some(found) = found {
        // A target whose permissions cannot be kept is written with ours: no reason to fail.
        let _ = file.as_file().set_permissions(found.permissions());
    }
    Ok(file)
}

fn cannot_sync(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported)
}

/// Refuses a target that is one of the inputs, whatever names and links lead there.
fn refuse_input(path: &Path, inputs: &[PathBuf]) -> Result<(), OutputError> {
    match inputs.iter().find(|input| is_same_file(path, input)) {
        None => Ok(()),
        Some(input) => Err(OutputError::IsInput { path: path.to_owned(), input: input.clone() }),
    }
}

/// Whether two names lead to one file, hard links included.
fn is_same_file(a: &Path, b: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if let (Ok(a), Ok(b)) = (fs::metadata(a), fs::metadata(b)) {
            return (a.dev(), a.ino()) == (b.dev(), b.ino());
        }
    }
    match (fs::canonicalize(a), fs::canonicalize(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_appears_on_commit_and_not_before() {
        let folder = folder();
        let path = folder.path().join("scores.csv");
        let mut file = OutputFile::create(&path, &[]).unwrap();
        file.write_all(b"new").unwrap();
        assert!(!path.exists());
        assert!(names(folder.path())[0].starts_with(".scores.csv."));
        file.commit().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["scores.csv"]);
    }

    #[test]
    fn a_file_that_is_dropped_leaves_the_old_one_and_nothing_else() {
        let folder = folder();
        let path = folder.path().join("scores.csv");
        fs::write(&path, "old").unwrap();
        let mut file = OutputFile::create(&path, &[]).unwrap();
        file.write_all(b"new").unwrap();
        drop(file);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(names(folder.path()), ["scores.csv"]);
    }

    #[test]
    fn a_folder_that_does_not_exist_is_named() {
        let folder = folder();
        let path = folder.path().join("no/scores.csv");
        let error = OutputFile::create(&path, &[]).unwrap_err();
        assert!(matches!(error, OutputError::NoFolder { .. }));
        assert!(error.to_string().contains("mkdir -p"), "{error}");
    }

    #[test]
    fn a_file_is_no_folder() {
        let folder = folder();
        fs::write(folder.path().join("news.csv"), "").unwrap();
        let error = OutputFile::create(&folder.path().join("news.csv/scores.csv"), &[]).unwrap_err();
        assert!(matches!(error, OutputError::FileAsFolder { .. }), "{error}");
    }

    #[test]
    fn a_folder_is_no_file() {
        let folder = folder();
        let error = OutputFile::create(folder.path(), &[]).unwrap_err();
        assert!(matches!(error, OutputError::IsFolder { .. }));
    }

    #[cfg(unix)]
    #[test]
    fn an_input_is_refused_under_any_name() {
        let folder = folder();
        let input = folder.path().join("news.csv");
        fs::write(&input, "id,text\n").unwrap();
        let link = folder.path().join("link.csv");
        std::os::unix::fs::symlink(&input, &link).unwrap();
        let hard = folder.path().join("hard.csv");
        fs::hard_link(&input, &hard).unwrap();
        let roundabout = folder.path().join("./news.csv");
        for path in [&input, &link, &hard, &roundabout] {
            let error = OutputFile::create(path, std::slice::from_ref(&input)).unwrap_err();
            assert!(matches!(error, OutputError::IsInput { .. }), "{error}");
        }
        assert_eq!(fs::read(&input).unwrap(), b"id,text\n");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_permissions_stay_as_they_were() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder();
        let real = folder.path().join("real.csv");
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        let dangling = folder.path().join("later.csv");
        for (link, target) in [("link.csv", &real), ("dangling.csv", &dangling)] {
            let link = folder.path().join(link);
            std::os::unix::fs::symlink(target.file_name().unwrap(), &link).unwrap();
            let mut file = OutputFile::create(&link, &[]).unwrap();
            file.write_all(b"new").unwrap();
            file.commit().unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(fs::read(target).unwrap(), b"new");
        }
        let mode = fs::metadata(&real).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_device_says_so() {
        let mut file = OutputFile::create(Path::new("/dev/full"), &[]).unwrap();
        let error = file.write_all(b"x").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    }
}
