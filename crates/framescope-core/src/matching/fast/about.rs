//! Whom a hit is about: the nearest side.

use super::conditions::reach;
use super::negation::between;
use super::occurrences::Occurrences;
use super::{Candidate, Case};
use crate::lexicon::LexiconId;
use crate::matching::Whom;
use crate::matching::compile::{CompiledJoining, TermId};

/// One place where a side is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    start: u32,
    end: u32,
    side: u32,
}

/// Where the sides of one `[[about]]` are named in the article at hand.
#[derive(Debug, Default)]
pub(super) struct Sides {
    by_start: Vec<Named>,
    /// Numbers into `by_start`, by end.
    by_end: Vec<u32>,
    /// The group of names that each name is joined with ("Israelis and Palestinians").
    group: Vec<u32>,
    /// Whether a group holds two sides.
    mixed: Vec<bool>,
    longest: u32,
}

/// The side that a hit is about.
pub(super) fn whom(
    case: Case<'_>,
    lexicon: LexiconId,
    about: u32,
    hit: Candidate,
    candidates: &[Candidate],
    occurrences: &mut Occurrences,
) -> Whom {
    let key = (lexicon.0 * 0x1_0000 + about) as usize;
    let slot = occurrences.sides.iter().position(|(k, _, _)| *k == key).unwrap_or_else(|| {
        occurrences.sides.push((key, 0, Sides::default()));
        occurrences.sides.len() - 1
    });
    if occurrences.sides[slot].1 != occurrences.article() {
        let mut sides = std::mem::take(&mut occurrences.sides[slot].2);
        sides.fill(case, lexicon, about, candidates, occurrences);
        occurrences.sides[slot] = (key, occurrences.article(), sides);
    }
    let within = case.compiled.lexicons[lexicon.0 as usize].abouts[about as usize].within;
    let (range, furthest) = reach(case, within, hit.start);
    occurrences.sides[slot].2.nearest(hit, range, furthest)
}

impl Sides {
    fn fill(
        &mut self,
        case: Case<'_>,
        lexicon: LexiconId,
        about: u32,
        candidates: &[Candidate],
        occurrences: &mut Occurrences,
    ) {
        let compiled = &case.compiled.lexicons[lexicon.0 as usize];
        self.by_start.clear();
        for &(side, term) in &compiled.abouts[about as usize].terms {
            if occurrences.occurs(case, term) {
                let spans = occurrences.of_term(case, term, candidates).spans();
                self.by_start.extend(spans.iter().map(|&(start, end)| Named { start, end, side }));
            }
        }
        self.by_start.retain(|named| !is_agent(case, &compiled.joining, named.start));
        self.by_start.sort_unstable();
        self.by_start.dedup();
        self.by_end = (0..self.by_start.len() as u32).collect();
        self.by_end.sort_unstable_by_key(|&i| (self.by_start[i as usize].end, i));
        self.longest = self.by_start.iter().map(|n| n.end - n.start).max().unwrap_or(0);
        self.join(case, &compiled.joining);
    }

    /// Groups names that only joining words part.
    fn join(&mut self, case: Case<'_>, joining: &CompiledJoining) {
        let names = &self.by_start;
        self.group = (0..names.len() as u32).collect();
        for i in 0..names.len() {
            // Whatever begins at the first token that joining words do not explain; joined names
            // further right would have that one between them.
            let end = names[i].end;
            let sentence_end = {
                let analysis = case.view.analysis;
                analysis.sentences[analysis.sentence_of(names[i].start) as usize].end_token
            };
            let mut at = end;
            loop {
                if at >= sentence_end || !only_commas(between(case, at - 1)) {
                    break;
                }
                let from = names.partition_point(|n| n.start < at);
                for j in from..names.len() {
                    if names[j].start != at {
                        break;
                    }
                    union(&mut self.group, i as u32, j as u32);
                }
                if !is_joining(case, joining, at) {
                    break;
                }
                at += 1;
            }
        }
        for i in 0..names.len() as u32 {
            let root = find(&mut self.group, i);
            self.group[i as usize] = root;
        }
        self.mixed.clear();
        self.mixed.resize(names.len(), false);
        for (i, name) in names.iter().enumerate() {
            let root = self.group[i] as usize;
            self.mixed[root] |= names[root].side != name.side;
        }
    }

    fn nearest(&self, hit: Candidate, range: (u32, u32), furthest: u32) -> Whom {
        let mut best = u32::MAX;
        let mut whom = None;
        let mut consider = |i: usize, distance: u32| {
            if distance > furthest || distance > best {
                return;
            }
            let this = if self.mixed[self.group[i] as usize] { Whom::Both } else { Whom::Side(self.by_start[i].side) };
            whom = match whom {
                Some(_) if distance < best => Some(this),
                None => Some(this),
                Some(other) if other == this => Some(this),
                Some(Whom::Both) => Some(Whom::Both),
                Some(_) if this == Whom::Both => Some(Whom::Both),
                Some(_) => Some(Whom::Unclear),
            };
            best = distance;
        };
        let names = &self.by_start;
        let from = names.partition_point(|n| n.start + self.longest <= hit.start);
        for (i, name) in names.iter().enumerate().skip(from) {
            if name.start >= hit.end {
                break;
            }
            if name.end > hit.start {
                consider(i, 0);
            }
        }
        let left = self.by_end.partition_point(|&i| names[i as usize].end <= hit.start);
        if let Some(&last) = left.checked_sub(1).and_then(|i| self.by_end.get(i)) {
            let end = names[last as usize].end;
            for &i in self.by_end[..left].iter().rev().take_while(|&&i| names[i as usize].end == end) {
                if end > range.0 {
                    consider(i as usize, hit.start - end + 1);
                }
            }
        }
        let right = names.partition_point(|n| n.start < hit.end);
        if let Some(start) = names.get(right).map(|n| n.start).filter(|&start| start < range.1) {
            for (i, _) in names.iter().enumerate().skip(right).take_while(|(_, n)| n.start == start) {
                consider(i, start - hit.end + 1);
            }
        }
        whom.unwrap_or(Whom::Unclear)
    }
}

/// Whether a name stands directly after the agent word of a passive ("killed by the army").
/// Determiners and numbers between the two do not part them.
fn is_agent(case: Case<'_>, joining: &CompiledJoining, start: u32) -> bool {
    let analysis = case.view.analysis;
    let first = analysis.sentences[analysis.sentence_of(start) as usize].first_token;
    for token in (first..start).rev() {
        if is_any(case, &joining.agents, token) {
            return true;
        }
        if !is_any(case, &joining.determiners, token) && !is_number(case, token) {
            return false;
        }
    }
    false
}

fn is_joining(case: Case<'_>, joining: &CompiledJoining, token: u32) -> bool {
    is_any(case, &joining.joiners, token) || is_any(case, &joining.determiners, token) || is_number(case, token)
}

/// Whether one of these one-token terms stands here.
fn is_any(case: Case<'_>, terms: &[TermId], token: u32) -> bool {
    terms.iter().any(|term| {
        let phrase = case.compiled.terms[term.0 as usize].phrase;
        case.compiled.phrases.len(phrase) == 1 && case.classes.phrase_at(case.compiled, phrase, token)
    })
}

/// Whether a token is a number: it begins with a digit.
fn is_number(case: Case<'_>, token: u32) -> bool {
    let type_id = case.view.analysis.tokens[token as usize].type_id;
    case.view.types.folded(type_id).starts_with(char::is_numeric)
}

/// Whether nothing but commas and white space stands between two tokens.
fn only_commas(between: &str) -> bool {
    between.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '،' | '、' | '，'))
}

fn find(group: &mut [u32], i: u32) -> u32 {
    let mut root = i;
    while group[root as usize] != root {
        root = group[root as usize];
    }
    let mut at = i;
    while group[at as usize] != root {
        at = std::mem::replace(&mut group[at as usize], root);
    }
    root
}

fn union(group: &mut [u32], a: u32, b: u32) {
    let (a, b) = (find(group, a), find(group, b));
    group[a.max(b) as usize] = a.min(b);
}
