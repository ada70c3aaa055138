//! `text`: what was read, as it was read.

mod common;

use common::Room;

const PAGE: &str = "\
Logo
Logo

Mon 10 Mar 2025 11:09 am

Talks in the harbour town

Written by: A. Writer

The mayor said: “We will wait.” According to the ferry office, nothing moved.

Nobody asked the fishermen.

Share your opinion

Talks in the harbour town
";

#[test]
fn sentences_stand_behind_their_zone_and_voices_in_brackets() {
    let room = Room::with(&[("page.txt", PAGE)]);
    let text = room.run("text page.txt").ends(0).stdout();
    assert!(text.starts_with("page: "), "{text}");
    assert!(text.contains("title   | Talks in the harbour town\n"), "{text}");
    assert!(text.contains("lead    | The mayor said: [“We will wait.”]"), "{text}");
    assert!(text.contains("{According to the ferry office"), "{text}");
    assert!(text.contains("body    | Nobody asked the fishermen.\n"), "{text}");
    assert!(!text.contains("Logo"), "{text}");
}

#[test]
fn cleaning_is_shown_with_its_reasons() {
    let room = Room::with(&[("page.txt", PAGE)]);
    let text = room.run("text page.txt --show-cleaning").ends(0).stdout();
    for line in ["- Logo    [", "author: A. Writer", "date: 2025-03-10", "  Nobody asked the fishermen."] {
        assert!(text.contains(line), "no {line:?} in\n{text}");
    }
    // Nothing is lost: every line of the page stands there, taken out or not.
    for line in PAGE.lines().filter(|l| !l.is_empty()) {
        assert!(text.contains(line), "no {line:?} in\n{text}");
    }
    room.run("text page.txt --no-clean").ends(0).prints(&["Logo"]);
}

#[test]
fn tokens_are_a_table() {
    let room = Room::with(&[("a.jsonl", "{\"id\":\"é1\",\"title\":\"Élan\",\"text\":\"“Oui”, dit-il.\\nNon.\"}\n")]);
    assert_eq!(
        room.run("text a.jsonl --tokens -q").ends(0).stdout(),
        "id\ttoken\tfolded\tfield\tstart\tend\tsentence\tparagraph\tzone\tvoice\tshort\n\
         é1\tÉlan\télan\ttitle\t0\t4\t0\t0\ttitle\tnarrator\t0\n\
         é1\tOui\toui\ttext\t1\t4\t1\t1\tlead\tquoted\t1\n\
         é1\tdit\tdit\ttext\t7\t10\t1\t1\tlead\tnarrator\t0\n\
         é1\til\til\ttext\t11\t13\t1\t1\tlead\tnarrator\t0\n\
         é1\tNon\tnon\ttext\t15\t18\t2\t2\tbody\tnarrator\t0\n"
    );
}

#[test]
fn limit_and_where_choose_articles_and_threads_change_nothing() {
    let lines: String =
        (0..500).map(|i| format!("{{\"id\":\"{i}\",\"odd\":\"{}\",\"text\":\"Number {i}.\"}}\n", i % 2)).collect();
    let room = Room::with(&[("a.jsonl", &lines)]);
    let one = room.run("text a.jsonl --where odd=1 --limit 7 --threads 1").ends(0).stdout();
    assert_eq!(one.matches("words,").count(), 7);
    assert!(one.contains("Number 13.") && !one.contains("Number 15."), "{one}");
    for threads in [2, 7] {
        let args = format!("text a.jsonl --where odd=1 --limit 7 --threads {threads}");
        assert_eq!(room.run(&args).ends(0).stdout(), one);
    }
}

#[test]
fn a_broken_line_is_skipped_and_said_and_strict_stops_there() {
    let room = Room::with(&[("a.jsonl", "{\"id\":1,\"text\":\"One.\"}\n{\"id\":2,\n{\"id\":3,\"text\":\"Three.\"}\n")]);
    room.run("text a.jsonl").ends(3).says(&["warning: skipped a.jsonl:2"]).prints(&["One.", "Three."]);
    room.run("text a.jsonl --strict").ends(1).says(&["a.jsonl:2", "--strict"]);
}
