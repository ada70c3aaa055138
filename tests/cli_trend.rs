//! `framescope trend`: rates over time.

mod common;

use common::{Room, column};

const LEXICON: &str =
    "[[category]]\nid = \"talks\"\nterms = [\"talks\"]\n[[category]]\nid = \"war\"\nterms = [\"war\"]\n";

/// A day of 2025, by how many days after 6 January, a Monday, it is.
fn date(after: usize) -> String {
    let (mut month, mut day) = (1, 6 + after);
    for days in [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day <= days {
            break;
        }
        day -= days;
        month += 1;
    }
    format!("2025-{month:02}-{day:02}")
}

/// Two papers over 40 weeks, six articles a week each: the Herald says talks more and more often, the Post now and
/// then. Every article has 100 words.
fn two_papers() -> String {
    let mut lines = String::from("id,outlet,date,text\n");
    for week in 0..40 {
        for article in 0..6 {
            for (outlet, hits) in
                [("Herald", 1 + (week + article) / 8), ("Post", 1 + (week * 7_919 + article * 104_729) % 97 % 4)]
            {
                let words: Vec<&str> = (0..100).map(|i| if i < hits { "talks" } else { "word" }).collect();
                let day = date(week * 7 + article);
                lines.push_str(&format!("{outlet}-{week}-{article},{outlet},{day},{}.\n", words.join(" ")));
            }
        }
    }
    lines
}

fn room() -> Room {
    Room::with(&[("a.csv", &two_papers()), ("my.toml", LEXICON)])
}

/// The rows of a table that have these values in these columns, and a cell of each.
fn cells(table: &str, which: &[(&str, &str)], name: &str) -> Vec<String> {
    let columns: Vec<(Vec<String>, &str)> = which.iter().map(|(name, value)| (column(table, name), *value)).collect();
    let rows = column(table, name).into_iter().enumerate();
    rows.filter(|(row, _)| columns.iter().all(|(cells, value)| cells[*row] == *value)).map(|(_, cell)| cell).collect()
}

#[test]
fn weeks_have_counts_rates_and_intervals() {
    let room = room();
    let ran = room
        .run("trend a.csv -l my.toml --by outlet --threads 1")
        .ends(0)
        .says(&["480 articles in 2 groups, 40 weeks"]);
    let table = ran.stdout();
    let first = [("path", "talks"), ("group", "Herald"), ("period", "2025-W02")];
    let cell = |name: &str| cells(&table, &first, name).join(" ");
    assert_eq!((cell("row").as_str(), cell("period_start").as_str()), ("period", "2025-01-06"));
    // Week 0: 1 hit an article, six articles of 100 words.
    assert_eq!(
        [cell("articles"), cell("few_articles"), cell("words"), cell("hits"), cell("per_1k")],
        ["6", "0", "600", "6", "10"]
    );
    // Articles that are all alike show no spread.
    assert_eq!([cell("per_1k_low"), cell("per_1k_high")], ["", ""]);
    // An interval holds the rate that it stands beside, and is there wherever articles differ.
    let [rates, lows, highs] = ["per_1k", "per_1k_low", "per_1k_high"].map(|name| column(&table, name));
    let mut held = 0;
    for ((rate, low), high) in rates.iter().zip(&lows).zip(&highs).filter(|((_, low), _)| !low.is_empty()) {
        let [rate, low, high] = [rate, low, high].map(|cell| cell.parse::<f64>().unwrap());
        assert!(low <= rate && rate <= high, "{rate}: {low} to {high}");
        held += 1;
    }
    assert!(held > 40, "{held}");
    // A path without a hit: a rate of 0, no interval, no trend and why.
    let war = [("path", "war"), ("group", "Post"), ("period", "2025-W02")];
    assert_eq!(cells(&table, &war, "per_1k"), ["0"]);
    assert_eq!(cells(&table, &war, "per_1k_low"), [""]);
    let war = [("path", "war"), ("group", "Post"), ("row", "trend")];
    assert_eq!(cells(&table, &war, "change"), [""]);
    assert_eq!(cells(&table, &war, "note"), ["no hits, or all in one stretch of periods that is left out at a time"]);
    assert!(!table.to_lowercase().contains("nan") && !table.contains("inf"), "{table}");
    // The same for any number of threads.
    assert_eq!(room.run("trend a.csv -l my.toml --by outlet --threads 7").stdout(), table);
}

#[test]
fn a_rise_is_found_and_told_from_none() {
    let room = room();
    let table = room.run("trend a.csv -l my.toml --by outlet").ends(0).stdout();
    let number = |which: &[(&str, &str)], name: &str| cells(&table, which, name)[0].parse::<f64>().unwrap();
    let herald = [("path", "talks"), ("row", "trend"), ("group", "Herald")];
    assert!(number(&herald, "change_low") > 1.0, "{table}");
    let post = [("path", "talks"), ("row", "trend"), ("group", "Post")];
    assert!(number(&post, "change_low") < 1.0 && number(&post, "change_high") > 1.0);
    let difference = [("path", "talks"), ("row", "difference")];
    assert_eq!(cells(&table, &difference, "group"), ["Post"]);
    assert_eq!(cells(&table, &difference, "against"), ["Herald"]);
    let ratio = number(&post, "change") / number(&herald, "change");
    assert!((number(&difference, "change") - ratio).abs() < 1e-9);
    assert!(number(&difference, "change_high") < 1.0);
}

#[test]
fn months_files_and_formats() {
    let room = room();
    room.run("trend a.csv -l my.toml --by outlet --per month -o trend.csv")
        .ends(0)
        .says(&["10 months", "wrote trend.csv"]);
    let table = room.read("trend.csv");
    let periods = cells(&table, &[("path", "talks"), ("group", "Post"), ("row", "period")], "period");
    assert_eq!((periods.len(), periods[0].as_str(), periods[9].as_str()), (10, "2025-01", "2025-10"));
    let short = cells(&table, &[("path", "talks"), ("row", "trend"), ("group", "Post")], "note");
    let said = "too short: a trend is judged by leaving out stretches of";
    assert!(short.len() == 1 && short[0].starts_with(said) && short[0].ends_with("6 are needed"), "{short:?}");
    assert_eq!(column(&room.read("trend.codebook.csv"), "column").join(","), table.lines().next().unwrap());
    let run: serde_json::Value = serde_json::from_str(&room.read("trend.run.json")).unwrap();
    assert_eq!((run["command"].as_str(), run["options"]["per"].as_str()), (Some("trend"), Some("month")));
    for name in ["trend.xlsx", "trend.jsonl", "trend.tsv"] {
        room.run(&format!("trend a.csv -l my.toml -o {name}")).ends(0);
    }
}

/// The same trend, judged in another way.
#[test]
fn newey_west_is_given_on_request() {
    let room = room();
    let herald = [("path", "talks"), ("row", "trend"), ("group", "Herald")];
    let blocks = room.run("trend a.csv -l my.toml --by outlet").ends(0).stdout();
    let args = "trend a.csv -l my.toml --by outlet --errors newey-west -o nw.csv";
    // It rejects too often, and says so where the interval stands.
    let limit = "intervals by Newey and West's errors are too narrow: 95 % intervals hold 78 to 90 %";
    room.run(args).ends(0).says(&[limit, "--errors blocks keeps what it promises"]);
    let table = room.read("nw.csv");
    assert_eq!(cells(&table, &herald, "note"), [limit]);
    assert_eq!(cells(&blocks, &herald, "note"), [""]);
    assert_eq!(cells(&table, &herald, "change"), cells(&blocks, &herald, "change"));
    let low = |table: &str| cells(table, &herald, "change_low")[0].parse::<f64>().unwrap();
    assert!(low(&table) > 1.0 && low(&table) != low(&blocks), "{} {}", low(&table), low(&blocks));
    let codebook = room.read("nw.codebook.csv");
    assert!(codebook.contains("with Newey and West's errors over 8 weeks"), "{codebook}");
    assert!(codebook.contains("too narrow, it holds 78 to 90 %"), "{codebook}");
    assert!(room.read("nw.run.json").contains(limit));
    let run: serde_json::Value = serde_json::from_str(&room.read("nw.run.json")).unwrap();
    let options = &run["options"];
    assert_eq!((options["errors"].as_str(), options["lags"].as_u64()), (Some("newey-west"), Some(8)));
    assert!(options["block"].is_null());
    let long =
        cells(&room.run("trend a.csv -l my.toml --by outlet --errors newey-west --lags 14").stdout(), &herald, "note");
    assert_eq!(long, ["too short: 40 periods have articles, and Newey and West's errors over 14 lags need 45"]);
    room.run("trend a.csv -l my.toml --errors newey-west --block 4")
        .ends(2)
        .says(&["--block goes with --errors blocks"]);
    room.run("trend a.csv -l my.toml --lags 4").ends(2).says(&["--lags goes with --errors newey-west"]);
    let stretch = room.run("trend a.csv -l my.toml --by outlet --block 10").ends(0).stdout();
    assert!(cells(&stretch, &herald, "note")[0].contains("stretches of 10 periods at a time, of which 4 have"));
}

/// Every spring has more of a word: with a factor of the month that is no trend. Less than two years tell no season.
#[test]
fn a_factor_of_the_month_takes_the_season_out() {
    let mut lines = String::from("id,outlet,date,text\n");
    for month in 0..42 {
        for article in 0..6 {
            for (outlet, more) in [("Herald", 0), ("Post", month / 7)] {
                let hits = 3 + 2 * (month % 12) + (month * month * 7 + article * 3 + month) % 5 + more;
                let words: Vec<&str> = (0..100).map(|i| if i < hits { "talks" } else { "word" }).collect();
                let (year, month) = (2021 + month / 12, 1 + month % 12);
                lines.push_str(&format!(
                    "{outlet}{year}{month}{article},{outlet},{year}-{month:02}-1{article},{}.\n",
                    words.join(" ")
                ));
            }
        }
    }
    let room = Room::with(&[("a.csv", &lines), ("my.toml", LEXICON)]);
    let herald = [("path", "talks"), ("row", "trend"), ("group", "Herald")];
    let change = |table: &str, name: &str| cells(table, &herald, name)[0].parse::<f64>().unwrap();
    let plain = room.run("trend a.csv -l my.toml --by outlet --per month").ends(0).stdout();
    assert!((change(&plain, "change") - 1.0).abs() > 0.002, "{}", change(&plain, "change"));
    for errors in ["blocks", "newey-west"] {
        let args = format!("trend a.csv -l my.toml --by outlet --per month --month-factor --errors {errors}");
        room.run(&format!("{args} -o t.csv")).ends(0);
        let table = room.read("t.csv");
        assert!((change(&table, "change") - 1.0).abs() < 0.001, "{}", change(&table, "change"));
        assert!(change(&table, "change_low") < 1.0 && change(&table, "change_high") > 1.0);
        let difference = [("path", "talks"), ("row", "difference")];
        assert!(cells(&table, &difference, "change_low")[0].parse::<f64>().unwrap() > 1.0, "{table}");
        assert!(room.read("t.codebook.csv").contains("a factor of the month of the year that all groups share"));
    }
    let first_years: Vec<&str> = lines.lines().take(1 + 23 * 12).collect();
    room.write("short.csv", first_years.join("\n"));
    let short = room.run("trend short.csv -l my.toml --by outlet --per month --month-factor").ends(0).stdout();
    assert!(
        cells(&short, &herald, "note")[0].starts_with("the dates lie in 23 months: a factor of the month needs 24")
    );
}

#[test]
fn thin_periods_are_marked_and_gaps_are_empty() {
    let table = "id,outlet,date,text\n1,A,2025-01-06,The talks.\n2,A,2025-01-20,The talks.\n3,B,2025-01-13,No.\n\
                 4,B,soon,No.\n5,B,,No.\n6,B,03/04/2025,No.\n";
    let room = Room::with(&[("a.csv", table), ("my.toml", LEXICON)]);
    let ran = room.run("trend a.csv -l my.toml").ends(0).says(&[
        "articles left out for their date: 1 article without one, 1 date that cannot be read (\"soon\" of 4; write 2025-03-04)",
        "1 date that can be read in two ways",
    ]);
    let table = ran.stdout();
    let a = [("path", "talks"), ("group", "A"), ("row", "period")];
    assert_eq!(cells(&table, &a, "period"), ["2025-W02", "2025-W03", "2025-W04"]);
    assert_eq!(cells(&table, &a, "articles"), ["1", "0", "1"]);
    assert_eq!(cells(&table, &a, "per_1k"), ["500", "", "500"]);
    assert_eq!(cells(&table, &a, "few_articles"), ["1", "1", "1"]);
    assert_eq!(cells(&table, &a, "per_1k_low"), ["", "", ""]);
}

#[test]
fn without_dates_there_is_no_trend() {
    let room = Room::with(&[
        ("a.csv", "id,outlet,text\n1,A,The talks.\n"),
        ("b.csv", "id,outlet,date,text\n1,A,soon,The talks.\n2,A,,The talks.\n"),
        ("my.toml", LEXICON),
    ]);
    room.run("trend a.csv -l my.toml").ends(2).says(&["a trend needs dates; say --date COLUMN", "id, outlet, text"]);
    room.run("trend b.csv -l my.toml").ends(1).says(&["no article has a date to go by in the column \"date\""]);
    room.run("trend b.csv").ends(2).says(&["which lexicon?"]);
}

#[test]
fn a_terminal_gets_a_summary() {
    let room = room();
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let (articles, lexicon) = (room.path().join("a.csv"), room.path().join("my.toml"));
    let args = ["framescope", "trend", "--no-config", "-q", "--by", "outlet"].map(std::ffi::OsString::from);
    let args = args.into_iter().chain([articles.into(), "-l".into(), lexicon.into()]);
    let streams = framescope::cli::Streams {
        stdout: &mut stdout,
        stdout_is_terminal: true,
        stderr: &mut stderr,
        stderr_is_terminal: false,
    };
    assert_eq!(framescope::cli::run(args, streams), 0, "{}", String::from_utf8_lossy(&stderr));
    insta::assert_snapshot!(String::from_utf8(stdout).unwrap());
}

/// The page reads the dates of its trend in the order of day and month that was said, and says that it cannot without.
#[test]
fn a_page_reads_dates_in_the_order_that_is_said() {
    let mut lines = String::new();
    for outlet in ["A", "B"] {
        for n in 0..12 {
            lines.push_str(&format!(
                "{{\"id\":\"{outlet}{n}\",\"outlet\":\"{outlet}\",\"date\":\"{:02}/{:02}/2031\",\"text\":\"The hostages of day \
                 {n} were named in {outlet} once more, and the talks went on.\"}}\n",
                1 + n % 9,
                10 + n % 3
            ));
        }
    }
    let room = Room::with(&[("news.jsonl", &lines)]);
    let page = |order: &str| {
        let ran = room.run(&format!("report news.jsonl -l talks {order} -o page.html")).ends(0);
        (ran, room.read("page.html"))
    };
    // From October on by one reading, all of the year by the other.
    let (ran, day_first) = page("--date-order day-first");
    ran.says_not("W09");
    assert!(day_first.contains("2031-W40") && !day_first.contains("2031-W02"));
    let (_, month_first) = page("--date-order month-first");
    assert!(month_first.contains("2031-W02") && !month_first.contains("2031-W49"), "1/10 to 9/12 of the other order");
    let (ran, unsaid) = page("");
    ran.says(&["W09: 100 % of the articles of A and B have no date that can be read (such as \"01/10/2031\" of A0"]);
    assert!(!unsaid.contains("2031-W"));
}
