//! The lints, their codes and their sentences.

use std::fmt;

/// What is probably not meant. The numbers in the comments are the stable codes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LintKind {
    /// L01: a declared path without a definition.
    NoDefinition {
        /// The path.
        path: String,
    },
    /// L02: a category without examples.
    NoExamples {
        /// The path.
        path: String,
        /// Whether `include` is missing.
        include: bool,
        /// Whether `exclude` is missing.
        exclude: bool,
    },
    /// L03: a path with entries and no test; without a path, a lexicon without any.
    Untested {
        /// The path.
        path: Option<String>,
    },
    /// L04: a path without entries on it or under it.
    NoEntries {
        /// The path.
        path: String,
    },
    /// L05: the same term twice on a path.
    SameTerm {
        /// The second one, as written.
        term: String,
        /// The path.
        path: String,
        /// The line of the first.
        first: String,
    },
    /// L06: an entry that another one on the same path finds as well.
    Shadowed {
        /// The entry, as written.
        term: String,
        /// What finds it.
        by: String,
        /// The line of that.
        line: String,
    },
    /// L07: an entry that a mask always takes.
    AlwaysMasked {
        /// The entry, as written.
        term: String,
        /// The mask's term.
        by: String,
        /// The line of that.
        line: String,
    },
    /// L08: a wildcard beside a mark that parts words, so that the entry is not what it looks like.
    CutApart {
        /// The entry, as written.
        term: String,
        /// What it is cut into there.
        tokens: Vec<String>,
    },
    /// L09: an entry whose conditions cannot all hold.
    NeverHolds {
        /// The entry, as written.
        term: String,
        /// Why.
        why: Contradiction,
    },
    /// L10: the same term on two names of one referent.
    TwoNames {
        /// The term, as written the second time.
        term: String,
        /// The path of the first.
        first: String,
        /// The line of the first.
        line: String,
        /// The path of the second.
        second: String,
    },
    /// L11: a wildcard that takes more than was meant.
    Greedy {
        /// The entry, as written.
        term: String,
        /// Some words that it takes; empty: any that begins (or ends) so.
        words: Vec<String>,
        /// What its words begin or end with.
        stem: String,
        /// Whether they begin with it.
        begins: bool,
    },
    /// L12, a note: columns with names longer than Stata takes, all of the lexicon in one lint.
    LongColumns {
        /// The longest column of every such path and axis, in file order.
        columns: Vec<String>,
    },
    /// L13: two columns of the same name.
    SameColumn {
        /// The second path or axis.
        path: String,
        /// The first.
        first: String,
        /// The column.
        column: String,
    },
    /// L14: a path or axis named like a column of ours.
    ReservedColumn {
        /// The column.
        column: String,
    },
    /// L15.
    NoLanguage,
    /// L16.
    NoLicense,
    /// L17.
    NoVersion,
    /// L18, a note: a path that says so itself.
    Experimental {
        /// The path.
        path: String,
    },
    /// L19: two columns that are one in Stata.
    SameWhenCut {
        /// The column that stands first.
        first: String,
        /// The other.
        second: String,
    },
}

/// How much a lint weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// Good to know; nothing fails for it.
    Note,
    /// Probably not meant: fails a strict check.
    Warning,
}

/// Why conditions cannot all hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Contradiction {
    /// `not_after` rules out all that `after` asks for.
    After,
    /// `not_before` rules out all that `before` asks for.
    Before,
    /// `not_near` rules out all that `near` asks for.
    Near,
    /// `near` points to paths without an entry.
    EmptyPath,
    /// Its voices and those of `[match]` have none in common.
    Voices,
    /// Its zones and those of `[match]` have none in common.
    Zones,
}

impl LintKind {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            LintKind::NoDefinition { .. } => "L01",
            LintKind::NoExamples { .. } => "L02",
            LintKind::Untested { .. } => "L03",
            LintKind::NoEntries { .. } => "L04",
            LintKind::SameTerm { .. } => "L05",
            LintKind::Shadowed { .. } => "L06",
            LintKind::AlwaysMasked { .. } => "L07",
            LintKind::CutApart { .. } => "L08",
            LintKind::NeverHolds { .. } => "L09",
            LintKind::TwoNames { .. } => "L10",
            LintKind::Greedy { .. } => "L11",
            LintKind::LongColumns { .. } => "L12",
            LintKind::SameColumn { .. } => "L13",
            LintKind::ReservedColumn { .. } => "L14",
            LintKind::NoLanguage => "L15",
            LintKind::NoLicense => "L16",
            LintKind::NoVersion => "L17",
            LintKind::Experimental { .. } => "L18",
            LintKind::SameWhenCut { .. } => "L19",
        }
    }

    /// How much it weighs.
    pub fn grade(&self) -> Grade {
        match self {
            LintKind::LongColumns { .. } | LintKind::Experimental { .. } => Grade::Note,
            _ => Grade::Warning,
        }
    }
}

impl fmt::Display for LintKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LintKind::NoDefinition { path } => {
                write!(f, "`{path}` has no definition: nobody can check what it counts")
            }
            LintKind::NoExamples { path, include: true, exclude: true } => {
                write!(f, "`{path}` has no `include` and no `exclude`: an example that counts and one that does not")
            }
            LintKind::NoExamples { path, include: true, .. } => {
                write!(f, "`{path}` has no `include`: an example that counts")
            }
            LintKind::NoExamples { path, .. } => {
                write!(f, "`{path}` has no `exclude`: an example that does not count")
            }
            LintKind::Untested { path: Some(path) } => write!(f, "no [[test]] expects anything of `{path}`"),
            LintKind::Untested { path: None } => write!(f, "the lexicon has no [[test]]"),
            LintKind::NoEntries { path } => {
                write!(f, "`{path}` has no entry, nor has anything under it: it is always 0")
            }
            LintKind::SameTerm { term, path, first } => {
                write!(f, "`{term}` stands on `{path}` twice; the first is in {first}")
            }
            LintKind::Shadowed { term, by, line } => {
                write!(f, "`{term}` is found by `{by}` ({line}) as well and changes nothing")
            }
            LintKind::AlwaysMasked { term, by, line } => write!(f, "`{term}` is always masked by `{by}` ({line})"),
            LintKind::CutApart { term, tokens } => write!(
                f,
                "`{term}` is read as {} words, `{}`: a wildcard stands for letters and digits only",
                tokens.len(),
                tokens.join("` `")
            ),
            LintKind::NeverHolds { term, why } => write!(f, "`{term}` can never be {why}"),
            LintKind::TwoNames { term, first, line, second } => write!(
                f,
                "`{term}` is a name on `{first}` ({line}) and on `{second}`: a text that uses it is counted for the first"
            ),
            LintKind::Greedy { term, words, .. } if !words.is_empty() => write!(
                f,
                "`{term}` takes more than one may think: {}; write the word forms that are meant",
                words.join(", ")
            ),
            LintKind::Greedy { term, stem, begins, .. } => {
                let begins = if *begins { "begins" } else { "ends" };
                write!(f, "`{term}` is short: it takes any word that {begins} with `{stem}`")
            }
            LintKind::LongColumns { columns } => {
                let shown: Vec<String> = columns.iter().take(3).map(|column| format!("`{column}`")).collect();
                let more = match columns.len().saturating_sub(3) {
                    0 => String::new(),
                    more => format!(" and those of {more} more"),
                };
                write!(
                    f,
                    "columns have names of over 32 characters, of which Stata keeps 32: {}{more}",
                    shown.join(", ")
                )
            }
            LintKind::SameColumn { path, first, column } => {
                write!(f, "the columns of `{path}` and of `{first}` have the same names: `{column}`")
            }
            LintKind::ReservedColumn { column } => write!(f, "`{column}` is a column that every table has"),
            LintKind::NoLanguage => {
                write!(f, "the lexicon does not say its language, which decides what a negation is")
            }
            LintKind::NoLicense => write!(f, "the lexicon does not say its licence: nobody may use it but its author"),
            LintKind::NoVersion => {
                write!(f, "the lexicon does not say its version: results cannot be traced to it")
            }
            LintKind::Experimental { path } => write!(f, "`{path}` is experimental, as every table that has it says"),
            LintKind::SameWhenCut { first, second } => write!(
                f,
                "`{first}` and `{second}` are the same in their first 32 characters, all that Stata keeps of a name"
            ),
        }
    }
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Contradiction::After => "a hit: `not_after` rules out all that `after` asks for",
            Contradiction::Before => "a hit: `not_before` rules out all that `before` asks for",
            Contradiction::Near => "a hit: `not_near` rules out all that `near` asks for",
            Contradiction::EmptyPath => "a hit: `near` points to paths without an entry",
            Contradiction::Voices => "a hit that counts: [match] leaves out its voices",
            Contradiction::Zones => "a hit that counts: [match] leaves out its zones",
        })
    }
}
