//! The type table: each spelling of a word is met, folded and judged once.

mod numbering;
mod spellings;

use std::mem::MaybeUninit;
use std::sync::Arc;

use self::numbering::Desk;
use self::spellings::Spellings;
use super::analysis::{Token, TypeId};
use super::keys::Key;
use super::lang::{self, WordFlags};
use super::reader::Notes;
use super::relevant::Relevant;
use super::vote::Votes;
use crate::ahead::ask_for;
use crate::sieve::Ends;

/// Above this many spellings, or bytes of them, the table is emptied at the next article: memory
/// must not grow with a corpus of misspellings.
const MAX_TYPES: usize = 1 << 20;
const MAX_BYTES: usize = 1 << 26;

/// Numbers the spellings (types) that one thread meets, and remembers what each folds to.
///
/// A news corpus has millions of tokens and some hundred thousand spellings, so everything that
/// depends on the spelling alone (folding, cues, which lexicon patterns match) is worked out once
/// a spelling and looked up by [`TypeId`].
///
/// The table is met at random places, and every token meets it: what it costs is waiting for
/// memory. So all that a token wants to know stands in one slot, and the slots of many tokens are
/// asked for before the first is needed.
#[derive(Debug, Default)]
pub struct TypeTable {
    /// Whose judgments the slots hold.
    judge: u64,
    /// Open addressing, a power of two, at most two thirds full.
    slots: Vec<Slot>,
    spellings: Spellings,
    /// What is asked of types whose slot is not at hand, by number.
    flags: Vec<WordFlags>,
    /// The words that matter for the article at hand, if not all do.
    relevant: Option<Arc<Relevant>>,
    /// Whether there is a type for all others.
    has_nobodys: bool,
    notes: Notes,
    desk: Desk,
}

/// Who is asked about every spelling once, when it is first met; every token is then told the
/// answer, because the spelling is looked up anyway.
pub trait Judge {
    /// Tells judges apart whose answers mean different things; 0 is [`Unjudged`].
    fn id(&self) -> u64;

    /// Says that no answer given so far will be told again.
    fn forget(&mut self);

    /// The answer for a spelling.
    fn judge(&mut self, word: Judged<'_>) -> Answer;

    /// The words that it must be asked about: of all others it would say nothing ([`Answer::default`]), and nobody wants to
    /// know which they are. The tokens of those may share a type, which is spelled as nothing. `None` where every word matters.
    fn relevant(&self) -> Option<&Arc<Relevant>> {
        None
    }

    /// Whether it is to be found out which words are attributed. Where it is not, they are the narrator's.
    fn attributes(&self) -> bool {
        true
    }

    /// Not 0 if a token is marked, by the answer for the token before it in the same field (nothing for the first) and its own.
    /// It may be asked about numbers that are no answers of this judge; what it says of those is not listened to.
    #[inline]
    fn marks(&self, _before: Answer, _answer: Answer) -> u32 {
        0
    }
}

/// A spelling that is judged.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'w> {
    folded: &'w str,
    exact: &'w str,
    ends: Ends,
}

impl<'w> Judged<'w> {
    /// The spelling that folds to `folded`.
    pub fn new(folded: &'w str, exact: &'w str) -> Judged<'w> {
        Judged { folded, exact, ends: Ends::of(folded.as_bytes()) }
    }

    /// As folded.
    pub fn folded(&self) -> &'w str {
        self.folded
    }

    /// As spelled (see [`TypeTable::exact`]).
    pub fn exact(&self) -> &'w str {
        self.exact
    }

    /// The ends of what it folds to.
    #[inline]
    pub(crate) fn ends(&self) -> Ends {
        self.ends
    }
}

/// What a judge says of a spelling.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answer {
    /// What is told of every token.
    pub said: u32,
    /// What nobody is told but the judge itself, when it is asked which tokens are marked.
    pub beside: u32,
}

/// Judges nothing: every answer says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unjudged;

impl Judge for Unjudged {
    fn id(&self) -> u64 {
        0
    }

    fn forget(&mut self) {}

    fn judge(&mut self, _word: Judged<'_>) -> Answer {
        Answer::default()
    }
}

/// What the words of an article add up to, beside their numbers.
pub(super) struct Seen<'a> {
    pub(super) tokens: &'a mut Vec<Token>,
    /// The tokens with which a phrase of attribution may begin, if the judge wants to know.
    pub(super) cues: &'a mut Vec<u32>,
    pub(super) votes: &'a mut Votes,
    /// What the judge said of every token's spelling.
    pub(super) judged: &'a mut Vec<u32>,
    /// The tokens that it marked.
    pub(super) marked: &'a mut Vec<u32>,
}

/// A spelling and what every token of it asks for; two fit a line of the cache.
#[derive(Debug, Clone, Copy, Default)]
#[repr(C, align(32))]
struct Slot {
    key: Key,
    id: u32,
    said: u32,
    flags: WordFlags,
    beside: u32,
}

/// How many slots a table begins with. Miri, which takes seconds for a hundred words, is to see them move.
const FIRST: usize = if cfg!(miri) { 1 << 7 } else { 1 << 12 };
/// A table with fewer slots grows in long steps.
const FEW: usize = 1 << 18;

impl TypeTable {
    /// How many types it holds; that of words that nobody asks about ([`Judge::relevant`]) is one of them.
    pub fn len(&self) -> usize {
        self.spellings.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The type as matched: folded by design 3.2.
    pub fn folded(&self, id: TypeId) -> &str {
        self.spellings.folded(id.0 as usize)
    }

    /// The type as spelled after skips, NFC and unified quotes, case kept (`case = "exact"`).
    pub fn exact(&self, id: TypeId) -> &str {
        self.spellings.exact(id.0 as usize)
    }

    /// The spelling itself.
    pub fn raw(&self, id: TypeId) -> &str {
        self.spellings.raw(id.0 as usize)
    }

    #[inline]
    pub(super) fn flags(&self, id: TypeId) -> WordFlags {
        self.flags[id.0 as usize]
    }

    /// Asks for the flags of a type that will soon be needed.
    #[inline]
    pub(super) fn ask_for_flags(&self, id: TypeId) {
        ask_for(&self.flags, id.0 as usize);
    }

    /// Makes ready for an article, which `judge` will judge: gives memory back if there is too
    /// much of it, or if it holds what another judge said.
    pub(super) fn start(&mut self, judge: &mut impl Judge) {
        if self.len() > MAX_TYPES || self.spellings.bytes() > MAX_BYTES || self.judge != judge.id() {
            judge.forget();
            self.judge = judge.id();
            self.spellings.clear();
            self.flags.clear();
            self.slots.fill(Slot::default());
            self.has_nobodys = false;
        }
        let relevant = judge.relevant();
        // Counted once an article, references to it would be what threads wait for.
        if relevant.map(Arc::as_ptr) != self.relevant.as_ref().map(Arc::as_ptr) {
            self.relevant = relevant.cloned();
        }
        if self.relevant.is_some() && !self.has_nobodys {
            self.add_nobodys();
        }
    }

    /// Adds the type of all words that are not relevant, which are no abbreviations and in no list.
    fn add_nobodys(&mut self) {
        self.make_room(1);
        let (id, flags) = (self.len() as u32, WordFlags::default().of_no_abbreviation());
        self.spellings.add("");
        self.flags.push(flags);
        self.put(Slot { key: Key::NOBODYS, id, said: 0, flags, beside: 0 });
        self.has_nobodys = true;
    }

    /// Fills the first free slot of those that this one may be looked for in.
    fn put(&mut self, slot: Slot) {
        let first = slot.key.out_of_slot().hash(self.slots.len().trailing_zeros());
        let mut place = first;
        while self.slots[place].key != Key::default() {
            place = behind(first, place, self.slots.len() - 1);
        }
        self.slots[place] = slot;
    }

    /// Lends what reading an article writes down on its way.
    pub(super) fn take_notes(&mut self) -> Notes {
        std::mem::take(&mut self.notes)
    }

    /// Takes it back, for its memory.
    pub(super) fn keep_notes(&mut self, notes: Notes) {
        self.notes = notes;
    }

    /// Where the slot of a spelling is that does not stand at `place`, where it was looked for: behind that, or a new one.
    #[inline(never)]
    fn look_up(&mut self, raw: &str, key: Key, place: usize, judge: &mut impl Judge) -> usize {
        let mask = self.slots.len() - 1;
        let first = place;
        let mut place = place;
        loop {
            let slot = &self.slots[place];
            if slot.key == Key::default() {
                let id = self.len() as u32;
                let (flags, Answer { said, beside }) = self.add(raw, key, judge);
                self.slots[place] = Slot { key: key.in_slot(), id, said, flags, beside };
                return place;
            }
            if slot.key == key.in_slot() && (!key.is_long() || self.raw(TypeId(slot.id)) == raw) {
                return place;
            }
            place = behind(first, place, mask);
        }
    }

    /// Adds a spelling, and what is known of it.
    #[cold]
    fn add(&mut self, raw: &str, key: Key, judge: &mut impl Judge) -> (WordFlags, Answer) {
        let number = self.spellings.len();
        let small = key.small_letters(raw.len());
        let of_letters = match small {
            Some(small) => {
                self.spellings.add_of_ascii(raw, small != key);
                raw.len() > 1
            }
            None => {
                let of_letters = self.spellings.add(raw) || raw.bytes().all(|b| b.is_ascii_alphabetic());
                of_letters && raw.chars().nth(1).is_some()
            }
        };
        let (folded, exact) = (self.spellings.folded(number), self.spellings.exact(number));
        let word = match small {
            Some(small) => Judged { folded, exact, ends: Ends::of_halves(small.halves(), raw.len()) },
            None => Judged::new(folded, exact),
        };
        let flags = lang::flags_of_spelling(folded, word.ends, of_letters);
        self.flags.push(flags);
        (flags, judge.judge(word))
    }

    /// Grows until so many more words have room, so that no slot moves while they are looked up.
    #[inline]
    fn make_room(&mut self, words: usize) {
        while (self.len() + words) * 3 > self.slots.len() * 2 {
            self.grow();
        }
    }

    /// Makes room. Spellings move in the order in which they were met, which is nearly that of how common they
    /// are: so the common ones stand where they are looked for first, and the rare ones behind them.
    #[cold]
    fn grow(&mut self) {
        // Moving all slots again and again costs more than the room: 8 MiB at the last long step.
        let times = if self.slots.len() < FEW { 4 } else { 2 };
        let size = (self.slots.len() * times).max(FIRST);
        let old = std::mem::replace(&mut self.slots, free_slots(size));
        let mut places = vec![0; self.len()];
        for (place, slot) in old.iter().enumerate().filter(|(_, slot)| slot.key != Key::default()) {
            places[slot.id as usize] = place;
        }
        for place in places {
            self.put(old[place]);
        }
    }
}

/// Where to look for a spelling that does not stand at `place`, and was looked for at `first` at first: the other slot of
/// the same line of the cache comes second, then those behind them.
#[inline]
fn behind(first: usize, place: usize, mask: usize) -> usize {
    if place == first {
        first ^ 1
    } else if place == first ^ 1 {
        behind_line(first, mask)
    } else {
        (place + 1) & mask
    }
}

/// The first slot of the next line of the cache.
#[inline]
fn behind_line(place: usize, mask: usize) -> usize {
    ((place | 1) + 1) & mask
}

/// So many free slots, on large pages where the system has them: the table is met at random
/// places, and every small page of it would have to be found anew.
fn free_slots(size: usize) -> Vec<Slot> {
    let mut slots = Vec::with_capacity(size);
    ask_for_large_pages(slots.spare_capacity_mut());
    slots.resize(size, Slot::default());
    slots
}

/// Asks the system to back this memory, which nobody has written to, with large pages.
fn ask_for_large_pages(memory: &mut [MaybeUninit<Slot>]) {
    #[cfg(target_os = "linux")]
    {
        const LARGE: usize = 1 << 21;
        let bytes = memory.as_mut_ptr_range();
        let offset = bytes.start.align_offset(LARGE);
        let inside = size_of_val(memory).saturating_sub(offset.saturating_mul(size_of::<Slot>()));
        let len = inside - inside % LARGE;
        if len > 0 {
            // SAFETY: the range lies in `memory`, and advice changes nothing of what is in it.
            #[allow(unsafe_code, reason = "no other way to ask for large pages: benches/NOTES.md")]
            unsafe {
                // Without such pages, or permission, it goes on with small ones.
                libc::madvise(bytes.start.add(offset).cast(), len, libc::MADV_HUGEPAGE);
            }
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = memory;
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::super::fold;
    use super::super::spans::Spans;
    use super::*;

    fn number(table: &mut TypeTable, word: &str) -> TypeId {
        number_at(table, word, 0..word.len())
    }

    fn number_at(table: &mut TypeTable, source: &str, range: Range<usize>) -> TypeId {
        let (mut word, mut tokens) = (Spans::default(), Vec::new());
        word.push(range.start, range.end);
        let mut seen = Seen {
            tokens: &mut tokens,
            cues: &mut Vec::new(),
            votes: &mut Votes::default(),
            judged: &mut Vec::new(),
            marked: &mut Default::default(),
        };
        table.number(source, &word, &mut Unjudged, &mut seen);
        tokens[0].type_id
    }

    proptest::proptest! {
        #[test]
        #[cfg_attr(miri, ignore = "hours by interpretation; the next test is for it")]
        fn a_spelling_has_one_number(words in proptest::collection::vec("[a-bA-B'é]{0,4}[a-c]{1,16}|[а-бА]{1,18}", 0..300)) {
            let mut table = TypeTable::default();
            let mut known = std::collections::HashMap::new();
            for word in &words {
                let next = TypeId(known.len() as u32);
                let expected = *known.entry(word.clone()).or_insert(next);
                proptest::prop_assert_eq!(number(&mut table, word), expected);
                // The same word with others around it.
                let inside = format!("x{word} and more text behind it");
                proptest::prop_assert_eq!(number_at(&mut table, &inside, 1..1 + word.len()), expected);
                proptest::prop_assert_eq!(table.raw(expected), word.as_str());
                proptest::prop_assert_eq!(table.folded(expected), fold::fold(word));
                proptest::prop_assert_eq!(table.exact(expected), fold::exact(word));
            }
            proptest::prop_assert_eq!(table.len(), known.len());
        }
    }

    #[test]
    fn what_may_be_an_abbreviation_is_not_told_to_be_none() {
        let mut table = TypeTable::default();
        let mut is_none = |word: &str| {
            let id = number(&mut table, word);
            table.flags(id).is_no_abbreviation()
        };
        for language in lang::languages() {
            let (never, before) = (&language.abbreviations, &language.abbreviations_before_numbers);
            for word in never.iter().chain(before).chain(&language.abbreviations_that_may_end) {
                assert!(!is_none(word) && !is_none(&word.to_uppercase()), "{word}");
            }
        }
        for word in ["J", "Я", "й", "7е", "П.П", "ބަ"] {
            assert!(!is_none(word), "{word}");
        }
        for word in ["hostages", "État", "Заложники", "حماس"] {
            assert!(is_none(word), "{word}");
        }
    }

    #[test]
    fn numbers_stay_while_slots_move() {
        let mut table = TypeTable::default();
        // Of 2 to 20 letters: keys at the end of a text and inside it, and hashes in place of keys.
        let words: Vec<String> = (0..FIRST).map(|i| format!("w{i}{}", "é".repeat(i % 8))).collect();
        for (i, word) in words.iter().enumerate() {
            assert_eq!(number(&mut table, word), TypeId(i as u32));
        }
        let text = words.join(" ") + " and some more behind it";
        let mut at = 0;
        for (i, word) in words.iter().enumerate() {
            assert_eq!(number_at(&mut table, &text, at..at + word.len()), TypeId(i as u32));
            at += word.len() + 1;
        }
        assert!(table.slots.len() > FIRST, "they moved");
    }

    #[test]
    #[cfg_attr(miri, ignore = "a million words")]
    fn many_types_grow_the_table_and_a_trim_empties_it() {
        let mut table = TypeTable::default();
        for i in 0..=MAX_TYPES {
            assert_eq!(number(&mut table, &format!("w{i}")), TypeId(i as u32));
        }
        assert_eq!(number(&mut table, "w77777"), TypeId(77_777));
        table.start(&mut Unjudged);
        assert_eq!(table.len(), 0);
        assert_eq!(number(&mut table, "w77777"), TypeId(0));
    }
}
