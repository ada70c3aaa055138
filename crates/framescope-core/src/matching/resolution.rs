//! What matching says of an article: hits, what counts where, and what died of what.

use crate::lexicon::{EntryId, LexiconId, PathId, Place};
use crate::text::{Analysis, Article, Judge, TypeTable, Voice, Zone};

/// An article read: what a matcher looks at.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The source.
    pub article: &'a Article<'a>,
    /// Its tokens, sentences, voices, zones.
    pub analysis: &'a Analysis,
    /// Foldings of the types in `analysis`.
    pub types: &'a TypeTable,
}

/// What is asked for beside the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Want {
    /// Candidates that died, with the rule that killed them.
    pub rejected: bool,
    /// How much of what is counted. Whoever wants rejected candidates wants rows.
    pub detail: Detail,
    /// Whether nobody asks for attributed words, or for the narrator's without them: where no lexicon does, either, all of
    /// them may then be the narrator's.
    pub outside_alike: bool,
}

/// How much is wanted of what is counted: what nobody asks for need not be found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Detail {
    /// Every hit, with all that is known of it.
    #[default]
    Rows,
    /// Counts, and no rows: the resolution may stay empty, and words that count nowhere may share a type.
    Counts,
    /// Of the counts only how many hits there are, in which zone and voice and in short quotations: what else a tally says of
    /// a path may stay as by default, and hits of which nothing depends on it need not be asked whether they are negated.
    Hits,
}

impl Detail {
    /// Whether nobody wants rows.
    pub fn counts_only(self) -> bool {
        self != Detail::Rows
    }
}

/// One hit, listed under the path its entry is written in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The lexicon.
    pub lexicon: LexiconId,
    /// The path its entry is written in.
    pub path: PathId,
    /// The entry.
    pub entry: EntryId,
    /// Its first token.
    pub first_token: u32,
    /// One past its last token.
    pub end_token: u32,
    /// Zone of the first token.
    pub zone: Zone,
    /// Voice of the first token.
    pub voice: Voice,
    /// Whether the first token stands in a quotation of 1 to 3 words.
    pub short: bool,
    /// Whether a negation cue stands before it.
    pub negated: bool,
    /// Whom it is about, where its path asks.
    pub about: Option<Whom>,
    /// Whether it enters `count` (the lexicon's `voices` and `zones` allow it).
    pub counts: bool,
}

/// Whom a hit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Whom {
    /// The side of this number in the path's `about`.
    Side(u32),
    /// Two sides, joined.
    Both,
    /// None near, or two equally near.
    Unclear,
}

/// A candidate that died.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rejected {
    /// The lexicon.
    pub lexicon: LexiconId,
    /// The path its entry is written in.
    pub path: PathId,
    /// The entry.
    pub entry: EntryId,
    /// Its first token.
    pub first_token: u32,
    /// One past its last token.
    pub end_token: u32,
    /// What killed it.
    pub rule: Rule,
    /// The line of the lexicon that did it: the mask, the condition, the entry that won.
    pub by: Place,
}

/// The rule a candidate died of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// It shares a token with a mask.
    Masked,
    /// A condition of its entry failed.
    Condition,
    /// The entry's voices do not hold its voice.
    Voice,
    /// The entry's zones do not hold its zone.
    Zone,
    /// It is negated, and negated candidates are dropped.
    Negation,
    /// A better candidate of the pool holds one of its tokens.
    Overlap,
}

impl Rule {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Rule::Masked => "masked",
            Rule::Condition => "condition",
            Rule::Voice => "voice",
            Rule::Zone => "zone",
            Rule::Negation => "negation",
            Rule::Overlap => "overlap",
        }
    }
}

/// A hit that a path holds: its own, or one of its children's that survived in its pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Counted {
    /// Which of [`Resolution::hits`].
    pub hit: u32,
    /// The path, counted through all lexicons of the run.
    pub path: u32,
}

/// A hit that a side of an axis holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OnAxis {
    /// Which of [`Resolution::hits`].
    pub hit: u32,
    /// The axis, counted through all lexicons of the run.
    pub axis: u32,
    /// Whether it is on the positive side.
    pub positive: bool,
}

/// What matching says of an article. Meant to be kept and filled again.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Resolution {
    /// The hits, by first token, then length, lexicon, entry.
    pub hits: Vec<Hit>,
    /// Which hits each path holds, hit by hit. `voices` and `zones` of the lexicon are not applied
    /// here: see [`Hit::counts`].
    pub counted: Vec<Counted>,
    /// Which hits each side of each axis holds, hit by hit.
    pub on_axis: Vec<OnAxis>,
    /// What died, by first token, then length, lexicon, entry; empty unless wanted.
    pub rejected: Vec<Rejected>,
}

impl Resolution {
    /// Forgets the last article and keeps the memory.
    pub fn clear(&mut self) {
        self.hits.clear();
        self.counted.clear();
        self.on_axis.clear();
        self.rejected.clear();
    }
}

/// Who is told of hits one by one, in reading order. Where no more than [`Detail::Hits`] is wanted, the sentence that is told is any
/// in which hits count as in their own, and none is negated.
pub trait Told {
    /// A hit; its sentence; the paths that hold it and the sides of axes that do, by number through the set, each
    /// once, ascending.
    fn take(&mut self, hit: &Hit, sentence: u32, paths: &[u32], axes: &[(u32, bool)]);

    /// Whether hits of the commonest kind are told by [`Self::take_common`], for those who need not be told all of them.
    const TAKES_COMMON: bool;

    /// Hits of the commonest kind, in their turn among all; every one must be taken. It is called only where
    /// [`Self::TAKES_COMMON`].
    fn take_common(&mut self, hits: impl Iterator<Item = CommonHit>);
}

/// A hit that is not negated (or nobody asks whether it is), enters `count`, and is held by its own path alone; nobody asks whom it is
/// about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommonHit {
    /// The entry, by number through the set.
    pub entry: u32,
    /// Its path, by number through the set.
    pub path: u32,
    /// Its first token.
    pub token: u32,
    /// Its sentence.
    pub sentence: u32,
    /// Its zone.
    pub zone: Zone,
    /// The first token's voice.
    pub voice: Voice,
    /// Whether the first token stands in a quotation of 1 to 3 words.
    pub short: bool,
}

/// Writes down what it is told.
impl Told for Resolution {
    const TAKES_COMMON: bool = false;

    fn take_common(&mut self, hits: impl Iterator<Item = CommonHit>) {
        debug_assert!(false, "rows want all of {} hits", hits.count());
    }

    #[inline]
    fn take(&mut self, hit: &Hit, _sentence: u32, paths: &[u32], axes: &[(u32, bool)]) {
        let number = self.hits.len() as u32;
        self.hits.push(*hit);
        self.counted.extend(paths.iter().map(|&path| Counted { hit: number, path }));
        self.on_axis.extend(axes.iter().map(|&(axis, positive)| OnAxis { hit: number, axis, positive }));
    }
}

/// Finds the hits of compiled lexicons in an article.
pub trait Matcher: Sync {
    /// What a thread keeps between articles.
    type Scratch: Default + Send;

    /// Who judges spellings for it: an article that was read with this judge, and the same
    /// scratch, is resolved sooner. What was read where only counts were wanted must be counted with that scratch, and by
    /// nobody else: words that do not count for this matcher may be unknown in it.
    fn judge<'a>(&'a self, want: Want, scratch: &'a mut Self::Scratch) -> impl Judge + 'a;

    /// Clears `out` and fills it with what the lexicons find in `view`.
    fn resolve(&self, view: View<'_>, want: Want, scratch: &mut Self::Scratch, out: &mut Resolution);

    /// Tells `told` of what [`Self::resolve`] would write down, as far as `want` asks for it, where it can do so without
    /// writing it down. Where it cannot, it tells nothing and answers `false`.
    fn count(&self, _view: View<'_>, _want: Want, _scratch: &mut Self::Scratch, _told: &mut impl Told) -> bool {
        false
    }
}
