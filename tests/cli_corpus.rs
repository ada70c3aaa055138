//! Inputs of every kind: folders, globs, pipes, compressed files; metadata; and what run.json says
//! of them.

mod common;

use std::io::Write as _;

use common::{Ran, Room, column};

const WORD: &str = "[lexicon]\nid = \"w\"\n[[category]]\nid = \"word\"\nterms = [\"word\"]\n";

fn room(files: &[(&str, &str)]) -> Room {
    let room = Room::with(files);
    room.write("w.toml", WORD);
    room
}

fn ids(ran: &Ran) -> Vec<String> {
    column(&ran.stdout(), "id")
}

fn manifest(room: &Room, name: &str) -> serde_json::Value {
    serde_json::from_str(&room.read(name)).expect("JSON")
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).expect("memory");
    encoder.finish().expect("memory")
}

/// An article a line.
fn jsonl(articles: std::ops::Range<usize>) -> String {
    articles.map(|i| format!("{{\"id\":\"a{i}\",\"text\":\"word {i}\"}}\n")).collect()
}

/// What `sha256sum` prints of these bytes.
fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

// Which files are read, and what they are called.

#[test]
fn a_folder_is_walked_in_sorted_order_and_dot_files_are_counted() {
    let room = room(&[
        ("news/b/2.txt", "word"),
        ("news/b/1.md", "word"),
        ("news/a.txt", "word"),
        ("news/.hidden.txt", "word"),
        ("news/.git/3.txt", "word"),
        ("news/picture.png", ""),
    ]);
    let ran = room.run("score news -l w.toml").ends(0);
    assert_eq!(ids(&ran), ["a", "b/1", "b/2"]);
    ran.says(&["3 files (2 hidden, 1 of no known format)"]);
}

#[test]
fn an_id_is_the_path_below_the_folder_common_to_all_inputs() {
    let room = room(&[("n/x/1.txt", "word"), ("n/x/2.v2.txt", "word"), ("n/y/1.txt", "word"), ("n/y/3.txt", "word")]);
    let absolute = format!("score {} -l w.toml", room.path().join("n").display());
    for (args, expected) in [
        // It depends on what was asked for, not on which files happen to lie there.
        ("score n -l w.toml", vec!["x/1", "x/2.v2", "y/1", "y/3"]),
        ("score n/ -l w.toml", vec!["x/1", "x/2.v2", "y/1", "y/3"]),
        ("score ./n/x -l w.toml", vec!["1", "2.v2"]),
        ("score n/x n/y -l w.toml", vec!["x/1", "x/2.v2", "y/1", "y/3"]),
        ("score n/y/3.txt n/x -l w.toml", vec!["y/3", "x/1", "x/2.v2"]),
        ("score n/x/1.txt -l w.toml", vec!["1"]),
        ("score . -l w.toml", vec!["n/x/1", "n/x/2.v2", "n/y/1", "n/y/3"]),
        ("score n/*/1.txt -l w.toml", vec!["x/1", "y/1"]),
        ("score n/**/[13].txt -l w.toml", vec!["x/1", "y/1", "y/3"]),
        (&absolute, vec!["x/1", "x/2.v2", "y/1", "y/3"]),
    ] {
        assert_eq!(ids(&room.run(args).ends(0)), expected, "{args}");
    }
}

#[test]
fn a_file_that_comes_by_two_ways_is_read_once() {
    let room = room(&[("n/1.txt", "word"), ("n/2.txt", "word"), ("n/.3.txt", "word")]);
    for args in ["n n/1.txt", "n/1.txt n", "n/*.txt n", "n ./n/", "n n/1.txt n/1.txt", "n/1.txt n/?.txt"] {
        assert_eq!(room.run(&format!("score {args} -l w.toml")).ends(0).stdout().lines().count(), 3, "{args}");
    }
    // Who names a dot file gets it.
    assert_eq!(ids(&room.run("score n n/.3.txt -l w.toml").ends(0)), ["1", "2", ".3"]);
}

#[test]
fn an_existing_name_beats_its_reading_as_a_pattern() {
    let room = room(&[("a[1].txt", "word"), ("a1.txt", "word word"), ("{x,y}.txt", "word word word")]);
    assert_eq!(ids(&room.run("score a[1].txt -l w.toml").ends(0)), ["a[1]"]);
    assert_eq!(ids(&room.run("score {x,y}.txt -l w.toml").ends(0)), ["{x,y}"]);
    assert_eq!(ids(&room.run("score a[12].txt -l w.toml").ends(0)), ["a1"]);
    room.run("score b*.txt -l w.toml").ends(1).says(&["b*.txt", "no file matches"]);
    room.run("score a[.txt -l w.toml").ends(2).says(&["a[.txt", "not a pattern"]);
}

#[test]
fn tables_of_ours_and_files_of_other_options_are_no_articles() {
    let room = room(&[("n/1.txt", "word"), ("n/2.txt", "word\nShare this")]);
    room.write("n/meta.csv", "id,outlet\n1,Herald\n2,Courier\n");
    room.write("n/furniture.txt", "Share this\n");
    let args = "score n -l w.toml --meta-file n/meta.csv --boilerplate n/furniture.txt --meta outlet";
    let first = room.run(&format!("{args} -o n/scores.csv")).ends(0).says(&["2 of this or an earlier run"]);
    drop(first);
    room.run(&format!("{args} -o n/again.csv")).ends(0);
    assert_eq!(room.read("n/again.csv"), room.read("n/scores.csv"));
    assert_eq!(column(&room.read("n/again.csv"), "outlet"), ["Herald", "Courier"]);
}

#[cfg(unix)]
#[test]
fn a_table_redirected_into_its_own_input_folder_is_not_read() {
    let room = room(&[("n/1.txt", "word")]);
    let mut command = std::process::Command::new("sh");
    command.current_dir(room.path()).args(["-c", "\"$0\" score n -l w.toml > n/scores.csv"]);
    let output = command.arg(assert_cmd::cargo::cargo_bin("framescope")).output().expect("a shell");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(room.read("n/scores.csv").lines().count(), 2);
}

// Formats, from files and from stdin, compressed and not.

#[test]
fn every_format_comes_plain_and_compressed_from_files_and_from_stdin() {
    let room = room(&[]);
    let contents = [
        ("csv", "id,text\na,word one\n"),
        ("tsv", "id\ttext\na\tword one\n"),
        ("jsonl", "{\"id\":\"a\",\"text\":\"word one\"}\n"),
        ("txt", "word one\n"),
    ];
    for (ending, text) in contents {
        let zst = zstd::encode_all(text.as_bytes(), 3).expect("memory");
        for (compression, bytes) in [("", text.as_bytes().to_vec()), (".gz", gzip(text)), (".zst", zst)] {
            let name = format!("a.{ending}{compression}");
            room.write(&name, &bytes);
            let ran = room.run(&format!("score {name} -l w.toml")).ends(0);
            assert_eq!([ids(&ran), column(&ran.stdout(), "words")], [["a"], ["2"]], "{name}");
            let format = if ending == "txt" { "text" } else { ending };
            let mut command = room.command(&format!("score - --format {format} -l w.toml -o stdin.csv"));
            command.write_stdin(bytes.clone()).assert().success();
            assert_eq!(column(&room.read("stdin.csv"), "word"), ["1"], "{name} from stdin");
            let record = &manifest(&room, "stdin.run.json")["inputs"]["first"][0];
            assert_eq!(record["path"], "stdin");
            assert_eq!(record["sha256"], sha256(&bytes), "{name} from stdin");
            assert_eq!(record["bytes"], bytes.len(), "{name} from stdin");
        }
    }
}

// run.json.

#[test]
fn inputs_are_hashed_as_they_are_stored() {
    let room = room(&[("n/1.txt", "word"), ("n/2.txt", "")]);
    let table = format!("id,text\n{}", (0..30_000).map(|i| format!("{i},word\n")).collect::<String>());
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("word".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let (one, two) = (gzip(&jsonl(0..500)), gzip(&jsonl(500..900)));
    room.write("n/a.csv", &table);
    room.write("n/b.jsonl.gz", [one, two].concat());
    room.write("n/c.txt", utf16);
    room.run("score n -l w.toml -o s.csv --threads 3 --no-id-check").ends(3);
    let inputs = &manifest(&room, "s.run.json")["inputs"];
    let mut lines = String::new();
    let mut size = 0;
    for (i, name) in ["n/1.txt", "n/2.txt", "n/a.csv", "n/b.jsonl.gz", "n/c.txt"].into_iter().enumerate() {
        let bytes = std::fs::read(room.path().join(name)).expect(name);
        let hash = sha256(&bytes);
        let record = &inputs["first"][i];
        assert_eq!(record["path"], name);
        assert_eq!((&record["bytes"], &record["sha256"]), (&bytes.len().into(), &hash.as_str().into()), "{name}");
        lines.push_str(&format!("{hash}  {name}\n"));
        size += bytes.len();
    }
    assert_eq!((&inputs["total"], &inputs["bytes"]), (&5.into(), &size.into()));
    assert_eq!(inputs["sha256"], sha256(lines.as_bytes()));
    room.run("score n -l w.toml -o s.csv --no-hash --no-id-check").ends(3);
    assert_eq!(manifest(&room, "s.run.json")["inputs"]["first"][2]["sha256"], serde_json::Value::Null);
}

#[test]
fn a_file_of_exactly_a_chunk_is_finished_and_hashed() {
    let room = room(&[]);
    let row = format!("a,{}word\n", "x".repeat(1017));
    // The header and 1,024 rows of 1,024 bytes, less what makes it a mebibyte behind the header.
    let table = format!("id,text\n{}", row.repeat(1024));
    assert_eq!(table.len() - 8, 1 << 20);
    room.write("a.csv", &table);
    room.run("score a.csv -l w.toml -o s.csv --no-id-check").ends(0);
    let inputs = &manifest(&room, "s.run.json")["inputs"];
    assert_eq!((&inputs["total"], &inputs["first"][0]["sha256"]), (&1.into(), &sha256(table.as_bytes()).into()));
}

#[test]
fn a_file_that_was_not_read_to_its_end_has_no_hash_for_any_number_of_threads() {
    let room = room(&[]);
    room.write("a.jsonl", jsonl(0..20_000).replace("word", &"word ".repeat(40)));
    let with = |threads: u32| {
        room.run(&format!("score a.jsonl -l w.toml --limit 7 -o s.csv --threads {threads}")).ends(0);
        manifest(&room, "s.run.json")
    };
    let one = with(1);
    assert_eq!(one["inputs"]["first"][0]["path"], "a.jsonl");
    assert!(one["inputs"]["first"][0]["sha256"].is_null() && one["inputs"]["sha256"].is_null(), "{one}");
    assert!([2, 7].iter().all(|&n| with(n) == one));
}

// Metadata.

#[test]
fn keys_that_come_late_are_named_and_counted_and_can_be_asked_for() {
    let room = room(&[]);
    let line = |i: usize| match i {
        0..1500 => format!("{{\"id\":\"a{i}\",\"outlet\":\"H\",\"text\":\"word\"}}\n"),
        _ => format!("{{\"id\":\"a{i}\",\"outlet\":\"H\",\"section\":\"s{i}\",\"tags\":[1],\"text\":\"word\"}}\n"),
    };
    room.write("a.jsonl", (0..1510).map(line).collect::<String>());
    let ran = room.run("score a.jsonl -l w.toml -q -o s.csv").ends(0);
    ran.says(&["section (in 10 articles), tags (in 10 articles)", "--meta"]);
    let late = &manifest(&room, "s.run.json")["late_keys"];
    assert_eq!(*late, serde_json::json!({ "section": 10, "tags": 10 }));
    let ran =
        room.run("score a.jsonl -l w.toml --meta outlet,section").ends(0).says(&["tags (in 10"]).says_not("section (");
    let sections = column(&ran.stdout(), "section");
    assert_eq!((sections[1499].as_str(), sections[1500].as_str()), ("", "s1500"));
    let ran = room.run("score a.jsonl -l w.toml --where section=s1507").ends(0);
    assert_eq!(ids(&ran), ["a1507"]);
    // A name that nobody has is a slip of the pen.
    room.run("score a.jsonl -l w.toml --meta sektion").ends(0).says(&["no article has \"sektion\""]);
    room.write("few.jsonl", (0..9).map(line).collect::<String>());
    room.run("score few.jsonl -l w.toml --meta sektion").ends(2).says(&["no column \"sektion\"", "id, outlet, text"]);
}

#[test]
fn a_key_that_another_file_has_is_a_column_in_all() {
    let room = room(&[("a.jsonl", "{\"id\":\"1\",\"text\":\"word\",\"x\":\"X\"}\n")]);
    let late = (0..1200).map(|i| format!("{{\"id\":\"b{i}\",\"text\":\"word\"}}\n")).collect::<String>();
    room.write("b.jsonl", late + "{\"id\":\"late\",\"text\":\"word\",\"x\":\"Y\"}\n");
    let table = room.run("score a.jsonl b.jsonl -l w.toml").ends(0).says_not("left out").stdout();
    assert_eq!(column(&table, "x").last().map(String::as_str), Some("Y"));
}

#[test]
fn what_stands_behind_the_last_article_of_a_limit_is_not_lost() {
    let room = room(&[("a.jsonl", "{\"id\":\"1\",\"text\":\"word\"}\nbroken\n{\"id\":\"2\",\"text\":\"word\"}\n")]);
    room.run("score a.jsonl -l w.toml --limit 1").ends(0).says_not("skipped");
    room.run("score a.jsonl -l w.toml --limit 1 --strict").ends(0);
    room.run("score a.jsonl -l w.toml --limit 2").ends(3).says(&["skipped a.jsonl:2"]);
    room.run("score a.jsonl -l w.toml --limit 2 --strict").ends(1).says(&["a.jsonl:2"]);
}

#[test]
fn all_headers_of_tables_together_are_the_columns() {
    let room = room(&[("a.csv", "id,text,outlet\n1,word,H\n"), ("b.csv", "section;text;id\nS;word, too;2\n")]);
    let table = room.run("score a.csv b.csv -l w.toml").ends(0).says(&["b.csv: the delimiter is ';'"]).stdout();
    assert_eq!(column(&table, "outlet"), ["H", ""]);
    assert_eq!(column(&table, "section"), ["", "S"]);
    let none = room.run("score a.csv b.csv -l w.toml --meta none").ends(0).stdout();
    assert!(none.starts_with("id,language,words,"), "{none}");
}

#[test]
fn several_columns_make_an_id() {
    let room = room(&[("a.csv", "outlet,no,text\nH,1,word\nC,1,word\n")]);
    assert_eq!(ids(&room.run("score a.csv -l w.toml --id outlet,no").ends(0)), ["H|1", "C|1"]);
    room.run("score a.csv -l w.toml").ends(0).says(&["no column looks like an id", "--id NAME"]);
    assert_eq!(ids(&room.run("score a.csv -l w.toml").ends(0)), ["a.csv:1", "a.csv:2"]);
    room.run("score a.csv -l w.toml --id no").ends(1).says(&["\"1\" stands twice"]);
}

#[test]
fn a_metadata_file_is_joined_on_id_or_path_and_wins() {
    let room = room(&[("n/1.txt", "Title: One\nAuthor: Guessed\n\nword\n"), ("n/2.txt", "word"), ("n/3.txt", "word")]);
    room.write("by_id.csv", "author,id,genre\nKnown,1,news\n,2,comment\n");
    let ran = room
        .run("score n -l w.toml --meta-file by_id.csv")
        .ends(0)
        .says(&["1 article", "--meta-file (the first is \"3\", and the file begins with \"1\")"]);
    assert_eq!(column(&ran.stdout(), "author"), ["Known", "", ""]);
    assert_eq!(column(&ran.stdout(), "genre"), ["news", "comment", ""]);
    room.write("by_path.tsv", "path\tgenre\nn/1.txt\tnews\nn/2.txt\tnews\nn/3.txt\tnews\n");
    let ran = room.run("score n -l w.toml --meta-file by_path.tsv").ends(0).says_not("--meta-file");
    assert_eq!(column(&ran.stdout(), "genre"), ["news"; 3]);
    room.write("europe.csv", "id;genre\n1;news\n2;news\n3;news\n");
    let ran = room.run("score n -l w.toml --meta-file europe.csv").ends(0);
    assert_eq!(column(&ran.stdout(), "genre"), ["news"; 3]);
    room.write("twice.csv", "id,genre\n1,news\n1,comment\n");
    room.run("score n -l w.toml --meta-file twice.csv").ends(1).says(&[
        "twice.csv:2",
        "twice.csv:3",
        "\"1\" stands twice",
    ]);
    room.write("no_key.csv", "name,genre\n1,news\n");
    room.run("score n -l w.toml --meta-file no_key.csv").ends(2).says(&["no_key.csv", "name, genre"]);
    room.run("score n -l w.toml --meta-file missing.csv").ends(1).says(&["missing.csv"]);
}

#[test]
fn an_encoding_of_many_texts_is_said_once() {
    let room = room(&[]);
    for i in 0..5 {
        room.write(&format!("n/{i}.txt"), b"word caf\xe9 na\xefve");
    }
    let ran = room.run("score n -l w.toml").ends(0).says(&["n/0.txt and 4 more files: read as windows-1252"]);
    assert_eq!(ran.stderr().matches("windows-1252").count(), 1);
}

#[test]
fn a_limit_and_a_condition_choose_together() {
    let rows: String = (0..50).map(|i| format!("{i},{},word\n", ["H", "C"][i % 2])).collect();
    let room = room(&[("a.csv", &format!("id,outlet,text\n{rows}"))]);
    assert_eq!(ids(&room.run("score a.csv -l w.toml --where outlet=C --limit 3").ends(0)), ["1", "3", "5"]);
    assert_eq!(ids(&room.run("score a.csv -l w.toml --where outlet!=C --limit 2").ends(0)), ["0", "2"]);
    room.run("score a.csv -l w.toml --where outlt=C").ends(2).says(&["--where", "outlt", "id, outlet, text"]);
}

#[test]
fn a_language_is_the_columns_or_the_one_that_was_said() {
    let room = room(&[("a.csv", "id,language,text\n1,fr,word\n2,,word\n")]);
    let table = room.run("score a.csv -l w.toml --language de").ends(0).stdout();
    assert_eq!(column(&table, "language"), ["fr", "de"]);
}

/// The text as a column of values once was empty everywhere: all articles left out, no event, no date, without a word.
#[test]
fn the_text_is_no_column_of_values() {
    let room = Room::with(&[("n.csv", "id,outlet,body,date\n1,a,The hostages,2031-03-04\n2,b,The talks,2031-03-05\n")]);
    for (args, says) in [
        ("compare n.csv -l talks --by body", "--by body: this is the column of the text"),
        ("compare n.csv -l talks --within body", "--within body"),
        ("compare n.csv -l talks --events body", "--events body"),
        ("compare n.csv -l talks --model nb --cluster body", "--cluster body"),
        ("trend n.csv -l talks --date body", "--date body"),
        ("keyness n.csv --by body", "--by body"),
        ("describe n.csv --by body", "--by body"),
        ("score n.csv -l talks --meta outlet,body", "--meta body"),
    ] {
        room.run(&format!("{args} --text body")).ends(2).says(&[says, "name another column"]);
    }
    // In a table whose text stands elsewhere it is a column as any other.
    room.write("m.csv", "id,outlet,text,body\n3,b,The talks,short\n");
    room.run("score n.csv m.csv -l talks --meta outlet,body").ends(0);
}
