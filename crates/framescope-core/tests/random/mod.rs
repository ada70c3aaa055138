//! Random lexicons over random texts, and what is asked of a matcher on them.

pub(crate) mod agree;
pub(crate) mod cases;
pub(crate) mod dice;
pub(crate) mod invariants;
pub(crate) mod lexicons;
pub(crate) mod shrink;
pub(crate) mod texts;
pub(crate) mod words;
