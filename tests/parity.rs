//! docs/parity.md has every row of the table of parity cases, and what it calls a test is one.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::Room;

/// The rows of the table that the page speaks of. The table itself is not part of this repository.
const ROWS: [&str; 58] = [
    "P01", "P02", "P04", "P05", "P07", "P08", "P10", "P11", "P13", "P14", "P16", "P17", "P19", "P20", "P22", "P23",
    "P25", "P26", "P28", "P29", "P31", "P32", "P34", "P35", "P37", "P38", "P40", "P41", "P43", "P44", "P46", "P47",
    "P49", "P50", "P52", "P53", "P55", "P56", "P58", "P59", "P61", "P62", "P64", "P65", "P67", "P68", "P70", "P71",
    "P73", "P74", "P76", "P77", "P79", "P80", "P82", "P83", "P85", "P86",
];

/// The rows of a table of Markdown, cell by cell, without heads and rules.
fn cells(page: &str) -> Vec<Vec<&str>> {
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    rows.map(|row| row.split(" | ").collect()).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The names of the cases in a file of the matching table.
fn case_names(file: &str) -> Vec<String> {
    let source = read(&format!("crates/framescope-core/tests/cases/{file}.toml"));
    let names = source.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    names.map(|name| name.replace("\\\"", "\"")).collect()
}

#[test]
fn every_row_is_on_the_page_once() {
    let page = read("docs/parity.md");
    let found: Vec<&str> = cells(&page).iter().map(|row| row[0]).filter(|id| is_row(id)).collect();
    let mut sorted = found.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ROWS);
}

fn is_row(id: &str) -> bool {
    id.len() == 3 && id.starts_with('P') && id[1..].bytes().all(|b| b.is_ascii_digit())
}

/// `parity`, `measures`, or a file and how the name of a case begins.
#[test]
fn every_test_that_is_named_is_there() {
    let page = read("docs/parity.md");
    let measures = read("crates/framescope-core/tests/parity_measures.rs");
    let mut held = 0;
    for row in cells(&page).iter().filter(|row| row.len() == 4 && row[3] != "test") {
        for test in row[3].split(", ") {
            let there = match test.split_once(": ") {
                None if test == "none" => row[2].starts_with("not offered"),
                None if test == "measures" => !is_row(row[0]) || measures.contains(row[0]),
                None => {
                    test == "parity" && case_names("parity").iter().any(|n| n.starts_with(&format!("{}: ", row[0])))
                }
                Some((file, begins)) => case_names(file).iter().any(|name| name.starts_with(begins)),
            };
            assert!(there, "{}: no test `{test}`", row[0]);
            held += 1;
        }
    }
    assert!(held >= 50, "only {held} tests were looked for");
}

/// Whoever has the table sees whether it grew.
#[test]
fn the_rows_are_those_of_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/parity_cases.json");
    let Ok(source) = fs::read_to_string(path) else { return };
    let table: serde_json::Value = serde_json::from_str(&source).unwrap();
    let ids: BTreeSet<&str> = table.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ROWS.into_iter().collect());
}

/// P32 to the end: a key that matches in no text is a column of zeros, in its place.
#[test]
fn p32_a_path_without_hits_is_a_column_of_zeros() {
    let lexicon = "[[category]]\nid = \"cr\"\nterms = [\"rd\", \"red\"]\n[[category]]\nid = \"ca\"\nterms = [\"parl\", \"dark\"]\n\
                   [[category]]\nid = \"cb\"\nterms = [\"street\", \"feet\"]\n";
    let articles =
        "id,text\n1,12032 Musgrave rd red hill\n2,13 rad street windermore park queensland\n3,130 right road\n";
    let room = Room::with(&[("my.toml", lexicon), ("roads.csv", articles)]);
    let table = room.run("score roads.csv -l my.toml").ends(0).stdout();
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
    let column = |name: &str| {
        let at = rows[0].iter().position(|cell| *cell == name).unwrap();
        rows[1..].iter().map(|row| row[at]).collect::<Vec<_>>()
    };
    assert_eq!([column("cr"), column("ca"), column("cb")], [["2", "0", "0"], ["0", "0", "0"], ["0", "1", "0"]]);
    let at = |name: &str| rows[0].iter().position(|cell| *cell == name);
    assert!(at("cr") < at("ca") && at("ca") < at("cb"), "{table}");
}
