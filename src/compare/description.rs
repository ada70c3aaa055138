//! What a corpus is before anything is scored, group by group: "table 1" of a paper.
//!
//! A [`GroupFacts`] is filled article by article in the order of the input and keeps counts only:
//! lengths as a histogram, so that the median is exact; genres and languages by name. What grows
//! with the corpus is kept elsewhere: the [signatures](super::Signature) by which copies are found.

use std::collections::BTreeMap;

use framescope_core::score::ArticleScore;
use framescope_core::text::Voice;

use crate::corpus::{DateForm, DateReading, Day};

/// Articles of fewer words are counted as short: a rate per 1,000 words of them is a coin's toss
/// (W19).
pub const SHORT_ARTICLE: u32 = 100;

/// So many values of genre or language are counted by name; the rest together.
const NAMED_VALUES: usize = 1_000;

/// What is counted of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleDescription {
    /// Words, title included.
    pub words: u32,
    /// Of them inside quotation marks, and outside with a cue of attribution.
    pub quoted: u32,
    /// See `quoted`.
    pub attributed: u32,
    /// Sentences, title and headings included.
    pub sentences: u32,
    /// Whether it has a title.
    pub has_title: bool,
    /// Opening quotation marks that were never closed.
    pub unclosed_quotes: u32,
    /// Its date, if it has one.
    pub date: Option<DateReading>,
    /// Its genre, if it has one.
    pub genre: Option<String>,
    /// Its language, named or voted for.
    pub language: String,
}

impl ArticleDescription {
    /// An article that was read. What is not in its text is said by the caller.
    pub fn of(score: &ArticleScore, date: Option<DateReading>, genre: Option<&str>, language: &str) -> Self {
        let analysis = &score.analysis;
        let in_voice = |voice| analysis.tokens.iter().filter(|token| token.voice == voice).count() as u32;
        ArticleDescription {
            words: analysis.tokens.len() as u32,
            quoted: in_voice(Voice::Quoted),
            attributed: in_voice(Voice::Attributed),
            sentences: analysis.sentences.len() as u32,
            has_title: analysis.has_title,
            unclosed_quotes: analysis.unclosed_quotes,
            date,
            genre: genre.map(str::trim).filter(|genre| !genre.is_empty()).map(str::to_owned),
            language: language.to_owned(),
        }
    }
}

/// What is known of a group, or of all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GroupFacts {
    /// Articles.
    pub articles: u64,
    /// Words, titles included.
    pub words: u64,
    /// Words inside quotation marks.
    pub quoted_words: u64,
    /// Words outside them with a cue of attribution.
    pub attributed_words: u64,
    /// Sentences.
    pub sentences: u64,
    /// How many articles have so many words.
    lengths: BTreeMap<u32, u64>,
    /// The first and the last day.
    pub days: Option<(Day, Day)>,
    /// Dates by how they are written.
    pub date_forms: BTreeMap<DateForm, u64>,
    /// Articles without a date.
    pub undated: u64,
    /// Dates that cannot be read.
    pub dates_unreadable: u64,
    /// Dates that can be read in two ways.
    pub dates_ambiguous: u64,
    /// Articles by genre.
    pub genres: Names,
    /// Articles by language.
    pub languages: Names,
    /// Articles without a title.
    pub untitled: u64,
    /// Articles below [`SHORT_ARTICLE`] words.
    pub short: u64,
    /// Opening quotation marks that were never closed and so opened nothing.
    pub unclosed_quotes: u64,
    /// Copies among its articles, where they were looked for.
    pub copies: Option<CopyCounts>,
}

/// How many articles print the text of an earlier one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CopyCounts {
    /// Word for word.
    pub exact: u64,
    /// All but word for word.
    pub duplicate: u64,
    /// In good part.
    pub shared: u64,
}

impl CopyCounts {
    /// Those among some articles.
    pub fn of(copies: &super::Copies) -> CopyCounts {
        let mut counts = CopyCounts::default();
        for copy in copies.iter() {
            *match copy.kind {
                super::CopyKind::Exact => &mut counts.exact,
                super::CopyKind::Duplicate => &mut counts.duplicate,
                super::CopyKind::Shared => &mut counts.shared,
            } += 1;
        }
        counts
    }

    /// All of them.
    pub fn all(self) -> u64 {
        self.exact + self.duplicate + self.shared
    }
}

impl GroupFacts {
    /// Adds an article.
    pub fn add(&mut self, article: &ArticleDescription) {
        self.articles += 1;
        self.words += u64::from(article.words);
        self.quoted_words += u64::from(article.quoted);
        self.attributed_words += u64::from(article.attributed);
        self.sentences += u64::from(article.sentences);
        *self.lengths.entry(article.words).or_default() += 1;
        match article.date {
            None => self.undated += 1,
            Some(DateReading::Unreadable) => self.dates_unreadable += 1,
            Some(DateReading::Ambiguous) => self.dates_ambiguous += 1,
            Some(DateReading::Day(day, form)) => {
                *self.date_forms.entry(form).or_default() += 1;
                let (first, last) = self.days.unwrap_or((day, day));
                self.days = Some((first.min(day), last.max(day)));
            }
        }
        self.genres.add(article.genre.as_deref());
        self.languages.add(Some(&article.language).filter(|language| *language != "und").map(String::as_str));
        self.untitled += u64::from(!article.has_title);
        self.short += u64::from(article.words < SHORT_ARTICLE);
        self.unclosed_quotes += u64::from(article.unclosed_quotes);
    }

    /// The words of the article in the middle; between the two in the middle where the number is even.
    pub fn median_words(&self) -> Option<f64> {
        let nth = |wanted: u64| {
            let mut before = 0;
            self.lengths.iter().find_map(|(words, articles)| {
                before += articles;
                (before > wanted).then_some(f64::from(*words))
            })
        };
        let last = self.articles.checked_sub(1)?;
        Some((nth(last / 2)? + nth(self.articles / 2)?) / 2.0)
    }

    /// The words of the shortest and of the longest article.
    pub fn range_of_words(&self) -> Option<(u32, u32)> {
        Some((*self.lengths.first_key_value()?.0, *self.lengths.last_key_value()?.0))
    }

    /// A part of the words; nothing where there are none.
    pub fn share_of_words(&self, part: u64) -> Option<f64> {
        (self.words > 0).then(|| part as f64 / self.words as f64)
    }
}

/// How often each value was met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    named: BTreeMap<String, u64>,
    /// Articles with a value that came when there were many others.
    others: u64,
    /// Articles without a value.
    pub missing: u64,
}

impl Names {
    fn add(&mut self, name: Option<&str>) {
        let Some(name) = name else {
            self.missing += 1;
            return;
        };
        if let Some(known) = self.named.get_mut(name) {
            *known += 1;
        } else if self.named.len() < NAMED_VALUES {
            self.named.insert(name.to_owned(), 1);
        } else {
            self.others += 1;
        }
    }

    /// The values, commonest first, of equals by name.
    pub fn commonest(&self) -> Vec<(&str, u64)> {
        let mut names: Vec<(&str, u64)> = self.named.iter().map(|(name, n)| (name.as_str(), *n)).collect();
        names.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        names
    }

    /// `news 12; opinion 3`, the rest together where there are more than `shown`.
    pub fn in_words(&self, shown: usize) -> String {
        let all = self.commonest();
        let mut parts: Vec<String> = all.iter().take(shown).map(|(name, n)| format!("{name} {n}")).collect();
        let rest = self.others + all.iter().skip(shown).map(|(_, n)| n).sum::<u64>();
        if rest > 0 {
            parts.push(format!("other {rest}"));
        }
        parts.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn article(words: u32) -> ArticleDescription {
        ArticleDescription {
            words,
            quoted: 0,
            attributed: 0,
            sentences: 1,
            has_title: true,
            unclosed_quotes: 0,
            date: None,
            genre: None,
            language: "en".to_owned(),
        }
    }

    proptest! {
        #[test]
        fn the_median_is_that_of_the_sorted_list(mut lengths in prop::collection::vec(0_u32..50, 1..40)) {
            let mut facts = GroupFacts::default();
            lengths.iter().for_each(|words| facts.add(&article(*words)));
            lengths.sort_unstable();
            let n = lengths.len();
            let median = match n % 2 {
                1 => f64::from(lengths[n / 2]),
                _ => (f64::from(lengths[n / 2 - 1]) + f64::from(lengths[n / 2])) / 2.0,
            };
            prop_assert_eq!(facts.median_words(), Some(median));
            prop_assert_eq!(facts.range_of_words(), Some((lengths[0], lengths[n - 1])));
        }
    }

    #[test]
    fn nothing_is_known_of_no_article() {
        let facts = GroupFacts::default();
        assert_eq!((facts.median_words(), facts.range_of_words(), facts.share_of_words(0)), (None, None, None));
    }

    #[test]
    fn dates_are_counted_by_what_can_be_read() {
        let mut facts = GroupFacts::default();
        for date in ["2025-03-10", "9 March 2025", "03/04/2025", "25/12/2024", "soon"] {
            facts.add(&ArticleDescription { date: Some(crate::corpus::read_date(date, None)), ..article(5) });
        }
        facts.add(&article(5));
        let (first, last) = facts.days.unwrap();
        assert_eq!((first.to_string(), last.to_string()), ("2024-12-25".to_owned(), "2025-03-10".to_owned()));
        assert_eq!((facts.undated, facts.dates_unreadable, facts.dates_ambiguous), (1, 1, 1));
        assert_eq!(facts.date_forms.values().copied().collect::<Vec<_>>(), [1, 1, 1]);
    }

    #[test]
    fn many_values_are_counted_together() {
        let mut names = Names::default();
        for i in 0..NAMED_VALUES + 5 {
            names.add(Some(&format!("value {i}")));
        }
        names.add(Some("value 3"));
        names.add(None);
        assert_eq!(names.commonest()[0], ("value 3", 2));
        assert_eq!(names.in_words(1), format!("value 3 2; other {}", NAMED_VALUES + 4));
        assert_eq!(names.missing, 1);
    }
}
