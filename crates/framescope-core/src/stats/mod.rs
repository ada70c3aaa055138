//! Pure functions on slices: intervals, resampling kernels, tests.
