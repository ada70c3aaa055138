//! Pure functions on slices: intervals, resampling kernels, tests.
//!
//! Articles (or events) are the units, never words; what takes words to be independent says "within-text".
//! A number that cannot be given honestly is a [`StatsError`] with its reason, or none, and never NaN. Formulas and
//! reference values: design 10 and methods 3 and 4; each file names its source and tests it. Chance is seeded and each
//! resample has a stream of its own, so work is cut into ranges of resamples for threads that live elsewhere.
//!
//! Two groups' rates, from the articles up (design 10): [`enough_units`] and [`enough_hits`] say whether anything is
//! tested; [`contrast`], or [`contrast_by_events`] after [`enough_pairs`], gives the difference; [`RateTest`] its p and,
//! with [`RateTest::critical`], the interval that agrees with it; [`holm`] or [`benjamini_hochberg`] the family.

mod arrange;
mod axes;
mod bootstrap;
mod bootstrap_sums;
mod chance_dp;
mod clusters;
mod dispersion;
mod dist;
mod effect;
mod emphasis;
mod error;
mod families;
mod intervals;
mod inversion;
mod keyness;
mod kitagawa;
mod length;
mod linear;
mod negative_binomial;
mod omnibus;
mod overdispersion;
mod permutation;
mod poisson_model;
mod prevalence;
mod random;
mod rate_events;
mod rate_kernel;
mod rate_moments;
mod rate_test;
mod rates;
mod shares;
mod shift;
mod strata;
mod stratified;
mod subset_sums;
mod trend;
mod wilcoxon;
mod wild;

pub use arrange::{Arrangements, ENUMERATED, PermutationP};
pub use axes::{consistency, effective_number, entropy, log_ratio_axis, smoothed_axis, smoothed_axis_sd};
pub use bootstrap::{BCA_FROM, Bootstrap, acceleration, bca, defined, percentile, weighted_ratio};
pub use bootstrap_sums::Cells;
pub use chance_dp::{ChanceDp, chance_dp, mean_chance_dp, poisson_dp};
pub use clusters::ClusterCorrection;
pub use dispersion::{Dispersion, HolderDispersion, dispersion, juilland_d};
pub use dist::{
    beta_cdf, beta_quantile, binomial_two_sided, chi2_upper, fisher_two_sided, normal_cdf, normal_quantile, t_quantile,
    t_two_sided,
};
pub use effect::{
    Hedges, cliff_delta, cliff_delta_interval, hedges_g, mann_whitney_u, mean_of, median, robust_z_score, spearman,
    z_score,
};
pub use emphasis::{emphasis, emphasis_replicates};
pub use error::StatsError;
pub use families::{benjamini_hochberg, benjamini_yekutieli, holm};
pub use intervals::{Interval, poisson, poisson_rate, signed_share, wilson};
pub use inversion::invert;
pub use keyness::{
    LogOdds, WordCounts, chi2, closed_log_ratio_interval, conditional_exact_p, conservative_log_ratio, g2,
    g2_two_cells, log_odds, log_ratio, log_ratio_interval, prior_strength,
};
pub use kitagawa::{EventPart, Split, kitagawa};
pub use length::{LENGTH_FROM, LengthCheck, length_check};
pub use negative_binomial::{Dispersed, NegativeBinomial};
pub use omnibus::OmnibusTest;
pub use overdispersion::overdispersion_p;
pub use permutation::{mean_difference, sign_flip};
pub use poisson_model::{Estimates, PoissonFit, Regression};
pub use prevalence::{Difference, Present, jeffreys, prevalence_p, risk_difference, rule_of_three};
pub use random::{Draws, Purpose};
pub use rate_test::{RateTest, SparseHits};
pub use rates::{
    Count, EXPECTED_HITS, HEADLINE_FROM, LogRate, PAIRED_FROM, UNITS_A_SIDE, contrast, contrast_by_events, enough_hits,
    enough_pairs, enough_units, log_rate,
};
pub use shares::{BootstrapInterval, MENTIONING_ARTICLES, RatioGroups, Share};
pub use shift::{Shift, WordShift, rate_shift, word_shift};
pub use strata::{StratifiedRatio, stratified_ratio};
pub use stratified::{Association, Table, mantel_haenszel};
pub use trend::{
    ARTICLES_A_PERIOD, BLOCKS, NEWEY_WEST_FROM, Slope, TrendErrors, TrendModel, block_length, newey_west_lags,
};
pub use wilcoxon::{EXACT_UP_TO, SignedRanks, signed_ranks};
pub use wild::{WEBB_BELOW, WildWeights};
