//! (a) URLs and e-mail addresses: one token each, matched only by itself (design 3.3).

use super::quotes::is_mark;
use super::segments::in_dictionary_script;

/// The URLs and e-mail addresses of a text without white space, in bytes, ascending.
///
/// What was found ahead is kept until it is passed, so that a text of addresses only is still
/// looked at once.
pub(super) struct Addresses<'t> {
    text: &'t str,
    at: usize,
    /// The next `scheme://` and `www.`, from their first letter; [`NONE`] where there is no more.
    scheme: Option<usize>,
    www: Option<usize>,
    url: Option<(usize, usize)>,
}

const NONE: usize = usize::MAX;

pub(super) fn addresses(text: &str) -> Addresses<'_> {
    Addresses { text, at: 0, scheme: None, www: None, url: None }
}

impl Iterator for Addresses<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        if self.url.is_none_or(|(start, _)| start < self.at) {
            self.url = Some(self.next_url());
        }
        let url = self.url.filter(|&(start, _)| start != NONE);
        // The local part of an address may look like the host of another: desk@www.a.org.
        let found = email(self.text, self.at, url.map_or(self.text.len(), |(start, _)| start)).or(url)?;
        self.at = found.1;
        Some(found)
    }
}

impl Addresses<'_> {
    fn next_url(&mut self) -> (usize, usize) {
        let mut from = self.at;
        loop {
            let passed = |known: Option<usize>| known.filter(|&start| start >= from);
            let scheme = passed(self.scheme).unwrap_or_else(|| next_scheme(self.text, from));
            let www = passed(self.www).unwrap_or_else(|| next_www(self.text, from));
            (self.scheme, self.www) = (Some(scheme), Some(www));
            let start = scheme.min(www);
            if start == NONE {
                return (NONE, NONE);
            }
            let (end, found) = url_end(self.text, start);
            if found {
                return (start, end);
            }
            from = end;
        }
    }
}

fn next_scheme(text: &str, from: usize) -> usize {
    let letters = |end: usize| text.as_bytes()[from..end].iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
    let ends = text[from..].match_indices("://").map(|(i, _)| from + i);
    ends.map(|end| (end, letters(end))).find(|&(_, letters)| letters > 0).map_or(NONE, |(end, letters)| end - letters)
}

fn next_www(text: &str, from: usize) -> usize {
    let begins = |i: usize| {
        let before = text[..i].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() && !in_dictionary_script(c))
            && text[i + 4..].chars().next().is_some_and(char::is_alphanumeric)
    };
    let mut windows = text.as_bytes()[from..].windows(4).zip(from..);
    windows.find(|&(w, i)| w.eq_ignore_ascii_case(b"www.") && begins(i)).map_or(NONE, |(_, i)| i)
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

/// The first e-mail address whose local part begins before `end`. Nothing behind `end` is looked at
/// but the local part that reaches over it.
fn email(text: &str, from: usize, end: usize) -> Option<(usize, usize)> {
    let mut before = text[from..end].match_indices('@').map(|(i, _)| from + i);
    before.find_map(|at| email_at(text, from, at)).or_else(|| {
        text[from..end].ends_with(is_local).then_some(())?;
        let at = end + text[end..].find(|c| !is_local(c))?;
        text[at..].starts_with('@').then_some(())?;
        email_at(text, from, at).filter(|&(start, _)| start < end)
    })
}

/// The e-mail address around the `@` at `at`.
fn email_at(text: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let local = &text[from..at];
    let start = local.char_indices().rev().take_while(|&(_, c)| is_local(c)).last().map_or(at, |(i, _)| from + i);
    let local = text[start..at].trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let domain = &text[at + 1..];
    let domain = domain.find(|c| !is_domain(c)).map_or(domain, |i| &domain[..i]).trim_end_matches(['.', '-']);
    let dotted = domain.split('.').filter(|label| !label.is_empty()).count() >= 2;
    (!local.is_empty() && dotted).then(|| (at - local.len(), at + 1 + domain.len()))
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
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
            assert_eq!(addresses(text).next().map(|(start, end)| &text[start..end]), expected, "{text}");
        }
    }
}
