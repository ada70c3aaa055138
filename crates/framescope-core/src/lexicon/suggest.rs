//! "Did you mean": the name that was probably meant by one that does not exist.

/// The nearest of the known names, if one is near enough to have been meant: at most one slip in
/// four letters, where a slip is a letter left out, added, changed, or swapped with its neighbour.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = typed.chars().flat_map(char::to_lowercase).take(MOST_LETTERS + 1).collect();
    if letters.is_empty() || letters.len() > MOST_LETTERS {
        return None;
    }
    let allowed = (letters.len() / 4).clamp(1, 4);
    known
        .into_iter()
        .filter(|name| name.len().abs_diff(typed.len()) <= 4 * allowed)
        .filter_map(|name| {
            let name_letters: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
            if name_letters.len().abs_diff(letters.len()) > allowed {
                return None;
            }
            let slips = slips(&letters, &name_letters);
            (slips <= allowed).then_some((slips, name))
        })
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, name)| name)
}

/// Nobody mistypes a name of this length; a file full of them shall not cost minutes.
const MOST_LETTERS: usize = 80;

/// "did you mean `x`?", or the names there are.
pub(super) fn meant_or_all(typed: &str, known: &[&str]) -> String {
    match nearest(typed, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("known here: {}", known.join(", ")),
    }
}

/// Damerau's distance (optimal string alignment).
fn slips(a: &[char], b: &[char]) -> usize {
    let mut older: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(older[j - 2] + 1);
            }
            row.push(least);
        }
        older = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        let count = |a: &str, b: &str| slips(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(count("", "abc"), 3);
        assert_eq!(count("not_after", "not_after"), 0);
        assert_eq!(count("not_atfer", "not_after"), 1);
        assert_eq!(count("notafter", "not_after"), 1);
        assert_eq!(count("kitten", "sitting"), 3);
    }

    #[test]
    fn only_near_names_are_meant() {
        let keys = ["term", "weight", "not_after", "not_before", "near"];
        assert_eq!(nearest("notafter", keys), Some("not_after"));
        assert_eq!(nearest("Term", keys), Some("term"));
        assert_eq!(nearest("terms", keys), Some("term"));
        assert_eq!(nearest("wieght", keys), Some("weight"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("", keys), None);
        assert_eq!(nearest(&"x".repeat(10_000), keys), None);
    }
}
