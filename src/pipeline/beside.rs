//! Two things side by side before the pipeline begins.

use std::num::NonZeroUsize;
use std::thread;

/// Does both, side by side where there are threads for it: neither needs the other, and nothing else begins before. An
/// error of `a` does not wait for `b`.
pub fn beside<A, B: Send + 'static, E>(
    threads: NonZeroUsize,
    a: impl FnOnce() -> Result<A, E>,
    b: impl Fn() -> B + Copy + Send + 'static,
) -> Result<(A, B), E> {
    // Where the system gives no thread, one does it.
    let spawned = (threads.get() > 1).then(|| thread::Builder::new().spawn(b).ok()).flatten();
    let a = a()?;
    let b = match spawned {
        Some(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        None => b(),
    };
    Ok((a, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_done_and_an_error_is_handed_on() {
        for threads in [1, 2].map(|n| NonZeroUsize::new(n).expect("not zero")) {
            assert_eq!(beside(threads, || Ok::<_, ()>(1), || 2), Ok((1, 2)));
            assert_eq!(beside(threads, || Err::<(), _>("no"), || 2), Err("no"));
        }
    }

    #[test]
    fn with_one_thread_all_of_it_is_done_by_the_calling_one() {
        let of = |threads| {
            let by =
                beside(NonZeroUsize::new(threads).expect("not zero"), || Ok::<_, ()>(()), || thread::current().id());
            by.expect("no error").1
        };
        assert_eq!(of(1), thread::current().id());
        assert_ne!(of(2), thread::current().id());
    }
}
