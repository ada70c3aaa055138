//! The pipeline: chunks in, parts out, in the order they came in, on as many threads as asked for.
//!
//! Every worker does the same four things until there is nothing left: it locks the source and
//! takes the next chunk with its running number, unlocks, works on it, and hands the part in.
//! Parts reach the sink in the order of their numbers, whoever made them, so the bytes that leave
//! the program do not depend on the number of threads. There is no reader thread and no writer
//! thread: reading and writing are cheap beside the work, and whoever happens to hold the part
//! that is due writes it (and those that waited behind it) while the others go on.
//!
//! Rules that hold:
//! - **Order.** Parts are accepted as 0, 1, 2, ….
//! - **Bounded.** At most `4 × threads` chunks are between source and sink. A worker that would
//!   take more waits, so a slow sink slows the reading and memory does not grow with the corpus.
//! - **The first error, not the fastest.** An error takes the place of its part in the order:
//!   what came before is still accepted, what came after is not, and the error that is reported is
//!   the same for any number of threads. From the moment it is known nobody takes a new chunk.
//! - **One thread means one thread.** With `threads` = 1 all of it runs on the calling thread.

mod beside;
mod interrupt;
mod ordered;

#[cfg(test)]
mod tests;

pub use beside::{beside, each_beside};
pub use interrupt::Interrupt;

use ordered::Line;
use std::num::NonZeroUsize;

/// What is done with a chunk.
pub trait Job: Sync {
    /// What a worker takes from the source.
    type Chunk: Send;
    /// What a worker keeps from chunk to chunk.
    type State: Default;
    /// What a chunk becomes.
    type Part: Send;
    /// What stops the run.
    type Error: Send;

    /// Turns one chunk into its part.
    ///
    /// # Errors
    /// Whatever makes going on pointless. An article that cannot be read is no such thing: it
    /// belongs into the part, as skipped.
    fn run(&self, chunk: Self::Chunk, state: &mut Self::State) -> Result<Self::Part, Self::Error>;
}

/// Where parts go, in order.
pub trait Sink {
    /// What it takes.
    type Part;
    /// What stops the run.
    type Error;

    /// Takes the next part.
    ///
    /// # Errors
    /// Whatever makes going on impossible: a full disk, a closed pipe, an identifier that came
    /// twice.
    fn accept(&mut self, part: Self::Part) -> Result<Flow, Self::Error>;
}

/// What a sink wants next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// More parts.
    Continue,
    /// No more: it has all it was asked for.
    Stop,
}

/// How a run ended that met no error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The source was read to its end, or the sink had enough.
    Done,
    /// Somebody pressed Ctrl-C: not all of the source was read.
    Interrupted,
}

/// The number of threads to use when nobody says.
pub fn available_threads() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// What can go wrong in the pipeline itself, beside what its parts report.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError<E> {
    /// The source, the job or the sink failed.
    #[error(transparent)]
    Inner(E),
    /// The operating system would not give the threads.
    #[error("cannot start {threads} threads: {reason} (try a smaller --threads)")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// What the system said.
        reason: String,
    },
}

/// Takes chunks from `next` until it gives `None`, runs `job` on each, hands the parts to `sink`
/// in the order of the chunks.
///
/// # Errors
/// The error of the first chunk (in order) that met one, be it from the source, the job or the
/// sink.
///
/// # Panics
/// If the job or the sink panics, once all workers have stopped.
pub fn run<J, S, E>(
    next: impl FnMut() -> Result<Option<J::Chunk>, E> + Send,
    job: &J,
    sink: &mut S,
    threads: NonZeroUsize,
    interrupt: &Interrupt,
) -> Result<Ending, PipelineError<E>>
where
    J: Job<Error = E>,
    S: Sink<Part = J::Part, Error = E> + Send,
    E: Send,
{
    let line = Line::new(next, sink, 4 * threads.get() as u64, interrupt);
    if threads.get() == 1 {
        line.work(job);
    } else {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads.get())
            .thread_name(|n| format!("framescope-{n}"))
            .build()
            .map_err(|e| PipelineError::Threads { threads: threads.get(), reason: e.to_string() })?;
        pool.broadcast(|_| line.work(job));
    }
    line.end().map_err(PipelineError::Inner)
}
