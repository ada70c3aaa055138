//! `framescope.toml`: the settings of a study in a file, so that the study is one command that
//! somebody else can repeat.
//!
//! A setting of the file is an option of the command line that was typed in another place. So
//! nothing is merged by hand: what the command takes and nobody typed is put before what was typed,
//! and all of it is read once more. Types, limits and conflicts are those of the command line, and a
//! command that is added later takes its settings from the file without knowing of it.

mod error;
mod keys;
mod options;
mod read;
mod show;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;

pub(crate) use error::ConfigError;
pub(crate) use show::run;

use super::failure::Failure;
use super::lexicons;
use crate::pipeline::available_threads;
use options::{Kind, Leaf};
use read::Setting;

/// The file's name.
const NAME: &str = "framescope.toml";

/// A file of settings.
#[derive(Debug)]
pub(crate) struct Config {
    /// Its path from the working directory, as people know it.
    shown: String,
    /// Its text.
    text: String,
    settings: Vec<Setting>,
}

/// What the command line becomes with the file.
pub(crate) struct Applied {
    /// All arguments, those of the file before those that were typed.
    pub(crate) arguments: Vec<OsString>,
    /// What people should know of it.
    pub(crate) note: String,
    /// What the file says and where, for what turns out to be wrong later.
    pub(crate) places: Vec<SaidAt>,
}

/// A value of the file, with its place.
#[derive(Debug, Clone)]
pub(crate) struct SaidAt {
    option: String,
    value: String,
    /// File, line, column and key, as people read them.
    place: String,
}

/// A message about what stands in the file, with its place. The command does not know that a value was not typed, so the
/// value is looked for in what is said of it: `--by "outlte"`, or the name in quotation marks.
pub(crate) fn with_place(message: &str, places: &[SaidAt]) -> String {
    // What was probably meant may be what another key says.
    let own = message.split("did you mean").next().unwrap_or(message);
    let is_named = |said: &&SaidAt| {
        let SaidAt { option, value, .. } = said;
        let names = [format!("{value:?}"), format!("`{value}`"), format!("--{option} {value}")];
        !value.is_empty() && names.iter().any(|name| own.contains(name.as_str()))
    };
    match places.iter().find(is_named) {
        Some(said) => format!("{message}; it is set in {}", said.place),
        None => message.to_owned(),
    }
}

/// Puts the settings of the file that holds here before what was typed. `matches` is what was
/// typed, as far as it could be read. Nothing where no file holds, or where the command reads no
/// corpus.
///
/// # Errors
/// All that is wrong in the file.
pub(crate) fn apply(
    typed: &[OsString],
    matches: &ArgMatches,
    command: &clap::Command,
) -> Result<Option<Applied>, Failure> {
    let Some(leaf) = Leaf::of(command, matches) else { return Ok(None) };
    let typed_of_leaf = leaf.matches;
    if typed_of_leaf.is_some_and(|typed| typed.get_flag("no_config")) {
        return Ok(None);
    }
    let named = typed_of_leaf.and_then(|typed| typed.get_one::<PathBuf>("config"));
    let Some(config) = find(named.map(PathBuf::as_path), command)? else { return Ok(None) };
    let taken = config.settings_for(&leaf);
    let mut wrong = Vec::new();
    let mut words: Vec<OsString> = Vec::new();
    for setting in &taken {
        match config.words(setting, &leaf) {
            Ok(own) => words.extend(own),
            Err(error) => wrong.push(error),
        }
    }
    if wrong.is_empty() {
        wrong.extend(config.unknown_paths(&taken, &leaf));
    }
    if !wrong.is_empty() {
        return Err(config.failure(wrong));
    }
    if named.is_none() {
        words.push(OsString::from(format!("--config={}", config.shown)));
    }
    // The program's name, then the names of the command and the command below it.
    let before = 1 + leaf.path.len();
    let mut arguments: Vec<OsString> = typed.iter().take(before).cloned().collect();
    arguments.extend(words);
    arguments.extend(typed.iter().skip(before).cloned());
    let keys: Vec<&str> = taken.iter().map(|setting| setting.key.as_str()).collect();
    let note = match keys.as_slice() {
        [] => format!("{} sets nothing that is not on the command line", config.shown),
        keys => format!("from {}: {} (--no-config leaves it out)", config.shown, keys.join(", ")),
    };
    let places =
        taken.iter().flat_map(|setting| setting.parts().map(|(value, span)| config.said_at(setting, value, span)));
    let places = places.collect();
    Ok(Some(Applied { arguments, note, places }))
}

/// The file that was named, or the nearest one.
fn find(named: Option<&Path>, command: &clap::Command) -> Result<Option<Config>, Failure> {
    let path = match named {
        Some(path) => path.to_owned(),
        None => match nearest_file() {
            Some(path) => path,
            None => return Ok(None),
        },
    };
    let shown = path.display().to_string();
    let bytes = std::fs::read(&path)
        .map_err(|error| Failure::Usage(format!("cannot read the settings in {shown}: {error}")))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::Usage(format!("{shown} is not UTF-8; save it as UTF-8 and try again")))?;
    let known = options::known(command);
    match read::read(&text, &shown, &known) {
        Ok(settings) => Ok(Some(Config { shown, text, settings })),
        Err(read::Wrong::NoToml(errors)) => Err(Failure::Lexicon(errors)),
        Err(read::Wrong::Settings(errors)) => Err(Failure::Config { file: shown, text, errors }),
    }
}

/// The first file on the way up, by a path from the working directory.
fn nearest_file() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let depth = here.ancestors().position(|folder| folder.join(NAME).is_file())?;
    let mut path: PathBuf = std::iter::repeat_n("..", depth).collect();
    path.push(NAME);
    Some(path)
}

impl Config {
    fn failure(&self, errors: Vec<ConfigError>) -> Failure {
        Failure::Config { file: self.shown.clone(), text: self.text.clone(), errors }
    }

    fn said_at(&self, setting: &Setting, value: &str, span: &std::ops::Range<usize>) -> SaidAt {
        let (line, column) = error::line_column(&self.text, span.start);
        SaidAt {
            option: setting.option.clone(),
            value: value.to_owned(),
            place: format!("{}:{line}:{column} ({})", self.shown, setting.key),
        }
    }

    /// The folder that its paths are relative to.
    fn folder(&self) -> &Path {
        Path::new(&self.shown).parent().unwrap_or(Path::new(""))
    }

    /// The settings that a command takes, that nobody typed, and that can stand beside what was typed. What is said for the command alone wins
    /// over what is said for all.
    fn settings_for<'c>(&'c self, leaf: &Leaf<'_>) -> Vec<&'c Setting> {
        let ours = |setting: &&Setting| setting.is_for(&leaf.path) && leaf.takes(&setting.option).is_some();
        let mut taken: Vec<&Setting> = Vec::new();
        for setting in self.settings.iter().filter(ours) {
            let options = setting.overridden_by();
            if options.iter().any(|option| leaf.was_typed(option)) || leaf.excludes(&setting.option) {
                continue;
            }
            match taken.iter_mut().find(|other| other.option == setting.option) {
                Some(other) if setting.command.is_some() => *other = setting,
                Some(_) => {}
                None => taken.push(setting),
            }
        }
        taken
    }

    /// A setting as it would be typed.
    fn words(&self, setting: &Setting, leaf: &Leaf<'_>) -> Result<Vec<OsString>, ConfigError> {
        let Some(option) = leaf.takes(&setting.option) else { return Ok(Vec::new()) };
        let words = setting.words(option, |path| self.below(path))?;
        // Each value by itself, so that what is wrong has a place.
        for (word, span) in words.iter().map(|(word, span)| (word, span)) {
            if let Some(problem) = leaf.refuses(word) {
                return Err(ConfigError::refused(&setting.key, problem, span.clone()));
            }
        }
        Ok(words.into_iter().map(|(word, _)| word).collect())
    }

    /// A path as it is from the working directory.
    fn below(&self, path: &str) -> String {
        if path == "-" || Path::new(path).is_absolute() {
            return path.to_owned();
        }
        let joined = self.folder().join(path).to_string_lossy().into_owned();
        // What looks like an option is none.
        if joined.starts_with('-') { format!("./{joined}") } else { joined }
    }

    /// The files, lexicons and paths of lexicons that it names and that are not there.
    fn unknown_paths(&self, taken: &[&Setting], leaf: &Leaf<'_>) -> Vec<ConfigError> {
        let mut wrong = Vec::new();
        for setting in taken {
            let Some(option) = leaf.takes(&setting.option) else { continue };
            for value in &setting.values {
                let problem = match (setting.option.as_str(), option.kind) {
                    ("lexicon", _) => lexicons::find(&value.text, Some(self.folder())).err(),
                    // What else is a path may be one that the command makes.
                    ("meta-file" | "boilerplate", _) | (_, Kind::Inputs) => self.missing(&value.text),
                    _ => None,
                };
                wrong.extend(problem.map(|problem| ConfigError::missing(problem, value.span.clone())));
            }
        }
        if wrong.is_empty() {
            wrong.extend(self.unknown_lexicon_paths(taken, leaf));
        }
        wrong
    }

    /// What is wrong with the name of a file or a pattern.
    fn missing(&self, path: &str) -> Option<String> {
        let full = self.below(path);
        if path == "-" || path.contains(['*', '?', '[', '{']) || Path::new(&full).exists() {
            return None;
        }
        let folder = Path::new(&full).parent().filter(|folder| !folder.as_os_str().is_empty());
        let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).ok();
        let names: Vec<String> =
            entries.into_iter().flatten().flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        let wanted = Path::new(path).file_name().unwrap_or_default().to_string_lossy();
        let meant = framescope_core::lexicon::nearest(&wanted, names.iter().map(String::as_str));
        let meant = meant.map(|meant| format!("; did you mean {meant}?")).unwrap_or_default();
        Some(format!("there is no file or folder {full}{meant}"))
    }

    /// Paths of `[study]` that no lexicon of the run has. A lexicon that cannot be read is told of by
    /// the command.
    fn unknown_lexicon_paths(&self, taken: &[&Setting], leaf: &Leaf<'_>) -> Vec<ConfigError> {
        let names_paths = |setting: &&&Setting| matches!(setting.option.as_str(), "primary" | "construct");
        let typed = leaf.matches.and_then(|typed| typed.try_get_many::<String>("lexicons").ok().flatten());
        let mut named: Vec<String> = typed.into_iter().flatten().cloned().collect();
        if named.is_empty() {
            let of_file = taken.iter().filter(|setting| setting.option == "lexicon");
            named.extend(of_file.flat_map(|setting| &setting.values).map(|value| self.lexicon(&value.text)));
        }
        let mut wrong = Vec::new();
        let studied: Vec<&&Setting> = taken.iter().filter(names_paths).collect();
        if studied.is_empty() || named.is_empty() {
            return wrong;
        }
        let Ok(loaded) = lexicons::load(&named, available_threads()) else { return wrong };
        for setting in studied {
            for value in &setting.values {
                let paths = value.text.split_once('=').map_or(value.text.as_str(), |(_, paths)| paths);
                for path in paths.split(',') {
                    let study = crate::compare::Study { primary: vec![path.to_owned()], ..Default::default() };
                    if let Err(crate::compare::StudyError::UnknownPath { path, meant, .. }) = study.check(&loaded.set) {
                        wrong.push(ConfigError::unknown_path(&path, meant.as_deref(), value.span_of(&path)));
                    }
                }
            }
        }
        wrong
    }

    /// A lexicon as it is named from the working directory.
    fn lexicon(&self, name: &str) -> String {
        if super::shipped::is_path(name) { self.below(name) } else { name.to_owned() }
    }
}

/// Whether a command shall say warnings and errors only.
pub(crate) fn is_quiet(matches: &ArgMatches) -> bool {
    match matches.subcommand() {
        Some((_, below)) => is_quiet(below),
        None => matches.try_get_one::<bool>("quiet").ok().flatten().copied().unwrap_or(false),
    }
}

/// Whether an argument was typed.
fn was_typed(matches: &ArgMatches, id: &str) -> bool {
    matches.try_contains_id(id).is_ok() && matches.value_source(id) == Some(ValueSource::CommandLine)
}
