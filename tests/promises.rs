//! What every table promises, on real articles through the real binary: the parts sum to the
//! whole, every number has its lines, and somebody else's words change nothing outside of them.

mod common;

use std::collections::{BTreeMap, HashMap};

use common::Room;

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/articles.jsonl");

type Row = HashMap<String, String>;

fn table(room: &Room, args: &str) -> Vec<Row> {
    let stdout = room.run(args).ends(0).stdout();
    csv::Reader::from_reader(stdout.as_bytes()).deserialize().map(|row| row.expect("a row")).collect()
}

fn number(row: &Row, column: &str) -> u64 {
    row.get(column).unwrap_or_else(|| panic!("no column {column}")).parse().unwrap_or(0)
}

/// Numbers of a table added up by what names its rows.
fn sums(rows: &[Row], by: &[&str], column: &str) -> BTreeMap<Vec<String>, u64> {
    let mut sums = BTreeMap::new();
    for row in rows {
        *sums.entry(by.iter().map(|name| row[*name].clone()).collect()).or_default() += number(row, column);
    }
    sums
}

#[test]
fn zone_words_and_voice_words_each_sum_to_the_words() {
    let rows = table(&Room::new(), &format!("score {EXAMPLES} -l talks --long"));
    assert!(rows.len() > 500);
    for row in &rows {
        let sum = |columns: &[&str]| columns.iter().map(|column| number(row, column)).sum::<u64>();
        let words = number(row, "words");
        assert_eq!(sum(&["title_words", "lead_words", "heading_words", "body_words"]), words, "{}", row["id"]);
        assert_eq!(sum(&["narrator_words", "attributed_words", "quoted_words"]), words, "{}", row["id"]);
        // The same holds of the hits.
        let hits = sum(&["outside", "quoted"]);
        assert_eq!(sum(&["title", "lead", "heading", "body"]), hits, "{}", row["id"]);
        assert_eq!(sum(&["narrator", "attributed"]), number(row, "outside"), "{}", row["id"]);
    }
}

#[test]
fn every_hit_of_a_path_is_listed_under_its_own_path() {
    let room = Room::new();
    let counts = sums(&table(&room, &format!("score {EXAMPLES} -l talks --long")), &["id", "path"], "count");
    let hits = table(&room, &format!("kwic {EXAMPLES} -l talks"));
    let mut listed: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for hit in &hits {
        *listed.entry((&hit["id"], &hit["path"])).or_default() += 1;
    }
    let own = |id: &str, path: &str| listed.get(&(id, path)).copied().unwrap_or(0);
    let mut parents = 0;
    for (key, &count) in &counts {
        let [id, path] = key.as_slice() else { panic!("{key:?}") };
        let children: u64 = counts
            .iter()
            .filter(|(other, _)| other[0] == *id && other[1].rsplit_once('.').is_some_and(|(parent, _)| parent == path))
            .map(|(_, count)| count)
            .sum();
        assert!(count <= own(id, path) + children, "{id} {path}: {count} > {} + {children}", own(id, path));
        assert!(count >= own(id, path), "{id} {path}: a hit that is listed is counted");
        if !counts.keys().any(|other| other[0] == *id && other[1].starts_with(&format!("{path}."))) {
            assert_eq!(count, own(id, path), "{id} {path}: a path without children counts what is listed");
        } else {
            parents += u64::from(children > 0);
        }
    }
    assert!(parents > 20, "{parents} parents with hits: the examples try too little");
    // And nothing is listed that no path counts.
    assert!(listed.keys().all(|(id, path)| counts.contains_key(&vec![(*id).to_owned(), (*path).to_owned()])));
}

#[test]
fn segments_sum_to_the_article() {
    let room = Room::new();
    let measures = ["count", "outside", "quoted", "negated"];
    let args = format!("score {EXAMPLES} -l talks --long --measures {}", measures.join(","));
    let whole = table(&room, &args);
    for segment in ["sentence", "paragraph", "zone"] {
        let parts = table(&room, &format!("{args} --segment {segment}"));
        assert!(parts.len() > whole.len(), "{segment}");
        for column in ["words", "quoted_words", "lead_words"].iter().chain(&measures) {
            let by = ["id", "path"];
            assert_eq!(sums(&parts, &by, column), sums(&whole, &by, column), "{column} by {segment}");
        }
    }
}

/// The text with every quotation in curly marks said twice.
fn with_quotations_twice(text: &str) -> String {
    let mut out = String::new();
    for (i, part) in text.split('“').enumerate() {
        match part.split_once('”').filter(|_| i > 0) {
            Some((quoted, rest)) => out.push_str(&format!("“{quoted} {quoted}”{rest}")),
            None if i > 0 => out.push_str(&format!("“{part}")),
            None => out.push_str(part),
        }
    }
    out
}

#[test]
fn quoting_more_changes_no_outside_rate() {
    let entries = r#"["hostage*", "prisoner*", "talks", "ceasefire", "agree*", "the", "sa?d", "release*"]"#;
    let room = Room::new();
    room.write("w.toml", format!("[lexicon]\nid = \"w\"\n[[category]]\nid = \"word\"\nterms = {entries}\n"));
    let source = std::fs::read_to_string(EXAMPLES).expect("the examples");
    let mut doubled = String::new();
    for line in source.lines().filter(|line| !line.trim().is_empty()) {
        let mut article: serde_json::Value = serde_json::from_str(line).expect("JSON");
        article["text"] = with_quotations_twice(article["text"].as_str().expect("a text")).into();
        doubled.push_str(&format!("{article}\n"));
    }
    room.write("doubled.jsonl", doubled);
    let once = table(&room, &format!("score {EXAMPLES} -l w.toml --measures all"));
    let twice = table(&room, "score doubled.jsonl -l w.toml --measures all");
    let mut quoted = 0;
    for (once, twice) in once.iter().zip(&twice) {
        for column in ["outside_words", "word__outside", "word__outside_per_1k", "word__present"] {
            assert_eq!(once[column], twice[column], "{column} of {}", once["id"]);
        }
        // Straight marks are not doubled, and some quotations are in them.
        assert!(number(twice, "quoted_words") <= 2 * number(once, "quoted_words"), "{}", once["id"]);
        quoted += number(twice, "word__quoted") - number(once, "word__quoted");
    }
    assert_eq!(once.len(), twice.len());
    assert!(quoted > 10, "{quoted} more hits inside: the examples quote too little");
}
