//! Types to classes: which patterns a word satisfies, asked once a type.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use rustc_hash::FxHashMap;

use super::class_id::ClassId;
use super::looks::{Brief, First, Looks, MORE};
use super::{Candidate, settle};
use crate::ahead::ask_for;
use crate::matching::View;
use crate::matching::compile::{Compiled, Owner, PatternId, PhraseId, Side, Sides, SlotId, Trial, may_pair};
use crate::text::{Answer, Judge, Judged, Relevant};

/// What stands behind a class: ranges of the arenas in [`Classes`].
#[derive(Debug, Default)]
struct Class {
    /// The patterns, ascending.
    patterns: Box<[PatternId]>,
    slots: Range<u32>,
    anchored: Range<u32>,
}

/// An entry of one token that stands at a token.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Single {
    pub(super) token: u32,
    pub(super) entry: u32,
}

/// The classes by their patterns. With a large lexicon nearly every spelling satisfies some, so a set of few is a key
/// that stands in the map itself.
#[derive(Debug, Default)]
struct Numbers {
    /// That of each pattern alone, as far as there is one.
    one: Vec<ClassId>,
    few: FxHashMap<(u64, u64), ClassId>,
    many: FxHashMap<Box<[PatternId]>, ClassId>,
}

/// So many patterns are few.
const FEW: usize = 4;

/// Patterns of a class, if there are no more than `N`, filled up with the one that no class lists.
fn few<const N: usize>(patterns: &[PatternId]) -> Option<[PatternId; N]> {
    let mut few = [PatternId::ANY; N];
    few.get_mut(..patterns.len())?.copy_from_slice(patterns);
    Some(few)
}

impl Numbers {
    fn key(patterns: &[PatternId]) -> Option<(u64, u64)> {
        let [a, b, c, d]: [PatternId; FEW] = few(patterns)?;
        let both = |a: PatternId, b: PatternId| u64::from(a.0) << 32 | u64::from(b.0);
        Some((both(a, b), both(c, d)))
    }

    fn get(&self, patterns: &[PatternId]) -> Option<ClassId> {
        if let [one] = patterns {
            return self.one.get(one.0 as usize).copied().filter(|&class| class != ClassId::NOTHING);
        }
        match Self::key(patterns) {
            Some(few) => self.few.get(&few).copied(),
            None => self.many.get(patterns).copied(),
        }
    }

    fn insert(&mut self, patterns: &[PatternId], class: ClassId) {
        if let [one] = patterns {
            let place = one.0 as usize;
            self.one.resize(self.one.len().max(place + 1), ClassId::NOTHING);
            self.one[place] = class;
            return;
        }
        match Self::key(patterns) {
            Some(few) => self.few.insert(few, class),
            None => self.many.insert(patterns.into(), class),
        };
    }

    fn clear(&mut self) {
        self.one.clear();
        self.few.clear();
        self.many.clear();
    }
}

/// What a thread knows about classes, and the row of classes of the article at hand.
#[derive(Debug)]
pub(super) struct Classes {
    classes: Vec<Class>,
    briefs: Vec<Brief>,
    /// For each class as the first of a pair.
    firsts: Vec<First>,
    /// The patterns of each class that end pairs, or [`MORE`] if there is no room for them.
    seconds: Vec<[PatternId; FEW]>,
    /// Of each class what it is as both, [briefly](Sides::briefly).
    briefly: Vec<u32>,
    numbers: Numbers,
    /// Tells the classes of this scratch from those of any other.
    id: u64,
    /// Entries of single tokens, class by class.
    entries: Vec<u32>,
    /// Slots of single tokens, class by class.
    slots: Vec<SlotId>,
    /// Longer phrases to try, class by class.
    phrases: Vec<Trial>,
    /// The class of nothing, and behind it that of every token.
    row: Vec<ClassId>,
    /// The tokens at which the scan has something to look at, ascending.
    marked: Vec<u32>,
    satisfied: Vec<PatternId>,
}

impl Default for Classes {
    fn default() -> Classes {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let mut classes = Classes {
            classes: Vec::new(),
            briefs: Vec::new(),
            firsts: Vec::new(),
            seconds: Vec::new(),
            briefly: Vec::new(),
            numbers: Numbers::default(),
            id: NEXT.fetch_add(1, Relaxed),
            entries: Vec::new(),
            slots: Vec::new(),
            phrases: Vec::new(),
            row: Vec::new(),
            marked: Vec::new(),
            satisfied: Vec::new(),
        };
        classes.forget();
        classes
    }
}

/// Judges spellings: the answer is the class.
pub(super) struct Classifier<'a> {
    pub(super) compiled: &'a Compiled,
    /// Whether nobody wants to know how the words are spelled.
    pub(super) counts_only: bool,
    /// Whether somebody wants to know which words are attributed.
    pub(super) attributes: bool,
    /// Whether somebody wants to know where negation cues end.
    pub(super) cues: bool,
    pub(super) classes: &'a mut Classes,
}

impl Judge for Classifier<'_> {
    fn id(&self) -> u64 {
        self.classes.id
    }

    fn forget(&mut self) {
        self.classes.forget();
    }

    fn judge(&mut self, word: Judged<'_>) -> Answer {
        let class = self.classes.learn(self.compiled, word);
        Answer { said: class.0, beside: self.classes.briefly[class.number()] }
    }

    fn relevant(&self) -> Option<&Arc<Relevant>> {
        self.compiled.patterns.relevant().filter(|_| self.counts_only)
    }

    fn attributes(&self) -> bool {
        self.attributes
    }

    #[inline]
    fn marks(&self, before: Answer, answer: Answer) -> u32 {
        let by_class = ClassId(answer.said).marks_behind(ClassId(before.said), self.cues);
        by_class | may_pair(before.beside, answer.beside)
    }
}

impl Classes {
    /// Fills the row for this article.
    pub(super) fn classify(&mut self, compiled: &Compiled, view: View<'_>) {
        let analysis = view.analysis;
        let Classes { row, marked, .. } = self;
        row.clear();
        row.push(ClassId::NOTHING);
        if analysis.judge == self.id {
            row.extend(analysis.judged.iter().map(|&class| ClassId(class)));
            marked.clone_from(&analysis.marked);
            return;
        }
        marked.clear();
        let mut of_type = FxHashMap::default();
        let mut before = ClassId::NOTHING;
        for (token, id) in (0..).zip(analysis.tokens.iter().map(|token| token.type_id)) {
            let learn = || self.learn(compiled, Judged::new(view.types.folded(id), view.types.exact(id)));
            let class = *of_type.entry(id).or_insert_with(learn);
            self.row.push(class);
            let is_marked = class.marks_behind(before, true) != 0 || self.may_pair(before, class);
            self.marked.extend(is_marked.then_some(token));
            before = class;
        }
    }

    /// The class of a spelling.
    fn learn(&mut self, compiled: &Compiled, word: Judged<'_>) -> ClassId {
        compiled.patterns.satisfied(word, &mut self.satisfied);
        if self.satisfied.is_empty() {
            return ClassId::NOTHING;
        }
        self.class_of_satisfied(compiled)
    }

    fn forget(&mut self) {
        self.numbers.clear();
        self.classes.clear();
        self.briefs.clear();
        self.firsts.clear();
        self.seconds.clear();
        self.briefly.clear();
        self.entries.clear();
        self.slots.clear();
        self.phrases.clear();
        self.classes.push(Class::default());
        self.briefs.push(Brief::default());
        self.firsts.push(First::default());
        self.seconds.push([PatternId::ANY; FEW]);
        self.briefly.push(0);
    }

    #[cold]
    fn class_of_satisfied(&mut self, compiled: &Compiled) -> ClassId {
        if let Some(known) = self.numbers.get(&self.satisfied) {
            return known;
        }
        let starts = (self.slots.len(), self.phrases.len());
        let mut entries = Vec::new();
        let mut flags = 0;
        for &pattern in &self.satisfied {
            for trial in compiled.phrases.anchored_at(pattern).iter().map(|&phrase| compiled.phrases.trial(phrase)) {
                if trial.len > 1 {
                    self.phrases.push(trial);
                    continue;
                }
                for &owner in compiled.phrases.owners(&trial) {
                    match owner {
                        Owner::Entry(entry) => entries.push(entry),
                        Owner::Slot(slot) => self.slots.push(slot),
                    }
                }
            }
            let mut flag = |holds: bool, flag| flags |= if holds { flag } else { 0 };
            flag(compiled.cue_ends.alone.contains(&pattern), ClassId::CUE);
            flag(compiled.cue_ends.before_last.contains(&pattern), ClassId::CUE_BEFORE_LAST);
            flag(compiled.cue_ends.last.contains(&pattern), ClassId::CUE_LAST);
            flag(compiled.contrast_ends.contains(&pattern), ClassId::CONTRAST_END);
        }
        let mut sides = Sides::default();
        self.satisfied.iter().for_each(|&pattern| sides.add(compiled.phrases.sides(pattern)));
        let stands = |side: fn(Sides) -> Side| -> Vec<PatternId> {
            let patterns = self.satisfied.iter().copied();
            patterns.filter(|&pattern| !side(compiled.phrases.sides(pattern)).is_empty()).collect()
        };
        let patterns = few(&stands(|sides| sides.first)).unwrap_or([MORE; 2]);
        let first = First { side: sides.first, patterns };
        let seconds = few(&stands(|sides| sides.second)).unwrap_or([MORE; FEW]);
        let mut brief = self.add_entries(compiled, entries);
        brief.second = sides.second;
        let class = Class {
            patterns: self.satisfied.as_slice().into(),
            slots: starts.0 as u32..self.slots.len() as u32,
            anchored: starts.1 as u32..self.phrases.len() as u32,
        };
        let mut flag = |holds: bool, flag| flags |= if holds { flag } else { 0 };
        flag(!class.slots.is_empty(), ClassId::LISTED);
        flag(brief.entries > 0 || !class.slots.is_empty(), ClassId::SINGLE);
        flag(brief.entries > 0 && brief.unbeaten_len == 0, ClassId::CROWDED);
        flag(!class.anchored.is_empty(), ClassId::ANCHOR);
        debug_assert!(self.classes.len() <= ClassId::NUMBER as usize, "there are no more classes than spellings");
        let id = ClassId(self.classes.len() as u32 | flags);
        self.numbers.insert(&class.patterns, id);
        self.classes.push(class);
        self.briefs.push(brief);
        self.firsts.push(first);
        self.seconds.push(seconds);
        self.briefly.push(sides.briefly);
        id
    }

    /// Adds the entries of a class.
    fn add_entries(&mut self, compiled: &Compiled, mut entries: Vec<u32>) -> Brief {
        // Candidates are wanted in the order of entries.
        entries.sort_unstable();
        let mut brief =
            Brief { first_entry: self.entries.len() as u32, entries: entries.len() as u32, ..Brief::default() };
        let together: Vec<_> = entries.iter().map(|&entry| Candidate { entry, start: 0, end: 1 }).collect();
        // One of several always wins, so none that are unbeaten means that more must be asked.
        if let Some(losers) = settle::losers_of_token(compiled, &together) {
            let unbeaten = entries.iter().enumerate().filter(|&(i, _)| losers >> i & 1 == 0);
            let unbeaten: Vec<u32> = unbeaten.map(|(_, &entry)| entry).collect();
            if let Some(places) = brief.unbeaten.get_mut(..unbeaten.len()) {
                places.copy_from_slice(&unbeaten);
                brief.unbeaten_len = unbeaten.len() as u32;
            }
        }
        self.entries.append(&mut entries);
        brief
    }

    /// The tokens at which the scan has something to look at, ascending.
    pub(super) fn marked(&self) -> &[u32] {
        &self.marked
    }

    /// The class of a token of this article.
    #[inline]
    pub(super) fn class(&self, token: u32) -> ClassId {
        self.row[token as usize + 1]
    }

    /// Asks for what is known of the class of a token where phrases are to be tried.
    #[inline]
    pub(super) fn ask_for(&self, token: u32) {
        let number = self.class(token).number();
        ask_for(&self.seconds, number);
        ask_for(&self.classes, number);
    }

    /// The class of a token and before it that of the one before, if there is one.
    #[inline]
    pub(super) fn class_and_before(&self, token: u32) -> [ClassId; 2] {
        let at = token as usize;
        match self.row[at..at + 2] {
            [before, class] => [before, class],
            _ => [ClassId::NOTHING; 2],
        }
    }

    /// The patterns that a class satisfies, ascending.
    pub(super) fn patterns(&self, class: ClassId) -> &[PatternId] {
        &self.classes[class.number()].patterns
    }

    /// Whether the pair of some phrase may stand on two tokens of these classes: nearly all words that stand side by side in a
    /// text are no pair. It is told without a branch.
    #[inline]
    fn may_pair(&self, before: ClassId, class: ClassId) -> bool {
        self.firsts[before.number()].side.may_pair_with(self.briefs[class.number()].second)
    }

    /// Looks at up to [`TOGETHER`](super::looks::TOGETHER) marked tokens.
    #[inline(always)]
    pub(super) fn look(&self, tokens: &[u32], cues: bool, single: impl FnMut(u32, &Brief)) -> Looks {
        Looks::at(tokens, &self.row, &self.briefs, &self.firsts, cues, single)
    }

    /// The entries of one token that a class satisfies, ascending.
    #[inline]
    pub(super) fn entries(&self, class: ClassId) -> &[u32] {
        let Brief { first_entry, entries, .. } = self.briefs[class.number()];
        &self.entries[first_entry as usize..(first_entry + entries) as usize]
    }

    /// The slots of one token that a class satisfies.
    #[inline]
    pub(super) fn slots(&self, class: ClassId) -> &[SlotId] {
        if class.0 & ClassId::LISTED == 0 {
            return &[];
        }
        let range = &self.classes[class.number()].slots;
        &self.slots[range.start as usize..range.end as usize]
    }

    /// The phrases to try where a class stands, whatever stands beside it.
    pub(super) fn anchored(&self, class: ClassId) -> &[Trial] {
        let range = &self.classes[class.number()].anchored;
        &self.phrases[range.start as usize..range.end as usize]
    }

    /// Calls `with` for the phrases whose pair two classes satisfy, which [`Self::may_pair`] says they may.
    #[inline]
    pub(super) fn each_paired(&self, compiled: &Compiled, from: ClassId, to: ClassId, mut with: impl FnMut(&Trial)) {
        let (firsts, seconds) = (self.firsts[from.number()].patterns, self.seconds[to.number()]);
        if firsts[0] == MORE || seconds[0] == MORE {
            return self.each_of_many(compiled, from, to, with);
        }
        for first in firsts {
            // How many there are is a surprise each time, and most of them are no pair.
            let mut may = 0_u32;
            for (i, &second) in seconds.iter().enumerate() {
                may |= u32::from(compiled.phrases.may_pair(first, second)) << i;
            }
            while may != 0 {
                compiled.phrases.paired(first, seconds[may.trailing_zeros() as usize]).iter().for_each(&mut with);
                may &= may - 1;
            }
            if firsts[1] == PatternId::ANY {
                return;
            }
        }
    }

    #[cold]
    fn each_of_many(&self, compiled: &Compiled, from: ClassId, to: ClassId, mut with: impl FnMut(&Trial)) {
        for &first in self.patterns(from) {
            for &second in self.patterns(to) {
                compiled.phrases.paired(first, second).iter().for_each(&mut with);
            }
        }
    }

    /// Whether a token satisfies a pattern.
    pub(super) fn satisfies(&self, token: u32, pattern: PatternId) -> bool {
        if pattern == PatternId::ANY {
            return true;
        }
        let class = self.class(token);
        class != ClassId::NOTHING && self.classes[class.number()].patterns.binary_search(&pattern).is_ok()
    }

    /// Whether a phrase stands at `start`; the caller has checked the sentence.
    pub(super) fn phrase_at(&self, compiled: &Compiled, phrase: PhraseId, start: u32) -> bool {
        (start..).zip(compiled.phrases.patterns(phrase)).all(|(token, &pattern)| self.satisfies(token, pattern))
    }
}
