//! `extends`: a lexicon laid over the one it extends.
//!
//! The base comes first. What the extension removes is taken out; then its paths and terms are
//! added behind those of the base, except that
//! - a path the base has keeps its place, and what the extension says of it (label, definition,
//!   about, ...) replaces what the base says, one by one;
//! - a term the base has on the same path (the same tokens once folded) is replaced where it
//!   stands, with its weight and conditions;
//! - an axis or an `[[about]]` of the same id is replaced whole, where it stands.
//!
//! The keys of `[match]` override one by one. Masks add up. Of `[lexicon]`, only the language is
//! inherited where it is unsaid, and `developed_on` adds up: an extension is not validated because
//! its base is, nor licensed. The base's tests are tests of the base and are not run.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::draft::{AboutDraft, AxisDraft, DescriptionDraft, Draft, EntryDraft, PathDraft, RemoveDraft};
use super::error::{LexiconError, LexiconErrorKind as Kind};
use super::model::PathKind;
use super::spans::{Sources, Spot};
use super::suggest;
use super::toml::kind_name;

/// A draft with all its bases in it.
pub(super) struct Merged {
    pub(super) draft: Draft,
    /// Paths that were removed and not declared again: where.
    pub(super) removed: FxHashMap<String, Spot>,
}

/// Lays the drafts over each other; the first is the file itself, the last its deepest base.
pub(super) fn merge(mut drafts: Vec<Draft>, sources: &Sources, errors: &mut Vec<LexiconError>) -> Merged {
    if drafts.len() < 2 {
        let draft = drafts.pop().unwrap_or_default();
        if draft.about.extends.is_none() {
            for remove in &draft.removes {
                let hint = "say extends = \"...\" in [lexicon], or take the term itself out".to_owned();
                errors.push(sources.error(remove.spot, Kind::RemoveWithoutBase, Some(hint)));
            }
        }
        return Merged { draft, removed: FxHashMap::default() };
    }
    let mut layers = Layers::new(sources, errors);
    for (i, draft) in drafts.into_iter().rev().enumerate() {
        layers.lay(draft, i as u32);
    }
    layers.finish()
}

/// What the layers so far come to.
struct Layers<'a> {
    sources: &'a Sources,
    errors: &'a mut Vec<LexiconError>,
    /// All but paths and entries.
    rest: Draft,
    /// `None` where it was removed.
    paths: Vec<Option<PathDraft>>,
    numbers: BTreeMap<String, usize>,
    /// The entries with the layer they come from; `None` where one was removed.
    entries: Vec<Option<(EntryDraft, u32)>>,
    /// The entries of a path, by number.
    of_path: Vec<Vec<usize>>,
    /// Entries by path and [`TermDraft::key`](super::draft::TermDraft::key).
    by_term: FxHashMap<(usize, String), Vec<usize>>,
    removed: FxHashMap<String, Spot>,
}

impl<'a> Layers<'a> {
    fn new(sources: &'a Sources, errors: &'a mut Vec<LexiconError>) -> Layers<'a> {
        Layers {
            sources,
            errors,
            rest: Draft::default(),
            paths: Vec::new(),
            numbers: BTreeMap::new(),
            entries: Vec::new(),
            of_path: Vec::new(),
            by_term: FxHashMap::default(),
            removed: FxHashMap::default(),
        }
    }

    fn report(&mut self, spot: Spot, kind: Kind, hint: Option<String>) {
        self.errors.push(self.sources.error(spot, kind, hint));
    }

    fn lay(&mut self, draft: Draft, layer: u32) {
        for remove in &draft.removes {
            self.remove(remove, layer);
        }
        self.describe(&draft);
        let numbers: Vec<Option<usize>> = draft.paths.into_iter().map(|path| self.path(path)).collect();
        for entry in draft.entries {
            if let Some(path) = numbers.get(entry.path).copied().flatten() {
                self.entry(EntryDraft { path, ..entry }, layer);
            }
        }
        self.rest.masks.extend(draft.masks);
        replace_or_push(&mut self.rest.abouts, draft.abouts, |about: &AboutDraft| &about.id);
        replace_or_push(&mut self.rest.axes, draft.axes, |axis: &AxisDraft| &axis.id);
        self.rest.tests = draft.tests;
        self.rest.incomplete |= draft.incomplete;
        self.rest.unnamed |= draft.unnamed;
    }

    /// `[lexicon]` and `[match]`.
    fn describe(&mut self, draft: &Draft) {
        let before = std::mem::take(&mut self.rest.about);
        let mut developed_on = before.developed_on;
        for hash in &draft.about.developed_on {
            if !developed_on.contains(hash) {
                developed_on.push(hash.clone());
            }
        }
        let language = draft.about.language.clone().or(before.language);
        self.rest.about = DescriptionDraft { language, developed_on, ..draft.about.clone() };
        let (own, rules) = (&draft.rules, &mut self.rest.rules);
        rules.case = own.case.or(rules.case);
        rules.overlap = own.overlap.or(rules.overlap);
        rules.scope = own.scope.or(rules.scope);
        rules.voices = own.voices.or(rules.voices);
        rules.zones = own.zones.or(rules.zones);
        rules.negation = own.negation.or(rules.negation);
        rules.clitics = own.clitics.or(rules.clitics);
    }

    /// Adds a declared path, or lets it say more of one that is there; its number.
    fn path(&mut self, path: PathDraft) -> Option<usize> {
        self.removed.remove(&path.id);
        let Some(number) = self.numbers.get(&path.id).copied() else {
            let number = self.paths.len();
            self.numbers.insert(path.id.clone(), number);
            self.paths.push(Some(path));
            self.of_path.push(Vec::new());
            return Some(number);
        };
        let before = self.paths[number].as_mut()?;
        if before.kind != path.kind {
            let kind = Kind::KindClash {
                id: path.id.clone(),
                here: kind_name(path.kind),
                before: kind_name(before.kind),
                first: self.sources.shown(before.spot),
            };
            let hint = match (before.kind, path.id.rsplit_once('.')) {
                (PathKind::Variant, Some((referent, own))) => format!(
                    "to add to the variant, write [[referent]], id = \"{referent}\", and under it \
                     [[referent.variant]], id = \"{own}\""
                ),
                _ => "give one of them another id".to_owned(),
            };
            self.report(path.spot, kind, Some(hint));
            return None;
        }
        let or = |own: Option<String>, base: &mut Option<String>| own.or_else(|| base.take());
        *before = PathDraft {
            label: or(path.label, &mut before.label),
            definition: or(path.definition, &mut before.definition),
            include: or(path.include, &mut before.include),
            exclude: or(path.exclude, &mut before.exclude),
            source: or(path.source, &mut before.source),
            status: or(path.status, &mut before.status),
            connotation: or(path.connotation, &mut before.connotation),
            according_to: or(path.according_to, &mut before.according_to),
            about: path.about.or_else(|| before.about.take()),
            id: path.id,
            kind: path.kind,
            spot: path.spot,
        };
        Some(number)
    }

    /// Adds an entry, in the place of those of earlier layers that it overrides.
    fn entry(&mut self, entry: EntryDraft, layer: u32) {
        let path = entry.path;
        let same = self.by_term.entry((path, entry.term.key())).or_default();
        let older = |slot: &usize| self.entries[*slot].as_ref().is_none_or(|(_, of)| *of < layer);
        let place = same.iter().copied().find(|slot| older(slot));
        let Some(place) = place else {
            same.push(self.entries.len());
            self.of_path[path].push(self.entries.len());
            self.entries.push(Some((entry, layer)));
            return;
        };
        let replaced: Vec<usize> = same.iter().copied().filter(|slot| older(slot)).collect();
        for slot in replaced {
            self.entries[slot] = None;
        }
        same.retain(|slot| *slot == place || self.entries[*slot].is_some());
        self.entries[place] = Some((entry, layer));
    }

    fn remove(&mut self, remove: &RemoveDraft, layer: u32) {
        if layer == 0 {
            let hint = "say extends = \"...\" in [lexicon], or take the term itself out".to_owned();
            return self.report(remove.spot, Kind::RemoveWithoutBase, Some(hint));
        }
        match &remove.terms {
            Some(terms) => {
                let Some(path) = self.numbers.get(&remove.path).copied() else {
                    return self.no_path_to_remove(remove);
                };
                for term in terms {
                    let slots = self.by_term.remove(&(path, term.key())).unwrap_or_default();
                    if slots.is_empty() {
                        self.no_term_to_remove(&remove.path, path, &term.text, term.spot);
                    }
                    for slot in slots {
                        self.entries[slot] = None;
                    }
                }
            }
            None => {
                let below = format!("{}.", remove.path);
                let mut gone: Vec<String> =
                    self.numbers.get_key_value(&remove.path).map(|(id, _)| id.clone()).into_iter().collect();
                gone.extend(
                    self.numbers
                        .range(below.clone()..)
                        .map(|(id, _)| id.clone())
                        .take_while(|id| id.starts_with(&below)),
                );
                if gone.is_empty() {
                    return self.no_path_to_remove(remove);
                }
                self.removed.insert(remove.path.clone(), remove.spot);
                for id in gone {
                    if let Some(number) = self.numbers.remove(&id) {
                        self.paths[number] = None;
                        for slot in std::mem::take(&mut self.of_path[number]) {
                            if let Some((entry, _)) = self.entries[slot].take() {
                                self.by_term.remove(&(number, entry.term.key()));
                            }
                        }
                    }
                    self.removed.insert(id, remove.spot);
                }
            }
        }
    }

    fn no_path_to_remove(&mut self, remove: &RemoveDraft) {
        if self.rest.incomplete {
            return;
        }
        let meant = suggest::nearest(&remove.path, self.numbers.keys().map(String::as_str));
        let hint = meant.map(|meant| format!("did you mean `{meant}`?"));
        self.report(remove.spot, Kind::RemoveUnknownPath(remove.path.clone()), hint);
    }

    fn no_term_to_remove(&mut self, id: &str, path: usize, term: &str, spot: Spot) {
        if self.rest.incomplete {
            return;
        }
        let there = self.of_path[path].iter().filter_map(|slot| self.entries[*slot].as_ref());
        let meant = suggest::nearest(term, there.map(|(entry, _)| entry.term.text.as_str()));
        let hint = meant.map(|meant| format!("did you mean `{meant}`?"));
        let kind = Kind::RemoveUnknownTerm { term: term.to_owned(), path: id.to_owned() };
        self.report(spot, kind, hint);
    }

    fn finish(self) -> Merged {
        let mut draft = self.rest;
        let mut numbers = vec![usize::MAX; self.paths.len()];
        for (number, path) in self.paths.into_iter().enumerate() {
            if let Some(path) = path {
                numbers[number] = draft.paths.len();
                draft.paths.push(path);
            }
        }
        draft.entries = self
            .entries
            .into_iter()
            .flatten()
            .map(|(entry, _)| EntryDraft { path: numbers[entry.path], ..entry })
            .collect();
        Merged { draft, removed: self.removed }
    }
}

/// Puts each of `new` in the place of the one of the same name, or behind them all.
fn replace_or_push<T>(all: &mut Vec<T>, new: Vec<T>, name: impl Fn(&T) -> &String) {
    let mut places: FxHashMap<String, usize> =
        all.iter().enumerate().map(|(place, item)| (name(item).clone(), place)).collect();
    for item in new {
        match places.get(name(&item)) {
            Some(place) => all[*place] = item,
            None => {
                places.insert(name(&item).clone(), all.len());
                all.push(item);
            }
        }
    }
}
