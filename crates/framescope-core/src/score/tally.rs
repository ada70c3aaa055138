//! Counting: what of each path and axis stands in an article, in which zone and voice.
//!
//! A tally is kept and filled again. A run may have 10,000 paths and an article hits in ten of
//! them, so a tally remembers which rows it touched and empties only those.

use crate::bits::{bits_of, each_bit};
use crate::lexicon::LexiconSet;
use crate::matching::{CommonHit, Counted, Detail, Hit, OnAxis, Resolution, Told};
use crate::text::{Analysis, Sentence, Voice, VoiceCounts, VoiceSet, Zone, ZoneSet};

/// Counts of one article, or of one segment of it.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Tally {
    /// Tokens by zone and voice: `words[zone][voice]`.
    pub words: [[u32; 3]; 4],
    /// Tokens in quotations of 1 to 3 words.
    pub quoted_short_words: u32,
    /// Sentences that hold a token.
    pub sentences: u32,
    /// Hits, each once, however many paths hold it.
    pub hits: u32,
    /// Whether the article has a title.
    pub has_title: bool,
    /// One row a path, by [`LexiconSet::path_number`].
    pub paths: Vec<PathTally>,
    /// One row an axis, by [`LexiconSet::axis_number`].
    pub axes: Vec<AxisTally>,
    /// The paths that have a hit, ascending: every other row is as by default.
    pub touched_paths: Vec<u32>,
    /// The axes that have a hit, ascending: every other row is as by default.
    pub touched_axes: Vec<u32>,
}

/// Counts of one path. Where only [`Detail::Hits`] were wanted, what is not a number of hits by zone, voice or length of the
/// quotation may be as by default.
#[derive(Debug, Clone, PartialEq)]
pub struct PathTally {
    /// Hits by zone and voice, over all voices and zones.
    pub hits: [[u32; 3]; 4],
    /// Hits in quotations of 1 to 3 words.
    pub short: u32,
    /// Hits with a negation before them.
    pub negated: u32,
    /// Hits that enter `count`, by voice.
    pub counted: [u32; 3],
    /// Weights of the hits that enter `count`, summed in text order.
    pub weighted: f64,
    /// Distinct entries among the hits that enter `count`.
    pub entries: u32,
    /// How many tokens stand before the first hit that enters `count`; `u32::MAX` without one.
    pub first: u32,
    /// Sentences with a hit that enters `count`.
    pub sentences: u32,
}

impl Default for PathTally {
    fn default() -> Self {
        PathTally {
            hits: [[0; 3]; 4],
            short: 0,
            negated: 0,
            counted: [0; 3],
            weighted: 0.0,
            entries: 0,
            first: u32::MAX,
            sentences: 0,
        }
    }
}

/// Counts of one axis.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct AxisTally {
    /// Hits of the positive pole that enter `count`, by voice.
    pub positive: [u32; 3],
    /// Hits of the negative pole that enter `count`, by voice.
    pub negative: [u32; 3],
}

impl Tally {
    /// All words.
    pub fn all_words(&self) -> u32 {
        self.words.iter().flatten().sum()
    }

    /// The words of these voices in these zones.
    pub fn words_in(&self, voices: VoiceSet, zones: ZoneSet) -> u32 {
        sum_in(&self.words, voices, zones)
    }

    /// Empties the rows that were touched, and makes as many rows as the set has.
    fn reset(&mut self, set: &LexiconSet) {
        for path in self.touched_paths.drain(..) {
            self.paths[path as usize] = PathTally::default();
        }
        for axis in self.touched_axes.drain(..) {
            self.axes[axis as usize] = AxisTally::default();
        }
        self.paths.resize(set.path_count(), PathTally::default());
        self.axes.resize(set.axis_count(), AxisTally::default());
        self.words = [[0; 3]; 4];
        self.quoted_short_words = 0;
        self.sentences = 0;
        self.hits = 0;
    }

    /// Counts an article's words.
    fn add_words(&mut self, analysis: &Analysis) {
        self.has_title = analysis.has_title;
        analysis.sentences.iter().for_each(|sentence| self.add_sentence(sentence));
    }

    fn add_sentence(&mut self, sentence: &Sentence) {
        self.sentences += 1;
        let VoiceCounts { attributed, quoted, short } = sentence.voiced;
        let zone = &mut self.words[sentence.zone as usize];
        zone[Voice::Narrator as usize] += sentence.end_token - sentence.first_token - attributed - quoted;
        zone[Voice::Attributed as usize] += attributed;
        zone[Voice::Quoted as usize] += quoted;
        self.quoted_short_words += short;
    }
}

impl Tally {
    fn add_to_axis(&mut self, axis: u32, positive: bool, hit: &Hit) {
        if !hit.counts {
            return;
        }
        if let Err(place) = self.touched_axes.binary_search(&axis) {
            self.touched_axes.insert(place, axis);
        }
        let tally = &mut self.axes[axis as usize];
        let pole = if positive { &mut tally.positive } else { &mut tally.negative };
        pole[hit.voice as usize] += 1;
    }
}

impl PathTally {
    /// Hits of these voices in these zones, whether they enter `count` or not.
    pub fn hits_in(&self, voices: VoiceSet, zones: ZoneSet) -> u32 {
        sum_in(&self.hits, voices, zones)
    }

    /// Hits that enter `count`.
    pub fn count(&self) -> u32 {
        self.counted.iter().sum()
    }

    /// Hits that enter `count`, of these voices.
    pub fn counted_in(&self, voices: VoiceSet) -> u32 {
        voices.iter().map(|v| self.counted[v as usize]).sum()
    }
}

impl AxisTally {
    /// Hits of the positive and of the negative pole that enter `count`, of these voices.
    pub fn poles_in(&self, voices: VoiceSet) -> (u32, u32) {
        let sum = |by_voice: &[u32; 3]| voices.iter().map(|v| by_voice[v as usize]).sum();
        (sum(&self.positive), sum(&self.negative))
    }
}

fn sum_in(table: &[[u32; 3]; 4], voices: VoiceSet, zones: ZoneSet) -> u32 {
    // It is asked for every cell of a rate, and mostly of all zones.
    let in_zones = |voice: usize| match zones.is_all() {
        true => table[0][voice] + table[1][voice] + table[2][voice] + table[3][voice],
        false => Zone::ALL.iter().map(|&zone| table[zone as usize][voice] * u32::from(zones.contains(zone))).sum(),
    };
    voices.iter().map(|voice| in_zones(voice as usize)).sum()
}

/// What counting needs beside the tally, kept between articles.
#[derive(Debug, Default)]
pub struct TallyScratch {
    /// The sentence of each hit.
    pub(super) hit_sentences: Vec<u32>,
    /// Per path: the last tally and sentence with a hit of it that enters `count`.
    met: Vec<(u32, u32)>,
    /// For each path whether the tally in hand touched it: a byte, because hits come one behind the other, and to set a bit
    /// is to wait for the one that was set before.
    touched: Vec<bool>,
    /// Per entry and path above it: the last tally in which the path had a hit of the entry.
    seen: Vec<u32>,
    /// The number of the tally in hand; never 0.
    number: u32,
    pub(super) segments: super::segment::SegmentScratch,
}

impl TallyScratch {
    /// Finds the sentence of every hit; hits are in text order.
    pub(super) fn locate(&mut self, analysis: &Analysis, hits: &[Hit]) {
        self.hit_sentences.clear();
        let mut sentence = 0;
        self.hit_sentences.extend(hits.iter().map(|hit| {
            while analysis.sentences[sentence].end_token <= hit.first_token {
                sentence += 1;
            }
            sentence as u32
        }));
    }

    fn next_tally(&mut self, set: &LexiconSet) -> u32 {
        self.number = self.number.wrapping_add(1);
        let rows = set.entry_count() * set.depth();
        if self.number == 0 || self.seen.len() != rows || self.met.len() != set.path_count() {
            self.seen.clear();
            self.seen.resize(rows, 0);
            self.met.clear();
            self.met.resize(set.path_count(), (0, 0));
            self.touched.resize(set.path_count(), false);
            self.number = 1;
        }
        self.number
    }
}

/// Counts an article.
///
/// `resolution` must be what a matcher with these lexicons found in this analysis.
pub fn tally(
    analysis: &Analysis,
    set: &LexiconSet,
    resolution: &Resolution,
    scratch: &mut TallyScratch,
    out: &mut Tally,
) {
    out.reset(set);
    out.add_words(analysis);
    debug_assert!(resolution.counted.is_sorted_by_key(|c| c.hit), "hit by hit");
    let mut sentence = 0;
    let place = |_, hit: &Hit| {
        while analysis.sentences[sentence].end_token <= hit.first_token {
            sentence += 1;
        }
        (sentence as u32, hit.first_token)
    };
    count(set, &resolution.hits, resolution.counted.iter().copied(), place, scratch, out);
    count_axes(&resolution.hits, resolution.on_axis.iter().copied(), out);
}

/// Counts an article whose hits `tell` tells as they are found, as far as `detail` asks for it. Where it answers that it
/// could not, nothing is counted.
pub(super) fn tally_told(
    analysis: &Analysis,
    set: &LexiconSet,
    detail: Detail,
    tell: impl FnOnce(&mut Counter<'_>) -> bool,
    scratch: &mut TallyScratch,
    out: &mut Tally,
) -> bool {
    out.reset(set);
    let mut counter = Counter::new(set, detail, scratch, out);
    let told = tell(&mut counter);
    counter.list_touched();
    if told {
        out.add_words(analysis);
    }
    told
}

/// Counts one segment: these sentences, these rows of the resolution. `base` has, per sentence,
/// the tokens of its segment that stand before it.
pub(super) fn tally_segment(
    analysis: &Analysis,
    set: &LexiconSet,
    hits: &[Hit],
    rows: SegmentRows<'_>,
    scratch: &mut TallyScratch,
    out: &mut Tally,
) {
    out.reset(set);
    out.has_title = analysis.has_title;
    for (_, sentence) in rows.sentences {
        out.add_sentence(&analysis.sentences[*sentence as usize]);
    }
    let hit_sentences = std::mem::take(&mut scratch.hit_sentences);
    let place = |number: u32, hit: &Hit| {
        let sentence = hit_sentences[number as usize];
        let first = analysis.sentences[sentence as usize].first_token;
        (sentence, rows.base[sentence as usize] + (hit.first_token - first))
    };
    count(set, hits, rows.counted.iter().map(|(_, c)| *c), place, scratch, out);
    scratch.hit_sentences = hit_sentences;
    count_axes(hits, rows.on_axis.iter().map(|(_, a)| *a), out);
}

/// The rows of one segment, each with the segment's number.
#[derive(Clone, Copy)]
pub(super) struct SegmentRows<'a> {
    pub(super) sentences: &'a [(u32, u32)],
    pub(super) counted: &'a [(u32, Counted)],
    pub(super) on_axis: &'a [(u32, OnAxis)],
    pub(super) base: &'a [u32],
}

/// Adds up the hits of every path. `counted` is sorted by hit; `place` tells, in that order, the sentence of a
/// hit, by the hit's number, and how many tokens stand before it.
fn count(
    set: &LexiconSet,
    hits: &[Hit],
    counted: impl Iterator<Item = Counted>,
    mut place: impl FnMut(u32, &Hit) -> (u32, u32),
    scratch: &mut TallyScratch,
    out: &mut Tally,
) {
    let mut counter = Counter::new(set, Detail::Counts, scratch, out);
    let mut last = u32::MAX;
    for Counted { path, hit: number } in counted {
        let hit = &hits[number as usize];
        counter.tally.hits += u32::from(number != last);
        last = number;
        counter.add(path, hit, || place(number, hit));
    }
    counter.list_touched();
}

/// Adds up the hits of every axis.
fn count_axes(hits: &[Hit], on_axis: impl Iterator<Item = OnAxis>, out: &mut Tally) {
    for OnAxis { axis, positive, hit } in on_axis {
        out.add_to_axis(axis, positive, &hits[hit as usize]);
    }
}

/// Adds up the hits of an article, or of a segment.
pub(super) struct Counter<'a> {
    set: &'a LexiconSet,
    /// Whether nobody asks for more than [`Detail::Hits`].
    hits_only: bool,
    /// Of this tally, among all of the scratch.
    number: u32,
    met: &'a mut [(u32, u32)],
    touched: &'a mut [bool],
    seen: &'a mut [u32],
    tally: &'a mut Tally,
}

impl<'a> Counter<'a> {
    fn new(set: &'a LexiconSet, detail: Detail, scratch: &'a mut TallyScratch, tally: &'a mut Tally) -> Counter<'a> {
        let number = scratch.next_tally(set);
        let TallyScratch { met, touched, seen, .. } = scratch;
        Counter { set, hits_only: detail == Detail::Hits, number, met, touched, seen, tally }
    }

    /// Lists the paths that were touched, ascending.
    fn list_touched(self) {
        for (i, touched) in self.touched.chunks_mut(64).enumerate() {
            let bits = bits_of(touched);
            touched.fill(false);
            self.tally.touched_paths.extend(each_bit(bits).map(|bit| (64 * i + bit) as u32));
        }
    }

    /// What a hit is added to, at hand.
    #[inline(always)]
    fn rows(&mut self) -> Rows<'_> {
        Rows {
            number: self.number,
            depth: self.set.depth(),
            weights: self.set.weights(),
            met: self.met,
            touched: self.touched,
            seen: self.seen,
            paths: &mut self.tally.paths,
        }
    }

    /// Adds a hit to a path. `place` tells its sentence and how many tokens stand before it.
    #[inline]
    fn add(&mut self, path: u32, hit: &Hit, place: impl FnOnce() -> (u32, u32)) {
        let (set, hits_only) = (self.set, self.hits_only);
        let mut rows = self.rows();
        rows.add_hit(path, hit.zone, hit.voice, hit.short, hit.counts).negated += u32::from(hit.negated);
        if hit.counts && !hits_only {
            let (sentence, before) = place();
            let entry = set.entry_number(hit.lexicon, hit.entry);
            rows.add_details(path, set.depth_of(path), entry, sentence, before);
        }
    }
}

/// The rows of a [`Counter`]: where many hits are added, none of them is looked for behind another.
struct Rows<'a> {
    number: u32,
    depth: usize,
    weights: Option<&'a [f64]>,
    met: &'a mut [(u32, u32)],
    touched: &'a mut [bool],
    seen: &'a mut [u32],
    paths: &'a mut [PathTally],
}

impl Rows<'_> {
    /// Adds a hit, which enters `count` or does not.
    #[inline(always)]
    fn add_hit(&mut self, path: u32, zone: Zone, voice: Voice, short: bool, counts: bool) -> &mut PathTally {
        self.touched[path as usize] = true;
        let tally = &mut self.paths[path as usize];
        tally.hits[zone as usize][voice as usize] += 1;
        tally.short += u32::from(short);
        tally.counted[voice as usize] += u32::from(counts);
        tally
    }

    /// Adds what else is told of a hit that was added and enters `count`, to a path with so many above it.
    #[inline(always)]
    fn add_details(&mut self, path: u32, depth: usize, entry: u32, sentence: u32, before: u32) {
        let tally = &mut self.paths[path as usize];
        let here = (self.number, sentence);
        let met = std::mem::replace(&mut self.met[path as usize], here);
        tally.sentences += u32::from(met != here);
        tally.first = tally.first.min(before);
        tally.weighted += self.weights.map_or(1.0, |weights| weights[entry as usize]);
        let seen = std::mem::replace(&mut self.seen[entry as usize * self.depth + depth], self.number);
        tally.entries += u32::from(seen != self.number);
    }
}

impl Told for Counter<'_> {
    const TAKES_COMMON: bool = true;

    #[inline(always)]
    fn take_common(&mut self, hits: impl Iterator<Item = CommonHit>) {
        let hits_only = self.hits_only;
        let mut rows = self.rows();
        let mut count = 0;
        for CommonHit { entry, path, token, sentence, zone, voice, short } in hits {
            count += 1;
            rows.add_hit(path, zone, voice, short, true);
            if !hits_only {
                // No path stands above it.
                rows.add_details(path, 0, entry, sentence, token);
            }
        }
        self.tally.hits += count;
    }

    #[inline]
    fn take(&mut self, hit: &Hit, sentence: u32, paths: &[u32], axes: &[(u32, bool)]) {
        self.tally.hits += 1;
        for &path in paths {
            self.add(path, hit, || (sentence, hit.first_token));
        }
        for &(axis, positive) in axes {
            self.tally.add_to_axis(axis, positive, hit);
        }
    }
}
