//! The characters of a JSON string copied 64 bytes at a time by AVX-512, escapes of one letter and all: where one stands
//! is a surprise each time, so nothing is asked there.

use std::arch::x86_64::*;
use std::sync::LazyLock;

/// What was copied of a string, up to its closing mark or to what is read with care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Copied {
    /// Bytes of the line; behind them stands no second half of an escape.
    pub(super) read: usize,
    /// Bytes of text.
    pub(super) written: usize,
}

const WIDTH: usize = 64;
const _: () = assert!(super::ROOM >= WIDTH, "a whole row is written");

/// Whether the processor has what [`copy`] asks for.
pub(super) fn is_there() -> bool {
    use std::arch::is_x86_feature_detected as has;
    static THERE: LazyLock<bool> = LazyLock::new(|| {
        let on_vectors = has!("avx512f") && has!("avx512bw") && has!("avx512vbmi2");
        on_vectors && has!("popcnt") && has!("bmi1") && has!("lzcnt")
    });
    *THERE
}

/// Copies what a string holds, from behind its opening mark on, as far as whole rows of 64 bytes go. Behind what it says it
/// has written, it may leave more.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi2,popcnt,bmi1,lzcnt")]
pub(super) fn copy(from: &[u8], to: &mut [u8]) -> Copied {
    let mut copied = Copied::default();
    let all = |byte: u8| _mm512_set1_epi8(byte as i8);
    while let Some(row) = from[copied.read..].first_chunk::<WIDTH>()
        && let Some(room) = to[copied.written..].first_chunk_mut::<WIDTH>()
    {
        let bytes = load(row);
        let is = |byte: u8| _mm512_cmpeq_epi8_mask(bytes, all(byte));
        let (mark, backslash) = (is(b'"'), is(b'\\'));
        let escaped = escaped(backslash);
        let escapes = backslash & !escaped;
        // Each stands for itself or for a character of control; of others the escape is where this ends.
        let [n, r, t] = [b'n', b'r', b't'].map(|letter| is(letter) & escaped);
        let other = escaped & !(n | r | t | mark | backslash | is(b'/'));
        // The last byte of a row may be half of an escape.
        let ends = mark & !escaped | _mm512_cmplt_epu8_mask(bytes, all(0x20)) | other >> 1 | escapes & 1 << 63;
        let mut text = _mm512_mask_mov_epi8(bytes, n, all(b'\n'));
        text = _mm512_mask_mov_epi8(text, r, all(b'\r'));
        text = _mm512_mask_mov_epi8(text, t, all(b'\t'));
        *room = bytes_of(_mm512_maskz_compress_epi8(!escapes, text));
        // Most rows have no end. That is asked, and where the next row begins need not wait for what is in this one.
        if ends != 0 {
            let before = ends & ends.wrapping_neg();
            let len = before.trailing_zeros();
            copied.read += len as usize;
            copied.written += (!escapes & (before - 1)).count_ones() as usize;
            if len as usize == WIDTH - 1 && escapes >> 63 != 0 {
                continue;
            }
            break;
        }
        copied.read += WIDTH;
        copied.written += (!escapes).count_ones() as usize;
    }
    copied
}

/// The characters behind a backslash that is not itself behind one, where none stands before the first.
///
/// A run of backslashes and what follows it are added up: the sum carries over the whole run, so that its end tells
/// by the place where it began whether the run is odd (Langdale and Lemire, "Parsing Gigabytes of JSON per Second", 2019).
fn escaped(backslash: u64) -> u64 {
    const EVEN: u64 = 0x5555_5555_5555_5555;
    let behind = backslash << 1;
    let from_odd = backslash & !EVEN & !behind;
    (EVEN ^ from_odd.wrapping_add(backslash) << 1) & behind
}

#[target_feature(enable = "avx512f")]
fn load(bytes: &[u8; WIDTH]) -> __m512i {
    // SAFETY: as many bytes are read.
    #[allow(unsafe_code, reason = "there is no other way to load a vector at once")]
    unsafe {
        _mm512_loadu_si512(bytes.as_ptr().cast())
    }
}

#[target_feature(enable = "avx512f")]
fn bytes_of(bytes: __m512i) -> [u8; WIDTH] {
    // SAFETY: any bits are bytes, and there are as many.
    #[allow(unsafe_code, reason = "vectors have no safe way to be bytes again")]
    unsafe {
        std::mem::transmute::<__m512i, [u8; WIDTH]>(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, byte by byte.
    fn one_by_one(from: &[u8]) -> (Copied, Vec<u8>) {
        let (mut at, mut text) = (0, Vec::new());
        while let Some(&byte) = from.get(at) {
            let (byte, len) = match (byte, from.get(at + 1)) {
                (b'"' | 0..0x20, _) => break,
                (b'\\', Some(b'n')) => (b'\n', 2),
                (b'\\', Some(b'r')) => (b'\r', 2),
                (b'\\', Some(b't')) => (b'\t', 2),
                (b'\\', Some(&same @ (b'"' | b'\\' | b'/'))) => (same, 2),
                (b'\\', _) => break,
                plain => (plain.0, 1),
            };
            text.push(byte);
            at += len;
        }
        (Copied { read: at, written: text.len() }, text)
    }

    proptest::proptest! {
        #[test]
        fn all_is_copied_up_to_what_ends_it(
            text in r#"([a-z]{0,40}(\\[nrt"/\\]){0,3}(\\\\){0,9}([éا]|\\u00e9|\\b|"|\n)?){0,12}"#, cut in 0_usize..8
        ) {
            if !is_there() {
                return Ok(());
            }
            let from = &text.as_bytes()[cut.min(text.len())..];
            let mut to = vec![0; from.len() + WIDTH];
            // SAFETY: the processor has what the function asks for.
            #[allow(unsafe_code, reason = "it is what is tested")]
            let copied = unsafe { copy(from, &mut to) };
            // What is left is no whole row, or something ends it.
            let (end, expected) = one_by_one(from);
            proptest::prop_assert!(copied.read <= end.read && copied.written <= end.written);
            proptest::prop_assert_eq!(&to[..copied.written], &expected[..copied.written]);
            let (rest, _) = one_by_one(&from[copied.read..]);
            proptest::prop_assert_eq!(copied.read + rest.read, end.read);
            proptest::prop_assert_eq!(copied.written + rest.written, end.written);
            proptest::prop_assert!(copied == end || from.len() - copied.read < WIDTH);
        }
    }
}
