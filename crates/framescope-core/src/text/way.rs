//! What the processor can do: the fast path is compiled more than once, and chosen when it runs.

use std::sync::LazyLock;

/// Which of the ways that give the same results is the fastest here.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way {
    /// 64 bytes at once (AVX-512).
    #[cfg(target_arch = "x86_64")]
    Widest,
    /// 32 bytes at once (AVX2).
    #[cfg(target_arch = "x86_64")]
    Wide,
    /// What runs everywhere.
    Any,
}

impl Way {
    /// It is asked for each paragraph.
    #[inline]
    pub(super) fn of_processor() -> Way {
        static WAY: LazyLock<Way> = LazyLock::new(|| {
            #[cfg(target_arch = "x86_64")]
            if Way::widest_is_there() {
                return Way::Widest;
            } else if Way::wide_is_there() {
                return Way::Wide;
            }
            Way::Any
        });
        *WAY
    }

    /// Whether it is the widest there is.
    pub(super) fn is_widest(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        return matches!(self, Way::Widest);
        #[cfg(not(target_arch = "x86_64"))]
        false
    }

    /// Whether the processor has what code for [`Way::Wide`] is compiled for.
    #[cfg(target_arch = "x86_64")]
    pub(super) fn wide_is_there() -> bool {
        use std::arch::is_x86_feature_detected as has;
        has!("avx2") && has!("bmi1") && has!("bmi2") && has!("lzcnt") && has!("popcnt")
    }

    /// The same for [`Way::Widest`].
    #[cfg(target_arch = "x86_64")]
    pub(super) fn widest_is_there() -> bool {
        use std::arch::is_x86_feature_detected as has;
        let on_vectors = has!("avx512f") && has!("avx512bw") && has!("avx512dq") && has!("avx512vl");
        on_vectors && has!("avx512vbmi") && has!("avx512vbmi2") && Way::wide_is_there()
    }
}
