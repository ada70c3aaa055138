//! Types to classes: which patterns a word satisfies, asked once a type.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use rustc_hash::FxHashMap;

use super::class_id::ClassId;
use super::looks::{AT_HAND, Brief, First, Looks, MORE};
use super::numbers::{FEW, Numbers, few};
use super::reach::{Reach, reaching_entry};
use super::{Candidate, settle};
use crate::ahead::ask_for;
use crate::matching::View;
use crate::matching::compile::{Compiled, Owner, PatternId, PhraseId, Side, Sides, SlotId, Trial, may_pair};
use crate::text::{Answer, Judge, Judged, Relevant, Sentence};

/// What stands behind a class: ranges of the arenas in [`Classes`].
#[derive(Debug, Clone, Default)]
struct Class {
    /// The patterns, ascending.
    patterns: Box<[PatternId]>,
    slots: Range<u32>,
    /// Of a class that is [reaching](ClassId::REACHING), the last of them are those of the entries that reach.
    anchored: Range<u32>,
}

/// An entry of one token that stands at a token, or one that [reaches](super::reach) from there: where it ends nobody asks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Single {
    pub(super) token: u32,
    pub(super) entry: u32,
}

/// What a class is made of.
struct Found<'a> {
    class: Class,
    /// Its entries of one token, ascending.
    entries: &'a [u32],
    /// Those that [reach](super::reach) into the next token.
    reaching: &'a [u32],
    at_hand: Option<([u32; AT_HAND], u32)>,
    /// Its flags that negation asks about.
    cues: u32,
}

/// Which entries of one token, and of those that reach into the next, become hits where nothing else contends with them: so many of
/// the row. `None` if there is no room for them, or more must be asked.
fn at_hand(compiled: &Compiled, entries: &[u32], reaching: &[u32]) -> Option<([u32; AT_HAND], u32)> {
    let of_one = entries.iter().map(|&entry| Candidate { entry, start: 0, end: 1 });
    let of_two = reaching.iter().map(|&entry| Candidate { entry, start: 0, end: 2 });
    let together: Vec<_> = of_one.chain(of_two).collect();
    let losers = settle::losers_of_token(compiled, &together)?;
    let unbeaten = together.iter().enumerate().filter(|&(i, _)| losers >> i & 1 == 0);
    let unbeaten: Vec<u32> = unbeaten.map(|(_, candidate)| candidate.entry).collect();
    let mut row = [0; AT_HAND];
    row.get_mut(..unbeaten.len())?.copy_from_slice(&unbeaten);
    Some((row, unbeaten.len() as u32))
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
    reaches: Vec<Reach>,
    /// Whether entries of some class reach into the next token.
    any_reaches: bool,
    numbers: Numbers,
    /// Tells the classes of this scratch from those of any other.
    id: u64,
    /// Entries of single tokens, class by class, and behind those of each the entries that reach.
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
            reaches: Vec::new(),
            any_reaches: false,
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
        self.reaches.clear();
        self.any_reaches = false;
        self.entries.clear();
        self.slots.clear();
        self.phrases.clear();
        self.classes.push(Class::default());
        self.briefs.push(Brief::default());
        self.firsts.push(First::default());
        self.seconds.push([PatternId::ANY; FEW]);
        self.briefly.push(0);
        self.reaches.push(Reach::default());
    }

    /// The class of the patterns that are satisfied.
    #[cold]
    fn class_of_satisfied(&mut self, compiled: &Compiled) -> ClassId {
        if let Some(known) = self.numbers.get(&self.satisfied) {
            return known;
        }
        let (slots, anchored) = (self.slots.len() as u32, self.phrases.len() as u32);
        let (mut entries, mut reaching) = (Vec::new(), Vec::new());
        let mut cues = 0;
        for &pattern in &self.satisfied {
            for trial in compiled.phrases.anchored_at(pattern).iter().map(|&phrase| compiled.phrases.trial(phrase)) {
                if trial.len > 1 {
                    match reaching_entry(compiled, &trial) {
                        Some(entry) => reaching.push((entry, trial)),
                        None => self.phrases.push(trial),
                    }
                    continue;
                }
                for &owner in compiled.phrases.owners(&trial) {
                    match owner {
                        Owner::Entry(entry) => entries.push(entry),
                        Owner::Slot(slot) => self.slots.push(slot),
                    }
                }
            }
            let mut flag = |holds: bool, flag| cues |= if holds { flag } else { 0 };
            flag(compiled.cue_ends.alone.contains(&pattern), ClassId::CUE);
            flag(compiled.cue_ends.before_last.contains(&pattern), ClassId::CUE_BEFORE_LAST);
            flag(compiled.cue_ends.last.contains(&pattern), ClassId::CUE_LAST);
            flag(compiled.contrast_ends.contains(&pattern), ClassId::CONTRAST_END);
        }
        // Candidates are wanted in the order of entries.
        entries.sort_unstable();
        reaching.sort_unstable_by_key(|&(entry, _)| entry);
        let tried = self.phrases.len() as u32;
        self.phrases.extend(reaching.iter().map(|&(_, trial)| trial));
        let reaching: Vec<u32> = reaching.into_iter().map(|(entry, _)| entry).collect();
        let class = Class {
            patterns: self.satisfied.as_slice().into(),
            slots: slots..self.slots.len() as u32,
            anchored: anchored..self.phrases.len() as u32,
        };
        let alone = |class| {
            let at_hand = at_hand(compiled, &entries, &[]);
            Found { class, entries: &entries, reaching: &[], at_hand, cues }
        };
        let id = if !reaching.is_empty()
            && let Some(at_hand) = at_hand(compiled, &entries, &reaching)
        {
            let twin = Class { anchored: anchored..tried, ..class.clone() };
            let at_end = self.add(compiled, alone(twin), ClassId::NOTHING);
            self.any_reaches = true;
            let found = Found { class, entries: &entries, reaching: &reaching, at_hand: Some(at_hand), cues };
            self.add(compiled, found, at_end)
        } else {
            // Those that reach are tried as other phrases are.
            self.add(compiled, alone(class), ClassId::NOTHING)
        };
        self.numbers.insert(&self.satisfied, id);
        id
    }

    /// Adds the class of what is satisfied; `at_end` is its twin if entries of it reach.
    fn add(&mut self, compiled: &Compiled, found: Found<'_>, at_end: ClassId) -> ClassId {
        let Found { class, entries, reaching, at_hand, cues } = found;
        let mut sides = Sides::default();
        self.satisfied.iter().for_each(|&pattern| sides.add(compiled.phrases.sides(pattern)));
        let stands = |side: fn(Sides) -> Side| -> Vec<PatternId> {
            let patterns = self.satisfied.iter().copied();
            patterns.filter(|&pattern| !side(compiled.phrases.sides(pattern)).is_empty()).collect()
        };
        let patterns = few(&stands(|sides| sides.first)).unwrap_or([MORE; 2]);
        self.firsts.push(First { side: sides.first, patterns });
        self.seconds.push(few(&stands(|sides| sides.second)).unwrap_or([MORE; FEW]));
        self.briefly.push(sides.briefly);
        let (unbeaten, unbeaten_len) = at_hand.unwrap_or_default();
        let (first_entry, len) = (self.entries.len() as u32, entries.len() as u32);
        self.briefs.push(Brief { second: sides.second, first_entry, entries: len, unbeaten, unbeaten_len });
        self.entries.extend(entries.iter().chain(reaching));
        self.reaches.push(Reach::new(compiled, entries, reaching, at_end));
        let mut flags = cues;
        let mut flag = |holds: bool, flag| flags |= if holds { flag } else { 0 };
        flag(!class.slots.is_empty(), ClassId::LISTED);
        flag(!entries.is_empty() || !class.slots.is_empty(), ClassId::SINGLE);
        flag(!entries.is_empty() && at_hand.is_none(), ClassId::CROWDED);
        flag(class.anchored.len() > reaching.len(), ClassId::ANCHOR);
        flag(!reaching.is_empty(), ClassId::REACHING);
        debug_assert!(self.classes.len() <= ClassId::NUMBER as usize, "there are at most two for a spelling");
        let id = ClassId(self.classes.len() as u32 | flags);
        self.classes.push(class);
        id
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

    /// Whether an entry that reaches from a token into the next may contend with one there.
    #[inline]
    pub(super) fn contends_with_next(&self, token: u32) -> bool {
        let next = self.row.get(token as usize + 2).copied().unwrap_or(ClassId::NOTHING);
        self.reach(self.class(token)).contends_with(self.reach(next))
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

    /// The phrases to try where a class stands, whatever stands beside it, but for those of entries that reach.
    pub(super) fn anchored(&self, class: ClassId) -> &[Trial] {
        let all = self.all_anchored(class);
        &all[..all.len() - self.reach(class).entries as usize]
    }

    /// All of them.
    pub(super) fn all_anchored(&self, class: ClassId) -> &[Trial] {
        let range = &self.classes[class.number()].anchored;
        &self.phrases[range.start as usize..range.end as usize]
    }

    /// Whether entries of any class reach into the next token.
    #[inline]
    pub(super) fn any_reaches(&self) -> bool {
        self.any_reaches
    }

    /// What a class has to do with entries that reach.
    #[inline]
    pub(super) fn reach(&self, class: ClassId) -> Reach {
        self.reaches[class.number()]
    }

    /// The entries of a class that reach into the next token.
    pub(super) fn reaching(&self, class: ClassId) -> &[u32] {
        let Brief { first_entry, entries, .. } = self.briefs[class.number()];
        let first = (first_entry + entries) as usize;
        &self.entries[first..first + self.reach(class).entries as usize]
    }

    /// Gives the last token of each sentence a class of which no entry reaches, for none stands behind it.
    pub(super) fn end_sentences(&mut self, sentences: &[Sentence]) {
        if self.any_reaches {
            for sentence in sentences {
                let class = self.row[sentence.end_token as usize];
                if class.is_reaching() {
                    self.row[sentence.end_token as usize] = self.reach(class).at_end;
                }
            }
        }
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
