//! Asking for memory before it is needed.

/// Asks for a row of a table that will be needed soon, so that waiting for it and working overlap.
#[inline(always)]
pub(crate) fn ask_for<T>(table: &[T], row: usize) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: nothing is read or written, whatever the address.
        #[allow(unsafe_code, reason = "no other way to ask for memory without waiting for it: benches/NOTES.md")]
        unsafe {
            _mm_prefetch::<_MM_HINT_T0>(table.as_ptr().wrapping_add(row).cast());
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (table, row);
}
