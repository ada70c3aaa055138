//! Terminology choice across languages: two groups that write in different languages, each read by the lexicon of its own, where
//! both lexicons know one referent by the same names of paths.
//!
//! Rates are never compared across languages: how many words a language needs, and how many entries a lexicon has for it, moves
//! them all. Of shares only the second is true, so they are set side by side, marked and without a test (design 10), and among
//! the names that both lexicons list: a share depends on what else could have been said.

use super::choice::{Naming, described};
use super::comparable::languages_apart;
use super::error::CompareError;
use super::material::Material;
use super::resample::Resampler;
use super::result::{AcrossResult, InVoice, LeftOut};
use super::vocabulary::ReferentFacts;

/// Names that one lexicon lists and the other does not, that are named.
const NAMED: usize = 12;
/// Why there is no test.
const UNTESTED: &str = "described and not tested: across languages a share depends on the entries of both lexicons too";

/// Two lexicons of different languages, and the pairs of groups that write in these.
struct Bridge {
    lexicons: [u32; 2],
    pairs: Vec<u32>,
}

/// The languages of the sides of each pair, the group's first; none where these are the same or not known.
pub(super) fn languages(material: &Material<'_>) -> Vec<Option<[String; 2]>> {
    let sides = material.sides;
    sides.pairs.iter().map(|pair| languages_apart(material.units, sides, *pair)).collect()
}

/// Shares of names across languages, lexicon by lexicon, and what was left out of them. `languages` is what [`languages`] says.
pub(super) fn across(
    material: &Material<'_>,
    resampler: &Resampler<'_>,
    languages: &[Option<[String; 2]>],
) -> Result<(Vec<AcrossResult>, Vec<LeftOut>), CompareError> {
    let vocabulary = &material.units.vocabulary;
    let (mut found, mut left_out) = (Vec::new(), Vec::new());
    for bridge in bridges(material, languages) {
        let of = |place: usize| {
            let own = bridge.lexicons[place];
            vocabulary.referents.iter().filter(move |facts| vocabulary.paths[facts.path as usize].lexicon == own)
        };
        let id = |path: u32| vocabulary.paths[path as usize].id.as_str();
        let mut alone = Vec::new();
        for one in of(0) {
            let Some(other) = of(1).find(|other| id(other.path) == id(one.path)) else { continue };
            let variants = common(one, other, id);
            // A name that nobody uses would move no share.
            let is_alone = |name: &&u32| !variants.iter().any(|both| both.contains(name));
            let unshared =
                one.variants.iter().chain(&other.variants).filter(is_alone).filter(|name| is_hit(material, **name));
            alone.extend(unshared.map(|name| id(*name)));
            // A bare name that one of them does not list would make labels of all that the other finds.
            let names = one.name.zip(other.name).map(|(one, other)| vec![one, other]).unwrap_or_default();
            let naming = Naming { path: one.path, lexicons: bridge.lexicons.to_vec(), variants, names };
            for voice in InVoice::ALL {
                let Some((mut choice, _)) = described(material, resampler, &naming, voice)? else { continue };
                choice.pairs.retain(|contrast| bridge.pairs.contains(&contrast.pair));
                UNTESTED.clone_into(&mut choice.withheld);
                let is_experimental =
                    |paths: &Vec<u32>| paths.iter().any(|p| vocabulary.paths[*p as usize].is_experimental);
                found.push(AcrossResult {
                    lexicons: bridge.lexicons,
                    paths: [one.path, other.path],
                    is_experimental: naming.variants.iter().map(is_experimental).collect(),
                    choice,
                });
            }
        }
        if !alone.is_empty() {
            let names = bridge.lexicons.map(|lexicon| vocabulary.lexicons[lexicon as usize].id.as_str());
            let more = match alone.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            alone.truncate(NAMED);
            left_out.push(LeftOut {
                what: format!("from shares across languages: {}{more}", alone.join(", ")),
                why: format!("{} and {} do not both list them, and shares are of the same names", names[0], names[1]),
            });
        }
    }
    Ok((found, left_out))
}

/// The names that both lexicons list, each with its path in either.
fn common<'a>(one: &ReferentFacts, other: &ReferentFacts, id: impl Fn(u32) -> &'a str) -> Vec<Vec<u32>> {
    let of_both = |variant: &u32| {
        let found = other.variants.iter().find(|theirs| id(**theirs) == id(*variant))?;
        Some(vec![*variant, *found])
    };
    one.variants.iter().filter_map(of_both).collect()
}

fn is_hit(material: &Material<'_>, path: u32) -> bool {
    let hits = |voice| material.hits(path, voice).is_some_and(|hits| hits.iter().any(|n| *n > 0));
    InVoice::ALL.into_iter().any(hits)
}

/// Lexicons of two languages in which the sides of a pair write.
fn bridges(material: &Material<'_>, languages: &[Option<[String; 2]>]) -> Vec<Bridge> {
    let units = material.units;
    let count = units.vocabulary.lexicons.len() as u32;
    let mut bridges = Vec::new();
    for first in 0..count {
        for second in first + 1..count {
            let (Some(one), Some(other)) = (units.language_of(first), units.language_of(second)) else { continue };
            let is_bridged = |apart: &Option<[String; 2]>| {
                let reads = |language: &str| apart.as_ref().is_some_and(|both| both.iter().any(|own| own == language));
                one != other && reads(&one) && reads(&other)
            };
            let pairs: Vec<u32> =
                (0..).zip(languages).filter(|(_, apart)| is_bridged(apart)).map(|(pair, _)| pair).collect();
            if !pairs.is_empty() {
                bridges.push(Bridge { lexicons: [first, second], pairs });
            }
        }
    }
    bridges
}
