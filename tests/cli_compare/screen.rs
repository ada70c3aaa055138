//! The summary that a terminal gets.

use super::*;

/// What `compare` writes on a terminal.
fn on_a_terminal(room: &Room, more: &[&str]) -> String {
    let file = |name: &str| room.path().join(name).into_os_string();
    let mut args = vec!["framescope".into(), "compare".into(), file("news.jsonl"), "-l".into(), file("bridge.toml")];
    args.extend(more.iter().map(std::ffi::OsString::from));
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let streams = framescope::cli::Streams {
        stdout: &mut stdout,
        stdout_is_terminal: true,
        stderr: &mut stderr,
        stderr_is_terminal: false,
    };
    assert_eq!(framescope::cli::run(args, streams), 0, "{}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
}

/// On a terminal: a summary that fits one, without what a terminal would obey.
#[test]
fn a_terminal_gets_a_summary() {
    let jsonl =
        corpus(6, |outlet, n| 2 + outlet + n % 2).replace("\"outlet\":\"Herald\"", "\"outlet\":\"He\\u001b[31mrald\"");
    let text = on_a_terminal(&room(&jsonl), &["--primary", "money.cost"]);
    assert!(!text.contains('\x1b') && text.lines().all(|line| line.chars().count() <= 120), "{text}");
    let parts =
        ["outlet", "Courier against He [31mrald, outside quotation marks", "95 % interval", "Names for crossing"];
    holds(&text, &parts);
    holds(
        &text,
        &["money.cost *", "* named before looking", "the smallest p attainable here: 0.0022", "excludes a rate"],
    );
    // What was named before looking stands first.
    assert!(text.find("money.cost *") < text.find("crossing.bridge"), "{text}");
}

/// Long names are cut where they would push a line off the screen; tables in files have them whole.
#[test]
fn long_names_fit_a_terminal() {
    let long = "The Northern Evening Standard and Daily Advertiser of Harbour and County, Late Edition";
    let jsonl =
        corpus(6, |outlet, n| 2 + outlet + n % 2).replace("\"outlet\":\"Herald\"", &format!("\"outlet\":\"{long}\""));
    let room = room(&jsonl);
    let text = on_a_terminal(&room, &[]);
    assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
    holds(
        &text,
        &["Courier against The Northern Evening Standard and Daily…, outside quotation marks", "  The Northern Even…"],
    );
    room.run("compare news.jsonl -l ./bridge.toml -o out.csv").ends(0);
    assert!(column(&room.read("out.csv"), "against").iter().all(|name| name == long));
}

/// The largest difference of all is that one side has none: there is no ratio, and it is shown all the same.
#[test]
fn the_summary_shows_what_one_side_alone_has() {
    let text = on_a_terminal(&room(&corpus(8, |outlet, _| if outlet == 0 { 3 } else { 0 })), &[]);
    let line = text.lines().find(|line| line.trim_start().starts_with("money.cost")).unwrap();
    let cells: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(cells[..4], ["money.cost", "8/8", "0/8", "+1.00"], "{text}");
}

/// Of fewer than 5 articles a side: counts, rates, medians and ranges; of one the interval within the text.
#[test]
fn the_summary_describes_few_texts() {
    let text = on_a_terminal(&room(&corpus(3, |outlet, n| 2 + outlet + n)), &[]);
    holds(&text, &["3/3", "median", "range"]);
    assert!(!text.contains("ratio  "), "{text}");
    let text = on_a_terminal(&room(&corpus(1, |outlet, _| 2 + outlet)), &[]);
    let line = text.lines().find(|line| line.contains("money.cost")).unwrap();
    assert!(text.contains("within the text") && line.contains(" to "), "{text}");
}

/// From 10 events that both cover, the comparison inside them is the one to report.
#[test]
fn the_summary_shows_the_comparison_inside_events() {
    let text = on_a_terminal(&room(&corpus(12, |outlet, n| 1 + 2 * outlet + n % 3)), &["--within", "event"]);
    holds(&text, &["per event", "mean difference of rates in the events that both cover"]);
    let text = on_a_terminal(&room(&corpus(8, |outlet, n| 1 + 2 * outlet + n % 3)), &["--within", "event"]);
    assert!(!text.contains("per event") && text.contains("ratio"), "{text}");
}
