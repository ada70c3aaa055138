//! How common a word is before the two sides are looked at: the prior of the log-odds.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use framescope_core::stats::{self, LogOdds, WordCounts};
use framescope_core::text::fold;
use rustc_hash::FxHashMap;

use super::found::Kind;
use super::types::Type;
use super::{KeynessError, LONGEST};

/// What a word that a list lacks counts for: half an occurrence, or its prior would be none.
const ABSENT: f64 = 0.5;

/// How often words occur in a corpus of reference.
#[derive(Debug, Clone, Default)]
pub struct FrequencyList {
    path: PathBuf,
    counts: FxHashMap<String, f64>,
}

impl FrequencyList {
    /// Reads a list: a word or phrase and its number a line, separated by a tab, a comma or a semicolon; a first line
    /// without a number is a header, lines that begin with # are remarks. Words are folded, and counts of one word added.
    ///
    /// # Errors
    /// [`KeynessError::Prior`] and [`KeynessError::PriorLine`].
    pub fn read(path: &Path) -> Result<FrequencyList, KeynessError> {
        let text =
            std::fs::read_to_string(path).map_err(|source| KeynessError::Prior { path: path.to_owned(), source })?;
        FrequencyList::parse(&text, path)
    }

    fn parse(text: &str, path: &Path) -> Result<FrequencyList, KeynessError> {
        let mut list = FrequencyList { path: path.to_owned(), counts: FxHashMap::default() };
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
        let mut is_first = true;
        for (line, content) in lines.filter(|(_, content)| !content.is_empty() && !content.starts_with('#')) {
            let wrong = |what: String| KeynessError::PriorLine { path: path.to_owned(), line, what };
            let (word, number) = content
                .rsplit_once(['\t', ',', ';'])
                .ok_or_else(|| wrong(format!("{content:?} has no tab or comma")))?;
            let (word, number) = (word.trim().trim_matches('"'), number.trim().trim_matches('"'));
            match number.parse::<f64>() {
                Ok(count) if count.is_finite() && count >= 0.0 => {
                    // Phrases are words with one space between them.
                    let words: Vec<String> = word.split_whitespace().map(fold).collect();
                    if words.is_empty() {
                        return Err(wrong("there is no word before the number".to_owned()));
                    }
                    *list.counts.entry(words.join(" ")).or_default() += count;
                }
                Err(_) if is_first => {}
                _ => return Err(wrong(format!("{number:?} is no number of occurrences"))),
            }
            is_first = false;
        }
        Ok(list)
    }
}

/// What the log-odds of a contrast start from.
#[derive(Debug)]
pub(super) struct Prior<'a> {
    list: Option<&'a FrequencyList>,
    /// Occurrences of all words of a length, absent ones included.
    totals: [f64; LONGEST],
}

impl<'a> Prior<'a> {
    /// From a list, or from both sides of each contrast together. Words that the list lacks count for half an
    /// occurrence each.
    pub(super) fn new(
        list: Option<&'a FrequencyList>,
        lengths: RangeInclusive<usize>,
        types: &FxHashMap<Box<str>, Type>,
    ) -> Result<Prior<'a>, KeynessError> {
        let mut totals = [0.0; LONGEST];
        if let Some(list) = list {
            // In the order of numbers, because sums of floats depend on theirs and that of a table is chance.
            let mut counts: Vec<(usize, f64)> =
                list.counts.iter().map(|(word, &n)| (word.matches(' ').count(), n)).collect();
            counts.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
            for (length, n) in counts.into_iter().filter(|(length, _)| *length < LONGEST) {
                totals[length] += n;
            }
            if let Some(length) = lengths.clone().find(|length| totals[length - 1] <= 0.0) {
                return Err(KeynessError::PriorLength { path: list.path.clone(), length });
            }
            for word in types.keys().filter(|word| !list.counts.contains_key(&***word)) {
                totals[word.matches(' ').count()] += ABSENT;
            }
            totals.iter_mut().for_each(|total| *total += ABSENT);
        }
        Ok(Prior { list, totals })
    }

    /// δ and its variance; none where a side has no place for it, or where it is all there is.
    pub(super) fn log_odds(
        &self,
        counts: WordCounts,
        kind: Kind,
        folded: &str,
        strength: Option<f64>,
    ) -> Option<LogOdds> {
        let strength = strength.unwrap_or_else(|| stats::prior_strength(counts.words));
        let hits: u64 = counts.hits.iter().sum();
        let share = match (self.list, kind) {
            // A list of words knows nothing of entries.
            (None, _) | (_, Kind::Entry(_)) => hits as f64 / counts.words.iter().sum::<u64>() as f64,
            (Some(list), _) => {
                let known = list.counts.get(folded).copied().unwrap_or(0.0).max(ABSENT);
                known / self.totals[kind.places()]
            }
        };
        stats::log_odds(counts, strength * share, strength).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<FrequencyList, String> {
        FrequencyList::parse(text, Path::new("f.tsv")).map_err(|error| error.to_string())
    }

    #[test]
    fn a_list_is_read_as_people_write_them() {
        let list = parse("\u{FEFF}word\tcount\n# BNC\nThe\t60\nthe\t4\n\n\"White  House\",7\nÉtat;1.5\n").unwrap();
        let mut counts: Vec<(&str, f64)> = list.counts.iter().map(|(w, n)| (w.as_str(), *n)).collect();
        counts.sort_by_key(|(w, _)| *w);
        assert_eq!(counts, [("the", 64.0), ("white house", 7.0), ("état", 1.5)]);
    }

    #[test]
    fn what_is_no_list_is_told_with_its_line() {
        for (text, says) in [
            ("the 60\n", "f.tsv:1: \"the 60\" has no tab or comma"),
            ("the,60\nof,many\n", "f.tsv:2: \"many\" is no number of occurrences"),
            ("the,-1\n", "f.tsv:1: \"-1\" is no number"),
            ("the,NaN\n", "f.tsv:1: \"NaN\" is no number"),
            ("a,1\n,5\n", "f.tsv:2: there is no word"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.starts_with(says), "{error}");
        }
    }

    #[test]
    fn a_list_must_have_the_lengths_that_are_asked_for() {
        let list = parse("the,60\n").unwrap();
        let types = FxHashMap::default();
        assert!(Prior::new(Some(&list), 1..=1, &types).is_ok());
        let error = Prior::new(Some(&list), 1..=2, &types).unwrap_err().to_string();
        assert!(error.contains("no phrases of 2 words"), "{error}");
    }

    #[test]
    fn a_word_that_the_list_lacks_has_a_prior_too() {
        let list = parse("war,30\npeace,70\n").unwrap();
        let types = FxHashMap::default();
        let prior = Prior::new(Some(&list), 1..=1, &types).unwrap();
        let counts = WordCounts { hits: [8, 0], words: [1243, 759] };
        let of = |word| prior.log_odds(counts, Kind::Word, word, Some(100.0)).unwrap().delta;
        let expected = |n: f64| stats::log_odds(counts, 100.0 * n / 100.5, 100.0).unwrap().delta;
        assert_eq!((of("war"), of("dove")), (expected(30.0), expected(0.5)));
    }
}
