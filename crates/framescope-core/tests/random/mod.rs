//! Random lexicons over random texts, and what is asked of a matcher on them.

pub mod agree;
pub mod cases;
pub mod dice;
pub mod invariants;
pub mod lexicons;
pub mod shrink;
pub mod texts;
pub mod words;
