//! `framescope describe`: the corpus before anything is scored.

mod common;

use std::ffi::OsString;

use common::{Room, column};
use framescope::cli::{Streams, run};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/articles.jsonl");

/// What a person sees who looks at a terminal.
fn on_a_terminal(args: &str) -> (u8, String, String) {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let args = std::iter::once("framescope").chain(args.split_whitespace()).map(OsString::from);
    let streams =
        Streams { stdout: &mut stdout, stdout_is_terminal: true, stderr: &mut stderr, stderr_is_terminal: false };
    let status = run(args, streams);
    (status, String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn the_example_corpus_on_a_terminal() {
    let (status, stdout, stderr) = on_a_terminal(&format!("describe --no-config --quiet {EXAMPLES}"));
    assert_eq!(status, 0, "{stderr}");
    insta::assert_snapshot!(stdout);
}

#[test]
fn the_example_corpus_as_a_table() {
    let ran = Room::new().run(&format!("describe --no-config --threads 1 {EXAMPLES}")).ends(0);
    insta::assert_snapshot!(ran.stdout());
    ran.says(&["articles are grouped by the column \"outlet\" (--by COLUMN says otherwise)", "25 articles"]);
    // The same for any number of threads.
    let many = Room::new().run(&format!("describe --no-config --threads 7 {EXAMPLES}")).ends(0);
    assert_eq!(many.stdout(), Room::new().run(&format!("describe --threads 2 {EXAMPLES}")).stdout());
}

#[test]
fn a_file_has_its_codebook_and_manifest() {
    let room = Room::new();
    room.run(&format!("describe {EXAMPLES} --by language -o table1.csv")).ends(0).says(&["wrote table1.csv"]);
    assert_eq!(room.files(), ["table1.codebook.csv", "table1.csv", "table1.run.json"]);
    let table = room.read("table1.csv");
    assert_eq!(column(&table, "kind"), ["group", "group", "all"]);
    let codebook = column(&room.read("table1.codebook.csv"), "column");
    assert_eq!(codebook.join(","), table.lines().next().unwrap());
    let run: serde_json::Value = serde_json::from_str(&room.read("table1.run.json")).unwrap();
    assert_eq!(run["command"], "describe");
    assert_eq!(run["options"]["by"], "language");
    assert_eq!(run["counts"]["articles"], 25);
    assert_eq!(run["inputs"]["total"], 1);
    for name in ["table1.xlsx", "table1.jsonl", "table1.tsv"] {
        room.run(&format!("describe {EXAMPLES} -o {name}")).ends(0);
    }
}

const MIXED: &str = "id,outlet,date,genre,text\n\
    1,Herald,2025-03-10,news,\"He said “no” and went. He came back.\"\n\
    2,Herald,9 March 2025,,\"He said “no” and went. He came back.\"\n\
    3,Herald,03/04/2025,news,\"An “open mark that nobody closes.\"\n\
    4,Post,25/12/2024,opinion,\"All is well today.\"\n\
    5,Post,2025-02-30,opinion,\"All is not so well.\"\n\
    6,,2025-01-01,opinion,\"Nobody printed this.\"\n\
    7,Post,,opinion,\"And this on no day.\"\n";

#[test]
fn dates_in_three_forms_and_broken_ones_are_counted() {
    let room = Room::with(&[("a.csv", MIXED)]);
    let ran = room.run("describe a.csv --by outlet").ends(0).says(&[
        "dates are written in 3 ways: 2024-12-25 (1), 25 December 2024 (1), 25/12/2024 (1)",
        "warning: 1 date can be read in two ways, as 03/04/2025 can, and is not used",
        "warning: 1 date cannot be read (\"2025-02-30\" of 5); write dates as 2025-03-04",
        "warning: 1 article has no value in the column \"outlet\" and is left out",
        "1 quotation mark is never closed",
    ]);
    let table = ran.stdout();
    for (name, cells) in [
        ("group", ["Herald", "Post", "all"]),
        ("articles", ["3", "3", "6"]),
        ("first_date", ["2025-03-09", "2024-12-25", "2024-12-25"]),
        ("last_date", ["2025-03-10", "2024-12-25", "2025-03-10"]),
        ("undated", ["0", "1", "1"]),
        ("dates_unreadable", ["0", "1", "1"]),
        ("dates_ambiguous", ["1", "0", "1"]),
        ("genres", ["news 2", "opinion 3", "opinion 3; news 2"]),
        ("genre_missing", ["1", "0", "1"]),
        ("untitled", ["3", "3", "6"]),
        ("short_articles", ["3", "3", "6"]),
        ("unclosed_quotes", ["1", "0", "1"]),
        ("copies_exact", ["1", "0", "1"]),
    ] {
        assert_eq!(column(&table, name), cells, "{name}");
    }
    let said = room.run("describe a.csv --by outlet --date-order day-first").ends(0).says_not("two ways");
    assert_eq!(column(&said.stdout(), "last_date")[0], "2025-04-03");
    let said = room.run("describe a.csv --by outlet --date-order month-first --no-copies").ends(0);
    assert_eq!(column(&said.stdout(), "last_date")[0], "2025-03-10");
    assert_eq!(column(&said.stdout(), "copies_exact"), ["", "", ""]);
}

#[test]
fn a_column_that_is_not_there_is_told_with_the_one_meant() {
    let room = Room::with(&[("a.csv", MIXED)]);
    room.run("describe a.csv --by outlte").ends(2).says(&["--by", "outlte", "did you mean \"outlet\"?", "genre"]);
    room.run("describe a.csv --by Farbe").ends(2).says(&["the columns are: id, outlet, date, genre, text"]);
    room.run("describe a.csv --date published").ends(2).says(&["--date", "published"]);
}

#[test]
fn groups_without_a_column_are_folders_or_files() {
    let room = Room::with(&[
        ("news/herald/1.txt", "One day it rained.\n"),
        ("news/herald/2.txt", "One day it did not.\n"),
        ("news/post/2025/1.txt", "It always rains.\n"),
        ("two/a.txt", "It rained.\n"),
        ("two/b.txt", "It did not rain.\n"),
    ]);
    let ran = room.run("describe news").ends(0).says(&["grouped by the folder of their file"]);
    assert_eq!(column(&ran.stdout(), "undated"), ["2", "1", "3"]);
    assert_eq!(column(&ran.stdout(), "group"), ["herald", "post/2025", "all"]);
    assert_eq!(column(&ran.stdout(), "articles"), ["2", "1", "3"]);
    let ran = room.run("describe two").ends(0).says(&["grouped by their file"]);
    assert_eq!(column(&ran.stdout(), "group"), ["a", "b", "all"]);
    room.run("describe two/a.txt").ends(0).says(&["all articles are in one group, \"a\""]);
}

#[test]
fn names_and_texts_from_anywhere_do_nothing() {
    let table = "id,outlet,genre,text\n1,=HYPERLINK(1),<b>,\"One.\"\n2,\"a\nb\",\"=1+1\",\"Two.\"\n3,  ,x,\"Three.\"\n4,c,y,\"…\"\n";
    let room = Room::with(&[("a.csv", table)]);
    let ran = room.run("describe a.csv").ends(0);
    assert_eq!(column(&ran.stdout(), "group"), ["'=HYPERLINK(1)", "a\nb", "c", "all"]);
    let words = column(&ran.stdout(), "quoted_share");
    assert_eq!(words, ["0", "0", "", "0"], "a share of no words is empty");
    assert!(!ran.stdout().to_lowercase().contains("nan"));
    room.run("describe a.csv -o a.xlsx").ends(0);
}

#[test]
fn no_article_is_said() {
    let room = Room::with(&[("a.csv", "id,outlet,text\n"), ("b.csv", MIXED)]);
    room.run("describe a.csv").ends(1).says(&["no articles"]);
    room.run("describe b.csv --where outlet=Nobody").ends(1).says(&["no article fulfils --where"]);
}

/// A paper whose articles end in the same lines.
fn paper() -> String {
    let mut lines = String::new();
    for i in 0..12 {
        let text = format!("Story {i} began.\\n#news\\nStory {i} ended.\\nSubscribe to the Herald for more.");
        lines.push_str(&format!("{{\"id\": \"h{i}\", \"outlet\": \"Herald\", \"text\": \"{text}\"}}\n"));
    }
    lines.push_str("{\"id\": \"p1\", \"outlet\": \"Post\", \"text\": \"Alone.\"}\n");
    lines
}

#[test]
fn boilerplate_is_proposed_and_can_be_used_as_it_is() {
    let room = Room::with(&[("a.jsonl", &paper())]);
    let ran = room.run("describe a.jsonl --boilerplate").ends(0).says(&["2 lines proposed, nothing taken out"]);
    ran.prints(&[
        "# Herald: 12 of 12 articles (100 %), such as h0, h1, h2\nSubscribe to the Herald for more.\n",
        "\n\\#news\n",
    ]);
    room.run("describe a.jsonl --boilerplate -o list.txt").ends(0).says(&["wrote list.txt"]);
    let words = |ran: common::Ran| column(&ran.ends(0).stdout(), "words_max")[0].clone();
    assert_eq!(words(room.run("describe a.jsonl")), "13");
    assert_eq!(words(room.run("describe a.jsonl --boilerplate=list.txt")), "6");
    // A second look finds nothing more.
    room.run("score a.jsonl --boilerplate list.txt -l talks -o s.csv").ends(0);
}

#[test]
fn no_boilerplate_is_said() {
    let room = Room::with(&[("a.csv", MIXED)]);
    room.run("describe a.csv --boilerplate").ends(0).prints(&["# None was found"]);
}
