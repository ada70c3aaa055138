//! `score` and `kwic`: a corpus in, a table out. What the two share is everything but the table.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use framescope_core::lexicon::LexiconSet;
use framescope_core::matching::{Compiled, Want};
use framescope_core::score::{ArticleScore, Engine, Headline, MatcherEngine, Scoring};
use framescope_core::text::Article;

use super::args::{KwicArgs, LexiconArgs, ReadingArgs, RunArgs, ScoreArgs};
use super::failure::Failure;
use super::messages::{Messages, counted};
use super::settings::{self, Target};
use super::{DONE, SKIPPED, lexicons};
use crate::corpus::{self, Chunk, Corpus, CorpusError, IdCheck, RecordPlace, Skipped, Source};
use crate::output::{
    ArticleContext, FileRecord, LexiconRecord, OutputError, OutputFile, Part, RunCounts, RunManifest, SkippedRecords,
    Table, TableKind, TableScratch, TableWriter,
};
use crate::pipeline::{self, Ending, Flow, Interrupt, Job, PipelineError, Sink};

/// Runs `score`.
pub(super) fn score(args: &ScoreArgs, stdout: &mut (dyn Write + Send), messages: &mut Messages<'_>) -> Result<u8, Failure> {
    let plan = Plan {
        command: "score",
        reading: &args.reading,
        lexicons: &args.lexicons,
        run: &args.run,
        kind: settings::score_table(args)?,
        headline: settings::headline(args.voice),
        present_min: args.present_min,
        target: settings::target(&args.writing)?,
    };
    plan.run(stdout, messages)
}

/// Runs `kwic`.
pub(super) fn kwic(args: &KwicArgs, stdout: &mut (dyn Write + Send), messages: &mut Messages<'_>) -> Result<u8, Failure> {
    let plan = Plan {
        command: "kwic",
        reading: &args.reading,
        lexicons: &args.lexicons,
        run: &args.run,
        kind: settings::kwic_table(args),
        headline: Headline::Outside,
        present_min: 1,
        target: settings::target(&args.writing)?,
    };
    plan.run(stdout, messages)
}

/// What is to be done, every conflict settled.
struct Plan<'a> {
    command: &'static str,
    reading: &'a ReadingArgs,
    lexicons: &'a LexiconArgs,
    run: &'a RunArgs,
    kind: TableKind,
    headline: Headline,
    present_min: u32,
    target: Target,
}

impl Plan<'_> {
    fn run(self, stdout: &mut (dyn Write + Send), messages: &mut Messages<'_>) -> Result<u8, Failure> {
        let set = lexicons::load(&self.lexicons.lexicons)?;
        let reading = settings::reading(self.reading, self.target.files())?;
        let corpus = Corpus::open(reading)?;
        corpus.notes().iter().for_each(|note| messages.note(note));
        let total = corpus.total_bytes();
        let inputs: Vec<PathBuf> = corpus.paths().map(PathBuf::from).collect();
        let metadata = corpus.metadata().to_vec();
        let (mut source, corpus) = Source::new(corpus);

        let engine = MatcherEngine::new(&set, Compiled::new(set.clone()));
        let scoring = Scoring::new(&set, self.headline, self.present_min);
        let table = Table::new(scoring, &self.kind, &metadata, self.target.style)?;
        for renamed in table.renamed() {
            messages.note(format_args!("the metadata column {} is called {} here: its name is one of ours", renamed.from, renamed.to));
        }
        let interrupt = Interrupt::listen().map_err(|e| Failure::Failed(format!("cannot listen for Ctrl-C: {e}")))?;
        messages.begin_progress(total);

        let out = match &self.target.path {
            Some(path) => Out::File(OutputFile::create(path, &inputs)?),
            None => Out::Stdout(stdout),
        };
        let to = self.target.path.as_ref().map_or("standard output".to_owned(), |p| p.display().to_string());
        let limit = self.reading.limit.map(std::num::NonZeroU64::get);
        let job = Scorer { corpus: &corpus, engine: &engine, table: &table, want: self.kind.want(), apart: limit.is_some() };
        let mut sink = Collector {
            corpus: Arc::clone(&corpus),
            writer: TableWriter::new(&table, out, to)?,
            ids: (!self.reading.no_id_check).then(IdCheck::default),
            left: limit,
            strict: self.run.strict,
            counts: RunCounts::default(),
            skipped: SkippedRecords::default(),
            bytes: 0,
            messages,
        };
        let threads = self.run.threads.unwrap_or_else(pipeline::available_threads);
        let next = || source.next_chunk().map_err(Failure::from);
        let ending = pipeline::run(next, &job, &mut sink, threads, &interrupt).map_err(|e| match e {
            PipelineError::Inner(failure) => failure,
            PipelineError::Threads { threads, reason } => {
                Failure::Failed(format!("cannot start {threads} threads: {reason} (try a smaller --threads)"))
            }
        })?;
        let Collector { writer, mut counts, skipped, messages, .. } = sink;
        messages.end_progress();
        if ending == Ending::Interrupted {
            // The temporary file goes with the writer.
            messages.error("stopped by Ctrl-C; nothing was written");
            return Ok(interrupt.exit_status());
        }
        tell_skipped(&skipped, messages);
        if counts.articles == 0 {
            let reason = if skipped.total > 0 {
                "none of the records could be read".to_owned()
            } else if self.reading.conditions.is_empty() {
                "the input holds no record".to_owned()
            } else {
                format!("none passes --where {}", self.reading.conditions.join(" --where "))
            };
            return Err(CorpusError::Empty { inputs: names(self.reading), reason }.into());
        }
        let (out, summary) = writer.finish()?;
        counts.add_cells(summary.cells);
        let is_file = self.target.companions().is_some();
        let warnings = summary.notes(is_file);
        warnings.iter().for_each(|w| messages.note(w));
        if let Out::File(file) = out {
            file.commit()?;
        }
        if let Some([codebook, manifest]) = self.target.companions() {
            write_whole(&codebook, &table.codebook_csv())?;
            let manifest_json = self.manifest(&set, &inputs, counts, skipped.clone(), warnings)?;
            write_whole(&manifest, &manifest_json)?;
        }
        self.summary(&counts, &skipped, messages);
        Ok(if skipped.total > 0 { SKIPPED } else { DONE })
    }

    fn summary(&self, counts: &RunCounts, skipped: &SkippedRecords, messages: &Messages<'_>) {
        let mut text = format!(
            "{}, {}, {}",
            counted(counts.articles, "article"),
            counted(counts.words, "word"),
            counted(counts.hits, "hit")
        );
        if skipped.total > 0 {
            text += &format!("; {} skipped", counted(skipped.total, "record"));
        }
        if let Some(path) = &self.target.path {
            text += &format!("; written to {}", path.display());
            if let Some([codebook, manifest]) = self.target.companions() {
                text += &format!(" (with {} and {})", codebook.display(), manifest.display());
            }
        }
        messages.note(text);
    }

    fn manifest(
        &self,
        set: &LexiconSet,
        inputs: &[PathBuf],
        counts: RunCounts,
        skipped: SkippedRecords,
        warnings: Vec<String>,
    ) -> Result<Vec<u8>, Failure> {
        let mut options: BTreeMap<String, serde_json::Value> = BTreeMap::new();
        let mut option = |name: &str, value: serde_json::Value| options.insert(name.to_owned(), value);
        option("table", serde_json::json!(format!("{:?}", self.kind)));
        option("voice", serde_json::json!(self.headline.name()));
        option("present_min", serde_json::json!(self.present_min));
        option("where", serde_json::json!(self.reading.conditions));
        option("limit", serde_json::json!(self.reading.limit));
        option("text", serde_json::json!(self.reading.text));
        option("title", serde_json::json!(self.reading.title));
        option("id", serde_json::json!(self.reading.id));
        option("language", serde_json::json!(self.reading.language));
        option("encoding", serde_json::json!(self.reading.encoding));
        option("clean", serde_json::json!(self.reading.clean));
        option("no_clean", serde_json::json!(self.reading.no_clean));
        let mut lexicons = Vec::new();
        let sources = lexicons::find_all(&self.lexicons.lexicons)?;
        for (lexicon, source) in set.lexicons().iter().zip(&sources) {
            let mut files = vec![FileRecord::of_bytes(&*source.name, source.text.as_bytes())];
            // What it extends, as far as it is a file or shipped.
            for base in lexicon.files.iter().skip(1) {
                if let Ok(found) = lexicons::find(base, None) {
                    files.push(FileRecord::of_bytes(base, found.text.as_bytes()));
                }
            }
            let about = &lexicon.about;
            lexicons.push(LexiconRecord { id: about.id.clone(), version: about.version.clone(), files });
        }
        let unhashed = |path: &PathBuf| FileRecord { path: path.display().to_string(), bytes: None, sha256: None };
        let inputs = inputs.iter().map(|path| {
            if path.is_file() { FileRecord::of(path).unwrap_or_else(|_| unhashed(path)) } else { unhashed(path) }
        });
        let manifest = RunManifest {
            framescope: env!("CARGO_PKG_VERSION").to_owned(),
            command: self.command.to_owned(),
            options,
            lexicons,
            inputs: inputs.collect(),
            counts,
            skipped,
            warnings,
        };
        manifest.to_json().map_err(|e| Failure::Failed(format!("the run manifest cannot be written: {e}")))
    }
}

fn names(reading: &ReadingArgs) -> String {
    reading.inputs.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", ")
}

fn write_whole(path: &std::path::Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut file = OutputFile::create(path, &[])?;
    file.write_all(bytes).map_err(|source| OutputError::Write { to: path.display().to_string(), source })?;
    Ok(file.commit()?)
}

/// Every skipped record, up to a number that a person still reads.
fn tell_skipped(skipped: &SkippedRecords, messages: &Messages<'_>) {
    const SHOWN: usize = 20;
    for record in skipped.first.iter().take(SHOWN) {
        messages.warning(format_args!("skipped {}: {}", record.place, record.reason));
    }
    if skipped.total > SHOWN as u64 {
        messages.warning(format_args!("and {} more; the first 1,000 are listed in the run manifest", skipped.total - SHOWN as u64));
    }
}

/// Where the table goes.
enum Out<'a> {
    File(OutputFile),
    Stdout(&'a mut (dyn Write + Send)),
}

impl Write for Out<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Out::File(file) => file.write(bytes),
            Out::Stdout(stdout) => stdout.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Out::File(file) => file.flush(),
            Out::Stdout(stdout) => stdout.flush(),
        }
    }
}

/// The worker's part: a chunk of bytes to rows.
struct Scorer<'a> {
    corpus: &'a Corpus,
    engine: &'a MatcherEngine<'a, Compiled>,
    table: &'a Table<'a>,
    want: Want,
    /// Whether every article gets a part of its own, so that a limit can cut between two.
    apart: bool,
}

/// What a worker keeps.
#[derive(Default)]
struct State {
    engine: <MatcherEngine<'static, Compiled> as Engine>::Scratch,
    score: ArticleScore,
    table: TableScratch,
}

/// What becomes of a chunk.
struct Scored {
    parts: Vec<(Part, RunCounts)>,
    ids: Vec<(String, RecordPlace)>,
    skipped: Vec<Skipped>,
    bytes: u64,
}

impl Job for Scorer<'_> {
    type Chunk = Chunk;
    type State = State;
    type Part = Scored;
    type Error = Failure;

    fn run(&self, chunk: Chunk, state: &mut State) -> Result<Scored, Failure> {
        let mut scored = Scored { parts: Vec::new(), ids: Vec::new(), skipped: Vec::new(), bytes: chunk.len() as u64 };
        let mut skipped = Vec::new();
        let mut meta = Vec::new();
        corpus::records(self.corpus, &chunk, &mut skipped, &mut |record| {
            let article = Article { id: record.id, title: record.title, text: record.text, removed: record.removed };
            self.engine.score(&article, &mut state.engine, self.want, &mut state.score);
            let language = record
                .language
                .unwrap_or_else(|| corpus::detect(record.text, &state.score.analysis, state.engine.types()));
            meta.clear();
            meta.extend(record.metadata.iter().map(|value| value.map(|v| Cow::Owned(v.to_owned()))));
            if self.apart || scored.parts.is_empty() {
                scored.parts.push((self.table.part(), RunCounts::default()));
            }
            if let Some((part, counts)) = scored.parts.last_mut() {
                let context = ArticleContext { article: &article, meta: &meta, language, score: &state.score };
                self.table.article(&context, &mut state.table, part);
                counts.add_article(&state.score);
            }
            scored.ids.push((record.id.to_owned(), record.place));
        });
        scored.skipped = skipped;
        Ok(scored)
    }
}

/// The end of the line: rows into the file, in order.
struct Collector<'m, 's, W> {
    corpus: Arc<Corpus>,
    writer: TableWriter<W>,
    ids: Option<IdCheck>,
    left: Option<u64>,
    strict: bool,
    counts: RunCounts,
    skipped: SkippedRecords,
    bytes: u64,
    messages: &'m mut Messages<'s>,
}

impl<W: Write> Sink for Collector<'_, '_, W> {
    type Part = Scored;
    type Error = Failure;

    fn accept(&mut self, scored: Scored) -> Result<Flow, Failure> {
        for Skipped { place, reason } in scored.skipped {
            if self.strict {
                return Err(Failure::Failed(format!("{place}: {reason} (--strict stops here)")));
            }
            self.skipped.add(place, reason);
        }
        let mut ids = scored.ids.into_iter();
        for (part, counts) in scored.parts {
            if self.left == Some(0) {
                return Ok(Flow::Stop);
            }
            for (id, place) in ids.by_ref().take(counts.articles as usize) {
                let earlier = self.ids.as_mut().and_then(|check| check.note(&id, place));
                if let Some((file, record)) = earlier {
                    let first = self.corpus.record_place(file, record);
                    let second = self.corpus.record_place(place.file, place.record);
                    return Err(CorpusError::DuplicateId { id, first, second }.into());
                }
            }
            self.left = self.left.map(|left| left - counts.articles);
            self.counts += counts;
            self.writer.write(part)?;
        }
        self.bytes += scored.bytes;
        self.messages.progress(self.bytes, self.counts.articles);
        Ok(if self.left == Some(0) { Flow::Stop } else { Flow::Continue })
    }
}
