//! Inputs as typed to files: folders walked, globs matched, our own outputs left out.

use std::path::{Path, PathBuf};

use super::error::CorpusError;
use super::settings::{Format, ReadSettings};

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InputFile {
    /// Where it is; `-` is stdin.
    pub path: PathBuf,
    /// Its name for people, and in ids.
    pub shown: String,
    /// What it holds.
    pub format: Format,
}

/// The files, and what was passed over.
pub(super) struct Inputs {
    pub(super) files: Vec<InputFile>,
    pub(super) notes: Vec<String>,
}

pub(super) fn expand(settings: &ReadSettings) -> Result<Inputs, CorpusError> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut passed = Passed::default();
    for input in &settings.inputs {
        let path = Path::new(input);
        if input == "-" {
            files.push(path.to_owned());
        } else if path.is_dir() {
            walk(path, settings, &mut files, &mut passed);
        } else if path.exists() {
            files.push(path.to_owned());
        } else if input.contains(['*', '?', '[', '{']) {
            glob(input, settings, &mut files, &mut passed)?;
        } else {
            return Err(CorpusError::Missing { path: input.clone(), near: near(path) });
        }
    }
    let mut seen = std::collections::HashSet::new();
    files.retain(|f| seen.insert(f.clone()));
    let mut inputs = Vec::with_capacity(files.len());
    for path in files {
        let shown = if path.as_os_str() == "-" { "stdin".to_owned() } else { slashes(&path) };
        let format = match settings.format.or_else(|| format_of(&path)) {
            Some(format) => format,
            None if path.as_os_str() == "-" => Format::Jsonl,
            None => return Err(CorpusError::Format { path: shown }),
        };
        inputs.push(InputFile { path, shown, format });
    }
    if inputs.is_empty() {
        let reason = if passed.any() { passed.note() } else { "there is no file to read".to_owned() };
        return Err(CorpusError::Empty { inputs: settings.inputs.join(", "), reason });
    }
    Ok(Inputs { files: inputs, notes: if passed.any() { vec![passed.note()] } else { Vec::new() } })
}

/// What a walk left out.
#[derive(Debug, Default)]
struct Passed {
    hidden: usize,
    outputs: usize,
    other: usize,
    unreadable: usize,
}

impl Passed {
    fn any(&self) -> bool {
        self.hidden + self.outputs + self.other + self.unreadable > 0
    }

    fn note(&self) -> String {
        let parts = [
            (self.hidden, "hidden"),
            (self.outputs, "written by framescope"),
            (self.other, "of no known format"),
            (self.unreadable, "unreadable"),
        ];
        let parts: Vec<_> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        format!(
            "passed over in folders: {} files ({})",
            self.hidden + self.outputs + self.other + self.unreadable,
            parts.join(", ")
        )
    }
}

fn walk(folder: &Path, settings: &ReadSettings, files: &mut Vec<PathBuf>, passed: &mut Passed) {
    let is_hidden = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().to_string_lossy().starts_with('.');
    let mut walker = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = walker.next() {
        let Ok(entry) = entry else {
            passed.unreadable += 1;
            continue;
        };
        if is_hidden(&entry) {
            passed.hidden += 1;
            if entry.file_type().is_dir() {
                walker.skip_current_dir();
            }
        } else if entry.file_type().is_file() {
            keep(entry.into_path(), settings, files, passed);
        }
    }
}

fn keep(path: PathBuf, settings: &ReadSettings, files: &mut Vec<PathBuf>, passed: &mut Passed) {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    // A table of an earlier run has its manifest beside it; who wants it read names it outright.
    let ours = name.ends_with(".codebook.csv")
        || name.ends_with(".run.json")
        || path.with_extension("run.json").is_file() && path.with_extension("codebook.csv").is_file();
    if ours || settings.outputs.iter().any(|o| same_file(o, &path)) {
        passed.outputs += 1;
    } else if settings.format.is_none() && format_of(&path).is_none() {
        passed.other += 1;
    } else {
        files.push(path);
    }
}

/// Whether two names mean one file.
pub(super) fn same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

fn glob(
    pattern: &str,
    settings: &ReadSettings,
    files: &mut Vec<PathBuf>,
    passed: &mut Passed,
) -> Result<(), CorpusError> {
    let bad = |e: globset::Error| CorpusError::Pattern { pattern: pattern.to_owned(), reason: e.kind().to_string() };
    let matcher = globset::GlobBuilder::new(pattern).literal_separator(true).build().map_err(bad)?.compile_matcher();
    // The walk begins at the last folder before the first wildcard.
    let fixed = pattern.find(['*', '?', '[', '{']).unwrap_or(0);
    let root = pattern[..fixed].rfind('/').map_or(".", |i| if i == 0 { "/" } else { &pattern[..i] });
    let before = files.len();
    for entry in walkdir::WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter().flatten() {
        let path = entry.path().strip_prefix("./").unwrap_or(entry.path());
        if entry.file_type().is_file() && matcher.is_match(path) {
            keep(path.to_owned(), settings, files, passed);
        }
    }
    if files.len() == before {
        return Err(CorpusError::Empty {
            inputs: pattern.to_owned(),
            reason: "no file matches the pattern".to_owned(),
        });
    }
    Ok(())
}

/// The format that an ending names, less one for compression.
pub(super) fn format_of(path: &Path) -> Option<Format> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    match uncompressed(&name).rsplit_once('.')?.1 {
        "csv" => Some(Format::Csv),
        "tsv" | "tab" => Some(Format::Tsv),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        "txt" | "md" | "text" => Some(Format::Text),
        _ => None,
    }
}

fn uncompressed(name: &str) -> &str {
    name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name)
}

/// Ids of text files: the path below the deepest folder common to all, `/` on every system,
/// without the ending.
pub(super) fn text_ids(files: &[InputFile]) -> Vec<String> {
    let parts: Vec<Vec<String>> = files.iter().map(|f| f.shown.split('/').map(str::to_owned).collect()).collect();
    let folders = |p: &Vec<String>| p[..p.len() - 1].to_vec();
    let mut common = parts.first().map(folders).unwrap_or_default();
    for other in parts.iter().map(folders) {
        let same = common.iter().zip(&other).take_while(|(a, b)| a == b).count();
        common.truncate(same);
    }
    parts
        .iter()
        .map(|p| {
            let below = p[common.len()..].join("/");
            let bare = uncompressed(&below);
            bare.rsplit_once('.')
                .map_or(bare, |(stem, ending)| if ending.contains('/') { bare } else { stem })
                .to_owned()
        })
        .collect()
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
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
        .map(|(_, n)| if folder == Path::new(".") { n } else { slashes(&folder.join(n)) })
}
