//! A class by its number, with what the scan asks of every token's.

/// A set of patterns that some type satisfies, and in its upper bits what that set may mean for
/// the scan, so that the class itself is looked at only where it matters. 0 is the empty set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct ClassId(pub(super) u32);

impl ClassId {
    pub(super) const NOTHING: ClassId = ClassId(0);

    /// A phrase of one token stands here that somebody owns.
    pub(super) const SINGLE: u32 = 1 << 31;
    /// A longer one is to be tried here, whatever stands beside it.
    pub(super) const ANCHOR: u32 = 1 << 30;
    /// A negation cue of one token stands here.
    pub(super) const CUE: u32 = 1 << 29;
    /// A longer one may have its token before the last here…
    pub(super) const CUE_BEFORE_LAST: u32 = 1 << 28;
    /// …or its last.
    pub(super) const CUE_LAST: u32 = 1 << 27;
    /// A word of contrast may end here.
    pub(super) const CONTRAST_END: u32 = 1 << 26;
    /// Some of the phrases of one token are to be listed.
    pub(super) const LISTED: u32 = 1 << 25;
    /// Several entries of one token stand here, and which of them become hits must be asked each time, or they are many.
    pub(super) const CROWDED: u32 = 1 << 24;
    /// Some of its entries [reach](super::reach) into the next token.
    pub(super) const REACHING: u32 = 1 << 23;
    pub(super) const NUMBER: u32 = Self::REACHING - 1;

    pub(super) fn number(self) -> usize {
        (self.0 & Self::NUMBER) as usize
    }

    pub(super) fn is_single(self) -> bool {
        self.0 & Self::SINGLE != 0
    }

    #[inline]
    pub(super) fn is_crowded(self) -> bool {
        self.0 & Self::CROWDED != 0
    }

    /// Whether longer phrases may be tried here, whatever stands beside it; where hits are only counted, of a [reaching](Self::REACHING)
    /// class perhaps none.
    pub(super) fn is_anchor(self) -> bool {
        self.0 & (Self::ANCHOR | Self::REACHING) != 0
    }

    /// See [`Self::REACHING`].
    #[inline]
    pub(super) fn is_reaching(self) -> bool {
        self.0 & Self::REACHING != 0
    }

    /// Whether that is all that makes it [rare](Self::is_rare).
    #[inline]
    pub(super) fn only_reaches(self) -> bool {
        self.0 & (Self::REACHING | Self::ANCHOR | Self::CROWDED | Self::CUE | Self::CUE_LAST) == Self::REACHING
    }

    /// Whether phrases are to be tried here whatever stands beside, entries are many or reach into the next token: what few tokens
    /// are.
    #[inline]
    pub(super) fn is_rare(self) -> bool {
        self.0 & (Self::ANCHOR | Self::CROWDED | Self::REACHING) != 0
    }

    pub(super) fn is_cue_end(self) -> bool {
        self.0 & (Self::CUE | Self::CUE_LAST) != 0
    }

    pub(super) fn is_contrast_end(self) -> bool {
        self.0 & Self::CONTRAST_END != 0
    }

    /// Not 0 if the scan has something to look at on a token of this class behind one of `before`, but for pairs of phrases; with
    /// negation cues or without.
    #[inline]
    pub(super) fn marks_behind(self, before: ClassId, cues: bool) -> u32 {
        let [cue, before_last] = if cues { [Self::CUE, Self::CUE_BEFORE_LAST] } else { [0, 0] };
        self.0 & (Self::SINGLE | Self::ANCHOR | Self::REACHING | cue) | before.0 & (self.0 << 1) & before_last
    }

    /// Whether a negation cue may end on a token of this class behind one of `before`.
    #[inline]
    pub(super) fn may_end_cue_behind(self, before: ClassId) -> bool {
        self.0 & Self::CUE | before.0 & (self.0 << 1) & Self::CUE_BEFORE_LAST != 0
    }
}
