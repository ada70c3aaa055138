//! A lexicon's own tests, and lints: what is legal but probably not meant.
