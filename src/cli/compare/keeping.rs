//! Keeping the lines behind the numbers on the way that a comparison takes through the corpus: one pass does both.

use framescope_core::lexicon::LexiconSet;
use framescope_core::score::ArticleScore;
use framescope_core::text::{Article, Title};

use crate::cli::args::DateArgs;
use crate::cli::reading::ReadArticle;
use crate::corpus::{DateOrder, read_date};
use crate::report::passages::{Cited, Passages, ReadStory, Shown};

/// Which lines are kept.
#[derive(Debug, Clone)]
pub(crate) struct Keeping {
    seed: u64,
    shown: Shown,
    /// The columns that an article is cited with, by number, where there are such.
    event: Option<usize>,
    date: Option<usize>,
    /// The column of the date, where somebody named one, and the order of day and month in it.
    named_date: Option<String>,
    order: Option<DateOrder>,
    genre: Option<usize>,
}

impl Keeping {
    pub(crate) fn new(seed: u64, shown: Shown) -> Keeping {
        Keeping { seed, shown, event: None, date: None, named_date: None, order: None, genre: None }
    }

    /// Where dates stand, and how they are read.
    pub(crate) fn with_dates(self, dates: &DateArgs) -> Keeping {
        Keeping { named_date: dates.date.as_deref().map(|name| name.trim().to_owned()), order: dates.order(), ..self }
    }

    /// Looks for the columns that an article is cited with, in any case.
    pub(super) fn with_columns(self, columns: &[String]) -> Keeping {
        let column = |names: &[&str]| {
            let is = |same: fn(&str, &str) -> bool| columns.iter().position(|c| names.iter().any(|n| same(c, n)));
            // As everywhere: capitals matter only where two columns differ in nothing else.
            is(|column, name| column == name).or_else(|| is(|column, name| column.eq_ignore_ascii_case(name)))
        };
        let date = column(&[self.named_date.as_deref().unwrap_or("date")]);
        Keeping { event: column(&["event", "event_id"]), date, genre: column(&["genre"]), ..self }
    }

    /// No lines yet.
    pub(super) fn nothing(&self) -> Passages {
        Passages::new(self.seed, self.shown)
    }

    /// Keeps what is wanted of an article.
    pub(super) fn keep(
        &self,
        read: &ReadArticle<'_>,
        (group, language): (&str, &str),
        score: &ArticleScore,
        set: &LexiconSet,
        passages: &mut Passages,
    ) {
        let value = |column: Option<usize>| {
            let value = read.values.get(column?)?.as_deref()?.trim();
            (!value.is_empty()).then(|| value.to_owned())
        };
        let date = value(self.date);
        let cited = Cited {
            id: read.article.id.to_owned(),
            title: title(&read.article),
            group: group.to_owned(),
            event: value(self.event),
            day: date.as_deref().and_then(|date| read_date(date, self.order).day()),
            date,
            genre: value(self.genre),
            words: 0,
        };
        passages.add(ReadStory { cited: &cited, article: &read.article, language, score }, set);
    }
}

/// The title, white space as one space.
fn title(article: &Article<'_>) -> Option<String> {
    let title = match article.title.as_ref()? {
        Title::Field(title) => title,
        Title::InText(range) => article.text.get(range.clone())?,
    };
    let title: Vec<&str> = title.split_whitespace().collect();
    (!title.is_empty()).then(|| title.join(" "))
}
