//! A lexicon as one file says it: names are still names, bases are not merged, nothing is checked
//! that needs more than the line it stands in. Every form of lexicon is read into this.

use std::sync::Arc;

use super::model::{Case, Clitics, NearMode, Negation, Overlap, PathKind, Scope, Side, Within};
use super::spans::Spot;
use crate::text::{VoiceSet, ZoneSet};

/// What one file says.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) about: DescriptionDraft,
    pub(super) rules: RulesDraft,
    pub(super) paths: Vec<PathDraft>,
    pub(super) entries: Vec<EntryDraft>,
    pub(super) masks: Vec<MaskDraft>,
    pub(super) abouts: Vec<AboutDraft>,
    pub(super) axes: Vec<AxisDraft>,
    pub(super) tests: Vec<TestDraft>,
    pub(super) removes: Vec<RemoveDraft>,
    /// Whether paths may be missing because of an error that was already reported, so that
    /// "there is no such path" would only be noise.
    pub(super) incomplete: bool,
    /// The same of abouts and axes only: what is said of paths holds all the same.
    pub(super) unnamed: bool,
}

/// `[lexicon]`; `None` is unsaid.
#[derive(Debug, Default, Clone)]
pub(super) struct DescriptionDraft {
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) version: Option<String>,
    pub(super) language: Option<String>,
    pub(super) license: Option<String>,
    pub(super) description: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) source: Option<String>,
    pub(super) extends: Option<(String, Spot)>,
    pub(super) developed_on: Vec<String>,
    pub(super) validated: Option<String>,
    pub(super) short: Option<String>,
}

/// `[match]`; `None` is unsaid.
#[derive(Debug, Default, Clone)]
pub(super) struct RulesDraft {
    pub(super) case: Option<Case>,
    pub(super) overlap: Option<Overlap>,
    pub(super) scope: Option<Scope>,
    pub(super) voices: Option<VoiceSet>,
    pub(super) zones: Option<ZoneSet>,
    pub(super) negation: Option<Negation>,
    pub(super) clitics: Option<Clitics>,
}

/// A declared path.
#[derive(Debug, Clone)]
pub(super) struct PathDraft {
    pub(super) id: String,
    pub(super) kind: PathKind,
    pub(super) label: Option<String>,
    pub(super) definition: Option<String>,
    pub(super) include: Option<String>,
    pub(super) exclude: Option<String>,
    pub(super) source: Option<String>,
    pub(super) status: Option<String>,
    pub(super) connotation: Option<String>,
    pub(super) according_to: Option<String>,
    pub(super) about: Option<(String, Spot)>,
    pub(super) spot: Spot,
}

/// An entry.
#[derive(Debug)]
pub(super) struct EntryDraft {
    /// Which of [`Draft::paths`].
    pub(super) path: usize,
    pub(super) term: TermDraft,
    pub(super) weight: f64,
    pub(super) negation: Option<Negation>,
    pub(super) note: String,
}

/// A term, cut into tokens.
#[derive(Debug, Clone)]
pub(super) struct TermDraft {
    pub(super) text: String,
    pub(super) tokens: Vec<TokenDraft>,
    pub(super) case: Option<Case>,
    pub(super) conditions: Vec<ConditionDraft>,
    pub(super) spot: Spot,
}

impl TermDraft {
    /// What makes two terms the same term: the folded tokens, parted by a space.
    pub(super) fn key(&self) -> String {
        let mut key = String::with_capacity(self.text.len());
        for token in &self.tokens {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&token.folded);
        }
        key
    }
}

/// One token of a term, both ways; which one holds depends on `case`, which a lexicon that
/// extends this one may still change.
#[derive(Debug, Clone)]
pub(super) struct TokenDraft {
    pub(super) folded: Box<str>,
    /// `None` where it is the same as `folded`, which spares most of the memory.
    pub(super) exact: Option<Box<str>>,
}

/// Lists are shared: the same list under a hundred entries is read once.
#[derive(Debug, Clone)]
pub(super) enum ConditionDraft {
    Voice(VoiceSet, Spot),
    Zone(ZoneSet, Spot),
    Near(NearDraft),
    NotNear(NearDraft),
    Before(Arc<[TermDraft]>, Spot),
    After(Arc<[TermDraft]>, Spot),
    NotBefore(Arc<[TermDraft]>, Spot),
    NotAfter(Arc<[TermDraft]>, Spot),
}

#[derive(Debug, Clone)]
pub(super) struct NearDraft {
    pub(super) mode: NearMode,
    pub(super) terms: Arc<[NearTermDraft]>,
    pub(super) within: Within,
    pub(super) side: Side,
    pub(super) spot: Spot,
}

#[derive(Debug, Clone)]
pub(super) enum NearTermDraft {
    Term(TermDraft),
    Path(String, Spot),
}

#[derive(Debug)]
pub(super) struct MaskDraft {
    pub(super) terms: Vec<TermDraft>,
    pub(super) paths: Vec<(String, Spot)>,
    pub(super) why: String,
    pub(super) spot: Spot,
}

#[derive(Debug)]
pub(super) struct AboutDraft {
    pub(super) id: String,
    pub(super) within: Within,
    pub(super) sides: Vec<(String, Vec<TermDraft>)>,
    pub(super) spot: Spot,
}

#[derive(Debug)]
pub(super) struct AxisDraft {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) definition: String,
    pub(super) positive: Vec<(String, Spot)>,
    pub(super) negative: Vec<(String, Spot)>,
    pub(super) spot: Spot,
}

#[derive(Debug)]
pub(super) struct TestDraft {
    pub(super) text: String,
    pub(super) title: Option<String>,
    pub(super) expect: Vec<ExpectDraft>,
    pub(super) spot: Spot,
}

#[derive(Debug)]
pub(super) struct ExpectDraft {
    /// A path or an axis.
    pub(super) path: String,
    /// `None`: the default of a path or an axis.
    pub(super) measure: Option<(String, Spot)>,
    pub(super) value: f64,
    pub(super) spot: Spot,
}

/// `[[remove]]`.
#[derive(Debug)]
pub(super) struct RemoveDraft {
    pub(super) path: String,
    /// The terms to remove by their [`TermDraft::key`]; `None`: the whole path.
    pub(super) terms: Option<Vec<TermDraft>>,
    pub(super) spot: Spot,
}
