//! The line: chunks leave the source with a number, parts enter the sink by that number.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::{Ending, Flow, Interrupt, Job, Sink};

/// All that the workers of one run share.
pub(super) struct Line<'a, N, S, P, E> {
    source: Mutex<Reading<N>>,
    sink: Mutex<&'a mut S>,
    waiting: Mutex<Waiting<P, E>>,
    /// Signalled when `due` moves on or the run closes.
    moved: Condvar,
    /// How many chunks may be between source and sink.
    window: u64,
    interrupt: &'a Interrupt,
}

/// The source and the number of its next chunk.
struct Reading<N> {
    next: N,
    number: u64,
    ended: bool,
}

/// The parts that wait for their turn.
struct Waiting<P, E> {
    /// The number of the part that the sink takes next.
    due: u64,
    parts: BTreeMap<u64, Result<P, E>>,
    /// Whether a worker is at the sink.
    writing: bool,
    /// Nobody takes a new chunk any more; those in hand are finished and handed in.
    closed: bool,
    /// Nothing is accepted any more.
    ended: bool,
    error: Option<E>,
    interrupted: bool,
}

impl<'a, N, S, P, E> Line<'a, N, S, P, E> {
    pub(super) fn new(next: N, sink: &'a mut S, window: u64, interrupt: &'a Interrupt) -> Self {
        Line {
            source: Mutex::new(Reading { next, number: 0, ended: false }),
            sink: Mutex::new(sink),
            waiting: Mutex::new(Waiting {
                due: 0,
                parts: BTreeMap::new(),
                writing: false,
                closed: false,
                ended: false,
                error: None,
                interrupted: false,
            }),
            moved: Condvar::new(),
            window,
            interrupt,
        }
    }

    /// What became of the run, once all workers have stopped.
    pub(super) fn end(self) -> Result<Ending, E> {
        let waiting = self.waiting.into_inner().unwrap_or_else(PoisonError::into_inner);
        match waiting.error {
            Some(error) => Err(error),
            None if waiting.interrupted => Ok(Ending::Interrupted),
            None => Ok(Ending::Done),
        }
    }

    /// The lock over what waits. A poisoned lock is no reason to stop here: whoever panicked
    /// closed the line (see [`CloseOnPanic`]) and rayon carries the panic to the caller.
    fn waiting(&self) -> MutexGuard<'_, Waiting<P, E>> {
        lock(&self.waiting)
    }

    fn close(&self, how: impl FnOnce(&mut Waiting<P, E>)) {
        let mut waiting = self.waiting();
        waiting.closed = true;
        how(&mut waiting);
        self.moved.notify_all();
    }
}

impl<N, S, P, E> Line<'_, N, S, P, E> {
    /// One worker's day.
    pub(super) fn work<J>(&self, job: &J)
    where
        J: Job<Part = P, Error = E>,
        N: FnMut() -> Result<Option<J::Chunk>, E>,
        S: Sink<Part = P, Error = E>,
    {
        let _guard = CloseOnPanic(self);
        let mut state = J::State::default();
        while let Some((number, chunk)) = self.take() {
            let part = chunk.and_then(|chunk| job.run(chunk, &mut state));
            self.hand_in(number, part);
        }
    }

    /// The next chunk and its number, or the source's error in its place; `None` when there is
    /// nothing more to do. Waits while too many chunks are on their way.
    fn take<C>(&self) -> Option<(u64, Result<C, E>)>
    where
        N: FnMut() -> Result<Option<C>, E>,
    {
        let mut source = lock(&self.source);
        if source.ended {
            return None;
        }
        if self.interrupt.is_raised() {
            self.close(|waiting| waiting.interrupted = true);
        }
        // Waiting with the source locked is right: whoever else wants a chunk would wait too.
        let waiting = self
            .moved
            .wait_while(self.waiting(), |w| !w.closed && source.number >= w.due + self.window)
            .unwrap_or_else(PoisonError::into_inner);
        if waiting.closed {
            source.ended = true;
            return None;
        }
        drop(waiting);
        let chunk = match (source.next)() {
            Ok(Some(chunk)) => Ok(chunk),
            Ok(None) => {
                source.ended = true;
                return None;
            }
            Err(error) => {
                source.ended = true;
                Err(error)
            }
        };
        let number = source.number;
        source.number += 1;
        Some((number, chunk))
    }

    /// Puts a part where it belongs; if it is due, takes it and those behind it to the sink.
    fn hand_in(&self, number: u64, part: Result<P, E>)
    where
        S: Sink<Part = P, Error = E>,
    {
        let mut waiting = self.waiting();
        // Every chunk before this one was taken already and will be handed in; none after it
        // needs to be.
        waiting.closed |= part.is_err();
        waiting.parts.insert(number, part);
        if waiting.writing || waiting.ended {
            return;
        }
        loop {
            let due = waiting.due;
            let Some(part) = waiting.parts.remove(&due) else {
                break;
            };
            waiting.writing = true;
            drop(waiting);
            let flow = part.and_then(|part| lock(&self.sink).accept(part));
            waiting = self.waiting();
            waiting.writing = false;
            waiting.due += 1;
            match flow {
                Ok(Flow::Continue) => self.moved.notify_all(),
                Ok(Flow::Stop) => return end_now(&mut waiting, None, &self.moved),
                Err(error) => return end_now(&mut waiting, Some(error), &self.moved),
            }
        }
    }
}

fn end_now<P, E>(waiting: &mut Waiting<P, E>, error: Option<E>, moved: &Condvar) {
    waiting.closed = true;
    waiting.ended = true;
    waiting.error = error;
    // An end that was reached is an end, whatever key was pressed meanwhile.
    waiting.interrupted = false;
    waiting.parts.clear();
    moved.notify_all();
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends the others home when a worker panics; else they would wait for its part for ever.
struct CloseOnPanic<'l, 'a, N, S, P, E>(&'l Line<'a, N, S, P, E>);

impl<N, S, P, E> Drop for CloseOnPanic<'_, '_, N, S, P, E> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.close(|waiting| waiting.ended = true);
        }
    }
}
