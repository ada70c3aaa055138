//! `describe`: the corpus before anything is scored, group by group.

mod facts;
mod proposal;
mod screen;
mod table;

use std::io::Write;
use std::time::Instant;

use framescope_core::score::ArticleScore;
use framescope_core::text::{TypeTable, analyse};
use serde_json::json;

use super::args::DescribeArgs;
use super::dates::{Dates, UnreadDate, keep_first, unread_in_words};
use super::failure::Failure;
use super::messages::{Messages, counted, grouped};
use super::reading::{ReadArticle, Reading};
use super::settings::{self, options};
use super::through::{self, Going, Gone, PerArticle, Rows};
use super::{DONE, SKIPPED};
use crate::compare::{
    ArticleDescription, CopyCounts, GroupFacts, GroupId, Grouping, Groups, Signature, Signer, find_copies,
};
use crate::corpus::{ReadSettings, detect};
use crate::pipeline::{Ending, Interrupt};

/// Runs `describe`. On a terminal and without a file the description is for reading.
pub(crate) fn run(
    args: &DescribeArgs,
    stdout: &mut (dyn Write + Send),
    is_terminal: bool,
    messages: &mut Messages<'_>,
) -> Result<u8, Failure> {
    if proposal::is_wanted(args) {
        return proposal::run(args, stdout, messages);
    }
    let begun = Instant::now();
    let interrupt = Interrupt::listen().map_err(|e| Failure::Failed(format!("cannot listen for Ctrl-C: {e}")))?;
    let target = settings::target(&args.writing)?;
    let mut read_settings = reading_settings(args, target.files())?;
    read_settings.hash &= target.path.is_some();
    let reading = Reading::open(read_settings, &interrupt, target.path.as_deref(), messages)?;
    messages.begin_progress(|| reading.total_bytes());
    let messages = &*messages;
    let describer = Describer {
        grouping: reading.grouping(args.grouping.by.as_deref(), messages)?,
        dates: Dates::of(&args.dates, &reading),
        genre: reading.column("genre"),
        copies: !args.no_copies,
    };
    if !describer.dates.has_column() {
        messages.note("there is no column `date`, so nothing is said of dates (--date COLUMN says where they stand)");
    }
    let files = super::files::Files::create(&target, &reading.named_files(), stdout)?;
    let mut collected = Collected::default();
    let going = going(args);
    let gone = through::go(reading, &describer, &mut collected, going, &interrupt, messages)?;
    messages.end_progress();
    if gone.ending == Ending::Interrupted {
        return Err(Failure::Interrupted { status: interrupt.exit_status(), target: target.path });
    }
    nothing_read(&gone, args)?;
    let by = describer.grouping.name();
    tell_left_out(collected.left_out, by, messages);
    let description = collected.finish(by, describer.copies);
    tell(&description, messages);
    let mut options = options::common(&args.reading, &args.run, &args.writing);
    options.extend(
        [
            ("by", json!(by)),
            ("date", json!(describer.dates.name())),
            ("date-order", args.dates.date_order.map_or(serde_json::Value::Null, options::name)),
            ("copies", json!(describer.copies)),
        ]
        .map(|(key, value)| (key.to_owned(), value)),
    );
    let names = if target.path.is_none() && is_terminal {
        let text = screen::draw(&description);
        let mut to = files.table;
        to.write_all(text.as_bytes()).and_then(|()| to.flush()).map_err(Failure::from_stdout)?;
        Vec::new()
    } else {
        table::write(&description, &target, files, options, &gone, messages)?
    };
    let wrote = if names.is_empty() { String::new() } else { format!("; wrote {}", names.join(", ")) };
    let all = &description.all;
    messages.summary(format_args!(
        "{} in {}, {} in {:.1} s{wrote}",
        counted(all.articles, "article"),
        counted(description.groups.len() as u64, "group"),
        counted(all.words, "word"),
        begun.elapsed().as_secs_f64()
    ));
    Ok(if gone.skipped.total > 0 { SKIPPED } else { DONE })
}

/// What is read. `outputs` are the files that will be written.
fn reading_settings(args: &DescribeArgs, outputs: Vec<std::path::PathBuf>) -> Result<ReadSettings, Failure> {
    let mut reading = args.reading.clone();
    // What is proposed is no file to read.
    reading.boilerplate = reading.boilerplate.filter(|_| !proposal::is_wanted(args));
    let mut settings = settings::reading(&reading, outputs)?;
    settings.needed.extend(args.grouping.needed().chain(args.dates.needed()));
    Ok(settings)
}

fn going(args: &DescribeArgs) -> Going {
    Going {
        threads: args.run.thread_count(),
        strict: args.run.strict,
        limit: args.reading.limit,
        id_check: !args.reading.no_id_check,
    }
}

/// Fails where there was no article at all.
fn nothing_read(gone: &Gone, args: &DescribeArgs) -> Result<(), Failure> {
    if gone.counts.articles > 0 {
        return Ok(());
    }
    Err(Failure::Failed(match (gone.skipped.total, args.reading.conditions.is_empty()) {
        (0, true) => "no articles: the inputs hold none".to_owned(),
        (0, false) => settings::nobody_fulfils(&args.reading.conditions),
        (skipped, _) => {
            format!("no article could be read: {} skipped", counted(skipped, "article was").replace("wass", "were"))
        }
    }))
}

/// Says which articles are in no group.
fn tell_left_out(left_out: u64, by: &str, messages: &Messages<'_>) {
    if left_out > 0 {
        messages.warning(format_args!(
            "{} no value in the column {by:?} and {} left out",
            if left_out == 1 { "1 article has".to_owned() } else { format!("{left_out} articles have") },
            if left_out == 1 { "is" } else { "are" }
        ));
    }
}

/// What must be said beside the table.
fn tell(description: &Description, messages: &Messages<'_>) {
    let all = &description.all;
    if all.date_forms.len() > 1 {
        let forms: Vec<String> = all.date_forms.iter().map(|(form, n)| format!("{} ({n})", form.example())).collect();
        messages.note(format_args!("dates are written in {} ways: {}", forms.len(), forms.join(", ")));
    }
    if all.dates_ambiguous > 0 {
        messages.warning(format_args!(
            "{} can be read in two ways, as 03/04/2025 can, and {} not used; --date-order day-first or month-first says \
             which is meant",
            counted(all.dates_ambiguous, "date"),
            if all.dates_ambiguous == 1 { "is" } else { "are" }
        ));
    }
    if all.dates_unreadable > 0 {
        messages.warning(format_args!(
            "{} cannot be read ({}); write dates as 2025-03-04",
            counted(all.dates_unreadable, "date"),
            unread_in_words(all.dates_unreadable, &description.unread)
        ));
    }
    if let [(only, _)] = description.groups.as_slice() {
        messages.note(format_args!("all articles are in one group, {only:?}: there is nothing to compare"));
    }
    match all.unclosed_quotes {
        0 => {}
        1 => messages.note("1 quotation mark is never closed: the words behind it count as outside quotations"),
        n => messages.note(format_args!(
            "{} quotation marks are never closed: the words behind them count as outside quotations",
            grouped(n)
        )),
    }
}

/// What is known of the corpus.
pub(super) struct Description {
    /// The column by which articles are grouped, or `folder` or `file`.
    pub(super) by: String,
    /// Sorted by name.
    pub(super) groups: Vec<(String, GroupFacts)>,
    /// All groups together. Copies are those in the whole corpus, from group to group too.
    pub(super) all: GroupFacts,
    /// The first dates that cannot be read.
    unread: Vec<UnreadDate>,
}

/// Describes articles.
struct Describer {
    grouping: Grouping,
    dates: Dates,
    genre: Option<usize>,
    copies: bool,
}

#[derive(Default)]
struct State {
    types: TypeTable,
    score: ArticleScore,
    signer: Signer,
}

/// Articles that were described.
#[derive(Default)]
struct Described {
    groups: Groups,
    articles: Vec<(GroupId, ArticleDescription, Option<Signature>)>,
    unread: Vec<UnreadDate>,
    left_out: u64,
}

impl PerArticle for Describer {
    type State = State;
    type Rows = Described;

    fn empty(&self) -> Described {
        Described::default()
    }

    fn article(&self, read: &ReadArticle<'_>, state: &mut State, rows: &mut Described) {
        let State { types, score, signer } = state;
        analyse(&read.article, types, &mut score.analysis);
        let Some(group) = self.grouping.group_of(read.values, read.path) else {
            rows.left_out += 1;
            return;
        };
        let language = read.language.unwrap_or_else(|| detect(read.article.text, &score.analysis));
        let genre = self.genre.and_then(|column| read.values.get(column)?.as_deref());
        let description = ArticleDescription::of(score, self.dates.of_article(read.values), genre, language);
        keep_first(&mut rows.unread, self.dates.unread(read.article.id, read.values));
        let signature = self.copies.then(|| signer.sign(&score.analysis, types));
        rows.articles.push((rows.groups.number(group), description, signature));
    }

    fn score(state: &State) -> &ArticleScore {
        &state.score
    }
}

/// What was collected, in the order of the articles.
#[derive(Default)]
struct Collected {
    groups: Groups,
    facts: Vec<GroupFacts>,
    all: GroupFacts,
    signatures: Vec<(GroupId, Signature)>,
    unread: Vec<UnreadDate>,
    left_out: u64,
}

impl Rows for Collected {
    type Rows = Described;

    fn write(&mut self, rows: Described) -> Result<(), Failure> {
        let numbers = self.groups.merge(&rows.groups);
        self.facts.resize(self.groups.len(), GroupFacts::default());
        for (group, article, signature) in rows.articles {
            let group = numbers[group.index()];
            self.facts[group.index()].add(&article);
            self.all.add(&article);
            self.signatures.extend(signature.map(|signature| (group, signature)));
        }
        keep_first(&mut self.unread, rows.unread);
        self.left_out += rows.left_out;
        Ok(())
    }
}

impl Collected {
    fn finish(mut self, by: &str, copies: bool) -> Description {
        if copies {
            let among = |wanted: Option<GroupId>| {
                let of_group = self.signatures.iter().filter(|(group, _)| wanted.is_none_or(|wanted| wanted == *group));
                let signatures: Vec<&Signature> = of_group.map(|(_, signature)| signature).collect();
                CopyCounts::of(&find_copies(&signatures))
            };
            for (number, facts) in self.facts.iter_mut().enumerate() {
                facts.copies = Some(among(Some(GroupId(number as u32))));
            }
            self.all.copies = Some(among(None));
        }
        let names = self.groups.names().iter().cloned();
        let mut groups: Vec<(String, GroupFacts)> = names.zip(self.facts).collect();
        groups.sort_by(|(a, _), (b, _)| a.cmp(b));
        Description { by: by.to_owned(), groups, all: self.all, unread: self.unread }
    }
}
