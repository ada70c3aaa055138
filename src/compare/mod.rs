//! Groups of articles against each other: what is kept of each article, what sets the groups apart, how sure that is,
//! and what limits it.
//!
//! [`Grouping`] says of each article which group it is in, so that `--by outlet` means the same in
//! every command. [`Units`] hold what comparing needs of a corpus, sparse and column by column;
//! everything that is compared is computed from them, whether they came from the corpus or from a
//! stored table.

mod copies;
mod grouping;
mod study;
pub mod result;
mod units;
mod vocabulary;

pub use copies::{Copies, CopyKind, CopyOf, DUPLICATE_FROM, SHARED_FROM, Signature, Signer, find_copies};
pub use grouping::{GroupId, Grouping, GroupingError, Groups};
pub use study::{MOST_PRIMARY, Study, StudyError};
pub use units::{
    ArticleFacts, Column, EntryCount, PathUnits, PoleCount, Units, UnitsPart, Voiced, WhomCount, content_hash,
};
pub use vocabulary::{AxisFacts, EntryFacts, LexiconFacts, PathFacts, ReferentFacts, Vocabulary};
