//! Arguments about the study: what was asked before the numbers were seen.

use clap::Args;

use crate::compare::{Study, StudyError};

/// What a study asks. A `framescope.toml` says the same under `[study]`.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct StudyArgs {
    /// The question of the study, in words
    #[arg(long, value_name = "TEXT", help_heading = "Study")]
    pub(crate) question: Option<String>,

    /// The paths that the study is about, at most 10: their tests confirm, all others explore
    #[arg(long, value_name = "PATH,...", value_delimiter = ',', help_heading = "Study")]
    pub(crate) primary: Vec<String>,

    /// Paths that mean one thing, as NAME=path,path; may repeat
    #[arg(long, value_name = "NAME=PATH,...", help_heading = "Study")]
    pub(crate) construct: Vec<String>,

    /// The search query that the corpus came from
    ///
    /// Where a term of it is an entry of the lexicon, every article was chosen for that entry, and
    /// that is said.
    #[arg(long, value_name = "QUERY", help_heading = "Study")]
    pub(crate) query: Option<String>,

    /// The hashes (SHA-256) of the lexicons as they were frozen before the articles were looked at
    ///
    /// run.json has them. A lexicon that changed since is said.
    #[arg(long, value_name = "SHA256,...", value_delimiter = ',', help_heading = "Study")]
    pub(crate) freeze: Vec<String>,
}

#[allow(dead_code)]
impl StudyArgs {
    /// The study as meant.
    ///
    /// # Errors
    /// If a construct or a hash is not written as one.
    pub(crate) fn study(&self) -> Result<Study, StudyError> {
        let names = |typed: &[String]| -> Vec<String> {
            typed.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
        };
        let mut study = Study {
            question: self.question.clone(),
            primary: names(&self.primary),
            query: self.query.clone(),
            freeze: names(&self.freeze),
            ..Study::default()
        };
        study.check_freeze()?;
        self.construct.iter().try_for_each(|typed| study.add_construct(typed))?;
        Ok(study)
    }
}
