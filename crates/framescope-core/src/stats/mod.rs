//! Pure functions on slices: intervals, resampling kernels, tests.

mod intervals;

pub use intervals::{Interval, poisson, poisson_rate, signed_share, wilson};
