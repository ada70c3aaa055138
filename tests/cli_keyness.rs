//! `keyness` end to end: reference numbers, formats, messages, exit codes.

mod common;

use std::collections::HashMap;

use common::{Room, column};

/// The words of an article: these ones, then as many others as make up its length.
fn text(words: &[(&str, usize)], length: usize) -> String {
    let mut all: Vec<&str> = words.iter().flat_map(|(word, n)| std::iter::repeat_n(*word, *n)).collect();
    assert!(all.len() <= length);
    all.resize(length, "filler");
    all.join(" ")
}

/// Two groups of 1,243 and 759 words in five articles each, with the counts of the methods' reference numbers.
fn reference() -> Room {
    let mut articles = String::new();
    for (group, words, rest) in [
        ("one", vec![("war", 2), ("interests", 2), ("Hamas", 2)], vec![("dialogue", 1)]),
        ("two", vec![("dialogue", 1), ("Hamas", 2)], vec![("Hamas", 2)]),
    ] {
        let whole = if group == "one" { 1243 } else { 759 };
        for number in 0..5 {
            let mut own = words.clone();
            if number == 0 {
                own.extend(&rest);
            }
            // war stands in four of the five.
            if number == 4 {
                own.retain(|(word, _)| *word != "war");
            }
            let length = if number == 4 { whole - 4 * (whole / 5) } else { whole / 5 };
            articles.push_str(&format!(
                "{{\"id\":\"{group}-{number}\",\"outlet\":\"{group}\",\"text\":\"{}\"}}\n",
                text(&own, length)
            ));
        }
    }
    Room::with(&[("news.jsonl", &articles)])
}

/// The rows of a table by the word they are about.
fn rows(table: &str) -> HashMap<String, HashMap<String, String>> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let names = reader.headers().expect("a header").clone();
    reader
        .records()
        .map(|row| {
            let row = row.expect("a row");
            let cells: HashMap<String, String> =
                names.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect();
            (cells["text"].clone(), cells)
        })
        .collect()
}

#[track_caller]
fn close(row: &HashMap<String, String>, name: &str, expected: f64) {
    let found: f64 = row[name].parse().unwrap_or_else(|_| panic!("{name} is {:?}", row[name]));
    assert!((found - expected).abs() < 1e-6, "{name} of {}: {found} is not {expected}", row["text"]);
}

/// Monroe, Colaresi and Quinn's log-odds and G2 as scipy and their published implementation have them.
#[test]
fn the_reference_numbers_come_out_of_the_binary() {
    let room = reference();
    let table = room.run("keyness news.jsonl --min-df 1 --prior-strength 500 --language en").ends(0).stdout();
    let rows = rows(&table);
    for (word, hits, delta, variance, zeta, g2, log_ratio) in [
        ("war", [8, 0], 1.289112, 0.600520, 1.663516, 7.645490, 3.288345),
        ("interests", [10, 0], 1.290158, 0.480416, 1.861376, 9.563011, 3.610274),
        ("dialogue", [1, 5], -1.284911, 0.554122, -1.726118, 5.261320, -3.033583),
    ] {
        let row = &rows[word];
        assert_eq!((&*row["hits_first"], &*row["hits_second"]), (&*hits[0].to_string(), &*hits[1].to_string()));
        assert_eq!((&*row["places_first"], &*row["places_second"]), ("1243", "759"));
        close(row, "log_odds", delta);
        let sd: f64 = row["log_odds_sd"].parse().unwrap();
        assert!((sd * sd - variance).abs() < 1e-6, "{sd}");
        close(row, "zeta", zeta);
        close(row, "g2", g2);
        close(row, "log_ratio", log_ratio);
        assert_eq!(row["more_in"], if delta > 0.0 { "one" } else { "two" });
    }
    // Hamas 10 : 12.
    close(&rows["Hamas"], "zeta", -1.294965);
    close(&rows["Hamas"], "g2", 2.522325);
    // War stands twice in four of five articles, which hold 248 of 1,243 words each.
    let war = &rows["war"];
    let rest = 1.0 - 4.0 * 248.0 / 1243.0;
    close(war, "dp_first", (4.0 * (0.25 - 248.0 / 1243.0) + rest) / 2.0);
    close(war, "largest_share_first", 0.25);
    assert_eq!((&*war["articles_first"], &*war["articles_second"], &*war["dp_second"]), ("4", "0", ""));
    assert_eq!(war["examples"], "one-0 | one-1 | one-2");
    assert_eq!((&*war["log_ratio_high"], &*war["rank"]), ("", "2"));
    close(war, "per_1k_first", 8000.0 / 1243.0);
}

#[test]
fn the_default_prior_is_half_of_the_smaller_side() {
    let table = reference().run("keyness news.jsonl --min-df 1 --language en").ends(0).stdout();
    let share = 8.0 / 2002.0;
    let alpha: f64 = 379.5 * share;
    let delta = ((8.0 + alpha) / (1243.0 + 379.5 - 8.0 - alpha)).ln() - (alpha / (759.0 + 379.5 - alpha)).ln();
    close(&rows(&table)["war"], "log_odds", delta);
}

#[test]
fn the_outlets_of_the_examples_have_their_words() {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/articles.jsonl");
    let room = Room::new();
    let ran = room.run(&format!("keyness {examples} --by outlet --vs rest --top 12")).ends(0);
    let table = ran.says(&["a word must stand in 3 articles of the side that uses it more"]).stdout();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let names = reader.headers().unwrap().clone();
    let at = |name: &str| names.iter().position(|n| n == name).unwrap();
    let found: Vec<(String, String)> = reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[at("more_in")].to_owned(), row[at("text")].to_owned()))
        .collect();
    for (outlet, words) in [
        ("Harbour Courier", &["hostages", "militants"][..]),
        ("Northgate Ledger", &["captives", "group"]),
        ("Al-Minbar Review", &["movement", "occupation", "resistance", "war"]),
    ] {
        for word in words {
            assert!(found.contains(&(outlet.to_owned(), (*word).to_owned())), "{outlet} {word}: {found:?}");
        }
    }
    assert!(!table.to_lowercase().contains("significan"));
}

#[test]
fn the_bytes_are_the_same_for_any_number_of_threads() {
    let room = Room::new();
    // Some megabytes, so that there are chunks for several threads.
    let articles: String = (0..3000)
        .map(|n: usize| {
            let words: Vec<String> = (0..150).map(|w| format!("w{}", (n * 31 + w * w * 7) % 997)).collect();
            format!("{{\"id\":\"a{n}\",\"outlet\":\"o{}\",\"text\":\"{}.\"}}\n", n % 3, words.join(" "))
        })
        .collect();
    room.write("news.jsonl", articles);
    let run = |threads: usize| {
        let args = format!("keyness news.jsonl --ngrams 1-2 --max-types 60000 --threads {threads} --top 40");
        room.run(&args).ends(0).stdout()
    };
    let one = run(1);
    assert!(one.lines().count() > 100);
    assert_eq!(run(2), one);
    assert_eq!(run(7), one);
}

#[test]
fn little_room_is_said_with_what_may_be_missing() {
    let room = Room::new();
    let articles: String = (0..400)
        .map(|n: usize| {
            let rare: Vec<String> = (0..10).map(|w| format!("rare{n}x{w}")).collect();
            format!("{{\"id\":\"a{n}\",\"outlet\":\"o{}\",\"text\":\"raid common {}.\"}}\n", n % 2, rare.join(" "))
        })
        .collect();
    room.write("news.jsonl", articles);
    room.run("keyness news.jsonl --max-types 1000 --min-df 1 --top 0 -o k.csv").ends(0).says(&[
        "more than 1,000 types distinct words",
        "(--max-types)",
        "missed_hits",
    ]);
    let table = room.read("k.csv");
    assert_eq!(column(&table, "missed_hits").len(), table.lines().count() - 1);
    room.run("keyness news.jsonl --max-types 999").ends(2).says(&["1000 or more"]);
    room.run("keyness news.jsonl --min-df 1").ends(0).says_not("--max-types");
}

#[test]
fn every_format_is_written_with_its_companions() {
    let room = reference();
    for file in ["k.csv", "k.tsv", "k.jsonl", "k.xlsx"] {
        room.run(&format!("keyness news.jsonl -o {file}")).ends(0).says(&[&format!("wrote {file}")]);
    }
    let header = room.read("k.csv").lines().next().unwrap().to_owned();
    let codebook = room.read("k.codebook.csv");
    let explained = column(&codebook, "column");
    assert_eq!(explained, header.split(',').collect::<Vec<_>>());
    let manifest = room.read("k.run.json");
    for part in ["\"command\": \"keyness\"", "\"by\": \"outlet\"", "\"min-df\": 3", "\"top\": 100"] {
        assert!(manifest.contains(part), "{part}: {manifest}");
    }
    // What is on stdout is what is in the file.
    assert_eq!(room.run("keyness news.jsonl").ends(0).stdout(), room.read("k.csv"));
}

#[test]
fn p_is_given_on_request_and_withheld_with_its_reason() {
    let room = reference();
    let table = room.run("keyness news.jsonl --min-df 1 --p --language en").ends(0).stdout();
    let rows = rows(&table);
    // A word that one side never has expects enough, but there is nothing to divide by.
    assert_eq!((&*rows["war"]["p"], &*rows["war"]["p_withheld"]), ("", "too few hits"));
    let p: f64 = rows["Hamas"]["p"].parse().unwrap();
    let adjusted: f64 = rows["Hamas"]["p_adjusted"].parse().unwrap();
    // C(10, 5) = 252 arrangements.
    assert!((p * 252.0).fract().min(1.0 - (p * 252.0).fract()) < 1e-9 && p <= adjusted && adjusted <= 1.0);
    assert!(!room.run("keyness news.jsonl").stdout().lines().next().unwrap().contains(",p,"));
}

const LEXICON: &str =
    "[lexicon]\nid = \"my\"\nlanguage = \"en\"\n[[category]]\nid = \"fight.war\"\nterms = [\"war\"]\n";

#[test]
fn entries_of_a_lexicon_have_their_path() {
    let room = reference();
    room.write("my.toml", LEXICON);
    let table =
        room.run("keyness news.jsonl -l my.toml --min-df 1 --without-lexicon-words --language en").ends(0).stdout();
    let row = &rows(&table)["war"];
    assert_eq!(
        (&*row["kind"], &*row["lexicon"], &*row["path"], &*row["hits_first"]),
        ("entry", "my", "fight.war", "8")
    );
    room.run("keyness news.jsonl --without-lexicon-words").ends(2).says(&["--lexicon"]);
}

#[test]
fn a_prior_of_ones_own_is_read() {
    let room = reference();
    room.write("list.tsv", "word\tcount\nwar\t50\nfiller\t9950\n");
    let table = room.run("keyness news.jsonl --min-df 1 --prior list.tsv --language en").ends(0).stdout();
    // Three words of the corpus are not in the list and count for a half each.
    let alpha: f64 = 379.5 * 50.0 / (10_000.0 + 3.0 * 0.5 + 0.5);
    let delta = ((8.0 + alpha) / (1243.0 + 379.5 - 8.0 - alpha)).ln() - (alpha / (759.0 + 379.5 - alpha)).ln();
    close(&rows(&table)["war"], "log_odds", delta);
    room.run("keyness news.jsonl --prior list.tsv --ngrams 2").ends(2).says(&["list.tsv", "no phrases of 2 words"]);
    room.write("bad.tsv", "war\t5\npeace\tmany\n");
    room.run("keyness news.jsonl --prior bad.tsv").ends(1).says(&["bad.tsv:2", "many"]);
    room.run("keyness news.jsonl --prior none.tsv").ends(1).says(&["none.tsv"]);
}

/// Words that meet the least numbers and get no rank are counted and named, with the reason.
#[test]
fn words_without_a_rank_are_told() {
    let room = reference();
    let args = "keyness news.jsonl --min-df 1 --language en";
    // So strong a prior leaves nothing of a few hits.
    let ran = room.run(&format!("{args} --prior-strength 1e19")).ends(0);
    ran.says(&[
        "in no list of a contrast, though in articles enough: 4 words or phrases",
        "\"war\"",
        "lower --prior-strength",
    ]);
    // A list that holds "war" for half of all words pulls both sides there, the shorter one more.
    room.write("list.tsv", "war\t1000\nfiller\t1000\n");
    let ran = room.run(&format!("{args} --prior list.tsv --prior-strength 2000")).ends(0);
    ran.says(&["1 word or phrase (\"war\"), because the prior makes the side that uses it less seem to use it more"]);
    // One side has no sentence of two words.
    let mut articles = String::new();
    for n in 0..5 {
        articles.push_str(&format!("{{\"id\":\"a{n}\",\"outlet\":\"a\",\"text\":\"Peace talks began.\"}}\n"));
        articles.push_str(&format!("{{\"id\":\"b{n}\",\"outlet\":\"b\",\"text\":\"War! Peace!\"}}\n"));
    }
    room.write("short.jsonl", articles);
    let ran = room.run("keyness short.jsonl --ngrams 1-2 --language en").ends(0);
    ran.says(&[
        "2 words or phrases (\"Peace talks\", \"talks began\"), because one side has no sentence with so many words",
    ]);
    // Words as usual are told of as usual.
    room.run(args).ends(0).says_not("in no list of a contrast");
}

#[test]
fn bad_input_is_told() {
    let room = reference();
    room.run("keyness news.jsonl --by outlte").ends(2).says(&["outlte", "outlet"]);
    room.run("keyness news.jsonl --where outlet=one").ends(1).says(&["one group only, \"one\""]);
    room.run("keyness news.jsonl --where outlet=three").ends(1).says(&["no article fulfils --where"]);
    room.run("keyness news.jsonl --voice quoted").ends(1).says(&["no article has a word in the voice"]);
    room.run("keyness news.jsonl --ngrams 1-4").ends(2).says(&["1-3"]);
    room.run("keyness news.jsonl --ngrams 3-2").ends(2);
    room.run("keyness news.jsonl --min-df 0").ends(2);
    room.run("keyness news.jsonl --min-df 6").ends(0).says(&["no word stands in 6 articles"]);
    let table = room.run("keyness news.jsonl --by id --min-df 1 --top 1").ends(0);
    let table = table.says(&["fewer than 5 articles in a group: one-0 has 1 article"]).stdout();
    assert!(!table.contains("NaN") && !table.contains("inf"), "{table}");
}

#[test]
fn names_that_are_formulas_or_markup_do_nothing() {
    let room = Room::with(&[("news.csv", "id,outlet,text\n1,=1+1,raid raid\n2,<b>bold</b>,deal deal\n3,,nobody\n")]);
    room.run("keyness news.csv --min-df 1 -o k.csv").ends(0).says(&["1 article left out", "leading apostrophe"]);
    let table = room.read("k.csv");
    assert_eq!(column(&table, "first"), ["<b>bold</b>", "<b>bold</b>"]);
    assert_eq!(column(&table, "second"), ["'=1+1", "'=1+1"]);
}

#[test]
fn several_languages_are_warned_of() {
    let room = Room::with(&[("n.csv", "id,outlet,language,text\n1,a,en,raid\n2,b,fr,paix\n")]);
    room.run("keyness n.csv --min-df 1").ends(0).says(&["several languages (1 in en, 1 in fr)"]);
}

/// A random corpus of three outlets: all that scipy and numpy say of its words (tests/stats/keyness_corpus.py).
#[test]
fn a_whole_corpus_agrees_with_scipy() {
    let reference: serde_json::Value = serde_json::from_str(include_str!("stats/keyness_corpus.json")).unwrap();
    let articles: String =
        reference["articles"].as_array().unwrap().iter().map(|article| format!("{article}\n")).collect();
    let room = Room::with(&[("news.jsonl", &articles)]);
    let args = "keyness news.jsonl --by outlet --top 0 --min-df 1 --function-words --language en -o k.jsonl";
    room.run(args).ends(0);
    let found: HashMap<[String; 3], serde_json::Value> = room
        .read("k.jsonl")
        .lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            (["first", "second", "text"].map(|key| row[key].as_str().unwrap().to_owned()), row)
        })
        .collect();
    let rows = reference["rows"].as_array().unwrap();
    assert!(rows.len() > 200);
    for expected in rows {
        let key = ["first", "second", "text"].map(|key| expected[key].as_str().unwrap().to_owned());
        let row = found.get(&key).unwrap_or_else(|| panic!("no {key:?}"));
        let same = |name: &str, expected: &serde_json::Value| match (row[name].as_f64(), expected.as_f64()) {
            (Some(a), Some(b)) => {
                assert!((a - b).abs() <= 1e-6 * b.abs().max(1.0), "{name} of {key:?}: {a} is not {b}");
            }
            (a, b) => assert_eq!(a, b, "{name} of {key:?}"),
        };
        for name in ["zeta", "log_odds", "log_odds_sd", "log_ratio", "g2", "chi2"] {
            same(name, &expected[name]);
        }
        same("log_ratio_low", &expected["low"]);
        same("log_ratio_high", &expected["high"]);
        for (side, number) in [("first", 0), ("second", 1)] {
            same(&format!("hits_{side}"), &expected["hits"][number]);
            same(&format!("places_{side}"), &expected["places"][number]);
            for (name, of) in [("dp", "dp"), ("dp_norm", "norm"), ("dp_chance", "chance"), ("largest_share", "largest")]
            {
                same(&format!("{name}_{side}"), &expected["spread"][number][of]);
            }
        }
    }
    // A word whose rates are equal to the last bit is no key word of either side.
    assert_eq!(found.len(), rows.len());
}

/// Two outlets, each with five articles in English and five in French; "table" is a word of both.
fn bilingual() -> String {
    let mut csv = String::from("id,outlet,language,text\n");
    for (outlet, war, guerre) in [("a", 3, 1), ("b", 1, 4)] {
        for n in 0..5 {
            let (en, fr) = ("war ".repeat(war + n % 2), "guerre table ".repeat(guerre + n % 2));
            csv.push_str(&format!("{outlet}-en-{n},{outlet},en,The {en}and talks of day w{outlet}{n}\n"));
            csv.push_str(&format!("{outlet}-fr-{n},{outlet},fr-FR,La {fr}et rien du jour m{outlet}{n}\n"));
        }
    }
    csv
}

/// The entries of a table, by lexicon and term.
fn entries(table: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let names = reader.headers().unwrap().clone();
    let at = |name: &str| names.iter().position(|n| n == name).unwrap();
    // How many words were compared beside them, and so their rank, is another matter.
    let skipped = [at("rank"), at("compared"), at("log_ratio_conservative"), at("p_adjusted")];
    let rows = reader.records().map(Result::unwrap).filter(|row| &row[at("kind")] == "entry");
    let mut rows: Vec<String> = rows
        .map(|row| row.iter().enumerate().filter(|(n, _)| !skipped.contains(n)).map(|(_, c)| format!("{c};")).collect())
        .collect();
    rows.sort();
    rows
}

/// Entries once were counted over articles that their lexicon cannot read, zeros and look-alikes.
#[test]
fn entries_are_counted_in_the_articles_that_their_lexicon_reads() {
    let lexicon = |id: &str, language: &str, term: &str| {
        format!(
            "[lexicon]\nid = \"{id}\"\nlanguage = \"{language}\"\n[[category]]\nid = \"fight\"\nterms = [\"{term}\", \"table\"]\n"
        )
    };
    let room = Room::with(&[("n.csv", &bilingual())]);
    room.write("en.toml", lexicon("en", "en", "war"));
    room.write("fr.toml", lexicon("fr", "fr", "guerre"));
    room.write("any.toml", lexicon("any", "", "war"));
    let run = |more: &str| room.run(&format!("keyness n.csv --p --min-df 1 --top 0 {more}")).ends(0);
    // One lexicon: what it cannot read is not there, words too.
    let ran = run("-l en.toml");
    ran.says_not("several languages")
        .says(&[
            "W14: 10 of 20 articles are in another language than en (en) and left out, their words and phrases too",
        ])
        .says(&["10 articles (left out: 10 in another language)"]);
    assert_eq!(run("-l en.toml").stdout(), run("-l en.toml --where language=en").stdout());
    // Two: each entry is as with its own lexicon alone, words are of all, and that is said.
    let both = run("-l en.toml -l fr.toml")
        .says(&["W14: 10 of 20 articles are in another language than fr (fr) and left out of all that it counts"])
        .says(&["in several languages (10 in en, 10 in fr): the words will tell languages apart"])
        .stdout();
    let mut alone = [entries(&run("-l en.toml").stdout()), entries(&run("-l fr.toml").stdout())].concat();
    alone.sort();
    assert_eq!(alone.len(), 3);
    assert_eq!(entries(&both), alone);
    assert!(both.contains(",word,guerre,") && both.contains(",word,war,"), "{both}");
    // Articles that nobody reads are in no contrast of several lexicons either.
    room.write("n.csv", format!("{}x,a,de,Der Krieg und der Tisch\n", bilingual()));
    run("-l en.toml -l fr.toml").says(&["W14: 1 article is in another language than all lexicons and left out"]);
    // A lexicon that says no language counts everywhere.
    run("-l any.toml").says_not("W14");
    room.run("keyness n.csv -l en.toml --where language=de")
        .ends(1)
        .says(&["no article is in the language of a lexicon"]);
}

/// Three words of one article, five times in one group, once were words of the group without a word.
#[test]
fn copies_inside_a_group_are_told_and_can_be_left_out() {
    let body = |n: usize| (0..60).map(|w| format!("w{}", n * 100 + w)).collect::<Vec<_>>().join(" ");
    let mut lines = String::from("id,outlet,text\n");
    for n in 0..6 {
        lines.push_str(&format!("a{n},a,{} common\nb{n},b,{} common\n", body(n), body(10 + n)));
    }
    // The twin: one text in both groups is a copy of none in its own.
    let across = format!("{lines}a6,a,{} agency\nb6,b,{} agency\n", body(30), body(30));
    let room = Room::with(&[("plain.csv", &across)]);
    room.run("keyness plain.csv --min-df 1").ends(0).says_not("W06");
    // Its near copies in one of them are.
    let copies = format!("{across}a7,a,{} agency\na8,a,{} raid agency\n", body(30), body(30));
    room.write("copied.csv", &copies);
    room.run("keyness copied.csv --min-df 1").ends(0).says(&[
        "W06: 4 articles print 1 text (a6, b6, a7, a8), 1 of them in more than one group; 2 are copies of an earlier article of \
         the same group",
        "--without-copies",
        "16 articles,",
    ]);
    let without = room.run("keyness copied.csv --min-df 1 --top 0 --p --without-copies --language en").ends(0);
    without
        .says(&["2 copies of an earlier article of the same group are left out"])
        .says(&["14 articles (left out: 2 copied from an earlier one)"])
        .says_not("W06");
    let table = |name: &str, more: &str| {
        let args = format!("keyness {name} --min-df 1 --top 0 --p --language en {more}");
        room.run(&args).ends(0).stdout()
    };
    assert_eq!(table("copied.csv", "--without-copies"), table("plain.csv", ""));
    assert_ne!(table("copied.csv", ""), table("plain.csv", ""));
}

/// A group that is called as the rest is once could not be told from it.
#[test]
fn a_group_called_as_the_rest_is_told_from_it() {
    let articles: String = (0..18)
        .map(|n| format!("{n},{},raid deal {}\n", ["(rest)", "A", "B"][n % 3], ["peace", "war", "truce"][n % 3]))
        .collect();
    let room = Room::with(&[("n.csv", &format!("id,outlet,text\n{articles}"))]);
    let table = room.run("keyness n.csv --vs rest --language en").ends(0).stdout();
    let second: std::collections::BTreeSet<String> = column(&table, "second").into_iter().collect();
    assert_eq!(second.into_iter().collect::<Vec<_>>(), ["(rest) (all others)"]);
    assert!(column(&table, "more_in").contains(&"(rest)".to_owned()), "{table}");
}
