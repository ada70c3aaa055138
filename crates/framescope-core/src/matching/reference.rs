//! The slow and obvious engine: the matching rules, one after the other, with nothing clever.
//!
//! It exists to be believed. Every entry is tried at every token; every condition is looked up
//! in the text when it is asked; nothing is compiled, remembered or skipped. The engine that
//! runs must give the same [`Resolution`], hit by hit, and whoever doubts a number can ask this
//! one. It shares the types of [`matching`](super) and of the lexicon with the fast engine, and
//! no code.
//!
//! The order of the rules, which is also the order in which candidates die:
//!
//! 1. candidates: an entry's token patterns in a row inside one sentence ([`reading`]);
//! 2. masks: a candidate that shares a token with a mask dies, unless it strictly contains it;
//! 3. the entry's own conditions in the order of the model, then negation where it drops;
//! 4. overlap, pool by pool ([`overlap`]);
//! 5. what is recorded on a hit: voice, zone, negation ([`negation`]), whom it is about
//!    ([`about`]);
//! 6. hits and rejected candidates in reading order.

mod about;
mod clitics;
mod glob;
mod language;
mod negation;
mod overlap;
mod reading;

use std::cmp::Reverse;
use std::collections::HashMap;

#[cfg(test)]
pub(in crate::matching) use self::clitics::left_of;
use self::language::Words;
use self::overlap::Settled;
use self::reading::{Reading, Span};
use super::{Counted, Hit, Matcher, OnAxis, Rejected, Resolution, Rule, View, Want};
use crate::lexicon::{EntryId, Lexicon, LexiconId, LexiconSet, Negation, PathId, Place};
use crate::text::{Judge, Unjudged};

/// The reference engine over the lexicons of one run.
#[derive(Debug, Clone)]
pub struct Reference {
    lexicons: LexiconSet,
    /// The function words of each lexicon's language.
    words: Vec<Words>,
}

impl Reference {
    /// The engine for these lexicons. Nothing is prepared but the words of their languages.
    pub fn new(lexicons: &LexiconSet) -> Reference {
        let words = lexicons.lexicons().iter().map(|l| Words::of(&l.about.language)).collect();
        Reference { lexicons: lexicons.clone(), words }
    }

    /// The lexicons it looks for.
    pub fn lexicons(&self) -> &LexiconSet {
        &self.lexicons
    }
}

/// A place where an entry's tokens stand in a row, not yet judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Candidate {
    entry: EntryId,
    path: PathId,
    span: Span,
}

/// A candidate that died, of what, and by which line of the lexicon.
#[derive(Debug, Clone, Copy)]
struct Dead {
    candidate: Candidate,
    rule: Rule,
    by: Place,
}

impl Matcher for Reference {
    type Scratch = ();

    fn judge<'a>(&'a self, _: Want, _: &'a mut ()) -> impl Judge + 'a {
        Unjudged
    }

    fn resolve(&self, view: View<'_>, want: Want, _: &mut (), out: &mut Resolution) {
        out.clear();
        // Lexicons never meet: each is resolved alone, and the hits are sorted into one list
        // before anything refers to them by number.
        let mut found = Vec::new();
        for ((id, lexicon), words) in self.lexicons.iter().zip(&self.words) {
            let reading = Reading::new(view, lexicon);
            let mut dead = Vec::new();
            let alive = survivors(&reading, words, &mut dead);
            let settled = overlap::settle(lexicon, &alive);
            for lost in &settled.lost {
                dead.push(Dead { candidate: lost.candidate, rule: Rule::Overlap, by: lost.winner });
            }
            for hit in &settled.hits {
                out.hits.push(record(&reading, words, id, hit));
            }
            if want.rejected {
                out.rejected.extend(dead.iter().map(|d| rejected(id, d)));
            }
            found.push((id, settled));
        }
        out.hits.sort_by_key(|h| (h.first_token, h.end_token - h.first_token, h.lexicon, h.entry));
        out.rejected.sort_by_key(|r| (r.first_token, r.end_token - r.first_token, r.lexicon, r.entry));
        for (id, settled) in &found {
            self.count(*id, settled, out);
        }
        out.counted.sort();
        out.on_axis.sort();
    }
}

/// Rules 1 to 3: the candidates that neither a mask, nor a condition, nor a dropping negation
/// kills.
fn survivors(reading: &Reading<'_>, words: &Words, dead: &mut Vec<Dead>) -> Vec<Candidate> {
    let masks = mask_occurrences(reading);
    let mut alive = Vec::new();
    for candidate in candidates(reading) {
        let entry = &reading.lexicon.entries[candidate.entry.0 as usize];
        let killed = masked(reading.lexicon, &masks, &candidate)
            .map(|by| (Rule::Masked, by))
            .or_else(|| reading.failed_condition(&entry.term, candidate.span))
            .or_else(|| {
                let drops = entry.negation == Negation::Drop;
                let negated = drops && negation::is_negated(reading, words, candidate.span);
                negated.then_some((Rule::Negation, entry.term.place))
            });
        match killed {
            Some((rule, by)) => dead.push(Dead { candidate, rule, by }),
            None => alive.push(candidate),
        }
    }
    alive
}

/// Rule 1: every entry tried at every token.
fn candidates(reading: &Reading<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for first in 0..reading.token_count() {
        for (i, entry) in reading.lexicon.entries.iter().enumerate() {
            if let Some(span) = reading.stands_at(&entry.term, first) {
                found.push(Candidate { entry: EntryId(i as u32), path: entry.path, span });
            }
        }
    }
    found
}

/// One occurrence of a mask's term.
struct MaskAt<'a> {
    paths: &'a [PathId],
    span: Span,
    by: Place,
}

/// Where the masks stand, in file order.
fn mask_occurrences<'a>(reading: &Reading<'a>) -> Vec<MaskAt<'a>> {
    let mut found = Vec::new();
    for mask in &reading.lexicon.masks {
        for term in &mask.terms {
            for span in reading.occurrences(term, reading.everywhere()) {
                found.push(MaskAt { paths: &mask.paths, span, by: term.place });
            }
        }
    }
    found
}

/// Rule 2: the first mask, in file order, that kills the candidate.
fn masked(lexicon: &Lexicon, masks: &[MaskAt<'_>], candidate: &Candidate) -> Option<Place> {
    let applies = |mask: &&MaskAt<'_>| {
        let to_path = mask.paths.is_empty() || mask.paths.iter().any(|p| is_under(lexicon, candidate.path, *p));
        to_path && candidate.span.shares_a_token(mask.span) && !candidate.span.strictly_contains(mask.span)
    };
    masks.iter().find(applies).map(|mask| mask.by)
}

/// Whether `path` is `top` or stands under it.
fn is_under(lexicon: &Lexicon, path: PathId, top: PathId) -> bool {
    let mut at = Some(path);
    while let Some(here) = at {
        if here == top {
            return true;
        }
        at = lexicon.paths[here.0 as usize].parent;
    }
    false
}

/// Rule 5: what is written down about a hit.
fn record(reading: &Reading<'_>, words: &Words, id: LexiconId, hit: &Candidate) -> Hit {
    let lexicon = reading.lexicon;
    let (voice, zone) = (reading.voice(hit.span), reading.zone(hit.span));
    let asked = lexicon.paths[hit.path.0 as usize].about;
    Hit {
        lexicon: id,
        path: hit.path,
        entry: hit.entry,
        first_token: hit.span.first,
        end_token: hit.span.end,
        zone,
        voice,
        short: reading.short(hit.span),
        negated: negation::is_negated(reading, words, hit.span),
        about: asked.map(|i| about::whom(reading, words, &lexicon.abouts[i as usize], hit.span)),
        counts: lexicon.rules.voices.contains(voice) && lexicon.rules.zones.contains(zone),
    }
}

fn rejected(id: LexiconId, dead: &Dead) -> Rejected {
    let Dead { candidate, rule, by } = *dead;
    Rejected {
        lexicon: id,
        path: candidate.path,
        entry: candidate.entry,
        first_token: candidate.span.first,
        end_token: candidate.span.end,
        rule,
        by,
    }
}

impl Reference {
    /// Writes down which paths and which sides of axes hold which of the hits.
    fn count(&self, id: LexiconId, settled: &Settled, out: &mut Resolution) {
        let lexicon = self.lexicons.lexicon(id);
        // A hit is known by its lexicon, its entry and where it begins.
        let numbers: HashMap<_, _> =
            (0u32..).zip(&out.hits).map(|(i, h)| ((h.lexicon, h.entry, h.first_token), i)).collect();
        let number = |c: &Candidate| numbers.get(&(id, c.entry, c.span.first)).copied();
        for (path, held) in settled.counted.iter().enumerate() {
            let path = self.lexicons.path_number(id, PathId(path as u32));
            let hits = held.iter().filter_map(number);
            out.counted.extend(hits.map(|hit| Counted { path, hit }));
        }
        for (i, axis) in lexicon.axes.iter().enumerate() {
            for (positive, paths) in [(true, &axis.positive), (false, &axis.negative)] {
                let axis = self.lexicons.axis_number(id, i);
                let side = overlap::axis_side(lexicon, settled, paths);
                let hits = side.iter().filter_map(number);
                out.on_axis.extend(hits.map(|hit| OnAxis { axis, positive, hit }));
            }
        }
    }
}

/// The order in which the candidates of a pool are taken: more tokens, further left, no wildcard
/// before wildcard, more literal characters, file order.
fn rank(lexicon: &Lexicon, candidate: &Candidate) -> impl Ord + use<> {
    let patterns = &lexicon.entries[candidate.entry.0 as usize].term.tokens;
    let wildcard = patterns.iter().any(|p| p.has_wildcard());
    let literal: usize = patterns.iter().map(|p| p.literal_chars()).sum();
    let span = candidate.span;
    (Reverse(span.len()), span.first, wildcard, Reverse(literal), candidate.entry)
}
