//! `compare --events` end to end: events are found, listed with their evidence, edited, and given back.

mod common;

use common::{Room, column};

fn example() -> Room {
    let articles = include_str!("../examples/articles.jsonl");
    Room::with(&[("articles.jsonl", articles), ("naming.toml", NAMING)])
}

/// A lexicon that nobody mends: which pairs are alike depends on the words that are left out.
const NAMING: &str = r#"
[lexicon]
id = "naming"
version = "0.1"
[[mask]]
terms = ["envoy for hostage affairs", "Hostages Square"]
[[referent]]
id = "captives"
[[referent.variant]]
id = "hostage"
terms = ["hostage*"]
[[referent.variant]]
id = "captive"
terms = ["captive*"]
[[referent.variant]]
id = "prisoner"
terms = [{ term = "prisoner*", not_after = ["Palestinian"] }]
[[referent]]
id = "hamas"
name = ["Hamas"]
[[referent.variant]]
id = "militant"
terms = ["militant*", "militant group"]
[[referent.variant]]
id = "movement"
terms = ["the movement", "the resistance"]
[[category]]
id = "talks"
terms = ["talks", "negotiat*", "mediator*", "truce", "cease-fire", "ceasefire"]
[[category]]
id = "war"
terms = ["war", "fighting", "shelling", "conflict", "occupation"]
"#;

const COMPARE: &str =
    "compare articles.jsonl -l naming.toml --by outlet --replicates 199 --permutations 199 -o out.csv";

/// The pairs of a table with this status, as ids.
fn pairs(table: &str, status: &str) -> Vec<(String, String)> {
    let rows = column(table, "status").into_iter().zip(column(table, "id_a")).zip(column(table, "id_b"));
    rows.filter(|((found, _), _)| found == status).map(|((_, a), b)| (a, b)).collect()
}

#[test]
fn events_are_matched_and_the_evidence_is_beside_the_result() {
    let room = example();
    room.run(&format!("{COMPARE} --events auto")).ends(0).says(&[
        "pairs matched from a cosine of 0.1",
        "2 pairs of one text",
        "out.pairs.csv, correct its column `status`",
        "out.events.csv",
    ]);
    let table = room.read("out.pairs.csv");
    let matched = pairs(&table, "matched");
    assert!(matched.len() >= 9, "{table}");
    let event_of = |id: &str| {
        let line = room.read("articles.jsonl").lines().find(|line| line.contains(id)).expect("the article").to_owned();
        line.split("\"event\": ").nth(1).expect("an event")[..4].to_owned()
    };
    for (a, b) in &matched {
        assert_eq!(event_of(a), event_of(b), "{a} {b}");
    }
    assert_eq!(pairs(&table, "copy"), [("hc-02", "nl-02"), ("nl-05", "mr-06")].map(|(a, b)| (a.into(), b.into())));
    let kept: Vec<String> = column(&table, "words_kept").into_iter().filter(|n| !n.is_empty()).collect();
    assert_eq!(kept.len(), 2);
    let events = room.read("out.events.csv");
    assert!(events.starts_with("event,date_first,date_last,words,groups,articles,articles_"), "{events}");
    let articles: u32 = column(&events, "articles").iter().map(|n| n.parse::<u32>().expect("a count")).sum();
    assert_eq!(articles, 25);
    let changes = room.read("out.changes.csv");
    assert!(
        changes.contains(",changed,with the names of 34,hostages,captives,on Thursday the first document,"),
        "{changes}"
    );
    assert!(changes.contains("captives.hostage: hostages"), "{changes}");
    // Every table's columns are in the codebook, and no cell is NaN.
    let codebook = room.read("out.codebook.csv");
    for name in ["events", "pairs", "changes", "split"] {
        let table = room.read(&format!("out.{name}.csv"));
        assert!(!table.contains("NaN") && !table.contains("inf"), "{name}");
        let header = table.lines().next().expect("a header").to_owned();
        let columns = csv::Reader::from_reader(header.as_bytes()).headers().expect("a header").clone();
        for column in &columns {
            assert!(codebook.contains(&format!("{name},{column},")), "{name}: {column}");
        }
    }
}

#[test]
fn the_split_sums_to_the_difference() {
    let room = example();
    room.run(&format!("{COMPARE} --events event")).ends(0);
    let table = room.read("out.split.csv");
    let number =
        |name: &str| -> Vec<f64> { column(&table, name).iter().map(|cell| cell.parse().unwrap_or(0.0)).collect() };
    let parts = column(&table, "part");
    let [difference, coverage, treatment] = ["difference", "coverage", "treatment"].map(number);
    let [group, against] = ["rate_group", "rate_against"].map(number);
    let starts: Vec<usize> = (0..parts.len()).filter(|&row| parts[row] == "all").collect();
    assert!(starts.len() > 20, "{table}");
    for (place, &start) in starts.iter().enumerate() {
        let end = starts.get(place + 1).copied().unwrap_or(parts.len());
        let sum: f64 = difference[start + 1..end].iter().sum();
        assert!((sum - difference[start]).abs() < 1e-9, "row {start}");
        assert!((coverage[start] + treatment[start] - difference[start]).abs() < 1e-9, "row {start}");
        assert!((group[start] - against[start] - difference[start]).abs() < 1e-9, "row {start}");
    }
    // A column says which event: no pair is guessed, so there is no table of pairs.
    assert!(!room.files().contains(&"out.pairs.csv".to_owned()), "{:?}", room.files());
}

#[test]
fn an_edited_table_of_pairs_is_what_holds() {
    let room = example();
    room.run(&format!("{COMPARE} --events auto -q")).ends(0);
    let table = room.read("out.pairs.csv");
    let events = room.read("out.events.csv");
    // Given back as it is, it says the same.
    room.run(&format!("{COMPARE} --events out.pairs.csv -q")).ends(0);
    assert_eq!(room.read("out.pairs.csv"), table, "the table that was given is not written over");
    assert_eq!(column(&room.read("out.events.csv"), "ids"), column(&events, "ids"));
    // A proposed pair becomes a matched one.
    let line = table.lines().find(|line| line.starts_with("proposed,")).expect("a pair is proposed");
    room.write("mine.csv", table.replace(line, &line.replacen("proposed", "matched", 1)));
    room.run(&format!("{COMPARE} --events mine.csv -q")).ends(0);
    let [one, other] = [1, 5].map(|cell| line.split(',').nth(cell).expect("an id"));
    let ids = column(&room.read("out.events.csv"), "ids");
    let is_joined = |ids: &&String| ids.split(" | ").any(|id| id == one) && ids.split(" | ").any(|id| id == other);
    assert_eq!(ids.iter().filter(is_joined).count(), 1, "{one} {other} {ids:?}");
    // What is not there is named, with its line.
    room.write("wrong.csv", table.replace("hc-02", "hc-99"));
    room.run(&format!("{COMPARE} --events wrong.csv")).ends(1).says(&["wrong.csv", "\"hc-99\" (line ", "--where"]);
    room.run(&format!("{COMPARE} --events nowhere.csv")).ends(1).says(&["cannot read nowhere.csv"]);
    room.run(&format!("{COMPARE} --events pairs.xlsx")).ends(2).says(&["save it as one of them"]);
    room.run(&format!("{COMPARE} --events evnt")).ends(2).says(&["evnt", "event"]);
}

#[test]
fn any_number_of_threads_finds_the_same() {
    let room = example();
    let mut found = Vec::new();
    for threads in [1, 2, 5] {
        room.run(&format!("{COMPARE} --events auto -q --threads {threads}")).ends(0);
        found.push(
            ["out.csv", "out.pairs.csv", "out.events.csv", "out.changes.csv", "out.split.csv"].map(|f| room.read(f)),
        );
    }
    assert!(found.windows(2).all(|two| two[0] == two[1]));
}

#[test]
fn copies_inside_a_group_count_once_and_dates_that_are_missing_match_nothing() {
    let text = "Mediators in Sarn handed over a list with the names of 34 hostages on Thursday, the first document to be \
                exchanged since the talks began, Otto Brem said at the harbour of Lindholm after a walk of 12 miles.";
    let mut articles = String::from("id,outlet,date,text\n");
    for (id, outlet, date) in [("a1", "A", "2031-03-06"), ("a2", "A", "2031-03-07"), ("b1", "B", "2031-03-06")] {
        articles.push_str(&format!("{id},{outlet},{date},\"{text}\"\n"));
    }
    articles.push_str("b2,B,some day,\"Otto Brem walked 12 miles to Lindholm and spoke of hostages and of talks.\"\n");
    articles
        .push_str("a3,A,2031-03-09,\"At Lindholm Otto Brem, who had walked 12 miles, was asked about the talks.\"\n");
    let room = Room::with(&[("news.csv", &articles), ("naming.toml", NAMING)]);
    room.run("compare news.csv -l naming.toml --by outlet --events auto --event-cosine 0.2 -o out.csv").ends(0).says(
        &["1 copy of an earlier article of the same group is left out", "1 article without a date that can be read"],
    );
    let pairs_table = room.read("out.pairs.csv");
    let copies = pairs(&pairs_table, "copy");
    assert_eq!(copies, [("a1", "b1"), ("a1", "a2")].map(|(a, b)| (a.into(), b.into())));
    assert!(pairs(&pairs_table, "matched").is_empty(), "{pairs_table}");
    assert!(pairs(&pairs_table, "proposed").contains(&("a3".into(), "b2".into())), "{pairs_table}");
    assert!(pairs_table.contains("a date is missing"), "{pairs_table}");
    let events = room.read("out.events.csv");
    assert!(column(&events, "ids").contains(&"a1 | b1".to_owned()), "{events}");
}

/// The trend of a comparison once looked up the group of a copy that had been taken out of it.
#[test]
fn a_copy_that_is_left_out_stands_in_no_period_of_the_trend() {
    let text = "Mediators in Sarn handed over a list with the names of 34 hostages on Thursday, the first document to be \
                exchanged since the talks began, Otto Brem said at the harbour of Lindholm after a walk of 12 miles.";
    let mut articles = String::from("id,outlet,date,text\n");
    for (id, outlet, date) in [("a1", "A", "2031-03-06"), ("a2", "A", "2031-03-07"), ("b1", "B", "2031-03-06")] {
        articles.push_str(&format!("{id},{outlet},{date},\"{text}\"\n"));
    }
    articles.push_str("b2,B,2031-03-20,Rain fell on the hostages and on nobody else.\n");
    let room = Room::with(&[("news.csv", &articles), ("naming.toml", NAMING)]);
    room.run("compare news.csv -l naming.toml --by outlet --events auto -o out.csv")
        .ends(0)
        .says(&["1 copy of an earlier article of the same group is left out"]);
    room.run("report news.csv -l naming.toml --by outlet --events auto -o out.html").ends(0);
}

/// The dates of an event were those of the first and last of its articles in the input, whatever these were.
#[test]
fn the_dates_of_an_event_are_those_of_its_days() {
    let mut articles = String::from("id,outlet,date,event,text\n");
    for (id, outlet, date) in
        [("a1", "A", "soon"), ("a2", "A", "2031-03-09"), ("b1", "B", "2031-03-06"), ("b2", "B", "")]
    {
        articles.push_str(&format!("{id},{outlet},{date},dam,The talks of {id} went on.\n"));
    }
    let room = Room::with(&[("news.csv", &articles), ("naming.toml", NAMING)]);
    room.run("compare news.csv -l naming.toml --by outlet --events event -o out.csv").ends(0);
    let events = room.read("out.events.csv");
    assert_eq!(column(&events, "date_first"), ["2031-03-06"], "{events}");
    assert_eq!(column(&events, "date_last"), ["2031-03-09"], "{events}");
    assert_eq!(column(&events, "ids"), ["b1 | a2 | a1 | b2"], "{events}");
}

/// Copies that are left out once were in the number of articles, and in no table; and articles without a group, or without a
/// date, were counted by `trend` and `keyness`.
#[test]
fn closing_lines_say_how_many_articles_the_tables_are_of() {
    let text = "Mediators in Sarn handed over a list with the names of 34 hostages on Thursday, the first document to be \
                exchanged since the talks began, Otto Brem said at the harbour of Lindholm after a walk of 12 miles.";
    let mut articles = String::from("id,outlet,date,text\n");
    for (id, outlet, date) in
        [("a1", "A", "2031-03-06"), ("a2", "A", "2031-03-07"), ("b1", "B", "2031-03-06"), ("x", "", "2031-03-06")]
    {
        articles.push_str(&format!("{id},{outlet},{date},\"{text}\"\n"));
    }
    articles.push_str("b2,B,,Rain fell on the hostages and on nobody else.\n");
    let room = Room::with(&[("news.csv", &articles), ("naming.toml", NAMING)]);
    let by_outlet = "news.csv -l naming.toml --by outlet";
    let closing = "3 articles in 2 groups (left out: 1 without a group, 1 copied from an earlier one)";
    room.run(&format!("compare {by_outlet} --events auto -o out.xlsx")).ends(0).says(&[closing]);
    room.run(&format!("report {by_outlet} --events auto -o out.html")).ends(0).says(&[closing]);
    let page = room.read("out.html");
    assert!(page.contains("3 articles"), "the page counts as the tables do");
    let all = "4 articles in 2 groups (left out: 1 without a group)";
    room.run(&format!("compare {by_outlet} -o out.csv")).ends(0).says(&[all]);
    room.run(&format!("score {} --long -o long.csv", "news.csv -l naming.toml")).ends(0);
    room.run("compare --from long.csv --by outlet -o stored.csv").ends(0).says(&[all]);
    room.run(&format!("trend {by_outlet} -o trend.csv"))
        .ends(0)
        .says(&["3 articles in 2 groups (left out: 1 without a group, 1 without a date)"]);
    room.run("keyness news.csv --by outlet --min-df 1").ends(0).says(&["4 articles (left out: 1 without a group)"]);
}
