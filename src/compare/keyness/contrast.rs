//! From counts to key words: two sides, the words one of them uses more, and how sure and how widely.

use std::num::NonZeroUsize;

use framescope_core::stats::{self, HolderDispersion, LogOdds, WordCounts};
use rustc_hash::FxHashMap;

use super::found::{Contrast, KeyWord, Keyness, Kind, SideCounts, Unranked, WhyUnranked};
use super::prior::Prior;
use super::readings::Readings;
use super::sides::{Side, Size, Versus, pairs, size_of};
use super::types::{ArticleSize, Counts, Missed};
use super::{FrequencyList, KeynessError, LONGEST, permuted};
use crate::compare::GroupId;
use crate::compare::resample::Resampler;
use crate::pipeline::Interrupt;

/// Coverage of the intervals.
const LEVEL: f64 = 0.95;
/// How many articles are named as examples of a word.
const EXAMPLES: usize = 3;

/// Permutation tests that were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permuting {
    /// How many arrangements are drawn where there are too many to go through.
    pub draws: u64,
    /// The seed of the draws.
    pub seed: u64,
    /// How many threads work on it.
    pub threads: NonZeroUsize,
}

/// What is wanted of the counts.
#[derive(Debug, Clone)]
pub struct KeynessWanted {
    /// What is compared with what.
    pub versus: Versus,
    /// How many words of each side of each contrast are listed; 0 is all.
    pub top: usize,
    /// In how many articles of the side that uses it more a word must stand.
    pub min_articles: u32,
    /// How many hits a word must have on both sides together.
    pub min_hits: u64,
    /// How common words are elsewhere; else in both sides together.
    pub prior: Option<FrequencyList>,
    /// α₀ of the prior, in words; else that of [`stats::prior_strength`].
    pub strength: Option<f64>,
    /// Permutation tests of the listed words.
    pub permuting: Option<Permuting>,
}

/// A word's hits and articles in one group.
#[derive(Debug, Clone, Copy)]
struct Tally {
    group: GroupId,
    articles: u32,
    hits: u64,
}

/// A word that may be listed.
#[derive(Debug)]
struct Candidate {
    unit: u32,
    kind: Kind,
    /// Which articles it can be found in.
    reading: usize,
    /// As folded: the order of candidates, and what the prior asks for.
    folded: String,
    text: String,
    missed: Missed,
    /// By group.
    tallies: Vec<Tally>,
}

impl Candidate {
    fn on(&self, side: Side) -> (u64, u32) {
        let own = self.tallies.iter().filter(|tally| side.holds(tally.group));
        own.fold((0, 0), |(hits, articles), tally| (hits + tally.hits, articles + tally.articles))
    }
}

/// What the second reading finds of a word on a side.
#[derive(Debug)]
struct Spread {
    side: Side,
    dispersion: HolderDispersion,
    examples: Vec<(u32, String)>,
}

impl Spread {
    fn add(&mut self, hits: u32, places: u32, id: &str) {
        self.dispersion.add(hits, places);
        // The first article of several with as many hits stays.
        let at = self.examples.partition_point(|(n, _)| *n >= hits);
        if at < EXAMPLES {
            self.examples.insert(at, (hits, id.to_owned()));
            self.examples.truncate(EXAMPLES);
        }
    }
}

impl Counts {
    /// The words that set the groups apart.
    ///
    /// # Errors
    /// [`KeynessError::Groups`] where there is nothing to compare, [`KeynessError::Spool`] where the counts cannot be
    /// read back, [`KeynessError::PriorLength`] where the frequency list lacks a length, [`KeynessError::Permuting`].
    pub fn contrast(&mut self, wanted: &KeynessWanted, interrupt: &Interrupt) -> Result<Keyness, KeynessError> {
        let resampler = wanted.permuting.map(|p| Resampler::new(p.threads, interrupt)).transpose()?;
        let (groups, sorted) = self.groups.sorted();
        for article in &mut self.articles {
            article.group = sorted[article.group.index()];
        }
        self.groups = groups;
        let readings = Readings::new(&self.settings, &self.languages);
        let mut sizes = vec![vec![Size::default(); self.groups.len()]; readings.len()];
        for article in self.articles.iter().filter(|article| !article.is_out) {
            for (_, sizes) in sizes.iter_mut().enumerate().filter(|(set, _)| readings.has(*set, article)) {
                sizes[article.group.index()].add(article);
            }
        }
        let (pairs, wordless) = pairs(&self.groups, &sizes[0], wanted.versus)?;
        let candidates = self.candidates(wanted, &readings)?;
        let prior = Prior::new(wanted.prior.as_ref(), self.settings.shortest..=self.settings.longest, &self.types)?;
        let mut drafts = Vec::with_capacity(pairs.len());
        for (sides, names) in pairs {
            let sizes = sizes.iter().map(|sizes| sides.map(|side| size_of(side, sizes))).collect();
            drafts.push(draft(sides, names, sizes, &candidates, &prior, wanted));
        }
        let (spreads, postings) = self.spread(&drafts, &candidates, wanted.permuting.is_some())?;
        let mut contrasts = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let sides = draft.sides;
            let listed: Vec<usize> = draft.listed.iter().map(|l| l.candidate).collect();
            let mut contrast = finish(draft, &candidates, &spreads);
            if let (Some(permuting), Some(resampler)) = (wanted.permuting, &resampler) {
                let of = |at: usize| postings[listed[at]].as_slice();
                let corpus = (self.articles.as_slice(), &readings);
                permuted::test(&mut contrast, sides, corpus, of, permuting, resampler)?;
            }
            contrasts.push(contrast);
        }
        Ok(Keyness { contrasts, wordless })
    }

    /// The units that could be listed, in the order of their folded text, with their counts by group: the first reading.
    fn candidates(&mut self, wanted: &KeynessWanted, readings: &Readings) -> Result<Vec<Candidate>, KeynessError> {
        let mut candidates: Vec<Candidate> = (0..self.settings.entries)
            .map(|entry| Candidate {
                unit: entry,
                kind: Kind::Entry(entry),
                reading: readings.of(Kind::Entry(entry)),
                folded: String::new(),
                text: String::new(),
                missed: Missed::default(),
                tallies: Vec::new(),
            })
            .collect();
        let enough = |articles: u32, hits: u64| articles >= wanted.min_articles && hits >= wanted.min_hits;
        let words = self.types.iter().filter(|(_, kind)| enough(kind.articles, kind.hits));
        let mut words: Vec<Candidate> = words
            .map(|(folded, kind)| Candidate {
                unit: kind.unit,
                kind: match 1 + folded.matches(' ').count() {
                    1 => Kind::Word,
                    words => Kind::Phrase(words),
                },
                reading: 0,
                folded: folded.to_string(),
                text: kind.spellings.commonest(folded).to_owned(),
                missed: self.missed(kind),
                tallies: Vec::new(),
            })
            .collect();
        words.sort_unstable_by(|a, b| a.folded.cmp(&b.folded));
        candidates.append(&mut words);
        let number = numbers(&candidates);
        let articles = &self.articles;
        self.spool.each(|article, _, cells| {
            let ArticleSize { group, is_out, .. } = articles[article as usize];
            if is_out {
                return;
            }
            for &(unit, times) in cells {
                let Some(&candidate) = number.get(&unit) else { continue };
                let tallies = &mut candidates[candidate].tallies;
                let at = match tallies.binary_search_by_key(&group, |tally| tally.group) {
                    Ok(at) => at,
                    Err(at) => {
                        tallies.insert(at, Tally { group, articles: 0, hits: 0 });
                        at
                    }
                };
                tallies[at].articles += 1;
                tallies[at].hits += u64::from(times);
            }
        })?;
        Ok(candidates)
    }

    /// How the listed words are spread on their sides, and the articles of those that are to be tested: the second
    /// reading.
    fn spread(
        &mut self,
        drafts: &[Draft],
        candidates: &[Candidate],
        with_postings: bool,
    ) -> Result<(Vec<Vec<Spread>>, Vec<Postings>), KeynessError> {
        let mut spreads: Vec<Vec<Spread>> = Vec::new();
        spreads.resize_with(candidates.len(), Vec::new);
        let mut postings: Vec<Postings> = vec![Vec::new(); candidates.len()];
        for draft in drafts {
            for listed in &draft.listed {
                let own = &mut spreads[listed.candidate];
                let candidate = &candidates[listed.candidate];
                for (side, size) in draft.sides.into_iter().zip(&draft.sizes[candidate.reading]) {
                    if own.iter().all(|spread| spread.side != side) {
                        let places = size.places[candidate.kind.places()];
                        let dispersion = HolderDispersion::new(candidate.on(side).0, places);
                        own.push(Spread { side, dispersion, examples: Vec::new() });
                    }
                }
            }
        }
        let mut number = numbers(candidates);
        number.retain(|_, candidate| !spreads[*candidate].is_empty());
        let articles = &self.articles;
        self.spool.each(|article, id, cells| {
            let ArticleSize { group, places, is_out, .. } = articles[article as usize];
            if is_out {
                return;
            }
            for &(unit, times) in cells {
                let Some(&candidate) = number.get(&unit) else { continue };
                let places = places[candidates[candidate].kind.places()];
                for spread in spreads[candidate].iter_mut().filter(|spread| spread.side.holds(group)) {
                    spread.add(times, places, id);
                }
                if with_postings {
                    postings[candidate].push((article, times));
                }
            }
        })?;
        Ok((spreads, postings))
    }
}

/// The articles that hold a word, and how often.
type Postings = Vec<(u32, u32)>;

/// The candidate of every unit that is one.
fn numbers(candidates: &[Candidate]) -> FxHashMap<u32, usize> {
    candidates.iter().enumerate().map(|(at, candidate)| (candidate.unit, at)).collect()
}

/// A contrast whose words are chosen, and whose spread is not known yet.
#[derive(Debug)]
struct Draft {
    sides: [Side; 2],
    names: [String; 2],
    /// By which articles a unit can be found in ([`Readings`]).
    sizes: Vec<[Size; 2]>,
    compared: usize,
    unranked: Vec<Unranked>,
    listed: Vec<Listed>,
}

#[derive(Debug, Clone, Copy)]
struct Listed {
    candidate: usize,
    more: usize,
    rank: usize,
    log_odds: LogOdds,
}

/// Chooses the words of a contrast.
fn draft(
    sides: [Side; 2],
    names: [String; 2],
    sizes: Vec<[Size; 2]>,
    candidates: &[Candidate],
    prior: &Prior<'_>,
    wanted: &KeynessWanted,
) -> Draft {
    let mut by_side: [Vec<Listed>; 2] = [Vec::new(), Vec::new()];
    let mut unranked = Vec::new();
    for (number, candidate) in candidates.iter().enumerate() {
        let counts = sides.map(|side| candidate.on(side));
        let sizes = &sizes[candidate.reading];
        let places = [0, 1].map(|side: usize| sizes[side].places[candidate.kind.places()]);
        let counted = WordCounts { hits: counts.map(|(hits, _)| hits), words: places };
        let least = wanted.min_articles.max(1);
        let all: u64 = counted.hits.iter().sum();
        let found = prior.log_odds(counted, candidate.kind, &candidate.folded, wanted.strength);
        let ranked = found.filter(|found| found.delta != 0.0);
        let more = ranked.map(|found| usize::from(found.delta < 0.0));
        let enough = |side: usize| counts[side].1 >= least && all >= wanted.min_hits;
        let (Some(log_odds), Some(more)) = (ranked.filter(|_| more.is_some_and(enough)), more) else {
            let why = why_unranked(counted, found);
            unranked.extend(why.filter(|_| enough(0) || enough(1)).map(|why| Unranked {
                kind: candidate.kind,
                text: candidate.text.clone(),
                why,
            }));
            continue;
        };
        by_side[more].push(Listed { candidate: number, more, rank: 0, log_odds });
    }
    let compared = by_side.iter().map(Vec::len).sum();
    for own in &mut by_side {
        let by_zeta = |a: &Listed, b: &Listed| {
            let (a_zeta, b_zeta) = (a.log_odds.zeta().abs(), b.log_odds.zeta().abs());
            b_zeta.total_cmp(&a_zeta).then(a.candidate.cmp(&b.candidate))
        };
        own.sort_unstable_by(by_zeta);
        if wanted.top > 0 {
            own.truncate(wanted.top);
        }
        own.iter_mut().enumerate().for_each(|(at, listed)| listed.rank = at + 1);
    }
    Draft { sides, names, sizes, compared, unranked, listed: by_side.concat() }
}

/// Why a word with hits enough has no rank; nothing where both sides use it alike, or the side that uses it more has it in
/// too few articles.
fn why_unranked(counted: WordCounts, found: Option<LogOdds>) -> Option<WhyUnranked> {
    if counted.words.contains(&0) {
        return Some(WhyUnranked::NoPlace);
    }
    let Some(found) = found else { return Some(WhyUnranked::Alone) };
    // Of rates, without dividing.
    let [first, second] =
        [0, 1].map(|side: usize| u128::from(counted.hits[side]) * u128::from(counted.words[1 - side]));
    match found.delta == 0.0 {
        true => (first != second).then_some(WhyUnranked::Drowned),
        false => ((found.delta > 0.0) != (first > second)).then_some(WhyUnranked::Turned),
    }
}

/// Adds to the chosen words what is only said of those.
fn finish(draft: Draft, candidates: &[Candidate], spreads: &[Vec<Spread>]) -> Contrast {
    let Draft { sides, names, sizes, compared, unranked, listed } = draft;
    let parts = |sizes: &[Size; 2]| -> [[Vec<(u32, u32)>; LONGEST]; 2] {
        sizes.each_ref().map(|size| size.sizes.each_ref().map(|sizes| sizes.clone().into_iter().collect()))
    };
    let parts: Vec<_> = sizes.iter().map(parts).collect();
    let adjusted = 1.0 - (1.0 - LEVEL) / compared.max(1) as f64;
    let key_words = listed.into_iter().map(|Listed { candidate: number, more, rank, log_odds }| {
        let candidate = &candidates[number];
        let length = candidate.kind.places();
        let found = |side: Side| spreads[number].iter().find(|spread| spread.side == side);
        let counts = [0, 1].map(|side: usize| {
            let (hits, articles) = candidate.on(sides[side]);
            let size = &sizes[candidate.reading][side];
            let smallest = size.sizes[length].keys().next().copied().unwrap_or(0);
            let spread = found(sides[side]).and_then(|s| s.dispersion.finish(size.worded(length), smallest).ok());
            let chance_dp =
                spread.and_then(|_| stats::mean_chance_dp(hits, &parts[candidate.reading][side][length]).ok());
            SideCounts { hits, places: size.places[length], articles, spread, chance_dp }
        });
        let counted = WordCounts { hits: counts.map(|c| c.hits), words: counts.map(|c| c.places) };
        let examples = found(sides[more]).map_or(&[][..], |spread| spread.examples.as_slice());
        KeyWord {
            kind: candidate.kind,
            text: candidate.text.clone(),
            more,
            rank,
            sides: counts,
            log_odds,
            log_ratio: stats::log_ratio(counted).ok(),
            log_ratio_ends: stats::log_ratio_interval(counted, LEVEL).unwrap_or((None, None)),
            log_ratio_conservative: stats::conservative_log_ratio(counted, adjusted).ok(),
            g2: stats::g2(counted).ok(),
            chi2: stats::chi2(counted).ok(),
            examples: examples.iter().map(|(_, id)| id.clone()).collect(),
            missed: candidate.missed,
            p: None,
        }
    });
    let key_words = key_words.collect();
    let [first, second] = &sizes[0];
    Contrast {
        sides: names,
        articles: [first.articles, second.articles],
        words: [first.places[0], second.places[0]],
        compared,
        unranked,
        key_words,
    }
}
