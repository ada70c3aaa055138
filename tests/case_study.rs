//! Every figure and quotation of docs/case-study.md is in the two articles, where those lie beside the repository.
//!
//! The tables are the fixture: a row names its path and the figures, and the section names the lexicon. A figure that is no longer
//! true is shown with the row as it should begin.

mod common;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::Room;
use framescope_core::lexicon::read;

/// What a quotation may be at most, and from how many words in a row a passage is a copy.
const LONGEST_QUOTATION: usize = 8;

type Row = HashMap<String, String>;

/// A line of a table in the document, and the heading it stands under.
struct Line {
    heading: String,
    cells: Vec<String>,
}

fn here(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn document() -> String {
    fs::read_to_string(here("docs/case-study.md")).expect("docs/case-study.md")
}

fn articles() -> Option<PathBuf> {
    let folder = here("../shared/articles");
    folder.is_dir().then_some(folder)
}

/// The words between backticks in a cell.
fn code(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

fn lines_of_tables(document: &str) -> Vec<Line> {
    let mut heading = String::new();
    let mut lines = Vec::new();
    for line in document.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            title.trim_matches('`').clone_into(&mut heading);
        } else if line.starts_with('|') && line.contains('`') {
            let cells = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
            lines.push(Line { heading: heading.clone(), cells });
        }
    }
    lines
}

/// The lexicons that the document has a section for.
fn lexicons(document: &str) -> Vec<String> {
    document
        .lines()
        .filter_map(|line| line.strip_prefix("## `"))
        .map(|name| name.trim_end_matches('`').to_owned())
        .collect()
}

fn table(csv: &str) -> Vec<Row> {
    csv::Reader::from_reader(csv.as_bytes()).deserialize().map(|row| row.expect("a row")).collect()
}

fn scores(articles: &Path, lexicons: &[String]) -> Vec<Row> {
    let mut command = format!("score {} --long --intervals --threads 1", articles.display());
    for name in lexicons {
        command += &format!(" -l {}", here(&format!("lexicons/{name}.toml")).display());
    }
    table(&Room::new().run(&command).ends(0).stdout())
}

/// The two articles' rows of a path, 000 first.
fn pair<'a>(rows: &'a [Row], lexicon: &str, path: &str) -> Option<[&'a Row; 2]> {
    let found: Vec<&Row> = rows.iter().filter(|row| row["lexicon"] == lexicon && row["path"] == path).collect();
    found.try_into().ok()
}

fn figures(pair: [&Row; 2]) -> [&str; 4] {
    let [first, second] =
        if pair[0]["kind"] == "axis" { ["positive_count", "negative_count"] } else { ["outside", "quoted"] };
    [&pair[0][first], &pair[0][second], &pair[1][first], &pair[1][second]]
}

fn rounded(row: &Row, measure: &str) -> String {
    let number = |column: String| -> f64 { row[&column].parse().unwrap_or_else(|_| panic!("{column} is empty")) };
    let (value, low, high) =
        (number(measure.to_owned()), number(format!("{measure}_low")), number(format!("{measure}_high")));
    format!("{value:.2} ({low:.2} to {high:.2})")
}

#[test]
fn the_figures_are_those_of_the_program() {
    let Some(articles) = articles() else { return };
    let document = document();
    let lexicons = lexicons(&document);
    assert!(lexicons.len() >= 9, "{lexicons:?}");
    let rows = scores(&articles, &lexicons);
    let mut wrong = Vec::new();
    let mut seen = 0;
    for line in lines_of_tables(&document) {
        let names = code(&line.cells[0]);
        let (expected, shown) = match line.heading.as_str() {
            "The two texts" => {
                let [first, second] = pair(&rows, "talks", "captives").expect("the rows of talks");
                let cell = |row: &Row| match row[names[0]].as_str() {
                    "" => "missing".to_owned(),
                    value => value.to_owned(),
                };
                (vec![cell(first), cell(second)], 2)
            }
            heading @ ("Rates" | "Shares") => {
                let Some(found) = pair(&rows, names[0], names[1]) else {
                    wrong.push(format!("no path {}", line.cells[0]));
                    continue;
                };
                let measure = if heading == "Rates" { "outside_per_1k" } else { "share" };
                (found.map(|row| rounded(row, measure)).to_vec(), 2)
            }
            lexicon => {
                let Some(found) = pair(&rows, lexicon, names[0]) else {
                    wrong.push(format!("{lexicon}: no path {}", names[0]));
                    continue;
                };
                (figures(found).map(str::to_owned).to_vec(), 4)
            }
        };
        seen += 1;
        if line.cells[1..=shown] != expected[..] {
            wrong.push(format!("{}: | {} | {} |", line.heading, line.cells[0], expected.join(" | ")));
        }
    }
    assert!(wrong.is_empty(), "rows should begin:\n{}", wrong.join("\n"));
    assert!(seen >= 100, "{seen} rows");
}

#[test]
fn no_path_that_counted_is_left_out() {
    let Some(articles) = articles() else { return };
    let document = document();
    let lexicons = lexicons(&document);
    let told: Vec<(String, String)> = lines_of_tables(&document)
        .into_iter()
        .map(|line| (line.heading.clone(), code(&line.cells[0]).first().map_or(String::new(), |&name| name.to_owned())))
        .collect();
    let rows = scores(&articles, &lexicons);
    let mut missing = Vec::new();
    for row in &rows {
        let (lexicon, path) = (&row["lexicon"], &row["path"]);
        let sums_up = rows.iter().any(|other| {
            other["lexicon"] == *lexicon
                && other["path"].strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('.'))
        });
        let pair = pair(&rows, lexicon, path).expect("both articles");
        let nothing = figures(pair).iter().all(|figure| matches!(*figure, "0" | ""));
        if !sums_up && !nothing && !told.contains(&(lexicon.clone(), path.clone())) {
            let line = format!("{lexicon}: | `{path}` | {} |", figures(pair).join(" | "));
            if !missing.contains(&line) {
                missing.push(line);
            }
        }
    }
    assert!(missing.is_empty(), "not in the document:\n{}", missing.join("\n"));
}

#[test]
fn lexicons_of_other_languages_count_nothing() {
    let Some(articles) = articles() else { return };
    let others = ["conflict_naming_ar", "conflict_naming_ru"].map(str::to_owned);
    for row in scores(&articles, &others) {
        if row["kind"] != "axis" {
            assert_eq!(row["count"], "0", "{} of {} in {}", row["path"], row["lexicon"], row["id"]);
        }
    }
}

/// The paths of a lexicon that are experimental: by the lexicon itself, or because their measured precision falls short.
fn experimental(name: &str) -> Vec<String> {
    let source = fs::read_to_string(here(&format!("lexicons/{name}.toml"))).expect("the lexicon");
    let lexicon =
        read(&source, name, &[], &|_| None).unwrap_or_else(|errors| panic!("{name}: {} errors", errors.len()));
    let mut found: Vec<String> =
        lexicon.paths.into_iter().filter(|path| path.status == "experimental").map(|path| path.id).collect();
    // Written by a script, a key a line; a table begins with its path.
    let measured = fs::read_to_string(here(&format!("lexicons/precision/{name}.toml"))).unwrap_or_default();
    let mut path = "";
    for line in measured.lines() {
        if let Some(value) = line.strip_prefix("path = ") {
            path = value.trim_matches('"');
        } else if line == "status = \"below\"" {
            found.push(path.to_owned());
        }
    }
    found
}

#[test]
fn experimental_paths_are_marked() {
    let document = document();
    let lines = lines_of_tables(&document);
    let mut wrong = Vec::new();
    for name in lexicons(&document) {
        let experimental = experimental(&name);
        for line in lines.iter().filter(|line| line.heading == name) {
            let cell = &line.cells[0];
            let path = code(cell)[0];
            let marked = cell.ends_with("(experimental)");
            if marked != experimental.iter().any(|one| one == path) {
                wrong.push(format!(
                    "{name}: {path} is {} marked (experimental)",
                    if marked { "wrongly" } else { "not" }
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "docs/case-study.md:\n{}", wrong.join("\n"));
}

/// Letters and digits in small letters, a blank between words.
fn plain(text: &str) -> Vec<String> {
    text.replace(['’', '\''], "")
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn holds(text: &[String], phrase: &[String]) -> bool {
    text.windows(phrase.len()).any(|window| window == phrase)
}

#[test]
fn quotations_are_short_and_stand_in_the_articles() {
    let Some(articles) = articles() else { return };
    let mut texts = Vec::new();
    for entry in fs::read_dir(articles).expect("the articles") {
        texts.push(plain(&fs::read_to_string(entry.expect("an entry").path()).expect("UTF-8")));
    }
    let document = document();
    let mut wrong = Vec::new();
    let mut quoted = 0;
    for line in document.lines().filter(|line| line.starts_with('|')) {
        for part in line.split('“').skip(1) {
            let quotation = plain(part.split('”').next().expect("a part"));
            quoted += 1;
            if quotation.len() > LONGEST_QUOTATION || !texts.iter().any(|text| holds(text, &quotation)) {
                wrong.push(quotation.join(" "));
            }
        }
    }
    assert!(quoted >= 50, "{quoted} quotations");
    assert!(wrong.is_empty(), "too long, or in neither article:\n{}", wrong.join("\n"));
    let words = plain(&document);
    let copied = words.windows(LONGEST_QUOTATION + 1).find(|passage| texts.iter().any(|text| holds(text, passage)));
    assert!(copied.is_none(), "a passage of the articles: {copied:?}");
}
