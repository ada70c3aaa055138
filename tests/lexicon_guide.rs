//! docs/lexicons.md says what really comes out: its files are written, its commands run in their order, and the output compared.
//!
//! A block ```` ```toml NAME ```` is a file, a block ```` ```console ```` holds commands (`$ `) and their output.

#![cfg(unix)]

mod common;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::Room;

fn here(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Copies a folder with what is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// A fenced block: what stands behind the fence, and its lines.
fn blocks(document: &str) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    let mut open = false;
    for line in document.lines() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(what) => {
                open = true;
                found.push((what.to_owned(), Vec::new()));
            }
            None if open => found.last_mut().expect("a block").1.push(line.to_owned()),
            None => {}
        }
    }
    found
}

/// What a command prints, messages included, without blanks at the ends of lines.
fn run(command: &str, room: &Room) -> Vec<String> {
    let binary = assert_cmd::cargo::cargo_bin("framescope");
    let beside = binary.parent().expect("a folder").display();
    let path = env::var("PATH").expect("PATH");
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(room.path())
        .env("PATH", format!("{beside}:{path}"))
        .env("COLUMNS", "100")
        .output()
        .expect("sh");
    String::from_utf8(output.stdout).expect("UTF-8").lines().map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn every_command_prints_what_is_said() {
    let room = Room::new();
    copy(&here("examples"), &room.path().join("examples"));
    copy(&here("lexicons"), &room.path().join("lexicons"));
    let document = fs::read_to_string(here("docs/lexicons.md")).expect("docs/lexicons.md");
    let mut commands = 0;
    let mut wrong = Vec::new();
    for (what, lines) in blocks(&document) {
        if let Some(name) = what.strip_prefix("toml ") {
            room.write(name, lines.join("\n") + "\n");
        } else if what == "console" {
            let mut said = lines.iter().map(|line| line.trim_end()).peekable();
            while let Some(command) = said.next().and_then(|line| line.strip_prefix("$ ")) {
                let mut expected = Vec::new();
                while let Some(line) = said.next_if(|line| !line.starts_with("$ ")) {
                    expected.push(line.to_owned());
                }
                let printed = run(command, &room);
                commands += 1;
                if printed != expected {
                    wrong.push(format!("$ {command}\n{}", printed.join("\n")));
                }
            }
        }
    }
    assert!(commands >= 15, "{commands} commands");
    assert!(wrong.is_empty(), "these print something else:\n{}", wrong.join("\n\n"));
}

/// Every shipped lexicon is said to be for something, and not for something else.
#[test]
fn every_shipped_lexicon_is_told_of() {
    let told = fs::read_to_string(here("docs/lexicons.md")).expect("docs/lexicons.md");
    let listed = fs::read_to_string(here("lexicons/README.md")).expect("lexicons/README.md");
    let readme = fs::read_to_string(here("README.md")).expect("README.md");
    for entry in fs::read_dir(here("lexicons")).expect("lexicons") {
        let file = entry.expect("an entry").path();
        if file.extension().is_some_and(|ending| ending == "toml") {
            let name = file.file_stem().expect("a name").to_string_lossy();
            assert!(told.contains(&format!("\n| `{name}` | ")), "docs/lexicons.md has no row for {name}");
            assert!(listed.contains(&format!("\n| `{name}.toml` | ")), "lexicons/README.md has no row for {name}");
            assert!(readme.contains(&format!("\n| `{name}` | ")), "README.md has no row for {name}");
        }
    }
}
