//! Which other hits stand in the same part of a sentence as a hit: what stands of it outside quotation marks, or inside, or
//! a title or heading. The same rule as in association, so that its numbers lead to the lines that they were counted from.

use framescope_core::text::{Voice, Zone};

use super::Found;

/// Another path that has a hit in the same part of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Companion {
    /// The path, counted through all lexicons of the run.
    pub path: u32,
    /// Whether a hit of it shares a word with the hit: one word is not its own company.
    pub shares_a_word: bool,
    /// Whether a hit of it stands apart from the hit.
    pub stands_apart: bool,
}

/// The part of its sentence that a hit stands in.
fn part(found: &Found) -> (u32, u8) {
    let kind = match (found.zone, found.voice) {
        (Zone::Title | Zone::Heading, _) => 2,
        (_, Voice::Quoted) => 1,
        _ => 0,
    };
    (found.sentence, kind)
}

/// The company of every hit of an article, in their order.
pub(super) fn company(hits: &[Found]) -> Vec<Box<[Companion]>> {
    let mut order: Vec<usize> = (0..hits.len()).collect();
    order.sort_by_key(|&hit| (part(&hits[hit]), hits[hit].first_token, hits[hit].end_token));
    let mut all = vec![Box::default(); hits.len()];
    for together in order.chunk_by(|&a, &b| part(&hits[a]) == part(&hits[b])) {
        in_one_part(hits, together, &mut all);
    }
    all
}

/// `together` are the hits of one part of a sentence, by their first word.
fn in_one_part(hits: &[Found], together: &[usize], all: &mut [Box<[Companion]>]) {
    let mut paths: Vec<(u32, usize)> = Vec::new();
    for &hit in together {
        match paths.iter_mut().find(|(path, _)| *path == hits[hit].path) {
            Some((_, n)) => *n += 1,
            None => paths.push((hits[hit].path, 1)),
        }
    }
    if paths.len() < 2 {
        return;
    }
    paths.sort_unstable();
    // A text without full stops is one sentence: a hit looks no further than the longest hit reaches.
    let longest = together.iter().map(|&hit| hits[hit].end_token - hits[hit].first_token).max().unwrap_or_default();
    for (at, &hit) in together.iter().enumerate() {
        let own = &hits[hit];
        let before = together[..at].iter().rev().map(|&other| &hits[other]);
        let before = before.take_while(|other| other.first_token + longest > own.first_token);
        let behind = together[at + 1..].iter().map(|&other| &hits[other]);
        let behind = behind.take_while(|other| other.first_token < own.end_token);
        let sharing: Vec<u32> =
            before.filter(|other| other.end_token > own.first_token).chain(behind).map(|other| other.path).collect();
        let companion = |&(path, n): &(u32, usize)| {
            let shared = sharing.iter().filter(|other| **other == path).count();
            (path != own.path).then_some(Companion { path, shares_a_word: shared > 0, stands_apart: shared < n })
        };
        all[hit] = paths.iter().filter_map(companion).collect();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(path: u32, tokens: (u32, u32), sentence: u32, zone: Zone, voice: Voice) -> Found {
        Found {
            path,
            entry: 0,
            first_token: tokens.0,
            end_token: tokens.1,
            sentence,
            zone,
            voice,
            short: false,
            negated: false,
            about: None,
        }
    }

    #[test]
    fn a_hit_knows_who_stands_beside_it_and_who_shares_its_word() {
        let body = |path, tokens, sentence| found(path, tokens, sentence, Zone::Body, Voice::Narrator);
        let hits = [
            body(1, (0, 2), 0),
            body(2, (1, 2), 0),
            body(2, (5, 6), 0),
            body(3, (8, 9), 1),
            found(4, (6, 7), 0, Zone::Body, Voice::Quoted),
            found(5, (4, 5), 0, Zone::Heading, Voice::Narrator),
        ];
        let all = company(&hits);
        let one = |path, shares_a_word, stands_apart| Companion { path, shares_a_word, stands_apart };
        assert_eq!(*all[0], [one(2, true, true)]);
        assert_eq!(*all[1], [one(1, true, false)]);
        assert_eq!(*all[2], [one(1, false, true)]);
        assert!(all[3..].iter().all(|company| company.is_empty()), "another sentence, voice or zone");
    }

    proptest! {
        #[test]
        fn the_same_as_looking_at_every_two(hits in prop::collection::vec((0_u32..5, 0_u32..30, 1_u32..4, 0_u32..2), 0..40)) {
            let hits: Vec<Found> = hits
                .into_iter()
                .map(|(path, first, n, sentence)| found(path, (first, first + n), sentence, Zone::Body, Voice::Narrator))
                .collect();
            for (own, company) in hits.iter().zip(company(&hits)) {
                for path in (0..5).filter(|path| *path != own.path) {
                    let others = hits.iter().filter(|other| other.path == path && other.sentence == own.sentence);
                    let shares = |other: &Found| other.first_token < own.end_token && own.first_token < other.end_token;
                    let (sharing, apart): (Vec<&Found>, Vec<&Found>) = others.partition(|other| shares(other));
                    let expected = (!sharing.is_empty(), !apart.is_empty());
                    let told = company.iter().find(|companion| companion.path == path);
                    prop_assert_eq!(told.map_or((false, false), |c| (c.shares_a_word, c.stands_apart)), expected);
                }
            }
        }
    }
}
