//! The shipped lexicon `talks` says what it was written to say: its own tests, the examples, and
//! the two articles it was developed on, where those lie beside the repository.

mod common;

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use common::Room;
use framescope_core::check::run_tests;
use framescope_core::lexicon::{Lexicon, LexiconId, LexiconSet, PathKind, read};
use framescope_core::matching::Compiled;
use framescope_core::score::MatcherEngine;
use sha2::{Digest, Sha256};

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
    let engine = MatcherEngine::new(&set, Compiled::new(&set));
    let outcomes = run_tests(&set, LexiconId(0), &engine);
    assert!(outcomes.len() >= 430, "{} tests", outcomes.len());
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
        ("release_captives", [3, 3], [0, 0]),
        ("release_jailed", [1, 0], [0, 0]),
    ] {
        for (row, (outside, quoted)) in rows.iter().zip(outside.into_iter().zip(quoted)) {
            let id = &row["id"];
            let title = u32::from(path == "hamas_name" && id.starts_with("001"));
            assert_eq!(number(row, &format!("{path}__outside")), outside + title, "{path} outside in {id}");
            assert_eq!(number(row, &format!("{path}__quoted")), quoted, "{path} quoted in {id}");
        }
    }
}

/// What a coder needs to know of a path, and who reads a name as it is said to be read.
#[test]
fn every_path_is_defined_in_two_sentences_with_an_example_of_each() {
    let lexicon = talks();
    let mut thin = Vec::new();
    for path in lexicon.paths.iter().filter(|path| path.declared && path.kind != PathKind::Name) {
        let sentences = path.definition.matches(". ").count() + 1;
        let examples = !path.include.is_empty() && !path.exclude.is_empty();
        let reading = path.kind != PathKind::Variant || !path.connotation.is_empty() && !path.according_to.is_empty();
        if sentences < 2 || !examples || !reading {
            thin.push(format!("{}: {}", path.id, path.definition));
        }
    }
    assert!(thin.is_empty(), "{}", thin.join("\n"));
    // The two articles that it was written from, and the three files of news that it was mended on.
    let hashes = &lexicon.about.developed_on;
    assert_eq!(hashes.len(), 5);
    for article in fs::read_dir(here("../shared/articles")).into_iter().flatten() {
        let bytes = fs::read(article.expect("an article").path()).expect("an article");
        let digest = Sha256::digest(&bytes);
        let hash = digest.iter().fold("sha256:".to_owned(), |hash, byte| hash + &format!("{byte:02x}"));
        assert!(hashes.contains(&hash), "{hash}");
    }
}

/// The table of docs/traps.md: every trap of a naive counter has a test, and the test is there.
#[test]
fn every_trap_has_a_test() {
    let traps = fs::read_to_string(here("docs/traps.md")).expect("docs/traps.md");
    let rows: Vec<Vec<&str>> = traps
        .lines()
        .filter(|line| line.starts_with("| ") && line[2..].starts_with(|c: char| c.is_ascii_digit()))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    let numbers: Vec<u32> = rows.iter().map(|row| row[1].parse().expect("a number")).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 6, 7, 10, 11, 12, 14, 15, 19, 21, 23, 29, 30, 31, 33, 35, 37, 38, 39]);
    let lexicon = fs::read_to_string(here("lexicons/talks.toml")).expect("the lexicon");
    for row in &rows {
        let (number, talks, others) = (row[1], row[3], row[4]);
        let mark = format!("# Trap {number}");
        let marked = lexicon.lines().filter(|line| *line == mark || line.starts_with(&format!("{mark}:"))).count();
        assert_eq!(talks, format!("{marked}"), "tests of talks under {mark}");
        for other in others.split("; ").filter(|other| !other.is_empty()) {
            let (file, test) = other.split_once(": ").unwrap_or_else(|| panic!("{other}: file: test"));
            let source = fs::read_to_string(here(file.trim_matches('`'))).unwrap_or_else(|e| panic!("{file}: {e}"));
            let test = test.trim_matches('`');
            assert!(source.contains(test), "trap {number}: no `{test}` in {file}");
        }
        assert!(marked > 0 || !others.is_empty(), "trap {number} has no test");
    }
}

/// One hand-coded place of article 000.
struct Place {
    start: usize,
    end: usize,
    quoted: bool,
    counts: bool,
    coded: String,
    span: String,
    paragraph: String,
}

/// The hand-coded places, where they lie beside the repository.
fn gold() -> Option<Vec<Place>> {
    let gold = fs::read_to_string(here("../shared/gold_hits_000.tsv")).ok()?;
    let mut rows = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_reader(gold.as_bytes());
    let place = |row: HashMap<String, String>| Place {
        start: number(&row, "char_start") as usize,
        end: number(&row, "char_end") as usize,
        quoted: row["voice"] == "quote",
        counts: row["count"] == "yes",
        coded: row["voice"].clone(),
        span: row["span"].clone(),
        paragraph: row["line"].clone(),
    };
    Some(rows.deserialize().map(|row| place(row.expect("a row"))).collect())
}

/// Every hit of `talks` in article 000: where it stands, and its row.
fn hits_of_000() -> Vec<(usize, usize, HashMap<String, String>)> {
    let articles = here("../shared/articles");
    let hits = Room::new().run(&format!("kwic {} -l talks", articles.display())).ends(0).stdout();
    let hits = table(&hits).into_iter().filter(|hit| hit["id"].starts_with("000"));
    hits.map(|hit| (number(&hit, "start") as usize, number(&hit, "end") as usize, hit)).collect()
}

/// What counts has a hit inside the span, what does not has none that touches it.
#[test]
fn every_hand_coded_place_is_hit_and_no_other() {
    let Some(places) = gold() else {
        return;
    };
    let hits = hits_of_000();
    let mut missed = Vec::new();
    for place in &places {
        let touching: Vec<_> = hits.iter().filter(|hit| hit.0 < place.end && place.start < hit.1).collect();
        let inside = |hit: &&(usize, usize, HashMap<String, String>)| hit.0 >= place.start && hit.1 <= place.end;
        let right = if place.counts {
            touching.iter().any(|hit| inside(hit) && (hit.2["voice"] == "quoted") == place.quoted)
        } else {
            touching.is_empty()
        };
        if !right {
            missed.push(format!("{} {}..{} ({}): {touching:?}", place.span, place.start, place.end, place.coded));
        }
    }
    assert_eq!(places.len(), 35);
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// docs/gold-coverage.md says what came out, row by row and count by count. On failure the rows as
/// they should be are printed.
#[test]
fn the_page_on_the_hand_coded_places_is_true() {
    let Some(places) = gold() else {
        return;
    };
    let page = fs::read_to_string(here("docs/gold-coverage.md")).expect("docs/gold-coverage.md");
    let hits = hits_of_000();
    let mut rows = Vec::new();
    let (mut counting, mut differ) = (0, Vec::new());
    for (index, place) in places.iter().enumerate() {
        let (n, counts) = (index + 1, if place.counts { "yes" } else { "no" });
        let coded = if place.coded == "ind" { "indirect" } else { place.coded.as_str() };
        let start = format!("| {n} | {} | {} | {counts} |", place.paragraph, place.span);
        if !place.counts {
            // Why there is none is for a person to say.
            let begun = page.lines().any(|line| line.starts_with(&format!("{start} none | ")));
            assert!(begun, "no row begins with {start} none |");
            continue;
        }
        let found: Vec<_> = hits.iter().filter(|hit| hit.0 >= place.start && hit.1 <= place.end).collect();
        assert_eq!(found.len(), 1, "{} has more than one hit: {found:?}", place.span);
        let hit = &found[0].2;
        rows.push(format!("{start} `{}` | {} | {coded} | {} |", hit["path"], hit["keyword"], hit["voice"]));
        counting += 1;
        let agree = matches!(
            (coded, hit["voice"].as_str()),
            ("own", "narrator") | ("indirect", "attributed") | ("quote", "quoted")
        );
        if !agree {
            differ.push(n.to_string());
        }
    }
    rows.push(format!("All {counting} places that count have exactly one hit"));
    let agreed = counting - differ.len();
    rows.push(format!("The voice agrees in {agreed} of {counting}; it differs in rows {}.", differ.join(", ")));
    // The counts in both articles, as the page lists them.
    let scores = Room::new().run(&format!("score {} -l talks", here("../shared/articles").display())).ends(0).stdout();
    let scores = table(&scores);
    let listed: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|line| line.split_once('`'))
        .map(|(path, _)| path)
        .collect();
    assert!(listed.len() >= 10, "{listed:?}");
    for path in listed {
        let cells: Vec<String> = scores
            .iter()
            .flat_map(|row| {
                ["outside", "quoted"].map(|m| format!("{}__{m}", path.replace('.', "_"))).map(|c| row[&c].clone())
            })
            .collect();
        rows.push(format!("| `{path}` | {} |", cells.join(" | ")));
    }
    let missing: Vec<&String> = rows.iter().filter(|row| !page.contains(row.as_str())).collect();
    assert!(
        missing.is_empty(),
        "docs/gold-coverage.md should say:\n{}",
        missing.iter().map(|r| r.as_str()).collect::<Vec<_>>().join("\n")
    );
}
