//! The floors hold: each imports only downward, and the core does no I/O and knows no threads.
//!
//! This reads the source tree, so that the rule is kept by more than good will.

use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up.
const CORE: &[&str] = &["stats", "text", "lexicon", "matching", "score", "check"];
const ROOT: &[&str] = &["corpus", "output", "pipeline", "formats", "compare", "validate", "report", "cli"];

/// What the core must not touch.
const NOT_IN_CORE: &[&str] = &[
    "std::fs",
    "std::thread",
    "std::io",
    "std::env",
    "std::process",
    "std::net",
    "println!",
    "eprintln!",
    "print!(",
    "eprint!(",
];

/// Where threads may be started.
const THREADED: &[&str] = &["pipeline", "compare"];

#[test]
fn core_imports_only_downward() {
    let upward = upward_uses(&root().join("crates/framescope-core/src"), CORE);
    assert!(upward.is_empty(), "a floor reaches up:\n{}", upward.join("\n"));
}

#[test]
fn root_imports_only_downward() {
    let upward = upward_uses(&root().join("src"), ROOT);
    assert!(upward.is_empty(), "a floor reaches up:\n{}", upward.join("\n"));
}

#[test]
fn core_does_no_io_and_knows_no_threads() {
    let mut found = Vec::new();
    for file in rust_files(&root().join("crates/framescope-core/src")) {
        let code = code_of(&file);
        for (number, line) in code.lines().enumerate() {
            if let Some(what) = NOT_IN_CORE.iter().find(|what| line.contains(**what)) {
                found.push(format!("{}:{}: {what}", file.display(), number + 1));
            }
        }
    }
    assert!(found.is_empty(), "the core must not:\n{}", found.join("\n"));
}

#[test]
fn threads_live_in_the_pipeline_only() {
    let mut found = Vec::new();
    for floor in ROOT.iter().filter(|f| !THREADED.contains(f)) {
        for file in rust_files(&root().join("src").join(floor)) {
            if ["thread::spawn", "thread::scope", "thread::Builder", "ThreadPoolBuilder", "rayon::"]
                .iter()
                .any(|what| code_of(&file).contains(what))
            {
                found.push(file.display().to_string());
            }
        }
    }
    assert!(found.is_empty(), "threads outside the pipeline: {found:?}");
}

#[test]
fn the_checker_sees_an_upward_use() {
    for (code, names) in [
        ("use crate::score::Tally;", vec!["score"]),
        ("use crate::{text::Voice, lexicon::{Entry, Path}};", vec!["text", "lexicon"]),
        ("use crate::{\n    text,\n    score,\n};", vec!["text", "score"]),
        ("let x = crate::check::lint();", vec!["check"]),
        ("// crate::score is above\nuse crate::text::Zone;", vec!["text"]),
        ("use framescope_core::score::Tally;", vec![]),
    ] {
        assert_eq!(crate_paths(&without_comments(code)), names, "{code}");
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// `file: floor uses floor`, for every use of a floor above.
fn upward_uses(source: &Path, floors: &[&str]) -> Vec<String> {
    let mut upward = Vec::new();
    for (level, floor) in floors.iter().enumerate() {
        let mut files = rust_files(&source.join(floor));
        files.extend(Some(source.join(format!("{floor}.rs"))).filter(|f| f.is_file()));
        for file in files {
            for used in crate_paths(&code_of(&file)) {
                if floors.iter().position(|f| *f == used).is_some_and(|above| above > level) {
                    upward.push(format!("{}: {floor} uses {used}", file.display()));
                }
            }
        }
    }
    upward
}

/// The first names behind `crate::`, those in braces too.
fn crate_paths(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        // `$crate::` and `some_crate::` are others' crates.
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => names.push(first_name(rest)),
            Some(group) => names.extend(names_in_group(group)),
        }
    }
    names
}

/// The first name of each item of a `{…}` group, whose opening brace was read.
fn names_in_group(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    let mut item = String::new();
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(first_name(std::mem::take(&mut item).trim_start())),
            _ if depth == 0 => item.push(c),
            _ => {}
        }
    }
    names.push(first_name(item.trim_start()));
    names.retain(|name| !name.is_empty());
    names
}

fn first_name(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files
}

/// A file's code without comments and without its tests, which may do what they like.
fn code_of(file: &Path) -> String {
    let of_tests = |part: &std::ffi::OsStr| part == "tests" || part == "tests.rs";
    let place = file.strip_prefix(root()).unwrap_or(file);
    if place.iter().any(of_tests) || file.to_string_lossy().ends_with("_tests.rs") {
        return String::new();
    }
    let code = without_comments(&fs::read_to_string(file).unwrap());
    match code.find("#[cfg(test)]\nmod tests {") {
        Some(tests) => code[..tests].to_owned(),
        None => code,
    }
}

fn without_comments(code: &str) -> String {
    let keep = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
    code.lines().map(keep).collect::<Vec<_>>().join("\n")
}
