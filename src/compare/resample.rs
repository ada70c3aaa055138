//! Resampling on threads: ranges of resamples are worked on side by side and put together in order, so that what
//! comes out is the same for any number of threads.

use std::num::NonZeroUsize;
use std::ops::Range;

use rayon::prelude::*;

use super::error::CompareError;
use crate::pipeline::Interrupt;

/// How many ranges of a resampling a thread gets: enough that none waits long for the last.
const RANGES_A_THREAD: u64 = 8;
/// What is prepared for a range serves all its resamples, so it has at least so many.
const AT_LEAST: u64 = 64;

/// Threads that resample, and who may stop them.
pub(super) struct Resampler<'a> {
    pool: rayon::ThreadPool,
    interrupt: &'a Interrupt,
}

impl<'a> Resampler<'a> {
    pub(super) fn new(threads: NonZeroUsize, interrupt: &'a Interrupt) -> Result<Resampler<'a>, CompareError> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads.get())
            .build()
            .map_err(|error| CompareError::Threads { threads: threads.get(), reason: error.to_string() })?;
        Ok(Resampler { pool, interrupt })
    }

    /// The work of every range of `0..count`, in order.
    pub(super) fn ranges<T: Send>(
        &self,
        count: u64,
        work: impl Fn(Range<u64>) -> T + Sync,
    ) -> Result<Vec<T>, CompareError> {
        let size = count.div_ceil(RANGES_A_THREAD * self.pool.current_num_threads() as u64).max(AT_LEAST);
        let ranges: Vec<Range<u64>> =
            (0..count.div_ceil(size)).map(|i| i * size..((i + 1) * size).min(count)).collect();
        let one = |range: Range<u64>| match self.interrupt.is_raised() {
            true => Err(CompareError::Interrupted),
            false => Ok(work(range)),
        };
        self.pool.install(|| ranges.into_par_iter().map(one).collect())
    }

    /// The work of every item, in order.
    pub(super) fn each<I: Send, T: Send>(
        &self,
        items: Vec<I>,
        work: impl Fn(I) -> Result<T, CompareError> + Sync,
    ) -> Result<Vec<T>, CompareError> {
        let one = |item: I| match self.interrupt.is_raised() {
            true => Err(CompareError::Interrupted),
            false => work(item),
        };
        self.pool.install(|| items.into_par_iter().map(one).collect())
    }

    /// Sums of tallies of every range.
    pub(super) fn tally(
        &self,
        count: u64,
        work: impl Fn(Range<u64>) -> Vec<u64> + Sync,
    ) -> Result<Vec<u64>, CompareError> {
        let parts = self.ranges(count, work)?;
        let mut sums: Vec<u64> = Vec::new();
        for part in parts {
            sums.resize(part.len().max(sums.len()), 0);
            sums.iter_mut().zip(part).for_each(|(sum, n)| *sum += n);
        }
        Ok(sums)
    }
}
