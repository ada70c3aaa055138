//! Numbers and what they are of in 32 bits, so that millions of hits fit into memory.

use framescope_core::matching::Whom;
use framescope_core::text::Voice;

/// Slots beside the 12 of zone and voice.
pub(super) const SHORT: u32 = 12;
pub(super) const NEGATED: u32 = 13;
/// A number and its slot in 32 bits.
pub(super) const SLOT_SHIFT: u32 = 28;
pub(super) const NUMBER: u32 = (1 << SLOT_SHIFT) - 1;
/// No value in a column.
pub(super) const NONE: u32 = u32::MAX;

/// A number in a slot (zone and voice, short, negated) of an article. A number too large for 28 bits takes several
/// cells: cells of one slot are added.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) article: u32,
    pub(super) packed: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct EntryCell {
    pub(super) article: u32,
    pub(super) entry: u32,
    /// The voice above 28 bits of hits.
    pub(super) packed: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct WhomCell {
    pub(super) article: u32,
    pub(super) whom: Whom,
    pub(super) packed: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct PoleCell {
    pub(super) article: u32,
    /// The voice, plus 4 on the negative pole, above 28 bits of hits.
    pub(super) packed: u32,
}

/// A number in as many cells as it takes; none for 0.
pub(super) fn pack(slot: u32, mut number: u32, mut push: impl FnMut(u32)) {
    while number > 0 {
        let part = number.min(NUMBER);
        push(slot << SLOT_SHIFT | part);
        number -= part;
    }
}

/// Adds `more` to `sum` if they are of the same kind and the sum fits.
pub(super) fn add_packed(same: bool, sum: &mut u32, more: u32) -> bool {
    let fits = same && (*sum & NUMBER) + (more & NUMBER) <= NUMBER;
    if fits {
        *sum += more & NUMBER;
    }
    fits
}

/// Moves the rows that stay to the front and returns how many they are; `join` adds a row to the one before it, if it may.
pub(super) fn merge<T: Copy>(rows: &mut [T], mut join: impl FnMut(&mut T, &T) -> bool) -> usize {
    let mut kept = 0;
    for next in 0..rows.len() {
        let row = rows[next];
        if kept == 0 || !join(&mut rows[kept - 1], &row) {
            rows[kept] = row;
            kept += 1;
        }
    }
    kept
}

pub(super) fn voice_of(number: u32) -> Voice {
    Voice::ALL[number as usize % 3]
}
