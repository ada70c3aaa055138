//! Terms, entries and lexicons with every name turned into a number.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::patterns::{PatternId, PatternsBuilder};
use super::phrases::{Owner, PhraseId, PhrasesBuilder};
use crate::lexicon::{
    Clitics, Condition, EntryId, Lexicon, LexiconId, LexiconSet, Near, NearMode, NearTerm, Negation, Overlap, PathId,
    PathKind, Place, Scope, Side, Term, TokenPattern, Within,
};
use crate::text::{self, VoiceSet, ZoneSet};

/// A term of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TermId(pub(crate) u32);

/// A list of the places where one phrase occurs in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SlotId(pub(crate) u32);

#[derive(Debug)]
pub(crate) struct CompiledTerm {
    pub(crate) phrase: PhraseId,
    pub(crate) conditions: Vec<CompiledCondition>,
    pub(crate) place: Place,
    /// Where its phrase's occurrences are listed, for terms that are searched for and not only
    /// looked up at a given place.
    pub(crate) slot: Option<SlotId>,
}

#[derive(Debug)]
pub(crate) enum CompiledCondition {
    Voice(VoiceSet, Place),
    Zone(ZoneSet, Place),
    Near(CompiledNear),
    /// One of the terms begins just after (or ends just before), or none does.
    Beside {
        terms: Arc<[TermId]>,
        after: bool,
        required: bool,
        place: Place,
    },
}

#[derive(Debug)]
pub(crate) struct CompiledNear {
    pub(crate) required: bool,
    pub(crate) mode: NearMode,
    pub(crate) terms: Arc<[CompiledNearTerm]>,
    pub(crate) within: Within,
    pub(crate) side: Side,
    pub(crate) place: Place,
}

#[derive(Debug)]
pub(crate) enum CompiledNearTerm {
    Term(TermId),
    /// The candidates of these paths (one path and all below it), sorted.
    Paths(LexiconId, Vec<PathId>),
}

#[derive(Debug)]
pub(crate) struct CompiledEntry {
    pub(crate) lexicon: LexiconId,
    pub(crate) entry: EntryId,
    pub(crate) path: PathId,
    pub(crate) term: TermId,
    /// How many tokens its candidates have.
    pub(crate) tokens: u32,
    pub(crate) wildcards: bool,
    pub(crate) literal_chars: u32,
    pub(crate) drop_negated: bool,
    /// Whether its candidates live whatever stands around them: no mask in the lexicon, no
    /// condition, no dropping negation.
    pub(crate) unconditional: bool,
}

/// What nearly every candidate asks of its entry and no more, apart from the rest: entries stand at random
/// places of their table, and four of these fit a line of the cache.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    pub(crate) lexicon: LexiconId,
    pub(crate) path: PathId,
    /// The path by number through the set.
    pub(crate) path_number: u32,
    /// Whether hits ask for nothing more than to be counted in that path: no path stands above, no axis,
    /// nobody asks whom they are about.
    pub(crate) plain: bool,
    /// Whether candidates meet with those under other topmost paths, in pools of axes or of the whole lexicon.
    pub(crate) meets: bool,
}

impl Standing {
    pub(crate) fn new(set: &LexiconSet, lexicons: &[CompiledLexicon], entry: &CompiledEntry) -> Standing {
        let &CompiledEntry { lexicon: id, path, .. } = entry;
        let lexicon = &lexicons[id.0 as usize];
        let CompiledPath { lineage, axes_above, about, .. } = &lexicon.paths[path.0 as usize];
        Standing {
            lexicon: id,
            path,
            path_number: set.path_number(id, path),
            plain: lineage.len() == 1 && axes_above.is_empty() && about.is_none(),
            meets: lexicon.overlap == Overlap::Longest && (lexicon.scope == Scope::Lexicon || !axes_above.is_empty()),
        }
    }
}

#[derive(Debug)]
pub(crate) struct CompiledLexicon {
    pub(crate) overlap: Overlap,
    pub(crate) scope: Scope,
    pub(crate) voices: VoiceSet,
    pub(crate) zones: ZoneSet,
    pub(crate) paths: Vec<CompiledPath>,
    pub(crate) masks: Vec<CompiledMask>,
    pub(crate) abouts: Vec<CompiledAbout>,
    /// Whether each axis of the lexicon keeps every hit (`overlap = "all"`) is the lexicon's rule.
    pub(crate) negation: CompiledNegation,
    pub(crate) joining: CompiledJoining,
}

#[derive(Debug)]
pub(crate) struct CompiledPath {
    pub(crate) parent: Option<PathId>,
    /// The path whose pool its candidates enter: itself, or the referent of a name or variant.
    pub(crate) pool: PathId,
    pub(crate) about: Option<u32>,
    /// The sides of axes (number through the set) that it stands on.
    pub(crate) axes: Vec<(u32, bool)>,
    /// It and all paths above it, by number through the set, the topmost first.
    pub(crate) lineage: Vec<u32>,
    /// The sides of axes that it or a path above it stands on, each once.
    pub(crate) axes_above: Vec<(u32, bool)>,
}

#[derive(Debug)]
pub(crate) struct CompiledMask {
    pub(crate) terms: Vec<TermId>,
    /// Which paths it masks; `None`: all.
    pub(crate) paths: Option<Vec<bool>>,
}

#[derive(Debug)]
pub(crate) struct CompiledAbout {
    pub(crate) within: Within,
    /// Every term of every side, with the side's number.
    pub(crate) terms: Vec<(u32, TermId)>,
}

/// How the lexicon's language negates.
#[derive(Debug, Default)]
pub(crate) struct CompiledNegation {
    pub(crate) cues: ByLastToken,
    /// By the pattern of every token: how many tokens of the phrase stand before that one.
    pub(crate) exceptions: FxHashMap<PatternId, Vec<(PhraseId, u32)>>,
    pub(crate) contrast: ByLastToken,
}

/// Phrases by the pattern of their last token.
pub(crate) type ByLastToken = FxHashMap<PatternId, Vec<PhraseId>>;

/// How the lexicon's language joins names, and marks the agent of a passive.
#[derive(Debug, Default)]
pub(crate) struct CompiledJoining {
    pub(crate) agents: Vec<TermId>,
    pub(crate) joiners: Vec<TermId>,
    pub(crate) determiners: Vec<TermId>,
}

/// Everything under construction.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    pub(crate) patterns: PatternsBuilder,
    pub(crate) phrases: PhrasesBuilder,
    pub(crate) terms: Vec<CompiledTerm>,
    pub(crate) slots: usize,
    /// Whether a condition tells the narrator's words from attributed ones.
    pub(crate) voices_apart: bool,
    slot_of_phrase: FxHashMap<PhraseId, SlotId>,
    /// What was made of lists that conditions share, by where these are.
    lists: FxHashMap<(LexiconId, *const Term), Arc<[TermId]>>,
    near_lists: FxHashMap<(LexiconId, *const NearTerm), Arc<[CompiledNearTerm]>>,
}

impl Sources {
    pub(crate) fn add_lexicons(&mut self, set: &LexiconSet) -> (Vec<CompiledLexicon>, Vec<CompiledEntry>) {
        let mut entries = Vec::with_capacity(set.entry_count());
        let lexicons = set.iter().map(|(id, lexicon)| self.add_lexicon(set, id, lexicon, &mut entries)).collect();
        (lexicons, entries)
    }

    fn add_lexicon(
        &mut self,
        set: &LexiconSet,
        id: LexiconId,
        lexicon: &Lexicon,
        entries: &mut Vec<CompiledEntry>,
    ) -> CompiledLexicon {
        for (i, entry) in lexicon.entries.iter().enumerate() {
            let term = self.add_term(&entry.term, id, lexicon);
            let CompiledTerm { phrase, ref conditions, .. } = self.terms[term.0 as usize];
            let drop_negated = entry.negation == Negation::Drop;
            let unconditional = lexicon.masks.is_empty() && conditions.is_empty() && !drop_negated;
            self.phrases.own(phrase, Owner::Entry(entries.len() as u32));
            entries.push(CompiledEntry {
                lexicon: id,
                entry: EntryId(i as u32),
                path: entry.path,
                term,
                tokens: entry.term.tokens.len() as u32,
                wildcards: entry.term.tokens.iter().any(TokenPattern::has_wildcard),
                literal_chars: entry.term.tokens.iter().map(|t| t.literal_chars() as u32).sum(),
                drop_negated,
                unconditional,
            });
        }
        let masks = lexicon
            .masks
            .iter()
            .map(|mask| CompiledMask {
                terms: mask.terms.iter().map(|t| self.add_listed_term(t, id, lexicon)).collect(),
                paths: (!mask.paths.is_empty()).then(|| {
                    let mut masked = vec![false; lexicon.paths.len()];
                    mask.paths.iter().flat_map(|&p| subtree(lexicon, p)).for_each(|p| masked[p.0 as usize] = true);
                    masked
                }),
            })
            .collect();
        let abouts = lexicon
            .abouts
            .iter()
            .map(|about| CompiledAbout {
                within: about.within,
                terms: about
                    .sides
                    .iter()
                    .enumerate()
                    .flat_map(|(side, (_, terms))| terms.iter().map(move |t| (side as u32, t)))
                    .map(|(side, term)| (side, self.add_listed_term(term, id, lexicon)))
                    .collect(),
            })
            .collect();
        let mut paths: Vec<CompiledPath> = lexicon
            .paths
            .iter()
            .enumerate()
            .map(|(i, path)| CompiledPath {
                parent: path.parent,
                pool: match (path.kind, path.parent) {
                    (PathKind::Name | PathKind::Variant, Some(referent)) => referent,
                    _ => PathId(i as u32),
                },
                about: path.about,
                axes: Vec::new(),
                lineage: {
                    let mut up: Vec<u32> = lexicon.lineage(PathId(i as u32)).map(|p| set.path_number(id, p)).collect();
                    up.reverse();
                    up
                },
                axes_above: Vec::new(),
            })
            .collect();
        for (i, axis) in lexicon.axes.iter().enumerate() {
            for (side, positive) in [(&axis.positive, true), (&axis.negative, false)] {
                for path in side {
                    paths[path.0 as usize].axes.push((set.axis_number(id, i), positive));
                }
            }
        }
        for (i, path) in (0..paths.len()).map(|i| (i, PathId(i as u32))) {
            let mut above: Vec<_> = lexicon.lineage(path).flat_map(|p| paths[p.0 as usize].axes.clone()).collect();
            above.sort_unstable();
            above.dedup();
            paths[i].axes_above = above;
        }
        let (negation, joining) = self.add_language(&lexicon.about.language);
        CompiledLexicon {
            overlap: lexicon.rules.overlap,
            scope: lexicon.rules.scope,
            voices: lexicon.rules.voices,
            zones: lexicon.rules.zones,
            paths,
            masks,
            abouts,
            negation,
            joining,
        }
    }

    /// A term whose occurrences are searched for.
    fn add_listed_term(&mut self, term: &Term, id: LexiconId, lexicon: &Lexicon) -> TermId {
        let term = self.add_term(term, id, lexicon);
        let phrase = self.terms[term.0 as usize].phrase;
        let slot = *self.slot_of_phrase.entry(phrase).or_insert_with(|| {
            self.slots += 1;
            let slot = SlotId(self.slots as u32 - 1);
            self.phrases.own(phrase, Owner::Slot(slot));
            slot
        });
        self.terms[term.0 as usize].slot = Some(slot);
        term
    }

    fn add_term(&mut self, term: &Term, id: LexiconId, lexicon: &Lexicon) -> TermId {
        let phrase = self.add_phrase(&term.tokens, lexicon.rules.clitics);
        let conditions = term.conditions.iter().map(|c| self.add_condition(c, id, lexicon)).collect();
        self.terms.push(CompiledTerm { phrase, conditions, place: term.place, slot: None });
        TermId(self.terms.len() as u32 - 1)
    }

    /// A word or phrase of a language's data. It stands for itself alone, whatever proclitics the
    /// lexicon takes off: כלא is a prison, and no כ before the cue לא.
    fn add_word(&mut self, term: &Term) -> TermId {
        let phrase = self.add_phrase(&term.tokens, None);
        self.terms.push(CompiledTerm { phrase, conditions: Vec::new(), place: term.place, slot: None });
        TermId(self.terms.len() as u32 - 1)
    }

    fn add_phrase(&mut self, tokens: &[TokenPattern], clitics: Option<Clitics>) -> PhraseId {
        let row: Vec<PatternId> = tokens.iter().map(|t| self.patterns.number(t, clitics)).collect();
        self.phrases.number(&row, |i| rarity(&tokens[i]))
    }

    fn add_condition(&mut self, condition: &Condition, id: LexiconId, lexicon: &Lexicon) -> CompiledCondition {
        let mut beside = |terms: &[Term], after, required, place: Place| CompiledCondition::Beside {
            terms: self.add_list(terms, id, lexicon),
            after,
            required,
            place,
        };
        match condition {
            Condition::Voice(voices, place) => {
                self.voices_apart |= !voices.holds_outside_alike();
                CompiledCondition::Voice(*voices, *place)
            }
            Condition::Zone(zones, place) => CompiledCondition::Zone(*zones, *place),
            Condition::Before(terms, place) => beside(terms, true, true, *place),
            Condition::NotBefore(terms, place) => beside(terms, true, false, *place),
            Condition::After(terms, place) => beside(terms, false, true, *place),
            Condition::NotAfter(terms, place) => beside(terms, false, false, *place),
            Condition::Near(near) => CompiledCondition::Near(self.add_near(near, true, id, lexicon)),
            Condition::NotNear(near) => CompiledCondition::Near(self.add_near(near, false, id, lexicon)),
        }
    }

    fn add_list(&mut self, terms: &[Term], id: LexiconId, lexicon: &Lexicon) -> Arc<[TermId]> {
        if let Some(known) = self.lists.get(&(id, terms.as_ptr())) {
            return Arc::clone(known);
        }
        let list: Arc<[TermId]> = terms.iter().map(|t| self.add_term(t, id, lexicon)).collect();
        self.lists.insert((id, terms.as_ptr()), Arc::clone(&list));
        list
    }

    fn add_near_list(&mut self, terms: &[NearTerm], id: LexiconId, lexicon: &Lexicon) -> Arc<[CompiledNearTerm]> {
        if let Some(known) = self.near_lists.get(&(id, terms.as_ptr())) {
            return Arc::clone(known);
        }
        let compiled = terms.iter().map(|term| match term {
            NearTerm::Term(term) => CompiledNearTerm::Term(self.add_listed_term(term, id, lexicon)),
            NearTerm::Path(path) => CompiledNearTerm::Paths(id, subtree(lexicon, *path)),
        });
        let list: Arc<[CompiledNearTerm]> = compiled.collect();
        self.near_lists.insert((id, terms.as_ptr()), Arc::clone(&list));
        list
    }

    fn add_near(&mut self, near: &Near, required: bool, id: LexiconId, lexicon: &Lexicon) -> CompiledNear {
        let terms = self.add_near_list(&near.terms, id, lexicon);
        CompiledNear { required, mode: near.mode, terms, within: near.within, side: near.side, place: near.place }
    }

    fn add_language(&mut self, code: &str) -> (CompiledNegation, CompiledJoining) {
        let code = if code.is_empty() { "en" } else { code };
        let Some(language) = text::language(code) else { return Default::default() };
        let mut words = |list: &[String]| -> Vec<TermId> {
            list.iter().filter_map(|w| word_term(w)).map(|t| self.add_word(&t)).collect()
        };
        let joining = CompiledJoining {
            agents: words(&language.agents),
            joiners: words(&language.joiners),
            determiners: words(&language.determiners),
        };
        let mut phrases = |list: &[String]| -> Vec<PhraseId> {
            list.iter().filter_map(|w| word_term(w)).map(|t| self.add_phrase(&t.tokens, None)).collect()
        };
        let (cues, contrast) = (phrases(&language.negation.cues), phrases(&language.contrast));
        let excepted = phrases(&language.negation.exceptions);
        let by_last_token = |phrases: Vec<PhraseId>| {
            let mut by_last = ByLastToken::default();
            for phrase in phrases {
                if let Some(&last) = self.phrases.patterns(phrase).last() {
                    by_last.entry(last).or_default().push(phrase);
                }
            }
            by_last
        };
        let mut exceptions: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for phrase in excepted {
            for (before, &pattern) in (0..).zip(self.phrases.patterns(phrase)) {
                exceptions.entry(pattern).or_default().push((phrase, before));
            }
        }
        let negation = CompiledNegation { cues: by_last_token(cues), exceptions, contrast: by_last_token(contrast) };
        (negation, joining)
    }
}

/// A word or phrase of the language data as a term without conditions.
fn word_term(word: &str) -> Option<Term> {
    let tokens: Vec<TokenPattern> = text::entry_tokens(word)
        .ok()?
        .into_iter()
        .map(|t| TokenPattern { folded: t.folded.into(), exact: None })
        .collect();
    (!tokens.is_empty()).then(|| Term {
        text: word.to_owned(),
        tokens,
        conditions: Vec::new(),
        place: Place::default(),
    })
}

/// How rare a token pattern is expected to be: longer words are rarer, wildcards commoner, and a
/// word of the function-word lists is commoner than anything else ("the first" is anchored at
/// "first", "in the" nowhere good).
fn rarity(pattern: &TokenPattern) -> u32 {
    if pattern.is_any() {
        return 0;
    }
    let wildcards = pattern.folded.chars().filter(|c| matches!(c, '*' | '?')).count() as u32;
    let length = (2 * pattern.literal_chars() as u32).saturating_sub(wildcards) + 1;
    if text::is_function_word(&pattern.folded) { 1 } else { 1 + length }
}

/// A path and all paths below it, in file order.
fn subtree(lexicon: &Lexicon, root: PathId) -> Vec<PathId> {
    // Parents stand before their children, so one pass is enough.
    let mut inside = vec![false; lexicon.paths.len()];
    inside[root.0 as usize] = true;
    for (i, path) in lexicon.paths.iter().enumerate() {
        inside[i] |= path.parent.is_some_and(|p| inside[p.0 as usize]);
    }
    (0..inside.len()).filter(|&i| inside[i]).map(|i| PathId(i as u32)).collect()
}
