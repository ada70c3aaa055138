//! Families: which tests are adjusted together (methods 4.4, design 10).
//!
//! What was named before looking is Holm's; all else is exploratory and Benjamini and Hochberg's. The hits of a path
//! are among those of the paths above it, so a family holds paths of which none stands under another: those without
//! paths under them are one family, the others are one family for each depth. Outside and inside quotations are
//! families of their own, and so are the paired tests and the omnibus tests of referents; those of referents that were
//! named before looking belong to what was named.

use std::collections::BTreeMap;

use framescope_core::stats::{benjamini_hochberg, holm};

use super::result::{Comparison, Family, InVoice, PValue};
use super::vocabulary::Vocabulary;

/// What a test is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    Rates,
    PairedRates,
    Choice,
}

/// Which family a test is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// Exploratory ones come after what was named before looking.
    is_exploratory: bool,
    of: Of,
    voice: InVoice,
    /// Paths without paths under them; else their depth.
    level: Option<u32>,
}

impl Key {
    fn name(self) -> String {
        let what = match (self.is_exploratory, self.of) {
            (false, Of::PairedRates) => "primary paths, within events",
            (false, _) => "primary paths",
            (true, Of::Rates) => "rates of all other paths",
            (true, Of::PairedRates) => "rates of all other paths, within events",
            (true, Of::Choice) => "omnibus tests of terminology choice",
        };
        let level = match (self.is_exploratory, self.of, self.level) {
            (false, ..) | (_, Of::Choice, _) => String::new(),
            (.., None) => " with none under them".to_owned(),
            (.., Some(depth)) => format!(" with others under them, depth {}", depth + 1),
        };
        format!(
            "{what}{level}, {} quotations",
            match self.voice {
                InVoice::Outside => "outside",
                InVoice::Quoted => "inside",
            }
        )
    }
}

/// Makes the families of a comparison and writes adjusted p-values beside those they are made from.
pub(super) fn adjust(comparison: &mut Comparison, vocabulary: &Vocabulary) {
    let levels = levels(vocabulary);
    let primary: Vec<bool> = comparison.paths.iter().map(|path| path.is_primary).collect();
    let mut tests: BTreeMap<Key, Vec<&mut PValue>> = BTreeMap::new();
    for contrast in &mut comparison.contrasts {
        let path = contrast.path as usize;
        // Inside quotations nothing was named before looking: the study asks what an outlet says itself.
        let is_exploratory = !primary[path] || contrast.voice == InVoice::Quoted;
        let level = if is_exploratory { levels[path] } else { None };
        let key = |of| Key { is_exploratory, of, voice: contrast.voice, level };
        if let Some(p) = &mut contrast.p {
            tests.entry(key(Of::Rates)).or_default().push(p);
        }
        if let Some(p) = contrast.paired.as_mut().and_then(|paired| paired.p.as_mut()) {
            tests.entry(key(Of::PairedRates)).or_default().push(p);
        }
    }
    for referent in &mut comparison.referents {
        // Whoever names a referent, or one of its names, before looking asks how it is named.
        let was_named = std::iter::once(&referent.path).chain(&referent.variants).any(|path| primary[*path as usize]);
        let is_exploratory = !was_named || referent.voice == InVoice::Quoted;
        let of = if is_exploratory { Of::Choice } else { Of::Rates };
        let key = Key { is_exploratory, of, voice: referent.voice, level: None };
        if let Some(p) = &mut referent.omnibus {
            tests.entry(key).or_default().push(p);
        }
    }
    for (number, (key, mut members)) in (0..).zip(tests) {
        let p: Vec<f64> = members.iter().map(|member| member.p).collect();
        let (method, adjusted) = match key.is_exploratory {
            false => ("holm", holm(&p)),
            true => ("benjamini-hochberg", benjamini_hochberg(&p)),
        };
        // A p-value is never outside 0 and 1, which is all that could be wrong with it.
        let adjusted = adjusted.unwrap_or_default();
        for (member, adjusted) in members.iter_mut().zip(adjusted) {
            member.adjusted = Some(adjusted);
            member.family = Some(number);
        }
        comparison.families.push(Family { name: key.name(), method, tests: members.len() as u64 });
    }
}

/// For each path: nothing where none stands under it, else how many stand above it.
fn levels(vocabulary: &Vocabulary) -> Vec<Option<u32>> {
    let mut has_children = vec![false; vocabulary.paths.len()];
    for path in &vocabulary.paths {
        if let Some(parent) = path.parent {
            has_children[parent as usize] = true;
        }
    }
    (0..).zip(&has_children).map(|(path, has)| has.then(|| vocabulary.lineage(path).count() as u32 - 1)).collect()
}
