//! What a user is told: wrong options, odd groups, queries that select what is counted.

use super::*;

#[test]
fn bad_input_is_told_or_has_sane_cells() {
    let room = room(&corpus(6, |outlet, n| outlet + n % 2));
    room.run("compare news.jsonl -l ./bridge.toml --by outlte").ends(2).says(&["outlte", "did you mean \"outlet\""]);
    room.run("compare news.jsonl -l ./bridge.toml --where outlet=Herald").ends(1).says(&["one group", "Herald"]);
    room.run("compare news.jsonl -l ./bridge.toml --where outlet=Nobody").ends(1).says(&["no article fulfils --where"]);
    let both = "--where outlet=Herald --where outlet=Courier";
    room.run(&format!("compare news.jsonl -l ./bridge.toml {both}"))
        .ends(1)
        .says(&["all conditions of --where together: \"outlet=Herald\" and \"outlet=Courier\""]);
    room.run("compare news.jsonl -l ./bridge.toml --limit 0").ends(2).says(&["write a number of articles, 1 or more"]);
    room.run("compare news.jsonl").ends(2).says(&["which lexicon?"]);
    room.run("compare news.jsonl -l ./bridge.toml --seed x").ends(2);
    // An id a group: too many to compare.
    let many: String =
        (0..101).map(|n| format!("{{\"id\":\"{n}\",\"outlet\":\"o{n}\",\"text\":\"The cost of it.\"}}\n")).collect();
    room.write("many.jsonl", many);
    room.run("compare many.jsonl -l ./bridge.toml").ends(1).says(&["101 groups"]);
    // An article without a group is left out and counted; a group of one article is described.
    let mut lines = corpus(6, |outlet, n| outlet + n % 2);
    lines.push_str("{\"id\":\"x\",\"outlet\":\"\",\"text\":\"The cost.\"}\n");
    lines.push_str("{\"id\":\"y\",\"outlet\":\"Lone <script>\",\"text\":\"A price.\"}\n");
    lines.push_str("{\"id\":\"z\",\"outlet\":\"Mute\",\"text\":\"\"}\n");
    room.write("odd.jsonl", lines);
    room.run("compare odd.jsonl -l ./bridge.toml -o out.csv").ends(0).says(&["left out, because \"outlet\" is empty"]);
    no_nan(&room);
    let results = room.read("out.csv");
    // A path that nobody hits, in every pair: counts of 0 and no ratio.
    let never = [("path", "never"), ("group", "Courier"), ("against", "Herald"), ("voice", "outside")];
    let never = row(&results, &never);
    assert_eq!((cell(&never, "group_hits"), cell(&never, "rate_ratio"), cell(&never, "p")), ("0", "", ""));
    let lone = [("path", "money.cost"), ("group", "Courier"), ("against", "Lone <script>"), ("voice", "outside")];
    assert!(cell(&row(&results, &lone), "withheld").contains("description"), "{results}");
}

/// Names that look like one name are two groups, and that is said.
#[test]
fn groups_whose_names_differ_in_form_are_told() {
    let jsonl = corpus(5, |_, n| 1 + n % 2).replace("\"outlet\":\"Herald\"", "\"outlet\":\"COURIER\"");
    room(&jsonl).run("compare news.jsonl -l ./bridge.toml -o out.csv").ends(0).says(&[r#""Courier" and "COURIER""#]);
    let jsonl = jsonl.replace("\"outlet\":\"COURIER\"", "\"outlet\":\"Courier II\"");
    let ran = room(&jsonl).run("compare news.jsonl -l ./bridge.toml -o out.csv").ends(0);
    assert!(!ran.stderr().contains("differ only in case"), "{}", ran.stderr());
}

/// A search with wildcards asks for the entries that it would find.
#[test]
fn a_query_with_wildcards_finds_its_entries() {
    let room = room(&corpus(6, |outlet, n| 1 + outlet + n % 2));
    let query = |query: &str| {
        let file = |name: &str| room.path().join(name).display().to_string();
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let streams = framescope::cli::Streams {
            stdout: &mut stdout,
            stdout_is_terminal: false,
            stderr: &mut stderr,
            stderr_is_terminal: false,
        };
        let args = ["framescope", "compare", &file("news.jsonl"), "-l", &file("bridge.toml"), "--query", query];
        assert_eq!(framescope::cli::run(args.map(std::ffi::OsString::from), streams), 0);
        String::from_utf8(stderr).unwrap()
    };
    let told = query("(pric* OR c?st) AND town");
    assert!(told.contains("W21") && told.contains("\"cost\"") && told.contains("\"price\""), "{told}");
    assert!(!told.contains("every article"), "{told}");
    assert!(!query("unic AND pri*x").contains("W21"));
}
