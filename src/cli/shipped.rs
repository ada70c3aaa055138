//! The lexicons that come with framescope, embedded in the binary.

/// A shipped lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shipped {
    /// Its name: the file's name without the ending.
    pub(crate) name: &'static str,
    /// The file, whole.
    pub(crate) source: &'static str,
    /// What was measured of its precision, if anything was.
    pub(crate) precision: Option<&'static str>,
}

/// Name, source and measured precision of every file in `lexicons/`, sorted by name.
static LEXICONS: &[(&str, &str, Option<&str>)] = include!(concat!(env!("OUT_DIR"), "/shipped_lexicons.rs"));

/// All of them, sorted by name.
pub(crate) fn all() -> impl Iterator<Item = Shipped> {
    LEXICONS.iter().map(|&(name, source, precision)| Shipped { name, source, precision })
}

/// The one of this name.
pub(crate) fn find(name: &str) -> Option<Shipped> {
    all().find(|shipped| shipped.name == name)
}

/// Whether what was typed is the path of a file rather than the name of a shipped lexicon.
pub(crate) fn is_path(typed: &str) -> bool {
    typed.contains(['/', '\\', '.'])
}

/// The candidate that was probably meant, if one is near enough.
pub(crate) fn meant<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .map(|c| (strsim::jaro_winkler(&typed.to_lowercase(), &c.to_lowercase()), c))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_or_an_ending_makes_a_path() {
        assert!(is_path("my.toml"));
        assert!(is_path("./my"));
        assert!(is_path("lexicons/talks"));
        assert!(!is_path("talks"));
        assert!(!is_path("conflict_naming"));
    }

    #[test]
    fn slips_are_recognised_and_strangers_are_not() {
        let names = ["talks", "conflict_naming", "frames"];
        assert_eq!(meant("talk", names.into_iter()), Some("talks"));
        assert_eq!(meant("Talks", names.into_iter()), Some("talks"));
        assert_eq!(meant("conflict_names", names.into_iter()), Some("conflict_naming"));
        assert_eq!(meant("zebra", names.into_iter()), None);
    }

    #[test]
    fn they_are_sorted_and_named_once() {
        let names: Vec<_> = all().map(|s| s.name).collect();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
    }
}
