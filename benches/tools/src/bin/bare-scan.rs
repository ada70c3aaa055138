//! The bare scan: an overlapping DFA of aho-corasick over text in memory, counting.
//!
//! It finds substrings and knows nothing of words, sentences or voices. Reading and decoding the
//! corpus and building the automaton are outside the clock; what is timed is the scan alone.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use clap::Parser;
use serde_json::{Value, json};

#[derive(Parser)]
struct Args {
    /// A JSONL corpus.
    corpus: PathBuf,
    /// One literal a line.
    literals: PathBuf,
    /// How many times the scan is run.
    #[arg(long, default_value_t = 1)]
    runs: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args = Args::parse();
    let corpus = fs::read_to_string(&args.corpus)?;
    let mut text = String::with_capacity(corpus.len());
    for line in corpus.lines() {
        let record: Value = serde_json::from_str(line)?;
        for field in ["title", "text"] {
            text.push_str(record[field].as_str().unwrap_or_default());
            text.push_str("\n\n");
        }
    }
    let literals = fs::read_to_string(&args.literals)?;
    let started = Instant::now();
    let automaton =
        AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).ascii_case_insensitive(true).build(literals.lines())?;
    let built = started.elapsed();
    for _ in 0..args.runs {
        let started = Instant::now();
        let found = automaton.find_overlapping_iter(&text).count();
        let seconds = started.elapsed().as_secs_f64();
        println!(
            "{}",
            json!({ "seconds": seconds, "corpus_bytes": corpus.len(), "text_bytes": text.len(), "found": found,
                    "build_seconds": built.as_secs_f64() })
        );
    }
    Ok(())
}
