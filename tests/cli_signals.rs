//! Pipes that close, disks that are full, inputs that do not come, and Ctrl-C.
#![cfg(unix)]

mod common;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use common::Room;

/// How long something may take that takes a moment, on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(120);

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

/// Writes articles into the standard input of a run, from a thread of its own, until so many are in
/// or nobody takes more. Counts the bytes that were taken.
fn feed(child: &mut Child, articles: usize) -> (Arc<AtomicUsize>, JoinHandle<bool>) {
    let mut stdin = child.stdin.take().expect("stdin");
    let taken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&taken);
    let feeder = std::thread::spawn(move || {
        (0..articles).all(|i| {
            let line = line(i);
            count.fetch_add(line.len(), Ordering::SeqCst);
            stdin.write_all(line.as_bytes()).is_ok()
        })
    });
    (taken, feeder)
}

/// Waits until a number is so large and has not changed for a second and a half.
fn settled(number: &AtomicUsize, at_least: usize) -> usize {
    let begun = Instant::now();
    let mut last = (number.load(Ordering::SeqCst), begun);
    while last.0 < at_least || last.1.elapsed() < Duration::from_millis(1_500) {
        assert!(begun.elapsed() < Duration::from_secs(300), "only {} in five minutes", last.0);
        std::thread::sleep(Duration::from_millis(20));
        let now = number.load(Ordering::SeqCst);
        if now != last.0 {
            last = (now, Instant::now());
        }
    }
    last.0
}

/// A consumer that does not read stops the reading: what a run takes in meanwhile is what it looks at
/// for the columns and the few chunks on their way, whatever the corpus has. Then every row is there.
#[test]
fn a_slow_consumer_holds_the_run_back_and_gets_every_row() {
    const ARTICLES: usize = 30_000;
    for threads in [1, 2] {
        let room = room();
        let mut child = start(&room, &format!("kwic - -l my.toml --threads {threads}"));
        let (taken, feeder) = feed(&mut child, ARTICLES);
        let held = settled(&taken, 1 << 20);
        let all = ARTICLES * line(ARTICLES).len();
        // 1 MiB and a thousand records are looked at for the columns; 4 chunks a thread are on their way; the pipes hold some.
        let most = (1 + 4 * threads + 3) << 20;
        assert!(held < most && most < all, "{threads} threads took {held} bytes of {all}");
        assert_eq!(child.try_wait().expect("a state"), None);
        // Now it is read, in small pieces and with pauses at first.
        let mut rows = Vec::new();
        let mut stdout = child.stdout.take().expect("stdout");
        let mut piece = vec![0; 1 << 14];
        for pause in std::iter::repeat_n(5, 100).chain(std::iter::repeat(0)) {
            std::thread::sleep(Duration::from_millis(pause));
            let got = stdout.read(&mut piece).expect("a piece");
            if got == 0 {
                break;
            }
            rows.extend_from_slice(&piece[..got]);
        }
        let output = child.wait_with_output().expect("an end");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(feeder.join().expect("a feeder"), "all of it was taken");
        let rows = String::from_utf8(rows).expect("UTF-8");
        let mut lines = rows.lines();
        assert!(lines.next().expect("a header").starts_with("id,"));
        let ids: Vec<&str> = lines.map(|row| row.split(',').next().expect("an id")).collect();
        assert_eq!(ids.len(), ARTICLES);
        assert!(ids.iter().enumerate().all(|(i, id)| *id == format!("a{i}")), "the rows are in order");
    }
}

/// `framescope … | head`: the run ends although there is more to read, and whoever writes into it is told.
#[test]
fn a_reader_that_has_enough_ends_a_run_over_a_pipe() {
    let room = room();
    let mut child = start(&room, "score - -l my.toml --threads 2");
    let (_, feeder) = feed(&mut child, usize::MAX);
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("stdout")).read_line(&mut first).expect("a line");
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(!feeder.join().expect("a feeder"), "the pipe is closed");
}

/// Ctrl-C in the middle of a corpus that never ends: with files of its own they go away, and one that was there
/// before stays as it was.
#[test]
fn ctrl_c_in_the_middle_of_an_endless_pipe_leaves_what_was_there() {
    let room = room();
    room.write("scores.csv", "id\nolder\n");
    let mut child = start(&room, "score - -l my.toml -o scores.csv --threads 2");
    let (taken, feeder) = feed(&mut child, usize::MAX);
    let begun = Instant::now();
    while taken.load(Ordering::SeqCst) < 24 << 20 {
        assert!(begun.elapsed() < Duration::from_secs(120), "it reads too slowly to be interrupted");
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(room.files().iter().any(|name| name.ends_with(".part")), "{:?}", room.files());
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()));
    let output = child.wait_with_output().expect("an end");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("stopped; scores.csv was not written"), "{said}");
    assert!(!feeder.join().expect("a feeder"));
    assert_eq!(room.files(), ["my.toml", "scores.csv"]);
    assert_eq!(room.read("scores.csv"), "id\nolder\n");
}

/// Waits until a run listens for signals: before, one would end it the hard way.
fn listening(child: &Child) {
    if !cfg!(target_os = "linux") {
        std::thread::sleep(Duration::from_secs(2));
        return;
    }
    let caught = || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("a state");
        let mask = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).expect("the signals it catches");
        u64::from_str_radix(mask.trim(), 16).expect("a mask")
    };
    // A bit a signal, from 1: 2 is Ctrl-C and 15 the last that is listened for.
    let both = 1 << 1 | 1 << 14;
    let begun = Instant::now();
    while caught() & both != both {
        assert!(begun.elapsed() < PATIENCE, "it never listens for signals");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Sends one signal, and waits for the end with whatever stands open still open.
fn stopped_by_one(signal: &str, mut child: Child, what: &str) -> Output {
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()));
    let begun = Instant::now();
    while child.try_wait().expect("a state").is_none() {
        if begun.elapsed() > PATIENCE {
            child.kill().expect("an end by force");
            panic!("{what}: one {signal} does not end it");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().expect("an end")
}

/// So many bytes of articles, or a little more.
fn articles(bytes: usize) -> String {
    (0..bytes.div_ceil(line(0).len())).map(line).collect()
}

/// Waits until the file of the table is there: the start of the input was looked at, and articles are being scored.
fn scoring(room: &Room) {
    let begun = Instant::now();
    while !room.files().iter().any(|name| name.ends_with(".part")) {
        assert!(begun.elapsed() < PATIENCE, "it scores nothing");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A pipe whose writer is silent, or a terminal at which nobody types: one Ctrl-C ends the wait for it, wherever
/// in the corpus it comes.
#[test]
fn one_ctrl_c_ends_a_wait_for_input_that_does_not_come() {
    // Nothing at all; less than what is looked at for the columns; more, so that articles are being scored.
    for bytes in [0, 1 << 18, 12 << 20] {
        for (signal, status) in [("-INT", 130), ("-TERM", 143)] {
            for threads in [1, 3] {
                let what = format!("after {bytes} bytes, {threads} threads");
                let room = room();
                let mut child = start(&room, &format!("score - -l my.toml -o scores.csv --threads {threads}"));
                listening(&child);
                let mut stdin = child.stdin.take().expect("stdin");
                stdin.write_all(articles(bytes).as_bytes()).expect("it reads");
                if bytes > 8 << 20 {
                    scoring(&room);
                }
                let output = stopped_by_one(signal, child, &what);
                let said = String::from_utf8_lossy(&output.stderr);
                assert_eq!(output.status.code(), Some(status), "{what}: {said}");
                assert!(said.ends_with("error: stopped; scores.csv was not written\n"), "{what}: {said}");
                assert_eq!(room.files(), ["my.toml"], "{what}, {signal}");
                drop(stdin);
            }
        }
    }
}

/// Whatever the command makes of it, and however the articles are written down.
#[test]
fn one_ctrl_c_ends_a_wait_in_every_command_and_format() {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(articles(1 << 18).as_bytes()).expect("memory");
    let mut gz = gz.finish().expect("memory");
    gz.truncate(gz.len() / 2);
    let mut zst = zstd::encode_all(articles(1 << 18).as_bytes(), 3).expect("memory");
    zst.truncate(zst.len() / 2);
    // More than what is looked at of an input before the first article.
    let long = vec![b'a'; 9 << 20];
    let few = articles(1).into_bytes();
    let cases: [(&str, &[u8], &str); 14] = [
        ("kwic - -l my.toml", &few, "stopped"),
        ("text -", &few, "stopped"),
        ("text - --format text", &long, "stopped"),
        ("score - -l my.toml --strict --format text", &long, "stopped"),
        ("score - -l my.toml --format csv", b"id,text\na,\"The hosta", "stopped"),
        ("score - -l my.toml", &gz, "stopped"),
        ("score - -l my.toml", &zst, "stopped"),
        ("score a.jsonl -l my.toml --meta-file -", &long, "stopped"),
        ("describe - -o of.csv", &few, "stopped; of.csv was not written"),
        ("describe - --boilerplate -o of.txt", &few, "stopped; of.txt was not written"),
        ("keyness - -o of.csv", &few, "stopped; of.csv was not written"),
        ("trend - -l my.toml -o of.csv", &few, "stopped; of.csv was not written"),
        ("compare - -l my.toml -o of.xlsx", &few, "stopped; of.xlsx was not written"),
        ("report - -l my.toml -o of.html", &few, "stopped; of.html was not written"),
    ];
    for (args, bytes, wanted) in cases {
        let room = room();
        room.write("a.jsonl", line(1));
        let mut child = start(&room, args);
        listening(&child);
        let mut stdin = child.stdin.take().expect("stdin");
        stdin.write_all(bytes).expect("it reads");
        let output = stopped_by_one("-INT", child, args);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(130), "{args}: {said}");
        assert!(said.ends_with(&format!("error: {wanted}\n")), "{args}: {said}");
        assert!(!said.contains("cannot be read"), "{args}: {said}");
        assert_eq!(room.files(), ["a.jsonl", "my.toml"], "{args}");
        drop(stdin);
    }
}

/// A pipe with a name is waited for as standard input is; a shell makes one of `<(zcat old.jsonl.gz)`.
#[test]
fn one_ctrl_c_ends_a_wait_for_a_named_pipe() {
    let room = room();
    let path = room.path().join("news.jsonl");
    assert!(Command::new("mkfifo").arg(&path).status().is_ok_and(|status| status.success()));
    // For reading too, or opening it would wait for whoever reads.
    let mut pipe = std::fs::OpenOptions::new().read(true).write(true).open(&path).expect("a pipe");
    for article in ["", &line(1)] {
        let child = start(&room, "score news.jsonl -l my.toml -o scores.csv");
        listening(&child);
        pipe.write_all(article.as_bytes()).expect("room in the pipe");
        let output = stopped_by_one("-INT", child, "a named pipe");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(130), "{said}");
        assert!(said.ends_with("error: stopped; scores.csv was not written\n"), "{said}");
        assert_eq!(room.files(), ["my.toml", "news.jsonl"]);
    }
}

/// What never keeps anybody waiting is read as it always was: a file, an empty one, no standard input at all.
#[test]
fn standard_input_may_be_a_file_or_nothing() {
    let room = room();
    room.write("many.jsonl", articles(10 << 20));
    let of_file = room.run("score many.jsonl -l my.toml").ends(0).stdout();
    let binary = assert_cmd::cargo::cargo_bin("framescope");
    let shell = |redirected: &str, threads: usize| {
        let command = format!("\"$0\" score - -l my.toml --threads {threads} {redirected}");
        Command::new("sh").current_dir(room.path()).args(["-c", &command]).arg(&binary).output().expect("a shell")
    };
    for threads in [1, 3] {
        let output = shell("<many.jsonl", threads);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout == of_file.as_bytes(), "the same rows from standard input");
        for nothing in ["</dev/null", "<&-"] {
            let output = shell(nothing, threads);
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{nothing}: {said}");
            assert!(said.contains("no articles: the inputs hold none"), "{nothing}: {said}");
        }
    }
}
