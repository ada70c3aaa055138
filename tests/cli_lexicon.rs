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

/// As `lexicons/precision/tally.py` writes it, with the fingerprints that `lexicon_paths.py` computes of [`NAMING`].
const PRECISION: &str = r#"
# Measured precision. Written by tally.py from judged samples; README.md says how. Do not edit by hand.

[lexicon]
id = "naming"
version = "0.1"
language = "en"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"

[judged]
by = "a careful machine"
human = false
on = "2026-11-01"
passes = 2
hits = 75
self_agreement = 0.9600
disputes_settled = true
seed = "1"
n_per_path = 60
spread = 0.5000
only = "captive|hostage"

[[corpora]]
name = "first_news"
articles = 2225
files = []

[[corpora]]
name = "second_news"
articles = 1

[[paths]]
path = "captives.hostage"
fingerprint = "62d12356f366b88c"
version = "0.1"
on = "2026-11-01"
hits = 240
articles = 200
cap = 6
n = 60
n_effective = 51.0000
precision = 0.9333
low = 0.8326
high = 0.9752
plain = 0.9500
status = "holds"
errors = [
  { entry = "hostages", wrong = 1.0000, n = 20, why = "a band" },
]
by_corpus = []

[[paths]]
path = "captives.prisoner"
fingerprint = "83ad935ac9b1f416"
version = "0.1"
on = "2026-11-01"
hits = 240
articles = 200
cap = 6
n = 15
n_effective = 14.0000
precision = 0.7333
low = 0.4656
high = 0.8957
plain = 0.7500
status = "below"
errors = []
by_corpus = []

[[paths]]
path = "hostility.threat"
fingerprint = "31e6d83117adcb57"
version = "0.1"
on = "2026-11-01"
hits = 240
articles = 200
cap = 6
n = 0
status = "unmeasured"

[groups]
by_corpus = []
by_outlet = []
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
fn the_precision_beside_a_lexicon_is_shown_with_who_judged_and_where() {
    let room = Room::with(&[("naming.toml", NAMING), ("precision/naming.toml", PRECISION)]);
    let shown = |path: &str| {
        let shown = room.run(&format!("lexicon show naming.toml {path}")).ends(0).stdout();
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let holds = "precision 0.93 (95 % 0.83 to 0.98, 60 hits judged) ";
    let falls_short = "precision 0.73 (95 % 0.47 to 0.90, 15 hits judged); below the mark of 0.80 with a lower end of 0.70; few were judged";
    let circumstances = "judged by a careful machine (2026-11-01), no human coder; in first_news (2,225 articles), \
         second_news (1 article); only articles that match captive|hostage";
    let none = "precision not measured: the corpora searched have no hit";
    for (path, parts) in [
        ("", vec![holds, falls_short, circumstances, none]),
        ("captives", vec![holds, falls_short, circumstances]),
        ("captives.hostage", vec![holds, circumstances]),
        ("hostility.threat", vec![none]),
    ] {
        let shown = shown(path);
        for part in parts {
            assert!(shown.contains(part), "{path} shows no {part:?}: {shown}");
        }
    }
    // A referent has no hits of its own.
    assert_eq!(shown("").matches("precision ").count(), 4);
}

#[test]
fn a_path_that_changed_since_it_was_judged_has_no_precision() {
    let changed = NAMING.replace("\"hostages\"]", "\"hostages\", \"captive\"]");
    let room = Room::with(&[("naming.toml", &changed), ("precision/naming.toml", PRECISION)]);
    let shown = room.run("lexicon show naming.toml captives.hostage").ends(0);
    let shown = shown.prints(&["not measured as it stands: it changed since version 0.1 was judged"]);
    assert!(!shown.stdout().contains("0.93"));
    room.run("lexicon show naming.toml captives.prisoner").ends(0).prints(&["0.73"]);
}

#[test]
fn where_nobody_judged_it_is_said() {
    let room = Room::with(&[("naming.toml", NAMING)]);
    for path in ["", "captives.hostage"] {
        room.run(&format!("lexicon show naming.toml {path}")).ends(0).prints(&["precision     not measured\n"]);
    }
}

#[test]
fn a_broken_or_foreign_file_of_precision_is_told_and_the_lexicon_is_shown() {
    let other = PRECISION.replace("id = \"naming\"", "id = \"other\"");
    let no_share = PRECISION.replace("precision = 0.9333", "precision = 9.333");
    for (text, says) in [
        ("[lexicon", "precision/naming.toml: TOML parse error"),
        (other.as_str(), "it is of the lexicon `other`, not of `naming`"),
        (no_share.as_str(), "captives.hostage: no share `precision` from 0 to 1"),
        ("", "no [judged]"),
    ] {
        let room = Room::with(&[("naming.toml", NAMING), ("precision/naming.toml", text)]);
        let shown = room.run("lexicon show naming.toml").ends(0).prints(&["cannot be read: ", "captives.hostage"]);
        let line = shown.stdout().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(line.contains(says), "{line}");
        room.write("a.txt", "The hostages came home.");
        room.run("score a.txt -l naming.toml -o a.csv").ends(0).says(&["no measured precision of naming.toml"]);
    }
}

#[test]
fn the_codebook_has_definition_examples_and_precision_beside_each_column() {
    let explained = NAMING.replace("id = \"hostage\"", "id = \"hostage\"\ninclude = \"i\"\nexclude = \"e\"");
    let explained =
        explained.replace("connotation = \"victims of a crime\"", "definition = \"Names them as victims.\"");
    let room = Room::with(&[("naming.toml", NAMING), ("precision/naming.toml", PRECISION)]);
    room.write("mine.toml", explained);
    room.write("a.txt", "The hostages came home.");
    room.run("score a.txt -l naming.toml -o a.csv").ends(0);
    let codebook = room.read("a.codebook.csv");
    let of = |column: &str| codebook.lines().find(|line| line.starts_with(column)).expect(column).to_owned();
    assert!(of("captives_hostage__outside,").contains(",0.9333,0.8326,0.9752,60,\"judged by a careful machine"));
    assert!(of("captives_prisoner,").contains(",0.7333,0.4656,0.8957,15,\"below the mark"));
    assert!(of("captives,").contains(",,,,,no entries of its own"));
    room.run("kwic a.txt -l mine.toml -o b.csv").ends(0);
    let codebook = room.read("b.codebook.csv");
    assert!(codebook.contains("Names them as victims."), "{codebook}");
    assert!(codebook.contains(",i,e,,,,,,not measured\n"), "{codebook}");
}

#[test]
fn the_files_that_a_lexicon_was_written_from_are_counted_as_files() {
    let hash = "a".repeat(64);
    let from = format!("version = \"0.1\"\ndeveloped_on = [\"sha256:{hash}\", \"sha256:{}\"]", hash.replace('a', "b"));
    let room = Room::with(&[("naming.toml", &NAMING.replace("version = \"0.1\"", &from))]);
    room.run("lexicon show naming.toml").ends(0).prints(&["written from  2 files (scores"]);
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

#[test]
fn a_lexicon_that_passes_its_tests_passes() {
    let room = Room::with(&[("naming.toml", NAMING)]);
    room.run("lexicon check naming.toml").ends(0).prints(&["naming.toml: 6 entries, 1 test passed"]);
    assert_eq!(room.run("lexicon check naming.toml -q").ends(0).stdout(), "");
}

#[test]
fn a_failed_test_says_what_was_found_instead() {
    let wrong = NAMING.replace("= 1 }", "= 2, \"captives.prisoner\" = 1 }");
    let room = Room::with(&[("naming.toml", &wrong)]);
    room.run("lexicon check naming.toml")
        .ends(1)
        .says(&[
            "captives.hostage count: expected 2, got 1",
            "\"The hostages came home.\"",
            "--> naming.toml:43:12",
            "hit \"hostages\" on captives.hostage by naming.toml:26:21",
            "captives.prisoner count: expected 1, got 0",
            "nothing in the text looked like it",
        ])
        .prints(&["1 of 1 test failed"]);
}

#[test]
fn lints_are_warnings_and_fail_with_strict() {
    let room = Room::with(&[("naming.toml", NAMING)]);
    room.run("lexicon check naming.toml").ends(0).says(&["warning: ", "[L01]", "--> naming.toml:"]);
    room.run("lexicon check naming.toml --strict").ends(1);
}

#[test]
fn a_path_that_says_it_is_experimental_passes_a_strict_check_with_a_note() {
    let lexicon = "[lexicon]\nid = \"x\"\nversion = \"1\"\nlanguage = \"en\"\nlicense = \"CC0-1.0\"\n\
         [[category]]\nid = \"a\"\nstatus = \"experimental\"\ndefinition = \"D.\"\ninclude = \"i\"\nexclude = \"e\"\n\
         terms = [\"prisoner\"]\n[[test]]\ntext = \"A prisoner.\"\nexpect = { a = 1 }\n";
    let room = Room::with(&[("x.toml", lexicon)]);
    let checked = room.run("lexicon check --strict x.toml").ends(0).prints(&["1 test passed, 1 note"]);
    checked.says(&["note: `a` is experimental", "[L18]", "--> x.toml:7:6"]);
    for path in ["", "a"] {
        room.run(&format!("lexicon show x.toml {path}")).ends(0).prints(&["status        experimental\n"]);
    }
}

#[test]
fn one_bad_lexicon_does_not_hide_the_others() {
    let room = Room::with(&[("bad.toml", "[lexicon"), ("naming.toml", NAMING)]);
    room.run("lexicon check bad.toml missing.toml naming.toml")
        .ends(1)
        .says(&["bad.toml:1", "no lexicon file missing.toml"])
        .prints(&["naming.toml: 6 entries"]);
}

#[test]
fn a_note_does_not_fail_a_strict_check() {
    // `captives.prisoner` is what others call it: a column of 33 characters is no reason to fail.
    let long = "[lexicon]\nid = \"x\"\nversion = \"1\"\nlanguage = \"en\"\nlicense = \"CC0-1.0\"\n\
         [[category]]\nid = \"captives_prisoner\"\ndefinition = \"D.\"\ninclude = \"i\"\nexclude = \"e\"\n\
         terms = [\"prisoner\"]\n\
         [[test]]\ntext = \"A prisoner.\"\nexpect = { captives_prisoner = 1 }\n";
    let lost = long.replace("captives_prisoner", "captives_called_prisoner");
    let room = Room::with(&[("long.toml", long), ("lost.toml", &lost)]);
    room.run("lexicon check --strict long.toml")
        .ends(0)
        .says(&["note: columns", "`captives_prisoner__outside_per_1k` [L12]", "--> long.toml:7:6"])
        .prints(&["1 test passed, 1 note"]);
    // This one is lost in Stata.
    room.run("lexicon check --strict lost.toml").ends(1).says(&["warning: ", "[L19]"]).prints(&["1 warning, 1 note"]);
}

/// What `make test` asks of every lexicon that others may take for a model.
#[test]
fn shipped_lexicons_and_examples_pass_a_strict_check() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let room = Room::new();
    let list = room.run("lexicon list").ends(0).stdout();
    let names = list.lines().map(|line| line.split_whitespace().next().expect("a name").to_owned());
    let files = ["lexicons", "examples"].into_iter().flat_map(|folder| {
        let files = std::fs::read_dir(root.join(folder)).expect("a folder");
        let files = files.map(|file| file.expect("a file").path().display().to_string());
        files.filter(|file| file.ends_with(".toml"))
    });
    let all: Vec<String> = names.chain(files).collect();
    assert!(all.len() >= 3, "{all:?}");
    for lexicon in all {
        room.run(&format!("lexicon check --strict {lexicon}")).ends(0).prints(&["passed"]);
    }
}

/// A code that is given and not explained is of no use, and so is the other way round.
#[test]
fn every_lint_stands_in_the_list() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let codes = |path: &str, begins: &str| {
        let text = std::fs::read_to_string(root.join(path)).expect(path);
        let after = text.lines().filter_map(|line| line.split_once(begins)).map(|(_, rest)| rest[..3].to_owned());
        after.filter(|code| code.starts_with('L')).collect::<Vec<String>>()
    };
    let given = codes("crates/framescope-core/src/check/lints/kind.rs", "=> \"");
    let listed = codes("docs/lints.md", "| ");
    assert_eq!(given, listed);
    assert!(given.len() >= 19, "{given:?}");
}
