//! What each word does to each difference, and what is left of the difference without it.
//!
//! The difference of two groups' *pooled* rates is the sum of what each entry adds to it, R₂ − R₁ of the entry alone
//! ([`framescope_core::stats::rate_shift`]); of no other rate is that so. Entries are put together as forms of one word
//! ([`form_groups`]). Of the words that matter most, the difference is computed again without them
//! ([`LeavingOut`]).

mod left_out;
mod shift;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use left_out::LeavingOut;
pub(crate) use shift::WordShifts;
pub use shift::{EntryShift, PathShift, Without, WordsOf};
