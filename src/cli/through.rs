//! The way through a corpus that all commands take: articles in, rows out, in order, with
//! everything counted, nothing lost, and progress shown.

use std::num::{NonZeroU64, NonZeroUsize};
use std::sync::Arc;

use framescope_core::score::ArticleScore;

use super::failure::Failure;
use super::messages::{Messages, counted};
use super::reading::{self, ReadArticle, Reading};
use crate::corpus::{Chunk, Corpus, CorpusError, IdCheck, RecordPlace, Skipped};
use crate::output::{RunCounts, SKIPPED_LISTED, SkippedRecords};
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
    let (corpus, mut source) = reading.parts();
    let job = Work { corpus: &corpus, per_article, strict: going.strict, apart: going.limit.is_some() };
    let mut sink = Ordered {
        rows,
        corpus: Arc::clone(&corpus),
        ids: going.id_check.then(IdCheck::default),
        left: going.limit.map(NonZeroU64::get),
        messages,
        gone: Gone { ending: Ending::Done, counts: RunCounts::default(), skipped: SkippedRecords::default(), bytes: 0 },
    };
    let next = || source.next_chunk().map_err(Failure::from);
    let ending = pipeline::run(next, &job, &mut sink, going.threads, interrupt).map_err(|error| match error {
        PipelineError::Inner(failure) => failure,
        PipelineError::Threads { threads, reason } => {
            Failure::Failed(format!("cannot start {threads} threads: {reason}; try a smaller --threads"))
        }
    })?;
    Ok(Gone { ending, ..sink.gone })
}

/// What a worker does with a chunk.
struct Work<'a, A> {
    corpus: &'a Corpus,
    per_article: &'a A,
    strict: bool,
    /// Whether each article's rows must stay apart, because not all may be wanted.
    apart: bool,
}

/// What a chunk became.
struct Batch<R> {
    pieces: Vec<Piece<R>>,
    skipped: Vec<Skipped>,
    bytes: u64,
}

/// Rows that are written together or not at all.
struct Piece<R> {
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
        let mut batch = Batch { pieces: Vec::new(), skipped: Vec::new(), bytes: chunk.len() as u64 };
        reading::each(self.corpus, &chunk, &mut batch.skipped, |read| {
            if self.apart || batch.pieces.is_empty() {
                batch.pieces.push(Piece {
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
        match batch.skipped.first() {
            Some(Skipped { place, reason }) if self.strict => Err(Failure::Failed(format!(
                "{place}: {reason} (--strict stops here; without it the article is skipped)"
            ))),
            _ => Ok(batch),
        }
    }
}

/// What happens to batches, one after the other.
struct Ordered<'a, 'm, R> {
    rows: &'a mut R,
    corpus: Arc<Corpus>,
    ids: Option<IdCheck>,
    /// How many articles are still wanted, if not all.
    left: Option<u64>,
    messages: &'a Messages<'m>,
    gone: Gone,
}

impl<R: Rows> Sink for Ordered<'_, '_, R> {
    type Part = Batch<R::Rows>;
    type Error = Failure;

    fn accept(&mut self, batch: Batch<R::Rows>) -> Result<Flow, Failure> {
        for skipped in &batch.skipped {
            self.skip(skipped);
        }
        for piece in batch.pieces {
            if self.left == Some(0) {
                break;
            }
            self.check_ids(&piece)?;
            self.rows.write(piece.rows)?;
            self.left = self.left.map(|left| left.saturating_sub(piece.counts.articles));
            self.gone.counts += piece.counts;
        }
        self.gone.bytes += batch.bytes;
        self.messages.progress(self.gone.bytes, self.gone.counts.articles);
        Ok(if self.left == Some(0) { Flow::Stop } else { Flow::Continue })
    }
}

impl<R: Rows> Ordered<'_, '_, R> {
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

    fn check_ids(&mut self, piece: &Piece<R::Rows>) -> Result<(), Failure> {
        let Some(check) = &mut self.ids else { return Ok(()) };
        let mut start = 0;
        for &(end, place) in &piece.places {
            let id = &piece.ids[start..end];
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
