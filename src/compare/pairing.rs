//! Sides: groups, and where asked for the rest of each; and which of them are held against each other.

use framescope_core::stats;
use framescope_core::text::{VoiceSet, ZoneSet};

use super::error::CompareError;
use super::plan::{MOST_GROUPS, Pairing};
use super::result::{Pair, Side};
use super::units::Units;

/// The sides of a comparison, with their articles.
#[derive(Debug, Clone, Default)]
pub(super) struct Sides {
    pub(super) sides: Vec<Side>,
    pub(super) pairs: Vec<Pair>,
    /// The articles of each side, in the order of the input.
    pub(super) articles: Vec<Vec<u32>>,
    /// How many of the sides are groups; these come first.
    pub(super) groups: usize,
}

impl Sides {
    /// Groups by name, then rests in the same order.
    pub(super) fn of(units: &Units, pairing: Pairing, by: &str) -> Result<Sides, CompareError> {
        let names = units.groups().values();
        match names {
            [] => return Err(CompareError::NoGroup { by: by.to_owned() }),
            [group] => return Err(CompareError::OneGroup { by: by.to_owned(), group: group.clone() }),
            _ if names.len() > MOST_GROUPS => {
                return Err(CompareError::TooManyGroups { by: by.to_owned(), groups: names.len() });
            }
            _ => {}
        }
        let mut order: Vec<u32> = (0..names.len() as u32).collect();
        order.sort_by_key(|&number| &names[number as usize]);
        let mut sides = Sides { groups: order.len(), ..Sides::default() };
        for &group in &order {
            sides.add(units, names[group as usize].clone(), vec![group], false);
        }
        let count = order.len() as u32;
        match (pairing, count) {
            // Of two groups each is the rest of the other.
            (Pairing::AgainstRest, 3..) => {
                for (place, &group) in (0..).zip(&order) {
                    let rest: Vec<u32> = order.iter().copied().filter(|other| *other != group).collect();
                    let mut name = format!("rest of {}", names[group as usize]);
                    // A group may really be called so.
                    while names.contains(&name) {
                        name.push_str(" (all others)");
                    }
                    sides.add(units, name, rest, true);
                    sides.pairs.push(Pair { group: place, against: count + place });
                }
            }
            _ => {
                for group in 0..count {
                    sides.pairs.extend((group + 1..count).map(|against| Pair { group, against }));
                }
            }
        }
        Ok(sides)
    }

    fn add(&mut self, units: &Units, name: String, groups: Vec<u32>, is_rest: bool) {
        let mut is_in = vec![false; units.groups().values().len()];
        groups.iter().for_each(|group| is_in[*group as usize] = true);
        let articles: Vec<u32> =
            units.articles().filter(|a| is_in.get(units.group(*a) as usize).copied().unwrap_or(false)).collect();
        let sum = |voices: VoiceSet| articles.iter().map(|a| units.words_in(*a, voices, ZoneSet::ALL)).sum();
        let lengths: Vec<f64> = articles.iter().map(|a| units.all_words(*a) as f64).collect();
        self.sides.push(Side {
            name,
            groups,
            is_rest,
            articles: articles.len() as u64,
            words: sum(VoiceSet::ALL),
            median_words: stats::median(&lengths),
            words_outside: sum(VoiceSet::OUTSIDE),
            words_quoted: sum(VoiceSet::QUOTED),
            without_title: articles.iter().filter(|a| !units.has_title(**a)).count() as u64,
        });
        self.articles.push(articles);
    }

    /// The articles of a pair in the order of the input, each with label 1 if it is of the group and 0 if it is of what
    /// that is held against.
    pub(super) fn labelled(&self, pair: Pair) -> (Vec<u32>, Vec<u8>) {
        let own = self.articles[pair.group as usize].iter().map(|article| (*article, 1));
        let other = self.articles[pair.against as usize].iter().map(|article| (*article, 0));
        let mut both: Vec<(u32, u8)> = own.chain(other).collect();
        both.sort_unstable();
        both.into_iter().unzip()
    }
}
