//! Things done side by side before the pipeline begins.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
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

/// What `of` makes of each of these, in their order; with more than one thread several are made at once.
pub fn each_beside<T: Sync, R: Send>(threads: NonZeroUsize, things: &[T], of: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take_turns = || {
        let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        numbers.map_while(|number| Some((number, of(things.get(number)?)))).collect::<Vec<_>>()
    };
    let helpers = threads.get().min(things.len()).saturating_sub(1);
    let mut made = thread::scope(|scope| {
        // Where the system gives no thread, there is one helper less.
        let spawn = |_| thread::Builder::new().spawn_scoped(scope, take_turns).ok();
        let helpers: Vec<_> = (0..helpers).filter_map(spawn).collect();
        let mut made = take_turns();
        for helper in helpers {
            made.extend(helper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        made
    });
    made.sort_unstable_by_key(|(number, _)| *number);
    made.into_iter().map(|(_, of)| of).collect()
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
    fn each_is_made_once_and_in_order() {
        for threads in [1, 2, 7].map(|n| NonZeroUsize::new(n).expect("not zero")) {
            for count in [0, 1, 2, 50] {
                let things: Vec<usize> = (0..count).collect();
                let made = each_beside(threads, &things, |&thing| {
                    // Later things are made earlier.
                    thread::sleep(std::time::Duration::from_micros(100 * (50 - thing as u64)));
                    (thing * 2, thread::current().id())
                });
                assert_eq!(
                    made.iter().map(|(made, _)| *made).collect::<Vec<_>>(),
                    (0..count).map(|n| n * 2).collect::<Vec<_>>()
                );
                if threads.get() == 1 {
                    assert!(made.iter().all(|(_, by)| *by == thread::current().id()));
                }
            }
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
