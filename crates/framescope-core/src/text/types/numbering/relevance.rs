//! Words that nobody asks about told from others by AVX-512.
//!
//! Each step is taken for all words of a block before the next: what is read soon after it was written, in larger pieces
//! or smaller, is waited for.

use std::arch::x86_64::*;

use super::super::super::keys::Key;
use super::super::super::relevant::{FOUR_FACTOR, Relevant, TURNS, WORD_FACTOR};
use super::BLOCK;
use super::avx512::sixteen;

/// What is looked up of sixteen words, in the order of [`ORDER_OF_FOURS`].
#[derive(Debug, Clone, Copy, Default)]
#[repr(C, align(64))]
struct Look {
    /// Not 0 of words that are not told from others.
    may: [u32; 16],
    /// The numbers of their bits…
    words: [u32; 16],
    /// …and of those of their beginnings.
    beginnings: [u32; 16],
}

/// Puts [`Key::NOBODYS`] in place of the keys of the words that nobody asks about.
///
/// # Safety
/// The words, of which there are no more than keys, end in the text.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
#[allow(unsafe_code, reason = "vectors have no safe way to be structures: benches/NOTES.md")]
pub(super) unsafe fn rename_others(relevant: &Relevant, keys: &mut [Key; BLOCK], text: &[u8], ends: &[u32]) {
    let sixteens = ends.len().div_ceil(16);
    let mut looks = [Look::default(); BLOCK / 16];
    for (keys, look) in keys.as_chunks().0.iter().zip(&mut looks).take(sixteens) {
        look_for(relevant, keys, look);
    }
    let [low, high] = Key::NOBODYS.halves().map(|half| half as i64);
    let nobodys = _mm512_broadcast_i64x2(_mm_set_epi64x(high, low));
    let words = keys.as_chunks_mut::<16>().0.iter_mut().zip(ends.chunks(16)).zip(&looks);
    for ((keys, ends), look) in words {
        // SAFETY: the words end in the text, and what to look up was worked out above.
        let others = !unsafe { may_have(relevant, look, text, ends) };
        for (i, keys) in keys.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            // Two halves a key.
            let halves = 3 * _pdep_u32(u32::from(others) >> (4 * i), 0x55);
            // SAFETY: four keys are as many bytes.
            unsafe { _mm512_mask_storeu_epi64(keys.as_mut_ptr().cast(), halves as u8, nobodys) };
        }
    }
}

/// Works out what is to be looked up of sixteen words.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
fn look_for(relevant: &Relevant, keys: &[Key; 16], look: &mut Look) {
    let fours = fours(keys);
    let [[a, odd_a], [b, odd_b], [c, odd_c], [d, odd_d]] = fours.map(|four| small_letters(four));
    let odd = _mm512_or_si512(_mm512_or_si512(odd_a, odd_b), _mm512_or_si512(odd_c, odd_d));
    let b = _mm512_rol_epi32::<{ TURNS[0] as i32 }>(b);
    let c = _mm512_rol_epi32::<{ TURNS[1] as i32 }>(c);
    let d = _mm512_rol_epi32::<{ TURNS[2] as i32 }>(d);
    let word = _mm512_xor_si512(_mm512_xor_si512(a, b), _mm512_xor_si512(c, d));
    let one = _mm512_set1_epi32(1);
    let first_letters = _mm512_set1_epi32(relevant.first_letters() as i32);
    let by_letter = _mm512_srlv_epi32(first_letters, _mm512_and_si512(a, _mm512_set1_epi32(31)));
    let may = _mm512_or_si512(odd, _mm512_and_si512(by_letter, one));
    let one_letter = _mm512_testn_epi32_mask(fours[0], _mm512_set1_epi32(0xFF00));
    look.may = numbers(_mm512_mask_mov_epi32(may, one_letter, one));
    look.words = numbers(bit_number(relevant, word, WORD_FACTOR));
    look.beginnings = numbers(bit_number(relevant, a, FOUR_FACTOR));
}

/// A bit for each of up to sixteen words that somebody may ask about, by what is to be looked up and where they end.
///
/// # Safety
/// They end in the text, and [`look_for`] worked out what is to be looked up, with the same relevant words.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
#[allow(unsafe_code, reason = "each of sixteen bounds would be asked about, in the innermost loop")]
unsafe fn may_have(relevant: &Relevant, look: &Look, text: &[u8], ends: &[u32]) -> u16 {
    // SAFETY: that is what the numbers are looked up with; here and below.
    let looked_up = |numbers: &[u32; 16]| unsafe { looked_up(relevant, numbers) };
    let mut may = _mm512_or_si512(sixteen(&look.may), looked_up(&look.words));
    if relevant.by_beginning() {
        may = _mm512_or_si512(may, looked_up(&look.beginnings));
    }
    may = _mm512_permutexvar_epi32(sixteen(&ORDER_OF_FOURS), may);
    if !relevant.by_ending().is_empty() {
        if text.len() < 4 {
            return u16::MAX;
        }
        let four = _mm512_set1_epi32(4);
        let ends = sixteen(ends);
        let inside = _mm512_cmpge_epu32_mask(ends, four);
        may = _mm512_mask_mov_epi32(may, !inside, four);
        let lasts = numbers(_mm512_maskz_sub_epi32(inside, ends, four));
        // SAFETY: the four bytes before an end lie in the text, and so do the first.
        let last = joined(|i| unsafe { text.as_ptr().add(lasts[i] as usize).cast::<u32>().read_unaligned() });
        let last = _mm512_or_si512(last, _mm512_set1_epi8(0x20));
        for &mask in relevant.by_ending() {
            let some = _mm512_and_si512(last, _mm512_set1_epi32(mask as i32));
            may = _mm512_or_si512(may, looked_up(&numbers(bit_number(relevant, some, FOUR_FACTOR))));
        }
    }
    _mm512_test_epi32_mask(may, may)
}

/// The number of the bit of the hash that a factor makes of each: there are as many bits.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
fn bit_number(relevant: &Relevant, of: __m512i, factor: u32) -> __m512i {
    let hashes = _mm512_mullo_epi32(of, _mm512_set1_epi32(factor as i32));
    _mm512_srl_epi32(hashes, _mm_cvtsi64_si128(i64::from(relevant.shift())))
}

/// Not 0 for each of these bits that is set.
///
/// Their rows are read one by one: instructions that gather them take up to four times as long, by the processor.
///
/// # Safety
/// [`bit_number`] made the numbers, with the same relevant words.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
#[allow(unsafe_code, reason = "each of sixteen bounds would be asked about, in the innermost loop")]
unsafe fn looked_up(relevant: &Relevant, numbers: &[u32; 16]) -> __m512i {
    let bits = relevant.bits();
    // SAFETY: there are as many bits as `bit_number` makes numbers.
    let rows = joined(|i| unsafe { *bits.get_unchecked((numbers[i] / 32) as usize) });
    let place = _mm512_and_si512(sixteen(numbers), _mm512_set1_epi32(31));
    _mm512_and_si512(rows, _mm512_sllv_epi32(_mm512_set1_epi32(1), place))
}

/// Of sixteen keys the first four bytes, the second, the third and the last; in the order of [`ORDER_OF_FOURS`].
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
#[allow(unsafe_code, reason = "there is no other way to load a vector at once")]
fn fours(keys: &[Key; 16]) -> [__m512i; 4] {
    // SAFETY: four keys are as many bytes.
    let four = |i: usize| unsafe { _mm512_loadu_si512(keys[4 * i..][..4].as_ptr().cast()) };
    let (a, b, c, d) = (four(0), four(1), four(2), four(3));
    let (low, high) = (_mm512_unpacklo_epi32(a, b), _mm512_unpackhi_epi32(a, b));
    let (more_low, more_high) = (_mm512_unpacklo_epi32(c, d), _mm512_unpackhi_epi32(c, d));
    [
        _mm512_unpacklo_epi64(low, more_low),
        _mm512_unpackhi_epi64(low, more_low),
        _mm512_unpacklo_epi64(high, more_high),
        _mm512_unpackhi_epi64(high, more_high),
    ]
}

/// Where each of the sixteen stands among those of [`fours`].
const ORDER_OF_FOURS: [u32; 16] = [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15];

/// The letters of ASCII among these bytes, small, in the first; in the second something of what is neither one nor 0.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
fn small_letters(bytes: __m512i) -> [__m512i; 2] {
    let small = _mm512_or_si512(bytes, _mm512_set1_epi8(0x20));
    let number = _mm512_sub_epi8(small, _mm512_set1_epi8(b'a' as i8));
    let letters = _mm512_cmplt_epu8_mask(number, _mm512_set1_epi8(26));
    [_mm512_maskz_mov_epi8(letters, small), _mm512_mask_mov_epi8(bytes, letters, _mm512_setzero_si512())]
}

/// A register as numbers.
#[inline]
#[target_feature(enable = "avx512f")]
#[allow(unsafe_code, reason = "vectors have no safe way to be numbers again")]
fn numbers(of: __m512i) -> [u32; 16] {
    // SAFETY: any bits are numbers, and there are as many.
    unsafe { std::mem::transmute::<__m512i, [u32; 16]>(of) }
}

/// Sixteen numbers as a register.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,bmi1,bmi2,lzcnt,popcnt")]
fn joined(of: impl Fn(usize) -> u32) -> __m512i {
    let four = |i: usize| _mm_setr_epi32(of(i) as i32, of(i + 1) as i32, of(i + 2) as i32, of(i + 3) as i32);
    let two = _mm512_inserti32x4::<1>(_mm512_castsi128_si512(four(0)), four(4));
    _mm512_inserti32x4::<3>(_mm512_inserti32x4::<2>(two, four(8)), four(12))
}
