//! `compare --from`: what `score --long` and `kwic` stored gives the numbers that the articles give.

use super::*;

/// A stored long table gives the same numbers as the articles, to the last digit.
#[test]
fn stored_tables_give_the_same_numbers() {
    let room = Room::new();
    room.run(&format!("score {EXAMPLES} -l talks --long -o long.csv")).ends(0);
    room.run(&format!("kwic {EXAMPLES} -l talks -o hits.csv")).ends(0);
    room.run(&format!("compare {EXAMPLES} -l talks -o out.csv")).ends(0);
    room.run("compare --from long.csv -o stored.csv").ends(0).says(&["left out: terms", "left out: zones"]);
    room.run("compare --from long.csv --hits hits.csv -o both.csv").ends(0);
    // Warnings may be fewer: they need the lexicon and the texts. All else is the same.
    let without_warnings = |name: &str| {
        let text = room.read(name);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        // The lexicon's own words on names and the voices of axes are not in the long table.
        let skipped = ["warnings", "connotation", "according_to"];
        let kept: Vec<usize> = (0..header.len()).filter(|i| !skipped.contains(&&header[*i])).collect();
        reader
            .records()
            .map(|row| row.unwrap())
            .filter(|row| !name.contains("axes") || &row[4] == "outside")
            .map(|row| kept.iter().map(|i| row[*i].to_owned()).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    for (from_articles, stored) in
        [("out.csv", "stored.csv"), ("out.shares.csv", "stored.shares.csv"), ("out.axes.csv", "stored.axes.csv")]
    {
        assert_eq!(without_warnings(from_articles), without_warnings(stored), "{stored}");
    }
    assert_eq!(without_warnings("out.csv"), without_warnings("both.csv"));
    let terms = |name: &str| {
        let mut rows: Vec<String> = room.read(name).lines().map(str::to_owned).collect();
        rows.sort();
        rows
    };
    assert_eq!(terms("out.terms.csv"), terms("both.terms.csv"));
    assert!(!room.files().contains(&"stored.terms.csv".to_owned()));
}

#[test]
fn what_no_stored_table_holds_is_said() {
    let room = room(&corpus(6, |_, n| n % 2));
    room.run("score news.jsonl -l ./bridge.toml -o wide.csv").ends(0);
    room.run("compare --from wide.csv").ends(2).says(&["score --long"]);
    room.run("score news.jsonl -l ./bridge.toml --long -o long.csv").ends(0);
    room.run("compare --from long.csv --by outlte").ends(2).says(&["outlte", "outlet"]);
    room.run("compare --from nothing.csv").ends(1).says(&["nothing.csv"]);
    room.run("compare --from news.jsonl").ends(2).says(&[".csv and .tsv"]);
    room.run("compare --from long.csv news.jsonl").ends(2);
    let limited = LEXICON.replacen("[[category]]", "[match]\nzones = [\"title\"]\n\n[[category]]", 1);
    room.write("limited.toml", limited);
    room.run("score news.jsonl -l ./limited.toml --long -o limited.csv").ends(0);
    room.run("compare --from limited.csv").ends(2).says(&["compare from the articles"]);
    let long = room.read("long.csv");
    let at = long.lines().next().unwrap().split(',').position(|name| name == "narrator").unwrap();
    let second: Vec<&str> = long.lines().nth(1).unwrap().split(',').collect();
    let broken = [&second[..at], &["many"], &second[at + 1..]].concat().join(",");
    room.write("broken.csv", long.replacen(&second.join(","), &broken, 1));
    room.run("compare --from broken.csv").ends(2).says(&["broken.csv:2: `narrator` is \"many\"", "no count"]);
}
