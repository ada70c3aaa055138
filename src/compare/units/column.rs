//! Metadata of many articles in little room: each distinct value once, and a number an article.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::packed::NONE;

/// A column of metadata: few values, many articles.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Its name.
    pub name: String,
    values: Vec<String>,
    numbers: FxHashMap<String, u32>,
    pub(super) of_article: Vec<u32>,
}

impl Column {
    pub(super) fn named(name: &str) -> Column {
        Column { name: name.to_owned(), ..Column::default() }
    }

    /// The distinct values in order of appearance.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// The value of an article, if it has one.
    pub fn of(&self, article: u32) -> Option<&str> {
        self.number(article).map(|number| self.values[number as usize].as_str())
    }

    /// Which of [`Self::values`] an article has, if any.
    pub fn number(&self, article: u32) -> Option<u32> {
        self.of_article.get(article as usize).copied().filter(|number| *number != NONE)
    }

    /// How many articles it knows of.
    pub fn len(&self) -> usize {
        self.of_article.len()
    }

    /// Whether it knows of none.
    pub fn is_empty(&self) -> bool {
        self.of_article.is_empty()
    }

    /// A column that is known otherwise than from the corpus.
    pub fn of_values<'a>(name: &str, values: impl IntoIterator<Item = Option<&'a str>>) -> Column {
        let mut column = Column::named(name);
        values.into_iter().for_each(|value| column.push(value));
        column
    }

    pub(super) fn push(&mut self, value: Option<&str>) {
        let number = value.map(str::trim).filter(|value| !value.is_empty()).map_or(NONE, |value| {
            self.numbers.get(value).copied().unwrap_or_else(|| {
                let number = self.values.len() as u32;
                self.values.push(value.to_owned());
                self.numbers.insert(value.to_owned(), number);
                number
            })
        });
        self.of_article.push(number);
    }
}

/// Strings one after the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    fn range(&self, number: usize) -> Range<usize> {
        (if number == 0 { 0 } else { self.ends[number - 1] })..self.ends[number]
    }

    pub(super) fn get(&self, number: usize) -> &str {
        &self.text[self.range(number)]
    }
}
