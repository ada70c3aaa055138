//! `score` and `kwic` end to end: tables, messages, exit codes.

mod common;

use common::{Room, column};

const LEXICON: &str = r#"
[lexicon]
id = "naming"
version = "0.1"
[[category]]
id = "captives"
terms = ["hostage*", { term = "prisoner*", not_after = ["political"] }]
[[category]]
id = "talks"
terms = ["talks", "negotiat*"]
"#;

const ARTICLES: &str = "\
id,outlet,title,text
1,Herald,Talks begin,\"Talks about the hostages began. “The prisoners come home,” she said.\"
2,Courier,,\"Political prisoners took no part in the negotiations.\"
";

fn room() -> Room {
    Room::with(&[("my.toml", LEXICON), ("news.csv", ARTICLES)])
}

/// Many small articles, so that there are many chunks' worth of work for several threads.
fn many(articles: usize) -> String {
    let filler = "Nothing else happened on that day in the harbour town. ".repeat(40);
    (0..articles)
        .map(|i| {
            format!("{{\"id\":\"a{i}\",\"outlet\":\"o{}\",\"text\":\"The hostages of day {i}. {filler}\"}}\n", i % 3)
        })
        .collect()
}

#[test]
fn a_row_an_article_and_a_column_a_measure() {
    let table = room().run("score news.csv -l my.toml").ends(0).stdout();
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].starts_with("id,outlet,title,"), "{table}");
    assert!(lines[0].contains("captives,talks,captives__outside,talks__outside,captives__quoted"), "{table}");
    assert_eq!(lines.len(), 3);
    assert!(lines[1].starts_with("1,Herald,Talks begin,") && lines[2].starts_with("2,Courier,,"), "{table}");
}

#[test]
fn hits_and_near_misses_are_listed_with_their_reason() {
    let room = room();
    let hits = room.run("kwic news.csv -l my.toml").ends(0).stdout();
    assert_eq!(hits.lines().count(), 1 + 5, "{hits}");
    assert!(hits.contains("prisoner*") && hits.contains(",quoted,"), "{hits}");
    let rejected = room.run("kwic news.csv -l my.toml --rejected").ends(0).stdout();
    assert_eq!(rejected.lines().count(), 2, "{rejected}");
    assert!(rejected.contains("condition,my.toml:7") && rejected.contains("Political"), "{rejected}");
}

#[test]
fn a_file_has_its_codebook_and_manifest_beside_it_and_nothing_else() {
    let room = room();
    room.run("score news.csv -l my.toml -o scores.csv")
        .ends(0)
        .says(&["2 articles", "wrote scores.csv, scores.codebook.csv, scores.run.json"]);
    assert_eq!(room.files(), ["my.toml", "news.csv", "scores.codebook.csv", "scores.csv", "scores.run.json"]);
    let manifest = room.read("scores.run.json");
    assert!(manifest.contains("\"command\": \"score\"") && manifest.contains("\"path\": \"news.csv\""), "{manifest}");
    // What is on stdout is what is in the file.
    assert_eq!(room.run("score news.csv -l my.toml").ends(0).stdout(), room.read("scores.csv"));
    // The same run is the same manifest.
    room.run("score news.csv -l my.toml -o scores.csv --threads 2 -q").ends(0);
    assert_eq!(room.read("scores.run.json"), manifest);
}

#[test]
fn every_format_of_table_is_written() {
    let room = room();
    for file in ["s.csv", "s.tsv", "s.jsonl", "s.xlsx"] {
        room.run(&format!("score news.csv -l my.toml -o {file}")).ends(0);
        room.run(&format!("kwic news.csv -l my.toml -o hits_{file} --long")).ends(2);
        room.run(&format!("kwic news.csv -l my.toml -o hits_{file}")).ends(0);
    }
    for options in ["--long", "--segment sentence", "--segment zone --long", "--measures all --intervals"] {
        room.run(&format!("score news.csv -l my.toml {options}")).ends(0).prints(&["captives"]);
    }
    let excel = room.command("score news.csv -l my.toml --excel=semicolon").output().expect("it runs").stdout;
    assert!(excel.starts_with(b"\xEF\xBB\xBFid;outlet;"));
}

#[test]
fn the_same_bytes_for_any_number_of_threads() {
    let room = room();
    room.write("many.jsonl", many(1_500));
    for command in
        ["score many.jsonl -l my.toml", "kwic many.jsonl -l my.toml", "score many.jsonl -l my.toml --limit 678"]
    {
        let one = room.run(&format!("{command} --threads 1 -q")).ends(0).stdout();
        for threads in [2, 7] {
            let other = room.run(&format!("{command} --threads {threads} -q")).ends(0).stdout();
            assert!(one == other, "{command} differs for {threads} threads");
        }
    }
    let limited = room.run("score many.jsonl -l my.toml --limit 678 -q").ends(0).stdout();
    assert_eq!(limited.lines().count(), 1 + 678);
}

#[test]
fn without_a_lexicon_the_list_of_lexicons_is_shown() {
    room().run("score news.csv").ends(2).says(&["-l", "talks", "none is right for every corpus"]);
}

#[test]
fn a_lexicon_that_does_not_exist_or_cannot_be_read_is_wrong_usage() {
    let room = room();
    room.write("bad.toml", LEXICON.replace("not_after", "notafter"));
    room.run("score news.csv -l talk").ends(2).says(&["did you mean `talks`?"]);
    room.run("score news.csv -l missing.toml").ends(2).says(&["missing.toml"]);
    room.run("score news.csv -l my").ends(2).says(&["write my.toml"]);
    room.run("score news.csv -l bad.toml -o s.csv").ends(2).says(&["bad.toml:7", "`not_after`"]);
    room.run("score news.csv -l my.toml -l ./my.toml").ends(2).says(&["two lexicons have the id `naming`"]);
    assert_eq!(room.files(), ["bad.toml", "my.toml", "news.csv"]);
}

#[test]
fn options_that_make_no_sense_are_named() {
    let room = room();
    for (options, says) in [
        ("-o s.docx", ".docx"),
        ("-o s.parquet", "full"),
        ("-o s.xlsx --excel", "--excel"),
        ("-o news.csv", "news.csv"),
        ("--measures counts", "counts"),
        ("--text nowhere", "nowhere"),
        ("--where outlet", "--where"),
        ("--encoding utf9", "utf9"),
        ("--long --prefix always", "--prefix"),
    ] {
        room.run(&format!("score news.csv -l my.toml {options}")).ends(2).says(&[says]);
    }
    assert_eq!(room.files(), ["my.toml", "news.csv"]);
    assert_eq!(room.read("news.csv"), ARTICLES);
}

#[test]
fn what_cannot_be_read_or_written_fails_with_one_message_and_leaves_nothing() {
    let room = room();
    room.write("empty.csv", "");
    room.write("header.csv", "id,text\n");
    room.write("twice.csv", "id,text\n1,a\n2,b\n1,c\n");
    for (args, says) in [
        ("nowhere.csv", "nowhere.csv"),
        ("new.csv", "news.csv"),
        ("empty.csv", "no article"),
        ("header.csv", "no article"),
        ("twice.csv", "\"1\""),
        ("news.csv -o no/such/folder/s.csv", "mkdir -p"),
    ] {
        let output = if args.contains("-o") { "" } else { "-o s.csv" };
        room.run(&format!("score {args} -l my.toml {output}")).ends(1).says(&[says]);
    }
    assert_eq!(room.files(), ["empty.csv", "header.csv", "my.toml", "news.csv", "twice.csv"]);
    room.run("score twice.csv -l my.toml --no-id-check").ends(0);
}

#[test]
fn skipped_articles_are_listed_and_the_exit_code_is_three() {
    let room = room();
    room.write("a.jsonl", "{\"id\":1,\"text\":\"Hostages.\"}\nnonsense\n{\"id\":3,\"text\":\"Talks.\"}\n");
    room.run("score a.jsonl -l my.toml -o s.csv").ends(3).says(&["skipped a.jsonl:2", "1 article skipped"]);
    assert_eq!(room.read("s.csv").lines().count(), 3);
    assert!(room.read("s.run.json").contains("a.jsonl:2"));
    room.run("score a.jsonl -l my.toml -q").ends(3).says(&["skipped a.jsonl:2"]);
    room.run("score a.jsonl -l my.toml --strict -o strict.csv").ends(1).says(&["a.jsonl:2"]);
    assert!(!room.files().contains(&"strict.csv".to_owned()));
}

#[test]
fn a_condition_that_nothing_fulfils_gives_a_header_and_a_warning() {
    let table = room().run("score news.csv -l my.toml --where outlet=Nobody").ends(0).says(&["--where"]).stdout();
    assert_eq!(table.lines().count(), 1);
}

#[test]
fn quiet_says_nothing_and_without_it_guesses_are_said() {
    let room = Room::with(&[("my.toml", LEXICON), ("a.csv", "url,body\nx,Talks.\n")]);
    assert_eq!(room.run("score a.csv -l my.toml --quiet").ends(0).stderr(), "");
    room.run("score a.csv -l my.toml").ends(0).says(&["framescope: the text is in the column \"body\"", "1 article"]);
}

#[test]
fn standard_input_is_jsonl_unless_said_otherwise() {
    let room = room();
    let jsonl = "{\"id\":\"x\",\"text\":\"The hostages.\"}\n";
    let out = room.command("score - -l my.toml -q").write_stdin(jsonl).output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&out.stdout).lines().count(), 2);
    let out = room.command("score - -l my.toml -q --format csv").write_stdin(ARTICLES).output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&out.stdout).lines().count(), 3);
}

#[test]
fn a_folder_that_holds_our_own_tables_is_read_without_them() {
    let room = Room::with(&[("my.toml", LEXICON), ("in/news.csv", ARTICLES)]);
    room.run("score in -l my.toml -o in/scores.csv").ends(0);
    room.run("kwic in -l my.toml -o in/hits.tsv").ends(0);
    room.run("score in -l my.toml -o in/again.csv").ends(0).says(&["2 articles"]);
    assert_eq!(room.read("in/again.csv"), room.read("in/scores.csv"));
}

const CUES: &str = "[lexicon]\nid = \"cues\"\nlanguage = \"en\"\n[[category]]\nid = \"sure\"\nterms = [\"hostages\"]\n\
     [[category]]\nid = \"group\"\n[[category]]\nid = \"group.tried\"\nstatus = \"experimental\"\nterms = [\"came\"]\n\
     [[axis]]\nid = \"scale\"\npositive = [\"sure\"]\nnegative = [\"group.tried\"]\n";

#[test]
fn an_experimental_path_is_told_and_shown_in_every_table() {
    let room = Room::with(&[("cues.toml", CUES), ("a.txt", "The hostages came home.")]);
    let told = "group.tried is experimental: its hits are too often wrong";
    room.run("score a.txt -l cues.toml -o wide.csv").ends(0).says(&[told]);
    assert!(room.read("wide.run.json").contains(told));
    let codebook = room.read("wide.codebook.csv");
    for (column, holds) in [
        ("group_tried", ",experimental,"),
        ("scale__score", ",experimental,"),
        ("sure", "D"),
        ("group", "counts hits of experimental paths: group.tried"),
    ] {
        let line = codebook.lines().find(|line| line.starts_with(&format!("{column},"))).expect(column);
        assert!(line.contains(holds) || holds == "D" && !line.contains("experimental"), "{line}");
    }
    let long = room.run("score a.txt -l cues.toml --long").ends(0).says(&[told]).stdout();
    assert_eq!(column(&long, "path"), ["sure", "group", "group.tried", "scale"]);
    assert_eq!(column(&long, "status"), ["", "", "experimental", "experimental"]);
    let hits = room.run("kwic a.txt -l cues.toml").ends(0).says(&[told]).stdout();
    assert_eq!(column(&hits, "status"), ["", "experimental"]);
    // A lexicon without such a path has no such column.
    room.write("plain.toml", CUES.replace("status = \"experimental\"\n", ""));
    let plain = room.run("score a.txt -l plain.toml --long").ends(0).says_not("experimental").stdout();
    assert!(!plain.lines().next().unwrap().contains("status"));
}

#[test]
fn a_text_in_another_language_is_flagged_and_told() {
    let russian = "В пятницу они не вернулись домой, но это было известно всем.";
    let room = Room::with(&[
        ("cues.toml", CUES),
        (
            "a.txt",
            "The hostages came home on Friday, and they were not hurt, said the man who had met them at the border.",
        ),
        ("b.txt", russian),
    ]);
    room.write("ru.toml", CUES.replace("\"cues\"", "\"cues_ru\"").replace("\"en\"", "\"ru\""));
    room.write("any.toml", CUES.replace("language = \"en\"\n", ""));
    let ran = room.run("score a.txt b.txt -l cues.toml -o wide.csv -q").ends(0);
    let told = "1 of 2 articles is not in the language of cues (en): 1 in ru; zeros there say nothing";
    ran.says(&[told, "the column other_language marks them"]);
    assert_eq!(column(&room.read("wide.csv"), "language"), ["en", "ru"]);
    assert_eq!(column(&room.read("wide.csv"), "other_language"), ["0", "1"]);
    assert!(room.read("wide.run.json").contains(told));
    assert!(room.read("wide.codebook.csv").contains("other_language,\"whether the article is in another language"));

    let both = room.run("score a.txt b.txt -l cues.toml -l ru.toml").ends(0);
    let both = both
        .says(&["cues (en): 1 in ru", "cues_ru (ru): 1 in en", "the column cues_ru__other_language marks"])
        .stdout();
    assert_eq!(column(&both, "cues__other_language"), ["0", "1"]);
    assert_eq!(column(&both, "cues_ru__other_language"), ["1", "0"]);
    let long = room.run("score b.txt -l cues.toml -l ru.toml --long").ends(0).stdout();
    assert_eq!(column(&long, "other_language"), ["1", "1", "1", "1", "0", "0", "0", "0"]);
    room.run("kwic a.txt b.txt -l cues.toml").ends(0).says(&[told]).says_not("marks them");

    // Where a language is not known nothing is claimed; only rows that are written count.
    let unknown = room.run("score b.txt -l cues.toml --language und").ends(0).says_not("not in the language").stdout();
    assert_eq!(column(&unknown, "other_language"), [""]);
    let silent = room.run("score b.txt -l any.toml").ends(0).says_not("not in the language").stdout();
    assert!(!silent.lines().next().unwrap().contains("other_language"));
    room.run("score a.txt b.txt -l cues.toml --limit 1").ends(0).says_not("not in the language");
    room.run("score a.txt -l cues.toml --language en-GB").ends(0).says_not("not in the language");
}
