//! From a merged draft to the lexicon: names become numbers, prefixes become paths, defaults
//! become values, and every name that stands for nothing is an error.

mod paths;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::draft::{
    AboutDraft, ConditionDraft, DescriptionDraft, Draft, ExpectDraft, MaskDraft, NearDraft, NearTermDraft, TermDraft,
    TestDraft,
};
use super::error::{LexiconError, LexiconErrorKind as Kind};
use super::extends::Merged;
use super::model::{
    About, Axis, Case, Condition, Description, Entry, Expectation, Lexicon, LexiconTest, Mask, MatchRules, Near,
    NearTerm, Path, PathId, PathKind, Term, TokenPattern,
};
use super::spans::{Sources, Spot};
use super::suggest;
use super::toml::{AXIS_MEASURES, PATH_MEASURES, as_name};

/// Looking for what was meant costs a walk over all paths; a file with more errors than this has
/// another problem than slips of the pen.
const MOST_HINTS: u32 = 100;

/// Builds the lexicon. With `incomplete`, paths may be missing for reasons already reported, and
/// names that stand for nothing are passed over.
pub(super) fn build(merged: Merged, sources: &Sources, incomplete: bool, errors: &mut Vec<LexiconError>) -> Lexicon {
    let Merged { draft, removed } = merged;
    let rules = rules(&draft);
    let mut builder = Builder {
        sources,
        errors,
        incomplete,
        unnamed: draft.unnamed,
        case: rules.case,
        removed,
        ids: FxHashMap::default(),
        paths: Vec::with_capacity(draft.paths.len()),
        hints: 0,
        lists: FxHashMap::default(),
        near_lists: FxHashMap::default(),
    };
    let numbers = builder.paths(&draft.paths);
    builder.inherit_about(&draft);
    let entries = draft
        .entries
        .into_iter()
        .map(|entry| Entry {
            path: numbers[entry.path],
            term: builder.term(entry.term),
            weight: entry.weight,
            negation: entry.negation.unwrap_or(rules.negation),
            note: entry.note,
        })
        .collect::<Vec<_>>();
    let masks = draft.masks.into_iter().filter_map(|mask| builder.mask(mask)).collect();
    let abouts = draft.abouts.into_iter().map(|about| builder.about(about)).collect();
    let mut axes = Vec::with_capacity(draft.axes.len());
    let mut axis_ids: FxHashMap<String, ()> = FxHashMap::default();
    for axis in draft.axes {
        if let Some(path) = builder.ids.get(&axis.id) {
            let first = builder.first(*path);
            let kind = Kind::Duplicate { what: "axis".to_owned(), id: axis.id.clone(), first };
            builder.report(axis.spot, kind, Some("an axis cannot be called like a path".to_owned()));
        }
        axis_ids.insert(axis.id.clone(), ());
        let user = || format!("the axis `{}` ({})", axis.id, sources.shown(axis.spot));
        axes.push(Axis {
            positive: builder.poles(axis.positive, &user),
            negative: builder.poles(axis.negative, &user),
            place: sources.place(axis.spot),
            id: axis.id,
            label: axis.label,
            definition: axis.definition,
        });
    }
    let tests = draft.tests.into_iter().map(|test| builder.test(test, &axis_ids)).collect();
    let paths = builder.paths;
    if entries.is_empty() && !incomplete && builder.errors.is_empty() {
        let spot = Spot::default();
        let hint = "begin with [[category]], id = \"my_category\", terms = [\"one word\", \"another\"]".to_owned();
        builder.errors.push(sources.error(spot, Kind::NoEntry, Some(hint)));
    }
    Lexicon {
        about: description(draft.about, sources),
        rules,
        paths,
        entries,
        masks,
        abouts,
        axes,
        tests,
        files: sources.0.iter().map(|source| source.name.clone()).collect(),
    }
}

fn rules(draft: &Draft) -> MatchRules {
    let said = &draft.rules;
    let unsaid = MatchRules::default();
    MatchRules {
        case: said.case.unwrap_or(unsaid.case),
        overlap: said.overlap.unwrap_or(unsaid.overlap),
        scope: said.scope.unwrap_or(unsaid.scope),
        voices: said.voices.unwrap_or(unsaid.voices),
        zones: said.zones.unwrap_or(unsaid.zones),
        negation: said.negation.unwrap_or(unsaid.negation),
        clitics: said.clitics.or(unsaid.clitics),
    }
}

fn description(draft: DescriptionDraft, sources: &Sources) -> Description {
    let stem = |name: &str| {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        as_name(name.strip_suffix(".toml").unwrap_or(name)).unwrap_or_else(|| "lexicon".to_owned())
    };
    Description {
        id: draft.id.unwrap_or_else(|| sources.0.first().map_or_else(String::new, |source| stem(&source.name))),
        name: draft.name.unwrap_or_default(),
        version: draft.version.unwrap_or_default(),
        language: draft.language.unwrap_or_default(),
        license: draft.license.unwrap_or_default(),
        description: draft.description.unwrap_or_default(),
        authors: draft.authors,
        source: draft.source.unwrap_or_default(),
        extends: draft.extends.map(|(name, _)| name).unwrap_or_default(),
        developed_on: draft.developed_on,
        validated: draft.validated.unwrap_or_default(),
        short: draft.short.unwrap_or_default(),
    }
}

struct Builder<'a> {
    sources: &'a Sources,
    errors: &'a mut Vec<LexiconError>,
    incomplete: bool,
    unnamed: bool,
    case: Case,
    removed: FxHashMap<String, Spot>,
    ids: FxHashMap<String, PathId>,
    paths: Vec<Path>,
    hints: u32,
    lists: Made<TermDraft, Term>,
    near_lists: Made<NearTermDraft, NearTerm>,
}

/// What was made of shared lists, by where these are. The lists are kept with it, so that no other comes to stand
/// there.
type Made<From, To> = FxHashMap<*const From, (Arc<[From]>, Arc<[To]>)>;

impl Builder<'_> {
    fn report(&mut self, spot: Spot, kind: Kind, hint: Option<String>) {
        self.errors.push(self.sources.error(spot, kind, hint));
    }

    /// Where a path is declared.
    fn first(&self, path: PathId) -> String {
        let place = self.paths[path.0 as usize].place;
        let file = self.sources.0.get(place.file as usize).map_or("", |source| &source.name);
        format!("{file}:{}:{}", place.line, place.column)
    }

    fn term(&mut self, draft: TermDraft) -> Term {
        let exact = draft.case.unwrap_or(self.case) == Case::Exact;
        let tokens = draft
            .tokens
            .into_iter()
            .map(|token| TokenPattern {
                exact: exact.then(|| token.exact.unwrap_or_else(|| token.folded.clone())),
                folded: token.folded,
            })
            .collect();
        let conditions = draft.conditions.into_iter().filter_map(|c| self.condition(c)).collect();
        Term { text: draft.text, tokens, conditions, place: self.sources.place(draft.spot) }
    }

    fn terms(&mut self, drafts: Vec<TermDraft>) -> Vec<Term> {
        drafts.into_iter().map(|draft| self.term(draft)).collect()
    }

    /// `None` only beside an error.
    fn condition(&mut self, draft: ConditionDraft) -> Option<Condition> {
        Some(match draft {
            ConditionDraft::Voice(set, spot) => Condition::Voice(set, self.sources.place(spot)),
            ConditionDraft::Zone(set, spot) => Condition::Zone(set, self.sources.place(spot)),
            ConditionDraft::Near(near) => Condition::Near(self.near(near)?),
            ConditionDraft::NotNear(near) => Condition::NotNear(self.near(near)?),
            ConditionDraft::Before(terms, spot) => Condition::Before(self.list(terms), self.sources.place(spot)),
            ConditionDraft::After(terms, spot) => Condition::After(self.list(terms), self.sources.place(spot)),
            ConditionDraft::NotBefore(terms, spot) => Condition::NotBefore(self.list(terms), self.sources.place(spot)),
            ConditionDraft::NotAfter(terms, spot) => Condition::NotAfter(self.list(terms), self.sources.place(spot)),
        })
    }

    /// The terms of a list that may stand in many places.
    fn list(&mut self, drafts: Arc<[TermDraft]>) -> Arc<[Term]> {
        if let Some((_, known)) = self.lists.get(&drafts.as_ptr()) {
            return Arc::clone(known);
        }
        let terms: Arc<[Term]> = drafts.iter().map(|draft| self.term(draft.clone())).collect();
        self.lists.insert(drafts.as_ptr(), (drafts, Arc::clone(&terms)));
        terms
    }

    fn near_list(&mut self, drafts: Arc<[NearTermDraft]>) -> Arc<[NearTerm]> {
        if let Some((_, known)) = self.near_lists.get(&drafts.as_ptr()) {
            return Arc::clone(known);
        }
        let mut terms = Vec::with_capacity(drafts.len());
        for term in drafts.iter().cloned() {
            match term {
                NearTermDraft::Term(term) => terms.push(NearTerm::Term(self.term(term))),
                NearTermDraft::Path(id, spot) => {
                    let user = format!("a condition ({})", self.sources.shown(spot));
                    terms.extend(self.path_id(&id, spot, &|| user.clone()).map(NearTerm::Path));
                }
            }
        }
        let terms: Arc<[NearTerm]> = terms.into();
        self.near_lists.insert(drafts.as_ptr(), (drafts, Arc::clone(&terms)));
        terms
    }

    fn near(&mut self, draft: NearDraft) -> Option<Near> {
        let terms = self.near_list(draft.terms);
        let (mode, within, side) = (draft.mode, draft.within, draft.side);
        let place = self.sources.place(draft.spot);
        (!terms.is_empty()).then_some(Near { mode, terms, within, side, place })
    }

    /// The path of this name; `user` needs it.
    fn path_id(&mut self, id: &str, spot: Spot, user: &dyn Fn() -> String) -> Option<PathId> {
        if let Some(number) = self.ids.get(id) {
            return Some(*number);
        }
        if let Some(remove) = self.removed.get(id).filter(|remove| remove.file < spot.file).copied() {
            // Whoever extends a lexicon cannot mend it, so the error belongs where the path was removed.
            let kind = Kind::RemovedButNeeded { path: id.to_owned(), user: user() };
            let hint = "remove its terms one by one instead, or say an axis of the same id anew".to_owned();
            self.report(remove, kind, Some(hint));
            return None;
        }
        if !self.incomplete {
            let hint = self.path_hint(id, None);
            self.report(spot, Kind::UnknownPath(id.to_owned()), hint);
        }
        None
    }

    fn path_hint(&mut self, id: &str, axes: Option<&FxHashMap<String, ()>>) -> Option<String> {
        self.hints += 1;
        if self.hints > MOST_HINTS {
            return None;
        }
        let axes = axes.into_iter().flat_map(|axes| axes.keys());
        let known = self.paths.iter().map(|path| &path.id).chain(axes).map(String::as_str);
        if let Some(meant) = suggest::nearest(id, known) {
            return Some(format!("did you mean `{meant}`?"));
        }
        let tail = |path: &&Path| path.id.ends_with(id) && path.id[..path.id.len() - id.len()].ends_with('.');
        match self.paths.iter().find(tail) {
            Some(path) => Some(format!("did you mean `{}`?", path.id)),
            None if self.paths.len() <= 12 => {
                let ids: Vec<&str> = self.paths.iter().map(|path| path.id.as_str()).collect();
                Some(format!("the paths are: {}", ids.join(", ")))
            }
            None => None,
        }
    }

    fn mask(&mut self, draft: MaskDraft) -> Option<Mask> {
        let limited = !draft.paths.is_empty();
        let mut paths = Vec::with_capacity(draft.paths.len());
        for (id, spot) in draft.paths {
            // What a mask of the base was limited to may be gone: it has less to do.
            if !self.ids.contains_key(&id) && self.removed.get(&id).is_some_and(|remove| remove.file < spot.file) {
                continue;
            }
            paths.extend(self.path_id(&id, spot, &String::new));
        }
        if limited && paths.is_empty() {
            return None;
        }
        Some(Mask { terms: self.terms(draft.terms), paths, why: draft.why, place: self.sources.place(draft.spot) })
    }

    fn about(&mut self, draft: AboutDraft) -> About {
        About {
            id: draft.id,
            within: draft.within,
            sides: draft.sides.into_iter().map(|(name, terms)| (name, self.terms(terms))).collect(),
            place: self.sources.place(draft.spot),
        }
    }

    fn poles(&mut self, paths: Vec<(String, Spot)>, user: &dyn Fn() -> String) -> Vec<PathId> {
        paths.into_iter().filter_map(|(id, spot)| self.path_id(&id, spot, user)).collect()
    }

    fn test(&mut self, draft: TestDraft, axes: &FxHashMap<String, ()>) -> LexiconTest {
        LexiconTest {
            text: draft.text,
            title: draft.title,
            place: self.sources.place(draft.spot),
            expect: draft.expect.into_iter().filter_map(|expect| self.expectation(expect, axes)).collect(),
        }
    }

    fn expectation(&mut self, draft: ExpectDraft, axes: &FxHashMap<String, ()>) -> Option<Expectation> {
        let is_axis = axes.contains_key(&draft.path);
        if !is_axis && !self.ids.contains_key(&draft.path) {
            if !self.incomplete && !self.unnamed {
                let hint = self.measure_in_path(&draft.path).or_else(|| self.path_hint(&draft.path, Some(axes)));
                self.report(draft.spot, Kind::UnknownPathOrAxis(draft.path), hint);
            }
            return None;
        }
        let (of, known, default): (&str, Vec<&str>, &str) = match self.ids.get(&draft.path) {
            _ if is_axis => ("an axis", AXIS_MEASURES.to_vec(), "score"),
            Some(path) => {
                let (of, without) = match self.paths[path.0 as usize].kind {
                    PathKind::Variant => ("a variant", "labelled"),
                    PathKind::Referent => ("a referent", "share"),
                    PathKind::Category | PathKind::Name => ("a path", ""),
                };
                // A share is of a variant among its like, `labelled` is of their referent.
                let names = without.is_empty();
                let fits = |m: &&str| *m != without && !(names && matches!(*m, "share" | "labelled"));
                (of, PATH_MEASURES.iter().copied().filter(fits).collect(), "count")
            }
            None => return None,
        };
        let measure = match draft.measure {
            None => default.to_owned(),
            Some((measure, _)) if known.contains(&measure.as_str()) => measure,
            Some((measure, spot)) => {
                let hint = suggest::meant_or_all(&measure, &known);
                self.report(spot, Kind::UnknownMeasure { measure, of }, Some(hint));
                return None;
            }
        };
        let place = self.sources.place(draft.spot);
        Some(Expectation { path: draft.path, measure, value: draft.value, place })
    }

    /// `captives.hostage.quoted = 1` for `"captives.hostage" = { quoted = 1 }`.
    fn measure_in_path(&self, id: &str) -> Option<String> {
        let (path, measure) = id.rsplit_once('.')?;
        (self.ids.contains_key(path) && PATH_MEASURES.contains(&measure))
            .then(|| format!("write \"{path}\" = {{ {measure} = ... }}"))
    }
}
