//! The command that a page came from, as it could be typed again: all that decides what stands on the page, and nothing
//! that is as it would be anyway.

use clap::Parser as _;
use serde_json::Value;

use crate::cli::args::{Arguments, Command, ReportArgs};
use crate::cli::settings::options;

/// Options whose values are typed with commas between them; others that hold several are typed once for each.
const WITH_COMMAS: [&str; 7] = ["id", "meta", "within", "primary", "freeze", "actors", "frames"];

/// Options that change nothing on the page, or are not typed as they are recorded.
const UNTYPED: [&str; 5] = ["config", "figures", "excel", "raw-text", "strict"];

/// The command of a run.
pub(super) fn typed(args: &ReportArgs) -> String {
    let mut words = vec!["framescope".to_owned(), "report".to_owned()];
    words.extend(args.comparing.reading.inputs.iter().map(|path| quoted(&path.to_string_lossy())));
    let usual = usual();
    for (name, value) in options::of_report(args) {
        // The seed and how much text is shown are said in any case.
        let is_usual = usual.get(&name) == Some(&value) && !["seed", "show-text"].contains(&name.as_str());
        if !is_usual && !UNTYPED.contains(&name.as_str()) {
            words.extend(option(&name, &value));
        }
    }
    words.extend(
        args.comparing.writing.output.iter().flat_map(|path| ["-o".to_owned(), quoted(&path.to_string_lossy())]),
    );
    words.join(" ")
}

/// The options of a run for which nobody asked for anything.
fn usual() -> std::collections::BTreeMap<String, Value> {
    match Arguments::try_parse_from(["framescope", "report", "-o", "report.html"]).map(|typed| typed.command) {
        Ok(Command::Report(args)) => options::of_report(&args),
        // Then all of them are said.
        _ => std::collections::BTreeMap::new(),
    }
}

/// An option as it is typed.
fn option(name: &str, value: &Value) -> Vec<String> {
    let flag = |name: &str| format!("--{name}");
    match (name, value) {
        ("id-check" | "hash" | "clean", Value::Bool(false)) => vec![flag(&format!("no-{name}"))],
        ("lexicon", Value::Array(all)) => all.iter().flat_map(|one| ["-l".to_owned(), word(one)]).collect(),
        (_, Value::Array(all)) if WITH_COMMAS.contains(&name) => {
            let all: Vec<String> = all.iter().map(plain).collect();
            vec![flag(name), quoted(&all.join(","))]
        }
        (_, Value::Array(all)) => all.iter().flat_map(|one| [flag(name), word(one)]).collect(),
        (_, Value::Bool(true)) => vec![flag(name)],
        (_, Value::Bool(false) | Value::Null) => Vec::new(),
        _ => vec![flag(name), word(value)],
    }
}

/// A value as it is typed.
fn word(value: &Value) -> String {
    quoted(&plain(value))
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A word as a shell reads it back.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./,:=@%+".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(command: &[&str]) -> String {
        let typed = Arguments::try_parse_from(command).expect("a command").command;
        let Command::Report(args) = typed else { panic!("not a report") };
        super::typed(&args)
    }

    #[test]
    fn a_word_is_what_a_shell_reads_back() {
        assert_eq!(quoted("examples/articles.jsonl"), "examples/articles.jsonl");
        assert_eq!(quoted("my news.csv"), "'my news.csv'");
        assert_eq!(quoted("it's; rm -rf"), "'it'\\''s; rm -rf'");
        assert_eq!(quoted(""), "''");
    }

    #[test]
    fn a_plain_command_comes_back_with_its_seed_and_text() {
        assert_eq!(
            again(&["framescope", "report", "news.csv", "-l", "talks", "-o", "r.html", "--threads", "4", "-q"]),
            "framescope report news.csv -l talks --seed 1 --show-text excerpts -o r.html"
        );
    }

    /// The model, the column of the date and much else were once left out, and the command gave another page.
    #[test]
    fn whatever_decides_what_stands_on_the_page_comes_back() {
        let typed = [
            "framescope",
            "report",
            "a b.csv",
            "-l",
            "one.toml",
            "-l",
            "two.toml",
            "--by",
            "paper",
            "--id",
            "paper,nr",
            "--no-clean",
            "--date",
            "published",
            "--date-order",
            "day-first",
            "--events",
            "auto",
            "--event-cosine",
            "0.4",
            "--model",
            "nb",
            "--cluster",
            "author",
            "--primary",
            "a,b",
            "--construct",
            "c=a,b",
            "--permutations",
            "99",
            "--where",
            "genre=news",
            "--vs",
            "rest",
            "--bca",
            "-o",
            "r.html",
        ];
        let once = again(&typed);
        for part in [
            "'a b.csv'",
            "-l one.toml -l two.toml",
            "--by paper",
            "--id paper,nr",
            "--no-clean",
            "--date published",
            "--date-order day-first",
            "--events auto",
            "--event-cosine 0.4",
            "--model nb",
            "--cluster author",
            "--primary a,b",
            "--construct c=a,b",
            "--permutations 99",
            "--where genre=news",
            "--vs rest",
            "--bca",
        ] {
            assert!(once.contains(part), "{part} is not in {once}");
        }
        let words: Vec<String> =
            once.replace("'a b.csv'", "a\u{a0}b.csv").split(' ').map(|w| w.replace('\u{a0}', " ")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(again(&words), once, "what comes back means the same");
    }
}
