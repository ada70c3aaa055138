//! The lexicons of one run, side by side, with running numbers for rows that span them all.

use super::model::{EntryId, Lexicon, LexiconId, PathId};

/// The lexicons of one run. Tables have a row for every path (and axis) of every lexicon, so
/// paths, entries and axes also have a number that runs through the whole set.
#[derive(Debug, Clone, Default)]
pub struct LexiconSet {
    lexicons: Vec<Lexicon>,
    first_path: Vec<u32>,
    first_entry: Vec<u32>,
    first_axis: Vec<u32>,
    /// The weight of every entry, by running number: counting asks for it at every hit.
    weights: Vec<f64>,
    /// Whether the weight of every entry is 1, as mostly.
    all_weigh_one: bool,
    /// How many paths stand above each path.
    depths: Vec<u32>,
    /// How many paths the longest line from a topmost one down has.
    depth: usize,
}

impl LexiconSet {
    /// The lexicons in the order given.
    pub fn new(lexicons: Vec<Lexicon>) -> LexiconSet {
        let starts = |len: fn(&Lexicon) -> usize| {
            let mut next = 0;
            let mut starts = vec![0];
            for lexicon in &lexicons {
                next += len(lexicon) as u32;
                starts.push(next);
            }
            starts
        };
        let paths = lexicons.iter().flat_map(|l| (0..l.paths.len()).map(|p| l.lineage(PathId(p as u32))));
        let depths: Vec<u32> = paths.map(|lineage| lineage.count() as u32 - 1).collect();
        let weights: Vec<f64> = lexicons.iter().flat_map(|l| l.entries.iter().map(|e| e.weight)).collect();
        LexiconSet {
            all_weigh_one: weights.iter().all(|&weight| weight == 1.0),
            weights,
            depth: depths.iter().max().map_or(0, |&deepest| deepest as usize + 1),
            depths,
            first_path: starts(|l| l.paths.len()),
            first_entry: starts(|l| l.entries.len()),
            first_axis: starts(|l| l.axes.len()),
            lexicons,
        }
    }

    /// The lexicons with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (LexiconId, &Lexicon)> {
        self.lexicons.iter().enumerate().map(|(i, l)| (LexiconId(i as u32), l))
    }

    /// The lexicons.
    pub fn lexicons(&self) -> &[Lexicon] {
        &self.lexicons
    }

    /// One lexicon.
    pub fn lexicon(&self, id: LexiconId) -> &Lexicon {
        &self.lexicons[id.0 as usize]
    }

    /// How many paths all lexicons have.
    pub fn path_count(&self) -> usize {
        self.first_path.last().map_or(0, |n| *n as usize)
    }

    /// How many entries all lexicons have.
    pub fn entry_count(&self) -> usize {
        self.first_entry.last().map_or(0, |n| *n as usize)
    }

    /// How many axes all lexicons have.
    pub fn axis_count(&self) -> usize {
        self.first_axis.last().map_or(0, |n| *n as usize)
    }

    /// A path's running number.
    pub fn path_number(&self, lexicon: LexiconId, path: PathId) -> u32 {
        self.first_path[lexicon.0 as usize] + path.0
    }

    /// An entry's running number.
    pub fn entry_number(&self, lexicon: LexiconId, entry: EntryId) -> u32 {
        self.first_entry[lexicon.0 as usize] + entry.0
    }

    /// An axis's running number.
    pub fn axis_number(&self, lexicon: LexiconId, axis: usize) -> u32 {
        self.first_axis[lexicon.0 as usize] + axis as u32
    }

    /// The weights of all entries, by running number, if not all are 1. Entries stand at random places of a table, so none is
    /// asked where there is no need.
    pub fn weights(&self) -> Option<&[f64]> {
        (!self.all_weigh_one).then_some(&self.weights)
    }

    /// How many paths stand above the path of this running number.
    pub fn depth_of(&self, path: u32) -> usize {
        self.depths[path as usize] as usize
    }

    /// One more than any path's depth.
    pub fn depth(&self) -> usize {
        self.depth
    }
}
