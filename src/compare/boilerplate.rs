//! Lines that stand in many articles of one group: what a site prints around its articles.
//!
//! They are proposed to a person and never taken out by themselves: a score must not depend on an
//! article's neighbours.
//!
//! Counting is lossy counting (Manku & Motwani 2002) with buckets of [`BUCKET`] articles, so memory
//! stays at some ten thousand lines a group however large the corpus is: a line that is kept may have
//! been counted short by at most one article in [`BUCKET`], and every line in more articles than that
//! is kept. Below [`BUCKET`] articles all counts are exact.

use std::collections::{HashMap, HashSet};

/// So many articles of a group go by before rare lines are forgotten.
const BUCKET: u64 = 1_000;
/// A line in fewer articles is proposed by nobody.
const FEWEST: u64 = 3;
/// Nor one in a smaller share of its group's articles.
const SMALLEST_SHARE: f64 = 0.05;
/// So many articles are named as examples.
const EXAMPLES: usize = 3;
/// A longer line is a paragraph of text, not furniture.
const LONGEST_LINE: usize = 400;
/// And so is what an article repeats beyond so many lines.
const MOST_LINES: usize = 10_000;

/// The lines of one article that might be furniture: each once, in order.
pub fn lines_of(text: &str, removed: &[std::ops::Range<usize>]) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut lines = Vec::new();
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let end = start + whole.len();
        let line = whole.trim();
        let is_removed = removed.iter().any(|range| range.start < end && start < range.end);
        if !line.is_empty() && line.len() <= LONGEST_LINE && !is_removed && seen.insert(line) {
            lines.push(line.to_owned());
        }
        start = end;
        if lines.len() == MOST_LINES {
            break;
        }
    }
    lines
}

/// Counts lines over the articles of one group.
#[derive(Debug, Default)]
pub struct LineCounts {
    articles: u64,
    lines: HashMap<String, Count>,
    /// Articles by their lines, so that a text that was printed twice is no proof of furniture.
    texts: HashSet<u64>,
    forgot: bool,
}

#[derive(Debug)]
struct Count {
    articles: u64,
    /// How many earlier articles it may have been in, at most.
    missed: u64,
    examples: Vec<String>,
}

/// A line that is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommonLine {
    /// The line.
    pub line: String,
    /// Articles of the group that hold it.
    pub articles: u64,
    /// How many more may hold it, at most.
    pub missed: u64,
    /// The first of them.
    pub examples: Vec<String>,
}

impl LineCounts {
    /// Adds the next article of the group.
    pub fn add(&mut self, id: &str, lines: Vec<String>) {
        if !self.texts.insert(hash_of(&lines)) {
            return;
        }
        let bucket = self.articles / BUCKET;
        for line in lines {
            let count =
                self.lines.entry(line).or_insert_with(|| Count { articles: 0, missed: bucket, examples: Vec::new() });
            count.articles += 1;
            if count.examples.len() < EXAMPLES {
                count.examples.push(id.to_owned());
            }
        }
        self.articles += 1;
        if self.articles.is_multiple_of(BUCKET) {
            let bucket = self.articles / BUCKET;
            let before = self.lines.len();
            self.lines.retain(|_, count| count.articles + count.missed > bucket);
            self.forgot |= self.lines.len() < before;
        }
    }

    /// Articles that were looked at; of those with the same lines only the first.
    pub fn articles(&self) -> u64 {
        self.articles
    }

    /// The lines that are common, commonest first, of equals by line.
    pub fn common(&self) -> Vec<CommonLine> {
        let least = (self.articles as f64 * SMALLEST_SHARE).max(FEWEST as f64);
        let mut common: Vec<CommonLine> = self
            .lines
            .iter()
            .filter(|(_, count)| (count.articles + count.missed) as f64 >= least && count.articles >= FEWEST)
            .map(|(line, count)| CommonLine {
                line: line.clone(),
                articles: count.articles,
                missed: if self.forgot { count.missed } else { 0 },
                examples: count.examples.clone(),
            })
            .collect();
        common.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.line.cmp(&b.line)));
        common
    }
}

fn hash_of(lines: &[String]) -> u64 {
    use std::hash::{Hash as _, Hasher as _};
    let mut hasher = rustc_hash::FxHasher::default();
    lines.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_of_an_article_are_taken_once_and_without_what_is_out_already() {
        let text = "Tags\n Text one. \n\nTags\nText two.\n";
        assert_eq!(lines_of(text, &[]), ["Tags", "Text one.", "Text two."]);
        assert_eq!(lines_of(text, std::slice::from_ref(&(0..5))), ["Text one.", "Tags", "Text two."]);
        assert!(lines_of(&"x".repeat(LONGEST_LINE + 1), &[]).is_empty());
    }

    #[test]
    fn a_line_in_many_articles_is_proposed_and_a_reprint_is_none() {
        let mut counts = LineCounts::default();
        for i in 0..20 {
            let mut lines = vec![format!("Text {i}.")];
            if i % 5 == 0 {
                lines.push("Subscribe now".to_owned());
            }
            counts.add(&format!("a-{i}"), lines);
        }
        for i in 0..9 {
            counts.add(&format!("b-{i}"), vec!["A text that was printed nine times.".to_owned()]);
        }
        let examples = ["a-0", "a-5", "a-10"].map(str::to_owned).to_vec();
        let line = CommonLine { line: "Subscribe now".to_owned(), articles: 4, missed: 0, examples };
        assert_eq!((counts.articles(), counts.common()), (21, vec![line]));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]
        /// Against counting without forgetting: no common line is lost, and none is counted wrong by
        /// more than it says.
        #[test]
        fn what_is_forgotten_was_rare(seed in any::<u64>(), articles in 1_500_u64..3_500) {
            let mut counts = LineCounts::default();
            let mut exact: HashMap<String, u64> = HashMap::new();
            let mut state = seed;
            for i in 0..articles {
                let mut lines = vec![format!("only here {i}")];
                for line in 1_u64..12 {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    // The later a line begins, the more of it is forgotten.
                    if (state >> 33) % (line * line * 4) == 0 && i > line * 90 {
                        lines.push(format!("line {line}"));
                    }
                }
                for line in &lines {
                    *exact.entry(line.clone()).or_default() += 1;
                }
                counts.add(&i.to_string(), lines);
            }
            let common = counts.common();
            for (line, n) in &exact {
                if *n as f64 >= articles as f64 * SMALLEST_SHARE {
                    prop_assert!(common.iter().any(|c| c.line == *line), "{} in {} is lost", line, n);
                }
            }
            for found in &common {
                let n = exact[&found.line];
                prop_assert!(found.articles <= n && n <= found.articles + found.missed, "{:?} is {}", found, n);
            }
            // Rare lines do not pile up.
            prop_assert!(counts.lines.len() < 2 * BUCKET as usize);
        }
    }
}
