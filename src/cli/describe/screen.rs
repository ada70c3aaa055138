//! The description for reading: a column per group, as many side by side as fit.

use crate::output::plain;
use unicode_width::UnicodeWidthStr as _;

use super::Description;
use super::facts::{FACTS, Value};
use crate::compare::{GroupFacts, Names};

/// As wide as the help is.
const WIDTH: usize = 100;
/// A longer name of a group is cut.
const LONGEST_NAME: usize = 24;
/// So many genres or languages have a line of their own.
const NAMED: usize = 8;

/// A line of the table: a label, and a value per group.
type Line = (String, Vec<String>);

/// The description as text.
pub(super) fn draw(description: &Description) -> String {
    let groups = description.groups.iter().map(|(name, facts)| (name.as_str(), facts));
    let columns: Vec<(&str, &GroupFacts)> = groups.chain([("all", &description.all)]).collect();
    let facts: Vec<&GroupFacts> = columns.iter().map(|(_, facts)| *facts).collect();
    let mut lines: Vec<Line> = Vec::new();
    for fact in FACTS {
        match (fact.label, fact.name) {
            (Some(label), _) => {
                let values = facts.iter().map(|facts| (fact.value)(facts).shown());
                lines.push((label.to_owned(), values.collect()));
            }
            (None, "genres") => by_value("genre", &description.all.genres, &facts, |facts| &facts.genres, &mut lines),
            (None, "languages") => {
                by_value("language", &description.all.languages, &facts, |facts| &facts.languages, &mut lines);
            }
            (None, _) => {}
        }
    }
    let names: Vec<String> = columns.iter().map(|(name, _)| short(name)).collect();
    panels(&names, &lines)
}

/// A line per value, the commonest first, and those without one.
fn by_value(what: &str, all: &Names, facts: &[&GroupFacts], of: fn(&GroupFacts) -> &Names, lines: &mut Vec<Line>) {
    let commonest = all.commonest();
    if commonest.is_empty() {
        return;
    }
    let count = |facts: &GroupFacts, name: &str| {
        of(facts).commonest().iter().find(|(known, _)| *known == name).map_or(0, |(_, n)| *n)
    };
    for (name, _) in commonest.iter().take(NAMED) {
        let values = facts.iter().map(|facts| Value::Count(count(facts, name)).shown());
        lines.push((format!("{what}: {}", short(name)), values.collect()));
    }
    let named = |facts: &GroupFacts| commonest.iter().take(NAMED).map(|(name, _)| count(facts, name)).sum::<u64>();
    let rest = |facts: &GroupFacts| facts.articles - of(facts).missing - named(facts);
    for (label, value) in
        [("other", &rest as &dyn Fn(&GroupFacts) -> u64), ("not known", &|facts: &GroupFacts| of(facts).missing)]
    {
        if facts.iter().any(|facts| value(facts) > 0) {
            lines.push((format!("{what}: {label}"), facts.iter().map(|f| Value::Count(value(f)).shown()).collect()));
        }
    }
}

/// Lays columns side by side, in as many panels as that takes.
fn panels(names: &[String], lines: &[Line]) -> String {
    let label_width = lines.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
    let widths: Vec<usize> = names
        .iter()
        .enumerate()
        .map(|(i, name)| lines.iter().map(|(_, values)| values[i].width()).max().unwrap_or(0).max(name.width()))
        .collect();
    let mut text = String::new();
    let mut first = 0;
    while first < names.len() {
        let mut end = first;
        let mut used = label_width;
        while end < names.len() && (end == first || used + 2 + widths[end] <= WIDTH) {
            used += 2 + widths[end];
            end += 1;
        }
        if first > 0 {
            text.push('\n');
        }
        let mut line = |label: &str, values: &[String]| {
            text.push_str(label);
            text.push_str(&" ".repeat(label_width - label.width()));
            for (value, width) in values[first..end].iter().zip(&widths[first..end]) {
                text.push_str(&" ".repeat(2 + width - value.width()));
                text.push_str(value);
            }
            text.push('\n');
        };
        line("", names);
        for (label, values) in lines {
            line(label, values);
        }
        first = end;
    }
    text
}

/// A name that fits and does nothing to a terminal.
fn short(name: &str) -> String {
    let clean = plain(name);
    if clean.width() <= LONGEST_NAME {
        return clean;
    }
    let mut cut = String::new();
    for c in clean.chars() {
        cut.push(c);
        if cut.width() >= LONGEST_NAME - 1 {
            break;
        }
    }
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_columns_stand_in_panels_below_each_other() {
        let names: Vec<String> = (0..9).map(|i| format!("group number {i}")).collect();
        let lines = vec![("articles".to_owned(), (0..9).map(|i| i.to_string()).collect())];
        let text = panels(&names, &lines);
        assert!(text.lines().all(|line| line.width() <= WIDTH), "{text}");
        assert_eq!(text.lines().filter(|line| line.starts_with("articles")).count(), 2, "{text}");
        for name in &names {
            assert_eq!(text.matches(name.as_str()).count(), 1, "{text}");
        }
    }

    #[test]
    fn names_fit_and_do_nothing_to_a_terminal() {
        assert_eq!(short("a\x1b[31mb"), "a [31mb");
        let long = short(&"日本".repeat(30));
        assert!(long.width() <= LONGEST_NAME + 1 && long.ends_with('…'), "{long}");
    }
}
