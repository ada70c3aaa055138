//! Two matchers on the same cases, hit by hit.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::ops::Range;

use framescope_core::lexicon::LexiconSet;
use framescope_core::matching::{Matcher, Resolution, Whom};

use super::cases::{Round, describe, resolve};
use super::shrink::shrink;

/// How often each thing was there to be compared; cases in which nothing happens would agree, too.
pub(crate) type Seen = BTreeMap<String, usize>;

/// Compares two matchers on the rounds of these seeds and panics with the smallest case found on
/// which they differ.
pub(crate) fn agree<A: Matcher, B: Matcher>(
    left: impl Fn(&LexiconSet) -> A,
    right: impl Fn(&LexiconSet) -> B,
    throw: fn(u64) -> Round,
    seeds: Range<u64>,
) -> Seen {
    let mut seen = Seen::new();
    for seed in seeds {
        let round = throw(seed);
        let (a, b) = (resolve(&left, &round), resolve(&right, &round));
        if a != b {
            let small = shrink(round, |r| resolve(&left, r) != resolve(&right, r));
            let (a, b) = (resolve(&left, &small), resolve(&right, &small));
            panic!("{}\n{}", describe(&small), differences(&a, &b));
        }
        a.iter().for_each(|resolution| count(resolution, &mut seen));
    }
    seen
}

fn count(resolution: &Resolution, seen: &mut Seen) {
    let mut see = |what: &str| *seen.entry(what.to_owned()).or_default() += 1;
    for hit in &resolution.hits {
        see("hit");
        see(hit.voice.name());
        see(hit.zone.name());
        if hit.negated {
            see("negated");
        }
        if !hit.counts {
            see("uncounted");
        }
        match hit.about {
            Some(Whom::Side(_)) => see("side"),
            Some(Whom::Both) => see("both"),
            Some(Whom::Unclear) => see("unclear"),
            None => {}
        }
    }
    resolution.rejected.iter().for_each(|r| see(&format!("rejected: {}", r.rule.name())));
    resolution.on_axis.iter().for_each(|_| see("on an axis"));
}

/// The first seed at which two matchers differ.
pub(crate) fn first_difference<A: Matcher, B: Matcher>(
    left: impl Fn(&LexiconSet) -> A,
    right: impl Fn(&LexiconSet) -> B,
    seeds: Range<u64>,
) -> Option<u64> {
    seeds.into_iter().find(|seed| {
        let round = Round::throw(*seed);
        resolve(&left, &round) != resolve(&right, &round)
    })
}

fn differences(left: &[Resolution], right: &[Resolution]) -> String {
    let mut out = String::new();
    for (i, (a, b)) in left.iter().zip(right).enumerate() {
        out += &only(i, "hits", &a.hits, &b.hits);
        out += &only(i, "rejected", &a.rejected, &b.rejected);
        out += &only(i, "counted", &a.counted, &b.counted);
        out += &only(i, "on_axis", &a.on_axis, &b.on_axis);
    }
    out
}

fn only<T: PartialEq + Debug>(article: usize, what: &str, left: &[T], right: &[T]) -> String {
    if left == right {
        return String::new();
    }
    let mut out = format!("article {article}, {what} differ\n");
    for x in left.iter().filter(|x| !right.contains(x)) {
        out += &format!("  only left:  {x:?}\n");
    }
    for x in right.iter().filter(|x| !left.contains(x)) {
        out += &format!("  only right: {x:?}\n");
    }
    if left.iter().all(|x| right.contains(x)) && right.iter().all(|x| left.contains(x)) {
        out += &format!("  the same in another order or number:\n  left  {left:?}\n  right {right:?}\n");
    }
    out
}
