//! Inputs as typed: files, folders, globs and stdin, told apart; and the ids of text files.

use std::path::{Component, Path, PathBuf};

use super::error::CorpusError;
use super::settings::{Format, ReadSettings};
use super::walk::LeftOut;

/// The inputs, ready to be walked any number of times.
#[derive(Debug)]
pub(super) struct Inputs {
    pub(super) roots: Vec<Root>,
    /// The format of every file, if it was said.
    pub(super) format: Option<Format>,
    pub(super) left_out: LeftOut,
    /// The names of the deepest folder that is common to all inputs.
    common: Vec<String>,
}

/// One input.
#[derive(Debug)]
pub(super) enum Root {
    /// A file, or `-` for stdin.
    File { path: PathBuf, format: Format },
    /// A folder, walked whole.
    Folder(PathBuf),
    /// A pattern, and the last folder before its first wildcard.
    Glob { pattern: String, from: PathBuf, depth: usize, matcher: globset::GlobMatcher },
}

impl Root {
    /// Whether a walk of this folder or pattern gives this file, if it gives files of its format
    /// at all.
    pub(super) fn gives(&self, path: &Path) -> bool {
        match self {
            // A walk remembers the files that were named.
            Root::File { .. } => false,
            Root::Glob { from, .. } => self.matches(path) && (self.wants_hidden() || is_seen_below(path, from)),
            Root::Folder(folder) => is_seen_below(path, folder),
        }
    }

    /// Whether a file below the folder is one that was asked for.
    pub(super) fn matches(&self, path: &Path) -> bool {
        match self {
            Root::Glob { matcher, .. } => matcher.is_match(path.strip_prefix("./").unwrap_or(path)),
            _ => true,
        }
    }

    /// Whether dot files are asked for: as in a shell, where the pattern has the dot.
    pub(super) fn wants_hidden(&self) -> bool {
        // A folder above is none of them: `../news/*.csv`.
        let hides = |part: &str| part.starts_with('.') && part != "." && part != "..";
        matches!(self, Root::Glob { pattern, .. } if pattern.split('/').any(hides))
    }

    pub(super) fn is_folder(&self) -> bool {
        matches!(self, Root::Folder(_))
    }
}

/// Whether a path lies below a folder with no dot file or folder on the way.
fn is_seen_below(path: &Path, folder: &Path) -> bool {
    let below = match folder.as_os_str() == "." {
        true if path.is_relative() => Ok(path),
        _ => path.strip_prefix(folder),
    };
    below.is_ok_and(|below| below.components().all(|part| !part.as_os_str().as_encoded_bytes().starts_with(b".")))
}

impl Inputs {
    pub(super) fn resolve(settings: &ReadSettings) -> Result<Inputs, CorpusError> {
        let mut roots = Vec::with_capacity(settings.inputs.len());
        for input in &settings.inputs {
            let path = Path::new(input);
            let path = path.strip_prefix("./").ok().filter(|p| *p != Path::new("")).unwrap_or(path);
            let is_stdin = input == "-";
            roots.push(if path.is_dir() && !is_stdin {
                Root::Folder(path.to_owned())
            } else if is_stdin || path.exists() {
                let known = settings.format.or_else(|| format_of(path)).or(is_stdin.then_some(Format::Jsonl));
                let format = known.ok_or_else(|| CorpusError::Format { path: shown(path) })?;
                Root::File { path: path.to_owned(), format }
            } else if input.contains(WILDCARDS) {
                glob(input)?
            } else {
                return Err(CorpusError::Missing { path: input.clone(), near: near(path) });
            });
        }
        let common = common_folder(&roots);
        let left_out = LeftOut::new(settings.not_inputs.iter().map(PathBuf::as_path));
        Ok(Inputs { roots, format: settings.format, left_out, common })
    }

    /// The files that were named outright.
    pub(super) fn named(&self) -> impl Iterator<Item = &Path> {
        self.roots.iter().filter_map(|root| match root {
            Root::File { path, .. } => Some(path.as_path()),
            _ => None,
        })
    }

    /// The path of a file below the deepest folder common to all inputs, `/` on every system, without
    /// the ending. It is the id of a text file.
    pub(super) fn below_common<'a>(&self, shown: &'a str) -> &'a str {
        let mut below = shown;
        for name in &self.common {
            below = below.strip_prefix(name.as_str()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(below);
        }
        let bare = uncompressed(below);
        match bare.rsplit_once('.') {
            Some((stem, ending)) if !ending.contains('/') => stem,
            _ => bare,
        }
    }
}

const WILDCARDS: [char; 4] = ['*', '?', '[', '{'];

fn glob(pattern: &str) -> Result<Root, CorpusError> {
    let bad = |e: globset::Error| CorpusError::Pattern { pattern: pattern.to_owned(), reason: e.kind().to_string() };
    let bare = pattern.strip_prefix("./").unwrap_or(pattern);
    let matcher = globset::GlobBuilder::new(bare).literal_separator(true).build().map_err(bad)?.compile_matcher();
    let fixed = bare.find(WILDCARDS).unwrap_or(0);
    let from = bare[..fixed].rfind('/').map_or(".", |i| if i == 0 { "/" } else { &bare[..i] });
    // Without ** a pattern looks no deeper than it has slashes.
    let rest = &bare[if from == "." { 0 } else { from.len() }..];
    let depth = if rest.contains("**") { usize::MAX } else { rest.matches('/').count() + 1 };
    Ok(Root::Glob { pattern: pattern.to_owned(), from: PathBuf::from(from), depth, matcher })
}

/// The names of the deepest folder that is common to all inputs, stdin aside.
fn common_folder(roots: &[Root]) -> Vec<String> {
    let folders = roots.iter().filter_map(|root| match root {
        Root::File { path, .. } if path.as_os_str() == "-" => None,
        Root::File { path, .. } => Some(path.parent().unwrap_or(Path::new(""))),
        Root::Folder(folder) => Some(folder.as_path()),
        Root::Glob { from, .. } => Some(from.as_path()),
    });
    let names = |folder: &Path| -> Vec<String> {
        let text = shown(folder);
        text.split('/').filter(|name| *name != ".").map(str::to_owned).take_while(|_| !text.is_empty()).collect()
    };
    let mut folders = folders.map(names);
    let mut common = folders.next().unwrap_or_default();
    for other in folders {
        let same = common.iter().zip(&other).take_while(|(a, b)| a == b).count();
        common.truncate(same);
    }
    common
}

/// A path as people and ids know it: `/` on every system, nothing twice, no `./`.
pub(super) fn shown(path: &Path) -> String {
    if path.as_os_str() == "-" {
        return "stdin".to_owned();
    }
    let mut text = String::new();
    for part in path.components() {
        match part {
            Component::CurDir => continue,
            Component::RootDir => text.push('/'),
            _ => {
                if !text.is_empty() && !text.ends_with('/') {
                    text.push('/');
                }
                text.push_str(&part.as_os_str().to_string_lossy());
            }
        }
    }
    text
}

/// The format that an ending names, less one for compression.
pub(super) fn format_of(path: &Path) -> Option<Format> {
    let mut parts = path.file_name()?.as_encoded_bytes().rsplit(|b| *b == b'.');
    let is = |ending: &[u8], known: &[&str]| known.iter().any(|known| ending.eq_ignore_ascii_case(known.as_bytes()));
    let ending = parts.next().filter(|last| !is(last, &COMPRESSED)).or_else(|| parts.next())?;
    // What nothing stands before is the name itself.
    parts.next()?;
    let formats: [(Format, &[&str]); 4] = [
        (Format::Csv, &["csv"]),
        (Format::Tsv, &["tsv", "tab"]),
        (Format::Jsonl, &["jsonl", "ndjson"]),
        (Format::Text, &["txt", "md", "text"]),
    ];
    formats.into_iter().find(|(_, known)| is(ending, known)).map(|(format, _)| format)
}

/// The endings of compressed files.
const COMPRESSED: [&str; 2] = ["gz", "zst"];

fn uncompressed(name: &str) -> &str {
    name.rsplit_once('.').filter(|(_, ending)| COMPRESSED.contains(ending)).map_or(name, |(bare, _)| bare)
}

/// A name in the same folder that is much like the missing one.
fn near(path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_string_lossy().to_lowercase();
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let names = std::fs::read_dir(folder).ok()?.flatten().map(|e| e.file_name().to_string_lossy().into_owned());
    let distance = |name: &String| strsim::levenshtein(&wanted, &name.to_lowercase());
    names
        .map(|n| (distance(&n), n))
        .filter(|(d, _)| *d <= 2.max(wanted.len() / 4))
        .min()
        .map(|(_, n)| if folder == Path::new(".") { n } else { shown(&folder.join(n)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_named_by_the_last_ending() {
        for (name, format) in [
            ("a.csv", Some(Format::Csv)),
            ("A.CSV.GZ", Some(Format::Csv)),
            ("a.tsv", Some(Format::Tsv)),
            ("a.tab.zst", Some(Format::Tsv)),
            ("news/a.jsonl", Some(Format::Jsonl)),
            ("a.ndjson", Some(Format::Jsonl)),
            ("a.csv.txt", Some(Format::Text)),
            (".txt", Some(Format::Text)),
            ("a.md.gz", Some(Format::Text)),
            ("a.text", Some(Format::Text)),
            ("txt", None),
            ("txt.gz", None),
            ("a.gz", None),
            ("a.csv.gz.zst", None),
            ("a.pdf", None),
            ("a.txt/b", None),
            ("..", None),
        ] {
            assert_eq!(format_of(Path::new(name)), format, "{name}");
        }
    }
}
