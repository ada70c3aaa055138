//! The way through a corpus that all commands take: articles in, rows out, in order, with
//! everything counted, nothing lost, and progress shown.

use std::collections::{BTreeMap, BTreeSet};
use std::num::{NonZeroU64, NonZeroUsize};
use std::sync::Arc;

use framescope_core::score::ArticleScore;

use super::failure::Failure;
use super::messages::{Messages, counted};
use super::reading::{self, ReadArticle, Reading};
use crate::corpus::{Chunk, Corpus, CorpusError, FileRead, IdCheck, LateKeys, Losses, RecordPlace, Skipped};
use crate::output::{InputList, RunCounts, SKIPPED_LISTED, SkippedRecords};
use crate::pipeline::{self, Ending, Flow, Interrupt, Job, PipelineError, Sink};

/// What a command makes of each article.
pub(crate) trait PerArticle: Sync {
    /// What a worker keeps between articles.
    type State: Default;
    /// Rows of some articles.
    type Rows: Send;

    /// No rows yet.
    fn empty(&self) -> Self::Rows;

    /// Adds an article's rows. What is put into `state`'s score is counted.
    fn article(&self, read: &ReadArticle<'_>, state: &mut Self::State, rows: &mut Self::Rows);

    /// The score of the last article.
    fn score(state: &Self::State) -> &ArticleScore;
}

/// Where rows go, in order.
pub(crate) trait Rows {
    /// What it takes.
    type Rows;

    /// Writes some.
    fn write(&mut self, rows: Self::Rows) -> Result<(), Failure>;
}

/// How to go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Going {
    pub(crate) threads: NonZeroUsize,
    /// Stop at the first article that cannot be read.
    pub(crate) strict: bool,
    /// Only so many articles.
    pub(crate) limit: Option<NonZeroU64>,
    /// Check that no identifier comes twice.
    pub(crate) id_check: bool,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Gone {
    pub(crate) ending: Ending,
    pub(crate) counts: RunCounts,
    pub(crate) skipped: SkippedRecords,
    pub(crate) inputs: InputList,
    pub(crate) late_keys: LateKeys,
    /// Articles without a row in the file of metadata.
    without_meta_row: u64,
    /// The id of the first of them.
    first_without_meta_row: Option<String>,
    /// Text files that were not in UTF-8: by encoding and whether it was guessed, the first and
    /// how many there were.
    encodings: BTreeMap<(&'static str, bool), (String, u64)>,
    /// Bytes of input, after decompression.
    pub(crate) bytes: u64,
}

/// Goes through a corpus.
///
/// # Errors
/// If the corpus cannot be read on, an identifier comes twice, or rows cannot be written.
pub(crate) fn go<A, R>(
    reading: Reading,
    per_article: &A,
    rows: &mut R,
    going: Going,
    interrupt: &Interrupt,
    messages: &Messages<'_>,
) -> Result<Gone, Failure>
where
    A: PerArticle,
    R: Rows<Rows = A::Rows> + Send,
{
    if let Some(limit) = going.limit {
        messages.progress_up_to(limit.get());
    }
    let (corpus, mut source) = reading.parts();
    let job = Work { corpus: &corpus, per_article, apart: going.limit.is_some() };
    let mut sink = Ordered {
        rows,
        corpus: Arc::clone(&corpus),
        ids: going.id_check.then(IdCheck::default),
        left: going.limit.map(NonZeroU64::get),
        strict: going.strict,
        messages,
        met: BTreeSet::new(),
        gone: Gone {
            ending: Ending::Done,
            counts: RunCounts::default(),
            skipped: SkippedRecords::default(),
            inputs: InputList::default(),
            late_keys: LateKeys::default(),
            without_meta_row: 0,
            first_without_meta_row: None,
            encodings: BTreeMap::new(),
            bytes: 0,
        },
    };
    let next = || {
        source.next_chunk().map_err(|error| match error {
            CorpusError::Stopped => Failure::Interrupted { status: interrupt.exit_status(), target: None },
            error => Failure::from(error),
        })
    };
    let ending = match pipeline::run(next, &job, &mut sink, going.threads, interrupt) {
        Ok(ending) => ending,
        // It came while the source waited for input, which is told as at any other time.
        Err(PipelineError::Inner(Failure::Interrupted { .. })) => Ending::Interrupted,
        Err(PipelineError::Inner(failure)) => return Err(failure),
        Err(PipelineError::Threads { threads, reason }) => {
            return Err(Failure::Failed(format!("cannot start {threads} threads: {reason}; try a smaller --threads")));
        }
    };
    let gone = Gone { ending, ..sink.gone };
    if ending == Ending::Done {
        let never_met: Vec<&str> = if going.limit.is_none() { corpus.never_met(&sink.met).collect() } else { vec![] };
        tell_losses(&gone, &never_met, corpus.first_of_meta_file(), messages);
    }
    Ok(gone)
}

/// What people should know of what is missing in the table.
fn tell_losses(gone: &Gone, never_met: &[&str], first_of_meta_file: Option<&str>, messages: &Messages<'_>) {
    if !gone.late_keys.is_empty() {
        const SHOWN: usize = 10;
        let keys = gone.late_keys.named();
        let more = keys.len().saturating_sub(SHOWN) as u64;
        let mut list: Vec<String> =
            keys.take(SHOWN).map(|(key, n)| format!("{key} (in {})", counted(n, "article"))).collect();
        if more > 0 {
            list.push(format!("{} (run.json lists them)", counted(more, "more key")));
        }
        messages.warning(format_args!(
            "left out of the table, because none of the first records had them: {}; to have them, name all columns you \
             want with --meta",
            list.join(", ")
        ));
    }
    for name in never_met {
        messages.warning(format_args!("no article has {name:?}, which an option asks for"));
    }
    if gone.without_meta_row > 0 {
        messages.warning(format_args!(
            "{} of those read {} no row in the file of --meta-file (the first is {:?}, and the file begins with {:?}): is it \
             joined on the right ids?",
            counted(gone.without_meta_row, "article"),
            if gone.without_meta_row == 1 { "has" } else { "have" },
            gone.first_without_meta_row.as_deref().unwrap_or_default(),
            first_of_meta_file.unwrap_or_default()
        ));
    }
    for ((encoding, guessed), (first, files)) in &gone.encodings {
        let how = if *guessed { "guessed; --encoding NAME says otherwise" } else { "by its mark or --encoding" };
        let more = if *files > 1 { format!(" and {}", counted(files - 1, "more file")) } else { String::new() };
        messages.note(format_args!("{first}{more}: read as {encoding} ({how})"));
    }
}

/// What a worker does with a chunk.
struct Work<'a, A> {
    corpus: &'a Corpus,
    per_article: &'a A,
    /// Whether each article's rows must stay apart, because not all may be wanted.
    apart: bool,
}

/// What a chunk became.
struct Batch<R> {
    pieces: Vec<Piece<R>>,
    /// What was lost behind the last piece, or anywhere where pieces are not kept apart.
    losses: Losses,
    finished: Vec<FileRead>,
    /// The file that goes on in the next batch.
    unfinished: Option<String>,
    is_text: bool,
    bytes: u64,
    /// How much of the inputs, as they are stored, was read when the chunk was cut.
    stored: u64,
}

/// Rows that are written together or not at all.
struct Piece<R> {
    /// What was lost before it, where pieces are kept apart.
    losses: Losses,
    rows: R,
    counts: RunCounts,
    /// The identifiers, one after the other, and where each ends and its article stands.
    ids: String,
    places: Vec<(usize, RecordPlace)>,
}

impl<A: PerArticle> Job for Work<'_, A> {
    type Chunk = Chunk;
    type State = A::State;
    type Part = Batch<A::Rows>;
    type Error = Failure;

    fn run(&self, chunk: Chunk, state: &mut A::State) -> Result<Batch<A::Rows>, Failure> {
        let mut batch = Batch {
            pieces: Vec::new(),
            losses: Losses::default(),
            finished: chunk.finished().to_vec(),
            unfinished: chunk.unfinished().map(str::to_owned),
            is_text: chunk.is_text(),
            bytes: chunk.len() as u64,
            stored: chunk.stored(),
        };
        reading::each(self.corpus, &chunk, &mut batch.losses, |read, losses| {
            if self.apart || batch.pieces.is_empty() {
                batch.pieces.push(Piece {
                    losses: if self.apart { std::mem::take(losses) } else { Losses::default() },
                    rows: self.per_article.empty(),
                    counts: RunCounts::default(),
                    ids: String::new(),
                    places: Vec::new(),
                });
            }
            let Some(piece) = batch.pieces.last_mut() else { return };
            self.per_article.article(&read, state, &mut piece.rows);
            piece.counts.add_article(A::score(state));
            piece.ids.push_str(read.article.id);
            piece.places.push((piece.ids.len(), read.place));
        });
        Ok(batch)
    }
}

/// What happens to batches, one after the other.
struct Ordered<'a, 'm, R> {
    rows: &'a mut R,
    corpus: Arc<Corpus>,
    ids: Option<IdCheck>,
    /// How many articles are still wanted, if not all.
    left: Option<u64>,
    /// Stop at the first article that cannot be read.
    strict: bool,
    messages: &'a Messages<'m>,
    /// Columns asked for before anybody had seen them, that were met.
    met: BTreeSet<usize>,
    gone: Gone,
}

impl<R: Rows> Sink for Ordered<'_, '_, R> {
    type Part = Batch<R::Rows>;
    type Error = Failure;

    fn accept(&mut self, batch: Batch<R::Rows>) -> Result<Flow, Failure> {
        for file in &batch.finished {
            self.gone.inputs.add(file);
            if let Some(encoding) = file.encoding.filter(|_| batch.is_text) {
                let known = self.gone.encodings.entry((encoding, file.guessed));
                known.or_insert_with(|| (file.name.clone(), 0)).1 += 1;
            }
        }
        for piece in batch.pieces {
            if self.left == Some(0) {
                break;
            }
            self.lose(piece.losses)?;
            self.check_ids(&piece.ids, &piece.places)?;
            self.rows.write(piece.rows)?;
            self.left = self.left.map(|left| left.saturating_sub(piece.counts.articles));
            self.gone.counts += piece.counts;
        }
        self.gone.bytes += batch.bytes;
        self.messages.progress(batch.stored, self.gone.bytes, self.gone.counts.articles);
        if self.left == Some(0) {
            if let Some(name) = batch.unfinished {
                self.gone.inputs.add(&FileRead::in_part(name));
            }
            return Ok(Flow::Stop);
        }
        self.lose(batch.losses)?;
        Ok(Flow::Continue)
    }
}

impl<R: Rows> Ordered<'_, '_, R> {
    fn lose(&mut self, losses: Losses) -> Result<(), Failure> {
        if let (Some(Skipped { place, reason }), true) = (losses.skipped.first(), self.strict) {
            return Err(Failure::Failed(format!(
                "{place}: {reason} (--strict stops here; without it the article is skipped)"
            )));
        }
        for skipped in &losses.skipped {
            self.skip(skipped);
        }
        self.gone.late_keys.append(losses.late_keys);
        self.gone.without_meta_row += losses.without_meta_row;
        if self.gone.first_without_meta_row.is_none() {
            self.gone.first_without_meta_row = losses.first_without_meta_row;
        }
        self.met.extend(losses.met);
        Ok(())
    }

    fn skip(&mut self, Skipped { place, reason }: &Skipped) {
        let skipped = &mut self.gone.skipped;
        skipped.add(place, reason);
        let listed = SKIPPED_LISTED as u64;
        if skipped.total <= listed {
            self.messages.skipped(format_args!("{place}: {reason}"));
        } else if skipped.total == listed + 1 {
            self.messages
                .skipped(format_args!("more than {}; those after it are counted only", counted(listed, "article")));
        }
    }

    fn check_ids(&mut self, ids: &str, places: &[(usize, RecordPlace)]) -> Result<(), Failure> {
        let Some(check) = &mut self.ids else { return Ok(()) };
        let mut start = 0;
        for &(end, place) in places {
            let id = &ids[start..end];
            start = end;
            if let Some((file, record)) = check.note(id, place) {
                return Err(Failure::from(CorpusError::DuplicateId {
                    id: id.to_owned(),
                    first: self.corpus.record_place(file, record),
                    second: self.corpus.record_place(place.file, place.record),
                }));
            }
        }
        Ok(())
    }
}
