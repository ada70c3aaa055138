//! Word shifts of all paths, pairs and voices.

use framescope_core::lexicon::LexiconSet;
use framescope_core::matching::Compiled;
use framescope_core::stats::{Count, contrast, enough_hits, enough_units, rate_shift};
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::LeavingOut;
use crate::compare::facing::Facing;
use crate::compare::lines::Lines;
use crate::compare::result::InVoice;
use crate::compare::{EntryFacts, FormGroup, Units, Voiced, form_groups};

/// So many words, those of the largest contribution, are left out in turn, for every path, pair and voice.
pub const LEFT_OUT: usize = 5;
/// A word that holds a larger part of a group's hits is left out too (as in W03).
const DOMINANT: f64 = 0.5;
/// A word carries a difference of which less than this part is left without it.
const CARRIED: f64 = 0.5;
/// Rates and contributions are per so many words.
const PER: f64 = 1000.0;

/// What each word adds to the difference of a path between two groups, in one voice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathShift {
    /// The path, by running number.
    pub path: u32,
    /// Which pair of groups.
    pub pair: u32,
    /// Where hits and words were counted.
    pub voice: InVoice,
    /// Hits of both sides.
    pub hits: [u64; 2],
    /// Words of both sides.
    pub words: [u64; 2],
    /// The pooled rate of the second side less that of the first, per 1,000 words.
    pub difference: f64,
    /// The words, from the largest contribution (of either sign) down. Their contributions sum to the difference.
    pub forms: Vec<WordsOf>,
    /// The word that carries the difference: less than half of it is left without it; which of `forms`. Without
    /// candidates (a stored table) it is a word that adds more than half.
    pub carrier: Option<usize>,
}

/// The forms of one word.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WordsOf {
    /// Which of the path's groups of forms ([`form_groups`]).
    pub form: usize,
    /// The shortest of its terms.
    pub name: String,
    /// Hits of both sides.
    pub hits: [u64; 2],
    /// The part of each side's hits; none where a side has no hits.
    pub part: [Option<f64>; 2],
    /// What it adds to the difference, per 1,000 words.
    pub contribution: f64,
    /// The contribution over the sum of all words' contributions, signs left away.
    pub normalised: f64,
    /// The contributions down to this one, summed.
    pub cumulative: f64,
    /// Its entries that have hits, from the largest contribution down.
    pub entries: Vec<EntryShift>,
    /// The difference without the word, where it was left out.
    pub without: Option<Without>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntryShift {
    /// The entry, by running number.
    pub entry: u32,
    /// Its term as written.
    pub term: String,
    /// Hits of both sides.
    pub hits: [u64; 2],
    /// What it adds to the difference, per 1,000 words.
    pub contribution: f64,
}

/// A difference when one word is struck from the lexicon and overlaps are resolved again.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Without {
    /// Hits of both sides.
    pub hits: [u64; 2],
    /// The difference of the pooled rates, per 1,000 words.
    pub difference: f64,
    /// The ratio of the rates, second over first, ½ added to the hits; none where a side has no words.
    pub ratio: Option<f64>,
    /// Its 95 % interval by t over articles; none where there are too few articles or hits for one.
    pub interval: Option<[f64; 2]>,
}

/// What word shifts are made from.
pub(crate) struct WordShifts<'a> {
    set: &'a LexiconSet,
    units: &'a Units,
    pairs: &'a [Facing],
    /// Leaves words out; none where candidates that lost are not known.
    leaving: Option<LeavingOut<'a>>,
}

impl<'a> WordShifts<'a> {
    /// `units`, `compiled` and `lines` must be those of `set`. Without `lines` no word is left out.
    pub(crate) fn new(
        set: &'a LexiconSet,
        units: &'a Units,
        pairs: &'a [Facing],
        lines: Option<(&'a Compiled, &'a Lines)>,
    ) -> WordShifts<'a> {
        let lines = lines.filter(|(_, lines)| lines.has_losers());
        let leaving = lines.map(|(compiled, lines)| LeavingOut::new(set, compiled, lines));
        WordShifts { set, units, pairs, leaving }
    }

    /// The shifts of all paths that have hits: path by path, pair by pair, outside quotations and then inside.
    pub(crate) fn all(&mut self) -> Vec<PathShift> {
        (0..self.set.path_count() as u32).flat_map(|path| self.of_path(path)).collect()
    }

    /// The shifts of one path.
    fn of_path(&mut self, path: u32) -> Vec<PathShift> {
        let forms = form_groups(self.set, path);
        let mut shifts = Vec::new();
        let mut by_voice: Vec<(InVoice, Vec<PathShift>)> = Vec::new();
        for voice in InVoice::ALL {
            let made = self.in_voice(path, voice, &forms);
            if !made.is_empty() {
                by_voice.push((voice, made));
            }
        }
        self.leave_out(path, &forms, &mut by_voice);
        shifts.extend(by_voice.into_iter().flat_map(|(_, made)| made));
        for shift in &mut shifts {
            shift.carrier = shift.find_carrier();
        }
        shifts.sort_by_key(|shift| shift.pair);
        shifts
    }

    fn in_voice(&self, path: u32, voice: InVoice, forms: &[FormGroup]) -> Vec<PathShift> {
        let Some((voices, zones)) = self.units.vocabulary.scope(path, voice.headline()) else { return Vec::new() };
        let lexicon = self.units.vocabulary.paths[path as usize].lexicon;
        let groups = self.units.groups().values().len();
        let mut hits: FxHashMap<u32, Vec<u64>> = FxHashMap::default();
        for count in self.units.entries(path).filter(|count| voices.contains(count.voice)) {
            let by_group = hits.entry(count.entry).or_insert_with(|| vec![0; groups]);
            // An article that was left out has no group.
            if let Some(sum) = by_group.get_mut(self.units.group(count.article) as usize) {
                *sum += u64::from(count.hits);
            }
        }
        if hits.is_empty() {
            return Vec::new();
        }
        let mut words = vec![0; groups];
        for article in self.units.articles() {
            if let Some(sum) = words.get_mut(self.units.group(article) as usize) {
                *sum += self.units.words_for(lexicon, article, voices, zones);
            }
        }
        let one = |pair| {
            let of_pair: &Facing = &self.pairs[pair];
            let entry_hits = |entry: u32| hits.get(&entry).map_or([0; 2], |by_group| of_pair.sum(by_group));
            shift(forms, &self.units.vocabulary.entries, entry_hits, of_pair.sum(&words)).map(|shift| PathShift {
                path,
                pair: pair as u32,
                voice,
                ..shift
            })
        };
        (0..self.pairs.len()).filter_map(one).collect()
    }

    /// Leaves the words out that matter, once for all pairs and voices.
    fn leave_out(&mut self, path: u32, forms: &[FormGroup], by_voice: &mut [(InVoice, Vec<PathShift>)]) {
        let Some(leaving) = &mut self.leaving else { return };
        let mut wanted = vec![false; forms.len()];
        for shift in by_voice.iter().flat_map(|(_, shifts)| shifts) {
            shift.forms.iter().enumerate().filter(|(rank, word)| matters(*rank, word)).for_each(|(_, word)| {
                wanted[word.form] = true;
            });
        }
        for (form, group) in forms.iter().enumerate().filter(|(form, _)| wanted[*form]) {
            let changed = leaving.without(path, &group.entries);
            for (voice, shifts) in by_voice.iter_mut() {
                let Some(counts) = counts_with(self.units, path, *voice, &changed) else { continue };
                for shift in shifts {
                    let pair = &self.pairs[shift.pair as usize];
                    let mut ranked = shift.forms.iter_mut().enumerate();
                    if let Some((_, word)) = ranked.find(|(rank, word)| word.form == form && matters(*rank, word)) {
                        word.without = Some(difference_of(pair.split(self.units, &counts)));
                    }
                }
            }
        }
    }
}

/// Whether a word is left out.
fn matters(rank: usize, word: &WordsOf) -> bool {
    rank < LEFT_OUT || word.part.iter().flatten().any(|part| *part > DOMINANT)
}

/// A shift from the hits of each entry on both sides; none where a side has no words, or no side a hit. Path, pair and
/// voice are the caller's.
fn shift(
    forms: &[FormGroup],
    facts: &[EntryFacts],
    entry_hits: impl Fn(u32) -> [u64; 2],
    words: [u64; 2],
) -> Option<PathShift> {
    let by_form: Vec<Vec<(u32, [u64; 2])>> = forms
        .iter()
        .map(|form| {
            form.entries.iter().map(|&entry| (entry, entry_hits(entry))).filter(|(_, h)| *h != [0; 2]).collect()
        })
        .collect();
    let sum = |entries: &[(u32, [u64; 2])], side: usize| entries.iter().map(|(_, hits)| hits[side]).sum::<u64>();
    let present: Vec<usize> = (0..forms.len()).filter(|form| !by_form[*form].is_empty()).collect();
    let side = |side: usize| present.iter().map(|&form| sum(&by_form[form], side) as f64).collect::<Vec<f64>>();
    let hits = [side(0), side(1)];
    let shifted = rate_shift([&hits[0], &hits[1]], words.map(|words| words as f64)).ok()?;
    if present.is_empty() {
        return None;
    }
    let all = [0, 1].map(|side| present.iter().map(|&form| sum(&by_form[form], side)).sum::<u64>());
    let forms = shifted
        .ranked()
        .into_iter()
        .map(|(place, cumulative)| {
            let (form, term) = (present[place], shifted.terms[place]);
            let hits = [0, 1].map(|side| sum(&by_form[form], side));
            WordsOf {
                form,
                name: forms[form].name.clone(),
                hits,
                part: [0, 1].map(|side| (all[side] > 0).then(|| hits[side] as f64 / all[side] as f64)),
                contribution: PER * term.contribution,
                normalised: term.normalised,
                cumulative: PER * cumulative,
                entries: entries(&by_form[form], facts, words),
                without: None,
            }
        })
        .collect();
    Some(PathShift {
        path: 0,
        pair: 0,
        voice: InVoice::Outside,
        hits: all,
        words,
        difference: PER * (shifted.average[1] - shifted.average[0]),
        forms,
        carrier: None,
    })
}

fn entries(entries: &[(u32, [u64; 2])], facts: &[EntryFacts], words: [u64; 2]) -> Vec<EntryShift> {
    let mut found: Vec<EntryShift> = entries
        .iter()
        .map(|&(entry, hits)| {
            let rate = |side: usize| PER * hits[side] as f64 / words[side] as f64;
            let term = facts.get(entry as usize).map_or_else(String::new, |facts| facts.term.clone());
            EntryShift { entry, term, hits, contribution: rate(1) - rate(0) }
        })
        .collect();
    found.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
    found
}

/// Hits and words of a path in a voice, one row an article, where the articles that changed have other hits.
fn counts_with(units: &Units, path: u32, voice: InVoice, changed: &[Voiced]) -> Option<Vec<Count>> {
    let (voices, _) = units.vocabulary.scope(path, voice.headline())?;
    let mut counts = units.counts(path, voice.headline())?;
    // An article in another language has neither words nor hits here.
    let lexicon = units.vocabulary.paths[path as usize].lexicon;
    for article in changed.iter().filter(|changed| !units.is_left_out_of(changed.article, lexicon)) {
        counts[article.article as usize].hits =
            voices.iter().map(|voice| u64::from(article.hits[voice as usize])).sum();
    }
    Some(counts)
}

/// The difference of two sides' rates, with the interval that their articles allow.
fn difference_of(sides: [Vec<Count>; 2]) -> Without {
    let sums = [0, 1].map(|side| sides[side].iter().copied().sum::<Count>());
    let [first, second] = sums.map(|sum| sum.rate().unwrap_or_default());
    let enough = enough_units(sides.each_ref().map(|side| side.iter().filter(|count| count.words > 0).count()));
    let half = |sum: Count| (sum.words > 0).then(|| (sum.hits as f64 + 0.5) / sum.words as f64);
    let interval = enough
        .and_then(|()| enough_hits(sums))
        .and_then(|()| contrast(&sides[0], &sides[1]))
        .and_then(|found| found.interval(0.95));
    Without {
        hits: sums.map(|sum| sum.hits),
        difference: PER * (second - first),
        ratio: half(sums[1]).zip(half(sums[0])).map(|(second, first)| second / first),
        interval: interval.ok().map(|found| [found.low.exp(), found.high.exp()]),
    }
}

impl PathShift {
    fn find_carrier(&self) -> Option<usize> {
        if self.difference == 0.0 {
            return None;
        }
        let carries = |word: &WordsOf| match word.without {
            Some(without) => without.difference / self.difference < CARRIED,
            None => word.contribution / self.difference > 1.0 - CARRIED,
        };
        // The largest contribution to this side of the difference: a word that pulls the other way carries nothing.
        let largest = self.forms.iter().position(|word| word.contribution * self.difference > 0.0)?;
        (self.forms.len() > 1 && carries(&self.forms[largest])).then_some(largest)
    }
}
