//! `framescope.toml`: a study is one command that somebody else can repeat.

mod common;

use common::{Room, column};
use proptest::prelude::*;

const ARTICLES: &str = "key,outlet,body,country\n\
    1,Herald,The hostages waited.,Peru\n\
    2,Post,The talks began.,Peru\n\
    3,Post,The talks went on.,Chile\n";

const LEXICON: &str = "[[category]]\nid = \"talks\"\nterms = [\"talks\"]\n[[category]]\nid = \"captives.hostage\"\nterms = [\"hostages\"]\n";

const STUDY: &str = "lexicons = [\"lex/my.toml\"]\n\n[corpus]\ninputs = \"data/*.csv\"\nid = \"key\"\ntext = \"body\"\n\n\
    [study]\nquestion = \"Who talks?\"\nprimary = [\"talks\"]\nby = \"outlet\"\n\n\
    [options]\nthreads = 2\n\n[options.score]\nlong = true\noutput = \"out/scores.csv\"\n";

fn room(config: &str) -> Room {
    let room = Room::with(&[
        ("study/data/a.csv", ARTICLES),
        ("study/lex/my.toml", LEXICON),
        ("study/deep/er/note.md", "x"),
        ("study/out/old.txt", ""),
    ]);
    room.write("study/framescope.toml", config);
    room
}

#[test]
fn a_study_is_one_command_from_anywhere_in_its_folder() {
    let room = room(STUDY);
    let ran = room.run_in("study/deep/er", "score").ends(0);
    ran.says(&["from ../../framescope.toml: lexicons, corpus.inputs", "(--no-config leaves it out)", "3 articles"]);
    let table = room.read("study/out/scores.csv");
    assert_eq!(column(&table, "id"), ["1", "1", "1", "2", "2", "2", "3", "3", "3"]);
    let run: serde_json::Value = serde_json::from_str(&room.read("study/out/scores.run.json")).unwrap();
    assert_eq!(run["options"]["long"], true);
    assert_eq!(run["options"]["config"]["path"], "../../framescope.toml");
    assert_eq!(run["options"]["config"]["sha256"].as_str().unwrap().len(), 64);
    // What a command does not take is left alone.
    let ran = room.run_in("study", "describe").ends(0).says_not("lexicons").says_not("question");
    assert_eq!(column(&ran.stdout(), "group"), ["Herald", "Post", "all"]);
}

#[test]
fn what_is_typed_wins_option_by_option() {
    let room = room(STUDY);
    let ran = room.run_in("study", "describe --by country").ends(0).says_not("study.by");
    assert_eq!(column(&ran.stdout(), "group"), ["Chile", "Peru", "all"]);
    let ran = room.run_in("study", "score --no-config data/a.csv --text body --id key -l lex/my.toml").ends(0);
    assert_eq!(column(&ran.says_not("framescope.toml").stdout(), "id"), ["1", "2", "3"]);
    room.run_in("study", "score --no-config").ends(2).says(&["which lexicon?"]);
    room.run_in("study", "score --no-config -l talks").ends(2).says(&["which articles?"]);
    room.run_in("study", "score --config ../nothing.toml").ends(2).says(&["../nothing.toml"]);
    room.run_in("", "describe --config study/framescope.toml").ends(0).says(&["from study/framescope.toml"]);
    room.run_in("study", "describe --quiet").ends(0).says_not("framescope.toml");
}

#[test]
fn the_nearest_file_is_the_only_one() {
    let room = room(STUDY);
    room.write("study/deep/framescope.toml", "[corpus]\ninputs = [\"../data/a.csv\"]\ntext = \"body\"\n");
    let ran =
        room.run_in("study/deep/er", "describe").ends(0).says(&["from ../framescope.toml: corpus.inputs, corpus.text"]);
    assert_eq!(column(&ran.stdout(), "group"), ["Herald", "Post", "all"]);
}

#[test]
fn a_pattern_from_a_folder_above_takes_no_dot_files() {
    let room = room("lexicons = \"lex/my.toml\"\n[corpus]\ninputs = \"data/*.csv\"\nid = \"key\"\ntext = \"body\"\n");
    room.write("study/data/.hidden.csv", "key,outlet,body,country\n9,Hidden,Nobody.,Peru\n");
    let ran = room.run_in("study/deep/er", "score").ends(0);
    assert_eq!(column(&ran.stdout(), "id"), ["1", "2", "3"]);
    let ran = room.run_in("study/deep", "score ../data/.*.csv").ends(0);
    assert_eq!(column(&ran.stdout(), "id"), ["9"]);
}

#[test]
fn a_path_is_relative_to_the_file_wherever_it_stands() {
    let config = "lexicons = [\"lex/my.toml\"]\n[corpus]\ninputs = \"data\"\nid = \"key\"\ntext = \"body\"\n\
                  [options.compare]\nevents = \"out/pairs.csv\"\n";
    // The message names the file where it was looked for.
    room(config).run_in("study/deep", "compare").ends_not(0).says(&["../out/pairs.csv"]);
}

#[test]
fn switches_are_true_or_false_and_can_be_undone() {
    let room = room(
        "[corpus]\ninputs = [\"data/page.txt\"]\nclean = false\n[options]\ntokens = false\nshow-cleaning = true\n",
    );
    room.write("study/data/page.txt", "Logo\nLogo\nThe talks began.\n");
    let ran = room.run_in("study", "text").ends(0);
    assert!(!ran.stdout().contains("repeated short line"), "{}", ran.stdout());
    // What cannot stand beside what is typed is left out.
    room.run_in("study", "text --tokens").ends(0).prints(&["talks"]);
    let ran = room.run_in("study", "text --clean").ends(0);
    assert!(ran.stdout().contains("repeated short line"), "{}", ran.stdout());
}

#[test]
fn what_is_wrong_is_told_with_line_column_and_what_was_meant() {
    for (config, says) in [
        (
            "[corpus]\ninputs = [\"data/a.csv\"]\ntxet = \"body\"\n",
            &["unknown key `txet` under [corpus]", "framescope.toml:3:1", "did you mean `text`?"][..],
        ),
        ("[korpus]\n", &["unknown key `korpus` at the top", "did you mean [corpus]?"]),
        ("text = \"body\"\n", &["write it under [corpus]"]),
        ("[corpus]\ntext = 3\n", &["`text` must be text in quotation marks, not a number", "framescope.toml:2:8"]),
        ("[corpus]\nclean = \"yes\"\n", &["`clean` must be true or false, not text"]),
        (
            "[corpus]\ninputs = [\"data/b.csv\"]\n",
            &["there is no file or folder data/b.csv; did you mean a.csv?", "framescope.toml:2:11"],
        ),
        (
            "lexicons = [\"tlaks\"]\n[corpus]\ninputs = \"data\"\ntext = \"body\"\n",
            &["did you mean `talks`?", "framescope.toml:1:13"],
        ),
        ("[corpus]\nformat = \"pdf\"\n", &["`corpus.format`", "invalid value 'pdf'", "csv, tsv, jsonl, text"]),
        ("[options]\nthreads = \"many\"\n", &["`options.threads`", "write a number from 1", "framescope.toml:2:11"]),
        ("[options]\nthread = 2\n", &["unknown key `thread` under [options]", "did you mean `threads`?"]),
        ("[corpus]\nmeta_file = \"data/b.csv\"\n", &["there is no file or folder data/b.csv"]),
        ("[options]\nlong = 3\n", &["`options.long` must be true or false"]),
        ("[options]\ntext = \"body\"\n", &["`text` cannot stand under [options]", "write `text` under [corpus]"]),
        ("[options]\noutput = \"a.csv\"\n", &["under [options.COMMAND]"]),
        ("[options.scoer]\nlong = true\n", &["unknown key `scoer`", "did you mean `score`?"]),
        ("[study]\nconstruct = [\"a\"]\n", &["`construct` must be a table of lists"]),
        ("[corpus\n", &["framescope.toml:1"]),
        ("[corpus]\n? = 1\n", &["no line of TOML begins like this", "framescope.toml:2:1"]),
        ("[corpus]\ntext = “body”\n", &["straight quotation marks"]),
    ] {
        let room = room(config);
        room.run_in("study", "score --id key").ends(2).says(says);
    }
}

/// What only the corpus can tell to be wrong is told with its line too.
#[test]
fn a_column_that_the_corpus_does_not_have_is_told_with_its_line() {
    let config = "lexicons = [\"talks\"]\n[corpus]\ninputs = \"data/*.csv\"\nid = \"key\"\ntext = \"body\"\n\
                  [study]\nby = \"outlte\"\nwithin = [\"country\", \"gnre\"]\n";
    let room = room(config);
    for command in ["describe", "compare", "keyness"] {
        room.run_in("study", command).ends(2).says(&[
            "\"outlte\"",
            "did you mean \"outlet\"?",
            "it is set in framescope.toml:7:6 (study.by)",
        ]);
    }
    room.run_in("study", "compare --by outlet").ends(2).says(&["gnre", "framescope.toml:8:22 (study.within)"]);
    // What was typed has no line.
    room.run_in("study", "describe --by outlte").ends(2).says(&["outlte"]).says_not("it is set in");
}

#[test]
fn config_shows_what_holds_and_where_it_comes_from() {
    let room = room(STUDY);
    let ran = room.run_in("study", "config").ends(0);
    let shown = ran.stdout();
    let line = |name: &str| {
        let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let found = shown.lines().map(words).find(|words| words.first().is_some_and(|word| word == name));
        found.unwrap_or_else(|| panic!("no {name} in {shown}")).join(" ")
    };
    assert!(shown.starts_with("settings from framescope.toml (sha256:"), "{shown}");
    assert_eq!(line("lexicons"), "lexicons lex/my.toml framescope.toml:1");
    assert_eq!(line("inputs"), "inputs data/*.csv framescope.toml:4");
    assert_eq!(line("encoding"), "encoding – default");
    assert_eq!(line("by"), "by outlet framescope.toml:11");
    assert_eq!(line("threads"), "threads 2 framescope.toml:14");
    assert!(line("window").starts_with("window 10 default"), "{}", line("window"));
    assert!(line("score.long").starts_with("score.long true framescope.toml:17"), "{}", line("score.long"));
    let ran = room.run_in("study", "config describe").ends(0);
    assert!(!ran.stdout().contains("score.long"), "{}", ran.stdout());
    room.run_in("", "config").ends(0).prints(&["no framescope.toml in this folder or above it"]);
    room.run_in("", "config dance").ends(2).says(&["no command `dance`", "score"]);
    let wrong = self::room("[corpus]\nformat = \"pdf\"\n");
    wrong.run_in("study", "config").ends(2).says(&["invalid value 'pdf'"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    /// Whatever is said where: an option holds what was typed, else what is said for the command, else
    /// what is said for all, else its default.
    #[test]
    fn what_is_nearer_holds(
        typed in proptest::option::of(1_u32..40),
        of_command in proptest::option::of(1_u32..40),
        of_all in proptest::option::of(1_u32..40),
    ) {
        let mut config = String::from("lexicons = [\"lex/my.toml\"]\n[corpus]\ninputs = \"data\"\ntext = \"body\"\nid = \"key\"\n[options]\n");
        if let Some(n) = of_all {
            config.push_str(&format!("present_min = {n}\n"));
        }
        config.push_str("[options.score]\noutput = \"out/s.csv\"\n");
        if let Some(n) = of_command {
            config.push_str(&format!("present-min = {n}\n"));
        }
        let room = room(&config);
        let typed_words = typed.map(|n| format!(" --present-min {n}")).unwrap_or_default();
        room.run_in("study/deep", &format!("score{typed_words}")).ends(0);
        let run: serde_json::Value = serde_json::from_str(&room.read("study/out/s.run.json")).unwrap();
        let holds = typed.or(of_command).or(of_all).unwrap_or(1);
        prop_assert_eq!(run["options"]["present-min"].as_u64(), Some(u64::from(holds)));
    }
}
