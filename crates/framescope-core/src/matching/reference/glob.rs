//! Wildcards: `*` is any run of characters, `?` is one; the whole token must match.

/// Whether the whole of `token` matches `pattern`.
pub(super) fn matches(pattern: &str, token: &str) -> bool {
    let mut rest = pattern.chars();
    match rest.next() {
        None => token.is_empty(),
        Some('*') => {
            // The run that `*` stands for may end before any character, or at the very end.
            let ends = token.char_indices().map(|(i, _)| i).chain([token.len()]);
            ends.into_iter().any(|end| matches(rest.as_str(), &token[end..]))
        }
        Some(wanted) => {
            let mut left = token.chars();
            match left.next() {
                Some(met) => (wanted == '?' || wanted == met) && matches(rest.as_str(), left.as_str()),
                None => false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn the_whole_token_must_match() {
        for (pattern, token, expected) in [
            ("war", "war", true),
            ("war", "warrant", false),
            ("war", "wa", false),
            ("war*", "war", true),
            ("war*", "warrants", true),
            ("war*", "postwar", false),
            ("*war", "postwar", true),
            ("*war*", "forewarned", true),
            ("w?r", "wər", true),
            ("w?r", "wr", false),
            ("w?r", "weir", false),
            ("?", "é", true),
            ("?", "", false),
            ("*", "", true),
            ("*", "anything", true),
            ("**", "x", true),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXcYb", false),
            ("*?", "", false),
            ("*?", "é", true),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(matches(pattern, token), expected, "{pattern} on {token}");
        }
    }
}
