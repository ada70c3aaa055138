//! Wildcards inside one token: `*` is any run of characters, `?` is one.

/// Whether the whole of `token` matches `pattern`.
///
/// Greedy with one point of return: when a character fails, the last `*` takes one more. That is
/// enough, because an earlier `*` never has to give anything back.
pub(crate) fn matches(pattern: &str, token: &str) -> bool {
    let mut pattern_rest = pattern.chars();
    let mut token_rest = token.chars();
    let mut retry: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
    loop {
        let mut pattern_next = pattern_rest.clone();
        match pattern_next.next() {
            Some('*') => {
                pattern_rest = pattern_next.clone();
                retry = Some((pattern_next, token_rest.clone()));
                continue;
            }
            Some(wanted) => {
                let mut token_next = token_rest.clone();
                if token_next.next().is_some_and(|c| wanted == '?' || wanted == c) {
                    pattern_rest = pattern_next;
                    token_rest = token_next;
                    continue;
                }
            }
            None if token_rest.as_str().is_empty() => return true,
            None => {}
        }
        let Some((after_star, from)) = &mut retry else { return false };
        if from.next().is_none() {
            return false;
        }
        pattern_rest = after_star.clone();
        token_rest = from.clone();
    }
}

/// The longest piece of `pattern` without a wildcard; empty if it is all wildcards.
pub(crate) fn longest_literal(pattern: &str) -> &str {
    let mut longest = "";
    for piece in pattern.split(['*', '?']) {
        if piece.len() > longest.len() {
            longest = piece;
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the rule says, by recursion over every split.
    fn slow(pattern: &[char], token: &[char]) -> bool {
        match pattern.split_first() {
            None => token.is_empty(),
            Some(('*', rest)) => (0..=token.len()).any(|n| slow(rest, &token[n..])),
            Some(('?', rest)) => !token.is_empty() && slow(rest, &token[1..]),
            Some((c, rest)) => token.first() == Some(c) && slow(rest, &token[1..]),
        }
    }

    #[test]
    fn table() {
        for (pattern, token, expected) in [
            ("war", "war", true),
            ("war", "wars", false),
            ("war*", "war", true),
            ("war*", "warning", true),
            ("*war", "prewar", true),
            ("*war", "wars", false),
            ("w?r", "war", true),
            ("w?r", "wr", false),
            ("organi?ation*", "organisations", true),
            ("*a*a*", "banana", true),
            ("*ab*ac", "abacabac", true),
            ("?", "é", true),
            ("*", "", true),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(matches(pattern, token), expected, "{pattern} on {token}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(4_000))]
        #[test]
        fn agrees_with_every_split(pattern in "[abé*?]{0,7}", token in "[abé]{0,8}") {
            let slowly = slow(
                &pattern.chars().collect::<Vec<_>>(),
                &token.chars().collect::<Vec<_>>(),
            );
            proptest::prop_assert_eq!(matches(&pattern, &token), slowly);
        }
    }

    #[test]
    fn longest_literal_is_a_piece() {
        assert_eq!(longest_literal("a*bcd?e"), "bcd");
        assert_eq!(longest_literal("**"), "");
        assert_eq!(longest_literal("plain"), "plain");
    }
}
