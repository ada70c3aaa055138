//! The check that no id stands twice, at some 22 bytes an article: the one thing in a run of `score` that grows with the
//! corpus. `--no-id-check` spares it.

use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, BuildHasherDefault};

use super::RecordPlace;

/// Remembers a hash of every id and where it stood.
#[derive(Debug)]
pub struct IdCheck {
    /// Halves of hashes and the number of the place, in parts ([`part`]). A table that grows needs room for itself twice,
    /// and a part of it for little more than itself.
    seen: Vec<FxHashMap<[u32; 2], u32>>,
    runs: Vec<Run>,
    /// The number of the next place, if it follows the last.
    next: u64,
}

/// Places that ascend: records of a file, or a record each of several files. Those that are left out have numbers, too.
#[derive(Debug)]
struct Run {
    /// The number of its first place.
    first: u64,
    file: u32,
    record: u64,
    by_file: bool,
}

impl Run {
    /// The file and record of a number.
    fn place(&self, number: u64) -> (u32, u64) {
        let step = number - self.first;
        if self.by_file { (self.file + step as u32, self.record) } else { (self.file, self.record + step) }
    }
}

const PARTS: usize = 256;

/// In which part a hash stands. The last part has twice as many as the first, and those between them more and more: so
/// they do not all double at once, and there is never twice the room that is needed.
fn part(hash: u64) -> usize {
    let share = hash as f64 / 2_f64.powi(64);
    (((1.0 + share).log2() * PARTS as f64) as usize).min(PARTS - 1)
}

impl Default for IdCheck {
    fn default() -> IdCheck {
        IdCheck { seen: vec![FxHashMap::default(); PARTS], runs: Vec::new(), next: 0 }
    }
}

impl IdCheck {
    /// Notes an id; gives the file and record of an earlier one that was the same.
    pub fn note(&mut self, id: &str, place: RecordPlace) -> Option<(u32, u64)> {
        // Beyond four billion records an earlier place is not named exactly.
        let number = u32::try_from(self.number_of((place.file, place.record))).unwrap_or(u32::MAX);
        let hasher: BuildHasherDefault<std::hash::DefaultHasher> = BuildHasherDefault::new();
        let hash = hasher.hash_one(id);
        let known = match self.seen[part(hash)].entry([hash as u32, (hash >> 32) as u32]) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(free) => {
                free.insert(number);
                return None;
            }
        };
        Some(self.place(u64::from(known)))
    }

    /// The number of a place behind all that have one.
    fn number_of(&mut self, (file, record): (u32, u64)) -> u64 {
        let next = self.next;
        let number = match self.runs.last_mut() {
            Some(run) if !run.by_file && run.file == file && run.place(next).1 <= record => {
                run.first + (record - run.record)
            }
            Some(run) if run.record == record && run.file < file && (run.by_file || run.first + 1 == next) => {
                run.by_file = true;
                run.first + u64::from(file - run.file)
            }
            _ => {
                self.runs.push(Run { first: next, file, record, by_file: false });
                next
            }
        };
        self.next = number + 1;
        number
    }

    /// The place of this number.
    fn place(&self, number: u64) -> (u32, u64) {
        let after = self.runs.partition_point(|run| run.first <= number);
        self.runs[after - 1].place(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_found_where_it_stood_first() {
        let mut check = IdCheck::default();
        // Records of the first file are skipped, and the second begins at its second.
        let in_files = [(0, 1), (0, 2), (0, 5), (0, 6), (0, 9), (1, 2), (1, 4)];
        // Then a record in each of some files, a file without one, and another.
        let of_files = [(2, 1), (3, 1), (4, 1), (6, 1), (8, 1), (8, 2), (9, 1)];
        let places: Vec<_> = in_files.into_iter().chain(of_files).collect();
        let place = |(file, record)| RecordPlace { file, record, line: 0 };
        for (n, &at) in places.iter().enumerate() {
            assert_eq!(check.note(&format!("id{n}"), place(at)), None);
        }
        for (n, &at) in places.iter().enumerate() {
            assert_eq!(check.note(&format!("id{n}"), place((10, 1 + 2 * n as u64))), Some(at));
        }
        assert_eq!(check.note("another", place((10, 50))), None);
        assert_eq!(check.note("another", place((10, 51))), Some((10, 50)));
        assert_eq!(check.runs.len(), 6, "places that ascend take no memory of their own");
    }

    #[test]
    fn parts_do_not_all_grow_at_once() {
        let mut check = IdCheck::default();
        for n in 1..=300_000_u64 {
            assert_eq!(check.note(&n.to_string(), RecordPlace { file: 0, record: n, line: 0 }), None);
            if n >= 100_000 && n % 20_000 == 0 {
                let room: usize = check.seen.iter().map(|part| part.capacity()).sum();
                // Parts of one size would have room for 1 to 2 times as many.
                assert!((1.3..1.6).contains(&(room as f64 / n as f64)), "{room} for {n}");
            }
        }
        assert_eq!((part(0), part(u64::MAX)), (0, PARTS - 1));
    }
}
