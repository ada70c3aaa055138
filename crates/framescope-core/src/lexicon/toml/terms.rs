//! Terms: entries, masks, sides and the terms inside conditions, as text or as a table.

use super::super::draft::{EntryDraft, TermDraft, TokenDraft};
use super::super::error::LexiconErrorKind as Kind;
use super::super::model::{Case, Negation};
use super::conditions;
use super::fields::{Field, Fields, Node, Reader};
use super::keys;
use crate::text::{EntryTokensError, entry_tokens};

pub(super) const CASES: &[(&str, Case)] = &[("fold", Case::Fold), ("exact", Case::Exact)];
pub(super) const NEGATIONS: &[(&str, Negation)] = &[("report", Negation::Report), ("drop", Negation::Drop)];

/// A list of entries of the path with this number. An empty list is an error unless `may_be_empty`.
pub(super) fn entries(reader: &mut Reader<'_>, field: &Field<'_>, path: usize, may_be_empty: bool) -> Vec<EntryDraft> {
    let nodes = items(reader, field, may_be_empty);
    nodes.into_iter().filter_map(|node| entry(reader, &Field { node, ..field.clone() }, path)).collect()
}

/// A list of terms that count nothing by themselves: of a mask, a side, a condition.
pub(super) fn terms(reader: &mut Reader<'_>, field: &Field<'_>, what: &'static str) -> Vec<TermDraft> {
    let nodes = items(reader, field, false);
    nodes.into_iter().filter_map(|node| term(reader, &Field { node, ..field.clone() }, what)).collect()
}

/// The items of a list of terms.
pub(super) fn items<'t>(reader: &mut Reader<'_>, field: &Field<'t>, may_be_empty: bool) -> Vec<Node<'t>> {
    let Some(items) = field.node.list() else {
        let hint = match field.node.text() {
            Some(text) => format!("put it in square brackets: {} = [\"{text}\"]", field.key),
            None => format!("for instance {} = [\"one term\", {{ term = \"another\", case = \"exact\" }}]", field.key),
        };
        field.wrong_type(reader, "a list of terms", Some(hint));
        return Vec::new();
    };
    if items.is_empty() && !may_be_empty {
        let hint = "write at least one term, or leave the key out".to_owned();
        reader.report(&field.span(), Kind::Empty(field.key.to_owned()), Some(hint));
    }
    items
}

/// One entry of a path.
fn entry(reader: &mut Reader<'_>, field: &Field<'_>, path: usize) -> Option<EntryDraft> {
    if let Some(table) = field.node.table() {
        let fields = Fields::new(table, field.span(), "an entry");
        fields.only(reader, keys::ENTRY);
        return entry_table(reader, &fields, path);
    }
    let term = term(reader, field, "an entry")?;
    Some(EntryDraft { path, term, weight: 1.0, negation: None, note: String::new() })
}

/// One entry written as a table; its keys were looked over before.
pub(super) fn entry_table(reader: &mut Reader<'_>, fields: &Fields<'_>, path: usize) -> Option<EntryDraft> {
    let weight = match fields.get("weight") {
        Some(_) => fields.number(reader, "weight"),
        None => Some(1.0),
    };
    let negation = fields.choice(reader, "negation", NEGATIONS);
    let note = fields.said(reader, "note").unwrap_or_default();
    let term = term_table(reader, fields)?;
    Some(EntryDraft { path, term, weight: weight?, negation, note })
}

/// One term: text, or a table with conditions.
pub(super) fn term(reader: &mut Reader<'_>, field: &Field<'_>, what: &'static str) -> Option<TermDraft> {
    if let Some(text) = field.node.text() {
        let span = field.span();
        let tokens = cut(reader, text, &span)?;
        let spot = reader.spot(&span);
        return Some(TermDraft { text: text.to_owned(), tokens, case: None, conditions: Vec::new(), spot });
    }
    let Some(table) = field.node.table() else {
        let hint = match field.node {
            Node::Value(toml_edit::Value::Integer(_) | toml_edit::Value::Float(_)) => {
                Some("put quotation marks around the number".to_owned())
            }
            _ => None,
        };
        field.wrong_type(reader, "a list of texts and tables { term = \"...\" }", hint);
        return None;
    };
    let fields = Fields::new(table, field.span(), what);
    fields.only_or(reader, keys::TERM, |reader, field| {
        if !matches!(field.key, "weight" | "negation") {
            return false;
        }
        let kind = Kind::UnknownKey { key: field.key.to_owned(), within: what.to_owned() };
        let hint = "only the entries of a path are counted, so only they say what a hit counts".to_owned();
        reader.report(&field.key_span, kind, Some(hint));
        true
    });
    fields.said(reader, "note");
    term_table(reader, &fields)
}

fn term_table(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<TermDraft> {
    let case = fields.choice(reader, "case", CASES);
    let conditions = conditions::read(reader, fields);
    if fields.get("term").is_none() {
        fields.missing(reader, "term", Some("write term = \"...\"".to_owned()));
        return None;
    }
    let (text, spot) = fields.text(reader, "term")?;
    let tokens = cut(reader, &text, &(spot.start..spot.end))?;
    Some(TermDraft { text, tokens, case, conditions, spot })
}

/// Cuts a term into tokens, or says why it cannot be one.
pub(super) fn cut(reader: &mut Reader<'_>, text: &str, span: &std::ops::Range<usize>) -> Option<Vec<TokenDraft>> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        reader.report(span, Kind::EmptyTerm, Some("write the word or phrase to count, or take it out".to_owned()));
        return None;
    }
    if trimmed.starts_with('@') {
        let hint = "a name on a social network is written without its @".to_owned();
        reader.report(span, Kind::PathOutsideNear(text.to_owned()), Some(hint));
        return None;
    }
    if let Some(word) = without_possessive(trimmed) {
        let hint = if word.chars().any(char::is_alphanumeric) {
            format!("write `{word}`, which also finds `{trimmed}`")
        } else {
            "write the word in front of it".to_owned()
        };
        reader.report(span, Kind::Possessive(text.to_owned()), Some(hint));
        return None;
    }
    let tokens = match cut_tokens(trimmed) {
        Ok(tokens) => tokens,
        Err(reason) => {
            let kind = Kind::BadTerm { term: text.to_owned(), reason: reason.to_string() };
            reader.report(span, kind, None);
            return None;
        }
    };
    if tokens.is_empty() {
        let hint = "punctuation is never matched".to_owned();
        reader.report(span, Kind::TermWithoutWord(text.to_owned()), Some(hint));
        return None;
    }
    if tokens.iter().all(|token| token.folded.chars().all(|c| matches!(c, '*' | '?'))) {
        let hint = "write at least one letter beside the * or ?".to_owned();
        reader.report(span, Kind::WildcardsOnly(text.to_owned()), Some(hint));
        return None;
    }
    Some(tokens)
}

/// The term without its final 's, if it has one.
fn without_possessive(term: &str) -> Option<&str> {
    term.strip_suffix(['s', 'S'])?.strip_suffix(['\'', '’', '‘', 'ʼ', '＇', '`', '´'])
}

/// The term's tokens, cut by the very code that cuts texts.
fn cut_tokens(term: &str) -> Result<Vec<TokenDraft>, EntryTokensError> {
    let tokens = entry_tokens(term)?;
    Ok(tokens
        .into_iter()
        .map(|token| {
            let exact = (token.exact != token.folded).then(|| token.exact.into_boxed_str());
            TokenDraft { folded: token.folded.into_boxed_str(), exact }
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_final_s_after_any_apostrophe_is_seen() {
        assert_eq!(without_possessive("Israel's"), Some("Israel"));
        assert_eq!(without_possessive("women’S"), Some("women"));
        assert_eq!(without_possessive("U.S.'s"), Some("U.S."));
        assert_eq!(without_possessive("hostages'"), None);
        assert_eq!(without_possessive("women's rights"), None);
        assert_eq!(without_possessive("boss"), None);
    }
}
