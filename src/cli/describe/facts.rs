//! The facts of a description: what each is called, what it means, and its value for a group.

use crate::cli::messages::grouped;
use crate::compare::{GroupFacts, SHORT_ARTICLE};
use crate::output::{Cell, CodebookRow};

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Count(u64),
    Number(f64),
    /// A part of a whole, from 0 to 1.
    Share(f64),
    Missing,
}

impl Value {
    pub(super) fn cell(&self) -> Cell<'_> {
        match self {
            Value::Text(text) => Cell::Text(text),
            Value::Count(n) => Cell::count(*n),
            Value::Number(x) | Value::Share(x) => Cell::number(*x),
            Value::Missing => Cell::EMPTY,
        }
    }

    /// As people read it.
    pub(super) fn shown(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Count(n) => grouped(*n),
            Value::Number(x) if x.fract() == 0.0 && *x >= 0.0 => grouped(*x as u64),
            Value::Number(x) => format!("{x:.1}"),
            Value::Share(x) => format!("{:.1} %", 100.0 * x),
            Value::Missing => "–".to_owned(),
        }
    }
}

/// A fact of a group.
pub(super) struct Fact {
    /// The column's name.
    pub(super) name: &'static str,
    /// For reading; nothing where it is shown in another way.
    pub(super) label: Option<&'static str>,
    meaning: &'static str,
    unit: &'static str,
    denominator: &'static str,
    missing: &'static str,
    pub(super) value: fn(&GroupFacts) -> Value,
}

impl Fact {
    pub(super) fn codebook_row(&self) -> CodebookRow {
        CodebookRow {
            column: self.name.to_owned(),
            meaning: self.meaning.to_owned(),
            unit: self.unit.to_owned(),
            denominator: self.denominator.to_owned(),
            missing: self.missing.to_owned(),
            ..CodebookRow::default()
        }
    }
}

/// How many genres or languages a cell names.
const NAMED: usize = 10;

const NEVER: &str = "never empty";
const NO_COPIES: &str = "empty where copies were not looked for (--no-copies)";

fn copies(facts: &GroupFacts, of: fn(crate::compare::CopyCounts) -> u64) -> Value {
    facts.copies.map_or(Value::Missing, |copies| Value::Count(of(copies)))
}

fn number(x: Option<f64>, as_value: fn(f64) -> Value) -> Value {
    x.map_or(Value::Missing, as_value)
}

fn text(text: String) -> Value {
    if text.is_empty() { Value::Missing } else { Value::Text(text) }
}

/// All facts, in the order of the table.
pub(super) const FACTS: &[Fact] = &[
    Fact {
        name: "articles",
        label: Some("articles"),
        meaning: "articles of the group",
        unit: "articles",
        denominator: "",
        missing: NEVER,
        value: |facts| Value::Count(facts.articles),
    },
    Fact {
        name: "words",
        label: Some("words"),
        meaning: "words of its articles, titles and headings included",
        unit: "words",
        denominator: "",
        missing: NEVER,
        value: |facts| Value::Count(facts.words),
    },
    Fact {
        name: "words_median",
        label: Some("  an article: median"),
        meaning: "words of the article in the middle, by length",
        unit: "words",
        denominator: "",
        missing: NEVER,
        value: |facts| number(facts.median_words(), Value::Number),
    },
    Fact {
        name: "words_min",
        label: Some("  shortest"),
        meaning: "words of the shortest article",
        unit: "words",
        denominator: "",
        missing: NEVER,
        value: |facts| number(facts.range_of_words().map(|(min, _)| f64::from(min)), Value::Number),
    },
    Fact {
        name: "words_max",
        label: Some("  longest"),
        meaning: "words of the longest article",
        unit: "words",
        denominator: "",
        missing: NEVER,
        value: |facts| number(facts.range_of_words().map(|(_, max)| f64::from(max)), Value::Number),
    },
    Fact {
        name: "short_articles",
        label: Some("  under 100 words"),
        meaning: "articles of fewer than 100 words: their rates jump with every hit",
        unit: "articles",
        denominator: "",
        missing: NEVER,
        value: |facts| Value::Count(facts.short),
    },
    Fact {
        name: "sentences",
        label: Some("sentences"),
        meaning: "sentences that hold a word, titles and headings included",
        unit: "sentences",
        denominator: "",
        missing: NEVER,
        value: |facts| Value::Count(facts.sentences),
    },
    Fact {
        name: "quoted_share",
        label: Some("words in quotations"),
        meaning: "share of the words that stand inside quotation marks",
        unit: "share, 0 to 1",
        denominator: "words",
        missing: "empty where there is no word",
        value: |facts| number(facts.share_of_words(facts.quoted_words), Value::Share),
    },
    Fact {
        name: "attributed_share",
        label: Some("words attributed otherwise"),
        meaning: "share of the words outside quotation marks that a cue such as according to gives to a source; best \
                  effort",
        unit: "share, 0 to 1",
        denominator: "words",
        missing: "empty where there is no word",
        value: |facts| number(facts.share_of_words(facts.attributed_words), Value::Share),
    },
    Fact {
        name: "unclosed_quotes",
        label: Some("quotation marks never closed"),
        meaning: "opening quotation marks that nothing closes: their words count as outside quotations",
        unit: "marks",
        denominator: "",
        missing: NEVER,
        value: |facts| Value::Count(facts.unclosed_quotes),
    },
    Fact {
        name: "first_date",
        label: Some("first date"),
        meaning: "the earliest date of its articles",
        unit: "ISO 8601",
        denominator: "",
        missing: "empty where no date can be read",
        value: |facts| facts.days.map_or(Value::Missing, |(first, _)| Value::Text(first.to_string())),
    },
    Fact {
        name: "last_date",
        label: Some("last date"),
        meaning: "the latest date of its articles",
        unit: "ISO 8601",
        denominator: "",
        missing: "empty where no date can be read",
        value: |facts| facts.days.map_or(Value::Missing, |(_, last)| Value::Text(last.to_string())),
    },
    Fact {
        name: "undated",
        label: Some("  without a date"),
        meaning: "articles without a date",
        unit: "articles",
        denominator: "",
        missing: NEVER,
        value: |facts| Value::Count(facts.undated),
    },
    Fact {
        name: "dates_unreadable",
        label: Some("  date unreadable"),
        meaning: "articles whose date cannot be read, or is a day that the calendar does not have",
        unit: "articles",
        denominator: "",
        missing: NEVER,
        value: |facts| Value::Count(facts.dates_unreadable),
    },
    Fact {
        name: "dates_ambiguous",
        label: Some("  date ambiguous"),
        meaning: "articles whose date is one of two days, as 03/04/2025 is; --date-order says which is meant",
        unit: "articles",
        denominator: "",
        missing: NEVER,
        value: |facts| Value::Count(facts.dates_ambiguous),
    },
    Fact {
        name: "date_forms",
        label: None,
        meaning: "how the dates that can be read are written, each by an example, with the number of articles",
        unit: "text",
        denominator: "",
        missing: "empty where no date can be read",
        value: |facts| {
            let forms: Vec<String> =
                facts.date_forms.iter().map(|(form, n)| format!("{} {n}", form.example())).collect();
            text(forms.join("; "))
        },
    },
    Fact {
        name: "genres",
        label: None,
        meaning: "the column genre: each value with its number of articles, the ten commonest",
        unit: "text",
        denominator: "",
        missing: "empty where no article has a genre",
        value: |facts| text(facts.genres.in_words(NAMED)),
    },
    Fact {
        name: "genre_missing",
        label: None,
        meaning: "articles without a genre",
        unit: "articles",
        denominator: "",
        missing: NEVER,
        value: |facts| Value::Count(facts.genres.missing),
    },
    Fact {
        name: "languages",
        label: None,
        meaning: "languages, named or else voted for by function words, each with its number of articles, the ten \
                  commonest",
        unit: "text",
        denominator: "",
        missing: "empty where no language is known",
        value: |facts| text(facts.languages.in_words(NAMED)),
    },
    Fact {
        name: "language_unknown",
        label: None,
        meaning: "articles whose language is not named and not clear from their words",
        unit: "articles",
        denominator: "",
        missing: NEVER,
        value: |facts| Value::Count(facts.languages.missing),
    },
    Fact {
        name: "untitled",
        label: Some("without a title"),
        meaning: "articles without a title",
        unit: "articles",
        denominator: "",
        missing: NEVER,
        value: |facts| Value::Count(facts.untitled),
    },
    Fact {
        name: "copies_exact",
        label: Some("copies: word for word"),
        meaning: "articles of the group with the same words in the same order as an earlier one, titles aside; in the row \
                  of all also from group to group",
        unit: "articles",
        denominator: "",
        missing: NO_COPIES,
        value: |facts| copies(facts, |copies| copies.exact),
    },
    Fact {
        name: "copies_duplicate",
        label: Some("  nearly so"),
        meaning: "articles that are no such copy and share four fifths or more of all runs of five words with an earlier \
                  one (Jaccard index)",
        unit: "articles",
        denominator: "",
        missing: NO_COPIES,
        value: |facts| copies(facts, |copies| copies.duplicate),
    },
    Fact {
        name: "copies_shared",
        label: Some("  in good part"),
        meaning: "articles that are neither and share two fifths or more of them: one agency text with changes",
        unit: "articles",
        denominator: "",
        missing: NO_COPIES,
        value: |facts| copies(facts, |copies| copies.shared),
    },
];

// The label of `short_articles` has the number in it.
const _: () = assert!(SHORT_ARTICLE == 100);
