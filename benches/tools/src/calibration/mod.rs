//! Whether the tests reject, and the intervals cover, as often as they say: by simulation, with fixed seeds.
//!
//! Corpora are drawn with what news has: unequal lengths, more spread than Poisson, events that drive both
//! outlets, authors who repeat their label. In most there is no difference between the outlets, in some a known
//! one. `calibrate` writes the tables for readers and says which cells fall outside what is promised.

mod chance;
mod events;
mod models;
mod peers;
mod rates;
mod shares;
mod slopes;
mod strata;
mod table;

pub use events::events;
pub use models::models;
pub use rates::rates;
pub use shares::shares;
pub use slopes::{lengths, seasons, trends};
pub use strata::strata;
pub use table::Table;

/// How much is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Corpora a cell: with 2,000, one standard error at 5 % is half a percentage point.
    pub corpora: u64,
    /// Permutations a test, where not all arrangements are gone through.
    pub draws: u64,
}

/// Rejections of true hypotheses that are promised, in per cent.
const REJECTED: [f64; 2] = [3.0, 7.0];
/// The least coverage that is promised, in per cent.
const COVERED: f64 = 93.0;
/// From so many units a side it is promised.
const COVERED_FROM: usize = 10;
/// Fewer corpora than this say nothing of a cell.
const TOO_FEW: f64 = 200.0;

/// Three standard errors of a percentage.
fn noise(percent: f64, corpora: f64) -> f64 {
    300.0 * (percent / 100.0 * (1.0 - percent / 100.0) / corpora).sqrt()
}
