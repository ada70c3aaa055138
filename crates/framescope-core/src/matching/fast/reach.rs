//! Phrases of one word and any other behind it ("victims *"), where hits are only counted.
//!
//! Such a phrase reaches into the next token, whatever that is, so that a word is a hit of it wherever it stands but at the end of a
//! sentence; and "the *" is a hit at four words of a hundred. So its entry is one of the class, as those of one token are. Where
//! it contends with an entry of the next token is told by bits of paths, and the class has a twin for the end of sentences.

use super::class_id::ClassId;
use crate::matching::compile::{Compiled, Owner, Trial};

/// What a class has to do with entries that reach into the next token.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reach {
    /// Where its entries of one token are counted, and those that reach.
    own: Paths,
    /// Of the latter.
    into_next: Paths,
    /// So many of the latter stand behind those of one token in the list of all classes.
    pub(super) entries: u32,
    /// The same class where no token of the sentence stands behind.
    pub(super) at_end: ClassId,
}

/// A set of paths, in which several may have the same bit.
#[derive(Debug, Clone, Copy, Default)]
struct Paths(u32);

impl Paths {
    /// The path in which an entry may contend with others, or all of them.
    fn of(compiled: &Compiled, entry: u32) -> Paths {
        match stands_alone(compiled, entry) {
            true => Paths(1_u32.rotate_left(compiled.plain_paths[entry as usize])),
            false => Paths(u32::MAX),
        }
    }

    fn of_all(compiled: &Compiled, entries: &[u32]) -> Paths {
        Paths(entries.iter().fold(0, |paths, &entry| paths | Paths::of(compiled, entry).0))
    }

    fn meet(self, other: Paths) -> bool {
        self.0 & other.0 != 0
    }
}

/// Whether an entry contends with others of its path and with nobody else.
fn stands_alone(compiled: &Compiled, entry: u32) -> bool {
    compiled.plain_paths[entry as usize] != Compiled::NOT_PLAIN && !compiled.standings[entry as usize].meets
}

/// The entry of a phrase that is tried at one of its words, if it is that word and any behind it and has one owner, an entry that contends
/// with those of its own path alone. (Others would have to be asked about at most next tokens; they are tried as other phrases are.)
pub(super) fn reaching_entry(compiled: &Compiled, trial: &Trial) -> Option<u32> {
    match (compiled.phrases.owners(trial), trial) {
        (&[Owner::Entry(entry)], Trial { anchor: 0, len: 2, is_told: true, .. }) => {
            stands_alone(compiled, entry).then_some(entry)
        }
        _ => None,
    }
}

impl Reach {
    /// Of a class with these entries of one token, and these that reach.
    pub(super) fn new(compiled: &Compiled, entries: &[u32], reaching: &[u32], at_end: ClassId) -> Reach {
        let into_next = Paths::of_all(compiled, reaching);
        let own = Paths(Paths::of_all(compiled, entries).0 | into_next.0);
        Reach { own, into_next, entries: reaching.len() as u32, at_end }
    }

    /// Whether an entry of a token that reaches may contend with one of the next.
    #[inline]
    pub(super) fn contends_with(self, next: Reach) -> bool {
        self.into_next.meet(next.own)
    }

    /// Whether one of a token may contend with a phrase that begins at the next.
    #[inline]
    pub(super) fn contends_with_entry(self, compiled: &Compiled, entry: u32) -> bool {
        self.into_next.meet(Paths::of(compiled, entry))
    }
}
