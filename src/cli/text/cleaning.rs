//! What cleaning made of an article: what was read from its head, what was taken out and why, and
//! what is left.

use std::fmt::Write as _;

use framescope_core::text::Title;

use super::super::messages::counted;
use super::super::reading::ReadArticle;

/// Appends the article line by line: `-` before what was taken out, with the rule behind it.
pub(super) fn write(read: &ReadArticle<'_>, columns: &[String], out: &mut String) {
    let article = &read.article;
    let lines = counted(read.removed_lines.len() as u64, "line");
    let _ = writeln!(out, "{}: {lines} taken out", article.id);
    for (name, value) in columns.iter().zip(read.meta) {
        if let Some(value) = value {
            let _ = writeln!(out, "{name}: {value}");
        }
    }
    if let Some(Title::InText(range)) = &article.title {
        let _ = writeln!(out, "title (from the text): {}", article.text[range.clone()].trim());
    }
    out.push('\n');
    let mut removed = read.removed_lines.iter().peekable();
    for (number, line) in article.text.lines().enumerate() {
        let taken = removed.next_if(|taken| taken.line == number + 1);
        match taken {
            // What stands in a line beside what was taken out stays.
            Some(taken) if line.trim() == taken.text.trim() => {
                let _ = writeln!(out, "- {line}    [{}]", taken.rule);
            }
            Some(taken) => {
                let _ = writeln!(out, "  {line}\n- {}    [{}]", taken.text, taken.rule);
            }
            None if line.trim().is_empty() => out.push('\n'),
            None => {
                let _ = writeln!(out, "  {line}");
            }
        }
        while let Some(more) = removed.next_if(|taken| taken.line <= number + 1) {
            let _ = writeln!(out, "- {}    [{}]", more.text, more.rule);
        }
    }
}
