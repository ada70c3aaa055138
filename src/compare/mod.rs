//! Groups of articles against each other: what is kept of each article, what sets the groups apart, how sure that is,
//! and what limits it.
//!
//! [`Grouping`] says of each article which group it is in, so that `--by outlet` means the same in
//! every command. [`Units`] hold what comparing needs of a corpus, sparse and column by column;
//! everything that is compared is computed from them, whether they came from the corpus or from a
//! stored table.

mod across;
mod association;
mod boilerplate;
mod cells;
mod choice;
mod comparable;
mod comparing;
mod copies;
mod description;
mod error;
pub mod events;
mod facing;
mod families;
mod forms;
mod grouping;
pub mod keyness;
mod lines;
mod material;
mod models;
mod paired;
mod pairing;
mod periods;
mod phrases;
mod plan;
mod rates;
mod resample;
pub mod result;
#[cfg(test)]
mod sketch;
#[cfg(test)]
mod small_corpus;
mod stored;
mod study;
mod sums;
mod tables;
mod terms;
#[cfg(test)]
mod tests;
mod trends;
mod units;
mod vocabulary;
mod warnings;
mod whom;
mod word_level;
mod words;
mod zones;

pub use association::{Associated, AssociationRow, Roles, RolesError};
pub use boilerplate::{CommonLine, LineCounts, lines_of};
pub use comparing::compare;
pub use copies::{Copies, CopyKind, CopyOf, DUPLICATE_FROM, SHARED_FROM, Signature, Signer, find_copies};
pub use description::{ArticleDescription, CopyCounts, GroupFacts, Names, SHORT_ARTICLE};
pub use error::CompareError;
pub use forms::{FormGroup, form_groups};
pub use grouping::{GroupId, Grouping, GroupingError, Groups};
pub use lines::{Line, Lines, LinesPart};
pub use periods::{Per, Period};
pub use plan::{EventUnits, LEVEL, MOST_GROUPS, Model, PERMUTATIONS, Pairing, Plan, REPLICATES};
pub use stored::{Stored, StoredColumns, StoredError, WrongCell, read_stored, read_stored_with};
pub use study::{MOST_PRIMARY, Study, StudyError};
pub use tables::{run_table, tables};
pub use trends::{
    Change, ErrorSource, PairChange, PathTrends, PeriodFacts, Point, TrendPlan, Trends, trends, trends_by_date,
};
pub use units::{
    ArticleFacts, Column, EntryCount, LOOKED_FOR, PathUnits, PoleCount, Units, UnitsPart, Voiced, WhomCount,
    content_hash,
};
pub use vocabulary::{AxisFacts, EntryFacts, LexiconFacts, PathFacts, ReferentFacts, Vocabulary};
pub use warnings::{CODES, Evidence};
pub(crate) use warnings::{LEFT_OUT, NOT_COMPARED};
pub use whom::WhomRow;
pub use word_level::{WordSources, add_word_level};
pub use words::{EntryShift, PathShift, Without, WordsOf};
pub use zones::ZoneRow;
