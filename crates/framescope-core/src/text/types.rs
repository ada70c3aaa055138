//! The type table: each spelling of a word is met, folded and judged once.

use std::mem::MaybeUninit;
use std::ops::Range;

use super::analysis::{Token, TypeId};
use super::fold;
use super::lang::{self, WordFlags};
use super::reader::Notes;
use super::vote::Votes;

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
    types: Vec<Type>,
    /// What is asked of types whose slot is not at hand, by number.
    flags: Vec<WordFlags>,
    bytes: String,
    notes: Notes,
    /// One block, for its memory.
    asked: Vec<Asked>,
}

/// Who is asked about every spelling once, when it is first met; every token is then told the
/// answer, because the spelling is looked up anyway.
pub trait Judge {
    /// Tells judges apart whose answers mean different things; 0 is [`Unjudged`].
    fn id(&self) -> u64;

    /// Says that no answer given so far will be told again.
    fn forget(&mut self);

    /// The answer for a spelling, as folded and as spelled (see [`TypeTable::exact`]).
    fn judge(&mut self, folded: &str, exact: &str) -> u32;

    /// Whether a token is marked, by the answer for the token before it (0 for the first) and its own.
    #[inline]
    fn marks(&self, _before: u32, _answer: u32) -> bool {
        false
    }
}

/// Judges nothing: every answer is 0.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unjudged;

impl Judge for Unjudged {
    fn id(&self) -> u64 {
        0
    }

    fn forget(&mut self) {}

    fn judge(&mut self, _folded: &str, _exact: &str) -> u32 {
        0
    }
}

/// What the words of an article add up to, beside their numbers.
pub(super) struct Seen<'a> {
    /// The tokens with which a phrase of attribution may begin.
    pub(super) cues: &'a mut Vec<u32>,
    pub(super) votes: &'a mut Votes,
    /// What the judge said of every token's spelling.
    pub(super) judged: &'a mut Vec<u32>,
    /// The tokens that it marked.
    pub(super) marked: &'a mut Vec<u32>,
}

/// A spelling and what every token of it asks for; two fit a line of the cache.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(32))]
struct Slot {
    key: Key,
    id: u32,
    judged: u32,
    flags: WordFlags,
}

/// A spelling for comparison: up to [`HEAD`] bytes themselves and zeros behind them, which no word
/// has. Of what is longer a hash whose last byte is none of UTF-8, so that equal keys mean little.
/// The key of no spelling is zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Key {
    low: u64,
    high: u64,
}

const HEAD: usize = 16;
/// The last byte of the key of a long word…
const LONG: u64 = 0xFF << 56;
/// …but for this bit in its slot. So no slot is taken for that of a long word by its key alone, and the
/// common word needs no other look at its key.
const IN_SLOT: u64 = 1 << 56;

/// A token whose slot was asked for: its key, and where the slot is.
#[derive(Debug, Clone, Copy, Default)]
struct Asked {
    key: Key,
    at: usize,
}

/// How many slots are waited for together.
const BLOCK: usize = 64;
/// How many slots a table begins with. Miri, which takes seconds for a hundred words, is to see them move.
const FIRST: usize = if cfg!(miri) { 1 << 7 } else { 1 << 12 };

#[derive(Debug)]
struct Type {
    raw: Range<u32>,
    folded: Range<u32>,
    exact: Range<u32>,
}

impl TypeTable {
    /// How many types it holds.
    pub fn len(&self) -> usize {
        self.types.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.types.is_empty()
    }

    /// The type as matched: folded by design 3.2.
    pub fn folded(&self, id: TypeId) -> &str {
        self.slice(&self.types[id.0 as usize].folded)
    }

    /// The type as spelled after skips, NFC and unified quotes, case kept (`case = "exact"`).
    pub fn exact(&self, id: TypeId) -> &str {
        self.slice(&self.types[id.0 as usize].exact)
    }

    /// The spelling itself.
    pub fn raw(&self, id: TypeId) -> &str {
        self.slice(&self.types[id.0 as usize].raw)
    }

    #[inline]
    pub(super) fn flags(&self, id: TypeId) -> WordFlags {
        self.flags[id.0 as usize]
    }

    /// Makes ready for an article, which `judge` will judge: gives memory back if there is too
    /// much of it, or if it holds what another judge said.
    pub(super) fn start(&mut self, judge: &mut impl Judge) {
        if self.types.len() > MAX_TYPES || self.bytes.len() > MAX_BYTES || self.judge != judge.id() {
            judge.forget();
            self.judge = judge.id();
            self.types.clear();
            self.flags.clear();
            self.bytes.clear();
            self.slots.fill(Slot::default());
        }
    }

    /// Lends what reading an article writes down on its way.
    pub(super) fn take_notes(&mut self) -> Notes {
        std::mem::take(&mut self.notes)
    }

    /// Takes it back, for its memory.
    pub(super) fn keep_notes(&mut self, notes: Notes) {
        self.notes = notes;
    }

    /// Numbers the spellings of the tokens from `first` on, whose spans are known already, and
    /// notes those with which a phrase of attribution may begin, and how they vote.
    ///
    /// The table is larger than the caches near the processor, so the time goes into waiting for
    /// its slots. In blocks, the slots of a block are all asked for before the first is needed,
    /// and the waits overlap.
    pub(super) fn number(
        &mut self,
        source: &str,
        tokens: &mut [Token],
        first: usize,
        judge: &mut impl Judge,
        seen: &mut Seen<'_>,
    ) {
        seen.judged.resize(tokens.len(), 0);
        let mut asked = std::mem::take(&mut self.asked);
        asked.resize(BLOCK, Asked::default());
        let mut before = first.checked_sub(1).map_or(0, |last| seen.judged[last]);
        // Which tokens are marked is a surprise each time, so the list is filled without a branch.
        let mut marked = [0; BLOCK];
        let blocks = tokens[first..].chunks_mut(BLOCK).zip(seen.judged[first..].chunks_mut(BLOCK));
        for ((block, judged), first) in blocks.zip((first..).step_by(BLOCK)) {
            // Room for every token of the block, so that no slot moves meanwhile.
            while (self.types.len() + block.len()) * 3 > self.slots.len() * 2 {
                self.grow();
            }
            // One loop for each thing to do keeps what it needs in registers.
            let (text, slots) = (source.as_bytes(), &self.slots[..]);
            let bits = slots.len().trailing_zeros();
            for (token, asked) in block.iter().zip(&mut asked) {
                let key = Key::new(text, token.start as usize, token.end as usize);
                let at = key.hash(bits);
                prefetch(slots, at);
                *asked = Asked { key, at };
            }
            for (token, asked) in block.iter().zip(&mut asked) {
                if self.slots[asked.at].key != asked.key {
                    asked.at = self.look_up(source, token.start as usize..token.end as usize, *asked, judge);
                }
            }
            let slots = &self.slots[..];
            for (((token, judged), asked), i) in block.iter_mut().zip(&mut *judged).zip(&asked).zip(first as u32..) {
                let Slot { id, judged: answer, flags, .. } = slots[asked.at];
                token.type_id = TypeId(id);
                *judged = answer;
                seen.votes.count(flags);
                if flags.attribution() {
                    seen.cues.push(i);
                }
            }
            let mut count = 0;
            for (&answer, i) in judged.iter().zip(first as u32..) {
                marked[count % BLOCK] = i;
                count += usize::from(judge.marks(before, answer));
                before = answer;
            }
            seen.marked.extend_from_slice(&marked[..count]);
        }
        self.asked = asked;
    }

    /// The slot of the spelling `source[range]`, where it was asked for or behind that.
    #[inline(never)]
    fn look_up(&mut self, source: &str, range: Range<usize>, asked: Asked, judge: &mut impl Judge) -> usize {
        let Asked { key, mut at } = asked;
        let mask = self.slots.len() - 1;
        loop {
            let slot = &self.slots[at];
            if slot.key == Key::default() {
                let id = self.types.len() as u32;
                let flags = self.add(&source[range]);
                let judged = judge.judge(self.folded(TypeId(id)), self.exact(TypeId(id)));
                self.slots[at] = Slot { key: key.in_slot(), id, judged, flags };
                return at;
            }
            if slot.key == key.in_slot() && (!key.is_long() || self.raw(TypeId(slot.id)) == &source[range.clone()]) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    #[cold]
    fn add(&mut self, raw: &str) -> WordFlags {
        let raw_range = self.keep(raw);
        let (exact, folded) = if raw.is_ascii() {
            let folded = if raw.bytes().any(|b| b.is_ascii_uppercase()) {
                let folded = self.keep(raw);
                self.bytes[folded.start as usize..].make_ascii_lowercase();
                folded
            } else {
                raw_range.clone()
            };
            (raw_range.clone(), folded)
        } else {
            let (exact, folded) = (fold::exact(raw), fold::fold(raw));
            let mut other = |text: &str| if text == raw { raw_range.clone() } else { self.keep(text) };
            (other(&exact), other(&folded))
        };
        let flags = lang::word_flags(self.slice(&folded));
        self.types.push(Type { raw: raw_range, folded, exact });
        self.flags.push(flags);
        flags
    }

    fn keep(&mut self, text: &str) -> Range<u32> {
        let start = self.bytes.len() as u32;
        self.bytes.push_str(text);
        start..self.bytes.len() as u32
    }

    #[cold]
    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(FIRST);
        let old = std::mem::replace(&mut self.slots, free_slots(size));
        for slot in old.into_iter().filter(|slot| slot.key != Key::default()) {
            let mut at = slot.key.out_of_slot().hash(size.trailing_zeros());
            while self.slots[at].key != Key::default() {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = slot;
        }
    }

    fn slice(&self, range: &Range<u32>) -> &str {
        &self.bytes[range.start as usize..range.end as usize]
    }
}

/// By length: the bytes of a word of so many in its first sixteen.
static MASKS: [Key; HEAD + 1] = {
    let mut masks = [Key { low: u64::MAX, high: u64::MAX }; HEAD + 1];
    let mut len = 0;
    while len < HEAD {
        let mask: u128 = (1 << (8 * len)) - 1;
        masks[len] = Key { low: mask as u64, high: (mask >> 64) as u64 };
        len += 1;
    }
    masks
};

impl Key {
    #[inline]
    fn new(source: &[u8], start: usize, end: usize) -> Key {
        let len = end - start;
        debug_assert!(len > 0 && source[end - 1] != 0, "zeros behind a word are no part of it");
        // Sixteen bytes at once and the ones behind the word masked off, which needs no loop.
        if let Some(kept) = MASKS.get(len)
            && let Some(window) = source.get(start..start + HEAD)
        {
            let (low, high) = window.split_at(8);
            let half = |bytes: &[u8]| u64::from_le_bytes(std::array::from_fn(|i| bytes[i]));
            return Key { low: half(low) & kept.low, high: half(high) & kept.high };
        }
        Key::at_leisure(&source[start..end])
    }

    /// The key of a long word, or of one near the end of a text.
    #[cold]
    fn at_leisure(word: &[u8]) -> Key {
        if word.len() > HEAD {
            let [low, high] = hash_long(word);
            return Key { low, high: high | LONG };
        }
        let mut bytes = [0; HEAD];
        bytes[..word.len()].copy_from_slice(word);
        let both = u128::from_le_bytes(bytes);
        Key { low: both as u64, high: (both >> 64) as u64 }
    }

    fn is_long(self) -> bool {
        self.high >= LONG
    }

    /// The key that a slot has of this word.
    fn in_slot(self) -> Key {
        if self.is_long() { Key { high: self.high ^ IN_SLOT, ..self } } else { self }
    }

    /// The reverse.
    fn out_of_slot(self) -> Key {
        if self.high >= LONG ^ IN_SLOT { Key { high: self.high | IN_SLOT, ..self } } else { self }
    }

    /// A number of so many bits.
    #[inline]
    fn hash(self, bits: u32) -> usize {
        // What two multiplications push up is as random as a table needs it.
        ((self.low.wrapping_mul(K) ^ self.high).wrapping_mul(K) >> (u64::BITS - bits)) as usize
    }
}

/// Asks for a slot that will be needed soon.
#[inline]
fn prefetch(slots: &[Slot], at: usize) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: nothing is read or written, whatever the address.
        #[allow(unsafe_code, reason = "no other way to ask for memory without waiting for it: benches/NOTES.md")]
        unsafe {
            _mm_prefetch::<_MM_HINT_T0>(slots.as_ptr().wrapping_add(at).cast());
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (slots, at);
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

const K: u64 = 0x9E37_79B9_7F4A_7C15;

/// Multiply and fold: every bit of both words reaches every bit of the result.
#[inline]
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ K.rotate_left(29)) * u128::from(b ^ K);
    (product as u64) ^ ((product >> 64) as u64)
}

/// 128 bits of hash: two of 64 with different seeds would cost twice as much, so the second is
/// what the first was one step before.
fn hash_long(bytes: &[u8]) -> [u64; 2] {
    let (mut hash, mut last) = (K ^ bytes.len() as u64, 0);
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        (hash, last) = (mix(hash, u64::from_le_bytes(word)), hash);
    }
    [hash, last]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(table: &mut TypeTable, word: &str) -> TypeId {
        number_at(table, word, 0..word.len())
    }

    fn number_at(table: &mut TypeTable, source: &str, range: Range<usize>) -> TypeId {
        let mut token = [Token::new(range.start, range.end)];
        let mut seen = Seen {
            cues: &mut Vec::new(),
            votes: &mut Votes::default(),
            judged: &mut Vec::new(),
            marked: &mut Default::default(),
        };
        table.number(source, &mut token, 0, &mut Unjudged, &mut seen);
        token[0].type_id
    }

    proptest::proptest! {
        #[test]
        #[cfg_attr(miri, ignore = "hours by interpretation; the next test is for it")]
        fn a_spelling_has_one_number(words in proptest::collection::vec("[a-bA-B'é]{0,4}[a-c]{1,16}", 0..300)) {
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
