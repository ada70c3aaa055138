//! `trend`: rates over time.
//!
//! A command of its own rather than a part of `compare`: its rows are periods, and it asks for dates,
//! which many corpora do not have.

mod screen;
mod table;

use std::io::Write;
use std::time::Instant;

use framescope_core::lexicon::LexiconSet;
use framescope_core::matching::{Compiled, FastScratch, Want};
use framescope_core::score::{ArticleScore, Engine as _, MatcherEngine, MatcherScratch};
use serde_json::json;

use super::args::{TrendArgs, TypedErrors, TypedPer};
use super::dates::{Dates, UnreadDate, keep_first, unread_in_words};
use super::failure::Failure;
use super::lexicons::{self, Loaded};
use super::messages::{Messages, compared_articles, counted};
use super::reading::{ReadArticle, Reading};
use super::settings::{self, options};
use super::through::{self, Going, PerArticle, Rows};
use super::{DONE, SKIPPED};
use crate::compare::{ArticleFacts, ErrorSource, Grouping, Per, TrendPlan, Units, UnitsPart, Vocabulary, trends};
use crate::corpus::{DateReading, Day, detect};
use crate::output::RunManifest;
use crate::pipeline::{Ending, Interrupt};

/// What must stand beside an interval of Newey and West's: coverage of docs/calibration.md, of flat trends and of
/// differences.
const NEWEY_WEST_LIMIT: &str = "intervals by Newey and West's errors are too narrow: 95 % intervals hold 78 to 90 %";

/// Runs `trend`. On a terminal and without a file a summary is for reading.
pub(crate) fn run(
    args: &TrendArgs,
    stdout: &mut (dyn Write + Send),
    is_terminal: bool,
    messages: &mut Messages<'_>,
) -> Result<u8, Failure> {
    let begun = Instant::now();
    let interrupt = Interrupt::listen().map_err(|e| Failure::Failed(format!("cannot listen for Ctrl-C: {e}")))?;
    let target = settings::target(&args.writing)?;
    let plan = plan(args)?;
    let threads = args.run.thread_count();
    let Loaded { set, records, .. } = lexicons::load(&args.lexicons.lexicons, threads)?;
    let mut read_settings = settings::reading(&args.reading, target.files())?;
    read_settings.needed.extend(args.grouping.needed().chain(args.dates.needed()));
    read_settings.hash &= target.path.is_some();
    let reading = Reading::open(read_settings, &interrupt, target.path.as_deref(), messages)?;
    let grouping = reading.grouping(args.grouping.by.as_deref(), messages)?;
    let by = grouping.name().to_owned();
    let dates = Dates::of(&args.dates, &reading);
    let Some(date_column) = dates.name().map(str::to_owned) else {
        return Err(Failure::Usage(format!(
            "there is no column `date`, and a trend needs dates; say --date COLUMN. The columns are: {}",
            reading.columns().join(", ")
        )));
    };
    messages.begin_progress(|| reading.total_bytes());
    let messages = &*messages;
    let mut files = super::files::Files::create(&target, &reading.named_files(), stdout)?;
    let mut gathered = Gathered { units: Units::new(Vocabulary::of(&set), &[]), dates: Vec::new(), unread: Vec::new() };
    let engine = MatcherEngine::new(&set, Compiled::new(&set));
    let gatherer = Gatherer { set: &set, engine, grouping, dates };
    let going =
        Going { threads, strict: args.run.strict, limit: args.reading.limit, id_check: !args.reading.no_id_check };
    let gone = through::go(reading, &gatherer, &mut gathered, going, &interrupt, messages)?;
    messages.end_progress();
    if gone.ending == Ending::Interrupted {
        return Err(Failure::Interrupted { status: interrupt.exit_status(), target: target.path });
    }
    if gone.counts.articles == 0 {
        return Err(Failure::Failed(match args.reading.conditions.is_empty() {
            true => "no articles: the inputs hold none that can be read".to_owned(),
            false => settings::nobody_fulfils(&args.reading.conditions),
        }));
    }
    let Gathered { mut units, dates, unread } = gathered;
    if units.left_out() > 0 {
        messages.warning(format_args!("left out, because {by:?} is empty: {}", counted(units.left_out(), "article")));
    }
    units.leave_out_other_languages();
    for (number, lexicon) in (0..).zip(&units.vocabulary.lexicons) {
        let out = units.left_out_of(number);
        if out > 0 {
            messages.warning(format_args!(
                "W14: {out} of {} {} in another language than {} ({}) and left out of all that it counts",
                counted(units.len() as u64, "article"),
                if out == 1 { "is" } else { "are" },
                lexicon.id,
                lexicon.language
            ));
        }
    }
    let days = days(&dates, &unread, &date_column, messages)?;
    let found = trends(&units, &days, plan);
    if found.errors == ErrorSource::NeweyWest {
        messages.warning(format_args!(
            "{NEWEY_WEST_LIMIT}: a flat trend is found to change in 10 to 22 of 100 corpora, not in 5 (docs/calibration.md); \
             --errors blocks keeps what it promises"
        ));
    }
    let names = if target.path.is_none() && is_terminal {
        let text = screen::draw(&found, &units);
        files.table.write_all(text.as_bytes()).and_then(|()| files.table.flush()).map_err(Failure::from_stdout)?;
        Vec::new()
    } else {
        let mut options = options::common(&args.reading, &args.run, &args.writing);
        let own = [
            ("lexicon", json!(args.lexicons.lexicons)),
            ("by", json!(by)),
            ("date", json!(date_column)),
            ("date-order", args.dates.date_order.map_or(serde_json::Value::Null, options::name)),
            ("per", options::name(args.per)),
            ("voice", options::name(args.voice)),
            ("errors", options::name(args.errors)),
            ("block", json!((found.errors == ErrorSource::Blocks).then_some(found.reach))),
            ("lags", json!((found.errors == ErrorSource::NeweyWest).then_some(found.reach))),
            ("month-factor", json!(args.month_factor)),
        ];
        options.extend(own.map(|(key, value)| (key.to_owned(), value)));
        let (table, cells) = table::write(&found, &units, &target, &mut files, messages)?;
        let mut counts = gone.counts;
        counts.add_cells(cells);
        let manifest = || RunManifest {
            framescope: env!("CARGO_PKG_VERSION").to_owned(),
            command: "trend".to_owned(),
            options,
            lexicons: records,
            inputs: gone.inputs.files(),
            counts,
            skipped: gone.skipped.clone(),
            late_keys: gone.late_keys.named().map(|(key, articles)| (key.to_owned(), articles)).collect(),
            warnings: messages.said(),
        };
        files.commit(|| table.codebook_csv(), manifest)?
    };
    let wrote = if names.is_empty() { String::new() } else { format!("; wrote {}", names.join(", ")) };
    messages.summary(format_args!(
        "{}, {}, {} in {:.1} s{wrote}",
        compared_articles(
            units.len() as u64 - found.undated,
            Some(found.groups.len() as u64),
            &[(units.left_out(), "without a group"), (found.undated, "without a date")]
        ),
        counted(found.periods.len() as u64, found.per.name()),
        counted(gone.counts.hits, "hit"),
        begun.elapsed().as_secs_f64()
    ));
    Ok(if gone.skipped.total > 0 { SKIPPED } else { DONE })
}

/// What is asked, as meant.
fn plan(args: &TrendArgs) -> Result<TrendPlan, Failure> {
    let per = match args.per {
        TypedPer::Week => Per::Week,
        TypedPer::Month => Per::Month,
    };
    let mut plan = TrendPlan::new(per, settings::headline(args.voice));
    let other = |option: &str, errors: &str| Failure::Usage(format!("{option} goes with --errors {errors} only"));
    (plan.errors, plan.reach) = match args.errors {
        TypedErrors::Blocks if args.lags.is_some() => return Err(other("--lags", "newey-west")),
        TypedErrors::NeweyWest if args.block.is_some() => return Err(other("--block", "blocks")),
        TypedErrors::Blocks => (ErrorSource::Blocks, args.block),
        TypedErrors::NeweyWest => (ErrorSource::NeweyWest, args.lags),
    };
    plan.by_month = args.month_factor;
    Ok(plan)
}

/// The days of the articles. What is no day is counted and said; where there is none at all, nothing
/// can be done.
fn days(
    dates: &[Option<DateReading>],
    unread: &[UnreadDate],
    column: &str,
    messages: &Messages<'_>,
) -> Result<Vec<Option<Day>>, Failure> {
    let count = |which: fn(&Option<DateReading>) -> bool| dates.iter().filter(|date| which(date)).count() as u64;
    let missing = count(|date| date.is_none());
    let unreadable = count(|date| *date == Some(DateReading::Unreadable));
    let ambiguous = count(|date| *date == Some(DateReading::Ambiguous));
    let mut parts = Vec::new();
    if missing > 0 {
        parts.push(format!("{} without one", counted(missing, "article")));
    }
    if unreadable > 0 {
        parts.push(format!(
            "{} that cannot be read ({}; write 2025-03-04)",
            counted(unreadable, "date"),
            unread_in_words(unreadable, unread)
        ));
    }
    if ambiguous > 0 {
        parts.push(format!(
            "{} that can be read in two ways, as 03/04/2025 can (--date-order day-first or month-first says which is \
             meant)",
            counted(ambiguous, "date")
        ));
    }
    let days: Vec<Option<Day>> = dates.iter().map(|date| date.and_then(DateReading::day)).collect();
    if days.iter().all(Option::is_none) {
        return Err(Failure::Failed(format!(
            "no article has a date to go by in the column {column:?}: {}",
            parts.join(", ")
        )));
    }
    if !parts.is_empty() {
        messages.warning(format_args!("articles left out for their date: {}", parts.join(", ")));
    }
    Ok(days)
}

/// Scores articles and keeps what a trend needs of each.
struct Gatherer<'a> {
    set: &'a LexiconSet,
    engine: MatcherEngine<'a, Compiled>,
    grouping: Grouping,
    dates: Dates,
}

#[derive(Default)]
struct State {
    engine: MatcherScratch<FastScratch>,
    score: ArticleScore,
}

#[derive(Default)]
struct GatheredPart {
    units: UnitsPart,
    dates: Vec<Option<DateReading>>,
    unread: Vec<UnreadDate>,
}

impl PerArticle for Gatherer<'_> {
    type State = State;
    type Rows = GatheredPart;

    fn empty(&self) -> GatheredPart {
        GatheredPart::default()
    }

    fn article(&self, read: &ReadArticle<'_>, state: &mut State, rows: &mut GatheredPart) {
        let State { engine, score } = state;
        self.engine.score(&read.article, engine, Want::default(), score);
        let facts = ArticleFacts {
            id: read.article.id,
            group: self.grouping.group_of(read.values, read.path),
            language: read.language.unwrap_or_else(|| detect(read.article.text, &score.analysis)),
            columns: &[],
            content: 0,
        };
        let before = rows.units.articles();
        rows.units.add(&facts, self.set, score);
        if rows.units.articles() > before {
            rows.dates.push(self.dates.of_article(read.values));
            keep_first(&mut rows.unread, self.dates.unread(read.article.id, read.values));
        }
    }

    fn score(state: &State) -> &ArticleScore {
        &state.score
    }
}

struct Gathered {
    units: Units,
    dates: Vec<Option<DateReading>>,
    /// The first of those that cannot be read.
    unread: Vec<UnreadDate>,
}

impl Rows for Gathered {
    type Rows = GatheredPart;

    fn write(&mut self, rows: GatheredPart) -> Result<(), Failure> {
        self.units.append(rows.units);
        self.dates.extend(rows.dates);
        keep_first(&mut self.unread, rows.unread);
        Ok(())
    }
}
