//! What `score` and `kwic` have in common: articles are scored, rows go into a table, and beside
//! it go the codebook and the manifest of the run.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use std::num::NonZeroUsize;
use std::time::Instant;

use framescope_core::lexicon::{Lexicon, LexiconId, LexiconSet};
use framescope_core::matching::{Compiled, FastScratch, Want};
use framescope_core::score::{ArticleScore, Engine as _, Headline, MatcherEngine, MatcherScratch, Scoring};
use serde_json::Value;

use super::args::{LexiconArgs, ReadingArgs, RunArgs};
use super::failure::Failure;
use super::files::Files;
use super::lexicons::{self, Loaded, Source};
use super::messages::{Messages, counted};
use super::precision;
use super::reading::{ReadArticle, Reading};
use super::settings::{self, Target};
use super::through::{self, Going, Gone, PerArticle, Rows};
use super::{DONE, SKIPPED};
use crate::corpus::detect;
use crate::output::{
    ArticleContext, LexiconPrecision, OtherLanguages, Part, RunManifest, Table, TableKind, TableScratch, TableWriter,
};
use crate::pipeline::{Ending, Interrupt, beside};

/// A table that was asked for.
pub(crate) struct Request<'a> {
    /// The command's name.
    pub(crate) command: &'static str,
    pub(crate) reading: &'a ReadingArgs,
    pub(crate) lexicons: &'a LexiconArgs,
    pub(crate) run: &'a RunArgs,
    pub(crate) kind: TableKind,
    pub(crate) headline: Headline,
    pub(crate) present_min: u32,
    pub(crate) target: Target,
    /// The options that decide what is in the table.
    pub(crate) options: BTreeMap<String, Value>,
}

/// Makes the table.
pub(crate) fn make(
    request: Request<'_>,
    stdout: &mut (dyn Write + Send),
    messages: &mut Messages<'_>,
) -> Result<u8, Failure> {
    let begun = Instant::now();
    let interrupt = Interrupt::listen().map_err(|e| Failure::Failed(format!("cannot listen for Ctrl-C: {e}")))?;
    let threads = request.run.thread_count();
    let Loaded { set, records: lexicon_records, sources } = lexicons::load(&request.lexicons.lexicons, threads)?;
    // The program ends when the table is made, and the system takes memory back faster than half a million pieces are
    // given back one by one.
    let set: &'static LexiconSet = Box::leak(Box::new(set));
    let mut reading_settings = settings::reading(request.reading, request.target.files())?;
    // Hashes are for the manifest, and standard output has none beside it.
    reading_settings.hash &= request.target.path.is_some();
    let open = || Reading::open(reading_settings, &interrupt, request.target.path.as_deref(), messages);
    let (reading, compiled) = beside(threads, open, || Compiled::new(set))?;
    messages.begin_progress(|| reading.total_bytes());
    let messages = &*messages;

    let scoring = Scoring::new(set, request.headline, request.present_min);
    let mut table = Table::new(scoring, &request.kind, reading.metadata(), request.target.style)?;
    // Only a codebook tells of it.
    if request.target.companions().is_some() {
        table = table.with_precision(measured(&sources, messages));
    }
    for renamed in table.renamed() {
        messages.note(format_args!(
            "the metadata column `{}` is `{}` in the table, because the table has a column of that name",
            renamed.from, renamed.to
        ));
    }
    if let Some(warning) = experimental(set) {
        messages.warning(warning);
    }
    let mut files = Files::create(&request.target, &reading.named_files(), stdout)?;
    let engine = MatcherEngine::new(set, compiled);
    let scorer = Scorer { engine, table: &table, want: request.kind.want() };
    let to = files.table_name();
    let mut written = Written(TableWriter::new(&table, &mut files.table, to)?);
    let going = Going {
        threads,
        strict: request.run.strict,
        limit: request.reading.limit,
        id_check: !request.reading.no_id_check,
    };
    let gone = through::go(reading, &scorer, &mut written, going, &interrupt, messages)?;
    // As with the lexicons above.
    std::mem::forget(scorer);
    messages.end_progress();
    if gone.ending == Ending::Interrupted {
        return Err(Failure::Interrupted { status: interrupt.exit_status(), target: request.target.path });
    }
    if gone.counts.articles == 0 && gone.skipped.total == 0 {
        if request.reading.conditions.is_empty() {
            return Err(Failure::Failed("no articles: the inputs hold none".to_owned()));
        }
        messages.warning("no article fulfils --where: the table has a header and no rows");
    }
    let (_, summary) = written.0.finish()?;
    for warning in other_languages(&summary.other_languages, gone.counts.articles, &table) {
        messages.warning(warning);
    }
    for note in summary.notes(request.target.companions().is_some()) {
        messages.note(note);
    }
    let mut counts = gone.counts;
    counts.add_cells(summary.cells);
    let manifest = || RunManifest {
        framescope: env!("CARGO_PKG_VERSION").to_owned(),
        command: request.command.to_owned(),
        options: request.options,
        lexicons: lexicon_records,
        inputs: gone.inputs.files(),
        counts,
        skipped: gone.skipped.clone(),
        late_keys: gone.late_keys.named().map(|(key, articles)| (key.to_owned(), articles)).collect(),
        warnings: messages.said(),
    };
    let names = files.commit(|| table.codebook_csv(), manifest)?;
    summarise(&gone, set, begun, &names, going.threads, messages);
    Ok(if gone.skipped.total > 0 { SKIPPED } else { DONE })
}

/// What was measured of the precision of each lexicon. A file that cannot be read costs its figures,
/// not the scores.
fn measured(sources: &[Source], messages: &Messages<'_>) -> Vec<LexiconPrecision> {
    let one = |source| {
        precision::of(source).unwrap_or_else(|wrong| {
            messages.warning(format_args!("the codebook has no measured precision of {}: {wrong}", source.name));
            LexiconPrecision::default()
        })
    };
    sources.iter().map(one).collect()
}

/// What to say of paths that their lexicon calls experimental.
fn experimental(set: &LexiconSet) -> Option<String> {
    const SHOWN: usize = 6;
    let lexicons = set.lexicons().iter();
    let paths = lexicons.flat_map(|lexicon| lexicon.paths.iter().map(move |path| (lexicon, path)));
    let named = |(lexicon, path): (&Lexicon, &framescope_core::lexicon::Path)| match set.lexicons().len() {
        1 => path.id.clone(),
        _ => format!("{} of {}", path.id, lexicon.about.id),
    };
    let all: Vec<String> = paths.filter(|(_, path)| path.is_experimental()).map(named).collect();
    if all.is_empty() {
        return None;
    }
    let more = match all.len().saturating_sub(SHOWN) as u64 {
        0 => String::new(),
        more => format!(" and {}", counted(more, "more path")),
    };
    let (are, their) = if all.len() == 1 { ("is", "its") } else { ("are", "their") };
    Some(format!(
        "{}{more} {are} experimental: {their} hits are too often wrong, or too few were looked at; read them in kwic before \
         you use a number",
        all.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ")
    ))
}

/// What to say of articles in another language than a lexicon, a sentence a lexicon.
fn other_languages(found: &OtherLanguages, articles: u64, table: &Table<'_>) -> Vec<String> {
    let set = table.scoring().set();
    let one = |(id, lexicon): (LexiconId, &Lexicon)| {
        let about = &lexicon.about;
        let mut languages: Vec<(&str, u64)> =
            found.iter().filter(|((of, _), _)| *of == id).map(|((_, language), n)| (language.as_str(), *n)).collect();
        languages.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let all: u64 = languages.iter().map(|(_, n)| n).sum();
        let list: Vec<String> = languages.iter().map(|(language, n)| format!("{n} in {language}")).collect();
        let marked = table.other_language_column(id).map(|name| format!("; the column {name} marks them"));
        (all > 0).then(|| {
            format!(
                "{all} of {} {} not in the language of {} ({}): {}; zeros there say nothing, and hits are chance{}",
                counted(articles, "article"),
                if all == 1 { "is" } else { "are" },
                about.id,
                about.language,
                list.join(", "),
                marked.unwrap_or_default()
            )
        })
    };
    set.iter().filter_map(one).collect()
}

/// Scores articles and adds them to a table.
struct Scorer<'a> {
    engine: MatcherEngine<'a, Compiled>,
    table: &'a Table<'a>,
    want: Want,
}

#[derive(Default)]
struct ScorerState {
    engine: MatcherScratch<FastScratch>,
    table: TableScratch,
    score: ArticleScore,
}

impl PerArticle for Scorer<'_> {
    type State = ScorerState;
    type Rows = Part;

    fn empty(&self) -> Part {
        self.table.part()
    }

    fn article(&self, read: &ReadArticle<'_>, state: &mut ScorerState, rows: &mut Part) {
        let ScorerState { engine, table, score } = state;
        self.engine.score(&read.article, engine, self.want, score);
        let language = read.language.unwrap_or_else(|| detect(read.article.text, &score.analysis));
        let meta: Vec<Option<Cow<'_, str>>> = read.meta.iter().map(|value| value.map(Cow::Borrowed)).collect();
        let context = ArticleContext { article: &read.article, meta: &meta, language, score };
        self.table.article(&context, table, rows);
    }

    fn score(state: &ScorerState) -> &ArticleScore {
        &state.score
    }
}

struct Written<W>(TableWriter<W>);

impl<W: Write> Rows for Written<W> {
    type Rows = Part;

    fn write(&mut self, rows: Part) -> Result<(), Failure> {
        Ok(self.0.write(rows)?)
    }
}

/// The last line: what was done, how fast, and where it is.
fn summarise(
    gone: &Gone,
    set: &LexiconSet,
    begun: Instant,
    names: &[String],
    threads: NonZeroUsize,
    messages: &Messages<'_>,
) {
    let seconds = begun.elapsed().as_secs_f64();
    let counts = &gone.counts;
    let mut text = format!("{}, {}", counted(counts.articles, "article"), counted(counts.words, "word"));
    if set.entry_count() > 0 {
        text.push_str(&format!(", {}", counted(counts.hits, "hit")));
    }
    if gone.skipped.total > 0 {
        text.push_str(&format!(", {} skipped", counted(gone.skipped.total, "article")));
    }
    text.push_str(&format!(" in {seconds:.1} s"));
    // On a handful of articles the speed is that of starting up, and would only mislead.
    if seconds > 0.5 {
        let speed = gone.bytes as f64 / 1e6 / seconds;
        text.push_str(&format!(" ({speed:.1} MB/s, {})", counted(threads.get() as u64, "thread")));
    }
    if !names.is_empty() {
        text.push_str(&format!("; wrote {}", names.join(", ")));
    }
    messages.summary(text);
}
