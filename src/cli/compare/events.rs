//! `--events`: which articles tell of one thing, and what follows from it.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use crate::cli::failure::Failure;
use crate::cli::messages::{Messages, counted};
use crate::compare::events::{
    Articles, Events, Origin, Status, ThresholdFrom, USUAL, Wording, match_events, read_pairs,
};
use crate::compare::{CompareError, EventUnits, Units};
use crate::corpus::{DateOrder, read_date};
use crate::pipeline::Interrupt;

/// The name under which dates are kept.
const DATE: &str = "date";
/// Endings of tables of pairs; a table that cannot be read back is told so by its name.
const TABLES: [&str; 5] = ["csv", "tsv", "txt", "jsonl", "xlsx"];

/// What says which articles tell of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// They are matched.
    Matched,
    /// A column of the corpus.
    Column(String),
    /// A table of pairs.
    Pairs(PathBuf),
}

impl Wanted {
    /// As typed: `auto`, a path (it holds a `/` or an ending of a table), or a column.
    pub(super) fn meant(typed: &str) -> Wanted {
        let typed = typed.trim();
        let is_table = |ending: &str| TABLES.iter().any(|table| ending.eq_ignore_ascii_case(table));
        match typed {
            "auto" => Wanted::Matched,
            path if path.contains('/') || path.rsplit_once('.').is_some_and(|(_, ending)| is_table(ending)) => {
                Wanted::Pairs(PathBuf::from(path))
            }
            column => Wanted::Column(column.to_owned()),
        }
    }

    /// The column that is needed.
    pub(super) fn column(&self) -> Option<&str> {
        match self {
            Wanted::Column(column) => Some(column),
            Wanted::Matched | Wanted::Pairs(_) => None,
        }
    }
}

/// How events are asked for.
pub(super) struct Asked<'a> {
    /// What says which article is of which.
    pub(super) wanted: &'a Wanted,
    /// From which cosine they are matched.
    pub(super) cosine: Option<f64>,
    /// The order of day and month in dates of numbers.
    pub(super) order: Option<DateOrder>,
    /// The file that the table of pairs is in, if one is written.
    pub(super) pairs_file: Option<&'a Path>,
    /// The file of results, to be named where somebody stops it.
    pub(super) output: Option<&'a Path>,
    /// How many threads match.
    pub(super) threads: NonZeroUsize,
    /// Who may stop it.
    pub(super) interrupt: &'a Interrupt,
}

/// Finds the events, takes copies inside a group out of the comparison, and says what was done.
pub(super) fn find(
    asked: &Asked<'_>,
    units: &mut Units,
    wording: &Wording,
    messages: &Messages<'_>,
) -> Result<Events, Failure> {
    let groups: Vec<u32> = units.articles().map(|article| units.group(article)).collect();
    let dates: Vec<Option<i32>> = units.articles().map(|article| day_of(units, asked.order, article)).collect();
    let articles = Articles { wording, groups: &groups, days: &dates };
    let events = match asked.wanted {
        Wanted::Matched => {
            let has_lexicon = !units.vocabulary.entries.is_empty();
            let found = match_events(&articles, asked.cosine, has_lexicon, asked.threads, asked.interrupt);
            found.map_err(|error| match error {
                CompareError::Interrupted => Failure::Interrupted {
                    status: asked.interrupt.exit_status(),
                    target: asked.output.map(Path::to_path_buf),
                },
                error => Failure::Failed(error.to_string()),
            })?
        }
        Wanted::Column(name) => {
            let column = units.column(name);
            Events::of_column(units.articles().map(|article| column.and_then(|column| column.of(article))), &dates)
        }
        Wanted::Pairs(path) if !is_delimited(path) => {
            return Err(Failure::Usage(format!(
                "--events {}: a table of pairs is read as CSV or TSV; save it as one of them",
                path.display()
            )));
        }
        Wanted::Pairs(path) => {
            let bytes = std::fs::read(path)
                .map_err(|e| Failure::Failed(format!("--events: cannot read {}: {e}", path.display())))?;
            let numbers: std::collections::HashMap<&str, u32> =
                units.articles().map(|article| (units.id(article), article)).collect();
            let listed = read_pairs(&bytes, &path.display().to_string(), |id| numbers.get(id).copied())
                .map_err(|e| Failure::Failed(e.to_string()))?;
            Events::of_pairs(&articles, &listed)
        }
    };
    tell(&events, &groups, asked.pairs_file, messages);
    units.leave_out(events.collapsed.iter().map(|collapsed| collapsed.article));
    Ok(events)
}

/// Events as the units of a comparison. An article of no event stands alone.
pub(super) fn units_of(wanted: &Wanted, events: &Events) -> EventUnits {
    let known = events.events.len() as u32;
    let of_article = (0..).zip(&events.event_of).map(|(article, event)| event.unwrap_or(known + article)).collect();
    let source = match (wanted, &events.origin) {
        (_, Origin::Matched { threshold, .. }) => format!("matched, from a cosine of {:.3}", threshold.cosine),
        (Wanted::Pairs(path), _) => format!("the table {}", path.display()),
        (Wanted::Column(name), _) => format!("the column {name}"),
        (Wanted::Matched, _) => "matched".to_owned(),
    };
    EventUnits { source, of_article }
}

/// Whether a table may be one of cells with something between them.
fn is_delimited(path: &Path) -> bool {
    let is = |ending: &str| path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending));
    !is("jsonl") && !is("xlsx")
}

/// The day of an article, where its date can be read.
pub(super) fn day_of(units: &Units, order: Option<DateOrder>, article: u32) -> Option<i32> {
    let day = read_date(units.column(DATE)?.of(article)?, order).day()?;
    i32::try_from(day.number()).ok()
}

/// Says what came of it, and what limits it.
fn tell(events: &Events, groups: &[u32], pairs_file: Option<&Path>, messages: &Messages<'_>) {
    let shared = events.events.iter().filter(|event| {
        let first = event.articles.first().map(|&article| groups[article as usize]);
        event.articles.iter().any(|&article| Some(groups[article as usize]) != first)
    });
    messages.note(format_args!(
        "{}, {} covered by two groups or more",
        counted(events.events.len() as u64, "event"),
        shared.count()
    ));
    if !events.collapsed.is_empty() {
        messages.warning(format_args!(
            "{} of an earlier article of the same group {} left out; the table of pairs lists {}",
            if events.collapsed.len() == 1 {
                "1 copy".to_owned()
            } else {
                format!("{} copies", events.collapsed.len())
            },
            if events.collapsed.len() == 1 { "is" } else { "are" },
            if events.collapsed.len() == 1 { "it" } else { "them" },
        ));
    }
    let without = events.event_of.iter().filter(|event| event.is_none()).count() - events.collapsed.len();
    if without > 0 {
        messages.warning(format_args!(
            "{} of no event: each counts as an event of its own",
            counted(without as u64, "article")
        ));
    }
    if events.crowded > 0 {
        messages.warning(format_args!(
            "{} so many others that only the likeliest were looked at for copies",
            if events.crowded == 1 {
                "1 article is like".to_owned()
            } else {
                format!("{} articles are like", events.crowded)
            },
        ));
    }
    let Origin::Matched { threshold, undated, lexicon_words } = &events.origin else { return };
    let count = |status: Status| events.pairs.iter().filter(|pair| pair.status == status).count() as u64;
    let by_chance = match threshold.by_chance {
        Some(expected) => format!("about {expected:.1} of them expected by chance"),
        None => "how many of them are there by chance cannot be said: too few articles are days apart".to_owned(),
    };
    let why = match threshold.from {
        ThresholdFrom::Corpus => "chosen so that few are there by chance",
        ThresholdFrom::Usual => "the usual one, as this corpus cannot say",
        ThresholdFrom::Given => "as asked for",
    };
    messages.note(format_args!(
        "{} matched from a cosine of {:.3} ({why}; {by_chance}), {} of one text, {} only proposed",
        counted(count(Status::Matched), "pair"),
        threshold.cosine,
        counted(count(Status::Copy), "pair"),
        counted(count(Status::Proposed), "pair"),
    ));
    match pairs_file {
        Some(file) => {
            let way = if is_delimited(file) { "" } else { " as CSV" };
            let table = match file.extension() {
                Some(ending) if ending.eq_ignore_ascii_case("xlsx") => format!("the sheet pairs of {}", file.display()),
                _ => file.display().to_string(),
            };
            messages.note(format_args!(
                "a match is a guess: read {table}, correct its column `status`, and give it back{way} with --events"
            ));
        }
        None => messages.note("a match is a guess: with -o FILE the table of pairs says why each was matched"),
    }
    if let Some([more, fewer]) = lexicon_words
        && (*more, *fewer) != (0, 0)
    {
        messages.note(format_args!(
            "the words of the lexicons are no evidence; with them {} more would be alike enough, and {} fewer",
            counted(*more, "pair"),
            counted(*fewer, "pair")
        ));
    }
    if *undated > 0 {
        messages.warning(format_args!(
            "{} without a date that can be read (--date COLUMN, --date-order): copies apart, matched with nothing and only \
             proposed",
            counted(*undated, "article")
        ));
    }
    if threshold.from == ThresholdFrom::Usual {
        messages.note(format_args!(
            "a cosine of {USUAL} suits long articles; --event-cosine takes another, if the pairs that are proposed are right"
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_auto_a_table_or_a_column() {
        for (typed, meant) in [
            ("auto", Wanted::Matched),
            ("event", Wanted::Column("event".into())),
            ("event.id", Wanted::Column("event.id".into())),
            ("out.pairs.csv", Wanted::Pairs("out.pairs.csv".into())),
            ("edited.TSV", Wanted::Pairs("edited.TSV".into())),
            ("./pairs", Wanted::Pairs("./pairs".into())),
            ("out.xlsx", Wanted::Pairs("out.xlsx".into())),
        ] {
            assert_eq!(Wanted::meant(typed), meant, "{typed}");
        }
    }
}
