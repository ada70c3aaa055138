//! Tests of order, bounds, errors and interruption.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::*;

/// Doubles numbers, some of them slowly; fails where told.
struct Doubling {
    fail_at: Option<u64>,
    panic_at: Option<u64>,
    started: AtomicU64,
}

impl Doubling {
    fn new() -> Doubling {
        Doubling { fail_at: None, panic_at: None, started: AtomicU64::new(0) }
    }
}

impl Job for Doubling {
    type Chunk = u64;
    type State = u64;
    type Part = (u64, u64);
    type Error = String;

    fn run(&self, chunk: u64, state: &mut u64) -> Result<(u64, u64), String> {
        self.started.fetch_add(1, Ordering::SeqCst);
        *state += 1;
        // The earlier of two neighbours is the slower, so that order has to be made.
        if chunk.is_multiple_of(2) {
            std::thread::sleep(Duration::from_micros(300));
        }
        if Some(chunk) == self.panic_at {
            panic!("chunk {chunk} panics");
        }
        if self.fail_at.is_some_and(|at| chunk >= at) {
            return Err(format!("chunk {chunk} fails"));
        }
        Ok((chunk, 2 * chunk))
    }
}

#[derive(Default)]
struct Kept {
    parts: Vec<(u64, u64)>,
    delay: Duration,
    fail_at: Option<u64>,
    stop_after: Option<usize>,
}

impl Sink for Kept {
    type Part = (u64, u64);
    type Error = String;

    fn accept(&mut self, part: (u64, u64)) -> Result<Flow, String> {
        std::thread::sleep(self.delay);
        if Some(part.0) == self.fail_at {
            return Err(format!("sink fails at {}", part.0));
        }
        self.parts.push(part);
        Ok(if Some(self.parts.len()) == self.stop_after { Flow::Stop } else { Flow::Continue })
    }
}

fn up_to(n: u64) -> impl FnMut() -> Result<Option<u64>, String> + Send {
    let mut numbers = 0..n;
    move || Ok(numbers.next())
}

fn threads(n: usize) -> NonZeroUsize {
    NonZeroUsize::new(n).unwrap()
}

#[test]
fn parts_come_in_order_for_any_number_of_threads() {
    for n in [1, 2, 7] {
        let mut sink = Kept::default();
        let ending = run(up_to(200), &Doubling::new(), &mut sink, threads(n), &Interrupt::never());
        assert_eq!(ending.unwrap(), Ending::Done);
        assert_eq!(sink.parts, (0..200).map(|i| (i, 2 * i)).collect::<Vec<_>>(), "{n} threads");
    }
}

#[test]
fn an_empty_source_gives_nothing() {
    for n in [1, 3] {
        let mut sink = Kept::default();
        let ending = run(up_to(0), &Doubling::new(), &mut sink, threads(n), &Interrupt::never());
        assert_eq!(ending.unwrap(), Ending::Done);
        assert!(sink.parts.is_empty());
    }
}

/// Counts what was taken and not yet accepted, and remembers the most.
#[test]
fn a_slow_sink_holds_the_source_back() {
    struct Slow<'a> {
        taken: &'a AtomicU64,
        accepted: u64,
        most: u64,
    }
    impl Sink for Slow<'_> {
        type Part = (u64, u64);
        type Error = String;
        fn accept(&mut self, _: (u64, u64)) -> Result<Flow, String> {
            std::thread::sleep(Duration::from_millis(2));
            self.most = self.most.max(self.taken.load(Ordering::SeqCst) - self.accepted);
            self.accepted += 1;
            Ok(Flow::Continue)
        }
    }
    for n in [1, 2, 4] {
        let taken = AtomicU64::new(0);
        let mut sink = Slow { taken: &taken, accepted: 0, most: 0 };
        let mut numbers = 0..120;
        let source = || {
            let number = numbers.next();
            taken.fetch_add(u64::from(number.is_some()), Ordering::SeqCst);
            Ok(number)
        };
        run(source, &Doubling::new(), &mut sink, threads(n), &Interrupt::never()).unwrap();
        assert_eq!(sink.accepted, 120);
        assert!(sink.most <= 4 * n as u64, "{} chunks in flight with {n} threads", sink.most);
        // The window is used, not only kept: workers do not wait for the sink one by one.
        assert!(n == 1 || sink.most > 4, "{} chunks in flight with {n} threads", sink.most);
    }
}

#[test]
fn the_first_error_in_order_wins_and_what_came_before_it_is_kept() {
    for n in [1, 2, 7] {
        let job = Doubling { fail_at: Some(50), ..Doubling::new() };
        let mut sink = Kept::default();
        let error = run(up_to(100_000), &job, &mut sink, threads(n), &Interrupt::never()).unwrap_err();
        assert_eq!(error.to_string(), "chunk 50 fails");
        assert_eq!(sink.parts.len(), 50, "{n} threads");
        let started = job.started.load(Ordering::SeqCst);
        assert!(started <= 50 + 4 * n as u64, "{started} chunks were started");
    }
}

#[test]
fn an_error_of_the_source_stands_where_its_chunk_would() {
    for n in [1, 2, 7] {
        let mut numbers = 0..;
        let source = move || match numbers.next() {
            Some(30) => Err("cannot read on".to_owned()),
            number => Ok(number),
        };
        let mut sink = Kept::default();
        let error = run(source, &Doubling::new(), &mut sink, threads(n), &Interrupt::never()).unwrap_err();
        assert_eq!(error.to_string(), "cannot read on");
        assert_eq!(sink.parts.len(), 30, "{n} threads");
    }
}

#[test]
fn an_error_of_the_sink_ends_the_run() {
    for n in [1, 2, 7] {
        let job = Doubling::new();
        let mut sink = Kept { fail_at: Some(20), ..Kept::default() };
        let error = run(up_to(100_000), &job, &mut sink, threads(n), &Interrupt::never()).unwrap_err();
        assert_eq!(error.to_string(), "sink fails at 20");
        assert_eq!(sink.parts.len(), 20);
        assert!(job.started.load(Ordering::SeqCst) <= 21 + 4 * n as u64);
    }
}

#[test]
fn a_sink_that_has_enough_ends_the_run_without_an_error() {
    for n in [1, 2, 7] {
        let mut sink = Kept { stop_after: Some(10), ..Kept::default() };
        let ending = run(up_to(100_000), &Doubling::new(), &mut sink, threads(n), &Interrupt::never());
        assert_eq!(ending.unwrap(), Ending::Done);
        assert_eq!(sink.parts.len(), 10);
    }
}

#[test]
fn an_interrupted_run_says_so_and_keeps_the_order() {
    for n in [1, 2, 7] {
        let interrupt = Interrupt::never();
        let mut numbers = 0..;
        let source = || {
            let number = numbers.next();
            if number == Some(40) {
                interrupt.raise();
            }
            Ok(number)
        };
        let mut sink = Kept::default();
        let ending = run(source, &Doubling::new(), &mut sink, threads(n), &interrupt).unwrap();
        assert_eq!(ending, Ending::Interrupted);
        assert!((0..sink.parts.len() as u64).eq(sink.parts.iter().map(|p| p.0)));
        assert!(sink.parts.len() <= 41 + n);
    }
}

#[test]
fn an_interrupt_before_the_start_reads_nothing() {
    let interrupt = Interrupt::never();
    interrupt.raise();
    let mut sink = Kept::default();
    let ending = run(up_to(10), &Doubling::new(), &mut sink, threads(2), &interrupt).unwrap();
    assert_eq!(ending, Ending::Interrupted);
    assert!(sink.parts.is_empty());
    assert_eq!(interrupt.exit_status(), 130);
}

#[test]
fn a_panic_reaches_the_caller_and_nobody_waits_for_ever() {
    for n in [1, 2, 7] {
        let job = Doubling { panic_at: Some(25), ..Doubling::new() };
        let mut sink = Kept::default();
        let interrupt = Interrupt::never();
        let run = std::panic::AssertUnwindSafe(|| run(up_to(100_000), &job, &mut sink, threads(n), &interrupt));
        assert!(std::panic::catch_unwind(run).is_err(), "{n} threads");
        assert!(sink.parts.len() <= 25);
    }
}

#[test]
fn states_are_kept_from_chunk_to_chunk() {
    struct Counting;
    impl Job for Counting {
        type Chunk = u64;
        type State = u64;
        type Part = (u64, u64);
        type Error = String;
        fn run(&self, chunk: u64, state: &mut u64) -> Result<(u64, u64), String> {
            *state += 1;
            Ok((chunk, *state))
        }
    }
    let mut sink = Kept { delay: Duration::ZERO, ..Kept::default() };
    run(up_to(5), &Counting, &mut sink, threads(1), &Interrupt::never()).unwrap();
    assert_eq!(sink.parts, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]);
}
