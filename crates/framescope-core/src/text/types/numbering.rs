//! The words of an article looked up in the table, many at a time.
//!
//! The table is larger than the caches near the processor, so the time goes into waiting for its slots. The slots of a
//! block of words are all asked for before the first is needed, and while they are on their way the block before is
//! read. With AVX-512 a word takes a third of the instructions.

use super::super::analysis::{Token, TypeId};
use super::super::article::Voice;
use super::super::keys::Key;
use super::super::lang::WordFlags;
use super::super::spans::{Spans, each_bit};
use super::super::vote::Votes;
use super::super::way::Way;
use super::{Judge, Seen, Slot, TypeTable, behind_line};
use crate::ahead::ask_for;

#[cfg(target_arch = "x86_64")]
mod avx512;

/// How many slots are asked for together.
const BLOCK: usize = 64;
/// So many words are numbered before slots may move.
const RUN: usize = 64 * BLOCK;

/// Where words of a block begin and where they end.
#[derive(Debug, Clone, Copy)]
struct Edges<'a> {
    starts: &'a [u32],
    ends: &'a [u32],
}

impl<'a> Edges<'a> {
    fn len(self) -> usize {
        self.starts.len()
    }

    fn chunks(self, len: usize) -> impl Iterator<Item = Edges<'a>> {
        self.starts.chunks(len).zip(self.ends.chunks(len)).map(|(starts, ends)| Edges { starts, ends })
    }

    #[inline]
    fn block(self, n: usize) -> Edges<'a> {
        let range = n * BLOCK..self.len().min((n + 1) * BLOCK);
        Edges { starts: &self.starts[range.clone()], ends: &self.ends[range] }
    }
}

/// The words of a block: their keys, and where their slots are if they are where they are looked for first.
#[derive(Debug)]
#[repr(C, align(64))]
struct Asked {
    keys: [Key; BLOCK],
    places: [u32; BLOCK],
}

/// What their slots say. Of words whose slots are elsewhere it means nothing.
#[derive(Debug)]
#[repr(C, align(64))]
struct Answered {
    tokens: [Token; BLOCK],
    flags: [WordFlags; BLOCK],
    /// From the second on; the first is that of the token before the block.
    judged: [u32; BLOCK + 1],
}

/// How many blocks are at work at once.
const HANDS: usize = 4;

/// The blocks at work, each at its number's place.
#[derive(Debug, Default)]
pub(super) struct Desk {
    asked: [Asked; HANDS],
    answered: [Answered; HANDS],
    misses: [u64; HANDS],
}

impl Default for Asked {
    fn default() -> Asked {
        Asked { keys: [Key::default(); BLOCK], places: [0; BLOCK] }
    }
}

impl Default for Answered {
    fn default() -> Answered {
        let token = Token { start: 0, end: 0, type_id: TypeId(0), voice: Voice::Narrator, short: false };
        Answered { tokens: [token; BLOCK], flags: [WordFlags::default(); BLOCK], judged: [0; BLOCK + 1] }
    }
}

impl TypeTable {
    /// Appends a token for each of these words, with the number of its spelling, and notes those with which a
    /// phrase of attribution may begin, how they vote, what `judge` says of them and which it marks.
    pub(in super::super) fn number(
        &mut self,
        source: &str,
        words: &Spans,
        judge: &mut impl Judge,
        seen: &mut Seen<'_>,
    ) {
        match Way::of_processor() {
            // SAFETY: the processor has what the function asks for.
            #[allow(unsafe_code, reason = "a tenth of the time of a run: benches/NOTES.md")]
            #[cfg(target_arch = "x86_64")]
            Way::Widest => unsafe { widest::number(self, source, words, judge, seen) },
            _ => self.number_with(&Plain, source, words, judge, seen),
        }
    }

    #[inline(always)]
    fn number_with(
        &mut self,
        steps: &impl Steps,
        source: &str,
        words: &Spans,
        judge: &mut impl Judge,
        seen: &mut Seen<'_>,
    ) {
        let text = source.as_bytes();
        let (starts, ends) = words.rows();
        let mut desk = self.desk.take().unwrap_or_default();
        let Desk { asked, answered, misses } = &mut *desk;
        let mut before = seen.judged.last().copied().unwrap_or(0);
        for run in (Edges { starts, ends }).chunks(RUN) {
            // Room for every token of the run, so that no slot moves meanwhile.
            while (self.len() + run.len()) * 3 > self.slots.len() * 2 {
                self.grow();
            }
            // Each block goes through four hands. What one of them waits for is on its way while the others are at work,
            // and what was just written is not read by a vector at once, which would wait for it.
            let blocks = run.len().div_ceil(BLOCK);
            for turn in 0..blocks + 3 {
                if let Some(n) = turn.checked_sub(3) {
                    self.write_down(steps, run.block(n).len(), &answered[n % HANDS], judge, seen);
                }
                if let Some(n) = turn.checked_sub(2).filter(|&n| n < blocks) {
                    let (words, answered) = (run.block(n), &mut answered[n % HANDS]);
                    self.settle(source, words, &asked[n % HANDS], misses[n % HANDS], answered, judge);
                    answered.judged[0] = before;
                    before = answered.judged[words.len()];
                }
                if let Some(n) = turn.checked_sub(1).filter(|&n| n < blocks) {
                    let asked = &asked[n % HANDS];
                    misses[n % HANDS] = steps.answer(&self.slots, run.block(n), asked, &mut answered[n % HANDS]);
                    for i in each_bit(misses[n % HANDS]) {
                        ask_for(&self.slots, behind_line(asked.places[i] as usize, self.slots.len() - 1));
                    }
                }
                if turn < blocks {
                    steps.ask(&self.slots, text, run.block(turn), &mut asked[turn % HANDS]);
                }
            }
        }
        self.desk = Some(desk);
    }

    /// Answers for the words, a bit each, whose slots are not where they were looked for.
    #[inline(always)]
    fn settle(
        &mut self,
        source: &str,
        words: Edges<'_>,
        asked: &Asked,
        misses: u64,
        answered: &mut Answered,
        judge: &mut impl Judge,
    ) {
        for i in each_bit(misses) {
            let raw = &source[words.starts[i] as usize..words.ends[i] as usize];
            let place = self.look_up(raw, asked.keys[i], asked.places[i] as usize, judge);
            let Slot { id, judged, flags, .. } = self.slots[place];
            answered.tokens[i].type_id = TypeId(id);
            answered.flags[i] = flags;
            answered.judged[1 + i] = judged;
        }
    }

    /// Writes so many of the answers down.
    #[inline(always)]
    fn write_down(
        &self,
        steps: &impl Steps,
        count: usize,
        answered: &Answered,
        judge: &impl Judge,
        seen: &mut Seen<'_>,
    ) {
        let Answered { tokens, flags, judged } = answered;
        let (first, here) = (seen.tokens.len() as u32, u64::MAX >> (BLOCK - count));
        seen.tokens.extend_from_slice(&tokens[..count]);
        seen.judged.extend_from_slice(&judged[1..=count]);
        steps.count(flags, count, seen.votes);
        for i in each_bit(steps.bits(|i| flags[i].attribution_bit()) & here) {
            self.ask_for_flags(tokens[i].type_id);
            seen.cues.push(first + i as u32);
        }
        for i in each_bit(steps.bits(|i| judge.marks(judged[i], judged[i + 1])) & here) {
            seen.marked.push(first + i as u32);
        }
    }
}

/// What is done with a block of words; there is more than one way.
trait Steps {
    /// Works out where the words of a block are to be looked for, and asks for their slots.
    fn ask(&self, slots: &[Slot], text: &[u8], words: Edges<'_>, asked: &mut Asked);

    /// Reads the slots. Returns a bit for each word that is not that of the slot.
    fn answer(&self, slots: &[Slot], words: Edges<'_>, asked: &Asked, answered: &mut Answered) -> u64;

    /// A bit for each word of a block of which that is not 0.
    fn bits(&self, of: impl Fn(usize) -> u32) -> u64;

    /// Counts the votes of the first so many words.
    fn count(&self, flags: &[WordFlags; BLOCK], words: usize, votes: &mut Votes);
}

/// Word by word.
struct Plain;

impl Steps for Plain {
    #[inline(always)]
    fn ask(&self, slots: &[Slot], text: &[u8], Edges { starts, ends }: Edges<'_>, asked: &mut Asked) {
        let bits = slots.len().trailing_zeros();
        let keys = asked.keys.iter_mut().zip(&mut asked.places);
        for ((&start, &end), (key, place)) in starts.iter().zip(ends).zip(keys) {
            *key = Key::new(text, start as usize, end as usize);
            let at = key.hash(bits);
            *place = at as u32;
            ask_for(slots, at);
        }
    }

    #[inline(always)]
    fn answer(&self, slots: &[Slot], Edges { starts, ends }: Edges<'_>, asked: &Asked, answered: &mut Answered) -> u64 {
        let mut misses = 0;
        for (i, (&start, &end)) in starts.iter().zip(ends).enumerate().take(BLOCK) {
            let Slot { key, id, judged, flags, .. } = slots[asked.places[i] as usize];
            misses |= u64::from(key != asked.keys[i]) << i;
            answered.tokens[i] = Token { start, end, type_id: TypeId(id), voice: Voice::Narrator, short: false };
            answered.flags[i] = flags;
            answered.judged[1 + i] = judged;
        }
        misses
    }

    #[inline(always)]
    fn bits(&self, of: impl Fn(usize) -> u32) -> u64 {
        // First a byte each, which is worked out for many at once.
        let bytes: [u8; BLOCK] = std::array::from_fn(|i| u8::from(of(i) != 0));
        let eights = bytes.as_chunks::<8>().0.iter().enumerate().map(|(i, eight)| {
            // The lowest bits of eight bytes are moved side by side into the highest.
            (u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * i)
        });
        eights.sum()
    }

    #[inline(always)]
    fn count(&self, flags: &[WordFlags; BLOCK], words: usize, votes: &mut Votes) {
        // Half of the words are no language's, and to count one of a set waits for the one before of the same set.
        let here = u64::MAX >> (BLOCK - words);
        let some = self.bits(|i| u32::from(flags[i].language_set())) & here;
        votes.count(WordFlags::default(), (here & !some).count_ones());
        for i in each_bit(some) {
            votes.count(flags[i], 1);
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod widest {
    //! The same, for processors that look at 64 bytes at once.

    use super::{Judge, Seen, Spans, TypeTable, avx512};

    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
    pub(super) fn number(
        types: &mut TypeTable,
        source: &str,
        words: &Spans,
        judge: &mut impl Judge,
        seen: &mut Seen<'_>,
    ) {
        types.number_with(&avx512::Wide::new(), source, words, judge, seen);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Unjudged;
    use super::*;

    /// Answers with the length of a spelling, and marks what stands behind a longer word.
    struct ByLength;

    impl Judge for ByLength {
        fn id(&self) -> u64 {
            7
        }

        fn forget(&mut self) {}

        fn judge(&mut self, _folded: &str, exact: &str) -> u32 {
            exact.len() as u32
        }

        fn marks(&self, before: u32, answer: u32) -> u32 {
            u32::from(before > answer)
        }
    }

    /// All that numbering texts one after the other, with one table, gives.
    fn numbered(texts: &[String], number: impl Fn(&mut TypeTable, &str, &Spans, &mut Seen<'_>)) -> String {
        let mut table = TypeTable::default();
        let mut all = String::new();
        for text in texts {
            let mut words = Spans::default();
            for word in text.split_whitespace() {
                let start = word.as_ptr().addr() - text.as_ptr().addr();
                words.push(start, start + word.len());
            }
            let (mut tokens, mut cues, mut judged, mut marked) = (Vec::new(), Vec::new(), vec![3], Vec::new());
            let mut votes = Votes::default();
            let mut seen = Seen {
                tokens: &mut tokens,
                cues: &mut cues,
                votes: &mut votes,
                judged: &mut judged,
                marked: &mut marked,
            };
            number(&mut table, text, &words, &mut seen);
            all += &format!("{tokens:?} {cues:?} {votes:?} {judged:?} {marked:?}\n");
        }
        all
    }

    /// Each of these ways gives what looking up one word after the other gives.
    fn all_ways_agree(texts: &[String]) {
        let one_by_one = numbered(texts, |table, text, words, seen| {
            for (start, end) in words.from(0) {
                let mut word = Spans::default();
                word.push(start as usize, end as usize);
                table.number_with(&Plain, text, &word, &mut ByLength, seen);
            }
        });
        let in_blocks = numbered(texts, |table, text, words, seen| {
            table.number_with(&Plain, text, words, &mut ByLength, seen);
        });
        assert_eq!(in_blocks, one_by_one);
        #[cfg(target_arch = "x86_64")]
        if Way::widest_is_there() {
            let at_once = numbered(texts, |table, text, words, seen| {
                // SAFETY: the processor has what the function asks for.
                #[allow(unsafe_code, reason = "it is what is tested")]
                unsafe {
                    widest::number(table, text, words, &mut ByLength, seen);
                }
            });
            assert_eq!(at_once, one_by_one);
        }
    }

    proptest::proptest! {
        #[test]
        #[cfg_attr(miri, ignore = "hours by interpretation; the next test is for it")]
        fn words_have_the_same_numbers_in_blocks_of_any_size(
            texts in proptest::collection::vec("(([a-c]{1,3}|said|the|der|according|[A-Z][a-z]{1,18}|[а-в]{1,17}|é{1,9}) ){0,300}", 1..4)
        ) {
            all_ways_agree(&texts);
        }
    }

    #[test]
    fn blocks_end_anywhere() {
        for count in [0, 1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK + 5, 9 * BLOCK] {
            // The last word of a text stands nearer its end than a key is long.
            let words = (0..count).map(|i| format!("said w{} {}", i % 90, "x".repeat(i % 19 + 1)));
            all_ways_agree(&[words.collect::<Vec<_>>().join(" "), "said".to_owned()]);
        }
    }

    #[test]
    fn nothing_is_left_of_another_judge() {
        let texts = ["said war war talks ".repeat(60), "talks and war".to_owned()];
        let judged_anew = numbered(&texts, |table, text, words, seen| {
            table.number(text, words, &mut ByLength, seen);
            table.start(&mut Unjudged);
            table.start(&mut ByLength);
        });
        let each_by_itself = texts
            .map(|text| numbered(&[text], |table, text, words, seen| table.number(text, words, &mut ByLength, seen)));
        assert_eq!(judged_anew, each_by_itself.concat());
    }

    #[test]
    #[cfg_attr(miri, ignore = "ten thousand words")]
    fn runs_end_anywhere() {
        // Half of each key is the same, and many stand where others are looked for.
        let words = |n: usize| (0..n).map(|i| format!("spelling{i}")).collect::<Vec<_>>().join(" ");
        all_ways_agree(&[words(RUN - 1), words(RUN), words(RUN + 1), words(2 * RUN + 70)]);
    }
}
