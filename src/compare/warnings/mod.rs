//! Warnings: what limits a comparison, each with a stable code and the numbers that made it fire (methods 4.11,
//! design 10).
//!
//! Each is a function of what was compared and what was found. Where a warning is decided by chance (how clumped hits
//! are, whether rates follow length, whether genres are mixed alike), it is decided at 5 % over all places it looks
//! at in one run, so that it stays silent in 95 % of corpora that have nothing wrong with them; limits in numbers of hits
//! keep the others from firing on a handful (tests/warnings.rs, and its simulation).

mod articles;
mod hits;
mod lexicons;
mod spread;
#[cfg(test)]
mod tests;

use super::pairing::Sides;
use super::plan::Plan;
use super::result::{Comparison, InVoice, Place, Warning};
use super::units::Units;

pub(crate) use articles::{LEFT_OUT, NOT_COMPARED};

/// All codes, in order.
pub const CODES: [&str; 21] = [
    "W01", "W02", "W03", "W04", "W05", "W06", "W07", "W08", "W09", "W10", "W11", "W12", "W13", "W14", "W15", "W16",
    "W17", "W18", "W19", "W20", "W21",
];

/// The chance that a warning which is decided by chance fires in a corpus with nothing wrong.
const ALPHA: f64 = 0.05;

/// What warnings are judged from beside the units and what was found.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// SHA-256 of each input file, in hexadecimal digits; empty where inputs were not hashed.
    pub inputs: Vec<String>,
    /// Each lexicon's files, SHA-256 in hexadecimal digits: itself first.
    pub lexicons: Vec<Vec<String>>,
    /// Entries that the search query of the corpus holds, as written.
    pub query_entries: Vec<String>,
    /// Groups of inflected forms of each path: name and entries by running number. Empty where entries are not known.
    pub forms: Vec<Vec<(String, Vec<u32>)>>,
    /// Articles that print one text, cluster by cluster.
    pub copies: Vec<Vec<u32>>,
}

/// What a warning looks at.
struct Looked<'a> {
    units: &'a Units,
    sides: &'a Sides,
    plan: &'a Plan,
    evidence: &'a Evidence,
    found: &'a Comparison,
}

impl Looked<'_> {
    fn side(&self, side: u32) -> &str {
        &self.sides.sides[side as usize].name
    }

    /// The sides that are groups.
    fn groups(&self) -> std::ops::Range<u32> {
        0..self.sides.groups as u32
    }

    /// The articles that are in a group: all but copies that were left out.
    fn compared(&self) -> impl Iterator<Item = u32> + '_ {
        let groups = self.units.groups();
        self.units.articles().filter(move |article| groups.number(*article).is_some())
    }

    fn articles(&self, side: u32) -> &[u32] {
        &self.sides.articles[side as usize]
    }

    fn path(&self, path: u32) -> &str {
        &self.units.vocabulary.paths[path as usize].id
    }

    /// A path inside a group, outside quotation marks.
    fn outside(&self, path: u32, side: u32) -> Place {
        Place { path: Some(path), side: Some(side), voice: Some(InVoice::Outside), ..Place::default() }
    }
}

fn warning(code: &'static str, place: Place, numbers: Vec<(&'static str, f64)>, text: String) -> Warning {
    Warning { code, text, numbers, place }
}

/// All warnings of a comparison, by code.
pub(super) fn all(
    units: &Units,
    sides: &Sides,
    plan: &Plan,
    evidence: &Evidence,
    found: &Comparison,
    resampler: &super::resample::Resampler<'_>,
) -> Result<Vec<Warning>, super::CompareError> {
    let looked = Looked { units, sides, plan, evidence, found };
    let clumped = spread::w04(&looked, resampler)?;
    let mut warnings: Vec<Warning> = [
        articles::w01(&looked),
        hits::w02(&looked),
        hits::w03(&looked),
        clumped,
        hits::w05(&looked),
        articles::w06(&looked),
        spread::w07(&looked),
        spread::w08(&looked),
        articles::w09(&looked),
        articles::w10(&looked),
        hits::w11(&looked),
        lexicons::w12(&looked),
        lexicons::w13(&looked),
        articles::w14(&looked),
        hits::w15(&looked),
        articles::w16(&looked),
        spread::w17(&looked),
        hits::w18(&looked),
        articles::w19(&looked),
        lexicons::w20(&looked),
        lexicons::w21(&looked),
    ]
    .concat();
    warnings.sort_by_key(|warning| warning.code);
    Ok(warnings)
}

/// Writes beside each cell, contrast, referent and axis which warnings are about it.
pub(super) fn place(comparison: &mut Comparison) {
    let places: Vec<Place> = comparison.warnings.iter().map(|warning| warning.place).collect();
    let pairs = comparison.pairs.clone();
    // A warning says nothing of what it does not name: that of a path is about all its sides.
    let about = |path: Option<u32>, axis: Option<u32>, sides: &[u32], pair: Option<u32>, voice: InVoice| -> Vec<u32> {
        let touches = |place: &Place| {
            place.path.is_none_or(|p| path == Some(p))
                && place.axis.is_none_or(|a| axis == Some(a))
                && place.side.is_none_or(|s| sides.contains(&s))
                && place.pair.is_none_or(|p| pair.is_none_or(|own| own == p))
                && place.voice.is_none_or(|v| v == voice)
        };
        (0..).zip(&places).filter(|(_, place)| touches(place)).map(|(number, _)| number).collect()
    };
    for cell in &mut comparison.cells {
        cell.warnings = about(Some(cell.path), None, &[cell.side], None, cell.voice);
    }
    let groups_of = |side: u32| -> Vec<u32> {
        let own = &comparison.sides[side as usize].groups;
        let is_inside = |other: &super::result::Side| !other.is_rest && other.groups.iter().all(|g| own.contains(g));
        (0..).zip(&comparison.sides).filter(|(_, other)| is_inside(other)).map(|(number, _)| number).collect()
    };
    let sides_of: Vec<Vec<u32>> =
        pairs.iter().map(|pair| [groups_of(pair.group), groups_of(pair.against)].concat()).collect();
    for contrast in &mut comparison.contrasts {
        let sides = &sides_of[contrast.pair as usize];
        contrast.warnings = about(Some(contrast.path), None, sides, Some(contrast.pair), contrast.voice);
    }
    let all: Vec<u32> = (0..comparison.sides.len() as u32).collect();
    for referent in &mut comparison.referents {
        referent.warnings = about(Some(referent.path), None, &all, None, referent.voice);
    }
    for across in &mut comparison.across {
        let own = across.paths.iter().flat_map(|path| about(Some(*path), None, &all, None, across.choice.voice));
        across.choice.warnings = own.collect::<std::collections::BTreeSet<u32>>().into_iter().collect();
    }
    for (number, axis) in (0..).zip(&mut comparison.axes) {
        axis.warnings = about(None, Some(number), &all, None, axis.voice);
    }
}
