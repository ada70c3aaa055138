//! Lints: what is legal in a lexicon but probably not meant.
//!
//! Codes are stable, so that a script may count on them. What stands in a lexicon that this one
//! extends is not this author's to mend: a lint is given only where a line of the file itself has
//! part in it. A lint is a warning, which fails a strict check, or a [note](Grade::Note).

mod columns;
mod conditions;
mod entries;
mod kind;
mod paths;
mod rivals;
mod wildcards;

pub use kind::{Grade, LintKind};

use crate::lexicon::{Lexicon, Place};

/// One thing that is probably not meant.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lint {
    /// Where; line 0 is the lexicon as a whole.
    pub place: Place,
    /// The other line that has part in it: what shadows an entry, what masks it.
    pub other: Option<Place>,
    /// What.
    pub kind: LintKind,
}

impl Lint {
    /// Its stable code, `L01` and on.
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// Whether a strict check fails for it.
    pub fn is_warning(&self) -> bool {
        self.kind.grade() == Grade::Warning
    }

    fn at(place: Place, kind: LintKind) -> Lint {
        Lint { place, other: None, kind }
    }

    fn between(place: Place, other: Place, kind: LintKind) -> Lint {
        Lint { place, other: Some(other), kind }
    }

    fn of_the_whole(kind: LintKind) -> Lint {
        Lint::at(Place { file: 0, line: 0, column: 0 }, kind)
    }
}

/// All lints of a lexicon, by place, then code.
pub fn lint(lexicon: &Lexicon) -> Vec<Lint> {
    let mut lints = Vec::new();
    paths::lint(lexicon, &mut lints);
    columns::lint(lexicon, &mut lints);
    entries::lint(lexicon, &mut lints);
    conditions::lint(lexicon, &mut lints);
    wildcards::lint(lexicon, &mut lints);
    lints.retain(|lint| lint.place.file == 0 || lint.other.is_some_and(|other| other.file == 0));
    lints.sort_by_key(|lint| (lint.place, lint.code()));
    lints
}

#[cfg(test)]
mod tests;
