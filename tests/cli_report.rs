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
