//! The shipped lexicon `talks` says what it was written to say: its own tests, the examples, and
//! the two articles it was developed on, where those lie beside the repository.

mod common;

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use common::Room;
use framescope_core::check::run_tests;
use framescope_core::lexicon::{Lexicon, LexiconId, LexiconSet, read};
use framescope_core::matching::Compiled;
use framescope_core::score::MatcherEngine;

fn here(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn talks() -> Lexicon {
    let source = fs::read_to_string(here("lexicons/talks.toml")).expect("the lexicon");
    read(&source, "talks.toml", &[], &|_| None)
        .unwrap_or_else(|errors| panic!("{}", errors.iter().map(|error| error.render()).collect::<Vec<_>>().join("\n")))
}

/// A table of framescope's, read back: a row by the column names.
fn table(csv: &str) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn number(row: &HashMap<String, String>, column: &str) -> u32 {
    row.get(column).unwrap_or_else(|| panic!("no column {column}")).parse().unwrap_or_else(|_| panic!("{column}"))
}

#[test]
fn its_own_tests_pass() {
    let set = LexiconSet::new(vec![talks()]);
    let engine = MatcherEngine::new(&set, Compiled::new(set.clone()));
    let outcomes = run_tests(&set, LexiconId(0), &engine);
    assert!(outcomes.len() >= 240, "{} tests", outcomes.len());
    let failed: Vec<String> = outcomes
        .iter()
        .flat_map(|outcome| {
            let line = outcome.place.line;
            outcome.failures.iter().map(move |failure| format!("line {line}, {}: {failure}", outcome.excerpt))
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn its_tests_try_every_path_and_more_than_one_trap() {
    let lexicon = talks();
    let mut tried: HashMap<&str, (usize, usize)> = HashMap::new();
    for expectation in lexicon.tests.iter().flat_map(|test| &test.expect) {
        let (all, traps) = tried.entry(expectation.path.as_str()).or_default();
        *all += 1;
        *traps += usize::from(expectation.value == 0.0);
    }
    let thin: Vec<String> = lexicon
        .paths
        .iter()
        .filter(|path| path.parent.is_some() && !path.id.ends_with(".name"))
        .filter_map(|path| {
            let (all, traps) = tried.get(path.id.as_str()).copied().unwrap_or_default();
            (all < 4 || traps < 1).then(|| format!("{}: {all} tests, {traps} of them traps", path.id))
        })
        .collect();
    assert!(thin.is_empty(), "{}", thin.join("\n"));
}

#[test]
fn the_outlets_of_the_examples_choose_their_own_words() {
    let examples = here("examples/articles.jsonl");
    let hits = Room::new().run(&format!("kwic {} -l talks", examples.display())).ends(0).stdout();
    let hits = table(&hits);
    let count =
        |outlet: &str, path: &str| hits.iter().filter(|hit| hit["outlet"] == outlet && hit["path"] == path).count();
    let (courier, ledger, minbar) = ("Harbour Courier", "Northgate Ledger", "Al-Minbar Review");
    for (path, expected) in [
        ("captives.hostage", [20, 0, 2]),
        ("captives.captive", [0, 14, 1]),
        ("hamas.militants", [9, 0, 0]),
        ("hamas.group", [0, 9, 0]),
        ("hamas.movement", [0, 0, 10]),
        ("hamas.resistance", [0, 0, 3]),
        ("fight.conflict", [0, 3, 0]),
        ("fight.on_gaza", [0, 0, 3]),
        ("army.idf", [2, 0, 0]),
        ("army.occupation", [0, 0, 2]),
    ] {
        assert_eq!([courier, ledger, minbar].map(|outlet| count(outlet, path)), expected, "{path}");
    }
    // The envoy for hostage affairs and Hostages Square are names.
    for hit in hits.iter().filter(|hit| hit["path"] == "captives.hostage") {
        assert!(!hit["right"].starts_with("affairs") && !hit["right"].starts_with("Square"), "{hit:?}");
    }
    // An English lexicon has nothing to say of the Arabic article.
    assert!(hits.iter().all(|hit| hit["id"] != "mr-05"));
}

#[test]
fn the_two_articles_come_out_as_counted_by_hand() {
    let articles = here("../shared/articles");
    if !articles.is_dir() {
        return;
    }
    let scores = Room::new().run(&format!("score {} -l talks", articles.display())).ends(0).stdout();
    let rows = table(&scores);
    assert_eq!(rows.len(), 2);
    for (path, outside, quoted) in [
        ("captives_hostage", [5, 0], [1, 1]),
        ("captives_prisoner", [0, 5], [0, 0]),
        ("jailed_prisoner", [1, 0], [0, 0]),
        ("hamas_name", [8, 8], [2, 1]),
        ("hamas_group", [3, 0], [0, 0]),
        ("hamas_movement", [0, 4], [0, 0]),
        ("hamas_militants", [2, 0], [0, 0]),
        ("hamas_radicals", [2, 0], [0, 0]),
        ("hamas_resistance", [0, 1], [0, 0]),
        ("hamas_represent", [0, 2], [0, 0]),
        ("hamas_terrorist", [0, 2], [0, 0]),
        ("israel_jewish", [1, 0], [0, 0]),
        ("israel_occupier", [0, 2], [0, 0]),
        ("army_idf", [1, 0], [0, 0]),
        ("oct7_tragedy", [1, 0], [0, 0]),
        ("oct7_events", [0, 0], [1, 0]),
        ("fight_war", [0, 6], [0, 0]),
        ("fight_conflict", [3, 0], [0, 0]),
        ("source_according", [4, 0], [0, 0]),
    ] {
        for (row, (outside, quoted)) in rows.iter().zip(outside.into_iter().zip(quoted)) {
            let id = &row["id"];
            let title = u32::from(path == "hamas_name" && id.starts_with("001"));
            assert_eq!(number(row, &format!("{path}__outside")), outside + title, "{path} outside in {id}");
            assert_eq!(number(row, &format!("{path}__quoted")), quoted, "{path} quoted in {id}");
        }
    }
}

/// The hand-coded places of article 000: what counts has a hit inside the span, what does not has
/// none that touches it.
#[test]
fn every_hand_coded_place_is_hit_and_no_other() {
    let gold = here("../shared/gold_hits_000.tsv");
    let Ok(gold) = fs::read_to_string(gold) else {
        return;
    };
    let articles = here("../shared/articles");
    let hits = Room::new().run(&format!("kwic {} -l talks", articles.display())).ends(0).stdout();
    let hits: Vec<(usize, usize, bool, String)> = table(&hits)
        .into_iter()
        .filter(|hit| hit["id"].starts_with("000"))
        .map(|hit| {
            let place = |column: &str| number(&hit, column) as usize;
            (place("start"), place("end"), hit["voice"] == "quoted", hit["path"].clone())
        })
        .collect();
    let mut rows = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_reader(gold.as_bytes());
    let mut missed = Vec::new();
    let mut places = 0;
    for row in rows.deserialize::<HashMap<String, String>>() {
        let row = row.expect("a row");
        places += 1;
        let (start, end) = (number(&row, "char_start") as usize, number(&row, "char_end") as usize);
        let touching: Vec<_> = hits.iter().filter(|hit| hit.0 < end && start < hit.1).collect();
        let right = if row["count"] == "yes" {
            let quoted = row["voice"] == "quote";
            touching.iter().any(|hit| hit.0 >= start && hit.1 <= end && hit.2 == quoted)
        } else {
            touching.is_empty()
        };
        if !right {
            missed.push(format!("{} {}..{end} ({}): {touching:?}", row["span"], start, row["voice"]));
        }
    }
    assert_eq!(places, 35);
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
