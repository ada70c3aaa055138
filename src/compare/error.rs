//! Why groups cannot be compared.

use super::plan::MOST_GROUPS;

/// Why groups cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// No article is in a group.
    #[error("no article has a value in {by:?}, so there is nothing to compare")]
    NoGroup {
        /// What decides the group.
        by: String,
    },
    /// All articles are in one group.
    #[error(
        "all articles are in one group of {by:?}, {group:?}: comparing needs two; --by takes another column, and \
         `framescope describe` shows what the columns hold"
    )]
    OneGroup {
        /// What decides the group.
        by: String,
        /// The group.
        group: String,
    },
    /// More groups than anybody can compare.
    #[error(
        "{by:?} has {groups} groups, at most {MOST_GROUPS} can be compared: --by takes another column, --where a \
         choice of articles"
    )]
    TooManyGroups {
        /// What decides the group.
        by: String,
        /// How many groups.
        groups: usize,
    },
    /// A path and one under it are both primary.
    #[error(
        "{parent} and {child} cannot both be primary: the hits of one are among those of the other, so they are no two \
         tests; name one of them"
    )]
    Nested {
        /// The path.
        parent: String,
        /// The path under it.
        child: String,
    },
    /// A column that was not kept.
    #[error("--within {name}: no article has a value in this column")]
    NoStrata {
        /// The column.
        name: String,
    },
    /// Somebody pressed Ctrl-C.
    #[error("interrupted")]
    Interrupted,
    /// Threads could not be started.
    #[error("cannot start {threads} threads: {reason}; try a smaller --threads")]
    Threads {
        /// How many.
        threads: usize,
        /// Why not.
        reason: String,
    },
}
