//! `lexicon list`, `show` and `check`, and what is said of lexicons that cannot be read.

mod common;

use common::Room;

const NAMING: &str = r#"
[lexicon]
id = "naming"
name = "Naming of captives"
version = "0.1"
language = "en"
description = "How captives are named. Made for tests."

[[mask]]
why = "an office"
terms = ["hostage affairs"]

[[category]]
id = "hostility.threat"
definition = "Threats of violence."
about = "side"
terms = ["final warning", "liquidat*", { term = "threats", weight = 0.5 }]

[[referent]]
id = "captives"
label = "Captives"
[[referent.variant]]
id = "hostage"
connotation = "victims of a crime"
according_to = "a style guide"
terms = ["hostage", "hostages"]
[[referent.variant]]
id = "prisoner"
terms = [{ term = "prisoner*", not_after = ["Palestinian", "political"] }]

[[about]]
id = "side"
[about.sides]
north = ["Northerners", { term = "North*", not_before = ["Sea"] }]

[[axis]]
id = "captive_naming"
positive = ["captives.hostage"]
negative = ["captives.prisoner"]

[[test]]
text = "The hostages came home."
expect = { "captives.hostage" = 1 }
"#;

#[test]
fn a_lexicon_is_shown_whole() {
    let room = Room::with(&[("naming.toml", NAMING)]);
    insta::assert_snapshot!(room.run("lexicon show naming.toml").ends(0).stdout());
}

#[test]
fn a_path_is_explained_with_what_stands_under_it_and_the_masks_that_apply() {
    let room = Room::with(&[("naming.toml", NAMING)]);
    insta::assert_snapshot!(room.run("lexicon show naming.toml captives").ends(0).stdout());
    room.run("lexicon show naming.toml hostility.threat").ends(0).prints(&[
        "final warning",
        "threats\n      - weight 0.5",
        "side: north",
        "Threats of violence.",
    ]);
}

#[test]
fn the_source_is_printed_as_it_is() {
    let room = Room::with(&[("naming.toml", NAMING)]);
    assert_eq!(room.run("lexicon show naming.toml --source").ends(0).stdout(), NAMING);
}

#[test]
fn an_unknown_path_is_met_with_the_one_that_was_meant() {
    let room = Room::with(&[("naming.toml", NAMING)]);
    room.run("lexicon show naming.toml hostage").ends(2).says(&["did you mean `captives.hostage`?"]);
    room.run("lexicon show naming.toml captives.hostag").ends(2).says(&["`captives.hostage`"]);
    room.run("lexicon show naming.toml zzz").ends(2).says(&["its paths: hostility, "]);
}

#[test]
fn an_error_points_into_the_file() {
    let room = Room::with(&[("bad.toml", &NAMING.replace("not_after", "not_atfer"))]);
    for (command, status) in [("check", 1), ("show", 2)] {
        room.run(&format!("lexicon {command} bad.toml")).ends(status).says(&[
            "unknown key `not_atfer`",
            "--> bad.toml:29:32",
            "^^^^^^^^^",
            "did you mean `not_after`?",
        ]);
    }
}

#[test]
fn a_file_is_not_taken_for_the_name_of_a_shipped_lexicon() {
    let room = Room::with(&[("naming.toml", NAMING), ("other", NAMING)]);
    room.run("lexicon show naming").ends(2).says(&["no shipped lexicon `naming`", "naming.toml"]);
    room.run("lexicon show other").ends(2).says(&["write ./other"]);
    room.run("lexicon show ./other").ends(0).prints(&["Naming of captives"]);
    room.run("lexicon show missing.toml").ends(2).says(&["no lexicon file missing.toml"]);
}

#[test]
fn a_file_that_is_not_utf8_is_named_with_the_line() {
    let room = Room::new();
    room.write("latin.toml", b"[lexicon]\nname = \"\xe9l\xe9ment\"\n");
    room.run("lexicon check latin.toml").ends(1).says(&["latin.toml:2", "UTF-8"]);
}

#[test]
fn extends_is_looked_for_beside_the_file() {
    let room = Room::with(&[
        ("deep/base.toml", NAMING),
        (
            "deep/mine.toml",
            "[lexicon]\nid = \"mine\"\nextends = \"base.toml\"\n[[category]]\nid = \"more\"\nterms = [\"more\"]\n",
        ),
        ("lost.toml", "[lexicon]\nid = \"lost\"\nextends = \"nowhere.toml\"\n"),
    ]);
    room.run("lexicon show deep/mine.toml captives.hostage").ends(0).prints(&["hostages"]);
    room.run("lexicon check lost.toml").ends(1).says(&["nowhere.toml", "lost.toml:3:11"]);
}
