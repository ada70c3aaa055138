//! Input that is broken, hostile or odd: what is said of it, with which exit status, and that
//! nothing else is lost.

mod common;

use common::{Ran, Room};

const WORD: &str = "[lexicon]\nid = \"w\"\n[[category]]\nid = \"word\"\nterms = [\"word\"]\n";
const HEAD: &str = "[lexicon]\nid = \"x\"\n[[category]]\nid = \"a\"\n";

/// A room with the lexicon of one word and these files.
fn room(files: &[(&str, &str)]) -> Room {
    let room = Room::with(files);
    room.write("w.toml", WORD);
    room
}

/// Scores a file that holds these bytes.
fn score(name: &str, bytes: impl AsRef<[u8]>, options: &str) -> Ran {
    let room = room(&[]);
    room.write(name, bytes);
    room.run(&format!("score {name} -l w.toml {options}"))
}

/// The rows of a table, without its header.
fn rows(ran: &Ran) -> Vec<String> {
    ran.stdout().lines().skip(1).map(str::to_owned).collect()
}

/// The ids of the rows, which stand first.
fn ids(ran: &Ran) -> Vec<String> {
    rows(ran).iter().map(|row| row.split(',').next().unwrap_or_default().to_owned()).collect()
}

/// The cell of the first row under a name.
fn cell(ran: &Ran, name: &str) -> String {
    let stdout = ran.stdout();
    let at = stdout.lines().next().expect("a header").split(',').position(|n| n == name).expect(name);
    stdout.lines().nth(1).expect("a row").split(',').nth(at).expect("a cell").to_owned()
}

// Files and folders.

#[test]
fn a_missing_file_is_named_and_the_one_that_was_meant() {
    let room = room(&[("news.csv", "id,text\na,word\n")]);
    room.run("score nwes.csv -l w.toml -o s.csv").ends(1).says(&["nwes.csv: there is no such file", "news.csv?"]);
    assert_eq!(room.files(), ["news.csv", "w.toml"]);
}

#[test]
fn an_empty_file_is_no_corpus() {
    score("a.csv", "", "").ends(1).says(&["a.csv", "empty"]);
    score("a.jsonl", "", "").ends(1).says(&["no articles"]);
    score("a.txt", "", "").ends(3).says(&["skipped a.txt:1", "empty"]);
    score("a.txt", "", "--strict").ends(1).says(&["a.txt:1", "empty"]);
}

#[test]
fn an_empty_folder_is_no_corpus() {
    let room = room(&[]);
    std::fs::create_dir(room.path().join("news")).expect("a folder");
    room.run("score news -l w.toml -o s.csv").ends(1).says(&["no article in news", "no file"]);
    assert_eq!(room.files(), ["news", "w.toml"]);
}

// Tables.

#[test]
fn a_ragged_row_is_skipped_and_the_others_are_scored() {
    let table = "id,text\na,word\nb,word,more\nc,word\n";
    let ran = score("a.csv", table, "").ends(3).says(&["a.csv:3", "3 cells, the header 2", "1 article skipped"]);
    assert_eq!(ids(&ran), ["a", "c"]);
    score("a.csv", table, "--strict").ends(1).says(&["a.csv:3"]);
}

#[test]
fn an_unclosed_quote_is_named_with_what_is_lost_behind_it() {
    let ran = score("a.csv", "id,text\na,word\nb,\"word\nc,word\nd,word\n", "").ends(3).says(&[
        "a.csv:3",
        "never closed",
        "all 3 lines",
    ]);
    assert_eq!(ids(&ran), ["a"]);
}

#[test]
fn a_header_with_a_name_twice_is_refused() {
    score("a.csv", "id,text,id\na,word,b\n", "").ends(1).says(&["a.csv:1", "\"id\" twice", "rename"]);
}

#[test]
fn a_table_without_a_text_column_lists_its_columns() {
    score("a.csv", "id,foo\na,word\n", "").ends(2).says(&["a.csv", "--text NAME", "id, foo"]);
}

#[test]
fn metadata_columns_named_like_ours_are_renamed() {
    let ran = score("a.csv", "id,words,word,text\na,5,six,word\n", "").ends(0).says(&["`words` is `meta_words`"]);
    let names = ["meta_words", "meta_word", "words", "word"];
    assert_eq!(names.map(|name| cell(&ran, name)), ["5", "six", "1", "1"]);
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_guarded_and_counted() {
    let table = "id,b,c,d,e,text\n=1,+x,-y,@z,-5,word\n";
    let ran = score("a.csv", table, "").ends(0).says(&["4 text cells begin like a formula", "--raw-text"]);
    assert!(rows(&ran)[0].starts_with("'=1,'+x,'-y,'@z,-5,"), "{}", ran.stdout());
    let raw = score("a.csv", table, "--raw-text").ends(0).says_not("formula");
    assert!(rows(&raw)[0].starts_with("=1,+x,-y,@z,-5,"), "{}", raw.stdout());
}

#[test]
fn an_id_that_comes_twice_is_refused_with_both_places() {
    let room = room(&[("a.csv", "id,text\nx,word\ny,word\n"), ("b.csv", "id,text\nz,word\nx,word\n")]);
    let ran = room.run("score a.csv b.csv -l w.toml -o s.csv").ends(1);
    ran.says(&["\"x\" stands twice", "a.csv, record 1", "b.csv, record 2", "--id a,b"]);
    assert_eq!(room.files(), ["a.csv", "b.csv", "w.toml"]);
    room.run("score a.csv b.csv -l w.toml --no-id-check").ends(0);
}

// JSONL.

#[test]
fn a_broken_line_is_skipped_counted_and_stops_a_strict_run() {
    let lines = "{\"id\":\"a\",\"text\":\"word\"}\n{\"id\":\"b\",\"te\n{\"id\":\"c\",\"text\":\"word\"}\n";
    let room = room(&[("a.jsonl", lines)]);
    let ran = room.run("score a.jsonl -l w.toml").ends(3).says(&["skipped a.jsonl:2", "1 article skipped"]);
    assert_eq!(ids(&ran), ["a", "c"]);
    room.run("score a.jsonl -l w.toml --strict -o s.csv").ends(1).says(&["a.jsonl:2", "--strict stops here"]);
    assert_eq!(room.files(), ["a.jsonl", "w.toml"]);
    room.run("score a.jsonl -l w.toml -o s.csv").ends(3);
    assert!(room.read("s.run.json").contains("a.jsonl:2"));
}

#[test]
fn a_line_of_50_megabytes_is_one_article() {
    let long = format!("{{\"id\":\"a\",\"text\":\"word{}word\"}}\n", " ".repeat(50_000_000));
    let ran = score("a.jsonl", long + "{\"id\":\"b\",\"text\":\"word\"}\n", "").ends(0);
    assert_eq!(ids(&ran), ["a", "b"]);
    assert_eq!(cell(&ran, "word"), "2");
}

#[test]
fn a_file_of_a_format_that_is_not_read_says_the_way_out() {
    score("a.json", "[{\"id\":1}]", "").ends(2).says(&["a.json", "--format jsonl", "jq -c '.[]'"]);
    score("a.json", "[{\"id\":1}]", "--format jsonl").ends(1).says(&["a.json", "one a line", "jq -c '.[]'"]);
    score("a.xlsx", "", "").ends(2).says(&["a.xlsx", "save the sheet as CSV"]);
    score("a.docx", "", "").ends(2).says(&["a.docx", "save it as text"]);
    score("a.xyz", "", "").ends(2).says(&["a.xyz", "--format csv, tsv, jsonl or text"]);
}

#[test]
fn a_text_file_that_is_not_utf8_is_said_with_and_without_the_encoding() {
    let bytes = b"word caf\xe9 na\xefve";
    let ran = score("a.txt", bytes, "").ends(0).says(&["a.txt: read as windows-1252 (guessed", "--encoding NAME"]);
    assert_eq!(cell(&ran, "words"), "3");
    score("a.txt", bytes, "--encoding utf-8").ends(3).says(&["skipped a.txt:1", "not valid UTF-8 from byte 8"]);
}

#[test]
fn an_output_that_is_an_input_by_another_way_is_refused() {
    let room = room(&[("n/a.csv", "id,text\na,word\n")]);
    for args in ["n/a.csv -o n/../n/a.csv", "n/a.csv -o n/a.csv"] {
        room.run(&format!("score {args} -l w.toml")).ends(2).says(&["would destroy it"]);
    }
    assert_eq!(room.read("n/a.csv"), "id,text\na,word\n");
}

// Encodings.

#[test]
fn text_that_is_not_utf8_is_read_as_what_it_is_and_that_is_said() {
    let bytes = b"id,text\na,word caf\xe9 na\xefve\n";
    let ran = score("a.csv", bytes, "").ends(0).says(&["a.csv: read as windows-1252", "--encoding"]);
    assert_eq!(cell(&ran, "words"), "3");
    let ran = score("a.csv", bytes, "--encoding windows-1252").ends(0).says_not("guessed");
    assert_eq!(cell(&ran, "words"), "3");
    score("a.csv", bytes, "--encoding utf-8").ends(3).says(&["a.csv:2", "\"text\" is not valid UTF-8"]);
    score("a.csv", bytes, "--encoding nosuch").ends(2).says(&["--encoding nosuch", "windows-1252"]);
}

#[test]
fn a_jsonl_line_that_is_not_utf8_is_skipped_and_the_others_are_not_misread() {
    let lines = b"{\"id\":\"a\",\"text\":\"word caf\xc3\xa9\"}\n{\"id\":\"b\",\"text\":\"word \xe9\"}\n";
    let ran = score("a.jsonl", lines, "").ends(3).says(&["a.jsonl:2", "not valid UTF-8", "--encoding NAME"]);
    assert_eq!(ids(&ran), ["a"]);
    let ran = score("a.jsonl", lines, "--encoding windows-1252").ends(0);
    assert_eq!(ids(&ran), ["a", "b"]);
}

#[test]
fn utf16_is_known_by_its_mark() {
    let text = "id,text\na,word é\n";
    let little = text.encode_utf16().flat_map(u16::to_le_bytes);
    let big = text.encode_utf16().flat_map(u16::to_be_bytes);
    let files: [(Vec<u8>, &str); 2] = [
        ([0xff, 0xfe].into_iter().chain(little).collect(), "UTF-16LE"),
        ([0xfe, 0xff].into_iter().chain(big).collect(), "UTF-16BE"),
    ];
    for (bytes, name) in files {
        let ran = score("a.csv", bytes, "").ends(0).says(&[name]);
        assert_eq!([cell(&ran, "id"), cell(&ran, "words")], ["a", "2"]);
    }
}

#[test]
fn nul_characters_are_no_words() {
    assert_eq!(cell(&score("a.jsonl", r#"{"id":"a","text":"word \u0000 word"}"#, "").ends(0), "words"), "2");
    assert_eq!(cell(&score("a.txt", "word \0 word", "").ends(0), "word"), "2");
}

// Odd articles.

#[test]
fn an_article_of_punctuation_has_no_words_and_no_rates() {
    let ran = score("a.csv", "id,text\na,\"...!? -- ,\"\n", "--measures count,per_1k").ends(0);
    assert_eq!(["words", "word", "word__per_1k"].map(|name| cell(&ran, name)), ["0", "0", ""]);
}

#[test]
fn a_hundred_thousand_open_quotation_marks_open_nothing() {
    for mark in ["“", "\\\"", "‘", "«"] {
        let text = format!("{{\"id\":\"a\",\"text\":\"{}\"}}", format!("{mark}word ").repeat(100_000));
        let ran = score("a.jsonl", text, "").ends(0);
        assert_eq!([cell(&ran, "word"), cell(&ran, "quoted_words")], ["100000", "0"], "{mark}");
    }
}

#[test]
fn a_million_words_that_all_match() {
    let ran = score("a.jsonl", format!("{{\"id\":\"a\",\"text\":\"{}\"}}", "word ".repeat(1_000_000)), "").ends(0);
    assert_eq!([cell(&ran, "words"), cell(&ran, "word")], ["1000000", "1000000"]);
}

// Lexicons.

/// A lexicon that is broken: refused by `lexicon check` with 1 and by `score` with 2, both with the
/// place and the hint.
#[track_caller]
fn refused(lexicon: &str, says: &[&str]) {
    let room = Room::with(&[("x.toml", lexicon), ("a.csv", "id,text\na,word\n")]);
    room.run("lexicon check x.toml").ends(1).says(says);
    room.run("score a.csv -l x.toml -o s.csv").ends(2).says(says);
    assert_eq!(room.files(), ["a.csv", "x.toml"]);
}

#[test]
fn a_lexicon_with_a_syntax_error() {
    refused(&format!("{HEAD}terms = [\"a\"\n[[category]]\n"), &["x.toml:6:1", "the list ends with ]"]);
}

#[test]
fn a_lexicon_with_an_unknown_key() {
    refused(&format!("{HEAD}tems = [\"a\"]\n"), &["x.toml:5:1", "unknown key `tems`", "did you mean `terms`?"]);
}

#[test]
fn a_lexicon_with_an_empty_term() {
    refused(&format!("{HEAD}terms = [\"a\", \"\"]\n"), &["x.toml:5:15", "an empty term", "take it out"]);
}

#[test]
fn a_lexicon_with_a_term_of_wildcards_only() {
    refused(&format!("{HEAD}terms = [\"a\", \"* *\"]\n"), &["x.toml:5:15", "wildcards only", "at least one letter"]);
}

#[test]
fn a_lexicon_with_curly_quotes() {
    refused(&format!("{HEAD}terms = [“a”]\n"), &["x.toml:5:10", "write straight quotation marks"]);
}

#[test]
fn a_lexicon_with_single_brackets_for_double() {
    let lexicon = "[lexicon]\nid = \"x\"\n[category]\nid = \"a\"\nterms = [\"b\"]\n";
    refused(lexicon, &["x.toml:3:1", "write [[category]]"]);
}

#[test]
fn a_lexicon_with_a_key_behind_an_entry_table() {
    let lexicon = format!("{HEAD}[[category.entry]]\nterm = \"c\"\nlabel = \"late\"\n");
    refused(&lexicon, &["x.toml:7:1", "`label` belongs to the category", "move it up"]);
}

#[test]
fn a_lexicon_that_extends_itself() {
    refused("[lexicon]\nid = \"x\"\nextends = \"x.toml\"\n", &["x.toml:3:11", "extends itself"]);
    let room = Room::with(&[
        ("a.toml", "[lexicon]\nid = \"a\"\nextends = \"b.toml\"\n"),
        ("b.toml", "[lexicon]\nid = \"b\"\nextends = \"a.toml\"\n"),
    ]);
    room.run("lexicon check a.toml").ends(1).says(&["extends itself", ":3:11", "a.toml -> b.toml -> a.toml"]);
}

#[test]
fn a_lexicon_that_extends_an_unknown_one() {
    refused(
        "[lexicon]\nid = \"x\"\nextends = \"tlks\"\n",
        &["x.toml:3:11", "no lexicon `tlks`", "did you mean `talks`?"],
    );
}

#[test]
fn a_lexicon_with_an_unknown_path_in_an_axis() {
    let axis = "terms = [\"b\"]\n[[axis]]\nid = \"ax\"\npositive = [\"a\"]\nnegative = [\"bb\"]\n";
    refused(&format!("{HEAD}{axis}"), &["x.toml:9:13", "no path `bb`", "the paths are: a"]);
}

#[test]
fn a_lexicon_of_200_000_entries() {
    let terms: String = (0..200_000).map(|i| format!("\"word{i}x\",\n")).collect();
    let room = Room::with(&[("a.csv", "id,text\na,word7x word8 word199999x\n")]);
    room.write("big.toml", format!("{HEAD}terms = [\n{terms}]\n"));
    assert_eq!(cell(&room.run("score a.csv -l big.toml").ends(0), "a"), "2");
}

// Outputs.

#[test]
fn an_output_folder_that_does_not_exist() {
    let ran = score("a.csv", "id,text\na,word\n", "-o no/s.csv").ends(1);
    ran.says(&["no/s.csv", "does not exist", "mkdir -p 'no'"]);
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_may_not_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let room = room(&[("a.csv", "id,text\na,word\n"), ("shut/old", "")]);
    let shut = room.path().join("shut");
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o555)).expect("permissions");
    // Root may write anyway.
    if std::fs::write(shut.join("probe"), "").is_err() {
        room.run("score a.csv -l w.toml -o shut/s.csv").ends(1).says(&["cannot write shut/s.csv", "permissions"]);
    }
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o755)).expect("permissions");
}

/// Not even root may make files there.
#[cfg(target_os = "linux")]
#[test]
fn an_output_folder_that_nobody_may_write() {
    let ran = score("a.csv", "id,text\na,word\n", "-o /proc/s.csv").ends(1);
    ran.says(&["cannot write /proc/s.csv", "choose a folder you may write to"]).says_not(".part");
}

#[test]
fn an_output_below_a_file() {
    let ran = score("a.csv", "id,text\na,word\n", "-o a.csv/s.csv").ends(1);
    ran.says(&["cannot write a.csv/s.csv", "a.csv is a file, not a folder"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_a_failure() {
    score("a.csv", "id,text\na,word\n", "-o /dev/full").ends(1).says(&["writing /dev/full failed", "free some space"]);
    let room = room(&[("a.csv", "id,text\na,word\n")]);
    let full = std::fs::File::options().write(true).open("/dev/full").expect("/dev/full");
    let binary = assert_cmd::cargo::cargo_bin("framescope");
    let mut command = std::process::Command::new(binary);
    command.current_dir(room.path()).args(["score", "a.csv", "-l", "w.toml"]).stdout(full);
    let output = command.output().expect("framescope");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn an_output_that_is_an_input_is_refused() {
    let table = "id,text\na,word\n";
    let room = room(&[("a.csv", table)]);
    room.run("score a.csv -l w.toml -o ./a.csv").ends(2).says(&["./a.csv is the input a.csv", "another name"]);
    assert_eq!(room.read("a.csv"), table);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let room = room(&[]);
    room.write("a.csv", "id,text\n".to_owned() + &(0..20_000).map(|i| format!("{i},word\n")).collect::<String>());
    let binary = assert_cmd::cargo::cargo_bin("framescope");
    let mut command = std::process::Command::new("sh");
    command.current_dir(room.path()).arg("-c");
    command.arg("{ \"$0\" score a.csv -l w.toml; echo \"status $?\" >&2; } | head -n 1").arg(binary);
    let output = command.output().expect("a shell");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains("status 0") && !stderr.contains("error"), "{stderr}");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
}

// Every run.

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let room = Room::new();
    let articles = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/articles.jsonl");
    for table in ["score", "score --long", "kwic"] {
        let with = |n: u32| {
            let mut command = room.command(table);
            command.args([articles, "-l", "talks", "--threads", &n.to_string()]);
            command.assert().success().get_output().stdout.clone()
        };
        let one = with(1);
        assert!(one.len() > 1_000, "{table}");
        assert!([2, 7].iter().all(|&n| with(n) == one), "{table}");
    }
}

#[test]
fn a_limit_gives_exactly_so_many_rows() {
    let table = "id,text\n".to_owned() + &(0..50).map(|i| format!("{i},word\n")).collect::<String>();
    for (limit, threads) in [(1, 1), (7, 7), (49, 2), (50, 7), (60, 2)] {
        let ran = score("a.csv", &table, &format!("--limit {limit} --threads {threads}")).ends(0);
        let first: Vec<String> = (0..limit.min(50)).map(|i| i.to_string()).collect();
        assert_eq!(ids(&ran), first);
    }
}

#[test]
fn there_are_no_colour_codes_where_there_is_no_terminal() {
    let room = room(&[("a.csv", "id,text\na,word\nb\n"), ("x.toml", "[lexicon]\nid = x\n")]);
    for args in ["score a.csv -l w.toml", "lexicon check x.toml", "lexicon show w.toml", "text a.csv", "--help", "scor"]
    {
        let ran = room.run(args);
        assert!(!ran.stdout().contains('\x1b') && !ran.stderr().contains('\x1b'), "{args}");
    }
}
