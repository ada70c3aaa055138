//! The first look at marked tokens: what is to be done at each, told without doing it.
//!
//! Whether something is to be done at a token is a surprise each time, and so is what: so first it is noted of many tokens, without
//! a branch, and done then where there is something.

use super::class_id::ClassId;
use crate::ahead::ask_for;
use crate::matching::compile::{PatternId, Side};

/// What is asked of the class of every marked token, and nothing else: classes stand at random places of their table,
/// and what is small is nearer.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(32))]
pub(super) struct Brief {
    /// For the class as the second of a pair.
    pub(super) second: Side,
    /// The entries of one token, ascending, where those of all classes stand.
    pub(super) first_entry: u32,
    pub(super) entries: u32,
    /// Of a class that is not [crowded](ClassId::CROWDED), those of them, and of the entries that [reach](super::reach), that become
    /// hits where nothing else contends with them.
    pub(super) unbeaten: [u32; AT_HAND],
    pub(super) unbeaten_len: u32,
}

/// So many entries of a token are at hand: nearly all words that have some have no more.
pub(super) const AT_HAND: usize = 3;

const _: () = assert!(size_of::<Brief>() == 32, "two are a line of the cache");

/// What is asked of a class as the first of a pair.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct First {
    pub(super) side: Side,
    /// Its patterns that begin pairs, or [`MORE`] if there is no room for them.
    pub(super) patterns: [PatternId; 2],
}

/// In the first place of patterns that are more than there is room for.
pub(super) const MORE: PatternId = PatternId(u32::MAX);

/// So many marked tokens are looked at together.
pub(super) const TOGETHER: usize = 64;

/// What is to be done at marked tokens, a bit each.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Looks {
    /// The pair of some phrase may end here.
    pub(super) pairs: u64,
    /// See [`ClassId::is_rare`]; or a negation cue may end here, and somebody wants to know.
    pub(super) rare: u64,
}

impl Looks {
    /// Looks at up to [`TOGETHER`] tokens. `row` is that of classes, in which the class of a token stands behind that of the one
    /// before; `single` is called for each token with what is known of its class.
    #[inline(always)]
    pub(super) fn at(
        tokens: &[u32],
        row: &[ClassId],
        briefs: &[Brief],
        firsts: &[First],
        cues: bool,
        mut single: impl FnMut(u32, &Brief),
    ) -> Looks {
        debug_assert!(tokens.len() <= TOGETHER && tokens.iter().all(|&token| (token as usize) + 1 < row.len()));
        let mut classes = [[ClassId::NOTHING; 2]; TOGETHER];
        for (place, &token) in classes.iter_mut().zip(tokens) {
            let Some(both) = row.get(token as usize..).and_then(|row| row.first_chunk()) else { break };
            *place = *both;
            // With many entries, classes outgrow the nearest cache.
            ask_for(briefs, both[1].number());
        }
        let mut looks = Looks::default();
        for (bit, (&token, [before, class])) in tokens.iter().zip(classes).enumerate() {
            let brief = &briefs[class.number()];
            // Nearly all words that stand side by side in a text are no pair.
            let may_pair = firsts[before.number()].side.may_pair_with(brief.second);
            let is_rare = class.is_rare() | (cues & class.may_end_cue_behind(before));
            looks.pairs |= u64::from(may_pair) << bit;
            looks.rare |= u64::from(is_rare) << bit;
            single(token, brief);
        }
        looks
    }
}
