//! (a) URLs and e-mail addresses: one token each, matched only by itself (design 3.3).

use super::quotes::is_mark;
use super::segments::in_dictionary_script;

/// The first URL or e-mail address at or after `from` in a text without white space, in bytes.
pub(super) fn address(text: &str, from: usize) -> Option<(usize, usize)> {
    let url = url(text, from);
    let before_url = url.map_or(text, |(start, _)| &text[..start]);
    // The local part of an address may look like the host of another: desk@www.a.org.
    email(text, from, before_url.len()).or(url)
}

fn url(text: &str, mut from: usize) -> Option<(usize, usize)> {
    loop {
        let start = url_start(text, from)?;
        let (end, found) = url_end(text, start);
        if found {
            return Some((start, end));
        }
        from = end;
    }
}

fn url_start(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    let mut scheme = None;
    while let Some(i) = text[at..].find("://") {
        let letters = text[from..at + i].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        if letters > 0 {
            scheme = Some(at + i - letters);
            break;
        }
        at += i + 3;
    }
    let end = scheme.unwrap_or(text.len());
    let www = text.as_bytes()[..end].windows(4).enumerate().skip(from).filter(|(_, w)| w.eq_ignore_ascii_case(b"www."));
    let starts_word = |&(i, _): &(usize, &[u8])| {
        let before = text[..i].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() && !in_dictionary_script(c))
            && text[i + 4..].chars().next().is_some_and(char::is_alphanumeric)
    };
    www.into_iter().find(starts_word).map(|(i, _)| i).or(scheme)
}

/// The end of the URL that begins at `start`, and whether it is one.
fn url_end(text: &str, start: usize) -> (usize, bool) {
    // No address holds a quotation mark, an angle bracket or the full stop of a script without
    // spaces; marks at its end are the sentence's.
    let ends = |c| matches!(c, '<' | '>' | '。' | '，' | '、' | '；' | '：' | '！' | '？' | '（' | '）') || is_mark(c);
    let len = text[start..].find(ends).unwrap_or(text.len() - start);
    let address = text[start..start + len].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
    let host = address.find("://").map_or(address, |i| &address[i + 3..]);
    if host.contains(char::is_alphanumeric) { (start + address.len(), true) } else { (start + len, false) }
}

/// The first e-mail address whose local part begins before `end`.
fn email(text: &str, from: usize, end: usize) -> Option<(usize, usize)> {
    let is_local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let is_domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    for (at, _) in text[from..].match_indices('@').map(|(i, c)| (from + i, c)) {
        let local = &text[from..at];
        let start = local.char_indices().rev().take_while(|&(_, c)| is_local(c)).last().map_or(at, |(i, _)| from + i);
        let local = text[start..at].trim_start_matches(|c: char| !c.is_alphanumeric());
        let start = at - local.len();
        if start >= end {
            return None;
        }
        let domain = &text[at + 1..];
        let domain = domain.find(|c| !is_domain(c)).map_or(domain, |i| &domain[..i]).trim_end_matches(['.', '-']);
        let dotted = domain.split('.').filter(|label| !label.is_empty()).count() >= 2;
        if !local.is_empty() && dotted {
            return Some((start, at + 1 + domain.len()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        for (text, expected) in [
            ("https://example.org/war?x=1,", Some("https://example.org/war?x=1")),
            ("(http://a.org/wiki/A_(b))", Some("http://a.org/wiki/A_(b")),
            ("see:https://a.org/", Some("https://a.org/")),
            ("“www.a.org”", Some("www.a.org")),
            ("WWW.A.ORG", Some("WWW.A.ORG")),
            ("awww.a.org", None),
            ("www..", None),
            ("<mailto:war.desk@a.org>", Some("war.desk@a.org")),
            ("müller@bücher.example.", Some("müller@bücher.example")),
            ("@user", None),
            ("@user@a.org", Some("user@a.org")),
            ("a@www.b.org,https://c.org", Some("a@www.b.org")),
            ("a@b,c@d.org", Some("c@d.org")),
            ("user@host", None),
            ("://x", None),
            ("://x,a@b.org", Some("a@b.org")),
            ("3://4", None),
            ("https://", None),
            ("https://”x", None),
        ] {
            assert_eq!(address(text, 0).map(|(start, end)| &text[start..end]), expected, "{text}");
        }
    }
}
