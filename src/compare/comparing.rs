//! From units and a plan to everything that is found.

use super::across;
use super::cells::cells_of;
use super::choice;
use super::comparable::incomparable;
use super::error::CompareError;
use super::families;
use super::material::Material;
use super::pairing::Sides;
use super::plan::{Pairing, Plan};
use super::rates::{contrasts_of, voice_gap};
use super::resample::Resampler;
use super::result::{Comparison, CorpusFacts, InVoice, LeftOut, LexiconNote, PathNote, PlanFacts};
use super::terms;
use super::trends::trends_by_date;
use super::units::Units;
use super::vocabulary::Vocabulary;
use super::warnings::{self, Evidence};
use crate::pipeline::Interrupt;
use framescope_core::lexicon::PathKind;

/// Compares the groups of a corpus.
///
/// # Errors
/// [`CompareError`]: fewer than two groups, a plan that names what is not there, or Ctrl-C.
pub fn compare(
    units: &Units,
    plan: &Plan,
    evidence: &Evidence,
    interrupt: &Interrupt,
) -> Result<Comparison, CompareError> {
    check(units, plan)?;
    let sides = Sides::of(units, plan.pairing, &plan.by)?;
    let resampler = Resampler::new(plan.threads, interrupt)?;
    let material = Material::new(units, &sides, plan);
    let vocabulary = &units.vocabulary;
    let mut comparison = Comparison {
        question: plan.study.question.clone(),
        plan: facts(plan),
        corpus: corpus(units),
        lexicons: lexicons(vocabulary, evidence),
        paths: paths(vocabulary, plan),
        sides: sides.sides.clone(),
        pairs: sides.pairs.clone(),
        trends: trends_by_date(units, plan.date_order),
        left_out: sides.pairs.iter().filter_map(|pair| incomparable(&material, *pair)).chain(mixed(plan)).collect(),
        ..Comparison::default()
    };
    let paths: Vec<u32> = (0..vocabulary.paths.len() as u32).collect();
    let cells = resampler.each(paths.clone(), |path| Ok(InVoice::ALL.map(|voice| cells_of(&material, path, voice))))?;
    for [outside, quoted] in cells {
        let mut quoted = quoted.into_iter();
        // Side by side, outside before quoted; a lexicon that counts in one voice only has cells of that one.
        if outside.is_empty() {
            comparison.cells.extend(quoted);
            continue;
        }
        for cell in outside {
            comparison.cells.push(cell);
            comparison.cells.extend(quoted.next());
        }
    }
    for pair in 0..sides.pairs.len() as u32 {
        for voice in InVoice::ALL {
            comparison.contrasts.extend(contrasts_of(&material, &resampler, pair, voice)?);
        }
    }
    comparison.contrasts.sort_by_key(|contrast| (contrast.path, contrast.pair, contrast.voice));
    let gaps = resampler.each((0..comparison.contrasts.len()).collect(), |number| {
        let contrast = &comparison.contrasts[number];
        let pair = sides.pairs[contrast.pair as usize];
        Ok((contrast.voice == InVoice::Outside).then(|| voice_gap(&material, contrast.path, pair)).flatten())
    })?;
    comparison.contrasts.iter_mut().zip(gaps).for_each(|(contrast, gap)| contrast.voice_gap = gap);
    for voice in InVoice::ALL {
        for referent in 0..vocabulary.referents.len() {
            comparison.referents.extend(choice::referent(&material, &resampler, referent, voice)?);
        }
        // A stored table has the poles of axes outside quotations only.
        let axes = if voice == InVoice::Quoted && !units.has_zones() { 0 } else { vocabulary.axes.len() as u32 };
        for axis in 0..axes {
            comparison.axes.extend(choice::axis(&material, &resampler, axis, voice)?);
        }
    }
    comparison.languages = across::languages(&material);
    let (found, left_out) = across::across(&material, &resampler, &comparison.languages)?;
    comparison.across = found;
    comparison.left_out.extend(left_out);
    comparison.terms = terms::terms(&material);
    families::adjust(&mut comparison, vocabulary);
    comparison.warnings = warnings::all(units, &sides, plan, evidence, &comparison, &resampler)?;
    warnings::place(&mut comparison);
    Ok(comparison)
}

fn check(units: &Units, plan: &Plan) -> Result<(), CompareError> {
    let vocabulary = &units.vocabulary;
    let primary: Vec<bool> =
        (0..vocabulary.paths.len() as u32).map(|path| is_primary(vocabulary, plan, path)).collect();
    for (child, _) in (0..).zip(&primary).filter(|(_, primary)| **primary) {
        if let Some(parent) = vocabulary.lineage(child).skip(1).find(|path| primary[*path as usize]) {
            let name = |path: u32| vocabulary.paths[path as usize].id.clone();
            return Err(CompareError::Nested { parent: name(parent), child: name(child) });
        }
    }
    for column in &plan.within {
        if units.column(column).is_none_or(|column| column.values().is_empty()) {
            return Err(CompareError::NoStrata { name: column.clone() });
        }
    }
    Ok(())
}

/// What is compared: the articles of a group. A copy that was taken out of its group is none of them.
fn corpus(units: &Units) -> CorpusFacts {
    let groups = units.groups();
    let compared = || units.articles().filter(|article| groups.number(*article).is_some());
    let articles = compared().count() as u64;
    CorpusFacts {
        articles,
        words: compared().map(|article| units.all_words(article)).sum(),
        without_group: units.left_out(),
        copies: units.len() as u64 - articles,
        skipped: 0,
    }
}

/// Where events are the units, strata limit what is exchanged, and the ratio is of all articles of the events.
fn mixed(plan: &Plan) -> Option<LeftOut> {
    let strata = plan.within.join(" and ");
    (plan.events.is_some() && !strata.is_empty()).then(|| LeftOut {
        what: format!("taking the mix of {strata} out of ratios"),
        why: format!(
            "where events are the units, labels are exchanged among articles of one event and {strata}, but rates are pooled \
             over all of them: a group that writes more of one {strata} on the same events keeps that in its ratio, and p \
             asks whether more than that sets them apart (--within {} without events compares inside each {strata})",
            plan.within.join(",")
        ),
    })
}

fn facts(plan: &Plan) -> PlanFacts {
    PlanFacts {
        framescope: env!("CARGO_PKG_VERSION").to_owned(),
        by: plan.by.clone(),
        against_rest: plan.pairing == Pairing::AgainstRest,
        within: plan.within.clone(),
        present_min: plan.present_min,
        level: plan.level,
        permutations: plan.permutations,
        replicates: plan.replicates,
        seed: plan.seed,
        model: plan.model.name().to_owned(),
        bca: plan.bca,
        events: plan.events.as_ref().map(|events| events.source.clone()),
        clusters: plan.clusters.as_ref().map(|clusters| clusters.source.clone()),
        primary: plan.study.primary.clone(),
    }
}

fn lexicons(vocabulary: &Vocabulary, evidence: &Evidence) -> Vec<LexiconNote> {
    let one = |(number, lexicon): (usize, &super::LexiconFacts)| LexiconNote {
        id: lexicon.id.clone(),
        version: lexicon.version.clone(),
        language: lexicon.language.clone(),
        sha256: evidence.lexicons.get(number).cloned().unwrap_or_default(),
    };
    vocabulary.lexicons.iter().enumerate().map(one).collect()
}

fn paths(vocabulary: &Vocabulary, plan: &Plan) -> Vec<PathNote> {
    let one = |(number, path): (u32, &super::PathFacts)| PathNote {
        lexicon: path.lexicon,
        id: path.id.clone(),
        kind: kind_name(path.kind),
        parent: path.parent,
        label: path.label.clone(),
        definition: path.definition.clone(),
        connotation: path.connotation.clone(),
        according_to: path.according_to.clone(),
        is_experimental: path.is_experimental,
        is_primary: is_primary(vocabulary, plan, number),
    };
    (0..).zip(&vocabulary.paths).map(one).collect()
}

fn is_primary(vocabulary: &Vocabulary, plan: &Plan, path: u32) -> bool {
    plan.study.is_primary(&vocabulary.lexicon_of(path).id, &vocabulary.paths[path as usize].id)
}

/// The name of a kind in tables.
pub(super) fn kind_name(kind: PathKind) -> &'static str {
    match kind {
        PathKind::Category => "category",
        PathKind::Referent => "referent",
        PathKind::Variant => "variant",
        PathKind::Name => "name",
    }
}
