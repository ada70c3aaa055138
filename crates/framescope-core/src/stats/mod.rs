//! Pure functions on slices: intervals, resampling kernels, tests.

mod arrange;
mod dist;
mod error;
mod intervals;
mod inversion;
mod permutation;
mod random;
mod rate_test;
mod rates;

pub use arrange::{Arrangements, ENUMERATED, PermutationP};
pub use dist::{
    beta_cdf, beta_quantile, binomial_two_sided, chi2_upper, fisher_two_sided, normal_cdf, normal_quantile, t_quantile,
    t_two_sided,
};
pub use error::StatsError;
pub use intervals::{Interval, poisson, poisson_rate, signed_share, wilson};
pub use inversion::invert;
pub use permutation::{mean_difference, sign_flip};
pub use random::{Draws, Purpose};
pub use rate_test::{RateTest, SparseHits};
pub use rates::{
    Count, EXPECTED_HITS, HEADLINE_FROM, LogRate, PAIRED_FROM, UNITS_A_SIDE, contrast, contrast_by_events, enough_hits,
    enough_pairs, enough_units, log_rate,
};
