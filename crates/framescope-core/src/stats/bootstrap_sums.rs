//! Weighted sums of many columns in many bootstrap replicates at once.
//!
//! A replicate draws nearly all units fewer than eight times, so its weights are three rows of bits: drawn an odd number
//! of times, drawn 2 or 3 of every 4 times, drawn 4 to 7 of every 8. A weighted sum is then the sum over the first, twice that over
//! the second, four times that over the third ([`super::subset_sums`]), and the few units that were drawn oftener are added one
//! by one. Only one unit in fifty is drawn four times or more: the third row is walked bit by bit.

use std::borrow::Cow;
use std::ops::Range;

use super::bootstrap::Bootstrap;
use super::subset_sums::{Subsets, Tables, WORD, words_for};
use crate::bits::lowest_of_eight;

/// Columns that are added up together.
const COLUMNS: usize = 8;
/// Replicates that are worked on at once.
const AT_ONCE: usize = 256;
/// The first weight that three bits do not hold.
const OFTEN: u8 = 8;

/// The values of a column, by unit, as they come; a unit that stands twice has both values.
pub type Cells = [(u32, f64)];

impl Bootstrap {
    /// Σ weight · value of each column in every replicate of `range`: a row a column. Ranges are put together in order.
    ///
    /// A column's digits do not depend on which others it is summed with, nor on the range.
    pub fn sums(&self, range: Range<u64>, columns: &[&Cells]) -> Vec<Vec<f64>> {
        let sorted: Vec<Cow<'_, Cells>> = columns.iter().map(|cells| in_order(cells)).collect();
        let mut found: Vec<Vec<f64>> = columns.iter().map(|_| Vec::with_capacity(range.clone().count())).collect();
        let mut replicates = Replicates::default();
        let mut tables = Tables::<COLUMNS>::default();
        let mut start = range.start;
        while start < range.end {
            let end = range.end.min(start + AT_ONCE as u64);
            replicates.draw(self, start..end);
            for (columns, found) in sorted.chunks(COLUMNS).zip(found.chunks_mut(COLUMNS)) {
                let sums = replicates.add(columns, &mut tables);
                for (place, found) in found.iter_mut().enumerate() {
                    found.extend(sums.iter().map(|sums| sums[place]));
                }
            }
            start = end;
        }
        found
    }
}

/// By unit; large columns had better come so, as a copy is made of others.
fn in_order(cells: &Cells) -> Cow<'_, Cells> {
    if cells.is_sorted_by_key(|(unit, _)| *unit) {
        return Cow::Borrowed(cells);
    }
    let mut sorted = cells.to_vec();
    sorted.sort_by_key(|(unit, _)| *unit);
    Cow::Owned(sorted)
}

/// How often each unit was drawn in some replicates.
#[derive(Default)]
struct Replicates {
    /// The lowest three digits of the weights.
    digits: [Subsets; 3],
    /// Weights of [`OFTEN`] and more: word, replicate, place in the word, and what of the weight the digits lack.
    often: Vec<(u32, u32, u32, f64)>,
    weights: Vec<u8>,
    bits: [Vec<u64>; 3],
}

impl Replicates {
    fn draw(&mut self, plan: &Bootstrap, range: Range<u64>) {
        let (units, count) = (plan.units(), (range.end - range.start) as usize);
        self.digits.iter_mut().for_each(|digits| digits.resize(units, count));
        self.bits.iter_mut().for_each(|bits| bits.resize(words_for(units), 0));
        self.often.clear();
        for (number, index) in range.enumerate() {
            self.weights.clear();
            self.weights.resize(words_for(units) * WORD, 0);
            // A weight of 256 has a probability below 10⁻⁵⁰⁰.
            plan.draw(index, |unit| self.weights[unit] = self.weights[unit].saturating_add(1));
            for (word, weights) in self.weights.as_chunks::<WORD>().0.iter().enumerate() {
                let [first, second, third] = &mut self.bits;
                [first[word], second[word], third[word]] = digits(weights);
                if weights.iter().any(|weight| *weight >= OFTEN) {
                    let places = (0..).zip(weights).filter(|(_, weight)| **weight >= OFTEN);
                    let often = places
                        .map(|(place, weight)| (word as u32, number as u32, place, f64::from(weight - weight % OFTEN)));
                    self.often.extend(often);
                }
            }
            self.digits.iter_mut().zip(&self.bits).for_each(|(digits, bits)| digits.set(number, bits));
        }
        self.often.sort_unstable_by_key(|(word, replicate, place, _)| (*word, *replicate, *place));
    }

    /// The weighted sums of up to [`COLUMNS`] columns.
    fn add(&self, columns: &[Cow<'_, Cells>], tables: &mut Tables<COLUMNS>) -> Vec<[f64; COLUMNS]> {
        let count = self.digits[0].count();
        let (mut sums, mut twice) = (vec![[0.0; COLUMNS]; count], vec![[0.0; COLUMNS]; count]);
        let mut rest: Vec<&Cells> = columns.iter().map(AsRef::as_ref).collect();
        while let Some(word) = rest.iter().filter_map(|cells| Some(cells.first()?.0 / WORD as u32)).min() {
            tables.clear();
            for (column, cells) in rest.iter_mut().enumerate() {
                let own = cells.partition_point(|(unit, _)| unit / WORD as u32 == word);
                let (here, after) = cells.split_at(own);
                here.iter().for_each(|(unit, value)| tables.row(*unit as usize % WORD)[column] += value);
                *cells = after;
            }
            tables.make();
            let [first, second, third] = self.digits.each_ref().map(|digits| digits.word(word as usize));
            for (((sums, twice), first), (second, third)) in
                sums.iter_mut().zip(&mut twice).zip(first).zip(second.iter().zip(third))
            {
                tables.add(*first, sums);
                tables.add(*second, twice);
                tables.add_few(*third, 4.0, sums);
            }
            let start = self.often.partition_point(|(other, ..)| *other < word);
            for (_, replicate, place, times) in self.often[start..].iter().take_while(|(other, ..)| *other == word) {
                tables.add_few(1 << place, *times, &mut sums[*replicate as usize]);
            }
        }
        sums.iter_mut().zip(&twice).for_each(|(sums, twice)| {
            sums.iter_mut().zip(twice).for_each(|(sum, twice)| *sum += 2.0 * twice);
        });
        sums
    }
}

/// The lowest three digits of 64 weights, eight weights at a time.
fn digits(weights: &[u8; WORD]) -> [u64; 3] {
    let mut found = [0; 3];
    for (place, eight) in weights.as_chunks::<8>().0.iter().enumerate() {
        let eight = u64::from_le_bytes(*eight);
        for (digit, found) in found.iter_mut().enumerate() {
            *found |= lowest_of_eight(eight >> digit & 0x0101_0101_0101_0101) << (8 * place);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::random::{Draws, Purpose};

    /// Against weight times value, unit by unit: dense and sparse columns, a unit that stands twice, whole numbers
    /// (equal to the last digit) and others.
    #[test]
    fn sums_are_weight_times_value() {
        for sizes in [vec![900, 3, 150], vec![5], vec![64], vec![2, 70]] {
            let plan = Bootstrap::new(&sizes, 400, 3).unwrap();
            let units = plan.units() as u32;
            let mut draws = Draws::new(2, Purpose::Dispersion, 1);
            let mut columns: Vec<Vec<(u32, f64)>> = (0..11)
                .map(|column| {
                    let own: Vec<u32> = (0..units).filter(|_| draws.below(1 + column * column) == 0).collect();
                    own.into_iter().map(|unit| (unit, f64::from(draws.below(2000)))).collect()
                })
                .collect();
            columns[2] = (0..units).rev().map(|unit| (unit, 1.0 / f64::from(unit + 3))).collect();
            columns[4].extend([(units - 1, 7.0), (0, 2.0), (units - 1, 1.0)]);
            let cells: Vec<&Cells> = columns.iter().map(Vec::as_slice).collect();
            let found = plan.sums(0..400, &cells);
            let mut weights = vec![0; units as usize];
            for index in 0..400 {
                plan.weights(index, &mut weights);
                for (column, cells) in columns.iter().enumerate() {
                    let plain: f64 = cells.iter().map(|(unit, v)| f64::from(weights[*unit as usize]) * v).sum();
                    let apart = (found[column][index as usize] - plain).abs();
                    assert!(if column == 2 { apart < 1e-12 } else { apart == 0.0 }, "{sizes:?} {column} {index}");
                }
            }
        }
    }

    /// Digits do not depend on the range, nor on the company of columns.
    #[test]
    fn sums_do_not_depend_on_how_the_work_is_cut() {
        let plan = Bootstrap::new(&[500], 300, 9).unwrap();
        let columns: Vec<Vec<(u32, f64)>> =
            (1..20).map(|k| (0..500).step_by(k).map(|unit| (unit, 1.0 / f64::from(unit + 1))).collect()).collect();
        let cells: Vec<&Cells> = columns.iter().map(Vec::as_slice).collect();
        let whole = plan.sums(0..300, &cells);
        let parts = [0..1, 1..170, 170..300].map(|range| plan.sums(range, &cells));
        let one = plan.sums(0..300, &cells[11..12]);
        assert!(one[0] == whole[11]);
        for (column, whole) in whole.iter().enumerate() {
            assert!(parts.iter().flat_map(|part| part[column].clone()).collect::<Vec<f64>>() == *whole, "{column}");
        }
    }

    /// A referent that nobody mentions has no units, and its replicates are as many.
    #[test]
    fn no_units_have_sums_of_nothing() {
        let plan = Bootstrap::new(&[], 9, 1).unwrap();
        assert_eq!(plan.sums(0..9, &[&[], &[]]), [vec![0.0; 9], vec![0.0; 9]]);
    }

    #[test]
    fn digits_are_those_of_the_weights() {
        let mut draws = Draws::new(2, Purpose::Dispersion, 1);
        for _ in 0..50 {
            let weights: [u8; WORD] = std::array::from_fn(|_| draws.below(256) as u8);
            let found = digits(&weights);
            for (place, weight) in weights.iter().enumerate() {
                assert_eq!(
                    [0, 1, 2].map(|digit| (found[digit] >> place & 1) as u8),
                    [0, 1, 2].map(|d| weight >> d & 1)
                );
            }
        }
    }
}
