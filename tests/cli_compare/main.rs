//! `compare`: groups against each other, through the binary.

#[path = "../common/mod.rs"]
mod common;
mod languages;
mod screen;
mod stored;
mod told;

use std::fmt::Write as _;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use common::{Room, column};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/articles.jsonl");
/// The tables of a comparison as CSV files.
const TABLES: [&str; 5] = ["out.csv", "out.shares.csv", "out.axes.csv", "out.terms.csv", "out.warnings.csv"];

/// A lexicon of two categories, one under the other's roof, and a referent of two names.
const LEXICON: &str = r#"
[lexicon]
id = "bridge"
version = "2"
language = "en"
validated = "for this test"

[[category]]
id = "money.cost"
terms = ["cost", "price"]

[[category]]
id = "money.tax"
terms = ["tax"]

[[category]]
id = "never"
terms = ["unicorn"]

[[referent]]
id = "crossing"
  [[referent.variant]]
  id = "bridge"
  terms = ["bridge"]
  [[referent.variant]]
  id = "eyesore"
  terms = ["eyesore"]

[[axis]]
id = "praise"
positive = ["crossing.bridge"]
negative = ["crossing.eyesore"]
"#;

/// A row of the table that is of this path, pair and voice.
fn row(table: &str, key: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| {
        let cells: Vec<(String, String)> = header.iter().cloned().zip(row.unwrap().iter().map(str::to_owned)).collect();
        cells
    });
    let is_it = |row: &Vec<(String, String)>| key.iter().all(|(name, value)| cell(row, name) == *value);
    let found: Vec<_> = rows.filter(is_it).collect();
    assert_eq!(found.len(), 1, "rows of {key:?} in\n{table}");
    found.into_iter().next().unwrap()
}

fn cell<'r>(row: &'r [(String, String)], name: &str) -> &'r str {
    row.iter().find(|(column, _)| column == name).map_or_else(|| panic!("no column {name}"), |(_, value)| value)
}

fn number(row: &[(String, String)], name: &str) -> f64 {
    cell(row, name).parse().unwrap_or_else(|_| panic!("{name} is {:?}", cell(row, name)))
}

/// Articles of two outlets: `costs(outlet, n)` says how often each writes "cost".
fn corpus(articles: usize, costs: impl Fn(usize, usize) -> usize) -> String {
    let mut jsonl = String::new();
    for (number, outlet) in ["Courier", "Herald"].iter().enumerate() {
        for n in 0..articles {
            let mut text = String::from("The bridge was seen by the council on Monday morning again. ");
            for _ in 0..costs(number, n) {
                text.push_str("The cost of it was named once more by those who came. ");
            }
            for sentence in 0..12 + n % 5 {
                let _ = write!(text, "They spoke of matter {sentence} of the day {n} for a while and then went home. ");
            }
            text.push_str("\\u201cThe tax is the cost of it all,\\u201d one of them said.");
            let _ = writeln!(
                jsonl,
                "{{\"id\":\"{outlet}-{n}\",\"outlet\":\"{outlet}\",\"event\":\"e{n}\",\"genre\":\"{}\",\
                 \"date\":\"2031-03-{:02}\",\"title\":\"On the bridge\",\"text\":\"{text}\"}}",
                if n % 2 == 0 { "news" } else { "opinion" },
                1 + n
            );
        }
    }
    jsonl
}

fn room(jsonl: &str) -> Room {
    Room::with(&[("news.jsonl", jsonl), ("bridge.toml", LEXICON)])
}

/// Every cell of every table: no NaN, no infinity.
fn no_nan(room: &Room) {
    for name in room.files().iter().filter(|name| name.ends_with(".csv")) {
        let text = room.read(name);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for record in reader.records() {
            for cell in &record.unwrap() {
                let lower = cell.to_ascii_lowercase();
                assert!(!matches!(&*lower, "nan" | "-nan" | "inf" | "-inf" | "infinity"), "{name}: {cell}");
            }
        }
        assert!(!text.to_lowercase().contains("significan"), "{name}");
    }
}

/// The three invented outlets have habits; the tables show them.
#[test]
fn the_outlets_of_the_example_have_their_habits() {
    let room = Room::new();
    let args = format!("compare {EXAMPLES} -l talks --by outlet -o out.csv");
    let ran = room.run(&args).ends(0).says(&["warning: W14", "W13", "wrote out.csv"]);
    assert!(ran.stderr().matches("framescope: warning: ").count() <= 6, "{}", ran.stderr());
    assert!(!ran.stderr().to_lowercase().contains("significan"));
    no_nan(&room);
    let shares = room.read("out.shares.csv");
    let share = |variant: &str, group: &str, against: &str, side: &str| {
        let key = [("variant", variant), ("group", group), ("against", against), ("voice", "outside")];
        number(&row(&shares, &key), side)
    };
    let (courier, ledger, review) = ("Harbour Courier", "Northgate Ledger", "Al-Minbar Review");
    assert!(share("captives.hostage", courier, ledger, "group_share") > 0.9);
    assert!(share("captives.captive", courier, ledger, "against_share") > 0.7);
    assert!(share("captives.prisoner", review, courier, "group_share") > 0.6);
    assert!(share("captives.prisoner", review, courier, "difference_low") > 0.2);
    assert!(share("captives.hostage", review, courier, "omnibus_p") < 0.01);
    let results = room.read("out.csv");
    let hostage = [("path", "captives.hostage"), ("group", review), ("against", courier), ("voice", "outside")];
    let hostage = row(&results, &hostage);
    assert!(number(&hostage, "rate_ratio_high") < 1.0 && number(&hostage, "p") < 0.01, "{hostage:?}");
    assert!(cell(&hostage, "family").contains("outside quotations"));
    // Too few hits: no ratio, no p, and the bound of what was never found.
    let captive = [("path", "captives.hostage"), ("group", courier), ("against", ledger), ("voice", "outside")];
    let captive = row(&results, &captive);
    assert_eq!((cell(&captive, "rate_ratio"), cell(&captive, "p")), ("", ""));
    assert!(cell(&captive, "withheld").starts_with("too few hits: none in Northgate Ledger"), "{captive:?}");
    assert!(cell(&captive, "warnings").contains("W02"));
    // Every column of every table is in the codebook.
    let codebook = room.read("out.codebook.csv");
    let described = column(&codebook, "column");
    for table in TABLES {
        let text = room.read(table);
        for name in csv::Reader::from_reader(text.as_bytes()).headers().unwrap() {
            assert!(described.contains(&name.to_owned()), "{table}: {name}");
        }
    }
    assert!(column(&codebook, "meaning").iter().all(|meaning| !meaning.is_empty()));
}

/// The example through every number of threads: the same bytes.
#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let room = room(&corpus(9, |outlet, n| outlet + n % 3));
    let mut first: Option<Vec<String>> = None;
    for threads in [1, 2, 7] {
        room.run(&format!("compare news.jsonl -l ./bridge.toml -o out.csv --threads {threads}")).ends(0);
        let tables = TABLES.iter().map(|name| room.read(name)).collect::<Vec<_>>();
        assert_eq!(first.get_or_insert_with(|| tables.clone()), &tables, "{threads} threads");
    }
    // Another seed is another chance, and no other estimate.
    room.run("compare news.jsonl -l ./bridge.toml -o other.csv --seed 2").ends(0);
    assert_eq!(column(&room.read("other.csv"), "rate_ratio"), column(&room.read("out.csv"), "rate_ratio"));
}

/// Methods 4.10: how many articles allow what.
#[test]
fn small_samples_get_what_they_allow_and_not_a_p_more() {
    let at = |articles: usize| {
        let room = room(&corpus(articles, |outlet, n| 2 + outlet + n % 2));
        room.run("compare news.jsonl -l ./bridge.toml -o out.csv").ends(0);
        no_nan(&room);
        row(&room.read("out.csv"), &[("path", "money.cost"), ("voice", "outside")])
    };
    let one = at(1);
    assert!(cell(&one, "withheld").contains("a description of texts"), "{one:?}");
    // The exact interval of a count, within the text.
    assert!(number(&one, "group_rate_low") < number(&one, "group_rate"));
    assert_eq!((cell(&one, "p"), cell(&one, "rate_ratio"), cell(&one, "risk_difference")), ("", "", ""));
    assert!(cell(&one, "warnings").contains("W01"));
    let four = at(4);
    assert!(cell(&four, "withheld").starts_with("4 articles of Herald, 5 are needed"), "{four:?}");
    assert!(number(&four, "group_median_rate") > 0.0);
    assert_eq!((cell(&four, "p"), cell(&four, "group_rate_low")), ("", ""));
    let five = at(5);
    assert_eq!((cell(&five, "withheld"), cell(&five, "exact"), cell(&five, "arrangements")), ("", "1", "252"));
    assert!(number(&five, "smallest_p") >= 2.0 / 252.0 - 1e-12);
    assert!(number(&five, "rate_ratio") < 1.0 && number(&five, "p") > 0.0);
    // The interval agrees with the test.
    let holds_one = number(&five, "rate_ratio_low") <= 1.0 && number(&five, "rate_ratio_high") >= 1.0;
    assert_eq!(number(&five, "p") > 0.05, holds_one, "{five:?}");
    assert!(cell(&five, "excludes").contains("times that of Herald"));
}

#[test]
fn events_are_units_where_both_wrote_on_them() {
    let room = room(&corpus(12, |outlet, n| 1 + 2 * outlet + n % 3));
    room.run("compare news.jsonl -l ./bridge.toml --within event -o out.csv").ends(0);
    let cost = row(&room.read("out.csv"), &[("path", "money.cost"), ("voice", "outside")]);
    assert_eq!((cell(&cost, "paired_events"), cell(&cost, "paired_headline")), ("12", "1"));
    assert_eq!((cell(&cost, "arrangements"), cell(&cost, "exact")), ("4096", "1"));
    assert!(number(&cost, "paired_p") < 0.001 && number(&cost, "paired_difference") < 0.0, "{cost:?}");
    assert!(number(&cost, "rate_ratio_high") < 1.0);
    no_nan(&room);
    // Five events are too few for a p.
    let few = Room::with(&[("news.jsonl", &corpus(5, |o, n| 2 + o + n % 2)), ("bridge.toml", LEXICON)]);
    few.run("compare news.jsonl -l ./bridge.toml --within event -o out.csv").ends(0);
    let cost = row(&few.read("out.csv"), &[("path", "money.cost"), ("voice", "outside")]);
    assert_eq!((cell(&cost, "p"), cell(&cost, "paired_p")), ("", ""));
    assert!(cell(&cost, "withheld").starts_with("5 events covered by both, 6 are needed"), "{cost:?}");
}

/// Opinion has more of a word, and one outlet writes more opinion: inside genres there is no difference.
#[test]
fn strata_take_another_mix_out() {
    let mut jsonl = String::new();
    for (outlet, opinions) in [("Courier", 3), ("Herald", 15)] {
        for n in 0..18 {
            let is_opinion = n < opinions;
            let costs = if is_opinion { 5 + n % 2 } else { 1 + n % 2 };
            let text =
                format!("{}{}", "The cost is high. ".repeat(costs), "They spoke of it and went home. ".repeat(20));
            let genre = if is_opinion { "opinion" } else { "news" };
            let _ = writeln!(
                jsonl,
                r#"{{"id":"{outlet}{n}","outlet":"{outlet}","genre":"{genre}","title":"T","text":"{text}"}}"#
            );
        }
    }
    let room = room(&jsonl);
    room.run("compare news.jsonl -l ./bridge.toml -o plain.csv").ends(0).says(&["W10"]);
    room.run("compare news.jsonl -l ./bridge.toml --within genre -o within.csv").ends(0);
    let key = [("path", "money.cost"), ("voice", "outside")];
    let (plain, within) = (row(&room.read("plain.csv"), &key), row(&room.read("within.csv"), &key));
    assert!(number(&plain, "rate_ratio_high") < 1.0 && number(&plain, "p") < 0.05, "{plain:?}");
    assert!((number(&within, "rate_ratio") - 1.0).abs() < 0.1 && number(&within, "p") > 0.3, "{within:?}");
    room.run("compare news.jsonl -l ./bridge.toml --within gender -o x.csv").ends(2).says(&["gender"]);
}

#[test]
fn each_group_against_the_rest_on_request() {
    let room = Room::new();
    room.run(&format!("compare {EXAMPLES} -l talks --vs rest -o out.csv")).ends(0);
    let results = room.read("out.csv");
    let against = column(&results, "against");
    assert!(against.iter().all(|name| name.starts_with("rest of ")), "{against:?}");
    let key = [("path", "captives.hostage"), ("group", "Harbour Courier"), ("voice", "outside")];
    let courier = row(&results, &key);
    // 17 articles less the one in Arabic, which the English lexicon does not read.
    assert_eq!((cell(&courier, "against"), cell(&courier, "against_articles")), ("rest of Harbour Courier", "16"));
    assert!(number(&courier, "rate_ratio_low") > 1.0);
    let shares = room.read("out.shares.csv");
    let key = [("variant", "captives.hostage"), ("group", "Harbour Courier"), ("voice", "outside")];
    assert!(number(&row(&shares, &key), "difference_low") > 0.5);
    no_nan(&room);
}

#[test]
fn what_was_named_before_looking_has_a_family_of_its_own() {
    let room = room(&corpus(8, |outlet, n| 2 + outlet + n % 2));
    room.run("compare news.jsonl -l ./bridge.toml --primary money.cost -o out.csv").ends(0);
    let results = room.read("out.csv");
    let outside = row(&results, &[("path", "money.cost"), ("voice", "outside")]);
    assert_eq!((cell(&outside, "primary"), cell(&outside, "adjustment")), ("1", "holm"));
    assert_eq!(cell(&outside, "family"), "primary paths, outside quotations");
    // The path above it is in no family with it.
    let above = row(&results, &[("path", "money"), ("voice", "outside")]);
    assert_eq!(cell(&above, "adjustment"), "benjamini-hochberg");
    assert!(cell(&above, "family").contains("with others under them"), "{above:?}");
    let quoted = row(&results, &[("path", "money.cost"), ("voice", "quoted")]);
    assert!(cell(&quoted, "family").contains("inside quotations"), "{quoted:?}");
    let both = "compare news.jsonl -l ./bridge.toml --primary money,money.cost -o x.csv";
    room.run(both).ends(2).says(&["money and money.cost cannot both be primary"]);
    room.run("compare news.jsonl -l ./bridge.toml --primary mony.cost").ends(2).says(&["did you mean `money.cost`"]);
    // The same words in the query that found the corpus.
    let args = "compare news.jsonl -l ./bridge.toml --query tax -o q.csv";
    room.run(args).ends(0).says(&["W21", "\"tax\""]);
}

#[test]
fn models_stand_beside_the_test_on_request() {
    let room = room(&corpus(10, |outlet, n| 1 + outlet + n % 4));
    for (model, name) in [("quasipoisson", "quasipoisson"), ("nb", "quasipoisson")] {
        room.run(&format!("compare news.jsonl -l ./bridge.toml --model {model} -o out.csv")).ends(0);
        let cost = row(&room.read("out.csv"), &[("path", "money.cost"), ("voice", "outside")]);
        assert_eq!(cell(&cost, "model"), name, "{cost:?}");
        assert!((number(&cost, "model_ratio") / number(&cost, "rate_ratio") - 1.0).abs() < 0.05, "{cost:?}");
        assert!(number(&cost, "p") > 0.0);
    }
    no_nan(&room);
}

/// Few events: CR2 with its own degrees of freedom, a bootstrap, and Wilcoxon's test beside the sign flips.
#[test]
fn few_events_have_errors_of_their_own() {
    let room = room(&corpus(12, |outlet, n| 1 + 2 * outlet + n % 3 + n % 2 * outlet));
    let table = |args: &str| {
        room.run(&format!("compare news.jsonl -l ./bridge.toml {args} -o out.csv")).ends(0);
        row(&room.read("out.csv"), &[("path", "money.cost"), ("voice", "outside")])
    };
    let cost = table("--within event --model quasipoisson");
    assert_eq!((cell(&cost, "model_errors"), cell(&cost, "model_clusters")), ("CR2", "12"), "{cost:?}");
    assert!(number(&cost, "model_df") <= 11.0 && number(&cost, "model_ratio_high") < 1.0);
    assert_eq!(cell(&cost, "model_bootstrap_note"), "Rademacher weights, all 4096 patterns");
    assert!(number(&cost, "model_bootstrap_p") < 0.01, "{cost:?}");
    assert!(number(&cost, "paired_wilcoxon_p") < 0.001 && number(&cost, "paired_median") < 0.0);
    assert!(cell(&cost, "paired_wilcoxon_note").starts_with("12 of 12 events"), "{cost:?}");
    assert!(cell(&cost, "paired_wilcoxon_note").ends_with("; exact"), "{cost:?}");
    no_nan(&room);
    // A column that was named, with or without events; what is compared is none, and what nobody filled neither.
    let named = table("--model quasipoisson --cluster event");
    assert_eq!((cell(&named, "model_errors"), cell(&named, "model_clusters")), ("CR2", "12"), "{named:?}");
    let plain = table("--model quasipoisson");
    assert_eq!((cell(&plain, "model_errors"), cell(&plain, "model_bootstrap_p")), ("quasi-Poisson", ""));
    let run = |args: &str| room.run(&format!("compare news.jsonl -l ./bridge.toml {args}"));
    run("--by outlet --model nb --cluster outlet").ends(2).says(&["cannot be the clusters"]);
    run("--model nb --cluster author").ends(2).says(&["author"]);
    run("--cluster event").ends(2).says(&["--model"]);
}

/// One workbook: sheets, numbers as numbers, a header, and names that a spreadsheet would run.
#[test]
fn a_workbook_has_all_of_it_as_sheets() {
    let jsonl = corpus(6, |outlet, n| 2 + outlet + n % 2).replace("\"outlet\":\"Courier\"", "\"outlet\":\"=1+1<b>\"");
    let room = room(&jsonl);
    room.run("compare news.jsonl -l ./bridge.toml -o out.xlsx").ends(0);
    let mut book: Xlsx<_> = open_workbook(room.path().join("out.xlsx")).unwrap();
    let names = book.sheet_names();
    for name in ["result", "shares", "axes", "terms", "words", "entries", "warnings", "codebook", "run"] {
        assert!(names.iter().any(|sheet| sheet == name), "{name} is among {names:?}");
    }
    let sheet = book.worksheet_range("result").unwrap();
    let header: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let tested = sheet.rows().find(|row| matches!(row[at("rate_ratio")], Data::Float(_))).unwrap();
    assert!(matches!(tested[at("p")], Data::Float(_)) && matches!(tested[at("group_hits")], Data::Float(_)));
    assert!(sheet.rows().any(|row| row[at("group")] == Data::String("=1+1<b>".to_owned())
        || row[at("against")] == Data::String("=1+1<b>".to_owned())));
    assert!(room.files().contains(&"out.run.json".to_owned()));
    // In a CSV such a name is guarded, and that is said.
    room.run("compare news.jsonl -l ./bridge.toml -o out.csv").ends(0).says(&["leading apostrophe"]);
    assert!(room.read("out.csv").contains("'=1+1<b>"));
    no_nan(&room);
}

/// Without -o: the table of results in a pipe.
#[test]
fn a_pipe_gets_the_table_of_results() {
    let room = room(&corpus(6, |outlet, n| 2 + outlet + n % 2));
    let ran = room.run("compare news.jsonl -l ./bridge.toml -q").ends(0);
    assert!(ran.stdout().starts_with("lexicon,path,group,against,voice,"));
    assert_eq!(column(&ran.stdout(), "path").len(), 2 * 7);
    assert_eq!(room.files(), ["bridge.toml", "news.jsonl"]);
}

/// Two articles of the talks, of two outlets: what they say, and no word of what outlets do.
#[test]
fn two_articles_are_described_and_not_compared() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/articles");
    let names = ["000_87bce3ed395a7e34", "001_1fbbe2ac2086d614"];
    if !names.iter().all(|name| folder.join(format!("{name}.txt")).is_file()) {
        return;
    }
    let room = Room::new();
    room.write("meta.csv", format!("id,outlet\n{},First\n{},Second\n", names[0], names[1]));
    let args = format!("compare {} -l talks --meta-file meta.csv -o out.csv", folder.display());
    room.run(&args).ends(0);
    let results = room.read("out.csv");
    for column_name in ["p", "rate_ratio", "risk_difference", "cliff_delta", "paired_p"] {
        if results.lines().next().unwrap().split(',').any(|name| name == column_name) {
            assert!(column(&results, column_name).iter().all(String::is_empty), "{column_name}");
        }
    }
    assert!(
        column(&results, "withheld")
            .iter()
            .all(|why| why.contains("description of texts") || why.contains("no article"))
    );
    let codes = column(&room.read("out.warnings.csv"), "code");
    for code in ["W01", "W09", "W10", "W13", "W16", "W20"] {
        assert!(codes.contains(&code.to_owned()), "{code} is not among {codes:?}");
    }
    // Methods 1.1: hostages outside quotations in one, prisoners in the other.
    let hits = |path: &str, side: &str| {
        let key = [("path", path), ("voice", "outside")];
        number(&row(&results, &key), side)
    };
    let hostage = [hits("captives.hostage", "group_hits"), hits("captives.hostage", "against_hits")];
    let prisoner = [hits("captives.prisoner", "group_hits"), hits("captives.prisoner", "against_hits")];
    assert_eq!((hostage, prisoner), ([5.0, 0.0], [0.0, 5.0]));
    no_nan(&room);
}
