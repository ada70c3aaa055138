//! Every dotted prefix is a path, what may stand under what, and which paths ask about whom.

use rustc_hash::FxHashMap;

use super::super::draft::{Draft, PathDraft};
use super::super::error::LexiconErrorKind as Kind;
use super::super::model::{Path, PathId, PathKind, Place};
use super::super::spans::Spot;
use super::super::suggest;
use super::super::toml::kind_name;
use super::Builder;

impl Builder<'_> {
    /// All paths, prefixes before their first child; the number of each declared one.
    pub(super) fn paths(&mut self, drafts: &[PathDraft]) -> Vec<PathId> {
        let mut numbers = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let mut parent = None;
            for (dot, _) in draft.id.match_indices('.') {
                let prefix = &draft.id[..dot];
                parent = Some(match self.ids.get(prefix) {
                    Some(number) => *number,
                    None => self.push(undeclared(prefix, parent, self.sources.place(draft.spot))),
                });
            }
            let declared = self.declared(draft, parent);
            let number = match self.ids.get(&draft.id) {
                // It came before its own declaration, as the prefix of another.
                Some(number) => {
                    self.paths[number.0 as usize] = declared;
                    *number
                }
                None => self.push(declared),
            };
            numbers.push(number);
        }
        self.check_parents(drafts, &numbers);
        numbers
    }

    fn push(&mut self, path: Path) -> PathId {
        let number = PathId(self.paths.len() as u32);
        self.ids.insert(path.id.clone(), number);
        self.paths.push(path);
        number
    }

    fn declared(&self, draft: &PathDraft, parent: Option<PathId>) -> Path {
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        Path {
            id: draft.id.clone(),
            kind: draft.kind,
            parent,
            declared: true,
            label: said(&draft.label),
            definition: said(&draft.definition),
            include: said(&draft.include),
            exclude: said(&draft.exclude),
            source: said(&draft.source),
            status: said(&draft.status),
            connotation: said(&draft.connotation),
            according_to: said(&draft.according_to),
            about: None,
            place: self.sources.place(draft.spot),
        }
    }

    /// Under a referent stand its variants and its bare name, under those nothing.
    fn check_parents(&mut self, drafts: &[PathDraft], numbers: &[PathId]) {
        let spots: FxHashMap<PathId, Spot> = numbers.iter().zip(drafts).map(|(n, draft)| (*n, draft.spot)).collect();
        for (number, path) in self.paths.iter().enumerate() {
            let Some(parent) = path.parent.map(|parent| &self.paths[parent.0 as usize]) else {
                continue;
            };
            let own = matches!(path.kind, PathKind::Variant | PathKind::Name);
            let fits = match parent.kind {
                PathKind::Category => !own,
                PathKind::Referent => own,
                PathKind::Variant | PathKind::Name => false,
            };
            // A prefix has no place of its own; the child that made it is reported.
            let spot = spots.get(&PathId(number as u32)).copied();
            if let (false, Some(spot)) = (fits || self.incomplete, spot) {
                let kind =
                    Kind::BadParent { child: path.id.clone(), parent: parent.id.clone(), kind: kind_name(parent.kind) };
                let hint = match parent.kind {
                    PathKind::Referent => "the names of a referent are written as [[referent.variant]]",
                    _ => "nothing stands under a name: choose another id",
                };
                self.errors.push(self.sources.error(spot, kind, Some(hint.to_owned())));
            }
        }
    }

    /// A path asks what its parent asks unless it says otherwise; "none" is otherwise.
    pub(super) fn inherit_about(&mut self, draft: &Draft) {
        let abouts: FxHashMap<&str, u32> =
            draft.abouts.iter().enumerate().map(|(number, about)| (about.id.as_str(), number as u32)).collect();
        let said: FxHashMap<&str, &(String, Spot)> =
            draft.paths.iter().filter_map(|path| Some((path.id.as_str(), path.about.as_ref()?))).collect();
        for i in 0..self.paths.len() {
            let about = match said.get(self.paths[i].id.as_str()) {
                Some((id, _)) if id == "none" => None,
                Some((id, spot)) => {
                    let about = abouts.get(id.as_str()).copied();
                    if about.is_none() && !self.incomplete && !self.unnamed {
                        let known: Vec<&str> = abouts.keys().copied().collect();
                        let hint = match suggest::nearest(id, known) {
                            Some(meant) => format!("did you mean `{meant}`?"),
                            None => {
                                format!("write [[about]], id = \"{id}\", and its [about.sides]")
                            }
                        };
                        self.report(*spot, Kind::UnknownAbout(id.clone()), Some(hint));
                    }
                    about
                }
                None => self.paths[i].parent.and_then(|parent| self.paths[parent.0 as usize].about),
            };
            self.paths[i].about = about;
        }
    }
}

fn undeclared(id: &str, parent: Option<PathId>, place: Place) -> Path {
    Path { declared: false, place, ..Path::new(id, PathKind::Category, parent) }
}
