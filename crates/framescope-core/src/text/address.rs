//! (a) URLs and e-mail addresses: one token each, matched only by itself (design 3.3).

use super::quotes::is_mark;

/// The first URL, or else e-mail address, in a text without white space, in bytes.
pub(super) fn address(text: &str) -> Option<(usize, usize)> {
    url_start(text).and_then(|start| url(text, start)).or_else(|| email(text))
}

fn url_start(text: &str) -> Option<usize> {
    if let Some(end) = text.find("://") {
        let scheme = text[..end].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        if scheme > 0 {
            return Some(end - scheme);
        }
    }
    let www = text.as_bytes().windows(4).position(|w| w.eq_ignore_ascii_case(b"www."))?;
    let starts_word = !text[..www].chars().next_back().is_some_and(char::is_alphanumeric);
    (starts_word && text[www + 4..].chars().next().is_some_and(char::is_alphanumeric)).then_some(www)
}

fn url(text: &str, start: usize) -> Option<(usize, usize)> {
    // No address holds a quotation mark or angle bracket; marks at its end are the sentence's.
    let len = text[start..].find(|c| matches!(c, '<' | '>') || is_mark(c)).unwrap_or(text.len() - start);
    let address = text[start..start + len].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
    let host = address.find("://").map_or(address, |i| &address[i + 3..]);
    host.contains(char::is_alphanumeric).then_some((start, start + address.len()))
}

fn email(text: &str) -> Option<(usize, usize)> {
    let at = text.find('@')?;
    let is_local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let local = &text[..at];
    let local = local.rfind(|c| !is_local(c)).map_or(local, |i| &local[i..]);
    let local = local.trim_start_matches(|c: char| !c.is_alphanumeric());
    let domain = &text[at + 1..];
    let is_domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let domain = domain.find(|c| !is_domain(c)).map_or(domain, |i| &domain[..i]).trim_end_matches(['.', '-']);
    let dotted = domain.split('.').filter(|label| !label.is_empty()).count() >= 2;
    (!local.is_empty() && dotted).then_some((at - local.len(), at + 1 + domain.len()))
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
            ("@user@a.org", None),
            ("user@host", None),
            ("://x", None),
            ("://x,a@b.org", Some("a@b.org")),
            ("3://4", None),
            ("https://", None),
            ("https://”x", None),
        ] {
            assert_eq!(address(text).map(|(start, end)| &text[start..end]), expected, "{text}");
        }
    }
}
