//! Pipes that close, disks that are full, and Ctrl-C.
#![cfg(unix)]

mod common;

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use common::Room;

const LEXICON: &str = "[[category]]\nid = \"captives\"\nterms = [\"hostage*\"]\n";

fn room() -> Room {
    Room::with(&[("my.toml", LEXICON)])
}

fn line(i: usize) -> String {
    format!("{{\"id\":\"a{i}\",\"text\":\"The hostages of day {i}. {}\"}}\n", "Nothing else happened. ".repeat(50))
}

fn start(room: &Room, args: &str) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin("framescope"))
        .current_dir(room.path())
        .args(args.split_whitespace())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary")
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let room = room();
    room.write("many.jsonl", (0..4_000).map(line).collect::<String>());
    for args in ["score many.jsonl -l my.toml", "kwic many.jsonl -l my.toml", "text many.jsonl"] {
        let mut child = start(&room, args);
        let mut first = String::new();
        BufReader::new(child.stdout.take().expect("stdout")).read_line(&mut first).expect("a line");
        // The pipe is closed here.
        let output = child.wait_with_output().expect("an end");
        assert_eq!(output.status.code(), Some(0), "{args}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args}");
        assert!(!first.is_empty());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let room = room();
    room.write("a.jsonl", line(1));
    room.run("score a.jsonl -l my.toml -o /dev/full").ends(1).says(&["/dev/full", "No space left"]);
    for args in ["score a.jsonl -l my.toml", "text a.jsonl", "lexicon show my.toml", "man"] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let output = Command::new(assert_cmd::cargo::cargo_bin("framescope"))
            .current_dir(room.path())
            .args(args.split_whitespace())
            .stdout(full)
            .output()
            .expect("an end");
        assert_eq!(output.status.code(), Some(1), "{args}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("standard output"), "{args}: {said}");
    }
}

/// Starts a run over this many articles, and sends a signal once its output is being written.
fn interrupt(signal: &str, articles: usize) -> (Room, Option<i32>, String) {
    let room = room();
    room.write("many.jsonl", (0..articles).map(line).collect::<String>());
    let mut child = start(&room, "score many.jsonl -l my.toml -o scores.csv --threads 2");
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60) && !room.files().iter().any(|name| name.ends_with(".part")) {
        assert_eq!(child.try_wait().expect("a state"), None, "it ended before it could be interrupted");
        std::thread::sleep(Duration::from_millis(2));
    }
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()));
    let output = child.wait_with_output().expect("an end");
    std::fs::remove_file(room.path().join("many.jsonl")).expect("the input");
    (room, output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn ctrl_c_leaves_no_half_file() {
    for (signal, status) in [("-INT", 130), ("-TERM", 143)] {
        let (room, code, said) = interrupt(signal, 8_000);
        assert_eq!(code, Some(status), "{said}");
        assert!(said.contains("stopped; scores.csv was not written"), "{said}");
        assert_eq!(room.files(), ["my.toml"], "after {signal}");
    }
}
