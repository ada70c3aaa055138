//! Random lexicons, built as models: small, nested and full of overlaps.

use framescope_core::lexicon::{
    About, Axis, Case, Clitics, Condition, Description, Entry, Lexicon, Mask, MatchRules, Near, NearMode, NearTerm,
    Negation, Overlap, Path, PathId, PathKind, Place, Scope, Side, Term, TokenPattern, Within,
};
use framescope_core::text::{VoiceSet, Zone, ZoneSet, entry_tokens};

use super::dice::Dice;
use super::words::Vocabulary;

/// Throws one lexicon.
pub(crate) fn throw(dice: &mut Dice, vocabulary: &Vocabulary, id: &str) -> Lexicon {
    let mut maker = Maker { dice, vocabulary, line: 0, paths: Vec::new(), exact: 0 };
    maker.exact = maker.dice.pick(&[0, 0, 0, 10, 60]);
    maker.lexicon(id)
}

struct Maker<'a> {
    dice: &'a mut Dice,
    vocabulary: &'a Vocabulary,
    /// Each place is another line, so that it says which rule did it.
    line: u32,
    paths: Vec<Path>,
    /// In so many of 100 terms case matters.
    exact: usize,
}

impl Maker<'_> {
    fn lexicon(&mut self, id: &str) -> Lexicon {
        let rules = self.rules();
        let abouts = self.abouts();
        self.make_paths(abouts.len());
        let holders: Vec<PathId> = (0..self.paths.len() as u32)
            .map(PathId)
            .filter(|p| self.paths[p.0 as usize].kind != PathKind::Referent)
            .collect();
        let conditions = self.dice.pick(&[0, 10, 40, 80]);
        let entries = (0..self.dice.between(1, 12))
            .map(|_| {
                let path = self.dice.pick(&holders);
                let drops = if self.dice.chance(10) { self.dice.chance(50) } else { rules.negation == Negation::Drop };
                Entry {
                    path,
                    term: self.term(conditions, 2),
                    weight: 1.0,
                    negation: if drops { Negation::Drop } else { Negation::Report },
                    note: String::new(),
                }
            })
            .collect();
        let masks = (0..self.dice.pick(&[0, 0, 1, 1, 2, 3])).map(|_| self.mask()).collect();
        let axes = (0..self.dice.pick(&[0, 0, 1, 2])).map(|_| self.axis()).collect();
        let language = match self.dice.below(10) {
            0 => "",
            1 => "tlh",
            2 => "en-GB",
            _ => self.vocabulary.script.language,
        };
        Lexicon {
            about: Description { id: id.to_owned(), language: language.to_owned(), ..Description::default() },
            rules,
            paths: std::mem::take(&mut self.paths),
            entries,
            masks,
            abouts,
            axes,
            tests: Vec::new(),
            files: vec![format!("{id}.toml")],
        }
    }

    fn rules(&mut self) -> MatchRules {
        MatchRules {
            case: Case::Fold,
            overlap: if self.dice.chance(12) { Overlap::All } else { Overlap::Longest },
            scope: if self.dice.chance(20) { Scope::Lexicon } else { Scope::Category },
            voices: if self.dice.chance(15) { self.voices() } else { VoiceSet::ALL },
            zones: if self.dice.chance(15) { self.zones() } else { ZoneSet::ALL },
            negation: if self.dice.chance(20) { Negation::Drop } else { Negation::Report },
            clitics: match (self.vocabulary.script.language, self.dice.below(10)) {
                ("ar", 0..7) | ("he", 9) => Some(Clitics::Arabic),
                ("he", 0..7) | ("ar", 9) => Some(Clitics::Hebrew),
                _ => None,
            },
        }
    }

    fn voices(&mut self) -> VoiceSet {
        VoiceSet::ALL.iter().filter(|_| self.dice.chance(50)).collect()
    }

    fn zones(&mut self) -> ZoneSet {
        Zone::ALL.into_iter().filter(|_| self.dice.chance(60)).collect()
    }

    fn place(&mut self) -> Place {
        self.line += 1;
        Place { file: 0, line: self.line, column: 1 }
    }

    /// One to three trees of categories and referents; a parent stands before its children, but
    /// not always directly.
    fn make_paths(&mut self, abouts: usize) {
        let roots = self.dice.between(1, 3);
        let more = self.dice.pick(&[0, 0, 1, 2, 4]);
        for i in 0..roots + more {
            let open: Vec<usize> =
                (0..self.paths.len()).filter(|p| self.paths[*p].kind == PathKind::Category).collect();
            let parent = (i >= roots && !open.is_empty()).then(|| self.dice.pick(&open));
            if self.dice.chance(25) {
                let referent = self.add_path(parent, PathKind::Referent, abouts);
                if self.dice.chance(70) {
                    self.add_path(Some(referent), PathKind::Name, abouts);
                }
                for _ in 0..self.dice.between(1, 3) {
                    self.add_path(Some(referent), PathKind::Variant, abouts);
                }
            } else {
                self.add_path(parent, PathKind::Category, abouts);
            }
        }
        // Entries need a path that may hold them.
        if self.paths.iter().all(|p| p.kind == PathKind::Referent) {
            self.add_path(None, PathKind::Category, abouts);
        }
    }

    fn add_path(&mut self, parent: Option<usize>, kind: PathKind, abouts: usize) -> usize {
        let name = match kind {
            PathKind::Name => "name".to_owned(),
            _ => format!("p{}", self.paths.len()),
        };
        let inherited = parent.and_then(|p| self.paths[p].about);
        let about = if abouts > 0 && self.dice.chance(40) { Some(self.dice.below(abouts) as u32) } else { inherited };
        let id = parent.map_or(name.clone(), |p| format!("{}.{name}", self.paths[p].id));
        let place = self.place();
        self.paths.push(Path { about, place, ..Path::new(id, kind, parent.map(|p| PathId(p as u32))) });
        self.paths.len() - 1
    }

    fn any_path(&mut self) -> PathId {
        PathId(self.dice.below(self.paths.len()) as u32)
    }

    /// A term; in so many of 100 it has conditions, nested so deep.
    fn term(&mut self, conditions: usize, depth: usize) -> Term {
        let place = self.place();
        loop {
            let text = self.phrase();
            let exact = self.dice.chance(self.exact);
            let tokens: Vec<TokenPattern> = entry_tokens(&text)
                .unwrap_or_default()
                .into_iter()
                .map(|t| TokenPattern { folded: t.folded.into(), exact: exact.then(|| t.exact.into()) })
                .collect();
            // A term of wildcards only is an error in every form of lexicon.
            if tokens.iter().any(|t| t.literal_chars() > 0) {
                let conditions = if self.dice.chance(conditions) { self.conditions(depth) } else { Vec::new() };
                return Term { text, tokens, conditions, place };
            }
        }
    }

    fn phrase(&mut self) -> String {
        // Counted with the word before it.
        if self.dice.chance(6) {
            return format!("{} *", self.vocabulary.word(self.dice));
        }
        let words = self.dice.pick(&[1, 1, 1, 1, 2, 2, 2, 3, 3, 4]);
        let wildcards = self.dice.pick(&[0, 0, 20, 60]);
        let mut phrase = String::new();
        for _ in 0..words {
            if !phrase.is_empty() {
                phrase.push_str(self.dice.pick(&[" ", " ", " ", "-"]));
            }
            let function = self.dice.chance(6);
            let word =
                if function { self.vocabulary.function_word(self.dice) } else { self.vocabulary.word(self.dice) };
            if self.dice.chance(wildcards) {
                phrase.push_str(&self.with_wildcards(word));
            } else {
                phrase.push_str(word);
            }
        }
        phrase
    }

    fn with_wildcards(&mut self, word: &str) -> String {
        let letters: Vec<char> = word.chars().collect();
        let at = self.dice.below(letters.len());
        let until = self.dice.between(at, letters.len() - 1);
        let start: String = letters[..at].iter().collect();
        let middle: String = letters[at..until].iter().collect();
        let end: String = letters[until + 1..].iter().collect();
        match self.dice.below(8) {
            0 => format!("{start}*"),
            1 => format!("*{end}"),
            2 => format!("{start}*{end}"),
            3 => format!("*{middle}*"),
            4 => format!("{start}?{}", letters[at + 1..].iter().collect::<String>()),
            5 => format!("{start}?*{end}"),
            6 => "*".to_owned(),
            _ => format!("?{word}*"),
        }
    }

    /// Some conditions, in the order that the model keeps.
    fn conditions(&mut self, depth: usize) -> Vec<Condition> {
        let mut conditions = Vec::new();
        let likely = self.dice.pick(&[10, 25]);
        let inner = if depth > 0 { 20 } else { 0 };
        let below = depth.saturating_sub(1);
        if self.dice.chance(likely) {
            conditions.push(Condition::Near(self.near(inner, below)));
        }
        if self.dice.chance(likely) {
            conditions.push(Condition::NotNear(self.near(inner, below)));
        }
        for make in [Condition::Before, Condition::After, Condition::NotBefore, Condition::NotAfter] {
            if self.dice.chance(likely) {
                let terms = (0..self.dice.between(1, 2)).map(|_| self.term(inner, below)).collect();
                conditions.push(make(terms, self.place()));
            }
        }
        if self.dice.chance(likely / 2) {
            conditions.push(Condition::Voice(self.voices(), self.place()));
        }
        if self.dice.chance(likely / 2) {
            conditions.push(Condition::Zone(self.zones(), self.place()));
        }
        conditions
    }

    fn near(&mut self, conditions: usize, depth: usize) -> Near {
        let terms = (0..self.dice.between(1, 3))
            .map(|_| {
                if self.dice.chance(20) {
                    NearTerm::Path(self.any_path())
                } else {
                    NearTerm::Term(self.term(conditions, depth))
                }
            })
            .collect();
        Near {
            mode: if self.dice.chance(70) { NearMode::Any } else { NearMode::All },
            terms,
            within: self.within(),
            side: self.dice.pick(&[Side::Both, Side::Both, Side::Left, Side::Right]),
            place: self.place(),
        }
    }

    fn within(&mut self) -> Within {
        match self.dice.below(4) {
            0 => Within::Sentence,
            1 => Within::Paragraph,
            _ => Within::Tokens(self.dice.between(1, 6) as u32),
        }
    }

    fn mask(&mut self) -> Mask {
        let paths = if self.dice.chance(30) {
            (0..self.dice.between(1, 2)).map(|_| self.any_path()).collect()
        } else {
            Vec::new()
        };
        let conditions = self.dice.pick(&[0, 0, 50]);
        Mask {
            terms: (0..self.dice.between(1, 2)).map(|_| self.term(conditions, 1)).collect(),
            paths,
            why: String::new(),
            place: self.place(),
        }
    }

    fn abouts(&mut self) -> Vec<About> {
        let number = self.dice.pick(&[0, 0, 1, 1, 2]);
        (0..number)
            .map(|i| {
                let conditions = self.dice.pick(&[0, 0, 40]);
                let sides = (0..self.dice.between(2, 3))
                    .map(|side| {
                        let terms = (0..self.dice.between(1, 2)).map(|_| self.term(conditions, 1)).collect();
                        (format!("s{side}"), terms)
                    })
                    .collect();
                About { id: format!("about{i}"), within: self.within(), sides, place: self.place() }
            })
            .collect()
    }

    /// A path stands on one pole at most.
    fn axis(&mut self) -> Axis {
        let mut poles = [Vec::new(), Vec::new()];
        for path in 0..self.paths.len() as u32 {
            if self.dice.chance(60) {
                poles[self.dice.below(2)].push(PathId(path));
            }
        }
        let [positive, negative] = poles;
        let place = self.place();
        Axis {
            id: format!("axis{}", self.line),
            label: String::new(),
            definition: String::new(),
            positive,
            negative,
            place,
        }
    }
}
