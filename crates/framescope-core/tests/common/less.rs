//! What is left of a count where less was asked for.

use framescope_core::score::{PathTally, Tally};

/// What is counted where nobody asks for more than hits in zones and voices.
pub(crate) fn without_details(tally: &Tally) -> Tally {
    let mut tally = tally.clone();
    for row in &mut tally.paths {
        let PathTally { hits, short, counted, .. } = *row;
        *row = PathTally { hits, short, counted, ..PathTally::default() };
    }
    tally
}
