//! Memory on large pages for what a run keeps from its start.
//!
//! A lexicon of 740 kB becomes some 20 MiB of small pieces, and a third of the time until the first row was the
//! system's, which hands memory out in pages of 4 KiB, one interruption each (benches/NOTES.md, "Start"). So the
//! heap grows once by more than that, and the system is asked to back it with pages of 2 MiB. Only pages that are
//! touched are taken.

/// How much of the heap is asked for on large pages.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const ROOM: usize = 32 << 20;

/// Asks for large pages behind the heap, once. Where the system has none, or another allocator is at work, nothing
/// changes.
pub(super) fn ask_for_large_pages() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(grow_by_large_pages);
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn grow_by_large_pages() {
    const LARGE: usize = 2 << 20;
    /// What glibc begins with.
    const PAD: i32 = 128 << 10;
    // SAFETY: these only set when the allocator asks the system for memory and gives it back.
    #[allow(unsafe_code, reason = "no other way to say it: benches/NOTES.md")]
    let set = |what, bytes: i32| unsafe { libc::mallopt(what, bytes) == 1 };
    // Naming one of the three ends their adapting themselves, so all are named: as large as they get where pieces of
    // a few megabytes come and go, which is what a run does.
    if !(set(libc::M_MMAP_THRESHOLD, 4 << 20)
        && set(libc::M_TRIM_THRESHOLD, 2 * ROOM as i32)
        && set(libc::M_TOP_PAD, ROOM as i32))
    {
        return;
    }
    // A piece that the heap has no room for makes it grow, by that much more.
    let before = heap_end();
    drop(std::hint::black_box(Vec::<u8>::with_capacity(2 << 20)));
    let end = heap_end();
    set(libc::M_TOP_PAD, PAD);
    let (Some(before), Some(end)) = (before, end) else { return };
    let start = before.next_multiple_of(LARGE);
    if let Some(len) = end.checked_sub(start).map(|len| len - len % LARGE).filter(|&len| len > 0) {
        // SAFETY: the heap reached from `before` to `end` at least; nothing is changed in it by advice, and if it is no
        // longer there, the advice fails.
        #[allow(unsafe_code, reason = "no other way to ask for large pages: benches/NOTES.md")]
        unsafe {
            libc::madvise(std::ptr::without_provenance_mut(start), len, libc::MADV_HUGEPAGE);
        }
    }
}

/// The address at which the heap ends.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn heap_end() -> Option<usize> {
    // SAFETY: it moves the end by nothing.
    #[allow(unsafe_code, reason = "nothing else tells where the heap ends")]
    let end = unsafe { libc::sbrk(0) };
    (end.addr() != usize::MAX).then(|| end.addr())
}
