//! Sums of rows of numbers over many subsets of articles at once.
//!
//! A subset is a bit an article, 64 in a word. The rows of four neighbouring articles have 16 sums; these are made once and
//! every subset looks up the one it wants (the method of the four Russians, Arlazarov et al. 1970), so that one addition
//! does the work of four and no branch asks whether an article is in. A sum adds up in the same order whichever subsets
//! are worked on together, so it does not depend on how the work is cut.
//!
//! Measured on 100,000 articles and 50 paths that four fifths of them hit: benches/NOTES.md, "Comparing".

/// Articles in a word of a subset.
pub(super) const WORD: usize = u64::BITS as usize;
/// Articles whose sums are looked up together: with more, making the tables costs more than they save.
const TOGETHER: usize = 4;
/// Tables at every second place of a word.
const HALF: usize = WORD / TOGETHER / 2;

/// Words that hold a bit an article.
pub(super) fn words_for(articles: usize) -> usize {
    articles.div_ceil(WORD)
}

/// Subsets of the same articles, word by word: what one word of all of them says stands together.
#[derive(Debug, Default)]
pub(super) struct Subsets {
    words: Vec<u64>,
    count: usize,
}

impl Subsets {
    /// Makes room for so many subsets of so many articles.
    pub(super) fn resize(&mut self, articles: usize, count: usize) {
        self.count = count;
        self.words.resize(words_for(articles) * count, 0);
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Puts a subset in its place.
    pub(super) fn set(&mut self, number: usize, bits: &[u64]) {
        // Of no articles there are no words, and still subsets.
        let places = self.words.iter_mut().skip(number).step_by(self.count.max(1));
        places.zip(bits).for_each(|(word, bits)| *word = *bits);
    }

    /// One word of every subset.
    pub(super) fn word(&self, word: usize) -> &[u64] {
        &self.words[word * self.count..][..self.count]
    }

    /// One subset.
    pub(super) fn get(&self, number: usize) -> impl Iterator<Item = u64> + '_ {
        self.words.iter().skip(number).step_by(self.count.max(1)).copied()
    }
}

/// The sums that the articles of one word can have.
pub(super) struct Tables<const W: usize> {
    rows: Box<[[f64; W]; WORD]>,
    /// Which articles have a row.
    occupied: u64,
    /// Tables at even and at odd places of the word, of four articles each; four without a row have none.
    sums: [Box<[[[f64; W]; 1 << TOGETHER]; HALF]>; 2],
    shifts: [[u32; HALF]; 2],
    made: [usize; 2],
}

impl<const W: usize> Default for Tables<W> {
    fn default() -> Self {
        Tables {
            rows: Box::new([[0.0; W]; WORD]),
            occupied: 0,
            sums: [0; 2].map(|_| Box::new([[[0.0; W]; 1 << TOGETHER]; HALF])),
            shifts: [[0; HALF]; 2],
            made: [0; 2],
        }
    }
}

impl<const W: usize> Tables<W> {
    /// Forgets the rows of the word before.
    pub(super) fn clear(&mut self) {
        while self.occupied > 0 {
            self.rows[self.occupied.trailing_zeros() as usize] = [0.0; W];
            self.occupied &= self.occupied - 1;
        }
    }

    /// The row of an article, which is 0 at first.
    pub(super) fn row(&mut self, article: usize) -> &mut [f64; W] {
        self.occupied |= 1 << article;
        &mut self.rows[article]
    }

    /// Makes the tables of the rows.
    pub(super) fn make(&mut self) {
        self.made = [0; 2];
        for (number, rows) in self.rows.as_chunks::<TOGETHER>().0.iter().enumerate() {
            let shift = number * TOGETHER;
            if self.occupied >> shift & ((1 << TOGETHER) - 1) == 0 {
                continue;
            }
            let parity = number % 2;
            let place = self.made[parity];
            let table = &mut self.sums[parity][place];
            table[0] = [0.0; W];
            for (bit, row) in rows.iter().enumerate() {
                for low in 0..1 << bit {
                    let mut sum = table[low];
                    add(&mut sum, row);
                    table[low | 1 << bit] = sum;
                }
            }
            self.shifts[parity][place] = shift as u32;
            self.made[parity] += 1;
        }
    }

    /// Adds the rows of the articles of a subset: the hot loop of every resampling. Even and odd places have sums of their
    /// own, so that an addition need not wait for the one before.
    #[inline]
    pub(super) fn add(&self, subset: u64, sums: &mut [f64; W]) {
        let (mut even, mut odd) = (*sums, [0.0; W]);
        let own = |parity: usize| self.sums[parity].iter().zip(&self.shifts[parity]).take(self.made[parity]);
        for (table, shift) in own(0) {
            add(&mut even, &table[(subset >> shift) as usize % (1 << TOGETHER)]);
        }
        for (table, shift) in own(1) {
            add(&mut odd, &table[(subset >> shift) as usize % (1 << TOGETHER)]);
        }
        add(&mut even, &odd);
        *sums = even;
    }

    /// Adds the rows of a subset of few articles, each so many times.
    #[inline]
    pub(super) fn add_few(&self, mut subset: u64, times: f64, sums: &mut [f64; W]) {
        subset &= self.occupied;
        while subset > 0 {
            let row = &self.rows[subset.trailing_zeros() as usize];
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += times * value);
            subset &= subset - 1;
        }
    }
}

#[inline]
fn add<const W: usize>(sums: &mut [f64; W], row: &[f64; W]) {
    sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::random::{Draws, Purpose};

    /// Against one article after the other, for full and for sparse words.
    #[test]
    fn sums_are_those_of_the_articles() {
        let mut draws = Draws::new(1, Purpose::Dispersion, 0);
        let mut tables = Tables::<6>::default();
        for one_in in [1, 3, 30, 200] {
            tables.clear();
            let mut rows = [[0.0; 6]; WORD];
            for (article, row) in rows.iter_mut().enumerate() {
                if draws.below(one_in) > 0 {
                    continue;
                }
                row.iter_mut().for_each(|value| *value = f64::from(draws.below(1000)));
                *tables.row(article) = *row;
            }
            tables.make();
            for _ in 0..50 {
                let subset = draws.word();
                let (mut found, mut few) = ([7.0; 6], [7.0; 6]);
                tables.add(subset, &mut found);
                tables.add_few(subset, 3.0, &mut few);
                for column in 0..6 {
                    let own = (0..WORD).filter(|article| subset >> article & 1 == 1);
                    let sum: f64 = own.map(|article| rows[article][column]).sum();
                    assert_eq!((found[column], few[column]), (7.0 + sum, 7.0 + 3.0 * sum));
                }
            }
        }
    }

    #[test]
    fn subsets_are_kept_word_by_word() {
        let mut subsets = Subsets::default();
        subsets.resize(130, 2);
        subsets.set(0, &[1, 2, 3]);
        subsets.set(1, &[4, 5, 1]);
        assert_eq!([0, 1, 2].map(|word| subsets.word(word).to_vec()), [[1, 4], [2, 5], [3, 1]]);
        assert_eq!(subsets.get(1).collect::<Vec<_>>(), [4, 5, 1]);
    }
}
