//! `compare`: groups of articles against each other.

mod events;
mod gather;
mod keeping;
mod page;
mod phases;
mod query;
mod stored;
mod summary;
mod writing;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use framescope_core::lexicon::LexiconSet;
use framescope_core::matching::{Compiled, EntryWords};
use framescope_core::score::MatcherEngine;
use framescope_core::text::fold;

use self::events::Wanted;
use self::gather::{Gathered, Gatherer, kept_columns};
pub(crate) use self::keeping::Keeping;
pub(crate) use self::page::{ForPage, Page, for_page};
use self::phases::Phases;
use self::query::entries_in;
use self::stored::from_stored;
use super::args::{CompareArgs, TypedModel};
use super::failure::Failure;
use super::lexicons::{self, Loaded};
use super::messages::{Messages, compared_articles, counted};
use super::reading::Reading;
use super::settings::{self, options};
use super::through::{self, Going};
use super::{DONE, SKIPPED};
use crate::compare::events::{Events, Wording, event_tables};
use crate::compare::result::{Comparison, LeftOut, Warning};
use crate::compare::{
    CompareError, EventUnits, Evidence, LEFT_OUT, Lines, Model, NOT_COMPARED, Pairing, Plan, Roles, Study, Units,
    Vocabulary, WordSources, add_word_level, compare, form_groups,
};
use crate::output::{InputFiles, LexiconRecord, RunCounts, RunManifest, SkippedRecords};
use crate::pipeline::{Ending, Interrupt};
use crate::report::passages::Passages;

/// The column whose values are events.
const EVENT: &str = "event";
/// Lines about warnings on standard error; the table has all of them.
const WARNING_LINES: usize = 6;

/// Lines about what was left out on standard error.
const LEFT_OUT_LINES: usize = 20;

/// What is compared, wherever it came from.
struct Taken {
    units: Units,
    evidence: Evidence,
    /// What decides the group.
    by: String,
    left_out: Vec<LeftOut>,
    lexicons: Vec<LexiconRecord>,
    inputs: InputFiles,
    counts: RunCounts,
    skipped: SkippedRecords,
    late_keys: BTreeMap<String, u64>,
    /// Where events are the units: which they are, and what their tables are made from.
    events: Option<FoundEvents>,
    /// The lexicons and what they found, word by word; none where a stored table came without them.
    words: Option<FoundWords>,
    /// The lines behind the numbers, where they were wanted.
    passages: Option<Passages>,
    /// How long what was done so far took.
    phases: Phases,
}

/// What lexicons found, word by word.
struct FoundWords {
    set: LexiconSet,
    lines: Lines,
    roles: Roles,
}

/// Events, and what their tables are made from.
struct FoundEvents {
    units: EventUnits,
    events: Events,
    wording: Wording,
    /// The group of each article before copies inside a group were left out.
    groups: Vec<u32>,
}

/// Runs `compare`.
pub(crate) fn run(
    args: &CompareArgs,
    stdout: &mut (dyn Write + Send),
    stdout_is_terminal: bool,
    messages: &mut Messages<'_>,
) -> Result<u8, Failure> {
    let begun = Instant::now();
    // Clap forgets that --hits requires --from where inputs are given, which --from excludes.
    if args.from.is_none() && !args.hits.is_empty() {
        return Err(Failure::Usage(
            "--hits goes with --from long.csv only: where articles are read, their hits are found there".to_owned(),
        ));
    }
    let interrupt = Interrupt::listen().map_err(|e| Failure::Failed(format!("cannot listen for Ctrl-C: {e}")))?;
    let target = settings::target(&args.writing)?;
    let study = args.study.study().map_err(|e| Failure::Usage(e.to_string()))?;
    let within: Vec<String> = args.within.iter().map(|name| name.trim().to_owned()).collect();
    let wanted = args.events.as_deref().map(Wanted::meant);
    let mut names = writing::Names::of(&target);
    if matches!(wanted, Some(Wanted::Pairs(_))) {
        names = names.without("pairs");
    }
    let (taken, mut files) = match &args.from {
        Some(table) => {
            let files = names.open(&std::iter::once(table).chain(&args.hits).cloned().collect::<Vec<_>>())?;
            (from_stored(args, table, &study, &within, messages)?, files)
        }
        None => from_corpus(args, (&study, &within, wanted.as_ref()), names, None, &interrupt, messages)?,
    };
    let messages = &*messages;
    let (comparison, taken) = compared(args, study, within, taken, &interrupt, messages)?;
    let mut phases = taken.phases;
    let hits = taken.counts.hits;
    let skipped = taken.skipped.total;
    let manifest = |cells| {
        let mut counts = taken.counts;
        counts.add_cells(cells);
        RunManifest {
            framescope: env!("CARGO_PKG_VERSION").to_owned(),
            command: "compare".to_owned(),
            options: options::of_compare(args),
            lexicons: taken.lexicons,
            inputs: taken.inputs,
            counts,
            skipped: taken.skipped,
            late_keys: taken.late_keys,
            warnings: messages.said(),
        }
    };
    let written = match (&target.path, stdout_is_terminal) {
        (None, true) => {
            summary::write(&comparison, stdout)?;
            Vec::new()
        }
        (None, false) => {
            writing::to_stdout(&comparison, target.style, stdout)?;
            Vec::new()
        }
        (Some(_), _) => {
            let more = taken
                .events
                .as_ref()
                .map(|found| event_tables(&taken.units, &found.groups, &found.wording, &found.events, &comparison));
            files.write(&comparison, more.unwrap_or_default(), target.style, manifest, messages)?
        }
    };
    phases.end("tables");
    let mut text = format!(
        "{}, {}, {} in {:.1} s{}",
        articles_in_groups(&comparison),
        counted(hits, "hit"),
        counted(comparison.warnings.len() as u64, "warning"),
        begun.elapsed().as_secs_f64(),
        phases.told()
    );
    if !written.is_empty() {
        text.push_str(&format!("; wrote {}", written.join(", ")));
    }
    messages.summary(text);
    Ok(if skipped > 0 { SKIPPED } else { DONE })
}

/// The articles that all tables are of, for the closing line.
pub(crate) fn articles_in_groups(comparison: &Comparison) -> String {
    let corpus = &comparison.corpus;
    let groups = comparison.sides.iter().filter(|side| !side.is_rest).count() as u64;
    let left_out = [(corpus.without_group, "without a group"), (corpus.copies, "copied from an earlier one")];
    compared_articles(corpus.articles, Some(groups), &left_out)
}

/// Compares what was taken, and says what limits it.
fn compared(
    args: &CompareArgs,
    study: Study,
    within: Vec<String>,
    mut taken: Taken,
    interrupt: &Interrupt,
    messages: &Messages<'_>,
) -> Result<(Comparison, Taken), Failure> {
    let threads = args.run.thread_count();
    if taken.units.left_out() > 0 {
        messages.warning(format_args!(
            "left out, because {:?} is empty: {}",
            taken.by,
            counted(taken.units.left_out(), "article")
        ));
    }
    let alike = alike_names(taken.units.groups().values());
    if !alike.is_empty() {
        messages.warning(format_args!(
            "groups whose names differ only in case, spaces or how accents are written: {} (they are compared as different \
             groups; write them alike if they are one)",
            alike.join("; ")
        ));
    }
    taken.units.leave_out_other_languages();
    let mut plan = plan(args, study, taken.by.clone(), within, &taken.units, threads)?;
    if let Some(found) = &taken.events {
        plan.events = Some(found.units.clone());
    }
    let found = compare(&taken.units, &plan, &taken.evidence, interrupt);
    let mut comparison = found.map_err(|error| match error {
        CompareError::Interrupted => {
            Failure::Interrupted { status: interrupt.exit_status(), target: args.writing.output.clone() }
        }
        CompareError::Nested { .. } | CompareError::NoStrata { .. } => Failure::Usage(error.to_string()),
        _ => Failure::Failed(error.to_string()),
    })?;
    taken.phases.end("comparing");
    let compiled = taken.words.as_ref().map(|words| Compiled::new(&words.set));
    let sources = WordSources {
        lexicons: taken.words.as_ref().map(|words| &words.set).zip(compiled.as_ref()),
        units: &taken.units,
        lines: taken.words.as_ref().map(|words| &words.lines),
        roles: &taken.words.as_ref().map_or_else(Roles::default, |words| words.roles.clone()),
    };
    add_word_level(&mut comparison, sources, &plan, interrupt).map_err(|error| match error {
        CompareError::Interrupted => {
            Failure::Interrupted { status: interrupt.exit_status(), target: args.writing.output.clone() }
        }
        _ => Failure::Failed(error.to_string()),
    })?;
    taken.phases.end("comparing words");
    comparison.corpus.skipped = taken.skipped.total;
    comparison.left_out.append(&mut taken.left_out);
    // With many groups there are many pairs, and a line for each would hide the rest.
    for left in comparison.left_out.iter().take(LEFT_OUT_LINES) {
        messages.note(format_args!("left out: {}: {}", left.what, left.why));
    }
    if let Some(more @ 1..) = comparison.left_out.len().checked_sub(LEFT_OUT_LINES) {
        messages.note(format_args!("left out: {more} more of the kind; an .xlsx file lists all on its sheet run"));
    }
    tell_warnings(&comparison, messages);
    Ok((comparison, taken))
}

/// Units from the articles.
fn from_corpus(
    args: &CompareArgs,
    (study, within, wanted): (&Study, &[String], Option<&Wanted>),
    names: writing::Names,
    keeping: Option<Keeping>,
    interrupt: &Interrupt,
    messages: &mut Messages<'_>,
) -> Result<(Taken, writing::Files), Failure> {
    let mut phases = Phases::begin();
    let threads = args.run.thread_count();
    let Loaded { set, records, .. } = lexicons::load(&args.lexicons.lexicons, threads)?;
    study.check(&set).map_err(|e| Failure::Usage(e.to_string()))?;
    let given_pairs: Vec<PathBuf> = match wanted {
        Some(Wanted::Pairs(path)) => vec![path.clone()],
        _ => Vec::new(),
    };
    let pairs_file = names.of_table("pairs").map(Path::to_path_buf);
    let mut reading_settings = settings::reading(&args.reading, [names.all(), given_pairs.clone()].concat())?;
    reading_settings.needed.extend(args.grouping.needed());
    reading_settings.needed.extend(within.iter().map(|name| ("--within", name.clone())));
    let cluster_column = args.cluster_column();
    reading_settings.needed.extend(cluster_column.iter().map(|name| ("--cluster", name.clone())));
    reading_settings.needed.extend(args.dates.needed());
    let event_column = wanted.and_then(Wanted::column).map(str::to_owned);
    reading_settings.needed.extend(event_column.iter().map(|name| ("--events", name.clone())));
    // Whether a lexicon was written from these texts is told by their hashes.
    let wants_hashes = set.lexicons().iter().any(|lexicon| !lexicon.about.developed_on.is_empty());
    reading_settings.hash &= args.writing.output.is_some() || wants_hashes;
    let reading = Reading::open(reading_settings, interrupt, args.writing.output.as_deref(), messages)?;
    let grouping = reading.grouping(args.grouping.by.as_deref(), messages)?;
    let by = grouping.name().to_owned();
    messages.begin_progress(|| reading.total_bytes());
    let messages = &*messages;
    let files = names.open(&[reading.named_files(), given_pairs].concat())?;
    let asked: Vec<String> = within.iter().cloned().chain(event_column).chain(cluster_column).collect();
    let columns = kept_columns(reading.columns(), &asked, args.dates.date.as_deref());
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let vocabulary = Vocabulary::of(&set);
    let roles = Roles::named(&vocabulary, &args.actors, &args.frames).map_err(|e| Failure::Usage(e.to_string()))?;
    let keeping = keeping.map(|keeping| keeping.with_columns(reading.columns()));
    let passages = keeping.as_ref().map(Keeping::nothing);
    let mut gathered = Gathered::new(Units::new(vocabulary, &names), passages);
    let engine = MatcherEngine::new(&set, Compiled::new(&set));
    let query_entries = study.query.as_deref().map(|query| entries_in(query, &set, &engine)).unwrap_or_default();
    let entry_words = wanted.map(|_| EntryWords::new(&set));
    let gatherer = Gatherer { set: &set, engine, grouping, columns, entry_words, keeping };
    let going =
        Going { threads, strict: args.run.strict, limit: args.reading.limit, id_check: !args.reading.no_id_check };
    let gone = through::go(reading, &gatherer, &mut gathered, going, interrupt, messages)?;
    messages.end_progress();
    if gone.ending == Ending::Interrupted {
        return Err(Failure::Interrupted { status: interrupt.exit_status(), target: args.writing.output.clone() });
    }
    if gone.counts.articles == 0 {
        return Err(Failure::Failed(match args.reading.conditions.is_empty() {
            true => "no articles: the inputs hold none that can be read".to_owned(),
            false => settings::nobody_fulfils(&args.reading.conditions),
        }));
    }
    if gathered.too_many_for_copies {
        messages.note("so many articles: only copies with exactly the same words were looked for");
    }
    phases.end("reading and scoring");
    let mut copies = gathered.copies();
    phases.end("finding copies");
    let Gathered { mut units, lines, wording, passages, .. } = gathered;
    let groups: Vec<u32> = units.articles().map(|article| units.group(article)).collect();
    let events = match wanted {
        Some(wanted) => {
            let asked = events::Asked {
                wanted,
                cosine: args.event_cosine,
                order: args.dates.order(),
                pairs_file: pairs_file.as_deref(),
                output: args.writing.output.as_deref(),
                threads: going.threads,
                interrupt,
            };
            let found = events::find(&asked, &mut units, &wording, messages)?;
            phases.end("matching events");
            // What was left out is pooled with nothing, and one text in two groups is one event.
            copies.iter_mut().for_each(|cluster| cluster.retain(|&article| !found.is_collapsed(article)));
            copies.retain(|cluster| {
                let mut of_cluster: Vec<u32> = cluster.iter().map(|&article| groups[article as usize]).collect();
                of_cluster.sort_unstable();
                of_cluster.windows(2).any(|two| two[0] == two[1])
            });
            Some(FoundEvents { units: events::units_of(wanted, &found), events: found, wording, groups })
        }
        None => None,
    };
    let inputs = gone.inputs.files();
    let evidence = Evidence {
        inputs: inputs.first.iter().filter_map(|file| file.sha256.clone()).collect(),
        lexicons: records.iter().map(|r| r.files.iter().filter_map(|file| file.sha256.clone()).collect()).collect(),
        query_entries,
        forms: (0..set.path_count() as u32)
            .map(|path| form_groups(&set, path).into_iter().map(|form| (form.name, form.entries)).collect())
            .collect(),
        copies,
    };
    let taken = Taken {
        units,
        evidence,
        by,
        left_out: Vec::new(),
        lexicons: records,
        inputs,
        counts: gone.counts,
        late_keys: gone.late_keys.named().map(|(key, articles)| (key.to_owned(), articles)).collect(),
        skipped: gone.skipped,
        events,
        words: None,
        passages,
        phases,
    };
    drop(gatherer);
    let taken = Taken { words: Some(FoundWords { set, lines, roles }), ..taken };
    Ok((taken, files))
}

/// The plan as meant.
fn plan(
    args: &CompareArgs,
    study: Study,
    by: String,
    within: Vec<String>,
    units: &Units,
    threads: std::num::NonZeroUsize,
) -> Result<Plan, Failure> {
    let mut plan = Plan::new(by, threads);
    plan.pairing = if args.vs.is_some() { Pairing::AgainstRest } else { Pairing::EachPair };
    plan.present_min = args.present_min;
    plan.permutations = args.permutations;
    plan.replicates = args.replicates;
    plan.seed = args.seed;
    plan.bca = args.bca;
    plan.date_order = args.dates.order();
    plan.model = match args.model {
        None => Model::Studentised,
        Some(TypedModel::Quasipoisson) => Model::QuasiPoisson,
        Some(TypedModel::Nb) => Model::NegativeBinomial,
    };
    plan.study = study;
    let (events, strata): (Vec<String>, Vec<String>) =
        within.into_iter().filter(|name| !name.is_empty()).partition(|name| name.eq_ignore_ascii_case(EVENT));
    plan.events = events.first().and_then(|name| EventUnits::of_column(units, name));
    // A column of events that no article fills is told as any other.
    plan.within = if plan.events.is_none() { [events, strata].concat() } else { strata };
    if let Some(column) = args.cluster_column() {
        if column == plan.by {
            return Err(Failure::Usage(format!(
                "--cluster {column}: the groups are what is compared and cannot be the clusters; name what their articles \
                 share, such as an event or an author"
            )));
        }
        let Some(clusters) = EventUnits::of_column(units, &column) else {
            return Err(Failure::Usage(format!("no article has a value in the column {column:?} of --cluster")));
        };
        plan.clusters = Some(clusters);
    }
    Ok(plan)
}

/// Names that are the same but for case, white space and how accents are composed, each set in a line.
fn alike_names(names: &[String]) -> Vec<String> {
    let mut by_form: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in names {
        let form = fold(name).split_whitespace().collect::<Vec<_>>().join(" ");
        by_form.entry(form).or_default().push(format!("{name:?}"));
    }
    by_form.into_values().filter(|alike| alike.len() > 1).map(|alike| alike.join(" and ")).collect()
}

/// A line a code: what it says of the first place, and in how many places it says so.
fn tell_warnings(comparison: &Comparison, messages: &Messages<'_>) {
    let mut by_code: Vec<(&str, &str, u64)> = Vec::new();
    // What left out articles, or all rates of a pair, changed every number, and must not be among those that are only counted.
    let mut warnings: Vec<&Warning> = comparison.warnings.iter().collect();
    warnings.sort_by_key(|warning| warning.numbers.iter().all(|(name, _)| ![LEFT_OUT, NOT_COMPARED].contains(name)));
    for warning in warnings {
        match by_code.iter_mut().find(|(code, ..)| *code == warning.code) {
            Some((.., places)) => *places += 1,
            None => by_code.push((warning.code, &warning.text, 1)),
        }
    }
    // What a reader must know first stands first in the list of codes; the last line counts the rest.
    let shown = if by_code.len() > WARNING_LINES { WARNING_LINES - 1 } else { by_code.len() };
    for (code, text, places) in &by_code[..shown] {
        let more = match places - 1 {
            0 => String::new(),
            more => format!(" (and in {})", counted(more, "more place")),
        };
        messages.warning(format_args!("{code}: {text}{more}"));
    }
    if shown < by_code.len() {
        let codes: Vec<&str> = by_code[shown..].iter().map(|(code, ..)| *code).collect();
        messages.warning(format_args!(
            "{} of other kinds: {}; the table of warnings has them all",
            counted(by_code[shown..].iter().map(|(.., places)| places).sum(), "warning"),
            codes.join(", ")
        ));
    }
}
