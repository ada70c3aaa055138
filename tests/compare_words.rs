//! `compare` word by word: which word sets outlets apart, whom words are about, where and beside whom they stand.

mod common;

use std::collections::BTreeMap;

use common::Room;

const LEXICON: &str = r#"
[lexicon]
id = "pressure"
language = "en"
[[category]]
id = "coerce"
terms = ["ultimatum", "ultimatums", "threat", "threats", "deadline", "final warning", "warning"]
[[category]]
id = "deaths"
about = "side"
terms = ["killed", "dead"]
[[referent]]
id = "armed"
  [[referent.variant]]
  id = "rebels"
  terms = ["rebels"]
  [[referent.variant]]
  id = "gunmen"
  terms = ["gunmen"]
[[about]]
id = "side"
within = "sentence"
  [about.sides]
  red = ["Reds"]
  blue = ["Blues"]
"#;

/// Two outlets of twelve articles that write alike, but that the Gazette says "ultimatum" where the Courier says
/// "deadline" in one article of three, counts the Blues' dead only, and puts threats beside the rebels.
fn corpus() -> String {
    let mut rows = String::new();
    for outlet in ["Courier", "Gazette"] {
        let gazette = outlet == "Gazette";
        for n in 0..12 {
            let word = if gazette { "ultimatum" } else { ["deadline", "talk", "river"][n % 3] };
            let dead = if gazette || n % 2 == 0 { "Blues" } else { "Reds" };
            let company =
                if gazette { "The rebels made a threat to them." } else { "The rebels sat by a river there." };
            let far = if gazette { "A long river ran by the town." } else { "A new threat ran by the town." };
            let text = format!(
                "The {word} of the day came on a cold morning. It was the {word} of all. {company} Nobody said more of it.\\n\\n\
                 Ten {dead} were killed in the north. {far} The final warning came late in the week. {} \
                 The mayor said: \u{201c}there is a deadline for gunmen.\u{201d} Then all was still in the town.",
                "A day went by. ".repeat(n % 4)
            );
            rows.push_str(&format!("{{\"id\":\"{outlet}-{n}\",\"outlet\":\"{outlet}\",\"text\":\"{text}\"}}\n"));
        }
    }
    rows
}

/// The rows of a CSV, each by column.
fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let names = reader.headers().expect("a header").clone();
    let row =
        |record: csv::StringRecord| names.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.expect("a record"))).collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} is {:?}", row[column]))
}

fn room() -> Room {
    Room::with(&[("p.toml", LEXICON), ("news.jsonl", &corpus())])
}

#[test]
fn the_word_that_sets_outlets_apart_is_named_first_and_the_words_sum_to_the_difference() {
    let room = room();
    room.command("compare news.jsonl -l ./p.toml --by outlet --permutations 199 -o out.csv").assert().success();
    let words = rows(&room.read("out.words.csv"));
    let of = |path: &str, voice: &str| {
        words.iter().filter(|row| row["path"] == path && row["voice"] == voice).collect::<Vec<_>>()
    };
    let coerce = of("coerce", "outside");
    assert_eq!(coerce[0]["word"], "ultimatum");
    assert_eq!((coerce[0]["group"].as_str(), coerce[0]["against"].as_str()), ("Courier", "Gazette"));
    assert_eq!((coerce[0]["group_hits"].as_str(), coerce[0]["against_hits"].as_str()), ("0", "24"));
    assert_eq!(coerce[0]["carries"], "1");
    assert!(number(coerce[0], "contribution") < 0.0 && !coerce[0]["without_ratio"].is_empty());
    let result = rows(&room.read("out.csv"));
    for (path, voice) in [("coerce", "outside"), ("coerce", "quoted"), ("deaths", "outside"), ("armed", "quoted")] {
        let own = of(path, voice);
        let sum: f64 = own.iter().map(|row| number(row, "contribution")).sum();
        let row = result.iter().find(|row| row["path"] == path && row["voice"] == voice).unwrap();
        let difference = number(row, "group_rate") - number(row, "against_rate");
        assert!((sum - difference).abs() < 1e-9, "{path} {voice}: {sum} {difference}");
        assert!((number(own[0], "difference") - difference).abs() < 1e-9);
    }
    let entries = rows(&room.read("out.entries.csv"));
    let entries: f64 = entries
        .iter()
        .filter(|row| row["path"] == "coerce" && row["voice"] == "outside")
        .map(|row| number(row, "contribution"))
        .sum();
    assert!((entries - number(coerce[0], "difference")).abs() < 1e-9);
}

#[test]
fn whom_where_and_beside_whom() {
    let room = room();
    room.command("compare news.jsonl -l ./p.toml --by outlet --permutations 199 -o out.csv").assert().success();
    let whom = rows(&room.read("out.whom.csv"));
    let blue = whom.iter().find(|row| row["about"] == "blue" && row["voice"] == "outside").unwrap();
    assert_eq!((blue["group_hits"].as_str(), blue["against_hits"].as_str()), ("6", "12"));
    assert_eq!((number(blue, "group_share"), number(blue, "against_share")), (0.5, 1.0));
    assert!(!blue["share_difference"].is_empty() && !blue["group_share_low"].is_empty());
    assert_eq!(blue["against_share_low"], "", "all articles agree: no spread was seen");
    let zones = rows(&room.read("out.zones.csv"));
    assert!(zones.iter().all(|row| row["zone"] == "lead"), "nothing has a title");
    let coerce = zones.iter().find(|row| row["path"] == "coerce" && row["voice"] == "outside").unwrap();
    assert!(number(coerce, "against_emphasis") > 2.0 && number(coerce, "emphasis_ratio") < 1.0);
    let association = rows(&room.read("out.association.csv"));
    let is_it = |row: &&BTreeMap<String, String>| {
        row["actor"] == "armed" && row["frame"] == "coerce" && row["part"] == "outside"
    };
    let row = association.iter().find(is_it).unwrap();
    assert_eq!((row["group_both"].as_str(), row["against_both"].as_str()), ("0", "12"));
    let codebook = room.read("out.codebook.csv");
    for column in ["contribution", "without_ratio_low", "share_difference", "emphasis_ratio", "group_odds_ratio"] {
        assert!(codebook.contains(column), "{column} is in the codebook");
    }
    let again = Room::with(&[("p.toml", LEXICON), ("news.jsonl", &corpus())]);
    again
        .command("compare news.jsonl -l ./p.toml --by outlet --permutations 199 --threads 1 -o out.csv")
        .assert()
        .success();
    for table in ["out.words.csv", "out.whom.csv", "out.zones.csv", "out.association.csv"] {
        assert_eq!(again.read(table), room.read(table), "{table} is the same for any number of threads");
    }
}

#[test]
fn actors_and_frames_can_be_named_and_a_wrong_name_is_told() {
    let room = room();
    let wrong = room.command("compare news.jsonl -l ./p.toml --by outlet --actors army -o out.csv").assert().code(2);
    assert!(String::from_utf8_lossy(&wrong.get_output().stderr).contains("--actors army"));
    room.command(
        "compare news.jsonl -l ./p.toml --by outlet --actors deaths --frames coerce --permutations 199 -o out.csv",
    )
    .assert()
    .success();
    let association = rows(&room.read("out.association.csv"));
    assert!(association.iter().all(|row| row["actor"] == "deaths" && row["frame"] == "coerce"));
}

/// The habits of the example corpus, as a reader of the README meets them.
#[test]
fn the_examples_show_who_says_hostage() {
    let room = Room::new();
    let articles = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/articles.jsonl");
    room.command(&format!("compare {articles} -l talks --by outlet --permutations 199 -o out.csv")).assert().success();
    let words = rows(&room.read("out.words.csv"));
    let hostages = words
        .iter()
        .filter(|row| row["path"] == "captives" && row["voice"] == "outside" && row["group"] == "Al-Minbar Review")
        .find(|row| row["against"] == "Harbour Courier" && row["word"].starts_with("hostage"))
        .expect("a row of the hostages");
    assert!(number(hostages, "group_hits") <= 1.0);
    assert!(number(hostages, "against_hits") > 5.0 && number(hostages, "contribution") < 0.0);
}

/// Stored tables give the same words, to the last digit, as the articles.
#[test]
fn stored_hits_give_the_same_words() {
    let room = room();
    room.command("score news.jsonl -l ./p.toml --long -o long.csv").assert().success();
    room.command("kwic news.jsonl -l ./p.toml -o hits.csv").assert().success();
    room.command("kwic news.jsonl -l ./p.toml --rejected -o rejected.csv").assert().success();
    room.command("compare news.jsonl -l ./p.toml --by outlet --permutations 199 -o out.csv").assert().success();
    let stored = "compare --from long.csv --hits hits.csv -l ./p.toml --by outlet --permutations 199";
    let said = room.command(&format!("{stored} --hits rejected.csv -o all.csv")).assert().success();
    let said = String::from_utf8_lossy(&said.get_output().stderr).into_owned();
    assert!(said.contains("left out: association") && said.contains("left out: zones"), "{said}");
    for table in ["words", "entries", "whom"] {
        assert_eq!(room.read(&format!("all.{table}.csv")), room.read(&format!("out.{table}.csv")), "{table}");
    }
    let said = room.command(&format!("{stored} -o few.csv")).assert().success();
    assert!(String::from_utf8_lossy(&said.get_output().stderr).contains("left out: leave-one-out"));
    assert_eq!(room.read("few.entries.csv"), room.read("out.entries.csv"));
    room.write("other.toml", LEXICON.replace("deaths", "losses"));
    let wrong = room.command("compare --from long.csv --hits hits.csv -l ./other.toml --by outlet").assert().code(2);
    assert!(String::from_utf8_lossy(&wrong.get_output().stderr).contains("losses of pressure in the lexicons"));
}
