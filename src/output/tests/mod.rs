//! Tests of tables: three short articles of our own, a lexicon of our own, every table and format.

mod contexts;
mod fixture;
mod formats;
mod layouts;
mod snapshots;
mod wants;
mod workbooks;
