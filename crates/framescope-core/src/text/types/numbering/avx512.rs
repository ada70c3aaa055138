//! Keys by loads that leave out what is behind a word, eight hashes at once, and what four slots say in one register.

use std::arch::x86_64::*;
use std::mem::offset_of;

use super::super::super::analysis::Token;
use super::super::super::article::Voice;
use super::super::super::keys::{HEAD, Key};
use super::super::super::lang::{VOTERS, WordFlags};
use super::super::super::relevant::Relevant;
use super::super::super::vote::Votes;
use super::super::Slot;
use super::BLOCK;
use super::hands::{Answered, Asked, Edges};
use super::relevance;
use crate::ahead::ask_for;
use crate::bits::each_bit;

// How rows of four numbers stand in memory, which is read and written as such.
const _: () = {
    assert!(size_of::<Slot>() == 32 && offset_of!(Slot, key) == 0 && size_of::<Key>() == 16);
    assert!(offset_of!(Slot, id) == 16 && offset_of!(Slot, said) == 20);
    assert!(offset_of!(Slot, flags) == 24 && offset_of!(Slot, beside) == 28);
    assert!(size_of::<Token>() == 16 && offset_of!(Token, start) == 0 && offset_of!(Token, end) == 4);
    assert!(offset_of!(Token, type_id) == 8 && offset_of!(Token, voice) == 12 && Voice::Narrator as u8 == 0);
    assert!(offset_of!(Token, short) == 13);
};

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
#[allow(unsafe_code, reason = "loads that leave bytes out have no safe form: benches/NOTES.md")]
pub(super) fn ask(slots: &[Slot], text: &[u8], words: Edges<'_>, relevant: Option<&Relevant>, asked: &mut Asked) {
    let Edges { starts, ends } = words;
    let count = starts.len().min(ends.len()).min(BLOCK);
    let Asked { keys, places } = asked;
    let mut long = 0_u64;
    let mut inside = [0_u16; BLOCK];
    for first in (0..count).step_by(16) {
        let there = first_bits(count - first);
        let (starts, ends) = (sixteen(&starts[first..count]), sixteen(&ends[first..count]));
        let beyond =
            _mm512_cmpgt_epu32_mask(ends, _mm512_set1_epi32(u32::try_from(text.len()).unwrap_or(u32::MAX) as i32));
        let empty = _mm512_mask_cmpge_epu32_mask(there, starts, ends);
        assert!(beyond | empty == 0, "words lie in their text and have bytes");
        let lens = _mm512_sub_epi32(ends, starts);
        long |= u64::from(_mm512_cmpgt_epu32_mask(lens, _mm512_set1_epi32(HEAD as i32))) << first;
        // As many bits as the word has bytes, and all sixteen if it has more.
        let one = _mm512_set1_epi32(1);
        let words = _mm512_sub_epi32(_mm512_sllv_epi32(one, lens), one);
        // SAFETY: sixteen numbers of 16 bits are as many bytes.
        unsafe { _mm256_storeu_si256(inside[first..][..16].as_mut_ptr().cast(), _mm512_cvtepi32_epi16(words)) };
    }
    for (i, &start) in starts[..count].iter().enumerate() {
        // SAFETY: of the sixteen bytes at `start` those are read that have a bit, and those lie in the text.
        let key = unsafe { _mm_maskz_loadu_epi8(inside[i], text.as_ptr().add(start as usize).cast()) };
        // SAFETY: a key is sixteen bytes.
        unsafe { _mm_storeu_si128((&raw mut keys[i]).cast(), key) };
    }
    for i in each_bit(long) {
        keys[i] = Key::new(text, starts[i] as usize, ends[i] as usize);
    }
    let shift = _mm_cvtsi64_si128(i64::from(u64::BITS - slots.len().trailing_zeros()));
    let (lows, highs) = (_mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14), _mm512_setr_epi64(1, 3, 5, 7, 9, 11, 13, 15));
    if let Some(relevant) = relevant {
        // SAFETY: that words lie in their text was looked at above.
        unsafe { relevance::rename_others(relevant, keys, text, &ends[..count]) };
    }
    let eights = keys.as_chunks_mut::<8>().0.iter_mut().zip(places.as_chunks_mut::<8>().0);
    for (keys, places) in eights.take(count.div_ceil(8)) {
        // SAFETY: eight keys are as many bytes.
        let (a, b) =
            unsafe { (_mm512_loadu_si512(keys.as_ptr().cast()), _mm512_loadu_si512(keys[4..].as_ptr().cast())) };
        let low = _mm512_permutex2var_epi64(a, lows, b);
        let high = _mm512_permutex2var_epi64(a, highs, b);
        let eight = _mm512_cvtepi64_epi32(_mm512_srl_epi64(spread(low, high), shift));
        // SAFETY: eight places are as many bytes.
        unsafe { _mm256_storeu_si256(places.as_mut_ptr().cast(), eight) };
    }
    for &place in &places[..count] {
        ask_for(slots, place as usize);
    }
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
#[allow(unsafe_code, reason = "vectors have no safe way to be structures: benches/NOTES.md")]
pub(super) fn answer(slots: &[Slot], words: Edges<'_>, asked: &Asked, answered: &mut Answered) -> u64 {
    let Edges { starts, ends } = words;
    let count = starts.len().min(ends.len()).min(BLOCK);
    let mut misses = 0;
    // Of two registers with four rows each, the numbers of one column.
    let column =
        |c: i32| _mm512_setr_epi32(c, c + 4, c + 8, c + 12, c + 16, c + 20, c + 24, c + 28, 0, 0, 0, 0, 0, 0, 0, 0);
    let columns = [column(0), column(1), column(2), column(3)];
    for first in (0..count).step_by(16) {
        let mut said = [_mm512_setzero_si512(); 4];
        let mut unequal = 0_u32;
        for (four, said) in said.iter_mut().enumerate() {
            let at = first + 4 * four;
            let halves = |i: usize| {
                let slot = &slots[asked.places[at + i] as usize];
                // SAFETY: a slot is two rows of sixteen bytes.
                unsafe {
                    let row = (&raw const *slot).cast::<__m128i>();
                    (_mm_load_si128(row), _mm_load_si128(row.add(1)))
                }
            };
            let (a, b, c, d) = (halves(0), halves(1), halves(2), halves(3));
            let join = |a, b, c, d| {
                let two = _mm512_inserti32x4::<1>(_mm512_castsi128_si512(a), b);
                _mm512_inserti32x4::<3>(_mm512_inserti32x4::<2>(two, c), d)
            };
            *said = join(a.1, b.1, c.1, d.1);
            // SAFETY: four keys are as many bytes.
            let keys = unsafe { _mm512_loadu_si512(asked.keys[at..at + 4].as_ptr().cast()) };
            unequal |= u32::from(_mm512_cmpneq_epi64_mask(join(a.0, b.0, c.0, d.0), keys)) << (8 * four);
        }
        // Two bits a key.
        misses |= u64::from(_pext_u32(unequal | unequal >> 1, 0x5555_5555)) << first;
        let [ids, told, flags, beside] = columns.map(|column| {
            let low = _mm512_permutex2var_epi32(said[0], column, said[1]);
            let high = _mm512_permutex2var_epi32(said[2], column, said[3]);
            _mm512_inserti64x4::<1>(low, _mm512_castsi512_si256(high))
        });
        let (starts, ends) = (sixteen(&starts[first..count]), sixteen(&ends[first..count]));
        // SAFETY: these are sixteen numbers each of rows of 64 and more.
        unsafe {
            _mm512_storeu_si512(answered.said[1 + first..][..16].as_mut_ptr().cast(), told);
            _mm512_storeu_si512(answered.beside[1 + first..][..16].as_mut_ptr().cast(), beside);
            _mm512_storeu_si512(answered.flags[first..][..16].as_mut_ptr().cast(), flags);
        }
        for (four, tokens) in answered.tokens[first..][..16].as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let i = 4 * four as i32;
            let edge = |at: i32| [at, 16 + at];
            let ([a, b], [c, d], [e, f], [g, h]) = (edge(i), edge(i + 1), edge(i + 2), edge(i + 3));
            let edges = _mm512_setr_epi32(a, b, 0, 0, c, d, 0, 0, e, f, 0, 0, g, h, 0, 0);
            let edges = _mm512_permutex2var_epi32(starts, edges, ends);
            let third = _mm512_setr_epi32(0, 0, i, 0, 0, 0, i + 1, 0, 0, 0, i + 2, 0, 0, 0, i + 3, 0);
            let rows = _mm512_mask_permutexvar_epi32(edges, 0x4444, third, ids);
            // SAFETY: four tokens are as many bytes: two places, a number, and zeros, which are the narrator's voice and `false`.
            unsafe { _mm512_storeu_si512(tokens.as_mut_ptr().cast(), _mm512_maskz_mov_epi32(0x7777, rows)) };
        }
    }
    misses & (u64::MAX >> (BLOCK - count))
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
#[allow(unsafe_code, reason = "there is no other way to load a vector at once")]
pub(super) fn bits(of: impl Fn(usize) -> u32) -> u64 {
    let of: [u32; BLOCK] = std::array::from_fn(of);
    let mut bits = 0;
    for (i, sixteen) in of.as_chunks::<16>().0.iter().enumerate() {
        // SAFETY: sixteen numbers are as many bytes.
        let sixteen = unsafe { _mm512_loadu_si512(sixteen.as_ptr().cast()) };
        bits |= u64::from(_mm512_test_epi32_mask(sixteen, sixteen)) << (16 * i);
    }
    bits
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
#[allow(unsafe_code, reason = "there is no other way to load a vector at once")]
pub(super) fn count(flags: &[WordFlags; BLOCK], words: u64, votes: &mut Votes) {
    // The votes stand in the lower half of the flags.
    let sixteen = |i: usize| {
        // SAFETY: sixteen flags are as many bytes.
        _mm512_cvtepi32_epi16(unsafe { _mm512_loadu_si512(flags[16 * i..][..16].as_ptr().cast()) })
    };
    let half = |i: usize| _mm512_inserti64x4::<1>(_mm512_castsi256_si512(sixteen(i)), sixteen(i + 1));
    let (first, second) = (half(0), half(2));
    votes.add((0..VOTERS).map(|voter| {
        let bit = _mm512_set1_epi16(1 << voter);
        let (first, second) = (_mm512_test_epi16_mask(first, bit), _mm512_test_epi16_mask(second, bit));
        ((u64::from(second) << 32 | u64::from(first)) & words).count_ones()
    }));
}

/// [`Key::spread`].
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
fn spread(low: __m512i, high: __m512i) -> __m512i {
    times_factor(_mm512_xor_si512(times_factor(low), high))
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
fn times_factor(numbers: __m512i) -> __m512i {
    _mm512_mullo_epi64(numbers, _mm512_set1_epi64(Key::FACTOR as i64))
}

/// The first sixteen of these numbers, or all and zeros.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
#[allow(unsafe_code, reason = "loads that leave bytes out have no safe form: benches/NOTES.md")]
pub(super) fn sixteen(numbers: &[u32]) -> __m512i {
    // SAFETY: there are as many numbers as the mask has bits.
    unsafe { _mm512_maskz_loadu_epi32(first_bits(numbers.len()), numbers.as_ptr().cast()) }
}

/// So many bits, or all.
#[inline]
fn first_bits(count: usize) -> u16 {
    u16::MAX.checked_shr(16_usize.saturating_sub(count) as u32).unwrap_or(0)
}
