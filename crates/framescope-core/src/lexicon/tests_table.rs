//! The table of bad lexicons, in `tests/lexicons/bad.txt`: every message, with its place.

use super::read;

const TABLE: &str = include_str!("../../tests/lexicons/bad.txt");

/// Title, lexicon, expected messages.
fn cases() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
    TABLE
        .split("\n---- ")
        .skip(1)
        .map(|case| {
            let (title, rest) = case.split_once('\n').expect("a case has a title");
            let (lexicon, expected) = match rest.strip_prefix("====\n") {
                Some(expected) => ("", expected),
                None => {
                    let (lexicon, expected) = rest.split_once("\n====\n").expect("a case has an ====");
                    (lexicon, expected)
                }
            };
            (title, lexicon, expected.lines().filter(|line| !line.trim().is_empty()).collect())
        })
        .collect()
}

#[test]
fn every_bad_lexicon_is_told_what_is_wrong_with_it() {
    let mut wrong = String::new();
    for (title, lexicon, expected) in cases() {
        let lexicon = format!("{lexicon}\n");
        let errors = match read(&lexicon, "bad.toml", &[], &|_| None) {
            Ok(_) => Vec::new(),
            Err(errors) => errors,
        };
        let got: Vec<String> =
            errors.iter().map(|error| error.to_string().replacen("bad.toml:", "", 1).replacen(": ", " ", 1)).collect();
        if got != expected {
            wrong.push_str(&format!("---- {title}\n{}\n\n", got.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "these cases say something else now:\n\n{wrong}");
}

#[test]
fn the_mark_in_a_rendered_error_stands_under_what_is_meant() {
    for (title, lexicon, _) in cases() {
        let lexicon = format!("{lexicon}\n");
        for error in read(&lexicon, "bad.toml", &[], &|_| None).err().unwrap_or_default() {
            let line = lexicon.lines().nth(error.place.line as usize - 1).unwrap_or_default();
            assert_eq!(error.excerpt.text, line, "{title}: {error}");
            assert_eq!(error.excerpt.offset, error.place.column as usize - 1, "{title}: {error}");
            let rendered = error.render();
            let lines: Vec<&str> = rendered.lines().collect();
            let marks = lines[4].find('^').expect("a mark");
            let text = lines[3].find("| ").expect("a line") + 2;
            assert_eq!(lines[4][..marks].chars().count() - text, error.excerpt.offset, "{rendered}");
        }
    }
}
