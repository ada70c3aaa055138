//! What a study asks, said before its numbers were seen: the question, the few paths it is about,
//! the search that found the articles, which paths mean one thing.
//!
//! A path is named as its lexicon names it; `lexicon:path` says which lexicon where several have
//! the path.

use std::collections::BTreeMap;

use framescope_core::lexicon::{LexiconSet, nearest};
use serde::Serialize;

/// More primary paths than this are no question but a search.
pub const MOST_PRIMARY: usize = 10;

/// What a study asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Study {
    /// The question in words.
    pub question: Option<String>,
    /// The paths and axes whose tests confirm or refute; all others explore. At most
    /// [`MOST_PRIMARY`].
    pub primary: Vec<String>,
    /// The search query that the corpus came from.
    pub query: Option<String>,
    /// Groups of paths that mean one thing, by name.
    pub constructs: BTreeMap<String, Vec<String>>,
    /// SHA-256 of the lexicon files as they were when the lexicons were frozen, in hexadecimal digits
    /// with or without `sha256:` before them. A lexicon whose file is not among them changed since.
    pub freeze: Vec<String>,
}

impl Study {
    /// Adds a construct written as `NAME=path,path`.
    ///
    /// # Errors
    /// If it is not written so, or the name was given before.
    pub fn add_construct(&mut self, typed: &str) -> Result<(), StudyError> {
        let malformed = || StudyError::Construct { typed: typed.to_owned() };
        let (name, paths) = typed.split_once('=').ok_or_else(malformed)?;
        let paths: Vec<String> =
            paths.split(',').map(str::trim).filter(|path| !path.is_empty()).map(str::to_owned).collect();
        let name = name.trim();
        if name.is_empty() || paths.is_empty() {
            return Err(malformed());
        }
        match self.constructs.insert(name.to_owned(), paths) {
            None => Ok(()),
            Some(_) => Err(StudyError::ConstructTwice { name: name.to_owned() }),
        }
    }

    /// Whether a path or axis of a lexicon is primary.
    pub fn is_primary(&self, lexicon: &str, path: &str) -> bool {
        self.primary.iter().any(|name| names(name, lexicon, path))
    }

    /// The constructs that a path of a lexicon belongs to.
    pub fn constructs_of<'a>(&'a self, lexicon: &'a str, path: &'a str) -> impl Iterator<Item = &'a str> {
        let holds = move |paths: &[String]| paths.iter().any(|name| names(name, lexicon, path));
        self.constructs.iter().filter(move |(_, paths)| holds(paths)).map(|(name, _)| name.as_str())
    }

    /// Whether a lexicon's file is one that was frozen; nothing where none was.
    pub fn is_frozen(&self, sha256: &str) -> Option<bool> {
        let bare = |hash: &str| hash.trim().trim_start_matches("sha256:").to_ascii_lowercase();
        (!self.freeze.is_empty()).then(|| self.freeze.iter().any(|known| bare(known) == bare(sha256)))
    }

    /// Checks that what was frozen are SHA-256 hashes: 64 hexadecimal digits each, with or without `sha256:` before them.
    ///
    /// # Errors
    /// With the first that is none.
    pub fn check_freeze(&self) -> Result<(), StudyError> {
        let is_hash = |typed: &&String| {
            let digits = typed.trim().trim_start_matches("sha256:");
            digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        match self.freeze.iter().find(|typed| !is_hash(typed)) {
            None => Ok(()),
            Some(typed) => Err(StudyError::Freeze { typed: typed.clone() }),
        }
    }

    /// Checks that what it names is there, and that its primary paths are few.
    ///
    /// # Errors
    /// With the first that is wrong.
    pub fn check(&self, set: &LexiconSet) -> Result<(), StudyError> {
        let known = set.lexicons().iter().flat_map(|lexicon| {
            let paths = lexicon.paths.iter().map(|path| path.id.as_str());
            let axes = lexicon.axes.iter().map(|axis| axis.id.as_str());
            paths.chain(axes).map(|id| (lexicon.about.id.as_str(), id))
        });
        self.check_among(&known.collect::<Vec<(&str, &str)>>())
    }

    /// The same, of the paths and axes of a stored table: lexicon and id of each.
    ///
    /// # Errors
    /// As for [`Self::check`].
    pub fn check_among(&self, known: &[(&str, &str)]) -> Result<(), StudyError> {
        if self.primary.len() > MOST_PRIMARY {
            return Err(StudyError::TooManyPrimary { number: self.primary.len() });
        }
        let primary = self.primary.iter().map(|path| ("--primary", path));
        let constructs = self.constructs.values().flatten().map(|path| ("--construct", path));
        for (option, name) in primary.chain(constructs) {
            if known.iter().any(|(lexicon, path)| names(name, lexicon, path)) {
                continue;
            }
            let path = name.split_once(':').map_or(name.as_str(), |(_, path)| path);
            let meant = nearest(path, known.iter().map(|(_, path)| *path)).map(str::to_owned);
            return Err(StudyError::UnknownPath { option, path: name.clone(), meant });
        }
        Ok(())
    }
}

/// Whether `name` means this path of this lexicon.
fn names(name: &str, lexicon: &str, path: &str) -> bool {
    match name.split_once(':') {
        Some((of, id)) => of == lexicon && id == path,
        None => name == path,
    }
}

/// What is wrong with what a study names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StudyError {
    /// No lexicon of the run has the path.
    #[error(
        "{option} {path}: no lexicon of this run has this path or axis{}",
        .meant.as_ref().map_or_else(|| "; `framescope lexicon show NAME` lists them".to_owned(),
                                    |meant| format!("; did you mean `{meant}`?"))
    )]
    UnknownPath {
        /// The option that names it.
        option: &'static str,
        /// The path.
        path: String,
        /// The path that was probably meant.
        meant: Option<String>,
    },
    /// Too many primary paths.
    #[error(
        "{number} primary paths, and at most {MOST_PRIMARY} make sense: name those the study is about; all others are \
         tested too, as exploratory"
    )]
    TooManyPrimary {
        /// How many there are.
        number: usize,
    },
    /// A construct that is not `NAME=path,path`.
    #[error("--construct {typed}: write NAME=path,path with the paths that mean one thing")]
    Construct {
        /// As typed.
        typed: String,
    },
    /// A hash that is none.
    #[error("--freeze {typed}: a SHA-256 has 64 hexadecimal digits; run.json of a run with the lexicon has it")]
    Freeze {
        /// As typed.
        typed: String,
    },
    /// Two constructs of one name.
    #[error("--construct {name}: this name was given before; put the paths of both behind one")]
    ConstructTwice {
        /// The name.
        name: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_construct_is_a_name_and_its_paths() {
        let mut study = Study::default();
        study.add_construct("captivity = captives.hostage, talks:captives.prisoner").unwrap();
        assert_eq!(study.constructs_of("talks", "captives.hostage").collect::<Vec<_>>(), ["captivity"]);
        assert_eq!(study.constructs_of("talks", "captives.prisoner").collect::<Vec<_>>(), ["captivity"]);
        assert_eq!(study.constructs_of("other", "captives.prisoner").count(), 0);
        for wrong in ["captivity", "=a", "x=", "x= ,", "captivity=b"] {
            assert!(study.add_construct(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_was_frozen_is_a_hash() {
        let with = |typed: &str| Study { freeze: vec![typed.to_owned()], ..Study::default() }.check_freeze();
        assert!(with(&"aB".repeat(32)).is_ok() && with(&format!("sha256:{}", "0".repeat(64))).is_ok());
        for wrong in ["abc", "", &"g".repeat(64), &"a".repeat(65)] {
            assert!(with(wrong).unwrap_err().to_string().contains("64 hexadecimal digits"), "{wrong}");
        }
    }

    #[test]
    fn a_frozen_lexicon_is_known_by_its_hash() {
        let mut study = Study::default();
        assert_eq!(study.is_frozen("ab"), None);
        study.freeze = vec!["sha256:AB".to_owned()];
        assert_eq!(study.is_frozen("ab"), Some(true));
        assert_eq!(study.is_frozen("cd"), Some(false));
    }

    #[test]
    fn what_it_names_must_be_there() {
        let source = "[[category]]\nid = \"threat\"\nterms = [\"threats\"]\n";
        let lexicon = framescope_core::lexicon::read(source, "mine.toml", &[], &|_| None).unwrap();
        let set = LexiconSet::new(vec![lexicon]);
        let study =
            |primary: &[&str]| Study { primary: primary.iter().map(|p| (*p).to_owned()).collect(), ..Study::default() };
        assert_eq!(study(&["threat", "mine:threat"]).check(&set), Ok(()));
        let error = study(&["thraet"]).check(&set).unwrap_err().to_string();
        assert!(error.ends_with("did you mean `threat`?"), "{error}");
        assert!(study(&["other:threat"]).check(&set).is_err());
        assert!(study(&["threat"; 11]).check(&set).is_err());
    }
}
