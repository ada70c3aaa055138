//! `report` end to end: the page, its figures, what it must not do.

mod common;

use std::path::Path;

use common::Room;

const LEXICON: &str = r#"
[lexicon]
id = "naming"
version = "0.1"
language = "en"
[[referent]]
id = "captives"
[[referent.variant]]
id = "hostage"
terms = ["hostage*"]
[[referent.variant]]
id = "prisoner"
terms = ["prisoner*"]
"#;

/// Articles of groups of these names, each with a word of its own and an event.
fn corpus(groups: &[&str], articles: usize) -> String {
    let mut lines = String::new();
    for i in 0..articles {
        for (number, group) in groups.iter().enumerate() {
            let word = if number % 2 == 0 { "hostages" } else { "prisoners" };
            let filler = "Nothing else was said on the day that followed. ".repeat(12 + i % 5);
            let article = serde_json::json!({
                "id": format!("{number}-{i}"), "outlet": group, "event": format!("e{i}"), "date": "2031-03-03",
                "title": format!("Day {i}"),
                "text": format!("The {word} left the harbour. {filler} “No {word} stayed,” she said to the crowd."),
            });
            lines.push_str(&format!("{article}\n"));
        }
    }
    lines
}

fn example(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name).display().to_string()
}

/// What a reader sees.
fn text_of(html: &str) -> String {
    let body = &html[html.find("<body").expect("a body")..html.find("<script>").expect("the script")];
    body.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text).collect()
}

#[test]
fn the_page_of_the_example_shows_the_habits_of_its_outlets() {
    let room = Room::new();
    room.run(&format!("report {} -l talks -o report.html", example("articles.jsonl"))).ends(0);
    assert_eq!(room.files(), ["report.html", "report.run.json"]);
    let html = room.read("report.html");
    let text = text_of(&html);
    for habit in ["Harbour Courier says hostage", "Northgate Ledger says captive", "Al-Minbar Review says prisoner"] {
        assert!(text.contains(habit), "{habit}");
    }
    // What examples/README.md says of them, beyond names: the rest of what each has alone, and who is given a say.
    for habit in [
        "Al-Minbar Review alone has hamas.movement (8 of 8 articles)",
        "israel.occupier (experimental) (5 of 8)",
        "Harbour Courier alone has hamas.militants (7 of 8 articles)",
        "Northgate Ledger alone has hamas.group (7 of 8 articles)",
        "times as often in Northgate Ledger as in Harbour Courier",
    ] {
        assert!(text.contains(habit), "{habit}: {text}");
    }
    for section in ["Who is called what", "The main contrasts", "Events", "Side by side", "The lines", "Methods"] {
        assert!(text.contains(section), "{section}");
    }
    assert!(!html.to_lowercase().contains("significan"));
}

#[test]
fn the_page_asks_for_nothing() {
    let room = Room::new();
    room.run(&format!("report {} -l talks -o report.html", example("articles.jsonl"))).ends(0);
    let html = room.read("report.html");
    for loads in ["http://", "https://", " src=", "url(", "@import", "<link"] {
        assert!(!html.contains(loads), "the page loads something: {loads}");
    }
    assert!(html.contains("default-src 'none'") || html.contains("default-src &#39;none&#39;"));
}

#[test]
fn the_same_page_for_any_number_of_threads() {
    let room = Room::with(&[("my.toml", LEXICON), ("news.jsonl", &corpus(&["Courier", "Ledger"], 120))]);
    let page = |threads: usize| {
        room.run(&format!(
            "report news.jsonl -l my.toml --threads {threads} --permutations 199 --replicates 199 -o p.html"
        ))
        .ends(0);
        room.read("p.html")
    };
    assert!(page(1) == page(4), "the page depends on the number of threads");
}

#[test]
fn two_files_are_a_description_and_no_comparison_of_outlets() {
    let room = Room::with(&[
        ("my.toml", LEXICON),
        ("day/one.txt", "The hostages left the harbour at noon. “No prisoner stayed,” she said."),
        ("day/two.txt", "The prisoners left the harbour at noon. Nobody stayed."),
    ]);
    room.run("report day -l my.toml -o day.html").ends(0);
    let text = text_of(&room.read("day.html"));
    assert!(text.contains("Two articles side by side") && text.contains("no test is made"), "{text}");
    for claim in ["p, adjusted", "In short", "The main contrasts", "permut"] {
        assert!(!text.contains(claim), "{claim:?} is a claim");
    }
}

#[test]
fn the_two_first_articles_come_out_by_voice_with_their_warnings() {
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/articles");
    if !articles.is_dir() {
        return;
    }
    let room = Room::new();
    room.run(&format!("report {} -l talks -o two.html", articles.display())).ends(0);
    let html = room.read("two.html");
    let text = text_of(&html);
    for code in ["W01", "W09", "W10", "W13", "W16", "W20"] {
        assert!(text.contains(code), "{code}");
    }
    // 5 outside and 1 inside of hostages against 5 of prisoners and 1 hostage that is quoted.
    for bar in ["captives.hostage: 5 of 5 (100", "captives.hostage: 1 of 1 (100", "captives.prisoner: 5 of 5 (100"] {
        assert!(text.contains(bar), "{bar}");
    }
    assert!(!text.contains("p, adjusted"));
}

#[test]
fn names_of_groups_run_nothing() {
    let hostile = "<script>alert(1)</script>";
    let groups = [hostile, "=cmd|' /C calc'!A0", "\"><img src=x onerror=alert(1)>"];
    let room = Room::with(&[("my.toml", LEXICON), ("news.jsonl", &corpus(&groups, 6))]);
    for shown in ["excerpts", "none", "full"] {
        room.run(&format!("report news.jsonl -l my.toml --show-text {shown} -o p.html --figures f")).ends(0);
        let html = room.read("p.html");
        assert_eq!(html.matches("<script").count(), 1, "one script, the page's own");
        assert!(!html.contains("<img"), "a name became an element");
        assert!(!room.read("f/contrast-1.svg").contains("<script"));
    }
}

#[test]
fn without_text_the_articles_words_stay_where_they_are() {
    let room = Room::with(&[("my.toml", LEXICON), ("news.jsonl", &corpus(&["Courier", "Ledger"], 8))]);
    room.run("report news.jsonl -l my.toml --show-text none -o p.html").ends(0);
    let html = room.read("p.html");
    assert!(!html.contains("harbour") && !html.contains("to the crowd"));
    assert!(html.contains("captives.hostage"));
}

#[test]
fn charts_are_files_too() {
    let room = Room::with(&[("my.toml", LEXICON), ("news.jsonl", &corpus(&["Courier", "Ledger"], 8))]);
    room.run("report news.jsonl -l my.toml -o p.html --figures figures").ends(0).says(&["figures/contrast-1.svg"]);
    for name in ["contrast-1", "naming-0", "coverage"] {
        let svg = room.read(&format!("figures/{name}.svg"));
        assert!(svg.starts_with("<svg xmlns=") && svg.contains("<title"), "{name}");
    }
}

#[test]
fn a_page_is_html_and_groups_are_several() {
    let room = Room::with(&[("my.toml", LEXICON), ("news.jsonl", &corpus(&["Courier"], 3))]);
    room.run("report news.jsonl -l my.toml -o p.csv")
        .ends(2)
        .says(&["the page is an .html file", "framescope compare"]);
    room.run("report news.jsonl -l my.toml -o p.html").ends(1).says(&["Courier"]);
    room.run("report news.jsonl -l my.toml --by paper -o p.html").ends(2).says(&["--by", "paper", "outlet"]);
    assert_eq!(room.files(), ["my.toml", "news.jsonl"], "nothing is left of a page that was not written");
}

#[test]
fn how_much_text_is_shown_is_another_option_than_the_column_of_the_text() {
    let room = Room::with(&[("my.toml", LEXICON), ("news.jsonl", &corpus(&["Courier", "Ledger"], 3))]);
    let says = ["--text excerpts names a column", "--show-text excerpts"];
    room.run("report news.jsonl -l my.toml --text excerpts -o p.html").ends(2).says(&says).says(&["no column"]);
    room.run("report news.jsonl -l my.toml --text text -o p.html").ends(0).says_not("--show-text");
}

/// A lexicon that asks whom, has forms of words, frames and actors.
const WIDE: &str = r#"
[lexicon]
id = "wide"
version = "1"
language = "en"
[[about]]
id = "side"
within = "sentence"
[about.sides]
reds = ["Reds"]
blues = ["Blues"]
[[referent]]
id = "captives"
[[referent.variant]]
id = "hostage"
terms = ["hostage", "hostages", "people held"]
[[referent.variant]]
id = "prisoner"
terms = ["prisoner*"]
[[category]]
id = "deaths"
about = "side"
terms = ["killed", "dead"]
[[category]]
id = "sources.officials"
terms = ["officials", "ministers"]
[[category]]
id = "threat"
terms = ["threat", "warning"]
"#;

/// One article of an outlet on a day; each outlet with its own words.
fn article(id: &str, outlet: usize, day: usize, text: &str) -> serde_json::Value {
    let date = format!("2031-{:02}-{:02}", 3 + day / 9, 1 + day % 9 * 3);
    let title = format!("Day {day} of the {}", ["hostages", "talks"][outlet]);
    serde_json::json!({
        "id": id, "outlet": (["Courier", "Ledger"][outlet]), "event": format!("e{day}"), "date": date, "title": title,
        "text": text,
    })
}

/// Words that say nothing, in an order of its own for every seed: articles that share only these are no copies.
fn filler(seed: usize) -> String {
    const WORDS: [&str; 20] = [
        "stone", "river", "bread", "lamp", "road", "field", "window", "table", "paper", "letter", "garden", "winter",
        "bridge", "market", "tower", "school", "train", "bottle", "candle", "mirror",
    ];
    let mut state = seed as u32 + 1;
    let mut text = String::from("They saw");
    for _ in 0..60 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push(' ');
        text.push_str(WORDS[(state >> 16) as usize % WORDS.len()]);
    }
    text + "."
}

/// Two outlets on the same days, with what every section needs.
fn wide_corpus(days: usize) -> String {
    let mut lines = String::new();
    for day in 0..days {
        for outlet in 0..2 {
            let word = [["hostages", "hostage", "people held"][day % 3], "prisoners"][outlet];
            let whom = if outlet == 0 || day % 4 == 0 { "Reds" } else { "Blues" };
            let text = format!(
                "Nobody left the {word} of day {day} alone with Orsic{day} and Weil{day} at the harbour wall of Sarn{day}, and a \
                 threat hung over them.\n\n{} Two {whom} were killed at the gate. Somebody was found dead. Officials spoke of \
                 a threat to the {word}. Nothing else was said on the day that followed it. {}A warning came late. Ministers had left. “The {} must \
                 come home,” they said.",
                filler(2 * day + outlet),
                ["A warning came from the sea. ", "", ""][day % 3],
                ["hostages", "prisoner"][day % 2],
            );
            lines.push_str(&format!("{}\n", article(&format!("{outlet}-{day}"), outlet, day, &text)));
        }
    }
    lines
}

/// The value of an attribute in an opening tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[from..].split('"').next()
}

/// A number that leads to lines: what it says, and the tag of its link. Rates lead to lines too, and count none.
fn numbers(html: &str) -> Vec<(u64, &str)> {
    let rates = html.find("<section id=\"split\"").unwrap_or(html.len());
    let links = html[..rates].split("<a class=\"n\"").skip(1).filter_map(|link| link.split_once('>'));
    let number = |text: &str| text.split(['<', ' ']).next()?.replace(',', "").parse().ok();
    links.filter_map(|(tag, text)| Some((number(text)?, tag))).collect()
}

/// How many lines a link leads to, by the rules of the page's script.
fn lines_of(html: &str, link: &str) -> u64 {
    let of_link = |name: &str| attribute(link, name).unwrap_or_default();
    let narrowed = attribute(link, "data-k").map(|name| format!("data-{name}"));
    let values: Vec<&str> = of_link("data-x").split(' ').collect();
    let lists = html.split("<details class=\"lines\"").skip(1).filter_map(|list| list.split_once('>'));
    let lists = lists.filter(|(tag, _)| {
        let group = of_link("data-g");
        attribute(tag, "data-p").is_some_and(|paths| paths.split(' ').any(|path| path == of_link("data-p")))
            && (group.is_empty() || attribute(tag, "data-g") == Some(group))
    });
    let is_meant = |line: &&str| {
        let voice = attribute(line, "data-v").unwrap_or_default();
        let voiced = match of_link("data-v") {
            "o" => voice != "q",
            "q" => voice == "q",
            _ => true,
        };
        let said = narrowed.as_ref().map(|name| attribute(line, name).unwrap_or_default());
        voiced && said.is_none_or(|said| said.split(' ').any(|said| values.contains(&said)))
    };
    let in_list = |(_, list): (&str, &str)| {
        let list = &list[..list.find("</details>").expect("an end")];
        list.split("<li").skip(1).filter_map(|line| line.split('>').next()).filter(is_meant).count() as u64
    };
    lists.map(in_list).sum()
}

#[test]
fn every_number_leads_to_as_many_lines_as_it_says() {
    let room = Room::with(&[("wide.toml", WIDE), ("news.jsonl", &wide_corpus(14))]);
    room.run("report news.jsonl -l wide.toml --permutations 199 --replicates 199 -o p.html --figures f").ends(0);
    let html = room.read("p.html");
    let text = text_of(&html);
    for section in [
        "Which words make the difference",
        "Whom it is about",
        "What is put in front",
        "Which frames stand beside whom",
        "Over time",
        "Other events, or told otherwise",
    ] {
        assert!(text.contains(section), "{section:?} is not on the page");
    }
    let numbers = numbers(&html);
    let mut kinds: Vec<&str> = numbers.iter().filter_map(|(_, link)| attribute(link, "data-k")).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, ["b", "e", "t", "w", "z"]);
    assert!(numbers.len() > 100, "{}", numbers.len());
    for (number, link) in numbers {
        let lines = lines_of(&html, link);
        match attribute(link, "data-k") {
            // A sentence may hold several hits of the frame.
            Some("b") => assert!(lines >= number && lines <= 2 * number, "{number} leads to {lines} lines: {link}"),
            _ => assert_eq!(number, lines, "{link}"),
        }
    }
    for figure in ["words-0-1", "whom-3", "emphasis-lead", "association-1", "time-1", "split-1"] {
        let svg = room.read(&format!("f/{figure}.svg"));
        assert!(svg.starts_with("<svg xmlns=") && svg.contains("<title"), "{figure}");
    }
}

/// A copy inside its outlet counts nowhere. Its lines once stood on the page all the same, and with dates its missing
/// group ended the program.
#[test]
fn copies_inside_an_outlet_have_no_lines_and_are_said() {
    let mut news = wide_corpus(14);
    let first: serde_json::Value = serde_json::from_str(news.lines().next().expect("a line")).expect("an article");
    let text = first["text"].as_str().expect("a text").to_owned();
    news.push_str(&format!("{}\n", article("again", 0, 1, &text)));
    // The same text at another desk, with other words.
    let changed = text.replace("hostages", "prisoners").replace("Officials", "Ministers");
    news = news.lines().filter(|line| !line.contains("\"1-0\"")).map(|line| format!("{line}\n")).collect();
    news.push_str(&format!("{}\n", article("desk", 1, 0, &changed)));
    let room = Room::with(&[("wide.toml", WIDE), ("news.jsonl", &news)]);
    room.run("report news.jsonl -l wide.toml --events auto --permutations 199 --replicates 199 -o p.html")
        .ends(0)
        .says(&["1 copy of an earlier article of the same group is left out"]);
    let html = room.read("p.html");
    assert!(html.contains("One article is a copy of an earlier one of its outlet"), "it is said");
    assert!(!html.contains(">again,"), "a copy that counts nowhere has lines");
    for (number, link) in numbers(&html).into_iter().filter(|(_, link)| attribute(link, "data-k") != Some("b")) {
        assert_eq!(number, lines_of(&html, link), "{link}");
    }
    let desks = &html[html.find("<section id=\"desks\"").expect("what each desk changed")..];
    let desks = &desks[..desks.find("</section>").expect("an end")];
    for part in [">hostages</mark></del>", ">prisoners</mark></ins>", "earlier: 0-0", "later: desk"] {
        assert!(desks.contains(part), "{part:?} is not in {desks}");
    }
}

/// Dates once came from the column `date` in places where --date names another, and sorted as texts.
#[test]
fn dates_come_from_the_column_that_is_named_and_in_the_order_that_is_said() {
    let mut news = String::new();
    for (number, line) in wide_corpus(12).lines().enumerate() {
        let mut article: serde_json::Value = serde_json::from_str(line).expect("an article");
        // 1 and 8 April, 6 May: in the other order they are in January, August and June.
        let (published, event) =
            [("01/04/2031", "spring"), ("08/04/2031", "gate"), ("06/05/2031", "boats")][number / 2 % 3];
        article["published"] = published.into();
        article["event"] = event.into();
        article["date"] = "1999-01-01".into();
        news.push_str(&format!("{article}\n"));
    }
    let room = Room::with(&[("wide.toml", WIDE), ("news.jsonl", &news)]);
    let page = |order: &str| {
        let dates = format!("--date published {order}");
        room.run(&format!("report news.jsonl -l wide.toml {dates} --permutations 99 --replicates 199 -o p.html"))
            .ends(0);
        room.read("p.html")
    };
    let html = page("--date-order day-first");
    for week in ["2031-W14", "2031-W15", "2031-W19"] {
        assert!(html.contains(&format!(">{week}<")), "{week}");
    }
    assert!(html.contains(" · 06/05/2031 · ") && !html.contains("1999"), "articles are cited with the other column");
    assert!(html.contains("--date published --date-order day-first"), "the command says so");
    let rows = &html[html.find("Articles of each event and group</caption>").expect("the table of events")..];
    let place = |event: &str| rows.find(&format!(">{event}</a></th>")).expect("an event");
    assert!(place("spring") < place("gate") && place("gate") < place("boats"), "events stand in the order of time");
    let html = page("--date-order month-first");
    assert!(html.contains(">2031-W32<") && !html.contains(">2031-W14<"), "the other order is another page");
    // In neither order: these dates can be read in two ways, so there are no weeks.
    assert!(!page("").contains("Over time"));
}

#[test]
fn what_paired_tests_and_a_regression_say_stands_on_the_page_once_asked_for() {
    let room = Room::with(&[("wide.toml", WIDE), ("news.jsonl", &wide_corpus(14))]);
    let fast = "--permutations 199 --replicates 199 -o p.html";
    room.run(&format!("report news.jsonl -l wide.toml {fast}")).ends(0);
    assert!(!room.read("p.html").contains("The same by other tests"));
    room.run(&format!("report news.jsonl -l wide.toml --events event --model quasipoisson {fast}")).ends(0);
    let text = text_of(&room.read("p.html"));
    for part in
        ["The same by other tests", "Inside the same events", "Wilcoxon", "By a regression", "quasipoisson", "CR2"]
    {
        assert!(text.contains(part), "{part:?} is not on the page");
    }
    assert!(text.contains("--model quasipoisson"), "the command says so");
}

#[test]
fn a_page_of_two_thousand_articles_fits_into_a_mail_and_says_what_was_drawn() {
    let mut news = String::new();
    for (day, line) in wide_corpus(250).lines().enumerate() {
        let article: serde_json::Value = serde_json::from_str(line).expect("an article");
        for outlet in 0..4 {
            let mut article = article.clone();
            article["id"] = format!("{day}-{outlet}").into();
            article["outlet"] = format!("Paper {outlet}").into();
            news.push_str(&format!("{article}\n"));
        }
    }
    let mut lexicon = WIDE.to_owned();
    for (number, word) in ["stone", "river", "wall", "gate", "harbour", "home", "late", "nobody"].iter().enumerate() {
        lexicon.push_str(&format!("[[category]]\nid = \"thing{number}\"\nterms = [\"{word}\"]\n"));
    }
    let room = Room::with(&[("wide.toml", &lexicon), ("news.jsonl", &news)]);
    room.run("report news.jsonl -l wide.toml --permutations 99 --replicates 199 -o p.html").ends(0);
    let html = room.read("p.html");
    assert!(html.len() <= 5_000_000, "{} bytes", html.len());
    assert!(html.len() > 500_000, "all of it is there: {} bytes", html.len());
    let text = text_of(&html);
    assert!(text.contains("2,000 articles") && text.contains("drawn by chance with the seed 1"), "{text}");
}
