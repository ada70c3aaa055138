//! The walk over the inputs, file by file, in an order that is always the same.
//!
//! A folder is walked when its turn comes and no list of files is kept, so that a folder of ten
//! million articles needs no more memory than its largest folder has names. Whoever wants to go
//! over the files again walks again.

use std::collections::HashSet;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::inputs::{Inputs, Root, format_of, shown};
use super::settings::Format;

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InputFile {
    /// Its number in the walk, from 0.
    pub(super) number: u32,
    /// Where it is; `-` is stdin.
    pub(super) path: PathBuf,
    /// Its name for people, and in ids.
    pub(super) shown: String,
    /// What it holds.
    pub(super) format: Format,
    /// Whether it can be opened again and is then the same: a pipe is not.
    pub(super) regular: bool,
}

/// Files in order; of each only the first time it comes.
pub(super) struct Walk {
    inputs: Arc<Inputs>,
    /// The root whose turn it is.
    root: usize,
    folder: Option<walkdir::IntoIter>,
    /// How many files the root gave.
    given: usize,
    number: u32,
    /// Files named outright so far: a folder walked later leaves them out.
    named: HashSet<PathBuf>,
    pub(super) passed: Passed,
    /// The pattern that no file matched, if there was one.
    pub(super) unmatched: Option<String>,
}

impl Walk {
    pub(super) fn new(inputs: Arc<Inputs>) -> Walk {
        Walk {
            inputs,
            root: 0,
            folder: None,
            given: 0,
            number: 0,
            named: HashSet::new(),
            passed: Passed::default(),
            unmatched: None,
        }
    }

    /// The next file of the folder or pattern that is walked.
    fn next_in_folder(&mut self) -> Option<(PathBuf, Format)> {
        let inputs = Arc::clone(&self.inputs);
        loop {
            let walker = self.folder.as_mut()?;
            let entry = walker.next()?;
            let Ok(entry) = entry else {
                self.passed.unreadable += 1;
                continue;
            };
            let is_folder = entry.file_type().is_dir();
            let root = &inputs.roots[self.root];
            let is_hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
            let hides = is_hidden && !root.wants_hidden();
            if is_folder {
                if hides {
                    self.passed.hidden += usize::from(root.is_folder());
                    walker.skip_current_dir();
                }
                continue;
            }
            if !root.matches(entry.path()) {
                continue;
            }
            if hides {
                self.passed.hidden += 1;
                continue;
            }
            if !entry.file_type().is_file() {
                self.passed.other += 1;
                continue;
            }
            if inputs.left_out.holds(&entry) {
                self.passed.ours += 1;
                continue;
            }
            let path = entry.into_path();
            let path = path.strip_prefix("./").map(Path::to_path_buf).unwrap_or(path);
            match inputs.format.or_else(|| format_of(&path)) {
                None => self.passed.other += 1,
                Some(format) if is_table_of_ours(&path, format) => self.passed.ours += 1,
                Some(format) if self.named.contains(&path) || self.was_walked(&path, format) => {}
                Some(format) => return Some((path, format)),
            }
        }
    }

    /// Whether an earlier folder or pattern gave this file.
    fn was_walked(&self, path: &Path, format: Format) -> bool {
        self.inputs.roots[..self.root].iter().any(|root| root.gives(path))
            && !self.inputs.left_out.is(path)
            && !is_table_of_ours(path, format)
    }

    fn file(&mut self, path: PathBuf, format: Format, regular: bool) -> InputFile {
        self.given += 1;
        self.number += 1;
        InputFile { number: self.number - 1, shown: shown(&path), path, format, regular }
    }
}

impl Iterator for Walk {
    type Item = InputFile;

    fn next(&mut self) -> Option<InputFile> {
        loop {
            let inputs = Arc::clone(&self.inputs);
            if self.folder.is_some() {
                if let Some((path, format)) = self.next_in_folder() {
                    return Some(self.file(path, format, true));
                }
                if let (0, Root::Glob { pattern, .. }) = (self.given, &inputs.roots[self.root]) {
                    self.unmatched.get_or_insert_with(|| pattern.clone());
                }
                self.folder = None;
                self.root += 1;
                continue;
            }
            self.given = 0;
            match inputs.roots.get(self.root)? {
                Root::File { path, format } => {
                    let again = !self.named.insert(path.clone()) || self.was_walked(path, *format);
                    self.root += 1;
                    if !again {
                        let regular = path.as_os_str() != "-" && path.is_file();
                        return Some(self.file(path.clone(), *format, regular));
                    }
                }
                Root::Folder(folder) => self.folder = Some(sorted(folder, usize::MAX)),
                Root::Glob { from, depth, .. } => self.folder = Some(sorted(from, *depth)),
            }
        }
    }
}

fn sorted(folder: &Path, depth: usize) -> walkdir::IntoIter {
    // Neighbours differ in their names alone, so whole paths stand in the order of names, which would have to be looked
    // for at every comparison.
    let by_name = |a: &walkdir::DirEntry, b: &walkdir::DirEntry| a.path().as_os_str().cmp(b.path().as_os_str());
    walkdir::WalkDir::new(folder).max_depth(depth).follow_links(true).sort_by(by_name).into_iter()
}

/// What a walk left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Passed {
    hidden: usize,
    ours: usize,
    other: usize,
    unreadable: usize,
}

impl Passed {
    fn all(&self) -> usize {
        self.hidden + self.ours + self.other + self.unreadable
    }

    /// What to say of it; `None` if nothing was left out.
    pub(super) fn note(&self) -> Option<String> {
        let parts = [
            (self.hidden, "hidden"),
            (self.ours, "of this or an earlier run"),
            (self.other, "of no known format"),
            (self.unreadable, "unreadable"),
        ];
        let parts: Vec<_> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        let files = if self.all() == 1 { "file" } else { "files" };
        (self.all() > 0).then(|| format!("passed over in folders: {} {files} ({})", self.all(), parts.join(", ")))
    }
}

/// Whether a table was written by an earlier run: its manifest and codebook stand beside it. Who
/// wants it read names it outright.
fn is_table_of_ours(path: &Path, format: Format) -> bool {
    path.as_os_str().as_encoded_bytes().ends_with(b".codebook.csv")
        || format != Format::Text
            && path.with_extension("run.json").is_file()
            && path.with_extension("codebook.csv").is_file()
}

/// Files that no walk gives: those that this run writes, and those that other options name.
#[derive(Debug, Default)]
pub(super) struct LeftOut(Vec<Identity>);

impl LeftOut {
    /// Files that do not exist yet cannot be met by a walk.
    pub(super) fn new<'a>(paths: impl IntoIterator<Item = &'a Path>) -> LeftOut {
        LeftOut(paths.into_iter().filter_map(Identity::of).collect())
    }

    fn holds(&self, entry: &walkdir::DirEntry) -> bool {
        #[cfg(unix)]
        {
            use walkdir::DirEntryExt as _;
            // Asking the system once a file costs more than the walk itself.
            let may_be = |known: &Identity| known.inode == entry.ino();
            if !entry.path_is_symlink() && !self.0.iter().any(may_be) {
                return false;
            }
        }
        self.is(entry.path())
    }

    fn is(&self, path: &Path) -> bool {
        !self.0.is_empty() && Identity::of(path).is_some_and(|identity| self.0.contains(&identity))
    }
}

/// What makes two names one file.
#[derive(Debug, PartialEq, Eq)]
#[cfg(unix)]
struct Identity {
    device: u64,
    inode: u64,
}

#[cfg(unix)]
impl Identity {
    fn of(path: &Path) -> Option<Identity> {
        use std::os::unix::fs::MetadataExt as _;
        let found = std::fs::metadata(path).ok().filter(Metadata::is_file)?;
        Some(Identity { device: found.dev(), inode: found.ino() })
    }
}

/// What makes two names one file.
#[derive(Debug, PartialEq, Eq)]
#[cfg(not(unix))]
struct Identity(PathBuf);

#[cfg(not(unix))]
impl Identity {
    fn of(path: &Path) -> Option<Identity> {
        let _is_file = std::fs::metadata(path).ok().filter(Metadata::is_file)?;
        path.canonicalize().ok().map(Identity)
    }
}
