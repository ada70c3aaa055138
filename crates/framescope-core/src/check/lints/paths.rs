//! What a lexicon should say of itself and of its paths.

use rustc_hash::FxHashSet;

use super::{Lint, LintKind};
use crate::lexicon::{Lexicon, PathKind};

pub(super) fn lint(lexicon: &Lexicon, lints: &mut Vec<Lint>) {
    let about = &lexicon.about;
    let unsaid = [
        (about.language.is_empty(), LintKind::NoLanguage),
        (about.license.is_empty(), LintKind::NoLicense),
        (about.version.is_empty(), LintKind::NoVersion),
        (lexicon.tests.is_empty(), LintKind::Untested { path: None }),
    ];
    lints.extend(unsaid.into_iter().filter(|(unsaid, _)| *unsaid).map(|(_, kind)| Lint::of_the_whole(kind)));

    let mut own = vec![false; lexicon.paths.len()];
    for entry in &lexicon.entries {
        own[entry.path.0 as usize] = true;
    }
    // A parent stands before its children, so one walk from the end carries everything up.
    let mut under = own.clone();
    for (number, path) in lexicon.paths.iter().enumerate().rev() {
        if let (true, Some(parent)) = (under[number], path.parent) {
            under[parent.0 as usize] = true;
        }
    }
    let tested: FxHashSet<&str> =
        lexicon.tests.iter().flat_map(|test| &test.expect).map(|expect| expect.path.as_str()).collect();

    for (number, path) in lexicon.paths.iter().enumerate().filter(|(_, path)| path.declared) {
        let id = || path.id.clone();
        let mut say = |kind| lints.push(Lint::at(path.place, kind));
        if !under[number] {
            say(LintKind::NoEntries { path: id() });
        }
        // The bare name of a referent is what its referent is, and a variant may be told by what
        // it carries along.
        let told = match path.kind {
            PathKind::Name => true,
            PathKind::Variant => !path.definition.is_empty() || !path.connotation.is_empty(),
            PathKind::Category | PathKind::Referent => !path.definition.is_empty(),
        };
        if !told {
            say(LintKind::NoDefinition { path: id() });
        }
        let (include, exclude) = (path.include.is_empty(), path.exclude.is_empty());
        if path.kind == PathKind::Category && own[number] && (include || exclude) {
            say(LintKind::NoExamples { path: id(), include, exclude });
        }
        if own[number] && !lexicon.tests.is_empty() && !tested.contains(path.id.as_str()) {
            say(LintKind::Untested { path: Some(id()) });
        }
        if path.is_experimental() {
            say(LintKind::Experimental { path: id() });
        }
    }
}
