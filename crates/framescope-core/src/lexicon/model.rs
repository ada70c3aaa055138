//! The lexicon as read: paths, entries, conditions, each with its place in the file.
//!
//! Everything is resolved here that can be resolved without a text: `extends` is merged, every
//! prefix of a path is a path, terms are cut into token patterns, names are numbers. The floors
//! above never see a raw term.

use std::sync::Arc;

use crate::text::{VoiceSet, ZoneSet};

/// A lexicon of a run, by its place on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LexiconId(pub u32);

/// A path of one lexicon, in file order; a parent stands before its children.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PathId(pub u32);

/// An entry of one lexicon, in file order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub u32);

/// Where something was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Place {
    /// Which of [`Lexicon::files`].
    pub file: u32,
    /// Line, from 1; 0 where there is none.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// One lexicon, whole.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lexicon {
    /// `[lexicon]`.
    pub about: Description,
    /// `[match]`.
    pub rules: MatchRules,
    /// All paths in file order, undeclared prefixes before their first child.
    pub paths: Vec<Path>,
    /// All entries in file order.
    pub entries: Vec<Entry>,
    /// The masks in file order.
    pub masks: Vec<Mask>,
    /// `[[about]]`.
    pub abouts: Vec<About>,
    /// `[[axis]]`.
    pub axes: Vec<Axis>,
    /// `[[test]]`.
    pub tests: Vec<LexiconTest>,
    /// The files it was read from: itself, then what it extends, as shown to people.
    pub files: Vec<String>,
}

impl Lexicon {
    /// The path of this name.
    pub fn path(&self, id: &str) -> Option<PathId> {
        self.paths.iter().position(|p| p.id == id).map(|i| PathId(i as u32))
    }

    /// `file:line:column`, as people and editors read it.
    pub fn place(&self, place: Place) -> String {
        let file = self.files.get(place.file as usize).map_or("", String::as_str);
        format!("{file}:{}:{}", place.line, place.column)
    }

    /// A path and the paths above it, upwards.
    pub fn lineage(&self, path: PathId) -> impl Iterator<Item = PathId> {
        std::iter::successors(Some(path), |p| self.paths[p.0 as usize].parent)
    }

    /// Whether one of the paths of an axis is experimental.
    pub fn is_axis_experimental(&self, axis: &Axis) -> bool {
        axis.positive.iter().chain(&axis.negative).any(|path| self.paths[path.0 as usize].is_experimental())
    }

    /// The children of a path, in file order.
    pub fn children(&self, parent: PathId) -> impl Iterator<Item = PathId> {
        self.paths.iter().enumerate().filter(move |(_, p)| p.parent == Some(parent)).map(|(i, _)| PathId(i as u32))
    }
}

/// `[lexicon]`: what it is and whose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Description {
    /// Short name for columns and the command line.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Its version.
    pub version: String,
    /// BCP 47 language, empty if unsaid.
    pub language: String,
    /// Its licence.
    pub license: String,
    /// What it measures.
    pub description: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Where it comes from in the literature.
    pub source: String,
    /// The lexicon it extends, empty if none.
    pub extends: String,
    /// Hashes of the texts it was written from.
    pub developed_on: Vec<String>,
    /// How it was validated, in words; empty if it was not.
    pub validated: String,
    /// Prefix for columns when several lexicons run together; empty: `id`.
    pub short: String,
}

/// `[match]`: rules for the whole lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchRules {
    /// Case of entries that do not say.
    pub case: Case,
    /// What becomes of overlapping candidates.
    pub overlap: Overlap,
    /// Among which candidates overlap is resolved.
    pub scope: Scope,
    /// The voices whose hits enter `count`.
    pub voices: VoiceSet,
    /// The zones whose hits enter `count`.
    pub zones: ZoneSet,
    /// What becomes of negated candidates whose entry does not say.
    pub negation: Negation,
    /// Which proclitics are stripped, if any.
    pub clitics: Option<Clitics>,
}

impl Default for MatchRules {
    fn default() -> Self {
        MatchRules {
            case: Case::Fold,
            overlap: Overlap::Longest,
            scope: Scope::Category,
            voices: VoiceSet::ALL,
            zones: ZoneSet::ALL,
            negation: Negation::Report,
            clitics: None,
        }
    }
}

/// Whether case matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Case {
    /// Case is folded away.
    Fold,
    /// Each token also matches the source token, case kept, and no proclitic is taken off it.
    Exact,
}

/// What becomes of overlapping candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Overlap {
    /// Longest first; no path counts a token twice.
    Longest,
    /// Every candidate is a hit.
    All,
}

/// Among which candidates overlap is resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Path by path, children first.
    Category,
    /// One pool for the whole lexicon.
    Lexicon,
}

/// What becomes of a negated candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Negation {
    /// Counted, and marked.
    Report,
    /// Not counted.
    Drop,
}

/// Whose proclitics may stand before a token: it satisfies a pattern too when what is left after
/// taking some off does, unless the pattern is bound to case, which is to the spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Clitics {
    /// Arabic.
    Arabic,
    /// Hebrew.
    Hebrew,
}

impl Clitics {
    /// The code of the language whose data list them.
    pub fn language(self) -> &'static str {
        match self {
            Clitics::Arabic => "ar",
            Clitics::Hebrew => "he",
        }
    }
}

/// What a path is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PathKind {
    /// A frame or a cue.
    Category,
    /// One thing in the world that has several names.
    Referent,
    /// One of those names.
    Variant,
    /// The bare name of a referent.
    Name,
}

/// One path: a category, a referent, a variant or a bare name, or an undeclared prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Its full name, with dots.
    pub id: String,
    /// What it is.
    pub kind: PathKind,
    /// The path it stands under.
    pub parent: Option<PathId>,
    /// Whether the file declares it (else it is the prefix of one that is declared).
    pub declared: bool,
    /// Name for people; empty if unsaid.
    pub label: String,
    /// What counts.
    pub definition: String,
    /// An example that counts, with its reason.
    pub include: String,
    /// An example that does not, with its reason.
    pub exclude: String,
    /// Where it comes from.
    pub source: String,
    /// `validated`, `experimental`, or empty.
    pub status: String,
    /// What a variant carries along.
    pub connotation: String,
    /// Who reads it so.
    pub according_to: String,
    /// Which of [`Lexicon::abouts`] its hits are asked about.
    pub about: Option<u32>,
    /// Where it is declared, or its first child is.
    pub place: Place,
}

/// The status of a path that its author does not vouch for: its hits are too often wrong, or were not
/// looked at enough.
pub const EXPERIMENTAL: &str = "experimental";

impl Path {
    /// Whether it says of itself that it is experimental.
    pub fn is_experimental(&self) -> bool {
        self.status == EXPERIMENTAL
    }

    /// A declared path of which nothing is said yet.
    pub fn new(id: impl Into<String>, kind: PathKind, parent: Option<PathId>) -> Path {
        Path {
            id: id.into(),
            kind,
            parent,
            declared: true,
            label: String::new(),
            definition: String::new(),
            include: String::new(),
            exclude: String::new(),
            source: String::new(),
            status: String::new(),
            connotation: String::new(),
            according_to: String::new(),
            about: None,
            place: Place::default(),
        }
    }
}

/// One entry: a term under a path, with what it weighs and when it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The path it is written in.
    pub path: PathId,
    /// What it matches, and its conditions.
    pub term: Term,
    /// What a hit adds to `weighted`; 1 unless said.
    pub weight: f64,
    /// What becomes of a negated candidate; the lexicon's rule unless said.
    pub negation: Negation,
    /// A remark for people.
    pub note: String,
}

/// A row of token patterns that stand side by side in one sentence, and the conditions under
/// which they hold. Entries, masks, sides and the terms inside conditions are all terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// As written.
    pub text: String,
    /// One pattern a token; never empty.
    pub tokens: Vec<TokenPattern>,
    /// What else must hold, in the order of design 5.3.
    pub conditions: Vec<Condition>,
    /// Where it is written.
    pub place: Place,
}

/// What one token must look like. `*` is any run of characters, `?` one; a token never holds
/// either, so that both are wildcards wherever they stand.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenPattern {
    /// What the folded token must match; a lone `*` is any token.
    pub folded: Box<str>,
    /// With `case = "exact"`: what the token as spelled must match too.
    pub exact: Option<Box<str>>,
}

impl TokenPattern {
    /// Whether it matches every token.
    pub fn is_any(&self) -> bool {
        &*self.folded == "*"
    }

    /// Whether it holds a wildcard.
    pub fn has_wildcard(&self) -> bool {
        self.folded.contains(['*', '?'])
    }

    /// How many characters it fixes.
    pub fn literal_chars(&self) -> usize {
        self.folded.chars().filter(|c| !matches!(c, '*' | '?')).count()
    }
}

/// One condition of a term. They stand in the order near, not_near, before, after, not_before,
/// not_after, voice, zone; the first that fails names the reason a candidate died of.
///
/// Conditions share lists that are written alike in one file; the terms of such a list have the places at which
/// they were first written, the condition has its own.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// The first token has one of these voices.
    Voice(VoiceSet, Place),
    /// The first token stands in one of these zones.
    Zone(ZoneSet, Place),
    /// Terms that must stand near.
    Near(Near),
    /// Terms that must not stand near.
    NotNear(Near),
    /// One of these begins on the token just after it, in the same sentence.
    Before(Arc<[Term]>, Place),
    /// One of these ends on the token just before it, in the same sentence.
    After(Arc<[Term]>, Place),
    /// None of these begins on the token just after it, in the same sentence.
    NotBefore(Arc<[Term]>, Place),
    /// None of these ends on the token just before it, in the same sentence.
    NotAfter(Arc<[Term]>, Place),
}

/// `near = { any | all, within, side }`.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// Whether one of the terms is enough.
    pub mode: NearMode,
    /// What is looked for.
    pub terms: Arc<[NearTerm]>,
    /// How far.
    pub within: Within,
    /// Where.
    pub side: Side,
    /// Where it is written.
    pub place: Place,
}

/// One term of a near condition.
#[derive(Debug, Clone, PartialEq)]
pub enum NearTerm {
    /// A term with conditions of its own, read on unmasked text.
    Term(Term),
    /// `"@path"`: the candidates of a path and of the paths under it, before masks and conditions.
    Path(PathId),
}

/// Whether one term is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NearMode {
    /// One is enough.
    Any,
    /// All must be there.
    All,
}

/// How far a near condition looks. It never leaves the paragraph or the zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Within {
    /// At most this many tokens between nearest ends; adjacent is 1.
    Tokens(u32),
    /// In the same sentence.
    Sentence,
    /// In the same paragraph.
    Paragraph,
}

/// On which side a near condition looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Either.
    Both,
    /// Before the candidate.
    Left,
    /// After the candidate.
    Right,
}

/// `[[mask]]`: names and titles that are not labels.
#[derive(Debug, Clone, PartialEq)]
pub struct Mask {
    /// What is masked.
    pub terms: Vec<Term>,
    /// The paths it is limited to, their children included; empty: all.
    pub paths: Vec<PathId>,
    /// Why.
    pub why: String,
    /// Where it is written.
    pub place: Place,
}

/// `[[about]]`: whose deaths, whose weapons.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// Its name.
    pub id: String,
    /// How far a side may stand from the hit.
    pub within: Within,
    /// The sides in file order, each with its terms.
    pub sides: Vec<(String, Vec<Term>)>,
    /// Where it is written.
    pub place: Place,
}

/// `[[axis]]`: a bipolar scale over paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// Its name.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// What it measures.
    pub definition: String,
    /// The paths of the positive pole.
    pub positive: Vec<PathId>,
    /// The paths of the negative pole.
    pub negative: Vec<PathId>,
    /// Where it is written.
    pub place: Place,
}

/// `[[test]]`: the lexicon tests itself.
#[derive(Debug, Clone, PartialEq)]
pub struct LexiconTest {
    /// The text, or the body of it.
    pub text: String,
    /// A title, if the test has one.
    pub title: Option<String>,
    /// What must come out: path (or axis), measure, value.
    pub expect: Vec<Expectation>,
    /// Where it is written.
    pub place: Place,
}

/// One expectation of a test.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// The path or axis.
    pub path: String,
    /// The measure, `count` unless said.
    pub measure: String,
    /// The value.
    pub value: f64,
    /// Where it is written.
    pub place: Place,
}
