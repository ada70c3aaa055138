//! framescope: score how news articles frame what they report, and show the line behind every
//! number.
//!
//! The floors, from the ground up: [`corpus`] reads articles, [`output`] writes tables,
//! [`pipeline`] puts them on threads, [`compare`] tells groups of
//! articles apart, [`report`] puts what was found on a page, [`cli`] turns arguments into settings and messages. What is
//! counted, and how, is the business of the `framescope-core` crate.

pub mod cli;
pub mod compare;
pub mod corpus;
pub mod output;
pub mod pipeline;
pub mod report;
