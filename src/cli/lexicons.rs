//! The lexicons that -l names: shipped ones by name, others by path, each with its text.

use std::cell::RefCell;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use framescope_core::lexicon::{self, Lexicon, LexiconError, LexiconSet};

use super::failure::Failure;
use super::{heap, shipped};
use crate::output::{FileRecord, LexiconRecord};
use crate::pipeline::each_beside;

/// The text of a lexicon and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    /// As shown to people: the path as typed, or the name of a shipped one.
    pub(crate) name: String,
    /// The file, whole.
    pub(crate) text: String,
    /// The folder that names of other files in it are relative to; `None` for a shipped one.
    pub(crate) folder: Option<PathBuf>,
}

/// Finds a lexicon: a path if it holds a `/` or an ending, else the name of a shipped one.
/// `beside` is the folder that a relative path starts from.
///
/// # Errors
/// In words: what was looked for, where, and what was probably meant.
pub(crate) fn find(typed: &str, beside: Option<&Path>) -> Result<Source, String> {
    if !shipped::is_path(typed) {
        return match shipped::find(typed) {
            Some(found) => Ok(Source { name: typed.to_owned(), text: found.source.to_owned(), folder: None }),
            None => Err(unknown(typed, beside)),
        };
    }
    let path = beside.map_or_else(|| PathBuf::from(typed), |folder| folder.join(typed));
    let bytes = fs::read(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("there is no lexicon file {}", path.display()),
        _ => format!("cannot read the lexicon {}: {error}", path.display()),
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let line = 1 + error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count();
        format!("{}:{line}: the file is not UTF-8; save it as UTF-8 and try again", path.display())
    })?;
    let folder = Some(path.parent().map(Path::to_path_buf).unwrap_or_default());
    Ok(Source { name: path.display().to_string(), text, folder })
}

/// All that -l names.
///
/// # Errors
/// Usage, with the list of shipped lexicons where nothing was named.
pub(crate) fn find_all(typed: &[String]) -> Result<Vec<Source>, Failure> {
    if typed.is_empty() {
        return Err(Failure::Usage(format!(
            "which lexicon? Name one with -l; none is right for every corpus.\n{}",
            choices()
        )));
    }
    typed.iter().map(|name| find(name, None).map_err(Failure::Usage)).collect()
}

fn unknown(typed: &str, beside: Option<&Path>) -> String {
    let mut text = format!("there is no shipped lexicon `{typed}`");
    if let Some(name) = shipped::meant(typed, shipped::all().map(|s| s.name)) {
        text.push_str(&format!("; did you mean `{name}`?"));
        return text;
    }
    let file = beside.unwrap_or_else(|| Path::new("")).join(typed);
    let toml = file.with_extension("toml");
    if file.is_file() {
        text.push_str(&format!("; for the file write ./{typed}"));
    } else if toml.is_file() {
        text.push_str(&format!("; for the file write {}", toml.display()));
    } else {
        text.push_str(&format!(", and a path needs a `/` or an ending.\n{}", choices()));
    }
    text
}

/// The shipped lexicons, a line each, and the way to one's own.
fn choices() -> String {
    let mut text = String::from("Shipped lexicons:\n");
    for line in super::lexicon::list_lines() {
        text.push_str("  ");
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str("Or write your own: -l my.toml (begin with `framescope lexicon show NAME --source`)");
    text
}

/// Reads a lexicon and what it extends.
///
/// # Errors
/// All that is wrong in those files.
pub(crate) fn read(source: &Source) -> Result<Lexicon, Vec<LexiconError>> {
    read_recording(source).map(|(lexicon, _)| lexicon)
}

/// The same, with a record of every file that was read.
fn read_recording(source: &Source) -> Result<(Lexicon, Vec<FileRecord>), Vec<LexiconError>> {
    let known: Vec<&str> = shipped::all().map(|s| s.name).collect();
    let files = RefCell::new(vec![FileRecord::of_bytes(&source.name, source.text.as_bytes())]);
    let resolve = |wanted: &str| {
        let found = find(wanted, source.folder.as_deref()).ok()?;
        files.borrow_mut().push(FileRecord::of_bytes(&found.name, found.text.as_bytes()));
        Some((found.name, found.text))
    };
    let lexicon = lexicon::read(&source.text, &source.name, &known, &resolve)?;
    Ok((lexicon, files.into_inner()))
}

/// The lexicons of a run.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) set: LexiconSet,
    /// The record of each for the manifest.
    pub(crate) records: Vec<LexiconRecord>,
    /// Where each came from.
    pub(crate) sources: Vec<Source>,
}

/// Loads the lexicons of a run, several at once where there are threads for it.
///
/// # Errors
/// With all that is wrong in any of them, or if two have one id.
pub(crate) fn load(typed: &[String], threads: NonZeroUsize) -> Result<Loaded, Failure> {
    heap::ask_for_large_pages();
    let sources = find_all(typed)?;
    let mut lexicons: Vec<Lexicon> = Vec::new();
    let mut records: Vec<LexiconRecord> = Vec::new();
    let mut wrong = Vec::new();
    for (source, read) in sources.iter().zip(each_beside(threads, &sources, read_recording)) {
        match read {
            Ok((lexicon, files)) => {
                if let Some(first) = records.iter().find(|r| r.id == lexicon.about.id) {
                    let first = first.files.first().map_or("", |f| f.path.as_str());
                    return Err(Failure::Usage(format!(
                        "two lexicons have the id `{}`: {first} and {}; their columns could not be told apart, so \
                         name each once, or give one another id",
                        lexicon.about.id, source.name
                    )));
                }
                let (id, version) = (lexicon.about.id.clone(), lexicon.about.version.clone());
                records.push(LexiconRecord { id, version, files });
                lexicons.push(lexicon);
            }
            Err(errors) => wrong.extend(errors),
        }
    }
    match wrong.is_empty() {
        true => Ok(Loaded { set: LexiconSet::new(lexicons), records, sources }),
        false => Err(Failure::Lexicon(wrong)),
    }
}
