//! The paths, entries and axes that are compared, by running number: what a lexicon says of them, without the lexicon.
//!
//! It comes from the lexicons of a run, or from a stored long table, which knows paths and kinds but no entries.

use framescope_core::lexicon::{LexiconId, LexiconSet, PathId, PathKind};
use framescope_core::score::Headline;
use framescope_core::text::{VoiceSet, ZoneSet};
use serde::Serialize;

/// The paths, entries and axes of all lexicons of a run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Vocabulary {
    /// The lexicons, in the order of `-l`.
    pub lexicons: Vec<LexiconFacts>,
    /// The paths of all lexicons, by running number; a parent stands before its children.
    pub paths: Vec<PathFacts>,
    /// The entries of all lexicons, by running number; none where they are not known.
    pub entries: Vec<EntryFacts>,
    /// The referents of all lexicons.
    pub referents: Vec<ReferentFacts>,
    /// The axes of all lexicons, by running number.
    pub axes: Vec<AxisFacts>,
}

/// A lexicon.
#[derive(Debug, Clone, PartialEq)]
pub struct LexiconFacts {
    /// Its id.
    pub id: String,
    /// Its version, empty if unsaid.
    pub version: String,
    /// BCP 47 language, empty if unsaid.
    pub language: String,
    /// How it was validated, in words; empty if it was not.
    pub validated: String,
    /// Hashes of the texts it was written from.
    pub developed_on: Vec<String>,
    /// The voices whose hits enter `count`.
    pub voices: VoiceSet,
    /// The zones whose hits enter `count`.
    pub zones: ZoneSet,
}

/// A path.
#[derive(Debug, Clone, PartialEq)]
pub struct PathFacts {
    /// Which lexicon, by place.
    pub lexicon: u32,
    /// Its full name, with dots.
    pub id: String,
    /// What it is.
    pub kind: PathKind,
    /// The path it stands under, by running number.
    pub parent: Option<u32>,
    /// Name for people; empty if unsaid.
    pub label: String,
    /// What counts; empty if unsaid.
    pub definition: String,
    /// What a variant carries along; empty if unsaid.
    pub connotation: String,
    /// Who reads it so; empty if unsaid.
    pub according_to: String,
    /// Whether the lexicon calls it experimental.
    pub is_experimental: bool,
    /// The sides that its hits are asked about; empty where they are not.
    pub sides: Vec<String>,
}

/// An entry.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryFacts {
    /// The path it is written in, by running number.
    pub path: u32,
    /// The term as written.
    pub term: String,
    /// What a hit adds to `weighted`.
    pub weight: f64,
}

/// A referent: one thing, several names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReferentFacts {
    /// Its own path, by running number.
    pub path: u32,
    /// Its variants, by running number.
    pub variants: Vec<u32>,
    /// The path of the bare name, if it has one.
    pub name: Option<u32>,
}

/// An axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AxisFacts {
    /// Which lexicon, by place.
    pub lexicon: u32,
    /// Its name.
    pub id: String,
    /// Name for people; empty if unsaid.
    pub label: String,
    /// What it measures; empty if unsaid.
    pub definition: String,
    /// Whether a path of it is experimental.
    pub is_experimental: bool,
    /// The paths of the positive pole.
    pub positive: Vec<u32>,
    /// The paths of the negative pole.
    pub negative: Vec<u32>,
}

impl Vocabulary {
    /// What these lexicons hold.
    pub fn of(set: &LexiconSet) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for (id, lexicon) in set.iter() {
            vocabulary.lexicons.push(LexiconFacts {
                id: lexicon.about.id.clone(),
                version: lexicon.about.version.clone(),
                language: lexicon.about.language.clone(),
                validated: lexicon.about.validated.clone(),
                developed_on: lexicon.about.developed_on.clone(),
                voices: lexicon.rules.voices,
                zones: lexicon.rules.zones,
            });
            let number = |path: PathId| set.path_number(id, path);
            for path in &lexicon.paths {
                let about = path.about.and_then(|about| lexicon.abouts.get(about as usize));
                vocabulary.paths.push(PathFacts {
                    lexicon: id.0,
                    id: path.id.clone(),
                    kind: path.kind,
                    parent: path.parent.map(number),
                    label: path.label.clone(),
                    definition: path.definition.clone(),
                    connotation: path.connotation.clone(),
                    according_to: path.according_to.clone(),
                    is_experimental: path.is_experimental(),
                    sides: about
                        .map_or_else(Vec::new, |about| about.sides.iter().map(|(name, _)| name.clone()).collect()),
                });
            }
            vocabulary.entries.extend(lexicon.entries.iter().map(|entry| EntryFacts {
                path: number(entry.path),
                term: entry.term.text.clone(),
                weight: entry.weight,
            }));
            let numbers = |paths: &[PathId]| paths.iter().map(|path| number(*path)).collect();
            vocabulary.axes.extend(lexicon.axes.iter().map(|axis| AxisFacts {
                lexicon: id.0,
                id: axis.id.clone(),
                label: axis.label.clone(),
                definition: axis.definition.clone(),
                is_experimental: lexicon.is_axis_experimental(axis),
                positive: numbers(&axis.positive),
                negative: numbers(&axis.negative),
            }));
        }
        vocabulary.find_referents();
        vocabulary
    }

    /// Fills `referents` from the kinds of the paths. A variant under a variant is counted in it already.
    pub(crate) fn find_referents(&mut self) {
        let mut of_path: Vec<Option<usize>> = Vec::with_capacity(self.paths.len());
        for (number, path) in (0..).zip(&self.paths) {
            let above = path.parent.and_then(|parent| of_path.get(parent as usize).copied().flatten());
            let own = match (path.kind, above) {
                (PathKind::Referent, _) => {
                    self.referents.push(ReferentFacts { path: number, variants: Vec::new(), name: None });
                    Some(self.referents.len() - 1)
                }
                (PathKind::Variant, Some(referent)) => {
                    let variants = &mut self.referents[referent].variants;
                    if !path.parent.is_some_and(|parent| variants.contains(&parent)) {
                        variants.push(number);
                    }
                    Some(referent)
                }
                (PathKind::Name, Some(referent)) => {
                    self.referents[referent].name = Some(number);
                    Some(referent)
                }
                (PathKind::Category, above) => above,
                (_, None) => None,
            };
            of_path.push(own);
        }
    }

    /// The lexicon of a path.
    pub fn lexicon_of(&self, path: u32) -> &LexiconFacts {
        &self.lexicons[self.paths[path as usize].lexicon as usize]
    }

    /// Which lexicon a path belongs to.
    pub fn lexicon_id_of(&self, path: u32) -> LexiconId {
        LexiconId(self.paths[path as usize].lexicon)
    }

    /// The voices and zones in which hits of a path and the words beside them are counted, when one looks outside or
    /// inside quotations; nothing where its lexicon counts nothing there.
    pub fn scope(&self, path: u32, voice: Headline) -> Option<(VoiceSet, ZoneSet)> {
        scope(self.lexicon_of(path), voice)
    }

    /// The same of an axis.
    pub fn axis_scope(&self, axis: u32, voice: Headline) -> Option<(VoiceSet, ZoneSet)> {
        scope(&self.lexicons[self.axes[axis as usize].lexicon as usize], voice)
    }

    /// A path and the paths above it, upwards.
    pub fn lineage(&self, path: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(path), |path| self.paths[*path as usize].parent)
    }

    /// The path of this name: `id`, or `lexicon:id` where several lexicons have it.
    pub fn path(&self, name: &str) -> Option<u32> {
        let (lexicon, id) = match name.split_once(':') {
            Some((lexicon, id)) => (Some(lexicon), id),
            None => (None, name),
        };
        let is_it = |path: &PathFacts| {
            path.id == id && lexicon.is_none_or(|lexicon| self.lexicons[path.lexicon as usize].id == lexicon)
        };
        self.paths.iter().position(is_it).map(|number| number as u32)
    }
}

fn scope(lexicon: &LexiconFacts, voice: Headline) -> Option<(VoiceSet, ZoneSet)> {
    let voices: VoiceSet = voice.voices().iter().filter(|voice| lexicon.voices.contains(*voice)).collect();
    (voices != VoiceSet::NONE).then_some((voices, lexicon.zones))
}
