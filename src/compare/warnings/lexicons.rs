//! Warnings about lexicons: not validated, written from these very texts, asked twice, or asked of a corpus that was
//! found by their own words.

use super::{Looked, warning};
use crate::compare::phrases::counted;
use crate::compare::result::{Place, Warning};

/// Two or more paths of one construct are tested.
pub(super) fn w12(looked: &Looked<'_>) -> Vec<Warning> {
    let is_tested = |path: u32| looked.found.contrasts.iter().any(|c| c.path == path && c.p.is_some());
    let vocabulary = &looked.units.vocabulary;
    let study = &looked.plan.study;
    study
        .constructs
        .keys()
        .filter_map(|construct| {
            let paths = (0..vocabulary.paths.len() as u32).filter(|path| {
                let constructs = study.constructs_of(&vocabulary.lexicon_of(*path).id, looked.path(*path));
                constructs.into_iter().any(|name| name == construct) && is_tested(*path)
            });
            let paths: Vec<u32> = paths.collect();
            let names = |paths: &[u32]| paths.iter().map(|path| looked.path(*path)).collect::<Vec<_>>().join(", ");
            (paths.len() >= 2).then(|| {
                let is_primary = |path: &u32| study.is_primary(&vocabulary.lexicon_of(*path).id, looked.path(*path));
                let primary: Vec<u32> = paths.iter().copied().filter(is_primary).collect();
                let what = match primary.len() {
                    0 => "name the path it is about with --primary".to_owned(),
                    1 => format!("{} was named before looking, the others only explore", names(&primary)),
                    _ => format!("{} were all named before looking: choose one of them", names(&primary)),
                };
                let text = format!(
                    "{} of the construct {construct:?} are tested ({}): one hypothesis has one test; {what}",
                    counted(paths.len() as u64, "path"),
                    names(&paths)
                );
                warning("W12", Place::default(), vec![("paths", paths.len() as f64)], text)
            })
        })
        .collect()
}

/// A lexicon that says nothing of having been validated.
pub(super) fn w13(looked: &Looked<'_>) -> Vec<Warning> {
    // A stored table does not say what its lexicon says of itself.
    if !looked.units.has_zones() {
        return Vec::new();
    }
    let vocabulary = &looked.units.vocabulary;
    let one = |(number, lexicon): (u32, &crate::compare::LexiconFacts)| {
        let own = || vocabulary.paths.iter().filter(move |path| path.lexicon == number);
        let experimental = own().filter(|path| path.is_experimental).count();
        let is_silent = lexicon.validated.trim().is_empty();
        (is_silent || experimental > 0).then(|| {
            let version = if lexicon.version.is_empty() { String::new() } else { format!(" {}", lexicon.version) };
            let text = match is_silent {
                true => format!(
                    "{}{version} was not validated on this corpus: read its hits (framescope kwic) before you call a rate \
                     a frame",
                    lexicon.id
                ),
                false => format!(
                    "{} of {}{version} are experimental: their hits are too often wrong, or too few were looked at",
                    counted(experimental as u64, "path"),
                    lexicon.id
                ),
            };
            warning("W13", Place::default(), vec![("experimental_paths", experimental as f64)], text)
        })
    };
    (0..).zip(&vocabulary.lexicons).filter_map(one).collect()
}

/// A lexicon was written from texts of this corpus, or changed after it was frozen.
pub(super) fn w20(looked: &Looked<'_>) -> Vec<Warning> {
    let bare = |hash: &str| hash.trim().trim_start_matches("sha256:").to_ascii_lowercase();
    let mut found = Vec::new();
    for (number, lexicon) in looked.units.vocabulary.lexicons.iter().enumerate() {
        let known: Vec<String> = lexicon.developed_on.iter().map(|hash| bare(hash)).collect();
        let inputs = looked.evidence.inputs.iter().filter(|input| known.contains(&bare(input))).count();
        if inputs > 0 {
            let text = format!(
                "{} was written from {} of this corpus (developed_on): here it proves nothing",
                lexicon.id,
                counted(inputs as u64, "file")
            );
            found.push(warning("W20", Place::default(), vec![("files", inputs as f64)], text));
        }
        let own = looked.evidence.lexicons.get(number).and_then(|files| files.first());
        if own.and_then(|own| looked.plan.study.is_frozen(own)) == Some(false) {
            let text =
                format!("{} changed after it was frozen: results are of another lexicon than planned", lexicon.id);
            found.push(warning("W20", Place::default(), Vec::new(), text));
        }
    }
    found
}

/// The corpus was found by words that the lexicon counts.
pub(super) fn w21(looked: &Looked<'_>) -> Vec<Warning> {
    const SHOWN: usize = 5;
    let entries = &looked.evidence.query_entries;
    if entries.is_empty() {
        return Vec::new();
    }
    let shown: Vec<String> = entries.iter().take(SHOWN).map(|entry| format!("{entry:?}")).collect();
    let more = if entries.len() > SHOWN { ", …" } else { "" };
    let text = format!(
        "the search that found the corpus asks for {} of the lexicon ({}{more}): articles are here because they have such \
         a word, so how often it occurs says nothing",
        if entries.len() == 1 { "1 entry".to_owned() } else { format!("{} entries", entries.len()) },
        shown.join(", ")
    );
    vec![warning("W21", Place::default(), vec![("entries", entries.len() as f64)], text)]
}
