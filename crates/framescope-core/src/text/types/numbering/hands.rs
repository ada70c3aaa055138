//! The words of an article looked up by AVX-512: four blocks of words at work at once.

use super::super::super::analysis::{Token, TypeId};
use super::super::super::article::Voice;
use super::super::super::bitmaps;
use super::super::super::keys::Key;
use super::super::super::lang::WordFlags;
use super::super::super::spans::Spans;
use super::super::{Answer, Judge, Seen, Slot, TypeTable, behind_line};
use super::{BLOCK, avx512};
use crate::ahead::ask_for;
use crate::bits::each_bit;

/// So many words are numbered before slots may move.
pub(super) const RUN: usize = 64 * BLOCK;

/// Where words of a block begin and where they end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edges<'a> {
    pub(super) starts: &'a [u32],
    pub(super) ends: &'a [u32],
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
pub(super) struct Asked {
    pub(super) keys: [Key; BLOCK],
    pub(super) places: [u32; BLOCK],
}

/// What their slots say. Of words whose slots are elsewhere it means nothing.
#[derive(Debug)]
#[repr(C, align(64))]
pub(super) struct Answered {
    pub(super) tokens: [Token; BLOCK],
    pub(super) flags: [WordFlags; BLOCK],
    /// From the second on; the first is that of the token before the block.
    pub(super) said: [u32; BLOCK + 1],
    pub(super) beside: [u32; BLOCK + 1],
}

impl Answered {
    #[inline(always)]
    fn answer(&self, i: usize) -> Answer {
        Answer { said: self.said[i], beside: self.beside[i] }
    }
}

/// How many blocks are at work at once.
const HANDS: usize = 4;

/// The blocks at work, each at its number's place.
#[derive(Debug, Default)]
pub(super) struct Hands {
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
        let flags = [WordFlags::default(); BLOCK];
        Answered { tokens: [token; BLOCK], flags, said: [0; BLOCK + 1], beside: [0; BLOCK + 1] }
    }
}

/// What [`TypeTable::number`] does.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn number(types: &mut TypeTable, source: &str, words: &Spans, judge: &mut impl Judge, seen: &mut Seen<'_>) {
    let text = source.as_bytes();
    let (starts, ends) = words.rows();
    let mut hands = types.desk.hands.take().unwrap_or_default();
    let relevant = types.relevant.take();
    let Hands { asked, answered, misses } = &mut *hands;
    let mut before = Answer::default();
    for run in (Edges { starts, ends }).chunks(RUN) {
        types.make_room(run.len());
        // Each block goes through four hands. What one of them waits for is on its way while the others are at work,
        // and what was just written is not read by a vector at once, which would wait for it.
        let blocks = run.len().div_ceil(BLOCK);
        for turn in 0..blocks + 3 {
            if let Some(n) = turn.checked_sub(3) {
                write_down(types, run.block(n).len(), &answered[n % HANDS], judge, seen);
            }
            if let Some(n) = turn.checked_sub(2).filter(|&n| n < blocks) {
                let (words, answered) = (run.block(n), &mut answered[n % HANDS]);
                settle(types, source, words, &asked[n % HANDS], misses[n % HANDS], answered, judge);
                (answered.said[0], answered.beside[0]) = (before.said, before.beside);
                before = answered.answer(words.len());
            }
            if let Some(n) = turn.checked_sub(1).filter(|&n| n < blocks) {
                let asked = &asked[n % HANDS];
                misses[n % HANDS] = avx512::answer(&types.slots, run.block(n), asked, &mut answered[n % HANDS]);
                for i in each_bit(misses[n % HANDS]) {
                    ask_for(&types.slots, behind_line(asked.places[i] as usize, types.slots.len() - 1));
                }
            }
            if turn < blocks {
                avx512::ask(&types.slots, text, run.block(turn), relevant.as_deref(), &mut asked[turn % HANDS]);
            }
        }
    }
    types.relevant = relevant;
    types.desk.hands = Some(hands);
}

/// Answers for the words, a bit each, whose slots are not where they were looked for.
#[inline(always)]
fn settle(
    types: &mut TypeTable,
    source: &str,
    words: Edges<'_>,
    asked: &Asked,
    misses: u64,
    answered: &mut Answered,
    judge: &mut impl Judge,
) {
    for i in each_bit(misses) {
        let raw = &source[words.starts[i] as usize..words.ends[i] as usize];
        let place = types.look_up(raw, asked.keys[i], asked.places[i] as usize, judge);
        let Slot { id, said, flags, beside, .. } = types.slots[place];
        answered.tokens[i].type_id = TypeId(id);
        answered.flags[i] = flags;
        answered.said[1 + i] = said;
        answered.beside[1 + i] = beside;
    }
}

/// Writes so many of the answers down.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
fn write_down(types: &TypeTable, count: usize, answered: &Answered, judge: &impl Judge, seen: &mut Seen<'_>) {
    let Answered { tokens, flags, said, .. } = answered;
    let (first, here) = (seen.tokens.len() as u32, u64::MAX >> (BLOCK - count));
    seen.tokens.extend_from_slice(&tokens[..count]);
    seen.judged.extend_from_slice(&said[1..=count]);
    avx512::count(flags, here, seen.votes);
    if judge.attributes() {
        for i in each_bit(avx512::bits(|i| flags[i].attribution_bit()) & here) {
            types.ask_for_flags(tokens[i].type_id);
            seen.cues.push(first + i as u32);
        }
    }
    let marked = avx512::bits(|i| judge.marks(answered.answer(i), answered.answer(i + 1))) & here;
    bitmaps::avx512::places(seen.marked, marked, first);
}
