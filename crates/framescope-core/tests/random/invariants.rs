//! What must hold of every resolution, whoever made it, checked by other means than the engines'.

use std::collections::{BTreeMap, BTreeSet};

use framescope_core::lexicon::{Clitics, Lexicon, LexiconId, LexiconSet, Overlap, PathId, PathKind, Scope, Term};
use framescope_core::matching::{Resolution, Rule, View};

/// Checks one resolution that was asked for its rejected candidates too.
pub(crate) fn check(set: &LexiconSet, view: View<'_>, found: &Resolution) {
    order(found);
    every_candidate_once(set, view, found);
    for (id, lexicon) in set.iter() {
        masks(lexicon, id, view, found);
        counts(set, lexicon, id, found);
        losers(lexicon, id, found);
        axes(set, lexicon, id, found);
    }
    for hit in &found.hits {
        let token = &view.analysis.tokens[hit.first_token as usize];
        assert_eq!((hit.voice, hit.short), (token.voice, token.short));
        let lexicon = set.lexicon(hit.lexicon);
        assert_eq!(hit.path, lexicon.entries[hit.entry.0 as usize].path, "listed where its entry is written");
        assert_eq!(hit.about.is_some(), lexicon.paths[hit.path.0 as usize].about.is_some());
        let rules = &lexicon.rules;
        assert_eq!(hit.counts, rules.voices.contains(hit.voice) && rules.zones.contains(hit.zone));
    }
}

fn order(found: &Resolution) {
    let hits: Vec<_> =
        found.hits.iter().map(|h| (h.first_token, h.end_token - h.first_token, h.lexicon, h.entry)).collect();
    assert!(hits.is_sorted_by(|a, b| a < b), "hits in reading order, none twice");
    let rejected: Vec<_> =
        found.rejected.iter().map(|h| (h.first_token, h.end_token - h.first_token, h.lexicon, h.entry)).collect();
    assert!(rejected.is_sorted_by(|a, b| a < b), "rejected in reading order, none twice");
    assert!(found.counted.is_sorted_by(|a, b| a < b), "counted in order, none twice");
    assert!(found.on_axis.is_sorted_by(|a, b| a < b), "axes in order, none twice");
}

/// Every place where an entry stands is a hit or was rejected, never both, and nothing else is.
fn every_candidate_once(set: &LexiconSet, view: View<'_>, found: &Resolution) {
    let mut expected = BTreeSet::new();
    for (id, lexicon) in set.iter() {
        for (entry, e) in lexicon.entries.iter().enumerate() {
            expected.extend(standing(lexicon, &e.term, view).map(|(first, end)| (id, entry as u32, first, end)));
        }
    }
    let hits = found.hits.iter().map(|h| (h.lexicon, h.entry.0, h.first_token, h.end_token));
    let rejected = found.rejected.iter().map(|r| (r.lexicon, r.entry.0, r.first_token, r.end_token));
    let all: Vec<_> = hits.chain(rejected).collect();
    let distinct: BTreeSet<_> = all.iter().copied().collect();
    assert_eq!(all.len(), distinct.len(), "a candidate is a hit or rejected, once");
    assert_eq!(distinct, expected, "the candidates");
}

/// Where a term's patterns stand, without its conditions: sentence by sentence, window by window.
fn standing<'a>(lexicon: &Lexicon, term: &'a Term, view: View<'a>) -> impl Iterator<Item = (u32, u32)> + 'a {
    let View { analysis, types, .. } = view;
    let clitics = lexicon.rules.clitics;
    analysis.sentences.iter().flat_map(move |sentence| {
        let tokens = &analysis.tokens[sentence.first_token as usize..sentence.end_token as usize];
        tokens.windows(term.tokens.len()).enumerate().filter_map(move |(i, window)| {
            let fits = window.iter().zip(&term.tokens).all(|(token, pattern)| {
                let folded = types.folded(token.type_id);
                match &pattern.exact {
                    Some(exact) => glob(&pattern.folded, folded) && glob(exact, types.exact(token.type_id)),
                    None => {
                        glob(&pattern.folded, folded) || without(clitics, folded, |left| glob(&pattern.folded, left))
                    }
                }
            });
            let first = sentence.first_token + i as u32;
            fits.then_some((first, first + window.len() as u32))
        })
    })
}

/// Whether what is left of a token fits when some of the proclitics that are spelled out here stand
/// before it.
fn without(clitics: Option<Clitics>, token: &str, fits: impl Fn(&str) -> bool) -> bool {
    let lists: [&[&str]; 3] = match clitics {
        None => return false,
        Some(Clitics::Arabic) => [&["", "و", "ف"], &["", "ب", "ك", "ل"], &["", "ال"]],
        Some(Clitics::Hebrew) => [&["", "ו"], &["", "ש", "כש", "לכש"], &["", "ב", "כ", "ל", "מ", "ה", "מה"]],
    };
    let mut left = Vec::new();
    for first in lists[0] {
        for second in lists[1] {
            for third in lists[2] {
                left.extend(token.strip_prefix(&format!("{first}{second}{third}")).map(str::to_owned));
            }
        }
        if let (Some(rest), Some(Clitics::Arabic)) = (token.strip_prefix(&format!("{first}لل")), clitics) {
            left.extend(["", "ل", "ال", "الل"].map(|instead| format!("{instead}{rest}")));
        }
    }
    left.iter().any(|left| left != token && left.chars().filter(|c| c.is_alphanumeric()).count() >= 2 && fits(left))
}

/// Wildcards by a table: `reached[i]` says whether the pattern so far can match the first `i`
/// characters.
fn glob(pattern: &str, token: &str) -> bool {
    let token: Vec<char> = token.chars().collect();
    let mut reached = vec![false; token.len() + 1];
    reached[0] = true;
    for wanted in pattern.chars() {
        let mut next = vec![false; token.len() + 1];
        for i in 0..=token.len() {
            next[i] = match wanted {
                '*' => reached[i] || (i > 0 && next[i - 1]),
                '?' => i > 0 && reached[i - 1],
                letter => i > 0 && reached[i - 1] && token[i - 1] == letter,
            };
        }
        reached = next;
    }
    reached[token.len()]
}

/// No hit shares a token with a mask without conditions unless it is longer and covers it; what
/// died of a mask touches one.
fn masks(lexicon: &Lexicon, id: LexiconId, view: View<'_>, found: &Resolution) {
    for mask in lexicon.masks.iter().filter(|m| m.paths.is_empty()) {
        for term in mask.terms.iter().filter(|t| t.conditions.is_empty()) {
            for (first, end) in standing(lexicon, term, view) {
                for hit in found.hits.iter().filter(|h| h.lexicon == id) {
                    let apart = hit.end_token <= first || end <= hit.first_token;
                    let covers = hit.first_token <= first && end <= hit.end_token;
                    let longer = hit.end_token - hit.first_token > end - first;
                    assert!(apart || (covers && longer), "{hit:?} on the mask {}", term.text);
                }
            }
        }
    }
    for dead in found.rejected.iter().filter(|r| r.lexicon == id && r.rule == Rule::Masked) {
        let mut terms = lexicon.masks.iter().flat_map(|m| &m.terms).filter(|t| t.place == dead.by);
        let term = terms.next().expect("a mask has the place that is blamed");
        let touched =
            standing(lexicon, term, view).any(|(first, end)| first < dead.end_token && dead.first_token < end);
        assert!(touched, "{dead:?}");
    }
}

fn is_under(lexicon: &Lexicon, path: PathId, top: PathId) -> bool {
    let (path, top) = (&lexicon.paths[path.0 as usize].id, &lexicon.paths[top.0 as usize].id);
    path == top || path.strip_prefix(top.as_str()).is_some_and(|rest| rest.starts_with('.'))
}

fn held<'a>(set: &LexiconSet, id: LexiconId, path: PathId, found: &'a Resolution) -> Vec<&'a u32> {
    let number = set.path_number(id, path);
    found.counted.iter().filter(|c| c.path == number).map(|c| &c.hit).collect()
}

fn no_token_twice<'a>(found: &Resolution, hits: impl Iterator<Item = &'a u32>) -> bool {
    let mut tokens = BTreeSet::new();
    hits.map(|h| &found.hits[*h as usize]).flat_map(|h| h.first_token..h.end_token).all(|t| tokens.insert(t))
}

fn counts(set: &LexiconSet, lexicon: &Lexicon, id: LexiconId, found: &Resolution) {
    for path in (0..lexicon.paths.len() as u32).map(PathId) {
        let hits = held(set, id, path, found);
        for hit in &hits {
            let hit = &found.hits[**hit as usize];
            assert_eq!(hit.lexicon, id);
            assert!(is_under(lexicon, hit.path, path), "a path holds hits of its own and those under it only");
        }
        if lexicon.rules.overlap == Overlap::Longest {
            assert!(no_token_twice(found, hits.iter().copied()), "no path counts a token twice");
        }
        let own: Vec<_> = (0u32..).zip(&found.hits).filter(|(_, h)| h.lexicon == id && h.path == path).collect();
        for (number, _) in &own {
            assert!(hits.contains(&number), "a path counts its own hits");
        }
        let children: BTreeSet<_> = lexicon.children(path).flat_map(|c| held(set, id, c, found)).collect();
        let below = hits.iter().filter(|h| children.contains(**h)).count();
        assert_eq!(hits.len(), own.len() + below, "what is not its own comes from its children");
    }
}

/// What lost its tokens shares one with a hit of its pool, which is at least as long, and the line
/// that is blamed is that hit's.
fn losers(lexicon: &Lexicon, id: LexiconId, found: &Resolution) {
    for dead in found.rejected.iter().filter(|r| r.lexicon == id && r.rule == Rule::Overlap) {
        assert_eq!(lexicon.rules.overlap, Overlap::Longest, "where all count, none loses");
        let parent = lexicon.paths[dead.path.0 as usize].parent;
        let referent = parent.filter(|p| lexicon.paths[p.0 as usize].kind == PathKind::Referent);
        let pool = referent.unwrap_or(dead.path);
        let won = found.hits.iter().filter(|h| h.lexicon == id).any(|h| {
            let in_pool = lexicon.rules.scope == Scope::Lexicon || is_under(lexicon, h.path, pool);
            let touches = h.first_token < dead.end_token && dead.first_token < h.end_token;
            let length = h.end_token - h.first_token >= dead.end_token - dead.first_token;
            let blamed = lexicon.entries[h.entry.0 as usize].term.place == dead.by;
            in_pool && touches && length && blamed
        });
        assert!(won, "{dead:?} lost to nobody");
    }
}

fn axes(set: &LexiconSet, lexicon: &Lexicon, id: LexiconId, found: &Resolution) {
    for (i, axis) in lexicon.axes.iter().enumerate() {
        let number = set.axis_number(id, i);
        for (positive, paths) in [(true, &axis.positive), (false, &axis.negative)] {
            let side: Vec<_> =
                found.on_axis.iter().filter(|a| a.axis == number && a.positive == positive).map(|a| &a.hit).collect();
            let pool: BTreeSet<_> = paths.iter().flat_map(|p| held(set, id, *p, found)).collect();
            assert!(side.iter().all(|h| pool.contains(h)), "an axis holds what its paths hold");
            if lexicon.rules.overlap == Overlap::All {
                assert_eq!(side.len(), pool.len());
                continue;
            }
            assert!(no_token_twice(found, side.iter().copied()), "no side of an axis counts a token twice");
            let mut taken = BTreeMap::new();
            for hit in &side {
                let hit = &found.hits[**hit as usize];
                taken.extend((hit.first_token..hit.end_token).map(|t| (t, ())));
            }
            for hit in pool.iter().map(|h| &found.hits[**h as usize]) {
                let covered = (hit.first_token..hit.end_token).any(|t| taken.contains_key(&t));
                assert!(covered, "a side of an axis leaves nothing out that it could take");
            }
        }
    }
}
