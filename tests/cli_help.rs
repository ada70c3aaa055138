//! Help, completions, manual page, and what is said of wrong usage.

mod common;

use common::Room;

#[test]
fn help_texts() {
    let room = Room::new();
    for command in [
        "",
        "score",
        "kwic",
        "keyness",
        "describe",
        "trend",
        "text",
        "config",
        "lexicon",
        "lexicon show",
        "lexicon check",
    ] {
        let help = room.run(&format!("{command} --help")).ends(0).stdout();
        insta::assert_snapshot!(format!("help {command}").trim_end().replace(' ', "_"), help);
    }
}

#[test]
fn every_command_has_examples() {
    let room = Room::new();
    for command in [
        "score",
        "kwic",
        "keyness",
        "describe",
        "trend",
        "text",
        "config",
        "lexicon show",
        "lexicon check",
        "completions",
        "man",
    ] {
        room.run(&format!("{command} -h")).ends(0).prints(&["Examples:", "framescope "]);
    }
}

#[test]
fn wrong_usage_is_two() {
    let room = Room::new();
    room.run("").ends(2).says(&["Usage: framescope"]);
    room.run("scroe").ends(2).says(&["'scroe'", "'score'"]);
    room.run("score").ends(2).says(&["which lexicon?"]);
    room.run("score -l talks").ends(2).says(&["which articles?", "framescope.toml"]);
    room.run("score a.csv --thread 3").ends(2).says(&["--threads"]);
    for threads in ["0", "100000", "two"] {
        room.run(&format!("score a.csv --threads {threads}")).ends(2).says(&["a number from 1 to 1024"]);
    }
    room.run("score a.csv --limit 0").ends(2);
    room.run("score a.csv --voice loud").ends(2).says(&["outside, quoted, all"]);
    room.run("text a.txt --tokens --show-cleaning").ends(2);
}

#[test]
fn version_is_said() {
    let version = Room::new().run("--version").ends(0).stdout();
    assert_eq!(version, format!("framescope {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn completions_of_every_shell() {
    let room = Room::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        room.run(&format!("completions {shell}")).ends(0).prints(&["framescope", "show-cleaning"]);
    }
    room.run("completions ksh").ends(2).says(&["bash"]);
}

#[test]
fn the_manual_page_holds_every_command() {
    Room::new().run("man").ends(0).prints(&[
        ".TH framescope",
        "framescope\\-score",
        "framescope\\-kwic",
        "\\-\\-rejected",
        "framescope\\-lexicon\\-check",
    ]);
}

#[test]
fn no_colour_codes_unless_somebody_looks() {
    let room = Room::new();
    for args in ["--help", "score --help", "scroe", "score a.csv", "score a.csv -l none"] {
        let ran = room.run(args);
        assert!(!ran.stdout().contains('\x1b'), "{args}");
        assert!(!ran.stderr().contains('\x1b'), "{args}");
    }
}
