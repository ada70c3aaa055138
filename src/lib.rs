//! framescope: score how news articles frame what they report, and show the line behind every
//! number.

pub mod output;
