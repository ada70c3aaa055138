//! Lists of conditions that a lexicon writes again and again, emptied before the file is parsed.
//!
//! TOML has no name for a list, so a lexicon writes the same list under entry after entry: half of a large
//! file, and as much of the time and memory that parsing takes. What such a list means is read once
//! ([`super::conditions`]), by how it is written; so where it stands again, the parser needs to see a list, and
//! where it begins and ends, but not what is in it.

use rustc_hash::FxHashSet;
use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

/// Shorter ones are parsed as quickly.
const LEAST: usize = 40;

/// A file with repeated lists emptied: every byte that is left stands where it stood.
#[derive(Debug)]
pub(super) struct Emptied {
    pub(super) text: String,
    /// Where the emptied lists begin.
    pub(super) starts: FxHashSet<usize>,
}

/// Empties the lists of conditions that stand in the file before, byte for byte; `None` where there are none.
pub(super) fn emptied(text: &str) -> Option<Emptied> {
    let (mut seen, mut starts) = (FxHashSet::default(), FxHashSet::default());
    // Blanks have as many bytes as what they stand for.
    let mut blanked = Vec::new();
    let mut tokens = Source::new(text).lex();
    let mut last = [None; 2];
    while let Some(token) = tokens.next() {
        match token.kind() {
            TokenKind::Whitespace => {}
            TokenKind::LeftSquareBracket if let Some(group) = group(text, last) => {
                last = [None; 2];
                let start = token.span().start();
                let Some(end) = end_of_plain_list(&mut tokens) else { continue };
                if end - start >= LEAST && !seen.insert((group, &text[start..end])) {
                    starts.insert(start);
                    if blanked.is_empty() {
                        blanked = text.as_bytes().to_owned();
                    }
                    blanked[start + 1..end - 1].fill(b' ');
                }
            }
            _ => last = [last[1], Some(token)],
        }
    }
    if starts.is_empty() {
        return None;
    }
    Some(Emptied { text: String::from_utf8(blanked).ok()?, starts })
}

/// Lists that mean the same wherever they are written alike.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Group {
    /// `any` and `all`, of `near` and `not_near`.
    Near,
    /// `before`, `not_before`, `after`, `not_after`.
    Beside,
}

/// The group of the list that begins behind these two tokens, a key and its `=`.
fn group(text: &str, last: [Option<Token>; 2]) -> Option<Group> {
    let [Some(key), Some(equals)] = last else { return None };
    let key = (equals.kind() == TokenKind::Equals && key.kind() == TokenKind::Atom)
        .then(|| &text[key.span().start()..key.span().end()])?;
    match key {
        "any" | "all" => Some(Group::Near),
        "before" | "not_before" | "after" | "not_after" => Some(Group::Beside),
        _ => None,
    }
}

/// Where a list ends that has begun; `None` where more than strings stands in it.
fn end_of_plain_list(tokens: &mut impl Iterator<Item = Token>) -> Option<usize> {
    for token in tokens {
        match token.kind() {
            TokenKind::RightSquareBracket => return Some(token.span().end()),
            TokenKind::BasicString
            | TokenKind::LiteralString
            | TokenKind::Comma
            | TokenKind::Whitespace
            | TokenKind::Newline
            | TokenKind::Comment => {}
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_before_is_emptied_and_nothing_moves() {
        let list = r#"["a list that is long enough", "for this, ]"]"#;
        let text = format!(
            "terms = {list}\nbefore = {list} # not_after = {list}\nnot_after = {list}\nnear = {{ any = {list} }}\n\
             note = \"before = {list}\"\nall={list}\nbefore = [{{ term = \"{}\" }}]\nbefore = [{{ term = \"{}\" }}]\n",
            "x".repeat(50),
            "x".repeat(50)
        );
        let blank = format!("[{}]", " ".repeat(list.len() - 2));
        let expected = text
            .replace(&format!("\nnot_after = {list}"), &format!("\nnot_after = {blank}"))
            .replace(&format!("all={list}"), &format!("all={blank}"));
        let emptied = emptied(&text).expect("repeated lists");
        assert_eq!(emptied.text, expected);
        let starts =
            [text.find(&format!("\nnot_after = {list}")).map(|at| at + 13), text.find("all=").map(|at| at + 4)];
        assert_eq!(emptied.starts, starts.into_iter().flatten().collect());
    }

    #[test]
    fn a_file_without_repeats_is_left_as_it_is() {
        for text in ["", "before = [\"short\"]\nbefore = [\"short\"]\n", "before = [\"never closed", "[before"] {
            assert!(emptied(text).is_none(), "{text}");
        }
    }
}
